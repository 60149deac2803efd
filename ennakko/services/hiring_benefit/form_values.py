# SPDX-License-Identifier: EUPL-1.2
"""An application as it is written: the fields of the employer and of each employee, as values that could be read.

A raw application is `{**employer fields, "employees": [{**employee fields}], "aid": [{granter, amount, granted_on}]}`,
its values as they were typed or as an interface sent them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from ennakko.values.texts import Text

VERSION: Final = "2026-1"
EMPLOYER_FIELDS: Final = (
    "iban", "contact_first_name", "contact_last_name", "contact_phone", "contact_email", "language", "department",
    "other_street_address", "other_postal_code", "other_post_office", "business_activity", "manager_available",
    "employees_count", "business_brief", "purchased_service", "de_minimis_aid", "negotiations",
    "negotiations_description",
)  # fmt: skip
EMPLOYEE_FIELDS: Final = (
    "first_name", "last_name", "identity_code", "lives_here", "job_title", "start", "end", "weekly_hours",
    "monthly_pay", "vacation_money", "other_expenses", "apprenticeship", "pay_subsidy", "pay_subsidy_percent",
    "additional_pay_subsidy_percent", "collective_agreement", "role_description", "other_support",
    "other_subsidised", "other_subsidised_count", "consent_by", "letter_code",
)  # fmt: skip
AID_FIELDS: Final = ("granter", "amount", "granted_on")
ONLINE, PAPER = "online", "paper"
MOST_EMPLOYEES: Final = 20
MOST_AID_ROWS: Final = 20


@dataclass(frozen=True, slots=True)
class ToCorrect:
    """One thing to correct: `field` by its name ("" for the whole), `row` the employee from 0; what to write."""

    field: str
    text: Text
    row: int | None = None
    code: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AidTold:
    """Aid from others, as the employer tells; cents."""

    granter: str
    amount_cents: int
    granted_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class EmployeeValues:
    """One employee and the work; hours in hundredths a week, money in cents a month, None and "" not told."""

    first_name: str = ""
    last_name: str = ""
    identity_code: str = ""
    lives_here: bool | None = None
    job_title: str = ""
    start: date | None = None
    end: date | None = None
    weekly_hours: int | None = None
    pay_cents: int | None = None
    vacation_cents: int | None = None
    other_cents: int | None = None
    apprenticeship: bool | None = None
    pay_subsidy: str = ""
    pay_subsidy_percent: int | None = None
    additional_pay_subsidy_percent: int | None = None
    collective_agreement: str = ""
    role_description: str = ""
    other_support: bool | None = None
    other_subsidised: bool | None = None
    other_subsidised_count: int | None = None
    consent_by: str = ONLINE
    letter_code: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class BenefitValues:
    """A whole application: the employer's answers and the employees."""

    iban: str = ""
    contact_first_name: str = ""
    contact_last_name: str = ""
    contact_phone: str = ""
    contact_email: str = ""
    language: str = "fi"
    department: str = ""
    other_street_address: str = ""
    other_postal_code: str = ""
    other_post_office: str = ""
    business_activity: bool | None = None
    manager_available: bool | None = None
    employees_count: int | None = None
    business_brief: str = ""
    purchased_service: bool | None = None
    de_minimis_aid: bool | None = None
    negotiations: bool | None = None
    negotiations_description: str = ""
    aid: tuple[AidTold, ...] = ()
    employees: tuple[EmployeeValues, ...] = ()


def raw_employees(raw: Mapping[str, Any]) -> Sequence[Mapping[str, Any]]:
    """The employees of a raw application, whatever was sent in their place."""
    rows = raw.get("employees")
    return [row for row in rows if isinstance(row, Mapping)] if isinstance(rows, list | tuple) else ()


def documents_about(organisation: str, key: str, position: int) -> str:
    """Where an employee's papers wait until the draft is sent (`position` from 1); then they move to the case."""
    return f"hiring-benefit-draft:{organisation}:{key}:{position}"
