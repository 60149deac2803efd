# SPDX-License-Identifier: EUPL-1.2
"""What a service asks of the city's decision and archive system; a connector implements it, `web` wires the chosen one.

A matter is opened with its first records, added to, brought up to date, or deleted while nothing is decided. The answer
to a request tells only that it arrived: what became of it comes later, to the address that was given (`Answer`).
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal, Protocol


class Unavailable(Exception):
    """The other side did not answer, or nobody knows whether it took what it was given: the same comes again later.

    `what` names the system and what happened, for the log: never a person or a secret. `retry_after` in seconds.
    """

    def __init__(self, what: str, retry_after: int | None = None) -> None:
        super().__init__(what)
        self.what, self.retry_after = what, retry_after


class Rejected(Exception):
    """The other side surely did not take what it was given and will not as it is: a person looks at why."""

    def __init__(self, what: str) -> None:
        super().__init__(what)
        self.what = what


@dataclass(frozen=True, slots=True)
class File:
    """A file of a record, fetched by the other side from `address`; `sha256` in hexadecimal."""

    name: str
    media_type: str
    sha256: str
    address: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Agent:
    """Somebody with a part in a matter or a record: sender_initiator, draftsman, mainCreator, decisionMaker, signer."""

    role: str
    name: str = field(repr=False)
    id: str = ""
    kind: str = ""
    organisation: str = ""
    email: str = field(default="", repr=False)
    street: str = field(default="", repr=False)
    postal_code: str = ""
    post_office: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One document of a matter with its files. `series` is the other side's id of an earlier version of it.

    `publicity` in the words of the records plan; `grounds` why it is secret. `received_by`: how an application came.
    """

    title: str = field(repr=False)
    kind: str
    acquired: datetime
    publicity: str
    grounds: Sequence[str]
    language: str
    files: Sequence[File]
    agents: Sequence[Agent] = ()
    series: str = ""
    received_by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Matter:
    """A matter to be opened; `reference` is its number with us, `internal_title` what may be shown in lists."""

    reference: str
    title: str = field(repr=False)
    internal_title: str = field(repr=False)
    acquired: datetime
    task_class: str
    task_title: str
    language: str
    publicity: str
    subjects: Sequence[str]
    agents: Sequence[Agent]
    records: Sequence[Record]


@dataclass(frozen=True, slots=True)
class Details:
    """What the system holds of a decision: who decided, under which section, when."""

    decision_maker: str
    body: str
    section: str
    on: date


@dataclass(frozen=True, slots=True)
class Choice:
    """A decision maker or signer that the system knows."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Filed:
    """A file that the system has taken: its SHA-256 and the id of the record's versions."""

    sha256: str
    series: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What the system tells later of a request: went well or not, the matter's ids, what was filed, what failed."""

    outcome: Literal["success", "failure"]
    request: str
    case_id: str = ""
    case_guid: str = ""
    filed: Sequence[Filed] = ()
    failures: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Notice:
    """What the system tells of a decision without being asked: that it was signed, changed or removed."""

    case_id: str
    update: Literal["Added", "Updated", "Removed"]


class DecisionArchive(Protocol):
    """The decision and archive system. Every request returns its id there, "" where the answer has none.

    All raise Unavailable and Rejected. `callback` is where the outcome is told.
    """

    def open_case(self, matter: Matter, *, callback: str) -> str:
        """Open a matter with its first records."""

    def add_records(self, case: str, records: Sequence[Record], *, callback: str) -> str:
        """Add records to an open matter: late attachments, the signed decision."""

    def update_records(self, case: str, records: Sequence[Record], *, callback: str) -> str:
        """Bring records of a matter up to date; each carries the `series` of its earlier version where one is known."""

    def delete_case(self, case: str, *, draftsman: str, reason: str, language: str, callback: str) -> str:
        """Ask that a matter is deleted, before anything is decided in it."""

    def answers(self) -> "Sequence[tuple[str, Answer | Notice]]":
        """Outcomes that wait to be fetched, each with its callback, where the system does not call back itself."""

    def refresh(self) -> None:
        """Renew what lets us in, so that it does not grow old in a quiet week. Raises Unavailable."""

    def subscribe(self, *, callback: str) -> str:
        """Ask to be told whenever a decision is signed, changed or removed."""

    def decision(self, case: str) -> Details:
        """The decision of a matter."""

    def decision_makers(self, start: str) -> Sequence[Choice]:
        """Those who may decide, below an organisation."""

    def signers(self, organisation: str) -> Sequence[Choice]:
        """Those who may sign in an organisation."""


_archive: list[DecisionArchive] = []


def use(archive: DecisionArchive | None) -> None:
    """The system in use; None: nothing is sent, and what there is waits."""
    _archive[:] = [] if archive is None else [archive]


def archive() -> DecisionArchive | None:
    """The system in use, or None."""
    return _archive[0] if _archive else None


class TokenKeeper(Protocol):
    """Keeps the refresh token of a system between processes and restarts; sealed."""

    def token(self) -> str:
        """The newest refresh token; "" where nobody has given one yet."""

    def keep(self, token: str) -> None:
        """From now on this is the token."""
