# SPDX-License-Identifier: EUPL-1.2
"""Messages looked up: a person's own, those about something, those that need a clerk, the demo's mailbox."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, QuerySet

from ennakko.kernel.access.actors import Actor
from ennakko.kernel.access.tables import require
from ennakko.kernel.messages.actions import DESK, SETTLE
from ennakko.kernel.messages.models import ClerkDesk, DeliveredCopy, Message, State
from ennakko.kernel.messages.routes import receivers
from ennakko.kernel.messages.templates import template
from ennakko.kernel.people.models import Person
from ennakko.kernel.people.names import folded


@dataclass(frozen=True, slots=True)
class MessageView:
    """A message as its receiver or a handler sees it; not yet sent: as it would read now."""

    id: int
    about: str
    planned_at: datetime
    sent_at: datetime | None
    channel: str
    state: str
    subject: str
    body: str
    language: str


def messages_of(person: int, *, most: int = 100) -> tuple[MessageView, ...]:
    """A person's own messages, the latest first; cancelled ones left out."""
    rows = Message.objects.filter(person=person).exclude(state=State.CANCELLED)
    return tuple(_view(row) for row in rows.order_by("-planned_at", "-pk")[:most])


def messages_of_organisation(business_id: str, *, most: int = 100) -> tuple[MessageView, ...]:
    """The messages to an organisation's contact people, the latest first; cancelled ones left out."""
    rows = Message.objects.filter(organisation=business_id).exclude(organisation="").exclude(state=State.CANCELLED)
    return tuple(_view(row) for row in rows.order_by("-planned_at", "-pk")[:most])


def messages_about(about: str) -> tuple[MessageView, ...]:
    """The messages about one thing (`offer:12`), in the order planned; none of a protected resident's."""
    rows = Message.objects.filter(about=about).exclude(state=State.CANCELLED)
    rows = rows.exclude(person__in=_protected()).order_by("planned_at", "pk")
    return tuple(_view(row) for row in rows)


def _protected() -> "QuerySet[Person, int]":
    return Person.objects.filter(non_disclosure=True).values_list("key", flat=True)


def _view(row: Message) -> MessageView:
    subject, body = row.subject, row.body
    if row.sent_at is None:
        words = template(row.template).render(row.data, language=row.language, channel=row.sent_channel or row.channel)
        subject, body = words.subject, words.body
    return MessageView(
        id=row.pk, about=row.about, planned_at=row.planned_at, sent_at=row.sent_at, channel=row.sent_channel,
        state=row.state, subject=subject, body=body, language=row.language,
    )  # fmt: skip


def needing_a_clerk(actor: Actor) -> "QuerySet[Message]":
    """Uncertain messages and letters to post, the oldest first; a protected resident's never. Raises Refused."""
    require(actor, SETTLE)
    rows = Message.objects.filter(state__in=[State.UNCERTAIN, State.LETTER], desk__isnull=True)
    return rows.exclude(person__in=_protected()).order_by("planned_at", "pk")


def protected_desk(actor: Actor) -> "QuerySet[ClerkDesk]":
    """The named clerk's desk: messages to protected residents that could not be sent. Raises Refused."""
    require(actor, DESK)
    return ClerkDesk.objects.filter(handled_at__isnull=True).select_related("message").order_by("put_at", "pk")


def counts() -> dict[str, int]:
    """How many messages stand in each state, for the state of the system; desk and protected residents left out."""
    rows = Message.objects.exclude(state=State.DESK).exclude(person__in=_protected()).order_by()
    return dict(rows.values_list("state").annotate(n=Count("pk")))


def mailbox(*, most: int = 100, channel: str = "", words: str = "") -> tuple[DeliveredCopy, ...]:
    """What the demo's embedded channels took, the latest first; nothing sent to a protected resident."""
    guarded = Message.objects.filter(person__in=_protected()).values("key")
    rows = DeliveredCopy.objects.exclude(reference__in=guarded).order_by("-received_at", "-pk")
    if channel:
        rows = rows.filter(channel=channel)
    if words:
        rows = rows.filter(address_folded__contains=folded(words))
    copies = list(rows[:most])
    # The register may know of an order that is newer than our row.
    sent = list(Message.objects.filter(key__in=[copy.reference for copy in copies]))
    known = receivers(sent)
    hidden = {row.key for row in sent if known[row.pk].protected}
    return tuple(copy for copy in copies if copy.reference not in hidden)


def mailbox_of(person: int, *, most: int = 100) -> tuple[DeliveredCopy, ...]:
    """What the embedded channels took for one person, for their own eyes in the demo."""
    own = Message.objects.filter(person=person).values("key")
    return tuple(DeliveredCopy.objects.filter(reference__in=own).order_by("-received_at", "-pk")[:most])
