# SPDX-License-Identifier: EUPL-1.2
"""Cases looked up: queues, a person's own, and the one thread in which offer and case are told in order.

A case of somebody under non-disclosure stands in no queue or search; the named clerk finds it from the desk.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Literal

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from ennakko.kernel.access import Actor, verdict, visible
from ennakko.kernel.access.roles import PROTECTED_CLERK
from ennakko.kernel.bulk import among
from ennakko.kernel.cases.automation import RECTIFICATION, automatically_decided
from ennakko.kernel.cases.kinds import case_types
from ennakko.kernel.cases.models import Case, Decision, InformationRequest, Letter, NoteKind, Sample
from ennakko.kernel.cases.numbering import as_registered
from ennakko.kernel.people import found_by_name

SOON = 7
"""Days within which a case is due soon."""


def listed(service: str) -> "QuerySet[Case]":
    """A service's cases for staff's lists and searches."""
    return (
        Case.objects.filter(service=service).exclude(subject__non_disclosure=True).select_related("subject", "handler")
    )


def queue(service: str, *, states: Iterable[str] = (), handler: int | None = None) -> "QuerySet[Case]":
    """Open cases that wait for a person, the most urgent first; `handler` narrows to one member of staff's own."""
    rows = listed(service).filter(closed_at=None)
    if states:
        rows = rows.filter(state__in=list(states))
    if handler is not None:
        rows = rows.filter(handler=handler)
    return rows.order_by(F("due").asc(nulls_last=True), "opened_at", "id")


def overdue(service: str, on: date) -> "QuerySet[Case]":
    """Open cases whose own time has run out; it does not run while somebody else is waited for."""
    return queue(service).filter(due__lt=on, paused_since=None)


def search(service: str, words: str) -> "QuerySet[Case]":
    """Cases by number, or by every word of the subject's name."""
    number = Q(number__iexact=words.strip()) | Q(number=as_registered(words))
    rows = listed(service).filter(number | Q(subject__in=found_by_name(words).values("key")))
    return rows.order_by("-opened_at", "-id")


def of_organisation(business_id: str) -> "QuerySet[Case]":
    """An organisation's cases in every service, the newest first."""
    return Case.objects.filter(organisation=business_id).exclude(organisation="").order_by("-opened_at", "-id")


def unread(cases: Iterable[int], *, for_party: bool) -> dict[int, int]:
    """How many letters of the other side nobody has read yet, by case; only cases that have some."""
    rows = Letter.objects.filter(case__in=among(cases), inward=not for_party, read_at=None).order_by()
    return dict(rows.values_list("case").annotate(n=Count("pk")))


@dataclass(frozen=True, slots=True)
class Standing:
    """A service's open cases in counts: all, those without a handler, late, due within the week, waiting for a party.

    `unread` is how many of them have a letter that nobody has read.
    """

    open: int
    unassigned: int
    late: int
    due_soon: int
    waiting: int
    unread: int


def standing(service: str, *, on: date, kinds: Iterable[str] = (), handler: int | None = None) -> Standing:
    """The counts above a queue, in one query; `handler` narrows to one member of staff's own."""
    rows = queue(service, handler=handler).order_by()
    if wanted := list(kinds):
        rows = rows.filter(kind__in=wanted)
    letters = Letter.objects.filter(case=OuterRef("pk"), inward=True, read_at=None)
    running = Q(paused_since=None)
    return Standing(
        **rows.annotate(new=Exists(letters)).aggregate(
            open=Count("pk"),
            unassigned=Count("pk", filter=Q(handler=None)),
            late=Count("pk", filter=running & Q(due__lt=on)),
            due_soon=Count("pk", filter=running & Q(due__gte=on, due__lte=on + timedelta(days=SOON))),
            waiting=Count("pk", filter=Q(paused_since__isnull=False)),
            unread=Count("pk", filter=Q(new=True)),
        )
    )


