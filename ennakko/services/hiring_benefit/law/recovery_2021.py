# SPDX-License-Identifier: EUPL-1.2
"""What is recovered when the work ends early or is broken off (act 16 §): from the very rows that were paid by."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from ennakko.services.hiring_benefit.law.calendar_2021 import ONE_DAY, days_of, hundredths


@dataclass(frozen=True, slots=True)
class PaidRow:
    """A part of the calculation: its days (both included) and what was granted for them, in cents."""

    start: date
    end: date
    subtotal: int


@dataclass(frozen=True, slots=True)
class Share:
    """How much of a row falls to the days that are recovered: months in hundredths, cents exact."""

    row: PaidRow
    start: date
    end: date
    months: int
    row_months: int
    cents: Fraction


def shares(rows: Iterable[PaidRow], start: date, end: date) -> list[Share]:
    """Of each row that the days touch its part by months, both rounded to hundredths as they were when granted."""
    found = []
    for row in rows:
        first, last = max(row.start, start), min(row.end, end)
        if last < first:
            continue
        months, whole = hundredths(days_of(first, last)), hundredths(days_of(row.start, row.end))
        # A row of no month, the 30th before a 31st, was granted nothing.
        cents = Fraction(row.subtotal * months, whole) if whole else Fraction(0)
        found.append(Share(row, first, last, months, whole, cents))
    return found


def recovered(parts: Iterable[Share], paid: int | None) -> Fraction:
    """What the days come to in cents, never above what was paid (None: all that was granted)."""
    total = sum((part.cents for part in parts), Fraction(0))
    return total if paid is None else min(total, Fraction(paid))


def whole_euros_down(cents: Fraction) -> int:
    """The sum that is decided on: whole euros, parts of a euro left to the employer; in cents."""
    return cents.numerator // (cents.denominator * 100) * 100


def is_recovered(cents: int, above: int) -> bool:
    """Whether a sum is recovered at all: only above the limit."""
    return cents > above


def default_period(last_day: date, back: date | None, end: date | None) -> tuple[date, date] | None:
    """The days to recover: from the day after the last day of work to the day before the return, or to the end.

    None when there is nothing between them, or neither the return nor the end is known.
    """
    last = back - ONE_DAY if back is not None else end
    if last is None or last <= last_day:
        return None
    return last_day + ONE_DAY, last
