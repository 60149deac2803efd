# SPDX-License-Identifier: Apache-2.0
"""Why a decision is what it is: the reasons that decided it, the facts that are missing, the conditions that were near.

Both walks follow from a node to what made its value: false parts of a false "and", true parts of a true "or", unknown
parts of an unknown; the reached branch of a choice; every operand of a known result.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from ennakko.rules.analysis import as_own, steps_of, walk
from ennakko.rules.binding import BoundRule, FactLabel, alike
from ennakko.rules.decision import Ask, Outcome, Reason
from ennakko.rules.engines.interpreter import Situation, as_member, members_of, value_of
from ennakko.rules.facts_api import RESIDENT
from ennakko.rules.node import FactRef, Named, Node, ParamRef, StepRef, TableRef, Value, YearRef
from ennakko.rules.parameters import ByYear, NotDecided, Row
from ennakko.rules.sentences import short_name
from ennakko.rules.tree import Aggregate, And, Choose, IsIn, IsKnown, Or, OrElse, Place
from ennakko.values.texts import Text

if TYPE_CHECKING:
    from ennakko.rules.decision import Decision


def _situation(decision: Decision) -> Situation:
    bound = decision.bound
    return Situation(decision.facts, decision.values, bound.on, bound.values)


def deciding(node: Node, at: Situation) -> Iterator[tuple[Node, Situation]]:
    """The parts that made a node's value what it is, each with the situation it is seen in."""
    if isinstance(node, Named | IsKnown):
        yield node.x, at
    elif isinstance(node, And | Or):
        value = value_of(node, at)
        for each in node.xs:
            if value is isinstance(node, And) or value_of(each, at) is value:
                yield each, at
    elif isinstance(node, OrElse):
        yield node.x, at
        if value_of(node.x, at) is None:
            yield node.default, at
    elif isinstance(node, Choose):
        yield from ((each, at) for each in _reached(node, at))
    elif isinstance(node, Aggregate | Place):
        yield from _members(node, at)
    else:
        unknown = [each for each in node.children if value_of(each, at) is None] if value_of(node, at) is None else []
        yield from ((each, at) for each in unknown or node.children)


def _reached(node: Choose, at: Situation) -> Iterator[Node]:
    for condition, value in node.cases:
        holds = value_of(condition, at)
        if holds is None:
            yield condition
            return
        yield condition
        if holds:
            yield value
            return
    yield node.otherwise


def _members(node: Aggregate | Place, at: Situation) -> Iterator[tuple[Node, Situation]]:
    """Of an unknown aggregate, what is unknown of which member."""
    judged = [node.value] if isinstance(node, Aggregate) and node.value is not None else []
    if isinstance(node, Place):
        judged = [node.order_by, node.tie]
        for part in judged:
            if value_of(as_own(part, node.relation), at) is None:
                yield as_own(part, node.relation), at
    for row in members_of(node.relation, at) or ():
        member = as_member(at, node.relation, row)
        inside = value_of(node.where, member)
        if inside is None:
            yield node.where, member
        elif inside:
            yield from ((part, member) for part in judged if value_of(part, member) is None)


# --- reasons


def reasons_for(decision: Decision) -> tuple[Reason, ...]:
    """Every step with a sentence, in order; where the scope does not hold, there is none."""
    if decision.outcome is Outcome.NOT_APPLICABLE or not decision.values:
        return ()
    bound = decision.bound
    decided = deciding_steps(bound, decision)
    values, facts = decision.values, decision.facts
    return tuple(
        Reason(
            step.name, _holds(step, values[step.name]), words.of(values, facts), step.cite, step.name in decided,
            values[step.name],
        )
        for step, words in bound.sentences
    )  # fmt: skip


def _holds(step: Named, value: Value) -> bool | None:
    if value is None:
        return None
    return bool(value) if step.type == "bool" else True


def deciding_steps(bound: BoundRule, decision: Decision) -> set[str]:
    """The steps that made the outcome what it is; of a known outcome, any other could have had any value."""
    at = _situation(decision)
    definition, values = bound.definition, decision.values
    reached: set[str] = {definition.outcome}
    waiting: list[tuple[Node, Situation]] = [(definition.step(definition.outcome).x, at)]

    def reach(name: str) -> None:
        if name not in reached:
            reached.add(name)
            step = definition.step(name)
            if values[name] is not None and _plain(step.x):
                # Every operand of a known plain number or comparison made it: nothing to weigh.
                for each in _steps_in(step.x):
                    reach(each)
            else:
                waiting.append((step.x, at))

    while waiting:
        node, seen = waiting.pop()
        if isinstance(node, StepRef):
            reach(node.name)
        elif isinstance(node, Aggregate | Place):
            for name in _steps_in(node):
                reach(name)
        elif _steps_in(node):
            waiting.extend(deciding(node, seen))
    return reached


