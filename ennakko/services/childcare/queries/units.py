# SPDX-License-Identifier: EUPL-1.2
"""Other units for a child: those that the round allowed, or that suit what was put right since; ways and free seats "
"now."""

from dataclasses import dataclass
from functools import lru_cache
from math import cos, hypot, radians

from django.db.models import Q

from ennakko.services.childcare.models import Placement, Pool, RoundInput, Unit
from ennakko.services.childcare.placing.instance import Prepared, unpacked
from ennakko.services.childcare.queries.seats import free

FAR = 2**31
METRES_OF_DEGREE = 111_320


@dataclass(frozen=True, slots=True)
class OtherUnit:
    """One unit that suits a child: its pool, metres on foot (None: not counted), free seats now."""

    unit: Unit
    pool: str
    metres: int | None
    estimated: bool
    free: int


def other_units(placement: Placement) -> list[OtherUnit]:
    """Every other unit that suits the child, the nearest first; live. Four queries."""
    ways = _ways(placement)
    rows = Pool.objects.filter(band=_band(placement), first_day__lte=placement.starts).select_related("unit")
    rows = rows.filter(Q(last_day__isnull=True) | Q(last_day__gte=placement.starts)).exclude(pk=placement.pool_id)
    fitting = [pool for pool in rows if suits(placement, pool)]
    seats = free(placement.starts, [pool.pk for pool in fitting])
    offered = placement.pool.unit if placement.pool is not None else None
    found = [
        (ways.get(pool.unit_id, FAR), _apart(offered, pool.unit),
         OtherUnit(pool.unit, pool.pk, ways.get(pool.unit_id), False, seats[pool.pk]))
        for pool in fitting
    ]  # fmt: skip
    return [one for _, _, one in sorted(found, key=lambda row: (row[0], row[1], row[2].pool))]


def suits(placement: Placement, pool: Pool) -> bool:
    """Whether a pool has the child's language, age, kind of group and hours, as far as they are known now."""
    needs = placement.needs
    language = needs.get("language") or placement.language
    return (
        pool.band == _band(placement)
        and pool.language == language
        and pool.special == bool(needs.get("special", False))
        and (pool.shift_care or not needs.get("shift_care", False))
        and pool.first_day <= placement.starts
        and (pool.last_day is None or pool.last_day >= placement.starts)
    )


def _band(placement: Placement) -> str:
    band = placement.needs.get("band")
    if band is None and placement.pool is not None:
        band = placement.pool.band
    return str(band or ("preschool" if placement.form == "preschool" else "three-to-five"))


def metres_to(placement: Placement, unit: str) -> int | None:
    """The way to a unit in metres, None where the round did not count it."""
    return _ways(placement).get(unit)


def _ways(placement: Placement) -> dict[str, int]:
    """Metres on foot to the units that the round allowed the child."""
    prepared = _prepared(placement.round_id)
    if prepared is None:
        return {}
    where = _numbers(placement.round_id).get(placement.child)
    if where is None:
        return {}
    places = prepared.of_child(where)
    ids = [prepared.pool_ids[one] for one in prepared.pools[places].tolist()]
    units = dict(Pool.objects.filter(pk__in=ids).values_list("pk", "unit"))
    return {units[pool]: metres for pool, metres in zip(ids, prepared.metres[places].tolist(), strict=True)
            if pool in units}  # fmt: skip


@lru_cache(maxsize=4)
def _prepared(round: int) -> Prepared | None:
    """What a round was solved from; its record never changes."""
    row = RoundInput.objects.filter(pk=round).values_list("packed", flat=True).first()
    return unpacked(bytes(row))[0] if row is not None else None


@lru_cache(maxsize=4)
def _numbers(round: int) -> dict[int, int]:
    prepared = _prepared(round)
    return {} if prepared is None else {int(child): at for at, child in enumerate(prepared.children.tolist())}


def _apart(one: Unit | None, other: Unit) -> float:
    """How far two units are from each other, in metres as the crow flies: only to order those without a counted way."""
    if one is None:
        return 0.0
    north = (one.latitude - other.latitude) * METRES_OF_DEGREE
    east = (one.longitude - other.longitude) * METRES_OF_DEGREE * cos(radians(one.latitude))
    return hypot(north, east)
