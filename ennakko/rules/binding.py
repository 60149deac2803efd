# SPDX-License-Identifier: Apache-2.0
"""A rule's definition, apart from any class, and what it is on one day: steps ready for every engine."""

from __future__ import annotations

import string
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any

from ennakko.rules.analysis import facts_of, parameters_of, relations_of, steps_of
from ennakko.rules.decision import Decision
from ennakko.rules.engines.python import Run, compile_rule
from ennakko.rules.engines.python_known import compile_known
from ennakko.rules.errors import EvaluationError, RuleError, near_names
from ennakko.rules.folding import fold
from ennakko.rules.node import PYTHON_TYPES, FactRef, Named, Node, ParamRef, TableRef, YearRef
from ennakko.rules.parameters import NotDecided, Parameter, ParameterBook, ParameterValue, Row
from ennakko.values.texts import Text

if TYPE_CHECKING:
    from ennakko.rules.sentences import Sentence


@dataclass(frozen=True, slots=True)
class FactLabel:
    """What an explanation needs to know of a fact: how it is called, whom to ask, whether it is money."""

    label: Text
    source: str
    source_title: Text
    ask: Text | None = None
    money: bool = False


FactKey = tuple[str | None, str]
"""A fact by relation (None: the person's own) and name."""


@dataclass(frozen=True)
class Definition:
    """A rule as data: scope, steps in order, which step is the outcome and which the amount.

    `direction` tells whether the amount is a benefit or a fee to the person. Equal only to itself.
    """

    id: str
    title: Text
    scope: Node | None
    steps: tuple[Named, ...]
    outcome: str
    amount: str | None
    direction: str
    labels: Mapping[FactKey, FactLabel]

    __hash__ = object.__hash__

    def __eq__(self, other: object) -> bool:
        return self is other

    @cached_property
    def nodes(self) -> tuple[Node, ...]:
        """Scope and steps."""
        return (*(() if self.scope is None else (self.scope,)), *self.steps)

    @cached_property
    def inputs(self) -> tuple[FactRef, ...]:
        """Every fact that the rule reads: what the notice, the permit check and the screening's columns are made of."""
        return facts_of(self.nodes)

    @cached_property
    def relations(self) -> tuple[str, ...]:
        """The relations that the rule goes over."""
        return relations_of(self.nodes)

    @cached_property
    def parameters(self) -> tuple[ParamRef | TableRef | YearRef, ...]:
        """The parameters that the rule names."""
        return parameters_of(self.nodes)

    @cached_property
    def citations(self) -> tuple[str, ...]:
        """The sources of law of the steps, each once, in order."""
        return tuple(dict.fromkeys(each for step in self.steps for each in step.cite))

    @cached_property
    def step_by_name(self) -> Mapping[str, Named]:
        """The steps by name."""
        return {step.name: step for step in self.steps}

    def label(self, fact: FactRef) -> FactLabel:
        """How a fact is called; by its name alone where nobody declared it."""
        return self.labels.get((fact.relation, fact.name)) or FactLabel(alike(fact.name), "", alike("–"))

    def step(self, name: str) -> Named:
        """A step by name; raises RuleError naming the near ones."""
        if name not in self.step_by_name:
            raise RuleError(f"{self.id} has no step {name}.{near_names(name, self.step_by_name)}")
        return self.step_by_name[name]

    def closure(self, names: Iterable[str]) -> tuple[Named, ...]:
        """These steps and those they are made of, in order."""
        wanted: set[str] = set()
        waiting = list(names)
        while waiting:
            name = waiting.pop()
            if name not in wanted:
                wanted.add(name)
                waiting.extend(steps_of(self.step(name)))
        return tuple(step for step in self.steps if step.name in wanted)


def alike(word: str) -> Text:
    """A name that is the same in every language."""
    return Text(word, word, word)


def blanks(sentence: str) -> tuple[str, ...]:
    """The {names} of a sentence, in order of appearance."""
    return tuple(dict.fromkeys(name for _, name, _, _ in string.Formatter().parse(sentence) if name is not None))


@lru_cache(maxsize=1024)
def bind(definition: Definition, on: date, book: ParameterBook) -> BoundRule:
    """The rule on one day with the parameters then in force; cached.

    Raises RuleError for a parameter that the book lacks or that is of another kind, EvaluationError for a day outside
    a parameter's rows.
    """
    rows: dict[str, Row] = {}
    values: dict[str, ParameterValue] = {}
    for reference in definition.parameters:
        parameter = book.get(reference.name)
        _check_kind(definition, reference, parameter)
        values[reference.name] = value_for(reference, parameter, on)
        if not isinstance(reference, YearRef):
            rows[reference.name] = parameter.row(on)
    done: dict[str, Node] = {}
    try:
        scope = None if definition.scope is None else fold(definition.scope, on, values, done)
        steps: list[Named] = []
        for step in definition.steps:
            done[step.name] = fold(step.x, on, values, done)
            steps.append(Named(step.name, done[step.name], step.says, step.cite))
    except RuleError as error:
        raise RuleError(f"{definition.id} on {on}: {error}") from error
    return BoundRule(definition, on, book, scope, tuple(steps), rows, values)


