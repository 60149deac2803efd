# SPDX-License-Identifier: EUPL-1.2
"""Earlier benefits of the same employer and the same person: twelve months in any twenty-four (act 7 §)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from ennakko.services.hiring_benefit.law.calendar_2021 import DAYS_OF_MONTH, days_of, range_end
from ennakko.values.dates import add_months


@dataclass(frozen=True, slots=True)
class Earlier:
    """The days (both included) of a benefit granted before."""

    start: date
    end: date


@dataclass(frozen=True, slots=True)
class Used:
    """What earlier benefits leave for a new one.

    `relevant` newest first; `days` of 30/360 used and `left` of them, None without limit; `last_end` the last day that
    is still left, None when nothing is.
    """

    relevant: tuple[Earlier, ...]
    days: int
    left: int | None
    last_end: date | None

    @property
    def months(self) -> Fraction:
        """Months used, exact."""
        return Fraction(self.days, DAYS_OF_MONTH)

    def overlapping(self, start: date, end: date) -> tuple[Earlier, ...]:
        """The earlier benefits that share days with a new one."""
        return tuple(one for one in self.relevant if one.start <= end and start <= one.end)

    def fits(self, start: date, end: date) -> bool:
        """Whether a new period is within what is left."""
        return self.left is None or days_of(start, end) <= self.left


def used(
    before: Iterable[Earlier], *, start: date, end: date, most_months: int, waiting_months: int, unlimited: bool
) -> Used:
    """What counts of the benefits that began by the new one's end.

    Going back in time, a gap of the waiting time between two of them, or before the new one, ends the counting.
    `unlimited`: an apprenticeship, whose whole length may be paid.
    """
    known = sorted((one for one in before if one.start <= end), key=lambda one: (one.end, one.start), reverse=True)
    relevant: list[Earlier] = []
    for one in known:
        if not relevant and one.end < add_months(start, -waiting_months):
            break
        if relevant and add_months(one.end, waiting_months) < relevant[-1].start:
            break
        relevant.append(one)
    days = sum(days_of(one.start, one.end) for one in relevant)
    left = None if unlimited else max(most_months * DAYS_OF_MONTH - days, 0)
    last_end = None if left is None else range_end(start, Fraction(left, DAYS_OF_MONTH))
    return Used(tuple(relevant), days, left, last_end)
