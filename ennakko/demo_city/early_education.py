# SPDX-License-Identifier: EUPL-1.2
"""Early education in the city: which units have which groups, who has a place where, who stays at home, and why.

About 350 of the units have groups of their own, as many as the real city; most children go to one of the nearest in
their language, siblings mostly to the same. Seats follow the children with some too few here and some too many there.
"""

from datetime import date
from typing import NamedTuple

import numpy as np
import polars as pl

from ennakko.demo_city.personas import FIRST_CITY_KEY
from ennakko.demo_city.sampling import Bools, Floats, Ints, generator
from ennakko.values.dates import add_months

UNITS_OF_THE_CITY = 350
_FULL_SIZE = 674_500
_FEWEST = 12
UNDER_THREE, THREE_TO_FIVE, PRESCHOOL = "under-three", "three-to-five", "preschool"
_PROVIDERS, _PROVIDER_SHARE = ("municipal", "purchased", "voucher"), (0.86, 0.04, 0.10)
_SWEDISH, _ENGLISH, _SPECIAL, _SHIFT = 0.12, 0.03, 0.12, 0.05
_AT_PLACE = np.array([0.28, 0.72, 0.84, 0.88, 0.93, 0.95, 0.95])
"""Share with a place by full years of age, of those past parental leave."""
_PRIVATE, _SUPPORT, _SHIFT_NEED, _FOSTER = 0.06, 0.022, 0.02, 0.006
_TOO_MANY, _UNEVEN = 1.03, 0.30
_SIBLINGS_APART = 0.1
_SIDE = 0.497
PEOPLE = ("person", "place_unit", "place_group", "place_provider", "place_from", "place_until", "private_care",
          "support_need", "shift_care", "foster_care", "parental_leave_until")  # fmt: skip


class EarlyEducation(NamedTuple):
    """The files `early_education` (children under school age) and `early_education_groups`."""

    people: pl.DataFrame
    groups: pl.DataFrame


def year_begins(on: date) -> date:
    """The first day of the year of early education that is under way or, from June on, next."""
    return date(on.year if on.month >= 6 else on.year - 1, 8, 1)


def draw_early_education(
    residents: pl.DataFrame, units: pl.DataFrame, city_size: int, on: date, seed: int
) -> EarlyEducation:
    """Groups and children's places on a day."""
    rng = generator(seed, "early education")
    centres = _centres(units, city_size, rng)
    children = residents.filter(
        pl.col("alive")
        & (pl.col("birth_date") > date(on.year - 7, 1, 1))
        & (pl.col("birth_date") <= on)
        & pl.col("moved_out").is_null()
        & (pl.col("municipality") == pl.lit(residents["municipality"].mode()[0]))
    ).select("person", "birth_date", "household", "mother_tongue", "latitude", "longitude")
    size = children.height
    born = children["birth_date"].to_numpy().astype("datetime64[D]")
    age = ((np.datetime64(on) - born).astype(np.int64) / 365.25).astype(np.int64)
    turning = on.year - (born.astype("datetime64[Y]").astype(np.int64) + 1970)
    swedish = (children["mother_tongue"] == "sv").to_numpy()
    language = np.where(swedish, 1, 0)
    leave_days = np.clip(rng.normal(400, 70, size), 290, 700).astype(np.int64)
    leave = born + leave_days.astype("timedelta64[D]")
    home = np.isfinite(_numbers(children, "latitude")) & (leave < np.datetime64(on))
    placed = home & (rng.random(size) < _AT_PLACE[np.minimum(age, 6)])
    # The people of the demo have the same story at every size and seed: at the nearest unit, nothing out of the way.
    persona = (children["person"] < FIRST_CITY_KEY).to_numpy()
    placed |= home & persona
    private = placed & (rng.random(size) < _PRIVATE) & ~persona
    placed &= ~private
    support = (rng.random(size) < _SUPPORT) & ~persona
    shift = (rng.random(size) < _SHIFT_NEED) & ~persona
    foster = (rng.random(size) < _FOSTER) & ~persona
    unit = _units_of(children, centres, language, rng)
    unit[~placed] = -1
    band = np.where(age < 3, 0, np.where(turning < 6, 1, 2))
    until = np.where(turning >= 6, np.datetime64(date(on.year, 7, 31)), _turns_six(born))
    began = np.maximum(leave, born + np.timedelta64(300, "D")) + rng.integers(0, 200, size).astype("timedelta64[D]")
    began = np.minimum(began, np.datetime64(on))
    groups = _groups(centres, unit, band, children, language, on, rng)
    people = _people(children, centres, unit, band, private, support, shift, foster, began, until, leave)
    return EarlyEducation(people, groups)


