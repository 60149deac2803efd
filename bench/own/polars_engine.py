# SPDX-License-Identifier: EUPL-1.2
"""Our rules on the embedded population engine."""

from __future__ import annotations

import time
from dataclasses import dataclass, field

import polars as pl

from bench import lawbook
from bench.contender import NOT_APPLICABLE, SERVICES, YES, Contender, Screened, side_by_side
from bench.population import City
from bench.rulesets import BOOK, RULES, DaycareFee, LowerHighestFee
from ennakko.rules.engines.polars import screen_polars
from ennakko.rules.population import Comparison, compare
from ennakko.rules.tables import Group, Rows, Tables

# The columns that the rules name; the engine takes no others from a snapshot either.
COLUMNS = [
    "person", "household", "birth_date", "municipality", "school_grade", "voucher_given", "income_month",
    "care_hours", "risk_group", "vaccinated", "unemployed_since",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Ready:
    """The city as the engine takes it."""

    city: City
    tables: Tables[pl.LazyFrame]
    parts: dict[str, list[float]] = field(default_factory=dict)


SIMPLE = ["person", "birth_date", "municipality", "school_grade", "voucher_given"]


def prepare(city: City) -> Ready:
    """Name the relations of the tables."""
    tables = Tables(
        city.persons.lazy(),
        {"household": Group("household"), "spells": Rows(city.spells.lazy(), "person")},
        key="person",
    )
    return Ready(city, tables, {"scan": [_scan(city) for _ in range(9)]})


def _scan(city: City) -> float:
    """Seconds that one pass over the summer voucher's columns takes: the bound of a service without relations."""
    before = time.perf_counter()
    city.persons.lazy().select(pl.col(SIMPLE).max()).collect()
    return time.perf_counter() - before


def all_columns(ready: Ready) -> list[pl.DataFrame]:
    """Outcome and amount of four services for everybody."""
    return [
        screen_polars(RULES[service], ready.tables, lawbook.ON, BOOK, columns=[amount])
        for service, (_, amount) in SERVICES.items()
    ]


def all_steps(ready: Ready) -> list[pl.DataFrame]:
    """Outcome and all 26 steps for everybody."""
    return [screen_polars(RULES[service], ready.tables, lawbook.ON, BOOK) for service in SERVICES]


def screen(ready: Ready) -> dict[str, Screened]:
    """Four services: counts of outcomes, and the people who get something."""
    return {service: _screened(ready, service) for service in SERVICES}


def _screened(ready: Ready, service: str) -> Screened:
    amount = SERVICES[service][1]
    # Whom the service does not concern is counted by what is left.
    frame = screen_polars(RULES[service], ready.tables, lawbook.ON, BOOK, columns=[amount], outcomes=(1, 0, -1))
    counts = dict(frame["outcome"].value_counts().iter_rows())
    counts[NOT_APPLICABLE] = ready.city.residents - len(frame)
    offers = frame.filter(pl.col("outcome") == YES).select("person", amount=amount)
    return Screened(counts, offers)


def simple(ready: Ready) -> dict[str, Screened]:
    """The summer voucher alone."""
    return {"summer-voucher": _screened(ready, "summer-voucher")}


def reform(ready: Ready) -> Comparison:
    """A lower highest fee: change, winners, losers and unknown by district and age band."""
    under_three, under_five = lawbook.age_band_borders()
    birth = pl.col("birth_date")
    band = pl.when(birth >= under_three).then(0).when(birth >= under_five).then(3).otherwise(5)
    tables = Tables(ready.tables.persons.with_columns(band=band), ready.tables.relations, key="person")
    return compare(DaycareFee, LowerHighestFee, tables, lawbook.ON, by=["district", "band"], book=BOOK)


def _everybody(ready: Ready, frames: list[pl.DataFrame]) -> pl.DataFrame:
    amounts = [amount for _, amount in SERVICES.values()]
    return side_by_side([frame.select("person", "outcome", each) for frame, each in zip(frames, amounts, strict=True)])


CONTENDER = Contender(
    name="own-polars",
    title="own tree, Polars engine",
    prepare=prepare,
    tasks={"all": all_columns, "screen": screen, "simple": simple, "reform": reform},
    answers={
        "all": _everybody,
        "screen": lambda ready, answer: answer,
        "simple": lambda ready, answer: answer,
        # A fee that is lowered costs the city what the families save.
        "reform": lambda ready, answer: answer.by.with_columns(change=-pl.col("cost")),
    },
    columns=COLUMNS,
)
STEPS = Contender(
    name="own-polars-steps",
    title="own tree, Polars engine, all 26 steps kept",
    prepare=prepare,
    tasks={"all": all_steps},
    answers={"all": _everybody},
    columns=COLUMNS,
)
