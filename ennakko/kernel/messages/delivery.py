# SPDX-License-Identifier: EUPL-1.2
"""Delivers what is due. A message leaves at most once, whatever fails and wherever a worker dies.

1. A worker *claims* due rows (state `sending`, a lease, its own name), in one short transaction; rows that another
   worker is claiming are passed over.
2. For each row it renders the message and stores it with `handed_over_at`, and commits, *before* it calls the
   channel.
3. It hands the message over under the row's key as reference, and commits what came of it.

Where a worker died is read from the row when its lease has run out. Before step 2: nothing left, the row is planned
again. After step 2 nobody knows: a channel that takes a reference only once (Suomi.fi messages answer a repeated
externalId with the first message's id) is simply given it again; any other may not be, so the row becomes `uncertain`
and a clerk looks into it. A connection that breaks after the message was handed over is treated in the same way.
"""

import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q

from ennakko.kernel.messages.models import ClerkDesk, Message, State
from ennakko.kernel.messages.ports import Permanent, Temporary, Uncertain, channel
from ennakko.kernel.messages.routes import Receiver, Route, receivers, routes
from ennakko.kernel.messages.templates import TemplateError, template

LEASE = timedelta(minutes=10)
RETRY_AFTER = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 25, 120, 600, 1440, 2880))
"""Waits between tries on one channel: eight tries in about three and a half days."""
CLAIMED_AT_ONCE = 100
FAILURES_THAT_CLOSE_A_CHANNEL = 5
"""After so many failures on end a channel is left in peace until the next run."""

Progress = Callable[[int], object]


@dataclass(slots=True)
class Delivery:
    """What one run of `deliver_due` did, in messages."""

    sent: int = 0
    retried: int = 0
    letters: int = 0
    desk: int = 0
    uncertain: int = 0


@dataclass(slots=True)
class _Run:
    worker: str
    started: datetime
    business: datetime
    tick: float
    done: Delivery = field(default_factory=Delivery)
    failures: dict[str, int] = field(default_factory=dict)

    def wall(self) -> datetime:
        """Wall time, as far as this run has come."""
        return self.started + self._elapsed()

    def at(self) -> datetime:
        """Business time, as far as this run has come."""
        return self.business + self._elapsed()

    def _elapsed(self) -> timedelta:
        return timedelta(seconds=time.monotonic() - self.tick)

    def resting(self, name: str) -> bool:
        """Whether a channel failed too often in this run."""
        return self.failures.get(name, 0) >= FAILURES_THAT_CLOSE_A_CHANNEL


def deliver_due(
    at_wall: datetime, *, at: datetime | None = None, most: int = 100_000, progress: Progress | None = None
) -> Delivery:
    """Deliver the messages that are due at a wall time; `at` is the business time they are recorded as sent at.

    Safe to run in any number of processes at once. Raises RuntimeError inside a transaction: each step is committed.
    """
    run = _Run(str(uuid.uuid4()), at_wall, at or at_wall, time.monotonic())
    _settle_abandoned(run)
    _guard_waiting(run)
    taken = 0
    while taken < most:
        claimed = _claim(run, min(CLAIMED_AT_ONCE, most - taken))
        if not claimed:
            break
        taken += len(claimed)
        known = receivers(claimed)
        for message in claimed:
            _deliver(message, known[message.pk], run)
        if progress is not None:
            progress(taken)
    return run.done


def _claim(run: _Run, most: int) -> list[Message]:
    with transaction.atomic(durable=True):
        due = (
            Message.objects.select_for_update(skip_locked=True)
            .filter(state=State.PLANNED, next_try_at__lte=run.wall())
            .order_by("next_try_at", "pk")[:most]
        )
        rows = list(due)
        lease = run.wall() + LEASE
        Message.objects.filter(pk__in=[row.pk for row in rows]).update(
            state=State.SENDING, lease_by=run.worker, lease_until=lease
        )
    for row in rows:
        row.state, row.lease_by, row.lease_until = State.SENDING, run.worker, lease
    return rows


def _held_by(message: Message) -> str:
    """The channel that may have the message already, from a try whose end is not known; empty where none may."""
    return message.sent_channel if message.handed_over_at is not None else ""


def _deliver(message: Message, receiver: Receiver, run: _Run) -> None:
    if message.lease_until is None or run.wall() > message.lease_until - LEASE / 2:
        # Slow channels used the lease up: another worker may soon take the row, so it is left to them.
        _give_back(message, run, run.wall())
        return
    ways = routes(message, receiver)
    held = _held_by(message)
    if held:
        ways = tuple(way for way in ways if way.channel.id == held)
        if not ways:
            _nobody_knows(message, receiver.protected, run, message.error)
            return
    if not ways:
        _unreachable(message, receiver, run)
    elif run.resting(ways[0].channel.id):
        _give_back(message, run, run.wall() + RETRY_AFTER[0])
    else:
        _hand_over(message, receiver, ways[0], run)


