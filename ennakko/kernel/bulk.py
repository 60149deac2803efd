# SPDX-License-Identifier: EUPL-1.2
"""Rows written without Django's machinery: 12,000 in tenths of a second, or one at a time in one statement."""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from datetime import time as clock_time
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache
from typing import Any, NamedTuple
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS, DataError, connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import (
    BooleanField,
    CharField,
    DateField,
    DateTimeField,
    Field,
    ForeignKey,
    IntegerField,
    JSONField,
    ManyToOneRel,
    Model,
    TextField,
)
from django.db.models.expressions import RawSQL

from ennakko.kernel.statements import changed_by, database, moment_as_stored, rows_of

_JSON = json.JSONEncoder(ensure_ascii=False)
FEW = 4
"""So many rows are written with a parameter for each value; more of them as columns."""


def among(keys: Iterable[int]) -> RawSQL:
    """Keys as one parameter, for `filter(subject__in=among(keys))`.

    With a parameter each, Django takes longer over thousands of keys than the database does over the query.
    """
    if connection.vendor == "postgresql":
        return RawSQL("SELECT unnest(%s::bigint[])", ["{" + ",".join(map(str, keys)) + "}"])
    return RawSQL("SELECT value FROM json_each(%s)", ["[" + ",".join(map(str, keys)) + "]"])


def among_words(words: Iterable[str]) -> tuple[str, str]:
    """Texts as one parameter of a statement that is written by hand: `IN (…)` with it, and its value."""
    listed = json.dumps(list(words))
    if connection.vendor == "postgresql":
        return "SELECT json_array_elements_text(%s::json)", listed
    return "SELECT value FROM json_each(%s)", listed


def pointed_at(model: type[Model], keys: Iterable[int], *, but_from: str = "") -> set[int]:
    """The rows of some keys to which a row of any table points; `but_from`: app whose own rows do not count."""
    wanted, found = list(keys), set[int]()
    # Hidden relations too: a relation without a name of its own is a row that points here all the same.
    for relation in model._meta.get_fields(include_hidden=True):
        if isinstance(relation, ManyToOneRel) and relation.related_model._meta.app_label != but_from:
            name = relation.field.name
            rows = relation.related_model._base_manager.filter(**{f"{name}__in": among(wanted)})
            found.update(rows.values_list(name, flat=True))
    return found


def insert_rows(
    model: type[Model],
    columns: Sequence[str],
    rows: Iterable[Sequence[Any]],
    *,
    unique: Sequence[str] = (),
    update: Sequence[str] = (),
) -> int:
    """Insert rows given as tuples in the order of `columns` (field names); the number of rows written.

    A row whose `unique` fields are taken is left alone, or has its `update` fields replaced. Every column without a
    database default must be given. Defaults of Python, `auto_now` and signals do not apply.
    """
    wanted = list(rows)
    if len(wanted) <= FEW:
        return _insert_few(model, tuple(columns), wanted, tuple(unique), tuple(update))
    fields = [_field(model, name) for name in columns]
    given = list(zip(*wanted, strict=True))
    if len(given) != len(fields):
        raise ValueError(f"Rows of {len(given)} values for {len(fields)} columns of {model.__name__}.")
    quote = connection.ops.quote_name
    table = quote(model._meta.db_table)
    names = ", ".join(quote(_column(field)) for field in fields)
    conflict = _conflict(model, unique, update)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            source, parameters = _as_recordset(fields, given)
            cursor.execute(f"INSERT INTO {table} ({names}) {source} {conflict}", parameters)
            return int(cursor.rowcount)
        places = ", ".join(["%s"] * len(fields))
        values = (_stored_column(field, column) for field, column in zip(fields, given, strict=True))
        by_row = list(zip(*values, strict=True))
        cursor.executemany(f"INSERT INTO {table} ({names}) VALUES ({places}) {conflict}", by_row)  # noqa: S608
        return int(cursor.rowcount)


def _insert_few(
    model: type[Model], columns: tuple[str, ...], rows: list[Sequence[Any]], unique: tuple[str, ...],
    update: tuple[str, ...],
) -> int:  # fmt: skip
    """A handful of rows in one statement with a parameter for each value."""
    if not rows:
        return 0
    db = database()
    sql, fields = _few_statement(model, columns, len(rows), unique, update, db.vendor)
    values = []
    for row in rows:
        if len(row) != len(fields):
            raise ValueError(f"Rows of {len(row)} values for {len(fields)} columns of {model.__name__}.")
        values += [_stored(one, value, db) for one, value in zip(fields, row, strict=True)]
    return changed_by(sql, values)


