# SPDX-License-Identifier: EUPL-1.2
"""Requests for rectification: filed against a decision, drafted by staff, decided by another body, never a machine.

Local Government Act 410/2015 134 and 138 §; Administrative Procedure Act 434/2003 49 a–g §. A late request is filed
like any other: the body decides whether it is examined. Whoever made the decision prepares nothing here.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from ennakko.kernel import audit
from ennakko.kernel.access import Action, Actor, Refused, require
from ennakko.kernel.access.grants import Grant
from ennakko.kernel.cases import deciding, moving, parties, reasons
from ennakko.kernel.cases.appeals import appeals_of
from ennakko.kernel.cases.automation import RECTIFICATION
from ennakko.kernel.cases.kinds import CaseType, DecisionType, Drafted, Move, StateTable, case_type
from ennakko.kernel.cases.letters import words_of
from ennakko.kernel.cases.models import Case, Decision
from ennakko.kernel.cases.moving import RETENTION, NotNow, append, locked, moved, open_case
from ennakko.kernel.cases.serving import serve_by_message
from ennakko.values.dates import format_date
from ennakko.values.texts import LANGUAGES, Text, text

RECEIVED, IN_PREPARATION, BEFORE_BODY = "received", "in_preparation", "before_body"
RECTIFIED, UNCHANGED, NOT_EXAMINED, WITHDRAWN = "rectified", "unchanged", "not_examined", "withdrawn"
DAYS = 60
OUTCOMES: Mapping[str, Text] = {
    RECTIFIED: text(fi="Päätöstä oikaistaan", sv="Beslutet ändras", en="The decision is changed"),
    UNCHANGED: text(fi="Oikaisuvaatimus hylätään", sv="Begäran om omprövning avslås", en="The request is rejected"),
    NOT_EXAMINED: text(
        fi="Oikaisuvaatimus jätetään tutkimatta", sv="Begäran om omprövning tas inte upp", en="The request is dismissed"
    ),
}
STATES: Mapping[str, Text] = {
    RECEIVED: text(fi="Saapunut", sv="Inkommen", en="Received"),
    IN_PREPARATION: text(fi="Valmistelussa", sv="Under beredning", en="In preparation"),
    BEFORE_BODY: text(fi="Toimielimen ratkaistavana", sv="Hos organet för avgörande", en="Before the body"),
    RECTIFIED: text(fi="Päätöstä oikaistiin", sv="Beslutet ändrades", en="The decision was changed"),
    UNCHANGED: text(fi="Oikaisuvaatimus hylättiin", sv="Begäran avslogs", en="The request was rejected"),
    NOT_EXAMINED: text(fi="Jätettiin tutkimatta", sv="Togs inte upp till prövning", en="Dismissed"),
    WITHDRAWN: text(fi="Peruttu", sv="Återtagen", en="Withdrawn"),
}
ENDS = frozenset({RECTIFIED, UNCHANGED, NOT_EXAMINED, WITHDRAWN})


@dataclass(frozen=True, slots=True)
class Rectification:
    """What a service takes into its manifest: the kind of case, and the rows of its access table."""

    case_type: CaseType
    actions: tuple[Action, ...]


def rectification_of(
    service: str,
    *,
    handlers: tuple[Grant, ...],
    owners: tuple[Grant, ...],
    days: int = DAYS,
    elsewhere: Mapping[str, str] | None = None,
    told: Callable[[Case], Sequence[int]] | None = None,
) -> Rectification:
    """A service's requests for rectification: who prepares and records them, who files and follows their own.

    The appeal against the body's decision is the municipality's row `<service>.rectified`; `elsewhere` names other rows
    by the kind of the contested decision. `told`: who is written to in the party's place.
    """
    handle, own = f"{service}.handle-rectification", f"{service}.own-rectification"
    return Rectification(
        case_type=CaseType(
            service=service,
            id=RECTIFICATION,
            title=text(fi="Oikaisuvaatimus", sv="Begäran om omprövning", en="Request for rectification"),
            states=_states(handle, own),
            handle_action=handle,
            decide_action=handle,
            own_action=own,
            decision=DecisionType(
                id=f"{service}.rectification",
                title=text(
                    fi="Päätös oikaisuvaatimuksesta", sv="Beslut om begäran om omprövning",
                    en="Decision on a request for rectification",
                ),
                outcomes=OUTCOMES,
                appeals=appeals_of(f"{service}.rectified"),
                appeals_after={kind: appeals_of(row) for kind, row in (elsewhere or {}).items()},
                rejections=frozenset({UNCHANGED, NOT_EXAMINED}),
            ),
            decided={RECTIFIED: "rectify", UNCHANGED: "uphold", NOT_EXAMINED: "dismiss"},
            days=days,
            told=told,
        ),
        actions=(
            Action(
                handle,
                text(
                    fi="Valmistele oikaisuvaatimuksia", sv="Bered begäranden om omprövning",
                    en="Prepare requests for rectification",
                ),
                who=handlers,
            ),
            Action(
                own,
                text(
                    fi="Seuraa omaa oikaisuvaatimusta", sv="Följ din egen begäran om omprövning",
                    en="Follow your own request for rectification",
                ),
                who=owners + handlers,
            ),
        ),
    )  # fmt: skip


def _states(handle: str, own: str) -> StateTable:
    running = (RECEIVED, IN_PREPARATION, BEFORE_BODY)
    return StateTable(
        names=STATES,
        moves=(
            Move(RECEIVED, "prepare", IN_PREPARATION, handle),
            *(Move(state, "bring", BEFORE_BODY, handle) for state in (RECEIVED, IN_PREPARATION)),
            Move(BEFORE_BODY, "take_back", IN_PREPARATION, handle),
            Move(BEFORE_BODY, "rectify", RECTIFIED, handle),
            Move(BEFORE_BODY, "uphold", UNCHANGED, handle),
            Move(BEFORE_BODY, "dismiss", NOT_EXAMINED, handle),
            *(Move(state, "withdraw", WITHDRAWN, own) for state in running),
        ),
        ends=ENDS,
    )


def in_time(decision: Decision, filed_on: date) -> bool:
    """Whether a request of this day is in time; before notice has been given the time has not begun to run."""
    return decision.appeal_until is None or filed_on <= decision.appeal_until


def can_be_contested(decision: Decision) -> bool:
    """Whether the service takes requests for rectification of this decision: not of a body's own decision on one."""
    return decision.case.kind != RECTIFICATION and _has(decision.case.service)


