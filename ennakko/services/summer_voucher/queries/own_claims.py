# SPDX-License-Identifier: EUPL-1.2
"""An employer's own claims, drafts and standing; colleagues of the same organisation see the same."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count

from ennakko.kernel import payments
from ennakko.kernel.access import Actor, require, visible
from ennakko.kernel.cases import drafts as kept_drafts
from ennakko.kernel.cases.drafts import Begun
from ennakko.kernel.cases.models import Case, Decision, InformationRequest, Letter
from ennakko.kernel.payments.models import Line
from ennakko.services.summer_voucher import conditions
from ennakko.services.summer_voucher.actions.claim_drafts import FORM
from ennakko.services.summer_voucher.claim_states import CLAIM_NAMES, CLAIM_OWN, OPEN_CLAIMS, ClaimState
from ennakko.services.summer_voucher.claim_values import raw_rows
from ennakko.services.summer_voucher.claim_wording import PAYMENT
from ennakko.services.summer_voucher.conditions import SERVICE
from ennakko.services.summer_voucher.law import number_2026 as number
from ennakko.services.summer_voucher.models import Claim, ClaimRow
from ennakko.services.summer_voucher.queries.catalogue import of_year
from ennakko.services.summer_voucher.queries.letters import conditions_of
from ennakko.services.summer_voucher.wording import Shown
from ennakko.values.texts import Text

CLAIM = "summer-voucher.claim"
NOTHING_FOLLOWED = frozenset({ClaimState.SUBMITTED, ClaimState.READY, ClaimState.AWAITING_HANDLING})
"""States right after the sending in which nothing stands beside the case yet: no question, decision or payment."""


@dataclass(frozen=True, slots=True)
class OwnRow:
    """One voucher of an own claim: state and payment in words, what is asked, what can be done now.

    `checks` are the conditions that do not hold or are not known. `number` is the voucher's, "" once it is gone.
    `pay_on`: the day it is paid or is to be paid; `paid`: the bank has confirmed it. `unread`: letters of the city that
    nobody has marked as read.
    """

    case: Case
    row: ClaimRow
    youth: str
    number: str
    state: Text
    payment: Text | None
    pay_on: date | None
    paid: bool
    value_cents: int
    question: str
    answer_due: date | None
    checks: tuple[Shown, ...]
    can_amend: bool
    can_withdraw: bool
    needs_account: bool
    decision: Decision | None
    unread: int = 0


@dataclass(frozen=True, slots=True)
class OwnClaim:
    """A claim as the employer sees it; `total_cents` counts what is not rejected or withdrawn."""

    claim: Claim
    rows: tuple[OwnRow, ...]
    total_cents: int
    waits_for_employer: bool


@dataclass(frozen=True, slots=True)
class OwnDraft:
    """An unfinished claim: its key, when it was last written, by whom, how many rows; it holds no voucher."""

    key: str
    saved_at: datetime
    by_name: str
    rows: int
    data: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Standing:
    """Where an employer stands this season: what may be claimed until when, drafts, what waits, last year's use."""

    year: int
    value_cents: int | None
    min_hours: int | None
    min_pay_cents: int | None
    work_start: date | None
    work_end: date | None
    claim_deadline: date | None
    open_now: bool
    ask: Text | None
    drafts: tuple[OwnDraft, ...]
    waiting: int
    claims_this_year: int
    claims_last_year: int


def own_claims(actor: Actor, *, year: int | None = None) -> list[OwnClaim]:
    """The organisation's claims, newest first, of one voucher year or all; constant queries. Raises Refused."""
    require(actor, CLAIM_OWN)
    rows = visible(actor, CLAIM_OWN, Claim.objects.filter(emptied_at=None)).order_by("-sent_at", "-pk")
    if year is not None:
        rows = rows.filter(rows__year=year).distinct()
    return _shown(list(rows))


def years(actor: Actor) -> list[int]:
    """The voucher years of the organisation's claims, newest first. Raises Refused."""
    require(actor, CLAIM_OWN)
    rows = ClaimRow.objects.filter(claim__organisation=actor.organisation, claim__emptied_at=None)
    return sorted(set(rows.order_by().values_list("year", flat=True).distinct()), reverse=True)


def own_claim(actor: Actor, reference: str) -> OwnClaim | None:
    """One own claim by its reference; None for another organisation's. Raises Refused."""
    require(actor, CLAIM_OWN)
    found = visible(actor, CLAIM_OWN, Claim.objects.filter(reference=reference.strip().upper(), emptied_at=None))
    return next(iter(_shown(list(found))), None)


def just_sent(claim: Claim, rows: Sequence[ClaimRow]) -> OwnClaim | None:
    """A claim right after its sending, as `own_claim` would read it back; None where more was written than the sending.

    `rows` are those that the sending stored, with their cases and vouchers.
    """
    if any(row.case is None or row.case.state not in NOTHING_FOLLOWED for row in rows):
        return None
    return _claim(claim, [_row(row, {}, {}, (), 0) for row in rows])


