# SPDX-License-Identifier: EUPL-1.2
"""The texts that decisions are begun from: rows of decision_texts.toml, checked when they are read."""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from string import Formatter
from typing import Any, Final

from ennakko.values.texts import LANGUAGES, Text, text

FILE: Final = Path(__file__).parent / "decision_texts.toml"
PLACEHOLDERS: Final = frozenset(
    {
        "employer", "job", "period", "month", "total", "costs", "share", "first_sum", "first_period", "second_sum",
        "second_period",
    }
)  # fmt: skip
IN_TWO: Final = frozenset({"first_sum", "first_period", "second_sum", "second_period"})
"""What only a benefit of two instalments has."""


class TextsError(ValueError):
    """The file of texts cannot be used; the message names the row."""


@dataclass(frozen=True, slots=True)
class Template:
    """One text: for which outcome, for how many instalments (0: does not matter), by which failing conditions.

    `decision` and `justification` are texts with placeholders, by language; the justification may be empty.
    """

    id: str
    outcome: str
    name: Text
    decision: Mapping[str, str]
    justification: Mapping[str, str]
    instalments: int = 0
    conditions: frozenset[str] = frozenset()


@cache
def templates() -> tuple[Template, ...]:
    """Every text, in the order of the file; raises TextsError."""
    return _read(tomllib.loads(FILE.read_text(encoding="utf-8")))


def _read(document: Mapping[str, Any]) -> tuple[Template, ...]:
    found = tuple(
        Template(
            row["id"], row["outcome"], text(**row["name"]), row["decision"], row["justification"],
            row.get("instalments", 0), frozenset(row.get("conditions", ())),
        )
        for row in document["template"]
    )  # fmt: skip
    for one in found:
        _checked(one)
    if len({one.id for one in found}) < len(found):
        raise TextsError("Two texts have the same id.")
    return found


def _checked(one: Template) -> None:
    if one.outcome not in ("accepted", "rejected"):
        raise TextsError(f"{one.id}: the outcome is accepted or rejected.")
    allowed = PLACEHOLDERS if one.instalments == 2 else PLACEHOLDERS - IN_TWO
    for part in (one.decision, one.justification):
        for language in LANGUAGES:
            if language not in part:
                raise TextsError(f"{one.id}: there is no text in {language}.")
            if unknown := {name for _, name, _, _ in Formatter().parse(part[language]) if name} - allowed:
                raise TextsError(f"{one.id} {language}: {', '.join(sorted(unknown))} is not known here.")


def aid_sentence() -> Text:
    """The sentence that a granted benefit is de minimis aid."""
    return text(**tomllib.loads(FILE.read_text(encoding="utf-8"))["aid"])


def template(id: str) -> Template | None:
    """The text of an id."""
    return next((one for one in templates() if one.id == id), None)


def suggested(*, outcome: str, instalments: int, failing: Iterable[str]) -> Template:
    """The text that fits best: by instalments for a grant, by the first failing condition for a refusal."""
    fitting = [one for one in templates() if one.outcome == outcome]
    if outcome == "accepted":
        return next((one for one in fitting if one.instalments == instalments), fitting[0])
    for step in failing:
        for one in fitting:
            if step in one.conditions:
                return one
    return fitting[0]


def filled(one: Template, values: Mapping[str, Text], language: str) -> tuple[str, str]:
    """Decision and justification in a language, the placeholders filled; an unknown one stays empty."""
    known = {name: values[name].in_(language) if name in values else "–" for name in PLACEHOLDERS}
    return one.decision[language].format(**known), one.justification[language].format(**known)
