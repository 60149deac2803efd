# SPDX-License-Identifier: Apache-2.0
"""The engine for one case: a bound rule becomes one Python function that computes every step in a few microseconds."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Any

from ennakko.rules.analysis import as_own, walk
from ennakko.rules.errors import RuleError
from ennakko.rules.node import Const, FactRef, Named, Node, StepRef, Value
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
from ennakko.values.dates import add_months, add_years, days_30e, months_between

Facts = Mapping[str, Any]
Run = Callable[[Facts], tuple[bool | None, dict[str, Value]]]
"""From facts to (whether the scope holds, every step's value); no step is computed unless the scope holds."""

TEMPLATES: dict[type[Node], str] = {
    Not: "not {0}",
    Add: "{0} + {1}",
    Sub: "{0} - {1}",
    Mul: "{0} * {1}",
    Neg: "-{0}",
    FloorDiv: "{0} // {1}",
    RoundHalfUp: "(2 * {0} + {1}) // (2 * {1}) if {0} >= 0 else -(({1} - 2 * {0}) // (2 * {1}))",
    Year: "{0}.year",
    Month: "{0}.month",
    Day: "{0}.day",
    AddYears: "add_years({0}, {1})",
    AddMonths: "add_months({0}, {1})",
    AddDays: "{0} + timedelta({1})",
    DaysBetween: "({1} - {0}).days",
    Days30E: "days_30e({0}, {1})",
    MonthsBetween: "months_between({0}, {1})",
}
"""The strict operators over known operands, in the words of Python."""


def compile_rule(scope: Node | None, steps: tuple[Named, ...]) -> Run:
    """One function of a bound scope and its steps. Every fact may be missing here, whatever its register promises."""
    return write(Writer(), scope, steps)


def write(writer: Writer, scope: Node | None, steps: tuple[Named, ...]) -> Run:
    """The function in a writer's words."""
    if scope is not None:
        within, nullable = writer.emit(scope)
        writer.line(f"if not {within}: return {within}, {{}}")
    values = []
    for step in steps:
        atom, nullable = writer.atom(step.x)
        writer.known[StepRef(step.name, step.type, step.nullable)] = (atom, nullable)
        writer.steps[step.name] = (atom, nullable)
        values.append(f"{step.name!r}: {atom}")
    writer.line(f"return True, {{{', '.join(values)}}}")
    return writer.function()


class Writer:
    """Writes straight-line Python: every node once, into a local name, guarded against unknowns where there can be."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.names: dict[str, object] = {
            "add_years": add_years, "add_months": add_months, "timedelta": timedelta, "days_30e": days_30e,
            "months_between": months_between,
        }  # fmt: skip
        self.known: dict[Node, tuple[str, bool]] = {}
        self.steps: dict[str, tuple[str, bool]] = {}
        self.relations: dict[str, str] = {}
        self.indent = 1
        self.count = 0

    def line(self, code: str) -> None:
        self.lines.append("    " * self.indent + code)

    def name(self, letter: str = "t") -> str:
        self.count += 1
        return f"{letter}{self.count}"

    def constant(self, value: object) -> str:
        name = self.name("c")
        self.names[name] = value
        return name

    def function(self) -> Run:
        source = "\n".join(["def run(facts):", "    get = facts.get", *self.lines])
        exec(compile(source, "<rule>", "exec"), self.names)  # noqa: S102 - the text is made of our own templates
        return self.names["run"]  # type: ignore[return-value]

    def emit(self, node: Node) -> tuple[str, bool]:
        """The Python atom that holds the node's value, and whether it may be None."""
        if isinstance(node, Const):
            return (self.constant(node.value) if isinstance(node.value, date) else repr(node.value)), node.value is None
        if isinstance(node, StepRef):
            return self.steps[node.name]
        if node in self.known:
            return self.known[node]
        code, nullable = self.code(node)
        name = self.name()
        self.line(f"{name} = {code}")
        self.known[node] = name, nullable
        return name, nullable

    def atom(self, node: Node) -> tuple[str, bool]:
        """As `emit`, always a name or a constant."""
        return self.emit(node)

    def operand(self, node: Node, parent: Node) -> tuple[str, bool]:
        """What a strict operator reads."""
        return self.emit(node)

    def code(self, node: Node) -> tuple[str, bool]:
        if isinstance(node, FactRef):
            return f"{'get' if node.relation is None else 'of'}({node.name!r})", True
        if isinstance(node, And | Or):
            return self.kleene(node)
        if isinstance(node, IsKnown):
            return f"{self.emit(node.x)[0]} is not None", False
        if isinstance(node, OrElse):
            (x, may), (default, both) = self.emit(node.x), self.emit(node.default)
            return (f"{default} if {x} is None else {x}", both) if may else (x, False)
        if isinstance(node, Choose):
            return self.choice(node)
        if isinstance(node, Aggregate | Place):
            return self.aggregate(node) if isinstance(node, Aggregate) else self.place(node)
        operands = [self.operand(child, node) for child in node.children]
        unknown = dict.fromkeys(atom for atom, nullable in operands if nullable)
        code = self.strict(node, [atom for atom, _ in operands])
        if not unknown:
            return code, False
        return f"None if {' or '.join(f'{atom} is None' for atom in unknown)} else ({code})", True

    def strict(self, node: Node, atoms: list[str]) -> str:
        if isinstance(node, Compare):
            return f"{atoms[0]} {node.op} {atoms[1]}"
        if isinstance(node, IsIn):
            return f"{atoms[0]} in {self.constant(frozenset(node.options))}"  # type: ignore[arg-type]
        if isinstance(node, Min | Max):
            if len(atoms) == 1:
                return atoms[0]
            if len(atoms) == 2:
                # A call would take three times as long.
                return f"{atoms[0]} if {atoms[0]} {'<=' if isinstance(node, Min) else '>='} {atoms[1]} else {atoms[1]}"
            return f"{'min' if isinstance(node, Min) else 'max'}({', '.join(atoms)})"
        template = TEMPLATES.get(type(node))
        if template is None:
            raise RuleError(f"{type(node).__name__} cannot stand in a bound rule")
        return template.format(*(f"({atom})" if atom.startswith("-") else atom for atom in atoms))

    def kleene(self, node: And | Or) -> tuple[str, bool]:
        operands = [self.emit(each) for each in node.xs]
        unknown = list(dict.fromkeys(atom for atom, nullable in operands if nullable))
        atoms = [atom for atom, _ in operands]
        if isinstance(node, Or):
            some = " or ".join(atoms)
            maybe = " or ".join(f"{atom} is None" for atom in unknown)
            return (f"True if {some} else None if {maybe} else False", True) if unknown else (some, False)
        every = " and ".join(atoms)
        if not unknown:
            return every, False
        maybe = " and ".join(f"({atom} is None or {atom})" if atom in unknown else atom for atom in atoms)
        return f"True if {every} else None if {maybe} else False", True

    def choice(self, node: Choose) -> tuple[str, bool]:
        code, nullable = "", False
        for condition, value in node.cases:
            (holds, unknown), (atom, may) = self.emit(condition), self.emit(value)
            code += f"{atom} if {holds} else " + (f"None if {holds} is None else " if unknown else "")
            nullable = nullable or unknown or may
        atom, may = self.emit(node.otherwise)
        return code + atom, nullable or may

    # --- relations: one loop each, over the rows' own facts; what is the person's is computed before the loop

    def rows(self, relation: str) -> str:
        if relation not in self.relations:
            self.relations[relation] = self.name("r")
            self.line(f"{self.relations[relation]} = get({relation!r})")
        return self.relations[relation]

    def hoist(self, *nodes: Node) -> None:
        for node in nodes:
            for each in walk(node):
                if isinstance(each, FactRef) and each.relation is None:
                    self.emit(each)

    def begin(self, relation: str, result: str, start: str) -> dict[Node, tuple[str, bool]]:
        rows = self.rows(relation)
        self.line(f"{result} = None if {rows} is None else {start}")
        self.line(f"for row in {rows} or ():")
        self.indent += 1
        self.line("of = row.get")
        return dict(self.known)

    def end(self, before: dict[Node, tuple[str, bool]]) -> None:
        self.indent -= 1
        self.known = before

    def stop_if_unknown(self, result: str, *operands: tuple[str, bool], given: str = "") -> None:
        unknown = dict.fromkeys(atom for atom, nullable in operands if nullable)
        if unknown:
            maybe = " or ".join(f"{atom} is None" for atom in unknown)
            self.line(f"if {f'{given} and ({maybe})' if given else maybe}: {result} = None; break")

    def aggregate(self, node: Aggregate) -> tuple[str, bool]:
        self.hoist(node.where, *([node.value] if node.value is not None else []))
        result = self.name("a")
        start = {"any": "False", "count": "0", "sum": "0"}.get(node.how, "None")
        before = self.begin(node.relation, result, start)
        holds = self.emit(node.where)
        if node.how == "any":
            self.line(f"if {holds[0]}: {result} = True; break")
            if holds[1]:
                self.line(f"if {holds[0]} is None: {result} = None")
        else:
            self.stop_if_unknown(result, holds)
            if node.value is None:
                self.line(f"if {holds[0]}: {result} += 1")
            else:
                value = self.emit(node.value)
                self.stop_if_unknown(result, value, given=holds[0])
                sign = ">" if node.how == "max" else "<"
                self.line(
                    f"if {holds[0]}: {result} += {value[0]}" if node.how == "sum" else
                    f"if {holds[0]} and ({result} is None or {value[0]} {sign} {result}): {result} = {value[0]}"
                )  # fmt: skip
        self.end(before)
        return result, True

    def place(self, node: Place) -> tuple[str, bool]:
        self.hoist(node.order_by, node.tie, node.where)
        order, tie = self.emit(as_own(node.order_by, node.relation)), self.emit(as_own(node.tie, node.relation))
        result = self.name("a")
        before = self.begin(node.relation, result, "1")
        self.stop_if_unknown(result, order, tie)
        holds = self.emit(node.where)
        self.stop_if_unknown(result, holds)
        other, other_tie = self.emit(node.order_by), self.emit(node.tie)
        self.stop_if_unknown(result, other, other_tie, given=holds[0])
        sign = ">" if node.descending else "<"
        ahead = f"{other[0]} {sign} {order[0]} or ({other[0]} == {order[0]} and {other_tie[0]} < {tie[0]})"
        self.line(f"if {holds[0]} and ({ahead}): {result} += 1")
        self.end(before)
        unknown = [atom for atom, nullable in (order, tie) if nullable]
        if unknown:
            self.line(f"if {' or '.join(f'{atom} is None' for atom in unknown)}: {result} = None")
        return result, True
