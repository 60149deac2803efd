# SPDX-License-Identifier: EUPL-1.2
"""What the measurement of applications stands on, made inside the product: employers, drafts with papers; the count.

`python -m bench.benefits_town make 1000` prints one JSON line: what the clients are to send. `… grow 50000` fills the
queue, `… count` tells what stands afterwards.
"""

from __future__ import annotations

import json
import sys
from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.core.management import call_command
from django.db import connection

from bench import claims_town as town
from ennakko.kernel import clock
from ennakko.kernel.access import Actor
from ennakko.kernel.audit.models import Entry
from ennakko.kernel.cases.models import Case, CaseEvent
from ennakko.kernel.documents.models import Document
from ennakko.services.hiring_benefit import terms
from ennakko.services.hiring_benefit.actions import drafting
from ennakko.services.hiring_benefit.form_values import documents_about
from ennakko.services.hiring_benefit.models import Application, Calculation, Employee
from ennakko.services.hiring_benefit.states import BenefitState
from ennakko.values.identity_code import compose
from ennakko.web.demo_people import plant_staff

DAY = date(2026, 8, 20)
AT = datetime(2026, 8, 20, 9, tzinfo=UTC)
HANDLER = "samuli"


def make(many: int) -> dict[str, Any]:
    """An empty installation in August with employers whom the city knows, and their unfinished applications."""
    call_command("migrate", verbosity=0)
    clock.demo.start(DAY, by="bench")
    plant_staff(at=AT, start=date(2026, 1, 1))
    employers = town._employers()
    sent = []
    for place in range(many):
        business_id, iban = employers[place % town.EMPLOYERS]
        key = f"bench-{place}"
        drafting.save(_application(place, iban), key=key, actor=_employer(business_id), at=AT)
        sent.append({"key": key, "organisation": business_id})
    Document.objects.bulk_create(
        [
            Document(
                about=documents_about(one["organisation"], one["key"], 1), kind="employment_contract",
                name="contract.pdf", content_type="application/pdf", size=1000, sha256="0" * 64,
                state=Document.State.CLEAN, added_by="bench", added_at=AT,
            )
            for one in sent
        ],
        batch_size=500,
    )  # fmt: skip
    agreed = terms.in_force(DAY)
    return {
        "applications": sent, "csrf": town.CSRF, "terms": agreed.version, "assured": sorted(agreed.codes),
        "sessions": {one: town._session(town._employer_session(one)) for one, _ in employers},
        "staff": town._session({"actor": {"kind": "staff", "reference": HANDLER, "person": None, "staff": None,
                                          "name": "Samuli", "strong": True}}),
    }  # fmt: skip


def _employer(business_id: str) -> Actor:
    return Actor(
        "organisation", f"r{business_id}", name="Petri", strong=True, organisation=business_id,
        mandates=frozenset({"grants", "signatory"}),
    )  # fmt: skip


def _application(place: int, iban: str) -> dict[str, Any]:
    code = compose(date(1990, 1, 1) + timedelta(days=place % 3000), 900 + place // 3000)
    return {
        "iban": iban, "contact_first_name": "Petri", "contact_last_name": "Laakso", "contact_phone": "040 123 4567",
        "contact_email": "petri@aamukaste.example", "language": "fi", "de_minimis_aid": "no", "negotiations": "no",
        "employees": [
            {
                "first_name": "Noora", "last_name": "Salo", "identity_code": code, "lives_here": "yes",
                "job_title": "Kokki", "start": "1.8.2026", "weekly_hours": "37,5", "monthly_pay": "2 600,00",
                "other_expenses": "520", "apprenticeship": "no", "pay_subsidy": "not_granted", "consent_by": "online",
            }
        ],
    }  # fmt: skip


def count() -> dict[str, int]:
    """What stands after the sending: nothing may be there twice, nothing half."""
    return {
        "applications": Application.objects.count(),
        "cases": Case.objects.filter(kind="benefit").count(),
        "employees": Employee.objects.count(),
        "calculations": Calculation.objects.filter(in_force=True).count(),
        "entries": Entry.objects.filter(action="hiring-benefit.apply").count(),
        "numbers": Case.objects.filter(kind="benefit").values("number").distinct().count(),
    }


def grow(many: int) -> dict[str, int]:
    """As many applications in the queue, each like one that was sent, in every open state; how many there are."""
    models = list(Case.objects.filter(kind="benefit").order_by("pk")[:200])
    rows = {row.case_id: row for row in Application.objects.select_related("employee").filter(case__in=models)}
    missing = many - Case.objects.filter(kind="benefit").count()
    states = (BenefitState.RECEIVED, BenefitState.HANDLING, BenefitState.RECEIVED, BenefitState.ACCEPTED)
    taken = Application.objects.order_by("-pk").values_list("pk", flat=True)[0] * 10
    sent, cases, employees, events = [], [], [], []
    for place in range(max(missing, 0)):
        case, number = models[place % len(models)], taken + place
        row, at = rows[case.pk], AT - timedelta(hours=place % 240)
        state = states[place % len(states)]
        cases.append(
            town._copy(Case, case, pk=number, number=f"KS-2025-{place:06d}", state=state, opened_at=at, state_at=at,
                       due=DAY + timedelta(days=place % 40 - 10))
        )  # fmt: skip
        sent.append(
            town._copy(Application, row, pk=number, case_id=number, key=f"grown-{place}", sent_at=at,
                       search=f"{row.search[:380]} {place}")
        )  # fmt: skip
        employees.append(town._copy(Employee, row.employee, pk=number, application_id=number))
        events.append(CaseEvent(case_id=number, sequence=1, verb="open", by="bench", at=at, to_state=str(state)))
    for model, made in ((Case, cases), (Application, sent), (Employee, employees), (CaseEvent, events)):
        model._base_manager.bulk_create(made, batch_size=500)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            # As the server's own housekeeping does after so many new rows; an index alone answers only then.
            cursor.execute("VACUUM ANALYZE")
    return {"applications": Case.objects.filter(kind="benefit").count()}


if __name__ == "__main__":
    task, *more = sys.argv[1:]
    print(json.dumps(make(int(more[0])) if task == "make" else grow(int(more[0])) if task == "grow" else count()))
