# SPDX-License-Identifier: EUPL-1.2
"""A waiting write asks again every half millisecond.

SQLite's own wait sleeps longer each time, up to 100 ms: with two server processes the database then stands idle for
most of the time in which both have something to write, and whoever has slept longest comes last.
"""

import sqlite3
import threading
import time

from django.db.backends.sqlite3 import base

ASK_AGAIN = 0.0005
"""Seconds between two tries."""
_waiting = threading.Lock()
"""Of the threads of a process one asks and the others wait behind it: they would only take its time to work."""


class DatabaseWrapper(base.DatabaseWrapper):
    """As Django's own; `OPTIONS["timeout"]` is how many seconds a write waits for its turn at most."""

    transaction_mode: str | None

    def _start_transaction_under_autocommit(self) -> None:
        if self.transaction_mode != "IMMEDIATE":
            super()._start_transaction_under_autocommit()  # type: ignore[misc]
            return
        patience = float(self.settings_dict["OPTIONS"].get("timeout", 5))
        give_up = time.monotonic() + patience
        with self.wrap_database_errors:
            self.connection.execute("PRAGMA busy_timeout=0")
            try:
                if not self._let_in(last_try=False):
                    self._wait_for_turn(patience, give_up)
            finally:
                self.connection.execute(f"PRAGMA busy_timeout={int(patience * 1000)}")

    def _wait_for_turn(self, patience: float, give_up: float) -> None:
        if not _waiting.acquire(timeout=patience):
            self._let_in(last_try=True)
            return
        try:
            while not self._let_in(last_try=time.monotonic() > give_up):
                time.sleep(ASK_AGAIN)
        finally:
            _waiting.release()

    def _let_in(self, *, last_try: bool) -> bool:
        """Whether the transaction has begun; False while another one writes. Raises sqlite3.OperationalError."""
        try:
            self.connection.execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or last_try:
                raise
            return False
        return True
