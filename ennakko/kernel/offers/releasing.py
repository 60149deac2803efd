# SPDX-License-Identifier: EUPL-1.2
"""Letting a complete run go out: facts looked at again, offers released and their messages planned, in portions."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Q

from ennakko.kernel import audit
from ennakko.kernel.access import Actor, Refused, require
from ennakko.kernel.bulk import among
from ennakko.kernel.messages.models import Message, State
from ennakko.kernel.offers import reasons
from ennakko.kernel.offers.events import append_many
from ennakko.kernel.offers.kinds import OfferKind, kind_of
from ennakko.kernel.offers.models import Offer, Run
from ennakko.kernel.offers.queries import kinds_among, of_kind
from ennakko.kernel.offers.rechecking import withdraw_changed
from ennakko.kernel.offers.states import ANSWERABLE, OfferState, Verb
from ennakko.kernel.offers.telling import plan_messages, told_of

PORTION = 3000


@dataclass(frozen=True, slots=True)
class Released:
    """What a release came to: offers on their way, and those taken back because the facts had changed."""

    released: int
    withdrawn: int


def release(run: Run, *, actor: Actor, at: datetime, on: date) -> Released:
    """Send a complete run's offers; raises Refused for an incomplete run or the wrong actor.

    Where the service wants a named official, only staff with the release action may. Safe to repeat: what was released
    before stays as it was, and no message is planned twice.
    """
    kind = kind_of(run.service, run.audience)
    run.refresh_from_db()
    if run.complete_at is None:
        raise Refused(reasons.NOT_COMPLETE, "offers.release")
    if kind.release_action is not None and not _follows(kind, run, actor):
        if actor.kind != "staff":
            raise Refused(reasons.NEEDS_OFFICIAL, kind.release_action)
        require(actor, kind.release_action, run)
    withdrawn = withdraw_changed(run, actor=actor, at=at, on=on)
    with transaction.atomic():
        if Run.objects.filter(pk=run.pk, released_at=None).update(released_at=at, released_by=actor.subject):
            said: dict[str, object] = {"run": run.pk, "by": actor.kind}
            audit.write(actor, "offers.release", f"run:{run.pk}", at, {"name": actor.name}, "offers", statement=said)
    released = 0
    answer_by = kind.answer_by(on)
    while portion := _release_portion(kind, run, actor, at, answer_by):
        released += portion
    run.refresh_from_db()
    return Released(released, withdrawn)


def _follows(kind: OfferKind, run: Run, actor: Actor) -> bool:
    """Whether the machine may release the run because an official has released an earlier one of its round."""
    if not kind.later_runs_follow or actor.kind != "system":
        return False
    earlier = Run.objects.filter(service=run.service, audience=run.audience, round=run.round, released_at__isnull=False)
    return earlier.filter(released_by__startswith="staff:").exists()


def _release_portion(kind: OfferKind, run: Run, actor: Actor, at: datetime, answer_by: date) -> int:
    with transaction.atomic():
        Run.objects.select_for_update().get(pk=run.pk)
        numbers = list(
            Offer.objects.filter(run=run, state=OfferState.MADE).order_by("id").values_list("id", flat=True)[:PORTION]
        )
        if not numbers:
            return 0
        Offer.objects.filter(pk__in=among(numbers)).update(state=OfferState.RELEASED, state_at=at, answer_by=answer_by)
        append_many(numbers, Verb.RELEASE, by=actor.subject, at=at)
        plan_messages(kind, told_of(numbers, "offer"), at=at)
    return len(numbers)


def note_sent(at: datetime) -> int:
    """Offers whose message has left are marked sent; a job does this after each delivery. How many were marked."""
    marked = 0
    numbers = list(Offer.objects.filter(state=OfferState.RELEASED).order_by("id").values_list("id", flat=True))
    for start in range(0, len(numbers), 1000):
        some = numbers[start : start + 1000]
        about = Message.objects.filter(about__in=[f"offer:{number}" for number in some], state=State.SENT)
        gone = [int(one.removeprefix("offer:")) for one in about.values_list("about", flat=True)]
        with transaction.atomic():
            left = list(
                Offer.objects.select_for_update()
                .filter(pk__in=among(gone), state=OfferState.RELEASED)
                .values_list("id", flat=True)
            )
            Offer.objects.filter(pk__in=among(left)).update(state=OfferState.SENT, state_at=at)
            append_many(left, Verb.SEND, by="system:messages", at=at)
        marked += len(left)
    return marked


def remind(on: date, *, at: datetime, actor: Actor) -> int:
    """Plan the reminders that are due: the days left are among the service's, and nobody has answered. How many."""
    planned = 0
    for kind in kinds_among(Offer.objects.filter(state__in=ANSWERABLE)):
        # The last reminder first: somebody who is due two at once gets one.
        for nth, days_left in reversed(list(enumerate(sorted(kind.reminders, reverse=True), 1))):
            planned += _remind(kind, nth, on, on + timedelta(days=days_left), at, actor)
    return planned


def _remind(kind: OfferKind, nth: int, on: date, last_day: date, at: datetime, actor: Actor) -> int:
    """The nth reminder: to those who have at most so many days left and have had fewer reminders."""
    due = Q(state__in=ANSWERABLE, answer_by__lte=last_day, answer_by__gte=on, reminders__lt=nth)
    if kind.reminded_after:
        due &= Q(run__released_at__lte=at - timedelta(days=kind.reminded_after))
    planned = 0
    while True:
        with transaction.atomic():
            waiting = of_kind(kind).select_for_update(of=("self",)).filter(due).order_by("id")
            rows = list(waiting.values_list("id", flat=True)[:PORTION])
            if not rows:
                return planned
            # Copies are not reminded of; guardians who answer for their child are.
            answering = kind.told_to == "guardians"
            told = (one for one in told_of(rows, "reminder") if answering or one.person == one.subject)
            planned += plan_messages(kind, told, at=at, occasion=f":{nth}")
            Offer.objects.filter(pk__in=among(rows)).update(reminders=nth)
            append_many(rows, Verb.REMIND, by=actor.subject, at=at, details={"nth": nth})
