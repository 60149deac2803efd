# SPDX-License-Identifier: EUPL-1.2
"""What handlers and officials do with an application's case: take, ask, propose, note; and the official's decisions.

A handler proposes, a named official decides: one by one or in bulk. A rejection always has a person's reasons.
All raise Refused (who may) and NotNow (`.reason` says what can be done instead).
"""

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction

from ennakko.kernel import cases
from ennakko.kernel.access import Actor, require
from ennakko.kernel.cases import Drafted
from ennakko.kernel.cases.deciding import BulkResult
from ennakko.kernel.cases.letters import words_of
from ennakko.kernel.cases.models import Case, Decision, Note
from ennakko.kernel.cases.moving import locked
from ennakko.services.summer_voucher import telling
from ennakko.services.summer_voucher.actions.checking import acceptance_draft, store_draft
from ennakko.services.summer_voucher.models import Application
from ennakko.services.summer_voucher.states import HANDLE, Verb


def take(case: Case, *, actor: Actor, at: datetime) -> Case:
    """Take a case to handle oneself."""
    return cases.take(case, actor=actor, at=at)


def give_back(case: Case, *, actor: Actor, at: datetime) -> Case:
    """Put it back for anybody."""
    return cases.give_back(case, actor=actor, at=at)


def ask_more(case: Case, question: str, *, actor: Actor, at: datetime, due: date) -> Case:
    """Ask the youth for more information by a day; they get a message with a link."""
    with transaction.atomic():
        request = cases.ask_for_information(case, question, actor=actor, at=at, due=due)
        moved = cases.move(case, Verb.REQUEST, actor=actor, at=at)
        telling.tell_more(Application.objects.get(case=moved), request.pk, due, at=at)
    return moved


def propose_acceptance(case: Case, *, actor: Actor, at: datetime, on: date, justification: str = "") -> Case:
    """Propose that the application be accepted: it goes to the official."""
    with transaction.atomic():
        row = locked(case)
        require(actor, HANDLE, row)
        drafted = acceptance_draft(row, Application.objects.get(case=row), justification.strip())
        store_draft(row, drafted, at=at, on=on)
        return cases.move(row, Verb.PROPOSE, actor=actor, at=at, details={"outcome": "accepted"})


def propose_rejection(case: Case, justification: str, *, actor: Actor, at: datetime, on: date) -> Case:
    """Propose that the application be rejected, with reasons in words."""
    with transaction.atomic():
        row = locked(case)
        require(actor, HANDLE, row)
        words = words_of(justification, row)
        drafted = Drafted(
            outcome="rejected",
            content={"justification": words},
            reasons=tuple(row.facts.get("conditions", ())),
            facts=row.facts,
            snapshot=row.snapshot,
        )
        store_draft(row, drafted, at=at, on=on)
        return cases.move(row, Verb.PROPOSE, actor=actor, at=at, details={"outcome": "rejected"})


def return_to_handling(case: Case, why: str, *, actor: Actor, at: datetime) -> Case:
    """The official sends a proposal back to the handler, with a note that says why."""
    with transaction.atomic():
        note(case, why, actor=actor, at=at, important=True)
        moved = cases.move(case, Verb.RETURN, actor=actor, at=at)
        moved.draft = None
        moved.save(update_fields=["draft"])
    return moved


def decide(case: Case, outcome: str, *, actor: Actor, at: datetime, on: date, justification: str = "") -> Decision:
    """The official decides one case ("accepted" or "rejected"); the youth is told, an accepted one gets a voucher.

    Without other words the proposal's justification stands.
    """
    proposed = case.draft or {}
    words = justification.strip()
    if not words and proposed.get("outcome") == outcome:
        words = str(proposed.get("content", {}).get("justification", ""))
    return cases.decide(case, outcome, actor=actor, at=at, on=on, justification=words)


def decide_many(chosen: Iterable[Case], *, actor: Actor, at: datetime, on: date) -> tuple[BulkResult, ...]:
    """The official decides many cases as they were proposed; one that cannot be decided stops no other."""
    return cases.decide_many(chosen, actor=actor, at=at, on=on)


def note(
    case: Case, words: str, *, actor: Actor, at: datetime, kind: str = "internal", important: bool = False
) -> Note:
    """Write a note: internal, or what the applicant was told by phone or at the counter ("external")."""
    return cases.note(case, words, actor=actor, at=at, kind=kind, important=important)


def edit_note(
    note: Note, words: str, *, actor: Actor, at: datetime, kind: str | None = None, important: bool | None = None
) -> Note:
    """Change one's own note; raises Refused for another's."""
    return cases.edit_note(note, words, actor=actor, at=at, kind=kind, important=important)


def remove_note(note: Note, *, actor: Actor, at: datetime) -> None:
    """Remove one's own note; raises Refused for another's."""
    cases.remove_note(note, actor=actor, at=at)