def _numbers(frame: pl.DataFrame, column: str) -> Floats:
    return frame[column].fill_null(float("nan")).to_numpy().astype(np.float64)


def _turns_six(born: np.ndarray) -> np.ndarray:
    """31 July of the year of the sixth birthday."""
    years = born.astype("datetime64[Y]") + np.timedelta64(6, "Y")
    return (years.astype("datetime64[M]") + np.timedelta64(7, "M")).astype("datetime64[D]") - np.timedelta64(1, "D")


def _centres(units: pl.DataFrame, city_size: int, rng: np.random.Generator) -> pl.DataFrame:
    """The units with groups of their own: spread over the districts as the day-care units are."""
    there = units.filter(pl.col("kind") == "day_care").sort("district", "unit")
    wanted = min(there.height, max(_FEWEST, round(UNITS_OF_THE_CITY * city_size / _FULL_SIZE)))
    rows = np.floor((np.arange(wanted) + float(rng.random())) * there.height / wanted).astype(np.int64)
    chosen = there[np.minimum(rows, there.height - 1)]
    size = chosen.height
    drawn = rng.random(size)
    language = np.where(drawn < _SWEDISH, "sv", np.where(drawn < _SWEDISH + _ENGLISH, "en", "fi"))
    language[:2] = ("fi", "sv")
    provider = rng.choice(_PROVIDERS, size, p=_PROVIDER_SHARE)
    provider[:4] = "municipal"
    special, shift = rng.random(size) < _SPECIAL, rng.random(size) < _SHIFT
    special[:2], shift[:2] = True, True
    return chosen.select("unit", "latitude", "longitude").with_columns(
        pl.Series("language", language, dtype=pl.String),
        pl.Series("provider", provider, dtype=pl.String),
        pl.Series("special", special),
        pl.Series("shift", shift),
    )


