# SPDX-License-Identifier: EUPL-1.2
"""One day's deaths, moves away and moves within the city, in the registers' rows."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import numpy as np
import polars as pl

from ennakko.demo_city.addresses import draw_addresses
from ennakko.demo_city.ages import Zones
from ennakko.demo_city.calendar import PEOPLE_PER_MOVE, YEARLY, events
from ennakko.demo_city.data import OpenData
from ennakko.demo_city.dataset import HOME_MUNICIPALITY, Registers
from ennakko.demo_city.home import home as here
from ennakko.demo_city.personas import FIRST_CITY_KEY
from ennakko.demo_city.registration import ELSEWHERE, WEIGHT_ELSEWHERE
from ennakko.demo_city.sampling import Floats, Ints, generator, picked
from ennakko.demo_city.units import people_by_zone

WITHHELD_OR_GONE = ("district", "sub_district", "latitude", "longitude")


def updated(frame: pl.DataFrame, rows: Ints, values: Mapping[str, Any]) -> pl.DataFrame:
    """The frame with new values (one, or one for each row) in some columns of some rows."""
    if rows.size == 0:
        return frame
    changed = []
    for name, value in values.items():
        # Made anew from plain values: texts taken from other frames would hold on to those frames' memory.
        given = list(value) if isinstance(value, pl.Series | np.ndarray) else [value] * rows.size
        series = pl.Series(name, given)
        changed.append(frame[name].clone().scatter(rows, series.cast(frame.schema[name])))
    return frame.with_columns(changed)


def living_rows(residents: pl.DataFrame) -> Ints:
    """Rows of the drawn residents who live in the city; personas move and die only in their stories."""
    here = (
        residents["alive"]
        & (residents["municipality"] == HOME_MUNICIPALITY)
        & (residents["person"] >= FIRST_CITY_KEY)
        & ~residents["non_disclosure"]
    )
    return here.arg_true().to_numpy().astype(np.int64)


def ages(residents: pl.DataFrame, rows: Ints, on: date) -> Floats:
    """Ages in years, with fractions, of some rows."""
    born = residents["birth_date"].to_physical().to_numpy()[rows]
    return np.asarray((np.datetime64(on).astype(np.int64) - born) / 365.25)


def _without_home(registers: Registers, rows: Ints, *, school: bool) -> dict[str, pl.DataFrame]:
    """The household and school files without those people."""
    gone = registers.frames["residents"]["person"].gather(rows).implode()
    frames = {"households": registers.frames["households"].filter(~pl.col("person").is_in(gone))}
    if school:
        frames["school"] = registers.frames["school"].filter(~pl.col("person").is_in(gone))
    return frames


def deaths(registers: Registers, on: date) -> Registers:
    """Some of the old die."""
    rng = generator(registers.seed, "deaths", on.toordinal())
    residents = registers.frames["residents"]
    living = living_rows(residents)
    count = events(rng, YEARLY.deaths, living.size)
    rows = living[np.unique(picked(rng, np.exp(0.095 * ages(residents, living, on)), count))]
    if rows.size == 0:
        return registers
    changed = updated(residents, rows, {"alive": False, "death_date": on, "household": None})
    return registers.with_frames(residents=changed, **_without_home(registers, rows, school=True))


def movers(registers: Registers, rng: np.random.Generator, yearly: float, on: date) -> tuple[Ints, Ints]:
    """Rows of everyone in the households that move that day, and the number, from 0, of each one's household."""
    residents = registers.frames["residents"]
    living = living_rows(residents)
    age = ages(residents, living, on)
    weight = np.select([age < 18, age < 40, age < 65], [0.0, 4.0, 1.0], 0.3)
    household = residents["household"].fill_null(-1).to_numpy()
    chosen = living[picked(rng, weight, events(rng, yearly / PEOPLE_PER_MOVE, living.size))]
    moving = np.unique(household[chosen])
    moving = moving[moving >= 0]
    rows = living[np.isin(household[living], moving)]
    return rows, np.searchsorted(moving, household[rows])


def moves_away(registers: Registers, on: date) -> Registers:
    """Some households move to another municipality; their rows stay with the new one."""
    rng = generator(registers.seed, "moves away", on.toordinal())
    rows, home = movers(registers, rng, YEARLY.people_out, on)
    if rows.size == 0:
        return registers
    target = picked(rng, WEIGHT_ELSEWHERE, int(home.max()) + 1)[home]
    postal = ELSEWHERE["postal_code"].gather(target)
    nothing: dict[str, Any] = dict.fromkeys(WITHHELD_OR_GONE)
    residents = updated(
        registers.frames["residents"],
        rows,
        {
            "municipality": ELSEWHERE["municipality"].gather(target),
            "moved_out": on,
            "household": None,
            "postal_code": postal,
            **nothing,
        },
    )
    contacts = updated(
        registers.frames["contacts"],
        rows,
        {"street_address": None, "postal_code": postal, "post_office": ELSEWHERE["post_office"].gather(target)},
    )
    return registers.with_frames(residents=residents, contacts=contacts, **_without_home(registers, rows, school=True))


def moves_within(registers: Registers, data: OpenData, zones: Zones, on: date) -> Registers:
    """Some households move to another home in the city; children keep their school."""
    rng = generator(registers.seed, "moves within", on.toordinal())
    rows, home = movers(registers, rng, YEARLY.people_within, on)
    if rows.size == 0:
        return registers
    zone = picked(rng, people_by_zone(data)[0], int(home.max()) + 1)
    addresses = draw_addresses(data, zones, zone, rng)
    place = {
        "district": here().placed(data.districts["district"].gather(zones.district[zone[home]])),
        "sub_district": data.sub_districts["sub_district"].gather(zones.sub_district[zone[home]]),
        "postal_code": data.postal_codes["postal_code"].gather(zones.postal[zone[home]]),
        "latitude": addresses.latitude[home],
        "longitude": addresses.longitude[home],
    }
    street = addresses.street_address.gather(home)
    return registers.with_frames(
        residents=updated(registers.frames["residents"], rows, place),
        contacts=updated(
            registers.frames["contacts"], rows, {"street_address": street, "postal_code": place["postal_code"]}
        ),
    )
