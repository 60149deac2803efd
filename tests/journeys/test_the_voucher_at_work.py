# SPDX-License-Identifier: EUPL-1.2
"""The city's own people with the voucher: queue by keyboard, counter, one voucher, calls, the director's figures."""

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import Visit

pytestmark = pytest.mark.browser

WORK = {
    "ritva": ("/summer-voucher/queue/", "/summer-voucher/calls/", "/summer-voucher/find/", "/summer-voucher/counter/"),
    "outi": ("/summer-voucher/runs/", "/my/"),
    "sirpa": ("/summer-voucher/protected/",),
}


@pytest.mark.parametrize(("language", "width"), [("sv", 320), ("en", 320)])
def test_the_workers_pages_are_sound_in_every_language(visit: Visit, language: str, width: int) -> None:
    for persona, paths in WORK.items():
        worker = visit(persona, language=language, width=width)
        for path in paths:
            worker.opens(path).finds_it_sound()
    ritva = visit("ritva", language=language, width=width).opens("/summer-voucher/queue/?state=awaiting_handling")
    ritva.page.locator("table tbody a").first.click()
    ritva.finds_it_sound()


def test_the_queue_is_worked_by_keyboard(visit: Visit) -> None:
    samuli = visit("samuli").opens("/summer-voucher/queue/?state=awaiting_handling")
    samuli.page.locator("h1").click()
    samuli.page.keyboard.press("j")
    samuli.page.keyboard.press("x")
    expect(samuli.page.locator("[data-chosen-count]")).to_have_text("1")
    samuli.tabs_to("Ota käsittelyyn").presses("Enter")
    assert "1 hakemus on hoidettu" in samuli.reads()
    samuli.finds_it_sound()


def test_a_youth_is_served_at_the_counter(visit: Visit) -> None:
    joonas = visit("joonas").opens("/summer-voucher/counter/").finds_it_sound()
    joonas.page.get_by_role("button", name="Aloita palvelu").click()
    joonas.finds_it_sound()
    joonas.page.locator("[name=how][value=phone]").check(force=True)
    joonas.page.locator("[name=whom]").fill("Koskela")
    joonas.page.get_by_role("button", name="Aloita palvelu").click()
    joonas.finds_it_sound()
    joonas.page.get_by_role("button", name="Palvele").first.click()
    joonas.finds_it_sound()
    assert "Palvelet nyt: Aino Koskela" in joonas.reads()
    joonas.page.get_by_role("button", name="Ei halua seteliä").click()
    joonas.page.get_by_role("button", name="Haluaa setelin sittenkin").click()
    joonas.page.get_by_role("button", name="Lopeta palvelu").click()
    joonas.page.locator("[name=how][value=paper]").check(force=True)
    joonas.page.locator("[name=without_code]").check(force=True)
    joonas.page.get_by_role("button", name="Aloita palvelu").click()
    joonas.page.get_by_role("button", name="Lähetä hakemus").click()
    joonas.finds_it_sound()
    joonas.page.get_by_role("button", name="Lopeta palvelu").click()


def test_a_voucher_is_found_by_its_number_however_it_is_typed(visit: Visit) -> None:
    hodan = visit("hodan", language="en").opens("/summer-voucher/")
    number = hodan.page.locator(".voucher__number").inner_text()
    ritva = visit("ritva").opens("/summer-voucher/find/")
    ritva.page.locator("[name=number]").fill("abc")
    ritva.page.get_by_role("button", name="Etsi").click()
    ritva.finds_it_sound()
    ritva.page.locator("[name=number]").fill(number.upper().replace("-", " "))
    ritva.page.get_by_role("button", name="Etsi").click()
    ritva.finds_it_sound()
    assert "Hodan Warsame" in ritva.reads()


@pytest.mark.parametrize(("language", "width"), [("fi", 1280), ("sv", 320), ("en", 390)])
def test_the_director_sees_the_situation_and_asks_what_if(visit: Visit, language: str, width: int) -> None:
    harri = visit("harri", language=language, width=width).opens("/summer-voucher/situation/").finds_it_sound()
    harri.opens("/summer-voucher/situation/?ages=15&ages=16&ages=17&value=400").finds_it_sound()
    harri.opens("/summer-voucher/situation/?value=x", status=422).finds_it_sound()


@pytest.mark.parametrize(("language", "width"), [("fi", 1280), ("sv", 320), ("en", 320)])
def test_anybody_reads_the_rule_and_tries_it(visit: Visit, language: str, width: int) -> None:
    anybody = visit(language=language, width=width).opens("/rules/").finds_it_sound()
    anybody.opens("/rules/summer-voucher.number/").finds_it_sound()
    anybody.opens("/rules/summer-voucher.entitled/").finds_it_sound()
    anybody.page.locator("[name=fact-birth_date]").fill("2010-05-21")
    anybody.page.locator("[name=fact-voucher_given][value=no]").check(force=True)
    anybody.page.locator("#try form button[type=submit]").first.click()
    anybody.finds_it_sound()
    assert "350" in anybody.page.locator("#try").inner_text()
