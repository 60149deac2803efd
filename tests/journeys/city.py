# SPDX-License-Identifier: EUPL-1.2
"""A small city of its own for the journeys: prepared as the demonstration is, served on a free loopback port."""

import fcntl
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
import uuid
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg

from ennakko.web.server import serve

RESIDENTS = 3000
PATIENCE = 300
"""Seconds that the pages may take to start on a busy machine."""


@dataclass(frozen=True, slots=True)
class City:
    """Where the pages are, and the environment in which commands meet the same database and registers."""

    address: str
    folder: Path
    environment: dict[str, str]

    def runs(self, *command: str) -> str:
        """What an `ennakko` command printed; a failing command fails the journey with what it said."""
        done = subprocess.run(
            [sys.executable, "-m", "django", *command], env=self.environment, capture_output=True, text=True
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def answers(self, script: str) -> str:
        """What a few lines of Python print inside the city's own process environment."""
        return self.runs("shell", "--no-imports", "--command", script)


@contextmanager
def prepared_city(folder: Path, shared: Path, *, day: tuple[int, int, int] | None = None) -> Iterator[City]:
    """The city, prepared and served, on its first day or a later one; stopped and cleared away afterwards.

    On SQLite it is prepared once for all who work in `shared` at the same time, and each serves a copy of its own.
    """
    with _database() as database:
        if not database:
            made = _made_once(shared, day)
            shutil.copytree(made, folder, dirs_exist_ok=True)
        with _door() as door:
            city = _city(folder, database, port=door.getsockname()[1])
            if database:
                _prepare(city, day)
            with _served(city, door):
                yield city


def _city(folder: Path, database: dict[str, str], *, port: int = 0) -> City:
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("ENNAKKO_")},
        **database,
        "ENNAKKO_VAR": str(folder),
        "ENNAKKO_PROFILE": "demo",
        "DJANGO_SETTINGS_MODULE": "ennakko.web.settings",
    }
    return City(f"http://127.0.0.1:{port}", folder, environment)


def _prepare(city: City, day: tuple[int, int, int] | None) -> None:
    city.runs("demo", "--no-serve", "--residents", str(RESIDENTS))
    if day is not None:
        city.answers(IN_SUMMER.format(day=", ".join(map(str, day))))


def _made_once(shared: Path, day: tuple[int, int, int] | None) -> Path:
    """The folder of a city as it was prepared; whoever asks first prepares it, and the others wait."""
    folder = shared / ("city" if day is None else "-".join(map(str, ("city", *day))))
    with (shared / f"{folder.name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / "ready").exists():
            shutil.rmtree(folder, ignore_errors=True)
            if day is not None:
                shutil.copytree(_made_once(shared, None), folder, ignore=shutil.ignore_patterns("ready"))
                _city(folder, {}).answers(IN_SUMMER.format(day=", ".join(map(str, day))))
            else:
                folder.mkdir(parents=True)
                _prepare(_city(folder, {}), None)
            (folder / "ready").touch()
    return folder


@contextmanager
def _served(city: City, door: socket.socket) -> Iterator[None]:
    log = city.folder / "pages.log"
    with log.open("wb") as written:
        # One worker: what is throttled is counted in one place, and two cores are shared with the browser.
        pages = subprocess.Popen(
            serve(door.getsockname()[1], processes=1, threads=4), env=city.environment, stdout=written,
            stderr=written,
        )  # fmt: skip
        try:
            _wait_for(city.address, pages, log)
            yield
        finally:
            pages.send_signal(signal.SIGTERM)
            try:
                pages.wait(timeout=15)
            except subprocess.TimeoutExpired:
                pages.kill()
                pages.wait()


def _wait_for(address: str, pages: "subprocess.Popen[bytes]", log: Path) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        assert pages.poll() is None, f"The pages did not start:\n{log.read_text()}"
        try:
            with urllib.request.urlopen(f"{address}/ready", timeout=5) as answer:
                if answer.status == 200:
                    return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.2)
    raise AssertionError(f"The pages were not ready in {PATIENCE} seconds:\n{log.read_text()[-2000:]}")


@contextmanager
def _door() -> Iterator[socket.socket]:
    """A free port of the loopback address, held from now on: nobody else can take it before the pages do."""
    with closing(socket.socket()) as door:
        # The pages listen at the same port; this one never does.
        door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        door.bind(("127.0.0.1", 0))
        yield door


@contextmanager
def _database() -> Iterator[dict[str, str]]:
    """On PostgreSQL a database of its own beside the one that the environment names; else a file in the folder."""
    given = os.environ.get("ENNAKKO_DATABASE", "")
    if not given.startswith("postgres"):
        yield {}
        return
    name = f"journeys_{uuid.uuid4().hex[:12]}"
    parts = urlsplit(given)
    server = urlunsplit(parts._replace(path="/postgres"))
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
    try:
        yield {"ENNAKKO_DATABASE": urlunsplit(parts._replace(path=f"/{name}"))}
    finally:
        with psycopg.connect(server, autocommit=True) as connection:
            connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


IN_SUMMER = """
from datetime import date
from ennakko.kernel.clock.models import DemoClock
from ennakko.web import demo
day = date({day})
demo.live_until(day)
row = DemoClock.objects.get(pk=1)
row.offset_days, row.followed = row.offset_days + (day - row.followed).days, day
row.save()
demo.run_jobs_of(day)
"""


def number_of(city: City, person: int) -> str:
    """The number of a persona's voucher, as it is written."""
    return city.answers(
        "from ennakko.services.summer_voucher.models import Voucher\n"
        "from ennakko.services.summer_voucher.queries.vouchers import shown\n"
        f"print(shown(Voucher.objects.filter(person={person}).order_by('-sequence')[0]))"
    ).strip().splitlines()[-1]  # fmt: skip
