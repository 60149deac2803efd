# SPDX-License-Identifier: EUPL-1.2
"""The tax debt register is asked when an application is sent and before each payment; a silent one is asked again.

Nothing waits for the register: an application is taken in all the same, and its question stands until it is answered.
"""

from datetime import date, datetime, timedelta

from django.db import transaction

from ennakko.kernel.access import Actor, require
from ennakko.kernel.bulk import insert
from ennakko.kernel.cases.moving import locked
from ennakko.kernel.organisations.ports import TaxStanding
from ennakko.services.hiring_benefit import taxes
from ennakko.services.hiring_benefit.access import CHECK
from ennakko.services.hiring_benefit.actions import reviewing
from ennakko.services.hiring_benefit.models import Application, Instalment, TaxCheck
from ennakko.services.hiring_benefit.states import BenefitState
from ennakko.values.texts import Text

AT_ONCE = 500
AGAIN_AFTER = timedelta(minutes=30)
LOOKED_AT = (BenefitState.HANDLING, BenefitState.ADDITIONAL_INFORMATION_NEEDED)
PAYMENT = TaxCheck.Moment.PAYMENT


def note_sending(application: Application, standing: TaxStanding | None, *, at: datetime) -> None:
    """Keep what was answered when an application was sent, or that the question waits; in the sending's transaction."""
    insert(TaxCheck(application=application, moment=TaxCheck.Moment.SENDING, asked_at=at, **_answer(standing)))


def before_payment(application: Application, part: int, *, at: datetime) -> TaxCheck | None:
    """Ask before an instalment is paid and keep the answer; None where the register is not in use here.

    Never in a transaction: the register may be slow.
    """
    if not taxes.in_use():
        return None
    standing = taxes.ask(application.organisation)
    with transaction.atomic():
        row = TaxCheck.objects.select_for_update().filter(application=application, moment=PAYMENT, part=part).first()
        if row is None:
            row, made = TaxCheck.objects.get_or_create(
                application=application, moment=PAYMENT, part=part, defaults={"asked_at": at, **_answer(standing)}
            )
            if made:
                return row
        _keep(row, standing, at=at)
    return row


def obstacle(instalment: Instalment, *, at: datetime) -> Text | None:
    """Why an instalment is not simply paid now: a debt, a plan of payment, a silent register; None: nothing."""
    row = before_payment(instalment.application, instalment.number, at=at)
    if row is None:
        return None
    holds, words = taxes.standing_of(row)
    return None if holds else taxes.BEFORE_PAYMENT.format(standing=words)


def found_since(application: Application, *, at: datetime) -> Text | None:
    """A debt that was found only when the official decides: whoever proposed could not weigh it."""
    before = taxes.latest(application)
    row = before_payment(application, 1, at=at)
    if row is None or not row.debt or row.payment_plan or (before is not None and before.debt):
        return None
    return taxes.SINCE_PROPOSED.format(standing=taxes.standing_of(row)[1])


def ask_waiting(*, actor: Actor, at: datetime, on: date) -> dict[str, int]:
    """Ask again what the register has not answered, the oldest first; it is left alone at its first silence."""
    require(actor, CHECK)
    waiting = TaxCheck.objects.filter(debt=None, asked_at__lte=at - AGAIN_AFTER, application__case__emptied_at=None)
    answered = 0
    for row in waiting.select_related("application").order_by("asked_at", "pk")[:AT_ONCE]:
        standing = taxes.ask(row.application.organisation) if taxes.in_use() else None
        with transaction.atomic():
            case = locked(row.application.case)
            current = TaxCheck.objects.select_for_update().get(pk=row.pk)
            _keep(current, standing, at=at)
            if standing is not None and case.state in LOOKED_AT:
                reviewing.look(row.application, at=at, on=on, actor=actor)
        if standing is None:
            return {"answered": answered, "silent": 1}
        answered += 1
    return {"answered": answered, "silent": 0}


def _answer(standing: TaxStanding | None) -> dict[str, object]:
    if standing is None:
        return {"debt": None, "payment_plan": None, "checked_on": None}
    return {"debt": standing.debt, "payment_plan": standing.payment_plan, "checked_on": standing.checked_on}


def _keep(row: TaxCheck, standing: TaxStanding | None, *, at: datetime) -> None:
    """A newer answer takes the place of an older one; silence changes nothing that is known of the same day."""
    row.asked_at, row.tries = at, min(row.tries + 1, 9999)
    if standing is not None or row.checked_on != at.date():
        for name, value in _answer(standing).items():
            setattr(row, name, value)
    row.save()
