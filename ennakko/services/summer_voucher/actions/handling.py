# SPDX-License-Identifier: EUPL-1.2
"""What handlers and officials do with an application's case: take, ask, propose, note; and the official's decisions.

A handler proposes, a named official decides: one by one or in bulk. A rejection always has a person's reasons.
All raise Refused (who may) and NotNow (`.reason` says what can be done instead).
"""

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction

from ennakko.kernel import audit, cases
from ennakko.kernel.access import Actor, Refused, require
from ennakko.kernel.cases import Drafted, NotNow
from ennakko.kernel.cases import reasons as case_reasons
from ennakko.kernel.cases.deciding import BulkResult
from ennakko.kernel.cases.models import Case, Decision
from ennakko.kernel.cases.moving import locked
from ennakko.services.summer_voucher import telling
from ennakko.services.summer_voucher.actions.checking import acceptance_draft, store_draft
from ennakko.services.summer_voucher.models import Application, HandlerNote
from ennakko.services.summer_voucher.states import HANDLE, Verb
from ennakko.values.texts import text

RETENTION = "summer-voucher"
MOST_CHARACTERS = 4096
ONLY_THE_AUTHOR = text(
    fi="Muistiinpanoa voi muuttaa vain se, joka sen kirjoitti.",
    sv="Anteckningen kan ändras bara av den som skrev den.",
    en="Only its author can change a note.",
)


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
        words = _words(justification, row)
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
    case: Case, words: str, *, actor: Actor, at: datetime, internal: bool = True, important: bool = False
) -> HandlerNote:
    """Write a note."""
    require(actor, HANDLE, case)
    with transaction.atomic():
        made = HandlerNote.objects.create(
            case=case, text=_words(words, case), internal=internal, important=important, by=actor.subject,
            by_name=actor.name, at=at,
        )  # fmt: skip
        audit.write(actor, "summer-voucher.note", f"case:{case.pk}", at, {"note": made.pk}, RETENTION)
    return made


def edit_note(
    note: HandlerNote, words: str, *, actor: Actor, at: datetime, internal: bool = True, important: bool = False
) -> HandlerNote:
    """Change one's own note; raises Refused for another's."""
    _own(note, actor)
    with transaction.atomic():
        row = HandlerNote.objects.select_for_update().get(pk=note.pk)
        row.text, row.internal, row.important = _words(words, row.case), internal, important
        row.edited_at = at
        row.save(update_fields=["text", "internal", "important", "edited_at"])
        audit.write(actor, "summer-voucher.edit-note", f"case:{row.case_id}", at, {"note": row.pk}, RETENTION)
    return row


def remove_note(note: HandlerNote, *, actor: Actor, at: datetime) -> None:
    """Remove one's own note; raises Refused for another's."""
    _own(note, actor)
    with transaction.atomic():
        audit.write(actor, "summer-voucher.remove-note", f"case:{note.case_id}", at, {"note": note.pk}, RETENTION)
        HandlerNote.objects.filter(pk=note.pk).delete()


def _own(note: HandlerNote, actor: Actor) -> None:
    require(actor, HANDLE, note.case)
    if note.by != actor.subject:
        raise Refused(ONLY_THE_AUTHOR, HANDLE)


def _words(written: str, case: Case) -> str:
    said = written.strip()
    if not said:
        raise NotNow(case_reasons.EMPTY, case)
    if len(said) > MOST_CHARACTERS:
        raise NotNow(case_reasons.TOO_LONG.format(most=MOST_CHARACTERS), case)
    return said
