# SPDX-License-Identifier: EUPL-1.2
"""Reading a raw application: what people write becomes values, or a sentence on what to write instead."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any, Final

from ennakko.kernel.ui import reading
from ennakko.kernel.ui.reading import Unreadable
from ennakko.services.hiring_benefit.form_values import (
    AID_FIELDS,
    MOST_AID_ROWS,
    MOST_EMPLOYEES,
    ONLINE,
    PAPER,
    AidTold,
    BenefitValues,
    EmployeeValues,
    ToCorrect,
    raw_employees,
)
from ennakko.services.hiring_benefit.law.application_2026 import ANSWERS
from ennakko.values import identity_code
from ennakko.values.texts import LANGUAGES, text

MOST_CENTS: Final = 9_999_999
MOST_AID_CENTS: Final = 99_999_999_99
LEAST_HOURS, MOST_HOURS = 1, 168
WRONG_CODE = text(
    fi="Tarkista henkilötunnus, esimerkiksi 131052-308T.",
    sv="Kontrollera personbeteckningen, till exempel 131052-308T.",
    en="Check the personal identity code, for example 131052-308T.",
)
NO_EMPLOYEES = text(fi="Lisää työntekijä.", sv="Lägg till en anställd.", en="Add an employee.")
TOO_MANY = text(
    fi="Yhdessä lähetyksessä voi olla enintään {most} työntekijää. Hae lopuille erikseen.",
    sv="En inlämning kan ha högst {most} anställda. Ansök för resten separat.",
    en="One sending holds at most {most} employees. Apply for the rest separately.",
)
Read = Callable[[Any], Any]


def _text(longest: int) -> Read:
    return partial(reading.words, longest=longest)


def _whole(most: int, least: int = 0) -> Read:
    return partial(reading.whole, least=least, most=most)


def _cents(value: Any) -> int:
    return reading.cents(value, least=0, most=MOST_CENTS)


def _code(value: Any) -> str:
    said = "".join(str(value).split()).upper()
    if not identity_code.is_valid(said):
        raise Unreadable(WRONG_CODE)
    return said


EMPLOYER: Final[Mapping[str, Read]] = {
    "iban": reading.finnish_iban,
    "contact_first_name": _text(64),
    "contact_last_name": _text(64),
    "contact_phone": reading.finnish_phone,
    "contact_email": partial(reading.email, longest=64),
    "language": partial(reading.one_of, choices=LANGUAGES),
    "department": _text(256),
    "other_street_address": _text(256),
    "other_postal_code": reading.postcode,
    "other_post_office": _text(100),
    "business_activity": reading.yes_or_no,
    "manager_available": reading.yes_or_no,
    "employees_count": _whole(1_000_000),
    "business_brief": _text(6000),
    "purchased_service": reading.yes_or_no,
    "de_minimis_aid": reading.yes_or_no,
    "negotiations": reading.yes_or_no,
    "negotiations_description": _text(6000),
}
EMPLOYEE: Final[Mapping[str, Read]] = {
    "first_name": _text(64),
    "last_name": _text(64),
    "identity_code": _code,
    "lives_here": reading.yes_or_no,
    "job_title": _text(256),
    "start": reading.day,
    "end": reading.day,
    "weekly_hours": partial(reading.hundredths, least=LEAST_HOURS, most=MOST_HOURS),
    "monthly_pay": _cents,
    "vacation_money": _cents,
    "other_expenses": _cents,
    "apprenticeship": reading.yes_or_no,
    "pay_subsidy": partial(reading.one_of, choices=ANSWERS),
    "pay_subsidy_percent": _whole(100, 1),
    "additional_pay_subsidy_percent": _whole(100, 1),
    "collective_agreement": _text(256),
    "role_description": _text(6000),
    "other_support": reading.yes_or_no,
    "other_subsidised": reading.yes_or_no,
    "other_subsidised_count": _whole(10_000, 1),
    "consent_by": partial(reading.one_of, choices=(ONLINE, PAPER)),
    "letter_code": _text(20),
}
STORED: Final = {"monthly_pay": "pay_cents", "vacation_money": "vacation_cents", "other_expenses": "other_cents"}
"""Raw field → the value's name, where they differ."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A raw application as it could be read, and what to correct in it."""

    values: BenefitValues
    refusals: tuple[ToCorrect, ...] = ()


