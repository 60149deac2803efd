# SPDX-License-Identifier: Apache-2.0
"""Deciding cases given as JSON, one object a line: what `ennakko evaluate` and the programming interface answer.

Expression rules take facts by name, relations as arrays of objects under their name, dates as "2026-04-15", money in
whole cents (in euros for a fact declared `json="euros"`). Procedures take and give the keys of their worked cases.
Keys that a rule does not read are ignored. A line that cannot be decided answers `{"error": …}`.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

from ennakko.rules.binding import BoundRule
from ennakko.rules.decision import Decision
from ennakko.rules.errors import EvaluationError, RuleError
from ennakko.rules.facts_api import find_fact
from ennakko.rules.node import FactRef
from ennakko.rules.parameters import ParameterBook
from ennakko.rules.procedure import Procedure
from ennakko.rules.registry import get
from ennakko.rules.rule import Rule
from ennakko.values.money import euros
from ennakko.values.texts import Text

LARGEST = 2**63 - 1
"""Whole numbers are 64 bits wide in every engine."""


def evaluate_stream(
    rule_id: str, lines: Iterable[str | bytes], on: date, lang: str | None = None, book: ParameterBook | None = None
) -> Iterator[dict[str, Any]]:
    """One answer for each line that is not empty, in order; raises UnknownRule before the first line is read."""
    rule = get(rule_id)
    return (_answer(rule, line, on, lang, book) for line in lines if line.strip())


def answer_line(
    rule_id: str, line: str | bytes, on: date, lang: str | None = None, book: ParameterBook | None = None
) -> dict[str, Any]:
    """The answer to one line of JSON, or `{"error": …}`; raises UnknownRule."""
    return _answer(get(rule_id), line, on, lang, book)


def _answer(
    rule: type[Rule] | Procedure, line: str | bytes, on: date, lang: str | None, book: ParameterBook | None
) -> dict[str, Any]:
    try:
        case = _case(line)
        if isinstance(rule, Procedure):
            return procedure_answer(rule, case, on, lang, book)
        bound = rule.bind(on, book)
        return decision_answer(bound.decide(facts_from_json(bound, case)), lang)
    except (EvaluationError, RuleError) as error:
        return {"error": str(error)}
    except (ValueError, TypeError, LookupError, ArithmeticError) as error:
        # Only procedures come here: they read a case freely, so a value of the wrong kind can fail anywhere in them.
        return {"error": f"{type(error).__name__} in {rule.id}: {error}. Check the kinds of the case's values."}


def _case(line: str | bytes) -> dict[str, Any]:
    try:
        case = json.loads(line, parse_constant=_no_constant)
    except UnicodeDecodeError:
        raise EvaluationError("The line is not UTF-8 text. Save the file as UTF-8.") from None
    except json.JSONDecodeError as error:
        raise EvaluationError(
            f"The line is not JSON ({error.msg}, character {error.pos + 1}). Write one object a line."
        ) from None
    except RecursionError:
        raise EvaluationError("The line is nested too deep. Write one flat object a line.") from None
    if not isinstance(case, dict):
        raise EvaluationError(f'The line must be an object {{"fact": value}}, not {type(case).__name__}.')
    return case


def _no_constant(name: str) -> float:
    raise EvaluationError(f"{name} is not a number of JSON. Write null for what is not known.")


# --- facts in


def facts_from_json(bound: BoundRule, case: Mapping[str, Any]) -> dict[str, Any]:
    """The facts that a rule reads, with the types it needs; null and missing are unknown.

    Raises EvaluationError naming the field and what to write.
    """
    facts: dict[str, Any] = {}
    relations = {fact.relation for fact in bound.definition.inputs} | set(bound.definition.relations)
    for fact in bound.definition.inputs:
        if fact.relation is None and case.get(fact.name) is not None:
            facts[fact.name] = _fact(case[fact.name], fact, fact.name)
    for relation in sorted(each for each in relations if each is not None):
        rows = case.get(relation)
        if rows is None:
            continue
        if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
            raise EvaluationError(
                f'{relation} must be an array of objects, as "{relation}": [{{…}}]; leave it out if unknown.'
            )
        members = [fact for fact in bound.definition.inputs if fact.relation == relation]
        facts[relation] = [
            {
                fact.name: _fact(row[fact.name], fact, f"{relation}[{index}].{fact.name}")
                for fact in members
                if row.get(fact.name) is not None
            }
            for index, row in enumerate(rows)
        ]
    return facts


def _fact(value: Any, fact: FactRef, where: str) -> Any:
    if fact.type == "bool" and isinstance(value, bool):
        return value
    if fact.type == "code" and isinstance(value, str):
        return value
    if fact.type == "date" and isinstance(value, str):
        try:
            return date.fromisoformat(value)
        except ValueError:
            raise EvaluationError(f'{where} must be a day of the calendar, as "2010-05-31", not "{value}".') from None
    if fact.type == "int":
        return _number(value, fact, where)
    raise EvaluationError(f"{where} must be {_WANTED[fact.type]}, not {json.dumps(value, ensure_ascii=False)}.")


_WANTED = {
    "bool": "true or false",
    "int": "a whole number",
    "date": 'a date, as "2010-05-31"',
    "code": 'text, as "091"',
}


def _number(value: Any, fact: FactRef, where: str) -> int:
    declared = find_fact(fact.name, fact.relation)
    if declared is not None and declared.json == "euros" and isinstance(value, int | float | str):
        try:
            # JSON has one kind of number: 350.5 is read as it is written.
            number = euros(str(value)) if not isinstance(value, bool) else None
        except ValueError:
            number = None
        if number is None:
            raise EvaluationError(
                f'{where} must be euros with at most two decimals, as 350 or "350.50", not {value!r}.'
            )
    elif type(value) is int:
        number = value
    else:
        cents = " in cents" if declared is not None and declared.money else ""
        raise EvaluationError(f"{where} must be a whole number{cents}, not {json.dumps(value, ensure_ascii=False)}.")
    if abs(number) > LARGEST:
        raise EvaluationError(f"{where} is too large: at most {LARGEST}.")
    return number


# --- answers out


def decision_answer(decision: Decision, lang: str | None = None) -> dict[str, Any]:
    """A decision as plain JSON values; texts in one language, or in all when `lang` is None.

    `ask` names the missing facts (`household.income` for a relation's), registers first; `missing` says of each what it
    is called and whom to ask.
    """
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


def procedure_answer(
    procedure: Procedure, case: Mapping[str, Any], on: date, lang: str | None = None, book: ParameterBook | None = None
) -> dict[str, Any]:
    """A procedure's keys with its trace; a case may be given whole, its keys under `given` or `input`."""
    names = {each.name for each in procedure.inputs}
    for wrapper in ("given", "input"):
        if wrapper not in names and isinstance(case.get(wrapper), dict):
            case = case[wrapper]
            break
    answer = procedure.evaluate(case, on, book)
    trace = [
        {
            "step": line.step,
            "value": as_json(line.value),
            "text": None if line.text is None else in_language(line.text, lang),
            "cite": list(line.cite),
        }
        for line in answer.trace
    ]
    return {**{key: as_json(value) for key, value in answer.values.items()}, "trace": trace}


def in_language(text: Text, lang: str | None) -> str | dict[str, str]:
    """A text in a language, or in every one it has."""
    return {each: text.in_(each) for each in text.languages} if lang is None else text.in_(lang)


def as_json(value: Any) -> Any:
    """A value as JSON: dates in ISO form, exact decimals as numbers, texts by language."""
    if isinstance(value, Text):
        return in_language(value, None)
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, Decimal | Fraction):
        return int(value) if value == int(value) else float(value)
    if isinstance(value, Mapping):
        return {str(key): as_json(each) for key, each in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [as_json(each) for each in value]
    return value
