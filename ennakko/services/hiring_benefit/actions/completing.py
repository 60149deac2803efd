# SPDX-License-Identifier: EUPL-1.2
"""What the employer does after sending: answers what was asked, writes, adds papers; all of it is told and logged."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import IO, Any

from django.db import transaction

from ennakko.kernel import cases, documents
from ennakko.kernel.access import SYSTEM, Actor, require
from ennakko.kernel.cases import NotNow
from ennakko.kernel.cases.letters import answer_information
from ennakko.kernel.cases.models import Case, Letter
from ennakko.kernel.cases.moving import append, locked
from ennakko.kernel.cases.queries import open_requests
from ennakko.kernel.documents.models import Document
from ennakko.services.hiring_benefit import as_written, employees, papers, submit_checks
from ennakko.services.hiring_benefit.actions import calculating
from ennakko.services.hiring_benefit.conditions import SERVICE
from ennakko.services.hiring_benefit.form_reading import read
from ennakko.services.hiring_benefit.form_values import (
    EMPLOYEE_FIELDS,
    EMPLOYER_FIELDS,
    PAPER,
    BenefitValues,
    EmployeeValues,
)
from ennakko.services.hiring_benefit.judging import judge_stored
from ennakko.services.hiring_benefit.law.application_2026 import AFTER_SENDING
from ennakko.services.hiring_benefit.law.states_2026 import EDITABLE, MESSAGES
from ennakko.services.hiring_benefit.models import Application, Calculation, DeMinimisRow
from ennakko.services.hiring_benefit.sent_shapes import Lacking, Sent
from ennakko.services.hiring_benefit.states import OWN, BenefitState, BenefitVerb, EmployeeConsent
from ennakko.services.hiring_benefit.storing import OF_EMPLOYER, work_of
from ennakko.services.hiring_benefit.wording import NOT_WRITTEN_NOW, NOTHING_ASKED

MACHINE = SYSTEM(SERVICE)


def own(case: Case) -> Application:
    """The application of a case, with its employee."""
    return Application.objects.select_related("case", "employee").get(case=case)


def complete(case: Case, raw: Mapping[str, Any], *, actor: Actor, at: datetime, on: date, words: str = "") -> Sent:
    """Answer what was asked: `raw` holds the employer's fields and one employee; papers are stored beforehand.

    What must be corrected is answered at once, and then nothing is stored. The application is calculated and judged
    again. Raises Refused, and NotNow where nothing is asked.
    """
    require(actor, OWN, case)
    if case.state != BenefitState.ADDITIONAL_INFORMATION_NEEDED:
        raise NotNow(NOTHING_ASKED, case)
    row = own(case)
    reading = read(raw)
    values = submit_checks.with_ends(reading.values, row.received_on)
    association = submit_checks.is_association(row.legal_form, row.employer_kind, on)
    # The day of the sending counts for the time limit, not the day of the answer.
    problems = submit_checks.problems(values, association=association, on=row.received_on)
    unread = {(one.field, one.row) for one in reading.refusals}
    wrong = (*reading.refusals, *(one for one in problems if (one.field, one.row) not in unread))
    if wrong:
        return Sent(refusals=wrong)
    one = values.employees[0]
    lacking = submit_checks.papers_lacking(one, papers.kinds_at(f"case:{case.pk}"))
    if lacking:
        return Sent(lacking=(Lacking(0, lacking),))
    with transaction.atomic():
        now = locked(case)
        if now.state != BenefitState.ADDITIONAL_INFORMATION_NEEDED:
            raise NotNow(NOTHING_ASKED, now)
        changes = _changes(row, raw)
        _store(row, values, one, at=at)
        for request in open_requests(now):
            answer_information(request, {"changed": changes, "words": words.strip()}, actor=actor, at=at)
        append(now, "complete", by=actor, at=at, details={"changed": changes})
        papers.settle(row, by=actor.subject, at=at)
        row.case = cases.move(now, BenefitVerb.PROVIDE, actor=actor, at=at)
        _judge_again(row, at=at, on=on)
    return Sent(applications=(row,))


def _changes(row: Application, raw: Mapping[str, Any]) -> list[str]:
    """The fields that differ from what stood there, by name; never their values, which may be personal."""
    before = {**as_written.employer_of(row), **as_written.employee_of(row)}
    rows = raw.get("employees") or [{}]
    after = {**raw, **rows[0]}
    told = {name: after[name] for name in (*EMPLOYER_FIELDS, *EMPLOYEE_FIELDS) if name in after}
    return as_written.changed(before, told, told)


def _store(row: Application, values: BenefitValues, one: EmployeeValues, *, at: datetime) -> None:
    for name, value in {**{name: getattr(values, name) for name in OF_EMPLOYER}, **work_of(one)}.items():
        setattr(row, name, value)
    row.save()
    row.de_minimis_rows.all().delete()
    DeMinimisRow.objects.bulk_create(
        DeMinimisRow(
            application=row, position=number, granter=aid.granter, granted_on=aid.granted_on,
            amount_cents=aid.amount_cents,
        )
        for number, aid in enumerate(values.aid, 1)
    )  # fmt: skip
    employee = row.employee
    fresh = employees.new_employee(row, first_name=one.first_name, last_name=one.last_name, code=one.identity_code)
    if fresh.identity_code_index != employee.identity_code_index:
        # Another person: what the first one said does not hold for her.
        employee.person, employee.consent, employee.answered_at = None, EmployeeConsent.ASKED, None
        employee.asked_at = at
    for name in (
        "first_name_sealed", "last_name_sealed", "identity_code_sealed", "identity_code_index", "name_index",
        "birth_date",
    ):  # fmt: skip
        setattr(employee, name, getattr(fresh, name))
    if one.consent_by == PAPER and employee.consent != EmployeeConsent.GIVEN:
        employee.consent, employee.answered_at = EmployeeConsent.ON_PAPER, at
    employee.told_resident = bool(one.lives_here)
    employee.save()


def _judge_again(row: Application, *, at: datetime, on: date) -> None:
    """The machine's own calculation follows the new figures; a handler's is the handler's to change."""
    in_force = Calculation.objects.filter(application=row, in_force=True).first()
    if in_force is not None and in_force.made_by == MACHINE.subject:
        in_force.in_force = False
        in_force.save(update_fields=["in_force"])
        in_force = None
    if in_force is None:
        calculating.first(row, actor=MACHINE, at=at, on=on)
    judged = judge_stored(row, actor=MACHINE, at=at, on=on)
    row.eligibility, row.checked_at = judged.outcome, at
    row.save(update_fields=["eligibility", "checked_at"])
    row.case.facts = dict(judged.facts)
    row.case.save(update_fields=["facts"])


