# SPDX-License-Identifier: EUPL-1.2
"""Sending an application: what is stored, what is refused and in which words, once and only once."""

from pathlib import Path
from typing import Any

import pytest

from ennakko.kernel import documents, keys, organisations
from ennakko.kernel.access import Refused
from ennakko.kernel.audit.models import Entry
from ennakko.kernel.cases.models import Case
from ennakko.kernel.messages.models import Message
from ennakko.kernel.registers.tests.small_city import Resident
from ennakko.services.hiring_benefit import employees
from ennakko.services.hiring_benefit.form_values import MOST_EMPLOYEES
from ennakko.services.hiring_benefit.models import Application, Calculation, Employee
from ennakko.services.hiring_benefit.queries import own_applications as own
from ennakko.services.hiring_benefit.tests import town as t
from ennakko.services.hiring_benefit.typing_count import FIELDS_OF_THE_CITY

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def city(tmp_path: Path) -> None:
    t.town(tmp_path / "city", Resident(1, t.BORN, names=("Noora", "Salo"), email="n@posti.example"))


def test_an_application_opens_a_case_with_its_employee_calculation_terms_and_papers():
    sent = t.send()
    assert sent.refusals == ()
    (row,) = sent.applications
    assert row.case.state == "received"
    assert (row.pay_cents, row.weekly_hours, row.other_cents) == (260_000, 3750, 52_000)
    assert (row.start.isoformat(), row.end.isoformat()) == ("2026-03-01", "2027-02-28")
    calculation = Calculation.objects.get(application=row, in_force=True)
    # Half of 2,600 + 520 is 1,560: the ceiling of 1,500 a month holds, for twelve months.
    assert calculation.total_cents == row.benefit_cents == 1_800_000
    assert [one.kind for one in row.attachments.all()] == ["employment_contract"]
    assert [one.kind for one in documents.of(f"case:{row.case_id}")] == ["employment_contract"]
    assert sorted(row.terms.consents) == ["account", "notice", "taxes", "terms"]
    assert employees.name_of(row.employee) == "Noora Salo"


def test_what_is_stored_of_the_employee_is_sealed_and_found_by_its_hash():
    (row,) = t.send().applications
    employee = Employee.objects.get(application=row)
    assert t.EMPLOYEE.encode() not in bytes(employee.identity_code_sealed)
    assert b"Noora" not in bytes(employee.first_name_sealed)
    assert employee.identity_code_index == keys.index_of(t.EMPLOYEE)
    assert employee.name_index == employees.name_index("NOORA", "salo")
    assert "Noora" not in str(Case.objects.get().data) + str(Case.objects.get().facts) + row.search


def test_the_same_key_again_gives_the_same_applications_and_another_content_is_told():
    first, again = t.send(), t.send()
    assert again.again
    assert [one.pk for one in again.applications] == [one.pk for one in first.applications]
    assert Application.objects.count() == Case.objects.count() == 1
    other = t.send(t.raw_employee(monthly_pay="3000"))
    assert other.applications == ()
    assert "lähetetty" in other.reason.fi


def test_several_employees_in_one_go_are_a_case_each():
    second = t.raw_employee(identity_code=t.identity_code(t.BORN, 952), first_name="Ali")
    sent = t.send(t.raw_employee(), second)
    assert [one.position for one in sent.applications] == [1, 2]
    assert len({one.case.number for one in sent.applications}) == 2
    assert Message.objects.filter(template="hiring-benefit.received").count() == 1


def test_the_answer_to_a_sending_is_what_is_read_back_of_it_afterwards():
    second = t.raw_employee(identity_code=t.identity_code(t.BORN, 952), first_name="Ali", consent_by="paper")
    t.papers_for("k1", 2, "employment_contract", "employee_consent")
    t.papers_for("k1", 1)
    at_once = own.just_sent(t.send(t.raw_employee(), second, contract=False).applications)
    afterwards = own.sent_with(t.employer(), "k1")
    assert len(at_once) == 2
    for one, other in zip(at_once, afterwards, strict=True):
        assert one == other
        # Rows are equal by their keys: what stands in them is compared too.
        for rows in ((one.application, other.application), (one.case, other.case)):
            told, read = ({each.attname: getattr(row, each.attname) for each in row._meta.fields} for row in rows)
            assert told == read