def insert(row: Model) -> None:
    """Insert one new row as it stands and give it its key, in one statement and without Django's machinery.

    For the writes of which every request makes many: it takes a fifth of the time of `save`. Signals do not apply.
    """
    model, db = type(row), database()
    without_key = row.pk is None
    sql, fields = _insert_statement(model, without_key, db.vendor)
    key = rows_of(sql, [_stored(one, getattr(row, one.name), db) for one in fields])[0][0]
    if without_key:
        row.pk = key
    row._state.adding, row._state.db = False, DEFAULT_DB_ALIAS


def change(model: type[Model], where: Mapping[str, Any], values: Mapping[str, Any]) -> int:
    """Give every row whose fields are as in `where` (none of them None) new values; how many there were."""
    db = database()
    sql, fields = _change_statement(model, tuple(values), tuple(where), db.vendor)
    told = zip(fields, (*values.values(), *where.values()), strict=True)
    return changed_by(sql, [_stored(one, value, db) for one, value in told])


def insert_and_change(
    rows: Sequence[Model], model: type[Model], where: Mapping[str, Any], values: Mapping[str, Any]
) -> int:
    """Insert rows whose keys are known, and change others as `change` does; on PostgreSQL in one statement.

    None of them may rest on another's being there already, but for a key that points to it. How many were changed.
    """
    db = database()
    if db.vendor != "postgresql":
        for row in rows:
            insert(row)
        return change(model, where, values)
    parts, told = [], []
    for place, row in enumerate(rows):
        sql, fields = _insert_statement(type(row), False, db.vendor)
        parts.append(f"r{place} AS ({sql})")
        told += [_stored(one, getattr(row, one.name), db) for one in fields]
        row._state.adding, row._state.db = False, DEFAULT_DB_ALIAS
    sql, fields = _change_statement(model, tuple(values), tuple(where), db.vendor)
    told += [_stored(one, value, db) for one, value in zip(fields, (*values.values(), *where.values()), strict=True)]
    return changed_by(f"WITH {', '.join(parts)} {sql}", told)


def remove(model: type[Model], where: Mapping[str, Any]) -> int:
    """Delete every row whose fields are as in `where` (none of them None); how many. For tables nobody points to."""
    db = database()
    sql, fields = _removal_statement(model, tuple(where), db.vendor)
    return changed_by(sql, [_stored(one, value, db) for one, value in zip(fields, where.values(), strict=True)])


class _Stored(NamedTuple):
    """A column as one row's value is written to it: the attribute, the type that the database takes as it is."""

    name: str
    plain: type | None
    field: "Field[Any, Any]"
    kind: type
    """What the column holds: the type of its field, and of a key that of the field it points at."""
    most: int | None
    """The longest text it takes; None: any."""


def _storing(field: "Field[Any, Any]") -> _Stored:
    target = field.target_field if isinstance(field, ForeignKey) else field
    kind = JSONField if isinstance(field, JSONField) else type(target)
    most = field.max_length if _plain(field) is str else None
    return _Stored(field.attname, _plain(field), field, kind, most)


def _stored(one: _Stored, value: Any, db: BaseDatabaseWrapper) -> Any:
    """One value as the database takes it; the common kinds without asking the field."""
    kind = type(value)
    if value is None or kind is one.plain:
        if one.most is not None and value is not None and len(value) > one.most:  # SQLite would take it
            raise DataError(f"{one.field}: a text of {len(value)} characters; the longest it takes is {one.most}.")
        return value
    if one.kind is JSONField:
        return _JSON.encode(value)
    if kind is datetime and one.kind is DateTimeField and value.tzinfo is not None:
        return moment_as_stored(value, db)
    if kind is date and one.kind is DateField:
        return db.ops.adapt_datefield_value(value)
    return one.field.get_db_prep_save(value, db)


