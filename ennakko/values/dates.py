# SPDX-License-Identifier: Apache-2.0
"""Calendar dates, ages and the European 30/360 day count that Finnish subsidy periods use."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from fractions import Fraction

SCHOOL_YEAR_FIRST_MONTH = 8
"""A school year begins on 1 August (Basic Education Act 628/1998, 23 §)."""


def add_years(day: date, years: int) -> date:
    """The same day another year; 29 February becomes 28 February in a common year."""
    return add_months(day, 12 * years)


def add_months(day: date, months: int) -> date:
    """The same day of another month; a day that the month lacks becomes its last day.

    Raises ValueError outside the years 1–9999.
    """
    year, month_index = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = monthrange(year, month_index + 1)[1]
    return date(year, month_index + 1, min(day.day, last))


def months_between(start: date, end: date) -> int:
    """Whole months from start to end (negative when end is earlier): the largest n with start + n months ≤ end."""
    months = (end.year - start.year) * 12 + end.month - start.month
    return months - 1 if add_months(start, months) > end else months


def age_on(birth: date, on: date) -> int:
    """Full years on a day; who is born on 29 February turns on 28 February in a common year."""
    return on.year - birth.year - (on < add_years(birth, on.year - birth.year))


def days_between(start: date, end: date) -> int:
    """Calendar days from start to end, end itself not counted."""
    return (end - start).days


def days_30e(start: date, end: date) -> int:
    """Days from start to end by European 30/360: the 31st counts as the 30th; end itself not counted.

    For an inclusive period pass the day after its last day, as `Period.days_30e` and `months_30e` do.
    """
    return 360 * (end.year - start.year) + 30 * (end.month - start.month) + min(end.day, 30) - min(start.day, 30)


def months_30e(start: date, end: date) -> Fraction:
    """Months of the inclusive period start–end by European 30/360, exact: 1.1.–31.1. is 1, 1.1.–15.1. is 1/2."""
    return Fraction(days_30e(start, end + timedelta(days=1)), 30)


def school_year_start(on: date) -> date:
    """The 1 August that began the school year a day belongs to."""
    return date(on.year if on.month >= SCHOOL_YEAR_FIRST_MONTH else on.year - 1, SCHOOL_YEAR_FIRST_MONTH, 1)


_ENGLISH_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def format_date(day: date, language: str) -> str:
    """A date as people write it: 1.6.2026 in Finnish and Swedish of Finland, 1 June 2026 in English."""
    if language.lower().startswith("en"):
        return f"{day.day} {_ENGLISH_MONTHS[day.month - 1]} {day.year}"
    return f"{day.day}.{day.month}.{day.year}"
