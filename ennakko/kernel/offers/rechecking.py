# SPDX-License-Identifier: EUPL-1.2
"""Offers looked at again before they go out or are reminded of: taken back where the facts no longer carry them."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from django.db import transaction

from ennakko.kernel import audit, messages, organisations, purposes
from ennakko.kernel.access import Actor
from ennakko.kernel.bulk import among
from ennakko.kernel.offers.kinds import kind_of_offer
from ennakko.kernel.offers.models import Offer, OfferEvent, Run
from ennakko.kernel.offers.states import OPEN, OfferState, Verb
from ennakko.kernel.offers.telling import plan_messages, told_of
from ennakko.kernel.registers import facts_again, living_among, snapshots
from ennakko.kernel.registers.models import RuleVersion
from ennakko.kernel.registers.versions import decide_as_of_then, rule_as_of_then
from ennakko.rules.decision import Outcome

READ_AT_ONCE = 30_000
GONE, OBJECTED, CHANGED = "gone", "objected", "changed"


def withdraw_changed(run: Run, *, actor: Actor, at: datetime, on: date) -> int:
    """Take back the run's open offers to those who died, moved out, objected or are no longer entitled; how many.

    Register facts are read again when there is a newer snapshot, and the run's own rule decides again for the run's
    day; facts of our own services stay as they were, for the offer itself may have changed them.
    """
    if run.audience == "organisations":
        return _withdraw_from_organisations(run, actor=actor, at=at, on=on)
    withdrawn = 0
    last = -1
    objecting = purposes.objectors(run.purpose)
    while True:
        rows = Offer.objects.filter(run=run, state__in=OPEN, id__gt=last, subject__isnull=False).order_by("id")
        looked_at = dict(rows.values_list("id", "subject_id")[:READ_AT_ONCE])
        if not looked_at:
            return withdrawn
        last = max(looked_at)
        for offer, reason in _reasons(run, looked_at, objecting, actor=actor, at=at, on=on):
            with transaction.atomic():
                withdrawn += withdraw(Offer.objects.get(pk=offer), reason=reason, actor=actor, at=at)


def _withdraw_from_organisations(run: Run, *, actor: Actor, at: datetime, on: date) -> int:
    """Take back the open offers to organisations that have ended or want none of these any more; how many."""
    open_offers = Offer.objects.filter(run=run, state__in=OPEN).order_by("id")
    unwilling, gone = organisations.unwilling(run.service), organisations.ended_by(on)
    withdrawn = 0
    for number, business_id in list(open_offers.values_list("id", "organisation")):
        if business_id in unwilling or business_id in gone:
            reason = OBJECTED if business_id in unwilling else GONE
            with transaction.atomic():
                withdrawn += withdraw(Offer.objects.get(pk=number), reason=reason, actor=actor, at=at)
    return withdrawn


def _reasons(
    run: Run, looked_at: dict[int, int], objecting: frozenset[int], *, actor: Actor, at: datetime, on: date
) -> Iterator[tuple[int, str]]:
    """Offer and reason, of the offers looked at (subject by offer)."""
    whom = list(looked_at.values())
    here = living_among(whom, on)
    now, then = {}, dict[int, dict[str, Any]]()
    if run.rule_version is not None and snapshots.current().id != run.snapshot:
        now = _read_again(run, whom, actor=actor, at=at, on=on)
        then = dict(Offer.objects.filter(pk__in=among(looked_at)).values_list("id", "facts"))
    for offer, person in looked_at.items():
        facts = then.get(offer, {})
        changed = {name: value for name, value in now.get(person, {}).items() if facts.get(name) != value}
        if person not in here:
            yield offer, GONE
        elif person in objecting:
            yield offer, OBJECTED
        elif changed:
            again = decide_as_of_then(_version(run), {**facts, **changed}, run.on)
            if again.outcome is not Outcome.YES:
                yield offer, CHANGED


def _version(run: Run) -> RuleVersion:
    if run.rule_version is None:
        raise LookupError(f"{run} was chosen by no rule: its facts cannot be looked at again.")
    return run.rule_version


def _read_again(run: Run, whom: list[int], *, actor: Actor, at: datetime, on: date) -> dict[int, dict[str, Any]]:
    definition = rule_as_of_then(_version(run), run.on).definition
    return facts_again(
        definition.inputs, definition.relations, whom,
        purpose=run.purpose, on=run.on, day=on, actor=actor, at=at, reason=f"{run} looked at again",
    )  # fmt: skip


def withdraw(offer: Offer, *, reason: str, actor: Actor, at: datetime) -> int:
    """Take one open offer back in the caller's transaction; its messages that have not left are cancelled. 1 or 0."""
    row = Offer.objects.select_for_update(of=("self",)).get(pk=offer.pk)
    if row.state not in OPEN:
        return 0
    told = row.state in (OfferState.SENT, OfferState.OPENED)
    row.state, row.state_at = OfferState.WITHDRAWN, at
    row.save(update_fields=["state", "state_at"])
    OfferEvent.objects.create(offer=row, verb=Verb.WITHDRAW, by=actor.subject, at=at, details={"reason": reason})
    messages.cancel(about=f"offer:{row.pk}")
    kind = kind_of_offer(row)
    if told and reason == CHANGED:
        # Only those who were told and still live here: nothing is sent to the dead, the moved or the objecting.
        plan_messages(kind, told_of([row.pk], "withdrawn"), at=at)
    if kind.on_withdrawn is not None:
        kind.on_withdrawn(row, at)
    whose = {"organisation": row.organisation} if row.organisation else {"person": row.subject_id}
    audit.write(actor, "offers.withdraw", f"offer:{row.pk}", at, {"reason": reason, **whose}, "offers")
    return 1
