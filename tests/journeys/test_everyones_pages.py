# SPDX-License-Identifier: EUPL-1.2
"""What anybody, a resident, the administrator and the data protection officer do on the pages that no service owns."""

import re

import pytest
from playwright.sync_api import expect

from ennakko.demo_city.personas import persona
from tests.journeys.conftest import Visit

pytestmark = pytest.mark.browser

OPEN = ("/", "/sign-in/", "/accessibility/", "/privacy/", "/sources/", "/demo/mailbox/", "/demo/clock/")
RESIDENT = ("/my/", "/my/messages/", "/my/looked-up/", "/my/switches/")


@pytest.mark.parametrize(("language", "width"), [("fi", 1280), ("sv", 320), ("en", 320)])
def test_the_open_pages_are_sound(visit: Visit, language: str, width: int) -> None:
    anybody = visit(language=language, width=width)
    for path in OPEN:
        anybody.opens(path).finds_it_sound()
    anybody.opens("/nothing/here/", status=404).finds_it_sound()


@pytest.mark.parametrize(
    ("slug", "language", "width"), [("aino", "fi", 1280), ("elsa", "sv", 320), ("hodan", "en", 320)]
)
def test_a_residents_own_pages_are_sound(visit: Visit, slug: str, language: str, width: int) -> None:
    youth = visit(slug, language=language, width=width)
    for path in RESIDENT:
        youth.opens(path).finds_it_sound()
    youth.opens("/audit/", status=403).finds_it_sound()


def test_whom_the_registers_do_not_know_is_told_so(visit: Visit) -> None:
    leevi = visit("leevi")
    leevi.opens("/my/").finds_it_sound()
    assert "Rekisterimme eivät tunne sinua" in leevi.reads()
    leevi.opens("/my/switches/").finds_it_sound()


def test_the_pages_are_sound_in_the_dark(visit: Visit) -> None:
    anybody = visit(dark=True)
    for path in ("/", "/sign-in/", "/privacy/"):
        anybody.opens(path).finds_it_sound()
    marja = visit("marja", dark=True)
    marja.opens("/my/switches/").finds_it_sound()
    mirja = visit("mirja", dark=True)
    mirja.opens("/staff/").finds_it_sound()


def test_the_language_changes_where_one_is_and_stays(visit: Visit) -> None:
    anybody = visit(language="fi", width=320).opens("/sources/")
    anybody.speaks("sv").speaks("en")
    anybody.opens("/accessibility/").finds_it_sound()


def test_coming_in_leads_back_to_the_page_one_wanted(visit: Visit) -> None:
    marja = visit().opens("/my/looked-up/")
    assert marja.path.startswith("/sign-in/?next=")
    marja.finds_it_sound()
    marja.page.locator("form[action='/sign-in/residents/'] button").click()
    marja.finds_it_sound()
    marja.page.locator("button[name=persona][value=marja]").click()
    marja.finds_it_sound()
    marja.page.locator("button[name=confirmed]").click()
    expect(marja.page).to_have_url(f"{marja.address}/my/looked-up/")


def test_a_resident_forbids_looking_ahead_and_allows_it_again(visit: Visit) -> None:
    marja = visit("marja").opens("/my/switches/")
    marja.page.get_by_role("button", name="Älä katso puolestani eteenpäin tässä").first.click()
    assert "Emme katso puolestasi eteenpäin" in marja.reads()
    marja.finds_it_sound()
    marja.page.get_by_role("button", name="Katso taas puolestani eteenpäin").click()
    marja.finds_it_sound()
    assert "Katsomme puolestasi eteenpäin" in marja.reads()


def test_whoever_has_only_a_keyboard_comes_in_and_turns_a_switch(visit: Visit) -> None:
    noora = visit().opens("/")
    noora.page.keyboard.press("Tab")
    expect(noora.page.locator(":focus")).to_have_text("Siirry sisältöön")
    noora.page.keyboard.press("Enter")
    noora.tabs_to("Kirjaudu sisään", inside="main").presses("Enter")
    noora.tabs_to("Suomi.fi").presses("Enter")
    noora.tabs_to("Olen Noora").presses("Enter")
    noora.tabs_to("Kirjaudu sisään", inside="main").presses("Enter")
    expect(noora.page).to_have_url(f"{noora.address}/my/")
    noora.tabs_to("Valinnat").presses("Enter")
    noora.tabs_to("Älä katso").presses("Enter")
    assert "Emme katso puolestasi eteenpäin" in noora.reads()
    noora.tabs_to("Katso taas").presses("Enter")
    assert "Katsomme puolestasi eteenpäin" in noora.reads()