def _units_of(children: pl.DataFrame, centres: pl.DataFrame, language: Ints, rng: np.random.Generator) -> Ints:
    """A unit for each child's family: one of the four nearest in the language; nobody without a known home."""
    size = children.height
    found = np.full(size, -1, dtype=np.int64)
    household = children["household"].fill_null(-1).to_numpy()
    family = np.where(household >= 0, household, -1 - np.arange(size))
    _, first, inverse = np.unique(family, return_index=True, return_inverse=True)
    drawn = rng.random(first.size)[inverse]
    apart = rng.random(size) < _SIBLINGS_APART
    drawn = np.where(apart, rng.random(size), drawn)
    step = np.searchsorted(np.array([0.58, 0.80, 0.93]), drawn)
    latitude, longitude = _numbers(children, "latitude"), _numbers(children, "longitude")
    own, places = centres["language"].to_numpy(), centres.select("latitude", "longitude").to_numpy()
    for number, code in ((0, "fi"), (1, "sv")):
        open_to = np.flatnonzero((own == code) | ((own == "en") & (number == 0)))
        rows = np.flatnonzero((language == number) & np.isfinite(latitude))
        for part in np.array_split(rows, rows.size // 10_000 + 1):
            if part.size == 0:
                continue
            up = latitude[part, None] - places[open_to, 0]
            along = (longitude[part, None] - places[open_to, 1]) * _SIDE
            nearest = np.argsort(up**2 + along**2, axis=1, kind="stable")[:, :4]
            at = np.minimum(step[part], nearest.shape[1] - 1)
            found[part] = open_to[nearest[np.arange(part.size), at]]
    return found


def _groups(
    centres: pl.DataFrame, unit: Ints, band: Ints, children: pl.DataFrame, language: Ints, on: date,
    rng: np.random.Generator,
) -> pl.DataFrame:  # fmt: skip
    """The groups of each unit: educators in hundredths, for a little more or less than the children about."""
    count, begun = centres.height, year_begins(on)
    rows: list[tuple[object, ...]] = []
    held = [np.bincount(unit[(unit >= 0) & (band == one)], minlength=count) for one in range(3)]
    # The coming pre-school year's need is those who turn six, wherever they are now: by their family's nearest units.
    wish = _units_of(children, centres, language, rng)
    born = children["birth_date"].dt.year().to_numpy()
    coming = np.bincount(wish[(wish >= 0) & (born == on.year - 6 + (on.month >= 8))], minlength=count)
    uneven = np.exp(rng.normal(0, _UNEVEN, count))
    wanted = coming * uneven
    wanted *= coming.sum() * 1.075 / max(1.0, float(wanted.sum()))
    spread = _TOO_MANY + np.abs(rng.normal(0, 0.06, (2, count)))
    ids, kinds = centres["unit"].to_list(), centres.to_dicts()
    absent = 0.82 + 0.12 * rng.random((3, count))
    for at, row in enumerate(kinds):
        both = (row["language"], row["provider"])
        for one, (name, each) in enumerate(((UNDER_THREE, 4), (THREE_TO_FIVE, 7))):
            seats = max(each * 3, int(np.ceil(held[one][at] * spread[one][at])))
            educators = -(-seats * 100 // each)
            rows.append((ids[at], f"{ids[at]}-{name}", name, *both, False, row["shift"], educators, begun, None,
                         round(educators * 0.94), round(held[one][at] * 100 * absent[one][at])))  # fmt: skip
        seats = max(7, round(float(wanted[at])))
        educators = -(-seats * 100 // 7)
        rows.append((ids[at], f"{ids[at]}-{PRESCHOOL}", PRESCHOOL, *both, False, row["shift"], educators, begun, None,
                     round(educators * 0.94), round(held[2][at] * 100 * absent[2][at])))  # fmt: skip
        if row["special"]:
            for name in (THREE_TO_FIVE, PRESCHOOL):
                rows.append((ids[at], f"{ids[at]}-{name}-special", name, *both, True, row["shift"], 150, begun, None,
                             140, 700))  # fmt: skip
    return pl.DataFrame(
        rows, orient="row",
        schema={"unit": pl.String, "group": pl.String, "band": pl.String, "language": pl.String, "provider": pl.String,
                "special": pl.Boolean, "shift_care": pl.Boolean, "educators": pl.Int64, "first_day": pl.Date,
                "last_day": pl.Date, "present_educators": pl.Int64, "present_children": pl.Int64},
    )  # fmt: skip


def _people(
    children: pl.DataFrame, centres: pl.DataFrame, unit: Ints, band: Ints, private: Bools, support: Bools,
    shift: Bools, foster: Bools, began: np.ndarray, until: np.ndarray, leave: np.ndarray,
) -> pl.DataFrame:  # fmt: skip
    has = unit >= 0
    safe = np.where(has, unit, 0)
    names = pl.Series([UNDER_THREE, THREE_TO_FIVE, PRESCHOOL], dtype=pl.String).gather(band)
    frame = pl.DataFrame(
        {
            "person": children["person"],
            "has": has,
            "unit": centres["unit"].gather(safe),
            "provider": centres["provider"].gather(safe),
            "band": names,
            "place_from": began,
            "place_until": until,
            "private_care": private,
            "support_need": support,
            "shift_care": shift,
            "foster_care": foster,
            "parental_leave_until": leave,
        }
    )
    only = [pl.when("has").then(name).alias(name) for name in ("place_from", "place_until")]
    return frame.with_columns(
        pl.when("has").then("unit").alias("place_unit"),
        pl.when("has").then(pl.concat_str("unit", pl.lit("-"), "band")).alias("place_group"),
        pl.when("has").then("provider").alias("place_provider"),
        *only,
    ).select(PEOPLE)


def born_today(person: Ints, on: date) -> pl.DataFrame:
    """The rows of children born on a day: at home, on parental leave for about a year."""
    size = person.size
    nothing: dict[str, object] = {name: [None] * size for name in PEOPLE[1:6]}
    return pl.DataFrame(
        {"person": person, **nothing, "private_care": [False] * size, "support_need": [False] * size,
         "shift_care": [False] * size, "foster_care": [False] * size,
         "parental_leave_until": [add_months(on, 13)] * size}
    )  # fmt: skip
