# SPDX-License-Identifier: EUPL-1.2
"""The demo's decision archive: it keeps what it is given, says so, and decides nothing.

What was decided comes to it in a record that is decided already; its notice that the decision stands there follows from
that record, and so do the decision's details. It lives as long as its process: what it had not answered by then is
asked again.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from ennakko.kernel.records.decision_archive import (
    Answer,
    Choice,
    Details,
    Filed,
    Matter,
    Notice,
    Record,
    Rejected,
)

DECISION = "viranhaltijan päätös"
"""The kind of the record that holds a decision."""


@dataclass(slots=True)
class Kept:
    """A matter as the archive has it: its records by the digest of their first file, the latest version last."""

    reference: str
    records: list[Record] = field(default_factory=list)
    deleted: bool = False

    @property
    def decision(self) -> Record | None:
        """The newest record that holds a decision."""
        return next((one for one in reversed(self.records) if one.kind == DECISION), None)


@dataclass(slots=True)
class EmbeddedArchive:
    """Keeps matters by their ids; `waiting` are the answers that nobody has fetched."""

    kept: dict[str, Kept] = field(default_factory=dict)
    waiting: list[tuple[str, Answer | Notice]] = field(default_factory=list)
    asked: int = 0

    def open_case(self, matter: Matter, *, callback: str) -> str:
        """Keep a matter; the same reference again is the same matter."""
        case = f"HEL {matter.reference}"
        kept = self.kept.setdefault(case, Kept(matter.reference))
        kept.deleted = False
        return self._filed(case, matter.records, callback)

    def add_records(self, case: str, records: Sequence[Record], *, callback: str) -> str:
        """Keep more records; a decision among them is told of. Raises Rejected for an unknown matter."""
        request = self._filed(case, records, callback)
        if any(one.kind == DECISION for one in records):
            self.waiting.append((callback, Notice(case, "Added")))
        return request

    def update_records(self, case: str, records: Sequence[Record], *, callback: str) -> str:
        """Keep new versions of records. Raises Rejected for an unknown matter."""
        return self._filed(case, records, callback)

    def delete_case(self, case: str, *, draftsman: str, reason: str, language: str, callback: str) -> str:
        """Delete a matter in which nothing is decided; one that is decided stays, and the answer says so."""
        kept = self._kept(case)
        request = self._next()
        if kept.decision is not None:
            failure = Answer(outcome="failure", request=request, case_id=case, failures=("The matter is decided.",))
            self.waiting.append((callback, failure))
            return request
        kept.deleted = True
        kept.records.clear()
        self.waiting.append((callback, Answer(outcome="success", request=request, case_id=case)))
        return request

    def subscribe(self, *, callback: str) -> str:
        """Taken; notices come with the other answers."""
        return self._next()

    def decision(self, case: str) -> Details:
        """The decision as its record told it; raises Rejected where there is none."""
        record = self._kept(case).decision
        if record is None:
            raise Rejected("the demo's archive: there is no decision in the matter")
        decider = next((one for one in record.agents if one.role == "decisionMaker"), None)
        on: date = record.acquired.date()
        section = sum(1 for one in self.kept.values() if one.decision is not None)
        return Details(decider.name if decider else "", decider.organisation if decider else "", f"{section} §", on)

    def refresh(self) -> None:
        """Nothing lets us in here: nothing grows old."""

    def answers(self) -> Sequence[tuple[str, Answer | Notice]]:
        """What waits, once."""
        found, self.waiting = tuple(self.waiting), []
        return found

    def decision_makers(self, start: str) -> Sequence[Choice]:
        """None: who decides is known here."""
        return ()

    def signers(self, organisation: str) -> Sequence[Choice]:
        """None: who decides is known here."""
        return ()

    def _filed(self, case: str, records: Sequence[Record], callback: str) -> str:
        kept = self._kept(case)
        kept.records.extend(records)
        request = self._next()
        filed = tuple(
            Filed(file.sha256, one.series or f"version-{file.sha256[:12]}") for one in records for file in one.files
        )
        guid = f"guid-{kept.reference}"
        answer = Answer(outcome="success", request=request, case_id=case, case_guid=guid, filed=filed)
        self.waiting.append((callback, answer))
        return request

    def _kept(self, case: str) -> Kept:
        if case not in self.kept or self.kept[case].deleted:
            raise Rejected("the demo's archive: the matter is not known")
        return self.kept[case]

    def _next(self) -> str:
        self.asked += 1
        return f"demo-request-{self.asked}"
