# SPDX-License-Identifier: EUPL-1.2
"""A judged claim stored in one transaction: the claim, a case for each voucher, what the machine does at once."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import Any

from django.db import transaction

from ennakko.kernel import audit, cases, documents, organisations
from ennakko.kernel.access import Actor
from ennakko.kernel.audit import HeldReads
from ennakko.kernel.bulk import change, insert
from ennakko.kernel.people.names import folded
from ennakko.services.summer_voucher import claim_gathering as gathering
from ennakko.services.summer_voucher import claim_judging as judging
from ennakko.services.summer_voucher import claim_telling, claim_typing, conditions
from ennakko.services.summer_voucher.actions import claim_checking, claim_drafts
from ennakko.services.summer_voucher.actions.claim_checking import MACHINE
from ennakko.services.summer_voucher.actions.storing import new_reference
from ennakko.services.summer_voucher.claim_gathering import Employer, Ways
from ennakko.services.summer_voucher.claim_judging import Prepared
from ennakko.services.summer_voucher.claim_shapes import Sent
from ennakko.services.summer_voucher.claim_states import ClaimState, ClaimVerb
from ennakko.services.summer_voucher.claim_values import ClaimValues, documents_about
from ennakko.services.summer_voucher.law import number_2026 as number
from ennakko.services.summer_voucher.law.claim import Outcome
from ennakko.services.summer_voucher.models import Claim, ClaimRow, Voucher
from ennakko.services.summer_voucher.states import VoucherState

KIND = "claim"
FORM_VERSION = "2026-1"
RETENTION = "summer-voucher"
AT_ONCE = (ClaimVerb.CLEAR, ClaimVerb.REFER)
"""What the machine does with a claim while it is opened; asking for more comes after."""


class Taken(Exception):
    """Somebody else's claim has just used the voucher of a row (its position from 0)."""

    def __init__(self, position: int) -> None:
        super().__init__(f"row {position}: the voucher was used meanwhile")
        self.position = position


@dataclass(frozen=True, slots=True)
class Sending:
    """A claim that is to be stored, and who sends it when."""

    raw: Mapping[str, Any]
    claim: ClaimValues
    of: Employer
    ways: Ways
    prepared: tuple[Prepared, ...]
    actor: Actor
    at: datetime
    on: date
    wall: datetime
    key: str
    digest: str
    source: str


def store(sending: Sending, reads: HeldReads) -> Sent:
    """Store it and let the machine do what it may at once; raises Taken, and IntegrityError for a key that is used.

    Its log is one entry for all that the sending changed; `reads` are written with it. Whatever can be worked out
    beforehand is: while it writes, nobody else does.
    """
    claim = Claim(**_columns(sending))
    worked_out = [_work_out(sending, claim, one) for one in sending.prepared]
    with transaction.atomic():
        reads.write()
        insert(claim)
        rows = [_store_row(sending, claim, one) for one in worked_out]
        _remember_ways(sending)
        claim_telling.received(claim, [row.case for row in rows if row.case is not None], at=sending.at)
        claim_drafts.forget(sending.key, sending.of.organisation.business_id, rows, actor=sending.actor)
        for one, row in zip(worked_out, rows, strict=True):
            _go_on(sending, one, row)
        said = {"claim": claim.reference, "cases": [row.case_id for row in rows]}
        about = f"organisation:{claim.organisation}"
        audit.write(sending.actor, "summer-voucher.claim", about, sending.at, said, RETENTION)
    reads.stand()
    shown = tuple(replace(one.shown(), case=row.case, row=row) for one, row in zip(sending.prepared, rows, strict=True))
    return Sent(claim=claim, rows=shown)


@dataclass(frozen=True, slots=True)
class _WorkedOut:
    """A judged row with all that is stored of it, before anything is."""

    prepared: Prepared
    verb: ClaimVerb | None
    data: dict[str, Any]
    facts: dict[str, Any]
    draft: dict[str, Any] | None
    columns: dict[str, Any]


def _work_out(sending: Sending, claim: Claim, one: Prepared) -> _WorkedOut:
    voucher, at = one.voucher, sending.at
    year = voucher.year if voucher is not None else sending.on.year
    facts = judging.stored_facts(one.gathered, one.judged, sending.of)
    facts, draft = judging.with_checks(one.judged, facts, year, at=at, on=sending.on)
    columns = {
        "position": one.position + 1, "year": year, "value_cents": one.judged.value_cents or 0,
        "outcome": str(one.judged.outcome), "risk": judging.risk_of(one.judged),
        "waits_for": list(one.gathered.silent), "search": _search(claim, one, voucher), "checked_at": at,
        **judging.row_of(one.values, default_postal_code=claim.postal_code),
    }  # fmt: skip
    verb = judging.next_verb(one.judged, one.gathered.silent, waited=False)
    return _WorkedOut(one, verb, judging.data_of(one.values, one.youth), facts, draft, columns)


