# SPDX-License-Identifier: EUPL-1.2
"""Applications looked up: the handlers' queue, one case's desk, an applicant's own status.

Whoever is under non-disclosure stands in no list or search: only the named clerk sees those (`protected`).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, F, Q, QuerySet

from ennakko.kernel.access import Actor, require, visible
from ennakko.kernel.access.roles import PROTECTED_CLERK
from ennakko.kernel.access.tables import Refused
from ennakko.kernel.cases.models import Case
from ennakko.kernel.cases.queries import listed, open_requests
from ennakko.kernel.cases.queries import protected as protected_cases
from ennakko.kernel.people.names import folded
from ennakko.services.summer_voucher.access import CLERKS
from ennakko.services.summer_voucher.conditions import SERVICE
from ennakko.services.summer_voucher.links import application_of
from ennakko.services.summer_voucher.models import Application, CallRequest
from ennakko.services.summer_voucher.queries.desk import Desk as Desk
from ennakko.services.summer_voucher.queries.desk import Known as Known
from ennakko.services.summer_voucher.queries.desk import Line as Line
from ennakko.services.summer_voucher.queries.desk import desk as desk
from ennakko.services.summer_voucher.queries.letters import DecisionLetter as DecisionLetter
from ennakko.services.summer_voucher.queries.letters import letter as letter
from ennakko.services.summer_voucher.states import (
    APPLICATION_NAMES,
    CASE_NAMES,
    FOR_HANDLER,
    HANDLE,
    OPEN_STATES,
    ApplicationState,
    CaseState,
)
from ennakko.services.summer_voucher.wording import ASKED, CONDITIONS, NOTHING_OPEN, PROPOSED, STILL_CHECKING
from ennakko.services.summer_voucher.wording import Shown as Shown
from ennakko.values.texts import Text, text

KIND = "application"
SORTS = {
    "due": ("due", "opened_at", "id"),
    "opened": ("opened_at", "id"),
    "name": ("summer_voucher_application__search", "id"),
    "state": ("state", "due", "id"),
    "handler": ("handler__name", "due", "id"),
}


@dataclass(frozen=True, slots=True)
class QueueRow:
    """One line of the handlers' queue.

    `asked` is what is asked of the reader, `view` the machine's view in one phrase, `late` whether the due day is over;
    `proposed` is "", "accepted" or "rejected".
    """

    case: Case
    name: str
    number: str
    state: Text
    due: date | None
    late: bool
    handler: str
    asked: Text
    view: Text
    warnings: int
    proposed: str


def _open(actor: Actor) -> "QuerySet[Case]":
    """Open cases in lists; those that the machine has not checked yet are nobody's: it may find them protected."""
    require(actor, HANDLE)
    rows = listed(SERVICE).filter(kind=KIND, state__in=OPEN_STATES).exclude(state=CaseState.AWAITING_CHECK)
    return visible(actor, HANDLE, rows)


def queue(
    actor: Actor,
    *,
    on: date,
    states: Iterable[str] = (),
    mine: bool = False,
    words: str = "",
    sort: str = "due",
    descending: bool = False,
) -> "QuerySet[Case]":
    """Open cases the actor may handle or decide; `states` of states.CaseState or "late", `words` a name or number.

    `sort`: due, opened, name, state, handler. Related rows are fetched with it: `rows_of` needs no query a row.
    """
    rows = _open(actor).select_related("summer_voucher_application")
    wanted = set(states)
    if "late" in wanted:
        rows = rows.filter(due__lt=on)
    if chosen := wanted & set(OPEN_STATES):
        rows = rows.filter(state__in=sorted(chosen))
    if mine:
        rows = rows.filter(handler=actor.staff)
    rows = _with_words(rows, words)
    first, *rest = SORTS.get(sort, SORTS["due"])
    ordering = F(first).desc(nulls_last=True) if descending else F(first).asc(nulls_last=True)
    return rows.order_by(ordering, *rest)


def _with_words(rows: "QuerySet[Case]", words: str) -> "QuerySet[Case]":
    said = words.strip()
    if not said:
        return rows
    by_name = Q()
    for word in folded(said).split():
        by_name &= Q(summer_voucher_application__search__contains=word)
    number = Q(number__iexact=said) | Q(summer_voucher_application__reference__iexact=said)
    return rows.filter(number | by_name)


def rows_of(cases: Iterable[Case], *, on: date) -> list[QueueRow]:
    """The lines of some cases (a page of the queue)."""
    return [_row(case, on) for case in cases]


def _row(case: Case, on: date) -> QueueRow:
    application = case.summer_voucher_application
    proposed = str((case.draft or {}).get("outcome", "")) if case.state == CaseState.AWAITING_DECISION else ""
    return QueueRow(
        case=case,
        name=name_of(application),
        number=case.number,
        state=CASE_NAMES[case.state],
        due=case.due,
        late=case.due is not None and case.due < on,
        handler=case.handler.name if case.handler is not None else "",
        asked=ASKED[case.state],
        view=_view(case, proposed),
        warnings=len(case.facts.get("warnings", ())),
        proposed=proposed,
    )


