# SPDX-License-Identifier: EUPL-1.2
"""Instalments: planned with the decision, accepted, held, moved earlier, put back or cancelled by a handler (act 14 §).

Money leaves by the kernel's payment lines alone: an accepted instalment has exactly one that is alive.
"""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from ennakko.kernel import audit, payments
from ennakko.kernel.access import SYSTEM, Actor, require
from ennakko.kernel.cases import NotNow
from ennakko.kernel.cases.models import Case, Decision
from ennakko.kernel.cases.moving import RETENTION, append, locked
from ennakko.kernel.payments import NewLine, NotPayable
from ennakko.kernel.payments.models import Line
from ennakko.kernel.payments.planning import said
from ennakko.services.hiring_benefit import payment_row, reasons_money
from ennakko.services.hiring_benefit.actions import tax_checking
from ennakko.services.hiring_benefit.conditions import SERVICE
from ennakko.services.hiring_benefit.law.instalment_answers import split_benefit
from ennakko.services.hiring_benefit.law.instalments_2026 import may_be_moved
from ennakko.services.hiring_benefit.law.values import cents
from ennakko.services.hiring_benefit.models import Application, Instalment
from ennakko.services.hiring_benefit.states import InstalmentState
from ennakko.services.hiring_benefit.states_money import PAYMENTS, STEPS, InstalmentVerb, instalment_moves
from ennakko.values.money import in_euros

MACHINE = SYSTEM(SERVICE)
ACCEPTED_OUTCOME = "accepted"


def plan(case: Case, decision: Decision, at: datetime, on: date) -> None:
    """The instalments of a granted benefit, in the decision's transaction; the first is accepted at once.

    Called again for the same case it changes nothing; a refusal has none.
    """
    application = Application.objects.select_related("case").filter(case=case).first()
    if application is None or decision.outcome != ACCEPTED_OUTCOME or not decision.amount_cents:
        return
    if Instalment.objects.filter(application=application).exists():
        return
    start, end = payment_row.period_of(application, decision)
    asked = {"total": in_euros(decision.amount_cents), "start_date": start, "end_date": end, "today": on}
    answer = split_benefit.evaluate(asked, on)
    for part in answer.values["instalments"]:
        due = part["due"] or on
        first = part["number"] == 1
        row = Instalment.objects.create(
            application=application, decision=decision, number=part["number"],
            amount_cents=cents(part["amount"], "amount"), payable_cents=cents(part["amount"], "amount"),
            start=part["start"] or start, end=part["end"] or end, due=due, state_at=at,
            state=InstalmentState.ACCEPTED if first else InstalmentState.WAITING,
            accepted_by=decision.decided_by if first else "",
        )  # fmt: skip
        if first:
            _pay(row, application, case, at=at, by=decision.decided_by)


def accept(instalment: Instalment, *, actor: Actor, at: datetime, on: date, why: str = "") -> Instalment:
    """Accept an instalment for payment on its day; one that the bank returned is paid again.

    The account is the one that the employer has now. The tax debt register is asked first: `why` is needed to pay an
    employer who owes, or when it is silent. Raises Refused, NotNow (taxes, state, nothing left to pay, an account that
    cannot be paid).
    """
    require(actor, PAYMENTS, instalment.application.case)
    if instalment_moves(instalment.state, InstalmentVerb.ACCEPT) is not None:
        obstacle = tax_checking.obstacle(instalment, at=at)
        if obstacle is not None and not why.strip():
            raise NotNow(obstacle, instalment.application.case)
    why = why.strip()[:500]
    with transaction.atomic():
        case, row, application = _at_hand(instalment, InstalmentVerb.ACCEPT, actor)
        if row.payable_cents == 0:
            raise NotNow(reasons_money.NOTHING_LEFT, case)
        row.accepted_by = actor.subject
        _moved(row, case, InstalmentVerb.ACCEPT, actor=actor, at=at, why=why)
        try:
            _pay(row, application, case, at=at, by=actor.subject, actor=actor, on=on)
        except NotPayable as wrong:
            raise NotNow(wrong.reason, case) from wrong
    return row


def hold(instalment: Instalment, why: str, *, actor: Actor, at: datetime) -> Instalment:
    """Hold an instalment until something has been cleared up; the reason is kept."""
    return _stopped(instalment, InstalmentVerb.HOLD, why, actor=actor, at=at)


def cancel(instalment: Instalment, why: str, *, actor: Actor, at: datetime) -> Instalment:
    """Cancel an instalment: it is not paid; the reason is kept."""
    return _stopped(instalment, InstalmentVerb.CANCEL, why, actor=actor, at=at)


def put_back(instalment: Instalment, why: str, *, actor: Actor, at: datetime, on: date) -> Instalment:
    """Let an instalment wait again: an accepted one whose payment has not left, a failed or a cancelled one.

    Raises NotNow once its payment is in a batch.
    """
    with transaction.atomic():
        case, row, _ = _at_hand(instalment, InstalmentVerb.WAIT, actor)
        reason = _reason(why, case)
        _withdraw_line(row, case, reason=reason, actor=actor, at=at, on=on)
        row.why, row.accepted_by = reason, ""
        _moved(row, case, InstalmentVerb.WAIT, actor=actor, at=at, why=reason)
    return row