def _hand_over(message: Message, receiver: Receiver, way: Route, run: _Run) -> None:
    name, held = way.channel.id, _held_by(message)
    message.attempts += 1
    try:
        known = template(message.template)
        words = known.render(message.data, language=message.language, channel=name)
    except TemplateError as error:
        _try_later(message, receiver, way, run, Temporary(str(error)), held)
        return
    mine = Message.objects.filter(pk=message.pk, state=State.SENDING, lease_by=run.worker).update(
        handed_over_at=run.wall(), sent_channel=name, template_version=known.version,
        subject=words.subject, body=words.body, attempts=message.attempts,
    )  # fmt: skip
    if not mine:
        return  # the lease ran out and another worker has the row
    try:
        receipt = way.channel.send(way.address, subject=words.subject, body=words.body, reference=message.key)
    except Temporary as error:
        run.failures[name] = run.failures.get(name, 0) + 1
        _try_later(message, receiver, way, run, error, held)
    except Permanent as error:
        _next_channel(message, receiver, way, run, str(error), held)
    except Uncertain as error:
        run.failures[name] = run.failures.get(name, 0) + 1
        _settle_unknown(message, name, receiver.protected, run, str(error))
    else:
        run.failures.pop(name, None)
        if _finish(message, run, state=State.SENT, sent_at=run.at(), receipt=receipt.number[:200], error=""):
            run.done.sent += 1


def _finish(message: Message, run: _Run, **changes: object) -> bool:
    """Write down what came of a claimed row, unless it is no longer this worker's."""
    rows = Message.objects.filter(pk=message.pk, state=State.SENDING, lease_by=run.worker)
    return bool(rows.update(lease_by="", lease_until=None, **changes))


def _give_back(message: Message, run: _Run, again: datetime) -> None:
    _finish(message, run, state=State.PLANNED, next_try_at=again)


def _try_later(message: Message, receiver: Receiver, way: Route, run: _Run, error: Temporary, held: str) -> None:
    if message.attempts > len(RETRY_AFTER):
        _next_channel(message, receiver, way, run, f"{message.attempts} tries: {error}", held)
        return
    wait = RETRY_AFTER[message.attempts - 1]
    if error.retry_after is not None:
        wait = max(wait, timedelta(seconds=min(error.retry_after, 86_400)))
    changes: dict[str, object] = {} if held else {"handed_over_at": None, "sent_channel": ""}
    again = run.wall() + wait
    changes |= {"attempts": message.attempts, "error": str(error)[:500]}
    _finish(message, run, state=State.PLANNED, next_try_at=again, **changes)
    run.done.retried += 1


def _next_channel(message: Message, receiver: Receiver, way: Route, run: _Run, error: str, held: str) -> None:
    if held:  # another channel could carry what this one has carried already
        _nobody_knows(message, receiver.protected, run, error)
        return
    closed = [name for name in message.closed_channels.split(",") if name] + [way.channel.id]
    message.closed_channels, message.attempts = ",".join(closed), 0
    message.handed_over_at, message.sent_channel = None, ""
    Message.objects.filter(pk=message.pk, state=State.SENDING, lease_by=run.worker).update(
        closed_channels=message.closed_channels, attempts=0, handed_over_at=None, sent_channel="", error=error[:500]
    )
    _deliver(message, receiver, run)


def _unreachable(message: Message, receiver: Receiver, run: _Run) -> None:
    """No channel is left: a letter, or the named clerk's desk where nobody else may see the message.

    Somebody without a row with us cannot be shown to be unprotected, so their message goes to the desk too.
    """
    if not (receiver.protected or receiver.unknown):
        _finish(message, run, state=State.LETTER, handed_over_at=None, sent_channel="")
        run.done.letters += 1
        return
    reason = "unknown-person" if receiver.unknown else ("refused" if message.closed_channels else "no-secure-channel")
    _to_desk(message, run, reason)


def _to_desk(message: Message, run: _Run, reason: str) -> None:
    with transaction.atomic():
        if _finish(message, run, state=State.DESK):
            ClerkDesk.objects.get_or_create(message=message, defaults={"reason": reason, "put_at": run.at()})
            run.done.desk += 1


def _settle_unknown(message: Message, name: str, protected: bool, run: _Run, error: str) -> None:
    """The message was handed over and its end is not known: ask by handing it over again, where that is safe."""
    carrier = channel(name)
    if carrier is None or not carrier.knows_references or message.attempts > len(RETRY_AFTER):
        _nobody_knows(message, protected, run, error)
        return
    again = run.wall() + RETRY_AFTER[max(message.attempts - 1, 0)]
    _finish(message, run, state=State.PLANNED, next_try_at=again, error=error[:500])
    run.done.retried += 1


def _nobody_knows(message: Message, protected: bool, run: _Run, error: str) -> None:
    """Neither sent again nor taken for sent: a clerk looks into it."""
    if protected:
        _to_desk(message, run, "uncertain")
    elif _finish(message, run, state=State.UNCERTAIN, error=error[:500]):
        run.done.uncertain += 1


def _settle_abandoned(run: _Run) -> None:
    """Take over rows whose worker died, and settle each by how far it had come."""
    with transaction.atomic(durable=True):
        expired = Message.objects.select_for_update(skip_locked=True).filter(
            Q(lease_until__lt=run.wall()), state=State.SENDING
        )
        rows = list(expired)
        mine = Message.objects.filter(pk__in=[row.pk for row in rows])
        mine.update(lease_by=run.worker, lease_until=run.wall() + LEASE)
    guarded = receivers(rows)
    for row in rows:
        if row.handed_over_at is None:
            _give_back(row, run, run.wall())
        else:
            _settle_unknown(row, row.sent_channel, guarded[row.pk].protected, run, "the worker stopped while sending")


def _guard_waiting(run: _Run) -> None:
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
