# SPDX-License-Identifier: EUPL-1.2
"""The demo's days go by: run after the other journeys, because time only moves forward."""

import re
from datetime import date, timedelta

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import Visit

pytestmark = pytest.mark.browser


def _day_on(page: str) -> date:
    """The day that the page of the clock says: the next one already, where the journeys began before midnight."""
    told = re.search(r"\b(\d{1,2})\.(\d{1,2})\.(2026)\b", page)
    assert told, page
    return date(*(int(part) for part in reversed(told.groups())))


def _written(day: date) -> str:
    return f"{day.day}.{day.month}.{day.year}"


def test_a_day_passes_at_a_press_and_a_wrong_number_of_days_is_explained(visit: Visit) -> None:
    anybody = visit(width=320).opens("/demo/clock/")
    today = _day_on(anybody.reads())
    anybody.page.get_by_label("Montako päivää").fill("0")
    anybody.page.get_by_role("button", name="Siirrä eteenpäin").click()
    anybody.finds_it_sound()
    assert anybody.page.locator("[aria-invalid=true]").input_value() == "0"
    anybody.page.get_by_role("button", name="Yksi päivä").click()
    expect(anybody.page.locator("main")).to_contain_text(_written(today + timedelta(days=1)))
    anybody.finds_it_sound()


def test_whoever_moves_to_the_city_finds_a_voucher_on_her_page_without_asking(visit: Visit) -> None:
    sara = visit("sara").opens("/summer-voucher/").finds_it_sound()
    assert "Setelisi numero" not in sara.reads()
    today = _day_on(sara.opens("/demo/clock/").reads())
    sara.page.get_by_role("button", name="Yksi viikko").click()
    expect(sara.page.locator("main")).to_contain_text(_written(today + timedelta(days=7)))
    sara.signs_in("sara").opens("/summer-voucher/").finds_it_sound()
    assert "Kesäseteli, 350 €" in sara.reads()
