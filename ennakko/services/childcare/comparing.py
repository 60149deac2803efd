# SPDX-License-Identifier: EUPL-1.2
"""What if: two ways of giving the same places side by side, before anything is released. No place is stored.

A trial is a policy, a mode, units left out (closed) and added (a new building); both trials see the same children.
What is told passes the disclosure gate: a count that would tell of fewer than five children is None.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

import numpy as np

from ennakko.kernel.access import Actor, require
from ennakko.kernel.figures.disclosure import Sum, hidden_cells
from ennakko.kernel.registers import screen
from ennakko.services.childcare.actions.rounds import NO_UNITS, PURPOSE, NotNow, turn_rule
from ennakko.services.childcare.allocation.instance import Mode
from ennakko.services.childcare.building import PoolRow, build, open_pools
from ennakko.services.childcare.placing.instance import PRESENT, SIBLING, Prepared
from ennakko.services.childcare.placing.placing import Placed, place
from ennakko.services.childcare.placing.policy import Policy
from ennakko.services.childcare.queries import needs as needing
from ennakko.services.childcare.queries import seats, streets
from ennakko.services.childcare.queries.needs import Need

NEAR, FAR = 1280, 2000
"""Metres: sixteen minutes on foot, and a way that most find long."""
SMALLEST = 5
"""Fewer children than this are never told of."""


@dataclass(frozen=True, slots=True)
class NewUnit:
    """A building that is thought of: where, and how many seats in one language and band."""

    id: str
    latitude: float
    longitude: float
    seats: int
    language: str = "fi"
    band: str = "preschool"


@dataclass(frozen=True, slots=True)
class Trial:
    """One way of giving the places."""

    policy: Policy
    mode: Mode = "flow"
    closed: frozenset[str] = frozenset()
    added: tuple[NewUnit, ...] = ()
    seed: int = 1


@dataclass(frozen=True, slots=True)
class Figures:
    """What a trial came to. Ways in metres; shares of those placed in per cent, one decimal; by district the mean way.

    None: hidden by the gate. `districts`: only those with at least 5 children placed; the rest stand under "".
    """

    children: int | None
    placed: int | None
    unplaced: int | None
    mean_metres: int | None
    near_percent: float | None
    far: int | None
    at_nearest_percent: float | None
    with_sibling: int | None
    stay: int | None
    objective: int
    lower_bound: int
    gap: int
    seconds: float
    districts: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two trials and what changes from the first to the second, in children; None: hidden by the gate."""

    first: Figures
    second: Figures
    changed: int | None
    shorter: int | None
    longer: int | None
    gained_a_place: int | None
    lost_a_place: int | None
    by_district: Mapping[str, int]
    """How many children change, by district; those that the gate hides are left out."""


def compare(
    form: str, *, starts: date, first: Trial, second: Trial, actor: Actor, at: datetime, on: date
) -> Comparison:
    """Two trials on the children whose turn it is. Raises Refused, PermitMissing and NotNow."""
    require(actor, "childcare.compare")
    if not open_pools(form, starts):
        raise NotNow(NO_UNITS)
    reason = f"comparing rounds of {form} from {starts}"
    screening = screen(turn_rule(form, on), purpose=PURPOSE, on=starts, actor=actor, at=at, reason=reason)
    found = needing.gather(
        screening.entitled().to_list(), form=form, starts=starts, snapshot=screening.on_snapshot, actor=actor, at=at,
        on=on, reason=reason,
    )  # fmt: skip
    here = [one for one in found if one.latitude is not None]
    tried = []
    for trial in (first, second):
        pools = open_pools(form, starts, closed=trial.closed) + [_row(one) for one in trial.added]
        if not pools:
            raise NotNow(NO_UNITS)
        free = seats.free(starts, [one.id for one in pools], snapshot=screening.on_snapshot)
        prepared = build(
            here, pools, {**free, **{one.id: one.seats for one in trial.added}}, form=form, policy=trial.policy,
            network=streets.network_of(streets.in_use()), snapshot=screening.on_snapshot,
        )  # fmt: skip
        placed = place(prepared, mode=trial.mode, seed=trial.seed, together=trial.policy.together)
        tried.append((prepared, placed, _way(prepared, placed)))
    return _compared(here, tried)


def _row(one: NewUnit) -> PoolRow:
    return PoolRow(one.id, one.id, one.band, one.language, False, False, "municipal", one.latitude, one.longitude)


def _way(prepared: Prepared, placed: Placed) -> np.ndarray:
    """Metres of each child's way; −1 without a place."""
    way = np.full(prepared.children.size, -1, dtype=np.int64)
    child = prepared.child_of_edge
    won = np.flatnonzero(prepared.pools == placed.assigned[child])
    way[child[won]] = prepared.metres[won]
    return way


def counted(prepared: Prepared, placed: Placed, way: np.ndarray) -> dict[str, int]:
    """The counts of a solved trial, before the gate."""
    child = prepared.child_of_edge
    won = np.flatnonzero(prepared.pools == placed.assigned[child])
    nearest = np.full(prepared.children.size, np.iinfo(np.int64).max)
    np.minimum.at(nearest, child, prepared.metres.astype(np.int64))
    has = way >= 0
    found = {
        "placed": int(has.sum()),
        "unplaced": int((~has).sum()),
        "near": int((way[has] <= NEAR).sum()),
        "far": int((way[has] > FAR).sum()),
        "at_nearest": int((way[has] == nearest[has]).sum()),
        "with_sibling": int(((prepared.marks[won] & SIBLING) > 0).sum()),
        "stay": int(((prepared.marks[won] & PRESENT) > 0).sum()),
    }
    return found | {"between": found["placed"] - found["near"] - found["far"]}


