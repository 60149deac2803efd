# SPDX-License-Identifier: EUPL-1.2
"""The numbers that every contender uses, so that no one computes another law. Amounts are cents."""

from __future__ import annotations

from datetime import date, timedelta

ON = date(2026, 4, 15)
HELSINKI = "091"
SIZES = {"20k": 20_000, "660k": 660_000, "5.6M": 5_600_000}

# Summer voucher: who is old enough to be concerned at all, and the years of birth that give a voucher.
VOUCHER_CONCERNED = (13, 19)
VOUCHER_TURNS = (15, 17)
VOUCHER_GRADE = 9
VOUCHER_VALUE = 35_000

# Day-care fee (shape and amounts follow the client fee act 1503/2016 sections 5-9 at one date).
CARE_BORN_FROM = date(2019, 1, 1)
FEE_LIMITS = {2: 387_400, 3: 499_800, 4: 567_500, 5: 635_300, 6: 702_800}
FEE_LIMIT_MORE = 26_200
FEE_PER_MILLE = 107
FEE_HIGHEST = 31_100
FEE_HIGHEST_REFORM = 28_000
FEE_LOWEST = 3_000
SIBLING_PER_CENT = (100, 40, 20)
SHORT_HOURS, SHORT_PER_CENT = 20, 60
MIDDLE_HOURS, MIDDLE_PER_CENT = 30, 80
ADULT = 18

# Vaccination invitation.
ELDERLY, OLDEST = 65, 80

# Helsinki-lisä, as the benchmark simplifies it.
LISA_AGES = (16, 65)
IDLE_DAYS = 182
WINDOW_MONTHS = 24
WORKED_AT_MOST = 365
HIRED_WITHIN_DAYS = 30
SUPPORT_SHARE = 2
SUPPORT_HIGHEST = 80_000


def years_before(day: date, years: int) -> date:
    """The last birth date that makes a person `years` old on `day` (29 February counts as 28)."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)


BORN_BY_18 = years_before(ON, ADULT)
BORN_BY_65 = years_before(ON, ELDERLY)
BORN_BY_80 = years_before(ON, OLDEST)
BORN_BY_16 = years_before(ON, LISA_AGES[0])
VOUCHER_BORN_BY = years_before(ON, VOUCHER_CONCERNED[0])
VOUCHER_BORN_AFTER = years_before(ON, VOUCHER_CONCERNED[1] + 1)
WINDOW_START = years_before(ON, WINDOW_MONTHS // 12)
WINDOW_DAYS = (ON - WINDOW_START).days
HIRED_FROM = ON - timedelta(days=HIRED_WITHIN_DAYS)


def fee_limit(family: int) -> int:
    """The income limit of a family of this size, in cents; families of one use the limit of two."""
    size = max(family, 2)
    return FEE_LIMITS[min(size, 6)] + max(size - 6, 0) * FEE_LIMIT_MORE


# The age bands of the reform's table: by the child's age in years.
def age_band_borders(day: date = ON) -> tuple[date, date]:
    """The birth dates from which a child is under 3, and under 5."""
    return years_before(day, 3) + timedelta(days=1), years_before(day, 5) + timedelta(days=1)
