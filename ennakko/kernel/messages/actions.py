# SPDX-License-Identifier: EUPL-1.2
"""Messages are planned in the transaction of the change they tell of, cancelled, and settled by a clerk."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime

from django.db import transaction

from ennakko.kernel import audit
from ennakko.kernel.access.actors import Actor
from ennakko.kernel.access.grants import role
from ennakko.kernel.access.roles import ADMINISTRATOR, PROTECTED_CLERK
from ennakko.kernel.access.tables import Action, register_actions, require
from ennakko.kernel.bulk import among, insert_rows
from ennakko.kernel.messages import sent
from ennakko.kernel.messages.models import ClerkDesk, DeliveredCopy, Message, State
from ennakko.kernel.messages.templates import checked_data
from ennakko.kernel.people.models import Person
from ennakko.values.texts import text

DESK = "messages.protected-desk"
"""The action: see and handle the desk of messages to protected residents."""
SETTLE = "messages.settle"
"""The action: settle messages of which nobody knows whether they went, and post letters."""
RETENTION = "messages"
AT_ONCE = datetime(2000, 1, 1, tzinfo=UTC)
"""Due at once: business time may run ahead of the wall time by which the outbox is delivered."""

register_actions(
    Action(
        DESK,
        text(fi="Hoida turvakieltoasiat", sv="Sköt spärrmarkerade ärenden", en="Handle non-disclosure matters"),
        who=(role(PROTECTED_CLERK),),
    ),
    Action(
        SETTLE,
        text(fi="Selvitä viestien lähetys", sv="Utred utskick av meddelanden", en="Settle the sending of messages"),
        who=(role(ADMINISTRATOR),),
    ),
)


@dataclass(frozen=True, slots=True)
class Addressee:
    """Somebody who is not in our registers, reached only at the address they gave.

    `organisation`: the business id of the organisation whose contact person this is. Its people see the message on its
    page, and one without any address is posted to it as a letter.
    """

    email: str = ""
    phone: str = ""
    organisation: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """One message to plan: to a person key or an addressee; `language` empty: the person's own."""

    to: int | Addressee
    template: str
    key: str
    data: Mapping[str, object] = field(default_factory=dict)
    language: str = ""
    channel: str = ""
    about: str = ""


_COLUMNS = (
    "key", "about", "person", "email", "phone", "organisation", "template", "template_version", "data", "language",
    "channel", "state", "planned_at", "next_try_at", "attempts", "closed_channels", "lease_by", "sent_channel",
    "subject", "body", "receipt", "error",
)  # fmt: skip


def plan(
    to: int | Addressee,
    *,
    template: str,
    data: Mapping[str, object],
    at: datetime,
    key: str,
    language: str = "",
    channel: str | None = None,
    about: str = "",
    not_before: datetime | None = None,
) -> bool:
    """Plan one message in the caller's transaction; False if one with its key is there already.

    `at` is business time; `not_before` (wall time) holds it back. Raises TemplateError if template and data do not fit.
    """
    row = Planned(to=to, template=template, key=key, data=data, language=language, channel=channel or "", about=about)
    return plan_many([row], at=at, not_before=not_before) == 1


def plan_many(rows: Iterable[Planned], *, at: datetime, not_before: datetime | None = None) -> int:
    """Plan many messages in one statement; how many are new (those whose key is there already are left alone)."""
    planned = list(rows)
    languages = _languages({row.to for row in planned if isinstance(row.to, int) and not row.language})
    due = not_before or AT_ONCE

    def columns(row: Planned) -> tuple[object, ...]:
        known = checked_data(row.template, row.data)
        person, address = (row.to, Addressee()) if isinstance(row.to, int) else (None, row.to)
        language = row.language or (languages.get(person, "fi") if person is not None else "fi")
        return (
            row.key, row.about, person, address.email, address.phone, address.organisation, row.template,
            known.version, dict(row.data), language, row.channel, State.PLANNED.value, at, due, 0,
            "", "", "", "", "", "", "",
        )  # fmt: skip

    told = [columns(row) for row in planned]
    with transaction.atomic(savepoint=False):
        return insert_rows(Message, _COLUMNS, told, unique=("key",))


