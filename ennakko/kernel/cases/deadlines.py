# SPDX-License-Identifier: EUPL-1.2
"""The city's own time: a case whose last day has passed is marked late, once, with an event in its history."""

from datetime import date, datetime

from django.db import transaction

from ennakko.kernel.access import SYSTEM
from ennakko.kernel.cases.models import Case
from ennakko.kernel.cases.moving import append
from ennakko.kernel.jobs.registry import JobReport, Progress

PORTION = 200


def mark_late(on: date, *, at: datetime) -> int:
    """Mark the open cases whose time ran out before a day; how many. While somebody else is waited for it does not run.

    Safe to repeat and to interrupt.
    """
    marked = 0
    late = Case.objects.filter(closed_at=None, paused_since=None, late_since=None, due__lt=on).order_by("id")
    while True:
        with transaction.atomic():
            rows = list(late.select_for_update(of=("self",))[:PORTION])
            if not rows:
                return marked
            for row in rows:
                row.late_since = on
                row.save(update_fields=["late_since"])
                append(row, "late", by=SYSTEM("cases"), at=at, details={"due": row.due.isoformat() if row.due else ""})
        marked += len(rows)


def mark_late_job(*, at: datetime, on: date, progress: Progress) -> JobReport:
    """Mark late what is late."""
    return JobReport({"late": mark_late(on, at=at)})
