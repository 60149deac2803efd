# SPDX-License-Identifier: EUPL-1.2
"""Service units: real ones from the open data, and made-up ones in the published number for each district."""

import numpy as np
import polars as pl

from ennakko.demo_city.addresses import draw_addresses
from ennakko.demo_city.ages import Zones
from ennakko.demo_city.data import GRID_BANDS, OpenData
from ennakko.demo_city.home import home
from ennakko.demo_city.sampling import Floats, Ints, generator, picked, whole

# Kinds that the papers count but no open list names: how many in the city, and what a made-up one is called.
_CITYWIDE = (
    ("senior_centre", 14, "Seniorikeskus, {}", "Seniorcentret, {}", "Senior centre, {}"),
    ("residents_house", 10, "Asukastalo, {}", "Invånarhuset, {}", "Residents' house, {}"),
    ("youth_centre", 80, "Nuorisotalo, {}", "Ungdomsgården, {}", "Youth centre, {}"),
)
_DAY_CARE = ("day_care", "Päiväkoti {}", "Daghemmet {}", "Day-care centre {}")
_DAY_CARE_WORDS = (
    "Aamukaste", "Hippu", "Käpy", "Metsätähti", "Nappula", "Orava", "Pellava", "Satulinna", "Sinilintu", "Tuulihattu",
)  # fmt: skip


def people_by_zone(data: OpenData) -> tuple[Floats, Floats]:
    """Residents and children under 10 of each zone by the grid; a little for zones outside it."""
    bands = [f"age_{first}_{first + 9}" if first < 80 else "age_80_plus" for first in GRID_BANDS]
    table = data.zones.select(bands).to_numpy().astype(float)
    return table.sum(axis=1) + 1.0, table[:, 0] + 0.2


def _made_up(data: OpenData, zones: Zones, zone: Ints, kind: str, patterns: tuple[str, ...], seed: int) -> pl.DataFrame:
    """Units of one kind in those zones, named after their sub-districts and marked as synthetic."""
    rng = generator(seed, "units", kind)
    addresses = draw_addresses(data, zones, zone, rng, flats=False)
    district = data.districts["district"].gather(zones.district[zone])
    sub_district = data.sub_districts["name_fi"].gather(zones.sub_district[zone])
    count = zone.size
    word = pl.Series(_DAY_CARE_WORDS, dtype=pl.String).gather(rng.integers(0, len(_DAY_CARE_WORDS), count))
    number = pl.Series([f"{one:04}" for one in range(1, count + 1)], dtype=pl.String)
    names = {}
    for language, pattern in zip(("fi", "sv", "en"), patterns, strict=True):
        area = home().areas(district, sub_district, language)
        place = word + ", " + area if kind == "day_care" else area
        names[f"name_{language}"] = pl.Series([pattern.format(one) for one in place])
    return pl.DataFrame(
        {
            "unit": f"{kind.replace('_', '-')}-" + number,
            "kind": pl.repeat(kind, count, eager=True),
            **names,
            "street_address": addresses.street_address,
            "district": home().placed(district),
            "postal_code": data.postal_codes["postal_code"].gather(zones.postal[zone]),
            "latitude": addresses.latitude,
            "longitude": addresses.longitude,
            "synthetic": pl.repeat(True, count, eager=True),
            "source": pl.repeat("demo-city", count, eager=True),
        }
    )


def draw_units(data: OpenData, zones: Zones, seed: int) -> pl.DataFrame:
    """All units in order of their id; positions of the made-up ones follow the residents."""
    everyone, children = people_by_zone(data)
    rng = generator(seed, "units")
    real = data.units.with_columns(
        pl.col("synthetic").cast(pl.Boolean),
        pl.col("street_address").replace("", None),
        pl.col("latitude", "longitude").cast(pl.Float64).round(5),
        home().placed(data.units["district"]).alias("district"),
        *(
            pl.Series(f"name_{language}", [home().named(name, language) for name in data.units[f"name_{language}"]])
            for language in ("fi", "sv", "en")
        ),
    )
    parts = [real]
    counts = (data.districts["daycare_points_per_1000"] * data.districts["population"] / 1000).round().to_numpy()
    places: list[Ints] = []
    for district, count in enumerate(counts.astype(int)):
        inside = np.flatnonzero(zones.district == district)
        weight = children[inside]
        found = whole(weight / weight.sum() * count, float(rng.random()) * 0.99)
        places.append(np.repeat(inside, found))
    kind, *patterns = _DAY_CARE
    parts.append(_made_up(data, zones, np.concatenate(places), kind, tuple(patterns), seed))
    for kind, count, *patterns in _CITYWIDE:
        parts.append(_made_up(data, zones, np.sort(picked(rng, everyone, count)), kind, tuple(patterns), seed))
    return pl.concat(parts, how="vertical_relaxed").sort("unit")