def write(case: Case, words: str, *, actor: Actor, at: datetime) -> Letter:
    """Write to the handler; so an application is also cancelled: by asking for it. Raises Refused and NotNow."""
    require(actor, OWN, case)
    if case.state not in MESSAGES:
        raise NotNow(NOT_WRITTEN_NOW, case)
    return cases.write_letter(case, words, actor=actor, at=at)


def add_paper(case: Case, content: bytes | IO[bytes], *, kind: str, name: str, actor: Actor, at: datetime) -> Document:
    """Add a paper while more is asked, other papers and payslips at any time.

    Raises Refused, NotNow, documents.NotTaken.
    """
    require(actor, OWN, case)
    if case.state not in EDITABLE["applicant"] and kind not in AFTER_SENDING:
        raise NotNow(NOTHING_ASKED, case)
    stored = papers.store(content, about=f"case:{case.pk}", kind=kind, name=name, actor=actor, at=at)
    with transaction.atomic():
        row = locked(case)
        append(row, "paper_added", by=actor, at=at, details={"document": str(stored.pk), "kind": kind})
        papers.settle(own(row), by=actor.subject, at=at)
    return stored


def remove_paper(case: Case, document: Document, *, actor: Actor, at: datetime) -> None:
    """Take one's own paper away while it may still be changed. Raises Refused and NotNow."""
    require(actor, OWN, case)
    if case.state not in EDITABLE["applicant"] and document.kind not in AFTER_SENDING:
        raise NotNow(NOTHING_ASKED, case)
    with transaction.atomic():
        row = locked(case)
        documents.remove(document, actor=actor, at=at)
        append(row, "paper_removed", by=actor, at=at, details={"document": str(document.pk), "kind": document.kind})
        papers.settle(own(row), by=actor.subject, at=at)