@lru_cache(maxsize=8192)
def _steps_in(node: Node) -> tuple[str, ...]:
    return steps_of(node)


@lru_cache(maxsize=8192)
def _plain(node: Node) -> bool:
    """Whether every operand made the value, when it is known: no "and", "or", choice or default among them."""
    return not any(isinstance(each, And | Or | Choose | OrElse) for each in walk(node))


# --- what to ask


def asks_for(decision: Decision) -> tuple[Ask, ...]:
    """The missing facts and undecided parameters that matter: registers first, then officials, the resident last."""
    if decision.outcome is not Outcome.UNKNOWN:
        return ()
    bound, at = decision.bound, _situation(decision)
    root = bound.definition.step(bound.outcome) if decision.values else bound.definition.scope
    found: dict[tuple[str | None, str], Ask] = {}
    seen: set[str] = set()
    waiting: list[tuple[Node, Situation]] = [] if root is None else [(root, at)]
    while waiting:
        node, where = waiting.pop()
        if value_of(node, where) is not None:
            continue
        for ask in _missing(node, where, bound):
            found.setdefault((ask.relation, ask.fact), ask)
        if isinstance(node, StepRef):
            if node.name not in seen:
                seen.add(node.name)
                waiting.append((bound.definition.step(node.name), at))
        else:
            waiting.extend(reversed(list(deciding(node, where))))
    return tuple(sorted(found.values(), key=lambda each: {RESIDENT: 2, PARAMETER: 1}.get(each.source, 0)))


PARAMETER = "parameter"
"""The source of a value that nobody has decided yet."""


def _missing(node: Node, at: Situation, bound: BoundRule) -> Iterator[Ask]:
    if isinstance(node, FactRef):
        yield _ask(node.name, bound.definition.label(node), node.relation)
    elif isinstance(node, Aggregate | Place) and members_of(node.relation, at) is None:
        known = bound.definition.labels.get((node.relation, ""))
        name = alike(node.relation)
        yield _ask(node.relation, known or FactLabel(name, "", name), None)
    elif isinstance(node, YearRef):
        yield from _missing_of_year(node, at, bound)
    for reference in (node, node.options) if isinstance(node, IsIn) else (node,):
        if isinstance(reference, ParamRef | TableRef):
            value = bound.values[reference.name]
            if isinstance(value, NotDecided):
                label = bound.book.get(reference.name).label
                yield Ask(reference.name, label or alike(short_name(reference.name)), value.ask, PARAMETER)


def _missing_of_year(node: YearRef, at: Situation, bound: BoundRule) -> Iterator[Ask]:
    year, years = value_of(node.year, at), bound.values[node.name]
    if not isinstance(year, int) or not isinstance(years, ByYear):
        return
    value = years.of(year)
    label = bound.book.get(node.name).label or alike(short_name(node.name))
    if isinstance(value, NotDecided):
        yield Ask(node.name, label, value.ask, PARAMETER)
    elif value is None:
        yield Ask(node.name, label, NO_ROW.format(year=year), PARAMETER)


NO_ROW = Text("vuodella {year} ei ole arvoa", "inget värde för år {year}", "no value for {year}")


def _ask(fact: str, label: FactLabel, relation: str | None) -> Ask:
    return Ask(fact, label.label, label.source_title, label.source, relation, label.ask)


# --- figures of other years


def rows_of_years(decision: Decision) -> dict[str, Row]:
    """The rows of the parameters that the case took from a year of its own, by full name."""
    bound, at = decision.bound, _situation(decision)
    found: dict[str, Row] = {}
    for reference in bound.definition.parameters:
        if isinstance(reference, YearRef) and decision.values:
            year, years = value_of(reference.year, at), bound.values[reference.name]
            row = years.row(year) if isinstance(years, ByYear) and isinstance(year, int) else None
            if row is not None:
                found[reference.name] = row
    return found


# --- near misses


def near_misses_of(decision: Decision) -> tuple[str, ...]:
    """The deciding conditions each of which alone would turn a "no" to "yes"."""
    if decision.outcome is not Outcome.NO:
        return ()
    return tuple(
        reason.step
        for reason in decision.reasons
        if reason.decisive and reason.holds is False and _outcome_if(decision, reason.step) is True
    )


def _outcome_if(decision: Decision, changed: str) -> Any:
    """The outcome were one condition true, all else as it is."""
    bound = decision.bound
    values: dict[str, Value] = {}
    at = Situation(decision.facts, values, bound.on, bound.values)
    for step in bound.definition.closure([bound.outcome]):
        values[step.name] = True if step.name == changed else value_of(step.x, at)
    return values[bound.outcome]
