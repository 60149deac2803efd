# SPDX-License-Identifier: EUPL-1.2
import sqlite3
import threading
from pathlib import Path

import pytest
from django.db import OperationalError

from ennakko.kernel.sqlite3.base import DatabaseWrapper

pytestmark = pytest.mark.django_db


def connection_to(path: Path, *, timeout: float) -> DatabaseWrapper:
    return DatabaseWrapper(
        {
            "NAME": str(path), "ENGINE": "ennakko.kernel.sqlite3", "TIME_ZONE": None, "CONN_MAX_AGE": 0,
            "CONN_HEALTH_CHECKS": False, "AUTOCOMMIT": True, "USER": "", "PASSWORD": "", "HOST": "", "PORT": "",
            "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": timeout},
        },
        alias="waiting",
    )  # fmt: skip


def held(path: Path, until: threading.Event, seconds: float | None = None) -> threading.Thread:
    """Somebody who writes until told to end, or for so long; returned when the writing has begun."""
    begun = threading.Event()

    def write() -> None:
        other = sqlite3.connect(path, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        begun.set()
        until.wait(seconds)
        other.execute("COMMIT")
        other.close()

    thread = threading.Thread(target=write)
    thread.start()
    begun.wait()
    return thread


def test_who_waits_to_write_is_let_in_when_the_one_before_is_done(tmp_path):
    ours = connection_to(tmp_path / "one.sqlite3", timeout=20)
    ours.ensure_connection()
    writer = held(tmp_path / "one.sqlite3", threading.Event(), 0.2)
    ours.set_autocommit(False, force_begin_transaction_with_broken_autocommit=True)
    assert ours.connection.in_transaction
    writer.join()
    ours.rollback()
    assert ours.connection.execute("PRAGMA busy_timeout").fetchone() == (20_000,)
    ours.close()


def test_who_has_waited_long_enough_is_told_that_the_database_is_locked(tmp_path):
    ours = connection_to(tmp_path / "one.sqlite3", timeout=0.05)
    ours.ensure_connection()
    writer = held(tmp_path / "one.sqlite3", done := threading.Event())
    with pytest.raises(OperationalError, match="locked"):
        ours.set_autocommit(False, force_begin_transaction_with_broken_autocommit=True)
    done.set()
    writer.join()
    ours.close()
