# SPDX-License-Identifier: EUPL-1.2
"""An application brought through its handling, for the tests: papers, marks, calculation, proposal, decision."""

from dataclasses import replace
from datetime import date, datetime
from typing import Any

from ennakko.kernel import documents
from ennakko.kernel.access import Actor
from ennakko.kernel.cases.models import Case, Decision
from ennakko.kernel.documents.tests.make import pdf
from ennakko.services.hiring_benefit import review, sheets
from ennakko.services.hiring_benefit.actions import deciding, handling, reviewing
from ennakko.services.hiring_benefit.models import TermsApproval
from ennakko.services.hiring_benefit.sheets import Sheet
from ennakko.services.hiring_benefit.tests import town as t
from ennakko.services.hiring_benefit.tests.town import Sent

WHEN: dict[str, Any] = {"at": t.AT, "on": t.ON}


def paper(sent: Sent, kind: str = "employment_contract") -> None:
    """A clean paper of an application."""
    documents.store(
        pdf(), about=f"case:{sent.case.pk}", kind=kind, name=f"{kind}.pdf", actor=t.employer(), at=t.AT
    )  # fmt: skip


def arrived(**told: Any) -> Sent:
    """An application with its contract and its terms, as a whole one comes."""
    sent = t.an_application(**{"of": t.person(1)} | told)
    paper(sent)
    TermsApproval.objects.create(
        application=sent.application, version="2026-1", approved_by="e-Petri Laakso", approved_at=t.AT
    )
    return sent


def taken(actor: Actor | None = None, **told: Any) -> Sent:
    """The same, taken in hand."""
    sent = arrived(**told)
    case = handling.take(sent.case, actor=actor or t.handler(), **WHEN)
    sent.application.refresh_from_db()
    return Sent(sent.application, case, sent.employee)


def looked_at(case: Case, actor: Actor | None = None) -> None:
    """Every mark that is still open is put in order by the handler."""
    row = case.hiring_benefit_application
    for one in review.open_marks(row):
        reviewing.mark(case, one.kind, True, actor=actor or t.handler(), at=t.AT, words="Tarkistettu papereista.")


def proposed(outcome: str = "accepted", *, actor: Actor | None = None, **told: Any) -> Case:
    """An application proposed to be granted or refused."""
    sent = taken(actor, **told)
    if outcome == "accepted":
        looked_at(sent.case, actor)
    return deciding.propose(sent.case, outcome, actor=actor or t.handler(), **WHEN)


def decided(case: Case, actor: Actor | None = None, at: datetime = t.AT, on: date = t.ON) -> Decision:
    """The official's decision."""
    return deciding.decide(case, actor=actor or t.official(), at=at, on=on)


def sheet(sent: Sent, **told: Any) -> Sheet:
    """The application's own sheet, with some of it otherwise."""
    return replace(sheets.of_application(sent.application), **told)
