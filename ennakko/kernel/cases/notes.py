# SPDX-License-Identifier: EUPL-1.2
"""Handlers' notes: internal, or a record of what the party was told by phone or at the counter.

Only its author changes or removes a note, and what it is about never changes. The author's name is kept as it was.
"""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from ennakko.kernel import audit
from ennakko.kernel.access import Actor, Refused, require
from ennakko.kernel.cases import reasons
from ennakko.kernel.cases.kinds import case_type
from ennakko.kernel.cases.letters import words_of
from ennakko.kernel.cases.models import Case, Note, NoteKind
from ennakko.kernel.cases.moving import RETENTION, NotNow, locked
from ennakko.values.texts import Text, text

DELETED_USER = text(fi="Poistettu käyttäjä", sv="Raderad användare", en="Deleted user")
MACHINE = text(fi="Kone", sv="Maskinen", en="The machine")


def author(by: str, by_name: str) -> Text | str:
    """Whose words they are: the name of that day, the machine, or that the user is gone."""
    if by.startswith("system:"):
        return MACHINE
    return by_name or DELETED_USER


def note(
    case: Case,
    words: str,
    *,
    actor: Actor,
    at: datetime,
    kind: str = NoteKind.INTERNAL,
    important: bool = False,
    document: UUID | None = None,
) -> Note:
    """Write a note on a case, or on one document of it; raises Refused (who may) and NotNow (what is amiss)."""
    with transaction.atomic():
        row = locked(case)
        require(actor, case_type(row.service, row.kind).handle_action, row)
        made = Note.objects.create(
            case=row, kind=_kind(kind, document, row), important=important, document=document, by=actor.subject,
            by_name=actor.name, at=at, text=words_of(words, row),
        )  # fmt: skip
        audit.write(actor, "cases.note", f"case:{row.pk}", at, {"note": made.pk}, RETENTION)
    return made


def edit_note(
    note: Note,
    words: str,
    *,
    actor: Actor,
    at: datetime,
    kind: str | None = None,
    important: bool | None = None,
) -> Note:
    """Change one's own note; raises Refused for another's. What is not given stays as it is."""
    with transaction.atomic():
        row = _own(note, actor)
        row.text = words_of(words, row.case)
        row.kind = row.kind if kind is None else _kind(kind, row.document, row.case)
        row.important = row.important if important is None else important
        row.edited_at = at
        row.save(update_fields=["text", "kind", "important", "edited_at"])
        audit.write(actor, "cases.edit-note", f"case:{row.case_id}", at, {"note": row.pk}, RETENTION)
    return row


def remove_note(note: Note, *, actor: Actor, at: datetime) -> None:
    """Remove one's own note; raises Refused for another's. That there was one stays in the log."""
    with transaction.atomic():
        row = _own(note, actor)
        audit.write(actor, "cases.remove-note", f"case:{row.case_id}", at, {"note": row.pk}, RETENTION)
        row.delete()


def _own(note: Note, actor: Actor) -> Note:
    row = Note.objects.select_for_update(of=("self",)).select_related("case").get(pk=note.pk)
    action = case_type(row.case.service, row.case.kind).handle_action
    require(actor, action, row.case)
    if row.by != actor.subject:
        raise Refused(reasons.ONLY_THE_AUTHOR, action)
    return row


def _kind(kind: str, document: UUID | None, case: Case) -> NoteKind:
    if kind not in NoteKind.values:
        raise NotNow(reasons.NO_SUCH_NOTE, case)
    if document is not None and kind != NoteKind.INTERNAL:
        raise NotNow(reasons.INTERNAL_ON_DOCUMENTS, case)
    return NoteKind(kind)
