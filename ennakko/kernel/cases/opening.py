# SPDX-License-Identifier: EUPL-1.2
"""A case opened and at once moved on by the machine, in as few statements as there are rows.

For what thousands send on one day: the same rows as `open_case` and `move` leave, without reading back what was just
written. The log is the caller's, who writes one entry for all that one sending changed.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from ennakko.kernel import records
from ennakko.kernel.access import Actor, require
from ennakko.kernel.bulk import insert, insert_rows
from ennakko.kernel.cases.kinds import CaseType, _nothing_follows_event, case_type
from ennakko.kernel.cases.models import Case, CaseEvent
from ennakko.kernel.cases.numbering import next_number

_EVENT = (
    "case", "sequence", "verb", "by", "by_name", "on_behalf_of", "at", "from_state", "to_state", "details",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Step:
    """One move right after the opening: the verb of the state table, and who makes it."""

    verb: str
    actor: Actor


def open_and_move(
    service: str,
    kind: str,
    *,
    steps: Sequence[Step],
    actor: Actor,
    at: datetime,
    on: date,
    organisation: str,
    data: Mapping[str, Any],
    facts: Mapping[str, Any],
    draft: Mapping[str, Any] | None = None,
    form_version: str = "",
    language: str = "fi",
    source: str = "online",
) -> Case:
    """Open an organisation's case, in the caller's transaction, and move it by the steps; writes no audit entry.

    Raises Refused for a step that its actor may not make, ValueError for one that the state table does not have, that
    ends the case, or that leads where the city waits: those go through `move`.
    """
    of = case_type(service, kind)
    if of.on_event is not _nothing_follows_event:
        raise ValueError(f"{service} {kind}: something follows each event of this kind; open it with open_case.")
    state, path = _path(of, steps)
    due = on + timedelta(days=of.days)
    case = Case(
        service=service, kind=kind, number=next_number(service, on.year), organisation=organisation, state=state,
        state_at=at, opened_at=at, opened_by=actor.subject, source=source, language=language, due=due, first_due=due,
        form_version=form_version, data=dict(data), facts=dict(facts),
        draft=None if draft is None else dict(draft),
    )  # fmt: skip
    insert(case)
    for action, by in ((action, step.actor) for step, (_, _, action) in zip(steps, path, strict=True)):
        require(by, action, case)
    records.open_matter(service=service, kind=kind, number=case.number, on=on, case=case.pk, organisation=organisation)
    opened = (case.pk, 1, "open", actor.subject, actor.name, None, at, "", of.states.first, {"source": source})
    moved: list[tuple[Any, ...]] = [
        (case.pk, number, step.verb, step.actor.subject, step.actor.name, None, at, start, to, {})
        for number, (step, (start, to, _)) in enumerate(zip(steps, path, strict=True), 2)
    ]
    insert_rows(CaseEvent, _EVENT, [opened, *moved])
    return case


def _path(of: CaseType, steps: Sequence[Step]) -> tuple[str, list[tuple[str, str, str]]]:
    """Where the steps lead, and of each: from, to, and its action in the access table."""
    state, path = of.states.first, []
    for step in steps:
        found = of.states.move(state, step.verb)
        if found is None or found.to in of.states.ends | of.states.waiting:
            raise ValueError(f"{of.service} {of.id}: {step.verb!r} from {state!r} is not made while opening.")
        path.append((state, found.to, found.action))
        state = found.to
    return state, path
