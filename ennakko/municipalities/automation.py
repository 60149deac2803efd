# SPDX-License-Identifier: EUPL-1.2
"""What a municipality has on record before a machine decides: `automation.toml`, one row for each kind of case.

Administrative Procedure Act 434/2003, 53 e–g §; Information Management Act 906/2019, 28 a–e §. A row that lacks
anything opens nothing, and says what it lacks: a mistake never stops the service, it leaves decisions to people.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from ennakko.municipalities.reading import ProfileError, Section
from ennakko.values.texts import Text

FILE = "automation.toml"
_ROW = (
    "service", "case_type", "rules", "from", "closed_from", "processing_rules", "testing", "deployment", "responsible",
    "rectification", "notice", "sample_percent",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class OnFile:
    """One document of the file: its number in the register of matters, its day, and where it can be read."""

    number: str
    dated: date
    place: str


@dataclass(frozen=True, slots=True)
class Automation:
    """One kind of case that the machine may decide `from` a day, until the day before `closed_from`.

    `rules` are the ids of the rules by which it decides. `responsible` is the official who answers for it, `office`
    their office; `deployment` the decision to use it, made by `deployed_by`. `trial`: for the demonstration only.
    """

    service: str
    case_type: str
    rules: tuple[str, ...]
    start: date
    closed_from: date | None
    processing_rules: OnFile
    testing: OnFile
    deployment: OnFile
    deployed_by: Text
    responsible: str
    office: Text
    rectification: Text
    notice: Text
    sample_percent: int
    trial: bool


@dataclass(frozen=True, slots=True)
class Lacking:
    """A row that opens nothing, and why; service and case type are empty where the whole file is at fault."""

    service: str
    case_type: str
    why: str


@dataclass(frozen=True, slots=True)
class OnRecord:
    """What a municipality has on record, and what it lacks."""

    rows: tuple[Automation, ...]
    lacking: tuple[Lacking, ...]


def read(place: Path, *, demo: bool = False) -> OnRecord:
    """The rows of a municipality's folder; the demonstration also reads the folder `demo` inside it."""
    rows, lacking = _file(place / FILE, trial=False)
    if demo and (place / "demo" / FILE).is_file():
        trial_rows, trial_lacking = _file(place / "demo" / FILE, trial=True)
        ours = {(one.service, one.case_type) for one in rows}
        rows += [one for one in trial_rows if (one.service, one.case_type) not in ours]
        lacking = [one for one in lacking if one.service] + trial_lacking
    return OnRecord(tuple(rows), tuple(lacking))


def _file(path: Path, *, trial: bool) -> tuple[list[Automation], list[Lacking]]:
    name = f"{path.parent.name}/{path.name}"
    if not path.is_file():
        return [], [Lacking("", "", f"{name} is absent: a person makes every decision.")]
    rows: dict[tuple[str, str], Automation] = {}
    lacking: list[Lacking] = []
    try:
        written = list(Section.read(path).only("automation").rows("automation"))
    except ProfileError as error:
        return [], [Lacking("", "", f"{error} Until it is put right, a person makes every decision.")]
    for section in written:
        service, case_type = (str(section.values.get(key) or "") for key in ("service", "case_type"))
        try:
            row = _row(section, trial=trial)
            if (service, case_type) in rows:
                del rows[service, case_type]
                raise ProfileError(f"{section.where}: {service} {case_type} stands twice, so neither row is used.")
            rows[service, case_type] = row
        except ProfileError as error:
            lacking.append(Lacking(service, case_type, str(error)))
    return list(rows.values()), lacking


def _row(section: Section, *, trial: bool) -> Automation:
    section.only(*_ROW)
    start, closed = section.day("from"), section.day("closed_from") if section.has("closed_from") else None
    deployment = section.section("deployment").only("number", "date", "place", "by")
    responsible = section.section("responsible").only("name", "office")
    decided = _on_file(deployment)
    if decided.dated > start:
        raise ProfileError(
            f"{section.where}: the machine would decide from {start}, before the decision to use it ({decided.dated})."
        )
    percent = section.number("sample_percent")
    if percent > 100:
        raise ProfileError(f"{section.where}: sample_percent is from 1 to 100.")
    return Automation(
        service=section.string("service"),
        case_type=section.string("case_type"),
        rules=section.strings("rules"),
        start=start,
        closed_from=closed,
        processing_rules=_on_file(section.section("processing_rules").only("number", "date", "place")),
        testing=_on_file(section.section("testing").only("number", "date", "place")),
        deployment=decided,
        deployed_by=deployment.text("by"),
        responsible=responsible.string("name"),
        office=responsible.text("office"),
        rectification=section.text("rectification"),
        notice=section.text("notice"),
        sample_percent=percent,
        trial=trial,
    )


def _on_file(section: Section) -> OnFile:
    return OnFile(section.string("number"), section.day("date"), section.string("place"))
