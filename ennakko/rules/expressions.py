# SPDX-License-Identifier: Apache-2.0
"""How a rule is written: facts and parameters with operators, checked while the rule is imported."""

from __future__ import annotations

import linecache
import re
import sys
from collections.abc import Callable, Iterable
from datetime import date, datetime
from types import FrameType
from typing import NoReturn

from ennakko.rules.errors import RuleError
from ennakko.rules.node import Const, Node, ParamRef, StepRef, TableRef, YearRef
from ennakko.rules.tree import (
    Add,
    And,
    Compare,
    FloorDiv,
    IsIn,
    IsKnown,
    Mul,
    Neg,
    Not,
    Or,
    OrElse,
    Sub,
)
from ennakko.values.texts import Text

Operand = object
"""What may stand beside an expression: another expression, a whole number, a date, a code, True or False."""

_KIND_NAMES = {
    "bool": "a yes-or-no value",
    "int": "a number",
    "date": "a date",
    "code": "a code (text)",
    "set": "a set",
}


def _author() -> FrameType | None:
    """The frame where the rule is written: the first one outside this package (its tests are outside)."""
    frame: FrameType | None = sys._getframe(1)
    while frame is not None:
        module = frame.f_globals.get("__name__", "")
        if not module.startswith("ennakko.rules") or ".tests" in module:
            return frame
        frame = frame.f_back
    return None


def refuse(problem: str) -> NoReturn:
    """Raise RuleError with the rule (class or function), file and line where it is written."""
    frame = _author()
    if frame is None:
        raise RuleError(problem)
    place = frame.f_code.co_name
    rule = "" if place == "<module>" else f"{place}, "
    raise RuleError(f"{rule}{frame.f_code.co_filename}:{frame.f_lineno}: {problem}") from None


def checked(kind: Callable[..., Node], *fields: object) -> Node:
    """The node, with what is wrong about it told with the author's line."""
    try:
        return kind(*fields)
    except RuleError as error:
        refuse(f"{error}.")


class Expression:
    """A node with operators: what facts, parameters and steps are while a rule is being written.

    `says` and `by` give the step its sentence and its sources of law.
    """

    __slots__ = ("cite", "node", "sentence")

    def __init__(self, node: Node, sentence: Text | None = None, cite: tuple[str, ...] = ()) -> None:
        self.node = node
        self.sentence = sentence
        self.cite = cite

    def __repr__(self) -> str:
        return f"Expression({self.node!r})"

    @property
    def type(self) -> str:
        """ "bool", "int", "date" or "code"."""
        return self.node.type

    def says(self, *, fi: str, sv: str, en: str, **more: str) -> Expression:
        """The step's sentence in every language; {value}, facts, parameters and steps are filled in by name."""
        return Expression(self.node, Text(fi, sv, en, more), self.cite)

    def by(self, *sources: str) -> Expression:
        """The sources of law of the step: `.by("1503/2016 § 5")`."""
        return Expression(self.node, self.sentence, self.cite + sources)

    # --- truth

    def __and__(self, other: Operand) -> Expression:
        return _join(And, self, other)

    def __rand__(self, other: Operand) -> Expression:
        return _join(And, other, self)

    def __or__(self, other: Operand) -> Expression:
        return _join(Or, self, other)

    def __ror__(self, other: Operand) -> Expression:
        return _join(Or, other, self)

    def __invert__(self) -> Expression:
        return Expression(checked(Not, truth(self)))

    def __bool__(self) -> NoReturn:
        frame = _author()
        line = linecache.getline(frame.f_code.co_filename, frame.f_lineno) if frame else ""
        refuse(_advice(line))

    def __iter__(self) -> NoReturn:
        refuse("An expression has no parts to go through. Use a relation: household.any(…), household.sum(…).")

    def __hash__(self) -> int:
        return id(self)

    # --- comparisons

    def __eq__(self, other: Operand) -> Expression:  # type: ignore[override]
        return _compare("==", self, other)

    def __ne__(self, other: Operand) -> Expression:  # type: ignore[override]
        return _compare("!=", self, other)

    def __lt__(self, other: Operand) -> Expression:
        return _compare("<", self, other)

    def __le__(self, other: Operand) -> Expression:
        return _compare("<=", self, other)

    def __gt__(self, other: Operand) -> Expression:
        return _compare(">", self, other)

    def __ge__(self, other: Operand) -> Expression:
        return _compare(">=", self, other)

    def is_in(self, options: Operand) -> Expression:
        """Whether the value is one of a list or of a set parameter."""
        if isinstance(options, YearlyParameter):
            return Expression(checked(YearRef, options.name, "bool", options.year, as_node(self)))
        return Expression(checked(IsIn, as_node(self), as_options(options)))

    def is_known(self) -> Expression:
        """Whether the value is known; never itself unknown."""
        return Expression(checked(IsKnown, as_node(self)))

    def or_else(self, default: Operand) -> Expression:
        """The value, or the default when it is unknown."""
        return Expression(checked(OrElse, as_node(self), as_node(default, self.type)))

    # --- whole numbers

    def __add__(self, other: Operand) -> Expression:
        return _arithmetic(Add, self, other)

    def __radd__(self, other: Operand) -> Expression:
        return _arithmetic(Add, other, self)

    def __sub__(self, other: Operand) -> Expression:
        return _arithmetic(Sub, self, other)

    def __rsub__(self, other: Operand) -> Expression:
        return _arithmetic(Sub, other, self)

    def __mul__(self, other: Operand) -> Expression:
        return _arithmetic(Mul, self, other)

    def __rmul__(self, other: Operand) -> Expression:
        return _arithmetic(Mul, other, self)

    def __floordiv__(self, other: Operand) -> Expression:
        return _arithmetic(FloorDiv, self, other)

    def __neg__(self) -> Expression:
        return Expression(checked(Neg, number(self)))

    def __truediv__(self, other: Operand) -> NoReturn:
        refuse("There are no fractions in a rule. Write // (downward) or round_half_up(a, b).")

    __rtruediv__ = __truediv__


