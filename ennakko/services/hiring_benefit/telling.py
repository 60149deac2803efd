# SPDX-License-Identifier: EUPL-1.2
"""What employers and employees are told of applications: a message for every turn. No employee is named in one."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from ennakko.kernel import messages, tokens
from ennakko.kernel.messages import Addressee
from ennakko.services.hiring_benefit.conditions import SERVICE
from ennakko.services.hiring_benefit.models import Application, Employee

FIELDS: Mapping[str, tuple[str, ...]] = {
    "received": ("cases", "link"),
    "employee_asked": ("link",),
    "employee_reminder": ("link",),
    "consent_refused": ("case", "link"),
    "consent_waits": ("case", "link"),
}
"""Message template → the fields of its data."""
OWN, MINE = "organisation/hiring-benefit", "my/hiring-benefit"


def link(number: str = "") -> str:
    """The employer's own page of an application, or the first of them."""
    return f"{tokens.site()}/{OWN}/{f'{number}/' if number else ''}"


def own_link(number: str) -> str:
    """The employee's own page of an application."""
    return f"{tokens.site()}/{MINE}/{number}/"


def addressee(application: Application) -> Addressee:
    """The contact person of an application; the organisation's page shows the message too."""
    return Addressee(email=application.contact_email, organisation=application.organisation)


def to_employer(
    application: Application, template: str, data: Mapping[str, object], *, at: datetime, occasion: str = ""
) -> bool:
    """One message about an application to its contact person; False when the occasion was told already."""
    number = application.case.number
    return messages.plan(
        addressee(application), template=f"{SERVICE}.{template}", data={"link": link(number), **data}, at=at,
        language=application.language, key=f"{SERVICE}:case:{application.case_id}:{template}:{occasion}",
        about=f"case:{application.case_id}",
    )  # fmt: skip


def received(applications: Sequence[Application], *, at: datetime) -> None:
    """A sending came in, with the numbers of its cases."""
    numbers = ", ".join(one.case.number for one in applications)
    to_employer(applications[0], "received", {"cases": numbers, "link": link()}, at=at)


def asked_employee(application: Application, employee: Employee, *, at: datetime) -> None:
    """The employee is asked to look at the application and confirm it; what it says stands behind the sign-in."""
    _to_employee(application, employee, "employee_asked", at=at)


def reminded_employee(application: Application, employee: Employee, *, at: datetime) -> None:
    """Asked once more."""
    _to_employee(application, employee, "employee_reminder", at=at)


def _to_employee(application: Application, employee: Employee, template: str, *, at: datetime) -> None:
    if employee.person_id is None:
        return
    messages.plan(
        employee.person_id, template=f"{SERVICE}.{template}", data={"link": own_link(application.case.number)}, at=at,
        key=f"{SERVICE}:case:{application.case_id}:{template}", about=f"case:{application.case_id}",
    )  # fmt: skip


def not_confirmed(application: Application, *, at: datetime, occasion: str) -> None:
    """The employee did not confirm, or took it back: the employer may agree on it with her, or send a signed paper."""
    data = {"case": application.case.number}
    to_employer(application, "consent_refused", data, at=at, occasion=occasion)


def confirmation_waits(application: Application, *, at: datetime) -> bool:
    """No answer of the employee yet: she can be reminded, or a signed paper sent. False where it was told already."""
    return to_employer(application, "consent_waits", {"case": application.case.number}, at=at)
