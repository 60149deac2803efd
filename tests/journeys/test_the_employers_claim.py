# SPDX-License-Identifier: EUPL-1.2
"""The youth's voucher claimed by her employer in one step: on a phone, by keyboard alone, without scripts.

In Finnish, and to its end: test_the_voucher_from_offer_to_payment.py.
"""

from typing import Any

import pytest

from tests.journeys.city import City, number_of
from tests.journeys.conftest import Visit
from tests.journeys.visitors import Visitor

pytestmark = pytest.mark.browser
HOME = "/organisation/summer-voucher/"
ELSA, HODAN, SARA = 1004, 1006, 1016
WAYS = {
    "contact_email": "tyo@yritys.example", "contact_phone": "+358 40 123 4567", "iban": "FI21 1234 5600 0007 85",
}  # fmt: skip


@pytest.fixture(scope="module")
def city(city_in_august: City) -> City:
    """These journeys go on in August."""
    return city_in_august


@pytest.fixture(scope="module")
def signed_in() -> dict[str, Any]:
    return {}


def begins(employer: Visitor, number: str, surname: str) -> Visitor:
    page = employer.page
    page.locator("[name=number]").fill(number)
    page.locator("[name=surname]").fill(surname)
    page.locator("#content form button[type=submit]").first.click()
    page.wait_for_url("**/draft/**")
    return employer


def tells(employer: Visitor) -> Visitor:
    """What nobody knows yet of this employer, and the one question."""
    for name, value in WAYS.items():
        field = employer.page.locator(f"[name={name}]")
        if field.is_visible() and not field.input_value():
            field.fill(value)
    if employer.page.locator("[name=r0-work_start]").is_visible():
        for name, value in (("work_start", "2026-06-08"), ("work_end", "2026-06-30"), ("hours", "80"), ("pay", "900")):
            employer.page.locator(f"[name=r0-{name}]").fill(value)
    employer.page.locator("[name=r0-hired_without][value=no]").check(force=True)
    return employer


@pytest.mark.parametrize(
    ("slug", "organisation", "language", "person", "surname"),
    [
        ("henrik", "Ekholms Trädgård Ab", "sv", ELSA, "Lindqvist"),
        ("jenni", "Kahvila Aamukaste Oy", "en", HODAN, "Warsame"),
    ],
)
def test_on_a_phone_the_claim_is_decided_and_followed_to_the_money(
    visit: Visit, city: City, slug: str, organisation: str, language: str, person: int, surname: str
) -> None:
    employer = visit(language=language, width=320).signs_in_for(slug, organisation, wanted=HOME).finds_it_sound()
    begins(employer, number_of(city, person).upper().replace("-", " "), surname).finds_it_sound()
    employer.page.locator(".claim__send button[value=send]").click()
    employer.finds_it_sound()
    assert employer.page.locator("[data-error-summary] a").count() >= 1
    tells(employer).page.locator(".claim__send button[value=send]").click()
    if employer.page.locator("button[value=send-without]").count():
        employer.finds_it_sound().page.locator("button[value=send-without]").click()
    if employer.page.locator("[name=r0-confirmed]").count():
        # The incomes register of the demonstration tells some too little pay: the employer says that it is right.
        employer.page.locator("[name=r0-confirmed]").check(force=True)
        employer.page.locator(".claim__send button[value=send]").click()
    employer.page.wait_for_url("**/claims/**")
    employer.finds_it_sound()
    employer.page.locator("a[href*='/case/']").first.click()
    employer.finds_it_sound()


def test_a_wrong_number_is_told_kindly_in_every_language(visit: Visit) -> None:
    petri = visit(width=320).signs_in_for("petri", "Kahvila Aamukaste Oy", wanted=HOME)
    for language in ("fi", "sv", "en"):
        if language != "fi":
            petri.opens(HOME).speaks(language)
        petri.page.locator("[name=number]").fill("31n-023")
        petri.page.locator("[name=surname]").fill("Koskela")
        petri.page.locator("#content form button[type=submit]").first.click()
        petri.finds_it_sound()
        assert petri.page.locator("[name=number]").input_value() == "31n-023"


def test_without_scripts_and_with_keys_alone_a_claim_is_checked(visit: Visit, city: City) -> None:
    plain = visit(script=False).signs_in_for("petri", "Kahvila Aamukaste Oy", wanted=HOME)
    begins(plain, number_of(city, SARA), "Niemi")
    tells(plain).page.locator(".claim__send button[value=check]").click()
    assert plain.page.locator("#answer .hds-notification").count() >= 1
    plain.page.locator(".claim__send button[value=save]").click()
    keys = visit().signs_in_for("petri", "Kahvila Aamukaste Oy", wanted=HOME)
    keys.tabs_to("Niemi", inside="main").presses("Enter")
    keys.tabs_to("Tallenna ja jatka", inside="main", most=90).presses("Enter")
    assert keys.path == HOME
