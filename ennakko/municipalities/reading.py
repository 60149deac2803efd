# SPDX-License-Identifier: EUPL-1.2
"""Reading a profile's TOML files so that a mistake is told with its file, key and what to write."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from ennakko.rules.errors import near_names
from ennakko.values.texts import LANGUAGES, Text, text


class ProfileError(ValueError):
    """A municipality's profile that cannot be used; the message names file and key and says what to write."""


@dataclass(frozen=True, slots=True)
class Section:
    """One table of a profile file, read key by key; `where` names file and table."""

    where: str
    values: Mapping[str, Any]

    @staticmethod
    def read(path: Path) -> Section:
        """The whole file as a section; raises ProfileError for a missing or unreadable one."""
        try:
            return Section(path.name, tomllib.loads(path.read_text(encoding="utf-8")))
        except FileNotFoundError:
            raise ProfileError(f"{path} is missing. Copy it from another municipality and fill it in.") from None
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            raise ProfileError(f"{path} is not readable as TOML: {error}") from None

    def only(self, *known: str) -> Section:
        """The section itself, after refusing keys that nobody reads."""
        for key in self.values:
            if key not in known:
                raise ProfileError(f"{self.where}: the key {key} is not known.{near_names(key, known)}")
        return self

    def section(self, key: str) -> Section:
        """A table inside this one."""
        value = self._needed(key)
        if not isinstance(value, Mapping):
            raise ProfileError(f"{self._at(key)} must be a table: write [{key}].")
        return Section(self._at(key), value)

    def sections(self, key: str) -> Iterator[tuple[str, Section]]:
        """The named tables under a key: [boards.city-board] and the like."""
        for name in self.section(key).values:
            yield name, self.section(key).section(name)

    def rows(self, key: str) -> Iterator[Section]:
        """The rows written as [[key]]."""
        value = self._needed(key)
        if not isinstance(value, list) or not all(isinstance(row, Mapping) for row in value):
            raise ProfileError(f"{self._at(key)} must be rows: write [[{key}]].")
        for number, row in enumerate(value, 1):
            yield Section(f"{self.where}, {key} {number}", row)

    def string(self, key: str) -> str:
        """A text that is the same in every language."""
        value = self._needed(key)
        if not isinstance(value, str) or not value.strip():
            raise ProfileError(f'{self._at(key)} must be text in quotation marks, for example {key} = "…".')
        return value

    def text(self, key: str) -> Text:
        """A text in every language."""
        value = self._needed(key)
        if not isinstance(value, Mapping) or not all(isinstance(each, str) for each in value.values()):
            raise ProfileError(f'{self._at(key)} must be a text: {key} = {{ fi = "…", sv = "…", en = "…" }}.')
        for language in LANGUAGES:
            if not value.get(language):
                raise ProfileError(f"{self._at(key)} lacks {language}: every text stands in {', '.join(LANGUAGES)}.")
        return text(**value)

    def strings(self, key: str) -> tuple[str, ...]:
        """A list of texts, at least one."""
        value = self._needed(key)
        if not isinstance(value, list) or not value or not all(isinstance(each, str) for each in value):
            raise ProfileError(f'{self._at(key)} must be a list of texts: {key} = ["…", "…"].')
        return tuple(value)

    def number(self, key: str) -> int:
        """A whole number above zero."""
        value = self._needed(key)
        if type(value) is not int or value <= 0:
            raise ProfileError(f"{self._at(key)} must be a whole number above zero.")
        return value

    def yes_or_no(self, key: str) -> bool:
        """True or false; false when it is left out."""
        value = self.values.get(key, False)
        if not isinstance(value, bool):
            raise ProfileError(f"{self._at(key)} must be true or false.")
        return value

    def day(self, key: str) -> date:
        """A date."""
        value = self._needed(key)
        if not isinstance(value, date) or isinstance(value, datetime):
            raise ProfileError(f"{self._at(key)} must be a day such as 2026-01-01, without quotation marks.")
        return value

    def has(self, key: str) -> bool:
        """Whether the key is written."""
        return key in self.values

    def _at(self, key: str) -> str:
        return f"{self.where}: {key}"

    def _needed(self, key: str) -> Any:
        if key not in self.values:
            raise ProfileError(f"{self._at(key)} is missing.")
        return self.values[key]