def test_the_employee_whom_the_register_knows_is_asked_on_her_own_page_and_no_name_stands_in_the_message():
    (row,) = t.send().applications
    assert row.employee.person_id == 1
    assert row.employee.consent == "asked"
    message = Message.objects.get(template="hiring-benefit.employee_asked")
    assert "Noora" not in str(message.data)
    assert "Aamukaste" not in str(message.data)


def test_an_employee_whom_the_register_does_not_know_is_not_told_of_to_the_employer():
    known = t.send(key="k1")
    unknown = t.send(t.raw_employee(identity_code=t.identity_code(t.BORN, 954)), key="k2")
    assert unknown.applications[0].employee.person_id is None
    for one in (known, unknown):
        assert one.applications[0].employee.consent == "asked"
    assert Message.objects.filter(template="hiring-benefit.employee_asked").count() == 1


def test_the_account_and_the_contact_are_the_organisations_from_now_on():
    t.send()
    company = t.organisation()
    assert organisations.account_of(company, t.ON).iban == t.IBAN
    assert organisations.contact_of(company).email == "petri@aamukaste.example"


def test_a_sending_is_one_entry_in_the_log():
    t.send()
    assert Entry.objects.filter(action="hiring-benefit.apply").count() == 1


BAD_OF_EMPLOYER = [
    ({"iban": ""}, "iban", "required"),
    ({"iban": "FI2112345600000786"}, "iban", "unreadable"),
    ({"iban": "SE4550000000058398257466"}, "iban", "unreadable"),
    ({"contact_first_name": ""}, "contact_first_name", "required"),
    ({"contact_last_name": " "}, "contact_last_name", "required"),
    ({"contact_phone": "+46 70 123"}, "contact_phone", "unreadable"),
    ({"contact_phone": ""}, "contact_phone", "required"),
    ({"contact_email": "petri@"}, "contact_email", "unreadable"),
    ({"contact_email": "p" * 60 + "@a.fi"}, "contact_email", "unreadable"),
    ({"language": "de"}, "language", "unreadable"),
    ({"other_postal_code": "123"}, "other_postal_code", "unreadable"),
    ({"negotiations": ""}, "negotiations", "required"),
    ({"negotiations": "yes"}, "negotiations_description", "required"),
    ({"negotiations": "no", "negotiations_description": "Kyllä"}, "negotiations_description", "not_asked"),
    ({"de_minimis_aid": ""}, "de_minimis_aid", "required"),
    ({"de_minimis_aid": "maybe"}, "de_minimis_aid", "unreadable"),
    ({"de_minimis_aid": "yes"}, "aid", "rows_missing"),
    ({"aid": [{"granter": "Espoo", "amount": "10", "granted_on": "1.1.2025"}]}, "aid", "rows_too_many"),
    ({"business_activity": "yes"}, "business_activity", "not_asked"),
    ({"employees_count": "-1"}, "employees_count", "unreadable"),
    ({"business_brief": "x" * 6001}, "business_brief", "unreadable"),
    ({"employees": "none"}, "employees", "required"),
    ({"employees": [{}] * (MOST_EMPLOYEES + 1)}, "employees", "too_many"),
]


@pytest.mark.parametrize(("told", "field", "code"), BAD_OF_EMPLOYER, ids=lambda one: str(one)[:40])
def test_each_bad_answer_of_the_employer_gets_its_own_answer(told: dict[str, Any], field: str, code: str):
    sent = t.send(**told)
    assert (field, code) in [(one.field, one.code) for one in sent.refusals]
    assert Application.objects.count() == 0


