# SPDX-License-Identifier: EUPL-1.2
"""Everything that happened to a case in one list, newest first, for staff or for the party, filtered by kind."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, time
from typing import Any, Literal, get_args

from django.utils import timezone

from ennakko.kernel import documents, messages, payments
from ennakko.kernel.cases import wording
from ennakko.kernel.cases.kinds import CaseType, case_type
from ennakko.kernel.cases.models import Case, Decision, InformationRequest, Letter, Note, NoteKind
from ennakko.kernel.cases.notes import author
from ennakko.kernel.documents.models import Document
from ennakko.kernel.offers.states import VERB_NAMES, Verb
from ennakko.kernel.payments.models import Line
from ennakko.kernel.payments.states import LINE_NAMES, LineState
from ennakko.values.dates import format_date
from ennakko.values.money import format_money
from ennakko.values.texts import LANGUAGES, Text, text

Kind = Literal["status", "event", "note", "letter", "request", "decision", "document", "payment", "message", "offer"]
KINDS: tuple[str, ...] = get_args(Kind)
BEFORE_ALL = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Entry:
    """One line: when, of which kind, what, by whom, and what was written. `of` is the row it comes from.

    `by` is a name, or a Text where no name was there ("The machine", "Deleted user"); empty where nobody is told.
    """

    at: datetime
    kind: Kind
    title: Text
    by: Text | str = ""
    words: str = ""
    important: bool = False
    of: Note | Letter | InformationRequest | Decision | Document | Line | None = None
    from_state: str = ""
    to_state: str = ""
    details: dict[str, Any] = field(default_factory=dict)


def timeline(case: Case, kinds: Iterable[str] = (), *, for_party: bool = False) -> list[Entry]:
    """The case's history, newest first; `kinds` keeps only such entries (all where none is named; unknown ones none).

    `for_party`: without internal notes and without who in the city did what. The number of queries does not depend on
    how much has happened.
    """
    wanted = set(kinds) or set(KINDS)
    of = case_type(case.service, case.kind)
    made: list[Entry] = []
    if wanted & {"status", "event", "request", "letter"}:
        made += _events(case, of, wanted)
    if "note" in wanted:
        made += _notes(case, for_party=for_party)
    if "decision" in wanted:
        made += _decisions(case, of)
    if "document" in wanted:
        made += _documents(case)
    if "payment" in wanted:
        made += _payments(case)
    if "message" in wanted:
        made += _messages(case)
    if "offer" in wanted and case.offer_id is not None and not for_party:
        made += _offer(case)
    if for_party:
        made = [one for one in made if not (one.kind == "event" and one.details.get("staff_only"))]
    return sorted(made, key=lambda one: one.at, reverse=True)


_STAFF_ONLY = frozenset({"assign", "give_back"})


def _events(case: Case, of: CaseType, wanted: set[str]) -> Iterator[Entry]:
    """Changes of state, questions with their answers, letters, and whatever else was done."""
    letters = {row.pk: row for row in case.letters.all()} if "letter" in wanted else {}
    requests = {row.pk: row for row in case.information_requests.all()} if "request" in wanted else {}
    # Of events of one moment the later one is the newer.
    for event in sorted(case.events.all(), key=lambda one: one.sequence, reverse=True):
        by, details = author(event.by, event.by_name), dict(event.details)
        if event.verb == "write":
            letter = letters.get(details.get("letter", 0))
            if letter is not None:
                title = wording.LETTER_IN if letter.inward else wording.LETTER_OUT
                yield Entry(event.at, "letter", title, by, letter.text, of=letter, details=details)
        elif event.verb in ("ask", "answer"):
            request = requests.get(details.get("request", 0))
            if request is not None:
                said = request.question if event.verb == "ask" else _answered(request)
                yield Entry(event.at, "request", wording.EVENTS[event.verb], by, said, of=request, details=details)
        else:
            kind: Kind = "status" if event.to_state else "event"
            if kind in wanted and event.verb != "note":
                details["staff_only"] = event.verb in _STAFF_ONLY
                yield Entry(
                    event.at, kind, wording.said_of(of, event.verb, event.to_state), by, from_state=event.from_state,
                    to_state=event.to_state, details=details,
                )  # fmt: skip


def _answered(request: InformationRequest) -> str:
    answer = request.answer or {}
    return "\n".join(str(value) for value in answer.values() if value not in (None, "", [], {}))


def _notes(case: Case, *, for_party: bool) -> Iterator[Entry]:
    rows = case.notes.order_by("-at", "-pk")
    for row in rows.filter(kind=NoteKind.EXTERNAL) if for_party else rows:
        title = wording.NOTE_INTERNAL if row.kind == NoteKind.INTERNAL else wording.NOTE_EXTERNAL
        yield Entry(row.at, "note", title, author(row.by, row.by_name), row.text, row.important, of=row)


def _decisions(case: Case, of: CaseType) -> Iterator[Entry]:
    for row in case.decisions.order_by("-decided_at", "-pk"):
        if row.sent_on is not None and row.appeal_until is not None:
            noon = timezone.make_aware(datetime.combine(row.sent_on, time(12)))
            until = text(**{each: format_date(row.appeal_until, each) for each in LANGUAGES})
            yield Entry(
                max(noon, row.decided_at), "decision", wording.SERVED[row.served_how].format(until=until), of=row
            )
        outcome = of.decision.outcomes.get(row.outcome) or text(fi=row.outcome, sv=row.outcome, en=row.outcome)
        title = wording.DECISION.format(outcome=outcome)
        by = author(row.decided_by, row.decided_by_name)
        yield Entry(row.decided_at, "decision", title, by, row.justification, of=row)


def _documents(case: Case) -> Iterator[Entry]:
    for row in reversed(documents.of(f"case:{case.pk}")):
        title = wording.DOCUMENT.format(name=row.name)
        yield Entry(row.added_at, "document", title, author(row.added_by, row.added_by_name), of=row)


def _payments(case: Case) -> Iterator[Entry]:
    for row in reversed(payments.lines_of(f"case:{case.pk}")):
        cents = text(**{each: format_money(row.amount_cents, each) for each in LANGUAGES})
        standing = LINE_NAMES[row.standing]
        if row.state != LineState.PLANNED:
            yield Entry(
                row.state_at, "payment", wording.PAYMENT.format(sum=cents, state=standing), "", row.reason, of=row
            )
        planned = LINE_NAMES[LineState.PLANNED]
        yield Entry(row.planned_at, "payment", wording.PAYMENT.format(sum=cents, state=planned), "", row.words, of=row)


def _messages(case: Case) -> Iterator[Entry]:
    for row in reversed(messages.messages_about(f"case:{case.pk}")):
        title = wording.MESSAGE.format(subject=row.subject)
        yield Entry(row.sent_at or row.planned_at, "message", title, words=row.body, details={"state": row.state})


def _offer(case: Case) -> Iterator[Entry]:
    if case.offer is None:
        return
    for event in case.offer.events.order_by("-at", "-pk"):
        words = VERB_NAMES[Verb(event.verb)]
        yield Entry(event.at, "offer", wording.OFFER.format(verb=words), details=dict(event.details))
