# SPDX-License-Identifier: EUPL-1.2
"""Cutting a benefit's period wherever a pay subsidy or a training compensation begins or ends (act 10 §)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import NamedTuple

from ennakko.services.hiring_benefit.law.calendar_2021 import ONE_DAY
from ennakko.services.hiring_benefit.law.request_2021 import Deduction, Subsidy, Training


class Part(NamedTuple):
    """Days (both included) on which nothing changes, and what is paid for them.

    `days` are 30/360 days. `subsidy_cents` is the pay subsidy that is taken off a month, an exact quotient of two whole
    numbers; `capped` tells that it is its highest. `monthly` and `subtotal` are whole euros, `months` hundredths where
    the formula rounds them and else None.
    """

    start: date
    end: date
    days: int
    subsidy: Subsidy | None
    training: Training | None
    subsidy_cents: tuple[int, int]
    capped: bool
    monthly: int
    months: int | None
    subtotal: int


@dataclass(frozen=True, slots=True)
class Amount:
    """What a benefit comes to; money in cents except `total` and the parts' whole euros.

    `costs`, `ceiling` (the share of them), `highest` and `share` (hundredths of a per cent) are those of a salary
    benefit; `monthly` is the fixed sum of an employment benefit or of one given by hand.
    """

    form: str
    total: int
    parts: tuple[Part, ...] = ()
    costs: int = 0
    share: int = 0
    ceiling: int = 0
    highest: int | None = None
    monthly: int = 0


def cut(
    start: date, end: date, subsidies: Sequence[Subsidy], trainings: Sequence[Training]
) -> list[tuple[date, date, Subsidy | None, Training | None]]:
    """The parts of a period with what holds in each; rows are clipped to the period and do not overlap their like."""
    if not subsidies and not trainings:
        return [(start, end, None, None)]
    edges = {start, end + ONE_DAY}
    rows: tuple[Subsidy | Training, ...] = (*subsidies, *trainings)
    for row in rows:
        edges.add(row.start)
        edges.add(row.end + ONE_DAY)
    days = sorted(edges)
    return [
        (first, after - ONE_DAY, _covering(subsidies, first), _covering(trainings, first))
        for first, after in pairwise(days)
    ]


def _covering(rows: Sequence[Deduction], day: date) -> Deduction | None:
    for row in rows:
        if row.start <= day <= row.end:
            return row
    return None