def file_rectification(
    decision: Decision,
    words: str,
    *,
    actor: Actor,
    at: datetime,
    on: date,
    filed_on: date | None = None,
) -> Case:
    """The party asks for a decision to be changed; staff write down one that came on paper, by the day it arrived.

    Raises Refused (only the party, signed in strongly, or staff) and NotNow (no words, one is open already).
    """
    with transaction.atomic():
        original = locked(decision.case)
        _may_file(actor, original)
        if not can_be_contested(decision):
            raise NotNow(reasons.NOT_CONTESTED_HERE, original)
        said = words_of(words, original)
        open_one = Case.objects.filter(contested=decision, closed_at=None).first()
        if open_one is not None:
            raise NotNow(reasons.FILED_ALREADY.format(number=open_one.number), open_one)
        arrived = filed_on if filed_on is not None and actor.kind == "staff" else on
        if arrived < decision.on:
            raise NotNow(before_decided(decision), original)
        paper = actor.kind == "staff"
        case = open_case(
            original.service, RECTIFICATION, actor=actor, at=at, on=on, subject=original.subject_id,
            organisation=original.organisation, language=original.language, source="paper" if paper else "online",
            on_behalf_of=(original.subject_id or original.organisation or None) if paper else None,
            contested=decision, data=_filed(decision, said, arrived),
        )  # fmt: skip
        append(original, "contest", by=actor, at=at, details={"rectification": case.number})
        link = parties.link_to(f"/rectifications/{case.number}/")
        parties.tell_party(case, "rectification_received", at=at, occasion="filed", decision=original.number, link=link)
    return case


def before_decided(decision: Decision) -> Text:
    """Why a request cannot have arrived before the decision that it contests."""
    return reasons.FILED_BEFORE_DECIDED.format(day=text(**{one: format_date(decision.on, one) for one in LANGUAGES}))


