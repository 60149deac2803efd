# SPDX-License-Identifier: EUPL-1.2
"""What a youth does with the voucher that came without asking: looks, says no, takes the no back, prints, asks why."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import Visit
from tests.journeys.visitors import Visitor

pytestmark = pytest.mark.browser

OWN = "/summer-voucher/"
WORDS = {
    "fi": ("Ei kiitos", "Haluan setelin sittenkin", "Tulosta seteli"),
    "sv": ("Nej tack", "Jag vill ha sedeln ändå", "Skriv ut sedeln"),
    "en": ("No thanks", "I want the voucher after all", "Print the voucher"),
}


def _says_no_and_takes_it_back(youth: Visitor, *, sound: bool = True) -> None:
    no, after_all, _printed = WORDS[youth.language]
    youth.page.get_by_role("button", name=no).click()
    expect(youth.page.get_by_role("button", name=after_all)).to_be_visible()
    assert not youth.page.locator(".voucher__number").count()
    if sound:
        youth.finds_it_sound()
    youth.page.get_by_role("button", name=after_all).click()
    expect(youth.page.locator(".voucher__number")).to_be_visible()


@pytest.mark.smoke
def test_a_youth_finds_the_voucher_says_no_and_takes_it_back(visit: Visit) -> None:
    aino = visit("aino").opens("/my/").finds_it_sound()
    aino.page.get_by_role("link", name="Katso seteliä").click()
    aino.finds_it_sound()
    expect(aino.page.locator("h1")).to_have_text("Kesäseteli, 350 €")
    assert re.fullmatch(r"[0-9a-z-]{6,}", aino.page.locator(".voucher__number").inner_text())
    aino.page.get_by_text("Tiedot ja säännöt tämän takana").click()
    assert "Väestötietojärjestelmä" in aino.reads()
    aino.finds_it_sound()
    _says_no_and_takes_it_back(aino)
    aino.page.get_by_role("link", name="Tulosta seteli").click()
    aino.finds_it_sound()
    aino.opens("/summer-voucher/data/").finds_it_sound()


@pytest.mark.parametrize(("persona", "language"), [("elsa", "sv"), ("hodan", "en")])
def test_on_a_phone_in_ones_own_language(visit: Visit, persona: str, language: str) -> None:
    youth = visit(persona, language=language, width=320).opens(OWN).finds_it_sound()
    _says_no_and_takes_it_back(youth)
    youth.page.get_by_role("link", name=WORDS[language][2]).click()
    youth.finds_it_sound()
    youth.opens("/summer-voucher/data/").finds_it_sound()


def test_with_only_a_keyboard(visit: Visit) -> None:
    hodan = visit("hodan", language="en").opens(OWN)
    hodan.tabs_to("No thanks").presses("Enter")
    hodan.tabs_to("I want the voucher after all").presses("Enter")
    expect(hodan.page.locator(".voucher__number")).to_be_visible()


def test_without_javascript(visit: Visit) -> None:
    elsa = visit("elsa", language="sv", width=320, script=False).opens(OWN)
    _says_no_and_takes_it_back(elsa, sound=False)


def test_whoever_has_no_voucher_reads_why_and_what_to_do(visit: Visit) -> None:
    eetu = visit("eetu").opens(OWN).finds_it_sound()
    assert "Tänä vuonna seteli ei kuulu sinulle" in eetu.reads()
    veikko = visit("veikko").opens(OWN).finds_it_sound()
    assert "olet kieltänyt meitä katsomasta puolestasi eteenpäin" in veikko.reads()
    timo = visit("timo").opens(OWN).finds_it_sound()
    assert "Kesäseteli on nuorille" in timo.reads()


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_the_link_of_a_message_shows_nothing_of_anybody(visit: Visit, language: str) -> None:
    anybody = visit(language=language, width=320).opens("/demo/mailbox/?whose=all&words=Koskela")
    found = re.search(r"/o/[a-z2-7]+/", anybody.page.content())
    assert found, "no link of an offer in the mailbox"
    anybody.opens(found.group()).finds_it_sound()
    told = anybody.page.locator("main").inner_text()
    assert "350" not in told
    assert "Koskela" not in told
    assert "Aino" not in told
