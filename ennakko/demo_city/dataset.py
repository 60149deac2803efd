# SPDX-License-Identifier: EUPL-1.2
"""The snapshot's files and columns, and how a snapshot is written: whole or not at all, byte for byte repeatable."""

import hashlib
import json
import os
import shutil
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt
import polars as pl

from ennakko.demo_city.home import home
from ennakko.demo_city.identity import Codes

HOME_MUNICIPALITY = home().code
FORMAT = 1
ROW_GROUP = 16_384
"""Rows are read in groups: one person is found by the groups' smallest and greatest keys."""

_DAY, _TEXT, _INT, _BOOL, _REAL = pl.Date, pl.String, pl.Int64, pl.Boolean, pl.Float64

SCHEMAS: dict[str, dict[str, Any]] = {
    "residents": {
        "person": _INT, "birth_date": _DAY, "sex": _TEXT, "municipality": _TEXT, "alive": _BOOL, "death_date": _DAY,
        "moved_in": _DAY, "moved_out": _DAY, "non_disclosure": _BOOL, "mother_tongue": _TEXT,
        "service_language": _TEXT, "household": _INT, "district": _TEXT, "sub_district": _TEXT, "postal_code": _TEXT,
        "latitude": _REAL, "longitude": _REAL, "under_guardianship": _BOOL,
    },
    "school": {"person": _INT, "school_grade": _INT, "school": _TEXT},
    "activity": {"person": _INT, "activity": _TEXT, "education": _TEXT, "unemployed_since": _DAY},
    "incomes": {"person": _INT, "income_month": _INT, "income_year": _INT},
    "households": {"household": _INT, "person": _INT},
    "guardianships": {"child": _INT, "guardian": _INT, "custody": _BOOL},
    "spells": {"person": _INT, "employer": _TEXT, "start": _DAY, "end": _DAY},
    "contacts": {
        "person": _INT, "given_names": _TEXT, "surname": _TEXT, "street_address": _TEXT, "postal_code": _TEXT,
        "post_office": _TEXT, "email": _TEXT, "phone": _TEXT, "suomifi_messages": _BOOL,
    },
    "companies": {
        "business_id": _TEXT, "name": _TEXT, "form": _TEXT, "industry": _TEXT, "street_address": _TEXT,
        "postal_code": _TEXT, "post_office": _TEXT, "language": _TEXT, "founded": _DAY, "employees": _INT,
    },
    "units": {
        "unit": _TEXT, "kind": _TEXT, "name_fi": _TEXT, "name_sv": _TEXT, "name_en": _TEXT, "street_address": _TEXT,
        "district": _TEXT, "postal_code": _TEXT, "latitude": _REAL, "longitude": _REAL, "synthetic": _BOOL,
        "source": _TEXT,
    },
    "early_education": {
        "person": _INT, "place_unit": _TEXT, "place_group": _TEXT, "place_provider": _TEXT, "place_from": _DAY,
        "place_until": _DAY, "private_care": _BOOL, "support_need": _BOOL, "shift_care": _BOOL, "foster_care": _BOOL,
        "parental_leave_until": _DAY,
    },
    "early_education_groups": {
        "unit": _TEXT, "group": _TEXT, "band": _TEXT, "language": _TEXT, "provider": _TEXT, "special": _BOOL,
        "shift_care": _BOOL, "educators": _INT, "first_day": _DAY, "last_day": _DAY, "present_educators": _INT,
        "present_children": _INT,
    },
    "announced_moves": {
        "person": _INT, "moves_on": _DAY, "future_district": _TEXT, "sub_district": _TEXT, "postal_code": _TEXT,
        "street_address": _TEXT, "latitude": _REAL, "longitude": _REAL,
    },
    "street_nodes": {"node": _INT, "latitude": _REAL, "longitude": _REAL},
    "street_edges": {"first": _INT, "second": _INT, "metres": _INT, "crossing": _BOOL},
}  # fmt: skip
"""Columns of each file without the sealed ones: contacts also hold `identity_code_sealed` (11 bytes)."""

