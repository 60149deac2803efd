# SPDX-License-Identifier: EUPL-1.2
"""When the machine may decide: only where every condition of the law is on record, and never against the resident.

Administrative Procedure Act (434/2003) 53 e–g §; Information Management Act (906/2019) 28 a–e §. Closed by default: the
municipality's profile holds what opens it, kind of case by kind of case, from a day and, if wished, until a day.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from ennakko.kernel.cases import reasons
from ennakko.kernel.cases.kinds import CaseType, case_types
from ennakko.values.texts import Text

RECTIFICATION = "rectification"


@dataclass(frozen=True, slots=True)
class OnFile:
    """A document on record: its number in the register of matters, its day, where it can be read (path or address)."""

    number: str
    dated: date
    place: str

    def frozen(self) -> dict[str, str]:
        """As it is stored with a decision."""
        return {"number": self.number, "dated": self.dated.isoformat(), "place": self.place}


@dataclass(frozen=True, slots=True, kw_only=True)
class AutomaticDecisions:
    """What must be on record before a machine decides cases of a kind, from `start` until the day before `closed_from`.

    `rules`: ids of the rules by which it decides. `processing_rules` and their `testing`; `deployment`: the decision to
    use them, by `deployed_by`; the
    `responsible_official` with their `office`; a `rectification_route` free of charge; the `notice` that tells the
    party. `sample_percent`: the share of decisions that a person looks at afterwards. `trial`: open for the
    demonstration only.
    """

    rules: tuple[str, ...]
    processing_rules: OnFile
    testing: OnFile
    deployment: OnFile
    deployed_by: Text
    start: date
    responsible_official: str
    office: Text
    rectification_route: Text
    notice: Text
    closed_from: date | None = None
    sample_percent: int = 5
    trial: bool = False

    def __post_init__(self) -> None:
        for one in (self.processing_rules, self.testing, self.deployment):
            if not one.number or not one.place:
                raise ValueError(
                    "Automatic decisions need the processing rules, their testing and the deployment decision on file, "
                    "each with its number and place (Information Management Act 28 a–e §)."
                )
        if not self.responsible_official:
            raise ValueError("Automatic decisions need a responsible official (Information Management Act 28 a–e §).")
        if not 1 <= self.sample_percent <= 100:
            raise ValueError("From one to a hundred per cent of automatic decisions are looked at by a person.")

    def open_on(self, on: date) -> bool:
        """Whether the machine may decide on a day."""
        return self.start <= on and (self.closed_from is None or on < self.closed_from)

    def frozen(self) -> dict[str, Any]:
        """What is stored with a decision that the machine made."""
        return {
            "rules": list(self.rules),
            "processing_rules": self.processing_rules.frozen(),
            "testing": self.testing.frozen(),
            "deployment": self.deployment.frozen(),
            "deployed_by": _in_all(self.deployed_by),
            "responsible_official": self.responsible_official,
            "office": _in_all(self.office),
            "rectification_route": _in_all(self.rectification_route),
            "notice": _in_all(self.notice),
            "trial": self.trial,
        }


def _in_all(one: Text) -> dict[str, str]:
    return {language: one.in_(language) for language in one.languages}


@dataclass(frozen=True, slots=True)
class Closed:
    """Why a gate that somebody meant to open stays closed, for start-up and for the page."""

    service: str
    case_type: str
    why: str


_open: dict[tuple[str, str], AutomaticDecisions] = {}
_closed: list[Closed] = []


def open_gates(open_ones: Mapping[tuple[str, str], AutomaticDecisions], closed: tuple[Closed, ...] = ()) -> None:
    """Start-up tells, by service and kind of case, what the municipality has on record; all others stay closed."""
    _open.clear()
    _open.update(open_ones)
    _closed[:] = closed


def open_gate(service: str, case_type: str, record: AutomaticDecisions | None) -> None:
    """What one kind of case has on record; None closes its gate."""
    if record is None:
        _open.pop((service, case_type), None)
    else:
        _open[service, case_type] = record


def on_record(service: str, case_type: str) -> AutomaticDecisions | None:
    """What a kind of case has on record, whatever the day."""
    return _open.get((service, case_type))


def gate_of(of: CaseType, on: date) -> AutomaticDecisions | None:
    """What lets the machine decide a kind of case on a day; None while the gate is closed."""
    record = _open.get((of.service, of.id))
    return record if record is not None and record.open_on(on) else None


def gates() -> tuple[tuple[str, str, AutomaticDecisions], ...]:
    """Every kind of case that has something on record: service, kind, record."""
    return tuple((*key, _open[key]) for key in sorted(_open))


def automatically_decided() -> tuple[CaseType, ...]:
    """The kinds of case that have something on record, whatever the day: a closed gate leaves decisions to look at."""
    return tuple(of for of in case_types() if (of.service, of.id) in _open)


def closed_gates() -> tuple[Closed, ...]:
    """Gates that the municipality's file names and that stay closed, each with why."""
    return tuple(_closed)


def why_not(of: CaseType, outcome: str, on: date) -> Text | None:
    """Why the machine may not make this decision on this day; None when it may."""
    if of.id == RECTIFICATION:
        return reasons.RECTIFICATION
    if gate_of(of, on) is None:
        return reasons.GATE_CLOSED
    return reasons.REJECTION if outcome in of.decision.rejections else None
