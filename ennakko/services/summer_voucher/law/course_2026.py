# SPDX-License-Identifier: EUPL-1.2
"""The course of an employer's claim: states and moves, who sees it, when it may be changed (act 21 §, 22 §, 24 §)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final


class ClaimStatus(StrEnum):
    """Where a claim stands, by the names of the City's interface."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    INFORMATION_REQUESTED = "additional_information_requested"
    INFORMATION_PROVIDED = "additional_information_provided"
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    DELETED = "deleted_by_customer"


MOVES: Final[dict[ClaimStatus, frozenset[ClaimStatus]]] = {
    ClaimStatus.DRAFT: frozenset({ClaimStatus.SUBMITTED, ClaimStatus.DELETED}),
    ClaimStatus.SUBMITTED: frozenset(
        {
            ClaimStatus.INFORMATION_REQUESTED,
            ClaimStatus.INFORMATION_PROVIDED,
            ClaimStatus.ACCEPTED,
            ClaimStatus.REJECTED,
        }
    ),
    ClaimStatus.INFORMATION_REQUESTED: frozenset(
        {ClaimStatus.INFORMATION_PROVIDED, ClaimStatus.ACCEPTED, ClaimStatus.REJECTED}
    ),
    ClaimStatus.INFORMATION_PROVIDED: frozenset({ClaimStatus.ACCEPTED, ClaimStatus.REJECTED}),
    ClaimStatus.ACCEPTED: frozenset(),
    ClaimStatus.REJECTED: frozenset(),
    ClaimStatus.DELETED: frozenset(),
}
"""The table of act 21 §: the states that each may move to; the last three are final."""

FOUND_BY_EMPLOYER: Final = frozenset(
    {ClaimStatus.DRAFT, ClaimStatus.SUBMITTED, ClaimStatus.INFORMATION_REQUESTED}
)  # fmt: skip
"""States in which the employer finds its claim (act 21 §)."""

EMPLOYER_ADDS_PAPERS: Final = frozenset({ClaimStatus.DRAFT, ClaimStatus.INFORMATION_REQUESTED})
EMPLOYER_REMOVES_PAPERS: Final = frozenset({ClaimStatus.DRAFT})


class Reader(StrEnum):
    """Who asks for a claim or its papers."""

    OWN = "own company"
    OTHER = "other company"
    HANDLER = "handler"
    ANONYMOUS = "anonymous"


class Answer(StrEnum):
    """What is answered to somebody who wants something: done, refused for the state, forbidden, or nothing found."""

    DONE = "done"
    REFUSED = "refused"
    FORBIDDEN = "forbidden"
    NOT_FOUND = "not found"


def may_move(start: ClaimStatus, to: ClaimStatus) -> bool:
    """Whether a claim may move from one state to another; staying is no move."""
    return to in MOVES[start]


def found(reader: Reader, status: ClaimStatus) -> bool:
    """Whether somebody finds a claim in a state; nobody is told of a claim that is not theirs."""
    return reader is Reader.HANDLER or (reader is Reader.OWN and status in FOUND_BY_EMPLOYER)


def edit(reader: Reader, status: ClaimStatus) -> Answer:
    """Editing a claim: its own employer, colleagues too, and only while it is a draft."""
    if reader is not Reader.OWN or not found(reader, status):
        return Answer.NOT_FOUND
    return Answer.DONE if status is ClaimStatus.DRAFT else Answer.REFUSED


def delete(reader: Reader, status: ClaimStatus) -> Answer:
    """Deleting a claim: as editing."""
    return edit(reader, status)


def add_paper(reader: Reader, status: ClaimStatus) -> Answer:
    """Adding an attachment (act 22 §)."""
    if not found(reader, status):
        return Answer.NOT_FOUND
    may = reader is Reader.HANDLER or status in EMPLOYER_ADDS_PAPERS
    return Answer.DONE if may else Answer.REFUSED


def remove_paper(reader: Reader, status: ClaimStatus) -> Answer:
    """Removing an attachment (act 22 §)."""
    if not found(reader, status):
        return Answer.NOT_FOUND
    may = reader is Reader.HANDLER or status in EMPLOYER_REMOVES_PAPERS
    return Answer.DONE if may else Answer.FORBIDDEN


def read_paper(reader: Reader, status: ClaimStatus) -> Answer:
    """Reading an attachment: who finds the claim (act 22 §)."""
    return Answer.DONE if found(reader, status) else Answer.NOT_FOUND


class LookUp(StrEnum):
    """What a look-up of a voucher comes to; the refusals in the order in which they are told (act 15 §)."""

    FOUND = "found"
    UNKNOWN_NUMBER = "unknown_number"
    OTHER_SURNAME = "other_surname"
    NOT_ACCEPTED = "youth_application_not_accepted"
    ALREADY_USED = "summer_voucher_already_used"


def look_up(*, number_known: bool, surname_fits: bool, in_force: bool, used: bool) -> LookUp:
    """The first thing that stands in the way of a voucher that an employer looks up, or that it is found."""
    if not number_known:
        return LookUp.UNKNOWN_NUMBER
    if not surname_fits:
        return LookUp.OTHER_SURNAME
    if not in_force:
        return LookUp.NOT_ACCEPTED
    return LookUp.ALREADY_USED if used else LookUp.FOUND


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a claim's course: a "note" or an "activity" (a change of state), who did it, and when."""

    kind: str
    at: datetime
    author: str


def author_name(name: str | None, *, gone: bool = False) -> str:
    """How the author of a line is called: the name of the time of writing, "" for the machine."""
    if gone:
        return "Deleted User"
    return name or ""


def is_logged(changed: Iterable[str]) -> bool:
    """Whether a change makes a line in the course: only a change of state does (act 24 §)."""
    return "status" in set(changed)


def course(entries: Sequence[Entry], kinds: Iterable[str] | None = None) -> list[Entry]:
    """The lines of the kinds asked for, newest first; all when no kind is named."""
    wanted = set(kinds or ())
    return sorted((one for one in entries if not wanted or one.kind in wanted), key=lambda one: one.at, reverse=True)
