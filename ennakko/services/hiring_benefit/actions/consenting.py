# SPDX-License-Identifier: EUPL-1.2
"""The employee's own say: she confirms the application about her, does not confirm it, or takes it back.

Nothing is stopped silently: the handling goes on, the employer is told that the confirmation is missing, and a signed
paper does as well.
"""

from datetime import datetime, timedelta
from typing import Final

from django.db import transaction

from ennakko.kernel import audit
from ennakko.kernel.access import SYSTEM, Actor, require
from ennakko.kernel.bulk import change
from ennakko.kernel.cases import NotNow
from ennakko.kernel.cases.moving import append, locked
from ennakko.kernel.ready import Given, Ready
from ennakko.services.hiring_benefit import telling
from ennakko.services.hiring_benefit.access import CONFIRM
from ennakko.services.hiring_benefit.conditions import SERVICE
from ennakko.services.hiring_benefit.models import Employee
from ennakko.services.hiring_benefit.states import HANDLE, EmployeeConsent
from ennakko.services.hiring_benefit.wording import CONSENT_OVER

RETENTION: Final = "hiring-benefit"
REMIND_AFTER, TELL_AFTER = timedelta(days=7), timedelta(days=14)
"""When the employee is asked once more, and when the employer is told that the answer is missing."""
MACHINE = SYSTEM(SERVICE)
SAID = {
    EmployeeConsent.GIVEN: "consent_given",
    EmployeeConsent.REFUSED: "consent_refused",
    EmployeeConsent.WITHDRAWN: "consent_withdrawn",
    EmployeeConsent.ON_PAPER: "consent_on_paper",
}


def confirm(employee: Employee, *, actor: Actor, at: datetime) -> Employee:
    """The employee says that the details are right and may be used. Safe to repeat. Raises Refused and NotNow."""
    require(actor, CONFIRM, employee)
    return _say(employee, EmployeeConsent.GIVEN, actor=actor, at=at)


def refuse(employee: Employee, *, actor: Actor, at: datetime) -> Employee:
    """The employee does not confirm; the employer is told, with what can be done. Raises Refused and NotNow."""
    require(actor, CONFIRM, employee)
    return _say(employee, EmployeeConsent.REFUSED, actor=actor, at=at)


def withdraw(employee: Employee, *, actor: Actor, at: datetime) -> Employee:
    """The employee takes back what she confirmed, as easily as she gave it. Raises Refused and NotNow."""
    require(actor, CONFIRM, employee)
    return _say(employee, EmployeeConsent.WITHDRAWN, actor=actor, at=at)


def on_paper(employee: Employee, *, actor: Actor, at: datetime) -> Employee:
    """A handler writes down that the signed paper came. Raises Refused and NotNow."""
    require(actor, HANDLE, employee.application.case)
    return _say(employee, EmployeeConsent.ON_PAPER, actor=actor, at=at)


_locked: Ready[Employee] = Ready(
    lambda: Employee.objects.select_for_update(of=("self",)).select_related("application__case").filter(pk=Given("key"))
)


def _say(employee: Employee, what: EmployeeConsent, *, actor: Actor, at: datetime) -> Employee:
    with transaction.atomic():
        case = locked(employee.application.case)
        row = _locked.all(key=employee.pk)[0]
        if case.closed_at is not None:
            raise NotNow(CONSENT_OVER, case)
        if row.consent == what:
            return row
        row.consent, row.answered_at = what, at
        change(Employee, {"pk": row.pk}, {"consent": what, "answered_at": at})
        append(case, SAID[what], by=actor, at=at)
        said = {"person": row.person_id, "wording": row.consent_wording}
        audit.write(actor, f"{SERVICE}.{SAID[what].replace('_', '-')}", f"case:{case.pk}", at, said, RETENTION)
        if what in (EmployeeConsent.REFUSED, EmployeeConsent.WITHDRAWN):
            telling.not_confirmed(row.application, at=at, occasion=at.isoformat())
    return row


def remind(*, at: datetime) -> dict[str, int]:
    """Ask again those who have not answered in a week; tell employers after two. Each once; safe to run again."""
    waiting = Employee.objects.filter(
        consent=EmployeeConsent.ASKED, application__case__closed_at=None, emptied_at=None
    ).select_related("application__case").order_by("pk")  # fmt: skip
    reminded = told = 0
    for row in waiting.filter(asked_at__lte=at - REMIND_AFTER, reminded_at=None):
        with transaction.atomic():
            telling.reminded_employee(row.application, row, at=at)
            row.reminded_at = at
            row.save(update_fields=["reminded_at"])
        reminded += 1
    for row in waiting.filter(asked_at__lte=at - TELL_AFTER):
        told += telling.confirmation_waits(row.application, at=at)
    return {"reminded": reminded, "told": told}
