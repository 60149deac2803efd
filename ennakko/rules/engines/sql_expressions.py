# SPDX-License-Identifier: Apache-2.0
"""One lowered node as SQL that DuckDB, PostgreSQL and Spark read alike, strict like the reference engine."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from ennakko.rules.engines.dialects import Dialect
from ennakko.rules.errors import RuleError
from ennakko.rules.node import PYTHON_TYPES, Const, FactRef, Node, StepRef
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

Column = Callable[[FactRef | StepRef], str]
"""Which column holds a fact or an earlier step."""

SIGNS: dict[type[Node], str] = {Add: "+", Sub: "-", Mul: "*"}
COMPARISONS = {"==": "=", "!=": "<>"}
TYPE_NAMES = {python: type_ for type_, python in PYTHON_TYPES.items()}


def sql_expression(root: Node, column: Column, dialect: Dialect) -> str:
    """The SQL of a lowered tree whose operands read twice are columns (see `staging`)."""
    done: dict[Node, str] = {}
    stack = [root]
    while stack:
        node = stack[-1]
        waiting = [] if node in done else [each for each in node.children if each not in done]
        stack.extend(waiting)
        if not waiting:
            if node not in done:
                done[node] = _printed(node, [done[each] for each in node.children], column, dialect)
            stack.pop()
    return done[root]


def _printed(node: Node, operands: Sequence[str], column: Column, dialect: Dialect) -> str:
    kind = type(node)
    match node:
        case FactRef() | StepRef():
            return column(node)
        case Const(value, type_):
            return dialect.literal(value, type_)
        case And() | Or():
            return f"({(' AND ' if kind is And else ' OR ').join(operands)})"
        case Not():
            return f"(NOT {operands[0]})"
        case Compare(op):
            return f"({operands[0]} {COMPARISONS.get(op, op)} {operands[1]})"
        case IsIn(_, tuple() as options):
            return _is_in(operands[0], options, dialect)
        case IsKnown():
            return f"({operands[0]} IS NOT NULL)"
        case OrElse():
            return f"COALESCE({', '.join(operands)})"
        case Choose():
            return _choose(operands)
        case Add() | Sub() | Mul():
            return f"({operands[0]} {SIGNS[kind]} {operands[1]})"
        case Neg():
            return f"(- {operands[0]})"
        case Min() | Max():
            return _most("LEAST" if kind is Min else "GREATEST", operands, dialect)
        case FloorDiv(_, divisor) | RoundHalfUp(_, divisor):
            return _divided(kind, operands[0], divisor, dialect)
        case Year() | Month() | Day():
            return f"CAST(EXTRACT({kind.__name__.upper()} FROM {operands[0]}) AS BIGINT)"
        case AddYears(_, n) | AddMonths(_, n) | AddDays(_, n):
            return _moved(kind, operands[0], n, dialect)
        case DaysBetween():
            return dialect.days_between.format(*operands)
    raise RuleError(f"{kind.__name__} is not a node that SQL computes. Bind and stage the rule first.")


def _is_in(x: str, options: Sequence[object], dialect: Dialect) -> str:
    if not options:
        return f"(CASE WHEN {x} IS NULL THEN NULL ELSE FALSE END)"
    listed = ", ".join(dialect.literal(each, TYPE_NAMES[type(each)]) for each in options)  # type: ignore[arg-type]
    return f"({x} IN ({listed}))"


def _choose(operands: Sequence[str]) -> str:
    """A simple CASE matches an unknown condition with neither, and so gives NULL; a searched one takes it as false."""
    *cases, chosen = operands
    for condition, value in reversed(list(zip(cases[::2], cases[1::2], strict=True))):
        chosen = f"(CASE {condition} WHEN TRUE THEN {value} WHEN FALSE THEN {chosen} END)"
    return chosen


def _most(function: str, operands: Sequence[str], dialect: Dialect) -> str:
    """LEAST and GREATEST leave NULLs out; here one makes the result NULL."""
    distinct = tuple(dict.fromkeys(operands))
    if len(distinct) == 1:
        return distinct[0]
    unknown = " OR ".join(f"{each} IS NULL" for each in distinct)
    return f"(CASE WHEN {unknown} THEN {dialect.literal(None, 'int')} ELSE {function}({', '.join(distinct)}) END)"


def _divided(kind: type[Node], x: str, divisor: Node, dialect: Dialect) -> str:
    """All three cut the quotient toward zero, and give the remainder the sign of x."""
    if not isinstance(divisor, Const) or not isinstance(divisor.value, int):
        return dialect.literal(None, "int")
    n = dialect.literal(divisor.value, "int")
    quotient = dialect.divide.format(x, n)
    if kind is FloorDiv:
        return f"({quotient} - CASE WHEN {x} % {n} < 0 THEN 1 ELSE 0 END)"
    twice = f"({x} % {n}) * 2"
    return f"({quotient} + CASE WHEN {twice} >= {n} THEN 1 WHEN {twice} <= (- {n}) THEN -1 ELSE 0 END)"


def _moved(kind: type[Node], x: str, n: Node, dialect: Dialect) -> str:
    if not isinstance(n, Const) or not isinstance(n.value, int):
        return dialect.literal(None, "date")
    if kind is AddDays:
        return dialect.add_days.format(x, n.value)
    return dialect.add_months.format(x, n.value * (12 if kind is AddYears else 1))
