# SPDX-License-Identifier: EUPL-1.2
"""Our rules as SQL on PostgreSQL: tables loaded by COPY into a database of their own, indexed and analysed."""

from __future__ import annotations

import os

import polars as pl
import psycopg

from bench.contender import Contender
from bench.own.sql_screening import Database, all_columns, everybody, screen
from bench.population import City

SERVER = os.environ.get("BENCH_POSTGRES_SERVER", "postgres://postgres@127.0.0.1:5432")
NAME = "ennakko_bench_rules"
TYPES = {pl.Int64: "bigint", pl.Date: "date", pl.String: "text", pl.Boolean: "boolean"}


def _load(connection: psycopg.Connection, table: str, frame: pl.DataFrame, indexed: list[str]) -> None:
    columns = ", ".join(f'"{name}" {TYPES[type(dtype)]}' for name, dtype in frame.schema.items())
    connection.execute(f"CREATE UNLOGGED TABLE {table} ({columns})")  # type: ignore[arg-type]
    with connection.cursor().copy(f"COPY {table} FROM STDIN WITH (FORMAT csv)") as copy:  # type: ignore[arg-type]
        for part in frame.iter_slices(100_000):
            copy.write(part.write_csv(include_header=False))
    for column in indexed:
        connection.execute(f"CREATE INDEX ON {table} ({column})")  # type: ignore[arg-type]
    connection.execute(f"ANALYZE {table}")  # type: ignore[arg-type]


def prepare(city: City) -> Database:
    """A fresh database with persons and spells."""
    with psycopg.connect(f"{SERVER}/postgres", autocommit=True) as admin:
        admin.execute(f"DROP DATABASE IF EXISTS {NAME} WITH (FORCE)")
        admin.execute(f"CREATE DATABASE {NAME}")
    connection = psycopg.connect(f"{SERVER}/{NAME}", autocommit=True)
    _load(connection, "persons", city.persons, ["person", "household", "birth_date"])
    _load(connection, "spells", city.spells, ["person"])
    connection.execute("SET work_mem = '256MB'")

    def close() -> None:
        connection.close()
        with psycopg.connect(f"{SERVER}/postgres", autocommit=True) as admin:
            admin.execute(f"DROP DATABASE {NAME} WITH (FORCE)")

    return Database(
        dialect="postgres",
        do=connection.execute,  # type: ignore[arg-type]
        rows=lambda query: connection.execute(query).fetchall(),  # type: ignore[arg-type]
        close=close,
        residents=city.residents,
    )


CONTENDER = Contender(
    name="own-postgres",
    title="own tree, SQL on PostgreSQL",
    prepare=prepare,
    tasks={"all": all_columns, "screen": screen},
    answers={"all": everybody, "screen": lambda database, answer: answer},
    close=lambda database: database.close(),
)
