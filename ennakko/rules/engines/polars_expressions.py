# SPDX-License-Identifier: Apache-2.0
"""One lowered node as a Polars expression, strict and 64 bits wide like the reference engine."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from functools import reduce
from operator import add, and_, eq, ge, gt, le, lt, mul, ne, or_, sub

import polars as pl

from ennakko.rules.errors import RuleError
from ennakko.rules.node import Const, FactRef, Node, StepRef, Value
from ennakko.rules.tree import (
    Add,
    AddDays,
    AddMonths,
    AddYears,
    And,
    Choose,
    Compare,
    Day,
    DaysBetween,
    FloorDiv,
    IsIn,
    IsKnown,
    Max,
    Min,
    Month,
    Mul,
    Neg,
    Not,
    Or,
    OrElse,
    RoundHalfUp,
    Sub,
    Year,
)

DTYPES: dict[str, pl.DataType] = {"bool": pl.Boolean(), "int": pl.Int64(), "date": pl.Date(), "code": pl.String()}

Column = Callable[[FactRef | StepRef], pl.Expr]
"""Which column holds a fact or an earlier step."""

Operation = Callable[[pl.Expr, pl.Expr], pl.Expr]
COMPARISONS: dict[str, Operation] = {"<": lt, "<=": le, ">": gt, ">=": ge, "==": eq, "!=": ne}
ARITHMETIC: dict[type[Node], Operation] = {Add: add, Sub: sub, Mul: mul}
PARTS: dict[type[Node], str] = {Year: "year", Month: "month", Day: "day"}


def expression(root: Node, column: Column) -> pl.Expr:
    """The Polars expression of a lowered tree whose operands read twice are columns (see `staging`)."""
    done: dict[Node, pl.Expr] = {}
    stack = [root]
    while stack:
        node = stack[-1]
        waiting = [] if node in done else [each for each in node.children if each not in done]
        stack.extend(waiting)
        if not waiting:
            if node not in done:
                done[node] = _expression(node, [done[each] for each in node.children], column)
            stack.pop()
    return done[root]


def literal(value: Value, type_: str) -> pl.Expr:
    """A constant of the type's full width; None is its unknown."""
    return pl.lit(value, dtype=DTYPES[type_])


def _expression(node: Node, operands: Sequence[pl.Expr], column: Column) -> pl.Expr:
    kind = type(node)
    match node:
        case FactRef() | StepRef():
            return column(node)
        case Const(value, type_):
            return literal(value, type_)
        case And():
            return reduce(and_, operands)
        case Or():
            return reduce(or_, operands)
        case Not():
            return ~operands[0]
        case Compare(op):
            return COMPARISONS[op](*operands)
        case IsIn(_, tuple() as options):
            return _is_in(operands[0], options)
        case IsKnown():
            return operands[0].is_not_null()
        case OrElse():
            return pl.coalesce(*operands)
        case Choose():
            return _choose(operands, node.type)
        case Add() | Sub() | Mul():
            return ARITHMETIC[kind](*operands)
        case Neg():
            return -operands[0]
        case Min() | Max():
            most = pl.min_horizontal if kind is Min else pl.max_horizontal
            known = reduce(and_, [each.is_not_null() for each in operands])
            return pl.when(known).then(most(*operands))
        case FloorDiv():
            return operands[0] // operands[1]
        case RoundHalfUp(_, Const(int() as divisor)):
            return _round_half_up(operands[0], divisor)
        case RoundHalfUp():
            return literal(None, "int")
        case Year() | Month() | Day():
            return getattr(operands[0].dt, PARTS[kind])().cast(pl.Int64)  # type: ignore[no-any-return]
        case AddYears(_, n) | AddMonths(_, n) | AddDays(_, n):
            return _moved(kind, operands[0], n)
        case DaysBetween():
            # A date is a count of days; a duration would be made of 64-bit microseconds first.
            return operands[1].cast(pl.Int64) - operands[0].cast(pl.Int64)
    raise RuleError(f"{kind.__name__} is not a node that the Polars engine computes. Bind and stage the rule first.")


def _is_in(x: pl.Expr, options: Sequence[int | date | str]) -> pl.Expr:
    if not options:
        return pl.when(x.is_not_null()).then(statement=False)
    return x.is_in(options)


def _choose(operands: Sequence[pl.Expr], type_: str) -> pl.Expr:
    """The first condition that holds; an unknown one, when reached, makes the result unknown."""
    *cases, chosen = operands
    for condition, value in reversed(list(zip(cases[::2], cases[1::2], strict=True))):
        chosen = pl.when(condition).then(value).when(~condition).then(chosen).otherwise(literal(None, type_))
    return chosen


def _round_half_up(x: pl.Expr, divisor: int) -> pl.Expr:
    """Halves away from zero, without doubling x: the remainder of a floor division is never negative."""
    rest = x % divisor * 2
    up = (rest > divisor) | ((rest == divisor) & (x >= 0))
    return x // divisor + up.cast(pl.Int64)


def _moved(kind: type[Node], x: pl.Expr, n: Node) -> pl.Expr:
    if not isinstance(n, Const) or not isinstance(n.value, int):
        return literal(None, "date")
    if kind is AddDays:
        return x + pl.lit(timedelta(days=n.value))
    return x.dt.offset_by(f"{n.value}{'y' if kind is AddYears else 'mo'}")
