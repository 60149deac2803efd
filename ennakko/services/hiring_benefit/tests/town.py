# SPDX-License-Identifier: EUPL-1.2
"""Employers who apply for the benefit, their employees and the city's staff, for the tests."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from ennakko.kernel import cases, keys
from ennakko.kernel.access import SYSTEM, Actor
from ennakko.kernel.access.mandates import EMPLOYMENT, GRANTS, SIGNATORY
from ennakko.kernel.access.models import StaffMember
from ennakko.kernel.cases.models import Case
from ennakko.kernel.documents.tests.make import pdf
from ennakko.kernel.organisations.models import Organisation
from ennakko.kernel.people.models import Person
from ennakko.kernel.people.names import folded
from ennakko.kernel.registers import snapshots
from ennakko.kernel.registers.tests.small_city import Resident, write_snapshot
from ennakko.services.hiring_benefit import papers, terms
from ennakko.services.hiring_benefit.actions import sending
from ennakko.services.hiring_benefit.case_kind import ACCEPTED, REJECTED
from ennakko.services.hiring_benefit.conditions import SERVICE
from ennakko.services.hiring_benefit.form_values import documents_about
from ennakko.services.hiring_benefit.models import Application, Employee
from ennakko.services.hiring_benefit.roles import HANDLER, OFFICIAL
from ennakko.services.hiring_benefit.states import BenefitState, BenefitVerb, EmployeeConsent
from ennakko.values.business_id import compose
from ennakko.values.identity_code import compose as identity_code

ON = date(2026, 3, 2)
AT = datetime(2026, 3, 2, 9, tzinfo=UTC)
WALL = datetime(2026, 11, 22, 9, tzinfo=UTC)
CAFE, CLUB = compose(9_000_001), compose(9_000_003)
IBAN, OTHER_IBAN = "FI2112345600000785", "FI1410093000123458"
BORN = date(1990, 5, 21)
EMPLOYEE = identity_code(BORN, 901)
MACHINE = SYSTEM("test")


@dataclass(frozen=True, slots=True)
class Sent:
    """An application with its case and its employee."""

    application: Application
    case: Case
    employee: Employee


def town(folder: Path, *residents: Resident, on: date = ON) -> snapshots.Snapshot:
    """A register with these residents, in use."""
    return snapshots.take_into_use(write_snapshot(folder, residents, on=on), AT)


def staff(name: str, *roles: str) -> Actor:
    """A member of staff in these roles."""
    member, _ = StaffMember.objects.get_or_create(subject=name.lower(), defaults={"name": name, "email": ""})
    return Actor("staff", member.subject, staff=member.pk, roles=frozenset(roles), name=name, strong=True)


def handler(name: str = "Ritva") -> Actor:
    return staff(name, HANDLER)


def official() -> Actor:
    return staff("Outi", OFFICIAL)


def resident(person: int | None, *, name: str = "Noora Salo", strong: bool = True) -> Actor:
    return Actor("resident", f"r{person or name}", person=person, name=name, strong=strong)


def employer(business_id: str = CAFE, name: str = "Petri Laakso", *, mandates: tuple[str, ...] = ()) -> Actor:
    """Somebody who acts for an organisation."""
    return Actor(
        "organisation", f"e-{name}", name=name, strong=True, organisation=business_id,
        mandates=frozenset(mandates or (SIGNATORY, GRANTS, EMPLOYMENT)),
    )  # fmt: skip


def organisation(business_id: str = CAFE, name: str = "Kahvila Aamukaste Oy", **told: Any) -> Organisation:
    """An organisation as the business register told it."""
    known = {
        "name": name, "search": folded(business_id, name), "form": "16", "kind": "company", "industry": "56302",
        "street_address": "Vaasankatu 12", "postal_code": "00500", "post_office": "HELSINKI", "language": "fi",
        "source": "business-register", "fetched_at": AT, "asked_at": AT, "created_at": AT,
    }  # fmt: skip
    row, _ = Organisation.objects.get_or_create(business_id=business_id, defaults={**known, **told})
    return row


def person(key: int = 1, *, non_disclosure: bool = False) -> Person:
    """A resident who has a row with us."""
    row, _ = Person.objects.get_or_create(
        key=key,
        defaults={
            "given_names": "Noora", "surname": "Salo", "search": "salo noora", "created_at": AT,
            "non_disclosure": non_disclosure,
        },
    )  # fmt: skip
    return row


def an_application(
    *,
    state: str = BenefitState.RECEIVED,
    business_id: str = CAFE,
    key: str = "k1",
    at: datetime = AT,
    on: date = ON,
    of: Person | None = None,
    consent: str = EmployeeConsent.GIVEN,
    code: str = EMPLOYEE,
    names: tuple[str, str] = ("Noora", "Salo"),
    source: str = "online",
    **told: Any,
) -> Sent:
    """An application stored as a sending stores it, its case then moved to `state`; `told`: columns of Application.

    Granted and refused cases are decided by the official on what the handler proposed; nothing else of a service's
    decision (calculation, texts, instalments) is made here.
    """
    company = organisation(business_id)
    facts: dict[str, Any] = {}
    case = cases.open_case(
        SERVICE, "benefit", actor=employer(business_id), at=at, on=on, organisation=business_id, facts=facts,
        form_version="2026-1", source=source,
    )  # fmt: skip
    values: dict[str, Any] = {
        "employer_name": company.name, "employer_kind": company.kind, "legal_form": company.form,
        "industry": company.industry, "street_address": company.street_address, "postal_code": company.postal_code,
        "post_office": company.post_office, "iban": IBAN, "contact_first_name": "Petri",
        "contact_last_name": "Laakso", "contact_phone": "0401234567", "contact_email": "petri@aamukaste.example",
        "de_minimis_aid": False, "negotiations": False, "apprenticeship": False, "start": date(2026, 2, 1),
        "end": date(2026, 7, 31), "job_title": "Kokki", "collective_agreement": "Marava", "weekly_hours": 3750,
        "pay_cents": 260_000, "vacation_cents": 0, "other_cents": 52_000, "benefit_cents": 900_000,
    } | told  # fmt: skip
    application = Application.objects.create(
        case=case, organisation=business_id, key=key, digest="0" * 64, form_version="2026-1", origin=source,
        sent_by=employer(business_id).subject, sent_by_name="Petri Laakso", sent_at=at, sent_wall=WALL,
        received_on=on, checked_at=at, search=folded(company.name, business_id, case.number)[:400], **values,
    )  # fmt: skip
    context = f"employee:{application.pk}"
    employee = Employee.objects.create(
        application=application, person=of, first_name_sealed=keys.seal(names[0], context=context),
        last_name_sealed=keys.seal(names[1], context=context), identity_code_sealed=keys.seal(code, context=context),
        identity_code_index=keys.index_of(code), name_index=keys.index_of(f"name {folded(*reversed(names))}"),
        birth_date=BORN, told_resident=True, consent=consent, asked_at=at,
        answered_at=at if consent in ("given", "on_paper") else None,
    )  # fmt: skip
    return Sent(application, _moved(case, state, at=at, on=on), employee)


PATHS = {
    BenefitState.RECEIVED: (),
    BenefitState.HANDLING: (BenefitVerb.TAKE,),
    BenefitState.ADDITIONAL_INFORMATION_NEEDED: (BenefitVerb.TAKE, BenefitVerb.REQUEST),
    BenefitState.ACCEPTED: (BenefitVerb.TAKE, BenefitVerb.ACCEPT),
    BenefitState.REJECTED: (BenefitVerb.TAKE, BenefitVerb.REJECT),
    BenefitState.GRANTED: (BenefitVerb.TAKE, BenefitVerb.ACCEPT),
    BenefitState.REFUSED: (BenefitVerb.TAKE, BenefitVerb.REJECT),
    BenefitState.CANCELLED: (BenefitVerb.CANCEL,),
}
"""The verbs that lead a case to a state, the decision apart."""


def _moved(case: Case, state: str, *, at: datetime, on: date) -> Case:
    if state != BenefitState.RECEIVED:
        case = cases.take(case, actor=handler(), at=at)
    for verb in PATHS[BenefitState(state)]:
        case = cases.move(case, verb, actor=handler(), at=at)
    if state in (BenefitState.GRANTED, BenefitState.REFUSED):
        outcome = ACCEPTED if state == BenefitState.GRANTED else REJECTED
        application = Application.objects.get(case=case)
        amount = application.benefit_cents if outcome == ACCEPTED else None
        cases.decide(
            case, outcome, actor=official(), at=at, on=on, amount_cents=amount, justification="Ehdot täyttyvät.",
        )  # fmt: skip
        case.refresh_from_db()
    return case


def raw_employee(**told: Any) -> dict[str, Any]:
    """What an employer writes of one employee."""
    return {
        "first_name": "Noora", "last_name": "Salo", "identity_code": EMPLOYEE, "lives_here": "yes",
        "job_title": "Kokki", "start": "1.3.2026", "weekly_hours": "37,5", "monthly_pay": "2 600,00",
        "other_expenses": "520", "apprenticeship": "no", "pay_subsidy": "not_granted", "consent_by": "online",
    } | told  # fmt: skip


def raw_application(*employees: dict[str, Any], **told: Any) -> dict[str, Any]:
    """What an employer writes of an application."""
    return {
        "iban": IBAN, "contact_first_name": "Petri", "contact_last_name": "Laakso", "contact_phone": "040 123 4567",
        "contact_email": "petri@aamukaste.example", "language": "fi", "de_minimis_aid": "no", "negotiations": "no",
        "employees": list(employees) or [raw_employee()],
    } | told  # fmt: skip


def papers_for(
    key: str = "k1", position: int = 1, *kinds: str, business_id: str = CAFE, actor: Actor | None = None
) -> None:
    """Papers attached to an employee of a draft."""
    for kind in kinds or ("employment_contract",):
        papers.store(
            pdf(), about=documents_about(business_id, key, position), kind=kind, name=f"{kind}.pdf",
            actor=actor or employer(business_id), at=AT,
        )  # fmt: skip


def send(
    *employees: dict[str, Any],
    actor: Actor | None = None,
    key: str = "k1",
    on: date = ON,
    assured: Any = None,
    contract: bool = True,
    version: str = "",
    **told: Any,
) -> sending.Sent:
    """An application sent, its contracts attached."""
    who = actor or employer()
    organisation(who.organisation)
    raw = raw_application(*employees, **told)
    if contract:
        for position in range(1, len(raw["employees"]) + 1):
            papers_for(key, position, business_id=who.organisation)
    codes = terms.in_force(on).codes if assured is None else assured
    at = AT.replace(year=on.year, month=on.month, day=on.day)
    return sending.send(raw, actor=who, at=at, on=on, wall=WALL, key=key, assured=codes, version=version)
