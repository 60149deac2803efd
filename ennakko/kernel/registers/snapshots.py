# SPDX-License-Identifier: EUPL-1.2
"""A snapshot is the registers on one day: a folder of Parquet files with a manifest, never changed once made."""

import hashlib
import json
import shutil
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Any

from django.db import transaction

from ennakko.kernel.ready import Ready
from ennakko.kernel.registers.models import KnownSnapshot, RegisterState

FORMAT = 1
KEPT = 3
READERS_LEFT = timedelta(seconds=30)
"""Wall time after which whoever asked for the registers just before they were replaced has read what they needed."""
REQUIRED = (
    "residents.parquet",
    "school.parquet",
    "activity.parquet",
    "incomes.parquet",
    "households.parquet",
    "guardianships.parquet",
    "spells.parquet",
    "contacts.parquet",
    "identity_index.parquet",
)


class BrokenSnapshot(Exception):
    """The folder is not a whole snapshot; the sentence says which file and what to do."""


class WrongCity(Exception):
    """The snapshot is of another city than the one this database was made on."""


class NoSnapshot(Exception):
    """No snapshot has been taken into use."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """One verified folder; `city` tells cities of one name apart by their seed, `digest` covers all files."""

    id: str
    city: str
    on: date
    path: Path
    residents: int
    digest: str

    def file(self, name: str) -> Path:
        return self.path / f"{name}.parquet"


def load(path: Path | str) -> Snapshot:
    """The snapshot in a folder, every file's SHA-256 compared with the manifest; raises BrokenSnapshot."""
    folder = Path(path)
    manifest_file = folder / "manifest.json"
    manifest = _manifest(manifest_file)
    files = manifest["files"]
    missing = [name for name in REQUIRED if name not in files]
    if missing:
        raise BrokenSnapshot(f"{manifest_file} does not list {', '.join(missing)}: build or fetch the snapshot again.")
    for name, expected in sorted(files.items()):
        file = folder / name
        if Path(name).name != name or not file.is_file():
            raise BrokenSnapshot(f"The register file {file} is missing: build or fetch the snapshot again.")
        if _digest(file) != expected:
            raise BrokenSnapshot(
                f"The register file {file} is not the one its manifest describes (its SHA-256 differs): "
                "nothing is offered from it. Build or fetch the snapshot again."
            )
    return Snapshot(
        id=manifest["snapshot"],
        city=_city(manifest),
        on=date.fromisoformat(manifest["on"]),
        path=folder.resolve(),
        residents=int(manifest.get("residents", 0)),
        digest=_digest(manifest_file),
    )


def _manifest(file: Path) -> dict[str, Any]:
    if not file.is_file():
        raise BrokenSnapshot(f"{file} is missing: this folder is no register snapshot.")
    try:
        manifest = json.loads(file.read_text("utf-8"))
        date.fromisoformat(manifest["on"])
        if not (isinstance(manifest["snapshot"], str) and isinstance(manifest["files"], dict) and manifest["city"]):
            raise KeyError("snapshot")
    except (ValueError, KeyError, TypeError) as error:
        raise BrokenSnapshot(f"{file} cannot be read ({error}): build or fetch the snapshot again.") from error
    if manifest.get("format") != FORMAT:
        raise BrokenSnapshot(
            f"{file} has format {manifest.get('format')!r}, this version reads format {FORMAT}: "
            "build the snapshot again."
        )
    return manifest


def _city(manifest: dict[str, Any]) -> str:
    seed = manifest.get("seed")
    return str(manifest["city"]) if seed is None else f"{manifest['city']}#{seed}"


