# SPDX-License-Identifier: EUPL-1.2
"""The city's people with employers' claims: queue, desk, lists and the director's figures, in every language."""

from typing import Any

import pytest

from tests.journeys.city import City
from tests.journeys.conftest import Visit

pytestmark = pytest.mark.browser
QUEUE = "/summer-voucher/claims/"
DOUBTFUL = """
from ennakko.kernel import clock
from ennakko.kernel.access import Actor
from ennakko.services.summer_voucher.actions import claims
from ennakko.services.summer_voucher.models import Voucher
from ennakko.services.summer_voucher.queries.vouchers import shown
held = Voucher.objects.filter(state="issued", person__gt=5000, person__non_disclosure=False).select_related("person")[0]
petri = Actor("organisation", "journey", name="Petri", strong=True, organisation="9000001-1",
              mandates=frozenset({"signatory", "grants", "employment"}))
row = {"number": shown(held), "surname": held.person.surname, "work_start": "2026-06-08", "work_end": "2026-06-28",
       "hours": "40", "pay": "500", "hired_without": "no", "confirmed": True}
raw = {"contact_name": "Petri", "contact_email": "p@yritys.example", "contact_phone": "040 123 4567",
       "iban": "FI2112345600000785", "rows": [row]}
sent = claims.send(raw, actor=petri, at=clock.now(), on=clock.today(), wall=clock.wall(), key="journey")
print(sent.rows[0].case.number)
"""


@pytest.fixture(scope="module")
def city(city_in_august: City) -> City:
    """These journeys go on in August."""
    return city_in_august


@pytest.fixture(scope="module")
def signed_in() -> dict[str, Any]:
    return {}


@pytest.fixture(scope="module")
def doubtful(city: City) -> str:
    """The number of a claim that a person must look at."""
    return city.answers(DOUBTFUL).strip().splitlines()[-1]


@pytest.mark.parametrize(("language", "width"), [("fi", 1280), ("sv", 320), ("en", 320)])
def test_the_handlers_pages_are_sound_and_other_figures_are_tried(
    visit: Visit, doubtful: str, language: str, width: int
) -> None:
    ritva = visit("ritva", language=language, width=width)
    for path in (QUEUE, f"{QUEUE}?state=awaiting_handling", f"{QUEUE}lists/", f"{QUEUE}wishes/"):
        ritva.opens(path).finds_it_sound()
    ritva.opens(f"{QUEUE}case/{doubtful}/").finds_it_sound()
    ritva.page.locator("details:has(#what-if)").evaluate("el => el.open = true")
    ritva.page.locator("#other_hours").fill("80")
    ritva.page.locator("#what-if button[type=submit]").click()
    ritva.finds_it_sound()


def test_the_queue_is_worked_by_keys_and_the_decision_is_read_before_it_is_proposed(
    visit: Visit, doubtful: str
) -> None:
    ritva = visit("ritva").opens(f"{QUEUE}?state=awaiting_handling")
    ritva.page.locator("h1").click()
    ritva.page.keyboard.press("j")
    ritva.presses("Enter")
    assert "/case/" in ritva.path
    ritva.opens(f"{QUEUE}case/{doubtful}/")
    ritva.page.locator("[name=outcome][value=rejected]").check(force=True)
    ritva.page.locator("[name=justification]").fill("Tunteja on 40, ehto on 60 (17 §).")
    ritva.page.locator("button[value=preview]").click()
    ritva.finds_it_sound()
    ritva.page.get_by_role("button", name="Lähetä viranhaltijalle").click()
    outi = visit("outi").opens(f"{QUEUE}case/{doubtful}/").finds_it_sound()
    outi.page.get_by_role("button", name="Päätä", exact=True).click()
    outi.finds_it_sound()
    outi.page.locator("a[href$='/decision/']").first.click()
    outi.finds_it_sound()


@pytest.mark.parametrize(("language", "width"), [("fi", 1280), ("sv", 320), ("en", 320)])
def test_the_director_sees_the_claims_of_the_year(visit: Visit, language: str, width: int) -> None:
    visit("harri", language=language, width=width).opens("/summer-voucher/situation/claims/").finds_it_sound()
