# SPDX-License-Identifier: EUPL-1.2
"""Opening, answering, correcting and taking back: what a resident does with an offer, one transaction each."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from ennakko.kernel import audit
from ennakko.kernel.access import Actor, require
from ennakko.kernel.closed import Closed
from ennakko.kernel.offers import reasons
from ennakko.kernel.offers.events import OfferClosed, locked, move
from ennakko.kernel.offers.kinds import Answered, Choice, OfferKind, kind_of_offer
from ennakko.kernel.offers.models import Offer, Recipient
from ennakko.kernel.offers.states import ANSWERABLE, OfferState, Verb

RETENTION = "offers"


def open_offer(offer: Offer, *, recipient: Recipient | None, actor: Actor, at: datetime) -> Offer:
    """Remember that a recipient has seen the offer; opening twice, or an answered offer, changes nothing."""
    with transaction.atomic():
        row = locked(offer)
        if recipient is not None:
            Recipient.objects.filter(pk=recipient.pk, opened_at=None).update(opened_at=at)
        if row.state in (OfferState.RELEASED, OfferState.SENT):
            move(row, Verb.OPEN, by=actor, at=at)
    return row


def answer(
    offer: Offer, answer: str, *, actor: Actor, at: datetime, on: date, details: Mapping[str, Any] | None = None
) -> Offer:
    """Take an answer: the offer's state, its history, the audit log and what the service makes of it, all or nothing.

    `details` is what the service's form asks beside the answer (JSON values); it is kept in the history. The same
    answer given twice is taken once. Raises Refused (who may), OfferClosed (too late, taken back, answered otherwise
    already) and UnknownAnswer.
    """
    kind = kind_of_offer(offer)
    choice = _choice(kind, answer)
    require(actor, kind.answer_action, offer)
    _by_link(actor, choice, offer)
    with transaction.atomic():
        row = locked(offer)
        if row.answer == choice.id and row.state not in ANSWERABLE:
            return row
        _still_open(row, on)
        _take(row, Answered(row, choice, actor, at, on, dict(details or {})))
        audit.write(actor, "offers.answer", f"offer:{row.pk}", at, {"answer": choice.id, **_whose(row)}, RETENTION)
    return row


def _take(row: Offer, answered: Answered) -> None:
    """The answer's effects, in the caller's transaction on a locked offer."""
    choice, at = answered.choice, answered.at
    if choice.verb is not Verb.ASK_TO_CALL:
        row.answer, row.answered_at = choice.id, at
    told = {"told": dict(answered.details)} if answered.details else {}
    move(row, choice.verb, by=answered.actor, at=at, details={"answer": choice.id, **told})
    kind_of_offer(row).on_answer(answered)


def undo_decline(offer: Offer, *, actor: Actor, at: datetime, on: date) -> Offer:
    """Take a no back while there is still time; raises Refused and OfferClosed."""
    kind = kind_of_offer(offer)
    require(actor, kind.answer_action, offer)
    with transaction.atomic():
        row = locked(offer)
        if row.state != OfferState.DECLINED:
            raise OfferClosed(reasons.NOT_DECLINED, row)
        if on > row.answer_by:
            raise OfferClosed(reasons.too_late(row.answer_by), row)
        if _same_subject(row).filter(service=row.service, state__in=ANSWERABLE).exists():
            raise OfferClosed(reasons.ANOTHER_OPEN, row)
        choice = _choice(kind, row.answer)
        row.answer, row.answered_at = "", None
        move(row, Verb.UNDO_DECLINE, by=actor, at=at)
        kind.on_answer(Answered(row, choice, actor, at, on, undone=True))
        audit.write(actor, "offers.undo_decline", f"offer:{row.pk}", at, _whose(row), RETENTION)
    return row


def correct(offer: Offer, corrections: Mapping[str, Any], *, actor: Actor, at: datetime, on: date) -> Offer:
    """Store what the resident says of an assumed fact; only of those that the service lets be corrected on the spot."""
    kind = kind_of_offer(offer)
    require(actor, kind.answer_action, offer)
    for name in corrections:
        if name not in kind.assumed:
            raise OfferClosed(reasons.NOT_CORRECTABLE, offer)
    with transaction.atomic():
        row = locked(offer)
        _still_open(row, on)
        row.corrections = {**row.corrections, **corrections}
        move(row, Verb.CORRECT, by=actor, at=at, details={"facts": sorted(corrections)})
        audit.write(actor, "offers.correct", f"offer:{row.pk}", at, {"corrections": dict(corrections)}, RETENTION)
    return row


def _whose(row: Offer) -> dict[str, object]:
    return {"organisation": row.organisation} if row.organisation else {"person": row.subject_id}


def _same_subject(row: Offer) -> "QuerySet[Offer]":
    """Every offer to whom an offer is to: the person, or the organisation."""
    if row.organisation:
        return Offer.objects.filter(organisation=row.organisation)
    return Offer.objects.filter(subject=row.subject_id)


class UnknownAnswer(Closed):
    """The offer has no such answer; `reason` says which there are."""

    def __init__(self, kind: OfferKind, answer: str) -> None:
        super().__init__(
            reasons.unknown_answer([choice.label for choice in kind.answers]),
            f"{kind.service}: no answer {answer!r}; known: {', '.join(c.id for c in kind.answers)}",
        )


def _choice(kind: OfferKind, answer: str) -> Choice:
    choice = kind.choice(answer)
    if choice is None:
        raise UnknownAnswer(kind, answer)
    return choice


def _by_link(actor: Actor, choice: Choice, offer: Offer) -> None:
    """Without strong sign-in only what harms nobody; staff and the machine are known otherwise.

    An organisation's offer is answered with its mandate, whatever the access table lets residents do.
    """
    if offer.organisation and actor.kind in ("resident", "anonymous"):
        raise reasons.needs_mandate(choice.id)
    if actor.kind in ("resident", "anonymous") and not actor.strong and not choice.by_link:
        raise reasons.needs_strong(choice.id)


def _still_open(row: Offer, on: date) -> None:
    if row.run.complete_at is None or row.state == OfferState.MADE:
        raise OfferClosed(reasons.NOT_YET, row)
    if row.state not in ANSWERABLE:
        raise OfferClosed(reasons.ANSWERED if row.answer else reasons.ENDED, row)
    if on > row.answer_by:
        raise OfferClosed(reasons.too_late(row.answer_by), row)
