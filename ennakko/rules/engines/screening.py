# SPDX-License-Identifier: Apache-2.0
"""Deciding everyone, whatever the engine: the outcomes as numbers, the plans inside and outside the scope."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from functools import lru_cache
from typing import Protocol

from ennakko.rules.binding import BoundRule
from ennakko.rules.engines.staging import Plan, plan
from ennakko.rules.node import Node, StepRef
from ennakko.rules.parameters import ParameterBook
from ennakko.rules.tree import IsKnown, Not

YES, NO, UNKNOWN, NOT_APPLICABLE = 1, 0, -1, -2
"""The outcomes in the Int8 column `outcome`."""
OUTCOMES = (YES, NO, UNKNOWN, NOT_APPLICABLE)
SCOPE = "#scope"


class Bindable(Protocol):
    """A rule, or one already bound."""

    def bind(self, on: date, book: ParameterBook | None = None) -> BoundRule: ...


def bound_rule(rule: Bindable | BoundRule, on: date, book: ParameterBook | None) -> BoundRule:
    """The rule bound to the day; one that is bound stays as it is."""
    return rule if isinstance(rule, BoundRule) else rule.bind(on, book)


def column_names(bound: BoundRule, columns: Sequence[str] | None) -> tuple[str, ...]:
    """The steps to give: those named, or all; raises RuleError for a name that is no step, with the near ones."""
    names = tuple(step.name for step in bound.steps) if columns is None else tuple(dict.fromkeys(columns))
    for name in names:
        bound.definition.step(name)
    return names


@lru_cache(maxsize=256)
def inside_plan(bound: BoundRule, names: tuple[str, ...], outcomes: frozenset[int]) -> Plan:
    """The work for whom the rule concerns; without refusals, rows are dropped as soon as they cannot be entitled."""
    return plan(
        {step.name: step.x for step in bound.steps},
        outputs=tuple(dict.fromkeys((bound.outcome, *names))),
        certain=bound.scope,
        possible=None if NO in outcomes else StepRef(bound.outcome, "bool"),
    )


def inside_only(bound: BoundRule, outcomes: Collection[int]) -> bool:
    """Whether nobody is wanted whom the rule does not concern, or perhaps does not."""
    return bound.scope is None or not {UNKNOWN, NOT_APPLICABLE} & set(outcomes)


@lru_cache(maxsize=256)
def outside_plan(scope: Node, unknown_only: bool) -> Plan:
    """The work that finds whom the rule does not concern, or perhaps does not; or only the latter."""
    reference = StepRef(SCOPE, "bool")
    if unknown_only:
        return plan({SCOPE: scope}, outputs=(SCOPE,), certain=Not(IsKnown(reference)))
    return plan({SCOPE: scope}, outputs=(SCOPE,), possible=Not(reference))
