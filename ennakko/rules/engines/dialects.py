# SPDX-License-Identifier: Apache-2.0
"""What DuckDB, PostgreSQL and Spark SQL write differently: quotation, whole division, calendar arithmetic."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from ennakko.rules.errors import RuleError, near_names
from ennakko.rules.node import Value


@dataclass(frozen=True, slots=True)
class Dialect:
    """One database's way of writing. `fence` keeps its planner from writing a named step out inside others."""

    name: str
    quote: str
    text: str
    divide: str
    add_days: str
    add_months: str
    days_between: str
    fence: str = ""
    longest_name: int | None = None
    backslash_escapes: bool = False

    def identifier(self, name: str) -> str:
        """A quoted name; raises RuleError for one that the database would cut or cannot hold."""
        if not name or "\0" in name:
            raise RuleError(f"{name!r} cannot be a name in {self.name}.")
        if self.longest_name is not None and len(name.encode()) > self.longest_name:
            raise RuleError(f"{self.name} cuts names longer than {self.longest_name} bytes: shorten {name}.")
        return f"{self.quote}{name.replace(self.quote, 2 * self.quote)}{self.quote}"

    def table(self, name: str) -> str:
        """A table's quoted name; a dot separates it from its schema."""
        return ".".join(self.identifier(part) for part in name.split("."))

    def type(self, type_: str) -> str:
        """The column type; every number has 64 bits."""
        return {"bool": "BOOLEAN", "int": "BIGINT", "date": "DATE", "code": self.text}[type_]

    def literal(self, value: Value, type_: str) -> str:
        """A value as safe text of its type; None is NULL."""
        if value is None:
            return f"CAST(NULL AS {self.type(type_)})"
        if isinstance(value, bool):
            return "TRUE" if value else "FALSE"
        if isinstance(value, int):
            return f"CAST({value} AS BIGINT)"
        if isinstance(value, date):
            return f"DATE '{value.year:04}-{value.month:02}-{value.day:02}'"
        return self.string(value)

    def string(self, value: str) -> str:
        """A code as a quoted string; raises RuleError for a zero byte."""
        if "\0" in value:
            raise RuleError(f"The code {value!r} holds a zero byte, which no database takes.")
        if self.backslash_escapes:
            value = value.replace("\\", "\\\\").replace("'", "\\'")
            return "'" + value.replace("\n", "\\n").replace("\r", "\\r") + "'"
        return "'" + value.replace("'", "''") + "'"


DUCKDB = Dialect(
    name="duckdb",
    quote='"',
    text="VARCHAR",
    divide="({0} // {1})",
    add_days="({0} + CAST({1} AS INTEGER))",
    add_months="CAST({0} + to_months({1}) AS DATE)",
    days_between="date_diff('day', {0}, {1})",
)
POSTGRES = Dialect(
    name="postgres",
    quote='"',
    text="TEXT",
    divide="({0} / {1})",
    add_days="({0} + CAST({1} AS INTEGER))",
    add_months="CAST({0} + make_interval(months => {1}) AS DATE)",
    days_between="CAST({1} - {0} AS BIGINT)",
    # A subquery with OFFSET is not merged into the one around it, and unlike a materialised one costs nothing.
    fence=" OFFSET 0",
    longest_name=63,
)
SPARK = Dialect(
    name="spark",
    quote="`",
    text="STRING",
    divide="({0} div {1})",
    add_days="date_add({0}, {1})",
    add_months="add_months({0}, {1})",
    days_between="CAST(datediff({1}, {0}) AS BIGINT)",
    backslash_escapes=True,
)
DIALECTS = {dialect.name: dialect for dialect in (DUCKDB, POSTGRES, SPARK)}


def dialect_named(name: str | Dialect) -> Dialect:
    """A dialect by name ("duckdb", "postgres", "spark"); raises RuleError naming them all."""
    if isinstance(name, Dialect):
        return name
    if name not in DIALECTS:
        raise RuleError(f"There is no SQL dialect {name}.{near_names(name, DIALECTS)}")
    return DIALECTS[name]
