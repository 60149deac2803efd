# SPDX-License-Identifier: EUPL-1.2
"""Our rules as SQL on DuckDB, two threads."""

from __future__ import annotations

from bench.contender import Contender
from bench.own.sql_screening import Database, all_columns, everybody, screen
from bench.population import City
from bench.rivals import duckdb_by_hand


def prepare(city: City) -> Database:
    """Load the Parquet files into DuckDB's own tables."""
    connection = duckdb_by_hand.prepare(city)
    return Database(
        dialect="duckdb",
        do=connection.execute,
        rows=lambda query: connection.execute(query).fetchall(),
        close=connection.close,
        residents=city.residents,
    )


CONTENDER = Contender(
    name="own-duckdb",
    title="own tree, SQL on DuckDB",
    prepare=prepare,
    tasks={"all": all_columns, "screen": screen},
    answers={"all": everybody, "screen": lambda database, answer: answer},
    columns=["person"],
    spell_columns=["person"],
    close=lambda database: database.close(),
)
