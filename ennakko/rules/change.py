# SPDX-License-Identifier: Apache-2.0
"""When one person's answer changes next by time alone: a birthday, a new year, a new parameter.

The days that matter are solved from the rule's conditions, not tried one by one: a condition in which the day occurs
turns at most once between two changes of parameters, so the day it turns is found by halving.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from ennakko.rules.analysis import transform, walk
from ennakko.rules.binding import Definition, value_for
from ennakko.rules.engines.interpreter import Situation, as_member, members_of, value_of
from ennakko.rules.errors import EvaluationError
from ennakko.rules.node import Node, On, ParamRef, StepRef, TableRef, Value, YearRef
from ennakko.rules.parameters import ByYear, ParameterBook, ParameterValue, StepTable
from ennakko.rules.rule import Rule
from ennakko.rules.tree import Aggregate, Compare, Day, IsIn, Month, Place, Year
from ennakko.values.dates import add_months

ONE_DAY = timedelta(days=1)
Answer = tuple[bool | None, Value, Value]
"""Whether the scope holds, the outcome and the amount."""


def next_change(
    rule: type[Rule], facts: Mapping[str, Any], on: date, *, book: ParameterBook | None = None, years: int = 100
) -> date | None:
    """The first day after `on` when the outcome or the amount is another, all facts staying as they are.

    None if it does not change within so many years or before the parameters end. An amount that is computed from the
    day itself, outside any condition, is followed by years and months only.
    """
    definition, used = rule.definition, rule.book(book)
    last = date(min(on.year + years, date.max.year - 1), 12, 31)
    now = _answer(definition, used, facts, on)
    edges = [on, *sorted({day for day in _parameter_days(definition, used) if on < day <= last}), last + ONE_DAY]
    for start, end in pairwise(edges):
        try:
            parameters = _parameters(definition, used, start)
        except EvaluationError:
            return None
        days = {start} if start > on else set()
        days.update(_turning_days(definition, facts, parameters, start, end - ONE_DAY))
        for day in sorted(days):
            if _answer_with(definition, parameters, facts, day) != now:
                return day
    return None


def _parameters(definition: Definition, book: ParameterBook, on: date) -> dict[str, ParameterValue]:
    return {each.name: value_for(each, book.get(each.name), on) for each in definition.parameters}


def _parameter_days(definition: Definition, book: ParameterBook) -> Iterator[date]:
    for each in definition.parameters:
        for row in book.get(each.name).rows:
            yield row.start
            if row.end is not None and row.end < date.max:
                yield row.end + ONE_DAY


def _answer(definition: Definition, book: ParameterBook, facts: Mapping[str, Any], on: date) -> Answer:
    return _answer_with(definition, _parameters(definition, book, on), facts, on)


def _answer_with(
    definition: Definition, parameters: Mapping[str, ParameterValue], facts: Mapping[str, Any], on: date
) -> Answer:
    steps: dict[str, Value] = {}
    at = Situation(facts, steps, on, parameters)
    scope = True if definition.scope is None else _truth(value_of(definition.scope, at))
    if scope is not True:
        return scope, None, None
    names = [definition.outcome, *([definition.amount] if definition.amount else [])]
    for step in definition.closure(names):
        steps[step.name] = value_of(step.x, at)
    return True, steps[definition.outcome], steps.get(definition.amount or "")


def _truth(value: Value) -> bool | None:
    return None if value is None else bool(value)


def _turning_days(
    definition: Definition, facts: Mapping[str, Any], parameters: Mapping[str, ParameterValue], start: date, end: date
) -> Iterator[date]:
    """The days in (start, end] on which a condition of the rule may turn."""
    for node, at in _seen(_written_out(definition), Situation(facts, {}, start, parameters)):
        parts = {type(each) for each in walk(node) if isinstance(each, Month | Day) and _has_day(each)}
        if parts:
            # The months of the year come again and again: nothing to halve.
            yield from _calendar(start, end, days=Day in parts)
        elif isinstance(node, Year):
            yield from _calendar(start, end, months=12)
        else:
            yield from _turns(node, at, start, end)


def _written_out(definition: Definition) -> tuple[Node, ...]:
    """Scope, outcome and amount without steps."""
    names = [definition.outcome, *([definition.amount] if definition.amount else [])]
    full: dict[str, Node] = {}
    for step in definition.closure(names):
        full[step.name] = transform(step.x, lambda each: full[each.name] if isinstance(each, StepRef) else each)
    return (*(() if definition.scope is None else (definition.scope,)), *(full[name] for name in names))


def _seen(roots: tuple[Node, ...], at: Situation) -> Iterator[tuple[Node, Situation]]:
    """Every condition in which the day occurs, with each situation it is seen in: a relation's once for each row."""
    stack = [(root, at, False) for root in roots]
    done: set[tuple[Node, int]] = set()
    while stack:
        node, where, inside = stack.pop()
        if (node, id(where.member)) in done or not _has_day(node):
            continue
        done.add((node, id(where.member)))
        condition = isinstance(node, Compare | IsIn | TableRef | YearRef)
        if condition or (isinstance(node, Year | Month | Day) and not inside):
            yield node, where
        if isinstance(node, Aggregate | Place):
            for row in members_of(node.relation, where) or ():
                member = as_member(where, node.relation, row)
                stack.extend((child, member, inside) for child in node.children)
        else:
            # A year inside a comparison turns with the comparison.
            stack.extend((child, where, inside or condition) for child in node.children)


