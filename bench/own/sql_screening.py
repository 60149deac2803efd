# SPDX-License-Identifier: EUPL-1.2
"""Our rules as SQL, whatever the database: one query a service, answers kept in temporary tables."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import polars as pl

from bench import lawbook
from bench.contender import NOT_APPLICABLE, SERVICES, YES, Screened
from bench.rulesets import BOOK, RULES
from ennakko.rules.engines.sql import to_sql
from ennakko.rules.tables import Group, Rows, Tables

TABLES = Tables("persons", {"household": Group("household"), "spells": Rows("spells", "person")}, key="person")


@dataclass(frozen=True, slots=True)
class Database:
    """A database with the tables persons and spells: `do` runs a statement, `rows` a query."""

    dialect: str
    do: Callable[[str], Any]
    rows: Callable[[str], list[tuple[Any, ...]]]
    close: Callable[[], None]
    residents: int


def _query(database: Database, service: str, outcomes: tuple[int, ...]) -> str:
    amount = SERVICES[service][1]
    return to_sql(
        RULES[service], database.dialect, lawbook.ON, BOOK, tables=TABLES, columns=[amount], outcomes=outcomes
    )


def _kept(database: Database, number: int, service: str, outcomes: tuple[int, ...]) -> str:
    name = f"decided_{number}"
    database.do(f"DROP TABLE IF EXISTS {name}")
    database.do(f"CREATE TEMPORARY TABLE {name} AS {_query(database, service, outcomes)}")
    return name


def all_columns(database: Database) -> list[str]:
    """Outcome and amount of four services for everybody, as four tables."""
    return [_kept(database, number, service, (1, 0, -1, -2)) for number, service in enumerate(SERVICES)]


def screen(database: Database) -> dict[str, Screened]:
    """Four services: counts of outcomes, and the people who get something."""
    result = {}
    for number, (service, (_, amount)) in enumerate(SERVICES.items()):
        table = _kept(database, number, service, (1, 0, -1))
        counts = dict(database.rows(f"SELECT outcome, count(*) FROM {table} GROUP BY outcome"))
        counts[NOT_APPLICABLE] = database.residents - sum(counts.values())
        offers = database.rows(f"SELECT person, {amount} FROM {table} WHERE outcome = {YES}")
        result[service] = Screened(counts, pl.DataFrame(offers, schema=["person", "amount"], orient="row"))
    return result


def everybody(database: Database, tables: list[str]) -> pl.DataFrame:
    """The four tables side by side."""
    together: pl.DataFrame | None = None
    for table, (outcome, amount) in zip(tables, SERVICES.values(), strict=True):
        rows = database.rows(f"SELECT person, outcome, {amount} FROM {table}")
        frame = pl.DataFrame(rows, schema=dict.fromkeys(["person", outcome, amount], pl.Int64), orient="row")
        together = frame if together is None else together.join(frame, on="person", how="left")
    assert together is not None
    return together
