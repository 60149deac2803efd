# SPDX-License-Identifier: EUPL-1.2
"""A stored application as it is written in the form: to be completed, copied, shown or sent on."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from ennakko.services.hiring_benefit import employees
from ennakko.services.hiring_benefit.form_values import ONLINE, PAPER
from ennakko.services.hiring_benefit.models import Application
from ennakko.services.hiring_benefit.states import EmployeeConsent
from ennakko.services.hiring_benefit.storing import OF_EMPLOYER
from ennakko.values.money import in_euros

COPIED = tuple(name for name in OF_EMPLOYER if name not in ("negotiations", "negotiations_description"))
"""What a copy begins with; what must be true on the day is asked again."""


def employer_of(row: Application) -> dict[str, Any]:
    """The employer's raw fields with the rows of aid."""
    return {**{name: _written(getattr(row, name)) for name in OF_EMPLOYER}, "aid": _aid(row)}


def employee_of(row: Application) -> dict[str, Any]:
    """The raw fields of the employee and the work."""
    employee = row.employee
    paper = employee.consent == EmployeeConsent.ON_PAPER
    return {
        "first_name": employees.first_name_of(employee), "last_name": employees.last_name_of(employee),
        "identity_code": employees.code_of(employee), "lives_here": _written(employee.told_resident),
        "job_title": row.job_title, "start": row.start.isoformat(), "end": row.end.isoformat(),
        "weekly_hours": hundredths(row.weekly_hours), "monthly_pay": euros_of(row.pay_cents),
        "vacation_money": euros_of(row.vacation_cents), "other_expenses": euros_of(row.other_cents),
        "apprenticeship": _written(row.apprenticeship), "pay_subsidy": row.pay_subsidy,
        "pay_subsidy_percent": _written(row.pay_subsidy_percent),
        "additional_pay_subsidy_percent": _written(row.additional_pay_subsidy_percent),
        "collective_agreement": row.collective_agreement, "role_description": row.role_description,
        "other_support": _written(row.other_support), "other_subsidised": _written(row.other_subsidised),
        "other_subsidised_count": _written(row.other_subsidised_count),
        "consent_by": PAPER if paper else ONLINE, "letter_code": row.letter_code,
    }  # fmt: skip


def copy_of(row: Application) -> dict[str, Any]:
    """A new application begun from an earlier one: the employer's part and the aid, the employee blank."""
    told = {name: value for name, value in employer_of(row).items() if name in COPIED or name == "aid"}
    return {**told, "employees": [{}], "copied_from": row.case.number}


def euros_of(cents: int | None) -> str:
    """Cents as people write them: 260050 → "2600,50", 260000 → "2600"."""
    if cents is None:
        return ""
    return str(cents // 100) if cents % 100 == 0 else str(in_euros(cents)).replace(".", ",")


def hundredths(value: int | None) -> str:
    """Hundredths as people write them: 3750 → "37,5"."""
    return "" if value is None else f"{value / 100:g}".replace(".", ",")


def changed(before: dict[str, Any], after: dict[str, Any], names: Iterable[str]) -> list[str]:
    """The raw fields whose values differ."""
    return [name for name in names if str(before.get(name) or "") != str(after.get(name) or "")]


def _aid(row: Application) -> list[dict[str, str]]:
    return [
        {"granter": one.granter, "amount": euros_of(one.amount_cents), "granted_on": one.granted_on.isoformat()}
        for one in row.de_minimis_rows.all()
    ]


def _written(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return value.isoformat() if isinstance(value, date) else str(value)
