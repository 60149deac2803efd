# SPDX-License-Identifier: Apache-2.0
"""The databases that the differential test asks, each holding one random city at a time."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, Protocol

from ennakko.rules.engines.dialects import DUCKDB, POSTGRES, SPARK, Dialect
from ennakko.rules.tables import Group, Links, Rows, Tables
from ennakko.rules.tests.random_rules import PERSON_FACTS, SPELL_FACTS, City

SCHEMAS = {
    "persons": {"household": "int", **PERSON_FACTS},
    "spells": {"person": "int", **SPELL_FACTS},
    "guardians": {"child": "int", "guardian": "int", "custody": "bool"},
}
TABLES = Tables[str](
    "persons",
    {
        "household": Group("household"),
        "spells": Rows("spells", "person"),
        "guardians": Links("guardians", "child", "guardian", ("custody",)),
    },
)
POSTGRES_ADDRESS = os.environ.get("ENNAKKO_TEST_POSTGRES", "postgres://postgres@127.0.0.1:5432/postgres")


class Database(Protocol):
    """A database in a dialect: statements in, rows out."""

    dialect: Dialect

    def execute(self, statement: str) -> None: ...

    def rows(self, query: str) -> list[dict[str, Any]]: ...


def load(database: Database, city: City) -> None:
    """Put a city into the database's three tables, in place of the one before."""
    for table, rows in (("persons", city.persons), ("spells", city.spells), ("guardians", city.guardians)):
        _fill(database, table, rows)


def _fill(database: Database, table: str, rows: Sequence[Mapping[str, Any]]) -> None:
    dialect, schema = database.dialect, SCHEMAS[table]
    lines = ",\n".join(
        "(" + ", ".join(dialect.literal(row[name], type_) for name, type_ in schema.items()) + ")" for row in rows
    )
    name, columns = dialect.table(table), ", ".join(map(dialect.identifier, schema))
    if dialect is SPARK:
        database.execute(f"CREATE OR REPLACE TEMPORARY VIEW {name} AS SELECT * FROM VALUES {lines} AS t({columns})")
        return
    database.execute(f"DROP TABLE IF EXISTS {name}")
    typed = ", ".join(f"{dialect.identifier(each)} {dialect.type(type_)}" for each, type_ in schema.items())
    database.execute(f"CREATE TEMPORARY TABLE {name} ({typed})")
    database.execute(f"INSERT INTO {name} ({columns}) VALUES {lines}")


class DuckDB:
    """DuckDB in memory."""

    dialect = DUCKDB

    def __init__(self) -> None:
        import duckdb

        self._connection = duckdb.connect()

    def execute(self, statement: str) -> None:
        self._connection.execute(statement)

    def rows(self, query: str) -> list[dict[str, Any]]:
        found = self._connection.execute(query)
        names = [column[0] for column in found.description]
        return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


class Postgres:
    """A PostgreSQL server; only temporary tables of the one session are made."""

    dialect = POSTGRES

    def __init__(self, connection: Any) -> None:
        self._connection = connection

    def execute(self, statement: str) -> None:
        self._connection.execute(statement)

    def rows(self, query: str) -> list[dict[str, Any]]:
        found = self._connection.execute(query)
        names = [column.name for column in found.description]
        return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


@contextmanager
def postgres() -> Iterator[Postgres]:
    """The server at ENNAKKO_TEST_POSTGRES, or a local one; raises OSError when none answers."""
    import psycopg

    try:
        connection = psycopg.connect(POSTGRES_ADDRESS, connect_timeout=3, autocommit=True)
    except psycopg.OperationalError as error:
        raise OSError(f"no PostgreSQL answers at {POSTGRES_ADDRESS}: {error}") from error
    with connection:
        # Planning of these odd queries costs more than running them.
        connection.execute("SET jit = off")
        yield Postgres(connection)


class Spark:
    """Spark in this process, with as little machinery as it allows."""

    dialect = SPARK

    def __init__(self) -> None:
        from pyspark.sql import SparkSession

        builder = SparkSession.builder.master("local[2]").appName("ennakko-rules")
        for key, value in {
            "spark.ui.enabled": "false",
            # Compiling these long expressions to Java takes far longer than computing 48 rows.
            "spark.sql.codegen.wholeStage": "false",
            "spark.sql.codegen.factoryMode": "NO_CODEGEN",
            "spark.sql.adaptive.enabled": "false",
            "spark.sql.constraintPropagation.enabled": "false",
            "spark.sql.shuffle.partitions": "2",
            "spark.sql.session.timeZone": "UTC",
            "spark.driver.host": "127.0.0.1",
            "spark.driver.bindAddress": "127.0.0.1",
        }.items():
            builder = builder.config(key, value)
        self._session = builder.getOrCreate()
        self._session.sparkContext.setLogLevel("ERROR")

    def execute(self, statement: str) -> None:
        self._session.sql(statement)

    def rows(self, query: str) -> list[dict[str, Any]]:
        return [row.asDict() for row in self._session.sql(query).collect()]

    def stop(self) -> None:
        self._session.stop()
