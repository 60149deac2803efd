# SPDX-License-Identifier: EUPL-1.2
"""The call list: why a family is to be called, and what the call came to."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction

from ennakko.kernel import audit
from ennakko.kernel.access import Actor, require
from ennakko.kernel.bulk import among
from ennakko.kernel.offers.models import Offer, Recipient, Run
from ennakko.kernel.offers.states import OfferState
from ennakko.services.childcare.models import Call
from ennakko.services.childcare.models.calls import OUTCOMES

RETENTION = "childcare"
WORDS_AT_MOST = 1000


class UnknownOutcome(ValueError):
    """A call has no such outcome."""


def ask(offer: Offer, why: str, *, at: datetime, person: int | None = None, words: str = "") -> Call:
    """Put a call on the list, once while it waits for its reason; in the caller's transaction."""
    found, _ = Call.objects.get_or_create(
        offer=offer, why=why, done_at=None,
        defaults={
            "asked_at": at, "person": person, "words": words.strip()[:WORDS_AT_MOST],
            "protected": bool(offer.subject and offer.subject.non_disclosure) or _guarded(offer),
        },
    )  # fmt: skip
    return found


def _guarded(offer: Offer) -> bool:
    return offer.recipients.filter(person__non_disclosure=True).exists()


def ask_of_many(offers: Iterable[int], why: str, *, at: datetime) -> int:
    """The same for many offers in a few statements; how many are new."""
    wanted = set(offers)
    waiting = Call.objects.filter(offer__in=among(wanted), why=why, done_at=None)
    wanted -= set(waiting.values_list("offer_id", flat=True))
    guarded = set(
        Recipient.objects.filter(offer__in=among(wanted), person__non_disclosure=True).values_list("offer", flat=True)
    ) | set(Offer.objects.filter(pk__in=among(wanted), subject__non_disclosure=True).values_list("pk", flat=True))
    Call.objects.bulk_create(
        Call(offer_id=one, why=why, asked_at=at, protected=one in guarded) for one in sorted(wanted)
    )
    return len(wanted)


def note_untold(run: Run, *, at: datetime) -> int:
    """Children whose offer nobody could be told of are left to a person; how many are new."""
    untold = Offer.objects.filter(run=run, recipients=None).exclude(state__in=[OfferState.MADE, OfferState.WITHDRAWN])
    return ask_of_many(untold.values_list("pk", flat=True), "nobody_told", at=at)


def called(call: Call, outcome: str, *, actor: Actor, at: datetime, on: date) -> Call:
    """Somebody called: what came of it is done at once. Raises Refused and UnknownOutcome.

    takes_place and no_place answer for the family, also after the time to answer; not_reached leaves the call waiting.
    """
    from ennakko.services.childcare.actions import answers

    require(actor, "childcare.call", call)
    if outcome not in OUTCOMES:
        raise UnknownOutcome(f"A call comes to one of {', '.join(OUTCOMES)}, not {outcome!r}.")
    with transaction.atomic():
        row = Call.objects.select_for_update(of=("self",)).select_related("offer").get(pk=call.pk)
        if row.done_at is not None:
            return row
        if outcome != "not_reached":
            row.done_at, row.done_by = at, actor.name
        row.outcome = outcome
        row.save(update_fields=["done_at", "done_by", "outcome"])
        if outcome in ("takes_place", "no_place"):
            answers.by_phone(row.offer, takes=outcome == "takes_place", actor=actor, at=at, on=on)
        audit.write(actor, "childcare.call", f"offer:{row.offer_id}", at, {"outcome": outcome}, RETENTION)
    return row
