# SPDX-License-Identifier: EUPL-1.2
"""A backup put back is what was backed up; a damaged one changes nothing."""

import gzip
import os
import shutil
import sqlite3
import subprocess
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

import dj_database_url
import pytest

from ennakko.web.backup import BackupError, back_up, restore

AT = datetime(2026, 4, 15, tzinfo=UTC)
SERVER = os.environ.get("ENNAKKO_DATABASE", "")


def _deployment(folder: Path, *, words: str) -> dict[str, Any]:
    folder.mkdir(exist_ok=True)
    file = folder / "ennakko.sqlite3"
    with sqlite3.connect(file) as database:
        database.execute("PRAGMA journal_mode=WAL")
        database.execute("CREATE TABLE IF NOT EXISTS note (words TEXT)")
        database.execute("INSERT INTO note VALUES (?)", [words])
    snapshot = folder / "registers" / "one"
    snapshot.mkdir(parents=True, exist_ok=True)
    (snapshot / "residents.parquet").write_text(words)
    document = folder / "documents" / "ab"
    document.mkdir(parents=True, exist_ok=True)
    (document / "abcd.sealed").write_text(words)
    return {"ENGINE": "django.db.backends.sqlite3", "NAME": str(file)}


def _words(database: dict[str, Any]) -> list[str]:
    with sqlite3.connect(database["NAME"]) as opened:
        return [row[0] for row in opened.execute("SELECT words FROM note")]


def test_what_was_backed_up_comes_back_with_the_registers_and_documents(tmp_path: Path) -> None:
    database = _deployment(tmp_path / "var", words="before")
    back_up(database=database, var=tmp_path / "var", into=tmp_path / "b.tar.gz", at=AT)
    _deployment(tmp_path / "var", words="after")
    restore(archive=tmp_path / "b.tar.gz", database=database, var=tmp_path / "var", replace=True)
    assert _words(database) == ["before"]
    assert (tmp_path / "var" / "registers" / "one" / "residents.parquet").read_text() == "before"
    assert (tmp_path / "var" / "documents" / "ab" / "abcd.sealed").read_text() == "before"
    assert (tmp_path / "var" / "ennakko.sqlite3.before-restore").exists()


def test_a_backup_is_restored_on_an_empty_machine(tmp_path: Path) -> None:
    back_up(database=_deployment(tmp_path / "a", words="x"), var=tmp_path / "a", into=tmp_path / "b.tar.gz", at=AT)
    new = {"ENGINE": "django.db.backends.sqlite3", "NAME": str(tmp_path / "new" / "ennakko.sqlite3")}
    restore(archive=tmp_path / "b.tar.gz", database=new, var=tmp_path / "new")
    assert _words(new) == ["x"]


def test_nothing_is_replaced_unasked(tmp_path: Path) -> None:
    database = _deployment(tmp_path / "var", words="kept")
    back_up(database=database, var=tmp_path / "var", into=tmp_path / "b.tar.gz", at=AT)
    with pytest.raises(BackupError, match="--replace"):
        restore(archive=tmp_path / "b.tar.gz", database=database, var=tmp_path / "var")
    with pytest.raises(BackupError, match="never overwrites"):
        back_up(database=database, var=tmp_path / "var", into=tmp_path / "b.tar.gz", at=AT)
    assert _words(database) == ["kept"]


def test_a_damaged_backup_is_refused_and_changes_nothing(tmp_path: Path) -> None:
    database = _deployment(tmp_path / "var", words="kept")
    archive = tmp_path / "b.tar.gz"
    back_up(database=database, var=tmp_path / "var", into=archive, at=AT)
    damaged = gzip.decompress(archive.read_bytes()).replace(b"kept", b"kapt")
    archive.write_bytes(gzip.compress(damaged))
    with pytest.raises(BackupError, match="damaged"):
        restore(archive=archive, database=database, var=tmp_path / "var", replace=True)
    archive.write_bytes(b"no archive at all")
    with pytest.raises(BackupError, match="no whole backup"):
        restore(archive=archive, database=database, var=tmp_path / "var", replace=True)
    assert _words(database) == ["kept"]


@pytest.mark.database
@pytest.mark.skipif(not SERVER.startswith("postgres"), reason="only where the suite runs on PostgreSQL")
def test_a_postgresql_database_comes_back(tmp_path: Path) -> None:
    for program in ("psql", "pg_dump", "pg_restore"):
        assert shutil.which(program), "install postgresql-client"
    name = f"backup_{uuid4().hex[:8]}"
    admin = dj_database_url.parse(SERVER)
    database = {**admin, "NAME": name}

    def sql(words: str, *, inside: str) -> str:
        where = {"PGHOST": admin["HOST"], "PGUSER": admin["USER"], "PGPORT": str(admin["PORT"] or "")}
        done = subprocess.run(
            ["psql", "-tA", "-d", inside, "-c", words], env={**os.environ, **where, "PGPASSWORD": admin["PASSWORD"]},
            capture_output=True, text=True, check=True,
        )  # fmt: skip
        return done.stdout.strip()

    sql(f"CREATE DATABASE {name}", inside="postgres")
    try:
        sql("CREATE TABLE note (words text); INSERT INTO note VALUES ('before')", inside=name)
        back_up(database=database, var=tmp_path, into=tmp_path / "b.tar.gz", at=AT)
        sql("UPDATE note SET words = 'after'", inside=name)
        restore(archive=tmp_path / "b.tar.gz", database=database, var=tmp_path)
        assert sql("SELECT words FROM note", inside=name) == "before"
    finally:
        sql(f"DROP DATABASE {name}", inside="postgres")
