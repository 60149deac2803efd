# SPDX-License-Identifier: EUPL-1.2
"""Pre-school and school grades, and the comprehensive school nearest to the home in the child's language."""

from datetime import date

import numpy as np
import polars as pl

from ennakko.demo_city.identity import Dates
from ennakko.demo_city.sampling import Bools, Floats, Ints
from ennakko.values.dates import school_year_start

SCHOOL_AGE = 6
"""Pre-school (grade 0) begins in the year of the sixth birthday, school a year later (Basic Education Act)."""

LAST_GRADE = 9
_UNKNOWN, _BEHIND = 0.007, 0.015


def grades(birth: Dates, on: date) -> Ints:
    """Grade by year of birth in the school year of a day; below 0 or above 9 for those not in basic education."""
    years = birth.astype("datetime64[Y]").astype(np.int64) + 1970
    return school_year_start(on).year - years - SCHOOL_AGE


def nearest_schools(units: pl.DataFrame, latitude: Floats, longitude: Floats, swedish: Bools) -> pl.Series:
    """The id of the nearest comprehensive school for each point; Swedish-language schools for the Swedish-speaking."""
    schools = units.filter(pl.col("kind") == "school")
    named_swedish = schools["name_fi"].str.contains("skola|Norsen").to_numpy()
    school_latitude, school_longitude = schools["latitude"].to_numpy(), schools["longitude"].to_numpy()
    ids = schools["unit"]
    found = np.zeros(latitude.size, dtype=np.int64)
    for language in (False, True):
        of_language = np.flatnonzero(named_swedish == language)
        rows = np.flatnonzero(swedish == language)
        for part in np.array_split(rows, rows.size // 20_000 + 1):
            south_north = latitude[part, None] - school_latitude[of_language]
            west_east = (longitude[part, None] - school_longitude[of_language]) * 0.497
            found[part] = of_language[(south_north**2 + west_east**2).argmin(axis=1)]
    return ids.gather(found)


def draw_school(
    person: Ints, birth: Dates, school: pl.Series, new: Bools, on: date, rng: np.random.Generator
) -> pl.DataFrame:
    """The school register's rows of those in basic education: person, grade (null when not known), school id.

    `new` marks those who have just moved in: the register does not know most of their grades yet.
    """
    grade = grades(birth, on)
    rows = np.flatnonzero((grade >= 0) & (grade <= LAST_GRADE))
    one_behind = (rng.random(rows.size) < _BEHIND) & (grade[rows] >= 2)
    unknown = rng.random(rows.size) < np.where(new[rows], 0.6, _UNKNOWN)
    frame = pl.DataFrame({"person": person[rows], "school_grade": grade[rows] - one_behind, "unknown": unknown})
    return frame.select(
        "person",
        pl.when("unknown").then(None).otherwise("school_grade").alias("school_grade"),
        school.gather(rows).alias("school"),
    )
