# SPDX-License-Identifier: Apache-2.0
"""Random rules and random cities for the differential test: every node kind, and rows that have hurt before.

The rows hold unknowns, negatives, leap days, month ends, amounts beyond 32 bits, households of one, empty relations and
persons without a household.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Any

from ennakko.rules.binding import Definition
from ennakko.rules.node import Const, FactRef, Named, Node, On, ParamRef, StepRef, TableRef, Value, YearRef
from ennakko.rules.parameters import NotDecided, Parameter, ParameterBook, Parameters, Row, StepTable
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
from ennakko.values.texts import text

ON = date(2026, 2, 28)
LARGEST = 2**61
"""Results beyond this are not generated: what overflows 64 bits is refused by one engine and wraps in another."""

PERSON_FACTS = {
    "born": "date", "unemployed_since": "date", "grade": "int", "income": "int", "debt": "int", "voucher": "bool",
    "risk": "bool", "town": "code", "person": "int",
}  # fmt: skip
SPELL_FACTS = {"start": "date", "end": "date", "pay": "int", "private": "bool", "kind": "code"}
GUARDIAN_FACTS = {**PERSON_FACTS, "custody": "bool"}
RELATIONS = {"household": PERSON_FACTS, "spells": SPELL_FACTS, "guardians": GUARDIAN_FACTS}
NUMBERS = {"grade": 9, "income": 10**12, "debt": 10**6, "person": 10**6, "pay": 5 * 10**9}
CODES = ("091", "049", "it's", 'back\\slash"', "")
DAYS = (
    date(2008, 2, 29), date(2009, 2, 28), date(2010, 3, 1), date(2024, 2, 29), date(2024, 12, 31), date(2026, 2, 28),
    date(1999, 1, 31), date(2011, 8, 31), date(2026, 3, 31), date(1900, 3, 1), date(2025, 4, 30),
)  # fmt: skip


def _row(value: Any) -> tuple[Row, ...]:
    return (Row(date(1900, 1, 1), None, value, text(fi="testi", sv="test", en="test")),)


_UNDECIDED = NotDecided(text(fi="kysy", sv="fråga", en="ask"))


def _yearly(*values: Any) -> tuple[Row, ...]:
    """Rows that begin and end in the middle of years and on their edges, with years that none covers."""
    edges = (
        (date(1950, 3, 1), date(1999, 12, 31)), (date(2000, 1, 1), date(2008, 6, 30)),
        (date(2008, 9, 1), date(2010, 7, 1)), (date(2012, 1, 1), date(2023, 12, 30)), (date(2025, 12, 31), None),
    )  # fmt: skip
    source = text(fi="testi", sv="test", en="test")
    return tuple(Row(start, end, value, source) for (start, end), value in zip(edges, values, strict=True))


BOOK = ParameterBook(
    Parameters(
        "random",
        (
            Parameter("r.amount", "int", _row(35_000)),
            Parameter("r.open", "int", _row(_UNDECIDED)),
            Parameter("r.day", "date", _row(date(2024, 2, 29))),
            Parameter("r.divisor", "int", _row(7)),
            Parameter("r.grades", "set", _row((7, 8, 9))),
            Parameter("r.yearly", "int", _yearly(5, 300, _UNDECIDED, 300, 7)),
            Parameter("r.yearly_day", "date", _yearly(*DAYS[:3], _UNDECIDED, DAYS[3])),
            Parameter("r.yearly_towns", "set", _yearly(("049",), ("049", "091"), _UNDECIDED, ("091",), ("",))),
            Parameter(
                "r.yearly_steps",
                "table",
                _yearly(
                    StepTable(((0, 1), (8, 2))),
                    _UNDECIDED,
                    StepTable(((-5, 9),)),
                    StepTable(((2, 4), (3, 500))),
                    StepTable(((1, 6),)),
                ),
            ),
            Parameter("r.steps", "table", _row(StepTable(((-5, -1), (2, 387_400), (3, 499_800), (6, 702_800))))),
        ),
    )
)


@dataclass(frozen=True)
class City:
    """Persons with their own facts, and each person's relations as one case gives them."""

    persons: list[dict[str, Any]]
    spells: list[dict[str, Any]]
    guardians: list[dict[str, Any]]

    def case(self, person: dict[str, Any]) -> dict[str, Any]:
        """One person's facts as an application would hand them over."""
        facts = {name: person[name] for name in PERSON_FACTS}
        by_key = {each["person"]: each for each in self.persons}
        if person["household"] is not None:
            facts["household"] = [each for each in self.persons if each["household"] == person["household"]]
        facts["spells"] = [each for each in self.spells if each["person"] == person["person"]]
        facts["guardians"] = [
            {**by_key.get(each["guardian"], {}), "custody": each["custody"]}
            for each in self.guardians
            if each["child"] == person["person"]
        ]
        return facts


