# SPDX-License-Identifier: EUPL-1.2
"""In how many instalments a benefit is paid, when, and what of the second is paid after a recovery (act 14 §)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from ennakko.services.hiring_benefit.law.calendar_2021 import ONE_DAY
from ennakko.values.dates import add_months


@dataclass(frozen=True, slots=True)
class Split:
    """When a benefit is paid in two: above which sum, how much first, how many months after its beginning the rest."""

    above: int
    first: int
    months: int


@dataclass(frozen=True, slots=True)
class Instalment:
    """One instalment: cents, the day it falls due, and the days of the benefit that it covers."""

    number: int
    amount: int
    due: date | None
    start: date | None
    end: date | None


def sums(total: int, split: Split | None) -> tuple[int, ...]:
    """The instalments of a total in cents: all at once, or the first sum and the rest."""
    if split is None or total <= split.above:
        return (total,)
    return (split.first, total - split.first)


def instalments(
    total: int, split: Split | None, *, today: date, start: date | None, end: date | None
) -> tuple[Instalment, ...]:
    """The instalments with their days: the first is due at once, the second counted from the beginning."""
    amounts = sums(total, split)
    if len(amounts) == 1 or split is None:
        return (Instalment(1, total, today, start, end),)
    half = None if start is None else add_months(start, split.months)
    return (
        Instalment(1, amounts[0], today, start, None if half is None else half - ONE_DAY),
        Instalment(2, amounts[1], half, half, end),
    )


def second_after(amount: int, recoveries: Iterable[int]) -> int:
    """What is left of the second instalment when handled recoveries are taken off it, in cents."""
    return max(amount - sum(recoveries), 0)


def may_be_moved(*, due: date, to: date, today: date) -> bool:
    """Whether the day of an instalment may be moved: only earlier, and not into the past."""
    return today <= to < due