def read(raw: Mapping[str, Any]) -> Reading:
    """A raw application read; never raises for what people write. What is empty is not told, and not refused here."""
    wrong: list[ToCorrect] = []
    told = _taken(raw, EMPLOYER, wrong, None)
    rows = raw_employees(raw)
    if not rows:
        wrong.append(ToCorrect("employees", NO_EMPLOYEES, code="required"))
    elif len(rows) > MOST_EMPLOYEES:
        wrong.append(ToCorrect("employees", TOO_MANY.format(most=MOST_EMPLOYEES), code="too_many"))
    employees = tuple(_employee(row, number, wrong) for number, row in enumerate(rows[:MOST_EMPLOYEES]))
    return Reading(BenefitValues(**told, aid=_aid(raw, wrong), employees=employees), tuple(wrong))


def read_employee(raw: Mapping[str, Any], *, row: int = 0) -> tuple[EmployeeValues, tuple[ToCorrect, ...]]:
    """One employee by itself."""
    wrong: list[ToCorrect] = []
    return _employee(raw, row, wrong), tuple(wrong)


def read_employer(raw: Mapping[str, Any]) -> Reading:
    """The employer's part by itself."""
    wrong: list[ToCorrect] = []
    return Reading(BenefitValues(**_taken(raw, EMPLOYER, wrong, None), aid=_aid(raw, wrong)), tuple(wrong))


def _employee(raw: Mapping[str, Any], row: int, wrong: list[ToCorrect]) -> EmployeeValues:
    told = _taken(raw, EMPLOYEE, wrong, row)
    return EmployeeValues(**{STORED.get(name, name): value for name, value in told.items()})


def _taken(
    raw: Mapping[str, Any], fields: Mapping[str, Read], wrong: list[ToCorrect], row: int | None
) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, how in fields.items():
        value = raw.get(name)
        if value is None or (isinstance(value, str) and not value.strip()):
            continue
        try:
            found[name] = how(value)
        except Unreadable as error:
            wrong.append(ToCorrect(name, error.text, row, "unreadable"))
    return found


def _aid(raw: Mapping[str, Any], wrong: list[ToCorrect]) -> tuple[AidTold, ...]:
    rows = raw.get("aid")
    found = []
    for number, row in enumerate(rows if isinstance(rows, list | tuple) else ()):
        if number >= MOST_AID_ROWS or not isinstance(row, Mapping):
            break
        if not any(str(row.get(name) or "").strip() for name in AID_FIELDS):
            continue
        try:
            found.append(
                AidTold(
                    granter=_needed(row, "granter", _text(64)),
                    amount_cents=_needed(row, "amount", partial(reading.cents, least=1, most=MOST_AID_CENTS)),
                    granted_on=_needed(row, "granted_on", reading.day),
                )
            )
        except _Missing as error:
            wrong.append(ToCorrect(f"aid-{number}-{error.field}", error.text, code=error.code))
    return tuple(found)


class _Missing(Exception):
    def __init__(self, field: str, error: Unreadable, code: str) -> None:
        super().__init__(field)
        self.field, self.text, self.code = field, error.text, code


def _needed(row: Mapping[str, Any], name: str, how: Read) -> Any:
    value = row.get(name)
    if value is None or not str(value).strip():
        raise _Missing(name, Unreadable(reading.EMPTY), "required")
    try:
        return how(value)
    except Unreadable as error:
        raise _Missing(name, error, "unreadable") from None
