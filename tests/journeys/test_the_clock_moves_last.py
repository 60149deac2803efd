# SPDX-License-Identifier: EUPL-1.2
"""The demo's days go by: run after the other journeys, because time only moves forward."""

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import Visit

pytestmark = pytest.mark.browser


def test_a_day_passes_at_a_press_and_a_wrong_number_of_days_is_explained(visit: Visit) -> None:
    anybody = visit(width=320).opens("/demo/clock/")
    assert "15.4.2026" in anybody.reads()
    anybody.page.get_by_label("Montako päivää").fill("0")
    anybody.page.get_by_role("button", name="Siirrä eteenpäin").click()
    anybody.finds_it_sound()
    assert anybody.page.locator("[aria-invalid=true]").input_value() == "0"
    anybody.page.get_by_role("button", name="Yksi päivä").click()
    expect(anybody.page.locator("main")).to_contain_text("16.4.2026")
    anybody.finds_it_sound()


def test_whoever_moves_to_the_city_finds_a_voucher_on_her_page_without_asking(visit: Visit) -> None:
    sara = visit("sara").opens("/summer-voucher/").finds_it_sound()
    assert "Setelisi numero" not in sara.reads()
    sara.opens("/demo/clock/").page.get_by_role("button", name="Yksi viikko").click()
    expect(sara.page.locator("main")).to_contain_text("23.4.2026")
    sara.signs_in("sara").opens("/summer-voucher/").finds_it_sound()
    assert "Kesäseteli, 350 €" in sara.reads()
