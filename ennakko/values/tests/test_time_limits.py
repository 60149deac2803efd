# SPDX-License-Identifier: Apache-2.0
"""Last days of time limits: the acts' own rules, and every day of sixteen years against another's implementation."""

from datetime import date, timedelta

import holidays
import pytest

from ennakko.values.time_limits import easter, is_working_day, last_day, working_day_from
from ennakko.values.time_limits import holidays as ours

YEARS = range(2020, 2036)


@pytest.mark.parametrize("year", YEARS)
def test_every_day_of_the_year_is_judged_as_another_library_judges_it(year):
    # Its "workday" holidays are days on which people work all the same, and time limits end.
    theirs = set(holidays.country_holidays("FI", years=year, categories=("public",)))
    eves = holidays.country_holidays("FI", years=year, categories=("public", "workday", "unofficial"), language="en_US")
    theirs |= {day for day, name in eves.items() if name in ("Christmas Eve", "Midsummer Eve")}
    day = date(year, 1, 1)
    while day.year == year:
        assert is_working_day(day) == (day.weekday() < 5 and day not in theirs), day
        day += timedelta(days=1)
    assert {one for one in theirs if one.weekday() < 5} == {one for one in ours(year) if one.weekday() < 5}


@pytest.mark.parametrize(
    ("year", "sunday"),
    [(2000, date(2000, 4, 23)), (2008, date(2008, 3, 23)), (2024, date(2024, 3, 31)), (2026, date(2026, 4, 5)),
     (2027, date(2027, 3, 28)), (2035, date(2035, 3, 25)), (2038, date(2038, 4, 25)), (2285, date(2285, 3, 22))],
)  # fmt: skip
def test_easter_is_where_the_almanac_has_it(year, sunday):
    assert easter(year) == sunday


@pytest.mark.parametrize("year", range(1900, 2200))
def test_easter_is_a_sunday_between_its_first_and_last_possible_day(year):
    assert easter(year).weekday() == 6
    assert date(year, 3, 22) <= easter(year) <= date(year, 4, 25)


@pytest.mark.parametrize(
    ("start", "days", "end", "why"),
    [
        (date(2026, 4, 15), 14, date(2026, 4, 29), "a plain Wednesday"),
        (date(2026, 4, 18), 14, date(2026, 5, 4), "Saturday moves to Monday"),
        (date(2026, 4, 17), 14, date(2026, 5, 4), "1 May, then the weekend"),
        (date(2026, 6, 5), 14, date(2026, 6, 22), "Midsummer Eve, Day and Sunday"),
        (date(2026, 12, 10), 14, date(2026, 12, 28), "Christmas Eve, Day, Boxing Day and Sunday"),
        (date(2026, 11, 22), 14, date(2026, 12, 7), "Independence Day on a Sunday"),
        (date(2024, 12, 10), 14, date(2024, 12, 27), "Christmas Eve on a Tuesday"),
        (date(2026, 3, 20), 14, date(2026, 4, 7), "Good Friday, Easter, Easter Monday"),
        (date(2026, 4, 30), 14, date(2026, 5, 15), "Ascension Day, the next day is a working day"),
        (date(2026, 12, 18), 14, date(2027, 1, 4), "New Year's Day and the weekend"),
        (date(2026, 12, 23), 14, date(2027, 1, 7), "Epiphany"),
        (date(2026, 10, 17), 14, date(2026, 11, 2), "All Saints' Day"),
    ],
)
def test_a_limit_that_would_end_on_a_day_off_ends_on_the_next_working_day(start, days, end, why):
    assert last_day(start, days=days) == end, why


def test_a_limit_in_months_ends_on_the_same_number_or_on_the_last_of_a_shorter_month():
    assert last_day(date(2026, 1, 30), months=1) == date(2026, 3, 2)  # 28 February 2026 is a Saturday
    assert last_day(date(2026, 3, 31), months=1) == date(2026, 4, 30)
    assert last_day(date(2026, 4, 15), months=1) == date(2026, 5, 15)


@pytest.mark.parametrize("year", YEARS)
def test_a_working_day_stays_and_others_move_less_than_a_week(year):
    day = date(year, 1, 1)
    while day.year == year:
        moved = working_day_from(day)
        assert is_working_day(moved)
        assert (moved == day) == is_working_day(day)
        assert (moved - day).days <= 5
        day += timedelta(days=1)
