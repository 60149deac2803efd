# SPDX-License-Identifier: EUPL-1.2
"""Sending an application: checked, judged and calculated, then stored in one transaction; a case for each employee.

The same sending again (the same key) gives what became of it the first time. Nothing is stored of what must be put
right. The machine calculates a draft; it decides nothing.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from hashlib import sha256
from typing import Any, Final

from django.db import IntegrityError, transaction

from ennakko.kernel import audit, cases, documents, keys, organisations, people
from ennakko.kernel.access import SYSTEM, Actor, require
from ennakko.kernel.audit.canonical import canonical
from ennakko.kernel.bulk import insert
from ennakko.kernel.cases import drafts
from ennakko.kernel.organisations.models import Organisation
from ennakko.kernel.organisations.ports import TaxStanding
from ennakko.kernel.people.names import folded
from ennakko.kernel.ready import Given, Ready
from ennakko.kernel.registers import Contact, NoSnapshot, find_contact
from ennakko.services.hiring_benefit import (
    employees,
    letters_used,
    papers,
    submit_checks,
    taxes,
    telling,
    terms,
    typing_count,
)
from ennakko.services.hiring_benefit.access import APPLY
from ennakko.services.hiring_benefit.actions import calculating, drafting, tax_checking
from ennakko.services.hiring_benefit.case_kind import BENEFIT_CASE
from ennakko.services.hiring_benefit.conditions import SERVICE
from ennakko.services.hiring_benefit.form_reading import read
from ennakko.services.hiring_benefit.form_values import (
    ONLINE,
    VERSION,
    BenefitValues,
    EmployeeValues,
    ToCorrect,
    documents_about,
)
from ennakko.services.hiring_benefit.judging import AidHad, Judged, facts_of_letter, judge, registered_facts
from ennakko.services.hiring_benefit.models import Application, Calculation, DeMinimisRow, TermsApproval
from ennakko.services.hiring_benefit.prefilling import Known, Ways, prefill, ways_of
from ennakko.services.hiring_benefit.sent_shapes import Lacking, Sent
from ennakko.services.hiring_benefit.states import EmployeeConsent
from ennakko.services.hiring_benefit.storing import columns_of
from ennakko.services.hiring_benefit.wording import KEY_USED, NOT_ASSURED, OLD_TERMS

LONGEST_KEY: Final = 48
RETENTION: Final = "hiring-benefit"
MACHINE: Final = SYSTEM(SERVICE)
CONSENT_WORDING: Final = "2026-1"


@dataclass(frozen=True, slots=True)
class _Sending:
    raw: Mapping[str, Any]
    values: BenefitValues
    organisation: Organisation
    ways: Ways
    known: Mapping[str, Known]
    judged: tuple[Judged, ...]
    contacts: tuple[Contact | None, ...]
    version: str
    assured: tuple[str, ...]
    actor: Actor
    at: datetime
    on: date
    wall: datetime
    key: str
    digest: str
    origin: str
    copied_from: int | None
    taxes: TaxStanding | None


def send(
    raw: Mapping[str, Any],
    *,
    actor: Actor,
    at: datetime,
    on: date,
    wall: datetime,
    key: str,
    assured: Collection[str],
    version: str = "",
    origin: str = "online",
) -> Sent:
    """Send an application; the same `key` (1–48 characters) again gives the same answer. Raises Refused.

    `assured`: the codes of what the sender assures, of the terms' `version` ("" for those in force). Papers are stored
    beforehand about `documents_about(organisation, key, position)`.
    """
    require(actor, APPLY)
    if not 1 <= len(key) <= LONGEST_KEY:
        raise ValueError(f"The key of a sending has 1–{LONGEST_KEY} characters.")
    said = digest_of(raw)
    earlier = sent_with(actor.organisation, key)
    if earlier:
        return _sent_before(earlier, said)
    agreed = terms.in_force(on)
    organisation = known_organisation(actor, at)
    whole, unknown = letters_used.filled(raw, actor=actor, at=at, wall=wall)
    reading = read(whole)
    values = submit_checks.with_ends(reading.values, on)
    association = submit_checks.is_association(organisation.form, organisation.kind, on)
    problems = submit_checks.problems(values, association=association, on=on)
    wrong = [*unknown, *reading.refusals, *_unread(reading.refusals, problems)]
    if version and version != agreed.version:
        wrong.append(ToCorrect("assured", OLD_TERMS, code="old_terms"))
    elif not agreed.codes <= set(assured):
        wrong.append(ToCorrect("assured", NOT_ASSURED, code="not_assured"))
    if wrong:
        return Sent(refusals=tuple(wrong))
    lacking = papers_lacking(values, organisation=actor.organisation, key=key)
    if lacking:
        # A colleague may have sent the very same application in this moment: its papers went with it.
        twin = sent_with(actor.organisation, key)
        if twin:
            return _sent_before(twin, said)
        return Sent(lacking=lacking)
    with audit.reads_held() as reads:
        people_found = tuple(_contact(one.identity_code) for one in values.employees)
        persons = tuple(one.person if one is not None else None for one in people_found)
        judged = judged_of(values, organisation, actor=actor, at=at, on=on, persons=persons)
        ways = ways_of(organisation, on=on)
        sending = _Sending(
            raw, values, organisation, ways, prefill(organisation, on=on, ways=ways), judged, people_found,
            agreed.version, tuple(sorted(agreed.codes)), actor, at, on, wall, key, said, origin, _copied(raw, actor),
            taxes.ask(organisation.business_id) if taxes.in_use() else None,
        )  # fmt: skip
        worked_out = tuple(_work_out(sending, *one) for one in zip(values.employees, judged, strict=True))
        try:
            with transaction.atomic():
                reads.write()
                stored = _store(sending, worked_out)
        except IntegrityError:
            # The same sending came twice at once, and the other one was first.
            twin = sent_with(actor.organisation, key)
            if not twin:
                raise
            return _sent_before(twin, said)
        reads.stand()
    return Sent(applications=stored, judged=judged)


def _unread(unreadable: Collection[ToCorrect], problems: Collection[ToCorrect]) -> list[ToCorrect]:
    """Problems of fields that could be read: of the others it is known already what is wrong."""
    told = {(one.field, one.row) for one in unreadable}
    return [one for one in problems if (one.field, one.row) not in told]


def papers_lacking(values: BenefitValues, *, organisation: str, key: str) -> tuple[Lacking, ...]:
    """Of each employee of a draft, the kinds of papers that are needed and not there."""
    found = []
    for row, one in enumerate(values.employees):
        given = papers.kinds_at(documents_about(organisation, key, row + 1))
        if kinds := submit_checks.papers_lacking(one, given):
            found.append(Lacking(row, kinds))
    return tuple(found)


def judged_of(
    values: BenefitValues,
    organisation: Organisation,
    *,
    actor: Actor,
    at: datetime,
    on: date,
    persons: Collection[int | None] = (),
) -> tuple[Judged, ...]:
    """What the machine finds of each employee who has a period; nothing is stored."""
    aid = [AidHad(one.granted_on, one.amount_cents) for one in values.aid]
    found = []
    for one, person in zip(values.employees, [*persons, *[None] * len(values.employees)], strict=False):
        if one.start is None or one.end is None or one.end < one.start:
            continue
        row = Application(**columns_of(values, one, organisation), received_on=on)
        index = keys.index_of(one.identity_code) if one.identity_code else ""
        known = registered_facts(person, actor=MACHINE, at=at, on=on, reason="an application of the hiring benefit")
        if persons:  # being sent: the letter's code has been used, and its own key stands in its place
            known |= facts_of_letter(one.letter_code)
        found.append(judge(row, on=on, index=index, aid=aid, registered=known))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class _WorkedOut:
    """What is stored of one employee's application, as far as it can be made before anything is stored."""

    columns: Mapping[str, Any]
    calculation: Calculation | None


