# SPDX-License-Identifier: EUPL-1.2
"""Types that operations of every service share: money, texts, pages, strict bodies."""

from collections.abc import Sequence
from typing import Annotated, Generic, TypeVar

from ninja import Schema
from pydantic import BaseModel, ConfigDict, Field

from ennakko.values.texts import Text

Item = TypeVar("Item")

Money = Annotated[
    str,
    Field(pattern=r"^-?[0-9]{1,13}\.[0-9]{2}$", description="Euros with two decimals, as text so that no cent is lost"),
]
MOST_A_PAGE = 200


def money(cents: int) -> str:
    """Cents as the interface writes them: 35000 → "350.00"."""
    sign, whole = ("-" if cents < 0 else ""), abs(cents)
    return f"{sign}{whole // 100}.{whole % 100:02d}"


class Strict(BaseModel):
    """A body in which a field that is not known is an error, not something left unread.

    A plain model: `Schema` wraps each part of what came, for objects that a body never holds.
    """

    model_config = ConfigDict(extra="forbid")


class Texts(Schema):
    """A text in every language the city serves."""

    fi: str
    sv: str
    en: str


def texts(text: Text) -> dict[str, str]:
    """A text as the interface writes it."""
    return {"fi": text.fi, "sv": text.sv, "en": text.en}


class Page(Schema, Generic[Item]):
    """A part of a long list; pages are counted from 1."""

    items: list[Item]
    page: int
    pages: int
    total: int


class Paging(Schema):
    """Which part of a list is asked for."""

    page: int = Field(1, ge=1, le=1_000_000)
    per_page: int = Field(50, ge=1, le=MOST_A_PAGE)

    def of(self, rows: Sequence[object]) -> dict[str, object]:
        """The part asked for; a page past the end is empty."""
        start = (self.page - 1) * self.per_page
        pages = max(-(-len(rows) // self.per_page), 1)
        return {
            "items": list(rows[start : start + self.per_page]),
            "page": self.page,
            "pages": pages,
            "total": len(rows),
        }