def _has_day(node: Node) -> bool:
    return any(isinstance(each, On) for each in walk(node))


def _turns(node: Node, at: Situation, start: date, end: date) -> Iterator[date]:
    """Where a comparison turns, or where the number looked for passes each option."""

    def value_on(part: Node) -> Callable[[date], Any]:
        return lambda day: value_of(part, replace(at, on=day))

    def passing(part: Node, option: Any, strictly: bool) -> Callable[[date], bool | None]:
        value = value_on(part)
        return lambda day: _past(value(day), option, strictly)

    if isinstance(node, Compare):
        # An equality turns twice; as two inequalities, each once.
        for op in ("<", "<=") if node.op in ("==", "!=") else (node.op,):
            yield from _first(value_on(Compare(op, node.a, node.b)), start, end)
    elif isinstance(node, IsIn | TableRef):
        for option in _options(node, at.parameters):
            for strictly in (False, True):
                yield from _first(passing(node.x if isinstance(node, IsIn) else node.at, option, strictly), start, end)
    elif isinstance(node, YearRef):
        yield from _calendar(start, end, months=12)
        if node.at is not None and node.type == "int":
            for key in _keys(node, at.parameters):
                for strictly in (False, True):
                    yield from _first(passing(node.at, key, strictly), start, end)


def _past(value: Any, option: Any, strictly: bool) -> bool | None:
    return None if value is None else bool(value > option if strictly else value >= option)


def _options(node: IsIn | TableRef, parameters: Mapping[str, ParameterValue]) -> tuple[Any, ...]:
    if isinstance(node, TableRef):
        table = parameters[node.name]
        return tuple(key for key, _ in table.steps) if isinstance(table, StepTable) else ()
    options = parameters[node.options.name] if isinstance(node.options, ParamRef) else node.options
    return options if isinstance(options, tuple) else ()


def _keys(node: YearRef, parameters: Mapping[str, ParameterValue]) -> tuple[Any, ...]:
    """Every key that the step table has in any year."""
    years = parameters[node.name]
    rows = [row.value for _, row in years.entries if row is not None] if isinstance(years, ByYear) else []
    tables = [value for value in rows if isinstance(value, StepTable)]
    return tuple(sorted({key for table in tables for key, _ in table.steps}))


def _first(truth: Callable[[date], Any], start: date, end: date) -> Iterator[date]:
    """The first day on which a condition is other than on the first, if it turns once in between."""
    before = truth(start)
    if before is None or end <= start or truth(end) == before:
        return
    low, high = start, end
    while high - low > ONE_DAY:
        middle = low + (high - low) // 2
        low, high = (middle, high) if truth(middle) == before else (low, middle)
    yield high


def _calendar(start: date, end: date, *, months: int = 1, days: bool = False) -> Iterator[date]:
    day = date(start.year, 1, 1) if months == 12 else start.replace(day=1)
    step: Callable[[date], date] = (lambda day: day + ONE_DAY) if days else (lambda day: add_months(day, months))
    while (day := step(day)) <= end:
        if day > start:
            yield day
