# SPDX-License-Identifier: EUPL-1.2
"""When the machine may decide: only where every condition of the law is on record, and never against the resident.

Administrative Procedure Act (434/2003) 53 e–g §; Information Management Act (906/2019) 28 a–e §. Closed by default.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from ennakko.kernel.cases import reasons
from ennakko.kernel.cases.kinds import CaseType
from ennakko.values.texts import Text


@dataclass(frozen=True, slots=True)
class AutomaticDecisions:
    """What must be on record before a machine decides in a service.

    `documents`: the processing rules and their testing, by title → where kept. `deployed_on` and `deployed_by`: the
    dated deployment decision. `responsible_official`: name and office. `rectification_route`: free of charge.
    `notice`: what the resident is told of the automation.
    """

    documents: Mapping[str, str]
    deployed_on: date
    deployed_by: str
    responsible_official: str
    rectification_route: Text
    notice: Text

    def __post_init__(self) -> None:
        if not self.documents or not self.deployed_by or not self.responsible_official:
            raise ValueError(
                "Automatic decisions need the processing rules' documents, the deployment decision's maker and a "
                "responsible official (Information Management Act 28 a–e §)."
            )


_open: dict[str, AutomaticDecisions] = {}


def open_gate(service: str, on_record: AutomaticDecisions | None) -> None:
    """Start-up tells what a service has on record; None keeps its gate closed."""
    if on_record is None:
        _open.pop(service, None)
    else:
        _open[service] = on_record


def on_record(service: str) -> AutomaticDecisions | None:
    """What a service has on record."""
    return _open.get(service)


def why_not(of: CaseType, outcome: str, on: date) -> Text | None:
    """Why the machine may not make this decision on this day; None when it may."""
    record = _open.get(of.service)
    if record is None or on < record.deployed_on:
        return reasons.GATE_CLOSED
    if of.id == "rectification":
        return reasons.RECTIFICATION
    return reasons.REJECTION if outcome in of.decision.rejections else None
