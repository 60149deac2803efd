# SPDX-License-Identifier: EUPL-1.2
"""Tables of persons leave the city only through this gate, with totals, with what is small or computable hidden."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import product
from typing import Any

import polars as pl

from ennakko.kernel.figures.disclosure import HIDE_BELOW, Sum, hidden_cells

HIDDEN_MARK = "–"
KEPT = 64
"""How many tables are remembered, with what may be shown of them."""
Node = str | None
Key = tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Gated:
    """A table that may be shown.

    `frame` has the columns given in `by` (null = all together), the count column (Int64, null where hidden), any
    further measures (null in the same cells) and `hidden` (bool); every total is in it. `hidden` is how many cells are
    hidden.
    """

    frame: pl.DataFrame
    by: tuple[str, ...]
    count: str
    hidden: int

    def shown(self, **where: Node) -> str:
        """One cell as it is printed: the number, or a dash; dimensions left out are taken all together."""
        row = self.frame.filter(
            pl.all_horizontal(pl.col(name).eq_missing(pl.lit(where.get(name), dtype=pl.String)) for name in self.by)
        )
        value = row[self.count][0] if row.height else 0
        return HIDDEN_MARK if value is None else str(value)


class _Dimension:
    """The values of one column with the groups above them; None is all together."""

    def __init__(self, values: Sequence[str], parents: Mapping[str, str]) -> None:
        self.children: dict[Node, list[Node]] = {None: []}
        for value in values:
            self._place(value, parents)
        self.nodes: list[Node] = list(dict.fromkeys([*values, *self.children]))

    def _place(self, value: str, parents: Mapping[str, str]) -> None:
        node: str = value
        seen = {node}
        while True:
            parent: Node = parents.get(node)
            siblings = self.children.setdefault(parent, [])
            if node in siblings:
                return
            siblings.append(node)
            if parent is None:
                return
            if parent in seen:
                raise ValueError(f"The groups of {value!r} go round in a circle at {parent!r}.")
            seen.add(parent)
            node = parent

    def above(self, value: str, parents: Mapping[str, str]) -> list[Node]:
        """The value, every group it belongs to, and all together."""
        chain: list[Node] = [value]
        while (parent := parents.get(chain[-1] or "")) is not None:
            chain.append(parent)
        return [*chain, None]


def gate(
    table: pl.DataFrame,
    count: str,
    *,
    by: Sequence[str],
    parents: Mapping[str, Mapping[str, str]] | None = None,
    measures: Sequence[str] = (),
    hide_below: int = HIDE_BELOW,
) -> Gated:
    """The table with all its totals, and hidden what is 1…hide_below−1 or would let such a number be computed.

    `table`: one row per combination of the `by` columns (text), `count` persons in each; missing combinations are zero
    and null values of a `by` column are a group of their own, "?". `parents`: per column, value → the group it belongs
    to (district → major district). `measures`: further sums (cents), hidden in the same cells.
    """
    groups = {name: dict(parents[name]) for name in by if parents and name in parents}
    clean = (
        table.select(
            *(pl.col(name).cast(pl.String).fill_null("?") for name in by),
            *(pl.col(name).cast(pl.Int64).fill_null(0) for name in (count, *measures)),
        )
        .group_by(list(by))
        .sum()
        .sort(list(by))
    )
    return _gated(
        tuple(clean.rows()), tuple(by), (count, *measures),
        tuple((name, tuple(sorted(own.items()))) for name, own in groups.items()), hide_below,
    )  # fmt: skip


@lru_cache(maxsize=KEPT)
def _gated(
    rows: tuple[tuple[Any, ...], ...],
    by: tuple[str, ...],
    columns: tuple[str, ...],
    groups: tuple[tuple[str, tuple[tuple[str, str], ...]], ...],
    hide_below: int,
) -> Gated:
    """The gate's work, remembered by content: the same table shown again is not searched for leaks again."""
    schema = {**dict.fromkeys(by, pl.String), **dict.fromkeys(columns, pl.Int64)}
    clean = pl.DataFrame(rows, schema=schema, orient="row")
    parents = {name: dict(own) for name, own in groups}
    dimensions = [_Dimension(sorted(set(clean[name].to_list())), parents.get(name, {})) for name in by]
    numbers = _cells(clean, by, columns, dimensions, parents)
    counts = {key: values[0] for key, values in numbers.items()}
    hidden = hidden_cells(counts, _sums(dimensions), hide_below)
    ordered = list(numbers)
    data: dict[str, list[object]] = {name: [key[i] for key in ordered] for i, name in enumerate(by)}
    for i, name in enumerate(columns):
        data[name] = [None if key in hidden else numbers[key][i] for key in ordered]
    data["hidden"] = [key in hidden for key in ordered]
    frame = pl.DataFrame(data, schema={**schema, "hidden": pl.Boolean})
    return Gated(frame, by, columns[0], len(hidden))


def _cells(
    clean: pl.DataFrame,
    by: Sequence[str],
    columns: Sequence[str],
    dimensions: Sequence[_Dimension],
    parents: Mapping[str, Mapping[str, str]],
) -> dict[Key, list[int]]:
    cells: dict[Key, list[int]] = {
        key: [0] * len(columns) for key in product(*(dimension.nodes for dimension in dimensions))
    }
    for row in clean.iter_rows(named=True):
        chains = [
            dimension.above(row[name], parents.get(name, {})) for dimension, name in zip(dimensions, by, strict=True)
        ]
        for key in product(*chains):
            for i, column in enumerate(columns):
                cells[key][i] += row[column]
    return cells


def _sums(dimensions: Sequence[_Dimension]) -> list[Sum]:
    """Every group is the sum of its members, whatever the other dimensions are held at."""
    sums = []
    for axis, dimension in enumerate(dimensions):
        others = [one.nodes if i != axis else [None] for i, one in enumerate(dimensions)]
        for group, members in dimension.children.items():
            for rest in product(*others):
                parts = tuple((*rest[:axis], member, *rest[axis + 1 :]) for member in members)
                sums.append(Sum((*rest[:axis], group, *rest[axis + 1 :]), parts))
    return sums