AID = {"granter": "Espoo", "amount": "1000", "granted_on": "1.2.2026"}
BAD_AID = [
    ({**AID, "granted_on": "3.3.2026"}, "aid", "aid_in_future"),
    ({**AID, "granted_on": "31.12.2021"}, "aid-0-granted_on", "aid_too_old"),
    ({**AID, "amount": "300000,01"}, "aid", "over_ceiling"),
    ({**AID, "amount": "0"}, "aid-0-amount", "unreadable"),
    ({**AID, "granter": ""}, "aid-0-granter", "required"),
    ({**AID, "granter": "x" * 65}, "aid-0-granter", "unreadable"),
]


@pytest.mark.parametrize(("row", "field", "code"), BAD_AID)
def test_each_bad_row_of_aid_gets_its_own_answer(row: dict[str, Any], field: str, code: str):
    sent = t.send(de_minimis_aid="yes", aid=[row])
    assert (field, code) in [(one.field, one.code) for one in sent.refusals]


def test_aid_that_was_told_is_stored_with_the_application():
    (row,) = t.send(de_minimis_aid="yes", aid=[AID, {}]).applications
    assert [(one.granter, one.amount_cents) for one in row.de_minimis_rows.all()] == [("Espoo", 100_000)]


BAD_OF_EMPLOYEE = [
    ({"first_name": ""}, "first_name", "required"),
    ({"last_name": ""}, "last_name", "required"),
    ({"last_name": "x" * 65}, "last_name", "unreadable"),
    ({"identity_code": ""}, "identity_code", "required"),
    ({"identity_code": "010190-9999"}, "identity_code", "unreadable"),
    ({"lives_here": ""}, "lives_here", "not_resident"),
    ({"lives_here": "no"}, "lives_here", "not_resident"),
    ({"job_title": ""}, "job_title", "required"),
    ({"start": ""}, "start", "required"),
    ({"start": "31.2.2026"}, "start", "unreadable"),
    ({"start": "1.11.2025"}, "start", "too_old"),
    ({"end": "28.2.2026"}, "end", "end_before_start"),
    ({"end": "30.3.2026"}, "end", "too_short"),
    ({"end": "1.3.2027"}, "end", "too_long"),
    ({"weekly_hours": ""}, "weekly_hours", "required"),
    ({"weekly_hours": "17,5"}, "weekly_hours", "hours"),
    ({"weekly_hours": "169"}, "weekly_hours", "unreadable"),
    ({"monthly_pay": ""}, "monthly_pay", "required"),
    ({"monthly_pay": "0"}, "monthly_pay", "no_pay"),
    ({"monthly_pay": "100000"}, "monthly_pay", "unreadable"),
    ({"monthly_pay": "-5"}, "monthly_pay", "unreadable"),
    ({"vacation_money": "kaksi"}, "vacation_money", "unreadable"),
    ({"pay_subsidy": ""}, "pay_subsidy", "required"),
    ({"pay_subsidy": "perhaps"}, "pay_subsidy", "unreadable"),
    ({"pay_subsidy_percent": "50"}, "pay_subsidy_percent", "percent_without_subsidy"),
    ({"pay_subsidy": "granted", "pay_subsidy_percent": "60"}, "pay_subsidy_percent", "unknown_percent"),
    ({"pay_subsidy": "granted", "apprenticeship": ""}, "apprenticeship", "required"),
    ({"apprenticeship": "yes"}, "end", "required"),
    ({"other_subsidised": "yes"}, "other_subsidised_count", "required"),
    ({"other_subsidised": "no", "other_subsidised_count": "2"}, "other_subsidised_count", "not_asked"),
    ({"consent_by": "telepathy"}, "consent_by", "unreadable"),
]


@pytest.mark.parametrize(("told", "field", "code"), BAD_OF_EMPLOYEE, ids=lambda one: str(one)[:40])
def test_each_bad_answer_about_the_employee_gets_its_own_answer(told: dict[str, Any], field: str, code: str):
    sent = t.send(t.raw_employee(**told))
    assert (field, 0, code) in [(one.field, one.row, one.code) for one in sent.refusals]
    assert all(one.text.fi and one.text.sv and one.text.en for one in sent.refusals)
    assert Application.objects.count() == 0


