# SPDX-License-Identifier: EUPL-1.2
"""Acting for an organisation: in by the third door, choosing at Suomi.fi, its page and details, switching, and back."""

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import Visit

pytestmark = pytest.mark.browser

CAFE = "Kahvila Aamukaste Oy"
GARDEN, ASSOCIATION = "Ekholms Trädgård Ab", "Ungdomsföreningen Måsarna rf"


def test_an_owner_comes_in_sees_the_cafes_page_and_goes_back_to_his_own(visit: Visit) -> None:
    petri = visit().opens("/organisation/")
    expect(petri.page).to_have_url(f"{petri.address}/sign-in/?next=%2Forganisation%2F&as=organisations")
    petri.finds_it_sound()
    petri.page.get_by_role("button", name="Kirjaudu ja valitse organisaatio").click()
    petri.page.locator("button[name=persona][value=petri]").click()
    petri.page.locator("button[name=confirmed]").click()
    petri.finds_it_sound()
    petri.page.get_by_role("button", name="Asioi organisaation puolesta").click()
    expect(petri.page.locator("h1")).to_have_text(CAFE)
    petri.finds_it_sound()
    assert "Vaasankatu 12, 00500 Helsinki" in petri.reads()
    petri.page.get_by_role("link", name="Kaikki tiedot, niiden lähteet ja ketkä ovat asioineet").click()
    petri.finds_it_sound()
    assert "Petri Laakso" in petri.reads()
    petri.page.get_by_role("link", name="Vaihda tili").click()
    petri.page.get_by_label("Tilinumero (IBAN)").fill("FI21 1234 5600 0007 86")
    petri.page.get_by_role("button", name="Tallenna").click()
    assert "Tilinumerossa on virhe" in petri.reads()
    petri.finds_it_sound()
    petri.page.get_by_label("Tilinumero (IBAN)").fill("FI55 4234 5670 0000 81")
    petri.page.get_by_role("button", name="Tallenna").click()
    assert "FI55 4234 5670 0000 81" in petri.reads()
    petri.page.get_by_role("link", name="Vaihda", exact=True).first.click()
    petri.finds_it_sound()
    petri.page.get_by_role("button", name="Palaa omiin asioihini").click()
    assert "Hei, Petri Laakso" in petri.reads()
    petri.opens("/organisation/").finds_it_sound()
    petri.page.get_by_role("button", name=f"Asioi organisaationa {CAFE}").click()
    expect(petri.page.locator("h1")).to_have_text(CAFE)


def test_on_a_phone_in_swedish_one_switches_between_two_organisations(visit: Visit) -> None:
    henrik = visit(language="sv", width=320).signs_in_for("henrik", GARDEN).finds_it_sound()
    henrik.page.get_by_role("link", name="Byt", exact=True).first.click()
    henrik.page.get_by_role("button", name="En annan organisation").click()
    henrik.finds_it_sound()
    henrik.page.locator("label", has_text=ASSOCIATION).click()
    henrik.page.get_by_role("button", name="Uträtta ärenden för organisationen").click()
    expect(henrik.page.locator("h1")).to_have_text(ASSOCIATION)
    henrik.opens("/organisation/choose/").finds_it_sound()
    henrik.page.get_by_role("button", name=f"Företräd {GARDEN}").click()
    expect(henrik.page.locator("h1")).to_have_text(GARDEN)
    henrik.opens("/organisation/details/").finds_it_sound()


def test_an_account_abroad_in_english_on_a_phone(visit: Visit) -> None:
    kadri = visit(language="en", width=320).signs_in_for("kadri", "Merituul Events Oy").finds_it_sound()
    kadri.opens("/organisation/details/account/")
    kadri.page.get_by_label("The bank's BIC").fill("HABA")
    kadri.page.get_by_role("button", name="Save").click()
    assert "A BIC has 8 or 11 characters" in kadri.reads()
    kadri.finds_it_sound()


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_without_a_mandate_one_reads_how_to_get_it(visit: Visit, language: str) -> None:
    ville = visit("ville", language=language, width=320 if language != "fi" else 1280)
    ville.opens("/organisation/choose/")
    ville.page.locator("form[action='/organisation/choose/ask'] button").click()
    ville.page.locator("button[name=do][value=none]").click()
    assert "suomi.fi/" in ville.reads()
    ville.finds_it_sound()


def test_with_only_a_keyboard_and_without_javascript(visit: Visit) -> None:
    jenni = visit(script=False).opens("/organisation/")
    jenni.tabs_to("Kirjaudu ja valitse organisaatio").presses("Enter")
    jenni.tabs_to("Olen Jenni", most=90).presses("Enter")
    jenni.tabs_to("Kirjaudu sisään", inside="main").presses("Enter")
    jenni.tabs_to("Asioi organisaation puolesta").presses("Enter")
    expect(jenni.page.locator("h1")).to_have_text(CAFE)
    jenni.tabs_to("Tiedot", inside="nav").presses("Enter")
    jenni.tabs_to("Vaihda yhteyshenkilö").presses("Enter")
    jenni.tabs_to("Tallenna").presses("Enter")
    assert "Yhteyshenkilö on tallennettu" in jenni.reads()
