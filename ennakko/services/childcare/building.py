# SPDX-License-Identifier: EUPL-1.2
"""A round is prepared: which pools may take which child, how far each is on foot, and what that counts by a policy."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import polars as pl

from ennakko.kernel.registers import Snapshot
from ennakko.services.childcare.distances.network import Network
from ennakko.services.childcare.distances.walking import straight, walk
from ennakko.services.childcare.models import Pool
from ennakko.services.childcare.placing.instance import ESTIMATED, PRESENT, SCHOOL, SIBLING, Ints, Prepared, prepare
from ennakko.services.childcare.placing.policy import Policy
from ennakko.services.childcare.queries.needs import Need
from ennakko.services.childcare.queries.seats import on_day

NEAR_SCHOOL = 400.0
"""Metres: a unit so near the coming school is on the way there."""
MOST_ON_FOOT = 30_000
"""Metres: farther than this no place is proposed on foot."""


@dataclass(frozen=True, slots=True)
class PoolRow:
    """A pool that is open on the day of beginning, with where its unit is."""

    id: str
    unit: str
    band: str
    language: str
    special: bool
    shift_care: bool
    provider: str
    latitude: float
    longitude: float


def open_pools(form: str, starts: date, *, closed: frozenset[str] = frozenset()) -> list[PoolRow]:
    """The pools of a form on a day, by id; `closed`: units left out, to see what a round would be without them."""
    rows = Pool.objects.filter(on_day(starts))
    rows = rows.filter(band="preschool") if form == "preschool" else rows.exclude(band="preschool")
    columns = (
        "pk", "unit", "band", "language", "special", "shift_care", "unit__provider", "unit__latitude",
        "unit__longitude",
    )  # fmt: skip
    found = [PoolRow(*row) for row in rows.order_by("pk").values_list(*columns)]
    return [one for one in found if one.unit not in closed]


def build(
    needs: Sequence[Need],
    pools: Sequence[PoolRow],
    free: Mapping[str, int],
    *,
    form: str,
    policy: Policy,
    network: Network | None,
    snapshot: Snapshot,
) -> Prepared:
    """The instance of children whose home is known, in the order given; hard limits first, then metres and weights."""
    units = sorted({one.unit for one in pools})
    number = {unit: at for at, unit in enumerate(units)}
    where = {one.unit: (one.latitude, one.longitude) for one in pools}
    unit_of = np.array([number[one.unit] for one in pools], dtype=np.int64)
    capacity = np.array([free.get(one.id, 0) for one in pools], dtype=np.int64)
    places = np.array([where[unit] for unit in units], dtype=np.float64).reshape(-1, 2)
    homes = np.array([(one.latitude, one.longitude) for one in needs], dtype=np.float64).reshape(-1, 2)
    ways = walk(
        network, (places[:, 0], places[:, 1]), (homes[:, 0], homes[:, 1]), crossing_metres=policy.crossing_metres
    )
    children, of_pools = _allowed(needs, pools)
    at_unit = unit_of[of_pools]
    metres, weighed = ways.metres[at_unit, children].astype(np.int64), ways.weighed[at_unit, children].astype(np.int64)
    near = metres <= MOST_ON_FOOT
    children, of_pools, at_unit, metres, weighed = (one[near] for one in (children, of_pools, at_unit, metres, weighed))
    sibling = _unit_numbers([one.sibling_unit for one in needs], number)[children] == at_unit
    present = _unit_numbers([one.present_unit for one in needs], number)[children] == at_unit
    school = _on_the_way(needs, places, homes, snapshot, form, policy)[at_unit, children]
    bonus = sibling * policy.sibling_metres + present * policy.continuity_metres + school * policy.school_path_metres
    marks = sibling * SIBLING + present * PRESENT + school * SCHOOL + ways.estimated[at_unit, children] * ESTIMATED
    return prepare(
        tuple(one.id for one in pools), unit_of, capacity, np.array([one.child for one in needs], dtype=np.int64),
        children, of_pools, policy.weigh(weighed) + policy.offset - bonus, metres, marks.astype(np.uint8),
        _families(needs) if policy.together else (),
    )  # fmt: skip


def _allowed(needs: Sequence[Need], pools: Sequence[PoolRow]) -> tuple[Ints, Ints]:
    """Child and pool of every place that may be given: language, band, support, shift care; a voucher only by choice.

    Children of one kind share one list of pools, so that thousands are told in a few steps.
    """
    kinds: dict[tuple[str, str, bool, bool], list[int]] = {}
    for at, one in enumerate(needs):
        kinds.setdefault((one.language, one.band, one.support, one.shift_care), []).append(at)
    children: list[Ints] = []
    chosen: list[Ints] = []
    for (language, band, support, shift), own in kinds.items():
        fit = np.array(
            [
                at
                for at, pool in enumerate(pools)
                if pool.language == language
                and pool.band == band
                and pool.special == support
                and (pool.shift_care or not shift)
                and pool.provider != "voucher"
            ],
            dtype=np.int64,
        )
        children.append(np.repeat(np.array(own, dtype=np.int64), fit.size))
        chosen.append(np.tile(fit, len(own)))
    voucher: dict[str, list[int]] = {}
    for at, pool in enumerate(pools):
        if pool.provider == "voucher":
            voucher.setdefault(pool.unit, []).append(at)
    at_voucher = [
        (child, at)
        for child, one in enumerate(needs)
        for at in voucher.get(one.present_unit or "", ())
        if (pools[at].language, pools[at].band, pools[at].special) == (one.language, one.band, one.support)
    ]
    children.append(np.array([child for child, _ in at_voucher], dtype=np.int64))
    chosen.append(np.array([pool for _, pool in at_voucher], dtype=np.int64))
    return np.concatenate(children), np.concatenate(chosen)


def _unit_numbers(units: Sequence[str | None], number: Mapping[str, int]) -> Ints:
    return np.array([-1 if unit is None else number.get(unit, -1) for unit in units], dtype=np.int64)


def _on_the_way(
    needs: Sequence[Need], places: np.ndarray, homes: np.ndarray, snapshot: Snapshot, form: str, policy: Policy
) -> np.ndarray:
    """[units, children]: whether the unit is beside the comprehensive school that is nearest to the home."""
    nowhere = np.zeros((places.shape[0], homes.shape[0]), dtype=bool)
    if form != "preschool" or not policy.school_path_metres or not homes.size or not snapshot.file("units").exists():
        return nowhere
    schools = pl.read_parquet(snapshot.file("units")).filter(pl.col("kind") == "school")
    if not schools.height:
        return nowhere
    points = schools["latitude"].to_numpy(), schools["longitude"].to_numpy()
    nearest = np.asarray(straight((homes[:, 0], homes[:, 1]), points)).argmin(axis=1)
    beside = np.asarray(straight((places[:, 0], places[:, 1]), points)) <= NEAR_SCHOOL
    found: np.ndarray = beside[:, nearest]
    return found


def _families(needs: Sequence[Need]) -> tuple[tuple[int, ...], ...]:
    """The groups of children of the round who are siblings in the same home and need the same kind of group."""
    groups: dict[tuple[int, str, bool, bool], list[int]] = {}
    for at, one in enumerate(needs):
        groups.setdefault((one.family, one.language, one.support, one.shift_care), []).append(at)
    return tuple(tuple(group) for group in groups.values() if len(group) > 1)
