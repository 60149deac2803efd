# SPDX-License-Identifier: EUPL-1.2
"""What handlers and officials do with an application's case: take, ask, propose, note; and the official's decisions.

A handler proposes, a named official decides: one by one or in bulk. A rejection always has a person's reasons.
All raise Refused (who may) and NotNow (`.reason` says what can be done instead).
"""

from collections.abc import Iterable
from datetime import date, datetime

from ennakko.kernel.access import Actor
from ennakko.kernel.cases.deciding import BulkResult
from ennakko.kernel.cases.models import Case, Decision
from ennakko.services.summer_voucher.models import CallRequest, HandlerNote


def take(case: Case, *, actor: Actor, at: datetime) -> Case:
    """Take a case to handle oneself."""
    raise NotImplementedError


def give_back(case: Case, *, actor: Actor, at: datetime) -> Case:
    """Put it back for anybody."""
    raise NotImplementedError


def ask_more(case: Case, question: str, *, actor: Actor, at: datetime, due: date) -> Case:
    """Ask the youth for more information by a day; they get a message with a link."""
    raise NotImplementedError


def propose_acceptance(case: Case, *, actor: Actor, at: datetime, on: date, justification: str = "") -> Case:
    """Propose that the application be accepted: it goes to the official."""
    raise NotImplementedError


def propose_rejection(case: Case, justification: str, *, actor: Actor, at: datetime, on: date) -> Case:
    """Propose that the application be rejected, with reasons in words."""
    raise NotImplementedError


def return_to_handling(case: Case, why: str, *, actor: Actor, at: datetime) -> Case:
    """The official sends a proposal back to the handler, with a note that says why."""
    raise NotImplementedError


def decide(case: Case, outcome: str, *, actor: Actor, at: datetime, on: date, justification: str = "") -> Decision:
    """The official decides one case ("accepted" or "rejected"); the youth is told, an accepted one gets a voucher."""
    raise NotImplementedError


def decide_many(cases: Iterable[Case], *, actor: Actor, at: datetime, on: date) -> tuple[BulkResult, ...]:
    """The official decides many cases as they were proposed; one that cannot be decided stops no other."""
    raise NotImplementedError


def note(
    case: Case, words: str, *, actor: Actor, at: datetime, internal: bool = True, important: bool = False
) -> HandlerNote:
    """Write a note."""
    raise NotImplementedError


def edit_note(
    note: HandlerNote, words: str, *, actor: Actor, at: datetime, internal: bool = True, important: bool = False
) -> HandlerNote:
    """Change one's own note; raises Refused for another's."""
    raise NotImplementedError


def remove_note(note: HandlerNote, *, actor: Actor, at: datetime) -> None:
    """Remove one's own note; raises Refused for another's."""
    raise NotImplementedError


def called(call: CallRequest, *, actor: Actor, at: datetime) -> None:
    """Somebody called the resident who had asked for it."""
    raise NotImplementedError
