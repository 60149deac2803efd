# SPDX-License-Identifier: EUPL-1.2
"""Applications are destroyed when their time is over: cancelled ones after thirty days, decided ones after ten years.

Whatever hangs on an application goes with it (employee, papers, calculations); then the kernel's case goes. Unfinished
applications are the kernel's: see `drafting.FORM` (act 21 §).
"""

from datetime import date, datetime, timedelta
from typing import Final

from django.db import transaction
from django.db.models import Q

from ennakko.kernel import audit, documents, messages, payments, people, records
from ennakko.kernel.access import Actor
from ennakko.kernel.cases.retention import destroy_cases
from ennakko.services.hiring_benefit.case_kind import BENEFIT_CASE
from ennakko.services.hiring_benefit.conditions import SERVICE
from ennakko.services.hiring_benefit.models import Alteration, Application
from ennakko.services.hiring_benefit.states import DECIDED, BenefitState

CANCELLED_DAYS: Final = 30
KEPT_DAYS: Final = 3651
RETENTION: Final = "hiring-benefit"
PORTION: Final = 200


def destroy_old(*, on: date, at: datetime, actor: Actor) -> dict[str, int]:
    """Destroy what may no longer be kept; how many of each. Safe to repeat and to interrupt."""
    cancelled = Q(case__state=BenefitState.CANCELLED, case__closed_at__date__lt=on - timedelta(days=CANCELLED_DAYS))
    decided = Q(case__state__in=DECIDED, case__closed_at__date__lt=on - timedelta(days=KEPT_DAYS))
    return {
        "cancelled": _destroy(cancelled, actor=actor, at=at),
        "decided": _destroy(decided, actor=actor, at=at),
    }


def _destroy(which: Q, *, actor: Actor, at: datetime) -> int:
    destroyed = 0
    old = Application.objects.filter(which, case__kind=BENEFIT_CASE).exclude(case__in=records.held_cases())
    # Notices of changes are cases of their own and go with the application; one that is held keeps it.
    old = old.exclude(alterations__case__in=records.held_cases())
    while True:
        with transaction.atomic():
            rows = list(old.select_for_update(of=("self",)).select_related("employee").order_by("pk")[:PORTION])
            if not rows:
                return destroyed
            cases = [row.case_id for row in rows]
            cases += Alteration.objects.filter(application__in=rows).order_by("pk").values_list("case", flat=True)
            abouts = [f"case:{case}" for case in cases]
            persons = {row.employee.person_id for row in rows}
            payments.forget(abouts, actor=actor, at=at)
            documents.destroy(about=abouts)
            messages.destroy(about=abouts)
            Application.objects.filter(pk__in=[row.pk for row in rows]).delete()
            destroy_cases(cases, at=at)
            digest = audit.rows_digest([row.pk] for row in rows)
            said: dict[str, object] = {"applications": len(rows), "digest": digest}
            audit.write(actor, f"{SERVICE}.destroy", f"service:{SERVICE}", at, {}, RETENTION, statement=said)
        people.forget({one for one in persons if one is not None}, by=actor, at=at, reason="retention")
        destroyed += len(rows)
