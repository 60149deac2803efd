# SPDX-License-Identifier: EUPL-1.2
"""The law written by hand in SQL for DuckDB, tables already in its own format, two threads."""

from __future__ import annotations

import duckdb
import polars as pl

from bench import lawbook
from bench.contender import COLUMNS, SERVICES, YES, Contender, Screened
from bench.population import City


def _day(day: object) -> str:
    return f"DATE '{day}'"


ON = _day(lawbook.ON)
LIMIT = (
    "CASE "
    + " ".join(f"WHEN family <= {size} THEN {value}" for size, value in lawbook.FEE_LIMITS.items())
    + f" ELSE {lawbook.FEE_LIMITS[6]} + (family - 6) * {lawbook.FEE_LIMIT_MORE} END"
)

VOUCHER = f"""
SELECT person, CASE WHEN entitled THEN 1 WHEN entitled IS NULL THEN -1 ELSE 0 END AS voucher,
       CASE WHEN entitled THEN {lawbook.VOUCHER_VALUE} WHEN NOT entitled THEN 0 END AS voucher_value
FROM (
  SELECT person, municipality = '{lawbook.HELSINKI}'
     AND (school_grade = {lawbook.VOUCHER_GRADE}
          OR {lawbook.ON.year} - year(birth_date) BETWEEN {lawbook.VOUCHER_TURNS[0]} AND {lawbook.VOUCHER_TURNS[1]})
     AND NOT voucher_given AS entitled
  FROM persons
  WHERE birth_date > {_day(lawbook.VOUCHER_BORN_AFTER)} AND birth_date <= {_day(lawbook.VOUCHER_BORN_BY)})
"""

VACCINATION = f"""
SELECT person, CASE WHEN due THEN 1 WHEN due IS NULL THEN -1 ELSE 0 END AS invited,
       CASE WHEN NOT due THEN 0 WHEN due IS NULL THEN NULL WHEN birth_date <= {_day(lawbook.BORN_BY_80)} THEN 1
            WHEN birth_date <= {_day(lawbook.BORN_BY_65)} THEN 2 ELSE 3 END AS wave
FROM (
  SELECT person, birth_date, NOT vaccinated AND (birth_date <= {_day(lawbook.BORN_BY_65)} OR risk_group) AS due
  FROM persons
  WHERE municipality = '{lawbook.HELSINKI}' AND birth_date <= {_day(lawbook.BORN_BY_18)})
"""


def _fees(caps: dict[str, int]) -> str:
    fees = ", ".join(
        f"CASE WHEN unknown THEN NULL ELSE "
        f"(least(rounded, {cap}) * sibling * time * 2 + 1000000) // 2000000 * 100 END AS {name}_full"
        for name, cap in caps.items()
    )
    lowest = ", ".join(
        f"CASE WHEN {name}_full < {lawbook.FEE_LOWEST} THEN 0 ELSE {name}_full END AS {name}" for name in caps
    )
    first, second, third = lawbook.SIBLING_PER_CENT
    return f"""
WITH kids AS (
  SELECT person, household, birth_date, care_hours, district FROM persons
  WHERE birth_date >= {_day(lawbook.CARE_BORN_FROM)} AND care_hours > 0),
families AS (
  SELECT household, count(*) AS family,
         bool_or(birth_date <= {_day(lawbook.BORN_BY_18)} AND income_month IS NULL) AS unknown,
         coalesce(sum(income_month) FILTER (birth_date <= {_day(lawbook.BORN_BY_18)}), 0)::BIGINT AS earned
  FROM persons WHERE household IN (SELECT household FROM kids) GROUP BY household),
placed AS (
  SELECT kids.*, family, unknown, earned,
         row_number() OVER (PARTITION BY kids.household ORDER BY birth_date DESC, person) AS place
  FROM kids JOIN families USING (household)),
parts AS (
  SELECT *, (greatest(earned - ({LIMIT}), 0) * {lawbook.FEE_PER_MILLE} * 2 + 100000) // 200000 * 100 AS rounded,
         CASE place WHEN 1 THEN {first} WHEN 2 THEN {second} ELSE {third} END AS sibling,
         CASE WHEN care_hours <= {lawbook.SHORT_HOURS} THEN {lawbook.SHORT_PER_CENT}
              WHEN care_hours <= {lawbook.MIDDLE_HOURS} THEN {lawbook.MIDDLE_PER_CENT} ELSE 100 END AS time
  FROM placed),
fees AS (SELECT person, district, birth_date, {fees} FROM parts)
SELECT person, district, birth_date, {lowest} FROM fees
"""


FEE = f"""
SELECT person, CASE WHEN fee > 0 THEN 1 WHEN fee IS NULL THEN -1 ELSE 0 END AS pays, fee
FROM ({_fees({"fee": lawbook.FEE_HIGHEST})})
"""

