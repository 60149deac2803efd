# SPDX-License-Identifier: EUPL-1.2
"""Moves that families have announced ahead: the register knows the new address and the day, until the day comes."""

from datetime import date, timedelta

import numpy as np
import polars as pl

from ennakko.demo_city.addresses import draw_addresses
from ennakko.demo_city.ages import Zones
from ennakko.demo_city.data import OpenData
from ennakko.demo_city.dataset import SCHEMAS, Registers
from ennakko.demo_city.departures import ages, living_rows, updated
from ennakko.demo_city.home import home as here
from ennakko.demo_city.sampling import generator, picked
from ennakko.demo_city.units import people_by_zone

FILE = "announced_moves"
_SHARE, _SOONEST, _LATEST = 0.004, 7, 100
"""Share of households that have announced a move within the city, and within how many days they move."""
_PLACE = ("sub_district", "postal_code", "latitude", "longitude")


def announced(registers: Registers, data: OpenData, zones: Zones) -> pl.DataFrame:
    """The moves announced on the registers' day: a row for each member of a moving household with a minor in it."""
    residents, on = registers.frames["residents"], registers.on
    rng = generator(registers.seed, "announced moves")
    living = living_rows(residents)
    household = residents["household"].fill_null(-1).to_numpy()
    families = np.unique(household[living[ages(residents, living, on) < 18]])
    families = families[families >= 0]
    moving = families[rng.random(families.size) < _SHARE]
    rows = living[np.isin(household[living], moving)]
    if rows.size == 0:
        return pl.DataFrame(schema=SCHEMAS[FILE])
    home = np.searchsorted(moving, household[rows])
    zone = picked(rng, people_by_zone(data)[0], moving.size)
    addresses = draw_addresses(data, zones, zone, rng)
    days = [on + timedelta(days=int(one)) for one in rng.integers(_SOONEST, _LATEST, moving.size)]
    return pl.DataFrame(
        {
            "person": residents["person"].gather(rows),
            "moves_on": [days[one] for one in home],
            "future_district": here().placed(data.districts["district"].gather(zones.district[zone[home]])),
            "sub_district": data.sub_districts["sub_district"].gather(zones.sub_district[zone[home]]),
            "postal_code": data.postal_codes["postal_code"].gather(zones.postal[zone[home]]),
            "street_address": addresses.street_address.gather(home),
            "latitude": addresses.latitude[home],
            "longitude": addresses.longitude[home],
        }
    )


def announced_days_come(registers: Registers, on: date) -> Registers:
    """Whoever announced a move to this day lives there now; the announcement is no more."""
    waiting = registers.frames.get(FILE)
    if waiting is None or not waiting.height or waiting["moves_on"].min() > on:  # type: ignore[operator]
        return registers
    today = waiting.filter(pl.col("moves_on") <= on)
    residents = registers.frames["residents"]
    living = living_rows(residents)
    rows = living[residents["person"].gather(living).is_in(today["person"].implode()).to_numpy()]
    moving = residents.select(pl.col("person").gather(rows)).join(today, on="person", maintain_order="left")
    place = {"district": moving["future_district"], **{name: moving[name] for name in _PLACE}}
    letters = {name: moving[name] for name in ("street_address", "postal_code")}
    return registers.with_frames(
        residents=updated(residents, rows, place),
        contacts=updated(registers.frames["contacts"], rows, letters),
        **{FILE: waiting.filter(pl.col("moves_on") > on)},
    )
