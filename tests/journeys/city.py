# SPDX-License-Identifier: EUPL-1.2
"""A small city of its own for the journeys: prepared as the demonstration is, served on a free loopback port."""

import os
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

RESIDENTS = 3000
PATIENCE = 60
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
def prepared_city(folder: Path) -> Iterator[City]:
    """The city, prepared and served; stopped and cleared away afterwards."""
    with _database() as database:
        environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith("ENNAKKO_")},
            **database,
            "ENNAKKO_VAR": str(folder),
            "ENNAKKO_PROFILE": "demo",
            "DJANGO_SETTINGS_MODULE": "ennakko.web.settings",
        }
        city = City(f"http://127.0.0.1:{_free_port()}", folder, environment)
        city.runs("demo", "--no-serve", "--residents", str(RESIDENTS))
        with _served(city):
            yield city


@contextmanager
def _served(city: City) -> Iterator[None]:
    log = city.folder / "pages.log"
    with log.open("wb") as written:
        # One worker: what is throttled is counted in one place, and two cores are shared with the browser.
        pages = subprocess.Popen(
            [
                sys.executable, "-m", "gunicorn", "ennakko.web.wsgi:application",
                "--bind", city.address.removeprefix("http://"), "--workers", "1", "--threads", "4",
                "--worker-class", "gthread", "--log-level", "warning",
            ],
            env=city.environment, stdout=written, stderr=written,
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


def _free_port() -> int:
    with closing(socket.socket()) as door:
        door.bind(("127.0.0.1", 0))
        return int(door.getsockname()[1])


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