def own_case(actor: Actor, number: str) -> Case | None:
    """The case of one own row by its number; None for another organisation's."""
    require(actor, CLAIM_OWN)
    rows = Case.objects.filter(service=SERVICE, kind="claim", number__iexact=number.strip(), emptied_at=None)
    return visible(actor, CLAIM_OWN, rows).select_related("summer_voucher_claim_row__claim").first()


def _shown(claims: list[Claim]) -> list[OwnClaim]:
    """Each claim with its rows, in a number of queries that does not depend on how many there are."""
    rows = list(
        ClaimRow.objects.filter(claim__in=claims, case__isnull=False, emptied_at=None)
        .select_related("case", "voucher", "claim")
        .order_by("claim", "position")
    )
    cases = [row.case_id for row in rows if row.case_id is not None]
    asked = {
        one.case_id: one for one in InformationRequest.objects.filter(case__in=cases, answered_at=None).order_by("-due")
    }
    decided = {one.case_id: one for one in Decision.objects.filter(case__in=cases).order_by("decided_at", "pk")}
    paid = payments.lines_of_many([f"case:{pk}" for pk in cases])
    new = Letter.objects.filter(case__in=cases, inward=False, read_at=None)
    unread = dict(new.order_by().values_list("case").annotate(n=Count("pk")))
    by_claim: dict[int, list[OwnRow]] = {claim.pk: [] for claim in claims}
    for row in rows:
        lines = paid.get(f"case:{row.case_id}", ())
        by_claim[row.claim_id].append(_row(row, asked, decided, lines, unread.get(row.case_id or 0, 0)))
    return [_claim(claim, by_claim[claim.pk]) for claim in claims]


def _claim(claim: Claim, rows: list[OwnRow]) -> OwnClaim:
    lost = (ClaimState.REJECTED, ClaimState.WITHDRAWN)
    return OwnClaim(
        claim=claim,
        rows=tuple(rows),
        total_cents=sum(one.value_cents for one in rows if one.case.state not in lost),
        waits_for_employer=any(one.can_amend or one.needs_account or one.unread for one in rows),
    )


def _row(
    row: ClaimRow, asked: Mapping[int, InformationRequest], decided: Mapping[int, Decision], lines: Iterable[Line],
    unread: int,
) -> OwnRow:  # fmt: skip
    case = row.case
    assert case is not None
    request = asked.get(case.pk)
    line = next(iter(sorted(lines, key=lambda one: one.pk, reverse=True)), None)
    decision = decided.get(case.pk)
    stored = (case.draft or {}).get("reasons") or case.facts.get("checks", ())
    return OwnRow(
        case=case,
        row=row,
        youth=str(case.data.get("youth", "")),
        number=number.encode(row.voucher.number) if row.voucher is not None else "",
        state=CLAIM_NAMES[case.state],
        payment=PAYMENT.get(line.standing) if line is not None else None,
        pay_on=(line.paid_on or line.due) if line is not None else None,
        paid=line is not None and line.paid_on is not None,
        value_cents=(decision.amount_cents if decision is not None else None) or row.value_cents,
        question=request.question if request is not None and case.state == ClaimState.INFORMATION_REQUESTED else "",
        answer_due=request.due if request is not None else None,
        checks=tuple(one for one in conditions_of(stored) if one.holds is not True),
        can_amend=case.state == ClaimState.INFORMATION_REQUESTED,
        can_withdraw=case.state in OPEN_CLAIMS,
        needs_account=row.account_asked_at is not None,
        decision=decision,
        unread=unread,
    )


def drafts(actor: Actor) -> tuple[OwnDraft, ...]:
    """The organisation's unfinished claims, newest first."""
    require(actor, CLAIM)
    return tuple(_draft(one) for one in kept_drafts.drafts_of(FORM, owner=actor, organisation=actor.organisation))


def draft(actor: Actor, key: str) -> OwnDraft | None:
    """One unfinished claim of the organisation."""
    require(actor, CLAIM)
    found = kept_drafts.draft_of(FORM, key, owner=actor, organisation=actor.organisation)
    return None if found is None else _draft(found)


def _draft(begun: Begun) -> OwnDraft:
    return OwnDraft(begun.key, begun.saved_at, begun.saved_by_name, len(raw_rows(begun.data)), begun.data)


def standing(actor: Actor, *, on: date) -> Standing:
    """Where the employer stands this season. Raises Refused."""
    require(actor, CLAIM)
    year = of_year(on.year)
    own = ClaimRow.objects.filter(claim__organisation=actor.organisation)
    deadline = conditions.decided("claim_deadline", conditions.last_of_year(on.year))
    return Standing(
        year=on.year,
        value_cents=year.value_cents,
        min_hours=year.min_hours,
        min_pay_cents=year.min_pay_cents,
        work_start=year.work_start,
        work_end=year.work_end,
        claim_deadline=deadline,
        open_now=year.ask is None and (deadline is None or on <= deadline),
        ask=year.ask,
        drafts=drafts(actor),
        waiting=own.filter(case__state=ClaimState.INFORMATION_REQUESTED).count()
        + own.filter(account_asked_at__isnull=False).count(),
        claims_this_year=own.filter(year=on.year).count(),
        claims_last_year=own.filter(year=on.year - 1).count(),
    )
