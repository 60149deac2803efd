# SPDX-License-Identifier: EUPL-1.2
"""The running product for the benchmarks: its own folder and database, driven by commands and addresses only."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

ROOT = Path(__file__).resolve().parents[1]
COMMAND = [sys.executable, "-c", "from ennakko.web.cli import main; main()"]
RESIDENTS = 674_500
POSTGRES = os.environ.get("BENCH_POSTGRES", "postgres://postgres@127.0.0.1:5432/ennakko_bench")


@dataclass(frozen=True, slots=True)
class Installation:
    """One folder and one database of the product."""

    name: str
    folder: Path
    database: str | None

    @property
    def environment(self) -> dict[str, str]:
        """The product's environment: a demo city, nothing shared with the developer's own."""
        given = {
            **os.environ,
            "PYTHONPATH": str(ROOT),
            "ENNAKKO_VAR": str(self.folder),
            "ENNAKKO_PROFILE": "demo",
            "DJANGO_SETTINGS_MODULE": "ennakko.web.settings",
            "POLARS_MAX_THREADS": "2",
        }
        if self.database:
            given["ENNAKKO_DATABASE"] = self.database
        return given

    def run(self, *arguments: str) -> str:
        """What a command printed; raises RuntimeError with its last words if it fails."""
        done = subprocess.run(
            [*COMMAND, *arguments], env=self.environment, cwd=ROOT, capture_output=True, text=True, check=False
        )
        if done.returncode:
            raise RuntimeError(f"ennakko {' '.join(arguments)}: {done.stderr.strip()[-600:] or done.stdout[-600:]}")
        return done.stdout

    def start(self, *arguments: str) -> subprocess.Popen[bytes]:
        """A command left running."""
        return subprocess.Popen(
            [*COMMAND, *arguments],
            env=self.environment,
            cwd=ROOT,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            # With its workers it is one group, and is ended as one.
            start_new_session=True,
        )

    def anticipate(self) -> dict[str, Any]:
        """Make the summer voucher's offers; the command's own account."""
        said = self.run("anticipate", "--service", "summer-voucher", "--json")
        account: dict[str, Any] = json.loads(said[said.index("{") :])
        return account


def _fresh_database(address: str) -> None:
    import psycopg

    parts = urlsplit(address)
    name = parts.path.lstrip("/")
    with psycopg.connect(address.replace(parts.path, "/postgres"), autocommit=True) as connection:
        connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')  # type: ignore[arg-type]
        connection.execute(f'CREATE DATABASE "{name}"')  # type: ignore[arg-type]


def stop(command: subprocess.Popen[bytes]) -> None:
    """End a command that was left running, and its workers."""
    with suppress(ProcessLookupError):
        os.killpg(command.pid, signal.SIGTERM)
    try:
        command.wait(15)
    except subprocess.TimeoutExpired:
        os.killpg(command.pid, signal.SIGKILL)
        command.wait()


def empty(name: str, *, postgres: bool = False) -> Installation:
    """An installation with an empty database; the city of 674,500 that an earlier run built there is kept."""
    folder = Path(os.environ.get("BENCH_DATA", ROOT / "bench" / "data")) / f"city-{name}"
    folder.mkdir(parents=True, exist_ok=True)
    for each in folder.glob("ennakko.sqlite3*"):
        each.unlink()
    if postgres:
        _fresh_database(POSTGRES)
    return Installation(name, folder, POSTGRES if postgres else None)


def prepared(name: str, *, postgres: bool = False) -> Installation:
    """An installation with its tables and its city, where no offer has been made."""
    made = empty(name, postgres=postgres)
    made.run("migrate", "--verbosity", "0")
    if not any((made.folder / "registers").rglob("manifest.json")):
        made.run("city", "build", "--residents", str(RESIDENTS))
    return made
