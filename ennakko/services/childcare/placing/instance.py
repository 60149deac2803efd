# SPDX-License-Identifier: EUPL-1.2
"""What a round is solved from: pools with free seats, children, and what each place that may be given costs.

It can be packed and unpacked without loss, and its digest is the round's input hash.
"""

from __future__ import annotations

import hashlib
import io
import json
import zlib
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]
Small = npt.NDArray[np.int32]
UNPLACED = 1_000_000
"""What being left without a place counts, in metres: more than any way, so that nobody is left out to spare others."""
SIBLING, PRESENT, SCHOOL, ESTIMATED = 1, 2, 4, 8
"""Why a place counts nearer than it is, and that its way is only estimated: bits of `marks`."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """Pools (ids, unit of each as a number, free seats) and children (register keys) with the places allowed to each.

    The places of child i stand from `start[i]` to `start[i + 1]` in `pools`, `costs` (weighed metres with bonuses),
    `metres` (on foot) and `marks`, by cost and then pool. `together`: groups of children, by their number, who begin
    at once and are siblings. `unplaced`: what no place counts, by child.
    """

    pool_ids: tuple[str, ...]
    unit_of: Ints
    capacity: Ints
    children: Ints
    start: Ints
    pools: Small
    costs: Small
    metres: Small
    marks: npt.NDArray[np.uint8]
    together: tuple[tuple[int, ...], ...]
    unplaced: int = UNPLACED

    def of_child(self, child: int) -> slice:
        """Where a child's places stand."""
        return slice(int(self.start[child]), int(self.start[child + 1]))

    @property
    def child_of_edge(self) -> Ints:
        """The child of each allowed place."""
        return np.repeat(np.arange(self.children.size), np.diff(self.start))

    def with_capacity(self, capacity: Ints) -> Prepared:
        """The same with other free seats."""
        return replace(self, capacity=capacity)

    def only(self, children: Ints) -> Prepared:
        """The same with some of the children, in their order; siblings are not held together in it."""
        counts = np.diff(self.start)[children]
        start = np.concatenate(([0], np.cumsum(counts))).astype(np.int64)
        edges = np.repeat(self.start[children] - start[:-1], counts) + np.arange(int(start[-1]))
        return replace(
            self, children=self.children[children], start=start, pools=self.pools[edges], costs=self.costs[edges],
            metres=self.metres[edges], marks=self.marks[edges], together=(),
        )  # fmt: skip

    def nearest(self, counts: Ints) -> Prepared:
        """The same with only so many of each child's cheapest places."""
        kept = np.minimum(counts, np.diff(self.start))
        start = np.concatenate(([0], np.cumsum(kept))).astype(np.int64)
        edges = np.repeat(self.start[:-1] - start[:-1], kept) + np.arange(int(start[-1]))
        return replace(
            self, start=start, pools=self.pools[edges], costs=self.costs[edges], metres=self.metres[edges],
            marks=self.marks[edges],
        )  # fmt: skip


ARRAYS = ("unit_of", "capacity", "children", "start", "pools", "costs", "metres", "marks")


def prepare(
    pool_ids: tuple[str, ...], unit_of: Ints, capacity: Ints, children: Ints, child: Ints, pool: Ints, cost: Ints,
    metres: Ints, marks: npt.NDArray[np.uint8], together: tuple[tuple[int, ...], ...], unplaced: int = UNPLACED,
) -> Prepared:  # fmt: skip
    """Places given in any order, put in the order that the solver and the digest want."""
    order = np.lexsort((pool, cost, child))
    start = np.zeros(children.size + 1, dtype=np.int64)
    np.cumsum(np.bincount(child, minlength=children.size), out=start[1:])
    return Prepared(
        pool_ids, unit_of, capacity, children, start, pool[order].astype(np.int32), cost[order].astype(np.int32),
        metres[order].astype(np.int32), marks[order], together, unplaced,
    )  # fmt: skip


def packed(prepared: Prepared, **more: Any) -> bytes:
    """Everything as bytes, with what else the record is to hold (JSON values)."""
    kept = io.BytesIO()
    told = {"pool_ids": prepared.pool_ids, "together": prepared.together, "unplaced": prepared.unplaced, **more}
    np.savez(
        kept, told=np.frombuffer(json.dumps(told, sort_keys=True).encode(), dtype=np.uint8),
        **{name: getattr(prepared, name) for name in ARRAYS},
    )  # fmt: skip
    return zlib.compress(kept.getvalue(), 1)


def unpacked(data: bytes) -> tuple[Prepared, dict[str, Any]]:
    """What `packed` packed: the instance and what else the record holds."""
    with np.load(io.BytesIO(zlib.decompress(data)), allow_pickle=False) as arrays:
        told = json.loads(arrays["told"].tobytes())
        found = {name: arrays[name] for name in ARRAYS}
    prepared = Prepared(
        pool_ids=tuple(told.pop("pool_ids")), together=tuple(tuple(one) for one in told.pop("together")),
        unplaced=told.pop("unplaced"), **found,
    )  # fmt: skip
    return prepared, told


def digest(prepared: Prepared, **more: Any) -> str:
    """SHA-256 of everything that the answer follows from."""
    made = hashlib.sha256()
    told = {"pool_ids": prepared.pool_ids, "together": prepared.together, "unplaced": prepared.unplaced, **more}
    made.update(json.dumps(told, sort_keys=True).encode())
    for name in ARRAYS:
        made.update(np.ascontiguousarray(getattr(prepared, name)).tobytes())
    return made.hexdigest()


def answer_digest(prepared: Prepared, assigned: Ints) -> str:
    """SHA-256 of who got which pool."""
    said = [
        [int(child), None if pool < 0 else prepared.pool_ids[pool]]
        for child, pool in zip(prepared.children.tolist(), assigned.tolist(), strict=True)
    ]
    return hashlib.sha256(json.dumps(said).encode()).hexdigest()
