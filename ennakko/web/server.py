# SPDX-License-Identifier: EUPL-1.2
"""The command that starts the web server: of the demonstration, the browser journeys and the measurements."""

import os
import sys

APPLICATION = "ennakko.web.wsgi:application"


def workers(database: str) -> int:
    """How many processes answer on this machine; `database`: what ENNAKKO_DATABASE says, empty for SQLite.

    SQLite lets one write at a time: two, of which one reads and works out while the other writes. Beside PostgreSQL
    one more than there are processors: each waits for the database a good part of its time.
    """
    if database.startswith("postgres"):
        return (os.cpu_count() or 1) + 1
    return 2


def serve(port: int, *, processes: int, threads: int = 1, application: str = APPLICATION) -> list[str]:
    """The command that serves the pages at a port of the loopback address, by so many processes.

    One thread a process: threads that take turns on Python's lock answer a third fewer claims a second between them.
    """
    return [
        sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port),
        "--workers", str(processes), "--blocking-threads", str(threads), "--no-ws",
        "--workers-kill-timeout", "15", "--log-level", "warning", application,
    ]  # fmt: skip
