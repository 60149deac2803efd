# SPDX-License-Identifier: Apache-2.0
"""What every node of a rule's tree has, and the leaves: facts, constants, parameters, other steps."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date
from typing import ClassVar, Literal

from ennakko.rules.errors import RuleError
from ennakko.values.texts import Text

Type = Literal["bool", "int", "date", "code"]
Value = bool | int | date | str | None
DEPTH_CAP = 200
"""Deeper trees are refused: no rule of law needs them and every engine prints recursively."""

PYTHON_TYPES: dict[str, type] = {"bool": bool, "int": int, "date": date, "code": str}


_FIELDS: dict[str, tuple[str, ...]] = {}


def field_names(node: Node) -> tuple[str, ...]:
    """The fields of a node's kind, in order."""
    kind = type(node).__name__
    if kind not in _FIELDS:
        _FIELDS[kind] = tuple(field.name for field in fields(node))  # type: ignore[arg-type]
    return _FIELDS[kind]


def _nodes_in(values: tuple[object, ...]) -> tuple[Node, ...]:
    """The nodes among the values of a node's fields, in field order."""
    found: list[Node] = []
    stack: list[object] = list(reversed(values))
    while stack:
        each = stack.pop()
        if isinstance(each, Node):
            found.append(each)
        elif isinstance(each, tuple):
            stack.extend(reversed(each))
    return tuple(found)


class Node:
    """One operator of a rule; immutable, hashed once, equal to another of the same structure.

    `children` are the nodes directly under it, in field order; `nullable` tells whether it may be unknown.
    """

    __slots__ = ("_hash", "children", "depth", "nullable", "type")
    gives: ClassVar[str] = "bool"
    type: str
    depth: int
    nullable: bool
    children: tuple[Node, ...]
    _hash: int

    def __post_init__(self) -> None:
        children = _nodes_in(self.key())
        depth = 1 + max((child.depth for child in children), default=0)
        if depth > DEPTH_CAP:
            raise RuleError(f"The expression is nested {depth} deep (at most {DEPTH_CAP}): name its parts as steps.")
        put = object.__setattr__
        put(self, "children", children)
        put(self, "depth", depth)
        put(self, "_hash", hash((type(self).__name__, self.key())))
        names = field_names(self)
        if "type" not in names:
            put(self, "type", self.result_type())
        if "nullable" not in names:
            put(self, "nullable", self.unknown_possible())
        self.check()

    def key(self) -> tuple[object, ...]:
        """The values of the fields, in order."""
        return tuple([getattr(self, name) for name in field_names(self)])

    def __hash__(self) -> int:
        return self._hash

    def __eq__(self, other: object) -> bool:
        if self is other:
            return True
        if type(self) is not type(other) or self._hash != other._hash:
            return False
        return self.key() == other.key()

    def result_type(self) -> str:
        """The type of the result, where it is not a field."""
        return self.gives

    def unknown_possible(self) -> bool:
        """Whether the result may be unknown, judged by the children."""
        return any(child.nullable for child in self.children)

    def check(self) -> None:
        """Refuse operands of the wrong type with RuleError."""


def need(node: Node, wanted: str, what: str) -> None:
    if node.type != wanted:
        raise RuleError(f"{what} needs {wanted}, not {node.type}")


@dataclass(frozen=True, slots=True, eq=False)
class FactRef(Node):
    """A fact of the person, or of each member of a relation; nullable when its register may not know it."""

    name: str
    type: str
    nullable: bool = True
    relation: str | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Const(Node):
    """A value written in the rule or, once bound, a parameter's value; None is a value nobody has decided."""

    value: Value
    type: str

    def unknown_possible(self) -> bool:
        return self.value is None

    def check(self) -> None:
        wanted = PYTHON_TYPES[self.type]
        if self.value is not None and type(self.value) is not wanted:
            raise RuleError(f"{self.value!r} is not of type {self.type}")


@dataclass(frozen=True, slots=True, eq=False)
class ParamRef(Node):
    """A dated parameter by its full name; gone once bound. Type "set" only as the options of `IsIn`."""

    name: str
    type: str


@dataclass(frozen=True, slots=True, eq=False)
class TableRef(Node):
    """A step table's number for a key: the row with the greatest key that is at most this one; gone once bound."""

    name: str
    at: Node
    gives: ClassVar[str] = "int"

    def unknown_possible(self) -> bool:
        return True

    def check(self) -> None:
        if self.at.type not in ("int", "date"):
            raise RuleError(f"A step table is looked up by int or date, not by {self.at.type}")


@dataclass(frozen=True, slots=True, eq=False)
class YearRef(Node):
    """A parameter's value on the last day of a year, not of the day's own; gone once bound.

    With a key, a step table's number for it (type "int") or whether a set holds it (type "bool"). Unknown where nobody
    has decided and where no row covers the year.
    """

    name: str
    type: str
    year: Node
    at: Node | None = None

    def unknown_possible(self) -> bool:
        return True

    def check(self) -> None:
        need(self.year, "int", "A parameter of a year")
        if self.at is not None and self.type == "int" and self.at.type not in ("int", "date"):
            raise RuleError(f"A step table is looked up by int or date, not by {self.at.type}")

    @property
    def form(self) -> str:
        """What kind of parameter it is: "set", "table" or its type."""
        if self.at is None:
            return self.type
        return "set" if self.type == "bool" else "table"


@dataclass(frozen=True, slots=True, eq=False)
class On(Node):
    """The day for which the rule is evaluated; gone once bound."""

    gives: ClassVar[str] = "date"


@dataclass(frozen=True, slots=True, eq=False)
class StepRef(Node):
    """The result of another named step of the same rule."""

    name: str
    type: str
    nullable: bool = True


@dataclass(frozen=True, slots=True, eq=False)
class Named(Node):
    """One named step of a rule: a column of its own in every engine, with its sentence and its sources of law."""

    name: str
    x: Node
    says: Text | None = None
    cite: tuple[str, ...] = ()

    def result_type(self) -> str:
        return self.x.type


@dataclass(frozen=True, slots=True, eq=False)
class Own(Node):
    """Marks the person's own value inside a relation's condition while a rule is written; in no finished tree."""

    x: Node

    def result_type(self) -> str:
        return self.x.type
