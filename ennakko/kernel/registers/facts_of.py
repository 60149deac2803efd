# SPDX-License-Identifier: EUPL-1.2
"""The facts of one resident, or of some again: within the permit, and every look logged."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime
from typing import Any

from ennakko.kernel import audit
from ennakko.kernel.access import Actor
from ennakko.kernel.purposes.registry import purpose as declared_purpose
from ennakko.kernel.registers import gathering, tables
from ennakko.kernel.registers.permits import require_permit
from ennakko.kernel.registers.snapshots import Snapshot, current
from ennakko.kernel.registers.versions import RuleOrId, rule_of
from ennakko.rules.facts_api import declared_fact
from ennakko.rules.node import FactRef


def person_facts(
    person: int,
    facts: Iterable[str],
    *,
    purpose: str,
    on: date,
    actor: Actor,
    at: datetime,
    reason: str,
    snapshot: Snapshot | None = None,
) -> dict[str, Any] | None:
    """The named facts of one resident as Python values (None: unknown), or None for somebody the registers do not know.

    Raises PermitMissing before anything is read. The look is logged, whether or not the person was found.
    """
    refs = tuple(declared_fact(name).node for name in facts)
    return _one(person, refs, (), purpose=purpose, on=on, actor=actor, at=at, reason=reason, snapshot=snapshot)


def facts_for(
    rule: RuleOrId,
    person: int,
    *,
    purpose: str,
    on: date,
    actor: Actor,
    at: datetime,
    reason: str,
    snapshot: Snapshot | None = None,
) -> dict[str, Any] | None:
    """Everything a rule reads of one resident, relations as lists of rows: ready for `rule.decide(on, facts)`."""
    definition = rule_of(rule).definition
    return _one(
        person, definition.inputs, definition.relations,
        purpose=purpose, on=on, actor=actor, at=at, reason=reason, snapshot=snapshot,
    )  # fmt: skip


def _one(
    person: int,
    refs: Sequence[FactRef],
    relations: Collection[str],
    *,
    purpose: str,
    on: date,
    actor: Actor,
    at: datetime,
    reason: str,
    snapshot: Snapshot | None,
) -> dict[str, Any] | None:
    about = declared_purpose(purpose).id
    names = sorted({ref.name for ref in refs})
    require_permit(about, names, on)
    snapshot = snapshot or current()
    own = [ref for ref in refs if ref.relation is None and tables.own_fact(ref.name) is not None]
    rest = [ref for ref in refs if ref not in own]
    found = gathering.gather(rest, relations, [person], snapshot, on)
    audit.read(actor, about, person, names, snapshot.id, at, reason)
    if not found.height:
        return None
    values: dict[str, Any] = found.row(0, named=True)
    values.pop("person")
    for ref in own:
        provider = tables.own_fact(ref.name)
        values[ref.name] = provider.one(person, on) if provider is not None else None
    return values


def facts_again(
    refs: Sequence[FactRef],
    relations: Collection[str],
    persons: Sequence[int],
    *,
    purpose: str,
    on: date,
    day: date,
    actor: Actor,
    at: datetime,
    reason: str,
) -> dict[int, dict[str, Any]]:
    """Register facts of some persons read again for `on`, as JSON values; the permit must hold on `day`, today.

    Facts of our own services are left out: they may have changed through the very offer that is looked at.
    """
    about = declared_purpose(purpose).id
    names = sorted({ref.name for ref in refs})
    require_permit(about, names, day)
    snapshot = current()
    registered = [ref for ref in refs if ref.relation is not None or tables.own_fact(ref.name) is None]
    found = gathering.gather(registered, relations, persons, snapshot, on)
    audit.read(actor, about, sorted(persons), names, snapshot.id, at, reason)
    return gathering.as_json(found)
