# SPDX-License-Identifier: EUPL-1.2
"""A round solved: the relaxed problem with its proof, then siblings who begin at once brought into one unit.

Keeping siblings together makes the problem hard in general; so the round is solved without it, the proof holds for
that, and what the togetherness costs beyond it is told as the gap.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product

import numpy as np

from ennakko.services.childcare.allocation import instance as instances
from ennakko.services.childcare.allocation.instance import Mode
from ennakko.services.childcare.allocation.solving import NO_PLACE, Round, solve
from ennakko.services.childcare.placing.instance import Ints, Prepared


@dataclass(frozen=True, slots=True)
class Placed:
    """Who got which pool (−1: none) by the children's order.

    `total` and `lower_bound` in weighed metres, the bound proven for the problem without the siblings; `gap` = total −
    bound in the flow mode: what togetherness costs. `pinned`: child → sibling in whose unit the child was kept.
    `reasoned`: the children whose places `reasoned_round` of `reasoned_instance` explains, by their number in it.
    `split`: groups of siblings for whom no unit had room together. `looked_at`: how many of each child's cheapest
    places the proof needed.
    """

    assigned: Ints
    total: int
    lower_bound: int
    gap: int
    pinned: dict[int, int]
    split: int
    looked_at: Ints
    reasoned: Ints
    reasoned_instance: instances.Instance
    reasoned_round: Round
    seconds: float


KEPT_PLACES = 96
"""How many of each child's cheapest places a record holds at least: more than the proof needs, and enough to choose."""


def proven(prepared: Prepared, *, mode: Mode = "flow", seed: int = 0, together: bool = True) -> tuple[Prepared, Placed]:
    """The round, and the instance cut to the places that its proof needs: the same round follows from it again.

    What is cut costs a child at least as much as what the child has is worth, so it could change nothing. A stable
    round is by priorities and needs all places.
    """
    placed = place(prepared, mode=mode, seed=seed, together=together)
    if mode == "stable":
        return prepared, placed
    cut = prepared.nearest(np.maximum(placed.looked_at, KEPT_PLACES))
    return cut, place(cut, mode=mode, seed=seed, together=together)


def instance_of(prepared: Prepared, *, mode: Mode, seed: int) -> instances.Instance:
    """The solver's instance of a prepared round: its places stand in the solver's order already."""
    return instances.Instance(
        prepared.capacity.astype(np.int64), prepared.start, prepared.pools, prepared.costs, prepared.unplaced, mode,
        seed,
    )  # fmt: skip


def place(prepared: Prepared, *, mode: Mode = "flow", seed: int = 0, together: bool = True) -> Placed:
    """The round of a prepared instance; the same instance, mode and seed give the same round."""
    relaxed_instance = instance_of(prepared, mode=mode, seed=seed)
    relaxed = solve(relaxed_instance)
    everybody = np.arange(prepared.children.size)
    split = _split(prepared, relaxed.assigned) if together else []
    if not split:
        return Placed(
            relaxed.assigned, relaxed.total, relaxed.lower_bound, relaxed.total - relaxed.lower_bound, {}, 0,
            relaxed.looked_at, everybody, relaxed_instance, relaxed, relaxed.seconds,
        )  # fmt: skip
    chosen, left = _together(prepared, relaxed, split, seed)
    held = np.array(sorted(chosen), dtype=np.int64)
    rest = np.setdiff1d(everybody, held)
    used = np.bincount([chosen[one] for one in held.tolist()], minlength=prepared.capacity.size)
    others = prepared.only(rest).with_capacity(prepared.capacity - used)
    others_instance = instance_of(others, mode=mode, seed=seed)
    again = solve(others_instance)
    assigned = np.full(everybody.size, NO_PLACE, dtype=np.int64)
    assigned[rest] = again.assigned
    for child, pool in chosen.items():
        assigned[child] = pool
    looked_at = relaxed.looked_at.copy()
    looked_at[rest] = np.maximum(looked_at[rest], again.looked_at)
    total = again.total + sum(_cost(prepared, child, pool) for child, pool in chosen.items())
    pinned = {
        child: next(other for other in group if other != child) for group in split for child in group if child in chosen
    }
    return Placed(
        assigned, total, relaxed.lower_bound, total - relaxed.lower_bound, pinned, left, looked_at, rest,
        others_instance, again, relaxed.seconds + again.seconds,
    )  # fmt: skip


def _split(prepared: Prepared, assigned: Ints) -> list[tuple[int, ...]]:
    """The groups whose children are not all in one unit."""

    def unit(child: int) -> int:
        pool = int(assigned[child])
        return -1 - child if pool == NO_PLACE else int(prepared.unit_of[pool])

    return [group for group in prepared.together if len({unit(child) for child in group}) > 1]


def _together(
    prepared: Prepared, relaxed: Round, split: list[tuple[int, ...]], seed: int
) -> tuple[dict[int, int], int]:
    """A pool in one unit for each child of the split groups, the least joint cost and price first; groups left apart.

    The groups choose in a drawn order, so that nobody is first by age or name.
    """
    room = prepared.capacity.copy()
    prices = np.asarray(relaxed.prices, dtype=np.int64)
    chosen: dict[int, int] = {}
    left = 0
    for number in np.random.default_rng(seed).permutation(len(split)).tolist():
        group = split[number]
        now = sum(_worth(prepared, prices, child, int(relaxed.assigned[child])) for child in group)
        best = _best_unit(prepared, prices, room, group, most=now + prepared.unplaced)
        if best is None:
            left += 1
            continue
        for child, pool in best.items():
            chosen[child] = pool
            room[pool] -= 1
    return chosen, left


def _worth(prepared: Prepared, prices: Ints, child: int, pool: int) -> int:
    """What a child's place counts with its price; without a place what that counts."""
    return prepared.unplaced if pool == NO_PLACE else _cost(prepared, child, pool) + int(prices[pool])


def _best_unit(
    prepared: Prepared, prices: Ints, room: Ints, group: tuple[int, ...], *, most: int
) -> dict[int, int] | None:
    """The unit of least joint cost and price with room for all; None where that would cost somebody a whole place."""
    options: list[dict[int, list[tuple[int, int]]]] = []
    for child in group:
        own = prepared.of_child(child)
        by_unit: dict[int, list[tuple[int, int]]] = {}
        for pool, cost in zip(prepared.pools[own].tolist(), prepared.costs[own].tolist(), strict=True):
            by_unit.setdefault(int(prepared.unit_of[pool]), []).append((cost + int(prices[pool]), pool))
        options.append(by_unit)
    best: tuple[int, int, dict[int, int]] | None = None
    for unit in sorted(set.intersection(*(set(one) for one in options))):
        # A unit has a pool or two of a kind: every way to seat the siblings in them is tried.
        for way in product(*(one[unit] for one in options)):
            pools = [pool for _, pool in way]
            if any(pools.count(pool) > room[pool] for pool in pools):
                continue
            joint = sum(worth for worth, _ in way)
            if best is None or (joint, unit) < best[:2]:
                best = (joint, unit, dict(zip(group, pools, strict=True)))
    return None if best is None or best[0] >= most else best[2]


def _cost(prepared: Prepared, child: int, pool: int) -> int:
    own = prepared.of_child(child)
    at = int(np.flatnonzero(prepared.pools[own] == pool)[0])
    return int(prepared.costs[own][at])
