# SPDX-License-Identifier: Apache-2.0
"""A reform written as a file, for `ennakko simulate`: changed parameters by their first day, or reform classes.

[parameters."summer-voucher.voucher_value"]
2026-01-01 = { euros = 400 }

[parameters."summer-voucher.ages"]
2026-01-01 = [15, 16, 17]

classes = ["city_reforms.wider_ages:WiderAges"]        # on its own or together with parameters; stands first

A class is a subclass of a rule, or a procedure made by `Procedure.reformed`.
"""

from __future__ import annotations

import importlib
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from ennakko.rules.errors import RuleError, near_names
from ennakko.rules.parameter_files import money_value
from ennakko.rules.parameters import ParameterBook, default_book
from ennakko.rules.procedure import Procedure
from ennakko.rules.registry import all_rules, expression_rule, get
from ennakko.rules.rule import REFORM, Rule, is_reform, reform


@dataclass(frozen=True, slots=True)
class ReformOfRule:
    """A rule as it is and as the reform would have it."""

    baseline: type[Rule]
    reform: type[Rule]


@dataclass(frozen=True, slots=True)
class ReformOfProcedure:
    """A procedure that counts amounts as it is and as the reform would have it, each with its book."""

    baseline: Procedure
    reform: Procedure
    book: ParameterBook
    reformed_book: ParameterBook


def load_reform(path: Path | str) -> tuple[ReformOfRule | ReformOfProcedure, ...]:
    """The rules that a reform file changes; raises RuleError naming the file and what to write."""
    path = Path(path)
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise RuleError(f"{path} cannot be read: {error}") from None
    return parse_reform(text, origin=str(path))


def parse_reform(toml: str, *, origin: str) -> tuple[ReformOfRule | ReformOfProcedure, ...]:
    """The rules that a reform text changes, by id, and after them the procedures whose amounts it changes."""
    try:
        document = tomllib.loads(toml)
    except tomllib.TOMLDecodeError as error:
        raise RuleError(f"{origin} is not readable as TOML: {error}") from None
    unknown = sorted(set(document) - {"parameters", "classes"})
    if unknown or not document:
        raise RuleError(
            f'{origin}: write [parameters."service.name"] or classes = […]; not {", ".join(unknown) or "nothing"}.'
        )
    tables, classes = document.get("parameters", {}), document.get("classes", [])
    if not isinstance(tables, Mapping):
        raise RuleError(f'{origin}: parameters are written [parameters."service.name"] with days and values under it.')
    if not isinstance(classes, list):
        raise RuleError(f'{origin}: classes is a list: classes = ["module:Reform"].')
    changes = {name: _dated(rows, name, f"{origin}: {name}") for name, rows in tables.items()}
    by_id: dict[str, list[type[Rule]]] = {}
    procedures: dict[str, Procedure] = {}
    for written in classes:
        found = _class(written, origin)
        if isinstance(found, Procedure):
            if found.id in procedures:
                raise RuleError(f"{origin}: two reforms of {found.id} stand in classes. Keep one.")
            procedures[found.id] = found
        else:
            by_id.setdefault(found.id, []).append(found)
    used = {rule.id: {each.name for each in rule.definition.parameters} for rule in _expression_rules()}
    counted = {one.id: set(one.parameters) for one in _counting_procedures()}
    named = {name for names in (*used.values(), *counted.values()) for name in names}
    for name in changes:
        if name not in named:
            raise RuleError(f"{origin}: no rule uses a parameter {name}.{near_names(name, named)}")
    changed = [*by_id, *(rule for rule, names in used.items() if rule not in by_id and names & set(changes))]
    touched = [*procedures, *(id for id, names in counted.items() if id not in procedures and names & set(changes))]
    return (
        *(_reformed(id, by_id.get(id, []), changes) for id in sorted(changed)),
        *(_reformed_procedure(id, procedures.get(id), changes, counted.get(id, set())) for id in sorted(touched)),
    )


def _reformed_procedure(
    id: str, changed: Procedure | None, changes: Mapping[str, dict[date, object]], names: set[str]
) -> ReformOfProcedure:
    baseline, book = get(id), default_book()
    if not isinstance(baseline, Procedure):
        raise RuleError(f"{id} is no procedure: write its reform as a subclass of the rule.")
    own = {name: rows for name, rows in changes.items() if name in names}
    return ReformOfProcedure(baseline, changed or baseline, book, book.changed(own, source=REFORM))


def _reformed(id: str, classes: list[type[Rule]], changes: Mapping[str, dict[date, object]]) -> ReformOfRule:
    baseline = expression_rule(id)
    rules = classes or [baseline]
    names = {each.name for rule in rules for each in rule.definition.parameters}
    own = {name: rows for name, rows in changes.items() if name in names}
    return ReformOfRule(baseline, reform(f"{rules[0].__name__}Simulated", *rules, parameters=own))


def _expression_rules() -> list[type[Rule]]:
    return [rule for rule in all_rules() if isinstance(rule, type)]


def _counting_procedures() -> list[Procedure]:
    return [one for one in all_rules() if isinstance(one, Procedure) and one.many is not None]


def _class(written: object, origin: str) -> type[Rule] | Procedure:
    module, _, name = str(written).partition(":")
    if not module or not name:
        raise RuleError(f'{origin}: a class is written "module:Reform", not "{written}".')
    try:
        found = getattr(importlib.import_module(module), name, None)
    except RuleError:
        raise
    except Exception as error:  # a module of anybody's: whatever stands in it can fail
        raise RuleError(f"{origin}: {written} cannot be imported: {type(error).__name__}: {error}") from error
    if isinstance(found, Procedure) and found.many is not None and get(found.id) is not found:
        return found
    if not (isinstance(found, type) and issubclass(found, Rule) and is_reform(found)):
        raise RuleError(
            f"{origin}: {written} is no reform. A reform is a subclass of a rule, without an id of its own, or a "
            "reformed procedure."
        )
    return found


def _dated(rows: object, name: str, where: str) -> dict[date, object]:
    if not isinstance(rows, Mapping) or not rows:
        raise RuleError(f"{where}: write the first day and the value, as 2026-01-01 = {{ euros = 400 }}.")
    if "." not in name:
        inner = next(iter(rows))
        raise RuleError(f'{where}: write the whole name in quotation marks: [parameters."{name}.{inner}"].')
    dated: dict[date, object] = {}
    for key, value in rows.items():
        try:
            day = date.fromisoformat(key)
        except ValueError:
            raise RuleError(f"{where}: {key} is not a day; write 2026-01-01 = {{ euros = 400 }}.") from None
        dated[day] = _value(value, where)
    return dated


def _value(value: Any, where: str) -> object:
    if isinstance(value, Mapping):
        return money_value(value, where)
    if not isinstance(value, list):
        return value
    if len({type(each) for each in value}) != 1:
        raise RuleError(f"{where}: a list holds one or more values of one kind, as [15, 16]; not {value!r}.")
    return tuple(sorted(set(value)))
