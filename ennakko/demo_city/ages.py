# SPDX-License-Identifier: EUPL-1.2
"""How many residents of each age live in each small zone: cells fitted to the postal codes' published ages."""

from dataclasses import dataclass

import numpy as np
import polars as pl

from ennakko.demo_city.data import AGE_BANDS, GRID_BANDS, OLDEST, OpenData
from ennakko.demo_city.sampling import Floats, Ints, generator, ratio, whole

AGES = np.arange(OLDEST + 1)
BAND_OF_AGE: Ints = np.searchsorted(np.array(AGE_BANDS), AGES, side="right") - 1
DECADE_OF_AGE: Ints = np.searchsorted(np.array(GRID_BANDS), AGES, side="right") - 1
_ROUNDS = 15


@dataclass(frozen=True, slots=True)
class Zones:
    """The zones as arrays, in order of postal code; indices of postal code, district and sub-district are dense."""

    postal: Ints
    district: Ints
    sub_district: Ints
    area: Ints
    """A postal code's part in one district."""
    latitude: Floats
    longitude: Floats
    is_cell: Ints

    @classmethod
    def of(cls, data: OpenData) -> "Zones":
        """Numbers for the codes of `data.zones`, by the order of the code lists."""
        zones = data.zones
        postal = _numbered(zones["postal_code"], data.postal_codes["postal_code"])
        district = _numbered(zones["district"], data.districts["district"])
        return cls(
            postal=postal,
            district=district,
            sub_district=_numbered(zones["sub_district"], data.sub_districts["sub_district"]),
            area=np.unique(postal * 100 + district, return_inverse=True)[1].astype(np.int64),
            latitude=zones["lat"].to_numpy(),
            longitude=zones["lon"].to_numpy(),
            is_cell=(zones["kind"] == "cell").to_numpy().astype(np.int64),
        )


def _numbered(codes: pl.Series, listed: pl.Series) -> Ints:
    return np.searchsorted(listed.to_numpy(), codes.to_numpy()).astype(np.int64)


def _profile(bands: Floats) -> Floats:
    """A smooth guess of the city's ages 0…104 from its band totals; the fit corrects it."""
    firsts = np.array([*AGE_BANDS, 98])
    widths = np.diff(firsts)
    middles = firsts[:-1] + (widths - 1) / 2
    density = np.interp(AGES, middles, bands / widths)
    old = AGES >= 83
    density[old] = density[83] * 0.86 ** (AGES[old] - 83)
    return np.asarray(density)


def expected_ages(data: OpenData, zones: Zones) -> Floats:
    """Expected residents by zone and year of age [zones, 105]; each postal code has its published age bands."""
    published = data.postal_codes.select([f"age_{first}" for first in AGE_BANDS]).to_numpy().astype(np.float64)
    cells = data.zones.select(
        [f"age_{first}_{first + 9}" if first < 80 else "age_80_plus" for first in GRID_BANDS]
    ).to_numpy()
    profile = _profile(published.sum(axis=0))
    by_decade = np.bincount(DECADE_OF_AGE, weights=profile)
    within = profile / by_decade[DECADE_OF_AGE]
    posts = np.unique(zones.postal).size
    starts = np.searchsorted(zones.postal, np.arange(posts))

    wanted = cells.astype(np.float64)
    by_post = np.add.reduceat(wanted, starts, axis=0)
    uniform = published / np.bincount(BAND_OF_AGE, minlength=len(AGE_BANDS))
    published_decades = np.add.reduceat(uniform[:, BAND_OF_AGE], np.array(GRID_BANDS), axis=1)
    rests = np.add.reduceat(1 - zones.is_cell, starts)
    missing = np.maximum(published_decades - by_post, 0.02 * published_decades + 0.01) / np.maximum(rests, 1)[:, None]
    wanted = np.where(zones.is_cell[:, None] == 1, wanted, missing[zones.postal])

    table = wanted[:, DECADE_OF_AGE] * within + 1e-9
    for _ in range(_ROUNDS):
        decades = np.add.reduceat(table, np.array(GRID_BANDS), axis=1)
        growth = np.add.reduceat(table.sum(axis=1), starts) / np.add.reduceat(wanted.sum(axis=1), starts)
        table *= ratio(np.maximum(wanted * growth[zones.postal][:, None], 1e-9), decades)[:, DECADE_OF_AGE]
        bands = np.add.reduceat(np.add.reduceat(table, np.array(AGE_BANDS), axis=1), starts, axis=0)
        table *= ratio(published, bands)[zones.postal][:, BAND_OF_AGE]
    return table


def draw_ages(data: OpenData, zones: Zones, residents: int, seed: int) -> tuple[Ints, Ints]:
    """Zone and age of each resident; exactly `residents` of them, in order of postal code and age band."""
    table = expected_ages(data, zones)
    zone, age = np.divmod(np.arange(table.size), table.shape[1])
    order = np.lexsort((age, zone, BAND_OF_AGE[age], zones.postal[zone]))
    expected = table.reshape(-1)[order]
    expected *= residents / expected.sum()
    start = float(generator(seed, "ages").random()) * 0.999
    counts = whole(expected, start)
    counts[-1] += residents - counts.sum()
    return np.repeat(zone[order], counts), np.repeat(age[order], counts)
