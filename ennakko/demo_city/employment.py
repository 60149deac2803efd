# SPDX-License-Identifier: EUPL-1.2
"""Employment spells: the present job of the employed and, for some, one that has ended."""

from datetime import date

import numpy as np
import polars as pl

from ennakko.demo_city.livelihood import EMPLOYED, PENSIONER, STUDENT, UNEMPLOYED, Livelihood
from ennakko.demo_city.organisations import draw_employers
from ennakko.demo_city.sampling import Ints, generator

_FORMER = np.array([0.0, 0.25, 0.72, 0.3, 0.12, 0.35])
"""Share of each activity with an ended job on record."""


def draw_spells(
    person: Ints, age: Ints, live: Livelihood, companies: pl.DataFrame, on: date, seed: int
) -> pl.DataFrame:
    """Spells of those people: person, employer, start, end (inclusive; null when it goes on), by person and start."""
    rng = generator(seed, "spells")
    today = np.datetime64(on)
    working_days = np.maximum((age - 16) * 365, 0)
    now = np.flatnonzero((live.activity == EMPLOYED) & (working_days > 30))
    lasted = np.minimum(1 + rng.exponential(1_700, now.size).astype(np.int64), working_days[now])
    began = today - lasted.astype("timedelta64[D]")
    first_day = np.full(age.size, today)
    first_day[now] = began
    jobless = live.activity == UNEMPLOYED
    first_day[jobless] = live.unemployed_since[jobless]
    kind = live.activity
    grown = (kind == EMPLOYED) | (kind == UNEMPLOYED) | (kind == STUDENT) | (kind == PENSIONER)
    before = np.flatnonzero(grown & (working_days > 400) & (age < 72) & (rng.random(age.size) < _FORMER[kind]))
    gap = np.where(jobless[before], 1, 1 + rng.exponential(120, before.size).astype(np.int64))
    gap = np.where(kind[before] == PENSIONER, gap + 365, gap)
    end = first_day[before] - gap.astype("timedelta64[D]")
    start = end - (20 + rng.exponential(700, before.size).astype(np.int64)).astype("timedelta64[D]")
    rows = np.concatenate((now, before))
    nothing = np.full(now.size, np.datetime64("NaT", "D"))
    return pl.DataFrame(
        {
            "person": person[rows],
            "employer": draw_employers(companies, rows.size, rng),
            "start": np.concatenate((began, start)),
            "end": np.concatenate((nothing, end)),
        }
    ).sort("person", "start")
