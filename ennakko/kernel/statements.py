# SPDX-License-Identifier: EUPL-1.2
"""One statement to the database without the layers that Django puts round it: for those of which a request makes many.

What the layers are for is kept: whoever listens hears the statement (then it goes Django's way), a broken transaction
is refused, errors are Django's, and the connection is opened where it is closed.
"""

import threading
from collections.abc import Sequence
from datetime import datetime, tzinfo
from functools import lru_cache
from typing import Any, cast
from weakref import WeakKeyDictionary

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.utils import timezone

_own = threading.local()


def database() -> BaseDatabaseWrapper:
    """The thread's own connection, kept where it is found at once: Django's way to it goes through a lock."""
    found = getattr(_own, "database", None)
    if found is None:
        found = _own.database = connections[DEFAULT_DB_ALIAS]
    return cast("BaseDatabaseWrapper", found)


def moment_as_stored(value: datetime, db: BaseDatabaseWrapper) -> Any:
    """A moment as the database takes it; what happens together has the same moment in many rows."""
    if db.vendor == "sqlite" and value.tzinfo is not None:
        return _written(value, value.fold, db.timezone)
    return db.ops.adapt_datetimefield_value(value)


@lru_cache(maxsize=256)
def _written(value: datetime, fold: int, zone: tzinfo) -> str:
    """`fold` tells the hour that comes twice in autumn apart: to Python the two moments are equal."""
    return str(timezone.make_naive(value, zone))


def rows_of(sql: str, values: Sequence[Any]) -> list[tuple[Any, ...]]:
    """Every row that a statement gives; `%s` stands for a value in both kinds of database."""
    db = database()
    if _listened_to(db):
        with db.cursor() as cursor:
            cursor.execute(sql, values)
            return list(cursor.fetchall())
    with db.wrap_database_errors:
        return list(_run(db, sql, values).fetchall())


def changed_by(sql: str, values: Sequence[Any]) -> int:
    """How many rows a statement changed or wrote."""
    db = database()
    if _listened_to(db):
        with db.cursor() as cursor:
            cursor.execute(sql, values)
            return int(cursor.rowcount)
    with db.wrap_database_errors:
        return int(_run(db, sql, values).rowcount)


def _listened_to(db: BaseDatabaseWrapper) -> bool:
    """Whether somebody counts or watches statements; or a kind of database that has no short way here."""
    return bool(db.execute_wrappers or db.queries_logged) or db.vendor not in ("sqlite", "postgresql")


def _run(db: Any, sql: str, values: Sequence[Any]) -> Any:
    """The statement run on the driver's own connection, after the checks that Django's cursor makes."""
    db.close_if_health_check_failed()
    if db.connection is None:
        db.ensure_connection()
    db.validate_no_broken_transaction()
    if db.vendor == "sqlite":
        return db.connection.execute(_with_question_marks(sql), values)
    return _binding_cursor(db).execute(sql, values)


_cursors: WeakKeyDictionary[BaseDatabaseWrapper, Any] = WeakKeyDictionary()
"""PostgreSQL: the cursor of each thread's connection. Its results are fetched at once, so one is enough."""


def _binding_cursor(db: Any) -> Any:
    """A cursor that sends values beside the statement, which the server then prepares once (`prepare_threshold`)."""
    kept = _cursors.get(db)
    if kept is None or kept.connection is not db.connection:
        from psycopg import Cursor

        kept = _cursors[db] = Cursor(db.connection)
    return kept


@lru_cache(maxsize=1024)
def _with_question_marks(sql: str) -> str:
    """As SQLite writes it; `%%` stands for one percent sign."""
    return "%".join(part.replace("%s", "?") for part in sql.split("%%"))
