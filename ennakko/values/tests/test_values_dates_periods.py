# SPDX-License-Identifier: Apache-2.0
from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ennakko.values.dates import (
    add_months,
    add_years,
    age_on,
    days_30e,
    days_between,
    format_date,
    months_30e,
    months_between,
    school_year_start,
)
from ennakko.values.periods import Period

DAYS = st.dates(date(1900, 1, 1), date(2150, 12, 31))
LEAP_DAY = date(2008, 2, 29)


def test_a_leap_day_becomes_the_28th_in_a_common_year():
    assert add_years(LEAP_DAY, 1) == date(2009, 2, 28)
    assert add_years(LEAP_DAY, 4) == date(2012, 2, 29)


def test_the_last_day_of_a_month_stays_within_the_next():
    assert add_months(date(2026, 1, 31), 1) == date(2026, 2, 28)
    assert add_months(date(2026, 3, 31), -1) == date(2026, 2, 28)
    assert add_months(date(2026, 12, 15), 1) == date(2027, 1, 15)


def test_age_changes_on_the_birthday():
    birth = date(2010, 6, 15)
    assert age_on(birth, date(2026, 6, 14)) == 15
    assert age_on(birth, date(2026, 6, 15)) == 16
    assert age_on(LEAP_DAY, date(2026, 2, 27)) == 17
    assert age_on(LEAP_DAY, date(2026, 2, 28)) == 18


@given(DAYS, st.integers(0, 120))
def test_who_is_born_n_years_ago_today_is_n(birth, years):
    assert age_on(birth, add_years(birth, years)) == years


@given(DAYS, st.integers(-600, 600))
def test_months_between_undoes_adding_months(start, months):
    end = add_months(start, months)
    between = months_between(start, end)
    assert add_months(start, between) <= end < add_months(start, between + 1)


@pytest.mark.parametrize(
    ("start", "end", "months"),
    [
        (date(2026, 1, 1), date(2026, 1, 31), Fraction(1)),
        (date(2026, 2, 1), date(2026, 2, 28), Fraction(1)),
        (date(2026, 1, 1), date(2026, 1, 15), Fraction(1, 2)),
        (date(2026, 1, 1), date(2026, 12, 31), Fraction(12)),
        (date(2026, 1, 1), date(2026, 1, 30), Fraction(29, 30)),
    ],
)
def test_months_of_an_inclusive_period_by_european_30_360(start, end, months):
    assert months_30e(start, end) == months == Period(start, end).months_30e()


def test_the_31st_counts_as_the_30th():
    assert days_30e(date(2026, 1, 30), date(2026, 3, 31)) == days_30e(date(2026, 1, 31), date(2026, 3, 30)) == 60


@given(DAYS, DAYS, DAYS)
def test_30_360_days_add_up(first, second, third):
    assert days_30e(first, second) + days_30e(second, third) == days_30e(first, third)


@pytest.mark.parametrize(("on", "start"), [(date(2026, 7, 31), date(2025, 8, 1)), (date(2026, 8, 1), date(2026, 8, 1))])
def test_a_school_year_begins_in_august(on, start):
    assert school_year_start(on) == start


def test_dates_read_as_people_write_them():
    assert format_date(date(2026, 6, 1), "fi") == "1.6.2026" == format_date(date(2026, 6, 1), "sv")
    assert format_date(date(2026, 6, 1), "en") == "1 June 2026"


def test_a_period_cannot_end_before_it_starts():
    with pytest.raises(ValueError, match="before it starts"):
        Period(date(2026, 6, 2), date(2026, 6, 1))


def test_both_ends_belong_to_the_period():
    season = Period(date(2026, 6, 1), date(2026, 8, 15))
    assert date(2026, 6, 1) in season
    assert date(2026, 8, 15) in season
    assert date(2026, 8, 16) not in season
    assert season.days == 76
    assert season.format("fi") == "1.6.2026–15.8.2026"
    assert Period(date(2026, 6, 1)).format("en") == "1 June 2026 –"


def test_an_open_period_has_no_length():
    with pytest.raises(ValueError, match="no end"):
        _ = Period(date(2026, 1, 1)).days


@given(DAYS, st.integers(0, 900), DAYS, st.integers(0, 900))
def test_the_overlap_is_the_days_that_both_have(first, first_days, second, second_days):
    one = Period(first, first + timedelta(days=first_days))
    other = Period(second, second + timedelta(days=second_days))
    overlap = one.overlap(other)
    assert overlap == other.overlap(one)
    shared = min(one.end, other.end) - max(one.start, other.start)
    assert (overlap.days if overlap else 0) == max(0, shared.days + 1)


def test_an_open_period_overlaps_until_the_other_ends():
    assert Period(date(2026, 1, 1)).overlap(Period(date(2025, 6, 1), date(2026, 3, 1))) == Period(
        date(2026, 1, 1), date(2026, 3, 1)
    )


def test_a_period_follows_another_only_on_the_very_next_day():
    spring = Period(date(2026, 1, 1), date(2026, 5, 31))
    assert Period(date(2026, 6, 1)).follows(spring)
    assert not Period(date(2026, 6, 2)).follows(spring)
    assert not spring.follows(Period(date(2025, 1, 1)))


def test_days_between_leaves_the_end_out():
    assert days_between(date(2026, 1, 1), date(2026, 1, 2)) == 1
