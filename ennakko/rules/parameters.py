# SPDX-License-Identifier: Apache-2.0
"""Dated parameters: every amount, limit and date of the law or of a city's decision, with its source."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from ennakko.rules.errors import EvaluationError, RuleError, near_names
from ennakko.values.texts import Text

Number = int
ScalarValue = bool | int | date | str
SetValue = tuple[ScalarValue, ...]


@dataclass(frozen=True, slots=True)
class StepTable:
    """A step table: the value of the row with the greatest key that is at most the looked-up one; below it, unknown."""

    steps: tuple[tuple[int | date, int], ...]

    def __post_init__(self) -> None:
        keys = [key for key, _ in self.steps]
        if not keys or keys != sorted(set(keys)):
            raise RuleError("A step table needs rows in rising order of their keys, each key once")

    def at(self, key: int | date) -> int | None:
        """The value for a key, None below the first row."""
        found: int | None = None
        for start, value in self.steps:
            if start <= key:  # type: ignore[operator]
                found = value
        return found


@dataclass(frozen=True, slots=True)
class NotDecided:
    """A value that nobody has decided yet, and whom to ask; evaluates to unknown."""

    ask: Text


PlainValue = ScalarValue | SetValue | StepTable | NotDecided


@dataclass(frozen=True, slots=True)
class Row:
    """One value in force from `start` to `end` (both included; None = until further notice), with its source of law."""

    start: date
    end: date | None
    value: PlainValue
    source: Text

    def covers(self, on: date) -> bool:
        """Whether the row is in force on the day."""
        return self.start <= on and (self.end is None or on <= self.end)


@dataclass(frozen=True, slots=True)
class ByYear:
    """A parameter year by year: the row in force on the last day of each, None for years that no row covers.

    `entries` hold the first year of each row, in rising order; the last one goes on.
    """

    entries: tuple[tuple[int, Row | None], ...]

    def row(self, year: int) -> Row | None:
        """The row of a year."""
        found: Row | None = None
        for first, row in self.entries:
            if first <= year:
                found = row
        return found

    def of(self, year: int) -> PlainValue | None:
        """The value of a year, None where no row covers it."""
        row = self.row(year)
        return None if row is None else row.value


ParameterValue = PlainValue | ByYear

LARGEST = 10**12
"""The greatest number of a parameter: a country's people times this still fits in 64 bits, in every engine."""

KINDS = ("int", "money", "date", "bool", "code", "set", "table")


@dataclass(frozen=True, slots=True)
class Parameter:
    """A named parameter with its rows in order of time.

    `kind` is one of `KINDS`; money is whole cents (`money`: amounts or a step table of them). `origin` names
    the file. Raises RuleError for overlapping rows.
    """

    name: str
    kind: str
    rows: tuple[Row, ...]
    label: Text | None = None
    origin: str = ""
    money: bool = False

    def __post_init__(self) -> None:
        if not self.rows:
            raise RuleError(f"{self.origin}: {self.name} has no rows. Write at least one with from, value and source.")
        for row in self.rows:
            if type(row.value) is int and abs(row.value) > LARGEST:
                raise RuleError(
                    f"{self.origin}: {self.name} from {row.start} is {row.value}, more than {LARGEST}: summed over "
                    "everyone it would not fit in 64 bits. Check the figure; money is in cents."
                )
        for earlier, later in zip(self.rows, self.rows[1:], strict=False):
            if later.start <= earlier.start or earlier.end is None or later.start <= earlier.end:
                raise RuleError(
                    f"{self.origin}: the rows of {self.name} from {earlier.start} and from {later.start} overlap. "
                    f"End the earlier one with until = {later.start - timedelta(days=1)}, or change its from."
                )

    @property
    def type(self) -> str:
        """The type in a rule's tree: money is int."""
        return "int" if self.kind == "money" else self.kind

    def row(self, on: date) -> Row:
        """The row in force on a day; raises EvaluationError when there is none."""
        for row in self.rows:
            if row.covers(on):
                return row
        spans = ", ".join(f"{row.start}–{row.end or ''}" for row in self.rows)
        raise EvaluationError(
            f"The parameter {self.name} has no value on {on}: its rows cover {spans}. "
            f"Evaluate on a day inside them, or add a row with from, value and source to {self.origin or 'its file'}."
        )

    def by_year(self) -> ByYear:
        """The value that each year ends with."""
        entries: dict[int, Row | None] = {}
        for row in self.rows:
            entries[row.start.year] = row
            if row.end is not None and row.end < date.max:
                # Until the next row, if one begins in that year.
                entries[(row.end + timedelta(days=1)).year] = None
        return ByYear(tuple(sorted(entries.items(), key=lambda entry: entry[0])))


