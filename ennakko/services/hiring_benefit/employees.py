# SPDX-License-Identifier: EUPL-1.2
"""The employee of an application: sealed as it is stored, opened where somebody may read it."""

from datetime import date

from ennakko.kernel import keys
from ennakko.kernel.people.names import folded
from ennakko.services.hiring_benefit.models import Application, Employee
from ennakko.values import identity_code as codes


def new_employee(application: Application, *, first_name: str, last_name: str, code: str) -> Employee:
    """An employee of a stored application, not saved yet; `code` is a valid identity code or empty."""
    context = _context(application.pk)
    return Employee(
        application=application,
        first_name_sealed=keys.seal(first_name, context=context),
        last_name_sealed=keys.seal(last_name, context=context),
        identity_code_sealed=keys.seal(code, context=context) if code else None,
        identity_code_index=keys.index_of(code) if code else "",
        name_index=name_index(first_name, last_name),
        birth_date=birth_of(code),
    )


def birth_of(code: str) -> date | None:
    """The day of birth that an identity code tells."""
    return codes.parse(code).birth_date if code else None


def name_index(first_name: str, last_name: str) -> str:
    """The keyed hash by which an employee is found by the whole name, whatever its case."""
    return keys.index_of(f"name {folded(last_name, first_name)}")


def first_name_of(employee: Employee) -> str:
    """The given name in clear; empty when the row has been emptied."""
    return _opened(employee, employee.first_name_sealed)


def name_of(employee: Employee) -> str:
    """The whole name in clear, given name first; empty when the row has been emptied."""
    return " ".join(
        part for part in (first_name_of(employee), _opened(employee, employee.last_name_sealed)) if part
    )  # fmt: skip


def last_name_of(employee: Employee) -> str:
    """The surname in clear."""
    return _opened(employee, employee.last_name_sealed)


def code_of(employee: Employee) -> str:
    """The identity code in clear, empty where there is none; only the employer who gave it sees it whole."""
    return _opened(employee, employee.identity_code_sealed)


def shortened(code: str) -> str:
    """An identity code as it may stand on a page: the day of birth alone."""
    return f"{code[:6]}{code[6:7]}••••" if code else ""


def _opened(employee: Employee, sealed: bytes | memoryview | None) -> str:
    if sealed is None:
        return ""
    return keys.unseal(bytes(sealed), context=_context(employee.application_id))


def _context(application: int) -> str:
    return f"employee:{application}"
