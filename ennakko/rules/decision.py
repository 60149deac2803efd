# SPDX-License-Identifier: Apache-2.0
"""The answer to one case: outcome, every step's value, the reasons that decided it and what to ask."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from ennakko.rules.node import Value
from ennakko.rules.parameters import Row
from ennakko.values.texts import Text

if TYPE_CHECKING:
    from ennakko.rules.binding import BoundRule


class Outcome(StrEnum):
    """Unknown: a fact is missing that matters. Not applicable: outside the rule's scope, nothing is decided."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"
    NOT_APPLICABLE = "not_applicable"


@dataclass(frozen=True, slots=True)
class Reason:
    """A step with a sentence: whether it holds (None: unknown; a number that is known holds) and whether it decided."""

    step: str
    holds: bool | None
    text: Text
    cite: tuple[str, ...]
    decisive: bool
    value: Value


@dataclass(frozen=True, slots=True)
class Ask:
    """A missing fact, or an undecided parameter, that matters: what it is called and whom to ask.

    `question` is the wording for the resident, where the fact has one.
    """

    fact: str
    label: Text
    whom: Text
    source: str
    relation: str | None = None
    question: Text | None = None


_ANSWERED: dict[Value, Outcome] = {True: Outcome.YES, False: Outcome.NO, None: Outcome.UNKNOWN}
_OUTSIDE: dict[bool | None, Outcome] = {False: Outcome.NOT_APPLICABLE, None: Outcome.UNKNOWN}

WORDS: dict[Outcome, Text] = {
    Outcome.YES: Text("kyllä", "ja", "yes"),
    Outcome.NO: Text("ei", "nej", "no"),
    Outcome.UNKNOWN: Text("ei vielä tiedossa", "ännu inte känt", "not known yet"),
    Outcome.NOT_APPLICABLE: Text("ei koske tätä tilannetta", "gäller inte den här situationen", "does not apply here"),
}
ASK = Text("Puuttuu: {label} (kysy: {whom})", "Saknas: {label} (fråga: {whom})", "Missing: {label} (ask: {whom})")
MARKS = {True: "✓", False: "✗", None: "?"}


class Decision:
    """One case decided on one day. Reasons and questions are worked out when they are first asked for."""

    __slots__ = ("_ask", "_reasons", "bound", "facts", "outcome", "values")

    def __init__(
        self, bound: BoundRule, facts: Mapping[str, Any], scope: bool | None, values: dict[str, Value]
    ) -> None:
        self.bound = bound
        self.facts = facts
        self.values = values
        self._reasons: tuple[Reason, ...] | None = None
        self._ask: tuple[Ask, ...] | None = None
        self.outcome = _ANSWERED[values[bound.definition.outcome]] if scope else _OUTSIDE[scope]

    def __repr__(self) -> str:
        return f"Decision({self.rule!r}, {self.on}, {self.outcome.value!r}, {self.values!r})"

    @property
    def rule(self) -> str:
        """The rule's id."""
        return self.bound.definition.id

    @property
    def on(self) -> date:
        """The day for which it was decided."""
        return self.bound.on

    @property
    def version(self) -> str:
        """The hash of the rule, its parameters and the engine."""
        return self.bound.version

    @property
    def amount(self) -> int | None:
        """The amount in cents, None where the rule has none or it is unknown."""
        value = self.values.get(self.bound.definition.amount or "")
        return value if isinstance(value, int) else None

    @property
    def parameters_used(self) -> Mapping[str, Row]:
        """The rows of the parameters that were in force, by full name; of a year's parameter the row of that year."""
        from ennakko.rules.explanation import rows_of_years

        return {**self.bound.rows, **rows_of_years(self)}

    @property
    def reasons(self) -> tuple[Reason, ...]:
        """Every step that has a sentence, in order; `decisive` marks those that made the outcome what it is."""
        if self._reasons is None:
            from ennakko.rules.explanation import reasons_for

            self._reasons = reasons_for(self)
        return self._reasons

    @property
    def ask(self) -> tuple[Ask, ...]:
        """What is missing and matters, registers before the resident; empty unless the outcome is unknown."""
        if self._ask is None:
            from ennakko.rules.explanation import asks_for

            self._ask = asks_for(self)
        return self._ask

    def because(self) -> list[tuple[str, bool | None]]:
        """The deciding steps by name, with whether each holds."""
        return [(reason.step, reason.holds) for reason in self.reasons if reason.decisive]

    def near_miss(self) -> tuple[str, ...]:
        """The conditions each of which alone would turn this "no" to "yes"; empty for any other outcome."""
        from ennakko.rules.explanation import near_misses_of

        return near_misses_of(self)

    def explain(self, language: str) -> list[str]:
        """The answer and its reasons as lines of text in a language; an arrow marks what decided."""
        lines = [f"{self.bound.definition.title.in_(language)}: {WORDS[self.outcome].in_(language)}"]
        for reason in self.reasons:
            cite = f" [{'; '.join(reason.cite)}]" if reason.cite else ""
            lines.append(f"{MARKS[reason.holds]} {reason.text.in_(language)}{cite}{' ←' if reason.decisive else ''}")
        for each in self.ask:
            lines.append(ASK.in_(language).format(label=each.label.in_(language), whom=each.whom.in_(language)))
        return lines
