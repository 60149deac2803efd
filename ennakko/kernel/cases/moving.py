# SPDX-License-Identifier: EUPL-1.2
"""Opening a case, moving it by its state table, and who handles it; every change appends an event."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from ennakko.kernel import audit, records
from ennakko.kernel.access import Actor, require
from ennakko.kernel.access.models import StaffMember
from ennakko.kernel.access.tables import action
from ennakko.kernel.bulk import change, insert
from ennakko.kernel.cases import reasons
from ennakko.kernel.cases.kinds import CaseType, case_type
from ennakko.kernel.cases.models import Assignment, Case, CaseEvent, Decision
from ennakko.kernel.cases.numbering import next_number
from ennakko.kernel.closed import Closed
from ennakko.kernel.offers.models import Offer
from ennakko.kernel.people.models import Person
from ennakko.kernel.ready import Given, Ready
from ennakko.values.texts import Text

RETENTION = "cases"


class NotNow(Closed):
    """The case is not in a state for this; `reason` says what can be done instead."""

    def __init__(self, reason: Text, case: Case | None = None) -> None:
        super().__init__(reason, f"{case}: {reason.en}" if case is not None else "")
        self.case = case


def open_case(
    service: str,
    kind: str,
    *,
    actor: Actor,
    at: datetime,
    on: date,
    subject: Person | int | None = None,
    organisation: str = "",
    offer: Offer | None = None,
    data: Mapping[str, Any] | None = None,
    facts: Mapping[str, Any] | None = None,
    snapshot: str = "",
    form_version: str = "",
    language: str = "fi",
    source: str = "online",
    on_behalf_of: int | str | None = None,
    contested: Decision | None = None,
) -> Case:
    """Open a case with its registration number, due date and first event; with an offer, on the offer's facts.

    Who may open one is the service's to check. `source` is online, counter, phone, paper or machine; `on_behalf_of` the
    person, or the organisation by its business id, for whom staff act. `contested`: the decision it is about.
    """
    of = case_type(service, kind)
    key = subject.pk if isinstance(subject, Person) else subject
    due = on + timedelta(days=of.days)
    with transaction.atomic():
        case = Case.objects.create(
            service=service, kind=kind, number=next_number(service, on.year), subject_id=key, organisation=organisation,
            offer=offer, state=of.states.first, state_at=at, opened_at=at, opened_by=actor.subject, source=source,
            language=language, due=due, first_due=due, contested=contested, form_version=form_version,
            data=dict(data or {}), facts=dict(facts if facts is not None else offer.facts if offer else {}),
            snapshot=snapshot or (offer.run.snapshot if offer else ""),
        )  # fmt: skip
        records.open_matter(
            service=service, kind=kind, number=case.number, on=on, case=case.pk, organisation=organisation
        )
        append(case, "open", by=actor, at=at, to=case.state, on_behalf_of=on_behalf_of, details={"source": source})
        audit.write(actor, f"{service}.open-case", f"case:{case.pk}", at, {"person": key}, RETENTION)
    return case


_locked: Ready[Case] = Ready(lambda: Case.objects.select_for_update(of=("self",)).filter(pk=Given("key")))
_last_event: Ready[CaseEvent] = Ready(
    lambda: CaseEvent.objects.filter(case=Given("case")).order_by("-sequence").only("sequence")[:1]
)
_member: Ready[StaffMember] = Ready(lambda: StaffMember.objects.filter(pk=Given("key")))


def locked(case: Case) -> Case:
    """The case as it stands now, locked until the caller's transaction ends."""
    found = _locked.first(key=case.pk)
    if found is None:
        raise Case.DoesNotExist(f"There is no case {case.pk}.")
    return found


def append(
    case: Case,
    verb: str,
    *,
    by: Actor,
    at: datetime,
    start: str = "",
    to: str = "",
    on_behalf_of: int | str | None = None,
    details: Mapping[str, Any] | None = None,
) -> CaseEvent:
    """Add one event to a locked case's history, and let the service follow it in the same transaction."""
    last = _last_event.first(case=case.pk)
    said = dict(details or {})
    if isinstance(on_behalf_of, str):
        said["organisation"], on_behalf_of = on_behalf_of, None
    event = CaseEvent(
        case=case, sequence=last.sequence + 1 if last is not None else 1, verb=verb, by=by.subject, by_name=by.name,
        on_behalf_of=on_behalf_of, at=at, from_state=start, to_state=to, details=said,
    )  # fmt: skip
    insert(event)
    case_type(case.service, case.kind).on_event(case, event)
    return event