def move_earlier(instalment: Instalment, to: date, *, actor: Actor, at: datetime, on: date) -> Instalment:
    """Let an instalment fall due earlier than planned, not in the past; before it is accepted. Raises NotNow."""
    with transaction.atomic():
        case = locked(instalment.application.case)
        require(actor, PAYMENTS, case)
        row = Instalment.objects.select_for_update().get(pk=instalment.pk)
        if instalment_moves(row.state, InstalmentVerb.ACCEPT) is None:
            raise NotNow(reasons_money.NOT_MOVED_NOW, case)
        if not may_be_moved(due=row.due, to=to, today=on):
            raise NotNow(reasons_money.ONLY_EARLIER, case)
        before, row.due = row.due, to
        row.save(update_fields=["due"])
        details = {"instalment": row.number, "from": before.isoformat(), "to": to.isoformat()}
        append(case, "move_instalment", by=actor, at=at, details=details)
        audit.write(actor, PAYMENTS, f"case:{case.pk}", at, details, RETENTION)
    return row


def deduct(row: Instalment, sum_cents: int, case: Case, *, actor: Actor, at: datetime, on: date, reason: str) -> int:
    """Take a recovery off an instalment whose payment has not left; the cents that could be taken off.

    In the caller's transaction, with the case locked. An accepted one is planned again with what is left; one of which
    nothing is left is cancelled.
    """
    off = min(max(sum_cents, 0), row.payable_cents)
    if off == 0:
        return 0
    accepted = row.state == InstalmentState.ACCEPTED
    if accepted:
        _withdraw_line(row, case, reason=reason, actor=actor, at=at, on=on)
    row.payable_cents -= off
    row.save(update_fields=["payable_cents"])
    if row.payable_cents == 0:
        row.why, row.state, row.state_at = reason, InstalmentState.CANCELLED, at
        row.save(update_fields=["why", "state", "state_at"])
        _tell(row, case, InstalmentVerb.CANCEL, actor=actor, at=at, why=reason)
    elif accepted:
        _pay(row, row.application, case, at=at, by=row.accepted_by)
    return off


def _at_hand(instalment: Instalment, verb: InstalmentVerb, actor: Actor) -> tuple[Case, Instalment, Application]:
    """The case, the instalment and its application as they stand, locked; raises Refused and NotNow."""
    case = locked(instalment.application.case)
    require(actor, STEPS[verb].action, case)
    row = Instalment.objects.select_for_update(of=("self",)).select_related("application").get(pk=instalment.pk)
    if instalment_moves(row.state, verb) is None:
        raise NotNow(reasons_money.not_from(row.state), case)
    return case, row, row.application


def _stopped(instalment: Instalment, verb: InstalmentVerb, why: str, *, actor: Actor, at: datetime) -> Instalment:
    with transaction.atomic():
        case, row, _ = _at_hand(instalment, verb, actor)
        row.why = _reason(why, case)
        _moved(row, case, verb, actor=actor, at=at, why=row.why)
    return row


def _reason(why: str, case: Case) -> str:
    try:
        return said(why)
    except NotPayable as missing:
        raise NotNow(missing.reason, case) from missing


def _moved(row: Instalment, case: Case, verb: InstalmentVerb, *, actor: Actor, at: datetime, why: str = "") -> None:
    """An instalment's new state, with its event in the case's history and its line in the log."""
    row.state, row.state_at = STEPS[verb].to, at
    row.save()
    _tell(row, case, verb, actor=actor, at=at, why=why)


def _tell(row: Instalment, case: Case, verb: InstalmentVerb, *, actor: Actor, at: datetime, why: str = "") -> None:
    details = {"instalment": row.number, "cents": row.payable_cents} | ({"why": why} if why else {})
    append(case, verb, by=actor, at=at, details=details)
    audit.write(actor, STEPS[verb].action, f"case:{case.pk}", at, {"verb": verb, **details}, RETENTION)


def _pay(
    row: Instalment,
    application: Application,
    case: Case,
    *,
    at: datetime,
    by: str,
    actor: Actor | None = None,
    on: date | None = None,
) -> None:
    """Plan the payment line of an accepted instalment, or the one that pays again what the bank returned."""
    returned = Line.objects.filter(key=row.line_key, state="returned").first() if row.line_key else None
    row.attempts += 1
    row.line_key = f"{SERVICE}:case:{case.pk}:{row.number}:{row.attempts}"
    row.save(update_fields=["attempts", "line_key"])
    payee = payment_row.payee(application, on)
    data = payment_row.data_of(row, application, case, on or timezone.localdate(at))
    if returned is not None:
        payments.pay_again(
            returned, key=row.line_key, at=at, due=max(row.due, on or row.due), payee=payee,
            amount_cents=row.payable_cents, data=data, actor=actor or MACHINE,
        )  # fmt: skip
        return
    new = NewLine(
        key=row.line_key, service=SERVICE, about=f"case:{case.pk}", payee=payee, amount_cents=row.payable_cents,
        due=row.due, text=payment_row.words(case, row), data=data,
        instalment=row.number, decided_by=by,
        concerns=payment_row.concerns(application),
    )  # fmt: skip
    payments.plan_lines([new], at=at, planned_by=by)


def _withdraw_line(row: Instalment, case: Case, *, reason: str, actor: Actor, at: datetime, on: date) -> None:
    """Cancel the planned line of an instalment, if it has one; raises NotNow once it is in a batch."""
    line = Line.objects.filter(key=row.line_key).first() if row.line_key else None
    if line is None or line.state not in ("planned", "batched", "sent", "paid"):
        return
    try:
        payments.cancel_line(line, reason=reason, actor=actor, at=at, on=on)
    except NotPayable as late:
        raise NotNow(late.reason, case) from late