SEALED_COLUMN = "identity_code_sealed"
INDEX_SCHEMA: dict[str, Any] = {"code_hash": _INT, "person": _INT}

_ORDER = {
    "households": ["household", "person"],
    "guardianships": ["child", "guardian"],
    "spells": ["person", "start", "employer"],
    "companies": ["business_id"],
    "units": ["unit"],
    "early_education_groups": ["group"],
    "street_nodes": ["node"],
    "street_edges": ["first", "second"],
}


class Sealer(Protocol):
    """What the deployment's data key does for the register; the key itself never comes here."""

    def seal(self, codes: Codes, snapshot: str) -> npt.NDArray[Any]:
        """Identity codes (S11) in row order as rows of 11 opaque bytes."""
        ...

    def unseal(self, sealed: npt.NDArray[Any], snapshot: str) -> Codes:
        """The codes of a whole column that `seal` made under the same snapshot id."""
        ...

    def index(self, codes: Codes) -> npt.NDArray[np.int64]:
        """A keyed 64-bit hash of each code."""
        ...


@dataclass(frozen=True, slots=True)
class Origin:
    """The snapshot that registers were read from: files that did not change since are taken over as they are."""

    folder: Path
    frames: dict[str, pl.DataFrame]
    index: pl.DataFrame
    digests: dict[str, str]


@dataclass(frozen=True, slots=True)
class Registers:
    """All registers of one day in memory; `codes` are the identity codes in the row order of residents and contacts."""

    city: str
    on: date
    seed: int
    frames: dict[str, pl.DataFrame]
    codes: Codes
    origin: "Origin | None" = None

    @property
    def snapshot(self) -> str:
        """The snapshot's id: the city and the day."""
        return f"{self.city}.{self.on:%Y%m%d}"

    def with_frames(self, **frames: pl.DataFrame) -> "Registers":
        """The same registers with some files replaced."""
        return replace(self, frames={**self.frames, **frames})

    def with_codes(self, codes: Codes) -> "Registers":
        """The same registers with the identity codes of people who came at the end."""
        return replace(self, codes=codes)

    def on_day(self, on: date) -> "Registers":
        """The same registers as of another day."""
        return replace(self, on=on)


class BrokenSnapshot(ValueError):
    """The folder is not a snapshot of the city, or one of its files is not the one its manifest names."""


def in_order(registers: Registers) -> Registers:
    """The registers with every file's columns, types and row order as the dataset promises."""
    order: npt.NDArray[np.int64] | None = None
    people = registers.frames["residents"]["person"]
    if not people.is_sorted():
        order = people.arg_sort().to_numpy()
    frames = {}
    for name, schema in SCHEMAS.items():
        frame = registers.frames[name].select(pl.col(column).cast(type_) for column, type_ in schema.items())
        if name in ("residents", "contacts"):
            frames[name] = frame if order is None else frame[order]
        elif name in _ORDER or not frame["person"].is_sorted():
            frames[name] = frame.sort(_ORDER.get(name, ["person"]))
        else:
            frames[name] = frame
    return replace(registers, frames=frames, codes=registers.codes if order is None else registers.codes[order])


