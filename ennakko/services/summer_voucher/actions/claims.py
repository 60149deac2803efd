# SPDX-License-Identifier: EUPL-1.2
"""The employer's side: looking a voucher up, estimating, drafting, sending, amending and withdrawing a claim.

Nothing is stored of what must be corrected; a draft holds no voucher; from sending on the voucher is used, until the
claim is rejected or withdrawn. Registers are asked before the transaction: one that is silent never loses a sending.
"""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction

from ennakko.kernel import audit, cases
from ennakko.kernel.access import Actor, require, tries
from ennakko.kernel.cases import NotNow
from ennakko.kernel.cases.letters import answer_information
from ennakko.kernel.cases.models import Case
from ennakko.kernel.cases.moving import append, locked
from ennakko.kernel.cases.queries import open_requests
from ennakko.services.summer_voucher import claim_gathering as gathering
from ennakko.services.summer_voucher import claim_judging as judging
from ennakko.services.summer_voucher import claim_prefill as prefilling
from ennakko.services.summer_voucher import claim_telling, conditions
from ennakko.services.summer_voucher.actions import claim_checking, claim_drafts
from ennakko.services.summer_voucher.actions.claim_accounts import give_account as give_account
from ennakko.services.summer_voucher.actions.claim_freeing import free
from ennakko.services.summer_voucher.actions.claim_sending import CLAIM, NUMBERS, known_organisation
from ennakko.services.summer_voucher.actions.claim_sending import estimate as estimate
from ennakko.services.summer_voucher.actions.claim_sending import send as send
from ennakko.services.summer_voucher.claim_reading import read_row
from ennakko.services.summer_voucher.claim_shapes import Estimate as Estimate
from ennakko.services.summer_voucher.claim_shapes import Found as Found
from ennakko.services.summer_voucher.claim_shapes import NotFound as NotFound
from ennakko.services.summer_voucher.claim_shapes import Prefill as Prefill
from ennakko.services.summer_voucher.claim_shapes import Prefilled as Prefilled
from ennakko.services.summer_voucher.claim_shapes import RowJudged as RowJudged
from ennakko.services.summer_voucher.claim_shapes import Sent as Sent
from ennakko.services.summer_voucher.claim_states import CLAIM_OWN, ClaimState, ClaimVerb
from ennakko.services.summer_voucher.claim_values import RowValues
from ennakko.services.summer_voucher.claim_wording import (
    ALREADY_USED,
    COLLEAGUE_WRITES,
    LABELS,
    MISREAD,
    NO_VOUCHER,
    NOT_VALID,
    NOTHING_ASKED,
    USED_BY_YOU,
)
from ennakko.services.summer_voucher.claim_wording import TOO_MANY_TRIES as TOO_MANY_TRIES
from ennakko.services.summer_voucher.law.claim import judge
from ennakko.services.summer_voucher.law.number_2026 import decode, encode
from ennakko.services.summer_voucher.models import ClaimRow, Voucher
from ennakko.services.summer_voucher.states import VoucherState
from ennakko.values.texts import Text


def look_up_voucher(
    number: str, surname: str, *, actor: Actor, at: datetime, on: date, wall: datetime
) -> Found | NotFound:
    """The voucher of a number whose holder has that surname; throttled, and the look is logged. Raises Refused.

    A number whose check characters are wrong is told as that; else which of the two is wrong is not told. Of a voucher
    that another employer has used, only that it is used.
    """
    require(actor, CLAIM)
    if tries.used_up(NUMBERS, actor.organisation, wall=wall):
        return NotFound(TOO_MANY_TRIES, too_many=True)
    if decode(number.strip()) is None:
        return NotFound(MISREAD)
    row = RowValues(number=number.strip(), surname=surname.strip())
    known = gathering.look_up([row])
    voucher = next(iter(known.vouchers.values()), None)
    if not gathering.fits(voucher, row.surname) or voucher is None:
        tries.count(NUMBERS, actor.organisation, wall=wall)
        return NotFound(NO_VOUCHER)
    if voucher.person_id is not None:
        audit.read(actor, conditions.SERVICE, voucher.person_id, ["name"], "", at, "a voucher looked up by an employer")
    note = _note(voucher, known, actor.organisation, wall=wall)
    return Found(
        number=_shown(voucher),
        name=gathering.youth_of(voucher, row.surname),
        year=voucher.year,
        value_cents=voucher.value_cents,
        usable=voucher.state == VoucherState.ISSUED,
        note=note,
    )


def _shown(voucher: Voucher) -> str:
    return encode(voucher.number)


def _note(voucher: Voucher, known: gathering.Known, organisation: str, *, wall: datetime) -> Text | None:
    if voucher.state == VoucherState.USED:
        holder = known.holding.get(voucher.pk)
        if holder is not None and holder.claim.organisation == organisation:
            return USED_BY_YOU.format(reference=holder.claim.reference)
        return ALREADY_USED
    if voucher.state != VoucherState.ISSUED:
        return NOT_VALID
    if claim_drafts.written_by_colleague(organisation, voucher.pk, wall=wall):
        return COLLEAGUE_WRITES
    return None


