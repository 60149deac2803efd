# SPDX-License-Identifier: Apache-2.0
"""The same function as the Python engine's, for the usual case that no fact is missing: no guards, one loop a relation.

It takes half the time. The first fact that is missing where its value is needed ends it: the guarded function answers.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from ennakko.rules.analysis import as_own, walk
from ennakko.rules.engines.python import Run, Writer, write
from ennakko.rules.node import Const, FactRef, Named, Node, StepRef
from ennakko.rules.tree import Aggregate, IsKnown, Max, Min, OrElse, Place, RoundHalfUp

INLINE_AT_MOST = 160
"""A longer expression gets a name of its own, so that none is nested deeper than Python reads."""
STARTS = {"any": "False", "count": "0", "sum": "0", "max": "None", "min": "None"}


def compile_known(scope: Node | None, steps: tuple[Named, ...], guarded: Run) -> Run:
    """The unguarded function, which turns to the guarded one when a fact is missing."""
    return write(_KnownWriter(scope, steps, guarded), scope, steps)


def _uses(roots: Iterable[Node]) -> Counter[Node]:
    """In how many different nodes, or as how many roots, each node stands."""
    uses = Counter(roots)
    stack = list(uses)
    while stack:
        for child in stack.pop().children:
            uses[child] += 1
            if uses[child] == 1:
                stack.append(child)
    return uses


class _KnownWriter(Writer):
    """Writes each expression into the one that reads it, and all aggregates over a relation into one loop."""

    def __init__(self, scope: Node | None, steps: tuple[Named, ...], guarded: Run) -> None:
        super().__init__()
        self.names["guarded"] = guarded
        roots = [*([] if scope is None else [scope]), *(step.x for step in steps)]
        self.uses = _uses(roots)
        inner = dict.fromkeys(each for root in roots for each in walk(root) if isinstance(each, Aggregate | Place))
        self.loops = [each for each in inner if not _may_be_unknown(each)]

    def emit(self, node: Node) -> tuple[str, bool]:
        if isinstance(node, Const | StepRef) or node in self.known:
            return super().emit(node)
        if isinstance(node, FactRef):
            name = self._read(node)
            self.line(f"if {name} is None: return guarded(facts)")
            self.known[node] = name, False
            return name, False
        code, nullable = self.code(node)
        if code.isidentifier():
            self.known[node] = code, nullable
            return code, nullable
        if not nullable and self.uses[node] == 1 and len(code) <= INLINE_AT_MOST:
            return f"({code})", False
        return self._named(node, code, nullable)

    def atom(self, node: Node) -> tuple[str, bool]:
        code, nullable = self.emit(node)
        return self._named(node, code, nullable) if code.startswith("(") else (code, nullable)

    def _named(self, node: Node, code: str, nullable: bool) -> tuple[str, bool]:
        name = self.name()
        self.line(f"{name} = {code}")
        self.known[node] = name, nullable
        return name, nullable

    def _read(self, fact: FactRef) -> str:
        name = self.name()
        self.line(f"{name} = {'get' if fact.relation is None else 'of'}({fact.name!r})")
        return name

    def code(self, node: Node) -> tuple[str, bool]:
        match node:
            case IsKnown(FactRef() as fact) if fact not in self.known:
                return f"{self._read(fact)} is not None", False
            case OrElse(FactRef() as fact, default) if fact not in self.known:
                (value, nullable), name = self.emit(default), self._read(fact)
                return f"{value} if {name} is None else {name}", nullable
        return super().code(node)

    def operand(self, node: Node, parent: Node) -> tuple[str, bool]:
        return self.atom(node) if isinstance(parent, Min | Max | RoundHalfUp) else self.emit(node)

    # --- relations

    def rows(self, relation: str) -> str:
        if relation not in self.relations:
            super().rows(relation)
            self.line(f"if {self.relations[relation]} is None: return guarded(facts)")
        return self.relations[relation]

    def aggregate(self, node: Aggregate) -> tuple[str, bool]:
        if node.how == "count" and node.where == Const(True, "bool"):
            return f"len({self.rows(node.relation)})", False
        return self._looped(node) or super().aggregate(node)

    def place(self, node: Place) -> tuple[str, bool]:
        return self._looped(node) or super().place(node)

    def _looped(self, node: Aggregate | Place) -> tuple[str, bool] | None:
        """The node's result after one loop for it and all that can be worked out with it."""
        if node not in self.loops:
            return None
        together = [each for each in self.loops if each.relation == node.relation and self._is_ready(each)]
        if node not in together:
            return None
        self._loop(node.relation, together)
        return self.known[node]

    def _is_ready(self, node: Aggregate | Place) -> bool:
        """Whether it is still to be counted and reads no step that is not there yet or may be unknown."""
        steps = (self.steps.get(each.name, ("", True)) for each in walk(node) if isinstance(each, StepRef))
        plain = not (isinstance(node, Aggregate) and node.how == "count" and node.where == Const(True, "bool"))
        return plain and node not in self.known and not any(nullable for _, nullable in steps)

    def _loop(self, relation: str, together: Sequence[Aggregate | Place]) -> None:
        rows = self.rows(relation)
        own: dict[Node, tuple[str, str]] = {}
        for node in together:
            self.hoist(*node.children)
            if isinstance(node, Place):
                order, tie = as_own(node.order_by, relation), as_own(node.tie, relation)
                own[node] = self.atom(order)[0], self.atom(tie)[0]
        results = {node: self.name("a") for node in together}
        for node, name in results.items():
            self.line(f"{name} = {'1' if isinstance(node, Place) else STARTS[node.how]}")
        self.line(f"for row in {rows}:")
        outside = dict(self.known)
        self.indent += 1
        self.line("of = row.get")
        for node, name in results.items():
            self._count_in(node, name, own.get(node))
        self.indent -= 1
        self.known = outside
        for node, name in results.items():
            self.known[node] = name, isinstance(node, Aggregate) and node.how in ("max", "min")

    def _count_in(self, node: Aggregate | Place, name: str, own: tuple[str, str] | None) -> None:
        """What one row adds to one result."""
        holds = self.emit(node.where)[0]
        before = dict(self.known)
        if holds != "True":
            self.line(f"if {holds}:")
            self.indent += 1
        match node:
            case Place() if own is not None:
                order, tie = self.atom(node.order_by)[0], self.atom(node.tie)[0]
                sign = ">" if node.descending else "<"
                self.line(f"if {order} {sign} {own[0]} or ({order} == {own[0]} and {tie} < {own[1]}): {name} += 1")
            case Aggregate(how="any"):
                self.line(f"{name} = True")
            case Aggregate(value=None):
                self.line(f"{name} += 1")
            case Aggregate(how="sum", value=Node() as value):
                self.line(f"{name} += {self.emit(value)[0]}")
            case Aggregate(how, _, Node() as value):
                each = self.atom(value)[0]
                self.line(f"if {name} is None or {each} {'>' if how == 'max' else '<'} {name}: {name} = {each}")
        if holds != "True":
            self.indent -= 1
            self.known = before


def _may_be_unknown(node: Aggregate | Place) -> bool:
    """Whether something in a relation's condition is unknown though no fact is missing."""
    inside = [each for child in node.children for each in walk(child)]
    return any(isinstance(each, Aggregate | Place) or each == Const(None, each.type) for each in inside)
