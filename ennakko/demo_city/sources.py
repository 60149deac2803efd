# SPDX-License-Identifier: EUPL-1.2
"""Whose open data the city is drawn from, for the page that attributes them."""

import tomllib
from dataclasses import dataclass
from functools import cache

from ennakko.demo_city.data import FOLDER
from ennakko.values.texts import Text, text

SYNTHETIC = text(
    fi="Asukkaat, osoitteet, yritykset ja perhesuhteet on arvottu. Ketään heistä ei ole olemassa.",
    sv="Invånarna, adresserna, företagen och familjerna är lottade. Ingen av dem finns.",
    en="Residents, addresses, companies and families are drawn at random. None of them exists.",
)
"""Said wherever the sources are shown."""


@dataclass(frozen=True, slots=True)
class DataSource:
    """One source: publisher, title, licence, period of its figures, what it is used for, and our files of it."""

    id: str
    publisher: Text
    title: Text
    licence: str
    period: str
    used_for: Text
    made_by: str
    files: tuple[str, ...]

    @property
    def attribution(self) -> Text:
        """The line that the licence asks for: publisher, title, period, licence, and that the data were changed."""
        return text(
            fi=f"{self.publisher.fi}: {self.title.fi}, {self.period}. {self.licence}. Aineistoa on muokattu.",
            sv=f"{self.publisher.sv}: {self.title.sv}, {self.period}. {self.licence}. Materialet har bearbetats.",
            en=f"{self.publisher.en}: {self.title.en}, {self.period}. {self.licence}. The data have been adapted.",
        )


@cache
def sources() -> tuple[DataSource, ...]:
    """All sources, in the order of the page."""
    rows = tomllib.loads((FOLDER / "sources.toml").read_text(encoding="utf-8"))["source"]
    return tuple(
        DataSource(
            id=row["id"],
            publisher=text(**row["publisher"]),
            title=text(**row["title"]),
            licence=row["licence"],
            period=row["period"],
            used_for=text(**row["used_for"]),
            made_by=row["made_by"],
            files=tuple(row["files"]),
        )
        for row in rows
    )