def figures(
    needs: Sequence[Need], placed: Placed, way: np.ndarray, told: Mapping[str, int | None], children: int | None
) -> Figures:
    """What a solved trial came to, of the counts that the gate lets through."""
    count = told["placed"]

    def percent(part: str) -> float | None:
        own = told[part]
        if own is None or count is None:
            return None
        return round(100 * own / count, 1) if count else 0.0

    return Figures(
        children=children,
        placed=count,
        unplaced=told["unplaced"],
        mean_metres=None if count is None else round(float(way[way >= 0].mean())) if count else 0,
        near_percent=percent("near"),
        far=told["far"],
        at_nearest_percent=percent("at_nearest"),
        with_sibling=told["with_sibling"],
        stay=told["stay"],
        objective=placed.total,
        lower_bound=placed.lower_bound,
        gap=placed.gap,
        seconds=round(placed.seconds, 3),
        districts=_means(needs, way),
    )


def _means(needs: Sequence[Need], way: np.ndarray) -> dict[str, int]:
    ways: dict[str, list[int]] = {}
    for one, metres in zip(needs, way.tolist(), strict=True):
        if metres >= 0:
            ways.setdefault(one.district, []).append(metres)
    large = {district: own for district, own in ways.items() if district and len(own) >= SMALLEST}
    rest = [metres for district, own in ways.items() if district not in large for metres in own]
    means = {district: round(sum(own) / len(own)) for district, own in sorted(large.items())}
    return means | ({"": round(sum(rest) / len(rest))} if len(rest) >= SMALLEST else {})


def _compared(needs: Sequence[Need], tried: list[tuple[Prepared, Placed, Any]]) -> Comparison:
    (one, first, before), (other, second, after) = tried
    pools = [
        [None if pool < 0 else prepared.pool_ids[pool] for pool in placed.assigned.tolist()]
        for prepared, placed, _ in tried
    ]
    changed = np.array([a != b for a, b in zip(*pools, strict=True)], dtype=bool)
    both = changed & (before >= 0) & (after >= 0)
    by_district: dict[str, int] = {}
    for need, moved in zip(needs, changed.tolist(), strict=True):
        if moved:
            by_district[need.district] = by_district.get(need.district, 0) + 1
    counts = {
        "children": changed.size,
        "changed": int(changed.sum()),
        "shorter": int((after[both] < before[both]).sum()),
        "longer": int((after[both] > before[both]).sum()),
        "as_long": int((after[both] == before[both]).sum()),
        "gained": int(((before < 0) & (after >= 0)).sum()),
        "lost": int(((before >= 0) & (after < 0)).sum()),
        "never": int(((before < 0) & (after < 0)).sum()),
    }
    own = counted(one, first, before), counted(other, second, after)
    told = gated(counts, own, by_district)
    return Comparison(
        first=figures(needs, first, before, {name: told[f"0 {name}"] for name in own[0]}, told["children"]),
        second=figures(needs, second, after, {name: told[f"1 {name}"] for name in own[1]}, told["children"]),
        changed=told["changed"],
        shorter=told["shorter"],
        longer=told["longer"],
        gained_a_place=told["gained"],
        lost_a_place=told["lost"],
        by_district={
            district: count for district in sorted(by_district)
            if district and (count := told[f"district {district}"]) is not None
        },
    )  # fmt: skip


def gated(
    counts: Mapping[str, int], own: Sequence[Mapping[str, int]], by_district: Mapping[str, int]
) -> dict[str, int | None]:
    """Every count that may be told, None for the rest: small ones, and those from which a small one could be computed.

    `counts`: what changes, and `children` in all; `own`: each trial's counts, told here as "0 placed", "1 placed" …
    """
    children = counts["children"]
    cells = dict(counts) | {"same": children - counts["changed"]}
    cells |= {f"district {name}": count for name, count in by_district.items()}
    sums = [
        Sum("children", ("changed", "same")),
        Sum("changed", ("shorter", "longer", "as_long", "gained", "lost")),
        Sum("0 unplaced", ("gained", "never")),
        Sum("1 unplaced", ("lost", "never")),
    ]
    if by_district:
        sums.append(Sum("changed", tuple(f"district {name}" for name in by_district)))
    for at, trial in enumerate(own):
        cells |= {f"{at} {name}": count for name, count in trial.items()}
        sums.append(Sum("children", (f"{at} placed", f"{at} unplaced")))
        sums.append(Sum(f"{at} placed", (f"{at} near", f"{at} between", f"{at} far")))
        for name in ("at_nearest", "with_sibling", "stay"):
            cells[f"{at} not {name}"] = trial["placed"] - trial[name]
            sums.append(Sum(f"{at} placed", (f"{at} {name}", f"{at} not {name}")))
    hidden = hidden_cells(cells, sums, SMALLEST)
    return {name: None if name in hidden else count for name, count in cells.items()}
