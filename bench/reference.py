# SPDX-License-Identifier: EUPL-1.2
"""The law in plain Python, one person at a time: slow, plain, and the judge of everybody else."""

from __future__ import annotations

import argparse
import json
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

import polars as pl

from bench import digest, lawbook
from bench.contender import COLUMNS, NO, NOT_APPLICABLE, SERVICES, UNKNOWN, YES, Contender, Screened
from bench.population import City, build, load

Row = dict[str, Any]
Answer = tuple[int, int | None]
ON = lawbook.ON
NOBODY: Answer = (NOT_APPLICABLE, None)


def half_up(numerator: int, denominator: int) -> int:
    """The nearest whole number, halves upwards."""
    return (2 * numerator + denominator) // (2 * denominator)


def either(a: bool | None, b: bool | None) -> bool | None:
    """Kleene's or."""
    if a or b:
        return True
    return None if a is None or b is None else False


def both(a: bool | None, b: bool | None) -> bool | None:
    """Kleene's and."""
    if a is False or b is False:
        return False
    return None if a is None or b is None else True


def equal(a: int | None, b: int) -> bool | None:
    """Equality that does not know of an unknown value."""
    return None if a is None else a == b


def voucher(person: Row) -> Answer:
    """Summer voucher: Helsinki, ninth grade or the right year of birth, none given yet."""
    birth: date = person["birth_date"]
    if not lawbook.VOUCHER_BORN_AFTER < birth <= lawbook.VOUCHER_BORN_BY:
        return NOBODY
    resident = person["municipality"] == lawbook.HELSINKI
    ninth = equal(person["school_grade"], lawbook.VOUCHER_GRADE)
    right_age = lawbook.VOUCHER_TURNS[0] <= ON.year - birth.year <= lawbook.VOUCHER_TURNS[1]
    entitled = both(both(resident, either(ninth, right_age)), not person["voucher_given"])
    if entitled is None:
        return UNKNOWN, None
    return (YES, lawbook.VOUCHER_VALUE) if entitled else (NO, 0)


def in_care(person: Row) -> bool:
    """Whether the child is in day care."""
    return person["birth_date"] >= lawbook.CARE_BORN_FROM and person["care_hours"] > 0


def daycare_fee(person: Row, household: list[Row], highest: int = lawbook.FEE_HIGHEST) -> Answer:
    """Monthly day-care fee in cents; unknown if one adult's income is."""
    if not in_care(person):
        return NOBODY
    earned = 0
    for member in household:
        if member["birth_date"] <= lawbook.BORN_BY_18:
            if member["income_month"] is None:
                return UNKNOWN, None
            earned += member["income_month"]
    over = max(earned - lawbook.fee_limit(len(household)), 0)
    first = min(half_up(over * lawbook.FEE_PER_MILLE, 100_000) * 100, highest)
    younger = sum(
        1
        for member in household
        if in_care(member)
        and (-member["birth_date"].toordinal(), member["person"])
        < (-person["birth_date"].toordinal(), person["person"])
    )
    sibling = lawbook.SIBLING_PER_CENT[min(younger, 2)]
    hours = person["care_hours"]
    if hours <= lawbook.SHORT_HOURS:
        time = lawbook.SHORT_PER_CENT
    elif hours <= lawbook.MIDDLE_HOURS:
        time = lawbook.MIDDLE_PER_CENT
    else:
        time = 100
    full = half_up(first * sibling * time, 1_000_000) * 100
    fee = 0 if full < lawbook.FEE_LOWEST else full
    return (YES if fee > 0 else NO), fee


def vaccination(person: Row) -> Answer:
    """Vaccination invitation of adults: the elderly and the risk groups, the oldest first."""
    birth: date = person["birth_date"]
    if person["municipality"] != lawbook.HELSINKI or birth > lawbook.BORN_BY_18:
        return NOBODY
    elderly = birth <= lawbook.BORN_BY_65
    invited = both(not person["vaccinated"], either(elderly, person["risk_group"]))
    if invited is None:
        return UNKNOWN, None
    if not invited:
        return NO, 0
    if birth <= lawbook.BORN_BY_80:
        return YES, 1
    return YES, 2 if elderly else 3


