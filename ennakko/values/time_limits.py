# SPDX-License-Identifier: Apache-2.0
"""When a time limit ends: Act on the Calculation of Statutory Time Limits (150/1930); Easter is computed.

A limit given in days, months or years does not count the day it starts from (2 and 3 §). When its last day is a
Saturday, a Sunday or another church holiday, Independence Day, 1 May, Christmas Eve or Midsummer Eve, the thing may
still be done on the next working day (5 §).
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache

from ennakko.values.dates import add_months

_SATURDAY, _SUNDAY = 5, 6
_DAY = timedelta(days=1)


def easter(year: int) -> date:
    """Easter Sunday of a year of the Gregorian calendar (Meeus, Jones and Butcher)."""
    a, b, c = year % 19, year // 100, year % 100
    d, e = b // 4, b % 4
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = c // 4, c % 4
    n = (32 + 2 * e + 2 * i - h - k) % 7
    m = (a + 11 * h + 22 * n) // 451
    month, day = divmod(h + n - 7 * m + 114, 31)
    return date(year, month, day + 1)


def _saturday_from(day: date) -> date:
    return day + timedelta(days=(_SATURDAY - day.weekday()) % 7)


@lru_cache(maxsize=64)
def holidays(year: int) -> frozenset[date]:
    """Days of a year on which no time limit ends, besides Saturdays and Sundays (150/1930 5 §; church holidays)."""
    sunday = easter(year)
    midsummer = _saturday_from(date(year, 6, 20))
    return frozenset(
        {
            date(year, 1, 1),
            date(year, 1, 6),
            sunday - 2 * _DAY,  # Good Friday
            sunday + 1 * _DAY,  # Easter Monday
            date(year, 5, 1),
            sunday + 39 * _DAY,  # Ascension Day
            midsummer - _DAY,
            midsummer,
            _saturday_from(date(year, 10, 31)),  # All Saints' Day
            date(year, 12, 6),
            date(year, 12, 24),
            date(year, 12, 25),
            date(year, 12, 26),
        }
    )


def is_working_day(day: date) -> bool:
    """Whether a time limit may end on a day."""
    return day.weekday() not in (_SATURDAY, _SUNDAY) and day not in holidays(day.year)


def working_day_from(day: date) -> date:
    """The day itself where a time limit may end on it, else the next on which it may."""
    while not is_working_day(day):
        day += _DAY
    return day


def last_day(start: date, *, days: int = 0, months: int = 0) -> date:
    """The last day of a limit of so many days or months from `start`, which is not itself counted.

    A limit in months ends on the day of the same number, or on the last day of a month that lacks it (3 §).
    """
    return working_day_from(add_months(start, months) + timedelta(days=days))
