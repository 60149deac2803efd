# SPDX-License-Identifier: EUPL-1.2
"""A granted benefit paid in two instalments, one of them returned and paid again, and a recovery.

Every step goes through the pages: finance's, the employer's, the handler's and the official's.
"""

import csv
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from ennakko.kernel.documents.tests.make import pdf
from tests.journeys.city import City
from tests.journeys.conftest import Visit
from tests.journeys.visitors import Visitor

pytestmark = pytest.mark.browser
PLACE, OWN = "/hiring-benefit/payments/", "/organisation/hiring-benefit/payments/"
GRANTED = """
from datetime import date, timedelta
from ennakko.demo_city.organisations import CAFE, GARDEN
from ennakko.kernel import clock, organisations
from ennakko.kernel.access import SYSTEM
from ennakko.services.hiring_benefit.actions import payslips
from ennakko.services.hiring_benefit.tests import purse, town
on = clock.today()
for row, company in enumerate((CAFE, GARDEN)):
    organisations.ensure(company, at=clock.now())
    application = purse.granted(
        on=on - timedelta(days=1), business_id=company, key=f"paid{row}", names=("Maija", "Maksettu"),
        code=town.identity_code(date(1988, 4, 3), 960 + row),
    )
    print(application.case.number)
payslips.ask_due(actor=SYSTEM("hiring-benefit"), at=clock.now(), on=on)
"""
LINE = """
from ennakko.kernel.cases.models import Case
from ennakko.kernel.payments.models import Line
case = Case.objects.get(number="{number}")
print(Line.objects.filter(about=f"case:{{case.pk}}", instalment={part}).order_by("-pk")[0].number)
"""


@dataclass(frozen=True, slots=True)
class Granted:
    """The numbers of two granted applications: the café's, whose payment comes back, and the garden's."""

    cafe: str
    garden: str


@pytest.fixture(scope="module")
def city(city_in_august: City) -> City:
    """These journeys go on in August, where no other journey's clock waits for them."""
    return city_in_august


@pytest.fixture(scope="module")
def signed_in() -> dict[str, Any]:
    return {}


@pytest.fixture(scope="module")
def granted(city: City) -> Granted:
    return Granted(*city.answers(GRANTED).strip().splitlines()[-2:])


def line_of(city: City, number: str, part: int) -> str:
    """The number in the batch of the latest payment of an instalment."""
    return city.answers(LINE.format(number=number, part=part)).strip().splitlines()[-1]


def presses(visitor: Visitor, name: str) -> Visitor:
    """Press a button by its words; the page that follows is sound."""
    with visitor.page.expect_navigation():
        visitor.page.get_by_role("button", name=re.compile(rf"^{re.escape(name)}\s*(:|$)")).first.click()
    return visitor.finds_it_sound()


def batches(tuula: Visitor) -> str:
    """What is due is gathered into a batch and sent; the batch's address."""
    presses(tuula.opens("/payments/"), "Kokoa maksatuserä nyt: Helsinki-lisä")
    assert "Maksatuserässä on" in tuula.reads()
    batch = tuula.path
    release = tuula.page.get_by_role("button", name="Vapauta maksuun")
    if release.count():
        presses(tuula, "Vapauta maksuun")
    presses(tuula, "Lähetä nyt")
    return batch


def writes_down(tuula: Visitor, batch: str, line: str, outcome: str) -> None:
    """Finance writes down what the bank's statement says of a line."""
    tuula.opens(batch).page.locator("details:has([name=outcome])").first.evaluate("el => el.open = true")
    tuula.page.locator(f"[name=outcome][value={outcome}]").check(force=True)
    tuula.page.locator("[name=numbers]").fill(line)
    form = tuula.page.locator("form:has([name=numbers])")
    form.locator("[name=reason]").fill("Tiliote 20.8.")
    with tuula.page.expect_navigation():
        form.locator("button[type=submit]").click()
    tuula.finds_it_sound()


def test_the_first_instalment_is_batched_returned_and_paid_again(city: City, visit: Visit, granted: Granted) -> None:
    tuula = visit("tuula")
    batch = batches(tuula)
    with tuula.page.expect_download() as taken:
        tuula.page.get_by_role("link", name="Lataa tiedosto").click()
    listed = taken.value.path().read_text(encoding="utf-8-sig")
    assert granted.cafe in listed
    assert granted.garden in listed
    writes_down(tuula, batch, line_of(city, granted.garden, 1), "paid")
    writes_down(tuula, batch, line_of(city, granted.cafe, 1), "returned")
    samuli = visit("samuli").opens(f"{PLACE}?state=payment_failed").finds_it_sound()
    samuli.page.get_by_role("link", name="Kahvila Aamukaste Oy").first.click()
    samuli.opens(f"{PLACE}{granted.cafe}/").finds_it_sound()
    presses(samuli, "Maksa uudelleen")
    again = batches(tuula)
    writes_down(tuula, again, line_of(city, granted.cafe, 1), "paid")
    samuli.opens(f"{PLACE}{granted.cafe}/").finds_it_sound()
    assert "maksettu" in samuli.reads().lower()


