# SPDX-License-Identifier: EUPL-1.2
"""Cases are destroyed when the time they are kept is over: only how many there were, and a digest, stay in the log.

A case to which a service's own row still points (a voucher, a payment) cannot go whole: it stays as a number without a
person, and without anything that was asked, told, decided of them.
"""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.db import transaction

from ennakko.kernel import audit, messages, people, records
from ennakko.kernel.access import SYSTEM, Actor
from ennakko.kernel.bulk import among, pointed_at
from ennakko.kernel.cases.models import Assignment, Case, CaseEvent, Decision, InformationRequest, Letter, Note
from ennakko.kernel.jobs.registry import JobReport, Progress

RETENTION = "cases"
PORTION = 500
_kept_days: dict[str, int] = {}


def keep_cases(service: str, *, days: int) -> None:
    """Start-up tells how long a service keeps its cases, in days from their closing."""
    _kept_days[service] = days


def destroy_closed(on: date, *, at: datetime, actor: Actor) -> int:
    """Destroy the cases that closed longer ago than their service keeps them; how many. Safe to repeat and interrupt.

    Messages about them go too, and the people with whom the city has nothing left to do.
    """
    return sum(
        _destroy(service, on - timedelta(days=days), at=at, actor=actor) for service, days in sorted(_kept_days.items())
    )


def _destroy(service: str, before: date, *, at: datetime, actor: Actor) -> int:
    destroyed = 0
    old = Case.objects.filter(service=service, closed_at__date__lt=before, emptied_at=None).order_by("id")
    old = old.exclude(pk__in=records.held_cases())  # what goes to the archive goes there first
    while True:
        with transaction.atomic():
            rows = dict(old.select_for_update(of=("self",)).values_list("id", "subject_id")[:PORTION])
            if not rows:
                return destroyed
            kept = destroy_cases(rows, at=at)
            digest = audit.rows_digest([number] for number in rows)
            said: dict[str, object] = {"cases": len(rows), "emptied": len(kept), "digest": digest}
            audit.write(actor, "cases.destroy", f"service:{service}", at, {}, RETENTION, statement=said)
        people.forget([one for one in rows.values() if one is not None], by=actor, at=at, reason="retention")
        destroyed += len(rows)


def destroy_cases(numbers: Iterable[int], *, at: datetime) -> set[int]:
    """Destroy some cases in the caller's transaction; those to which a service's row still points are emptied.

    For services that keep cases of some outcome a shorter time. The log is the caller's. Returns which were emptied.
    """
    wanted = list(numbers)
    kept = pointed_at(Case, wanted, but_from="cases")
    _destroy_contents(wanted)
    Case.objects.filter(pk__in=among(set(wanted) - kept)).delete()
    Case.objects.filter(pk__in=among(kept)).update(
        subject=None, organisation="", offer=None, handler=None, opened_by="", form_version="", data={}, facts={},
        draft=None, emptied_at=at,
    )  # fmt: skip
    messages.destroy(about=[f"case:{number}" for number in wanted])
    records.forget_cases(wanted)
    return kept


def _destroy_contents(numbers: Iterable[int]) -> None:
    for model in (Letter, Note, InformationRequest, Assignment, Decision, CaseEvent):
        # The manager of events refuses removal: this is the one place where it is lawful.
        model._base_manager.filter(case__in=among(numbers)).delete()


def destroy_old(*, at: datetime, on: date, progress: Progress) -> JobReport:
    """Destroy cases whose time is over."""
    return JobReport({"destroyed": destroy_closed(on, at=at, actor=SYSTEM("cases"))})
