# SPDX-License-Identifier: Apache-2.0
"""The closed set of node kinds of which every rule is made: pure structure, compared by value, never evaluated here.

Types are "bool", "int", "date" and "code" (text that is only compared for equality). Money is int, in cents; there are
no floats. Unknown is None. `And`, `Or` and `Not` are Kleene's three-valued logic; `IsKnown` and `OrElse` handle the
unknown; every other operator is strict: unknown in, unknown out.

What the engines must agree on:
- `FloorDiv` floors toward minus infinity; `RoundHalfUp` rounds halves away from zero; divisors are positive constants.
- `AddYears` and `AddMonths`: a day that the month lacks becomes its last day. `MonthsBetween(a, b)`: the largest n with
  a + n months <= b. `DaysBetween` and `Days30E` do not count the end day.
- `Choose` is strict: an unknown condition, when reached, makes the result unknown.
- `Aggregate` over the relation's rows for which `where` holds. any: true if one holds, else unknown if one is unknown.
  count, sum, max, min: unknown if one `where` is unknown or one value inside it is; sum of none is 0, max and min of
  none are unknown. In `value` and `where` a `FactRef` with the relation's name is the member's, one without is the
  person's own, and so is a `StepRef`. For one case, a relation that is not given at all makes the aggregate unknown.
- `Place` = 1 + the members with `where` that stand before this person by (`order_by`, `tie`); the person's own order
  and tie are the same expressions over own facts. Unknown if own order or tie is unknown, if one `where` is unknown, or
  if order or tie is unknown where `where` holds. `descending` turns `order_by` only.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from ennakko.rules.errors import RuleError
from ennakko.rules.node import PYTHON_TYPES, Const, FactRef, Named, Node, On, ParamRef, StepRef, TableRef, YearRef, need

# --- truth


@dataclass(frozen=True, slots=True, eq=False)
class _Truth(Node):
    gives: ClassVar[str] = "bool"


@dataclass(frozen=True, slots=True, eq=False)
class _Many(_Truth):
    xs: tuple[Node, ...]

    def check(self) -> None:
        if not self.xs:
            raise RuleError(f"{type(self).__name__} needs at least one condition")
        for each in self.xs:
            need(each, "bool", type(self).__name__)


class And(_Many):
    """True when all are; false when one is false, whatever the unknown ones."""

    __slots__ = ()


class Or(_Many):
    """True when one is true, whatever the unknown ones; false when all are false."""

    __slots__ = ()


@dataclass(frozen=True, slots=True, eq=False)
class Not(_Truth):
    """The opposite; unknown stays unknown."""

    x: Node

    def check(self) -> None:
        need(self.x, "bool", "Not")


OPERATORS = ("<", "<=", ">", ">=", "==", "!=")


@dataclass(frozen=True, slots=True, eq=False)
class Compare(_Truth):
    """Two ints or two dates by any operator; two codes by == and != only."""

    op: str
    a: Node
    b: Node

    def check(self) -> None:
        if self.op not in OPERATORS:
            raise RuleError(f"Unknown comparison {self.op}")
        if self.a.type != self.b.type:
            raise RuleError(f"A value of type {self.a.type} cannot be compared with one of type {self.b.type}")
        if self.a.type == "bool":
            raise RuleError("A yes-or-no fact is not compared: write it as it is, or ~ before it")
        if self.a.type == "code" and self.op not in ("==", "!="):
            raise RuleError("Codes are compared only by ==, != and is_in")


@dataclass(frozen=True, slots=True, eq=False)
class IsIn(_Truth):
    """Whether the value is one of a fixed set; `options` is sorted, or a `ParamRef` of type "set" until bound."""

    x: Node
    options: tuple[int | date | str, ...] | ParamRef

    def check(self) -> None:
        if isinstance(self.options, ParamRef):
            need(self.options, "set", "is_in")
            return
        wanted = PYTHON_TYPES[self.x.type]
        if self.x.type == "bool" or any(type(each) is not wanted for each in self.options):
            raise RuleError(f"is_in compares a value of type {self.x.type} with {self.options!r}")
        if list(self.options) != sorted(set(self.options)):
            raise RuleError("The options of IsIn are kept sorted and without repetition")


@dataclass(frozen=True, slots=True, eq=False)
class IsKnown(_Truth):
    """Whether the value is known; itself never unknown."""

    x: Node

    def unknown_possible(self) -> bool:
        return False


# --- any type


@dataclass(frozen=True, slots=True, eq=False)
class OrElse(Node):
    """The value, or the default when it is unknown."""

    x: Node
    default: Node

    def result_type(self) -> str:
        return self.x.type

    def unknown_possible(self) -> bool:
        return self.x.nullable and self.default.nullable

    def check(self) -> None:
        need(self.default, self.x.type, "or_else")


@dataclass(frozen=True, slots=True, eq=False)
class Choose(Node):
    """The value of the first condition that holds; a condition that is reached and unknown makes it unknown."""

    cases: tuple[tuple[Node, Node], ...]
    otherwise: Node

    def result_type(self) -> str:
        return self.otherwise.type

    def check(self) -> None:
        for condition, value in self.cases:
            need(condition, "bool", "A condition of choose")
            need(value, self.otherwise.type, "A value of choose")


# --- whole numbers


@dataclass(frozen=True, slots=True, eq=False)
class _Number(Node):
    gives: ClassVar[str] = "int"
    wants: ClassVar[str] = "int"

    def check(self) -> None:
        for child in self.children:
            need(child, self.wants, type(self).__name__)


@dataclass(frozen=True, slots=True, eq=False)
class _Pair(_Number):
    a: Node
    b: Node


class Add(_Pair):
    """a + b."""

    __slots__ = ()


class Sub(_Pair):
    """a - b."""

    __slots__ = ()


class Mul(_Pair):
    """a * b."""

    __slots__ = ()


@dataclass(frozen=True, slots=True, eq=False)
class Neg(_Number):
    """-x."""

    x: Node


@dataclass(frozen=True, slots=True, eq=False)
class _Several(_Number):
    xs: tuple[Node, ...]


class Min(_Several):
    """The least; unknown if one is unknown."""

    __slots__ = ()


class Max(_Several):
    """The greatest; unknown if one is unknown."""

    __slots__ = ()


@dataclass(frozen=True, slots=True, eq=False)
class _Division(_Number):
    a: Node
    b: Const | ParamRef

    def check(self) -> None:
        need(self.a, "int", type(self).__name__)
        need(self.b, "int", type(self).__name__)
        if not isinstance(self.b, Const | ParamRef):
            raise RuleError("The divisor is a number or a parameter, never a fact (it could be zero)")
        if isinstance(self.b, Const) and isinstance(self.b.value, int) and self.b.value <= 0:
            raise RuleError(f"The divisor must be positive, not {self.b.value}")


class FloorDiv(_Division):
    """a // b, toward minus infinity."""

    __slots__ = ()


