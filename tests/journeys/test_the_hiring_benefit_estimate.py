# SPDX-License-Identifier: EUPL-1.2
"""Before anybody applies: an employer's estimate, a job-seeker's letter, and what the director sees and tries."""

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import Visit

pytestmark = pytest.mark.browser
ESTIMATE, LETTER = "/hiring-benefit/estimate/", "/hiring-benefit/letter/"
ASKED = f"{ESTIMATE}?monthly_pay=3600&other_expenses=756&start=2026-06-01&months=12"


def test_an_employer_sees_the_sum_at_once_without_signing_in(visit: Visit) -> None:
    anybody = visit(None).opens(ESTIMATE)
    anybody.page.get_by_label("Palkka kuukaudessa").fill("3600")
    anybody.page.get_by_label("Palkan sivukulut").fill("756")
    anybody.page.get_by_label("Työ alkaa").fill("2026-06-01")
    anybody.page.get_by_label("Montako kuukautta").fill("12")
    anybody.page.keyboard.press("Tab")
    expect(anybody.page.locator("#answer h2")).to_contain_text("1\u00a0500\u00a0€")
    assert anybody.path == ESTIMATE
    anybody.finds_it_sound()
    anybody.opens(f"{ESTIMATE}?monthly_pay=-1", status=422).finds_it_sound()


@pytest.mark.parametrize("language", ["sv", "en"])
def test_the_estimate_is_sound_on_a_phone_and_without_scripts(visit: Visit, language: str) -> None:
    plain = visit(None, language=language, width=320, script=False).opens(ASKED)
    assert "18,000" in plain.reads() or "18 000" in plain.reads()
    phone = visit(None, language=language, width=320).opens(ASKED).finds_it_sound()
    phone.opens(f"{ESTIMATE}embedding/").finds_it_sound()
    phone.opens("/hiring-benefit/letters/").finds_it_sound()
    phone.opens(f"{ESTIMATE}embedded/?lang={language}&monthly_pay=2000&start=2026-06-01&months=6").finds_it_sound()


def test_the_director_reads_the_situation_and_tries_another_rule(visit: Visit) -> None:
    harri = visit("harri").opens("/hiring-benefit/situation/").finds_it_sound()
    harri.opens("/hiring-benefit/simulation/?reform=own&share=60&month=1600").finds_it_sound()
    assert "Mikään ei muutu" in harri.reads()
    harri.opens("/hiring-benefit/statistics/").finds_it_sound()


def test_an_adviser_offers_the_letter(visit: Visit) -> None:
    visit("joonas", language="en", width=320).opens(f"{LETTER}counter/").finds_it_sound()


def test_a_resident_orders_prints_and_withdraws_the_letter(visit: Visit) -> None:
    seeker = visit("timo").opens(LETTER).finds_it_sound()
    seeker.page.locator("input[name=consents]").check()
    seeker.page.locator("input[name=waives]").check()
    seeker.page.get_by_role("button", name="Tilaa kirje").click()
    expect(seeker.page.locator(".letter-code__code")).to_be_visible()
    seeker.finds_it_sound()
    seeker.opens(f"{LETTER}paper/").finds_it_sound()
    seeker.opens(LETTER)
    seeker.page.get_by_role("button", name="Peru kirje").click()
    expect(seeker.page.locator(".letter-code__code")).to_have_count(0)
    seeker.finds_it_sound()
