# SPDX-License-Identifier: Apache-2.0
"""Answers as plain JSON values: the envelope of a decision, the keys and the trace of a procedure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from typing import Any

from ennakko.rules.analysis import facts_of, relations_of, steps_of, walk
from ennakko.rules.binding import BoundRule, Definition
from ennakko.rules.decision import MARKS, Decision, Outcome
from ennakko.rules.node import Named
from ennakko.rules.parameters import ParameterBook
from ennakko.rules.procedure import Procedure, TraceLine
from ennakko.rules.tree import Aggregate, And, Choose, Or, OrElse, Place
from ennakko.values.texts import Text

REMEMBERED = 2048
"""Answers kept for a rule on a day: cases that differ in nothing that the answer tells are answered once."""


def decision_answer(decision: Decision, lang: str | None = None) -> dict[str, Any]:
    """A decision as plain JSON values; texts in one language, or in all when `lang` is None.

    `ask` names the missing facts (`household.income` for a relation's), registers first; `missing` says of each what it
    is called and whom to ask.
    """
    kept = _kept(decision.bound)
    key = kept.key(decision, lang)
    if key is None:
        return _written(decision, lang)
    found = kept.answers.get(key)
    if found is None:
        if len(kept.answers) >= REMEMBERED:
            kept.answers.clear()
        found = kept.answers[key] = _written(decision, lang)
    return dict(found)


def _written(decision: Decision, lang: str | None) -> dict[str, Any]:
    return {
        "rule": decision.rule,
        "on": decision.on.isoformat(),
        "outcome": decision.outcome.value,
        "values": {step: as_json(value) for step, value in decision.values.items()},
        "reasons": [
            {
                "step": reason.step,
                "holds": reason.holds,
                "text": in_language(reason.text, lang),
                "cite": list(reason.cite),
                "decisive": reason.decisive,
            }
            for reason in decision.reasons
        ],
        "ask": [ask.fact if ask.relation is None else f"{ask.relation}.{ask.fact}" for ask in decision.ask],
        "missing": [
            {
                "fact": ask.fact,
                "relation": ask.relation,
                "label": in_language(ask.label, lang),
                "whom": in_language(ask.whom, lang),
            }
            for ask in decision.ask
        ],
        "version": decision.version,
    } | ({} if lang is None else {"explanation": decision.explain(lang)})


@dataclass(frozen=True, slots=True)
class _Kept:
    """The answers of a rule on a day, by all that they are made of: every step's value and the facts in the sentences.

    A step made of both steps and facts can be decided by a fact that no step tells: where it leads to a step that has a
    sentence, the rule is always worked out. Of an unknown, what to ask is told by which facts are missing, unless a
    step weighs facts against one another.
    """

    told: tuple[str, ...]
    facts: tuple[str, ...]
    by_steps: bool
    by_missing: bool
    answers: dict[tuple[Any, ...], dict[str, Any]] = field(default_factory=dict)

    def key(self, decision: Decision, lang: str | None) -> tuple[Any, ...] | None:
        """What the answer depends on; None if it must be worked out."""
        if not self.by_steps or not decision.values:
            return None
        facts = decision.facts
        key = (lang, *decision.values.values(), *[facts.get(name) for name in self.told])
        if decision.outcome is not Outcome.UNKNOWN:
            return key
        return (*key, *[facts.get(name) is None for name in self.facts]) if self.by_missing else None


@lru_cache(maxsize=256)
def _kept(bound: BoundRule) -> _Kept:
    definition = bound.definition
    told = {of for _, sentence in bound.sentences for _, where, of, _ in sentence.blanks if where == "fact"}
    of_facts = [step for step in definition.steps if facts_of((step.x,)) or relations_of((step.x,))]
    return _Kept(
        tuple(sorted(told)),
        tuple(sorted({fact.name for fact in definition.inputs if fact.relation is None})),
        by_steps=not any(_leads_to_sentences(definition, step) for step in of_facts),
        by_missing=not any(_weighs(step) for step in of_facts),
    )


def _leads_to_sentences(definition: Definition, step: Named) -> bool:
    """Whether the outcome may rest on a told step by way of this one, whose facts say by which."""
    if step.name not in {each.name for each in definition.closure([definition.outcome])}:
        return False
    return any(each.says is not None for each in definition.closure(steps_of(step.x)))


def _weighs(step: Named) -> bool:
    return any(isinstance(node, And | Or | Choose | OrElse | Aggregate | Place) for node in walk(step.x))


def procedure_answer(
    procedure: Procedure, case: Mapping[str, Any], on: date, lang: str | None = None, book: ParameterBook | None = None
) -> dict[str, Any]:
    """A procedure's keys with its trace; a case may be given whole, its keys under `given` or `input`.

    Beside those, only what the procedure declares as its input is taken from a case given whole.
    """
    names = {each.name for each in procedure.inputs}
    for wrapper in ("given", "input"):
        if wrapper not in names and isinstance(case.get(wrapper), dict):
            case = {key: each for key, each in case.items() if key in names} | case[wrapper]
            break
    answer = procedure.evaluate(case, on, book)
    trace = [trace_json(line, lang) for line in answer.trace]
    answered = {key: as_json(value, lang) for key, value in answer.values.items()}
    told = {} if lang is None else {"explanation": _explained(procedure, answer.trace, lang)}
    return {**answered, "trace": trace, **told}


def _explained(procedure: Procedure, trace: Sequence[TraceLine], lang: str) -> list[str]:
    """What was done as lines of text; a mark tells whether a condition holds."""
    lines = [procedure.title.in_(lang)]
    for line in trace:
        if line.text is not None:
            mark = f"{MARKS[line.value]} " if line.value is None or isinstance(line.value, bool) else ""
            cite = f" [{'; '.join(line.cite)}]" if line.cite else ""
            lines.append(f"{mark}{line.text.in_(lang)}{cite}")
    return lines


def trace_json(line: TraceLine, lang: str | None = None) -> dict[str, Any]:
    """A line of a trace as plain JSON values; unit, figures and days only where the line has them."""
    text = line.text
    told: dict[str, Any] = {
        "step": line.step,
        "value": as_json(line.value),
        "text": None if text is None else in_language(text, lang),
        "cite": list(line.cite),
    }
    if line.unit:
        told["unit"] = line.unit
    if line.reads:
        told["inputs"] = [
            {"name": one.name, "value": as_json(one.value), "unit": one.unit, "source": one.source}
            for one in line.reads
        ]
    if line.start is not None:
        told |= {"from": as_json(line.start), "to": as_json(line.end)}
    return told


def in_language(text: Text, lang: str | None) -> str | dict[str, str]:
    """A text in a language, or in every one it has."""
    return {each: text.in_(each) for each in text.languages} if lang is None else text.in_(lang)


def as_json(value: Any, lang: str | None = None) -> Any:
    """A value as JSON: dates in ISO form, exact decimals as numbers, texts in a language or in every one they have."""
    if isinstance(value, Text):
        return in_language(value, lang)
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, Decimal | Fraction):
        return int(value) if value == int(value) else float(value)
    if isinstance(value, Mapping):
        return {str(key): as_json(each, lang) for key, each in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [as_json(each, lang) for each in value]
    return value