LISA = f"""
WITH concerned AS (
  SELECT person, birth_date, unemployed_since FROM persons
  WHERE municipality = '{lawbook.HELSINKI}' AND unemployed_since IS NOT NULL
    AND birth_date <= {_day(lawbook.BORN_BY_16)}),
work AS (
  SELECT person,
         sum(greatest(0, least({ON} - "start", {lawbook.WINDOW_DAYS})
                         - greatest({ON} - coalesce("end", {ON}), 0) + 1)) AS worked,
         max(wage) FILTER (private_employer AND "start" BETWEEN {_day(lawbook.HIRED_FROM)} AND {ON}) AS wage
  FROM spells WHERE person IN (SELECT person FROM concerned) GROUP BY person),
decided AS (
  SELECT person, wage, birth_date > {_day(lawbook.BORN_BY_65)}
     AND {ON} - unemployed_since >= {lawbook.IDLE_DAYS}
     AND coalesce(worked, 0) <= {lawbook.WORKED_AT_MOST} AND wage IS NOT NULL AS yes
  FROM concerned LEFT JOIN work USING (person))
SELECT person, CASE WHEN yes THEN 1 ELSE 0 END AS supported,
       CASE WHEN yes THEN least(wage // {lawbook.SUPPORT_SHARE}, {lawbook.SUPPORT_HIGHEST}) ELSE 0 END AS support
FROM decided
"""

QUERIES = {"summer-voucher": VOUCHER, "daycare-fee": FEE, "vaccination": VACCINATION, "helsinki-lisa": LISA}

ALL = f"""
CREATE OR REPLACE TEMP TABLE answer AS
SELECT persons.person, coalesce(voucher, -2)::TINYINT AS voucher, voucher_value::BIGINT AS voucher_value,
       coalesce(pays, -2)::TINYINT AS pays, fee::BIGINT AS fee,
       coalesce(invited, -2)::TINYINT AS invited, wave::BIGINT AS wave,
       coalesce(supported, -2)::TINYINT AS supported, support::BIGINT AS support
FROM persons LEFT JOIN ({VOUCHER}) USING (person) LEFT JOIN ({FEE}) USING (person)
LEFT JOIN ({VACCINATION}) USING (person) LEFT JOIN ({LISA}) USING (person)
"""

_UNDER_THREE, _UNDER_FIVE = (_day(day) for day in lawbook.age_band_borders())
REFORM = f"""
SELECT district,
       CASE WHEN birth_date >= {_UNDER_THREE} THEN 0 WHEN birth_date >= {_UNDER_FIVE} THEN 3 ELSE 5 END AS band,
       coalesce(sum(after - before), 0)::BIGINT AS change, count(*) FILTER (after < before) AS winners,
       count(*) FILTER (after > before) AS losers, count(*) FILTER (before IS NULL) AS unknown
FROM ({_fees({"before": lawbook.FEE_HIGHEST, "after": lawbook.FEE_HIGHEST_REFORM})}) GROUP BY ALL
"""


def prepare(city: City) -> duckdb.DuckDBPyConnection:
    """Load the Parquet files into DuckDB's own tables."""
    connection = duckdb.connect(config={"threads": 2})
    for table in ("persons", "spells"):
        connection.execute(f"CREATE TABLE {table} AS SELECT * FROM read_parquet('{city.path / table}.parquet')")
    return connection


def as_frame(connection: duckdb.DuckDBPyConnection, query: str) -> pl.DataFrame:
    """The query's answer as a frame (masked numpy columns become nulls)."""
    columns = connection.execute(query).fetchnumpy()
    values = {}
    for name, array in columns.items():
        mask = getattr(array, "mask", None)
        series = pl.Series(name, getattr(array, "data", array) if mask is not None else array)
        values[name] = series if mask is None else pl.select(pl.when(~pl.Series(mask)).then(series)).to_series()
    return pl.DataFrame(values)


def all_columns(connection: duckdb.DuckDBPyConnection) -> None:
    """Eight columns for everybody, materialised as a table."""
    connection.execute(ALL)


def screen(connection: duckdb.DuckDBPyConnection) -> dict[str, tuple[dict[int, int], pl.DataFrame]]:
    """Four services: counts of outcomes, and the people who get something."""
    [[residents]] = connection.execute("SELECT count(*) FROM persons").fetchall()
    result = {}
    for service, query in QUERIES.items():
        outcome, amount = SERVICES[service]
        connection.execute(f"CREATE OR REPLACE TEMP TABLE decided AS {query}")
        counts = dict(connection.execute(f"SELECT {outcome}, count(*) FROM decided GROUP BY 1").fetchall())
        counts[-2] = residents - sum(counts.values())
        offers = f"SELECT person, {amount}::BIGINT AS amount FROM decided WHERE {outcome} = {YES}"
        result[service] = Screened(counts, as_frame(connection, offers))
    return result


def reform(connection: duckdb.DuckDBPyConnection) -> list[tuple]:
    """A lower highest fee by district and age band."""
    return connection.execute(REFORM).fetchall()


CONTENDER = Contender(
    name="duckdb",
    title="DuckDB SQL by hand",
    prepare=prepare,
    tasks={"all": all_columns, "screen": screen, "reform": reform},
    answers={
        "all": lambda connection, _: as_frame(connection, f"SELECT person, {', '.join(COLUMNS)} FROM answer"),
        "screen": lambda connection, answer: answer,
        "reform": lambda connection, rows: pl.DataFrame(
            rows, schema=["district", "band", "change", "winners", "losers", "unknown"], orient="row"
        ),
    },
    # It reads the files itself.
    columns=["person"],
    spell_columns=["person"],
    close=lambda connection: connection.close(),
)
