# SPDX-License-Identifier: EUPL-1.2
"""What is recovered for a change: reckoned by the rule, proposed by a handler, decided by an official (act 16 §).

A recovery is taken off what has not been paid yet, the last instalment first; what was paid already is claimed back.
"""

from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction

from ennakko.kernel import audit, cases, payments
from ennakko.kernel.access import Actor, require
from ennakko.kernel.cases import Drafted, NotNow
from ennakko.kernel.cases.models import Case, Decision
from ennakko.kernel.cases.moving import RETENTION, append, locked
from ennakko.kernel.payments import NotPayable
from ennakko.kernel.payments.models import Line, Recovery
from ennakko.kernel.payments.states import RecoveryState
from ennakko.rules.procedure import Answer, TraceLine
from ennakko.services.hiring_benefit import conditions, reasons_money, telling_money
from ennakko.services.hiring_benefit.actions import changes, instalments
from ennakko.services.hiring_benefit.conditions import SERVICE
from ennakko.services.hiring_benefit.law.recovery_answers import recovery
from ennakko.services.hiring_benefit.law.texts_2021 import span
from ennakko.services.hiring_benefit.law.values import cents
from ennakko.services.hiring_benefit.models import Alteration, Application, Calculation, Instalment
from ennakko.services.hiring_benefit.states import InstalmentState
from ennakko.services.hiring_benefit.states_money import (
    ANNUL,
    HANDLE_CHANGES,
    OPEN_INSTALMENTS,
    RECOVER,
    ChangeState,
    ChangeVerb,
)
from ennakko.values.money import format_money, in_euros
from ennakko.values.texts import LANGUAGES, text

RECOVERED, LEFT = "recovered", "not_recovered"
EURO = 100


@dataclass(frozen=True, slots=True)
class Reckoned:
    """What the days come to: whole euros in cents, whether that is above the limit, the rule's lines."""

    start: date | None
    end: date | None
    cents: int
    taken: bool
    lines: tuple[TraceLine, ...]


def default_days(alteration: Alteration) -> tuple[date | None, date | None]:
    """The days that the rule would recover: from the day after the last day of work to the day before the return."""
    _, end = changes.period_of(alteration.application)
    asked = {
        "last_work_day": alteration.last_day, "return_to_work_day": alteration.back, "benefit_end": end,
    }  # fmt: skip
    answer = recovery.evaluate(asked, alteration.last_day)
    return answer.values["start"], answer.values["end"]


def reckon(alteration: Alteration, start: date | None, end: date | None) -> Reckoned:
    """What some days come to by the very rows that were granted, never above what is left of them."""
    if start is None or end is None:
        return Reckoned(None, None, 0, False, ())
    application = alteration.application
    asked = {
        "rows": rows_of(application), "start": start, "end": end, "paid": in_euros(left_of(application, alteration)),
    }  # fmt: skip
    answer: Answer = recovery.evaluate(asked, alteration.last_day)
    whole = cents(answer.values["recovery_amount"], "recovery_amount")
    return Reckoned(start, end, whole, bool(answer.values["recovered"]), answer.trace)


def rows_of(application: Application) -> list[dict[str, Any]]:
    """The rows that the benefit was granted by: those of the decided calculation.

    A benefit that was granted without one (before this service) is one row from its first day to its last.
    """
    first = application.instalments.select_related("decision").order_by("number").first()
    number = first.decision.content.get("calculation") if first is not None else None
    found = Calculation.objects.filter(application=application, pk=number).first() if number else None
    if found is not None and found.parts:
        return [{key: part[key] for key in ("start", "end", "subtotal")} for part in found.parts]
    start, end = changes.period_of(application)
    granted = sum(row.amount_cents for row in application.instalments.all())
    return [{"start": start, "end": end, "subtotal": in_euros(granted)}]


def left_of(application: Application, apart_from: Alteration | None = None) -> int:
    """What was granted and is neither cancelled by hand nor recovered by another change, in cents."""
    granted = 0
    for row in application.instalments.all():
        by_hand = row.state == InstalmentState.CANCELLED and row.payable_cents > 0
        granted += 0 if by_hand else row.amount_cents
    handled = Alteration.objects.filter(application=application, case__state=ChangeState.HANDLED, annulled_at=None)
    taken = sum(
        row.deducted_cents + row.invoiced_cents for row in handled if apart_from is None or row.pk != apart_from.pk
    )
    return max(granted - taken, 0)


