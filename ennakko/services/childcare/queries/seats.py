# SPDX-License-Identifier: EUPL-1.2
"""How many seats each pool has on a day, who goes on in them, and how many are free."""

from collections.abc import Collection, Sequence
from datetime import date

import polars as pl
from django.db.models import Count, Q

from ennakko.kernel.registers.snapshots import NoSnapshot, Snapshot, current
from ennakko.rules.parameters import default_book
from ennakko.services.childcare.models import Placement, Pool, PoolSeats
from ennakko.services.childcare.queries.has_place import register
from ennakko.services.childcare.states import HOLDING, PlacementState, RoundState

TAKES_A_SEAT = Q(state__in=[*sorted(HOLDING), PlacementState.KEPT]) | Q(
    state__in=[PlacementState.BY_HAND, PlacementState.PROPOSED], pool__isnull=False, round__state=RoundState.RELEASED
)
"""Placements that take a seat: held, taken, kept until a better one is answered; and in a released round those kept
for a child at whom a person looks first, or proposed by a person."""


CONFIRMED = Q(state=PlacementState.ACCEPTED)
"""Placements that a family has taken."""
EACH = {"under-three": "childcare.under_three_per_educator"}


def per_educator(band: str, on: date) -> int:
    """How many children of a band one educator may have (act 11–12 §)."""
    value = default_book().value(EACH.get(band, "childcare.children_per_educator"), on)
    return int(value)  # type: ignore[call-overload, no-any-return]


def on_day(day: date) -> Q:
    """Rows whose period covers a day."""
    return Q(first_day__lte=day) & (Q(last_day__isnull=True) | Q(last_day__gte=day))


def seats(day: date, pools: Collection[str] | None = None) -> dict[str, int]:
    """The seats of each pool that is open on a day."""
    rows = PoolSeats.objects.filter(on_day(day), pool__in=Pool.objects.filter(on_day(day)))
    if pools is not None:
        rows = rows.filter(pool__in=list(pools))
    return dict(rows.values_list("pool", "seats"))


def going_on(day: date, snapshot: Snapshot | None = None) -> dict[tuple[str, str], int]:
    """(unit, band) → children whose place goes on over the day, by their band on it; pre-school begins anew."""
    try:
        found = snapshot or current()
    except NoSnapshot:
        return {}
    rows = register(found)
    if rows is None:
        return {}
    three = pl.col("birth_date").dt.offset_by("3y") <= day
    counted = (
        rows.filter(pl.col("place_unit").is_not_null() & (pl.col("place_until") >= day))
        .join(pl.scan_parquet(found.file("residents")).select("person", "birth_date", "alive", "moved_out"),
              on="person")
        .filter(pl.col("alive") & (pl.col("moved_out").is_null() | (pl.col("moved_out") >= day)))
        .with_columns(pl.when(three).then(pl.lit("three-to-five")).otherwise(pl.lit("under-three")).alias("band"))
        .group_by("place_unit", "band")
        .len()
        .collect()
    )  # fmt: skip
    return {(unit, band): count for unit, band, count in counted.iter_rows()}


def taken(day: date, pools: Collection[str] | None = None, *, counting: Q = TAKES_A_SEAT) -> dict[str, int]:
    """How many seats of each pool placements of ours take on a day; `counting`: which of them."""
    rows = Placement.objects.filter(counting, starts__lte=day, starts__gt=date(day.year - 1, day.month, 1))
    if pools is not None:
        rows = rows.filter(pool__in=list(pools))
    return dict(rows.values("pool").annotate(count=Count("pk")).values_list("pool", "count"))


def free(day: date, pools: Collection[str] | None = None, *, snapshot: Snapshot | None = None) -> dict[str, int]:
    """Free seats of each pool on a day, never below zero: its seats, less those who go on and those who have one."""
    return {pool: max(0, count) for pool, count in left(day, pools, snapshot=snapshot).items()}


def left(
    day: date, pools: Collection[str] | None = None, *, snapshot: Snapshot | None = None, counting: Q = TAKES_A_SEAT
) -> dict[str, int]:
    """The same, below zero where more sit in a pool than it has seats; `counting`: which placements."""
    there = seats(day, pools)
    gone = taken(day, pools, counting=counting)
    ordinary = Pool.objects.filter(pk__in=list(there), special=False).exclude(band="preschool").order_by("pk")
    found = list(ordinary.values_list("pk", "unit", "band"))
    left_in = going_on(day, snapshot) if found else {}
    for pool, unit, band in found:
        # Who goes on in a unit sits in its first ordinary pool of the band; the rest of them in the next.
        remain = left_in.get((unit, band), 0)
        fits = min(remain, there[pool])
        gone[pool] = gone.get(pool, 0) + fits
        left_in[unit, band] = remain - fits
    return {pool: count - gone.get(pool, 0) for pool, count in there.items()}


def realised(pools: Sequence[Pool], on: date) -> dict[str, int]:
    """How full each group really was by its latest count, in whole per cents of what its present educators may have.

    A group whose children or educators nobody has counted is left out.
    """
    bands = {one.pk: one.band for one in pools}
    rows = PoolSeats.objects.filter(
        pool__in=list(bands), first_day__lte=on, present_children__isnull=False, present_educators__gt=0
    ).order_by("first_day")
    each = {band: per_educator(band, on) for band in set(bands.values())}
    found = {}
    for pool, children, educators in rows.values_list("pool", "present_children", "present_educators"):
        if children is not None and educators:
            found[pool] = round(100 * children / (educators * each[bands[pool]]))
    return found