@lru_cache(maxsize=256)
def _change_statement(
    model: type[Model], values: tuple[str, ...], where: tuple[str, ...], vendor: str
) -> tuple[str, tuple[_Stored, ...]]:
    quote = connection.ops.quote_name
    changes = ", ".join(f"{quote(_column(_field(model, name)))} = %s" for name in values)
    conditions = " AND ".join(f"{quote(_column(_field(model, name)))} = %s" for name in where)
    sql = f"UPDATE {quote(model._meta.db_table)} SET {changes} WHERE {conditions}"  # noqa: S608
    return sql, tuple(_storing(_field(model, name)) for name in (*values, *where))


@lru_cache(maxsize=64)
def _removal_statement(model: type[Model], where: tuple[str, ...], vendor: str) -> tuple[str, tuple[_Stored, ...]]:
    quote = connection.ops.quote_name
    conditions = " AND ".join(f"{quote(_column(_field(model, name)))} = %s" for name in where)
    sql = f"DELETE FROM {quote(model._meta.db_table)} WHERE {conditions}"  # noqa: S608
    return sql, tuple(_storing(_field(model, name)) for name in where)


@lru_cache(maxsize=256)
def _insert_statement(model: type[Model], without_key: bool, vendor: str) -> tuple[str, tuple[_Stored, ...]]:
    told = [one for one in model._meta.concrete_fields if not one.generated]
    fields = tuple(one for one in told if not (without_key and one.primary_key))
    quote = connection.ops.quote_name
    names = ", ".join(quote(_column(field)) for field in fields)
    key = quote(_column(_field(model, "pk")))
    sql = f"INSERT INTO {quote(model._meta.db_table)} ({names}) VALUES {_places(fields, vendor)} RETURNING {key}"  # noqa: S608
    return sql, tuple(_storing(field) for field in fields)


@lru_cache(maxsize=256)
def _few_statement(
    model: type[Model], columns: tuple[str, ...], rows: int, unique: tuple[str, ...], update: tuple[str, ...],
    vendor: str,
) -> tuple[str, tuple[_Stored, ...]]:  # fmt: skip
    fields = tuple(_field(model, name) for name in columns)
    quote = connection.ops.quote_name
    names = ", ".join(quote(_column(field)) for field in fields)
    places = ", ".join([_places(fields, vendor)] * rows)
    sql = f"INSERT INTO {quote(model._meta.db_table)} ({names}) VALUES {places} {_conflict(model, unique, update)}"  # noqa: S608
    return sql, tuple(_storing(field) for field in fields)


def _places(fields: "Sequence[Field[Any, Any]]", vendor: str) -> str:
    """A row's parameters, each of its column's own type: PostgreSQL would guess at some."""
    return f"({', '.join(f'%s::{_type(field)}' if vendor == 'postgresql' else '%s' for field in fields)})"


def update_rows(model: type[Model], columns: Sequence[str], rows: Mapping[Any, Sequence[Any]]) -> int:
    """Give each row, named by its primary key, values of its own in `columns` (field names); how many rows there were.

    Lock the rows first where another writer may have changed them.
    """
    if not rows:
        return 0
    fields = [_field(model, name) for name in ("pk", *columns)]
    given = [list(rows), *(list(column) for column in zip(*rows.values(), strict=True))]
    values = [_stored_column(field, column) for field, column in zip(fields, given, strict=True)]
    quote = connection.ops.quote_name
    table, (key, *names) = quote(model._meta.db_table), [quote(_column(field)) for field in fields]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            source, text = _recordset([f"c{number} {_type(field)}" for number, field in enumerate(fields)], values)
            changes = ", ".join(f"{name} = v.c{number}" for number, name in enumerate(names, 1))
            cursor.execute(f"UPDATE {table} SET {changes} FROM {source} WHERE {table}.{key} = v.c0", [text])  # noqa: S608
            return int(cursor.rowcount)
        changes = ", ".join(f"{name} = %s" for name in names)
        by_row = zip(*values[1:], values[0], strict=True)
        cursor.executemany(f"UPDATE {table} SET {changes} WHERE {key} = %s", list(by_row))  # noqa: S608
        return int(cursor.rowcount)


def _field(model: type[Model], name: str) -> "Field[Any, Any]":
    field = model._meta.pk if name == "pk" else model._meta.get_field(name)
    if not isinstance(field, Field):
        raise TypeError(f"{model.__name__}.{name} is not a column of the table.")
    return field


def _column(field: "Field[Any, Any]") -> str:
    return str(field.column)


