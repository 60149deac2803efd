# SPDX-License-Identifier: EUPL-1.2
"""Cases looked up: queues, a person's own, and the one thread in which offer and case are told in order.

A case of somebody under non-disclosure stands in no queue or search; the named clerk finds it from the desk.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal

from django.db.models import F, Q, QuerySet

from ennakko.kernel.cases.models import Case, Decision, InformationRequest
from ennakko.kernel.people import found_by_name


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
    """Open cases whose own time has run out."""
    return queue(service).filter(due__lt=on)


def search(service: str, words: str) -> "QuerySet[Case]":
    """Cases by number, or by every word of the subject's name."""
    rows = listed(service).filter(Q(number__iexact=words.strip()) | Q(subject__in=found_by_name(words).values("key")))
    return rows.order_by("-opened_at", "-id")


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
    """Everything that happened to a case and the offer it came from, in order; notes only for staff."""
    letters = {letter.pk: letter.text for letter in case.letters.all()}
    requests = {request.pk: request.question for request in case.information_requests.all()}
    notes = {note.pk: note.text for note in case.notes.all()}
    entries = []
    if case.offer is not None:
        entries += [
            Entry(event.at, "offer", event.verb, event.by, "", None, "", event.details)
            for event in case.offer.events.order_by("at", "id")
        ]
    for event in case.events.order_by("sequence"):
        if event.verb == "note" and not for_staff:
            continue
        words = (
            letters.get(event.details.get("letter"), "")
            or notes.get(event.details.get("note"), "")
            or (requests.get(event.details.get("request"), "") if event.verb == "ask" else "")
        )
        entries.append(
            Entry(event.at, "case", event.verb, event.by, event.by_name, event.on_behalf_of, words, event.details)
        )
    return tuple(sorted(entries, key=lambda entry: entry.at))
