# SPDX-License-Identifier: Apache-2.0
"""Rules as classes: named steps over facts, written once; a subclass is a reform.

    class SummerVoucherEntitled(Rule):
        id = "summer-voucher.entitled"
        title = text(fi="Kesäseteli", sv="Sommarsedeln", en="Summer job voucher")
        resident = (municipality == "091").says(fi="asuu kaupungissa", sv="bor i staden", en="lives in the city")
        right_age = turns(birth_date, param("summer-voucher.ages")).says(fi="…", sv="…", en="…").by("§ 780")
        entitled = resident & right_age
        value = choose((entitled, param("summer-voucher.value")), otherwise=0)
        outcome, amount = "entitled", "value"

Every class attribute that is an expression is a step, in order; a name with `_` before it is only an abbreviation. In
a reform the parent's steps are `Parent.step`; the step's own name there means what it was before the reform.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, ClassVar

from ennakko.rules.analysis import facts_of, steps_of, transform, walk
from ennakko.rules.binding import BoundRule, Definition, FactKey, FactLabel, alike, bind, blanks
from ennakko.rules.decision import Decision
from ennakko.rules.errors import RuleError, near_names
from ennakko.rules.expressions import Expression, ParameterExpression, refuse, step_expression
from ennakko.rules.facts_api import declared_relation, declared_source, find_fact
from ennakko.rules.node import FactRef, Named, Node, Own, ParamRef, StepRef, TableRef, YearRef
from ennakko.rules.parameters import ParameterBook, default_book
from ennakko.rules.tree import Aggregate, Place
from ennakko.values.texts import Text

RESERVED = {"scope", "outcome", "amount", "direction", "id", "title", "parameters"}


class _Body(dict[str, Any]):
    """The namespace of a rule's class body: an expression given a name becomes a step from there on."""

    def __init__(self) -> None:
        super().__init__()
        self.steps: dict[str, Expression] = {}

    def __setitem__(self, name: str, value: Any) -> None:
        bare_parameter = isinstance(value, ParameterExpression) and value.declared in (None, "set")
        if isinstance(value, Expression) and not name.startswith("_") and name != "scope" and not bare_parameter:
            if name in RESERVED:
                refuse(f"{name} cannot be the name of a step. Call the step otherwise; {name} names it in quotes.")
            if name in self.steps:
                refuse(f"The step {name} is written twice. Give one another name, or _{name} if it is no step.")
            self.steps[name] = value
            value = step_expression(name, value)
        super().__setitem__(name, value)


