# SPDX-License-Identifier: EUPL-1.2
"""What happens to offers that nobody answers: the default stands or the offer ends, and later it is destroyed.

Thousands end on one day: each portion is a few statements, however many offers there are in it.
"""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet

from ennakko.kernel import audit, messages, people
from ennakko.kernel.access import Actor
from ennakko.kernel.bulk import among
from ennakko.kernel.offers.events import append_many
from ennakko.kernel.offers.kinds import OfferKind, Silence, offer_kinds
from ennakko.kernel.offers.models import Offer, Recipient
from ennakko.kernel.offers.queries import kinds_among, of_kind
from ennakko.kernel.offers.states import ANSWERABLE, TABLE, UNANSWERED_ENDS, OfferState, Verb

PORTION = 3000


def expire(on: date, *, at: datetime, actor: Actor) -> int:
    """End the offers whose last day to answer has passed: by the service's default, else unanswered; how many."""
    return sum(_expire(kind, on, at, actor) for kind in offer_kinds())


def _expire(kind: OfferKind, on: date, at: datetime, actor: Actor) -> int:
    ended = 0
    due = of_kind(kind).filter(state__in=ANSWERABLE, answer_by__lt=on)
    while numbers := _expire_portion(kind, due, on, at, actor):
        ended += numbers
    return ended


def _expire_portion(kind: OfferKind, due: "QuerySet[Offer]", on: date, at: datetime, actor: Actor) -> int:
    default = kind.choice(kind.default_on_expiry) if kind.default_on_expiry else None
    verb = default.verb if default else Verb.EXPIRE
    to = TABLE[OfferState.SENT, verb]  # the same from every state in which an offer can be answered
    with transaction.atomic():
        numbers = list(due.select_for_update().order_by("id").values_list("id", flat=True)[:PORTION])
        if not numbers:
            return 0
        rows = Offer.objects.filter(pk__in=among(numbers))
        if default is None:
            rows.update(state=to, state_at=at)
            append_many(numbers, verb, by=actor.subject, at=at)
            if kind.on_silence is not None:
                kind.on_silence(Silence(numbers, None, actor, at, on))
        else:
            rows.update(state=to, state_at=at, answer=default.id, answered_at=at)
            said = {"answer": default.id, "by_default": True}
            append_many(numbers, verb, by=actor.subject, at=at, details=said)
            if kind.on_silence is not None:
                kind.on_silence(Silence(numbers, default, actor, at, on))
        digest = audit.rows_digest([number, to] for number in numbers)
        statement: dict[str, object] = {"service": kind.service, "offers": len(numbers), "digest": digest}
        audit.write(actor, "offers.expire", f"service:{kind.service}", at, {}, "offers", statement=statement)
    return len(numbers)


def destroy_unanswered(on: date, *, at: datetime, actor: Actor) -> int:
    """Destroy offers that ended unanswered longer ago than the service keeps them, with their history; how many.

    The messages about them go too, and the people with whom the city has nothing left to do.
    Only the number and a digest stay in the log: what was destroyed cannot be read there (GDPR article 5.1 e).
    """
    ended = Offer.objects.filter(state__in=UNANSWERED_ENDS)
    return sum(_destroy(kind, on, at, actor) for kind in kinds_among(ended))


def _destroy(kind: OfferKind, on: date, at: datetime, actor: Actor) -> int:
    before = on - timedelta(days=kind.kept_days)
    destroyed = 0
    while True:
        with transaction.atomic():
            old = of_kind(kind).filter(state__in=UNANSWERED_ENDS, answer_by__lt=before)
            numbers = list(old.select_for_update().order_by("id").values_list("id", flat=True)[:PORTION])
            if not numbers:
                return destroyed
            told = Recipient.objects.filter(offer__in=among(numbers), person__isnull=False)
            persons = set(told.values_list("person", flat=True))
            Offer.objects.filter(pk__in=among(numbers)).delete()
            messages.destroy(about=[f"offer:{number}" for number in numbers])
            digest = audit.rows_digest([number] for number in numbers)
            said: dict[str, object] = {"service": kind.service, "offers": len(numbers), "digest": digest}
            audit.write(actor, "offers.destroy", f"service:{kind.service}", at, {}, "offers", statement=said)
        people.forget((one for one in persons if one is not None), by=actor, at=at, reason="retention")
        destroyed += len(numbers)