def _languages(persons: set[int]) -> dict[int, str]:
    if not persons:
        return {}
    return dict(Person.objects.filter(key__in=among(persons)).values_list("key", "language"))


def cancel(*, about: str) -> int:
    """Cancel the messages about something (`offer:12`) that have not left yet; how many."""
    return Message.objects.filter(about=about, state=State.PLANNED).update(state=State.CANCELLED)


def destroy(*, about: Iterable[str]) -> int:
    """Destroy the messages about things that are destroyed (`offer:12`), desk and demo copies too; how many.

    Call it in the transaction that destroys the things and writes it down. A message on its way right now stays, to be
    destroyed by the next call: nobody could settle it otherwise.
    """
    wanted, destroyed = sorted(set(about)), 0
    for start in range(0, len(wanted), 5000):
        rows = Message.objects.filter(about__in=wanted[start : start + 5000]).exclude(state=State.SENDING)
        DeliveredCopy.objects.filter(reference__in=rows.values("key")).delete()
        ClerkDesk.objects.filter(message__in=rows).delete()
        destroyed += rows.delete()[0]
    return destroyed


def settle_as_sent(message: Message, *, by: Actor, at: datetime) -> None:
    """A clerk found out that an uncertain message did arrive."""
    _settle(message, by=by, at=at, state=State.SENT, action="messages.settled-as-sent")


def send_again(message: Message, *, by: Actor, at: datetime) -> None:
    """A clerk found out that an uncertain message did not arrive: it is tried again from the start."""
    _settle(message, by=by, at=at, state=State.PLANNED, action="messages.sent-again")


def settle_as_posted(message: Message, *, by: Actor, at: datetime) -> None:
    """A clerk posted a message that no channel could take."""
    require(by, SETTLE)
    with transaction.atomic():
        row = Message.objects.select_for_update().get(pk=message.pk)
        if row.state != State.LETTER:
            return
        row.state, row.sent_at, row.sent_channel = State.SENT, at, "letter"
        row.save()
        _told(row)
        audit.write(by, "messages.posted", f"message:{row.key}", at, {"person": row.person}, RETENTION)


def _settle(message: Message, *, by: Actor, at: datetime, state: State, action: str) -> None:
    with transaction.atomic():
        row = Message.objects.select_for_update().get(pk=message.pk)
        require(by, DESK if ClerkDesk.objects.filter(message=row).exists() else SETTLE)
        if row.state not in (State.UNCERTAIN, State.DESK):
            return
        row.state, row.lease_until, row.lease_by = state, None, ""
        if state == State.SENT:
            row.sent_at = row.handed_over_at or at
        else:
            row.handed_over_at, row.attempts, row.next_try_at = None, 0, at
        row.save()
        if state == State.SENT:
            _told(row)
        ClerkDesk.objects.filter(message=row).update(handled_at=at, handled_by=by.name, how=action)
        audit.write(by, action, f"message:{row.key}", at, {"person": row.person}, RETENTION)


def _told(row: Message) -> None:
    if row.sent_at is not None:
        sent.tell([sent.SentMessage(row.key, row.about, row.sent_channel, row.sent_at)])


def handle_on_desk(row: ClerkDesk, *, by: Actor, at: datetime, how: str) -> None:
    """The named clerk says how the protected resident was reached (visit, call, letter through the authority)."""
    require(by, DESK)
    with transaction.atomic():
        locked = ClerkDesk.objects.select_for_update().get(pk=row.pk)
        if locked.handled_at is not None:
            return
        locked.handled_at, locked.handled_by, locked.how = at, by.name, how
        locked.save()
        message = locked.message
        message.state, message.sent_at, message.sent_channel = State.SENT, at, "clerk"
        message.save()
        _told(message)
        audit.write(by, "messages.handled-on-desk", f"message:{message.key}", at, {"how": how}, RETENTION)
