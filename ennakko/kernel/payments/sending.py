# SPDX-License-Identifier: EUPL-1.2
"""Files are handed over: the same bytes under the same reference, however often it takes."""

import logging
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q

from ennakko.kernel import audit
from ennakko.kernel.access import Actor
from ennakko.kernel.access.tables import require
from ennakko.kernel.payments import ports, reasons
from ennakko.kernel.payments.access import SEND
from ennakko.kernel.payments.batching import content_of
from ennakko.kernel.payments.models import Batch, BatchFile, Line
from ennakko.kernel.payments.planning import RETENTION, NotPayable
from ennakko.kernel.payments.states import BatchState, LineState

log = logging.getLogger(__name__)
RETRY_AFTER = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 240))
"""Waits between tries; the last one is repeated until the other side answers."""


def send(batch: Batch, *, actor: Actor, at: datetime, wall: datetime) -> Batch:
    """Hand a released batch over, or hand one that was sent over again; what came of it stands in the batch.

    That it may have left is stored before it leaves. An answer that it was not taken now is tried again by the job;
    one that it never will be waits for a person. Raises NotPayable where it is not released or nothing is wired.
    """
    require(actor, SEND)
    transfer = ports.transfer()
    if transfer is None:
        raise NotPayable(reasons.NO_TRANSFER)
    content = content_of(batch)
    current = leaving(batch, wall=wall)
    name = BatchFile.objects.values_list("name", flat=True).get(batch=current)
    try:
        transfer.send(name, content, current.reference, lines=current.lines_count, amount_cents=current.amount_cents)
    except ports.Unavailable as error:
        return _later(current, error, wall=wall)
    except ports.Rejected as error:
        return _rejected(current, error)
    return sent(current, actor=actor, at=at)


def leaving(batch: Batch, *, wall: datetime) -> Batch:
    """Store that the file may be with the other side from now on, and commit it."""
    with transaction.atomic(durable=True):
        current = Batch.objects.select_for_update().get(pk=batch.pk)
        if current.state not in (BatchState.RELEASED, BatchState.SENT, BatchState.SETTLED):
            raise NotPayable(reasons.NOT_RELEASED)
        current.handed_over_at = current.handed_over_at or wall
        current.attempts += 1
        current.rejected = False
        current.save(update_fields=["handed_over_at", "attempts", "rejected"])
    return current


def sent(batch: Batch, *, actor: Actor, at: datetime) -> Batch:
    """Write down that the other side has the file; lines whose confirmation was quicker stay as they are."""
    with transaction.atomic():
        current = Batch.objects.select_for_update().get(pk=batch.pk)
        first = current.sent_at is None
        if first:
            current.sent_at, current.sent_by = at, actor.subject
        if current.state == BatchState.RELEASED:
            current.state = BatchState.SENT
            Line.objects.filter(batch=current, state=LineState.BATCHED).update(state=LineState.SENT, state_at=at)
        current.error, current.next_try_at = "", None
        current.save()
        settle_if_done(current, at=at)
        statement = {"batch": current.reference, "again": not first, "attempts": current.attempts}
        audit.write(actor, "payments.send", f"batch:{current.reference}", at, {}, RETENTION, statement=statement)
    return current


def evidently_sent(batch: Batch, *, at: datetime) -> None:
    """Lines of a batch have been confirmed before anybody wrote down that it was taken: now it is sure."""
    if batch.state == BatchState.RELEASED and _any_confirmed(batch):
        Line.objects.filter(batch=batch, state=LineState.BATCHED).update(state=LineState.SENT, state_at=at)
        batch.state, batch.sent_at, batch.sent_by = BatchState.SENT, at, "confirmation"
        batch.error, batch.next_try_at, batch.rejected = "", None, False
        batch.save()


def settle_if_done(batch: Batch, *, at: datetime) -> None:
    """A sent batch of which every line is paid or returned is settled; in the caller's transaction."""
    if batch.state == BatchState.SENT and not Line.objects.filter(batch=batch, state=LineState.SENT).exists():
        batch.state, batch.settled_at = BatchState.SETTLED, at
        batch.save(update_fields=["state", "settled_at"])


def _later(batch: Batch, error: ports.Unavailable, *, wall: datetime) -> Batch:
    wait = RETRY_AFTER[min(batch.attempts, len(RETRY_AFTER)) - 1]
    if error.retry_after is not None:
        wait = max(timedelta(seconds=1), min(timedelta(seconds=error.retry_after), RETRY_AFTER[-1]))
    log.warning("The batch %s was not taken now: %s", batch.reference, error.what)
    return _told(batch, error.what, next_try_at=wall + wait)


def _rejected(batch: Batch, error: ports.Rejected) -> Batch:
    log.error("The batch %s was rejected: %s", batch.reference, error.what)
    return _told(batch, error.what, rejected=True)


def _told(batch: Batch, error: str, *, next_try_at: datetime | None = None, rejected: bool = False) -> Batch:
    with transaction.atomic():
        current = Batch.objects.select_for_update().get(pk=batch.pk)
        current.error, current.next_try_at = error[:500], next_try_at
        # What was taken once is not untaken: a batch that was sent stays with the other side.
        current.rejected = rejected and current.state == BatchState.RELEASED and not _any_confirmed(current)
        current.save(update_fields=["error", "next_try_at", "rejected"])
    return current


def _any_confirmed(batch: Batch) -> bool:
    return Line.objects.filter(batch=batch, state__in=[LineState.PAID, LineState.RETURNED]).exists()


def send_due(*, actor: Actor, at: datetime, wall: datetime) -> tuple[Batch, ...]:
    """Send what is released and has not been taken yet, the earliest first; nothing where no transfer is wired."""
    if ports.transfer() is None:
        return ()
    waiting = Batch.objects.filter(
        Q(next_try_at__isnull=True) | Q(next_try_at__lte=wall), state=BatchState.RELEASED, rejected=False
    )
    return tuple(_send_one(batch, actor=actor, at=at, wall=wall) for batch in waiting.order_by("pk"))


def _send_one(batch: Batch, *, actor: Actor, at: datetime, wall: datetime) -> Batch:
    try:
        return send(batch, actor=actor, at=at, wall=wall)
    except NotPayable as error:  # its file cannot be sent, which must not hold up the others; the page shows it
        log.error("The batch %s cannot be sent: %s", batch.reference, error.reason.en)
        return _told(batch, error.reason.en, next_try_at=wall + RETRY_AFTER[-1])