def propose(
    alteration: Alteration,
    *,
    recoverable: bool,
    start: date | None,
    end: date | None,
    euros: str = "",
    justification: str = "",
    actor: Actor,
    at: datetime,
    on: date,
) -> Alteration:
    """Propose to recover for some days, by the rule's sum or one by hand, or not to recover, with the reason.

    Raises Refused and NotNow: days outside the benefit or another notice's, a sum that is not whole euros or more than
    is left, one below the limit, a missing justification.
    """
    with transaction.atomic():
        locked(alteration.application.case)
        case = locked(alteration.case)
        require(actor, HANDLE_CHANGES, case)
        row = Alteration.objects.select_for_update(of=("self",)).select_related("application").get(pk=alteration.pk)
        _check_days(row, case, start, end)
        found = reckon(row, start, end)
        sum_cents = _by_hand(row, case, euros) if euros.strip() else found.cents
        if recoverable:
            _recoverable(case, found, sum_cents)
        elif not justification.strip():
            raise NotNow(reasons_money.NEEDS_JUSTIFICATION, case)
        row.recovery_start, row.recovery_end = start, end
        row.proposed_cents, row.by_hand = (sum_cents if recoverable else 0), bool(euros.strip())
        row.recoverable, row.justification = recoverable, justification.strip()
        row.trace = [_stored(line) for line in found.lines if line.text is not None]
        row.save()
        case.draft = {**asdict(_drafted(row)), "at": at.isoformat(), "on": on.isoformat()}
        case.save(update_fields=["draft"])
        cases.move(case, ChangeVerb.PROPOSE, actor=actor, at=at, details={"cents": row.proposed_cents})
    return row


def send_back(alteration: Alteration, why: str, *, actor: Actor, at: datetime) -> Case:
    """The official sends a proposal back to the handler, with the reason. Raises Refused and NotNow."""
    if not why.strip():
        raise NotNow(reasons_money.NEEDS_A_REASON, alteration.case)
    return cases.move(alteration.case, ChangeVerb.RETURN, actor=actor, at=at, details={"why": why.strip()[:500]})


def decide(alteration: Alteration, *, actor: Actor, at: datetime, on: date, title: str = "") -> Decision:
    """The official decides as it was proposed; who handled it never does. Raises Refused and NotNow."""
    with transaction.atomic():
        locked(alteration.application.case)
        case = locked(alteration.case)
        draft = case.draft or {}
        words = str(draft.get("content", {}).get("justification", ""))
        outcome = str(draft.get("outcome", LEFT))
        return cases.decide(case, outcome, actor=actor, at=at, on=on, justification=words, title=title)


def follow(case: Case, decision: Decision, at: datetime, on: date) -> None:
    """A decided recovery is taken off what is unpaid and claimed back of what is paid; the employer is told."""
    row = Alteration.objects.select_for_update(of=("self",)).select_related("application__case").get(case=case)
    about = locked(row.application.case)
    if decision.outcome == RECOVERED:
        row.deducted_cents, row.invoiced_cents = _taken(row, about, case, decision, at, on)
        row.save(update_fields=["deducted_cents", "invoiced_cents"])
    details = {"change": case.number, "cents": decision.amount_cents or 0}
    append(about, "change_handled", by=_maker(decision), at=at, details=details)
    cases.serve_by_message(decision, telling_money.recovery(row, case, decision, at=at))


def annul(alteration: Alteration, why: str, *, actor: Actor, at: datetime, on: date) -> Alteration:
    """A decided recovery is annulled: claims are given up, what was taken off is put back. Raises Refused and NotNow.

    Not once it has been invoiced, nor when the reduced instalment has been accepted.
    """
    if not why.strip():
        raise NotNow(reasons_money.NEEDS_A_REASON, alteration.case)
    with transaction.atomic():
        about = locked(alteration.application.case)
        case = locked(alteration.case)
        require(actor, RECOVER, case)
        row = Alteration.objects.select_for_update(of=("self",)).select_related("application").get(pk=alteration.pk)
        if row.invoice_list is not None:
            raise NotNow(reasons_money.ALREADY_INVOICED, case)
        if case.state != ChangeState.HANDLED:
            raise NotNow(reasons_money.NOT_DECIDED, case)
        if row.annulled_at is not None:
            return row
        claims = Recovery.objects.filter(key__startswith=f"{SERVICE}:case:{case.pk}:", state=RecoveryState.CLAIMED)
        for claim in claims.order_by("pk"):
            payments.end_recovery(claim, outcome=RecoveryState.WAIVED, reason=why, actor=actor, at=at, on=on)
        _given_back(row, about, actor=actor, at=at)
        row.deducted_cents, row.invoiced_cents, row.annulled_at = 0, 0, at
        row.save(update_fields=["deducted_cents", "invoiced_cents", "annulled_at"])
        append(case, ANNUL, by=actor, at=at, details={"why": why.strip()[:500]})
        audit.write(actor, RECOVER, f"case:{case.pk}", at, {"verb": ANNUL}, RETENTION)
    return row