def prefill(rows: list[Mapping[str, Any]], *, actor: Actor, at: datetime, on: date, wall: datetime) -> Prefill:
    """What need not be typed for a claim of these rows (`number` and `surname` of each). Raises Refused."""
    require(actor, CLAIM)
    organisation = known_organisation(actor, at)
    ways = gathering.ways_of(organisation, on)
    known = [] if tries.used_up(NUMBERS, actor.organisation, wall=wall) else rows
    return prefilling.prefill(organisation, ways, known, actor=actor, at=at, on=on)


def save_draft(raw: Mapping[str, Any], *, key: str, actor: Actor, at: datetime, wall: datetime) -> None:
    """Keep an unfinished claim under its key, for the employer's people alone; it holds no voucher. Raises Refused."""
    claim_drafts.save(raw, key=key, actor=actor, at=at, wall=wall)


def remove_row(
    raw: Mapping[str, Any], position: int, *, key: str, actor: Actor, at: datetime, wall: datetime
) -> dict[str, Any]:
    """Take one youth off an unfinished claim, with the documents; the claim as it is kept now. Raises Refused."""
    return claim_drafts.remove_row(raw, position, key=key, actor=actor, at=at, wall=wall)


def drop_draft(key: str, *, actor: Actor, at: datetime) -> None:
    """Remove a draft and its documents. Raises Refused."""
    claim_drafts.drop(key, actor=actor)


def amend(case: Case, raw: Mapping[str, Any], *, actor: Actor, at: datetime, on: date, wall: datetime) -> Sent:
    """Correct the row of a case about which more was asked (ROW_FIELDS but number and surname); it is judged again.

    Documents are stored about `case:<pk>` beforehand. What must be corrected is answered at once, and then nothing is
    stored. Raises Refused, and NotNow where nothing was asked.
    """
    require(actor, CLAIM_OWN, case)
    if case.state != ClaimState.INFORMATION_REQUESTED:
        raise NotNow(NOTHING_ASKED, case)
    row = ClaimRow.objects.select_related("claim", "voucher__person", "voucher__case").get(case=case)
    told = {**raw, "number": str(case.data.get("number", "")), "surname": row.surname_typed}
    values, wrong = read_row(told)
    if wrong:
        return Sent(refusals=wrong)
    columns = judging.row_of(values, default_postal_code=row.claim.postal_code)
    for name, value in columns.items():
        setattr(row, name, value)
    gathered, judged, of = claim_checking.judged_again(row, case, at=at, on=on, actor=actor, fresh=False)
    gathered.facts["figures_confirmed"] = values.confirmed
    judged = judge(gathered.facts, on)
    judging.keep_version(judged, at)
    prepared = judging.Prepared(0, values, row.voucher, gathered, judged, str(case.data.get("youth", "")))
    if found := judging.corrections([prepared]):
        return Sent(refusals=found, rows=(prepared.shown(),))
    with transaction.atomic():
        now = locked(case)
        if now.state != ClaimState.INFORMATION_REQUESTED:
            raise NotNow(NOTHING_ASKED, now)
        before = {name: value for name, value in now.data.items() if name in values.__dataclass_fields__}
        now.data = judging.data_of(values, prepared.youth)
        now.save(update_fields=["data"])
        changed = sorted(name for name, value in before.items() if now.data.get(name) != value)
        for request in open_requests(now):
            answer_information(request, {"changed": _labels(changed, now.language)}, actor=actor, at=at)
        row.save(update_fields=list(columns))
        claim_checking.store_judged(row, judged, gathered.silent, at=at)
        append(now, "amend", by=actor, at=at, details={"changed": changed, "before": before})
        moved = cases.move(now, ClaimVerb.PROVIDE, actor=actor, at=at)
        facts = judging.stored_facts(gathered, judged, of)
        row.case = claim_checking.act(moved, row, judged, gathered.silent, facts, at=at, on=on)
    shown = prepared.shown()
    return Sent(claim=row.claim, rows=(RowJudged(0, shown.youth, judged, shown.waits_for, row.case, row),))


def _labels(changed: list[str], language: str) -> str:
    """What was corrected, in words."""
    known = {"pay_cents": "pay"}
    found = [LABELS[known.get(name, name)] for name in changed if known.get(name, name) in LABELS]
    return ", ".join(one.in_(language) for one in found)


def withdraw(case: Case, *, actor: Actor, at: datetime) -> Case:
    """Take one voucher's claim back while it is undecided: the voucher is free again. Raises Refused and NotNow."""
    with transaction.atomic():
        moved = cases.move(case, ClaimVerb.WITHDRAW, actor=actor, at=at)
        row = ClaimRow.objects.select_for_update(of=("self",)).select_related("claim").get(case=moved)
        free(row, at=at)
        claim_telling.withdrawn(row.claim, moved, at=at)
    return moved
