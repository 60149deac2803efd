# SPDX-License-Identifier: EUPL-1.2
"""The hiring benefit at work: a handler takes, calculates and proposes; an official decides; by keys and on a phone."""

from typing import Any

import pytest

from tests.journeys.city import City
from tests.journeys.conftest import Visit

pytestmark = pytest.mark.browser
QUEUE = "/hiring-benefit/desk/"
ARRIVED = """
from datetime import date, timedelta
from ennakko.kernel import clock, documents, organisations
from ennakko.kernel.access import Actor
from ennakko.kernel.documents.tests.make import pdf
from ennakko.services.hiring_benefit.models import TermsApproval
from ennakko.services.hiring_benefit.tests import town as t
at, on = clock.now(), clock.today()
company = organisations.ensure("9000001-1", at=at)
for number, names in enumerate((("Noora", "Salo"), ("Åke", "Öhman"))):
    sent = t.an_application(
        business_id=company.business_id, key=f"journey{number}", at=at, on=on, names=names, start=on,
        end=on + timedelta(days=180), code=t.identity_code(date(1990, 5, 21 - number), 940 + number), job_title="Kokki",
    )
    documents.store(pdf(), about=f"case:{sent.case.pk}", kind="employment_contract", name="sopimus.pdf",
                    actor=t.employer(company.business_id), at=at)
    TermsApproval.objects.create(application=sent.application, version="2026-1", approved_by="e", approved_at=at)
    print(sent.case.number)
"""


@pytest.fixture(scope="module")
def city(city_in_august: City) -> City:
    """These journeys go on in August, where no other journey's clock waits for them."""
    return city_in_august


@pytest.fixture(scope="module")
def signed_in() -> dict[str, Any]:
    return {}


@pytest.fixture(scope="module")
def arrived(city: City) -> list[str]:
    """The numbers of two applications that have just come."""
    return city.answers(ARRIVED).strip().splitlines()[-2:]


@pytest.mark.parametrize(("language", "width"), [("sv", 320), ("en", 320)])
def test_the_handlers_pages_are_sound_on_a_phone(visit: Visit, arrived: list[str], language: str, width: int) -> None:
    samuli = visit("samuli", language=language, width=width)
    for path in ("", "?state=received", f"{arrived[1]}/", f"{arrived[1]}/calculation/", f"{arrived[1]}/earlier/"):
        samuli.opens(f"{QUEUE}{path}").finds_it_sound()


def test_an_application_goes_from_the_queue_to_the_decision(visit: Visit, arrived: list[str]) -> None:
    desk = f"{QUEUE}{arrived[0]}/"
    samuli = visit("samuli").opens(f"{QUEUE}?state=received").finds_it_sound()
    samuli.page.locator("h1").click()
    samuli.page.keyboard.press("j")
    samuli.presses("Enter")
    assert samuli.path.startswith(QUEUE)
    samuli.opens(desk).page.get_by_role("button", name="Ota käsittelyyn").click()
    samuli.finds_it_sound()
    samuli.opens(f"{desk}calculation/").page.locator("[name=pay]").fill("2000")
    samuli.page.locator("button[value=count]").click()
    samuli.finds_it_sound()
    samuli.page.locator("[name=end]").fill("2020-01-01")
    samuli.page.locator("button[value=count]").click()
    samuli.finds_it_sound()
    samuli.opens(f"{desk}corrections/").finds_it_sound()
    samuli.opens(desk)
    left = samuli.page.locator("#marks ~ ul details[open]:has(button[value=yes])")
    while left.count():
        left.first.locator("[name=words]").fill("Nähty papereista.")
        with samuli.page.expect_navigation():
            left.first.locator("button[value=yes]").click()
    samuli.opens(f"{desk}decision/").finds_it_sound()
    samuli.page.locator("button[value=begin]").click()
    samuli.page.locator("button[value=preview]").click()
    samuli.finds_it_sound()
    samuli.page.locator("button[value=propose]").click()
    samuli.finds_it_sound()
    outi = visit("outi").opens(f"{QUEUE}?state=accepted").finds_it_sound()
    outi.opens(desk).page.get_by_role("button", name="Myönnä lisä").click()
    outi.finds_it_sound()
    outi.page.locator("a[href$='/decision/']").first.click()
    outi.finds_it_sound()
