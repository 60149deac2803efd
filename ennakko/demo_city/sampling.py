# SPDX-License-Identifier: EUPL-1.2
"""Drawing people from published totals: proportional fitting, even-handed sampling, matching; whole arrays at once."""

from collections.abc import Sequence
from zlib import crc32

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]


def generator(seed: int, *labels: str | int) -> np.random.Generator:
    """A generator of its own for each step, so that a change in one step leaves the others' draws as they were."""
    return np.random.default_rng([seed, *(crc32(str(label).encode()) for label in labels)])


def fit(table: Floats, rows: Floats, columns: Floats, *, rounds: int = 25) -> Floats:
    """Tables [..., r, c] scaled until their rows and columns sum to the margins [..., r] and [..., c], columns last.

    Iterative proportional fitting; margins that disagree in total are met in proportion.
    """
    fitted = table.astype(np.float64)
    for _ in range(rounds):
        fitted *= ratio(rows, fitted.sum(axis=-1))[..., None]
        fitted *= ratio(columns, fitted.sum(axis=-2))[..., None, :]
    return fitted


def ratio(wanted: Floats, found: Floats) -> Floats:
    """wanted / found, and 0 where nothing was found."""
    return np.divide(wanted, found, out=np.zeros_like(found), where=found > 0)


def whole(expected: Floats, start: float) -> Ints:
    """Whole counts for a flat table of expected counts: any run of neighbours is off by less than one (systematic)."""
    steps = np.floor(np.cumsum(expected) + start).astype(np.int64)
    return np.diff(steps, prepend=np.int64(np.floor(start)))


def spread(rng: np.random.Generator, group: npt.NDArray[np.integer]) -> Floats:
    """A number in [0, 1) for each row, spread evenly within its group but in random order.

    Comparing it with cumulative shares gives every group its shares with an error below one person.
    """
    size = group.size
    if size == 0:
        return np.empty(0)
    shuffled = rng.permutation(size)
    compact = group.astype(np.uint16) if int(group.max()) < 65_536 else group
    order = shuffled[np.argsort(compact[shuffled], kind="stable")]
    counts = np.bincount(group)
    starts = np.cumsum(counts) - counts
    sorted_group = group[order]
    rank = np.arange(size) - starts[sorted_group]
    offset = rng.random(counts.size)
    result = np.empty(size)
    result[order] = (rank + offset[sorted_group]) / counts[sorted_group]
    return result


def choose(shares: Floats, at: Floats) -> Ints:
    """The class of each row: `shares` [n, k] of each class, `at` [n] in [0, 1)."""
    limits = np.cumsum(shares, axis=1)
    limits /= limits[:, -1:]
    return (at[:, None] >= limits[:, :-1]).sum(axis=1).astype(np.int64)


def picked(rng: np.random.Generator, weights: Floats, size: int) -> Ints:
    """Indices drawn with the weights, with replacement."""
    limits = np.cumsum(weights)
    return np.searchsorted(limits, rng.random(size) * limits[-1], side="right").astype(np.int64)


def without(rows: Ints, gone: Ints) -> Ints:
    """The rows in their order, but for those gone; row numbers are not negative."""
    kept = np.ones(int(rows.max(initial=-1)) + 1, dtype=bool)
    kept[gone[gone < kept.size]] = False
    return rows[kept[rows]]


def match(need: Ints, supply: Ints) -> tuple[Ints, Ints]:
    """Pairs of rows with equal keys, each row in at most one pair: indices into `need` and into `supply`."""
    need_order, supply_order = np.argsort(need, kind="stable"), np.argsort(supply, kind="stable")
    need_keys, supply_keys = need[need_order], supply[supply_order]
    rank = np.arange(need.size) - np.searchsorted(need_keys, need_keys, side="left")
    position = np.searchsorted(supply_keys, need_keys, side="left") + rank
    paired = position < np.searchsorted(supply_keys, need_keys, side="right")
    return need_order[paired], supply_order[position[paired]]


def match_in_rounds(rounds: Sequence[tuple[Ints, Ints]]) -> Ints:
    """For each need the row of the supply that serves it, or -1: the first round's keys are tried first.

    Each round holds one key for every need and every supply; later rounds are looser and see only who is left.
    """
    found = np.full(rounds[0][0].size, -1, dtype=np.int64)
    open_supply = np.arange(rounds[0][1].size)
    for need_key, supply_key in rounds:
        open_need = np.flatnonzero(found < 0)
        if open_need.size == 0 or open_supply.size == 0:
            break
        needs, supplies = match(need_key[open_need], supply_key[open_supply])
        found[open_need[needs]] = open_supply[supplies]
        open_supply = np.delete(open_supply, supplies)
    return found


def shifted(base: Floats, weight: Floats, target: Floats) -> Floats:
    """Probabilities [g, k] moved by one logit per group g so that sum(weight × p) meets the target [g].

    A target beyond the group's weight is met as far as it goes.
    """
    logit = np.log(base) - np.log1p(-base)
    low, high = np.full(target.size, -12.0), np.full(target.size, 12.0)
    for _ in range(40):
        middle = (low + high) / 2
        found = (weight / (1 + np.exp(-(logit + middle[:, None])))).sum(axis=1)
        low, high = np.where(found < target, middle, low), np.where(found < target, high, middle)
    return np.asarray(1 / (1 + np.exp(-(logit + ((low + high) / 2)[:, None]))))
