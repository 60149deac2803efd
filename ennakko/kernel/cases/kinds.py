# SPDX-License-Identifier: EUPL-1.2
"""What a service says of its cases: states as a table, who does what, the decisions it makes, how each is appealed."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

from ennakko.values.texts import Text

if TYPE_CHECKING:
    from ennakko.kernel.access import Actor
    from ennakko.kernel.cases.models import Case, CaseEvent, Decision


@dataclass(frozen=True, slots=True)
class Move:
    """One row of a state table: from which state, by which verb, to which; `action` is its name in the access table."""

    start: str
    verb: str
    to: str
    action: str


@dataclass(frozen=True, slots=True)
class StateTable:
    """The states of a kind of case, the first being where it begins, and every move there is.

    `waiting`: states in which somebody else's answer is waited for, so that the city's own time stands still.
    """

    names: Mapping[str, Text]
    moves: tuple[Move, ...]
    ends: frozenset[str]
    waiting: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        for state in (self.ends | self.waiting) - set(self.names):
            raise ValueError(f"The state {state!r} has no name.")
        for move in self.moves:
            for state in (move.start, move.to):
                if state not in self.names:
                    raise ValueError(f"The move {move.verb!r} names the state {state!r}, which has no name.")
            if move.start in self.ends:
                raise ValueError(f"{move.start!r} is an end: nothing moves on from it by {move.verb!r}.")
        pairs = [(move.start, move.verb) for move in self.moves]
        if len(set(pairs)) != len(pairs):
            raise ValueError("A verb leads from a state to one state only.")
        unreached = set(self.names) - self.reachable()
        if unreached:
            raise ValueError(f"No move reaches {', '.join(sorted(unreached))}.")

    @property
    def first(self) -> str:
        """Where a case begins."""
        return next(iter(self.names))

    def reachable(self) -> set[str]:
        """Every state that some sequence of moves reaches from the first."""
        found = {self.first}
        while more := {move.to for move in self.moves if move.start in found} - found:
            found |= more
        return found

    def move(self, start: str, verb: str) -> Move | None:
        """The row for a verb in a state."""
        return next((move for move in self.moves if move.start == start and move.verb == verb), None)

    def verbs(self, start: str) -> tuple[Move, ...]:
        """All that can be done in a state."""
        return tuple(move for move in self.moves if move.start == start)


SERVING_DAYS: Mapping[str, int] = {"post": 7, "electronic": 3, "handed": 0}
"""Days from sending to notice, where an appeal row says nothing else (Local Government Act 139 §)."""


@dataclass(frozen=True, slots=True)
class Appeal:
    """How a kind of decision is appealed, in force from a day: act, body, days from service, how served.

    `serving`: days from sending to when notice is held to have been received, by the way it was sent ("post",
    "electronic", "handed"); `service_rule` says the same in words.
    """

    start: date
    act: Text
    body: Text
    days: int
    service_rule: Text
    published: bool = False
    instructions: Text | None = None
    serving: Mapping[str, int] = field(default_factory=lambda: dict(SERVING_DAYS))

    def frozen(self) -> dict[str, Any]:
        """The row as it is stored with a decision."""
        return {
            "from": self.start.isoformat(),
            "act": _in_all(self.act),
            "body": _in_all(self.body),
            "days": self.days,
            "service_rule": _in_all(self.service_rule),
            "published": self.published,
            "instructions": _in_all(self.instructions) if self.instructions else {},
            "serving": dict(self.serving),
        }


def _in_all(one: Text) -> dict[str, str]:
    return {language: one.in_(language) for language in one.languages}


@dataclass(frozen=True, slots=True)
class DecisionType:
    """One kind of decision a service makes: its outcomes and its dated appeal rows, earliest first.

    `appeals_after`: of a decision on a request for rectification, other rows by the kind of the contested decision,
    where another body than usual decides.
    """

    id: str
    title: Text
    outcomes: Mapping[str, Text]
    appeals: tuple[Appeal, ...]
    rejections: frozenset[str] = frozenset({"rejected"})
    appeals_after: Mapping[str, tuple[Appeal, ...]] = field(default_factory=dict)

    def appeal_on(self, on: date, *, contested: str = "") -> Appeal:
        """The appeal in force on a day, of a decision that contests one of a kind; raises LookupError when none is."""
        rows = self.appeals_after.get(contested, self.appeals)
        fitting = [appeal for appeal in rows if appeal.start <= on]
        if not fitting:
            raise LookupError(f"The decision {self.id} has no appeal row for {on}: add one with its act and body.")
        return max(fitting, key=lambda appeal: appeal.start)


def _nothing_follows(case: "Case", decision: "Decision", at: datetime, on: date) -> None:
    """For services where the decision itself is all there is."""


def _nothing_is_changed(case: "Case", decision: "Decision", by: "Actor", at: datetime, on: date) -> None:
    """For services in which a changed decision is carried out by a person."""


def _nothing_follows_event(case: "Case", event: "CaseEvent") -> None:
    """For services that plan no message when something happens."""


@dataclass(frozen=True, slots=True)
class Drafted:
    """The machine's proposal: outcome, amount in cents, reasons as stored text, what it was decided by and from."""

    outcome: str
    amount_cents: int | None = None
    content: Mapping[str, Any] = field(default_factory=dict)
    reasons: tuple[Mapping[str, Any], ...] = ()
    rule_version: str = ""
    facts: Mapping[str, Any] = field(default_factory=dict)
    snapshot: str = ""