def write_snapshot(registers: Registers, into: Path, sealer: Sealer) -> Path:
    """Write one snapshot as the folder `into`/<snapshot id> and return it; a half-written one is never left there."""
    final = into / registers.snapshot
    folder = into / f".{registers.snapshot}.writing"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    origin = registers.origin

    def write(name: str, frame: pl.DataFrame) -> tuple[str, str]:
        path = folder / f"{name}.parquet"
        if origin is not None and frame is origin.frames.get(name):
            _take_over(origin.folder / path.name, path)
            return path.name, origin.digests[path.name]
        # One chunk: the row groups' borders, and so the bytes, must not tell how the frame came about.
        whole = frame.rechunk()
        whole.write_parquet(path, compression="zstd", compression_level=1, row_group_size=ROW_GROUP, statistics=True)
        return path.name, digest(path)

    sealed = pl.Series(SEALED_COLUMN, sealer.seal(registers.codes, registers.snapshot).tolist(), dtype=pl.Binary)
    frames = {**registers.frames, "contacts": registers.frames["contacts"].with_columns(sealed)}
    # Two at a time: hashing holds one core while files, which are compressed outside the interpreter, use the other.
    with ThreadPoolExecutor(max_workers=2) as workers:
        written = [workers.submit(write, "contacts", frames.pop("contacts"))]
        indexed = workers.submit(_index, registers, sealer)
        written += [workers.submit(write, name, frame) for name, frame in frames.items()]
        files = dict(one.result() for one in written)
        files.update([write("identity_index", indexed.result())])
    residents = registers.frames["residents"].select(_living_here().sum()).item()
    manifest = {
        "city": registers.city, "snapshot": registers.snapshot, "on": registers.on.isoformat(), "seed": registers.seed,
        "residents": residents, "files": files, "format": FORMAT,
    }  # fmt: skip
    (folder / "manifest.json").write_text(json.dumps(manifest, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    shutil.rmtree(final, ignore_errors=True)
    folder.rename(final)
    return final


def _index(registers: Registers, sealer: Sealer) -> pl.DataFrame:
    """The look-up by code; codes that the origin's index holds under the key in use are not hashed again."""
    people = registers.frames["residents"]["person"]
    first = sealer.index(registers.codes[:1])
    index = registers.origin.index if registers.origin is not None else None
    if index is None or index.row(by_predicate=pl.col("person") == people[0]) != (int(first[0]), people[0]):
        hashes = sealer.index(registers.codes)
        return pl.DataFrame({"code_hash": hashes, "person": people}, schema=INDEX_SCHEMA).sort("code_hash")
    new = np.flatnonzero(~people.is_in(index["person"].implode()).to_numpy())
    hashes = sealer.index(registers.codes[new])
    added = pl.DataFrame({"code_hash": hashes, "person": people.gather(new)}, schema=INDEX_SCHEMA)
    return pl.concat((index, added)).sort("code_hash")


def _take_over(old: Path, new: Path) -> None:
    """The same file in the new folder: a second name for it where the file system can, else a copy."""
    try:
        os.link(old, new)
    except OSError:
        shutil.copyfile(old, new)


def _living_here() -> pl.Expr:
    return pl.col("alive") & (pl.col("municipality") == HOME_MUNICIPALITY)


def digest(path: Path) -> str:
    """SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def read_snapshot(folder: Path, sealer: Sealer) -> Registers:
    """The registers of a snapshot folder; raises BrokenSnapshot when files are missing or changed."""
    try:
        manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
        changed = [name for name, expected in manifest["files"].items() if digest(folder / name) != expected]
    except (OSError, ValueError, KeyError) as error:
        raise BrokenSnapshot(f"{folder} is not a register snapshot: {error}") from error
    if changed or manifest["format"] != FORMAT:
        raise BrokenSnapshot(f"{folder} does not agree with its manifest: {', '.join(changed) or 'other format'}")
    with ThreadPoolExecutor(max_workers=2) as workers:
        # A city of before a register came to be has no file of it, and lives on without.
        names = [name for name in SCHEMAS if f"{name}.parquet" in manifest["files"]]
        read = workers.map(lambda name: pl.read_parquet(folder / f"{name}.parquet"), names)
        frames = dict(zip(names, read, strict=True))
    sealed = np.frombuffer(b"".join(frames["contacts"][SEALED_COLUMN].to_list()), dtype="V11")
    frames["contacts"] = frames["contacts"].drop(SEALED_COLUMN)
    index = pl.read_parquet(folder / "identity_index.parquet")
    untouched = {name: frame for name, frame in frames.items() if name not in ("residents", "contacts")}
    return Registers(
        city=manifest["city"],
        on=date.fromisoformat(manifest["on"]),
        seed=manifest["seed"],
        frames=frames,
        codes=sealer.unseal(sealed, manifest["snapshot"]),
        origin=Origin(folder, untouched, index, manifest["files"]),
    )