def _digest(file: Path) -> str:
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def take_into_use(path: Path | str, at: datetime) -> Snapshot:
    """Verify a folder and switch the whole city to it at once; raises BrokenSnapshot or WrongCity, changing nothing."""
    snapshot = load(path)
    with transaction.atomic():
        state = RegisterState.objects.select_for_update().filter(id=RegisterState.ONLY).first()
        if state is not None:
            _same_city(snapshot, state)
            if state.snapshot == snapshot.id:
                _unchanged(snapshot)
        values = {
            "city": snapshot.city,
            "snapshot": snapshot.id,
            "on": snapshot.on,
            "path": str(snapshot.path),
            "switched_at": at,
        }
        RegisterState.objects.update_or_create(id=RegisterState.ONLY, defaults=values)
        KnownSnapshot.objects.update_or_create(
            snapshot=snapshot.id,
            defaults={"city": snapshot.city, "on": snapshot.on, "path": str(snapshot.path), "digest": snapshot.digest},
            create_defaults={
                "city": snapshot.city,
                "on": snapshot.on,
                "path": str(snapshot.path),
                "digest": snapshot.digest,
                "first_used_at": at,
            },
        )
    return snapshot


def _known_digest(snapshot: str) -> str | None:
    return KnownSnapshot.objects.filter(snapshot=snapshot).values_list("digest", flat=True).first()


def _unchanged(snapshot: Snapshot) -> None:
    if _known_digest(snapshot.id) not in (None, snapshot.digest):
        raise BrokenSnapshot(
            f"Snapshot {snapshot.id} has changed since it was taken into use; a new snapshot needs a new id."
        )


def _same_city(snapshot: Snapshot, state: RegisterState) -> None:
    if state.city != snapshot.city:
        raise WrongCity(
            f"This database was made on {state.city}, the snapshot {snapshot.path} is of {snapshot.city}. "
            "Give this city a database of its own, or point to the right snapshot."
        )


def check_city(path: Path | str) -> Snapshot:
    """Start-up's check: the folder is whole and of this database's city; raises BrokenSnapshot or WrongCity."""
    snapshot = load(path)
    state = RegisterState.objects.filter(id=RegisterState.ONLY).first()
    if state is not None:
        _same_city(snapshot, state)
    return snapshot


_state: Ready[RegisterState] = Ready(lambda: RegisterState.objects.filter(id=RegisterState.ONLY))


def current() -> Snapshot:
    """The snapshot in use; raises NoSnapshot before the first, BrokenSnapshot if its files changed on the way."""
    state = _state.first()
    if state is None:
        raise NoSnapshot("No register snapshot is in use yet: build or fetch one and take it into use.")
    snapshot = _verified_once(state.path, state.snapshot)
    _same_city(snapshot, state)
    return snapshot


@lru_cache(maxsize=KEPT + 1)
def _verified_once(path: str, snapshot_id: str) -> Snapshot:
    snapshot = load(path)
    if snapshot.id != snapshot_id:
        raise BrokenSnapshot(f"{path} holds snapshot {snapshot.id}, {snapshot_id} was taken into use.")
    _unchanged(snapshot)
    return snapshot


_references: list[Callable[[], Iterable[str]]] = []


def keep_while_referenced(reference: Callable[[], Iterable[str]]) -> None:
    """Register a callable that lists the snapshot ids something still needs."""
    if reference not in _references:
        _references.append(reference)


def used_since(moment: datetime) -> list[str]:
    """Ids of the snapshots that have been in use at some time from a moment (wall time) on."""
    known = KnownSnapshot.objects.filter(removed_at=None)
    before = known.filter(first_used_at__lte=moment).order_by("-first_used_at", "-on")
    return [
        *before.values_list("snapshot", flat=True)[:1],
        *known.filter(first_used_at__gt=moment).values_list("snapshot", flat=True),
    ]


def remove_old(at: datetime) -> list[str]:
    """Delete the folders that nothing refers to and that are not among the last three in use; returns their ids.

    One that was replaced a moment ago may still be read, however many days have been lived since: it goes later. `at`
    is wall time.
    """
    referenced = {snapshot for reference in _references for snapshot in reference()}
    standing = list(KnownSnapshot.objects.filter(removed_at=None).order_by("-on", "-first_used_at"))
    removed = []
    for newer, known in list(pairwise(standing))[KEPT - 1 :]:
        if known.snapshot in referenced or at - newer.first_used_at < READERS_LEFT:
            continue
        known.removed_at = at
        known.save(update_fields=["removed_at"])
        shutil.rmtree(known.path, ignore_errors=False) if Path(known.path).exists() else None
        removed.append(known.snapshot)
    return removed
