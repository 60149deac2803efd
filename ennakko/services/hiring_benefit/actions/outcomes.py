# SPDX-License-Identifier: EUPL-1.2
"""Is the employee still employed? Asked from the employer after six and twelve months; nobody has to answer."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Final

from django.db import transaction

from ennakko.kernel import audit, messages, tokens
from ennakko.kernel.access import Actor, require
from ennakko.services.hiring_benefit.conditions import SERVICE
from ennakko.services.hiring_benefit.figures import AFTER_MONTHS
from ennakko.services.hiring_benefit.models import Application, EmploymentCheck
from ennakko.services.hiring_benefit.states import BenefitState
from ennakko.values.dates import add_months

TELL: Final = "hiring-benefit.tell-employment"
RETENTION: Final = "hiring-benefit"
LATEST_AFTER: Final = timedelta(days=60)
"""Days after the day in question within which it is still asked: an older question nobody remembers the answer to."""


def ask_due(*, at: datetime, on: date) -> int:
    """Ask every employer whose day has come, once; how many questions are new. Repeated, nobody is asked twice."""
    made = 0
    for months in AFTER_MONTHS:
        begun_by, begun_after = add_months(on, -months), add_months(on - LATEST_AFTER, -months)
        waiting = Application.objects.filter(
            case__state=BenefitState.GRANTED, emptied_at=None, start__lte=begun_by, start__gt=begun_after
        ).exclude(employment_checks__after_months=months)
        for row in waiting.select_related("case").order_by("pk"):
            with transaction.atomic():
                check = EmploymentCheck.objects.create(
                    application=row, after_months=months, due_on=add_months(row.start, months), asked_at=at
                )
                _ask(check, at=at)
            made += 1
    return made


def _ask(check: EmploymentCheck, *, at: datetime) -> None:
    row = check.application
    messages.plan(
        messages.Addressee(email=row.contact_email, organisation=row.organisation),
        template=f"{SERVICE}.employment_asked", key=f"{SERVICE}:employment:{check.pk}", at=at, language=row.language,
        data={
            "case": row.case.number, "months": check.after_months,
            "link": f"{tokens.site()}/organisation/hiring-benefit/employment/",
        },
        about=f"case:{row.case_id}",
    )  # fmt: skip


def answer(check: EmploymentCheck, *, still_employed: bool, actor: Actor, at: datetime) -> EmploymentCheck:
    """What the employer tells; it may be told again until the question is a year old. Raises Refused."""
    require(actor, TELL, check)
    with transaction.atomic():
        row = EmploymentCheck.objects.select_for_update().get(pk=check.pk)
        row.still_employed, row.answered_at, row.answered_by = still_employed, at, actor.subject
        row.save(update_fields=["still_employed", "answered_at", "answered_by"])
        about = {"after_months": row.after_months, "still_employed": still_employed}
        audit.write(actor, "hiring-benefit.employment-told", f"case:{row.application.case_id}", at, about, RETENTION)
    return row


def waiting_for(actor: Actor) -> list[EmploymentCheck]:
    """The questions to the actor's organisation that wait for an answer. Raises Refused."""
    require(actor, TELL)
    return list(
        EmploymentCheck.objects.filter(application__organisation=actor.organisation or "-", answered_at=None)
        .select_related("application__case", "application__employee")
        .order_by("due_on", "pk")
    )
