# SPDX-License-Identifier: EUPL-1.2
"""The statistics that the city's reporting tool reads: 33 columns an application, and its instalments beside them.

The City's earlier export told the employee's birth date. No statistic of ours needs the day: the year is told (General
Data Protection Regulation, article 5.1 c). No name and no identity code stands here; whoever is under non-disclosure
is left out.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final

from django.db.models import Prefetch

from ennakko.kernel import audit
from ennakko.kernel.access import Actor, require
from ennakko.kernel.payments.writing import Cell, csv
from ennakko.services.hiring_benefit.conditions import SERVICE
from ennakko.services.hiring_benefit.figures import PAID, open_to_count
from ennakko.services.hiring_benefit.models import Application, Calculation
from ennakko.services.hiring_benefit.states import DECIDED
from ennakko.values.money import in_euros

EXPORT: Final = "hiring-benefit.statistics"
READ: Final = ("birth_date", "pay", "work")
COLUMNS: Final = (
    "application_number", "employer_type", "business_id", "benefit_amount", "decision_date", "status", "origin",
    "received", "benefit_type", "start_date", "end_date", "company_form_code", "industry_code",
    "association_has_business_activities", "language", "pay_subsidy", "pay_subsidy_percent",
    "additional_pay_subsidy_percent", "apprenticeship", "monthly_pay", "vacation_money", "other_expenses",
    "working_hours", "birth_year", "calculated_start_date", "calculated_end_date", "calculated_amount", "rule_set",
    "handled_at", "state_aid_max_percentage", "granted_as_de_minimis", "paid_at", "recovered_amount",
)  # fmt: skip
INSTALMENTS: Final = ("instalment_1_amount", "instalment_1_status", "instalment_2_amount", "instalment_2_status")


def export(*, after: date | None, before: date | None, actor: Actor, at: datetime, purpose: str) -> bytes:
    """The decided applications as CSV in UTF-8; the reading is logged with its purpose. Raises Refused."""
    require(actor, EXPORT)
    rows = list(_decided(after, before))
    persons = {row.employee.person_id for row in rows if row.employee.person_id is not None}
    audit.read(actor, SERVICE, sorted(persons), READ, "", at, f"statistics: {purpose}")
    return csv((*COLUMNS, *INSTALMENTS), (list(_cells(row)) for row in rows))


def _decided(after: date | None, before: date | None) -> Iterator[Application]:
    """The applications decided on the days between, both included; a constant number of queries."""
    rows = open_to_count().filter(case__state__in=DECIDED)
    if after is not None:
        rows = rows.filter(case__decisions__on__gte=after)
    if before is not None:
        rows = rows.filter(case__decisions__on__lte=before)
    in_force = Calculation.objects.filter(in_force=True)
    yield from (
        rows.select_related("case", "employee")
        .prefetch_related(
            "case__decisions", "instalments", "alterations",
            Prefetch("calculations", queryset=in_force, to_attr="newest"),
        )
        .order_by("received_on", "pk")
        .distinct()
    )  # fmt: skip


def _cells(row: Application) -> Iterator[Cell]:
    decision = max(row.case.decisions.all(), key=lambda one: one.decided_at)
    newest: list[Calculation] = row.newest  # type: ignore[attr-defined]
    calculation = newest[0] if newest else None
    born = row.employee.birth_date
    instalments = sorted(row.instalments.all(), key=lambda one: one.number)
    recovered = sum(one.deducted_cents + one.invoiced_cents for one in row.alterations.all() if not one.annulled_at)
    paid = [one.paid_on for one in instalments if one.state in PAID and one.paid_on]
    inputs: dict[str, Any] = calculation.inputs if calculation is not None else {}
    yield from (
        row.case.number, row.employer_kind, row.organisation, _euros(decision.amount_cents), _day(decision.on),
        row.case.state, row.origin, _day(row.received_on), row.benefit_type, _day(row.start), _day(row.end),
        row.legal_form, row.industry, _truth(row.business_activity), row.language, row.pay_subsidy,
        _number(row.pay_subsidy_percent), _number(row.additional_pay_subsidy_percent), _truth(row.apprenticeship),
        _euros(row.pay_cents), _euros(row.vacation_cents), _euros(row.other_cents),
        None if row.weekly_hours is None else Decimal(row.weekly_hours).scaleb(-2),
        _number(born.year if born else None),
        _day(calculation.start if calculation else None), _day(calculation.end if calculation else None),
        _euros(calculation.total_cents if calculation else None), calculation.rule_set if calculation else "",
        _day(decision.decided_at.date()), _number(inputs.get("state_aid_max_percentage")),
        _truth(decision.content.get("de_minimis")), _day(min(paid, default=None)), _euros(recovered),
    )  # fmt: skip
    for number in (0, 1):
        one = instalments[number] if number < len(instalments) else None
        yield _euros(one.payable_cents) if one else None
        yield one.state if one else ""


def _euros(cents: int | None) -> Decimal | None:
    return None if cents is None else in_euros(cents)


def _day(value: date | None) -> str:
    return "" if value is None else value.isoformat()


def _truth(value: Any) -> str:
    return "" if value is None else "true" if value else "false"


def _number(value: Any) -> str:
    return "" if value is None else str(value)
