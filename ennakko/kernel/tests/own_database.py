# SPDX-License-Identifier: EUPL-1.2
"""A database of a test's own, worked on by processes of its own: for races and sudden deaths.

The test database will not do: on SQLite it lives in one process's memory.
"""

import json
import os
import subprocess
import sys
import textwrap
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg
from django.db import connection

APPS = [f"ennakko.kernel.{app}" for app in ("clock", "access", "audit", "purposes", "people", "messages", "jobs")]
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
    out, err = process.communicate(timeout=120)
    assert process.returncode == 0, err
    return [json.loads(line) for line in out.splitlines()]


@contextmanager
def own_database(folder: Path, *, and_apps: tuple[str, ...] = ()) -> Iterator[OwnDatabase]:
    """An empty migrated database on the engine under test, dropped afterwards; `and_apps` beside the lower floor's."""
    apps = (*APPS, *and_apps)
    if connection.vendor == "sqlite":
        database = OwnDatabase(f"sqlite:///{folder}/own.sqlite3", folder, apps)
        _migrate(database)
        yield database
        return
    name, known = f"own_{uuid.uuid4().hex[:12]}", connection.settings_dict
    host, port, user, password = (str(known[key] or "") for key in ("HOST", "PORT", "USER", "PASSWORD"))
    place = f"{user}:{password}@{host}:{port or 5432}"
    with psycopg.connect(f"postgres://{place}/postgres", autocommit=True) as server:
        server.execute(f'CREATE DATABASE "{name}"')
        try:
            database = OwnDatabase(f"postgres://{place}/{name}", folder, apps)
            _migrate(database)
            yield database
        finally:
            server.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def _migrate(database: OwnDatabase) -> None:
    database.run("from django.core.management import call_command; call_command('migrate', verbosity=0)")
