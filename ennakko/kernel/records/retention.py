# SPDX-License-Identifier: EUPL-1.2
"""Attachments and matters are destroyed when their time is over; their class and the ground stay on record.

The order that works: a case goes first (its own service keeps it no longer than the matter), then its matter. What is
to be archived goes only after the archive has confirmed it. The register's row of a destroyed matter stays, emptied of
its party: the written record of the destruction, beside the log's entry.
"""

from collections.abc import Iterable
from datetime import date, datetime
from itertools import groupby

from django.db import transaction

from ennakko.kernel import audit, documents, messages
from ennakko.kernel.access.actors import SYSTEM, Actor
from ennakko.kernel.access.tables import require
from ennakko.kernel.jobs.registry import Job, JobReport, Progress
from ennakko.kernel.records.access import DESTROY
from ennakko.kernel.records.archiving import RETENTION, about_matter
from ennakko.kernel.records.matters import held
from ennakko.kernel.records.models import InformationRequest, Matter, MatterDocument
from ennakko.values.texts import text

PORTION = 200


def destroy_attachments(on: date, *, at: datetime, actor: Actor) -> int:
    """Destroy what was sent in to matters whose attachments go before the matter; of how many matters."""
    require(actor, DESTROY)
    due = Matter.objects.filter(attachments_after__lte=on, attachments_destroyed_at=None).exclude(held())
    gone = 0
    while True:
        with transaction.atomic():
            rows = list(due.select_for_update(of=("self",)).order_by("service", "kind", "id")[:PORTION])
            if not rows:
                return gone
            destroyed = documents.destroy(about=[row.about for row in rows])
            Matter.objects.filter(pk__in=[row.pk for row in rows]).update(attachments_destroyed_at=at)
            _write_down(rows, "records.destroy-attachments", destroyed, actor=actor, at=at)
            gone += len(rows)


def destroy_matters(on: date, *, at: datetime, actor: Actor) -> int:
    """Destroy the matters whose time is over, with all that was kept of them; how many. Safe to repeat and interrupt.

    A matter whose case still stands waits for the case.
    """
    require(actor, DESTROY)
    due = Matter.objects.filter(destroy_after__lte=on, destroyed_at=None, case=None).exclude(held())
    gone = 0
    while True:
        with transaction.atomic():
            rows = list(due.select_for_update(of=("self",)).order_by("service", "kind", "id")[:PORTION])
            if not rows:
                return gone
            MatterDocument.objects.filter(matter__in=rows).delete()
            InformationRequest.objects.filter(number__in=[row.number for row in rows]).delete()
            abouts = [about for row in rows for about in (row.about, about_matter(row))]
            destroyed = documents.destroy(about=abouts)
            messages.destroy(about=abouts)
            Matter.objects.filter(pk__in=[row.pk for row in rows]).update(
                destroyed_at=at, attachments_destroyed_at=at, organisation=""
            )
            _write_down(rows, "records.destroy", destroyed, actor=actor, at=at)
            gone += len(rows)


def _write_down(rows: Iterable[Matter], action: str, files: int, *, actor: Actor, at: datetime) -> None:
    """One entry a service and class: how many, a digest of their numbers, and on what ground; nobody is named."""
    for (service, kind, code, days), group in groupby(
        rows, key=lambda row: (row.service, row.kind, row.task_class, row.retention_days)
    ):
        numbers = sorted(row.number for row in group)
        said: dict[str, object] = {
            "kind": kind, "class": code, "matters": len(numbers), "files-in-all": files,
            "digest": audit.rows_digest([number] for number in numbers),
            "ground": f"records plan: {days} days from closing (906/2019 21 §)",
        }  # fmt: skip
        audit.write(actor, action, f"service:{service}", at, {}, RETENTION, statement=said)


def destroy_old(*, at: datetime, on: date, progress: Progress) -> JobReport:
    """Destroy attachments and matters whose time is over."""
    actor = SYSTEM("records")
    attachments = destroy_attachments(on, at=at, actor=actor)
    progress(attachments)
    return JobReport({"attachments": attachments, "matters": destroy_matters(on, at=at, actor=actor)})


JOBS = (
    Job(
        "records.destroy-old",
        text(
            fi="Hävitä vanhat asiat ja liitteet rekisteristä",
            sv="Förstör gamla ärenden och bilagor ur registret",
            en="Destroy old matters and attachments",
        ),
        destroy_old,
    ),
)
