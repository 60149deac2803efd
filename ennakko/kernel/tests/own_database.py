# SPDX-License-Identifier: EUPL-1.2
"""A database of a test's own, worked on by processes of its own: for races and sudden deaths.

The test database will not do: on SQLite it lives in one process's memory.
"""

import atexit
import json
import os
import shutil
import subprocess
import sys
import tempfile
import textwrap
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import psycopg
from django.conf import settings
from django.db import connection

FLOOR = ("clock", "access", "audit", "purposes", "registers", "people", "organisations", "messages", "jobs")
APPS = [f"ennakko.kernel.{app}" for app in FLOOR]
"""The kernel's lower floor, which stands without any service: so a process starts fast."""
BEGINNING = """
import json, os, sys, time
import django
from django.conf import settings
settings.INSTALLED_APPS = APPS
django.setup()
from datetime import UTC, datetime, timedelta
from pathlib import Path
from django.db import connection, transaction
AT = datetime(2026, 4, 15, 9, 0, tzinfo=UTC)
def tell(**said):
    print(json.dumps(said, default=str), flush=True)
"""


@dataclass(frozen=True, slots=True)
class OwnDatabase:
    """Runs Python in processes that use this database; `folder` is theirs to share files in."""

    url: str
    folder: Path
    apps: tuple[str, ...]

    def start(self, code: str, **variables: object) -> "subprocess.Popen[str]":
        """Start a process; its output is what it told, as JSON lines."""
        given = "".join(f"{name} = {value!r}\n" for name, value in variables.items())
        program = (
            f"APPS = {list(self.apps)!r}\n"
            + BEGINNING
            + f"FOLDER = Path({str(self.folder)!r})\n"
            + given
            + textwrap.dedent(code)
        )
        environment = os.environ | {
            "DJANGO_SETTINGS_MODULE": os.environ.get("DJANGO_SETTINGS_MODULE", "ennakko.web.settings"),
            "ENNAKKO_DATABASE": self.url,
            "ENNAKKO_VAR": str(self.folder),
        }
        return subprocess.Popen(
            [sys.executable, "-c", program], env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )

    def run(self, code: str, **variables: object) -> list[dict[str, object]]:
        """Run a process to its end; what it told."""
        return told_by(self.start(code, **variables))


def told_by(process: "subprocess.Popen[str]") -> list[dict[str, object]]:
    """What a process told until its end; fails if it ended in an error."""
    out, err = process.communicate(timeout=600)
    assert process.returncode == 0, err
    return [json.loads(line) for line in out.splitlines()]


@contextmanager
def own_database(folder: Path, *, and_apps: tuple[str, ...] = ()) -> Iterator[OwnDatabase]:
    """An empty migrated database on the engine under test, dropped afterwards, with the tables of every app.

    Its processes start with the lower floor's apps and `and_apps`: the fewer, the sooner.
    """
    apps = (*APPS, *and_apps)
    asked = os.environ.get("ENNAKKO_DATABASE", "")
    assert not asked.endswith("/no/database/for/this/test.sqlite3"), "Mark the test `django_db` or `database`."
    if connection.vendor == "sqlite":
        shutil.copyfile(_migrated_file(), folder / "own.sqlite3")
        yield OwnDatabase(f"sqlite:///{folder}/own.sqlite3", folder, apps)
        return
    name, model = f"own_{uuid.uuid4().hex[:12]}", _migrated_name()
    with _server() as server:
        server.execute(f'CREATE DATABASE "{name}" TEMPLATE "{model}"')
        try:
            yield OwnDatabase(f"postgres://{_place()}/{name}", folder, apps)
        finally:
            server.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


@cache
def _migrated_file() -> Path:
    """SQLite: an empty database, migrated once for all tests of this process."""
    folder = Path(tempfile.mkdtemp(prefix="own-database-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    _migrate(OwnDatabase(f"sqlite:///{folder}/empty.sqlite3", folder, tuple(settings.INSTALLED_APPS)))
    return folder / "empty.sqlite3"


@cache
def _migrated_name() -> str:
    """PostgreSQL: the name of such a database, from which others are made."""
    name = f"own_{uuid.uuid4().hex[:12]}"
    with _server() as server:
        server.execute(f'CREATE DATABASE "{name}"')
    atexit.register(_drop, name, _place())
    with tempfile.TemporaryDirectory() as folder:
        _migrate(OwnDatabase(f"postgres://{_place()}/{name}", Path(folder), tuple(settings.INSTALLED_APPS)))
    return name


def _place() -> str:
    known = connection.settings_dict
    host, port, user, password = (str(known[key] or "") for key in ("HOST", "PORT", "USER", "PASSWORD"))
    return f"{user}:{password}@{host}:{port or 5432}"


def _server() -> "psycopg.Connection[tuple[Any, ...]]":
    return psycopg.connect(f"postgres://{_place()}/postgres", autocommit=True)


def _drop(name: str, place: str) -> None:
    with psycopg.connect(f"postgres://{place}/postgres", autocommit=True) as server:
        server.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def _migrate(database: OwnDatabase) -> None:
    database.run("from django.core.management import call_command; call_command('migrate', verbosity=0)")
