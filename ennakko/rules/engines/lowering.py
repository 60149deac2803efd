# SPDX-License-Identifier: Apache-2.0
"""A bound tree rewritten for the population engines: the same value on every row, fewer and cheaper operators."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from ennakko.rules.analysis import as_own, transform
from ennakko.rules.folding import simplified
from ennakko.rules.node import Const, FactRef, Named, Node, StepRef
from ennakko.rules.tree import (
    Add,
    AddDays,
    AddMonths,
    Aggregate,
    And,
    Choose,
    Compare,
    Day,
    Days30E,
    FloorDiv,
    IsIn,
    IsKnown,
    Min,
    Month,
    MonthsBetween,
    Mul,
    Not,
    Or,
    Place,
    Sub,
    Year,
)

FLIPPED = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "==": "==", "!=": "!="}
YEAR_SPANS_AT_MOST = 3
"""More separate spans of years than this are looked up as a set."""


def lower(root: Node) -> Node:
    """The tree without names, places, 30/360 and months, with comparisons of dates and years worked out beforehand."""
    # Comparisons first, while a count of months is still one node; then what the expansion left constant.
    return transform(transform(transform(root, _worked_out), _expanded), _worked_out)


def inlined(node: Node, definitions: Mapping[str, Node]) -> Node:
    """The node with every step that it refers to written out."""

    def written_out(each: Node) -> Node:
        if isinstance(each, StepRef) and each.name in definitions:
            return inlined(definitions[each.name], definitions)
        return each

    return transform(node, written_out)


def _worked_out(node: Node) -> Node:
    match node:
        case Named():
            return node.x
        case Compare(op, a, b):
            return _comparison(op, a, b)
        case IsIn(x, tuple() as options):
            return _membership(x, options, node)
    return simplified(node)


def _expanded(node: Node) -> Node:
    match node:
        case Place():
            return _place(node)
        case Days30E(a, b):
            return _days_30e(a, b)
        case MonthsBetween(a, b):
            return _months_between(a, b)
    return node


# --- comparisons with constants


def _comparison(op: str, a: Node, b: Node) -> Node:
    if isinstance(a, Const) and not isinstance(b, Const):
        op, a, b = FLIPPED[op], b, a
    match a, b:
        case Add(x, Const(int() as k)), Const(int() as c):
            return _comparison(op, x, Const(c - k, "int"))
        case Sub(x, Const(int() as k)), Const(int() as c):
            return _comparison(op, x, Const(c + k, "int"))
        case Sub(Const(int() as k), x), Const(int() as c):
            return _comparison(FLIPPED[op], x, Const(k - c, "int"))
        case FloorDiv(x, Const(int() as k)), Const(int() as c) if op not in ("==", "!="):
            # floor(x / k) >= c  <=>  x >= c * k
            reached = c + 1 if op in (">", "<=") else c
            return _comparison(">=" if op in (">", ">=") else "<", x, Const(reached * k, "int"))
        case MonthsBetween(x, Const(date()) as end), Const(int() as c) if op not in ("==", "!="):
            # By its definition: months >= n  <=>  x + n months <= end.
            reached = c + 1 if op in (">", "<=") else c
            moved = AddMonths(x, Const(reached, "int"))
            return simplified(Compare("<=" if op in (">", ">=") else ">", moved, end))
        case Year(FactRef() as x), Const(int() as c) if 1 <= c <= 9999:
            return _year(op, x, c)
    return simplified(Compare(op, a, b))


def _year(op: str, x: Node, year: int) -> Node:
    """A comparison of the year as one of the date: no calendar arithmetic per row, and an index can serve it."""
    first, last = Const(date(year, 1, 1), "date"), Const(date(year, 12, 31), "date")
    match op:
        case "<" | ">=":
            return Compare(op, x, first)
        case "<=" | ">":
            return Compare(op, x, last)
        case "==":
            return And((Compare(">=", x, first), Compare("<=", x, last)))
    return Or((Compare("<", x, first), Compare(">", x, last)))


# --- sets


def _membership(x: Node, options: tuple[int | date | str, ...], node: IsIn) -> Node:
    numbers = [each for each in options if isinstance(each, int)]
    if len(numbers) != len(options) or not numbers:
        return simplified(node)
    match x:
        case Sub(Const(int() as k), inner):
            return _membership_of(inner, [k - each for each in numbers])
        case Sub(inner, Const(int() as k)):
            return _membership_of(inner, [each + k for each in numbers])
        case Add(inner, Const(int() as k)):
            return _membership_of(inner, [each - k for each in numbers])
        case Year(FactRef() as day):
            return _years(day, numbers) or node
    return simplified(node)


def _membership_of(x: Node, numbers: Iterable[int]) -> Node:
    options = tuple(sorted(numbers))
    return _membership(x, options, IsIn(x, options))


def _years(x: Node, years: list[int]) -> Node | None:
    spans: list[list[int]] = []
    for year in years:
        if spans and year == spans[-1][1] + 1:
            spans[-1][1] = year
        else:
            spans.append([year, year])
    if len(spans) > YEAR_SPANS_AT_MOST or years[0] < 1 or years[-1] > 9999:
        return None
    parts = tuple(And((_year(">=", x, first), _year("<=", x, last))) for first, last in spans)
    return parts[0] if len(parts) == 1 else Or(parts)


# --- operators made of others


def _days_30e(a: Node, b: Node) -> Node:
    """European 30/360: the 31st counts as the 30th."""
    thirty = Const(30, "int")
    years = Mul(Const(360, "int"), Sub(Year(b), Year(a)))
    months = Mul(thirty, Sub(Month(b), Month(a)))
    days = Sub(Min((Day(b), thirty)), Min((Day(a), thirty)))
    return Add(Add(years, months), days)


def _months_between(a: Node, b: Node) -> Node:
    """The last month is full when b's day has reached a's, or b ends its month (as then does a's day, if later)."""
    months = Add(Mul(Const(12, "int"), Sub(Year(b), Year(a))), Sub(Month(b), Month(a)))
    ends_month = Compare("==", Day(AddDays(b, Const(1, "int"))), Const(1, "int"))
    short = And((Compare(">", Day(a), Day(b)), Not(ends_month)))
    return Sub(months, Choose(((short, Const(1, "int")),), Const(0, "int")))


def _place(node: Place) -> Node:
    """One more than the members who stand before; a count in which whatever is unknown makes the place unknown."""
    own_order, own_tie = as_own(node.order_by, node.relation), as_own(node.tie, node.relation)
    own_known = And((IsKnown(own_order), IsKnown(own_tie)))
    ahead = Compare(">" if node.descending else "<", node.order_by, own_order)
    level = And((Compare("==", node.order_by, own_order), Compare("<", node.tie, own_tie)))
    known = And((IsKnown(node.order_by), IsKnown(node.tie)))
    before = Choose(((known, Or((ahead, level))),), Const(None, "bool"))
    counted = Aggregate("count", node.relation, None, Choose(((node.where, before),), Const(False, "bool")))
    place = Add(Const(1, "int"), counted)
    return Choose(((own_known, place),), Const(None, "int"))
