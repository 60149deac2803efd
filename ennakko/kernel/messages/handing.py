# SPDX-License-Identifier: EUPL-1.2
"""Messages are handed to their channels: one by one, or in portions where the channel knows what it has taken."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction

from ennakko.kernel.bulk import among, update_rows
from ennakko.kernel.messages import sent
from ennakko.kernel.messages.models import Message, State
from ennakko.kernel.messages.outcomes import (
    RETRY_AFTER,
    DeliveryRun,
    give_back,
    held_by,
    next_channel,
    nobody_knows,
    settle_unknown,
    try_later,
    unreachable,
)
from ennakko.kernel.messages.ports import (
    Handed,
    NotTaken,
    Permanent,
    Receipt,
    TakesMany,
    Temporary,
    Uncertain,
)
from ennakko.kernel.messages.routes import Receiver, Route, routes
from ennakko.kernel.messages.templates import Rendered, TemplateError, template

LEASE = timedelta(minutes=10)


def way_of(message: Message, receiver: Receiver, run: DeliveryRun) -> Route | None:
    """The channel that shall carry a claimed message now; None where there is none, and that is settled already."""
    ways = routes(message, receiver)
    held = held_by(message)
    if held:
        ways = tuple(way for way in ways if way.channel.id == held)
        if not ways:
            nobody_knows(message, receiver.protected, run, message.error)
            return None
    if not ways:
        unreachable(message, receiver, run)
        return None
    return ways[0]


@dataclass(frozen=True, slots=True)
class Ready:
    """A message in words, for a channel; `held` is the channel that may have it from an earlier try."""

    message: Message
    receiver: Receiver
    way: Route
    words: Rendered
    version: str
    held: str


def in_words(message: Message, receiver: Receiver, way: Route, run: DeliveryRun) -> Ready | None:
    """Render a message that is about to be tried; None where its template does not fit, which is tried later."""
    message.attempts += 1
    held = held_by(message)
    try:
        known = template(message.template)
        words = known.render(message.data, language=message.language, channel=way.channel.id)
    except TemplateError as error:
        try_later(message, receiver, way, run, Temporary(str(error)), held)
        return None
    return Ready(message, receiver, way, words, known.version, held)


def hand_over(ready: Sequence[Ready], run: DeliveryRun) -> None:
    """Store the messages as handed over, and commit; then give each to its channel, and write down what came of it.

    More than one only of one channel that takes a reference once: had this worker died in between, they would be given
    to it again without anybody getting two.
    """
    if not ready:
        return
    mine = _store(ready, run)
    waiting = [one for one in ready if one.message.pk in mine]
    taken: list[tuple[Ready, Receipt]] = []
    for one, answer in _answers(waiting, run):
        name = one.way.channel.id
        if isinstance(answer, Receipt):
            run.failures.pop(name, None)
            taken.append((one, answer))
        elif isinstance(answer, Temporary):
            run.failures[name] = run.failures.get(name, 0) + 1
            try_later(one.message, one.receiver, one.way, run, answer, one.held)
        elif isinstance(answer, Permanent):
            next_channel(one.message, one.receiver, one.way, run, str(answer), one.held)
        else:
            run.failures[name] = run.failures.get(name, 0) + 1
            settle_unknown(one.message, name, one.receiver.protected, run, str(answer))
    _sent(taken, run)


def _store(ready: Sequence[Ready], run: DeliveryRun) -> set[int]:
    """Mark the messages as handed over; which are this worker's still: another has those whose lease ran out."""
    at = run.wall()
    with transaction.atomic(durable=True):
        rows = Message.objects.select_for_update().filter(state=State.SENDING, lease_by=run.worker)
        mine = set(rows.filter(pk__in=among(one.message.pk for one in ready)).values_list("pk", flat=True))
        update_rows(
            Message, ("handed_over_at", "sent_channel", "template_version", "subject", "body", "attempts"),
            {
                one.message.pk: (
                    at, one.way.channel.id, one.version, one.words.subject, one.words.body, one.message.attempts
                )
                for one in ready if one.message.pk in mine
            },
        )  # fmt: skip
    return mine


def _answers(waiting: Sequence[Ready], run: DeliveryRun) -> Iterable[tuple[Ready, Receipt | NotTaken]]:
    if not waiting:
        return
    carrier = waiting[0].way.channel
    if len(waiting) > 1 and isinstance(carrier, TakesMany):
        yield from zip(waiting, carrier.send_many([_handed(one) for one in waiting]), strict=True)
        return
    for one in waiting:
        if _too_late(one.message, run) or run.resting(carrier.id):
            _not_given(one, run)
            continue
        said = _handed(one)
        try:
            yield one, carrier.send(said.address, subject=said.subject, body=said.body, reference=said.reference)
        except (Temporary, Permanent, Uncertain) as error:
            yield one, error


def _handed(one: Ready) -> Handed:
    return Handed(one.way.address, one.words.subject, one.words.body, one.message.key)


def _too_late(message: Message, run: DeliveryRun) -> bool:
    """Slow channels used the lease up: another worker may soon take the row, so it is left to them."""
    return message.lease_until is None or run.wall() > message.lease_until - LEASE / 2


def _not_given(one: Ready, run: DeliveryRun) -> None:
    """Stored as handed over, and surely not given to the channel after all: as it was before."""
    if not one.held:
        Message.objects.filter(pk=one.message.pk, state=State.SENDING, lease_by=run.worker).update(
            handed_over_at=None, sent_channel="", attempts=one.message.attempts - 1
        )
    give_back(one.message, run, run.wall() + RETRY_AFTER[0])


def _sent(taken: Sequence[tuple[Ready, Receipt]], run: DeliveryRun) -> None:
    """Write down, in one commit, what the channel took; a row that is no longer this worker's is left alone."""
    if not taken:
        return
    with transaction.atomic(durable=True):
        rows = Message.objects.select_for_update().filter(state=State.SENDING, lease_by=run.worker)
        mine = set(rows.filter(pk__in=among(one.message.pk for one, _ in taken)).values_list("pk", flat=True))
        receipts = {one.message.pk: (receipt.number[:200],) for one, receipt in taken if one.message.pk in mine}
        update_rows(Message, ("receipt",), receipts)
        at = run.at()
        Message.objects.filter(pk__in=among(mine)).update(
            state=State.SENT, sent_at=at, error="", lease_by="", lease_until=None
        )
        gone = [(one.message, one.way.channel.id) for one, _ in taken if one.message.pk in mine]
        sent.tell(sent.SentMessage(row.key, row.about, channel, at) for row, channel in gone)
    run.done.sent += len(mine)
