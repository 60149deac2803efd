# SPDX-License-Identifier: Apache-2.0
"""The order of work for a whole population: which columns are computed when, where relations are joined, who is kept.

A named step is a column of its own, never written out inside another: repeated sub-expressions made one prototype sixty
times slower. What appears twice is computed once, and rows that can no longer matter are dropped before a relation is
read for them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import islice

from ennakko.rules.analysis import steps_of, walk, with_children
from ennakko.rules.engines.lowering import inlined, lower
from ennakko.rules.errors import RuleError
from ennakko.rules.node import Const, FactRef, Node, StepRef
from ennakko.rules.tree import Aggregate, And, Choose, FloorDiv, Max, Min, RoundHalfUp

SHARED_FROM_DEPTH = 3
"""A sub-expression at least this deep that appears twice gets a column of its own; a shallower one is cheaper again."""
INLINE_AT_MOST = 400
"""A condition longer than this is not written out as a filter over the facts."""


@dataclass(frozen=True, slots=True)
class Computed:
    """Columns that depend only on facts and on columns computed before."""

    columns: tuple[tuple[str, Node], ...]


@dataclass(frozen=True, slots=True)
class Joined:
    """Aggregates over one relation, alike in whether they read the person's own values beside the members'."""

    relation: str
    paired: bool
    columns: tuple[tuple[str, Aggregate], ...]


@dataclass(frozen=True, slots=True)
class Kept:
    """Only rows go on for which each of `certain` is true and none of `possible` is false."""

    certain: tuple[Node, ...] = ()
    possible: tuple[Node, ...] = ()


Level = Computed | Joined | Kept


@dataclass(frozen=True, slots=True)
class Plan:
    """Levels in order of work, after a first filter over the person's own facts alone."""

    first: Kept
    levels: tuple[Level, ...]
    outputs: tuple[str, ...]

    @lru_cache(maxsize=256)  # noqa: B019 - plans are few, and themselves kept for the day
    def facts(self) -> tuple[FactRef, ...]:
        """The person's own facts that the levels read, each once."""
        found = (each for level in self.levels for node in nodes_of(level) for each in walk(node))
        return tuple(
            {each.name: each for each in found if isinstance(each, FactRef) and each.relation is None}.values()
        )

    def relations(self) -> tuple[str, ...]:
        """The relations that are joined, each once."""
        return tuple(dict.fromkeys(level.relation for level in self.levels if isinstance(level, Joined)))

    @lru_cache(maxsize=512)  # noqa: B019
    def needed_after(self, position: int) -> tuple[set[str], set[str]]:
        """Columns and own facts that the levels from this position on, and the outputs, still read."""
        columns, facts = set(self.outputs), set()
        for level in reversed(self.levels[position:]):
            if isinstance(level, Computed | Joined):
                columns -= {name for name, _ in level.columns}
            for node in nodes_of(level):
                columns |= {each.name for each in walk(node) if isinstance(each, StepRef)}
                facts |= {each.name for each in walk(node) if isinstance(each, FactRef) and each.relation is None}
        return columns, facts


def nodes_of(level: Level) -> tuple[Node, ...]:
    """The expressions of a level."""
    if isinstance(level, Kept):
        return (*level.certain, *level.possible)
    return tuple(node for _, node in level.columns)


def member_facts(levels: Iterable[Joined]) -> list[FactRef]:
    """The members' facts that joins read, each once."""
    nodes = (each for level in levels for _, node in level.columns for each in walk(node))
    return list({each.name: each for each in nodes if isinstance(each, FactRef) and each.relation}.values())


def own_leaves(level: Joined) -> list[FactRef | StepRef]:
    """The person's own facts and steps that a relation's conditions read, each once."""
    nodes = (each for _, node in level.columns for part in node.children for each in walk(part))
    leaves = (each for each in nodes if isinstance(each, FactRef | StepRef))
    return list(dict.fromkeys(each for each in leaves if isinstance(each, StepRef) or each.relation is None))


def plan(
    definitions: Mapping[str, Node],
    *,
    outputs: Sequence[str],
    certain: Node | None = None,
    possible: Node | None = None,
) -> Plan:
    """Stage the steps that the outputs need.

    `definitions`: bound trees by step name, referring to each other by `StepRef`. Rows are kept only where `certain` is
    true and `possible` is not false (both over the same steps); each part of an `And` drops rows as early as it can.
    """
    lowered = {name: lower(node) for name, node in definitions.items()}
    early, late = Kept(), Kept()
    for field, condition in (("certain", certain), ("possible", possible)):
        parts = () if condition is None else conjuncts(lower(condition), lowered)
        for part in dict.fromkeys(parts):
            over_facts = inlined(part, lowered)
            if _is_early(over_facts):
                early = replace(early, **{field: (*getattr(early, field), over_facts)})
            else:
                late = replace(late, **{field: (*getattr(late, field), part)})
    needed = _needed(lowered, [*(StepRef(name, lowered[name].type) for name in outputs), *nodes_of(late)])
    hoisting = _Hoisting({name: node for name, node in lowered.items() if name in needed}, nodes_of(late))
    count = len(late.certain)
    late = Kept(tuple(hoisting.conditions[:count]), tuple(hoisting.conditions[count:]))
    return Plan(early, tuple(_levels(hoisting.columns, late)), tuple(outputs))


def _is_early(condition: Node) -> bool:
    nodes = list(islice(walk(condition), INLINE_AT_MOST + 1))
    return len(nodes) <= INLINE_AT_MOST and not any(isinstance(each, Aggregate) for each in nodes)