def random_city(random: Random, size: int = 48) -> City:
    """Persons of whom about a tenth of every fact is unknown."""

    def maybe(value: Any, unknown: float = 0.12) -> Any:
        return None if random.random() < unknown else value

    def fact(name: str, type_: str) -> Any:
        if name in ("person",):
            raise KeyError(name)
        return maybe(_value(random, name, type_))

    keys = random.sample(range(1, 10**6), size)
    persons = [
        {"person": key, "household": maybe(random.randrange(size // 2)), **{
            name: fact(name, type_) for name, type_ in PERSON_FACTS.items() if name != "person"
        }}
        for key in keys
    ]  # fmt: skip
    spells = [
        {"person": random.choice(keys), **{name: fact(name, type_) for name, type_ in SPELL_FACTS.items()}}
        for _ in range(size)
    ]
    pairs = {(random.choice(keys), random.choice([*keys, 10**6 + 1])) for _ in range(size // 2)}
    guardians = [{"child": child, "guardian": guardian, "custody": maybe(random.random() < 0.7)} for child, guardian in
                 sorted(pairs)]  # fmt: skip
    return City(persons, spells, guardians)


def _value(random: Random, name: str, type_: str) -> Value:
    if type_ == "bool":
        return random.random() < 0.5
    if type_ == "code":
        return random.choice(CODES)
    if type_ == "date":
        return random.choice(DAYS) if random.random() < 0.5 else date(1920, 1, 1) + timedelta(random.randrange(40_000))
    limit = NUMBERS[name]
    if limit < 100:
        return random.randint(0, limit)
    return random.choice((0, 1, -1, 5, -5, random.randint(-200, 200), random.randint(-limit, limit), limit, -limit))


class RandomTrees:
    """Grows trees of a wanted type; `relation` is set while a relation's condition grows."""

    def __init__(self, random: Random) -> None:
        self.random = random
        self.steps: dict[str, Node] = {}
        self.relation: str | None = None

    def definition(self, steps: int, depth: int) -> Definition:
        """A rule of so many random steps, the last of them its outcome, half of them with a scope."""
        scope = self.grow("bool", 2) if self.random.random() < 0.5 else None
        named = []
        for number in range(steps):
            type_ = (
                "bool" if number == steps - 1 else self.random.choice(("bool", "bool", "int", "int", "date", "code"))
            )
            node = self.grow(type_, depth)
            self.steps[f"s{number}"] = node
            named.append(Named(f"s{number}", node))
        title = text(fi="satunnainen", sv="slumpmässig", en="random")
        return Definition("random.rule", title, scope, tuple(named), f"s{steps - 1}", None, "benefit", {})

    def grow(self, type_: str, depth: int) -> Node:
        """A tree of the type, at most so deep, whose numbers stay within 64 bits."""
        for _ in range(20):
            made = self._leaf(type_) if depth <= 0 or self.random.random() < 0.1 else self._branch(type_, depth - 1)
            if type_ != "int" or self.largest(made) <= LARGEST:
                return made
        return self._leaf(type_)

    def _leaf(self, type_: str) -> Node:
        random = self.random
        choice = random.random()
        if choice < 0.2:
            return self._constant(type_)
        if choice < 0.3 and (fitting := [name for name, node in self.steps.items() if node.type == type_]):
            # Inside a relation too: a step is always the person's own.
            return StepRef(random.choice(fitting), type_)
        relation = self.relation if self.relation and random.random() < 0.8 else None
        facts = PERSON_FACTS if relation is None else RELATIONS[relation]
        return FactRef(random.choice([name for name, of in facts.items() if of == type_]), type_, True, relation)

    def _constant(self, type_: str) -> Node:
        random = self.random
        if random.random() < 0.08:
            return Const(None, type_)
        if type_ == "int":
            return random.choice((ParamRef("r.amount", "int"), ParamRef("r.open", "int"), self._number()))
        if type_ == "date":
            return random.choice((On(), ParamRef("r.day", "date"), Const(random.choice(DAYS), "date")))
        return Const(random.random() < 0.5 if type_ == "bool" else random.choice(CODES), type_)

    def _number(self, low: int = -50) -> Const:
        return Const(self.random.choice((self.random.randint(low, 50), self.random.randint(max(low, -1), 2))), "int")

    def _branch(self, type_: str, depth: int) -> Node:
        random = self.random
        general: list[Callable[[], Node]] = [lambda: self._choose(type_, depth), lambda: self._or_else(type_, depth)]
        options = general + {"bool": self._bools, "int": self._ints, "date": self._dates, "code": lambda _: []}[type_](
            depth
        )
        return random.choice(options)()

    def _many(self, type_: str, depth: int) -> tuple[Node, ...]:
        return tuple(self.grow(type_, depth) for _ in range(self.random.randint(1, 3)))

    def _choose(self, type_: str, depth: int) -> Node:
        cases = [(self.grow("bool", depth), self.grow(type_, depth)) for _ in range(self.random.randint(1, 3))]
        return Choose(tuple(cases), self.grow(type_, depth))

    def _or_else(self, type_: str, depth: int) -> Node:
        return OrElse(self.grow(type_, depth), self.grow(type_, depth))

    def _bools(self, depth: int) -> list[Callable[[], Node]]:
        return [
            *2 * [lambda: And(self._many("bool", depth)), lambda: Or(self._many("bool", depth))],
            lambda: Not(self.grow("bool", depth)),
            *3 * [lambda: self._comparison(depth)],
            lambda: self._membership(depth),
            lambda: IsKnown(self.grow(self.random.choice(("int", "date", "bool", "code")), depth)),
            lambda: self._aggregate("any", depth),
        ]

    def _comparison(self, depth: int) -> Node:
        type_ = self.random.choice(("int", "int", "date", "date", "code"))
        op = self.random.choice(("==", "!=") if type_ == "code" else ("<", "<=", ">", ">=", "==", "!="))
        right = self.grow(type_, depth) if self.random.random() < 0.4 else self._constant(type_)
        sides = [self.grow(type_, depth), right]
        self.random.shuffle(sides)
        return Compare(op, *sides)

    def _membership(self, depth: int) -> Node:
        type_ = self.random.choice(("int", "int", "date", "code"))
        if type_ == "int" and self.random.random() < 0.4:
            turning = Sub(Year(On()), Year(self.grow("date", depth)))
            return IsIn(turning, tuple(sorted(self.random.sample(range(10, 90), self.random.randint(1, 20)))))
        if type_ == "int" and self.random.random() < 0.3:
            return IsIn(self.grow("int", depth), ParamRef("r.grades", "set"))
        if type_ == "code" and self.random.random() < 0.5:
            return YearRef("r.yearly_towns", "bool", self._some_year(depth), self.grow("code", depth))
        pool: tuple[Any, ...] = {"int": tuple(range(-2, 12)), "date": DAYS, "code": CODES}[type_]
        options = self.random.sample(pool, self.random.randint(0 if type_ == "int" else 1, 4))
        return IsIn(self.grow(type_, depth), tuple(sorted(options)))

    def _ints(self, depth: int) -> list[Callable[[], Node]]:
        date_, int_ = (lambda: self.grow("date", depth)), (lambda: self.grow("int", depth))
        divisor = lambda: self.random.choice((ParamRef("r.divisor", "int"), self._number(low=1), Const(2, "int")))  # noqa: E731
        part = lambda: self.random.choice((Year, Month, Day))(date_())  # noqa: E731
        return [
            lambda: self.random.choice((Add, Sub))(int_(), int_()), lambda: Mul(int_(), self._number()),
            lambda: Mul(int_(), int_()), lambda: Neg(int_()), lambda: Min(self._many("int", depth)),
            lambda: Max(self._many("int", depth)), lambda: FloorDiv(int_(), divisor()),
            *2 * [lambda: RoundHalfUp(int_(), divisor())], part, lambda: DaysBetween(date_(), date_()),
            lambda: Days30E(date_(), date_()), lambda: MonthsBetween(date_(), date_()),
            lambda: TableRef("r.steps", int_()), lambda: YearRef("r.yearly", "int", self._some_year(depth)),
            lambda: YearRef("r.yearly_steps", "int", self._some_year(depth), int_()), lambda: self._place(depth),
            *2 * [lambda: self._aggregate(self.random.choice(("count", "sum", "max", "min")), depth)],
        ]  # fmt: skip

    def _dates(self, depth: int) -> list[Callable[[], Node]]:
        date_ = lambda: self.grow("date", depth)  # noqa: E731
        return [
            lambda: AddYears(date_(), Const(self.random.randint(-70, 70), "int")),
            lambda: AddMonths(date_(), Const(self.random.randint(-40, 40), "int")),
            lambda: AddDays(date_(), Const(self.random.randint(-400, 400), "int")),
            lambda: self._aggregate(self.random.choice(("max", "min")), depth, "date"),
            lambda: YearRef("r.yearly_day", "date", self._some_year(depth)),
        ]

    def _some_year(self, depth: int) -> Node:
        if self.random.random() < 0.2:
            return Year(On())
        return Const(self.random.randint(1945, 2030), "int") if depth <= 0 else Year(self.grow("date", depth))

    def _aggregate(self, how: str, depth: int, type_: str = "int") -> Node:
        if self.relation is not None:
            return self._leaf("bool" if how == "any" else type_)
        self.relation = relation = self.random.choice(tuple(RELATIONS))
        value = None if how in ("count", "any") else self.grow(type_, min(depth, 1))
        where = Const(True, "bool") if self.random.random() < 0.2 and how != "any" else self.grow("bool", min(depth, 2))
        self.relation = None
        return Aggregate(how, relation, value, where)

    def _place(self, depth: int) -> Node:
        if self.relation is not None:
            return self._leaf("int")
        self.relation = "household"
        order = self.grow(self.random.choice(("int", "date")), min(depth, 1))
        tie = FactRef(self.random.choice(("person", "grade")), "int", True, "household")
        where = self.grow("bool", min(depth, 1))
        self.relation = None
        return Place("household", order, tie, where, self.random.random() < 0.5)

    def largest(self, node: Node) -> int:
        """The greatest magnitude that a number of the tree can have, anywhere in it."""
        below = max((self.largest(child) for child in node.children), default=0)
        sizes = [self.largest(child) for child in node.children if child.type == "int"]
        match node:
            case FactRef(name, "int"):
                return NUMBERS[name]
            case StepRef(name, "int"):
                return self.largest(self.steps[name])
            case Const(int() as value, "int"):
                return abs(value)
            case ParamRef(_, "int") | TableRef() | YearRef(_, "int"):
                return max(below, 702_800)
            case Add() | Sub():
                return max(below, sum(sizes))
            case Mul():
                return max(below, sizes[0] * sizes[1])
            case Aggregate("sum"):
                return below * 50
            case _ if node.type == "int":
                return max(below, 4_000_000)
        return below
