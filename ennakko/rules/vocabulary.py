# SPDX-License-Identifier: Apache-2.0
"""The words of the law as functions over expressions: ages, choices, limits, rounding, dates."""

from __future__ import annotations

from collections.abc import Callable

from ennakko.rules.expressions import (
    Expression,
    Operand,
    ParameterExpression,
    as_node,
    as_options,
    checked,
    day,
    number,
    refuse,
    truth,
)
from ennakko.rules.node import Const, Node, On, ParamRef
from ennakko.rules.tree import (
    AddDays,
    AddMonths,
    AddYears,
    And,
    Choose,
    Compare,
    Day,
    Days30E,
    DaysBetween,
    IsIn,
    Max,
    Min,
    Month,
    MonthsBetween,
    Mul,
    Or,
    RoundHalfUp,
    Sub,
    Year,
)

on_day = Expression(On())
"""The day for which the rule is evaluated."""


def all_of(*conditions: Operand) -> Expression:
    """True when every condition holds."""
    return Expression(checked(And, tuple(truth(each) for each in conditions)))


def any_of(*conditions: Operand) -> Expression:
    """True when one condition holds."""
    return Expression(checked(Or, tuple(truth(each) for each in conditions)))


def turns(birth: Expression, ages: Operand) -> Expression:
    """Whether the person turns one of these ages in the calendar year of the day: `turns(birth_date, param(…))`."""
    years = checked(Sub, Year(On()), checked(Year, day(birth)))
    return Expression(checked(IsIn, years, as_options([ages] if isinstance(ages, int) else ages)))


def aged(birth: Expression, years: Operand) -> Expression:
    """Whether the person has reached an age on the day; born on 29 February: on 28 February of a common year."""
    return Expression(checked(Compare, "<=", checked(AddYears, day(birth), _fixed(years)), On()))


def choose(*cases: tuple[Operand, Operand], otherwise: Operand) -> Expression:
    """The value of the first condition that holds: `choose((place == 1, 100), otherwise=20)`; None is unknown."""
    if not cases or any(not isinstance(case, tuple) or len(case) != 2 for case in cases):
        refuse("choose takes pairs: choose((condition, value), (condition, value), otherwise=value).")
    values = [value for _, value in cases] + [otherwise]
    typed = [each.type for each in values if isinstance(each, Expression) and not _untyped(each)]
    typed += [as_node(each).type for each in values if each is not None and not isinstance(each, Expression)]
    wanted = typed[0] if typed else "int"
    pairs = tuple((truth(condition), _or_unknown(value, wanted)) for condition, value in cases)
    return Expression(checked(Choose, pairs, _or_unknown(otherwise, wanted)))


def _or_unknown(value: Operand, wanted: str) -> Node:
    return Const(None, wanted) if value is None else as_node(value, wanted)


def _untyped(expression: Expression) -> bool:
    return isinstance(expression, ParameterExpression) and expression.declared is None


def least(*values: Operand) -> Expression:
    """The least of the numbers; unknown when one is."""
    return Expression(checked(Min, tuple(number(each) for each in values)))


def greatest(*values: Operand) -> Expression:
    """The greatest of the numbers; unknown when one is."""
    return Expression(checked(Max, tuple(number(each) for each in values)))


def at_least(value: Operand, floor: Operand) -> Expression:
    """The number, raised to the floor."""
    return greatest(value, floor)


def at_most(value: Operand, cap: Operand) -> Expression:
    """The number, cut to the cap."""
    return least(value, cap)


def round_half_up(value: Operand, divisor: Operand) -> Expression:
    """value / divisor to the nearest whole number, halves away from zero; the divisor a number or a parameter."""
    return Expression(checked(RoundHalfUp, number(value), _fixed(divisor)))


def whole_euros(cents: Operand, *, rate: Operand = 1, per: int = 1) -> Expression:
    """cents × rate / per, rounded half up to whole euros, in cents: `whole_euros(over, rate=107, per=1000)`."""
    taken = checked(Mul, number(cents), number(rate))
    return Expression(checked(Mul, checked(RoundHalfUp, taken, Const(100 * per, "int")), Const(100, "int")))


def _fixed(value: Operand) -> Const | ParamRef:
    node = number(value)
    if not isinstance(node, Const | ParamRef):
        refuse("Here stands a whole number or a parameter, never a fact.")
    return node


def _part(kind: Callable[..., Node]) -> Callable[[Operand], Expression]:
    return lambda value: Expression(checked(kind, day(value)))


def _span(kind: Callable[..., Node]) -> Callable[[Operand, Operand], Expression]:
    return lambda start, end: Expression(checked(kind, day(start), day(end)))


def _shift(kind: Callable[..., Node]) -> Callable[[Operand, Operand], Expression]:
    return lambda value, n: Expression(checked(kind, day(value), _fixed(n)))


year = _part(Year)
month = _part(Month)
day_of_month = _part(Day)
days_between = _span(DaysBetween)
days_30e = _span(Days30E)
months_between = _span(MonthsBetween)
add_years = _shift(AddYears)
add_months = _shift(AddMonths)
add_days = _shift(AddDays)
