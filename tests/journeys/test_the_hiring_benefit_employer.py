# SPDX-License-Identifier: EUPL-1.2
"""The hiring benefit applied for in five steps on a phone, and confirmed by the employee on her own page."""

from pathlib import Path

import pytest

from ennakko.kernel.documents.tests.make import pdf
from tests.journeys.city import City
from tests.journeys.conftest import Visit
from tests.journeys.visitors import Visitor

pytestmark = pytest.mark.browser
HOME = "/organisation/hiring-benefit/"
CODE = """
from ennakko.kernel.registers import contact_of
print(contact_of({person}).identity_code)
"""
START = """
from ennakko.kernel import clock
print(clock.today().replace(day=1).isoformat())
"""


def told(city: City, script: str) -> str:
    return city.answers(script).strip().splitlines()[-1]


def fills(visitor: Visitor, **values: str) -> Visitor:
    for name, value in values.items():
        visitor.page.locator(f"#content [name={name}]").fill(value)
    return visitor


def chooses(visitor: Visitor, **values: str) -> Visitor:
    for name, value in values.items():
        visitor.page.locator(f"#content [name={name}][value={value}]").check(force=True)
    return visitor


def goes_on(visitor: Visitor) -> Visitor:
    visitor.page.locator("#content form .button-row button[type=submit]").first.click()
    return visitor


@pytest.mark.parametrize(
    ("slug", "organisation", "language", "employee", "person"),
    [
        ("petri", "Kahvila Aamukaste Oy", "fi", "timo", 1018),
        ("henrik", "Ekholms Trädgård Ab", "sv", "noora", 1020),
    ],
)
def test_the_employer_applies_and_the_employee_confirms(
    visit: Visit, city: City, tmp_path: Path, slug: str, organisation: str, language: str, employee: str, person: int
) -> None:
    contract = tmp_path / "contract.pdf"
    contract.write_bytes(pdf())
    employer = visit(language=language, width=320).signs_in_for(slug, organisation, wanted=HOME).finds_it_sound()
    goes_on(employer.opens(f"{HOME}begin/").finds_it_sound())
    goes_on(employer).finds_it_sound()
    assert employer.page.locator("[data-error-summary] a").count() == 4
    fills(employer, first_name="Sari", last_name="Test", identity_code=told(city, CODE.format(person=person)))
    goes_on(chooses(employer, lives_here="yes")).finds_it_sound()
    fills(employer, job_title="Kokki", start=told(city, START), weekly_hours="37,5", monthly_pay="2600")
    goes_on(chooses(employer, apprenticeship="no", pay_subsidy="not_granted")).finds_it_sound()
    employer.page.locator("[name=employment_contract]").set_input_files(contract)
    goes_on(employer).finds_it_sound()
    for name, value in (
        ("iban", "FI2112345600000785"), ("contact_first_name", "Petri"), ("contact_last_name", "Laakso"),
        ("contact_phone", "0401234567"), ("contact_email", "tyo@yritys.example"),
    ):  # fmt: skip
        if not employer.page.locator(f"[name={name}]").input_value():
            fills(employer, **{name: value})
    goes_on(chooses(employer, de_minimis_aid="no", negotiations="no")).finds_it_sound()
    employer.page.locator("#content form .button-row button[type=submit]").last.click()
    employer.finds_it_sound()
    assert employer.page.locator("a[href='#id_assured']").count() == 1
    for box in employer.page.locator("[name=assured]").all():
        box.check(force=True)
    employer.page.locator("#content form .button-row button[type=submit]").last.click()
    employer.page.wait_for_url("**/sent/**")
    employer.finds_it_sound().page.locator("#content a[href*='/hiring-benefit/HL-']").first.click()
    employer.finds_it_sound()
    number = employer.path.rstrip("/").rsplit("/", 1)[-1]
    resident = visit(employee, language=language, width=320).opens("/my/").finds_it_sound()
    resident.page.locator(f"a[href*='{number}']").first.click()
    resident.finds_it_sound()
    assert organisation in resident.reads()
    resident.page.locator("form[action$='/confirm'] button").click()
    resident.finds_it_sound().page.locator("form[action$='/withdraw'] button").click()
    resident.finds_it_sound()
    employer.opens(HOME).finds_it_sound()
