# SPDX-License-Identifier: EUPL-1.2
"""Staff put an application right: every change with its reason, what stood there before, and a new look by the machine.

Raises Refused (who may) and NotNow (`.reason` says what can be done instead).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from django.db import transaction

from ennakko.kernel import audit
from ennakko.kernel.access import Actor
from ennakko.kernel.cases import NotNow
from ennakko.kernel.cases.models import Case
from ennakko.kernel.cases.moving import RETENTION, append
from ennakko.kernel.ui.reading import Unreadable
from ennakko.services.hiring_benefit import employees, form_reading
from ennakko.services.hiring_benefit import handling_reasons as reasons
from ennakko.services.hiring_benefit.actions import reviewing
from ennakko.services.hiring_benefit.actions.in_hand import application_of, in_hand
from ennakko.services.hiring_benefit.form_values import ToCorrect
from ennakko.services.hiring_benefit.models import Application, Employee, FieldChange
from ennakko.services.hiring_benefit.persons import known_person

OF_EMPLOYER: Final = (
    "iban", "contact_first_name", "contact_last_name", "contact_phone", "contact_email", "language",
    "business_activity", "manager_available", "de_minimis_aid", "negotiations", "negotiations_description",
)  # fmt: skip
OF_WORK: Final = (
    "job_title", "start", "end", "weekly_hours", "monthly_pay", "vacation_money", "other_expenses", "apprenticeship",
    "pay_subsidy", "collective_agreement", "role_description",
)  # fmt: skip
OF_PERSON: Final = ("first_name", "last_name", "identity_code")
CHANGEABLE: Final = (*OF_WORK, *OF_PERSON, *OF_EMPLOYER)
"""Fields that staff put right, by the names of the form; name, form and address of the employer are its register's."""

COUNTED: Final = frozenset(
    {"start", "end", "pay_cents", "vacation_cents", "other_cents", "apprenticeship", "pay_subsidy"}
)
"""Columns that the calculation is made of."""


@dataclass(frozen=True, slots=True)
class Changed:
    """What became of a correction: the change that was stored, or what to write instead."""

    change: FieldChange | None = None
    refusals: tuple[ToCorrect, ...] = ()


def change(
    case: Case, raw: Mapping[str, Any], reason: str, *, actor: Actor, at: datetime, on: date
) -> Changed:  # fmt: skip
    """Change some fields (text as people write it; what is not given stays), with a reason for the history."""
    values, refusals = read(raw)
    if refusals:
        return Changed(refusals=refusals)
    with transaction.atomic():
        row = in_hand(case, actor=actor, at=at)
        if not reason.strip():
            raise NotNow(reasons.SAY_WHY, row)
        application = application_of(row)
        employee = application.employee
        found = [*_columns(application, values), *_person(employee, values, at=at)]
        if not found:
            raise NotNow(reasons.NOTHING_CHANGED, row)
        if application.end < application.start:
            raise NotNow(reasons.PERIOD_TURNED, row)
        application.save()
        employee.save()
        stored = FieldChange.objects.create(
            application=application, reason=reason.strip(), changes=found, by=actor.subject, by_name=actor.name, at=at
        )
        reviewing.look(application_of(row), at=at, on=on, actor=actor)
        append(row, "change", by=actor, at=at, details={"change": stored.pk})
        named = {"fields": [one["field"] for one in found]}
        audit.write(actor, "hiring-benefit.change", f"case:{row.pk}", at, named, RETENTION)
    return Changed(stored)


def read(raw: Mapping[str, Any]) -> tuple[dict[str, Any], tuple[ToCorrect, ...]]:
    """The values of the changeable fields that were given, and what could not be read; "" empties a field."""
    values: dict[str, Any] = {}
    wrong = []
    for name in CHANGEABLE:
        if name not in raw:
            continue
        written = raw[name]
        if written is None or (isinstance(written, str) and not written.strip()):
            values[name] = None
            continue
        how = form_reading.EMPLOYEE.get(name) or form_reading.EMPLOYER[name]
        try:
            values[name] = how(written)
        except Unreadable as error:
            wrong.append(ToCorrect(name, error.text, code="unreadable"))
    return values, tuple(wrong)


def _columns(application: Application, values: Mapping[str, Any]) -> Iterable[dict[str, Any]]:
    for name, given in values.items():
        column = form_reading.STORED.get(name, name)
        if name in OF_PERSON:
            continue
        field = Application._meta.get_field(column)
        value = given if given is not None or field.null else ""
        if given is None and column in ("start", "end", "pay_subsidy", "language"):
            continue  # what an application cannot be without stays
        before = getattr(application, column)
        if before == value:
            continue
        setattr(application, column, value)
        yield {"field": column, "before": _json(before), "after": _json(value)}


def _person(employee: Employee, values: Mapping[str, Any], *, at: datetime) -> Iterable[dict[str, Any]]:
    """Name and identity code: sealed again; of what they were, only that they changed is kept."""
    now = {
        "first_name": employees.first_name_of(employee), "last_name": employees.last_name_of(employee),
        "identity_code": employees.code_of(employee),
    }  # fmt: skip
    changed = {name: values[name] for name in OF_PERSON if values.get(name) and values[name] != now[name]}
    if not changed:
        return
    told = now | changed
    made = employees.new_employee(
        employee.application, first_name=told["first_name"], last_name=told["last_name"], code=told["identity_code"]
    )
    for column in ("first_name_sealed", "last_name_sealed", "identity_code_sealed", "identity_code_index",
                   "name_index", "birth_date"):  # fmt: skip
        setattr(employee, column, getattr(made, column))
    if "identity_code" in changed:
        employee.person_id = known_person(told["identity_code"], at=at)
    yield from ({"field": name, "before": None, "after": None} for name in changed)


def _json(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value
