# SPDX-License-Identifier: EUPL-1.2
"""The pay of an asked instalment from the incomes register, where a data permit lets it be asked; else by payslip.

What the register told is kept as it was told and shown with its source; nobody types over it. An employer who sees it
otherwise gives a payslip beside it, and the handler sees both.
"""

from datetime import date, datetime, timedelta

from django.db import transaction

from ennakko.kernel import audit
from ennakko.kernel.access import Actor, require
from ennakko.kernel.organisations import ports
from ennakko.kernel.organisations.ports import WagePayment
from ennakko.kernel.registers import permitted
from ennakko.services.hiring_benefit.conditions import SERVICE
from ennakko.services.hiring_benefit.employees import code_of
from ennakko.services.hiring_benefit.models import Instalment
from ennakko.services.hiring_benefit.states import InstalmentState
from ennakko.services.hiring_benefit.states_money import PAY
from ennakko.values.periods import Period

WAGE_FACT = "income_month"
"""The fact whose permit lets the incomes register be asked about wages paid."""
BACK = timedelta(days=93)
"""The latest pay stands within three months, whatever the day it is paid on."""
AT_ONCE = 200


def may_be_asked(on: date) -> bool:
    """Whether a data permit lets the incomes register be asked for this benefit."""
    return bool(permitted(SERVICE, [WAGE_FACT], on))


def gather_due(*, actor: Actor, at: datetime, on: date) -> int:
    """Ask the register for every instalment whose payslip is asked for; how many it told of.

    Each is asked until it is answered; a silent register is left alone until the next run.
    """
    require(actor, PAY)
    if not may_be_asked(on):
        return 0
    told = 0
    waiting = Instalment.objects.filter(state=InstalmentState.REQUESTED, wages_at=None)
    for row in waiting.select_related("application__employee", "application__case").order_by("pk")[:AT_ONCE]:
        try:
            found = _paid(row, actor=actor, at=at, on=on)
        except ports.Unavailable:
            break
        told += _keep(row, found, at=at)
    return told


def _paid(row: Instalment, *, actor: Actor, at: datetime, on: date) -> tuple[WagePayment, ...]:
    employee = row.application.employee
    code = code_of(employee)
    if not code:
        return ()
    first = max(row.application.start, on - BACK)
    found = ports.wages().paid(code, row.application.organisation, Period(first, max(first, on)))
    if employee.person_id is not None:
        reason = f"instalment {row.number} of {row.application.case.number}"
        audit.read(actor, SERVICE, employee.person_id, [WAGE_FACT], "", at, reason)
    return tuple(found)


def _keep(row: Instalment, found: tuple[WagePayment, ...], *, at: datetime) -> bool:
    """Keep what was told, unless the employer has answered meanwhile; whether there was any pay."""
    with transaction.atomic():
        current = Instalment.objects.select_for_update().get(pk=row.pk)
        if current.state != InstalmentState.REQUESTED or current.wages_at is not None:
            return False
        current.wages_at = at
        current.wages = [
            {
                "paid_on": one.paid_on.isoformat(), "cents": one.cents, "start": one.period.start.isoformat(),
                "end": (one.period.end or one.paid_on).isoformat(),
            }
            for one in sorted(found, key=lambda one: one.paid_on)
        ]  # fmt: skip
        current.save(update_fields=["wages", "wages_at"])
    return bool(found)
