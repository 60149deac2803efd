# SPDX-License-Identifier: EUPL-1.2
"""What comes of a claimed message: sent, tried again, by another channel, a letter, or a clerk's to settle."""

import time
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db import transaction

from ennakko.kernel.messages.models import ClerkDesk, Message, State
from ennakko.kernel.messages.ports import Temporary, channel
from ennakko.kernel.messages.routes import Receiver, Route

RETRY_AFTER = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 25, 120, 600, 1440, 2880))
"""Waits between tries on one channel: eight tries in about three and a half days."""
FAILURES_THAT_CLOSE_A_CHANNEL = 5
"""After so many failures on end a channel is left in peace until the next run."""


@dataclass(slots=True)
class Delivery:
    """What one run of `deliver_due` did, in messages."""

    sent: int = 0
    retried: int = 0
    letters: int = 0
    desk: int = 0
    uncertain: int = 0


@dataclass(slots=True)
class DeliveryRun:
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


def held_by(message: Message) -> str:
    """The channel that may have the message already, from a try whose end is not known; empty where none may."""
    return message.sent_channel if message.handed_over_at is not None else ""


def finish(message: Message, run: DeliveryRun, **changes: object) -> bool:
    """Write down what came of a claimed row, unless it is no longer this worker's."""
    rows = Message.objects.filter(pk=message.pk, state=State.SENDING, lease_by=run.worker)
    return bool(rows.update(lease_by="", lease_until=None, **changes))


def give_back(message: Message, run: DeliveryRun, again: datetime) -> None:
    """Let the row be claimed again, from a moment on."""
    finish(message, run, state=State.PLANNED, next_try_at=again)


def try_later(message: Message, receiver: Receiver, way: Route, run: DeliveryRun, error: Temporary, held: str) -> None:
    """The channel did not take it now: it is given again after a wait, eight times at most."""
    if message.attempts > len(RETRY_AFTER):
        next_channel(message, receiver, way, run, f"{message.attempts} tries: {error}", held)
        return
    wait = RETRY_AFTER[message.attempts - 1]
    if error.retry_after is not None:
        wait = max(wait, timedelta(seconds=min(error.retry_after, 86_400)))
    changes: dict[str, object] = {} if held else {"handed_over_at": None, "sent_channel": ""}
    again = run.wall() + wait
    changes |= {"attempts": message.attempts, "error": str(error)[:500]}
    finish(message, run, state=State.PLANNED, next_try_at=again, **changes)
    run.done.retried += 1


def next_channel(message: Message, receiver: Receiver, way: Route, run: DeliveryRun, error: str, held: str) -> None:
    """The channel will never take it: another one is tried in this same run, if there is one."""
    if held:  # another channel could carry what this one has carried already
        nobody_knows(message, receiver.protected, run, error)
        return
    closed = [name for name in message.closed_channels.split(",") if name] + [way.channel.id]
    finish(
        message, run, state=State.PLANNED, next_try_at=run.wall(), closed_channels=",".join(closed), attempts=0,
        handed_over_at=None, sent_channel="", error=error[:500],
    )  # fmt: skip


def unreachable(message: Message, receiver: Receiver, run: DeliveryRun) -> None:
    """No channel is left: a letter, or the named clerk's desk where nobody else may see the message.

    Somebody without a row with us cannot be shown to be unprotected, so their message goes to the desk too.
    """
    if not (receiver.protected or receiver.unknown):
        finish(message, run, state=State.LETTER, handed_over_at=None, sent_channel="")
        run.done.letters += 1
        return
    reason = "unknown-person" if receiver.unknown else ("refused" if message.closed_channels else "no-secure-channel")
    to_desk(message, run, reason)


def to_desk(message: Message, run: DeliveryRun, reason: str) -> None:
    """Put the message on the named clerk's desk."""
    with transaction.atomic():
        if finish(message, run, state=State.DESK):
            ClerkDesk.objects.get_or_create(message=message, defaults={"reason": reason, "put_at": run.at()})
            run.done.desk += 1


def settle_unknown(message: Message, name: str, protected: bool, run: DeliveryRun, error: str) -> None:
    """The message was handed over and its end is not known: ask by handing it over again, where that is safe."""
    carrier = channel(name)
    if carrier is None or not carrier.knows_references or message.attempts > len(RETRY_AFTER):
        nobody_knows(message, protected, run, error)
        return
    again = run.wall() + RETRY_AFTER[max(message.attempts - 1, 0)]
    finish(message, run, state=State.PLANNED, next_try_at=again, error=error[:500])
    run.done.retried += 1


def nobody_knows(message: Message, protected: bool, run: DeliveryRun, error: str) -> None:
    """Neither sent again nor taken for sent: a clerk looks into it."""
    if protected:
        to_desk(message, run, "uncertain")
    elif finish(message, run, state=State.UNCERTAIN, error=error[:500]):
        run.done.uncertain += 1