@dataclass(frozen=True, slots=True)
class ReadFact:
    """One thing that was read for a decision: what it is, what the register said, which register, as of when.

    `field`: the classes of records.redaction by which the value is left out of a copy, with blanks between.
    """

    label: Text
    value: Text
    source: Text
    as_of: date | None = None
    field: str = "free-text"


@dataclass(frozen=True, slots=True)
class FiledLine:
    """One line of what was sent in: what, what it said; `field`: the classes of redaction it is of, "" for none."""

    label: Text
    value: Text
    field: str = ""


@dataclass(frozen=True, slots=True)
class CaseType:
    """A service's kind of case.

    `decide_action`, `handle_action` are names in the access table: who decides, and who handles (takes, asks, notes,
    writes). `segregated`: the one who decides may not be its handler. `decided` maps an outcome to the verb of the
    state table that it moves the case by. `days` is the time the city gives itself. `draft(case, at, on)` makes the
    machine's proposal. `on_decided` runs in the decision's transaction, `on_event` in that of every event (messages are
    planned there). `own_action`: who may add to and write in their own case. `events`: what the verbs of its history
    are called. `read_of(decision)` tells what was read for a decision, for its letter. `told(case)`: the people who are
    written to in the party's place, as a child's guardians. `filed(case)`: what was sent in to begin it, line by line,
    for the register of matters; None where the service keeps that itself, or nothing was sent in.
    `on_rectified(case, decision, by, at, on)` carries out what another body changed in the case's decision: `decision`
    is the body's, `by` whoever wrote it down; in the transaction of writing it down.
    """

    service: str
    id: str
    title: Text
    states: StateTable
    handle_action: str
    decide_action: str
    own_action: str
    decision: DecisionType
    decided: Mapping[str, str]
    days: int = 30
    segregated: bool = False
    draft: "Callable[[Case, datetime, date], Drafted] | None" = None
    on_decided: "Callable[[Case, Decision, datetime, date], None]" = _nothing_follows
    on_rectified: "Callable[[Case, Decision, Actor, datetime, date], None]" = _nothing_is_changed
    on_event: "Callable[[Case, CaseEvent], None]" = _nothing_follows_event
    events: Mapping[str, Text] = field(default_factory=dict)
    read_of: "Callable[[Decision], Sequence[ReadFact]] | None" = None
    told: "Callable[[Case], Sequence[int]] | None" = None
    filed: "Callable[[Case], Sequence[FiledLine]] | None" = None

    def __post_init__(self) -> None:
        verbs = {move.verb for move in self.states.moves}
        for outcome, verb in self.decided.items():
            if outcome not in self.decision.outcomes:
                raise ValueError(f"{self.service} {self.id}: {outcome!r} is no outcome of {self.decision.id}.")
            if verb not in verbs:
                raise ValueError(f"{self.service} {self.id}: the state table has no verb {verb!r}.")


class UnknownCaseType(LookupError):
    """No service has such cases."""


_types: dict[tuple[str, str], CaseType] = {}


def register_case_type(kind: CaseType) -> None:
    """Start-up tells of a service's kind of case."""
    if _types.setdefault((kind.service, kind.id), kind) != kind:
        raise ValueError(f"The case type {kind.service} {kind.id} is declared twice, differently.")


def case_type(service: str, kind: str) -> CaseType:
    """A service's kind of case; raises UnknownCaseType with near names."""
    found = _types.get((service, kind))
    if found is None:
        known = [f"{of} {id}" for of, id in _types]
        near = get_close_matches(f"{service} {kind}", known, n=3)
        raise UnknownCaseType(f"There are no cases {service} {kind}." + (f" Near: {', '.join(near)}." if near else ""))
    return found


def is_case_type(service: str, kind: str) -> bool:
    """Whether a service in use has such cases."""
    return (service, kind) in _types


def case_types() -> tuple[CaseType, ...]:
    """Every kind of case."""
    return tuple(_types[key] for key in sorted(_types))
