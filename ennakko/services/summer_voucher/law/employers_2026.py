# SPDX-License-Identifier: EUPL-1.2
"""The employer's details as the business register tells them, and what is done without it (act 25 §)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

PARISH, ASSOCIATION, COMPANY = "parish", "association", "company"
PARISH_WORDS: Final = ("seurakunta", "kirkko", "församling", "kyrka")
ASSOCIATION_WORDS: Final = ("yhdistys", "förening")
"""In Finnish, and in Swedish for the forms that the register describes in Swedish alone."""

LANGUAGES: Final = ("fi", "sv")
"""In which order the register's descriptions are taken; others are not."""

ADDRESSES: Final = ("visiting", "postal")


def kind(form: str | None) -> str:
    """parish, association or company, by the words of the form; what is not known is a company."""
    words = (form or "").casefold()
    if any(each in words for each in PARISH_WORDS):
        return PARISH
    if any(each in words for each in ASSOCIATION_WORDS):
        return ASSOCIATION
    return COMPANY


def described(descriptions: Mapping[str, str], otherwise: str = "") -> str | None:
    """A description in Finnish, else in Swedish, else the code; None when there is neither."""
    return next((descriptions[one] for one in LANGUAGES if descriptions.get(one)), None) or otherwise or None


def name(names: Sequence[Mapping[str, Any]]) -> str | None:
    """The official name (type 1), else the first other one; None when the register gives none."""
    ordered = sorted(names, key=lambda one: str(one.get("type", "")) != "1")
    return next((str(one["name"]) for one in ordered if one.get("name")), None)


def address(addresses: Mapping[str, Any]) -> Any | None:
    """The visiting address, else the postal one."""
    return next((addresses[each] for each in ADDRESSES if addresses.get(each)), None)


def street(parts: Mapping[str, str | None]) -> str:
    """A street address put together: street, building, entrance, apartment, letter; what is empty is left out."""
    order = ("street", "building", "entrance", "apartment", "suffix")
    return " ".join(str(parts[part]).strip() for part in order if str(parts.get(part) or "").strip())


def post_office(written: str | None) -> str:
    """A post office or town as people write it: the register has capitals throughout."""
    words = (written or "").strip()
    return words.title() if words.isupper() else words


def from_mandate(*, name: str, business_id: str) -> dict[str, str]:
    """The employer as the mandate names it, when the register does not answer: no address, no industry."""
    return {"name": name, "business_id": business_id, "address": "", "industry": "", "type": kind("")}