def _work_out(sending: _Sending, one: EmployeeValues, judged: Judged) -> _WorkedOut:
    """Beforehand, as nobody else writes to an embedded database while a sending is stored."""
    typed = typing_count.count(sending.raw, sending.values, one, sending.known).fields
    columns = columns_of(sending.values, one, sending.organisation) | {"typed_fields": typed}
    if judged.counted.refused:
        return _WorkedOut(columns, None)
    return _WorkedOut(columns, calculating.first_of(judged.counted, actor=MACHINE, at=sending.at))


def _store(sending: _Sending, worked_out: Sequence[_WorkedOut]) -> tuple[Application, ...]:
    each = zip(sending.values.employees, sending.judged, sending.contacts, worked_out, strict=True)
    found = [_store_one(sending, *one, position) for position, one in enumerate(each, 1)]
    _remember_ways(sending)
    drafts.drop_draft(
        drafting.FORM, sending.key, owner=sending.actor, organisation=sending.actor.organisation
    )  # fmt: skip
    telling.received(found, at=sending.at)
    said = {"cases": [one.case_id for one in found], "key": sending.key}
    audit.write(sending.actor, APPLY, f"organisation:{sending.actor.organisation}", sending.at, said, RETENTION)
    return tuple(found)


def _store_one(
    sending: _Sending, one: EmployeeValues, judged: Judged, contact: Contact | None, made: _WorkedOut, position: int
) -> Application:
    at, on, organisation = sending.at, sending.on, sending.organisation
    case = cases.open_and_move(
        SERVICE, BENEFIT_CASE, steps=(), actor=sending.actor, at=at, on=on, organisation=organisation.business_id,
        data={}, facts=dict(judged.facts), form_version=VERSION, language=sending.values.language,
        source=sending.origin,
    )  # fmt: skip
    row = Application(
        **made.columns, case=case, key=sending.key, position=position,
        digest=sending.digest, form_version=VERSION, origin=sending.origin, copied_from_id=sending.copied_from,
        sent_by=sending.actor.subject, sent_by_name=sending.actor.name,
        # As it is read back: the answer to the sending is made from this very row.
        sent_at=at.astimezone(UTC), sent_wall=sending.wall,
        received_on=on, eligibility=judged.outcome, checked_at=at,
        search=folded(organisation.name, organisation.business_id, case.number)[:400],
        benefit_cents=judged.benefit_cents,
    )  # fmt: skip
    insert(row)
    employee = employees.new_employee(row, first_name=one.first_name, last_name=one.last_name, code=one.identity_code)
    employee.told_resident = bool(one.lives_here)
    online = one.consent_by == ONLINE
    employee.consent = EmployeeConsent.ASKED if online else EmployeeConsent.ON_PAPER
    employee.consent_wording, employee.asked_at = CONSENT_WORDING, at if online else None
    employee.answered_at = None if online else at
    if contact is not None:
        people.ensure([_known(contact)], at=at)
        employee.person_id = contact.person
    insert(employee)
    DeMinimisRow.objects.bulk_create(
        DeMinimisRow(
            application=row, position=number, granter=aid.granter, granted_on=aid.granted_on,
            amount_cents=aid.amount_cents,
        )
        for number, aid in enumerate(sending.values.aid, 1)
    )  # fmt: skip
    insert(
        TermsApproval(
            application=row, version=sending.version, consents=list(sending.assured), language=sending.values.language,
            approved_by=sending.actor.subject, approved_by_name=sending.actor.name, approved_at=at,
        )
    )  # fmt: skip
    documents.move(documents_about(organisation.business_id, sending.key, position), f"case:{case.pk}")
    papers.settle_new(row, by=sending.actor.subject)
    if taxes.in_use():
        tax_checking.note_sending(row, sending.taxes, at=at)
    if made.calculation is not None:
        calculating.begin(row, made.calculation)
    if online and contact is not None:
        telling.asked_employee(row, employee, at=at)
    return row


