# SPDX-License-Identifier: Apache-2.0
"""The reference engine: what every node means for one case, slow and obvious; the others are tested against it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any

from ennakko.rules.analysis import as_own
from ennakko.rules.errors import EvaluationError
from ennakko.rules.node import Const, FactRef, Named, Node, On, ParamRef, StepRef, TableRef, Value, YearRef
from ennakko.rules.parameters import ByYear, NotDecided, ParameterValue, StepTable
from ennakko.rules.tree import (
    Add,
    AddDays,
    AddMonths,
    AddYears,
    Aggregate,
    And,
    Choose,
    Compare,
    Day,
    Days30E,
    DaysBetween,
    FloorDiv,
    IsIn,
    IsKnown,
    Max,
    Min,
    Month,
    MonthsBetween,
    Mul,
    Neg,
    Not,
    Or,
    OrElse,
    Place,
    RoundHalfUp,
    Sub,
    Year,
)
from ennakko.values.dates import add_months, add_years, days_30e, months_between
from ennakko.values.money import round_half_up


@dataclass(frozen=True, slots=True)
class Situation:
    """What a node is evaluated on: the person's facts and relations, the steps so far, the day and the parameters.

    `member` is the row of `relation` that is being looked at, None for the person. `on` and `parameters` are needed
    only for trees that are not bound.
    """

    facts: Mapping[str, Any]
    steps: Mapping[str, Value] = field(default_factory=dict)
    on: date | None = None
    parameters: Mapping[str, ParameterValue] = field(default_factory=dict)
    relation: str | None = None
    member: Mapping[str, Any] | None = None


COMPARISONS: dict[str, Callable[[Any, Any], bool]] = {
    "<": lambda a, b: bool(a < b),
    "<=": lambda a, b: bool(a <= b),
    ">": lambda a, b: bool(a > b),
    ">=": lambda a, b: bool(a >= b),
    "==": lambda a, b: bool(a == b),
    "!=": lambda a, b: bool(a != b),
}

STRICT: dict[type[Node], Callable[..., Value]] = {
    Not: lambda x: not x,
    Add: lambda a, b: a + b,
    Sub: lambda a, b: a - b,
    Mul: lambda a, b: a * b,
    Neg: lambda x: -x,
    Min: lambda *xs: min(xs),
    Max: lambda *xs: max(xs),
    FloorDiv: lambda a, b: a // b,
    RoundHalfUp: round_half_up,
    Year: lambda x: x.year,
    Month: lambda x: x.month,
    Day: lambda x: x.day,
    AddYears: add_years,
    AddMonths: add_months,
    AddDays: lambda x, n: x + timedelta(days=n),
    DaysBetween: lambda a, b: (b - a).days,
    Days30E: days_30e,
    MonthsBetween: months_between,
}
"""The operators that are unknown as soon as one operand is, by their meaning on known operands."""


def value_of(node: Node, at: Situation) -> Value:
    """The value of a node, None when unknown; raises EvaluationError for dates out of range."""
    if isinstance(node, FactRef):
        row = at.facts if node.relation is None else at.member
        if row is None:
            raise EvaluationError(f"{node.name} of {node.relation} is read outside its relation")
        value = row.get(node.name)
        return bool(value) if node.type == "bool" and value is not None else value
    if isinstance(node, Const):
        return node.value
    if isinstance(node, StepRef):
        return at.steps[node.name]
    if isinstance(node, Named):
        return value_of(node.x, at)
    if isinstance(node, And):
        return _kleene(node.xs, at, decided_by=False)
    if isinstance(node, Or):
        return _kleene(node.xs, at, decided_by=True)
    if isinstance(node, IsKnown):
        return value_of(node.x, at) is not None
    if isinstance(node, OrElse):
        found = value_of(node.x, at)
        return value_of(node.default, at) if found is None else found
    if isinstance(node, Choose):
        for condition, value in node.cases:
            holds = value_of(condition, at)
            if holds is None:
                return None
            if holds:
                return value_of(value, at)
        return value_of(node.otherwise, at)
    if isinstance(node, Compare):
        a, b = value_of(node.a, at), value_of(node.b, at)
        return None if a is None or b is None else COMPARISONS[node.op](a, b)
    if isinstance(node, IsIn):
        return _is_in(node, at)
    if isinstance(node, Aggregate):
        return _aggregate(node, at)
    if isinstance(node, Place):
        return _place(node, at)
    if isinstance(node, On):
        return at.on
    if isinstance(node, ParamRef):
        return _scalar(at.parameters[node.name])
    if isinstance(node, TableRef):
        key, table = value_of(node.at, at), at.parameters[node.name]
        return table.at(key) if isinstance(table, StepTable) and isinstance(key, int | date) else None
    if isinstance(node, YearRef):
        return _of_year(node, at)
    operands = [value_of(child, at) for child in node.children]
    if any(each is None for each in operands):
        return None
    try:
        return STRICT[type(node)](*operands)
    except (ValueError, OverflowError) as error:
        raise EvaluationError(f"A date is out of range in {type(node).__name__}: {error}") from None


def _kleene(xs: Sequence[Node], at: Situation, *, decided_by: bool) -> bool | None:
    unknown = False
    for each in xs:
        value = value_of(each, at)
        if value is decided_by:
            return decided_by
        unknown = unknown or value is None
    return None if unknown else not decided_by


def _scalar(value: ParameterValue) -> Value:
    return value if isinstance(value, bool | int | date | str) else None


def _of_year(node: YearRef, at: Situation) -> Value:
    year, years = value_of(node.year, at), at.parameters[node.name]
    value = years.of(year) if isinstance(years, ByYear) and isinstance(year, int) else None
    if node.at is None:
        return _scalar(value) if value is not None else None
    key = value_of(node.at, at)
    if isinstance(value, StepTable):
        return value.at(key) if isinstance(key, int | date) else None
    return key in value if isinstance(value, tuple) and key is not None else None


def _is_in(node: IsIn, at: Situation) -> bool | None:
    value = value_of(node.x, at)
    options = at.parameters[node.options.name] if isinstance(node.options, ParamRef) else node.options
    if value is None or isinstance(options, NotDecided) or not isinstance(options, tuple):
        return None
    return value in options


def members_of(relation: str, at: Situation) -> Sequence[Mapping[str, Any]] | None:
    """The rows of a relation, None when the relation is not given at all."""
    return at.facts.get(relation)


def as_member(at: Situation, relation: str, row: Mapping[str, Any]) -> Situation:
    """The same situation seen from one row of a relation."""
    return replace(at, relation=relation, member=row)


def _aggregate(node: Aggregate, at: Situation) -> Value:
    rows = members_of(node.relation, at)
    if rows is None:
        return None
    seen = [as_member(at, node.relation, row) for row in rows]
    holds = [value_of(node.where, each) for each in seen]
    if node.how == "any":
        return True if True in holds else None if None in holds else False
    if None in holds:
        return None
    if node.value is None:
        return holds.count(True)
    values = [value_of(node.value, each) for each, inside in zip(seen, holds, strict=True) if inside]
    if any(each is None for each in values):
        return None
    if node.how == "sum":
        return sum(values)  # type: ignore[arg-type]
    if not values:
        return None
    return max(values) if node.how == "max" else min(values)  # type: ignore[type-var]


def _place(node: Place, at: Situation) -> int | None:
    rows = members_of(node.relation, at)
    order = value_of(as_own(node.order_by, node.relation), at)
    tie = value_of(as_own(node.tie, node.relation), at)
    if rows is None or order is None or tie is None:
        return None
    before = 0
    for row in rows:
        member = as_member(at, node.relation, row)
        inside = value_of(node.where, member)
        if inside is None:
            return None
        if not inside:
            continue
        other, other_tie = value_of(node.order_by, member), value_of(node.tie, member)
        if other is None or other_tie is None:
            return None
        if other == order:
            before += other_tie < tie  # type: ignore[operator]
        else:
            before += (other > order) if node.descending else (other < order)  # type: ignore[operator]
    return 1 + before
