# SPDX-License-Identifier: Apache-2.0
"""All engines give the reference engine's answer on every row, unknowns included: random rules over random cities."""

from __future__ import annotations

import os
import warnings
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from random import Random
from typing import Any

import polars as pl
import pytest

from ennakko.rules.binding import BoundRule, Definition, bind
from ennakko.rules.engines.interpreter import Situation, value_of
from ennakko.rules.engines.polars import screen_polars
from ennakko.rules.engines.sql import to_sql
from ennakko.rules.node import Value
from ennakko.rules.tables import Group, Links, Rows, Tables
from ennakko.rules.tests.databases import SCHEMAS, TABLES, Database, DuckDB, Postgres, Spark, load, postgres
from ennakko.rules.tests.random_rules import (
    BOOK,
    ON,
    City,
    RandomTrees,
    random_city,
)

STEPS = 20
TREES = int(os.environ.get("ENNAKKO_DIFFERENTIAL_TREES", "600"))
FIRST_SEED = int(os.environ.get("ENNAKKO_DIFFERENTIAL_SEED", "1"))
SEEDS = range(FIRST_SEED, FIRST_SEED + -(-TREES // STEPS))
SPARK_RULES = 6
DTYPES = {"int": pl.Int64, "date": pl.Date, "bool": pl.Boolean, "code": pl.String}

Answer = dict[str, Value]


def reference(definition: Definition, bound: BoundRule, facts: dict[str, object]) -> Answer:
    """The unbound tree, interpreted: nothing folded, nothing compiled."""
    steps: Answer = {}
    at = Situation(facts, steps, ON, bound.values)
    scope = True if definition.scope is None else value_of(definition.scope, at)
    for step in definition.steps:
        steps[step.name] = value_of(step.x, at) if scope else None
    return answer_of(definition, scope, steps)


def answer_of(definition: Definition, scope: bool | None, steps: Mapping[str, Value]) -> Answer:
    """What a population engine shows of one case: outside the scope every step is null."""
    decided = {True: 1, False: 0, None: -1}
    outcome = decided[steps[definition.outcome]] if scope else -1 if scope is None else -2
    return {step.name: steps[step.name] if scope else None for step in definition.steps} | {"outcome": outcome}


def frames(city: City) -> Tables[pl.LazyFrame]:
    def frame(rows: list[dict[str, object]], schema: dict[str, str]) -> pl.LazyFrame:
        return pl.LazyFrame(rows, schema={name: DTYPES[type_] for name, type_ in schema.items()}, orient="row")

    return Tables(
        frame(city.persons, SCHEMAS["persons"]),
        {
            "household": Group("household"),
            "spells": Rows(frame(city.spells, SCHEMAS["spells"]), "person"),
            "guardians": Links(
                frame(city.guardians, {"child": "int", "guardian": "int", "custody": "bool"}),
                "child",
                "guardian",
                ("custody",),
            ),
        },
    )


def by_person(rows: list[dict[str, Any]]) -> dict[int, Answer]:
    found = {row.pop("person"): row for row in rows}
    assert len(found) == len(rows), "a person is given twice"
    return found


def assert_same(engine: str, case: Case, expected: dict[int, Answer], found: dict[int, Answer]) -> None:
    definition, seed = case.definition, case.seed
    assert found.keys() == expected.keys(), f"{engine}, seed {seed}: not the same persons"
    for key, answer in expected.items():
        for name, value in answer.items():
            other = found[key][name]
            if other != value or type(other) is not type(value):
                tree = definition.scope if name == "outcome" else definition.step(name).x
                pytest.fail(f"{engine}, seed {seed}, person {key}, {name}: {other!r} instead of {value!r} of\n{tree}")


@dataclass(frozen=True)
class Case:
    """A random rule bound to the day, a random city, and the reference engine's answers."""

    seed: int
    city: City
    definition: Definition
    bound: BoundRule
    expected: dict[int, Answer]


@cache
def case_of(seed: int) -> Case:
    random = Random(seed)
    city = random_city(random)
    definition = RandomTrees(random).definition(STEPS, depth=random.choice((2, 3, 4)))
    bound = bind(definition, ON, BOOK)
    expected = {each["person"]: reference(definition, bound, city.case(each)) for each in city.persons}
    return Case(seed, city, definition, bound, expected)


def assert_sql_agrees(database: Database, seed: int) -> None:
    case = case_of(seed)
    load(database, case.city)
    query = to_sql(case.bound, database.dialect, ON, tables=TABLES)
    assert_same(database.dialect.name, case, case.expected, by_person(database.rows(query)))


@pytest.mark.parametrize("seed", SEEDS)
def test_compiled_python_agrees_with_the_reference(seed: int) -> None:
    case = case_of(seed)
    found = {}
    for person in case.city.persons:
        scope, values = case.bound.run(case.city.case(person))
        found[person["person"]] = answer_of(case.definition, scope, values)
    assert_same("Python", case, case.expected, found)


@pytest.mark.parametrize("seed", SEEDS)
def test_polars_agrees_with_the_reference(seed: int) -> None:
    case = case_of(seed)
    frame = screen_polars(case.bound, frames(case.city), ON)
    assert_same("Polars", case, case.expected, by_person(frame.to_dicts()))


@pytest.mark.parametrize("seed", SEEDS)
def test_polars_gives_the_same_rows_when_only_some_outcomes_are_wanted(seed: int) -> None:
    case = case_of(seed)
    for outcomes in ((1,), (1, -1), (1, 0, -1), (-2,), (-1,), (1, -2)):
        expected = {key: answer for key, answer in case.expected.items() if answer["outcome"] in outcomes}
        frame = screen_polars(case.bound, frames(case.city), ON, outcomes=outcomes)
        assert_same("Polars", case, expected, by_person(frame.to_dicts()))


@pytest.fixture(scope="module")
def duckdb() -> DuckDB:
    return DuckDB()


@pytest.mark.parametrize("seed", SEEDS)
def test_duckdb_agrees_with_the_reference(seed: int, duckdb: DuckDB) -> None:
    assert_sql_agrees(duckdb, seed)


@pytest.fixture(scope="module")
def postgres_server() -> Iterator[Postgres]:
    try:
        with postgres() as server:
            yield server
    except OSError as error:
        warnings.warn(f"RULES NOT COMPARED ON POSTGRESQL: {error}", stacklevel=1)
        pytest.skip(f"RULES NOT COMPARED ON POSTGRESQL: {error}")


@pytest.mark.parametrize("seed", SEEDS)
def test_postgresql_agrees_with_the_reference(seed: int, postgres_server: Postgres) -> None:
    assert_sql_agrees(postgres_server, seed)


@pytest.fixture(scope="module")
def spark() -> Iterator[Spark]:
    session = Spark()
    yield session
    session.stop()


@pytest.mark.spark
@pytest.mark.parametrize("seed", SEEDS[:SPARK_RULES])
def test_spark_agrees_with_the_reference(seed: int, spark: Spark) -> None:
    assert_sql_agrees(spark, seed)
