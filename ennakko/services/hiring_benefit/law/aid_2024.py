# SPDX-License-Identifier: EUPL-1.2
"""De minimis aid: what an undertaking has had in three years, and whether a new aid still fits (act 8 §)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from ennakko.values.dates import add_years


@dataclass(frozen=True, slots=True)
class Aid:
    """Aid granted before: by whom, on what day, in cents."""

    granter: str
    granted: date
    amount: int


@dataclass(frozen=True, slots=True)
class Standing:
    """How an undertaking stands on the day of granting, in cents: aid that counts, the new aid, the ceiling.

    `since` is the first day that counts.
    """

    counted: tuple[Aid, ...]
    before: int
    new: int
    ceiling: int
    since: date

    @property
    def left(self) -> int:
        """What could still be granted; never below zero."""
        return max(self.ceiling - self.before, 0)

    @property
    def fits(self) -> bool:
        """Whether the new aid keeps within the ceiling."""
        return self.before + self.new <= self.ceiling


def standing(aids: Iterable[Aid], *, new: int, on: date, ceiling: int, years: int) -> Standing:
    """Aid of the three years that end on the day of granting, that day included, with the new aid beside it."""
    opened = add_years(on, -years)
    counted = tuple(one for one in aids if opened < one.granted <= on)
    since = date.fromordinal(opened.toordinal() + 1)
    return Standing(counted, sum(one.amount for one in counted), new, ceiling, since)


def concerns(*, association: bool, business_activity: bool | None) -> bool:
    """Whether the benefit is de minimis aid: to a company always, to an association only for its economic activity."""
    return not association or bool(business_activity)
