# SPDX-License-Identifier: EUPL-1.2
"""Backup and restore: the database, the register snapshots and the documents in one archive, each with its digest.

The keys are not in it: without ENNAKKO_DATA_KEY the archive opens nobody's identity code, and a restore needs the key.
"""

import hashlib
import json
import os
import shutil
import sqlite3
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

FORMAT = 1
MANIFEST = "manifest.json"
SQLITE, POSTGRES = "database.sqlite3", "database.dump"
REGISTERS, DOCUMENTS = "registers", "documents"


class BackupError(Exception):
    """The backup cannot be made or put back; the sentence says why and what to do."""


def back_up(*, database: Mapping[str, Any], var: Path, into: Path, at: datetime) -> list[str]:
    """Write the archive `into` (.tar.gz, not existing yet) while the service runs; returns the names in it."""
    if into.exists():
        raise BackupError(f"{into} exists already: give another name, a backup never overwrites one.")
    into.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=into.parent, prefix=".backup-") as folder:
        work = Path(folder)
        dumped = _dump(database, work)
        # Documents after the database: their bytes are on the disk before their rows are there.
        files = {dumped.name: dumped, **_registers(var / REGISTERS), **_documents(var / DOCUMENTS, work / DOCUMENTS)}
        manifest = {
            "format": FORMAT,
            "made_at": at.isoformat(),
            "files": {name: _digest(path) for name, path in files.items()},
        }
        (work / MANIFEST).write_text(json.dumps(manifest, indent=1), "utf-8")
        unfinished = work / "archive"
        with tarfile.open(unfinished, "w:gz", compresslevel=3) as archive:
            archive.add(work / MANIFEST, MANIFEST)
            for name, path in files.items():
                archive.add(path, name)
        unfinished.replace(into)
    return sorted(files)


def restore(*, archive: Path, database: Mapping[str, Any], var: Path, replace: bool = False) -> list[str]:
    """Put an archive back, after checking all of it, with the service stopped. Raises BackupError and changes nothing.

    `replace` lets what is there be replaced; the old SQLite file and registers stay beside as `*.before-restore`.
    """
    with tempfile.TemporaryDirectory(dir=_existing(var), prefix=".restore-") as folder:
        work = Path(folder)
        names = _unpacked(archive, work)
        sqlite = _is_sqlite(database)
        dumped = SQLITE if sqlite else POSTGRES
        if dumped not in names:
            raise BackupError(f"The archive is of another kind of database: it holds no {dumped}.")
        target = Path(str(database["NAME"]))
        there = any((var / folder).exists() for folder in (REGISTERS, DOCUMENTS))
        if not replace and ((sqlite and target.exists()) or there):
            raise BackupError("There is a database or a register folder already: add --replace if it may be replaced.")
        if sqlite:
            _put(work / SQLITE, target)
            for rest in ("-wal", "-shm"):
                Path(f"{target}{rest}").unlink(missing_ok=True)
        else:
            options = ["--clean", "--if-exists", "--no-owner", "--single-transaction"]
            _run([*_postgres("pg_restore", database), *options, work / POSTGRES], database)
        for folder in (REGISTERS, DOCUMENTS):
            if (work / folder).exists():
                _put(work / folder, var / folder)
    return names


def _existing(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _put(source: Path, target: Path) -> None:
    """Move into place; what was there is kept beside it."""
    kept = target.with_name(target.name + ".before-restore")
    if target.exists():
        shutil.rmtree(kept) if kept.is_dir() else kept.unlink(missing_ok=True)
        target.rename(kept)
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.move(source, target)


def _dump(database: Mapping[str, Any], work: Path) -> Path:
    if _is_sqlite(database):
        source = Path(str(database["NAME"]))
        if not source.exists():
            raise BackupError(f"There is no database at {source}.")
        target = work / SQLITE
        live = sqlite3.connect(source)
        copy = sqlite3.connect(target)
        try:
            live.backup(copy)  # consistent even while others write
        finally:
            copy.close()
            live.close()
        return target
    target = work / POSTGRES
    _run([*_postgres("pg_dump", database), "--format=custom", "--no-owner", f"--file={target}"], database)
    return target


def _postgres(program: str, database: Mapping[str, Any]) -> list[str | Path]:
    if shutil.which(program) is None:
        raise BackupError(f"{program} is missing: install PostgreSQL's client programs (postgresql-client).")
    where = {"host": "HOST", "port": "PORT", "user": "USER", "dbname": "NAME"}
    parts = " ".join(f"{key}={_quoted(str(database[name]))}" for key, name in where.items() if database.get(name))
    return [program, f"--dbname={parts}"]


def _quoted(value: str) -> str:
    escaped = value.replace("\\", "\\\\").replace("'", "\\'")
    return f"'{escaped}'"


def _run(command: list[str | Path], database: Mapping[str, Any]) -> None:
    # The password goes by the environment: other users of the machine can read a command line.
    environment = {**os.environ, "PGPASSWORD": str(database.get("PASSWORD") or "")}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise BackupError(f"{command[0]} failed: {done.stderr.strip()[:500]}")


def _is_sqlite(database: Mapping[str, Any]) -> bool:
    return str(database["ENGINE"]).endswith("sqlite3")


def _registers(folder: Path) -> dict[str, Path]:
    return {f"{REGISTERS}/{path.relative_to(folder)}": path for path in _files(folder)}


def _documents(folder: Path, work: Path) -> dict[str, Path]:
    """The sealed documents, held fast: one that is removed while the backup is made does not stop it."""
    found = {}
    for path in _files(folder):
        name = path.relative_to(folder)
        held = work / name
        held.parent.mkdir(parents=True, exist_ok=True)
        try:
            os.link(path, held)
        except FileNotFoundError:
            continue
        except OSError:  # another disk
            try:
                shutil.copyfile(path, held)
            except FileNotFoundError:
                continue
        found[f"{DOCUMENTS}/{name}"] = held
    return found


def _files(folder: Path) -> Iterator[Path]:
    return (path for path in sorted(folder.rglob("*")) if path.is_file()) if folder.exists() else iter(())


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _unpacked(archive: Path, work: Path) -> list[str]:
    """The archive's files under `work`, each checked against the manifest."""
    try:
        with tarfile.open(archive, "r:gz") as opened:
            opened.extractall(work, filter="data")
        manifest = json.loads((work / MANIFEST).read_text("utf-8"))
    except (OSError, tarfile.TarError, EOFError, ValueError) as error:
        raise BackupError(f"{archive} is no whole backup: {error}") from error
    if manifest.get("format") != FORMAT:
        raise BackupError(f"{archive} is of format {manifest.get('format')!r}; this version reads {FORMAT}.")
    for name, digest in manifest["files"].items():
        path = work / name
        if not path.is_file() or _digest(path) != digest:
            raise BackupError(f"{archive}: {name} is missing or damaged. Use another backup.")
    return sorted(manifest["files"])
