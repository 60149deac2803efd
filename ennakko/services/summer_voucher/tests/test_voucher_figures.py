# SPDX-License-Identifier: EUPL-1.2
from datetime import date

import pytest

from ennakko.kernel import offers
from ennakko.services.summer_voucher import figures
from ennakko.services.summer_voucher.queries import own
from ennakko.services.summer_voucher.tests import town as t

pytestmark = pytest.mark.django_db


def town_with_answers(tmp_path, declining: int):
    t.town(tmp_path / "a", *(t.youth(person) for person in range(1, 31)), t.youth(40, t.FIFTEEN))
    t.released()
    for person in range(1, 1 + declining):
        actor = t.resident(person)
        offers.answer(own.offer_of(actor, on=t.ON), "declined", actor=actor, at=t.AT, on=t.ON)


def test_the_tiles_add_up_where_nothing_is_small(tmp_path):
    town_with_answers(tmp_path, declining=6)
    shown = figures.tiles(t.director(), on=t.ON)
    assert (shown.entitled, shown.received, shown.gap) == (30, 30, 0)
    assert (shown.declined, shown.unanswered, shown.kept) == (6, 24, 0)


def test_a_small_tile_is_hidden_and_cannot_be_computed_from_the_others(tmp_path):
    town_with_answers(tmp_path, declining=2)
    shown = figures.tiles(t.director(), on=t.ON)
    assert shown.declined is None
    assert None in (shown.received, shown.unanswered)


def test_answers_by_district_are_gated(tmp_path):
    town_with_answers(tmp_path, declining=2)
    gated = figures.answers_by(t.director(), "district", on=t.ON)
    assert gated.shown(district="101", answer="declined") == "–"
    assert gated.shown() == "30"
    with pytest.raises(ValueError, match="district or language"):
        figures.answers_by(t.director(), "school", on=t.ON)


def test_the_forecast_counts_vouchers_not_declined_by_the_known_uptake(tmp_path):
    town_with_answers(tmp_path, declining=10)
    told = figures.forecast(t.director(), on=t.ON)
    assert (told.vouchers, told.most_cents) == (20, 20 * 35000)
    assert (told.low_cents, told.high_cents) == (20 * 35000 * 25 // 100, 20 * 35000 * 30 // 100)
    assert "2016" in told.source.fi


def test_what_if_counts_the_whole_city_under_other_ages_and_another_sum(tmp_path):
    t.town(
        tmp_path / "a", *(t.youth(person) for person in range(1, 11)),
        *(t.youth(person, t.FIFTEEN) for person in range(11, 31)), t.youth(31, moved_out=date(2026, 4, 1)),
    )  # fmt: skip
    t.released()
    found = figures.what_if(t.director(), ages=(15, 16), value_cents=40000, on=t.ON, at=t.AT)
    assert (found.now, found.then, found.gaining, found.losing) == (10, 30, 20, 0)
    assert (found.now_cents, found.then_cents) == (10 * 35000 * 30 // 100, 30 * 40000 * 30 // 100)
    assert found.by_district.shown(district="101") == "30"
    for wrong in ((), (12,), (40,)):
        with pytest.raises(ValueError, match="Ages"):
            figures.what_if(t.director(), ages=wrong, value_cents=40000, on=t.ON, at=t.AT)
    with pytest.raises(ValueError, match="sum"):
        figures.what_if(t.director(), ages=(16,), value_cents=0, on=t.ON, at=t.AT)


def test_near_misses_tell_what_single_condition_stands_in_the_way(tmp_path):
    t.town(
        tmp_path / "a", *(t.youth(person, municipality="049") for person in range(1, 7)),
        *(t.youth(person, t.FIFTEEN) for person in range(7, 15)),
    )  # fmt: skip
    shown = figures.near_misses(t.director(), on=t.ON)
    assert (shown.shown(condition="resident"), shown.shown(condition="right_age")) == ("6", "8")


def test_weeks_are_told_by_their_monday(tmp_path):
    town_with_answers(tmp_path, declining=6)
    assert figures.by_week(t.director(), on=t.ON).rows() == [(date(2026, 4, 13), 0, 6)]


def test_a_year_that_is_not_decided_has_nobody_entitled(tmp_path):
    t.town(tmp_path / "a", t.youth(1))
    day = date(2027, 2, 1)
    assert figures.tiles(t.director(), on=day).entitled == 0
    assert figures.near_misses(t.director(), on=day).shown() == "0"
    assert figures.what_if(t.director(), ages=(17,), value_cents=35000, on=day, at=t.AT).now == 0
