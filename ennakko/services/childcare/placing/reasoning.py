# SPDX-License-Identifier: EUPL-1.2
"""What a child's place is explained by: numbers only, true by the round's own proof, and none that tells of a few.

The prices of a flow round say what a seat is worth to the other families (complementary slackness): a nearer place that
the child did not get would have cost them at least as much more as it would have saved this family.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from ennakko.services.childcare.allocation.solving import NO_PLACE
from ennakko.services.childcare.placing.instance import PRESENT, SIBLING, Ints, Prepared
from ennakko.services.childcare.placing.placing import Placed

SHOWN = 3
"""How many nearer places are told of, the nearest first."""
FEW = 5
"""Counts below this are told together with others or not at all."""
CRITERIA = ("sibling", "continuity", "nearer")


@dataclass(frozen=True, slots=True)
class Why:
    """One child's place: metres, cost, marks of the own place, and the reasons as they are kept (JSON)."""

    metres: int | None
    cost: int | None
    marks: int
    reasons: dict[str, Any]


def merged(counts: Mapping[str, int]) -> dict[str, int | str]:
    """Counts of who went ahead by which criterion; those below 5 are told as "others", all of them as "few" if need be.

    What is told never lets a count below 5 be worked out from the rest.
    """
    shown: dict[str, int] = {name: count for name, count in counts.items() if count >= FEW}
    rest = sum(count for count in counts.values() if count < FEW)
    while 0 < rest < FEW and shown:
        name = min(shown, key=lambda one: (shown[one], one))
        rest += shown.pop(name)
    told: dict[str, int | str] = dict(shown)
    if rest >= FEW:
        told["others"] = rest
    elif rest:
        told["few"] = "yes"
    return told


def reasons(
    prepared: Prepared, placed: Placed, *, quiet: frozenset[int] = frozenset(), mode: str = "flow"
) -> list[Why]:
    """Why each child got this place, by the children's order.

    `quiet`: children (by number) of whom nothing of the other places may be told, because that would tell of support.
    """
    holders = _Holders(prepared, placed)
    prices = np.append(np.asarray(placed.reasoned_round.prices, dtype=np.int64), 0)
    explained = np.zeros(prepared.children.size, dtype=bool)
    explained[placed.reasoned] = True
    capacity = placed.reasoned_instance.capacity
    pools, costs, metres, marks = prepared.pools, prepared.costs, prepared.metres, prepared.marks
    start, own_pool = prepared.start.tolist(), placed.assigned.tolist()
    own_edge = np.full(prepared.children.size, -1, dtype=np.int64)
    won = np.flatnonzero(pools == placed.assigned[prepared.child_of_edge])
    own_edge[prepared.child_of_edge[won]] = won
    found = []
    for child, own in enumerate(own_pool):
        first, last = start[child], start[child + 1]
        at = int(own_edge[child])
        own_metres = int(metres[at]) if at >= 0 else None
        cost = int(costs[at]) if at >= 0 else prepared.unplaced
        told: dict[str, Any] = {"mode": mode, "seats": int(prepared.capacity[own]) if own != NO_PLACE else 0}
        if child in placed.pinned:
            told["together"] = True
        if child not in quiet:
            ways = metres[first:last]
            closer = np.flatnonzero(ways < own_metres) if own_metres is not None else np.arange(ways.size)
            nearer = (first + closer[np.argsort(ways[closer], kind="stable")][:SHOWN]).tolist()
            told["nearer"] = [
                _nearer(
                    prepared, holders, own_metres, cost, int(prices[pools[e]] - prices[own]), int(pools[e]),
                    int(metres[e]), int(costs[e]),
                    bool(explained[child]) and mode == "flow" and int(capacity[pools[e]]) > 0,
                )
                for e in nearer
            ]  # fmt: skip
        found.append(Why(own_metres, None if at < 0 else cost, int(marks[at]) if at >= 0 else 0, told))
    return found


def _nearer(
    prepared: Prepared, holders: _Holders, own_metres: int | None, own_cost: int, dearer: int, pool: int,
    metres: int, cost: int, proven: bool,
) -> dict[str, Any]:  # fmt: skip
    told: dict[str, Any] = {
        "pool": prepared.pool_ids[pool],
        "metres": metres,
        "full": bool(holders.count(pool) >= prepared.capacity[pool]),
        "seats": int(prepared.capacity[pool]),
    }
    if own_metres is not None:
        told["shorter_by"] = own_metres - metres
    if cost >= own_cost:
        # Nearer on the map, yet the own place counts nearer: a sibling or the present unit is there, or it is safer.
        told["weighed"] = True
        return told
    told["counted_shorter_by"] = own_cost - cost
    if proven:
        told["others_longer_by"] = dearer
    if told["full"]:
        told["ahead"] = merged(holders.ahead(pool, metres))
    return told


class _Holders:
    """Who got a seat in each pool: how many with a sibling there, going on there, and how near they live."""

    def __init__(self, prepared: Prepared, placed: Placed) -> None:
        self._ways: dict[int, Ints] = {}
        self._marks: dict[int, Ints] = {}
        child = prepared.child_of_edge
        won = np.flatnonzero(prepared.pools == placed.assigned[child])
        pools = prepared.pools[won]
        order = np.argsort(pools, kind="stable")
        won, pools = won[order], pools[order]
        ends = np.searchsorted(pools, np.arange(prepared.capacity.size + 1))
        for pool in np.unique(pools).tolist():
            edges = won[ends[pool] : ends[pool + 1]]
            self._ways[pool] = prepared.metres[edges].astype(np.int64)
            self._marks[pool] = prepared.marks[edges].astype(np.int64)

    def count(self, pool: int) -> int:
        """How many children got a seat of the pool."""
        return int(self._ways[pool].size) if pool in self._ways else 0

    def ahead(self, pool: int, metres: int) -> dict[str, int]:
        """How many of them by which criterion, seen from a child who lives so many metres away."""
        if pool not in self._ways:
            return {}
        ways, marks = self._ways[pool], self._marks[pool]
        sibling = (marks & SIBLING) > 0
        present = ((marks & PRESENT) > 0) & ~sibling
        near = (ways < metres) & ~sibling & ~present
        counts = {"sibling": int(sibling.sum()), "continuity": int(present.sum()), "nearer": int(near.sum())}
        counts["farther"] = int(ways.size) - sum(counts.values())
        return {name: count for name, count in counts.items() if count}
