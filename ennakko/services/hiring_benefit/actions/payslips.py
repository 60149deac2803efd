# SPDX-License-Identifier: EUPL-1.2
"""The second instalment: a payslip is asked for when the benefit has run its time, the employer answers (act 14 §)."""

from datetime import date, datetime, timedelta
from typing import IO

from django.db import transaction
from django.db.models import OuterRef, Subquery

from ennakko.kernel import audit, documents
from ennakko.kernel.access import Actor, require
from ennakko.kernel.cases import NotNow
from ennakko.kernel.cases.models import Case
from ennakko.kernel.cases.moving import RETENTION, append, locked
from ennakko.kernel.documents.content import Limits
from ennakko.kernel.documents.models import Document
from ennakko.services.hiring_benefit import conditions, reasons_money, telling_money
from ennakko.services.hiring_benefit.models import Alteration, ApplicationAttachment, Instalment
from ennakko.services.hiring_benefit.states import InstalmentState
from ennakko.services.hiring_benefit.states_money import (
    ASSURE,
    OPEN_CHANGES,
    PAY,
    STEPS,
    InstalmentVerb,
    instalment_moves,
)

PAYSLIP = "payslip"
LIMITS = Limits(most_bytes=10_485_760)
AT_ONCE = 500


def ask_due(*, actor: Actor, at: datetime, on: date) -> int:
    """Ask for the payslip of every second instalment whose benefit has run its days; how many were asked now.

    One whose work has been told to have ended or broken off waits for the notice to be handled first.
    """
    require(actor, PAY)
    asked = 0
    waiting = Instalment.objects.filter(state=InstalmentState.WAITING, number__gt=1, asked_at=None)
    open_changes = Alteration.objects.filter(case__state__in=OPEN_CHANGES).values("application")
    first_days = Instalment.objects.filter(application=OuterRef("application")).order_by("number").values("start")[:1]
    waiting = waiting.exclude(application__in=open_changes).annotate(first=Subquery(first_days))
    for row in waiting.select_related("application").order_by("pk"):
        first = row.first  # type: ignore[attr-defined]
        days = conditions.decided("payslip_after_days", first)
        if days is None or on < first + timedelta(days=int(days)):
            continue
        asked += _ask(row, actor=actor, at=at)
        if asked == AT_ONCE:
            break
    return asked


def _ask(instalment: Instalment, *, actor: Actor, at: datetime) -> bool:
    with transaction.atomic():
        case = locked(instalment.application.case)
        row = Instalment.objects.select_for_update(of=("self",)).select_related("application").get(pk=instalment.pk)
        if row.asked_at is not None or row.state != InstalmentState.WAITING:
            return False
        row.state, row.state_at, row.asked_at = STEPS[InstalmentVerb.REQUEST].to, at, at
        row.save(update_fields=["state", "state_at", "asked_at"])
        append(case, InstalmentVerb.REQUEST, by=actor, at=at, details={"instalment": row.number})
        telling_money.payslip_asked(row, case, row.due, at=at)
    return True


def complete_ended(*, actor: Actor, at: datetime, on: date) -> int:
    """Instalments that are paid and whose days have ended are complete; how many became so now."""
    require(actor, PAY)
    ended = Instalment.objects.filter(state=InstalmentState.PAID, end__lt=on).select_related("application")
    done = 0
    for found in ended.order_by("pk")[:AT_ONCE]:
        with transaction.atomic():
            case = locked(found.application.case)
            row = Instalment.objects.select_for_update().get(pk=found.pk)
            if row.state != InstalmentState.PAID:
                continue
            row.state, row.state_at = STEPS[InstalmentVerb.COMPLETE].to, at
            row.save(update_fields=["state", "state_at"])
            append(case, InstalmentVerb.COMPLETE, by=actor, at=at, details={"instalment": row.number})
        done += 1
    return done


def add_payslip(
    instalment: Instalment, content: bytes | IO[bytes], *, name: str, actor: Actor, at: datetime
) -> Document:
    """Keep a payslip that the employer gives; raises Refused, and NotTaken with what to do instead."""
    case = instalment.application.case
    require(actor, ASSURE, case)
    kept = documents.store(
        content, about=f"case:{case.pk}", kind=PAYSLIP, name=name, actor=actor, at=at, limits=LIMITS
    )  # fmt: skip
    with transaction.atomic():
        ApplicationAttachment.objects.create(
            application=instalment.application, document=kept.pk, kind=PAYSLIP, added_by=actor.subject, added_at=at
        )
        append(locked(case), "paper_added", by=actor, at=at, details={"kind": PAYSLIP})
    return kept


def remove_payslip(instalment: Instalment, key: str, *, actor: Actor, at: datetime) -> bool:
    """Take a payslip away that was given and not sent yet; False where there is no such one. Raises Refused."""
    case = instalment.application.case
    require(actor, ASSURE, case)
    found = documents.document(key, about=f"case:{case.pk}")
    if found is None or found.kind != PAYSLIP or found not in payslips_of(case, instalment.asked_at):
        return False
    with transaction.atomic():
        row = Instalment.objects.select_for_update().get(pk=instalment.pk)
        if row.state != InstalmentState.REQUESTED:
            return False
        ApplicationAttachment.objects.filter(document=found.pk).update(removed_at=at)
        documents.remove(found, actor=actor, at=at)
    return True


def payslips_of(case: Case, since: datetime | None) -> list[Document]:
    """The payslips of a case that were given since a moment."""
    found = documents.of(f"case:{case.pk}", kind=PAYSLIP)
    return [one for one in found if since is None or one.added_at >= since]


def answer(instalment: Instalment, *, assured: bool, actor: Actor, at: datetime) -> Instalment:
    """The employer assures that the work goes on, with a payslip where the incomes register has told no pay.

    Raises Refused, and NotNow with what lacks.
    """
    verb = InstalmentVerb.RESPOND
    with transaction.atomic():
        case = locked(instalment.application.case)
        require(actor, ASSURE, case)
        row = Instalment.objects.select_for_update().get(pk=instalment.pk)
        if row.state == STEPS[verb].to:
            return row
        if instalment_moves(row.state, verb) is None:
            raise NotNow(reasons_money.not_from(row.state), case)
        if not payslips_of(case, row.asked_at) and not row.wages:
            raise NotNow(reasons_money.NEEDS_PAYSLIP, case)
        if not assured:
            raise NotNow(reasons_money.NEEDS_ASSURANCE, case)
        row.state, row.state_at, row.answered_at = STEPS[verb].to, at, at
        row.assured_by, row.assured_by_name = actor.subject, actor.name
        row.save()
        append(case, verb, by=actor, at=at, details={"instalment": row.number})
        audit.write(actor, ASSURE, f"case:{case.pk}", at, {"instalment": row.number}, RETENTION)
    return row
