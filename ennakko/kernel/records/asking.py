# SPDX-License-Identifier: EUPL-1.2
"""Requests for information are received, given more time, withdrawn (621/1999 13–14 §).

Nobody has to say who they are or why, except for what is secret: for that they sign in and say on what right.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction

from ennakko.kernel import audit, messages, tokens
from ennakko.kernel.access.actors import Actor
from ennakko.kernel.access.models import StaffMember
from ennakko.kernel.access.tables import require
from ennakko.kernel.national import figure
from ennakko.kernel.records import reasons
from ennakko.kernel.records.access import ASK, HANDLE
from ennakko.kernel.records.archiving import RETENTION
from ennakko.kernel.records.matters import close_matter, next_number, open_matter
from ennakko.kernel.records.models import InformationRequest
from ennakko.values.dates import add_months
from ennakko.values.texts import Text

SERVICE, KIND, SERIES = "records", "information-request", "TIETO"
LONGEST = 4000
MOST_A_DAY = 5
"""Requests to one address in a day: the confirmation must not become a way to fill somebody's mailbox."""
OPEN = (InformationRequest.State.RECEIVED, InformationRequest.State.IN_HAND)


class NotAsked(Exception):
    """The request cannot be taken or handled so; `reason` says what is missing, `field` where."""

    def __init__(self, reason: Text, field: str = "") -> None:
        super().__init__(reason.en)
        self.reason, self.field = reason, field


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What somebody asks for, and where the answer goes; `reason` only for secret information."""

    wanted: str
    email: str = ""
    address: str = ""
    requester: str = ""
    secret_too: bool = False
    reason: str = ""
    language: str = "fi"
    source: str = "online"


def receive(asked: Asked, *, actor: Actor, at: datetime, on: date) -> InformationRequest:
    """Enter a request in the register with the day by which it is answered; raises NotAsked.

    Staff enter what came by letter, phone or at the counter.
    """
    require(actor, ASK)
    _check(asked, actor)
    if asked.email and actor.kind != "staff":
        today = InformationRequest.objects.filter(email=asked.email, received_on=on)
        if today.count() >= MOST_A_DAY:
            raise NotAsked(reasons.ENOUGH_FOR_TODAY, "email")
    with transaction.atomic():
        row = InformationRequest.objects.create(
            number=next_number(SERIES, on.year), wanted=asked.wanted.strip()[:LONGEST], secret_too=asked.secret_too,
            reason=asked.reason.strip()[:LONGEST], requester=asked.requester.strip()[:200],
            requester_subject=actor.subject if actor.strong and actor.kind != "staff" else "", email=asked.email,
            address=asked.address.strip()[:300], language=asked.language, source=asked.source, received_at=at,
            received_on=on, received_by=actor.subject, due=on + timedelta(days=figure("request_days", on)),
        )  # fmt: skip
        open_matter(service=SERVICE, kind=KIND, number=row.number, on=on, about=about(row))
        if row.email:
            data = {"number": row.number, "due": row.due.isoformat(), "link": link(row)}
            tell(row, "received", data, at=at)
        audit.write(actor, "records.request", about(row), at, {"secret": row.secret_too}, RETENTION)
    return row


def _check(asked: Asked, actor: Actor) -> None:
    if not asked.wanted.strip():
        raise NotAsked(reasons.SAY_WHAT, "wanted")
    if not (asked.email or asked.address.strip()):
        raise NotAsked(reasons.SAY_WHERE, "email")
    if asked.secret_too and not (actor.strong or actor.kind == "staff"):
        raise NotAsked(reasons.SIGN_IN_FOR_SECRET, "secret_too")
    if asked.secret_too and not asked.reason.strip():
        raise NotAsked(reasons.SAY_WHY_SECRET, "reason")


def take(request: InformationRequest, *, actor: Actor, at: datetime) -> InformationRequest:
    """Take a request to handle oneself."""
    with transaction.atomic():
        row = still_open(request, actor)
        row.state = InformationRequest.State.IN_HAND
        row.handler = StaffMember.objects.filter(pk=actor.staff or 0).first()
        row.save(update_fields=["state", "handler"])
        audit.write(actor, "records.take-request", about(row), at, {}, RETENTION)
    return row


def extend(request: InformationRequest, because: str, *, actor: Actor, at: datetime) -> InformationRequest:
    """A month instead of two weeks, where the law allows it, with the reason; the requester is told."""
    if not because.strip():
        raise NotAsked(reasons.NEEDS_MONTH_REASON, "because")
    with transaction.atomic():
        row = still_open(request, actor)
        row.due = add_months(row.received_on, figure("request_months", row.received_on))
        row.longer_because = because.strip()[:LONGEST]
        row.save(update_fields=["due", "longer_because"])
        if row.email:
            data = {"number": row.number, "due": row.due.isoformat(), "because": row.longer_because, "link": link(row)}
            tell(row, "longer", data, at=at)
        audit.write(actor, "records.extend-request", about(row), at, {"due": row.due.isoformat()}, RETENTION)
    return row


def withdraw(request: InformationRequest, *, actor: Actor, at: datetime, on: date) -> InformationRequest:
    """The requester no longer wants it, as they told the staff."""
    with transaction.atomic():
        row = still_open(request, actor)
        row.state = InformationRequest.State.WITHDRAWN
        row.save(update_fields=["state"])
        close_matter(about(row), on=on, outcome=row.state)
        audit.write(actor, "records.withdraw-request", about(row), at, {}, RETENTION)
    return row


def still_open(request: InformationRequest, actor: Actor) -> InformationRequest:
    """The request locked, for somebody who may handle it; raises Refused, and NotAsked when it is decided."""
    require(actor, HANDLE)
    row = InformationRequest.objects.select_for_update().get(pk=request.pk)
    if row.state not in OPEN:
        raise NotAsked(reasons.NOT_OPEN)
    return row


def about(request: InformationRequest) -> str:
    """What the request's matter, messages and copies are about."""
    return f"information-request:{request.pk}"


def link(request: InformationRequest) -> str:
    """The address of the request's own page, for whoever has the link."""
    return f"{tokens.site()}/information/{token(request)}/"


def token(request: InformationRequest) -> str:
    """The secret token of the link."""
    return tokens.token(request.pk, said=f"information-request {request.pk}")


def by_token(presented: str) -> InformationRequest | None:
    """The request of a link; None for a link that is not one."""
    read = tokens.read(presented)
    if read is None or not read.fits(f"information-request {read.number}"):
        return None
    return InformationRequest.objects.filter(pk=read.number).first()


def tell(row: InformationRequest, key: str, data: Mapping[str, object], *, at: datetime) -> None:
    """Plan a message to whoever asked, in the caller's transaction."""
    messages.plan(
        messages.Addressee(email=row.email), template=f"records.{key}", data=data, at=at,
        key=f"{about(row)}:{key}:{row.due.isoformat()}", language=row.language, channel="email", about=about(row),
    )  # fmt: skip