class ParameterExpression(Expression):
    """A parameter by name; without a type it takes the one that its place wants."""

    __slots__ = ("declared", "name")

    def __init__(self, name: str, declared: str | None) -> None:
        self.name = name
        self.declared = declared
        kind = "int" if declared in (None, "money") else declared
        super().__init__(ParamRef(name, str(kind)))

    def __getitem__(self, key: Operand) -> Expression:
        """The step table's value for a key."""
        return Expression(checked(TableRef, self.name, as_node(key)))

    def typed(self, wanted: str) -> Node:
        """The reference to it as a value of a type."""
        return ParamRef(self.name, wanted)

    def in_year(self, year: Operand) -> YearlyParameter:
        """The parameter as it stands on the last day of a year: `param("fee.limit", "money").in_year(fee_year)`."""
        return YearlyParameter(self.name, self.declared, number(year))


class YearlyParameter(ParameterExpression):
    """A parameter of another year than the day's; used as the parameter itself is."""

    __slots__ = ("year",)

    def __init__(self, name: str, declared: str | None, year: Node) -> None:
        super().__init__(name, declared)
        self.year = year
        if declared != "set":
            self.node = checked(YearRef, name, self.node.type, year)

    def __getitem__(self, key: Operand) -> Expression:
        """The step table's value of the year for a key."""
        return Expression(checked(YearRef, self.name, "int", self.year, as_node(key)))

    def typed(self, wanted: str) -> Node:
        return checked(YearRef, self.name, wanted, self.year)


def param(name: str, kind: str | None = None) -> ParameterExpression:
    """A dated parameter by its full name: `param("summer-voucher.value")`, `param("fee.limits")[family]`.

    `kind` ("int", "money", "date", "bool", "code", "set") is needed only where the place does not tell it.
    """
    if kind not in (None, "int", "money", "date", "bool", "code", "set"):
        refuse(f"A parameter is of kind int, money, date, bool, code or set, not {kind}.")
    if not re.fullmatch(r"[a-z][a-z0-9-]*\.[a-z0-9_]+", name):
        refuse(f'A parameter is named "<service>.<name>", as "summer-voucher.value"; not "{name}".')
    return ParameterExpression(name, kind)


def as_node(operand: Operand, wanted: str | None = None) -> Node:
    """The node of an operand, a parameter taking the wanted type. Refuses what cannot stand in a rule."""
    if isinstance(operand, ParameterExpression) and operand.declared is None and wanted is not None:
        return operand.typed(wanted)
    if isinstance(operand, Expression):
        return operand.node
    if operand is None:
        refuse("Nothing is compared with None. Write .is_known() or .or_else(…); in choose None is the unknown.")
    if isinstance(operand, bool):
        return Const(operand, "bool")
    if isinstance(operand, int):
        return Const(operand, "int")
    if isinstance(operand, str):
        return Const(operand, "code")
    if isinstance(operand, date) and not isinstance(operand, datetime):
        return Const(operand, "date")
    if isinstance(operand, float):
        refuse(f'{operand} is not exact. Write money as euros("350.50") and a rate as a number and its divisor.')
    refuse(f"{operand!r} cannot stand in a rule. Use facts, parameters, whole numbers, dates, codes, True or False.")


