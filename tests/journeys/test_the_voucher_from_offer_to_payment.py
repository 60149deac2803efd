# SPDX-License-Identifier: EUPL-1.2
"""One voucher all the way: the youth's, the employer's claim, a handler, an official, finance, the bank, and back."""

import io
import re
from typing import Any

import pytest
from pypdf import PdfWriter

from tests.journeys.city import City, number_of
from tests.journeys.conftest import Visit
from tests.journeys.visitors import Visitor

pytestmark = pytest.mark.browser
AINO = 1001
HOME, QUEUE = "/organisation/summer-voucher/", "/summer-voucher/claims/"
READY = """
from datetime import timedelta
from ennakko.kernel import clock
from ennakko.kernel.access import Actor
from ennakko.kernel.cases.automation import open_gate
from ennakko.services.summer_voucher.actions import claims
from ennakko.services.summer_voucher.models import Voucher
from ennakko.services.summer_voucher.queries.vouchers import shown
open_gate("summer-voucher", "claim", None)
garden = Actor("organisation", "journey", name="Henrik", strong=True, organisation="9000004-6",
               mandates=frozenset({"signatory", "grants", "employment"}))
wanted = 2
for held in Voucher.objects.filter(
    year=2026, state="issued", person__gt=5000, person__non_disclosure=False
).select_related("person").order_by("-pk"):
    row = {"number": shown(held), "surname": held.person.surname, "hired_without": "no"}
    told = claims.prefill([row], actor=garden, at=clock.now(), on=clock.today(), wall=clock.wall()).rows[0]
    if "pay" in told and float(told["pay"].value.replace(",", ".")) >= 500:
        row |= {name: told[name].value for name in ("work_start", "work_end", "hours", "pay")}
        claims.send({"rows": [row]}, actor=garden, at=clock.now(), on=clock.today(), wall=clock.wall(),
                    key=f"journey-{held.pk % 10**9}")
        wanted -= 1
    if not wanted:
        break
"""
"""Two clear claims, sent while the machine may not decide: they wait for an official."""
PAID = """
from datetime import timedelta
from ennakko.connectors.finance.embedded import DemoBank
from ennakko.kernel import clock, payments
from ennakko.kernel.access import SYSTEM
payments.confirm(list(DemoBank(after=timedelta(0)).confirmations()), actor=SYSTEM("payments.confirm"), at=clock.now())
"""
"""The demonstration's bank answers at once."""


@pytest.fixture(scope="module")
def city(city_in_august: City) -> City:
    """This journey goes on in August."""
    return city_in_august


@pytest.fixture(scope="module")
def signed_in() -> dict[str, Any]:
    return {}


def paper(name: str) -> Any:
    """A PDF of one empty page, as a form's file."""
    writer, out = PdfWriter(), io.BytesIO()
    writer.add_blank_page(width=595, height=842)
    writer.write(out)
    return {"name": name, "mimeType": "application/pdf", "buffer": out.getvalue()}


def claims(petri: Visitor, number: str) -> str:
    """The employer claims more hours than the young may work: only a person can judge it. The number of the case."""
    page = petri.page
    page.locator("[name=number]").fill(number)
    page.locator("[name=surname]").fill("Koskela")
    page.locator("#content form button[type=submit]").first.click()
    page.wait_for_url("**/draft/**")
    petri.finds_it_sound()
    page.get_by_text("Korjaa tai kerro lisää").click()
    page.locator("[name=r0-hours]").fill("400")
    page.locator("[name=r0-pay]").fill("3400")
    page.locator("input[type=file][name=r0-employment_contract]").set_input_files(paper("sopimus.pdf"))
    page.locator("input[type=file][name=r0-payslip]").set_input_files(paper("palkka.pdf"))
    page.locator("[name=r0-hired_without][value=no]").check(force=True)
    page.locator(".claim__send button[value=send]").click()
    page.wait_for_url("**/claims/**")
    petri.finds_it_sound()
    assert "Odottaa käsittelijää" in petri.reads()
    page.locator("a[href*='/case/']").first.click()
    found = re.search(r"/case/([^/]+)/", petri.path)
    assert found
    return found.group(1)


def test_one_voucher_from_the_youth_to_the_bank_and_back(visit: Visit, city: City) -> None:
    aino = visit("aino").opens("/summer-voucher/").finds_it_sound()
    number = aino.page.locator(".voucher__number").inner_text()
    assert number == number_of(city, AINO)

    petri = visit(width=320).signs_in_for("petri", "Kahvila Aamukaste Oy", wanted=HOME).finds_it_sound()
    case = claims(petri, number)
    own_page = petri.path

    ritva = visit("ritva").opens(f"{QUEUE}?state=awaiting_handling").finds_it_sound()
    ritva.page.locator(f"a[href$='/case/{case}/']").first.click()
    ritva.finds_it_sound()
    ritva.page.locator("[name=outcome][value=accepted]").check(force=True)
    ritva.page.locator("[name=justification]").fill("Tunneissa oli kirjoitusvirhe: työsopimuksen mukaan niitä on 80.")
    ritva.page.locator("button[value=preview]").click()
    ritva.finds_it_sound()
    ritva.page.get_by_role("button", name="Lähetä viranhaltijalle").click()

    outi = visit("outi").opens(f"{QUEUE}case/{case}/").finds_it_sound()
    outi.page.get_by_role("button", name="Päätä", exact=True).click()
    city.answers(READY)
    outi.opens(f"{QUEUE}?state=ready_for_decision").finds_it_sound()
    outi.page.locator("[data-choose-all]").check(force=True)
    outi.page.get_by_role("button", name="Hyväksy valitut").click()
    outi.finds_it_sound()
    assert outi.opens(f"{QUEUE}?state=ready_for_decision").page.locator("tbody input[type=checkbox]").count() == 0

    tuula = visit("tuula").opens("/payments/")
    tuula.page.get_by_role("button", name="Kokoa maksatuserä nyt: Kesäseteli").click()
    tuula.finds_it_sound()
    assert "Kahvila Aamukaste Oy" in tuula.reads()
    assert "Ekholms Trädgård Ab" in tuula.reads()
    tuula.page.get_by_role("button", name="Lähetä nyt").click()
    assert "Tiedosto on maksujärjestelmässä." in tuula.reads()
    batch = tuula.path
    city.answers(PAID)
    tuula.opens(batch).finds_it_sound()
    assert "kaikki rivit vahvistettu" in tuula.reads()

    petri.opens(own_page).finds_it_sound()
    assert "Maksettu" in petri.reads()
    aino.opens("/summer-voucher/").finds_it_sound()
    assert "Kahvila Aamukaste Oy" in aino.reads()
    assert "Kaupunki maksoi summan työnantajalle" in aino.reads()