def _conflict(model: type[Model], unique: Sequence[str], update: Sequence[str]) -> str:
    if not unique:
        return "ON CONFLICT DO NOTHING"
    quote = connection.ops.quote_name
    target = ", ".join(quote(_column(_field(model, name))) for name in unique)
    if not update:
        return f"ON CONFLICT ({target}) DO NOTHING"
    changes = ", ".join(
        f"{quote(_column(_field(model, name)))} = excluded.{quote(_column(_field(model, name)))}" for name in update
    )
    return f"ON CONFLICT ({target}) DO UPDATE SET {changes}"


def _stored_column(field: "Field[Any, Any]", column: Sequence[Any]) -> list[Any]:
    """The values as the database takes them. Most are so already, or stand again and again (one moment, one run)."""
    if isinstance(field, JSONField):
        return _written(column)
    as_it_is = _plain(field)
    db = database()
    known: dict[tuple[type, Any], Any] = {}
    stored = []
    for value in column:
        kind = type(value)
        if value is None or kind is as_it_is:
            stored.append(value)
        elif kind is datetime or kind is date or issubclass(kind, StrEnum):
            if (kind, value) not in known:
                known[kind, value] = field.get_db_prep_save(value, db)
            stored.append(known[kind, value])
        else:
            stored.append(field.get_db_prep_save(value, db))
    return stored


def _plain(field: "Field[Any, Any]") -> type | None:
    """The type of values that the database takes as they are."""
    target = field.target_field if isinstance(field, ForeignKey) else field
    if isinstance(target, IntegerField):
        return int
    return {CharField: str, TextField: str, BooleanField: bool}.get(type(target))


def _written(column: Sequence[Any]) -> list[str | None]:
    """JSON as text; what stands in many rows (the same object) is written once."""
    known: dict[int, str] = {}
    texts: list[str | None] = []
    for value in column:
        if value is None:
            texts.append(None)
            continue
        text = known.get(id(value))
        if text is None:
            text = known[id(value)] = _JSON.encode(value)
        texts.append(text)
    return texts


def _as_recordset(fields: Sequence["Field[Any, Any]"], given: Sequence[Sequence[Any]]) -> tuple[str, list[Any]]:
    """The rows for PostgreSQL as one JSON text, which both sides write and read faster than arrays or parameters.

    A column that has one value throughout is sent once.
    """
    selected, kinds, once, many = [], [], [], []
    for number, (field, column) in enumerate(zip(fields, given, strict=True)):
        kind = _type(field)
        # Values of a JSON column are compared as objects: 1, 1.0 and true are equal in Python.
        same = all(value is column[0] for value in column)
        if number > 0 and same:
            selected.append(f"%s::{kind}")
            once.append(
                _written(column[:1])[0] if isinstance(field, JSONField) else _stored_column(field, column[:1])[0]
            )
        else:
            selected.append(f"v.c{number}")
            kinds.append(f"c{number} {kind}")
            many.append(column if isinstance(field, JSONField) else _stored_column(field, column))
    rows, text = _recordset(kinds, many)
    return f"SELECT {', '.join(selected)} FROM {rows}", [*once, text]  # noqa: S608


def _recordset(kinds: Sequence[str], columns: Sequence[Sequence[Any]]) -> tuple[str, str]:
    """A table `v` of columns such as `c0 bigint`, and its one parameter."""
    names = [kind.partition(" ")[0] for kind in kinds]
    text = _ROWS.encode([dict(zip(names, row, strict=True)) for row in zip(*columns, strict=True)])
    return f"json_to_recordset(%s) AS v({', '.join(kinds)})", text


def _as_text(value: Any) -> str:
    """What JSON has no way of writing, as PostgreSQL reads it."""
    if isinstance(value, date | clock_time):
        return value.isoformat()
    if isinstance(value, Decimal | UUID):
        return str(value)
    raw = getattr(value, "obj", value)
    if isinstance(raw, bytes | bytearray | memoryview):
        return "\\x" + bytes(raw).hex()
    raise TypeError(f"A {type(value).__name__} cannot be written in bulk.")


_ROWS = json.JSONEncoder(ensure_ascii=False, default=_as_text)


@lru_cache(maxsize=1024)
def _type(field: "Field[Any, Any]") -> str:
    target = field.target_field if isinstance(field, ForeignKey) else field
    written = str(target.rel_db_type(connection))
    return written.partition("(")[0].replace("varchar", "text")