def as_options(options: Operand) -> tuple[int | date | str, ...] | ParamRef:
    """The options of is_in: sorted values, or a set parameter."""
    if isinstance(options, YearlyParameter):
        refuse("A set of another year stands only after is_in: grade.is_in(param(…).in_year(…)).")
    if isinstance(options, ParameterExpression) and options.declared in (None, "set"):
        return ParamRef(options.name, "set")
    if isinstance(options, Expression) or not isinstance(options, Iterable) or isinstance(options, str):
        refuse("is_in takes a list of values or a set parameter: grade.is_in([8, 9]), age.is_in(param(…)).")
    values = [each for each in options if isinstance(each, int | date | str)]
    if len({type(each) for each in values}) != 1 or len(values) != len(list(options)):
        refuse(f"is_in takes values of one kind, not {options!r}.")
    return tuple(sorted(set(values)))


def describe(operand: Operand) -> str:
    """An operand for an error message: its name and kind."""
    node = operand.node if isinstance(operand, Expression) else None
    if node is None:
        return repr(operand)
    name = getattr(node, "name", None)
    kind = _KIND_NAMES.get(node.type, node.type)
    return f"{name} is {kind}" if isinstance(name, str) else f"the expression is {kind}"


def wanted_node(operand: Operand, wanted: str, instead: str) -> Node:
    """The node of an operand that must be of one type."""
    node = as_node(operand, wanted)
    if node.type != wanted:
        refuse(f"{describe(operand)}, but {_KIND_NAMES[wanted]} is needed here. {instead}")
    return node


def truth(operand: Operand) -> Node:
    """The node of a condition."""
    return wanted_node(operand, "bool", "Compare it first: (grade == 9) & (…).")


def number(operand: Operand) -> Node:
    """The node of a number."""
    return wanted_node(operand, "int", "Dates have days_between, months_between, year and add_days.")


def day(operand: Operand) -> Node:
    """The node of a date."""
    return wanted_node(operand, "date", "Write date(2026, 6, 1), a date fact or on_day.")


def _join(kind: type[And] | type[Or], left: Operand, right: Operand) -> Expression:
    parts: list[Node] = []
    for each in (truth(left), truth(right)):
        # a & b & c is one condition of three, so that an explanation lists them side by side.
        parts.extend(each.xs if isinstance(each, kind) else (each,))
    return Expression(checked(kind, tuple(parts)))


def _compare(op: str, left: Operand, right: Operand) -> Expression:
    a, b = as_node(left, _type_of(right)), as_node(right, _type_of(left))
    if a.type != b.type:
        refuse(f"{describe(left)}; it cannot be compared with {_other(right)}. {_instead(a.type)}")
    return Expression(checked(Compare, op, a, b))


def _type_of(operand: Operand) -> str | None:
    if isinstance(operand, ParameterExpression) and operand.declared is None:
        return None
    return operand.type if isinstance(operand, Expression) else None


def _other(operand: Operand) -> str:
    return describe(operand) if not isinstance(operand, Expression) else f"this: {describe(operand)}"


def _instead(type_: str) -> str:
    return {
        "bool": "Write it as it is, or ~ before it.",
        "int": "Write a whole number without quotation marks.",
        "date": "Write a date: date(2026, 6, 1); for ages aged(birth_date, 18) or turns(birth_date, …).",
        "code": 'Write a code in quotation marks: municipality == "091".',
    }[type_]


def _arithmetic(kind: Callable[..., Node], left: Operand, right: Operand) -> Expression:
    return Expression(checked(kind, number(left), number(right)))


def _advice(line: str) -> str:
    code = re.sub(r"(\"[^\"]*\"|'[^']*'|#.*)", "", line)
    if re.search(r"\bassert\b", code):
        return "An expression is not true or false before it is decided on facts. Use rule.decide(on, facts)."
    if re.search(r"<[^<>]*<|>[^<>]*>|==.*==", code) and not re.search(r"\b(and|or|if)\b", code):
        return "A chained comparison cannot be used in a rule. Write (15 <= age) & (age <= 17)."
    for word, instead in (("and", "a & b"), ("or", "a | b"), ("not", "~a")):
        if re.search(rf"\b{word}\b", code):
            return f"`{word}` cannot be used between expressions. Write {instead}, comparisons in parentheses."
    if re.search(r"\b(if|elif|while)\b", code):
        return "`if` cannot be used in a rule. Write choose((condition, value), otherwise=value)."
    return (
        "`and`, `or`, `not`, `if`, `in` and chained comparisons cannot be used in a rule. "
        "Write &, |, ~, choose(…), .is_in(…) and (15 <= age) & (age <= 17)."
    )


def step_expression(name: str, definition: Expression) -> Expression:
    """What the name of a step means in the steps after it."""
    return Expression(StepRef(name, definition.node.type, definition.node.nullable))
