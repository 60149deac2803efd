# SPDX-License-Identifier: Apache-2.0
"""Binding a tree to a day and its parameters: what is the same for everyone is computed once, before anyone is seen."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta

from ennakko.rules.analysis import transform
from ennakko.rules.engines.interpreter import STRICT, Situation, value_of
from ennakko.rules.errors import EvaluationError, RuleError
from ennakko.rules.node import Const, Node, On, ParamRef, StepRef, TableRef, Value, YearRef
from ennakko.rules.parameters import ByYear, ParameterValue, PlainValue, StepTable
from ennakko.rules.tree import (
    AddDays,
    AddMonths,
    AddYears,
    And,
    Choose,
    Compare,
    IsIn,
    IsKnown,
    Or,
    OrElse,
    Sub,
)

TRUE, FALSE = Const(True, "bool"), Const(False, "bool")


def fold(node: Node, on: date, parameters: Mapping[str, ParameterValue], steps: Mapping[str, Node]) -> Node:
    """The tree for one day: no day, parameter or table left in it, constants computed, ages turned to dates of birth.

    `steps` are the folded steps so far: one that is the same for everyone is put in as its value.
    """

    def folded(each: Node) -> Node:
        if isinstance(each, On):
            return Const(on, "date")
        if isinstance(each, ParamRef):
            return each if each.type == "set" else _constant(each, parameters[each.name])
        if isinstance(each, TableRef):
            return transform(_table(each.name, each.at, parameters[each.name]), simplified)
        if isinstance(each, YearRef):
            return transform(_of_year(each, parameters[each.name]), simplified)
        if isinstance(each, IsIn) and isinstance(each.options, ParamRef):
            options = parameters[each.options.name]
            if not isinstance(options, tuple):
                return Const(None, "bool")
            each = IsIn(each.x, options)
        if isinstance(each, StepRef):
            step = steps[each.name]
            return step if isinstance(step, Const) else StepRef(each.name, each.type, step.nullable)
        return simplified(each)

    return transform(node, folded)


def _constant(node: ParamRef, value: ParameterValue) -> Const:
    return Const(value if isinstance(value, bool | int | date | str) else None, node.type)


def _table(name: str, key: Node, table: ParameterValue | None) -> Node:
    """A step table is a choice by its key, highest step first."""
    if not isinstance(table, StepTable):
        return Const(None, "int")
    first = table.steps[0][0]
    key_type = "int" if isinstance(first, int) else "date"
    if key.type != key_type:
        raise RuleError(f"The step table {name} is looked up by {key_type}, not by {key.type}")
    cases = tuple(
        (Compare(">=", key, Const(step, key_type)), Const(value, "int")) for step, value in reversed(table.steps)
    )
    return Choose(cases, Const(None, "int"))


def _of_year(node: YearRef, years: ParameterValue) -> Node:
    """A parameter of a year is a choice by the year, the latest first; years alike are told apart once."""
    if not isinstance(years, ByYear):
        return Const(None, node.type)
    found: list[tuple[int, Node]] = []
    for first, row in years.entries:
        value = _in_year(node, None if row is None else row.value)
        if not found or found[-1][1] != value:
            found.append((first, value))
    cases = tuple((Compare(">=", node.year, Const(first, "int")), value) for first, value in reversed(found))
    return Choose(cases, Const(None, node.type))


def _in_year(node: YearRef, value: PlainValue | None) -> Node:
    if node.at is None:
        return Const(value if isinstance(value, bool | int | date | str) else None, node.type)
    if node.form == "table":
        return _table(node.name, node.at, value)
    return IsIn(node.at, value) if isinstance(value, tuple) else Const(None, "bool")


def simplified(node: Node) -> Node:
    if isinstance(node, And):
        return _joined(And, node.xs, neutral=True)
    if isinstance(node, Or):
        return _joined(Or, node.xs, neutral=False)
    # A fact may be missing in an application whatever its register promises: only constants are told apart here.
    if isinstance(node, IsKnown):
        return Const(node.x.value is not None, "bool") if isinstance(node.x, Const) else node
    if isinstance(node, OrElse):
        return node if not isinstance(node.x, Const) else node.default if node.x.value is None else node.x
    if isinstance(node, Choose):
        return _chosen(node)
    strict = isinstance(node, Compare | IsIn) or type(node) in STRICT
    if strict and all(isinstance(child, Const) for child in node.children):
        return Const(_computed(node), node.type)
    if strict and any(isinstance(child, Const) and child.value is None for child in node.children):
        return Const(None, node.type)
    if isinstance(node, Compare):
        return _plain_date(node)
    if isinstance(node, IsIn):
        return _plain_member(node)
    return node


def _computed(node: Node) -> Value:
    return value_of(node, Situation({}))


def _joined(kind: type[And] | type[Or], xs: tuple[Node, ...], *, neutral: bool) -> Node:
    kept = tuple(each for each in xs if each != Const(neutral, "bool"))
    if Const(not neutral, "bool") in kept:
        return Const(not neutral, "bool")
    if not kept:
        return Const(neutral, "bool")
    if all(isinstance(each, Const) for each in kept):
        return Const(None, "bool")
    return kept[0] if len(kept) == 1 else kind(kept)


def _chosen(node: Choose) -> Node:
    cases: list[tuple[Node, Node]] = []
    for condition, value in node.cases:
        if condition == FALSE:
            continue
        if isinstance(condition, Const):
            last = value if condition == TRUE else Const(None, node.type)
            return Choose(tuple(cases), last) if cases else last
        cases.append((condition, value))
    return Choose(tuple(cases), node.otherwise) if cases else node.otherwise


SHIFTS: dict[type[Node], Callable[[Node, Const], Node]] = {AddYears: AddYears, AddMonths: AddMonths, AddDays: AddDays}


def _plain_date(node: Compare) -> Node:
    """`birth + 15 years <= day` as `birth <= boundary`: one comparison, the same in every engine, leap days settled."""
    a, b, op = node.a, node.b, node.op
    if isinstance(a, Const):
        a, b, op = b, a, {"<": ">", "<=": ">=", ">": "<", ">=": "<="}.get(op, op)
    if not isinstance(a, AddYears | AddMonths | AddDays) or not isinstance(b, Const) or op in ("==", "!="):
        return node
    limit, n = b.value, a.n
    if not isinstance(limit, date) or not isinstance(n, Const) or not isinstance(n.value, int):
        return node
    kind = type(a)

    def moved(day: date) -> Value:
        return _computed(kind(Const(day, "date"), n))

    try:
        near = _computed(kind(b, Const(-n.value, "int")))
        assert isinstance(near, date)
        days = [near + timedelta(days=offset) for offset in range(-5, 6)]
        # Shifting never changes the order of days, so the days that fulfil "<" come first.
        first_out = next(day for day in days if not _before(moved(day), limit, op in ("<", ">=")))
    except (EvaluationError, OverflowError, StopIteration):
        return node
    return Compare("<" if op in ("<", "<=") else ">=", a.x, Const(first_out, "date"))


def _before(moved: Value, limit: date, strictly: bool) -> bool:
    assert isinstance(moved, date)
    return moved < limit if strictly else moved <= limit


def _plain_member(node: IsIn) -> Node:
    """`2026 - year of birth in (16, 17)` as `year of birth in (2009, 2010)`."""
    x, options = node.x, node.options
    if not options:
        return node
    if isinstance(x, Sub) and isinstance(x.a, Const) and isinstance(options, tuple):
        base = x.a.value
        numbers = [each for each in options if isinstance(each, int)]
        if isinstance(base, int):
            return IsIn(x.b, tuple(sorted(base - each for each in numbers)))
    return node
