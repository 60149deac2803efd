# SPDX-License-Identifier: EUPL-1.2
"""Service of notice: how and when a decision was sent, when it is held to have been received, the last day to appeal.

A letter is held to be received on the seventh day from its sending, an electronic message on the third, unless the
party shows otherwise; what is handed over, on that day (Local Government Act 410/2015 139 §). The day of service is
not counted, and the last day moves on from a day on which no time limit ends (150/1930 2 and 5 §).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from ennakko.kernel import audit
from ennakko.kernel.access import SYSTEM, Actor, require
from ennakko.kernel.cases import reasons
from ennakko.kernel.cases.kinds import SERVING_DAYS, case_type
from ennakko.kernel.cases.models import Decision, ServedHow
from ennakko.kernel.cases.moving import RETENTION, NotNow
from ennakko.kernel.messages.sent import SentMessage
from ennakko.values.dates import format_date
from ennakko.values.texts import LANGUAGES, text
from ennakko.values.time_limits import last_day

_HANDED_BY = frozenset({"handed"})
_POSTED_BY = frozenset({"letter", "clerk"})
"""What the named clerk did is not known to be quicker than post: the longer time stands for the party."""


@dataclass(frozen=True, slots=True)
class Service:
    """A notice that was sent: the day it left, and how."""

    sent_on: date
    by: ServedHow


def received_on(service: Service, days: Mapping[str, int] | None = None) -> date:
    """The day on which notice is held to have been received; `days` by way, as the appeal's row says."""
    return service.sent_on + timedelta(days=(days or SERVING_DAYS)[service.by])


def last_day_to_appeal(received: date, days: int) -> date:
    """The last day to appeal within so many days of a day of service."""
    return last_day(received, days=days)


def appeal_until(decision: Decision) -> date | None:
    """The last day to appeal a decision; None while no notice of it has left."""
    return decision.appeal_until


@dataclass(frozen=True, slots=True)
class Counted:
    """How the time to appeal is counted for one way of sending: days to notice, days from it."""

    by: ServedHow
    days_to_notice: int
    days_to_appeal: int


def how_counted(decision: Decision) -> tuple[Counted, ...]:
    """Before sending: how the time will be counted for each way in which the notice can go."""
    served = decision.appeal.get("serving") or SERVING_DAYS
    return tuple(Counted(ServedHow(way), days, int(decision.appeal["days"])) for way, days in served.items())


def serve_by_message(decision: Decision, key: str) -> None:
    """The message with this key carries the notice: its day is stored with the decision when it leaves."""
    decision.notice_key = key
    decision.save(update_fields=["notice_key"])


def serve(decision: Decision, how: str, *, sent_on: date, actor: Actor, at: datetime) -> Decision:
    """Staff posted the decision, sent it electronically or handed it over; raises Refused and NotNow.

    Notice that has been given is not given again: the first one counts.
    """
    with transaction.atomic():
        row = Decision.objects.select_for_update(of=("self",)).select_related("case").get(pk=decision.pk)
        require(actor, case_type(row.case.service, row.case.kind).handle_action, row.case)
        if row.sent_on is not None:
            raise NotNow(reasons.ALREADY_SERVED, row.case)
        if sent_on < row.on:
            said = {language: format_date(row.on, language) for language in LANGUAGES}
            words = {each: reasons.SERVED_BEFORE_DECIDED.in_(each).format(day=said[each]) for each in LANGUAGES}
            raise NotNow(text(**words), row.case)
        _served(row, Service(sent_on, ServedHow(how)), by=actor, at=at)
    return row


def follow_sent(sent: Sequence[SentMessage]) -> None:
    """Messages have left: those that carried a notice start the time to appeal. Runs in the outbox's transaction."""
    by_key = {one.key: one for one in sent}
    waiting = Decision.objects.filter(notice_key__in=list(by_key), sent_on=None).select_for_update(of=("self",))
    for row in waiting.select_related("case").order_by("pk"):
        message = by_key[row.notice_key]
        day = timezone.localdate(message.at)
        _served(row, Service(max(day, row.on), way_of(message.channel)), by=SYSTEM("messages"), at=message.at)


def way_of(channel: str) -> ServedHow:
    """The way of serving that a channel of messages is."""
    if channel in _HANDED_BY:
        return ServedHow.HANDED
    return ServedHow.POST if channel in _POSTED_BY else ServedHow.ELECTRONIC


def _served(row: Decision, service: Service, *, by: Actor, at: datetime) -> None:
    row.sent_on, row.served_how = service.sent_on, service.by
    row.received_on = received_on(service, row.appeal.get("serving"))
    row.appeal_until = last_day_to_appeal(row.received_on, int(row.appeal["days"]))
    row.save(update_fields=["sent_on", "served_how", "received_on", "appeal_until"])
    said: dict[str, Any] = {"how": service.by, "sent_on": service.sent_on.isoformat()}
    said["appeal_until"] = row.appeal_until.isoformat()
    audit.write(by, "cases.serve", f"case:{row.case_id}", at, {"decision": row.pk, **said}, RETENTION)
