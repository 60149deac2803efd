# SPDX-License-Identifier: EUPL-1.2
"""The terms that an application is sent under: dated versions with what the sender assures, read from `terms.toml`."""

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from ennakko.values.texts import Text, text

FILE = Path(__file__).parent / "terms.toml"


@dataclass(frozen=True, slots=True)
class Assurance:
    """One thing that the sender assures: its code and its words."""

    code: str
    words: Text


@dataclass(frozen=True, slots=True)
class Terms:
    """One version of the terms, in force from a day: its paragraphs, and what is assured. All of it is needed."""

    version: str
    start: date
    paragraphs: tuple[Text, ...]
    assurances: tuple[Assurance, ...]
    by_staff: tuple[Assurance, ...]

    @property
    def codes(self) -> frozenset[str]:
        """What the employer must assure."""
        return frozenset(one.code for one in self.assurances)


@lru_cache(maxsize=1)
def versions() -> tuple[Terms, ...]:
    """Every version, the earliest first; raises ValueError for two of the same day or version."""
    rows = tomllib.loads(FILE.read_text(encoding="utf-8"))["terms"]
    found = sorted((_terms(row) for row in rows), key=lambda one: one.start)
    if len({one.start for one in found}) != len(found) or len({one.version for one in found}) != len(found):
        raise ValueError("terms.toml: two versions of the terms have the same day or the same name.")
    return tuple(found)


def in_force(on: date) -> Terms:
    """The version in force on a day; the earliest before that."""
    fitting = [one for one in versions() if one.start <= on]
    return fitting[-1] if fitting else versions()[0]


def version(name: str) -> Terms | None:
    """A version by its name."""
    return next((one for one in versions() if one.version == name), None)


def _terms(row: dict[str, Any]) -> Terms:
    return Terms(
        version=row["version"],
        start=row["from"],
        paragraphs=tuple(text(**one) for one in row["paragraphs"]),
        assurances=tuple(Assurance(one.pop("code"), text(**one)) for one in row["assurances"]),
        by_staff=tuple(Assurance(one.pop("code"), text(**one)) for one in row["by_staff"]),
    )
