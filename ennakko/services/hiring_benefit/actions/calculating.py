# SPDX-License-Identifier: EUPL-1.2
"""Calculations: the machine's first one, the handler's, and what another sheet would come to without saving it.

All raise Refused (who may) and NotNow (`.reason` says what can be done instead).
"""

from datetime import date, datetime

from django.db import transaction
from django.db.models import Max

from ennakko.kernel import audit
from ennakko.kernel.access import Actor, require
from ennakko.kernel.bulk import change, insert
from ennakko.kernel.cases import NotNow
from ennakko.kernel.cases.models import Case
from ennakko.kernel.cases.moving import RETENTION, append
from ennakko.kernel.ready import Given, Ready
from ennakko.services.hiring_benefit import handling_reasons as reasons
from ennakko.services.hiring_benefit import sheets
from ennakko.services.hiring_benefit.actions.in_hand import application_of, in_hand
from ennakko.services.hiring_benefit.law.amount_answers import amount
from ennakko.services.hiring_benefit.models import Application, Calculation
from ennakko.services.hiring_benefit.sheets import Counted, Sheet
from ennakko.services.hiring_benefit.states import HANDLE


def calculate(case: Case, sheet: Sheet, *, actor: Actor, at: datetime, on: date, reason: str = "") -> Calculation:
    """Save a calculation; from now on it is the one in force. `reason` is needed where another one is replaced.

    Raises NotNow for rows that overlap or lie outside the period, an amount by hand without its reason, and a case
    that is in somebody else's hand or not being handled.
    """
    with transaction.atomic():
        row = in_hand(case, actor=actor, at=at)
        application = application_of(row)
        before = in_force(application)
        given = sheets.changed(sheets.of_calculation(before) if before else sheets.of_application(application), sheet)
        counted = sheets.count(given, on=on)
        if counted.refused:
            raise NotNow(counted.refused[0].text, row)
        if given.manual is not None and not given.comment.strip():
            raise NotNow(reasons.MANUAL_NEEDS_COMMENT, row)
        if before is not None and not reason.strip():
            raise NotNow(reasons.SAY_WHY, row)
        made = store(application, counted, actor=actor, at=at, reason=reason.strip())
        append(row, "calculate", by=actor, at=at, details={"calculation": made.pk, "total_cents": made.total_cents})
        said = {"calculation": made.pk, "cents": made.total_cents, "manual": made.manual_cents is not None}
        audit.write(actor, "hiring-benefit.calculate", f"case:{row.pk}", at, said, RETENTION)
    return made


def first(application: Application, *, actor: Actor, at: datetime, on: date) -> Calculation | None:
    """The machine's calculation of what the application tells, in the caller's transaction; None where it cannot."""
    if in_force(application) is not None:
        return None
    counted = sheets.count(sheets.of_application(application), on=on)
    return None if counted.refused else store(application, counted, actor=actor, at=at)


def store(application: Application, counted: Counted, *, actor: Actor, at: datetime, reason: str = "") -> Calculation:
    """Write a calculation that the law took, in the caller's transaction."""
    change(Calculation, {"application": application.pk, "in_force": True}, {"in_force": False})
    last = Calculation.objects.filter(application=application).aggregate(last=Max("number"))["last"] or 0
    made = _row(application, counted, last + 1, actor=actor, at=at, reason=reason)
    insert(made)
    application.benefit_cents = made.total_cents
    change(Application, {"pk": application.pk}, {"benefit_cents": made.total_cents})
    return made


def first_of(counted: Counted, *, actor: Actor, at: datetime) -> Calculation:
    """The machine's first calculation of an application that is not stored yet; `begin` stores it with that."""
    return _row(None, counted, 1, actor=actor, at=at)


def begin(application: Application, made: Calculation) -> None:
    """Store the machine's first calculation of an application that was just stored and holds its sum already."""
    made.application = application
    insert(made)


def _row(
    application: Application | None, counted: Counted, number: int, *, actor: Actor, at: datetime, reason: str = ""
) -> Calculation:
    assert counted.total_cents is not None, "the law refused this sheet"
    own = {} if application is None else {"application": application}
    return Calculation(
        **own, number=number, start=counted.sheet.start, end=counted.sheet.end,
        rule_set=counted.rule_set, inputs=counted.sheet.as_case(), parts=list(counted.parts),
        trace=sheets.stored_lines(counted.lines), total_cents=counted.total_cents, manual_cents=counted.sheet.manual,
        procedure=amount.version, parameters=dict(counted.parameters or {}), reason=reason, made_by=actor.subject,
        made_by_name=actor.name, made_at=at,
    )  # fmt: skip


def what_if(case: Case, sheet: Sheet, *, actor: Actor, on: date) -> Counted:
    """What another sheet would come to; nothing is saved."""
    require(actor, HANDLE, case)
    return sheets.count(sheet, on=on)


_in_force: Ready[Calculation] = Ready(
    lambda: Calculation.objects.filter(application=Given("application"), in_force=True).order_by("pk")[:1]
)


def in_force(application: Application) -> Calculation | None:
    """The calculation that counts now."""
    return _in_force.first(application=application.pk)


def again(calculation: Calculation, *, on: date) -> Counted:
    """A stored calculation made again of what it was made of, to compare: the same law gives the same to the cent."""
    return sheets.count(sheets.of_calculation(calculation), on=on)
