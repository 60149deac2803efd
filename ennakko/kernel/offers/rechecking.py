# SPDX-License-Identifier: EUPL-1.2
"""Offers looked at again before they go out or are reminded of: taken back where the facts no longer carry them."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction

from ennakko.kernel import audit, messages, purposes
from ennakko.kernel.access import Actor
from ennakko.kernel.offers.kinds import kind_of
from ennakko.kernel.offers.models import Offer, OfferEvent, Run
from ennakko.kernel.offers.states import OPEN, OfferState, Verb
from ennakko.kernel.offers.telling import plan_messages, told_of
from ennakko.kernel.registers import facts_again
from ennakko.kernel.registers.versions import decide_as_of_then, rule_as_of_then
from ennakko.rules.decision import Outcome

PORTION = 3000
MOVED, OBJECTED, CHANGED = "gone", "objected", "changed"


def withdraw_changed(run: Run, *, actor: Actor, at: datetime, on: date) -> int:
    """Take back the run's open offers to those who died, moved out, objected or are no longer entitled; how many.

    Register facts are read again and the run's own rule decides again for the run's day; facts of our own services stay
    as they were, for the offer itself may have changed them.
    """
    withdrawn = 0
    last = -1
    objecting = purposes.objectors(run.purpose)
    while True:
        offers = list(
            Offer.objects.filter(run=run, state__in=OPEN, id__gt=last, subject__isnull=False).order_by("id")[:PORTION]
        )
        if not offers:
            return withdrawn
        last = offers[-1].pk
        why = dict(_reasons(run, offers, objecting, actor=actor, at=at, on=on))
        withdrawn += _withdraw([offer for offer in offers if offer.pk in why], why, actor, at)


def _reasons(
    run: Run, offers: list[Offer], objecting: frozenset[int], *, actor: Actor, at: datetime, on: date
) -> Iterable[tuple[int, str]]:
    bound = rule_as_of_then(run.rule_version, run.on)
    whom = [int(offer.subject_id or 0) for offer in offers]
    now = facts_again(
        bound.definition.inputs, bound.definition.relations, whom,
        purpose=run.purpose, on=run.on, day=on, actor=actor, at=at, reason=f"offers of {run} looked at again",
    )  # fmt: skip
    for offer in offers:
        person = int(offer.subject_id or 0)
        facts = now.get(person)
        if facts is None:
            yield offer.pk, MOVED
        elif person in objecting:
            yield offer.pk, OBJECTED
        elif any(offer.facts.get(name) != value for name, value in facts.items()):
            then = decide_as_of_then(run.rule_version, {**offer.facts, **facts}, run.on)
            if then.outcome is not Outcome.YES:
                yield offer.pk, CHANGED


def _withdraw(offers: list[Offer], why: dict[int, str], actor: Actor, at: datetime) -> int:
    done = 0
    for offer in offers:
        with transaction.atomic():
            done += withdraw(offer, reason=why[offer.pk], actor=actor, at=at)
    return done


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
    kind = kind_of(row.service)
    if told and reason == CHANGED:
        # Only those who were told and still live here: nothing is sent to the dead, the moved or the objecting.
        plan_messages(kind, told_of([row.pk], "withdrawn"), at=at)
    if kind.on_withdrawn is not None:
        kind.on_withdrawn(row, at)
    audit.write(actor, "offers.withdraw", f"offer:{row.pk}", at, {"reason": reason, "person": row.subject_id}, "offers")
    return 1
