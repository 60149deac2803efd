# SPDX-License-Identifier: EUPL-1.2
"""The law written by hand in Polars: scope first, semi-join the households that matter, aggregate only those."""

from __future__ import annotations

import polars as pl
from polars import col, lit, when

from bench import lawbook
from bench.contender import NO, NOT_APPLICABLE, SERVICES, UNKNOWN, YES, Contender, Screened, side_by_side
from bench.population import City

ON = lit(lawbook.ON)


def _outcome(entitled: pl.Expr) -> pl.Expr:
    return when(entitled).then(YES).when(entitled.is_null()).then(UNKNOWN).otherwise(NO).cast(pl.Int8)


def _amount(entitled: pl.Expr, value: pl.Expr) -> pl.Expr:
    return when(entitled).then(value).when(entitled.is_not_null()).then(0).cast(pl.Int64)


VOUCHER_SCOPE = (col("birth_date") > lawbook.VOUCHER_BORN_AFTER) & (col("birth_date") <= lawbook.VOUCHER_BORN_BY)
RESIDENT = col("municipality") == lawbook.HELSINKI
ENTITLED = (
    RESIDENT
    & (
        (col("school_grade") == lawbook.VOUCHER_GRADE)
        | (lawbook.ON.year - col("birth_date").dt.year()).is_between(*lawbook.VOUCHER_TURNS)
    )
    & ~col("voucher_given")
)
VACCINATION_SCOPE = RESIDENT & (col("birth_date") <= lawbook.BORN_BY_18)
ELDERLY = col("birth_date") <= lawbook.BORN_BY_65
INVITED = ~col("vaccinated") & (ELDERLY | col("risk_group"))
WAVE = when(col("birth_date") <= lawbook.BORN_BY_80).then(1).when(ELDERLY).then(2).otherwise(3)
IN_CARE = (col("birth_date") >= lawbook.CARE_BORN_FROM) & (col("care_hours") > 0)
LISA_SCOPE = RESIDENT & col("unemployed_since").is_not_null() & (col("birth_date") <= lawbook.BORN_BY_16)

SCOPES = (VOUCHER_SCOPE, IN_CARE, VACCINATION_SCOPE, LISA_SCOPE)


def _voucher(persons: pl.LazyFrame) -> pl.LazyFrame:
    return persons.filter(VOUCHER_SCOPE).select(
        "person", voucher=_outcome(ENTITLED), voucher_value=_amount(ENTITLED, lit(lawbook.VOUCHER_VALUE))
    )


def _vaccination(persons: pl.LazyFrame) -> pl.LazyFrame:
    return persons.filter(VACCINATION_SCOPE).select("person", invited=_outcome(INVITED), wave=_amount(INVITED, WAVE))


def _fee_table(persons: pl.LazyFrame, keep: list[str], highest: dict[str, int]) -> pl.LazyFrame:
    """One row a child in care, one fee column for every given highest fee."""
    kids = persons.filter(IN_CARE).select("person", "household", "birth_date", "care_hours", *keep)
    adult = col("birth_date") <= lawbook.BORN_BY_18
    families = (
        persons.select("household", "birth_date", "income_month")
        .join(kids.select("household"), on="household", how="semi")
        .group_by("household")
        .agg(
            family=pl.len().cast(pl.Int64),
            unknown=(adult & col("income_month").is_null()).any(),
            earned=when(adult).then(col("income_month")).sum(),
        )
    )
    number = pl.int_range(pl.len(), dtype=pl.Int64)
    first_of_household = when(col("household") != col("household").shift(1, fill_value=-1)).then(number)
    limit = lit(lawbook.FEE_LIMITS[2])
    for size, value in lawbook.FEE_LIMITS.items():
        limit = when(col("family") >= size).then(value).otherwise(limit)
    limit = limit + pl.max_horizontal(col("family") - 6, 0) * lawbook.FEE_LIMIT_MORE
    over = pl.max_horizontal(col("earned") - col("limit"), 0)
    percent = lawbook.SIBLING_PER_CENT
    placed = (
        kids.sort("household", "birth_date", "person", descending=[False, True, False])
        .with_columns(place=number - first_of_household.forward_fill())
        .join(families, on="household", how="left")
        .with_columns(limit=limit)
        .with_columns(
            rounded=(over * lawbook.FEE_PER_MILLE * 2 + 100_000) // 200_000 * 100,
            sibling=when(col("place") == 0)
            .then(percent[0])
            .when(col("place") == 1)
            .then(percent[1])
            .otherwise(percent[2]),
            time=when(col("care_hours") <= lawbook.SHORT_HOURS)
            .then(lawbook.SHORT_PER_CENT)
            .when(col("care_hours") <= lawbook.MIDDLE_HOURS)
            .then(lawbook.MIDDLE_PER_CENT)
            .otherwise(100),
        )
    )
    full = {
        name: (pl.min_horizontal("rounded", lit(cap, pl.Int64)) * col("sibling") * col("time") * 2 + 1_000_000)
        // 2_000_000
        * 100
        for name, cap in highest.items()
    }
    return placed.with_columns(**full).select(
        "person",
        "birth_date",
        *keep,
        *(
            when(~col("unknown")).then(when(col(name) < lawbook.FEE_LOWEST).then(0).otherwise(col(name))).alias(name)
            for name in highest
        ),
    )


