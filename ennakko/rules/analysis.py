# SPDX-License-Identifier: Apache-2.0
"""Walking a rule's tree: what it reads, and the same tree with some nodes replaced."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from ennakko.rules.node import FactRef, Node, ParamRef, StepRef, TableRef, YearRef, field_names
from ennakko.rules.tree import Aggregate, Place


def walk(root: Node) -> Iterator[Node]:
    """Every node under and including the root, parents first, left to right."""
    stack = [root]
    while stack:
        node = stack.pop()
        yield node
        stack.extend(reversed(node.children))


def _rebuilt(field: object, new: Callable[[Node], Node]) -> object:
    if isinstance(field, Node):
        return new(field)
    if isinstance(field, tuple):
        return tuple(_rebuilt(each, new) for each in field)
    return field


def with_children(node: Node, new: Callable[[Node], Node]) -> Node:
    """The node with each child replaced; the very same node when nothing changed."""
    before = node.key()
    after = tuple(_rebuilt(field, new) for field in before)
    if all(a is b for a, b in zip(after, before, strict=True)) or after == before:
        return node
    return type(node)(**dict(zip(field_names(node), after, strict=True)))


def transform(root: Node, change: Callable[[Node], Node]) -> Node:
    """The tree with every node passed through `change`, children first; shared parts are visited once."""
    done: dict[Node, Node] = {}
    stack = [root]
    while stack:
        node = stack[-1]
        if node in done:
            stack.pop()
            continue
        waiting = [child for child in node.children if child not in done]
        if waiting:
            stack.extend(waiting)
            continue
        done[node] = change(with_children(node, done.__getitem__))
        stack.pop()
    return done[root]


def steps_of(node: Node) -> tuple[str, ...]:
    """The names of the steps a node refers to, in order of appearance."""
    return tuple(dict.fromkeys(each.name for each in walk(node) if isinstance(each, StepRef)))


def parameters_of(nodes: Iterable[Node]) -> tuple[ParamRef | TableRef | YearRef, ...]:
    """The parameters that the nodes name, in order of appearance, each once."""
    found = (each for node in nodes for each in walk(node) if isinstance(each, ParamRef | TableRef | YearRef))
    return tuple({each.name: each for each in found}.values())


def facts_of(nodes: Iterable[Node]) -> tuple[FactRef, ...]:
    """The facts that the nodes read, in order of appearance, each once (own and a relation's apart).

    A place reads the facts of its order and tie of the person too, not of the members only.
    """
    found: dict[tuple[str | None, str], FactRef] = {}
    for node in nodes:
        for each in walk(node):
            if isinstance(each, FactRef):
                found.setdefault((each.relation, each.name), each)
            elif isinstance(each, Place):
                for own in (each.order_by, each.tie):
                    for fact in walk(as_own(own, each.relation)):
                        if isinstance(fact, FactRef):
                            found.setdefault((fact.relation, fact.name), fact)
    return tuple(found.values())


def relations_of(nodes: Iterable[Node]) -> tuple[str, ...]:
    """The relations that the nodes go over, in order of appearance."""
    found = (each.relation for node in nodes for each in walk(node) if isinstance(each, Aggregate | Place))
    return tuple(dict.fromkeys(found))


def as_own(node: Node, relation: str) -> Node:
    """A member's expression turned to the person: the relation's facts become own facts."""

    def own(each: Node) -> Node:
        if isinstance(each, FactRef) and each.relation == relation:
            return FactRef(each.name, each.type, each.nullable)
        return each

    return transform(node, own)