def _columns(sending: Sending) -> dict[str, Any]:
    told, organisation = sending.claim, sending.of.organisation
    typed = claim_typing.count(sending.raw, told, sending.ways, organisation, sending.prepared)
    return {
        "reference": new_reference(),
        "organisation": organisation.business_id,
        "key": sending.key,
        "digest": sending.digest,
        "employer_name": organisation.name[:256],
        "employer_kind": organisation.kind,
        "industry": organisation.industry,
        "street_address": organisation.street_address or told.street_address,
        "postal_code": organisation.postal_code or told.postal_code,
        "post_office": organisation.post_office or told.post_office,
        **{name: getattr(told, name) for name in (*gathering.CONTACT, *INVOICER, *gathering.ACCOUNT, "language")},
        "source": sending.source,
        "sent_by": sending.actor.subject,
        "sent_by_name": sending.actor.name,
        # As it is read back: the answer to the sending is made from this very claim.
        "sent_at": sending.at.astimezone(UTC),
        "sent_wall": sending.wall,
        "typed_fields": typed.fields,
        "keystrokes": typed.keystrokes,
    }


INVOICER = ("is_separate_invoicer", "invoicer_name", "invoicer_email", "invoicer_phone")


def _store_row(sending: Sending, claim: Claim, row: _WorkedOut) -> ClaimRow:
    one = row.prepared
    holds = _use(one.voucher, one, at=sending.at)
    at_once = [cases.Step(row.verb, MACHINE)] if row.verb in AT_ONCE else []
    case = cases.open_and_move(
        conditions.SERVICE, KIND, steps=at_once, actor=sending.actor, at=sending.at, on=sending.on,
        organisation=claim.organisation, data=row.data, facts=row.facts, draft=row.draft, form_version=FORM_VERSION,
        language=claim.language, source=sending.source,
    )  # fmt: skip
    stored = ClaimRow(claim=claim, case=case, voucher=one.voucher, holds=holds, **row.columns)
    insert(stored)
    if _any_given(one):
        documents.move(documents_about(claim.organisation, sending.key, one.position + 1), f"case:{case.pk}")
    return stored


def _go_on(sending: Sending, one: _WorkedOut, row: ClaimRow) -> None:
    """What is missing is asked for, and what is clear is decided where the gate is open."""
    assert row.case is not None
    if one.verb is ClaimVerb.REQUEST:
        row.case = claim_checking.ask(row.case, row, one.prepared.judged, at=sending.at, on=sending.on)
    elif row.case.state == ClaimState.READY:
        row.case = claim_checking.decide_where_open(row.case, at=sending.at, on=sending.on)


def _use(voucher: Voucher | None, one: Prepared, *, at: datetime) -> bool:
    """Mark the voucher as used by this claim; a claim that insists on a voucher it may not use holds none."""
    if voucher is None or (one.judged.outcome is Outcome.REJECT and voucher.state != VoucherState.ISSUED):
        return False
    used = {"state": VoucherState.USED, "state_at": at}
    if not change(Voucher, {"pk": voucher.pk, "state": VoucherState.ISSUED}, used):
        raise Taken(one.position)
    return True


def _any_given(one: Prepared) -> bool:
    return bool(one.gathered.facts["contract_given"] or one.gathered.facts["payslip_given"])


def _search(claim: Claim, one: Prepared, voucher: Voucher | None) -> str:
    """Folded words by which staff find the row; never the name of somebody under non-disclosure."""
    youth = "" if voucher is not None and gathering.protected(voucher) else one.youth
    shown = number.encode(voucher.number) if voucher is not None else one.values.number
    return folded(claim.employer_name, claim.organisation, youth, shown, claim.reference)[:400]


def _remember_ways(sending: Sending) -> None:
    """The account and contact person of the claim are the organisation's from now on."""
    told, who = sending.claim, {"actor": sending.actor, "at": sending.at, "on": sending.on}
    if not gathering.same_account(told, sending.ways):
        given = {name: getattr(told, name) for name in gathering.ACCOUNT if name != "iban"}
        organisations.use_account(sending.of.organisation, told.iban, **given, **who)  # type: ignore[arg-type]
    if not gathering.same_contact(told, sending.ways):
        organisations.use_contact(
            sending.of.organisation, name=told.contact_name, email=told.contact_email, phone=told.contact_phone,
            language=told.language, **who,  # type: ignore[arg-type]
        )  # fmt: skip
