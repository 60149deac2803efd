# SPDX-License-Identifier: EUPL-1.2
"""A town of one long street for the tests of places: homes and units stand at whole hundreds of metres along it."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import polars as pl

from ennakko.kernel.access import SYSTEM, Actor
from ennakko.kernel.access.models import StaffMember
from ennakko.kernel.registers import snapshots
from ennakko.kernel.registers.tests.small_city import Resident, write_snapshot
from ennakko.services.childcare.actions import rounds, units
from ennakko.services.childcare.distances.network import A_DEGREE
from ennakko.services.childcare.placing.policy import Policy
from ennakko.services.childcare.roles import OFFICIAL, SERVICE_WORKER

ON = date(2026, 4, 15)
AT = datetime(2026, 4, 15, 9, tzinfo=UTC)
STARTS = date(2026, 8, 1)
MACHINE = SYSTEM("test")
SIX = date(2020, 5, 17)
NORTH, EAST = 60.17, 24.93
PARENTS = 9000
POLICY = Policy(sibling_metres=500, continuity_metres=300)


def at(metres: int) -> tuple[float, float]:
    """The point so many metres up the street."""
    return NORTH + metres / A_DEGREE, EAST


@dataclass(frozen=True)
class Child:
    """A child at home `home` metres up the street; `extra` are columns of the client register."""

    person: int
    home: int
    born: date = SIX
    language: str = "fi"
    household: int | None = None
    guardians: tuple[int, ...] | None = None
    protected: bool = False
    municipality: str = "091"
    extra: Mapping[str, Any] = field(default_factory=dict)

    @property
    def parents(self) -> tuple[int, ...]:
        if self.guardians is not None:
            return self.guardians
        return (PARENTS + (self.household or self.person),)


@dataclass(frozen=True)
class House:
    """A unit at `home` metres with a pool of so many seats in each band."""

    id: str
    home: int
    seats: int
    language: str = "fi"
    band: str = "preschool"
    special: bool = False
    shift_care: bool = False
    provider: str = "municipal"


def nursery(
    folder: Path, children: Iterable[Child], houses: Iterable[House], *, on: date = ON, streets: bool = True,
    protected_parents: Iterable[int] = (), moves: Mapping[int, tuple[date, int]] | None = None,
) -> snapshots.Snapshot:  # fmt: skip
    """The town as a snapshot in use, its units and streets taken into use.

    `moves`: announced ones, by child the day and the metres up the street of the new home.
    """
    children, houses, hidden = list(children), list(houses), set(protected_parents)
    parents = sorted({one for child in children for one in child.parents})
    people = [
        *(
            Resident(
                one.person, one.born, language=one.language, household=one.household or one.person,
                guardians=one.parents, non_disclosure=one.protected, municipality=one.municipality,
                district=None if one.protected else "101", names=("Lumi", f"Salo{one.person}"),
            )
            for one in children
        ),
        *(
            Resident(one, date(1990, 1, 1), household=None, non_disclosure=one in hidden, names=("Outi", f"Salo{one}"))
            for one in parents
        ),
    ]  # fmt: skip
    made = write_snapshot(folder, people, on=on)
    homes = {one.person: at(one.home) for one in children if not one.protected}
    residents = pl.read_parquet(made / "residents.parquet")
    persons = residents["person"].to_list()
    _write(made, "residents", residents.with_columns(
        pl.Series("latitude", [homes.get(one, (None, None))[0] for one in persons], dtype=pl.Float64),
        pl.Series("longitude", [homes.get(one, (None, None))[1] for one in persons], dtype=pl.Float64),
    ))  # fmt: skip
    _write(made, "early_education", _register(children))
    _write(made, "early_education_groups", _groups(houses))
    _write(made, "units", _units(houses))
    if moves is not None:
        _write(made, "announced_moves", pl.DataFrame([
            {"person": child, "moves_on": day, "future_district": "102", "latitude": at(home)[0],
             "longitude": at(home)[1]}
            for child, (day, home) in moves.items()
        ]))  # fmt: skip
    if streets:
        longest = max([one.home for one in (*children, *houses)], default=0) // 100 + 2
        points = [at(100 * number) for number in range(longest)]
        _write(made, "street_nodes", pl.DataFrame({
            "node": list(range(longest)), "latitude": [one[0] for one in points],
            "longitude": [one[1] for one in points],
        }))  # fmt: skip
        _write(made, "street_edges", pl.DataFrame({
            "first": list(range(longest - 1)), "second": list(range(1, longest)), "metres": [100] * (longest - 1),
            "crossing": [False] * (longest - 1),
        }))  # fmt: skip
    snapshot = snapshots.take_into_use(made, AT)
    units.take_units(snapshot, actor=MACHINE, at=AT, on=on)
    units.take_streets(snapshot, actor=MACHINE, at=AT)
    return snapshot


def _write(folder: Path, name: str, frame: pl.DataFrame) -> None:
    file = folder / f"{name}.parquet"
    frame.write_parquet(file)
    manifest = json.loads((folder / "manifest.json").read_text("utf-8"))
    manifest["files"][file.name] = hashlib.sha256(file.read_bytes()).hexdigest()
    (folder / "manifest.json").write_text(json.dumps(manifest), "utf-8")


def _register(children: list[Child]) -> pl.DataFrame:
    types = {
        "person": pl.Int64, "place_unit": pl.String, "place_group": pl.String, "place_provider": pl.String,
        "place_from": pl.Date, "place_until": pl.Date, "private_care": pl.Boolean, "support_need": pl.Boolean,
        "shift_care": pl.Boolean, "foster_care": pl.Boolean, "parental_leave_until": pl.Date,
    }  # fmt: skip
    rows = [{**dict.fromkeys(types), "person": one.person, **one.extra} for one in children]
    return pl.DataFrame(rows, schema=types)


def _groups(houses: list[House]) -> pl.DataFrame:
    each = {"under-three": 4}
    return pl.DataFrame(
        [
            {
                "unit": one.id, "group": f"{one.id}-{one.band}-{one.language}{'-s' * one.special}", "band": one.band,
                "language": one.language, "provider": one.provider, "special": one.special,
                "shift_care": one.shift_care, "educators": -(-one.seats * 100 // each.get(one.band, 7)),
                "first_day": date(2025, 8, 1), "last_day": None, "present_educators": None, "present_children": None,
            }
            for one in houses
        ],
        schema_overrides={"last_day": pl.Date, "present_educators": pl.Int64, "present_children": pl.Int64},
    )  # fmt: skip


def _units(houses: list[House]) -> pl.DataFrame:
    there = {one.id: one for one in houses}
    return pl.DataFrame(
        [
            {
                "unit": one.id, "kind": "day_care", "name_fi": f"Päiväkoti {one.id}", "name_sv": f"Daghemmet {one.id}",
                "name_en": f"Day-care centre {one.id}", "street_address": f"Pitkäkatu {one.home}", "district": "101",
                "postal_code": "00100", "latitude": at(one.home)[0], "longitude": at(one.home)[1], "synthetic": True,
                "source": "test",
            }
            for one in there.values()
        ]
    )  # fmt: skip


def staff(name: str, *roles: str) -> Actor:
    member, _ = StaffMember.objects.get_or_create(subject=name.lower(), defaults={"name": name, "email": ""})
    return Actor("staff", member.subject, staff=member.pk, roles=frozenset(roles), name=name, strong=True)


def official() -> Actor:
    return staff("Paula", OFFICIAL)


def worker() -> Actor:
    return staff("Kati", SERVICE_WORKER)


def made(form: str = "preschool", *, policy: Policy | None = POLICY, seed: int = 1, **more: Any) -> rounds.Made:
    """A round made by the machine."""
    return rounds.make_round(form, starts=STARTS, actor=MACHINE, at=AT, on=ON, policy=policy, seed=seed, **more)


def whose(round: Any) -> dict[int, str | None]:
    """The unit that each child of a round got."""
    return dict(round.placements.values_list("child", "pool__unit"))
