# SPDX-License-Identifier: EUPL-1.2
"""Free seats by unit and by district for anybody: through the disclosure gate, because a seat that is taken is a child.

Ordinary groups alone: a special group's seats would tell of support. A district's number is the sum of its units'.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from ennakko.kernel.figures.disclosure import Sum, hidden_cells
from ennakko.services.childcare.models import Pool
from ennakko.services.childcare.queries import seats

Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class OpenSeats:
    """One unit's seats in a band and a language on a day; `free` None: it would tell of fewer than five children."""

    unit: str
    name_fi: str
    name_sv: str
    name_en: str
    district: str
    provider: str
    language: str
    seats: int
    free: int | None


@dataclass(frozen=True, slots=True)
class DistrictSeats:
    """The same of all units of a district; "" for units whose district is not known."""

    district: str
    seats: int
    free: int | None


def open_seats(band: str, day: date) -> tuple[list[OpenSeats], list[DistrictSeats]]:
    """Every unit that has seats of a band on a day, by name, and their districts."""
    rows = Pool.objects.filter(seats.on_day(day), band=band, special=False).select_related("unit")
    pools = list(rows.order_by("unit__name_fi", "unit", "language", "pk"))
    there = seats.seats(day, [one.pk for one in pools])
    free = seats.free(day, list(there))
    unit_of = {(one.unit_id, one.language): one.unit for one in pools if there.get(one.pk)}
    total: dict[Key, int] = dict.fromkeys(unit_of, 0)
    used: dict[Key, int] = dict.fromkeys(unit_of, 0)
    for one in pools:
        key = (one.unit_id, one.language)
        if key in total:
            total[key] += there.get(one.pk, 0)
            used[key] += there.get(one.pk, 0) - free.get(one.pk, 0)
    districts: dict[str, list[Key]] = {}
    for key, unit in unit_of.items():
        districts.setdefault(unit.district, []).append(key)
    told: dict[Key, int | None] = {}
    sums = []
    for district, keys in sorted(districts.items()):
        hidden = _hidden(tuple(used[key] for key in keys))
        told |= {key: None if hidden[at] else total[key] - used[key] for at, key in enumerate(keys)}
        whole = sum(total[key] for key in keys)
        sums.append(DistrictSeats(district, whole, None if hidden[-1] else whole - sum(used[key] for key in keys)))
    return [
        OpenSeats(
            unit.pk, unit.name_fi, unit.name_sv, unit.name_en, unit.district, unit.provider, key[1], total[key],
            told[key],
        )
        for key, unit in unit_of.items()
    ], sums  # fmt: skip


@lru_cache(maxsize=2000)
def _hidden(used: tuple[int, ...]) -> tuple[bool, ...]:
    """Of a district's units, whose taken seats may not be told; and last, whether their sum may not."""
    parts = tuple(range(len(used)))
    counts: Mapping[int, int] = {**dict(enumerate(used)), len(used): sum(used)}
    hidden = hidden_cells(counts, [Sum(len(used), parts)])
    return tuple(cell in hidden for cell in counts)
