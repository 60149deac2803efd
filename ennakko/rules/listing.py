# SPDX-License-Identifier: Apache-2.0
"""Every rule with what it reads and on what it rests: the list that `ennakko rules --json` prints."""

from __future__ import annotations

from typing import Any

from ennakko.rules.answers import as_json, in_language
from ennakko.rules.parameters import NotDecided, ParameterBook, PlainValue, StepTable, default_book
from ennakko.rules.procedure import Procedure
from ennakko.rules.registry import all_rules
from ennakko.rules.rule import Rule
from ennakko.rules.store import version


def rules_json(book: ParameterBook | None = None) -> list[dict[str, Any]]:
    """All registered rules by id, as plain JSON values."""
    book = book or default_book()
    return [_procedure(rule, book) if isinstance(rule, Procedure) else _expression(rule, book) for rule in all_rules()]


def _expression(rule: type[Rule], book: ParameterBook) -> dict[str, Any]:
    definition = rule.definition
    return {
        "id": definition.id,
        "kind": "expression",
        "title": in_language(definition.title, None),
        "inputs": [
            {
                "name": fact.name,
                "type": "money" if definition.label(fact).money else fact.type,
                "unknown": fact.nullable,
                "relation": fact.relation,
            }
            for fact in definition.inputs
        ],
        "parameters": [parameter_json(rule.book(book), each.name) for each in definition.parameters],
        "citations": list(definition.citations),
        "version": version(rule, book),
    }


def _procedure(procedure: Procedure, book: ParameterBook) -> dict[str, Any]:
    return {
        "id": procedure.id,
        "kind": "procedure",
        "title": in_language(procedure.title, None),
        "inputs": [
            {"name": each.name, "type": each.type, "unknown": each.unknown, "relation": each.relation}
            for each in procedure.inputs
        ],
        "parameters": [parameter_json(book, name) for name in procedure.parameters],
        "citations": list(procedure.cite),
        "version": procedure.version,
    }


def parameter_json(book: ParameterBook, name: str) -> dict[str, Any]:
    """A parameter with its rows as plain JSON values; money in cents, a value not decided null with whom to ask."""
    parameter = book.get(name)
    return {
        "name": name,
        "kind": parameter.kind,
        "label": None if parameter.label is None else in_language(parameter.label, None),
        "rows": [
            {
                "from": row.start.isoformat(),
                "until": None if row.end is None else row.end.isoformat(),
                "value": value_json(row.value),
                "source": in_language(row.source, None),
            }
            | ({"ask": in_language(row.value.ask, None)} if isinstance(row.value, NotDecided) else {})
            for row in parameter.rows
        ],
    }


def value_json(value: PlainValue) -> Any:
    """A parameter's value as JSON; a step table as an object by its keys."""
    if isinstance(value, NotDecided):
        return None
    if isinstance(value, StepTable):
        return {str(as_json(key)): each for key, each in value.steps}
    return as_json(value)