def test_the_same_person_twice_for_the_same_time_is_refused():
    sent = t.send(t.raw_employee(), t.raw_employee())
    assert [(one.field, one.row, one.code) for one in sent.refusals] == [("identity_code", 1, "twice")]


def test_an_association_tells_of_its_activity_and_its_manager():
    t.organisation(t.CLUB, "Kumpulan Kerho ry", kind="association", form="29")
    lacking = t.send(actor=t.employer(t.CLUB), de_minimis_aid="")
    assert {one.field for one in lacking.refusals} == {"business_activity", "manager_available"}
    unmanaged = t.send(actor=t.employer(t.CLUB), de_minimis_aid="", business_activity="no", manager_available="no")
    assert [one.code for one in unmanaged.refusals] == ["no_manager"]
    fine = t.send(actor=t.employer(t.CLUB), de_minimis_aid="", business_activity="no", manager_available="yes")
    assert fine.taken


def test_without_the_contract_nothing_is_sent_and_what_lacks_is_told():
    sent = t.send(contract=False)
    assert [(one.row, one.kinds) for one in sent.lacking] == [(0, ("employment_contract",))]
    assert Application.objects.count() == 0


def test_a_paper_consent_is_needed_where_the_employee_does_not_confirm_online():
    by_paper = t.raw_employee(consent_by="paper")
    assert t.send(by_paper).lacking[0].kinds == ("employee_consent",)
    t.papers_for("k1", 1, "employee_consent")
    (row,) = t.send(by_paper, contract=False).applications
    assert row.employee.consent == "on_paper"
    assert not Message.objects.filter(template="hiring-benefit.employee_asked").exists()


def test_an_apprenticeship_needs_its_contract_and_may_be_longer_than_a_year():
    apprentice = t.raw_employee(apprenticeship="yes", end="28.2.2028")
    assert t.send(apprentice).lacking[0].kinds == ("education_contract",)
    t.papers_for("k1", 1, "education_contract")
    assert t.send(apprentice, contract=False).taken


def test_every_assurance_of_the_terms_in_force_is_needed():
    assert [one.code for one in t.send(assured=("terms", "account", "taxes")).refusals] == ["not_assured"]
    assert [one.code for one in t.send(version="2021-01").refusals] == ["old_terms"]


def test_the_common_path_has_at_most_ten_written_fields():
    t.send()  # account and contact person are known from now on
    other = t.raw_employee(identity_code=t.identity_code(t.BORN, 952), first_name="Ali")
    (row,) = t.send(other, key="k2").applications
    print(f"written fields: {row.typed_fields}, the City's earlier form: {FIELDS_OF_THE_CITY}")
    assert row.typed_fields == 8
    assert row.typed_fields <= 10 < FIELDS_OF_THE_CITY


@pytest.mark.parametrize("who", ["resident", "handler", "official", "without a mandate"])
def test_only_somebody_with_a_mandate_of_the_employer_applies(who: str):
    actors = {
        "resident": t.resident(1), "handler": t.handler(), "official": t.official(),
        "without a mandate": t.Actor("organisation", "e", organisation=t.CAFE, strong=True),
    }  # fmt: skip
    with pytest.raises(Refused):
        t.sending.send(t.raw_application(), actor=actors[who], at=t.AT, on=t.ON, wall=t.WALL, key="k", assured=())


def test_an_application_of_another_organisation_is_not_copied_from():
    theirs = t.an_application(business_id=t.CLUB, key="x")
    (row,) = t.send(copied_from=theirs.case.number).applications
    assert row.copied_from is None
    (copy,) = t.send(t.raw_employee(), key="k2", copied_from=row.case.number).applications
    assert copy.copied_from == row


def test_an_application_that_no_condition_fits_can_be_sent_and_the_machine_says_what_does_not_hold():
    (row,) = t.send(t.raw_employee(pay_subsidy="granted", apprenticeship="no")).applications
    assert row.eligibility == "no"
    assert row.case.state == "received"