def in_sequence(rows: Iterable[Row]) -> tuple[Row, ...]:
    """Rows by time, each without an end ending the day before the next begins."""
    ordered = sorted(rows, key=lambda row: row.start)
    return tuple(
        row if row.end is not None or later is None or later.start <= row.start
        else replace(row, end=later.start - timedelta(days=1))
        for row, later in zip(ordered, [*ordered[1:], None], strict=True)
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Parameters:
    """The parameters of one file, by full name `<service>.<key>`."""

    origin: str
    parameters: tuple[Parameter, ...]

    @staticmethod
    def load(path: Path | str, *, service: str | None = None) -> Parameters:
        """Read a TOML file (format: `parameter_files`); raises RuleError naming file, parameter and what to write."""
        from ennakko.rules.parameter_files import read

        return read(Path(path), service)


class ParameterBook:
    """All parameters by name: the law's of each service and the municipality's, merged; immutable.

    Raises RuleError when two files give the same parameter.
    """

    __slots__ = ("_by_name",)

    def __init__(self, *files: Parameters) -> None:
        by_name: dict[str, Parameter] = {}
        for file in files:
            for parameter in file.parameters:
                if parameter.name in by_name:
                    raise RuleError(
                        f"The parameter {parameter.name} is in {by_name[parameter.name].origin} and in {file.origin}. "
                        "Keep it in the law's file if the law sets it, in the municipality's if the city decides it."
                    )
                by_name[parameter.name] = parameter
        self._by_name = by_name

    @staticmethod
    def load(*paths: Path | str) -> ParameterBook:
        """The book made of these files."""
        return ParameterBook(*(Parameters.load(path) for path in paths))

    def __iter__(self) -> Iterator[Parameter]:
        return iter(self._by_name.values())

    def __contains__(self, name: str) -> bool:
        return name in self._by_name

    def get(self, name: str) -> Parameter:
        """The parameter; raises RuleError naming the near ones."""
        if name not in self._by_name:
            raise RuleError(
                f"No parameter {name}.{near_names(name, self._by_name)} Parameters live in the service's "
                "law/parameters.toml and the municipality's parameters/<service>.toml."
            )
        return self._by_name[name]

    def row(self, name: str, on: date) -> Row:
        """The row of a parameter in force on a day."""
        return self.get(name).row(on)

    def value(self, name: str, on: date) -> Any:
        """The value of a parameter on a day; a `NotDecided` where nobody has decided."""
        return self.row(name, on).value

    def changed(self, changes: Mapping[str, object], *, source: Text) -> ParameterBook:
        """The book with some parameters changed: `{name: value}` for all days or `{name: {first day: value}}`.

        Raises RuleError for an unknown name or a value of another kind.
        """
        book = ParameterBook()
        book._by_name = dict(self._by_name)
        for name, change in changes.items():
            old = self.get(name)
            dated = dict(change) if isinstance(change, Mapping) else {old.rows[0].start: change}
            for start, value in sorted(dated.items()):
                new = Row(start, None, _of_kind(value, old), source)
                kept = [row for row in book._by_name[name].rows if row.start < start]
                kept = [replace(row, end=_before(start, row.end)) for row in kept]
                book._by_name[name] = replace(old, rows=in_sequence([*kept, new]))
        return book


def _before(start: date, end: date | None) -> date:
    eve = start - timedelta(days=1)
    return eve if end is None else min(end, eve)


_WRITTEN = {
    "int": "a whole number",
    "money": 'euros = 400, euros = "350.50" or whole cents',
    "date": "a date, as 2026-06-01",
    "bool": "true or false",
    "code": 'text, as "091"',
    "set": "a list with at least one value, as [15, 16]",
    "table": "a step table",
}


def _of_kind(value: object, parameter: Parameter) -> PlainValue:
    if isinstance(value, list | set | frozenset | tuple):
        value = tuple(sorted(value))
    if isinstance(value, str) and parameter.kind == "date":
        value = date.fromisoformat(value)
    if kind_of(value) != parameter.type:
        raise RuleError(
            f"{parameter.name} is of kind {parameter.kind}; {value!r} is not. Write {_WRITTEN[parameter.kind]}."
        )
    return value  # type: ignore[return-value]


def kind_of(value: object) -> str | None:
    """The kind of a parameter's value ("int" for money too); None for what cannot be one."""
    if isinstance(value, bool):
        return "bool"
    if isinstance(value, tuple):
        types = {type(each) for each in value}
        return "set" if value and len(types) == 1 and types <= {int, str, date} else None
    names: dict[type, str] = {int: "int", date: "date", str: "code", StepTable: "table"}
    return names.get(type(value))


_default = ParameterBook()


def default_book() -> ParameterBook:
    """The book that rules are bound with when none is given; empty until start-up sets it."""
    return _default


def set_default_book(book: ParameterBook) -> None:
    """Set at start-up from the enabled services and the municipality; rules never read settings."""
    global _default
    _default = book
