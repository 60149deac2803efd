# SPDX-License-Identifier: EUPL-1.2
"""The machine drafts, a named official decides, one case or many; the decision is frozen with its appeal."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction

from ennakko.kernel import audit
from ennakko.kernel.access import Actor, Refused, require
from ennakko.kernel.access.reasons import NOT_THEMSELVES
from ennakko.kernel.cases import reasons
from ennakko.kernel.cases.automation import AutomaticDecisions, gate_of, why_not
from ennakko.kernel.cases.kinds import CaseType, Drafted, case_type
from ennakko.kernel.cases.models import Case, Decision
from ennakko.kernel.cases.moving import RETENTION, NotNow, locked, moved
from ennakko.kernel.cases.segregation import barred
from ennakko.rules.decision import Decision as RuleDecision
from ennakko.values.texts import Text


def draft(case: Case, *, at: datetime, on: date) -> Case:
    """Make the machine's proposal again and store it with the case; a proposal binds nobody."""
    of = case_type(case.service, case.kind)
    if of.draft is None:
        return case
    with transaction.atomic():
        row = locked(case)
        proposal = of.draft(row, at, on)
        row.draft = {**as_stored(proposal), "at": at.isoformat(), "on": on.isoformat()}
        row.save(update_fields=["draft"])
    return row


def as_stored(proposal: Drafted) -> dict[str, Any]:
    """A proposal as it is stored with its case."""
    return asdict(proposal)


def reasons_of(decision: RuleDecision) -> tuple[dict[str, Any], ...]:
    """A rule's deciding reasons as they are stored with a decision: step, text in every language, citation."""
    return tuple(
        {
            "step": reason.step,
            "holds": reason.holds,
            "decisive": reason.decisive,
            "text": {language: reason.text.in_(language) for language in reason.text.languages},
            "cite": list(reason.cite),
        }
        for reason in decision.reasons
    )


def decide(
    case: Case,
    outcome: str,
    *,
    actor: Actor,
    at: datetime,
    on: date,
    justification: str = "",
    amount_cents: int | None = None,
    content: Mapping[str, Any] | None = None,
    title: str = "",
) -> Decision:
    """A named official's decision; the draft's reasons, facts and rule version go with it when both agree.

    Raises Refused (who may; in segregated services never anybody who has prepared the case) and NotNow (state, missing
    justification). `title` is the official's office.
    """
    of = case_type(case.service, case.kind)
    if actor.kind != "staff" or not actor.name:
        raise Refused(reasons.NEEDS_NAMED_OFFICIAL, of.decide_action)
    with transaction.atomic():
        row = locked(case)
        require(actor, of.decide_action, row)
        _segregated(of, row, actor)
        if outcome in of.decision.rejections and not justification.strip():
            raise NotNow(reasons.NEEDS_JUSTIFICATION, row)
        proposal = _agreeing(row, outcome, amount_cents)
        return make(
            of, row, outcome, proposal, actor=actor, at=at, on=on, justification=justification.strip(),
            amount_cents=amount_cents, content=content, title=title,
        )  # fmt: skip


def decide_automatically(case: Case, *, actor: Actor, at: datetime, on: date) -> Decision:
    """The machine decides by its draft where the law's conditions are on record; raises NotNow with what lacks."""
    of = case_type(case.service, case.kind)
    with transaction.atomic():
        row = locked(case)
        outcome = (row.draft or {}).get("outcome")
        if outcome is None:
            raise NotNow(reasons.NO_DRAFT, row)
        lacking = why_not(of, outcome, on)
        record = gate_of(of, on)
        if lacking is not None or record is None:
            raise NotNow(_never(lacking or reasons.GATE_CLOSED), row)
        return make(
            of, row, outcome, row.draft, actor=actor, at=at, on=on, title=record.office.in_(row.language), gate=record
        )


def _never(why: Text) -> Text:
    said = {language: reasons.NEVER_AUTOMATIC.in_(language).format(why=why.in_(language)) for language in why.languages}
    return Text(said["fi"], said["sv"], said["en"])


@dataclass(frozen=True, slots=True)
class BulkResult:
    """What became of one case of many: the decision, or why there is none."""

    case: Case
    decision: Decision | None
    refused: Text | None


def decide_many(
    cases: Iterable[Case], *, actor: Actor, at: datetime, on: date, title: str = ""
) -> tuple[BulkResult, ...]:
    """Decide each case as its draft proposes, each in its own transaction; one that cannot be stops no other."""
    results = []
    for case in cases:
        outcome = (case.draft or {}).get("outcome")
        try:
            if outcome is None:
                raise NotNow(reasons.NO_DRAFT, case)
            words = str((case.draft or {}).get("content", {}).get("justification", ""))
            made = decide(case, outcome, actor=actor, at=at, on=on, title=title, justification=words)
            results.append(BulkResult(case, made, None))
        except (NotNow, Refused) as error:
            results.append(BulkResult(case, None, error.reason))
    return tuple(results)


def _segregated(of: CaseType, row: Case, actor: Actor) -> None:
    if row.pk in barred(actor, [row]):
        raise Refused(NOT_THEMSELVES, of.decide_action)


def _agreeing(row: Case, outcome: str, amount_cents: int | None) -> dict[str, Any] | None:
    """The stored draft, if the official decides as it proposed: else its reasons are not theirs."""
    proposal: dict[str, Any] | None = row.draft
    if proposal is None or proposal["outcome"] != outcome:
        return None
    return proposal if amount_cents in (None, proposal["amount_cents"]) else None


def make(
    of: CaseType,
    row: Case,
    outcome: str,
    proposal: Mapping[str, Any] | None,
    *,
    actor: Actor,
    at: datetime,
    on: date,
    title: str,
    gate: AutomaticDecisions | None = None,
    maker: str = "",
    justification: str = "",
    amount_cents: int | None = None,
    content: Mapping[str, Any] | None = None,
) -> Decision:
    """The decision of a locked case, in the caller's transaction and on its word that it may be made.

    `maker`: the body that made it, where the actor only writes it down.
    """
    if outcome not in of.decided:
        raise ValueError(f"{of.service} {of.id}: {outcome!r} is no outcome; known: {', '.join(of.decided)}.")
    verb = of.decided[outcome]
    found = of.states.move(row.state, verb)
    if found is None:
        raise NotNow(reasons.not_in_this_state(of.states.names[row.state], ()), row)
    stored = proposal or as_stored(Drafted(outcome))
    decision = Decision.objects.create(
        case=row, kind=of.decision.id, outcome=outcome,
        amount_cents=stored["amount_cents"] if amount_cents is None else amount_cents,
        content=dict(stored["content"] if content is None else content), reasons=list(stored["reasons"]),
        justification=justification, rule_version_id=stored["rule_version"] or None,
        facts=dict(stored["facts"] or row.facts), snapshot=stored["snapshot"] or row.snapshot, on=on,
        drafted_at=datetime.fromisoformat(stored["at"]) if "at" in stored else None, decided_by=actor.subject,
        decided_by_name=maker or actor.name, decided_by_title=title, decided_at=at, automatic=gate is not None,
        gate=gate.frozen() if gate else None,
        appeal=of.decision.appeal_on(on, contested=row.contested.kind if row.contested else "").frozen(),
    )  # fmt: skip
    moved(row, verb, found.to, by=actor, at=at, details={"decision": decision.pk, "outcome": outcome})
    of.on_decided(row, decision, at, on)
    said = {"outcome": outcome, "person": row.subject_id, "automatic": gate is not None}
    audit.write(actor, of.decide_action, f"case:{row.pk}", at, said, RETENTION)
    return decision
