# SPDX-License-Identifier: EUPL-1.2
"""What happens to offers that nobody answers: the default stands or the offer ends, and later it is destroyed."""

from datetime import date, datetime, timedelta

from django.db import transaction

from ennakko.kernel import audit, messages, people
from ennakko.kernel.access import Actor
from ennakko.kernel.bulk import among
from ennakko.kernel.offers.answering import take
from ennakko.kernel.offers.events import move
from ennakko.kernel.offers.kinds import Answered, OfferKind, kind_of, offer_kinds
from ennakko.kernel.offers.models import Offer, Recipient
from ennakko.kernel.offers.states import ANSWERABLE, UNANSWERED_ENDS, Verb

PORTION = 500


def expire(on: date, *, at: datetime, actor: Actor) -> int:
    """End the offers whose last day to answer has passed: by the service's default, else unanswered; how many."""
    return sum(_expire(kind, on, at, actor) for kind in offer_kinds())


def _expire(kind: OfferKind, on: date, at: datetime, actor: Actor) -> int:
    default = kind.choice(kind.default_on_expiry) if kind.default_on_expiry else None
    ended = 0
    while True:
        with transaction.atomic():
            due = Offer.objects.filter(service=kind.service, state__in=ANSWERABLE, answer_by__lt=on)
            rows = list(due.select_for_update(of=("self",)).select_related("run").order_by("id")[:PORTION])
            if not rows:
                return ended
            for row in rows:
                if default is None:
                    move(row, Verb.EXPIRE, by=actor, at=at)
                else:
                    take(row, Answered(row, default, actor, at, on, by_default=True))
            digest = audit.rows_digest([row.pk, row.state] for row in rows)
            said: dict[str, object] = {"service": kind.service, "offers": len(rows), "digest": digest}
            audit.write(actor, "offers.expire", f"service:{kind.service}", at, {}, "offers", statement=said)
        ended += len(rows)


def destroy_unanswered(on: date, *, at: datetime, actor: Actor) -> int:
    """Destroy offers that ended unanswered longer ago than the service keeps them, with their history; how many.

    The messages about them go too, and the people with whom the city has nothing left to do.
    Only the number and a digest stay in the log: what was destroyed cannot be read there (GDPR article 5.1 e).
    """
    return sum(_destroy(kind_of(service), on, at, actor) for service in _services_with_ended())


def _services_with_ended() -> list[str]:
    ended = Offer.objects.filter(state__in=UNANSWERED_ENDS)
    return list(ended.order_by().values_list("service", flat=True).distinct())


def _destroy(kind: OfferKind, on: date, at: datetime, actor: Actor) -> int:
    before = on - timedelta(days=kind.kept_days)
    destroyed = 0
    while True:
        with transaction.atomic():
            old = Offer.objects.filter(service=kind.service, state__in=UNANSWERED_ENDS, answer_by__lt=before)
            numbers = list(old.select_for_update().order_by("id").values_list("id", flat=True)[:PORTION])
            if not numbers:
                return destroyed
            told = set(Recipient.objects.filter(offer__in=among(numbers)).values_list("person", flat=True))
            Offer.objects.filter(pk__in=among(numbers)).delete()
            messages.destroy(about=[f"offer:{number}" for number in numbers])
            digest = audit.rows_digest([number] for number in numbers)
            said: dict[str, object] = {"service": kind.service, "offers": len(numbers), "digest": digest}
            audit.write(actor, "offers.destroy", f"service:{kind.service}", at, {}, "offers", statement=said)
        people.forget(told, by=actor, at=at, reason="retention")
        destroyed += len(numbers)
