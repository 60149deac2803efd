# SPDX-License-Identifier: Apache-2.0
"""A reform of a procedure on many cases: cost, who gains and who loses, by what the cases tell of themselves.

The results are about persons and organisations: hide small counts before showing them.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import date
from typing import Any

from ennakko.rules.binding import BoundRule
from ennakko.rules.errors import EvaluationError, RuleError
from ennakko.rules.evaluate import facts_from_json
from ennakko.rules.parameters import ParameterBook
from ennakko.rules.procedure import Procedure
from ennakko.rules.reform_files import ReformOfProcedure, ReformOfRule
from ennakko.rules.rule import Rule

MOST_REASONS = 5


@dataclass(slots=True)
class Counts:
    """Cents under the rule in force and under the reform, and cases: who gets more, less, something new, nothing more.

    `unknown`: cases for which one of the two has no amount; they are in no sum.
    """

    cases: int = 0
    baseline: int = 0
    reform: int = 0
    winners: int = 0
    losers: int = 0
    gained: int = 0
    lost: int = 0
    unknown: int = 0

    @property
    def cost(self) -> int:
        """What the reform costs more; less than zero where it saves."""
        return self.reform - self.baseline

    def add(self, now: int | None, then: int | None) -> None:
        """Count one case."""
        self.cases += 1
        if now is None or then is None:
            self.unknown += 1
            return
        self.baseline += now
        self.reform += then
        self.winners += then > now
        self.losers += then < now
        self.gained += now <= 0 < then
        self.lost += then <= 0 < now

    def plus(self, other: Counts) -> Counts:
        """Both counted together."""
        return Counts(*(getattr(self, one.name) + getattr(other, one.name) for one in fields(self)))


@dataclass(slots=True)
class Compared:
    """A reform beside the rule in force: all together, by group, and some of the reasons for what is unknown."""

    rule: str
    total: Counts = field(default_factory=Counts)
    by: dict[tuple[str | None, ...], Counts] = field(default_factory=dict)
    reasons: dict[str, int] = field(default_factory=dict)
    seconds: float = 0.0

    def by_one(self, place: int) -> dict[str | None, Counts]:
        """By one of the keys of which the groups are made, the others counted together."""
        found: dict[str | None, Counts] = {}
        for key, counts in self.by.items():
            found[key[place]] = found.get(key[place], Counts()).plus(counts)
        return found


def compare_cases(pair: ReformOfProcedure, cases: Sequence[Mapping[str, Any]], by: Sequence[str] = ()) -> Compared:
    """Both on every case; groups are the values of the cases' own keys. Raises RuleError without an amount to count."""
    started = time.perf_counter()
    now = _amounts(pair.baseline, cases, pair.book, pair.book)
    then = _amounts(pair.reform, cases, pair.reformed_book, pair.book)
    return _counted(pair.baseline.id, cases, now, then, by, started)


def compare_facts(
    pair: ReformOfRule, cases: Sequence[Mapping[str, Any]], by: Sequence[str] = (), *, on: date
) -> Compared:
    """The same for an expression rule: a case gives its facts by name, and under `on` the day for which it is decided.

    `on`: the day of cases that tell none. Raises RuleError for a rule without an amount.
    """
    started = time.perf_counter()
    now, then = _values(pair.baseline, cases, on), _values(pair.reform, cases, on)
    return _counted(pair.baseline.definition.id, cases, now, then, by, started)


Amounts = Iterable[tuple[int | None, str]]


def _counted(
    rule: str, cases: Sequence[Mapping[str, Any]], now: Amounts, then: Amounts, by: Sequence[str], started: float
) -> Compared:
    found = Compared(rule)
    for case, (before, why), (after, why_not) in zip(cases, now, then, strict=True):
        found.total.add(before, after)
        if by:
            key = tuple(None if case.get(name) is None else str(case[name]) for name in by)
            found.by.setdefault(key, Counts()).add(before, after)
        reason = why or why_not
        if reason and (reason in found.reasons or len(found.reasons) < MOST_REASONS):
            found.reasons[reason] = found.reasons.get(reason, 0) + 1
    found.seconds = time.perf_counter() - started
    return found


def _amounts(
    procedure: Procedure, cases: Sequence[Mapping[str, Any]], book: ParameterBook, in_force: ParameterBook
) -> list[tuple[int | None, str]]:
    if procedure.many is None:
        raise RuleError(f"{procedure.id} has no amounts to count: it answers one case at a time.")
    return list(procedure.many(cases, book, in_force))


UNKNOWN = "The rule cannot tell the amount: a fact or a figure is not known."


def _values(rule: type[Rule], cases: Sequence[Mapping[str, Any]], on: date) -> list[tuple[int | None, str]]:
    """What an expression rule comes to in each case; nothing where the case is outside its scope."""
    name = rule.definition.amount
    if name is None:
        raise RuleError(f"{rule.definition.id} has no amount to count.")
    bound: dict[date, BoundRule] = {}
    found: list[tuple[int | None, str]] = []
    for case in cases:
        try:
            day = date.fromisoformat(case["on"]) if case.get("on") else on
            of_day = bound.setdefault(day, bound.get(day) or rule.bind(day))
            scope, values = of_day.run(facts_from_json(of_day, case))
        except (EvaluationError, TypeError, ValueError) as error:
            found.append((None, str(error)))
            continue
        value = 0 if scope is False else values[name]
        found.append((value, "") if isinstance(value, int) else (None, UNKNOWN))
    return found
