# SPDX-License-Identifier: EUPL-1.2
"""The gate of automatic decisions: opened by what the municipality has on record, closed by default; told at start."""

import logging
from collections.abc import Sequence
from typing import Any

from django.core import checks

from ennakko.kernel.cases import AutomaticDecisions, OnFile
from ennakko.kernel.cases.automation import Closed, closed_gates, gates, open_gates
from ennakko.kernel.cases.kinds import UnknownCaseType, case_type
from ennakko.municipalities import automation, profile

log = logging.getLogger("ennakko.automation")


def wire(municipality: profile.Profile) -> None:
    """Called when every service is registered: a row of a kind of case that no service has opens nothing."""
    on_record = municipality.automation
    closed = [Closed(one.service, one.case_type, one.why) for one in on_record.lacking]
    found: dict[tuple[str, str], AutomaticDecisions] = {}
    for row in on_record.rows:
        try:
            case_type(row.service, row.case_type)
        except UnknownCaseType as error:
            closed.append(Closed(row.service, row.case_type, str(error)))
            continue
        found[row.service, row.case_type] = _record(row)
    open_gates(found, tuple(closed))


def _record(row: automation.Automation) -> AutomaticDecisions:
    return AutomaticDecisions(
        rules=row.rules,
        processing_rules=_filed(row.processing_rules),
        testing=_filed(row.testing),
        deployment=_filed(row.deployment),
        deployed_by=row.deployed_by,
        start=row.start,
        responsible_official=row.responsible,
        office=row.office,
        rectification_route=row.rectification,
        notice=row.notice,
        closed_from=row.closed_from,
        sample_percent=row.sample_percent,
        trial=row.trial,
    )


def _filed(one: automation.OnFile) -> OnFile:
    return OnFile(one.number, one.dated, one.place)


def tell() -> None:
    """The server says, as it starts, where the machine may decide and why it may not elsewhere."""
    for service, kind, record in gates():
        trial = " for the demonstration" if record.trial else ""
        log.info("Automatic decisions of %s %s: on record from %s%s.", service, kind, record.start, trial)
    for one in closed_gates():
        what = f"{one.service} {one.case_type}".strip() or "every service"
        log.log(
            logging.WARNING if one.service else logging.INFO,
            "Automatic decisions of %s stay closed: %s", what, one.why,
        )  # fmt: skip


def incomplete(app_configs: Sequence[Any] | None = None, **more: Any) -> list[checks.CheckMessage]:
    """Rows that somebody wrote in order to open a gate, and that open nothing: for `ennakko check`."""
    return [
        checks.Warning(
            f"Automatic decisions of {one.service} {one.case_type} stay closed: {one.why}", id="ennakko.W001"
        )
        for one in closed_gates()
        if one.service
    ]
