# SPDX-License-Identifier: EUPL-1.2
"""Homes: a street of the sub-district, a number, a stair, and a point in the home's 250 m cell. All synthetic."""

from dataclasses import dataclass

import numpy as np
import polars as pl

from ennakko.demo_city.ages import Zones
from ennakko.demo_city.data import OpenData
from ennakko.demo_city.sampling import Floats, Ints

_CELL_LATITUDE, _CELL_LONGITUDE = 250 / 111_320, 250 / (111_320 * 0.497)
"""The side of a 250 m cell in degrees at Helsinki (60.2° N)."""


@dataclass(frozen=True, slots=True)
class Addresses:
    """Street addresses and points by row."""

    street_address: pl.Series
    latitude: Floats
    longitude: Floats


def draw_addresses(
    data: OpenData, zones: Zones, zone: Ints, rng: np.random.Generator, *, flats: bool = True
) -> Addresses:
    """An address in each of the zones; with `flats`, most have a stair and a flat."""
    listed = data.streets
    starts = np.searchsorted(listed["sub_district"].to_numpy(), data.sub_districts["sub_district"].to_numpy(), "left")
    ends = np.searchsorted(listed["sub_district"].to_numpy(), data.sub_districts["sub_district"].to_numpy(), "right")
    sub = zones.sub_district[zone]
    street = starts[sub] + np.floor(rng.random(zone.size) * (ends - starts)[sub]).astype(np.int64)
    frame = pl.DataFrame(
        {
            "street": listed["street"].gather(street),
            "number": rng.integers(1, 61, zone.size),
            "stair": pl.Series(list("ABCDEF"), dtype=pl.String).gather(rng.integers(0, 6, zone.size)),
            "flat": rng.integers(1, 81, zone.size),
            "house": rng.random(zone.size) < (0.13 if flats else 1.0),
        }
    )
    house = pl.concat_str("street", pl.lit(" "), "number")
    text = frame.select(
        pl.when("house").then(house).otherwise(pl.concat_str(house, pl.lit(" "), "stair", pl.lit(" "), "flat"))
    ).to_series()
    latitude = zones.latitude[zone] + (rng.random(zone.size) - 0.5) * _CELL_LATITUDE
    longitude = zones.longitude[zone] + (rng.random(zone.size) - 0.5) * _CELL_LONGITUDE
    return Addresses(text, np.round(latitude, 5), np.round(longitude, 5))