def _view(case: Case, proposed: str) -> Text:
    if proposed:
        return PROPOSED[proposed]
    if not case.facts:
        return STILL_CHECKING
    open_ones = [CONDITIONS[code] for code in case.facts.get("questions", ()) if code in CONDITIONS]
    if not open_ones:
        return NOTHING_OPEN
    first, more = open_ones[0], len(open_ones) - 1
    tail = f" (+{more})" if more else ""
    return text(
        fi=f"Avoinna: {first.fi}{tail}", sv=f"Öppet: {first.sv}{tail}", en=f"Open: {first.en}{tail}"
    )  # fmt: skip


def name_of(application: Application) -> str:
    """The applicant's name as they wrote it."""
    return f"{application.first_name} {application.last_name}".strip()


def counts(actor: Actor, *, on: date) -> dict[str, int]:
    """How many open cases stand in each state, plus "mine", "late" and "all"; for the queue's filters."""
    rows = _open(actor)
    found = dict(rows.order_by().values_list("state").annotate(n=Count("pk")))
    return {
        **{str(state): found.get(state, 0) for state in OPEN_STATES},
        "mine": rows.filter(handler=actor.staff).count() if actor.staff is not None else 0,
        "late": rows.filter(due__lt=on).count(),
        "all": sum(found.values()),
    }


def waiting_for_handler(actor: Actor) -> int:
    """How many cases wait for a handler."""
    return _open(actor).filter(state__in=FOR_HANDLER).count()


def protected(actor: Actor) -> "QuerySet[Case]":
    """Open cases of people under non-disclosure, for the named clerk alone; raises Refused."""
    if PROTECTED_CLERK not in actor.roles:
        raise Refused(CLERKS, HANDLE)
    return (
        protected_cases(SERVICE)
        .filter(kind=KIND, state__in=OPEN_STATES)
        .select_related("summer_voucher_application", "subject", "handler")
    )


def calls(actor: Actor) -> "QuerySet[CallRequest]":
    """Residents who wait for a call, the oldest first (`.offer.subject`); raises Refused."""
    require(actor, "summer-voucher.call")
    waiting = CallRequest.objects.filter(done_at=None).select_related("offer", "offer__subject")
    if PROTECTED_CLERK not in actor.roles:
        waiting = waiting.exclude(offer__subject__non_disclosure=True)
    return waiting.order_by("asked_at", "id")


def case_of(number: str) -> Case | None:
    """The case of a registration number."""
    rows = Case.objects.filter(service=SERVICE, kind=KIND, number__iexact=number.strip())
    return rows.select_related("subject", "handler", "summer_voucher_application").first()


@dataclass(frozen=True, slots=True)
class Status:
    """All that a secret link shows of an application: where it stands, and what is waited for; never a name.

    Of an application that has not proven who sent it, the outcome is not told either: only that it is handled.
    """

    reference: str
    state: Text
    sent_at: datetime
    waits_for_applicant: bool
    question: str
    due: date | None
    closed: bool


HANDLED = text(
    fi="Käsitelty. Hakija näkee tuloksen kirjautumalla sisään.",
    sv="Behandlad. Den sökande ser resultatet genom att logga in.",
    en="Handled. The applicant sees the result by signing in.",
)
IN_HAND = text(fi="Käsittelyssä", sv="Under behandling", en="Being handled")
"""Said of every open unproven application alike: which step it is at would tell what the register knows."""


def by_token(token: str) -> Application | None:
    """The application of a secret status link; None for anything else."""
    return application_of(token, "status")


def status(application: Application, *, on: date) -> Status:
    """Where an application stands, for its secret link.

    What the machine found of an unproven one stays in hand until its due day, as it would for anybody: an answer that
    came at once would tell that the register knows the person.
    """
    case = application.case
    if case is None:
        state = APPLICATION_NAMES[ApplicationState(application.state)]
        return Status(
            application.reference, state, application.sent_at, application.state == ApplicationState.SUBMITTED, "",
            None, application.state == ApplicationState.EXPIRED,
        )  # fmt: skip
    asked = open_requests(case).first() if case.state == CaseState.INFORMATION_REQUESTED else None
    return Status(
        reference=application.reference,
        state=_said_of(case, application, on),
        sent_at=application.sent_at,
        waits_for_applicant=asked is not None,
        question=asked.question if asked is not None else "",
        due=asked.due if asked is not None else case.due,
        closed=case.closed_at is not None and not _kept_open(case, application, on),
    )


def _kept_open(case: Case, application: Application, on: date) -> bool:
    machine_closed = case.state == CaseState.JOINED and not application.proven
    return machine_closed and case.due is not None and on <= case.due


def _said_of(case: Case, application: Application, on: date) -> Text:
    if application.proven or case.state in (CaseState.INFORMATION_REQUESTED, CaseState.WITHDRAWN):
        return CASE_NAMES[case.state]
    return IN_HAND if case.closed_at is None or _kept_open(case, application, on) else HANDLED


def own_cases(actor: Actor) -> list[Case]:
    """A signed-in resident's own cases, newest first: those of their person key, and those they opened themselves."""
    if actor.kind != "resident" or not actor.strong:
        return []
    own = Q(opened_by=actor.subject)
    if actor.person is not None:
        own |= Q(subject=actor.person)
    rows = Case.objects.filter(own, service=SERVICE, kind=KIND).select_related("summer_voucher_application")
    return list(rows.order_by("-opened_at", "-id"))


def of_person(person: int) -> list[Case]:
    """The cases of a person key, newest first."""
    rows = Case.objects.filter(subject=person, service=SERVICE, kind=KIND).select_related("summer_voucher_application")
    return list(rows.order_by("-opened_at", "-id"))
