# SPDX-License-Identifier: EUPL-1.2
"""Delivers what is due. A message leaves at most once, whatever fails and wherever a worker dies.

1. A worker *claims* due rows (state `sending`, a lease, its own name), in one short transaction; rows that another
   worker is claiming are passed over.
2. For each row it renders the message and stores it with `handed_over_at`, and commits, *before* it calls the
   channel.
3. It hands the message over under the row's key as reference, and commits what came of it.

By a channel that takes a reference only once, a portion of the rows goes through steps 2 and 3 together, for it is
safe to give it all of them again.

Where a worker died is read from the row when its lease has run out. Before step 2: nothing left, the row is planned
again. After step 2 nobody knows: a channel that takes a reference only once (Suomi.fi messages answer a repeated
externalId with the first message's id) is simply given it again; any other may not be, so the row becomes `uncertain`
and a clerk looks into it. A connection that breaks after the message was handed over is treated in the same way.
"""

import time
import uuid
from collections.abc import Callable
from datetime import datetime

from django.db import transaction
from django.db.models import Q

from ennakko.kernel.bulk import among
from ennakko.kernel.messages.handing import LEASE, hand_over, in_words, way_of
from ennakko.kernel.messages.models import ClerkDesk, Message, State
from ennakko.kernel.messages.outcomes import RETRY_AFTER, Delivery, DeliveryRun, give_back, nobody_knows
from ennakko.kernel.messages.ports import channel
from ennakko.kernel.messages.routes import Receiver, Route, receivers

CLAIMED_AT_ONCE = 100

Progress = Callable[[int], object]


def deliver_due(
    at_wall: datetime, *, at: datetime | None = None, most: int = 100_000, progress: Progress | None = None
) -> Delivery:
    """Deliver the messages that are due at a wall time; `at` is the business time they are recorded as sent at.

    Safe to run in any number of processes at once. Raises RuntimeError inside a transaction: each step is committed.
    """
    run = DeliveryRun(str(uuid.uuid4()), at_wall, at or at_wall, time.monotonic())
    _settle_abandoned(run)
    _guard_waiting(run)
    taken = 0
    while taken < most:
        claimed = _claim(run, min(CLAIMED_AT_ONCE, most - taken))
        if not claimed:
            break
        taken += len(claimed)
        _deliver(claimed, receivers(claimed), run)
        if progress is not None:
            progress(taken)
    return run.done


def _claim(run: DeliveryRun, most: int) -> list[Message]:
    with transaction.atomic(durable=True):
        due = (
            Message.objects.select_for_update(skip_locked=True)
            .filter(state=State.PLANNED, next_try_at__lte=run.wall())
            .order_by("next_try_at", "pk")[:most]
        )
        rows = list(due)
        lease = run.wall() + LEASE
        Message.objects.filter(pk__in=among(row.pk for row in rows)).update(
            state=State.SENDING, lease_by=run.worker, lease_until=lease
        )
    for row in rows:
        row.state, row.lease_by, row.lease_until = State.SENDING, run.worker, lease
    return rows


def _deliver(claimed: list[Message], known: dict[int, Receiver], run: DeliveryRun) -> None:
    """Hand the claimed messages over: one by one, or together by each channel that takes a reference only once."""
    together: dict[str, list[tuple[Message, Route]]] = {}
    for message in claimed:
        if message.lease_until is None or run.wall() > message.lease_until - LEASE / 2:
            # Slow channels used the lease up: another worker may soon take the row, so it is left to them.
            give_back(message, run, run.wall())
            continue
        receiver = known[message.pk]
        way = way_of(message, receiver, run)
        if way is None:
            continue
        if run.resting(way.channel.id):
            give_back(message, run, run.wall() + RETRY_AFTER[0])
        elif way.channel.knows_references:
            together.setdefault(way.channel.id, []).append((message, way))
        else:
            ready = in_words(message, receiver, way, run)
            if ready is not None:
                hand_over([ready], run)
    for rows in together.values():
        whole = [in_words(message, known[message.pk], way, run) for message, way in rows]
        hand_over([ready for ready in whole if ready is not None], run)


def _settle_abandoned(run: DeliveryRun) -> None:
    """Take over rows whose worker died, and settle each by how far it had come."""
    with transaction.atomic(durable=True):
        expired = Message.objects.select_for_update(skip_locked=True).filter(
            Q(lease_until__lt=run.wall()), state=State.SENDING
        )
        rows = list(expired)
        mine = Message.objects.filter(pk__in=among(row.pk for row in rows))
        mine.update(lease_by=run.worker, lease_until=run.wall() + LEASE)
    guarded = receivers(rows)
    for row in rows:
        carrier = channel(row.sent_channel) if row.handed_over_at is not None else None
        known = carrier is not None and carrier.knows_references and row.attempts <= len(RETRY_AFTER)
        if row.handed_over_at is None or known:
            give_back(row, run, run.wall())
        else:
            nobody_knows(row, guarded[row.pk].protected, run, "the worker stopped while sending")


def _guard_waiting(run: DeliveryRun) -> None:
    """Take to the named clerk what waits for any clerk, once its receiver has got a non-disclosure order."""
    waiting = Message.objects.filter(state__in=[State.LETTER, State.UNCERTAIN], person__isnull=False)
    rows = list(waiting.filter(desk__isnull=True))
    known = receivers(rows)
    for row in rows:
        if known[row.pk].protected:
            with transaction.atomic():
                if Message.objects.filter(pk=row.pk, state=row.state).update(state=State.DESK):
                    reason = "uncertain" if row.state == State.UNCERTAIN else "no-secure-channel"
                    ClerkDesk.objects.create(message=row, reason=reason, put_at=run.at())
                    run.done.desk += 1
