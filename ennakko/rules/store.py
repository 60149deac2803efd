# SPDX-License-Identifier: Apache-2.0
"""A rule as canonical JSON with its parameters, so that a stored version decides again when the class has changed."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from typing import Any

from ennakko.rules.binding import BoundRule, Definition, FactLabel, bind
from ennakko.rules.decision import Decision
from ennakko.rules.errors import RuleError
from ennakko.rules.node import Named, Node, field_names
from ennakko.rules.parameters import (
    NotDecided,
    Parameter,
    ParameterBook,
    Parameters,
    PlainValue,
    Row,
    StepTable,
)
from ennakko.rules.rule import Rule
from ennakko.rules.tree import KINDS
from ennakko.values.texts import Text

ENGINE_VERSION = 1
"""Raised when the meaning of a node changes; a stored rule of another engine version is refused, not guessed."""

FORMAT = 1


class StoredRule:
    """A stored version of a rule: binds and decides as the class did when it was stored."""

    __slots__ = ("book", "definition", "version")

    def __init__(self, definition: Definition, book: ParameterBook, version: str) -> None:
        self.definition = definition
        self.book = book
        self.version = version

    def bind(self, on: date) -> BoundRule:
        """The version on one day, with the parameters stored with it."""
        return bind(self.definition, on, self.book)

    def decide(self, on: date, facts: Mapping[str, Any]) -> Decision:
        """Decide again as of then."""
        return self.bind(on).decide(facts)


def to_json(rule: type[Rule] | Definition, book: ParameterBook | None = None) -> dict[str, Any]:
    """The rule with the parameters it names, as plain JSON values; the same for the same rule, always."""
    if isinstance(rule, Definition):
        return _document(rule, book or ParameterBook())
    return _document(rule.definition, rule.book(book))


def canonical(document: Mapping[str, Any]) -> str:
    """The one JSON text of a document: sorted keys, no blanks."""
    return json.dumps(document, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def version(rule: type[Rule], book: ParameterBook | None = None) -> str:
    """The hash of a rule, its parameters and the engine version."""
    return version_of(rule.definition, rule.book(book))


@lru_cache(maxsize=1024)
def version_of(definition: Definition, book: ParameterBook) -> str:
    """The hash of a definition with a book: the first 16 bytes of SHA-256 in hexadecimal."""
    return _digest(_document(definition, book))


def _digest(document: Mapping[str, Any]) -> str:
    return hashlib.sha256(canonical(document).encode()).hexdigest()[:32]


def from_json(document: Mapping[str, Any]) -> StoredRule:
    """A stored version; raises RuleError for a format, engine version or node kind that is not known."""
    if document.get("format") != FORMAT or document.get("engine") != ENGINE_VERSION:
        raise RuleError(
            f"The stored rule is of format {document.get('format')} and engine {document.get('engine')}; "
            f"this program reads {FORMAT} and {ENGINE_VERSION}. Replay it with the release that stored it."
        )
    steps = tuple(_node_from(each) for each in document["steps"])
    definition = Definition(
        document["id"],
        _text_from(document["title"]),
        None if document["scope"] is None else _node_from(document["scope"]),
        tuple(step for step in steps if isinstance(step, Named)),
        document["outcome"],
        document["amount"],
        document["direction"],
        {(each["relation"], each["name"]): _label_from(each) for each in document["labels"]},
    )
    parameters = tuple(_parameter_from(each) for each in document["parameters"])
    return StoredRule(definition, ParameterBook(Parameters("stored", parameters)), _digest(document))


# --- writing


def _document(definition: Definition, book: ParameterBook) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "engine": ENGINE_VERSION,
        "id": definition.id,
        "title": _text(definition.title),
        "scope": None if definition.scope is None else _node(definition.scope),
        "steps": [_node(step) for step in definition.steps],
        "outcome": definition.outcome,
        "amount": definition.amount,
        "direction": definition.direction,
        "labels": [
            {
                "relation": relation,
                "name": name,
                "label": _text(label.label),
                "source": label.source,
                "source_title": _text(label.source_title),
                "ask": None if label.ask is None else _text(label.ask),
                "money": label.money,
            }
            for (relation, name), label in sorted(
                definition.labels.items(), key=lambda item: (item[0][0] or "", item[0][1])
            )
        ],
        "parameters": [_parameter(book.get(each.name)) for each in sorted(definition.parameters, key=lambda p: p.name)],
    }


def _text(text: Text) -> dict[str, str]:
    return {language: text.in_(language) for language in text.languages}


def _node(node: Node) -> dict[str, Any]:
    return {"kind": type(node).__name__} | {
        name: _field(value) for name, value in zip(field_names(node), node.key(), strict=True)
    }


def _field(value: object) -> Any:
    if isinstance(value, Node):
        return _node(value)
    if isinstance(value, tuple):
        return [_field(each) for each in value]
    if isinstance(value, date):
        return {"date": value.isoformat()}
    if isinstance(value, Text):
        return {"text": _text(value)}
    return value


def _parameter(parameter: Parameter) -> dict[str, Any]:
    return {
        "name": parameter.name,
        "kind": parameter.kind,
        "money": parameter.money,
        "label": None if parameter.label is None else _text(parameter.label),
        "rows": [
            {
                "from": row.start.isoformat(),
                "until": None if row.end is None else row.end.isoformat(),
                "value": _value(row.value),
                "source": _text(row.source),
            }
            for row in parameter.rows
        ],
    }


def _value(value: PlainValue) -> Any:
    if isinstance(value, NotDecided):
        return {"ask": _text(value.ask)}
    if isinstance(value, StepTable):
        return {"steps": [[_field(key), each] for key, each in value.steps]}
    return _field(value)


# --- reading


def _text_from(document: Mapping[str, str]) -> Text:
    more = {language: each for language, each in document.items() if language not in ("fi", "sv", "en")}
    return Text(document["fi"], document["sv"], document["en"], more)


def _label_from(document: Mapping[str, Any]) -> FactLabel:
    return FactLabel(
        _text_from(document["label"]),
        document["source"],
        _text_from(document["source_title"]),
        None if document["ask"] is None else _text_from(document["ask"]),
        document["money"],
    )


def _node_from(document: Mapping[str, Any]) -> Node:
    kind = KINDS.get(document["kind"])
    if kind is None:
        raise RuleError(f"The stored rule has a node of kind {document['kind']}, which this program does not know.")
    return kind(**{name: _field_from(value) for name, value in document.items() if name != "kind"})


def _field_from(value: Any) -> Any:
    if isinstance(value, list):
        return tuple(_field_from(each) for each in value)
    if isinstance(value, Mapping):
        if "kind" in value:
            return _node_from(value)
        return date.fromisoformat(value["date"]) if "date" in value else _text_from(value["text"])
    return value


def _parameter_from(document: Mapping[str, Any]) -> Parameter:
    rows = tuple(
        Row(
            date.fromisoformat(row["from"]),
            None if row["until"] is None else date.fromisoformat(row["until"]),
            _value_from(row["value"]),
            _text_from(row["source"]),
        )
        for row in document["rows"]
    )
    label = None if document["label"] is None else _text_from(document["label"])
    return Parameter(document["name"], document["kind"], rows, label, "stored", document["money"])


def _value_from(value: Any) -> PlainValue:
    if isinstance(value, Mapping) and "ask" in value:
        return NotDecided(_text_from(value["ask"]))
    if isinstance(value, Mapping) and "steps" in value:
        return StepTable(tuple((_field_from(key), each) for key, each in value["steps"]))
    return _field_from(value)  # type: ignore[no-any-return]
