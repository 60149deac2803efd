# SPDX-License-Identifier: Apache-2.0
"""Deciding cases given as JSON, one object a line: what `ennakko evaluate` and the programming interface answer.

Expression rules take facts by name, relations as arrays of objects under their name, dates as "2026-04-15", money in
whole cents (in euros for a fact declared `json="euros"`). Procedures take and give the keys of their worked cases.
Keys that a rule does not read are ignored. A line that cannot be decided answers `{"error": …}`.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from functools import lru_cache
from typing import Any

from ennakko.rules.answers import decision_answer, procedure_answer
from ennakko.rules.binding import BoundRule
from ennakko.rules.errors import EvaluationError, RuleError
from ennakko.rules.facts_api import find_fact
from ennakko.rules.node import FactRef
from ennakko.rules.parameters import ParameterBook
from ennakko.rules.procedure import Procedure
from ennakko.rules.registry import get
from ennakko.rules.rule import Rule
from ennakko.values.money import euros

LARGEST = 2**63 - 1
"""Whole numbers are 64 bits wide in every engine."""

SHOWN = 60
"""Characters of a wrong value that an error repeats."""


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


def _case(line: str | bytes) -> dict[str, Any]:
    try:
        written = line.decode("utf-8-sig") if isinstance(line, bytes) else line
        case = _READER(written)
    except UnicodeDecodeError:
        raise EvaluationError("The line is not UTF-8 text. Save the file as UTF-8.") from None
    except json.JSONDecodeError as error:
        raise EvaluationError(
            f"The line is not JSON ({error.msg}, character {error.pos + 1}). Write one object a line."
        ) from None
    except ValueError:
        raise EvaluationError(f"A number of the line is too long to read: at most {LARGEST} is understood.") from None
    except RecursionError:
        raise EvaluationError("The line is nested too deep. Write one flat object a line.") from None
    if not isinstance(case, dict):
        raise EvaluationError(f'The line must be an object {{"fact": value}}, not {_KINDS[type(case)]}.')
    if _HALF.search(written):
        _whole_characters(case)
    return case


_HALF = re.compile(r"\\u[dD][89a-fA-F]|[\ud800-\udfff]")
_KINDS = {list: "an array", str: "text", int: "a number", float: "a number", bool: "true or false", type(None): "null"}


def _whole_characters(case: Mapping[str, Any]) -> None:
    """Two escapes can be the halves of one character; a half alone is no text that could be written anywhere."""
    try:
        json.dumps(case, ensure_ascii=False).encode()
    except UnicodeEncodeError as error:
        half = ascii(error.object[error.start])[1:-1]
        raise EvaluationError(f"The line has half a character ({half}). Write the text again as UTF-8.") from None


def _no_constant(name: str) -> float:
    raise EvaluationError(f"{name} is not a number of JSON. Write null for what is not known.")


def _finite(written: str) -> float:
    number = float(written)
    if math.isinf(number):
        raise EvaluationError(f"{written[:SHOWN]} is too large a number: at most {LARGEST} is understood.")
    return number


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in found if names.count(name) > 1)
        raise EvaluationError(f"{twice} is written twice on the line. Keep the one that is right.")
    return found


_READER: Callable[[str], Any] = json.JSONDecoder(
    object_pairs_hook=_object, parse_float=_finite, parse_constant=_no_constant
).decode


# --- facts in


def facts_from_json(bound: BoundRule, case: Mapping[str, Any]) -> dict[str, Any]:
    """The facts that a rule reads, with the types it needs; null and missing are unknown.

    Raises EvaluationError naming the field and what to write.
    """
    own, relations = _read_by(bound)
    facts: dict[str, Any] = {}
    for name, fact in own:
        value = case.get(name)
        if value is not None:
            facts[name] = _fact(value, fact, name)
    for relation, members in relations:
        rows = case.get(relation)
        if rows is None:
            continue
        if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
            raise EvaluationError(
                f'{relation} must be an array of objects, as "{relation}": [{{…}}]; leave it out if unknown.'
            )
        facts[relation] = [
            {
                fact.name: _fact(row[fact.name], fact, f"{relation}[{index}].{fact.name}")
                for fact in members
                if row.get(fact.name) is not None
            }
            for index, row in enumerate(rows)
        ]
    return facts


@lru_cache(maxsize=256)
def _read_by(
    bound: BoundRule,
) -> tuple[tuple[tuple[str, FactRef], ...], tuple[tuple[str, tuple[FactRef, ...]], ...]]:
    """What a rule reads: its own facts by name, and its relations each with the facts of a member."""
    inputs = bound.definition.inputs
    named = {fact.relation for fact in inputs if fact.relation is not None} | set(bound.definition.relations)
    return (
        tuple((fact.name, fact) for fact in inputs if fact.relation is None),
        tuple((each, tuple(fact for fact in inputs if fact.relation == each)) for each in sorted(named)),
    )


def _fact(value: Any, fact: FactRef, where: str) -> Any:
    kind = fact.type
    if kind == "date" and isinstance(value, str):
        return _day(value, where)
    if (kind == "bool" and isinstance(value, bool)) or (kind == "code" and isinstance(value, str)):
        return value
    if kind == "int":
        return _number(value, fact, where)
    raise EvaluationError(f"{where} must be {_WANTED[kind]}, not {_shown(value)}.")


def _day(written: str, where: str) -> date:
    try:
        return strict_day(written)
    except ValueError:
        raise EvaluationError(
            f'{where} must be a day of the calendar, as "2010-05-31", not {_shown(written)}.'
        ) from None


def strict_day(written: str) -> date:
    """A date as 2010-05-31 and no other way that ISO 8601 knows; raises ValueError.

    20100531 and 2010-W22-1 are more often a slip than a date.
    """
    if len(written) != 10 or written[4] != "-" or written[7] != "-":
        raise ValueError(written)
    return date.fromisoformat(written)


def _shown(value: Any) -> str:
    written = json.dumps(value, ensure_ascii=False, default=str)
    return written if len(written) <= SHOWN else f"{written[:SHOWN]}…"


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
                f'{where} must be euros with at most two decimals, as 350 or "350.50", not {_shown(value)}.'
            )
    elif type(value) is int:
        number = value
    else:
        cents = " in cents" if declared is not None and declared.money else ""
        raise EvaluationError(f"{where} must be a whole number{cents}, not {_shown(value)}.")
    if abs(number) > LARGEST:
        raise EvaluationError(f"{where} is too large: at most {LARGEST}.")
    return number
