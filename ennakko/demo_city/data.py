# SPDX-License-Identifier: EUPL-1.2
"""The open data the synthetic city is drawn from, as it ships with the product; sources in data/sources.toml."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import polars as pl

FOLDER = Path(__file__).parent / "data"

AGE_BANDS: tuple[int, ...] = (0, 3, 7, 13, 16, 18, 20, 25, 30, 35, 40, 45, 50, 55, 60, 65, 70, 75, 80, 85)
"""First ages of the bands of Statistics Finland's postal-code data (Paavo); the last band is open."""

GRID_BANDS: tuple[int, ...] = (0, 10, 20, 30, 40, 50, 60, 70, 80)
"""First ages of the bands of the population grid; the last band is open."""

OLDEST = 104
"""The highest age that is drawn."""

_TEXT = {"postal_code": pl.String, "district": pl.String, "sub_district": pl.String, "code": pl.String}


@dataclass(frozen=True, slots=True)
class OpenData:
    """Small frames: zones by 250 m cell, postal codes, districts, streets, names, units, industries."""

    zones: pl.DataFrame
    postal_codes: pl.DataFrame
    districts: pl.DataFrame
    sub_districts: pl.DataFrame
    streets: pl.DataFrame
    names: pl.DataFrame
    units: pl.DataFrame
    industries: pl.DataFrame


def _read(name: str) -> pl.DataFrame:
    return pl.read_csv(FOLDER / name, schema_overrides=_TEXT, infer_schema_length=None)


@cache
def open_data() -> OpenData:
    """The shipped open data; zones stand in order of postal code, codes are text."""
    return OpenData(
        zones=_read("zones.csv.gz"),
        postal_codes=_read("postal_codes.csv.gz").sort("postal_code"),
        districts=_read("districts.csv").sort("district"),
        sub_districts=_read("sub_districts.csv").sort("sub_district"),
        streets=_read("streets.csv.gz"),
        names=_read("names.csv.gz"),
        units=_read("units.csv"),
        industries=_read("industries.csv.gz"),
    )
