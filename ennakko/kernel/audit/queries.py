# SPDX-License-Identifier: EUPL-1.2
"""Looking the log up: who read a person's data and why, what was done to something, who an actor was."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from ennakko.kernel import keys
from ennakko.kernel.access.models import StaffMember
from ennakko.kernel.audit.actions import KEPT_FOR_GOOD
from ennakko.kernel.audit.coverage import covering
from ennakko.kernel.audit.models import Entry, Read, Segment


@dataclass(frozen=True, slots=True)
class ReadOf:
    """One look at a person's data: when, for which purpose, which facts, from which snapshot, why, and by whom.

    `screened` is how many persons were read at once (1: this person alone).
    """

    at: datetime
    purpose: str
    facts: tuple[str, ...]
    snapshot: str
    reason: str
    actor_kind: str
    actor_reference: str
    screened: int


@dataclass(frozen=True, slots=True)
class EntryView:
    """One entry with its details where they are still kept (None: erased)."""

    number: int
    at: datetime
    action: str
    actor_kind: str
    actor_reference: str
    details: dict[str, object] | None


def reads_of(person: int, *, most: int = 200) -> tuple[ReadOf, ...]:
    """Every look at a person's data that is still kept, screenings that covered them too; the latest first."""
    rows = Read.objects.filter(
        Q(person_reference__in=keys.references_of(f"person:{person}")) | Q(coverage__in=covering(person))
    ).select_related("coverage")
    return tuple(_view(row) for row in rows.order_by("-at", "-pk")[:most])


def _view(row: Read) -> ReadOf:
    said = json.loads(row.content)
    return ReadOf(
        at=row.at,
        purpose=row.purpose,
        facts=tuple(said["facts"]),
        snapshot=said["snapshot"],
        reason=said["reason"],
        actor_kind=row.actor_kind,
        actor_reference=row.actor_reference,
        screened=row.coverage.persons if row.coverage else 1,
    )


def entries_about(subject: str, *, most: int = 200) -> tuple[EntryView, ...]:
    """What was done to a subject (`offer:12`, `person:17`), the latest first."""
    rows = Entry.objects.filter(subject_reference__in=keys.references_of(subject)).select_related("segment")
    return tuple(_entry(row) for row in rows.order_by("-number")[:most])


def entries_for(organisation: str, *, most: int = 200) -> tuple[EntryView, ...]:
    """What was done by those who acted for an organisation (its business id), the latest first."""
    wanted = keys.references_of(f"organisation:{organisation}")
    rows = Entry.objects.filter(organisation_reference__in=wanted).exclude(organisation_reference="")
    return tuple(_entry(row) for row in rows.select_related("segment").order_by("-number")[:most])


def latest_entries(*, most: int = 100) -> tuple[EntryView, ...]:
    """The end of the log, the latest first, for the auditor's page."""
    return tuple(_entry(row) for row in Entry.objects.order_by("-number").select_related("segment")[:most])


def _entry(row: Entry) -> EntryView:
    segment = getattr(row, "segment", None)
    return EntryView(
        number=row.number,
        at=row.at,
        action=row.action,
        actor_kind=row.actor_kind,
        actor_reference=row.actor_reference,
        details=json.loads(segment.details) if segment else None,
    )


def staff_behind(references: Iterable[str]) -> dict[str, str]:
    """Names of the staff behind pseudonymous references, for the data protection officer."""
    wanted = set(references)
    names: dict[str, str] = {}
    for subject, name in StaffMember.objects.values_list("subject", "name"):
        for reference in keys.references_of(f"staff:{subject}"):
            if reference in wanted:
                names[reference] = name
    return names


def classes_before(before: datetime) -> tuple[str, ...]:
    """The retention classes that still hold details or reads from before a moment, those kept for good left out."""
    details = Segment.objects.filter(entry__at__lt=before).values_list("entry__retention", flat=True)
    looks = Read.objects.filter(~Q(salt=""), at__lt=before).values_list("retention", flat=True)
    return tuple(sorted({*details.distinct().order_by(), *looks.distinct().order_by()} - {KEPT_FOR_GOOD}))