def _fee(persons: pl.LazyFrame) -> pl.LazyFrame:
    table = _fee_table(persons, [], {"fee": lawbook.FEE_HIGHEST})
    return table.select("person", pays=_outcome(col("fee") > 0), fee=col("fee"))


def _lisa(persons: pl.LazyFrame, spells: pl.LazyFrame) -> pl.LazyFrame:
    concerned = persons.filter(LISA_SCOPE).select("person", "birth_date", "unemployed_since")
    started = (ON - col("start")).dt.total_days()
    ended = (ON - col("end").fill_null(ON)).dt.total_days()
    overlap = pl.min_horizontal(started, lawbook.WINDOW_DAYS) - pl.max_horizontal(ended, 0) + 1
    new = col("private_employer") & (col("start") >= lawbook.HIRED_FROM) & (col("start") <= lawbook.ON)
    work = (
        spells.join(concerned.select("person"), on="person", how="semi")
        .select("person", worked=pl.max_horizontal(overlap, 0), wage=when(new).then(col("wage")))
        .group_by("person")
        .agg(col("worked").sum(), col("wage").max())
    )
    supported = (
        (col("birth_date") > lawbook.BORN_BY_65)
        & ((ON - col("unemployed_since")).dt.total_days() >= lawbook.IDLE_DAYS)
        & (col("worked").fill_null(0) <= lawbook.WORKED_AT_MOST)
        & col("wage").is_not_null()
    )
    support = pl.min_horizontal(col("wage") // lawbook.SUPPORT_SHARE, lit(lawbook.SUPPORT_HIGHEST, pl.Int64))
    return concerned.join(work, on="person", how="left").select(
        "person", supported=_outcome(supported), support=_amount(supported, support)
    )


def all_columns(city: City) -> list[pl.DataFrame]:
    """Outcome and amount of four services for everybody: those concerned, and below them the others."""
    persons = city.persons.lazy()
    concerned = [_voucher(persons), _fee(persons), _vaccination(persons), _lisa(persons, city.spells.lazy())]
    frames = []
    for inside, scope, (outcome, amount) in zip(concerned, SCOPES, SERVICES.values(), strict=True):
        nobody = {outcome: lit(NOT_APPLICABLE, pl.Int8), amount: lit(None, pl.Int64)}
        frames.append(pl.concat([inside, persons.filter(~scope).select("person", **nobody)]))
    return pl.collect_all(frames)


def screen(city: City) -> dict[str, Screened]:
    """Four services: counts of outcomes, and the people who get something."""
    persons = city.persons.lazy()
    frames = pl.collect_all(
        [_voucher(persons), _fee(persons), _vaccination(persons), _lisa(persons, city.spells.lazy())]
    )
    result = {}
    for frame, (service, (outcome, amount)) in zip(frames, SERVICES.items(), strict=True):
        counts = dict(frame[outcome].value_counts().iter_rows())
        counts[NOT_APPLICABLE] = city.residents - len(frame)
        result[service] = Screened(counts, frame.filter(col(outcome) == YES).select("person", amount=amount))
    return result


def reform(city: City) -> pl.DataFrame:
    """A lower highest fee: change, winners, losers and unknown by district and age band."""
    under_three, under_five = lawbook.age_band_borders()
    caps = {"before": lawbook.FEE_HIGHEST, "after": lawbook.FEE_HIGHEST_REFORM}
    band = when(col("birth_date") >= under_three).then(0).when(col("birth_date") >= under_five).then(3).otherwise(5)
    return (
        _fee_table(city.persons.lazy(), ["district"], caps)
        .group_by("district", band=band)
        .agg(
            change=(col("after") - col("before")).sum(),
            winners=(col("after") < col("before")).sum(),
            losers=(col("after") > col("before")).sum(),
            unknown=col("before").is_null().sum(),
        )
        .collect()
    )


COLUMNS = [
    "person", "household", "birth_date", "municipality", "school_grade", "voucher_given", "income_month",
    "care_hours", "risk_group", "vaccinated", "unemployed_since",
]  # fmt: skip

CONTENDER = Contender(
    name="polars",
    title="Polars by hand, semi-join strategy",
    prepare=lambda city: city,
    tasks={"all": all_columns, "screen": screen, "reform": reform},
    answers={
        "all": lambda city, frames: side_by_side(frames),
        "screen": lambda city, answer: answer,
        "reform": lambda city, answer: answer,
    },
    columns=COLUMNS,
)
