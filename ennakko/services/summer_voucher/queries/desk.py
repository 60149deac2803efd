# SPDX-License-Identifier: EUPL-1.2
"""One case's page for staff: what was told beside what the register says, conditions, doubts, proposal, timeline."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from ennakko.facts import sources
from ennakko.kernel import audit
from ennakko.kernel.access import Actor, buttons, require
from ennakko.kernel.access.tables import Button
from ennakko.kernel.cases.kinds import case_type
from ennakko.kernel.cases.models import Case, Decision, InformationRequest, Note, NoteKind
from ennakko.kernel.cases.notes import author
from ennakko.kernel.cases.queries import latest_decision, thread
from ennakko.kernel.cases.wording import said_of
from ennakko.kernel.messages import messages_about
from ennakko.services.summer_voucher.actions.storing import identity_code_of
from ennakko.services.summer_voucher.conditions import SERVICE
from ennakko.services.summer_voucher.law.surname_2026 import same_text
from ennakko.services.summer_voucher.models import Application, Voucher
from ennakko.services.summer_voucher.queries.letters import conditions_of
from ennakko.services.summer_voucher.states import CASE_NAMES, DECIDE, HANDLE, OWN
from ennakko.services.summer_voucher.wording import DOUBTS, EVENTS, GROUPS, LABELS, Shown
from ennakko.values.dates import format_date
from ennakko.values.identity_code import mask
from ennakko.values.texts import LANGUAGES, Text, text

MACHINE = text(fi="Kone", sv="Maskinen", en="The machine")
REGISTER = "population-register"
LOOKED_AT = ("birth_date", "municipality", "alive", "non_disclosure")


@dataclass(frozen=True, slots=True)
class Known:
    """One fact beside the application: what the applicant told, what the register says, whether they agree."""

    label: Text
    told: Text | str
    registered: Text | str
    source: Text | None
    agrees: bool | None


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the timeline, newest first; `kind` is event, letter, note or message."""

    at: datetime
    kind: str
    title: Text
    by: Text | str
    words: str
    important: bool = False
    note: Note | None = None


@dataclass(frozen=True, slots=True)
class Desk:
    """Everything on one case's page; the identity code is masked ("******-1234")."""

    case: Case
    application: Application
    name: str
    masked_code: str
    state: Text
    facts: tuple[Known, ...]
    conditions: tuple[Shown, ...]
    warnings: tuple[Shown, ...]
    draft: dict[str, Any] | None
    decision: Decision | None
    requests: tuple[InformationRequest, ...]
    timeline: tuple[Line, ...]
    vouchers: tuple[Voucher, ...]
    buttons: tuple[Button, ...]


def desk(actor: Actor, case: Case, *, at: datetime, on: date, kinds: Iterable[str] = ()) -> Desk:
    """A case's page for staff; the look at the register's facts is logged. Raises Refused.

    `kinds` keeps only such lines of the timeline.
    """
    require(actor, HANDLE, case)
    application = case.summer_voucher_application
    code = identity_code_of(application)
    if application.person is not None and case.facts:
        reason = f"application {application.reference} handled"
        audit.read(actor, SERVICE, application.person, LOOKED_AT, case.snapshot, at, reason)
    wanted = set(kinds)
    return Desk(
        case=case,
        application=application,
        name=f"{application.first_name} {application.last_name}".strip(),
        masked_code=mask(code) if code else "",
        state=CASE_NAMES[case.state],
        facts=tuple(_facts(application, case)),
        conditions=conditions_of(case.facts.get("conditions", ())),
        warnings=tuple(
            Shown(code, DOUBTS[code], False, "act 7 §" if code.startswith("same_") else "")
            for code in case.facts.get("warnings", ())
        ),
        draft=case.draft,
        decision=latest_decision(case),
        requests=tuple(case.information_requests.order_by("asked_at")),
        timeline=tuple(line for line in timeline(case) if not wanted or line.kind in wanted),
        vouchers=tuple(_vouchers(application, case)),
        buttons=buttons(actor, case, (HANDLE, DECIDE, OWN)),
    )


def _vouchers(application: Application, case: Case) -> Iterator[Voucher]:
    own = Voucher.objects.filter(case=case)
    if application.person is not None:
        own = own | Voucher.objects.filter(person=application.person, year=application.year)
    yield from own.order_by("-sequence")


def _facts(application: Application, case: Case) -> Iterator[Known]:
    registered: dict[str, Any] = case.facts.get("registered", {})
    source = sources.get(REGISTER).title

    def beside(key: str, told: Text | str, known: Text | str, agrees: bool | None = None) -> Known:
        return Known(LABELS[key], told, known, source if known else None, agrees)

    surname = str(registered.get("surname") or "")
    yield beside("surname", application.last_name, surname, _same(application.last_name, surname))
    yield beside("first_name", application.first_name, str(registered.get("given_names") or ""))
    known_birth = date.fromisoformat(registered["birth_date"]) if registered.get("birth_date") else None
    yield beside("birth_date", _day(application.birth_date), _day(known_birth))
    yield beside("municipality", application.home_municipality, str(registered.get("municipality") or ""))
    postcode = str(registered.get("postcode") or "")
    yield beside("postcode", application.postcode, postcode, _same(application.postcode, postcode))
    yield beside("target_group", GROUPS.get(application.target_group, ""), "")
    for key in ("school", "email", "phone", "language"):
        yield beside(key, str(getattr(application, key)), "")


def _day(day: date | None) -> Text | str:
    return "" if day is None else text(**{language: format_date(day, language) for language in LANGUAGES})


def _same(told: str, known: str) -> bool | None:
    return same_text(told, known) if told and known else None


def timeline(case: Case) -> list[Line]:
    """Events, letters, notes and messages of a case, newest first."""
    of = case_type(case.service, case.kind)
    lines = [
        Line(
            entry.at, "letter" if entry.verb == "write" else "event", said_of(of, entry.verb, ""),
            MACHINE if entry.by.startswith("system:") else entry.by_name, entry.words,
        )
        for entry in thread(case)
        if entry.verb != "note"
    ]  # fmt: skip
    for note in case.notes.all():
        title = EVENTS["note" if note.kind == NoteKind.INTERNAL else "file_note"]
        lines.append(Line(note.at, "note", title, author(note.by, note.by_name), note.text, note.important, note))
    for message in messages_about(f"case:{case.pk}"):
        lines.append(Line(message.planned_at, "message", _plain(message.subject), "", message.body))
    return sorted(lines, key=lambda line: line.at, reverse=True)


def _plain(words: str) -> Text:
    return text(fi=words, sv=words, en=words)
