# SPDX-License-Identifier: EUPL-1.2
"""The way through an application: its steps in order, which are done, and where each stands."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse

from ennakko.kernel.organisations.models import Organisation
from ennakko.services.hiring_benefit import submit_checks
from ennakko.services.hiring_benefit.form_reading import read_employee, read_employer
from ennakko.services.hiring_benefit.form_values import ToCorrect, raw_employees
from ennakko.services.hiring_benefit.forms_apply import EmployeeForm, EmployerForm, WorkForm
from ennakko.values.texts import Text, text

EMPLOYEE, WORK, EMPLOYER, PAPERS, CHECK = "employee", "work", "employer", "papers", "check"
TITLES: Mapping[str, Text] = {
    EMPLOYEE: text(fi="Työntekijä", sv="Den anställda", en="Employee"),
    WORK: text(fi="Työ ja palkka", sv="Arbete och lön", en="Work and pay"),
    PAPERS: text(fi="Liitteet ja vahvistus", sv="Bilagor och bekräftelse", en="Papers and confirmation"),
    EMPLOYER: text(fi="Työnantaja", sv="Arbetsgivaren", en="Employer"),
    CHECK: text(fi="Tarkista ja lähetä", sv="Granska och skicka", en="Check and send"),
}
FIELDS: Mapping[str, frozenset[str]] = {
    EMPLOYEE: frozenset(EmployeeForm.base_fields),
    WORK: frozenset(WorkForm.base_fields),
    EMPLOYER: frozenset(EmployerForm.base_fields) | {"aid"},
}
"""Which fields each step asks."""


@dataclass(frozen=True, slots=True)
class Step:
    """One step as the list of steps shows it."""

    title: Text
    url: str
    number: int
    here: bool


def steps(key: str, here: str, row: int) -> list[Step]:
    """The five steps of an application, for the employee in hand (from 1)."""
    return [
        Step(title, url_of(key, name, row), number, name == here)
        for number, (name, title) in enumerate(TITLES.items(), 1)
    ]


def url_of(key: str, step: str, row: int = 1) -> str:
    """The address of a step of a draft; `row` is the employee from 1."""
    if step in (EMPLOYER, CHECK):
        return reverse(f"hiring-benefit:apply-{step}", args=[key])
    return reverse(f"hiring-benefit:apply-{step}", args=[key, row])


def after(step: str) -> str:
    """The step that follows."""
    names = list(TITLES)
    return names[min(names.index(step) + 1, len(names) - 1)]


def problems_of_row(row: Mapping[str, Any], step: str, *, on: date) -> list[ToCorrect]:
    """What must be corrected in one employee's step."""
    values, unread = read_employee(row)
    found = [*unread, *submit_checks.employee_problems(submit_checks.with_end(values, on), 0, on=on)]
    told = {(one.field) for one in unread}
    hidden = {"identity_code", "first_name", "last_name"} if row.get("letter_code") else set()
    return [
        one
        for one in found
        if one.field in FIELDS[step] - hidden and (one in unread or one.field not in told)
    ]  # fmt: skip


def problems_of_employer(raw: Mapping[str, Any], organisation: Organisation, *, on: date) -> list[ToCorrect]:
    """What must be corrected in the employer's step."""
    reading = read_employer(raw)
    association = submit_checks.is_association(organisation.form, organisation.kind, on)
    found = submit_checks.employer_problems(reading.values, association=association, on=on)
    unread = {one.field for one in reading.refusals}
    if any(name.startswith("aid-") for name in unread):
        unread.add("aid")  # a row that cannot be read was told all the same
    return [*reading.refusals, *(one for one in found if one.field not in unread)]


def with_row(raw: Mapping[str, Any], row: int, told: Mapping[str, Any]) -> dict[str, Any]:
    """The application with what was told of an employee (from 1); one more row where it is the next."""
    rows = [dict(one) for one in raw_employees(raw)]
    while len(rows) < row:
        rows.append({})
    rows[row - 1] |= dict(told)
    return {**raw, "employees": rows}