def helsinki_lisa(person: Row, jobs: list[Row]) -> Answer:
    """Support for hiring a long-time unemployed resident into a new private job."""
    if (
        person["municipality"] != lawbook.HELSINKI
        or person["unemployed_since"] is None
        or person["birth_date"] > lawbook.BORN_BY_16
    ):
        return NOBODY
    working_age = person["birth_date"] > lawbook.BORN_BY_65
    long_idle = (ON - person["unemployed_since"]).days >= lawbook.IDLE_DAYS
    worked = 0
    wage: int | None = None
    for job in jobs:
        start, end = job["start"], job["end"] or ON
        worked += max(0, min((ON - start).days, lawbook.WINDOW_DAYS) - max((ON - end).days, 0) + 1)
        if job["private_employer"] and lawbook.HIRED_FROM <= start <= ON:
            wage = job["wage"] if wage is None else max(wage, job["wage"])
    if not (working_age and long_idle and worked <= lawbook.WORKED_AT_MOST and wage is not None):
        return NO, 0
    return YES, min(wage // lawbook.SUPPORT_SHARE, lawbook.SUPPORT_HIGHEST)


@dataclass(slots=True)
class People:
    """Everybody as plain dictionaries, household by household."""

    households: list[list[Row]]
    jobs: dict[int, list[Row]]


def people(city: City) -> People:
    """Load the tables into dictionaries (this is not timed)."""
    households: dict[int, list[Row]] = defaultdict(list)
    for row in city.persons.iter_rows(named=True):
        households[row["household"]].append(row)
    jobs: dict[int, list[Row]] = defaultdict(list)
    for row in city.spells.iter_rows(named=True):
        jobs[row["person"]].append(row)
    return People(list(households.values()), jobs)


def decide_all(state: People) -> list[tuple[int | None, ...]]:
    """Eight columns for everybody."""
    nothing: list[Row] = []
    return [
        (
            person["person"],
            *voucher(person),
            *daycare_fee(person, household),
            *vaccination(person),
            *helsinki_lisa(person, state.jobs.get(person["person"], nothing)),
        )
        for household in state.households
        for person in household
    ]


def reform(state: People) -> dict[tuple[str, int], list[int]]:
    """Change of fees in cents, winners, losers and unknown by district and age band of the child."""
    cells: dict[tuple[str, int], list[int]] = defaultdict(lambda: [0, 0, 0, 0])
    under_three, under_five = lawbook.age_band_borders()
    for household in state.households:
        for person in household:
            outcome, before = daycare_fee(person, household)
            if outcome == NOT_APPLICABLE:
                continue
            birth = person["birth_date"]
            band = 0 if birth >= under_three else 3 if birth >= under_five else 5
            cell = cells[person["district"], band]
            _, after = daycare_fee(person, household, lawbook.FEE_HIGHEST_REFORM)
            if before is None or after is None:
                cell[3] += 1
                continue
            cell[0] += after - before
            cell[1] += after < before
            cell[2] += after > before
    return cells


def frame(rows: list[tuple[int | None, ...]]) -> pl.DataFrame:
    """The answers as a frame of person and eight columns."""
    return pl.DataFrame(rows, schema=dict.fromkeys(["person", *COLUMNS], pl.Int64), orient="row")


def screened(everybody: pl.DataFrame) -> dict[str, Screened]:
    """Counts and offers out of the eight columns."""
    result = {}
    for service, (outcome, amount) in SERVICES.items():
        counts = dict(everybody.group_by(outcome).len().iter_rows())
        offers = everybody.filter(pl.col(outcome) == YES).select("person", amount=amount)
        result[service] = Screened(counts=counts, offers=offers)
    return result


def reform_frame(cells: dict[tuple[str, int], list[int]]) -> pl.DataFrame:
    """The reform's cells as a frame."""
    return pl.DataFrame(
        [(district, band, *cell) for (district, band), cell in cells.items()],
        schema=["district", "band", "change", "winners", "losers", "unknown"],
        orient="row",
    )


CONTENDER = Contender(
    name="python",
    title="plain Python, a function per person",
    prepare=people,
    tasks={"all": decide_all, "screen": decide_all, "reform": reform},
    answers={
        "all": lambda state, rows: frame(rows),
        "screen": lambda state, rows: screened(frame(rows)),
        "reform": lambda state, cells: reform_frame(cells),
    },
)


def _slices(city: City, size: int = 150_000) -> Iterator[City]:
    """The city in slices of whole households, so that millions of dictionaries never stand in memory at once."""
    persons = city.persons.sort("household", "person")
    spells = city.spells
    last = persons["household"].max()
    step = max(1, int(last * size / len(persons)))
    for start in range(1, last + 1, step):
        part = persons.filter(pl.col("household").is_between(start, start + step - 1))
        work = spells.join(part.select("person"), on="person", how="semi")
        yield City(residents=len(part), path=city.path, persons=part, spells=work)


def expected(city: City) -> dict[str, dict[str, int]]:
    """The digests that every contender must reach; computed once a city and kept beside it."""
    kept = city.path / "expected.json"
    if kept.exists():
        return _with_simple(json.loads(kept.read_text()))
    columns, cells = [], []
    for part in _slices(city):
        state = people(part)
        columns.append(frame(decide_all(state)))
        cells.append(reform_frame(reform(state)))
    everybody = pl.concat(columns)
    table = pl.concat(cells).group_by("district", "band").sum()
    result = {
        "all": digest.of_columns(everybody),
        "screen": digest.of_screening(screened(everybody)),
        "reform": digest.of_reform(table),
    }
    kept.write_text(json.dumps(result, indent=1))
    return _with_simple(result)


def _with_simple(result: dict[str, dict[str, int]]) -> dict[str, dict[str, int]]:
    """The digest of the summer voucher alone is a part of that of the four services."""
    alone = {key: value for key, value in result["screen"].items() if key.startswith("summer-voucher ")}
    return {**result, "simple": alone}


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Build a benchmark city and the digests that everyone must reach.")
    parser.add_argument("size", choices=lawbook.SIZES, nargs="?", default="660k")
    print(json.dumps(expected(load(build(lawbook.SIZES[parser.parse_args().size])))["all"]))