def test_the_second_instalment_is_paid_by_a_payslip(city: City, visit: Visit, granted: Granted, tmp_path: Path) -> None:
    slip = tmp_path / "palkka.pdf"
    slip.write_bytes(pdf())
    petri = visit(width=320).signs_in_for("petri", "Kahvila Aamukaste Oy", wanted=f"{OWN}{granted.cafe}/")
    petri.finds_it_sound()
    send = petri.page.locator("form[enctype] .button-row button[type=submit]").last
    send.click()
    petri.finds_it_sound()
    petri.page.locator("[name=payslip]").set_input_files(slip)
    petri.page.locator("[name=assured]").check(force=True)
    petri.page.locator("form[enctype] .button-row button[type=submit]").last.click()
    petri.finds_it_sound()
    assert "Kiitos" in petri.reads()
    samuli = visit("samuli").opens(f"{PLACE}{granted.cafe}/").finds_it_sound()
    presses(samuli, "Hyväksy maksuun")
    tuula = visit("tuula")
    writes_down(tuula, batches(tuula), line_of(city, granted.cafe, 2), "paid")


def test_the_works_end_is_told_and_a_recovery_is_decided(visit: Visit, granted: Granted) -> None:
    petri = visit(width=320).signs_in_for("petri", "Kahvila Aamukaste Oy", wanted=f"{OWN}{granted.cafe}/")
    petri.opens(f"{OWN}{granted.cafe}/change/").finds_it_sound()
    petri.page.locator("#content button[type=submit]").last.click()
    petri.finds_it_sound()
    petri.page.locator("[name=kind][value=termination]").check(force=True)
    petri.page.locator("[name=last_day]").fill("2026-08-14")
    petri.page.locator("[name=reason]").fill("Työ loppui.")
    petri.page.locator("#content button[type=submit]").last.click()
    petri.finds_it_sound()
    # Other employers have told of changes too: this one's number stands in the address where it is corrected.
    petri.opens(f"{OWN}{granted.cafe}/").finds_it_sound()
    correct = petri.page.locator(f"a[href^='{OWN}{granted.cafe}/change/']:not([href$='/change/'])").last
    notice = (correct.get_attribute("href") or "").rstrip("/").rpartition("/")[2]
    samuli = visit("samuli").opens(PLACE).finds_it_sound()
    samuli.page.locator(f"#changes ~ * a[href$='/changes/{notice}/']").click()
    desk = samuli.finds_it_sound().path
    presses(samuli, "Ota käsittelyyn")
    samuli.page.locator("[name=recoverable][value=yes]").check(force=True)
    samuli.page.locator("[name=justification]").fill("Työ päättyi 14.8.2026.")
    presses(samuli, "Lähetä viranhaltijalle")
    outi = visit("outi").opens(desk).finds_it_sound()
    presses(outi, "Päätä esityksen mukaan")
    outi.page.get_by_role("link", name="Päätöskirje").first.click()
    outi.finds_it_sound()
    petri.opens(f"{OWN}{granted.cafe}/").finds_it_sound()
    petri.page.get_by_role("link", name=re.compile("^Lue päätös")).last.click()
    petri.finds_it_sound()
    assert "Työ päättyi 14.8.2026." in petri.reads()
    assert "oikaisu" in petri.reads().lower()


def test_finance_makes_the_invoice_list_of_the_recovery(visit: Visit, granted: Granted) -> None:
    tuula = visit("tuula").opens(f"{PLACE}invoices/").finds_it_sound()
    presses(tuula, "Laadi luettelo")
    with tuula.page.expect_download() as taken:
        tuula.page.locator("main tbody a").first.click()
    heads, *rows = csv.reader(taken.value.path().read_text(encoding="utf-8-sig").splitlines(), delimiter=";")
    assert len(heads) == 14
    (row,) = (one for one in rows if one[0] == granted.cafe)
    told = dict(zip(heads, row, strict=True))
    assert told["Laskutettavan virallinen nimi"] == "Kahvila Aamukaste Oy"
    assert told["Aikajakso, jolta tukea peritään takaisin"].startswith("15.8.2026 - ")
    assert re.fullmatch(r"[1-9]\d*[.,]00", told["Summatieto"])
    assert "Työ päättyi 14.8.2026." in told["Selite"]


@pytest.mark.parametrize("language", ["sv", "en"])
def test_the_money_pages_are_sound_on_a_phone(visit: Visit, granted: Granted, language: str) -> None:
    samuli = visit("samuli", language=language, width=320)
    for path in ("", "?state=paid", f"{granted.cafe}/", f"{granted.garden}/change/", "aid-register/"):
        samuli.opens(f"{PLACE}{path}").finds_it_sound()
    visit("tuula", language=language, width=320).opens(f"{PLACE}invoices/").finds_it_sound()