def test_without_javascript_everything_of_ones_own_works(visit: Visit) -> None:
    timo = visit("timo", script=False, width=320)
    for path in RESIDENT:
        timo.opens(path)
    timo.speaks("en").speaks("fi")
    timo.page.get_by_role("button", name="Älä katso puolestani eteenpäin tässä").first.click()
    assert "Emme katso puolestasi eteenpäin" in timo.reads()
    timo.page.get_by_role("button", name="Katso taas puolestani eteenpäin").click()
    timo.page.locator("form[action='/feedback/'] button[value=yes]").click()
    assert "Kiitos" in timo.reads()


@pytest.mark.parametrize(("language", "width"), [("fi", 1280), ("sv", 320), ("en", 768)])
def test_the_administrator_gives_and_ends_a_role(visit: Visit, language: str, width: int) -> None:
    mirja = visit("mirja", language=language, width=width)
    mirja.opens("/staff/").finds_it_sound()
    mirja.page.locator("#content form button[type=submit]").first.click()
    mirja.finds_it_sound()
    assert mirja.page.locator("[aria-invalid=true]").count() >= 2
    mirja.page.get_by_label(re.compile("^(Nimi|Namn|Name)")).fill(f"Testi Työntekijä {language}")
    mirja.page.get_by_label(re.compile("^(Työtunnus|Arbetskonto|Work account)")).fill(f"test-{language}")
    mirja.page.locator("#content form button[type=submit]").first.click()
    if not re.search(r"/staff/\d+/", mirja.path):
        mirja.page.get_by_role("link", name=f"Testi Työntekijä {language}").click()
    mirja.finds_it_sound()
    mirja.page.locator("select[name=role]").select_option("adviser")
    mirja.page.locator("select[name=role]").locator("xpath=ancestor::form").locator("button[type=submit]").click()
    mirja.finds_it_sound()
    mirja.page.locator("form[action*='/end'] button").click()
    assert mirja.page.locator("form[action*='/end']").count() == 0


@pytest.mark.parametrize(("language", "width"), [("fi", 1280), ("sv", 320), ("en", 768)])
def test_the_data_protection_officer_sees_who_looked_and_that_the_log_is_whole(
    visit: Visit, language: str, width: int
) -> None:
    anneli = visit("anneli", language=language, width=width)
    anneli.opens("/my/").finds_it_sound()
    anneli.opens("/audit/").finds_it_sound()
    form = anneli.page.locator("form", has=anneli.page.locator("[name=code]"))
    form.locator("[name=code]").fill("010101-123")
    form.locator("button[type=submit]").click()
    anneli.finds_it_sound()
    assert anneli.page.locator("[name=code]").input_value() == "010101-123"
    assert anneli.page.locator("[aria-invalid=true]").count() == 2
    form.locator("[name=code]").fill(persona("aino").identity_code)
    form.locator("[name=reason]").fill("Journey")
    form.locator("button[type=submit]").click()
    anneli.finds_it_sound()
    anneli.page.locator("form[action='/audit/verify'] button").click()
    anneli.finds_it_sound()
    assert anneli.page.locator(".hds-notification--success").count() == 1


@pytest.mark.parametrize("slug", ["ritva", "outi", "harri", "leena", "joonas", "pekka", "sirpa"])
def test_everyone_who_works_for_the_city_comes_in_to_a_page_of_their_own(visit: Visit, slug: str) -> None:
    worker = visit().signs_in(slug)
    assert worker.path == "/my/"
    worker.finds_it_sound()
    worker.opens("/staff/", status=403)
    worker.signs_out()
    assert "Kirjaudu sisään" in worker.reads()