class RuleType(type):
    """Makes a definition of the class body, checks it and registers the rule.

    `class Trial(Rule, registered=False)` is a rule that no list shows.
    """

    own_steps: dict[str, Expression]
    definition: Definition

    @classmethod
    def __prepare__(cls, name: str, bases: tuple[type, ...], /, **kwargs: Any) -> _Body:
        return _Body()

    def __new__(cls, name: str, bases: tuple[type, ...], body: _Body, *, registered: bool = True) -> RuleType:
        made: RuleType = super().__new__(cls, name, bases, dict(body))
        made.own_steps = body.steps
        if getattr(made, "id", ""):
            made.definition = _define(made)
            if "id" in body and registered:
                from ennakko.rules.registry import register_rule

                register_rule(made)  # type: ignore[arg-type]
        return made

    def __init__(cls, name: str, bases: tuple[type, ...], body: _Body, *, registered: bool = True) -> None:
        super().__init__(name, bases, dict(body))

    def __getattr__(cls, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        known = [step for kind in cls.__mro__ for step in getattr(kind, "own_steps", ())]
        raise AttributeError(f"{cls.__name__} has no step {name}.{near_names(name, known)}")


class Rule(metaclass=RuleType):
    """A rule of law. Subclass with an `id` to write one, subclass a rule to reform it; reforms stack.

    `scope`: whom the rule concerns; outside it the answer is "not applicable" and nothing is asked. `outcome` names the
    step that is the answer, `amount` the step with the sum, `direction` whether that is a "benefit" or a "fee".
    `parameters` of a reform: `{name: value}` or `{name: {first day: value}}`.
    """

    id: ClassVar[str] = ""
    title: ClassVar[Text]
    scope: ClassVar[Expression | None] = None
    outcome: ClassVar[str] = ""
    amount: ClassVar[str | None] = None
    direction: ClassVar[str] = "benefit"
    parameters: ClassVar[Mapping[str, object]] = {}
    definition: ClassVar[Definition]

    @classmethod
    def bind(cls, on: date, book: ParameterBook | None = None) -> BoundRule:
        """The rule on one day, with a parameter book (the default one if none is given); cached."""
        return bind(cls.definition, on, cls.book(book))

    @classmethod
    def decide(cls, on: date, facts: Mapping[str, Any], book: ParameterBook | None = None) -> Decision:
        """Decide one case on one day."""
        return cls.bind(on, book).decide(facts)

    @classmethod
    def book(cls, book: ParameterBook | None = None) -> ParameterBook:
        """The parameter book with the reform's changes in it."""
        return _reformed(cls, book or default_book())

    @classmethod
    def inputs(cls) -> tuple[FactRef, ...]:
        """The facts that the rule reads."""
        return cls.definition.inputs

    @classmethod
    def with_parameters(cls, changes: Mapping[str, object]) -> type[Rule]:
        """A reform that changes parameters only: `{"summer-voucher.value": euros(400)}`."""
        return reform(f"{cls.__name__}WithParameters", cls, parameters=dict(changes))


def reform(name: str, *rules: type[Rule], parameters: Mapping[str, object] | None = None) -> type[Rule]:
    """Reforms of one rule stacked into one, the first named having the last word; and changed parameters on top."""
    body = _Body()
    if parameters is not None:
        body["parameters"] = parameters
    return RuleType(name, rules, body)  # type: ignore[return-value]


def is_reform(rule: type[Rule]) -> bool:
    """Whether the class changes another rule rather than being one of its own."""
    return "id" not in vars(rule)


REFORM = Text("reformi, jota lasketaan", "reform som beräknas", "a reform being calculated")


def _reformed(rule: type[Rule], book: ParameterBook) -> ParameterBook:
    changes = [vars(kind)["parameters"] for kind in reversed(rule.__mro__) if vars(kind).get("parameters")]
    if not changes:
        return book
    key = (rule, book)
    if key not in _books:
        if len(_books) > 256:
            _books.clear()
        changed = book
        for each in changes:
            changed = changed.changed(each, source=REFORM)
        _books[key] = changed
    return _books[key]


_books: dict[tuple[type[Rule], ParameterBook], ParameterBook] = {}


# --- from a class to its definition


def _define(rule: RuleType) -> Definition:
    where = f"{rule.__module__}.{rule.__qualname__}"
    if not re.fullmatch(r"[a-z][a-z0-9-]*\.[a-z][a-z0-9-]*", rule.id):
        raise RuleError(f'{where}: the id is "<service>.<rule>", as "summer-voucher.entitled"; not "{rule.id}".')
    if not isinstance(getattr(rule, "title", None), Text):
        raise RuleError(f'{where}: a title is missing. Write title = text(fi="…", sv="…", en="…").')
    written = _merged(rule)
    _check_references(where, written)
    steps = _in_order(where, written)
    scope = _scope(rule, {step.name: step for step in steps})
    nodes = [*([scope] if scope is not None else []), *steps]
    for node in nodes:
        _check_placement(where, node)
    _check_years(where, nodes)
    outcome, amount = _named_step(where, rule, written, "outcome", "bool"), None
    if rule.amount is not None:
        amount = _named_step(where, rule, written, "amount", "int")
    if rule.direction not in ("benefit", "fee"):
        raise RuleError(f'{where}: direction is "benefit" or "fee".')
    if scope is not None and scope.type != "bool":
        raise RuleError(f"{where}: scope must be a condition, not {scope.type}.")
    made = Definition(
        rule.id, rule.title, scope, steps, outcome, amount, rule.direction, _labels(facts_of(nodes))
    )  # fmt: skip
    _check_sentences(where, made)
    return made


def _merged(rule: RuleType) -> dict[str, Named]:
    """The steps of the class and its parents; what a reform says of a step's own name means the step before it."""
    merged: dict[str, Named] = {}
    for kind in reversed(rule.__mro__):
        for name, expression in vars(kind).get("own_steps", {}).items():
            before = merged.get(name)
            node = expression.node
            if before is not None:
                if node.type != before.type:
                    raise RuleError(f"{kind.__name__}.{name} is {node.type}; the step it replaces is {before.type}.")
                node = _replaced(node, {name: before.x})
            says = expression.sentence or (before.says if before is not None else None)
            merged[name] = Named(name, node, says, expression.cite or (before.cite if before is not None else ()))
    return merged


def _replaced(node: Node, definitions: Mapping[str, Node]) -> Node:
    return transform(node, lambda each: definitions.get(each.name, each) if isinstance(each, StepRef) else each)


def _scope(rule: RuleType, steps: Mapping[str, Named]) -> Node | None:
    """The scope with every step written out, so that it can be judged before any step."""
    expression: Expression | None = rule.scope
    if expression is None:
        return None
    node = expression.node
    while steps_of(node):
        node = _replaced(node, {name: steps[name].x for name in steps_of(node)})
    return node


def _check_references(where: str, steps: Mapping[str, Named]) -> None:
    for step in steps.values():
        for name in steps_of(step.x):
            if name not in steps:
                raise RuleError(
                    f"{where}: {step.name} uses the step {name}, which is not there.{near_names(name, steps)}"
                )


def _in_order(where: str, steps: Mapping[str, Named]) -> tuple[Named, ...]:
    """The steps as written, each after those it is made of; their references know what may be unknown."""
    ordered: dict[str, Named] = {}
    waiting = list(steps)
    while waiting:
        ready = [name for name in waiting if all(each in ordered for each in steps_of(steps[name].x))]
        if not ready:
            raise RuleError(f"{where}: the steps {', '.join(waiting)} are made of one another.")
        name = ready[0]
        waiting.remove(name)
        step = steps[name]
        known = {each: StepRef(each, ordered[each].type, ordered[each].nullable) for each in steps_of(step.x)}
        ordered[name] = Named(name, _replaced(step.x, known), step.says, step.cite)
    return tuple(ordered.values())


def _check_placement(where: str, root: Node) -> None:
    inside: set[Node] = set()
    for node in walk(root):
        if isinstance(node, Aggregate | Place):
            inside.update(walk(node))
    for node in walk(root):
        if isinstance(node, Own):
            raise RuleError(
                f"{where}: own(…) stands only inside a relation's condition: household.any(age > own(age))."
            )
        if isinstance(node, FactRef) and node.relation is not None and node not in inside:
            raise RuleError(
                f"{where}: {node.name} is a fact of each {node.relation}. Say which one counts: "
                f"{node.relation}.any(…), .count(…), .sum(…), .max(…)."
            )


def _check_years(where: str, nodes: Iterable[Node]) -> None:
    """A parameter is taken either of the day or of a year in one rule: what it was would be told wrong otherwise."""
    found = [each for node in nodes for each in walk(node) if isinstance(each, ParamRef | TableRef | YearRef)]
    of_years = {each.name for each in found if isinstance(each, YearRef)}
    for each in found:
        if not isinstance(each, YearRef) and each.name in of_years:
            raise RuleError(
                f"{where}: {each.name} is used both of the day and of a year. Write .in_year(…) in both places; the "
                "day's own year is year(on_day)."
            )


def _named_step(where: str, rule: RuleType, steps: Mapping[str, Named], role: str, wanted: str) -> str:
    name = getattr(rule, role)
    if not name or name not in steps:
        near = near_names(str(name), steps)
        raise RuleError(f'{where}: {role} = "{name}" names no step. Write {role} = "the name of a step".{near}')
    if steps[name].type != wanted:
        raise RuleError(f"{where}: the {role} {name} is {steps[name].type}; it must be {wanted}.")
    return str(name)


def _labels(facts: Iterable[FactRef]) -> dict[FactKey, FactLabel]:
    found: dict[FactKey, FactLabel] = {}
    for fact in facts:
        known = find_fact(fact.name, fact.relation)
        if known is None:
            continue
        register = declared_source(known.source)
        title = register.title if register is not None else alike(known.source)
        found[fact.relation, fact.name] = FactLabel(known.label, known.source, title, known.ask, known.money)
    for name in {fact.relation for fact in facts if fact.relation is not None}:
        relation = declared_relation(name)
        if relation is not None:
            register = declared_source(relation.source)
            title = register.title if register is not None else alike(relation.source)
            found[name, ""] = FactLabel(relation.label, relation.source, title)
    return found


def _check_sentences(where: str, definition: Definition) -> None:
    from ennakko.rules.sentences import fillings

    for step in definition.steps:
        if step.says is None:
            continue
        known = fillings(definition, step)
        for language in step.says.languages:
            for name in blanks(step.says.in_(language)):
                if name not in known:
                    raise RuleError(
                        f"{where}: the sentence of {step.name} has {{{name}}}, which the step does not use. Write it a "
                        f"sentence of its own by .says(…).{near_names(name, known)}"
                    )
