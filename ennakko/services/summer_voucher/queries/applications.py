# SPDX-License-Identifier: EUPL-1.2
"""Applications looked up: the handlers' queue, one case's desk, an applicant's own status.

Whoever is under non-disclosure stands in no list or search: only the named clerk sees those (`protected`).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet

from ennakko.kernel.access import Actor
from ennakko.kernel.access.tables import Button
from ennakko.kernel.cases.models import Case, Decision, InformationRequest
from ennakko.services.summer_voucher.models import Application, CallRequest, HandlerNote, Voucher
from ennakko.values.texts import Text


@dataclass(frozen=True, slots=True)
class QueueRow:
    """One line of the handlers' queue.

    `asked` is what is asked of the reader, `view` the machine's view in one phrase, `late` whether the due day has passed.
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
    """Open cases the actor may handle or decide; `states` of states.CaseState, `words` a name or number.

    `sort`: due, opened, name, state, handler. Related rows are fetched with it: `rows_of` needs no query a row.
    """
    raise NotImplementedError


def rows_of(cases: Iterable[Case], *, on: date) -> list[QueueRow]:
    """The lines of some cases (a page of the queue)."""
    raise NotImplementedError


def counts(actor: Actor, *, on: date) -> dict[str, int]:
    """How many open cases stand in each state, plus "mine" and "late"; for the queue's filters."""
    raise NotImplementedError


def protected(actor: Actor) -> "QuerySet[Case]":
    """Open cases of people under non-disclosure, for the named clerk alone; raises Refused."""
    raise NotImplementedError


def calls(actor: Actor) -> "QuerySet[CallRequest]":
    """Residents who wait for a call, the oldest first (`.offer.subject`); raises Refused."""
    raise NotImplementedError


@dataclass(frozen=True, slots=True)
class Known:
    """One fact beside the application: what the applicant told, what the register says, whether they agree."""

    label: Text
    told: str
    registered: str
    source: Text | None
    agrees: bool | None


@dataclass(frozen=True, slots=True)
class Shown:
    """One reason or warning on the desk: holds True (✓), False (✗) or None (not known), with the paragraph."""

    code: str
    text: Text
    holds: bool | None
    cite: str


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the timeline, newest first; `kind` is event, letter, note or message."""

    at: datetime
    kind: str
    title: Text
    by: str
    words: str
    important: bool = False
    note: HandlerNote | None = None


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
    """A case's page for staff; the look at the register's facts is logged. Raises Refused. `kinds` filters the timeline."""
    raise NotImplementedError


def case_of(number: str) -> Case | None:
    """The case of a registration number."""
    raise NotImplementedError


@dataclass(frozen=True, slots=True)
class Status:
    """All that a secret link shows of an application: where it stands, and what is waited for; never a name."""

    reference: str
    state: Text
    sent_at: datetime
    waits_for_applicant: bool
    question: str
    due: date | None
    closed: bool


def by_token(token: str) -> Application | None:
    """The application of a secret status link; None for anything else."""
    raise NotImplementedError


def status(application: Application) -> Status:
    """Where an application stands, for its secret link."""
    raise NotImplementedError


def of_person(person: int) -> list[Case]:
    """A signed-in resident's own applications' cases, newest first (for `status_of_case` and the decision)."""
    raise NotImplementedError


def of_identity_code(identity_code: str) -> list[Application]:
    """Proven applications of somebody signed in whom the registers do not know, newest first."""
    raise NotImplementedError


@dataclass(frozen=True, slots=True)
class DecisionLetter:
    """A decision in words for the youth: outcome, reasons (each with ✓/✗), justification, how to appeal and where."""

    number: str
    outcome: str
    title: Text
    decided_at: datetime
    decided_by: str
    reasons: tuple[Shown, ...]
    justification: str
    appeal: tuple[tuple[Text, Text], ...]


def letter(decision: Decision) -> DecisionLetter:
    """The decision as the youth reads it; `appeal` is rows of label and words."""
    raise NotImplementedError
