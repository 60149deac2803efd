# SPDX-License-Identifier: EUPL-1.2
"""The city lives on day by day: births, deaths, moves, school years, work and income, and the personas' own days.

Each day follows from the day before, the city's seed and the date alone: going forward by three days at once or one by
one ends in the same bytes.
"""

from collections.abc import Callable
from datetime import date, timedelta
from functools import cache
from pathlib import Path

import numpy as np
import polars as pl

from ennakko.demo_city.ages import Zones
from ennakko.demo_city.announcements import announced_days_come
from ennakko.demo_city.arrivals import births, moves_in
from ennakko.demo_city.calendar import PERSONA_DAYS, school_year_begins, working_life_is_updated
from ennakko.demo_city.data import open_data
from ennakko.demo_city.dataset import Registers, Sealer, read_snapshot, write_snapshot
from ennakko.demo_city.departures import deaths, living_rows, moves_away, moves_within
from ennakko.demo_city.organisations import draw_employers
from ennakko.demo_city.personas import FIRST_CITY_KEY
from ennakko.demo_city.planted import planted
from ennakko.demo_city.sampling import generator
from ennakko.demo_city.schooling import LAST_GRADE, draw_school, grades, nearest_schools

_LOSES_JOB, _FINDS_JOB, _INCOME_CHANGES = 0.007, 0.06, 0.03
"""Shares a month."""


def advance(
    snapshot_path: Path,
    to: date,
    into: Path,
    sealer: Sealer,
    *,
    progress: Callable[[date], None] = lambda on: None,
) -> Path:
    """Live from a snapshot's day to another and write that day's snapshot; returns its folder.

    Raises ValueError for a day that is not later, BrokenSnapshot for a folder that is no snapshot.
    """
    registers = read_snapshot(snapshot_path, sealer)
    if to <= registers.on:
        raise ValueError(f"The city stands on {registers.on} and lives only forward: {to} is not later.")
    while registers.on < to:
        registers = next_day(registers)
        progress(registers.on)
    return write_snapshot(registers, into, sealer)


def next_day(registers: Registers) -> Registers:
    """The registers on the following day."""
    on = registers.on + timedelta(days=1)
    data, zones = open_data(), _zones()
    registers = registers.on_day(on)
    registers = deaths(registers, on)
    registers = moves_away(registers, on)
    registers = moves_within(registers, data, zones, on)
    registers = announced_days_come(registers, on)
    registers = moves_in(registers, data, zones, on)
    registers = births(registers, on)
    if school_year_begins(on):
        registers = new_school_year(registers, on)
    if working_life_is_updated(on):
        registers = changed_working_life(registers, on)
    if on in PERSONA_DAYS or school_year_begins(on):
        registers = with_personas_of(registers, on)
    return registers


@cache
def _zones() -> Zones:
    return Zones.of(open_data())


def new_school_year(registers: Registers, on: date) -> Registers:
    """Everyone goes up a grade, who has finished leaves the pupil register, and the new pre-school pupils come in."""
    rng = generator(registers.seed, "school year", on.toordinal())
    residents = registers.frames["residents"]
    pupils = registers.frames["school"].with_columns(pl.col("school_grade") + 1)
    left = residents.select("person", "birth_date").filter(pl.Series(grades(_born(residents), on) > LAST_GRADE))
    pupils = pupils.join(left, on="person", how="anti", maintain_order="left")
    pupils = pupils.filter(pl.col("school_grade").is_null() | (pl.col("school_grade") <= LAST_GRADE))
    rows = living_rows(residents)
    new = residents[rows[grades(_born(residents)[rows], on) == 0]].drop_nulls("latitude")
    swedish = (new["mother_tongue"] == "sv").to_numpy()
    place = new["latitude"].to_numpy(), new["longitude"].to_numpy()
    school = nearest_schools(registers.frames["units"], *place, swedish)
    known = np.zeros(new.height, dtype=bool)
    started = draw_school(new["person"].to_numpy(), _born(new), school, known, on, rng)
    started = started.join(pupils, on="person", how="anti")
    return registers.with_frames(school=pl.concat((pupils, started)).sort("person"))


def _born(residents: pl.DataFrame) -> np.ndarray:
    return residents["birth_date"].to_numpy().astype("datetime64[D]")


def changed_working_life(registers: Registers, on: date) -> Registers:
    """Some lose their job, some of the unemployed find one, some incomes change."""
    rng = generator(registers.seed, "working life", on.toordinal())
    activity = registers.frames["activity"]
    planted_row = (activity["person"] < FIRST_CITY_KEY).to_numpy()
    draw = rng.random(activity.height)
    kind = activity["activity"]
    loses = (kind == "employed").to_numpy() & (draw < _LOSES_JOB) & ~planted_row
    finds = (kind == "unemployed").to_numpy() & (draw < _FINDS_JOB) & ~planted_row
    changed = activity.with_columns(
        pl.when(pl.Series(loses)).then(pl.lit("unemployed")).when(pl.Series(finds)).then(pl.lit("employed"))
        .otherwise("activity").alias("activity"),
        pl.when(pl.Series(loses)).then(pl.lit(on)).when(pl.Series(finds)).then(pl.lit(None, dtype=pl.Date))
        .otherwise("unemployed_since").alias("unemployed_since"),
    )  # fmt: skip
    people = activity["person"]
    losers, finders = people.filter(pl.Series(loses)), people.filter(pl.Series(finds))
    spells = registers.frames["spells"]
    ended = pl.col("person").is_in(losers.implode()) & pl.col("end").is_null()
    begun = pl.DataFrame(
        {
            "person": finders,
            "employer": draw_employers(registers.frames["companies"], finders.len(), rng),
            "start": pl.repeat(on, finders.len(), dtype=pl.Date, eager=True),
            "end": pl.repeat(None, finders.len(), dtype=pl.Date, eager=True),
        }
    )
    spells = spells.with_columns(pl.when(ended).then(pl.lit(on - timedelta(days=1))).otherwise("end").alias("end"))
    spells = pl.concat((spells, begun)).sort("person", "start", "employer")
    return registers.with_frames(
        activity=changed, spells=spells, incomes=_changed_incomes(registers.frames["incomes"], rng)
    )


def _changed_incomes(incomes: pl.DataFrame, rng: np.random.Generator) -> pl.DataFrame:
    factor = np.where(rng.random(incomes.height) < _INCOME_CHANGES, 0.9 + 0.25 * rng.random(incomes.height), 1.0)
    factor[(incomes["person"] < FIRST_CITY_KEY).to_numpy()] = 1.0
    # Whole euros, rounded in integers: the tree of rules knows cents only.
    thousandths = pl.Series((factor * 1000).astype(np.int64))
    month = pl.col("income_month") * thousandths // 100_000 * 100
    return incomes.with_columns(
        pl.when(thousandths == 1000).then("income_month").otherwise(month).alias("income_month")
    )


def with_personas_of(registers: Registers, on: date) -> Registers:
    """The planted rows as their stories have them on that day."""
    frames, _ = planted(on)
    replaced = {}
    for name, part in frames.items():
        if name == "companies":
            continue
        key = {"households": "household", "guardianships": "child"}.get(name, "person")
        rest = registers.frames[name].filter(pl.col("person" if key == "household" else key) >= FIRST_CITY_KEY)
        replaced[name] = pl.concat((part, rest))
    return registers.with_frames(**replaced)
