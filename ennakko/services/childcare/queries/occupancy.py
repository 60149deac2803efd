# SPDX-License-Identifier: EUPL-1.2
"""How full a child's group would be, with and without the child, when the place begins and three and six months on."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from ennakko.services.childcare.models import Placement, PoolSeats
from ennakko.services.childcare.queries.seats import free, seats
from ennakko.services.childcare.states import HOLDING
from ennakko.values.dates import add_months

AHEAD = (0, 3, 6)


@dataclass(frozen=True, slots=True)
class Full:
    """One day: seats, taken without and with the child; percentages of the seats, None where there are none."""

    day: date
    seats: int
    without: int
    with_child: int

    @property
    def percent_without(self) -> int | None:
        """How full without the child, whole per cents."""
        return round(100 * self.without / self.seats) if self.seats else None

    @property
    def percent_with(self) -> int | None:
        """How full with the child, whole per cents."""
        return round(100 * self.with_child / self.seats) if self.seats else None


def around(placement: Placement, *, on: date) -> list[Full]:
    """The pool of a place on the day it begins (today if that is past), and three and six months later."""
    if placement.pool_id is None:
        return []
    first = max(placement.starts, on)
    found = []
    for months in AHEAD:
        day = add_months(first, months)
        seats = _seats(placement.pool_id, day)
        taken = seats - free(day, [placement.pool_id]).get(placement.pool_id, 0)
        inside = placement.state in HOLDING
        found.append(Full(day, seats, taken - 1 if inside else taken, taken if inside else taken + 1))
    return found


def of_pools(pools: Collection[str], *, starts: date, on: date, own: str | None = None) -> dict[str, list[Full]]:
    """The same of many pools for a child who has none of them; `own`: the pool that keeps a seat for the child."""
    first = max(starts, on)
    found: dict[str, list[Full]] = {pool: [] for pool in pools}
    for months in AHEAD:
        day = add_months(first, months)
        there, left = seats(day, pools), free(day, pools)
        for pool in pools:
            count = there.get(pool, 0)
            taken = count - left.get(pool, 0)
            found[pool].append(Full(day, count, taken - (pool == own), taken + (pool != own)))
    return found


def _seats(pool: str, day: date) -> int:
    row = PoolSeats.objects.filter(pool=pool, first_day__lte=day).order_by("-first_day").first()
    return row.seats if row is not None and (row.last_day is None or row.last_day >= day) else 0
