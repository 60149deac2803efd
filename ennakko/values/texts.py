# SPDX-License-Identifier: Apache-2.0
"""Texts that exist in every language the city serves."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

LANGUAGES: tuple[str, ...] = ("fi", "sv", "en")
"""The languages in which every text must exist (Language Act 423/2003; English by the city's own choice)."""

RIGHT_TO_LEFT = frozenset({"ar", "ckb", "dv", "fa", "he", "ku-arab", "ps", "sd", "ug", "ur", "yi"})


@dataclass(frozen=True, slots=True)
class Text:
    """One text in Finnish, Swedish and English, and in any further language it was written in.

    `more` maps ISO 639 codes to the text. Raises ValueError if a required language is empty.
    """

    fi: str
    sv: str
    en: str
    more: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        missing = [language for language in LANGUAGES if not getattr(self, language)]
        if missing:
            known = self.fi or self.sv or self.en
            raise ValueError(f"A text needs {', '.join(LANGUAGES)}; missing {', '.join(missing)} of {known!r}")
        object.__setattr__(self, "more", MappingProxyType(dict(self.more)))

    def __hash__(self) -> int:
        return hash((self.fi, self.sv, self.en, tuple(sorted(self.more.items()))))

    def __reduce__(self) -> tuple[object, tuple[object, ...]]:
        return Text, (self.fi, self.sv, self.en, dict(self.more))

    def __str__(self) -> str:
        return self.fi

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages this text exists in, required ones first."""
        return LANGUAGES + tuple(sorted(self.more))

    def in_(self, language: str) -> str:
        """The text in a language (`sv`, `sv-FI`, …); the Finnish one where the language is not there."""
        if language in LANGUAGES:
            return str(getattr(self, language))
        code = language.lower().replace("_", "-")
        while code:
            if code in LANGUAGES:
                return str(getattr(self, code))
            if code in self.more:
                return self.more[code]
            code = code.rpartition("-")[0]
        return self.fi

    def format(self, **values: object) -> Text:
        """The same text with {names} filled in; a `Text` value is filled in the language of its surroundings."""

        def filled(template: str, language: str) -> str:
            own = {name: value.in_(language) if isinstance(value, Text) else value for name, value in values.items()}
            return template.format(**own)

        return Text(
            filled(self.fi, "fi"),
            filled(self.sv, "sv"),
            filled(self.en, "en"),
            {language: filled(template, language) for language, template in self.more.items()},
        )


def text(*, fi: str, sv: str, en: str, **more: str) -> Text:
    """A text written out by language: `text(fi="Kesäseteli", sv="Sommarsedeln", en="Summer job voucher")`."""
    return Text(fi, sv, en, more)


def direction(language: str) -> str:
    """The writing direction of a language, "ltr" or "rtl", as HTML's `dir` wants it."""
    code = language.lower().replace("_", "-")
    return "rtl" if code in RIGHT_TO_LEFT or code.partition("-")[0] in RIGHT_TO_LEFT else "ltr"
