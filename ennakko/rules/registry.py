# SPDX-License-Identifier: Apache-2.0
"""Every rule by its id `service.rule`: expression rules (classes) and procedures (traced functions)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ennakko.rules.errors import RuleError, UnknownRule, near_names

if TYPE_CHECKING:
    from ennakko.rules.procedure import Procedure
    from ennakko.rules.rule import Rule

_rules: dict[str, type[Rule] | Procedure] = {}


def register_rule(rule: type[Rule]) -> None:
    """Register an expression rule; importing its module does it. Raises RuleError for an id already taken."""
    _register(rule.id, rule, f"{rule.__module__}.{rule.__qualname__}")


def register_procedure(procedure: Procedure) -> None:
    """Register a procedure; `@traced` does it. Raises RuleError for an id already taken."""
    _register(procedure.id, procedure, f"{procedure.module}.{procedure.name}")


def _register(id: str, rule: type[Rule] | Procedure, where: str) -> None:
    taken = _rules.get(id)
    if taken is not None and _where(taken) != where:
        raise RuleError(f"The rule id {id} is taken by {_where(taken)}; {where} needs another.")
    _rules[id] = rule


def _where(rule: type[Rule] | Procedure) -> str:
    return f"{rule.__module__}.{rule.__qualname__}" if isinstance(rule, type) else f"{rule.module}.{rule.name}"


def get(id: str) -> type[Rule] | Procedure:
    """A rule by id; raises UnknownRule naming the near ones."""
    if id not in _rules:
        raise UnknownRule(f"No rule is called {id}.{near_names(id, _rules)}")
    return _rules[id]


def expression_rule(id: str) -> type[Rule]:
    """A rule by id that must be an expression rule; raises UnknownRule."""
    found = get(id)
    if not isinstance(found, type):
        raise UnknownRule(f"{id} is a procedure, not an expression rule: it can be evaluated case by case only.")
    return found


def all_rules() -> tuple[type[Rule] | Procedure, ...]:
    """Every registered rule, by id."""
    return tuple(_rules[id] for id in sorted(_rules))
