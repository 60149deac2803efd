# SPDX-License-Identifier: EUPL-1.2
"""Why a child got this place: which cheaper places there were, and what each would have cost the other families.

True by complementary slackness: a child's place has the least cost + price, so a place that is d metres nearer has a
price at least d above the price of the child's own: taking the child in would have cost the others that much more.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from ennakko.services.childcare.allocation.instance import Instance
from ennakko.services.childcare.allocation.solving import NO_PLACE, Round, paid_by


class Nearer(NamedTuple):
    """A place that would have cost the child less: by how much, and how much more the others (both in metres).

    `others_longer_by` is what the others' total would have grown by at least, the child's own seat being free for them.
    """

    pool: int
    shorter_by: int
    others_longer_by: int


@dataclass(frozen=True, slots=True)
class Reason:
    """One child's place, its cost, and the cheaper places that others needed more, the cheapest first."""

    child: int
    pool: int | None
    cost: int
    nearer: tuple[Nearer, ...]


@dataclass(frozen=True, slots=True)
class NearerPlaces:
    """The cheaper places of all children: those of child i stand from `ends[i]` to `ends[i + 1]`.

    Columns as lists of whole numbers; `paid` is what each child's own place costs.
    """

    ends: list[int]
    pools: list[int]
    shorter_by: list[int]
    others_longer_by: list[int]
    paid: list[int]


def nearer_places(instance: Instance, found: Round) -> NearerPlaces:
    """What reasons are made of, for all children at once."""
    from ennakko.services.childcare.allocation import kernel

    paid = paid_by(instance, found.assigned)
    count = kernel.cheaper(instance.start, instance.costs, paid)
    offset = np.concatenate([[0], np.cumsum(count)])
    edge = np.arange(offset[-1]) + np.repeat(instance.start[:-1] - offset[:-1], count)
    pools = instance.pools[edge]
    prices = np.array([*found.prices, 0], dtype=np.int64)
    shorter = np.repeat(paid, count) - instance.costs[edge]
    longer = prices[pools] - np.repeat(prices[found.assigned], count)
    return NearerPlaces(offset.tolist(), pools.tolist(), shorter.tolist(), longer.tolist(), paid.tolist())


def reasons_of(instance: Instance, found: Round) -> Iterator[Reason]:
    """The reasons of every child, in order; of a flow round (a stable one is told by its priorities)."""
    places = nearer_places(instance, found)
    nearer = list(map(Nearer, places.pools, places.shorter_by, places.others_longer_by))
    for child, (pool, cost) in enumerate(zip(found.assigned.tolist(), places.paid, strict=True)):
        own = tuple(nearer[places.ends[child] : places.ends[child + 1]])
        yield Reason(child, None if pool == NO_PLACE else pool, cost, own)
