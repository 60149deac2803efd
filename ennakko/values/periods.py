# SPDX-License-Identifier: Apache-2.0
"""Periods of days, both ends included."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from ennakko.values.dates import days_30e, format_date, months_30e

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Period:
    """From start to end, both days included; without an end it is open.

    Raises ValueError when end is before start.
    """

    start: date
    end: date | None = None

    def __post_init__(self) -> None:
        if self.end is not None and self.end < self.start:
            raise ValueError(f"A period cannot end ({self.end}) before it starts ({self.start})")

    def __contains__(self, day: date) -> bool:
        return self.contains(day)

    def contains(self, day: date) -> bool:
        """Whether the day belongs to the period."""
        return self.start <= day and (self.end is None or day <= self.end)

    def overlap(self, other: Period) -> Period | None:
        """The days that both have, or None."""
        start = max(self.start, other.start)
        ends = [end for end in (self.end, other.end) if end is not None]
        end = min(ends) if ends else None
        return None if end is not None and end < start else Period(start, end)

    def follows(self, other: Period) -> bool:
        """Whether this begins on the very day after the other's last day."""
        return other.end is not None and self.start == other.end + ONE_DAY

    @property
    def days(self) -> int:
        """Calendar days, both ends counted; raises ValueError for an open period."""
        return (self._closed_end() - self.start).days + 1

    def days_30e(self) -> int:
        """Days by European 30/360, both ends counted; raises ValueError for an open period."""
        return days_30e(self.start, self._closed_end() + ONE_DAY)

    def months_30e(self) -> Fraction:
        """Months by European 30/360, exact; raises ValueError for an open period."""
        return months_30e(self.start, self._closed_end())

    def format(self, language: str) -> str:
        """The period as people write it: 1.6.2026–15.8.2026; an open one ends in a dash."""
        end = "" if self.end is None else format_date(self.end, language)
        joint = " – " if language.lower().startswith("en") else "–"
        return f"{format_date(self.start, language)}{joint}{end}".rstrip()

    def _closed_end(self) -> date:
        if self.end is None:
            raise ValueError(f"The period from {self.start} has no end")
        return self.end
