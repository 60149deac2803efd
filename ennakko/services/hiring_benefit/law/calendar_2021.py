# SPDX-License-Identifier: EUPL-1.2
"""How days and months of a benefit are counted: European 30/360, both ends included (act 9 §)."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction
from typing import Final

from ennakko.values.dates import add_months, days_30e
from ennakko.values.money import round_half_up

DAYS_OF_MONTH: Final = 30
ONE_DAY: Final = timedelta(days=1)
STEPS: Final = 7
"""The end of a range is looked for among so many days after the first guess."""


def days_of(start: date, end: date) -> int:
    """30/360 days of start–end, both included: a whole month is 30, the 31st alone 1, the 30th before a 31st 0."""
    return days_30e(start, end + ONE_DAY)


def months(start: date, end: date) -> Fraction:
    """Months of start–end, exact; negative when end is before start."""
    return Fraction(days_of(start, end), DAYS_OF_MONTH)


def hundredths(days: int) -> int:
    """Months of 30/360 days in hundredths, halves up: 61 days are 203."""
    return round_half_up(days * 100, DAYS_OF_MONTH)


def overlap(start_1: date, end_1: date, start_2: date, end_2: date) -> int:
    """Calendar days that both ranges have."""
    return max((min(end_1, end_2) - max(start_1, start_2)).days + 1, 0)


def range_end(start: date, length: Fraction) -> date | None:
    """The last day of a range of so many months, the inverse of `months`; None when it is shorter than a day.

    Of the days near, the one whose range comes closest to the length; of two as close, the later.
    """
    whole = length.numerator // length.denominator
    rest = (length - whole) * 28
    end = add_months(start, whole) + timedelta(days=round_half_up(rest.numerator, rest.denominator) - 3)
    for _ in range(STEPS):
        later = end + ONE_DAY
        if abs(months(start, later) - length) > abs(months(start, end) - length):
            break
        end = later
    return end if end >= start else None


def shortest_end(start: date, least_months: int) -> date:
    """The earliest last day of a period that is at least so many months."""
    return add_months(start, least_months) - ONE_DAY


def longest_end(start: date, most_months: int) -> date:
    """The latest last day of a period that is at most so many months."""
    return add_months(start, most_months) - ONE_DAY
