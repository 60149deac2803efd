# SPDX-License-Identifier: EUPL-1.2
"""Rules as they were used, stored by their hash, and decided again from there."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from ennakko.kernel.registers.models import RuleVersion
from ennakko.rules import registry, store
from ennakko.rules.binding import BoundRule
from ennakko.rules.decision import Decision
from ennakko.rules.node import FactRef
from ennakko.rules.rule import Rule

RuleOrId = str | type[Rule]


def rule_of(rule: RuleOrId) -> type[Rule]:
    """The expression rule of an id, or the rule itself; raises UnknownRule with near names."""
    return registry.expression_rule(rule) if isinstance(rule, str) else rule


def store_version(rule: RuleOrId, at: datetime) -> RuleVersion:
    """The stored version of a rule with the parameters in its book; written once for each distinct content."""
    found = rule_of(rule)
    digest = store.version(found)
    known = RuleVersion.objects.filter(digest=digest).first()
    if known is not None:
        return known
    stored, _ = RuleVersion.objects.get_or_create(
        digest=digest, defaults={"rule": found.definition.id, "document": store.to_json(found), "stored_at": at}
    )
    return stored


def rule_as_of_then(stored: RuleVersion, on: date) -> BoundRule:
    """The stored rule on a day, though today's rule may be another."""
    return _stored(stored.digest).bind(on)


@lru_cache(maxsize=64)
def _stored(digest: str) -> store.StoredRule:
    """A stored version never changes: it is read and bound once, not for every page that explains an offer."""
    return store.from_json(RuleVersion.objects.get(digest=digest).document)


def decide_as_of_then(stored: RuleVersion, facts: Mapping[str, Any], on: date) -> Decision:
    """The decision that the stored rule makes on stored facts (JSON values: days as text)."""
    bound = rule_as_of_then(stored, on)
    return bound.decide(from_stored(facts, bound.definition.inputs))


def from_stored(facts: Mapping[str, Any], refs: Sequence[FactRef]) -> dict[str, Any]:
    """Stored JSON values as the Python values that rules take: days are dates again, in relations too."""
    days = {(ref.relation, ref.name) for ref in refs if ref.type == "date"}
    return {name: _value(name, value, days) for name, value in facts.items()}


def _value(name: str, value: Any, days: set[tuple[str | None, str]]) -> Any:
    if isinstance(value, list):
        return [{key: _day(one) if (name, key) in days else one for key, one in row.items()} for row in value]
    return _day(value) if (None, name) in days else value


def _day(value: Any) -> Any:
    return date.fromisoformat(value) if isinstance(value, str) else value