class RoundHalfUp(_Division):
    """a / b to the nearest whole number, halves away from zero."""

    __slots__ = ()


# --- dates


@dataclass(frozen=True, slots=True, eq=False)
class _Part(_Number):
    wants: ClassVar[str] = "date"
    x: Node


class Year(_Part):
    """The year of a date."""

    __slots__ = ()


class Month(_Part):
    """The month of a date, 1-12."""

    __slots__ = ()


class Day(_Part):
    """The day of the month of a date, 1-31."""

    __slots__ = ()


@dataclass(frozen=True, slots=True, eq=False)
class _Shift(Node):
    gives: ClassVar[str] = "date"
    x: Node
    n: Const | ParamRef

    def check(self) -> None:
        need(self.x, "date", type(self).__name__)
        need(self.n, "int", type(self).__name__)
        if not isinstance(self.n, Const | ParamRef):
            raise RuleError(f"{type(self).__name__} takes a number or a parameter, never a fact")


class AddYears(_Shift):
    """The same day n years on; 29 February becomes 28 February in a common year."""

    __slots__ = ()


class AddMonths(_Shift):
    """The same day n months on; a day the month lacks becomes its last day."""

    __slots__ = ()


class AddDays(_Shift):
    """n days on."""

    __slots__ = ()


@dataclass(frozen=True, slots=True, eq=False)
class _Span(_Number):
    wants: ClassVar[str] = "date"
    a: Node
    b: Node


class DaysBetween(_Span):
    """Calendar days from a to b, b itself not counted."""

    __slots__ = ()


class Days30E(_Span):
    """Days from a to b by European 30/360, b itself not counted."""

    __slots__ = ()


class MonthsBetween(_Span):
    """Whole months from a to b: the largest n with a + n months <= b."""

    __slots__ = ()


# --- relations

AGGREGATES = ("count", "sum", "max", "min", "any")


@dataclass(frozen=True, slots=True, eq=False)
class Aggregate(Node):
    """One value over the rows of a relation for which `where` holds; `value` is None for count and any."""

    how: str
    relation: str
    value: Node | None
    where: Node

    def result_type(self) -> str:
        if self.how == "any":
            return "bool"
        return "int" if self.value is None else self.value.type

    def unknown_possible(self) -> bool:
        # Even where every row is known, the relation itself may not be given; and a maximum of no rows is unknown.
        return True

    def check(self) -> None:
        if self.how not in AGGREGATES:
            raise RuleError(f"Unknown aggregate {self.how}")
        need(self.where, "bool", "where")
        if (self.value is None) != (self.how in ("count", "any")):
            raise RuleError(f"{self.how} {'takes no' if self.value is not None else 'needs a'} value")
        if self.value is not None and self.value.type not in (("int",) if self.how == "sum" else ("int", "date")):
            raise RuleError(f"{self.how} cannot be taken of values of type {self.value.type}")


@dataclass(frozen=True, slots=True, eq=False)
class Place(_Number):
    """This person's place, from 1, among the members for which `where` holds, by (`order_by`, `tie`)."""

    relation: str
    order_by: Node
    tie: Node
    where: Node
    descending: bool = False

    def unknown_possible(self) -> bool:
        # As for an aggregate: the relation itself may not be given.
        return True

    def check(self) -> None:
        need(self.where, "bool", "where")
        for each in (self.order_by, self.tie):
            if each.type not in ("int", "date"):
                raise RuleError(f"A place is judged by int or date, not by {each.type}")


KINDS: dict[str, type[Node]] = {
    kind.__name__: kind
    for kind in (
        FactRef, Const, ParamRef, TableRef, YearRef, On, StepRef, And, Or, Not, Compare, IsIn, IsKnown, OrElse, Choose,
        Add, Sub, Mul, Neg, Min, Max, FloorDiv, RoundHalfUp, Year, Month, Day, AddYears, AddMonths, AddDays,
        DaysBetween, Days30E, MonthsBetween, Aggregate, Place, Named,
    )
}  # fmt: skip
"""Every node kind by name: the whole vocabulary that an engine must speak."""