def staged(definitions: Mapping[str, Node]) -> tuple[tuple[tuple[str, Node], ...], ...]:
    """The levels of expressions without relations of their own: of one relation's members, already lowered."""
    hoisting = _Hoisting(dict(definitions), [], prefix="#m")
    levels = _levels(hoisting.columns, Kept())
    return tuple(level.columns for level in levels if isinstance(level, Computed))


def conjuncts(node: Node, definitions: Mapping[str, Node]) -> Iterable[Node]:
    """The conditions that must all hold for the node to hold."""
    if isinstance(node, StepRef) and isinstance(definitions.get(node.name), And | StepRef):
        yield from conjuncts(definitions[node.name], definitions)
    elif isinstance(node, And):
        for each in node.xs:
            yield from conjuncts(each, definitions)
    elif node != Const(True, "bool"):
        yield node


def _needed(definitions: Mapping[str, Node], roots: Iterable[Node]) -> set[str]:
    found: set[str] = set()
    stack = list(roots)
    while stack:
        for each in walk(stack.pop()):
            if isinstance(each, StepRef) and each.name in definitions and each.name not in found:
                found.add(each.name)
                stack.append(definitions[each.name])
    return found


class _Hoisting:
    """Sub-expressions moved to columns of their own: relations, operands that an engine reads twice, repetitions."""

    def __init__(self, definitions: Mapping[str, Node], conditions: Sequence[Node], prefix: str = "#") -> None:
        self._prefix = prefix
        self._done: dict[Node, Node] = {}
        self._moved: dict[str, Node] = {}
        self._often = _repeated([*definitions.values(), *conditions])
        steps = {name: self._lifted(node) for name, node in definitions.items()}
        self.conditions = [self._lifted(condition) for condition in conditions]
        self.columns = {**steps, **self._moved}

    def _lifted(self, root: Node) -> Node:
        stack = [root]
        while stack:
            node = stack[-1]
            waiting = [] if node in self._done else [each for each in _inner(node) if each not in self._done]
            stack.extend(waiting)
            if not waiting:
                if node not in self._done:
                    self._done[node] = self._rebuilt(node)
                stack.pop()
        return self._done[root]

    def _rebuilt(self, node: Node) -> Node:
        match node:
            case Aggregate():
                return self._move(node)
            case Min(xs) | Max(xs):
                new: Node = type(node)(tuple(self._operand(each) for each in xs))
            case FloorDiv(a, b) | RoundHalfUp(a, b):
                new = type(node)(self._operand(a), b)
            case Choose(cases, otherwise):
                kept = tuple((self._operand(condition), self._done[value]) for condition, value in cases)
                new = Choose(kept, self._done[otherwise])
            case _:
                new = with_children(node, self._done.__getitem__)
        return self._move(new) if node in self._often else new

    def _operand(self, child: Node) -> Node:
        """An operand that an engine's strict form reads more than once."""
        if not isinstance(self._done[child], FactRef | StepRef | Const):
            self._done[child] = self._move(self._done[child])
        return self._done[child]

    def _move(self, node: Node) -> StepRef:
        name = f"{self._prefix}{len(self._moved) + 1}"
        self._moved[name] = node
        return StepRef(name, node.type)


def _inner(node: Node) -> tuple[Node, ...]:
    """The parts that are the person's: a relation's conditions belong to its members."""
    return () if isinstance(node, Aggregate) else node.children


def _repeated(trees: Sequence[Node]) -> set[Node]:
    seen: set[Node] = set()
    again: set[Node] = set()
    stack = list(trees)
    while stack:
        node = stack.pop()
        if node in seen:
            # What stands under a repetition is not itself one.
            if node.depth >= SHARED_FROM_DEPTH:
                again.add(node)
            continue
        seen.add(node)
        stack.extend(_inner(node))
    return again


def _levels(columns: Mapping[str, Node], checks: Kept) -> list[Level]:
    waits = {name: {each for each in steps_of(node) if each in columns} for name, node in columns.items()}
    done: set[str] = set()
    levels: list[Level] = []
    while len(done) < len(columns):
        ready = [name for name in columns if name not in done and waits[name] <= done]
        plain = [name for name in ready if not isinstance(columns[name], Aggregate)]
        if plain:
            levels.append(Computed(tuple((name, columns[name]) for name in plain)))
            done |= set(plain)
            continue
        if not ready:
            raise RuleError(f"The steps {', '.join(sorted(set(columns) - done))} refer to each other in a circle.")
        now, checks = _decidable(checks, set(columns) - done)
        levels += [now] if nodes_of(now) else []
        levels.extend(_joins({name: node for name in ready if isinstance(node := columns[name], Aggregate)}))
        done |= set(ready)
    return [*levels, checks] if nodes_of(checks) else levels


def _decidable(checks: Kept, open_columns: set[str]) -> tuple[Kept, Kept]:
    """The conditions that need none of the columns still to come, and the others."""
    now, later = (
        Kept(*(tuple(each for each in part if open_columns.isdisjoint(steps_of(each)) is ready)
               for part in (checks.certain, checks.possible)))
        for ready in (True, False)
    )  # fmt: skip
    return now, later


def _joins(aggregates: Mapping[str, Aggregate]) -> list[Joined]:
    groups: dict[tuple[str, bool], list[tuple[str, Aggregate]]] = {}
    for name, node in aggregates.items():
        paired = bool(own_leaves(Joined(node.relation, False, ((name, node),))))
        groups.setdefault((node.relation, paired), []).append((name, node))
    return [Joined(relation, paired, tuple(columns)) for (relation, paired), columns in groups.items()]
