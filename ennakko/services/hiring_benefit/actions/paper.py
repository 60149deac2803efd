# SPDX-License-Identifier: EUPL-1.2
"""A paper application written down by staff: the employer's own words, the day it arrived, the scan of the paper.

The same checks as for one sent online, with the wider dates of a handler (act 6 §). The employee's signature on the
paper is her confirmation where it is there; else she is asked about it afterwards.
"""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction

from ennakko.kernel import cases, documents, organisations
from ennakko.kernel.access import SYSTEM, Actor, require
from ennakko.kernel.people.names import folded
from ennakko.services.hiring_benefit import employees, papers, submit_checks
from ennakko.services.hiring_benefit.access import PAPER
from ennakko.services.hiring_benefit.actions import calculating
from ennakko.services.hiring_benefit.case_kind import BENEFIT_CASE
from ennakko.services.hiring_benefit.conditions import SERVICE
from ennakko.services.hiring_benefit.form_reading import read
from ennakko.services.hiring_benefit.form_values import PAPER as ON_PAPER
from ennakko.services.hiring_benefit.form_values import VERSION, BenefitValues, ToCorrect
from ennakko.services.hiring_benefit.models import Application, DeMinimisRow
from ennakko.services.hiring_benefit.persons import known_person
from ennakko.services.hiring_benefit.sent_shapes import Sent
from ennakko.services.hiring_benefit.states import EmployeeConsent
from ennakko.services.hiring_benefit.storing import columns_of
from ennakko.values import business_id as business_ids
from ennakko.values.texts import text

MACHINE = SYSTEM(SERVICE)
NEEDED = ("full_application", "employment_contract")
"""Papers without which a paper application is not written down."""
WRONG_ID = text(
    fi="Tarkista Y-tunnus, esimerkiksi 1234567-1.", sv="Kontrollera FO-numret, till exempel 1234567-1.",
    en="Check the business ID, for example 1234567-1.",
)  # fmt: skip
ARRIVES_LATER = text(
    fi="Hakemus on saapunut viimeistään tänään.", sv="Ansökan har kommit in senast i dag.",
    en="The application arrived today at the latest.",
)  # fmt: skip
PAPER_LACKING = text(fi="Lisää liite: {kind}.", sv="Lägg till bilagan: {kind}.", en="Add the paper: {kind}.")


def about(key: str) -> str:
    """Where the papers of a paper application are kept until it is stored."""
    return f"hiring-benefit-paper:{key}"


def enter(
    raw: Mapping[str, Any],
    *,
    business_id: str,
    received_on: date | None,
    key: str,
    actor: Actor,
    at: datetime,
    on: date,
    wall: datetime,
) -> Sent:
    """Write a paper application down, once for a `key`; what to correct where it cannot be taken. Raises Refused.

    `raw` is as an employer would send it, with one employee; its papers stand about `about(key)`.
    """
    require(actor, PAPER)
    known = Application.objects.filter(organisation=business_id, key=f"paper-{key}").first()
    if known is not None:
        return Sent(applications=(known,), again=True)
    wrong = [] if business_ids.is_valid(business_id) else [ToCorrect("business_id", WRONG_ID, code="business_id")]
    if received_on is None or received_on > on:
        wrong.append(ToCorrect("received_on", ARRIVES_LATER, code="received_on"))
    if wrong:
        return Sent(refusals=tuple(wrong))
    company = organisations.known(business_id) or organisations.ensure(business_id, at=at)
    reading = read(raw)
    values = submit_checks.with_ends(reading.values, on)
    association = submit_checks.is_association(company.form, company.kind, on)
    told = {(one.field, one.row) for one in reading.refusals}
    problems = submit_checks.problems(values, association=association, on=on, staff=True)
    wrong = [*reading.refusals, *(one for one in problems if (one.field, one.row) not in told)]
    there = papers.kinds_at(about(key))
    for kind in NEEDED:
        if kind not in there:
            wrong.append(ToCorrect(kind, PAPER_LACKING.format(kind=papers.TITLES[kind]), code="paper"))
    if wrong:
        return Sent(refusals=tuple(wrong))
    assert received_on is not None
    with transaction.atomic():
        row = _stored(values, business_id, received_on, key, actor=actor, at=at, on=on, wall=wall)
    return Sent(applications=(row,))


def _stored(
    values: BenefitValues, business_id: str, received_on: date, key: str, *, actor: Actor, at: datetime, on: date,
    wall: datetime,
) -> Application:  # fmt: skip
    company = organisations.known(business_id)
    assert company is not None
    one = values.employees[0]
    case = cases.open_case(
        SERVICE, BENEFIT_CASE, actor=actor, at=at, on=on, organisation=business_id, form_version=VERSION,
        language=values.language, source="paper", on_behalf_of=business_id,
    )  # fmt: skip
    row = Application.objects.create(
        **columns_of(values, one, company), case=case, key=f"paper-{key}", digest="", form_version=VERSION,
        origin="paper", sent_by=actor.subject, sent_by_name=actor.name, sent_at=at, sent_wall=wall,
        received_on=received_on, checked_at=at, search=folded(company.name, business_id, case.number)[:400],
    )  # fmt: skip
    employee = employees.new_employee(row, first_name=one.first_name, last_name=one.last_name, code=one.identity_code)
    employee.told_resident = bool(one.lives_here)
    signed = one.consent_by == ON_PAPER
    employee.consent = EmployeeConsent.ON_PAPER if signed else EmployeeConsent.NOT_ASKED
    employee.answered_at = at if signed else None
    employee.person_id = known_person(one.identity_code, at=at)
    employee.save()
    DeMinimisRow.objects.bulk_create(
        DeMinimisRow(
            application=row, position=number, granter=aid.granter, granted_on=aid.granted_on,
            amount_cents=aid.amount_cents,
        )
        for number, aid in enumerate(values.aid, 1)
    )  # fmt: skip
    documents.move(about(key), f"case:{case.pk}")
    papers.settle(row, by=actor.subject, at=at)
    calculating.first(row, actor=MACHINE, at=at, on=on)
    return row
