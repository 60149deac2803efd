# SPDX-License-Identifier: EUPL-1.2
"""Sex, language group and day of birth of each resident."""

from calendar import isleap
from datetime import date

import numpy as np
import numpy.typing as npt

from ennakko.demo_city.ages import BAND_OF_AGE, DECADE_OF_AGE, Zones
from ennakko.demo_city.data import AGE_BANDS, GRID_BANDS, OLDEST, OpenData
from ennakko.demo_city.sampling import Bools, Floats, Ints, choose, fit, generator, ratio, shifted, spread
from ennakko.values.dates import add_years

FINNISH, SWEDISH, OTHER = 0, 1, 2

# Share of women by first age of the band, Helsinki's shape: about a half, three fifths after 70.
_WOMEN = np.array([*[0.488] * 5, 0.52, 0.545, 0.535, *[0.5] * 4, *[0.51] * 3, 0.54, 0.56, 0.58, 0.60, 0.68])

# How likely each language group is at each decade of age, relative to the district's share (prior; the fit corrects).
_LANGUAGE_BY_DECADE = np.array(
    [
        [0.97, 1.0, 0.98, 0.87, 0.9, 1.02, 1.1, 1.15, 1.15],
        [1.1, 1.0, 0.95, 0.9, 0.9, 1.0, 1.05, 1.1, 1.2],
        [1.1, 1.0, 1.05, 1.5, 1.35, 0.95, 0.6, 0.35, 0.2],
    ]
)


def draw_sex(data: OpenData, zones: Zones, zone: Ints, age: Ints, seed: int) -> Bools:
    """True for women; the share of women meets the published one in each postal code."""
    postal, band = zones.postal[zone], BAND_OF_AGE[age]
    posts, bands = data.postal_codes.height, len(AGE_BANDS)
    group = postal * bands + band
    people = np.bincount(group, minlength=posts * bands).reshape(posts, bands).astype(np.float64)
    published = data.postal_codes.select("women", "residents").to_numpy().astype(np.float64)
    target = people.sum(axis=1) * ratio(published[:, 0], published[:, 1])
    shares = shifted(np.tile(_WOMEN, (posts, 1)), people, target)
    return np.asarray(spread(generator(seed, "sex"), group) < shares.reshape(-1)[group])


def language_shares(data: OpenData, people: Floats) -> Floats:
    """Expected shares of Finnish, Swedish and other mother tongues [sub-districts, decades, 3] for those people.

    Sums over a district are its published shares of 2023; the spread within it is that of the sub-districts' file.
    """
    sub = data.sub_districts.join(data.districts, on="district", how="left")
    now = sub.select("share_lang_fi_sami", "share_lang_sv", "share_lang_other").to_numpy().astype(np.float64)
    before = sub.select("finnish", "swedish", "other").fill_null(0).to_numpy().astype(np.float64)
    district = np.searchsorted(data.districts["district"].to_numpy(), sub["district"].to_numpy())
    districts = data.districts.height
    totals = np.zeros((districts, 3))
    np.add.at(totals, district, before)
    at_home = (before + 5 * now) / (before.sum(axis=1) + 5)[:, None]
    in_district = (totals[district] + 5 * now) / (totals[district].sum(axis=1) + 5)[:, None]
    local = now * at_home / in_district
    table = people[:, :, None] * local[:, None, :] * _LANGUAGE_BY_DECADE.T[None]
    weights = np.zeros((districts, people.shape[1]))
    np.add.at(weights, district, people)
    target = weights.sum(axis=1)[:, None] * data.districts.select(
        "share_lang_fi_sami", "share_lang_sv", "share_lang_other"
    ).to_numpy().astype(np.float64)
    cells = np.arange(people.shape[0])
    for one in range(districts):
        rows = cells[district == one]
        if rows.size and target[one].sum() > 0:
            block = table[rows].reshape(-1, 3)
            table[rows] = fit(block, people[rows].reshape(-1), target[one]).reshape(rows.size, -1, 3)
    return np.asarray(table + 1e-12 * now[:, None, :])


def draw_language_group(data: OpenData, zones: Zones, zone: Ints, age: Ints, seed: int) -> Ints:
    """FINNISH (with Sámi), SWEDISH or OTHER for each resident."""
    decades = len(GRID_BANDS)
    group = zones.sub_district[zone] * decades + DECADE_OF_AGE[age]
    size = data.sub_districts.height * decades
    people = np.bincount(group, minlength=size).reshape(-1, decades).astype(np.float64)
    shares = language_shares(data, people).reshape(-1, 3)
    return choose(shares[group], spread(generator(seed, "language"), group))


def birth_dates(age: Ints, part_of_year: Floats, on: date) -> npt.NDArray[np.datetime64]:
    """Days of birth of those who are `age` full years on a day; `part_of_year` in [0, 1) counts back from it."""
    birthdays = np.array([add_years(on, -years) for years in range(OLDEST + 2)], dtype="datetime64[D]")
    if on.month == 2 and on.day == 28 and not isleap(on.year):
        # Who is born on 29 February turns on the 28th of a common year (values.dates.age_on).
        birthdays[[years for years in range(OLDEST + 2) if isleap(on.year - years)]] += np.timedelta64(1, "D")
    length = (birthdays[:-1] - birthdays[1:]).astype(np.int64)
    back = np.floor(part_of_year * length[age]).astype(np.int64)
    return birthdays[age] - back.astype("timedelta64[D]")