def _filed(decision: Decision, words: str, arrived: date) -> dict[str, Any]:
    until = decision.appeal_until
    return {
        "words": words, "filed_on": arrived.isoformat(), "in_time": in_time(decision, arrived),
        "appeal_until": until.isoformat() if until else None,
    }  # fmt: skip


def _may_file(actor: Actor, original: Case) -> None:
    if actor.kind == "staff":
        require(actor, case_type(original.service, RECTIFICATION).handle_action, original)
        return
    action = case_type(original.service, original.kind).own_action
    if actor.kind not in ("resident", "organisation") or not actor.strong:
        raise Refused(reasons.ONLY_THE_PARTY, action)
    require(actor, action, original)


def _has(service: str) -> bool:
    try:
        case_type(service, RECTIFICATION)
    except LookupError:
        return False
    return True


def take(case: Case, *, actor: Actor, at: datetime) -> None:
    """Take the request to prepare; raises Refused to whoever made the decision: it would wait in the wrong hands."""
    _not_whoever_decided(case, actor)
    moving.take(case, actor=actor, at=at)
    if case.state == RECEIVED:
        moving.move(case, "prepare", actor=actor, at=at)


def propose(case: Case, outcome: str, words: str, *, actor: Actor, at: datetime, on: date) -> Case:
    """The draft for the body: what it could decide and why. Raises Refused, also to whoever made the decision."""
    of = case_type(case.service, case.kind)
    if outcome not in OUTCOMES:
        raise NotNow(reasons.CHOOSE_OUTCOME, case)
    with transaction.atomic():
        row = locked(case)
        require(actor, of.handle_action, row)
        _not_whoever_decided(row, actor)
        drafted = Drafted(outcome, content={"justification": words_of(words, row)})
        row.draft = {**deciding.as_stored(drafted), "at": at.isoformat(), "on": on.isoformat()}
        row.save(update_fields=["draft"])
        if row.state in (RECEIVED, IN_PREPARATION):
            moved(row, "bring", BEFORE_BODY, by=actor, at=at, details={"outcome": outcome})
        audit.write(actor, of.handle_action, f"case:{row.pk}", at, {"outcome": outcome}, RETENTION)
    return row


def record_decision(
    case: Case, outcome: str, words: str, *, body: str, section: str, decided_on: date, actor: Actor, at: datetime
) -> Decision:
    """Write down what the body decided: its name, the section of its minutes, the day and the reasons."""
    of = case_type(case.service, case.kind)
    if outcome not in OUTCOMES:
        raise NotNow(reasons.CHOOSE_OUTCOME, case)
    if not body.strip() or not section.strip():
        raise NotNow(reasons.NAME_THE_BODY, case)
    with transaction.atomic():
        row = locked(case)
        require(actor, of.handle_action, row)
        _not_whoever_decided(row, actor)
        filed = timezone.localtime(row.opened_at).date()
        if decided_on < filed:
            days = {each: format_date(filed, each) for each in LANGUAGES}
            raise NotNow(reasons.DECIDED_BEFORE_FILED.format(day=text(**days)), row)
        decision = deciding.make(
            of, row, outcome, None, actor=actor, at=at, on=decided_on, title=section.strip(), maker=body.strip(),
            justification=words_of(words, row),
        )  # fmt: skip
        if row.contested is not None:
            original = locked(row.contested.case)
            append(original, "review", by=actor, at=at, details={"rectification": row.number, "outcome": outcome})
            if outcome == RECTIFIED:
                case_type(original.service, original.kind).on_rectified(original, decision, actor, at, decided_on)
        link = parties.link_to(f"/cases/{row.number}/decision/")
        key = parties.tell_party(row, "rectification_decided", at=at, occasion="decided", link=link)
        if key is not None:
            serve_by_message(decision, key)
    return decision


def _not_whoever_decided(row: Case, actor: Actor) -> None:
    if row.contested is not None and row.contested.decided_by == actor.subject:
        raise Refused(reasons.DECIDED_IT_THEMSELVES, case_type(row.service, row.kind).handle_action)
