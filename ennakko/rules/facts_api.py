# SPDX-License-Identifier: Apache-2.0
"""Declaring what the city can know: facts of a person, relations to other rows, and the registers they come from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from ennakko.rules.analysis import with_children
from ennakko.rules.errors import RuleError, near_names
from ennakko.rules.expressions import Expression, Operand, as_node, checked, number, refuse, truth
from ennakko.rules.node import FactRef, Node, Own, StepRef
from ennakko.rules.tree import Aggregate, Not, Place
from ennakko.values.texts import Text

FactType = Literal["bool", "int", "money", "date", "code"]
Sensitivity = Literal["normal", "special", "secret"]

RESIDENT = "resident"
"""The source of what only the resident can tell; asked last."""


@dataclass(frozen=True, slots=True)
class Source:
    """A register: its id, title, controller and the dataset file its facts stand in."""

    id: str
    title: Text
    controller: Text
    file: str | None = None


_sources: dict[str, Source] = {}
_facts: dict[tuple[str | None, str], Fact] = {}


def source(id: str, *, title: Text, controller: Text, file: str | None = None) -> Source:
    """Declare a register."""
    _sources[id] = Source(id, title, controller, file)
    return _sources[id]


def declared_source(id: str) -> Source | None:
    """The register of this id, if it is declared."""
    return _sources.get(id)


class Fact(Expression):
    """One thing the city may know of a person or of a relation's row: an expression and its declaration.

    `unknown`: the register may lack it. `ask`: the question to the resident when no register knows. `json`: the unit of
    a money fact in JSON, "cents" or "euros". As with every expression == makes a condition: look facts up by name.
    """

    __slots__ = ("ask", "fact_type", "json", "label", "listed", "name", "relation", "sensitivity", "source", "unknown")
    node: FactRef

    def __init__(
        self,
        name: str,
        fact_type: FactType,
        *,
        unknown: bool,
        label: Text,
        sensitivity: Sensitivity,
        source: str,
        ask: Text | None,
        json: Literal["cents", "euros"],
        relation: str | None,
        listed: bool,
    ) -> None:
        super().__init__(FactRef(name, "int" if fact_type == "money" else fact_type, unknown, relation))
        self.name = name
        self.fact_type = fact_type
        self.unknown = unknown
        self.label = label
        self.sensitivity = sensitivity
        self.source = source
        self.ask = ask
        self.json = json
        self.relation = relation
        self.listed = listed

    def __repr__(self) -> str:
        return f"Fact({self.name!r}, {self.fact_type!r})"

    @property
    def money(self) -> bool:
        """Whether the number is an amount of money, in cents."""
        return self.fact_type == "money"


def fact(
    name: str,
    type: FactType,
    *,
    unknown: bool = False,
    label: Text,
    source: str,
    sensitivity: Sensitivity = "normal",
    ask: Text | None = None,
    json: Literal["cents", "euros"] = "cents",
    relation: str | None = None,
    listed: bool = True,
) -> Fact:
    """Declare a fact; raises RuleError for a name declared otherwise before or a type that is none.

    One that is not `listed` stands in no catalogue: a trial's.
    """
    if type not in ("bool", "int", "money", "date", "code"):
        refuse(f"The fact {name} cannot be of type {type}. Use bool, int, money, date or code.")
    if not name.isidentifier():
        refuse(f"A fact is named as a Python name, as birth_date; not {name!r}.")
    made = Fact(
        name, type, unknown=unknown, label=label, sensitivity=sensitivity, source=source, ask=ask, json=json,
        relation=relation, listed=listed,
    )  # fmt: skip
    before = _facts.get((relation, name))
    if before is not None and before.node != made.node:
        refuse(f"The fact {name} is declared twice with different types. Rename one.")
    _facts[relation, name] = made
    return made


def declared_facts() -> tuple[Fact, ...]:
    """All facts declared so far that are listed, in order."""
    return tuple(each for each in _facts.values() if each.listed)


def declared_fact(name: str, relation: str | None = None) -> Fact:
    """A declared fact by name; raises RuleError naming the near ones."""
    found = find_fact(name, relation)
    if found is None:
        raise RuleError(f"No fact is called {name}.{near_names(name, (each for _, each in _facts))}")
    return found


def find_fact(name: str, relation: str | None = None) -> Fact | None:
    """A fact by name, if it is declared: the relation's own, else the person's that its members have too."""
    return _facts.get((relation, name), _facts.get((None, name)))


def own(expression: Expression) -> Expression:
    """The person's own value inside a relation's condition: `household.any(age > own(age))`."""
    return Expression(Own(expression.node))


class Relation:
    """A named relation of a person to other rows: household, guardians, employment spells; never one for all.

    `persons`: its rows are persons, so that person facts inside its conditions are each member's; the person is among
    the members where the register says so. Otherwise its rows have facts of their own, made by `fact`.
    """

    __slots__ = ("label", "listed", "name", "persons", "source")

    def __init__(
        self,
        name: str,
        *,
        label: Text,
        persons: bool = True,
        source: str = "population-register",
        listed: bool = True,
    ) -> None:
        self.name = name
        self.label = label
        self.persons = persons
        self.source = source
        self.listed = listed
        _relations[name] = self

    def __repr__(self) -> str:
        return f"Relation({self.name!r})"

    def fact(
        self,
        name: str,
        type: FactType,
        *,
        label: Text,
        unknown: bool = False,
        sensitivity: Sensitivity = "normal",
        ask: Text | None = None,
    ) -> Fact:
        """Declare a fact of this relation's rows, for example the start of an employment spell."""
        return fact(
            name, type, unknown=unknown, label=label, source=self.source, sensitivity=sensitivity, ask=ask,
            relation=self.name, listed=self.listed,
        )  # fmt: skip

    def count(self, where: Operand = True) -> Expression:
        """How many members fulfil the condition; unknown when one member's is unknown."""
        return self._aggregate("count", None, where)

    def any(self, condition: Operand) -> Expression:
        """Whether a member fulfils the condition; one who does is enough, whatever is unknown of others."""
        return self._aggregate("any", None, condition)

    def all(self, condition: Operand) -> Expression:
        """Whether every member fulfils the condition; true of none."""
        return ~self._aggregate("any", None, Expression(checked(Not, truth(condition))))

    def sum(self, value: Operand, *, where: Operand = True) -> Expression:
        """The sum of the members' values; 0 of none, unknown when one is."""
        return self._aggregate("sum", number(value), where)

    def max(self, value: Operand, *, where: Operand = True) -> Expression:
        """The greatest of the members' values; unknown of none."""
        return self._aggregate("max", as_node(value), where)

    def min(self, value: Operand, *, where: Operand = True) -> Expression:
        """The least of the members' values; unknown of none."""
        return self._aggregate("min", as_node(value), where)

    def place(self, order_by: Operand, *, tie: Operand, where: Operand = True, descending: bool = False) -> Expression:
        """This person's place among the members, from 1; descending by birth date the youngest is first.

        `tie` decides between equals, by a stable key and never by chance.
        """
        inside = [self._inside(each) for each in (as_node(order_by), as_node(tie), truth(where))]
        return Expression(checked(Place, self.name, *inside, descending))

    def _aggregate(self, how: str, value: Node | None, where: Operand) -> Expression:
        condition = self._inside(truth(where))
        return Expression(checked(Aggregate, how, self.name, None if value is None else self._inside(value), condition))

    def _inside(self, node: Node) -> Node:
        if isinstance(node, Own):
            return node.x
        if isinstance(node, FactRef):
            if node.relation not in (None, self.name):
                refuse(f"{node.name} is a fact of {node.relation}, not of {self.name}.")
            relation = self.name if self.persons else node.relation
            return FactRef(node.name, node.type, node.nullable, relation)
        if isinstance(node, StepRef):
            refuse(
                f"The step {node.name} is the person's, not each member's. Write its condition out (a name with _ "
                f"before it is not a step: _{node.name} = …), or own({node.name}) for the person's own."
            )
        if isinstance(node, Aggregate | Place):
            refuse("A relation inside another's condition is not supported. Make the inner one a step and use own(…).")
        return with_children(node, self._inside)


_relations: dict[str, Relation] = {}


def declared_relations() -> tuple[Relation, ...]:
    """All relations declared so far that are listed, in order."""
    return tuple(each for each in _relations.values() if each.listed)


def declared_relation(name: str) -> Relation | None:
    """A relation by name, if it is declared."""
    return _relations.get(name)