def move(
    case: Case,
    verb: str,
    *,
    actor: Actor,
    at: datetime,
    details: Mapping[str, Any] | None = None,
    on_behalf_of: int | str | None = None,
) -> Case:
    """Move a case by a verb of its state table; raises Refused (who may) and NotNow (not from this state)."""
    of = case_type(case.service, case.kind)
    with transaction.atomic():
        row = locked(case)
        found = of.states.move(row.state, verb)
        if found is None:
            raise NotNow(_what_can_be_done(of, row), row)
        require(actor, found.action, row)
        moved(row, verb, found.to, by=actor, at=at, details=details, on_behalf_of=on_behalf_of)
        audit.write(actor, found.action, f"case:{row.pk}", at, {"verb": verb, "person": row.subject_id}, RETENTION)
    return row


def moved(
    row: Case,
    verb: str,
    to: str,
    *,
    by: Actor,
    at: datetime,
    details: Mapping[str, Any] | None = None,
    on_behalf_of: int | str | None = None,
) -> None:
    """A locked case's new state, with its event, in the caller's transaction.

    While a state waits for somebody else the city's own time stands still; it runs on with the days that were left.
    """
    start, row.state, row.state_at = row.state, to, at
    states = case_type(row.service, row.kind).states
    was_closed, row.closed_at = row.closed_at is not None, at if to in states.ends else None
    day = timezone.localdate(at)
    if row.paused_since is None and to in states.waiting:
        row.paused_since = day
    elif row.paused_since is not None and to not in states.waiting:
        row.due = row.due + (day - row.paused_since) if row.due is not None else None
        row.paused_since = None
    change(
        Case, {"pk": row.pk},
        {"state": to, "state_at": at, "closed_at": row.closed_at, "due": row.due, "paused_since": row.paused_since},
    )  # fmt: skip
    if was_closed or row.closed_at is not None:
        records.close_matter(f"case:{row.pk}", on=day if row.closed_at is not None else None, outcome=to)
    append(row, verb, by=by, at=at, start=start, to=to, details=details, on_behalf_of=on_behalf_of)


def _what_can_be_done(of: CaseType, row: Case) -> Text:
    possible = [action(one.action).title for one in of.states.verbs(row.state)]
    return reasons.not_in_this_state(of.states.names[row.state], possible)


def assign(case: Case, staff: StaffMember, *, actor: Actor, at: datetime) -> Case:
    """Give a case to a member of staff, oneself included; the one before is ended."""
    of = case_type(case.service, case.kind)
    with transaction.atomic():
        row = locked(case)
        require(actor, of.handle_action, row)
        if row.handler_id == staff.pk:
            return row
        if row.handler_id is not None:
            Assignment.objects.filter(case=row, ended_at=None).update(ended_at=at)
        insert(Assignment(case=row, staff=staff, assigned_by=actor.subject, assigned_at=at))
        row.handler = staff
        change(Case, {"pk": row.pk}, {"handler": staff.pk})
        append(row, "assign", by=actor, at=at, details={"to": staff.name})
        audit.write(actor, "cases.assign", f"case:{row.pk}", at, {"staff": staff.subject}, RETENTION)
    return row


def take(case: Case, *, actor: Actor, at: datetime) -> Case:
    """Take a case to handle oneself."""
    member = _member.first(key=actor.staff or 0)
    if member is None:
        raise StaffMember.DoesNotExist(f"There is no member of the staff {actor.staff}.")
    return assign(case, member, actor=actor, at=at)


def give_back(case: Case, *, actor: Actor, at: datetime) -> Case:
    """Put a case back in the queue for anybody."""
    of = case_type(case.service, case.kind)
    with transaction.atomic():
        row = locked(case)
        require(actor, of.handle_action, row)
        if row.handler_id is None:
            return row
        Assignment.objects.filter(case=row, ended_at=None).update(ended_at=at)
        row.handler = None
        row.save(update_fields=["handler"])
        append(row, "give_back", by=actor, at=at)
    return row
