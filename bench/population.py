# SPDX-License-Identifier: EUPL-1.2
"""A seeded city for the benchmarks: persons with gaps, households (mean 1.8) and employment spells (0.8 per person).

Not the demo city: that one is made from open statistics and grows with the product, while a benchmark needs data that
stay the same. Persons stand in random order against their households, the worst case for joins.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
import polars as pl

from bench.lawbook import ON

SEED = 20_260_415
# A new shape of data must never meet a stored digest of the old one.
FORMAT = 1
HOUSEHOLD_SIZES = np.array([0.52, 0.295, 0.08, 0.07, 0.025, 0.01])
DISTRICTS = [f"{major}{minor:02d}" for major in range(1, 9) for minor in range(1, 5)] + ["901", "902"]
EPOCH = date(1970, 1, 1)


def folder(residents: int, seed: int = SEED) -> Path:
    """Where this city is kept between runs; BENCH_DATA moves it."""
    root = Path(os.environ.get("BENCH_DATA", Path(__file__).parent / "data"))
    return root / f"format{FORMAT}-{residents}-{seed}"


def days(day: date) -> int:
    """The day as numpy counts it: days since 1970-01-01."""
    return (day - EPOCH).days


def _households(random: np.random.Generator, residents: int) -> tuple[np.ndarray, np.ndarray]:
    """Household number and place within it (0 = first) for every person, people in household order."""
    sizes = random.choice(np.arange(1, 7), size=residents, p=HOUSEHOLD_SIZES)
    count = int(np.searchsorted(np.cumsum(sizes), residents)) + 1
    sizes = sizes[:count]
    household = np.repeat(np.arange(1, count + 1), sizes)[:residents]
    starts = np.concatenate([[0], np.cumsum(sizes)[:-1]])
    place = np.arange(len(household)) - np.repeat(starts, sizes)[:residents]
    return household, place


def _births(random: np.random.Generator, place: np.ndarray) -> np.ndarray:
    """Birth days: first members are adults, second ones mostly, the rest mostly children."""
    count = len(place)
    adult_age = np.minimum(18 + random.gamma(3.2, 10.5, count), 104)
    child_age = random.uniform(0, 19.5, count)
    adult = (place == 0) | ((place == 1) & (random.random(count) < 0.86)) | (random.random(count) < 0.04)
    age = np.where(adult, adult_age, child_age)
    return days(ON) - (age * 365.25).astype(np.int64)


def persons(random: np.random.Generator, residents: int) -> pl.DataFrame:
    """Twelve columns a person, sorted by person key; nulls are facts that the register does not know."""
    household, place = _households(random, residents)
    order = random.permutation(residents)
    household, birth = household[order], _births(random, place)[order]
    age = (days(ON) - birth) / 365.25
    turns = ON.year - (birth.astype("datetime64[D]").astype("datetime64[Y]").astype(np.int64) + 1970)
    grade = np.where((turns >= 7) & (turns <= 16), turns - 6 - (random.random(residents) < 0.1), 0).clip(0, 9)
    income = np.where(age >= 18, random.lognormal(12.55, 0.62, residents), 0).astype(np.int64)
    hours = np.where(
        (age >= 0.9) & (age < 7) & (random.random(residents) < 0.66), random.choice([20, 27, 35, 40], residents), 0
    )
    idle = (age >= 17) & (age < 66) & (random.random(residents) < 0.062)
    since = days(ON) - random.gamma(1.4, 240, residents).astype(np.int64)
    district = np.array(DISTRICTS)[random.integers(0, len(DISTRICTS), household.max() + 1)]

    def gaps(share: float) -> pl.Series:
        return pl.Series(random.random(residents) < share)

    def known(values: pl.Series, missing: pl.Series) -> pl.Series:
        return pl.select(pl.when(~missing).then(values)).to_series()

    return pl.DataFrame(
        {
            "person": np.arange(1, residents + 1, dtype=np.int64),
            "household": household.astype(np.int64),
            "birth_date": pl.Series(birth.astype(np.int32)).cast(pl.Date),
            "municipality": np.where(
                random.random(residents) < 0.97, "091", random.choice(["049", "092", "837"], residents)
            ),
            "district": district[household],
            "school_grade": known(pl.Series(grade.astype(np.int64)), gaps(0.05)),
            "voucher_given": (turns >= 16) & (turns <= 18) & (random.random(residents) < 0.2),
            "income_month": known(pl.Series(income), gaps(0.02)),
            "care_hours": hours.astype(np.int64),
            "risk_group": known(pl.Series(random.random(residents) < 0.03 + age / 500), gaps(0.03)),
            "vaccinated": random.random(residents) < 0.55,
            "unemployed_since": known(pl.Series(since.astype(np.int32)).cast(pl.Date), pl.Series(~idle)),
        }
    )


def spells(random: np.random.Generator, people: pl.DataFrame) -> pl.DataFrame:
    """Employment spells: person, private employer, start, end (null while it lasts), monthly wage in cents."""
    age = (days(ON) - people["birth_date"].to_physical().to_numpy().astype(np.int64)) / 365.25
    working = (age >= 16) & (age < 70)
    idle = people["unemployed_since"].is_not_null().to_numpy()
    number = np.where(working, random.poisson(1.13, len(people)), 0)
    owner = np.repeat(people["person"].to_numpy(), number)
    start = days(ON) - random.gamma(1.5, 620, len(owner)).astype(np.int64)
    end = start + random.gamma(1.2, 420, len(owner)).astype(np.int64)
    # One unemployed in eight has just been hired: the case that Helsinki-lisä is for.
    fresh = people["person"].to_numpy()[idle & (random.random(len(people)) < 0.125)]
    owner = np.concatenate([owner, fresh])
    begun = days(ON) - random.integers(0, 45, len(fresh))
    start = np.concatenate([start, begun])
    end = np.concatenate([end, np.full(len(fresh), days(ON) + 400)])
    lasting = pl.Series((end > days(ON)) & (random.random(len(owner)) < 0.8))
    table = pl.DataFrame(
        {
            "person": owner,
            "private_employer": random.random(len(owner)) < 0.7,
            "start": pl.Series(start.astype(np.int32)).cast(pl.Date),
            "end": pl.select(pl.when(~lasting).then(pl.Series(end.astype(np.int32)).cast(pl.Date))).to_series(),
            "wage": random.lognormal(12.5, 0.4, len(owner)).astype(np.int64),
        }
    )
    return table[random.permutation(len(table))]


def build(residents: int, seed: int = SEED) -> Path:
    """Write the city once and give its folder; the same size and seed give the same tables."""
    path = folder(residents, seed)
    if (path / "spells.parquet").exists():
        return path
    path.mkdir(parents=True, exist_ok=True)
    random = np.random.default_rng(seed)
    people = persons(random, residents)
    work = spells(random, people)
    people.write_parquet(path / "persons.parquet")
    work.write_parquet(path / "spells.parquet.part")
    (path / "spells.parquet.part").rename(path / "spells.parquet")
    return path


@dataclass(frozen=True, slots=True)
class City:
    """One city in memory: only the columns that the contender asked for."""

    residents: int
    path: Path
    persons: pl.DataFrame
    spells: pl.DataFrame


def load(path: Path, *, columns: list[str] | None = None, spell_columns: list[str] | None = None) -> City:
    """Read a built city; `columns` keeps the memory of a contender to what it needs."""
    people = pl.read_parquet(path / "persons.parquet", columns=columns)
    work = pl.read_parquet(path / "spells.parquet", columns=spell_columns)
    return City(residents=len(people), path=path, persons=people.rechunk(), spells=work.rechunk())
