# SPDX-License-Identifier: EUPL-1.2
"""Whose hand a case is in: whoever works on an application has taken it, and nobody works on another's (act 18 §)."""

from datetime import datetime

from ennakko.kernel import cases
from ennakko.kernel.access import Actor, require
from ennakko.kernel.cases import NotNow
from ennakko.kernel.cases.models import Case
from ennakko.kernel.cases.moving import locked
from ennakko.kernel.ready import Given, Ready
from ennakko.services.hiring_benefit import handling_reasons as reasons
from ennakko.services.hiring_benefit.models import Application
from ennakko.services.hiring_benefit.states import HANDLE, BenefitState
from ennakko.values.texts import text

WORKED_ON = frozenset({BenefitState.HANDLING, BenefitState.ADDITIONAL_INFORMATION_NEEDED})
"""States in which a handler changes what an application and its calculation say."""


_with_employee: Ready[Application] = Ready(
    lambda: Application.objects.select_related("employee__person", "case").filter(case=Given("case"))
)


def in_hand(case: Case, *, actor: Actor, at: datetime) -> Case:
    """The locked case, being handled by this actor; one that nobody has is theirs from now on. In a transaction.

    Raises Refused, and NotNow where it is not being handled or another has it.
    """
    row = locked(case)
    require(actor, HANDLE, row)
    if row.state not in WORKED_ON:
        raise NotNow(reasons.NOT_HANDLED if row.state == BenefitState.RECEIVED else reasons.NOT_CHANGED_NOW, row)
    held(row, actor)
    if row.handler_id is None and actor.staff is not None:
        row = cases.take(row, actor=actor, at=at)
    return row


def held(row: Case, actor: Actor) -> None:
    """Raises NotNow where another member of staff has the case."""
    if row.handler_id is not None and actor.staff is not None and row.handler_id != actor.staff:
        name = row.handler.name if row.handler is not None else ""
        raise NotNow(reasons.ANOTHER_HAS_IT.format(name=text(fi=name, sv=name, en=name)), row)


def application_of(case: Case) -> Application:
    """The application of a case, with its employee."""
    found = _with_employee.first(case=case.pk)
    if found is None:
        raise Application.DoesNotExist(f"{case} is of no application.")
    return found
