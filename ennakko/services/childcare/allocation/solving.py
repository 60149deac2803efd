# SPDX-License-Identifier: EUPL-1.2
"""Solving a round: the least total cost (flow), or a stable round by priorities; with prices and a proof.

Ties are broken by a random draw that the seed repeats, never by age (OKV/716/1/2011): the draw decides which of the
equally good rounds is chosen, and never makes a round dearer.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Any

import numpy as np

from ennakko.services.childcare.allocation.instance import Instance, Ints

NEAREST = 64
"""How many of a child's nearest places are looked at first; more where the proof asks for them."""
NO_PLACE = -1


@dataclass(frozen=True, slots=True)
class Round:
    """A solved round: the pool of each child (−1: none), the total cost, and a proven least total.

    `prices` (metres, one a pool, ≥ 0, 0 where a seat is free) tell what a seat there is worth to the others;
    `looked_at` how many places of each child were needed for the proof. `seconds` is the solving itself.
    """

    assigned: Ints
    total: int
    lower_bound: int
    prices: tuple[int, ...]
    looked_at: Ints
    seconds: float


def solve(instance: Instance) -> Round:
    """The round of an instance in its mode."""
    from ennakko.services.childcare.allocation import kernel  # Numba is loaded only by whoever solves

    _ready(kernel, instance.costs.dtype)
    started = time.perf_counter()
    if instance.mode == "stable":
        return _stable(instance, kernel, started)
    return _flow(instance, kernel, started)


def _ready(kernel: Any, width: np.dtype[Any]) -> None:
    """Compile before the clock runs: the machine's own time is not the solver's."""
    long, short, cost = np.array([1], dtype=np.int64), np.zeros(1, dtype=np.int32), np.zeros(1, dtype=width)
    ends = np.array([0, 1], dtype=np.int64)
    kernel.least_cost(long, ends, ends[1:], short, cost, width.type(5), long - 1, kernel.FAR[width])
    kernel.deferred_acceptance(long, ends, short, cost, long, long, 5)
    kernel.paid(ends, short, cost, short, np.int64(5))
    kernel.least_with_price(ends, short, cost, long, np.int64(5))


def _seats(instance: Instance) -> Ints:
    """The seats that children could fill: more of them than children change nothing but the memory."""
    return np.minimum(instance.capacity, instance.children)


def _flow(instance: Instance, kernel: Any, started: float) -> Round:
    # The draw: in which order children come and by which numbers pools go decides between equal rounds, never more.
    draw = np.random.default_rng(instance.seed)
    order, number = draw.permutation(instance.children), draw.permutation(instance.capacity.size)
    known_as = np.argsort(number)
    pools = number.astype(np.int32)[instance.pools]
    unplaced, far = instance.costs.dtype.type(instance.unplaced_cost), kernel.FAR[instance.costs.dtype]
    start, ends, costs = instance.start, instance.start[1:], instance.costs
    last = np.minimum(start[:-1] + NEAREST, ends)
    seats = _seats(instance)[known_as]
    while True:
        assigned, price = kernel.least_cost(seats, start, last, pools, costs, unplaced, order, far)
        worth = kernel.paid(start, pools, costs, assigned, instance.unplaced_cost) + price[assigned]
        # A place not looked at costs at least as much as the next one: it can be better only if that is cheaper.
        unproven = last < ends
        unproven[unproven] = costs[last[unproven]] < worth[unproven]
        if not unproven.any():
            break
        last = np.where(unproven, np.minimum(start[:-1] + 4 * (last - start[:-1]), ends), last)
    seconds = time.perf_counter() - started
    chosen = np.append(known_as, NO_PLACE)[assigned]
    # A seat where there is none has no price that would buy it: any other place is cheaper.
    prices = np.where(instance.capacity > 0, price[number].astype(np.int64), instance.unplaced_cost)
    total = total_of(instance, chosen)
    return Round(chosen, total, bound(instance, prices), tuple(prices.tolist()), last - start[:-1], seconds)


def _stable(instance: Instance, kernel: Any, started: float) -> Round:
    draw = np.random.default_rng(instance.seed).permutation(instance.children).astype(np.int64)
    rank = (instance.costs if instance.rank is None else instance.rank).astype(np.int64)
    assigned = kernel.deferred_acceptance(
        _seats(instance), instance.start, instance.pools, instance.costs, rank, draw, instance.unplaced_cost
    )
    seconds = time.perf_counter() - started
    least = _flow(instance, kernel, started)
    return Round(
        assigned, total_of(instance, assigned), least.lower_bound, least.prices, np.diff(instance.start), seconds
    )


def paid_by(instance: Instance, assigned: Ints) -> Ints:
    """What each child's place costs; without a place what that costs."""
    from ennakko.services.childcare.allocation import kernel

    paid: Ints = kernel.paid(
        instance.start, instance.pools, instance.costs, assigned.astype(np.int32), instance.unplaced_cost
    )
    return paid


def total_of(instance: Instance, assigned: Ints) -> int:
    """The sum of the costs of a round."""
    return int(paid_by(instance, assigned).sum())


def bound(instance: Instance, prices: Ints) -> int:
    """A total that no round can go below, by prices ≥ 0 alone (weak duality): checked apart from how they were found.

    Σ min(cost + price) − Σ price · seats.
    """
    from ennakko.services.childcare.allocation import kernel

    least = kernel.least_with_price(instance.start, instance.pools, instance.costs, prices, instance.unplaced_cost)
    return int(least) - int((prices * instance.capacity).sum())
