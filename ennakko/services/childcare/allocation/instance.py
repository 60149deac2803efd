# SPDX-License-Identifier: EUPL-1.2
"""One round of places as numbers: pools with seats, children, and what each allowed place costs (metres, weighed).

Read from a JSON file: {"capacity": […], "metres": [[…|null]…]} or {"capacity": […], "children": N, "edges": "file.csv"}
with the header `child,pool,cost`, counted from 0; a missing edge is not allowed. Also "unplaced_cost" (without it as
many children get a place as can), "mode" (flow or stable), and, if wished, "seed" and "priorities". Costs may have
decimals: six of them count.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]
Small = npt.NDArray[np.int32]
Floats = npt.NDArray[np.float64]
Mode = Literal["flow", "stable"]
MODES: tuple[Mode, ...] = ("flow", "stable")
MOST_COST = 9 * 10**15
"""In the parts that costs are counted in: every whole number up to this is exact as a number of JSON too."""
NARROW_COST = 150_000_000
"""Up to this, costs fit in half the memory and are solved in half the time; three of them stay below kernel.FAR."""
MOST_CHILDREN = 10_000_000
DEAR = 10_000_000
"""What being without a place costs where nobody says, or more if costs are so high that someone would be left out."""
DECIMALS, KEPT_DECIMALS = 6, 3
"""How many decimals of a cost count; and how many still do beside a very high cost of being without a place."""
MOST_SEED = 2**63 - 1


class BadInstance(ValueError):
    """The instance cannot be read; the sentence says where and what to write."""


@dataclass(frozen=True, slots=True)
class Instance:
    """Seats by pool, and the allowed places of each child: those of child i are `pools[start[i]:start[i + 1]]`.

    `costs` are whole numbers, cheapest first within a child; a unit of what was told is `parts` of them. `rank` (one
    per edge, lower goes first) is the pools' priority order in the stable mode; None: the nearer child goes first.
    """

    capacity: Ints
    start: Ints
    pools: Small
    costs: Small | Ints
    unplaced_cost: int
    mode: Mode = "flow"
    seed: int = 0
    rank: Ints | None = None
    parts: int = 1

    @property
    def children(self) -> int:
        """How many children."""
        return int(self.start.size - 1)

    @property
    def edges(self) -> int:
        """How many allowed places in all."""
        return int(self.pools.size)

    def of_child(self, child: int) -> slice:
        """Where the places of a child stand in `pools` and `costs`."""
        return slice(int(self.start[child]), int(self.start[child + 1]))


def make(
    capacity: Sequence[int] | Ints,
    child: Ints | Small,
    pool: Ints | Small,
    cost: Ints | Small,
    *,
    children: int,
    unplaced_cost: int,
    mode: Mode = "flow",
    seed: int = 0,
    rank: Ints | None = None,
    parts: int = 1,
) -> Instance:
    """An instance of edges in any order; raises BadInstance for what no round can be."""
    from ennakko.services.childcare.allocation import columns  # Numba is loaded only by whoever allocates

    seats = np.asarray(capacity, dtype=np.int64)
    if seats.size and (seats < 0).any():
        raise BadInstance(f"capacity[{int(np.argmax(seats < 0))}] is below zero: write the number of free seats.")
    for name, column, most in (("child", child, children), ("pool", pool, seats.size)):
        wrong = (column < 0) | (column >= most)
        if wrong.any():
            row = int(np.argmax(wrong))
            raise BadInstance(f"edge {row}: {name} {int(column[row])} is not one of 0–{most - 1}.")
    most = most_cost(children, seats.size)
    wrong = (cost < 0) | (cost > most)
    if wrong.any():
        row = int(np.argmax(wrong))
        raise BadInstance(f"edge {row}: the cost {int(cost[row]) / parts:g} is not within 0–{most // parts}.")
    dearest = max(int(cost.max(initial=0)), unplaced_cost)
    child, pool = (np.asarray(one, dtype=np.int32) for one in (child, pool))
    cost = np.asarray(cost, dtype=np.int32) if dearest <= NARROW_COST else np.asarray(cost, dtype=np.int64)
    start, order, twice = columns.by_child(child, pool, cost, children, seats.size)
    if twice >= 0:
        raise BadInstance(f"child {child[twice]} has pool {pool[twice]} twice: write each place once.")
    in_order = None if rank is None else rank[order]
    return Instance(seats, start, pool[order], cost[order], unplaced_cost, mode, seed, in_order, parts)


def most_cost(children: int, pools: int) -> int:
    """The highest cost whose sums over a round of this size still are exact."""
    return min(MOST_COST, MOST_SEED // 2 // (children + pools + 1))


def read(path: Path) -> Instance:
    """The instance of a file; raises BadInstance."""
    try:
        raw = json.loads(path.read_text("utf-8-sig"), parse_constant=_not_json)
    except OSError as error:
        raise BadInstance(f"{path}: cannot be read ({error.strerror}).") from None
    except ValueError as error:
        raise BadInstance(f"{path}: this is not JSON ({error}).") from None
    return of(raw, folder=path.parent)


def of(raw: Any, *, folder: Path) -> Instance:
    """The instance that a JSON object tells; `edges` is looked for below `folder`. Raises BadInstance."""
    if not isinstance(raw, dict):
        raise BadInstance('An instance is an object: {"capacity": […], "metres": [[…]], "unplaced_cost": …}.')
    capacity = [_whole(one, f"capacity[{at}]") for at, one in enumerate(_list(raw, "capacity"))]
    raw = {key: value for key, value in raw.items() if value is not None}
    if ("metres" in raw) == ("edges" in raw):
        raise BadInstance('Give either "metres" (a row for each child) or "edges" (a CSV file), one of the two.')
    mode = raw.get("mode", "flow")
    if mode not in MODES:
        raise BadInstance(f'mode is {mode!r}: write "flow" (least cost for all) or "stable" (by priorities).')
    seed = _whole(raw.get("seed", 0), "seed")
    if not 0 <= seed <= MOST_SEED:
        raise BadInstance(f"seed is {seed}: write 0–{MOST_SEED}.")
    found = _matrix(_list(raw, "metres"), len(capacity)) if "metres" in raw else _edges(raw, folder)
    children, child, pool, told = found
    unplaced = _number(raw["unplaced_cost"], "unplaced_cost") if "unplaced_cost" in raw else None
    most = most_cost(children, len(capacity))
    cost, parts = _in_parts(told, unplaced, most)
    if unplaced is None:
        without = max(DEAR * parts, (min(children, len(capacity)) + 1) * int(cost.max(initial=0)) + 1)
        without = min(without, most)
    else:
        without = round(unplaced * parts)
    if not 0 <= without <= most:
        raise BadInstance(f"unplaced_cost is {unplaced}: write 0–{most // parts}.")
    rank = _ranks(raw["priorities"], child, pool, children, len(capacity)) if raw.get("priorities") else None
    return make(
        capacity, child, pool, cost, children=children, unplaced_cost=without, mode=mode, seed=seed, rank=rank,
        parts=parts,
    )  # fmt: skip


def _not_json(name: str) -> float:
    raise BadInstance(f"{name} is no number of JSON: write null where a place is not allowed.")


def _list(raw: Mapping[str, Any], key: str) -> list[Any]:
    value = raw.get(key)
    if not isinstance(value, list):
        raise BadInstance(f'"{key}" must be a list, not {type(value).__name__}.')
    return value


def _whole(value: object, where: str) -> int:
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, bool) or not isinstance(value, int):
        raise BadInstance(f"{where} is {value!r}: write a whole number.")
    if abs(value) > MOST_SEED:
        raise BadInstance(f"{where} is too large: write at most {MOST_SEED}.")
    return value


def _number(value: object, where: str) -> int | float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise BadInstance(f"{where} is {value!r}: write a number.")
    return value


def _matrix(rows: list[Any], pools: int) -> tuple[int, Ints, Ints, Floats]:
    for at, row in enumerate(rows):
        if not isinstance(row, list) or len(row) != pools:
            raise BadInstance(f"metres[{at}] must have {pools} values, one for each pool; null where not allowed.")
        if not {type(one) for one in row} <= {int, float, type(None)}:
            raise BadInstance(f"metres[{at}] holds something that is neither a number nor null.")
    try:
        table = np.array([[np.nan if one is None else one for one in row] for row in rows], dtype=np.float64)
    except OverflowError:
        raise BadInstance(f"metres holds a number that is not within 0–{MOST_COST}.") from None
    table = table.reshape(len(rows), pools)
    allowed = ~np.isnan(table)
    child, pool = np.nonzero(allowed)
    return len(rows), child, pool, table[allowed]


def _in_parts(told: Floats | Small, unplaced: float | None, most: int) -> tuple[Ints | Small, int]:
    """Costs as whole numbers, and how many of them a unit of what was told is: one, or more where decimals are."""
    if told.dtype == np.int32 and (unplaced is None or float(unplaced).is_integer()):
        return told.astype(np.int32, copy=False), 1
    values = told.astype(np.float64)
    wrong = ~np.isfinite(values) | (np.abs(values) > most)
    if wrong.any():
        at = int(np.argmax(wrong))
        raise BadInstance(f"edge {at}: the cost {values[at]} is not within 0–{most}.")
    with_own = values if unplaced is None else np.append(values, float(unplaced))
    decimals = next((few for few in range(DECIMALS) if (np.round(with_own, few) == with_own).all()), DECIMALS)
    highest = float(np.abs(with_own).max(initial=0))
    while decimals > KEPT_DECIMALS and highest * 10**decimals > most:
        decimals -= 1
    return np.rint(values * 10**decimals).astype(np.int64), 10**decimals


def _edges(raw: Mapping[str, Any], folder: Path) -> tuple[int, Ints | Small, Ints | Small, Floats | Small]:
    children = _whole(raw.get("children"), "children")
    if not 0 <= children <= MOST_CHILDREN:
        raise BadInstance(f"children is {children}: write how many there are, at most {MOST_CHILDREN}.")
    if not isinstance(raw["edges"], str):
        raise BadInstance('"edges" must be the name of a CSV file beside the instance.')
    file = folder / raw["edges"]
    try:
        found = _plain_columns(file)
    except OSError:
        raise BadInstance(f"The file of edges {raw['edges']} is not there, beside the instance.") from None
    return (children, *(found or _written_otherwise(file, raw["edges"])))


def _plain_columns(file: Path) -> tuple[Small, Small, Small] | None:
    """The columns of a file that is written as plainly as can be; None where it is not."""
    from ennakko.services.childcare.allocation import columns

    data = np.fromfile(file, dtype=np.uint8)
    if data[: len(columns.HEADER)].tobytes() != columns.HEADER:
        return None
    lines = int(np.count_nonzero(data == ord("\n"))) + 1
    child, pool, cost = (np.empty(lines, dtype=np.int32) for _ in range(3))
    rows = columns.numbers(data, len(columns.HEADER), child, pool, cost)
    return None if rows < 0 else (child[:rows], pool[:rows], cost[:rows])


def _written_otherwise(file: Path, name: str) -> tuple[Ints, Ints, Floats]:
    """The columns of any CSV file, in any order of columns; raises BadInstance."""
    import polars as pl

    try:
        frame = pl.read_csv(file, schema_overrides={"child": pl.Int64, "pool": pl.Int64, "cost": pl.Float64})
    except (pl.exceptions.PolarsError, UnicodeDecodeError) as error:
        first = str(error).splitlines()[0]
        raise BadInstance(f"{name}: {first} Write the header child,pool,cost and whole numbers.") from None
    if set(frame.columns) != {"child", "pool", "cost"}:
        raise BadInstance(f"{name}: the header is {','.join(frame.columns)}; write child,pool,cost.")
    if frame.null_count().sum_horizontal().item():
        raise BadInstance(f"{name}: a value is missing: leave out the whole row where a place is not allowed.")
    child, pool = (frame[name].to_numpy().astype(np.int64) for name in ("child", "pool"))
    return child, pool, frame["cost"].to_numpy().astype(np.float64)


def _ranks(told: Any, child: Ints | Small, pool: Ints | Small, children: int, pools: int) -> Ints:
    """Priorities as a whole number for each edge: a row for each child with its number at each pool (lower goes first),

    or a row for each pool that lists its children, the first in line first. Null, and not listed: last.
    """
    by_child = isinstance(told, list) and len(told) == children and all(
        isinstance(row, list) and len(row) == pools for row in told
    )  # fmt: skip
    if by_child:
        numbers = [[np.inf if one is None else _number(one, "priorities") for one in row] for row in told]
        table = np.array(numbers, dtype=np.float64).reshape(children, pools)
    elif isinstance(told, list) and len(told) == pools and all(isinstance(row, list) for row in told):
        table = _lines(told, children, pools)
    else:
        raise BadInstance(
            f'"priorities" must have a row for each of the {children} children with {pools} numbers (the lower goes '
            f"first), or a row for each of the {pools} pools that lists its children, the first in line first."
        )
    _, rank = np.unique(table[child, pool], return_inverse=True)
    return rank.astype(np.int64)


def _lines(told: list[list[Any]], children: int, pools: int) -> Floats:
    table = np.full((children, pools), np.inf)
    for at, row in enumerate(told):
        for place, one in enumerate(row):
            who = _whole(one, f"priorities[{at}]")
            if not 0 <= who < children:
                raise BadInstance(f"priorities[{at}] lists child {who}, who is not one of 0–{children - 1}.")
            if table[who, at] != np.inf:
                raise BadInstance(f"priorities[{at}] lists child {who} twice.")
            table[who, at] = place
    return table
