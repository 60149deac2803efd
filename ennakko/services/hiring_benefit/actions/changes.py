# SPDX-License-Identifier: EUPL-1.2
"""A notice that the work ended or was broken off: told, corrected, taken back, opened by a handler (act 15 §)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from ennakko.kernel import cases
from ennakko.kernel.access import Actor, require
from ennakko.kernel.cases import NotNow
from ennakko.kernel.cases.models import Case
from ennakko.kernel.cases.moving import append, locked
from ennakko.services.hiring_benefit import reasons_money, telling_money
from ennakko.services.hiring_benefit.conditions import SERVICE
from ennakko.services.hiring_benefit.law import alterations_2026 as law
from ennakko.services.hiring_benefit.law.refusals import Refusal
from ennakko.services.hiring_benefit.models import Alteration, Application
from ennakko.services.hiring_benefit.states import BenefitState
from ennakko.services.hiring_benefit.states_money import OWN_CHANGE, TELL, ChangeState, ChangeVerb

ALTERATION_CASE = "alteration"
LONGEST = {"contact": 128, "operator": 128, "operator_id": 40, "invoice_address": 60, "reason": 4000}


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """The kind, the last day of work, of a suspension the day on which it goes on, and whom to bill."""

    kind: str
    last_day: date
    back: date | None = None
    reason: str = ""
    contact: str = ""
    electronic: bool = False
    operator: str = ""
    operator_id: str = ""
    invoice_address: str = ""


class NotTold(Exception):
    """The notice is not taken as it is; `refusals` say what to mend, each with its field and citation."""

    def __init__(self, refusals: Sequence[Refusal]) -> None:
        super().__init__("; ".join(one.text.en for one in refusals))
        self.refusals = tuple(refusals)


def tell(
    application: Application, told: Told, *, actor: Actor, at: datetime, on: date, source: str = "online"
) -> Alteration:
    """Take a notice in, with a case of its own; the employer tells, or a handler writes down what they are told.

    Raises Refused, NotNow where nothing has been granted, NotTold with what to mend.
    """
    with transaction.atomic():
        about = locked(application.case)
        require(actor, TELL, about)
        if about.state != BenefitState.GRANTED:
            raise NotNow(reasons_money.NOT_GRANTED, about)
        _check(application, told)
        company = application.organisation
        case = cases.open_case(
            SERVICE, ALTERATION_CASE, actor=actor, at=at, on=on, organisation=company, language=application.language,
            source=source, on_behalf_of=company if actor.kind == "staff" else None,
        )  # fmt: skip
        row = Alteration.objects.create(
            case=case, application=application, told_by=actor.subject, told_by_name=actor.name, told_at=at,
            **_columns(told),
        )  # fmt: skip
        append(about, "change_told", by=actor, at=at, details={"change": case.number, "kind": told.kind})
        telling_money.change_received(row, case, at=at)
    return row


def correct(alteration: Alteration, told: Told, *, actor: Actor, at: datetime) -> Alteration:
    """The employer corrects a notice that nobody has opened yet. Raises Refused, NotNow, NotTold."""
    with transaction.atomic():
        locked(alteration.application.case)
        case = locked(alteration.case)
        require(actor, OWN_CHANGE, case)
        if case.state != ChangeState.RECEIVED:
            raise NotNow(reasons_money.NOT_CHANGED_NOW, case)
        row = Alteration.objects.select_for_update(of=("self",)).select_related("application").get(pk=alteration.pk)
        _check(row.application, told, apart_from=row)
        for name, value in _columns(told).items():
            setattr(row, name, value)
        row.save()
        append(case, "correct_change", by=actor, at=at)
    return row


def take_back(alteration: Alteration, *, actor: Actor, at: datetime) -> Case:
    """The employer takes back a notice that nobody has opened yet. Raises Refused and NotNow."""
    return cases.move(alteration.case, ChangeVerb.TAKE_BACK, actor=actor, at=at)


def open_change(alteration: Alteration, *, actor: Actor, at: datetime) -> Case:
    """A handler takes a notice into hand; from now on the employer writes to the handler. Raises Refused, NotNow."""
    with transaction.atomic():
        row = cases.move(alteration.case, ChangeVerb.OPEN, actor=actor, at=at)
        return cases.take(row, actor=actor, at=at)


def cancel(alteration: Alteration, why: str, *, actor: Actor, at: datetime) -> Case:
    """A handler cancels a notice that was a mistake; the reason stays in its history. Raises Refused, NotNow."""
    if not why.strip():
        raise NotNow(reasons_money.NEEDS_A_REASON, alteration.case)
    return cases.move(alteration.case, ChangeVerb.CANCEL, actor=actor, at=at, details={"why": why.strip()[:500]})


def days_of(alteration: Alteration, end: date) -> tuple[date, date]:
    """The days that a notice takes up: those to recover where they are set, else those it names."""
    if alteration.recovery_start is not None and alteration.recovery_end is not None:
        return alteration.recovery_start, alteration.recovery_end
    return alteration.last_day, alteration.back if alteration.back is not None else end


def others(application: Application, *, apart_from: Alteration | None = None) -> list[tuple[date, date]]:
    """The days of the notices of an application that are not cancelled."""
    _, end = period_of(application)
    rows = Alteration.objects.filter(application=application, annulled_at=None)
    rows = rows.exclude(case__state=ChangeState.CANCELLED)
    return [days_of(row, end) for row in rows.order_by("pk") if apart_from is None or row.pk != apart_from.pk]


def period_of(application: Application) -> tuple[date, date]:
    """The days of the benefit as its instalments cover them."""
    rows = list(application.instalments.order_by("number").values_list("start", "end"))
    return (rows[0][0], rows[-1][1]) if rows else (application.start, application.end)


def _check(application: Application, told: Told, apart_from: Alteration | None = None) -> None:
    start, end = period_of(application)
    invoice = (told.operator, told.operator_id, told.invoice_address) if told.electronic else None
    wanted = law.Alteration(told.kind, told.last_day, told.back, told.contact, invoice)
    found = law.problems(wanted, start=start, end=end, others=others(application, apart_from=apart_from))
    if found:
        raise NotTold(found)


def _columns(told: Told) -> dict[str, object]:
    electronic = told.electronic
    given = {
        "contact": told.contact, "reason": told.reason, "operator": told.operator if electronic else "",
        "operator_id": told.operator_id if electronic else "",
        "invoice_address": told.invoice_address if electronic else "",
    }  # fmt: skip
    cut = {name: value.strip()[: LONGEST[name]] for name, value in given.items()}
    back = told.back if told.kind == law.SUSPENSION else None
    return {"kind": told.kind, "last_day": told.last_day, "back": back, **cut}
