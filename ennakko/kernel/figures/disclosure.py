# SPDX-License-Identifier: EUPL-1.2
"""The disclosure gate: a published table never lets anybody compute a count of one to four persons.

Small counts are hidden first. Then further cells are hidden until, from everything that is published and from every
sum that must hold between cells (rows, columns, grand totals, districts within districts, tables of overlapping
groups), each hidden cell can take several values and each small one a value that is not small. What an outsider can
compute is found exactly, as the lowest and highest whole number under those sums (integer programming), not guessed
from its row alone.

Threshold: official statistics here hide 1–4; method as in Hundepool et al., Statistical Disclosure Control (2012),
chapter 4.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

HIDE_BELOW = 5
# More persons than any cell holds: the bound of a cell whose totals are hidden too.
MOST = 100_000_000
Cell = Any


@dataclass(frozen=True, slots=True)
class Sum:
    """A sum that everybody knows must hold: the total cell is the sum of its parts."""

    total: Cell
    parts: tuple[Cell, ...]

    @property
    def cells(self) -> tuple[Cell, ...]:
        return (*self.parts, self.total)


@dataclass(frozen=True, slots=True)
class Bounds:
    """The values an outsider can compute for a hidden cell, both ends included."""

    lowest: int
    highest: int


def hidden_cells(counts: Mapping[Cell, int], sums: Sequence[Sum], hide_below: int = HIDE_BELOW) -> frozenset[Cell]:
    """The cells that may not be published: 1…hide_below−1, and those from which one of these could be computed."""
    small = {cell for cell, count in counts.items() if 0 < count < hide_below}
    hidden = set(small)
    _close_each_sum(hidden, small, counts, sums, hide_below)
    while (exposed := _exposed(hidden, small, counts, sums, hide_below)) is not None:
        more = _next_to_hide(exposed, hidden, counts, sums)
        if more is None:
            # Nothing visible is left beside it: every cell it is tied to is hidden already.
            break
        hidden.add(more)
        _close_each_sum(hidden, small, counts, sums, hide_below)
    return frozenset(hidden)


def _close_each_sum(
    hidden: set[Cell], small: set[Cell], counts: Mapping[Cell, int], sums: Sequence[Sum], hide_below: int
) -> None:
    """Within each sum: never one hidden cell alone, never hidden parts that together are small."""
    changed = True
    while changed:
        changed = False
        for one in sums:
            veiled = [cell for cell in one.cells if cell in hidden]
            if not veiled:
                continue
            together = sum(counts[cell] for cell in veiled if cell != one.total)
            alone = len(veiled) == 1
            too_little = one.total not in hidden and any(cell in small for cell in veiled) and together < hide_below
            if alone or too_little:
                more = _smallest_visible(one, hidden, counts)
                if more is not None:
                    hidden.add(more)
                    changed = True


def _smallest_visible(one: Sum, hidden: set[Cell], counts: Mapping[Cell, int]) -> Cell | None:
    """The cell whose loss tells the reader least: the smallest part above zero, then a zero, and the total last."""
    parts = [cell for cell in one.parts if cell not in hidden]
    if parts:
        return min(parts, key=lambda cell: (counts[cell] == 0, counts[cell], one.parts.index(cell)))
    return None if one.total in hidden else one.total


def _next_to_hide(cell: Cell, hidden: set[Cell], counts: Mapping[Cell, int], sums: Sequence[Sum]) -> Cell | None:
    """The best further cell to hide: in a sum of the exposed cell, else in a sum of a cell hidden together with it."""
    near = {cell}
    while True:
        around = [one for one in sums if near.intersection(one.cells)]
        choices = [found for one in around if (found := _smallest_visible(one, hidden, counts)) is not None]
        if choices:
            return min(choices, key=lambda found: (counts[found] == 0, counts[found], str(found)))
        wider = near.union(*(set(one.cells) & hidden for one in around)) if around else near
        if wider == near:
            return None
        near = wider


def bounds(cell: Cell, hidden: frozenset[Cell] | set[Cell], counts: Mapping[Cell, int], sums: Sequence[Sum]) -> Bounds:
    """The lowest and highest value of a hidden cell that agrees with all that is published."""
    system = _System.of(hidden, counts, sums)
    lowest, _ = system.extreme(cell, least=True)
    highest, _ = system.extreme(cell, least=False)
    return Bounds(lowest, highest)


def _exposed(
    hidden: set[Cell], small: set[Cell], counts: Mapping[Cell, int], sums: Sequence[Sum], hide_below: int
) -> Cell | None:
    """A hidden cell that can be computed, or a small one that can be told to be small; None when all is safe."""
    if not hidden:
        return None
    system = _System.of(hidden, counts, sums)
    seen_low = {cell: counts[cell] for cell in hidden}
    seen_high = dict(seen_low)
    for cell in sorted(hidden, key=str):
        enough = hide_below if cell in small else seen_low[cell] + 1
        if seen_high[cell] < enough:
            seen_high[cell], solution = system.extreme(cell, least=False)
            _widen(seen_low, seen_high, solution)
        if cell in small and seen_high[cell] < hide_below:
            return cell
        if seen_low[cell] == seen_high[cell]:
            seen_low[cell], solution = system.extreme(cell, least=True)
            _widen(seen_low, seen_high, solution)
            if seen_low[cell] == seen_high[cell]:
                return cell
    return None


def _widen(low: dict[Cell, int], high: dict[Cell, int], solution: Mapping[Cell, int]) -> None:
    """One possible table shows other values for many cells at once."""
    for cell, value in solution.items():
        low[cell] = min(low[cell], value)
        high[cell] = max(high[cell], value)


@dataclass(frozen=True, slots=True)
class _System:
    """The equations between hidden cells that remain when everything published is put in."""

    order: tuple[Cell, ...]
    matrix: np.ndarray
    right: np.ndarray

    @classmethod
    def of(cls, hidden: frozenset[Cell] | set[Cell], counts: Mapping[Cell, int], sums: Sequence[Sum]) -> "_System":
        order = tuple(sorted(hidden, key=str))
        column = {cell: number for number, cell in enumerate(order)}
        matrix, right = [], []
        for one in sums:
            if not any(cell in column for cell in one.cells):
                continue
            row = np.zeros(len(order))
            for cell in one.parts:
                if cell in column:
                    row[column[cell]] += 1
            if one.total in column:
                row[column[one.total]] -= 1
            matrix.append(row)
            published = sum(counts[cell] for cell in one.parts if cell not in column)
            right.append((0 if one.total in column else counts[one.total]) - published)
        return cls(order, np.array(matrix).reshape(-1, len(order)), np.array(right, dtype=float))

    def extreme(self, cell: Cell, *, least: bool) -> tuple[int, dict[Cell, int]]:
        """The least or greatest value of a cell, at most MOST, and a whole table in which it is taken."""
        # Imported when first needed: it takes most of a second, which no start of the program should wait for.
        from scipy.optimize import Bounds as VariableBounds
        from scipy.optimize import LinearConstraint, milp

        goal = np.zeros(len(self.order))
        goal[self.order.index(cell)] = 1 if least else -1
        found = milp(
            goal,
            constraints=LinearConstraint(self.matrix, self.right, self.right) if len(self.matrix) else (),
            integrality=np.ones(len(self.order)),
            bounds=VariableBounds(0, MOST),
        )
        if found.status != 0:
            raise ArithmeticError(f"The table's sums do not agree with its cells: {found.message}")
        table = dict(zip(self.order, np.rint(found.x).astype(int).tolist(), strict=True))
        return table[cell], table