def _any_of(found: "list[QuerySet[Case]]") -> "QuerySet[Case]":
    mine = Q(pk__in=[])
    for rows in found:
        mine |= Q(pk__in=rows.values("pk"))
    return Case.objects.filter(mine)


def samples_to_review(actor: Actor) -> "QuerySet[Sample]":
    """Automatic decisions that were picked and that a member of staff may look at, the oldest first."""
    found = [
        visible(actor, of.decide_action, Case.objects.filter(service=of.service, kind=of.id))
        for of in automatically_decided()
        if actor.kind == "staff" and verdict(actor, of.decide_action)
    ]
    rows = Sample.objects.filter(reviewed_at=None, decision__case__in=_any_of(found))
    if PROTECTED_CLERK not in actor.roles:
        rows = rows.exclude(decision__case__subject__non_disclosure=True)
    return rows.select_related("decision__case").order_by("picked_on", "pk")


def requests_against(case: Case) -> list[Case]:
    """The requests for rectification of a case's decisions, the latest first."""
    return list(Case.objects.filter(contested__case=case).order_by("-opened_at"))


def rectifications(actor: Actor) -> "QuerySet[Case]":
    """The open requests for rectification that a member of staff prepares, in every service, the most urgent first."""
    found = [
        visible(actor, of.handle_action, Case.objects.filter(service=of.service, kind=of.id))
        for of in case_types()
        if of.id == RECTIFICATION and verdict(actor, of.handle_action)
    ]
    rows = _any_of(found).filter(closed_at=None)
    if PROTECTED_CLERK not in actor.roles:
        rows = rows.exclude(subject__non_disclosure=True)
    rows = rows.select_related("handler", "contested__case")
    return rows.order_by(F("due").asc(nulls_last=True), "opened_at", "id")


def protected(service: str) -> "QuerySet[Case]":
    """Cases of people under non-disclosure, for the named clerk's desk alone."""
    return Case.objects.filter(service=service, subject__non_disclosure=True).order_by("due", "id")


def of_person(person: int) -> "QuerySet[Case]":
    """A person's own cases, the newest first."""
    return Case.objects.filter(subject=person).order_by("-opened_at", "-id")


def open_requests(case: Case) -> "QuerySet[InformationRequest]":
    """What the resident has been asked and has not answered yet."""
    return InformationRequest.objects.filter(case=case, answered_at=None).order_by("due", "id")


def latest_decision(case: Case) -> Decision | None:
    """The decision in force."""
    return Decision.objects.filter(case=case).order_by("-decided_at", "-id").first()


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a thread: what happened, when and by whom; `words` is what was written, if anything was."""

    at: datetime
    of: Literal["offer", "case"]
    verb: str
    by: str
    by_name: str
    on_behalf_of: int | None
    words: str
    details: dict[str, Any]


def thread(case: Case, *, for_staff: bool = False) -> tuple[Entry, ...]:
    """Everything that happened to a case and the offer it came from, in order; internal notes only for staff."""
    letters = {letter.pk: letter.text for letter in case.letters.all()}
    requests = {request.pk: request.question for request in case.information_requests.all()}
    notes = case.notes.all() if for_staff else case.notes.filter(kind=NoteKind.EXTERNAL)
    entries = [
        Entry(note.at, "case", "note", note.by, note.by_name, None, note.text, {"note": note.pk}) for note in notes
    ]
    if case.offer is not None:
        entries += [
            Entry(event.at, "offer", event.verb, event.by, "", None, "", event.details)
            for event in case.offer.events.order_by("at", "id")
        ]
    for event in case.events.order_by("sequence"):
        if event.verb == "note":  # written before notes had a history of their own
            continue
        words = letters.get(event.details.get("letter"), "") or (
            requests.get(event.details.get("request"), "") if event.verb == "ask" else ""
        )
        entries.append(
            Entry(event.at, "case", event.verb, event.by, event.by_name, event.on_behalf_of, words, event.details)
        )
    return tuple(sorted(entries, key=lambda entry: entry.at))