def _remember_ways(sending: _Sending) -> None:
    """The account and contact person told here are the organisation's from now on."""
    told, organisation = sending.values, sending.organisation
    who: dict[str, Any] = {"actor": sending.actor, "at": sending.at, "on": sending.on}
    account, contact = sending.ways.account, sending.ways.contact
    if account is None or account.iban != told.iban:
        organisations.use_account(organisation, told.iban, **who)
    name = f"{told.contact_first_name} {told.contact_last_name}"
    if contact is None or (contact.name, contact.email, contact.phone) != (
        name,
        told.contact_email,
        told.contact_phone,
    ):
        organisations.use_contact(
            organisation, name=name, email=told.contact_email, phone=told.contact_phone, language=told.language, **who
        )


def digest_of(raw: Mapping[str, Any]) -> str:
    """What was sent, as one text: the same values under the same key are the same sending."""
    return sha256(canonical(dict(raw)).encode()).hexdigest()


_sent: Ready[Application] = Ready(
    lambda: Application.objects.filter(organisation=Given("organisation"), key=Given("key")).order_by("position")
)


def sent_with(organisation: str, key: str) -> tuple[Application, ...]:
    """The applications of a sending of an organisation, in order; none where nothing was sent under the key."""
    if not _sent.all(organisation=organisation, key=key):
        return ()
    rows = Application.objects.filter(organisation=organisation, key=key)
    return tuple(rows.select_related("case", "employee").order_by("position"))


def _sent_before(earlier: tuple[Application, ...], said: str) -> Sent:
    if earlier[0].digest != said:
        return Sent(reason=KEY_USED)
    return Sent(applications=earlier, again=True)


def known_organisation(actor: Actor, at: datetime) -> Organisation:
    """The record of whom the actor acts for; made where there is none, whatever the registers answer."""
    return organisations.known(actor.organisation) or organisations.ensure(actor.organisation, at=at)


def _contact(code: str) -> Contact | None:
    """Whom the register knows by an identity code: only so can the employee see the application on her own page."""
    try:
        return find_contact(code)
    except NoSnapshot:
        return None


def _known(contact: Contact) -> people.Known:
    """The row for somebody about whom there is an application now, as the register tells of them."""
    return people.Known(
        key=contact.person, identity_code=contact.identity_code, given_names=contact.given_names,
        surname=contact.surname, language=contact.language, email=contact.email or "", phone=contact.phone or "",
        suomifi_messages=contact.suomifi_messages, non_disclosure=contact.non_disclosure,
    )  # fmt: skip


def _copied(raw: Mapping[str, Any], actor: Actor) -> int | None:
    """The application of the same organisation that this one was begun from."""
    number = str(raw.get("copied_from") or "")
    if not number:
        return None
    own = Application.objects.filter(case__number=number, organisation=actor.organisation)
    return own.values_list("pk", flat=True).first()