def value_for(reference: ParamRef | TableRef | YearRef, parameter: Parameter, on: date) -> ParameterValue:
    """What a reference to a parameter looks its value up in: the day's value, or every year's."""
    return parameter.by_year() if isinstance(reference, YearRef) else parameter.row(on).value


def _check_kind(definition: Definition, reference: ParamRef | TableRef | YearRef, parameter: Parameter) -> None:
    if isinstance(reference, YearRef):
        wanted = reference.form
    else:
        wanted = "table" if isinstance(reference, TableRef) else reference.type
    undecided = all(isinstance(row.value, NotDecided) for row in parameter.rows)
    if parameter.type != wanted and not undecided:
        advice = {"set": "use it with .is_in(…)", "table": "look it up: param(…)[key]"}.get(
            parameter.type, f'write param("{parameter.name}", "{parameter.kind}")'
        )
        raise RuleError(
            f"{definition.id} uses {parameter.name} as {wanted}, but it is of kind {parameter.kind}: {advice}."
        )


@dataclass(frozen=True)
class BoundRule:
    """A rule on one day: `scope` and `steps` hold no parameter, table or day any more, only facts and constants.

    Steps are computed only where the scope is true; elsewhere each is unknown. `definition` keeps the unbound tree.
    `rows` are the parameters' rows of the day; a parameter of another year has none before a case tells which year.
    """

    definition: Definition
    on: date
    book: ParameterBook
    scope: Node | None
    steps: tuple[Named, ...]
    rows: Mapping[str, Row]
    values: Mapping[str, ParameterValue]

    __hash__ = object.__hash__

    def __eq__(self, other: object) -> bool:
        return self is other

    @property
    def id(self) -> str:
        """The rule's id."""
        return self.definition.id

    @property
    def outcome(self) -> str:
        """The name of the step that is the outcome."""
        return self.definition.outcome

    @property
    def amount(self) -> str | None:
        """The name of the step that is the amount."""
        return self.definition.amount

    @property
    def direction(self) -> str:
        """ "benefit" or "fee"."""
        return self.definition.direction

    @cached_property
    def nodes(self) -> tuple[Node, ...]:
        """Bound scope and steps."""
        return (*(() if self.scope is None else (self.scope,)), *self.steps)

    @cached_property
    def inputs(self) -> tuple[FactRef, ...]:
        """The facts that are read on this day: the rule's, without those that a parameter makes needless."""
        return facts_of(self.nodes)

    @cached_property
    def relations(self) -> tuple[str, ...]:
        """The relations that are gone over on this day."""
        return relations_of(self.nodes)

    @cached_property
    def run(self) -> Run:
        """The compiled function: facts to (scope, every step's value)."""
        return compile_known(self.scope, self.steps, compile_rule(self.scope, self.steps))

    @cached_property
    def sentences(self) -> tuple[tuple[Named, Sentence], ...]:
        """The steps that have a sentence, with the parameters of the day in it."""
        from ennakko.rules.sentences import sentence

        told = [step for step in self.definition.steps if step.says is not None]
        return tuple((step, sentence(self.definition, self.book, step, self.values)) for step in told)

    @cached_property
    def version(self) -> str:
        """The hash of tree, parameters and engine version."""
        from ennakko.rules.store import version_of

        return version_of(self.definition, self.book)

    def closure(self, names: Iterable[str]) -> tuple[Named, ...]:
        """The bound steps of these names and those they are made of, in order."""
        wanted: set[str] = set()
        by_name = {step.name: step for step in self.steps}
        waiting = list(names)
        while waiting:
            name = waiting.pop()
            if name not in wanted:
                wanted.add(name)
                waiting.extend(steps_of(by_name.get(name) or self.definition.step(name)))
        return tuple(step for step in self.steps if step.name in wanted)

    def decide(self, facts: Mapping[str, Any]) -> Decision:
        """Decide one case: facts by name, relations as lists of rows; what is missing is unknown.

        Raises EvaluationError naming the fact that is of the wrong type.
        """
        try:
            scope, values = self.run(facts)
        except (TypeError, AttributeError, ValueError, OverflowError) as error:
            self.check(facts)
            raise EvaluationError(f"{self.id} on {self.on} cannot be evaluated: {error}") from error
        return Decision(self, facts, scope, values)

    def check(self, facts: Mapping[str, Any]) -> None:
        """Raise EvaluationError for the first fact of the wrong type."""
        for fact in self.definition.inputs:
            rows = [facts] if fact.relation is None else facts.get(fact.relation)
            if rows is None:
                continue
            if not isinstance(rows, list | tuple) or not all(isinstance(row, Mapping) for row in rows):
                raise EvaluationError(f"{fact.relation} must be a list of rows, each a mapping of facts by name.")
            for row in rows:
                value = row.get(fact.name)
                if value is not None and type(value) is not PYTHON_TYPES[fact.type]:
                    raise EvaluationError(f"{fact.name} must be of type {fact.type}, not {value!r}.")
