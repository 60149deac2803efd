# SPDX-License-Identifier: EUPL-1.2
"""The case of one claimed voucher: states, who does what, the decision, its appeal, and what follows a decision."""

from datetime import date, datetime

from ennakko.kernel import cases, payments
from ennakko.kernel.access import Actor
from ennakko.kernel.cases import CaseType, DecisionType
from ennakko.kernel.cases.appeals import appeals_of
from ennakko.kernel.cases.models import Case, Decision
from ennakko.kernel.cases.moving import append, moved
from ennakko.kernel.payments import NewLine
from ennakko.rules.parameters import ParameterBook
from ennakko.services.summer_voucher import claim_payment, claim_telling
from ennakko.services.summer_voucher.actions.claim_freeing import free, hold_again
from ennakko.services.summer_voucher.claim_filed import filed
from ennakko.services.summer_voucher.claim_read import read_of
from ennakko.services.summer_voucher.claim_states import (
    CLAIM_DECIDE,
    CLAIM_HANDLE,
    CLAIM_OWN,
    CLAIMS,
    ClaimState,
    ClaimVerb,
)
from ennakko.services.summer_voucher.claim_wording import CLAIM_EVENTS
from ennakko.services.summer_voucher.conditions import SERVICE
from ennakko.services.summer_voucher.models import ClaimRow
from ennakko.values.texts import text

CLAIM = "claim"
ACCEPTED, REJECTED = "accepted", "rejected"
DECISION = "summer-voucher.claim"
APPEAL = "summer-voucher.claim-rejected"
"""The row of the municipality's appeals: an accepted claim and a rejected one are appealed alike."""


def claim_type(book: ParameterBook) -> CaseType:
    """The kind of case, by the figures and appeals known when the service is registered."""
    return CaseType(
        service=SERVICE,
        id=CLAIM,
        title=text(
            fi="Työnantajan kesäsetelihakemus",
            sv="Arbetsgivarens ansökan om sommarsedel",
            en="Employer's claim of the summer voucher",
        ),
        states=CLAIMS,
        handle_action=CLAIM_HANDLE,
        decide_action=CLAIM_DECIDE,
        own_action=CLAIM_OWN,
        decision=DecisionType(
            id=DECISION,
            title=text(
                fi="Päätös kesäsetelin maksamisesta",
                sv="Beslut om betalning av sommarsedeln",
                en="Decision on paying the summer voucher",
            ),
            outcomes={
                ACCEPTED: text(
                    fi="Kesäsetelin summa maksetaan",
                    sv="Sommarsedelns summa betalas",
                    en="The voucher's sum is paid",
                ),
                REJECTED: text(fi="Hakemus hylätään", sv="Ansökan avslås", en="The claim is rejected"),
            },
            appeals=appeals_of(APPEAL),
        ),
        decided={ACCEPTED: ClaimVerb.ACCEPT, REJECTED: ClaimVerb.REJECT},
        days=int(book.get(f"{SERVICE}.handling_days").rows[-1].value),  # type: ignore[arg-type]
        segregated=True,
        on_decided=follow,
        on_rectified=carry_out,
        events=CLAIM_EVENTS,
        read_of=read_of,
        filed=filed,
    )


def follow(case: Case, decision: Decision, at: datetime, on: date) -> None:
    """An accepted claim is paid; a rejected one frees its voucher; the employer is told either way."""
    row = ClaimRow.objects.select_for_update(of=("self",)).select_related("claim", "voucher__person").get(case=case)
    row.decided_at, row.automatic = at, decision.automatic
    row.save(update_fields=["decided_at", "automatic"])
    if decision.outcome == ACCEPTED:
        payments.plan_lines([_line(row, case, decision, on)], at=at, planned_by=decision.decided_by)
    else:
        free(row, at=at)
    cases.serve_by_message(decision, claim_telling.decided(row.claim, case, decision, at=at))


def carry_out(case: Case, decision: Decision, by: Actor, at: datetime, on: date) -> None:
    """Another body changed a rejection: the claim is accepted and paid after all.

    Where another claim has used the voucher by then, the history says so and a person sees to it.
    """
    if case.state != ClaimState.REJECTED:
        return
    row = ClaimRow.objects.select_for_update(of=("self",)).select_related("claim", "voucher__person").get(case=case)
    told = {"rectification": decision.case.number}
    if not hold_again(row, at=at):
        append(case, "not-free", by=by, at=at, details=told)
        return
    # The state table knows no way from an end: what the body decided stands above it.
    moved(case, "rectify", ClaimState.ACCEPTED, by=by, at=at, details=told)
    row.decided_at = at
    if not row.value_cents and row.voucher is not None:
        row.value_cents = row.voucher.value_cents
    row.save(update_fields=["decided_at", "value_cents"])
    payments.plan_lines([_line(row, case, decision, on)], at=at, planned_by=decision.decided_by)


def _line(row: ClaimRow, case: Case, decision: Decision, on: date) -> NewLine:
    return NewLine(
        key=f"{SERVICE}:claim:{case.pk}",
        service=SERVICE,
        about=f"case:{case.pk}",
        payee=claim_payment.payee(row.claim),
        amount_cents=decision.amount_cents or row.value_cents,
        due=on,
        year=row.year,
        text=claim_payment.words(case),
        data=claim_payment.data_of(row, case, decision),
        decided_by=decision.decided_by,
        concerns=(row.voucher.person_id,) if row.voucher is not None and row.voucher.person_id is not None else (),
    )
