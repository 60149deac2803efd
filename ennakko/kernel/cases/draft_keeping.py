# SPDX-License-Identifier: EUPL-1.2
"""Drafts that nobody comes back to: their holder is told some days before, then they are destroyed with their files.

Nothing is destroyed unwarned that could be warned of: after an outage the warning goes first, the days run from it.
"""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from ennakko.kernel import audit, messages
from ennakko.kernel.access import SYSTEM
from ennakko.kernel.cases.drafts import FormKind, destroy, form_kinds, reseal
from ennakko.kernel.cases.models import Draft
from ennakko.kernel.cases.parties import addressee_of_organisation, link_to
from ennakko.kernel.jobs.registry import JobReport, Progress
from ennakko.kernel.people.models import Person

PORTION = 200
RETENTION = "cases"


def warn(on: date, *, at: datetime) -> int:
    """Tell the holders of drafts that will be dropped soon; how many drafts. Each is told of once."""
    return sum(_warn(kind, on, at) for kind in form_kinds())


def drop_old(on: date, *, at: datetime) -> int:
    """Destroy drafts whose time is over and whose holders were told in time; how many."""
    return sum(_drop(kind, on, at) for kind in form_kinds())


def _before(on: date, days: int) -> datetime:
    """The first moment of the day that lies so many days before."""
    return timezone.make_aware(datetime.combine(on - timedelta(days=days), datetime.min.time()))


def _warn(kind: FormKind, on: date, at: datetime) -> int:
    told = 0
    quiet = Draft.objects.filter(
        service=kind.service, form=kind.id, warned_at=None, saved_at__lt=_before(on, kind.kept_days - kind.warned_days)
    )
    while True:
        with transaction.atomic():
            rows = list(quiet.select_for_update().order_by("saved_at", "id")[:PORTION])
            if not rows:
                return told
            known = _known(rows)
            for row in rows:
                _tell(kind, row, known, on, at)
                row.warned_at = at
                row.save(update_fields=["warned_at"])
        told += len(rows)


def _known(rows: "Iterable[Draft]") -> set[int]:
    wanted = {row.person for row in rows if row.person is not None}
    return set(Person.objects.filter(key__in=wanted).values_list("key", flat=True))


def _tell(kind: FormKind, row: Draft, known: set[int], on: date, at: datetime) -> None:
    to: int | messages.Addressee
    if row.person is not None and row.person in known:
        to = row.person
    elif row.organisation:
        to = addressee_of_organisation(row.organisation)
        if not to.email and not to.phone:
            return  # the draft stands on the organisation's own page: no letter is posted about a form
    else:
        return
    until = on + timedelta(days=kind.warned_days)
    data = {
        "form_fi": kind.title.fi, "form_sv": kind.title.sv, "form_en": kind.title.en, "until": until.isoformat(),
        "link": link_to("/organisation/" if row.organisation else "/my/"),
    }  # fmt: skip
    messages.plan(
        to, template="cases.draft_expires", data=data, at=at, key=f"draft:{row.pk}:{row.revision}:expires",
        about=f"draft:{row.pk}",
    )  # fmt: skip


def _drop(kind: FormKind, on: date, at: datetime) -> int:
    dropped = 0
    old = Draft.objects.filter(
        Q(warned_at__lt=_before(on, kind.warned_days - 1)), service=kind.service, form=kind.id,
        saved_at__lt=_before(on, kind.kept_days),
    )  # fmt: skip
    while True:
        with transaction.atomic():
            rows = list(old.select_for_update().order_by("saved_at", "id")[:PORTION])
            if not rows:
                return dropped
            messages.destroy(about=[f"draft:{row.pk}" for row in rows])
            destroy(kind, rows)
            digest = audit.rows_digest([str(row.pk)] for row in rows)
            said: dict[str, object] = {"drafts": len(rows), "digest": digest}
            about = f"service:{kind.service}"
            audit.write(SYSTEM("cases"), "cases.drop-drafts", about, at, {}, RETENTION, statement=said)
        dropped += len(rows)


def warn_and_drop(*, at: datetime, on: date, progress: Progress) -> JobReport:
    """Tell of drafts that will be dropped, drop those whose time is over, seal the others under the key in use."""
    warned = warn(on, at=at)
    progress(1, 3)
    dropped = drop_old(on, at=at)
    progress(2, 3)
    return JobReport({"warned": warned, "dropped": dropped, "resealed": reseal()})
