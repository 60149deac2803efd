# SPDX-License-Identifier: EUPL-1.2
"""What handlers and officials do with a claim: take, ask, propose; release in bulk, decide one by one.

All raise Refused (who may) and NotNow (`.reason` says what can be done instead). Notes, letters and timelines are the
kernel's (`cases.note`, `cases.timeline`).
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime

from django.db import transaction

from ennakko.kernel import cases
from ennakko.kernel.access import Actor, require
from ennakko.kernel.cases import Drafted
from ennakko.kernel.cases.deciding import BulkResult
from ennakko.kernel.cases.letters import words_of
from ennakko.kernel.cases.models import Case, Decision, Letter
from ennakko.kernel.cases.moving import locked
from ennakko.services.summer_voucher import claim_judging as judging
from ennakko.services.summer_voucher import claim_telling, conditions
from ennakko.services.summer_voucher.actions import claim_checking
from ennakko.services.summer_voucher.claim_states import CLAIM_HANDLE, ClaimVerb
from ennakko.services.summer_voucher.models import ClaimRow


def take(case: Case, *, actor: Actor, at: datetime) -> Case:
    """Take a claim to handle oneself."""
    return cases.take(case, actor=actor, at=at)


def give_back(case: Case, *, actor: Actor, at: datetime) -> Case:
    """Put it back for anybody."""
    return cases.give_back(case, actor=actor, at=at)


def ask_more(case: Case, question: str, *, actor: Actor, at: datetime, due: date) -> Case:
    """Ask the employer for more by a day; the contact person gets a message, the organisation's page shows it."""
    with transaction.atomic():
        request = cases.ask_for_information(case, question, actor=actor, at=at, due=due)
        moved = cases.move(case, ClaimVerb.REQUEST, actor=actor, at=at)
        claim_telling.asked(_row(moved).claim, moved, request.pk, due, at=at)
    return moved


def write(case: Case, words: str, *, actor: Actor, at: datetime) -> Letter:
    """Write to the employer in the case's thread; the contact person gets a message that there is something to read."""
    with transaction.atomic():
        letter = cases.write_letter(case, words, actor=actor, at=at)
        claim_telling.written(_row(case).claim, case, letter.pk, at=at)
    return letter


def propose_acceptance(case: Case, *, actor: Actor, at: datetime, on: date, justification: str = "") -> Case:
    """Propose to pay although something needed a person; `justification` says why."""
    with transaction.atomic():
        row = locked(case)
        require(actor, CLAIM_HANDLE, row)
        claimed = _row(row)
        worth = claimed.value_cents or conditions.decided("voucher_value", conditions.last_of_year(claimed.year)) or 0
        drafted = replace(_draft(row, claimed, justification.strip()), outcome="accepted", amount_cents=worth)
        return _proposed(row, drafted, actor=actor, at=at, on=on)


def propose_rejection(case: Case, justification: str, *, actor: Actor, at: datetime, on: date) -> Case:
    """Propose to reject; without other words, those of the machine's draft."""
    with transaction.atomic():
        row = locked(case)
        require(actor, CLAIM_HANDLE, row)
        rejects = (row.draft or {}).get("outcome") == "rejected"
        machine = judging.justification_of(row.draft, row.language) if rejects else ""
        words = words_of(justification.strip() or machine, row)
        return _proposed(row, _draft(row, _row(row), words), actor=actor, at=at, on=on)


def _row(case: Case) -> ClaimRow:
    return ClaimRow.objects.select_related("claim").get(case=case)


def _draft(case: Case, row: ClaimRow, words: str) -> Drafted:
    """A handler's draft on the machine's findings: conditions as they were judged, facts, the rule's version."""
    machine = case.draft or {}
    return Drafted(
        outcome="rejected",
        content={"year": row.year, "justification": words},
        reasons=tuple(machine.get("reasons") or case.facts.get("checks", ())),
        rule_version=str(machine.get("rule_version") or case.facts.get("rule_version", "")),
        facts={name: value for name, value in case.facts.items() if name != "checks"},
    )


def _proposed(case: Case, drafted: Drafted, *, actor: Actor, at: datetime, on: date) -> Case:
    case.draft = judging.as_stored(drafted, at=at, on=on)
    case.save(update_fields=["draft"])
    return cases.move(case, ClaimVerb.PROPOSE, actor=actor, at=at, details={"outcome": drafted.outcome})


def return_to_handling(case: Case, why: str, *, actor: Actor, at: datetime) -> Case:
    """The official sends a claim back to the handler, with a note that says why."""
    with transaction.atomic():
        cases.note(case, why, actor=actor, at=at, important=True)
        moved = cases.move(case, ClaimVerb.RETURN, actor=actor, at=at)
        if moved.draft is not None:
            # The machine's findings stay to be read; what was proposed does not.
            moved.facts = {**moved.facts, "checks": moved.draft["reasons"], "rule_version": moved.draft["rule_version"]}
            moved.draft = None
            moved.save(update_fields=["draft", "facts"])
    return moved


def decide(case: Case, outcome: str, *, actor: Actor, at: datetime, on: date, justification: str = "") -> Decision:
    """The official decides one claim ("accepted" or "rejected"); without other words the proposal's stand."""
    proposed = case.draft or {}
    words = justification.strip()
    if not words and proposed.get("outcome") == outcome:
        words = judging.justification_of(proposed, case.language)
    return cases.decide(case, outcome, actor=actor, at=at, on=on, justification=words)


def release(chosen: Iterable[Case], *, actor: Actor, at: datetime, on: date) -> tuple[BulkResult, ...]:
    """The official accepts ready claims in bulk; one that cannot be decided stops no other."""
    return cases.decide_many(chosen, actor=actor, at=at, on=on)


def check_now(case: Case, *, actor: Actor, at: datetime, on: date) -> Case:
    """A handler has the machine check the claim again at once (a register was silent, a document came)."""
    require(actor, CLAIM_HANDLE, case)
    return claim_checking.recheck(case, at=at, on=on, actor=actor)
