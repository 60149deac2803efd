# SPDX-License-Identifier: EUPL-1.2
"""What start-up gave is given back after each test: permits, figures, gates, scanner; nothing goes on.

The demo's gates of automatic decisions are closed and the permits it supposes are away, as in production: a test that
wants one has it opened.

A test that uses the database has the mark `database`, by itself where it says `django_db` or asks for a fixture that
does: only those are run again on PostgreSQL. Any other meets no database, nor does a process that it starts.

Of those, what is tested in Finnish and in other languages is run there in Finnish alone: words stand in files, and a
page asks the database the same in every language. In the others it has the mark `worded`, by itself.
"""

import os
from collections.abc import Generator, Iterator
from typing import Any

import pytest
from django.apps import apps
from hypothesis import HealthCheck, settings

# How fast examples are made depends on what else the machine does: it is no property of the code.
settings.register_profile("ours", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("ours")


NO_DATABASE = "sqlite:////no/database/for/this/test.sqlite3"
"""Where ENNAKKO_DATABASE points in a test without the mark `database`; pytest-django refuses it inside the process."""


def uses_database(item: pytest.Item) -> bool:
    """Whether what is tested depends on which database stands under it."""
    asked = {"db", "transactional_db", "live_server"} & set(getattr(item, "fixturenames", ()))
    return bool(asked) or any(item.get_closest_marker(name) for name in ("django_db", "database", "browser"))


def spoken(item: pytest.Item) -> tuple[str, str]:
    """The test without what it is given, and the language that it is given; empty where it is given none."""
    call = getattr(item, "callspec", None)
    return item.nodeid.partition("[")[0], str(call.params.get("language", "")) if call else ""


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The long files first: with two workers, none is left alone with one at the end. Who moves the clock is last."""
    in_finnish = {test for test, language in map(spoken, items) if language == "fi"}
    for item in items:
        if uses_database(item):
            item.add_marker("database")
        test, language = spoken(item)
        if language in ("sv", "en") and test in in_finnish:
            item.add_marker("worded")
    long = {item.path for item in items if item.get_closest_marker("slow")}
    items.sort(key=lambda item: (item.path.stem.endswith("_last"), item.path not in long))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    """Around the fixtures too: a module's own may start processes."""
    if item.get_closest_marker("database"):
        return (yield)
    kept = os.environ.get("ENNAKKO_DATABASE")
    os.environ["ENNAKKO_DATABASE"] = NO_DATABASE
    try:
        return (yield)
    finally:
        del os.environ["ENNAKKO_DATABASE"]
        if kept is not None:
            os.environ["ENNAKKO_DATABASE"] = kept


@pytest.fixture(scope="session", autouse=True)
def _emptied_quickly() -> Iterator[None]:
    """PostgreSQL empties each table in turn after a test with transactions of its own: here only those that hold rows.

    Emptying them all takes one to three seconds a test. It needs a superuser; anybody else empties them all.
    """
    if not apps.ready:
        yield
        return
    from django.db import connection
    from django.db.backends.postgresql.operations import DatabaseOperations

    usual = DatabaseOperations.sql_flush

    def deleted(self: Any, style: Any, tables: Any, **how: Any) -> list[str]:
        with connection.cursor() as cursor:
            cursor.execute("SELECT current_setting('is_superuser')")
            if cursor.fetchone() != ("on",) or how.get("reset_sequences"):
                return usual(self, style, tables, **how)
            held = [f"SELECT '{one}' WHERE EXISTS (SELECT FROM {self.quote_name(one)})" for one in tables]  # noqa: S608
            cursor.execute(" UNION ALL ".join(held) or "SELECT '' WHERE false")
            names = [name for (name,) in cursor.fetchall()]
        # Neither keys nor what forbids to take from the log is asked, as by TRUNCATE.
        emptied = (f"DELETE FROM {self.quote_name(one)}" for one in names)  # noqa: S608
        return ["SET LOCAL session_replication_role = replica", *emptied]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(DatabaseOperations, "sql_flush", deleted)
        yield


@pytest.fixture(scope="session", autouse=True)
def _tokens_say_nothing() -> Iterator[None]:
    """A form's token stands on every page: drawn from all letters and digits, one in thousands holds what is sought.

    Here a secret is drawn from letters that meet in no word and no figure, and its mask changes nothing.
    """
    from django.middleware import csrf
    from django.utils.crypto import get_random_string

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(csrf, "_get_new_csrf_string", lambda: get_random_string(csrf.CSRF_SECRET_LENGTH, "qxzQXZ"))
        patch.setattr(csrf, "_mask_cipher_secret", lambda secret: csrf.CSRF_ALLOWED_CHARS[0] * len(secret) + secret)
        yield


def _refuse_too_long(sender: Any, instance: Any, **_: Any) -> None:
    """As PostgreSQL does: SQLite would keep the text, and a real city's first claim would fail."""
    for field in (one for one in sender._meta.concrete_fields if not one.generated):
        value = field.value_from_object(instance)
        if field.max_length and isinstance(value, str) and len(value) > field.max_length:
            raise AssertionError(f"{field}: {value!r} is longer than {field.max_length} characters.")


@pytest.fixture(autouse=True)
def _as_start_up_gave_them() -> Iterator[None]:
    if not apps.ready:  # the rules alone, without the product around them
        yield
        return
    from django.core.cache import cache
    from django.db.models.signals import pre_save
    from django.utils import translation

    from ennakko.kernel.cases.automation import closed_gates, gates, open_gates
    from ennakko.kernel.documents import ports as documents
    from ennakko.kernel.registers.permits import permits, set_permits
    from ennakko.rules.parameters import default_book, set_default_book

    table, book, scanner = permits(), default_book(), documents.scanner()
    opened, closed = {(service, kind): record for service, kind, record in gates()}, closed_gates()
    open_gates({})
    set_permits(table.in_earnest())
    cache.clear()
    pre_save.connect(_refuse_too_long, dispatch_uid="too long")
    yield
    pre_save.disconnect(dispatch_uid="too long")
    translation.deactivate()  # a request answered in this thread leaves its language behind
    open_gates(opened, closed)
    set_permits(table)
    documents.use(scanner)
    set_default_book(book)