def _taken(row: Alteration, about: Case, case: Case, decision: Decision, at: datetime, on: date) -> tuple[int, int]:
    """Cents taken off what is unpaid, and cents claimed back of what is paid."""
    rest, off, claimed = decision.amount_cents or 0, 0, 0
    actor = _maker(decision)
    reason = f"{case.number}: {decision.justification}"[:500] if decision.justification else case.number
    for part in Instalment.objects.select_for_update().filter(application=row.application).order_by("-number"):
        if rest == 0:
            break
        if part.state in OPEN_INSTALMENTS:
            taken = instalments.deduct(part, rest, about, actor=actor, at=at, on=on, reason=reason)
            off += taken
        elif part.state in (InstalmentState.PAID, InstalmentState.COMPLETED):
            taken = _claimed(part, rest, case, actor=actor, at=at, reason=reason)
            claimed += taken
        else:
            taken = 0
        rest -= taken
    if rest:
        raise NotNow(reasons_money.SUM_TOO_LARGE, case)
    return off, claimed


def _claimed(part: Instalment, most: int, case: Case, *, actor: Actor, at: datetime, reason: str) -> int:
    line = Line.objects.filter(key=part.line_key).first()
    if line is None:
        return 0
    sum_cents = min(most, line.amount_cents - line.recovering_cents - line.recovered_cents)
    if sum_cents <= 0:
        return 0
    key = f"{SERVICE}:case:{case.pk}:recovery:{part.number}"
    try:
        payments.recover(line, sum_cents, key=key, decision=case.number, reason=reason, actor=actor, at=at)
    except NotPayable as wrong:
        raise NotNow(wrong.reason, case) from wrong
    return sum_cents


def _given_back(row: Alteration, about: Case, *, actor: Actor, at: datetime) -> None:
    back = row.deducted_cents
    for part in Instalment.objects.select_for_update().filter(application=row.application).order_by("-number"):
        sum_cents = min(back, part.amount_cents - part.payable_cents)
        if not sum_cents:
            continue
        emptied = part.state == InstalmentState.CANCELLED and part.payable_cents == 0
        if not emptied and part.state not in OPEN_INSTALMENTS - {InstalmentState.ACCEPTED}:
            raise NotNow(reasons_money.SECOND_GONE, about)
        part.payable_cents += sum_cents
        if emptied:
            part.state, part.state_at, part.why = InstalmentState.WAITING, at, ""
        part.save()
        back -= sum_cents
        append(about, "deduction_annulled", by=actor, at=at, details={"instalment": part.number, "cents": sum_cents})


def _maker(decision: Decision) -> Actor:
    return Actor("staff", decision.decided_by.removeprefix("staff:"), name=decision.decided_by_name, strong=True)


def _check_days(row: Alteration, case: Case, start: date | None, end: date | None) -> None:
    if start is None and end is None:
        return
    first, last = changes.period_of(row.application)
    if start is None or end is None or not first <= start <= end <= last:
        raise NotNow(reasons_money.DAYS_WRONG, case)
    for begins, ends in changes.others(row.application, apart_from=row):
        if start <= ends and begins <= end:
            raise NotNow(reasons_money.DAYS_OVERLAP.format(days=span(begins, ends)), case)


def _by_hand(row: Alteration, case: Case, euros: str) -> int:
    plain = "".join(euros.split()).removesuffix("€")
    if not plain.isascii() or not plain.isdigit() or len(plain) > 9:
        raise NotNow(reasons_money.SUM_WRONG, case)
    sum_cents = int(plain) * EURO
    if sum_cents > left_of(row.application, row):
        raise NotNow(reasons_money.SUM_TOO_LARGE, case)
    return sum_cents


def _recoverable(case: Case, found: Reckoned, sum_cents: int) -> None:
    if found.start is None:
        raise NotNow(reasons_money.NO_DAYS, case)
    above = int(conditions.value("recovered_above", found.start))
    if sum_cents <= above:
        said = text(**{each: format_money(above, each) for each in LANGUAGES})
        raise NotNow(reasons_money.BELOW_LIMIT.format(above=said), case)


def _drafted(row: Alteration) -> Drafted:
    content: dict[str, Any] = {"justification": row.justification, "by_hand": row.by_hand}
    if row.recovery_start is not None and row.recovery_end is not None:
        content |= {"start": row.recovery_start.isoformat(), "end": row.recovery_end.isoformat()}
    told = tuple(row.trace) if not row.by_hand else ()
    return Drafted(
        outcome=RECOVERED if row.recoverable else LEFT,
        amount_cents=row.proposed_cents if row.recoverable else None,
        content=content,
        reasons=told,
    )


def _stored(line: TraceLine) -> dict[str, Any]:
    words = line.text
    assert words is not None
    said = {language: words.in_(language) for language in words.languages}
    return {"step": line.step, "holds": True, "decisive": True, "text": said, "cite": list(line.cite)}
