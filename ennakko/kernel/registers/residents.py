# SPDX-License-Identifier: EUPL-1.2
"""Looking one resident, or a few, up in the snapshot: found by key or identity code, with contacts and relations.

These are the kernel's own look-ups for delivering and for finding whom a case concerns. Facts for deciding go through
`facts_of.person_facts`, where the data permit is checked and the look is logged.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

import polars as pl

from ennakko.kernel import keys
from ennakko.kernel.registers import sealing
from ennakko.kernel.registers.snapshots import BrokenSnapshot, NoSnapshot, Snapshot, current
from ennakko.kernel.registers.tables import living


@dataclass(frozen=True, slots=True)
class Contact:
    """How one resident is addressed; the address is None for a person under non-disclosure."""

    person: int
    identity_code: str
    given_names: str
    surname: str
    birth_date: date
    language: str
    street_address: str | None
    postal_code: str | None
    post_office: str | None
    email: str | None
    phone: str | None
    suomifi_messages: bool
    non_disclosure: bool


_BASIC = ("person", "birth_date", "service_language", "non_disclosure")


def rows(snapshot: Snapshot, file: str, key: str, value: int, columns: Collection[str]) -> list[dict[str, Any]]:
    """The rows of one file with a key value, read from the row groups that can hold it."""
    scan = pl.scan_parquet(snapshot.file(file), cache=False)
    return scan.filter(pl.col(key) == value).select(sorted(columns)).collect().to_dicts()


def contacts(persons: Collection[int], snapshot: Snapshot | None = None) -> pl.DataFrame:
    """Names, addresses and opened identity codes of the persons asked, sorted by person; those not found are left out.

    Columns: person, identity_code, given_names, surname, street_address, postal_code, post_office, email, phone,
    suomifi_messages, birth_date, language, non_disclosure. Only the rows asked are unsealed.
    """
    snapshot = snapshot or current()
    whom = sorted(set(persons))
    found = _rows_of(snapshot.file("contacts"), whom, row_index="row")
    basic = _rows_of(snapshot.file("residents"), whom, columns=_BASIC).rename({"service_language": "language"})
    codes = _opened(found["identity_code_sealed"].to_list(), found["row"].to_list(), snapshot)
    return (
        found.with_columns(pl.Series("identity_code", codes, dtype=pl.String))
        .drop("row", "identity_code_sealed")
        .join(basic, on="person", how="inner", maintain_order="left")
        .sort("person")
    )


def _rows_of(
    file: Path, whom: list[int], *, columns: Collection[str] | None = None, row_index: str | None = None
) -> pl.DataFrame:
    """The rows of some persons; those of one alone are taken from their place, of which nothing else is read."""
    scan = pl.scan_parquet(file, cache=False)
    chosen = scan if columns is None else scan.select(columns)
    if len(whom) == 1 and (in_order := _keys_of(file, file.stat().st_mtime_ns)) is not None:
        first, last = (int(in_order.search_sorted(whom[0], side)) for side in ("left", "right"))
        found = chosen.slice(first, last - first).collect()
        # Numbered afterwards: a scan that numbers its rows reads all of them.
        return found if row_index is None else found.with_row_index(row_index, first)
    if row_index is not None:
        chosen = chosen.with_row_index(row_index)
    return chosen.filter(pl.col("person").is_in(pl.Series(whom, dtype=pl.Int64).implode())).collect()


@lru_cache(maxsize=4)
def _keys_of(file: Path, changed: int) -> pl.Series | None:
    """The person keys of a file in its order, 8 bytes each; None where they are in no order. `changed`: its time."""
    found = pl.read_parquet(file, columns=["person"])["person"]
    return found if found.is_sorted() else None


@lru_cache(maxsize=2)
def _basics_of(file: Path, changed: int) -> pl.DataFrame | None:
    """What addressing somebody needs beside the contacts, of everybody, some 14 bytes each; None as of `_keys_of`."""
    found = pl.read_parquet(file, columns=list(_BASIC)).with_columns(pl.col("service_language").cast(pl.Categorical))
    return found if found["person"].is_sorted() else None


@lru_cache(maxsize=2)
def _index_of(file: Path, changed: int) -> pl.DataFrame | None:
    """The index of identity codes, 16 bytes each; None where it is in no order."""
    found = pl.read_parquet(file, columns=["code_hash", "person"])
    return found if found["code_hash"].is_sorted() else None


def _basic(person: int, snapshot: Snapshot) -> list[dict[str, Any]]:
    file = snapshot.file("residents")
    kept = _basics_of(file, file.stat().st_mtime_ns)
    if kept is None:
        return _rows_of(file, [person], columns=_BASIC).to_dicts()
    return _between(kept, "person", person).to_dicts()


def _persons_with(code_hash: int, snapshot: Snapshot) -> list[int]:
    file = snapshot.file("identity_index")
    kept = _index_of(file, file.stat().st_mtime_ns)
    if kept is None:
        return [row["person"] for row in rows(snapshot, "identity_index", "code_hash", code_hash, ["person"])]
    return _between(kept, "code_hash", code_hash)["person"].to_list()


def _between(kept: pl.DataFrame, column: str, value: int) -> pl.DataFrame:
    """The rows with a value in a column that is in order."""
    first, last = (int(kept[column].search_sorted(value, side)) for side in ("left", "right"))
    return kept.slice(first, last - first)


def _opened(sealed: list[bytes], positions: list[int], snapshot: Snapshot) -> list[str]:
    """Opens with the newest key that fits: a snapshot may have been sealed before the last rotation."""
    for key_id in keys.key_ids():
        try:
            return sealing.open_rows(sealed, positions, snapshot.id, keys.data_key(key_id))
        except sealing.BrokenSeal:
            continue
    raise BrokenSnapshot(
        f"The identity codes of snapshot {snapshot.id} do not open with any key of ENNAKKO_DATA_KEY: "
        "give the key it was sealed with, or build the snapshot again."
    )


def contact_of(person: int, snapshot: Snapshot | None = None) -> Contact | None:
    """How one resident is addressed; None for a key that the snapshot does not know."""
    snapshot = snapshot or current()
    told = _rows_of(snapshot.file("contacts"), [person], row_index="row").to_dicts()
    basic = _basic(person, snapshot)
    if not told or not basic:
        return None
    row = told[0] | basic[0]
    code = _opened([row.pop("identity_code_sealed")], [row.pop("row")], snapshot)[0]
    language = row.pop("service_language")
    return Contact(**row, language=language, identity_code=code)


def find_person(identity_code: str, snapshot: Snapshot | None = None) -> int | None:
    """The person key of an identity code (as `values.identity_code.parse` accepts it), or None."""
    contact = find_contact(identity_code, snapshot)
    return contact.person if contact is not None else None


def find_contact(identity_code: str, snapshot: Snapshot | None = None) -> Contact | None:
    """How the holder of an identity code is addressed, for whom their key alone does not do; or None."""
    snapshot = snapshot or current()
    for key_id in keys.key_ids():
        code_hash = sealing.index_one(identity_code, keys.index_key(key_id))
        for person in _persons_with(code_hash, snapshot):
            # The index is a 64-bit hash: the code itself is compared before anybody is identified by it.
            contact = contact_of(person, snapshot)
            if contact is not None and contact.identity_code == identity_code:
                return contact
    return None


def guardians_of(person: int, snapshot: Snapshot | None = None) -> tuple[int, ...]:
    """Person keys of those who have custody of a child (Act 361/1983), in key order."""
    found = rows(snapshot or current(), "guardianships", "child", person, ["guardian", "custody"])
    return tuple(sorted(row["guardian"] for row in found if row["custody"]))


def guardians(persons: Collection[int], snapshot: Snapshot | None = None) -> pl.DataFrame:
    """The custodians of many children: columns child and guardian, sorted."""
    children = pl.Series("child", sorted(set(persons)), dtype=pl.Int64)
    return (
        pl.scan_parquet((snapshot or current()).file("guardianships"))
        .filter(pl.col("custody") & pl.col("child").is_in(children.implode()))
        .select("child", "guardian")
        .sort("child", "guardian")
        .collect()
    )


def custodians(persons: Collection[int], snapshot: Snapshot | None = None) -> pl.DataFrame:
    """The custodians of many children: columns child, guardian, together, mother_tongue, sorted.

    `together`: whether the guardian lives in the child's household.
    """
    snapshot = snapshot or current()
    found = guardians(persons, snapshot)
    both = pl.concat([found["child"].rename("person"), found["guardian"].rename("person")]).unique()
    lived = (
        pl.scan_parquet(snapshot.file("residents"))
        .filter(pl.col("person").is_in(both.implode()))
        .select("person", "household", "mother_tongue")
        .collect()
    )
    return (
        found.join(lived.select(child="person", childs="household"), on="child", how="left")
        .join(lived.rename({"person": "guardian"}), on="guardian", how="left")
        .select("child", "guardian", (pl.col("childs") == pl.col("household")).fill_null(False).alias("together"),
                "mother_tongue")
        .sort("child", "guardian")
    )  # fmt: skip


def children_of(person: int, snapshot: Snapshot | None = None) -> tuple[int, ...]:
    """Person keys of the children in a person's custody, in key order."""
    found = rows(snapshot or current(), "guardianships", "guardian", person, ["child", "custody"])
    return tuple(sorted(row["child"] for row in found if row["custody"]))


def household_of(person: int, snapshot: Snapshot | None = None) -> tuple[int, ...]:
    """Person keys of all who live in the same household, the person among them; empty if no household is known."""
    snapshot = snapshot or current()
    own = rows(snapshot, "residents", "person", person, ["household"])
    if not own or own[0]["household"] is None:
        return ()
    members = rows(snapshot, "households", "household", own[0]["household"], ["person"])
    return tuple(sorted(row["person"] for row in members))


def living_among(persons: Collection[int], on: date, snapshot: Snapshot | None = None) -> frozenset[int]:
    """Those of the persons who are alive and have not moved out by a day."""
    wanted = pl.Series(sorted(set(persons)), dtype=pl.Int64)
    found = living(snapshot or current(), on).filter(pl.col("person").is_in(wanted.implode())).collect()
    return frozenset(found["person"].to_list())


def protected_in_register(persons: Iterable[int]) -> frozenset[int]:
    """Those of the persons whom the register in use protects by a non-disclosure order (Act 661/2009 36 §).

    Asked beside our own rows when something is sent: a row of ours may be older than the order. Nobody before the first
    snapshot.
    """
    try:
        snapshot = current()
    except NoSnapshot:
        return frozenset()
    wanted = pl.Series(sorted(set(persons)), dtype=pl.Int64)
    found = (
        pl.scan_parquet(snapshot.file("residents"))
        .filter(pl.col("non_disclosure") & pl.col("person").is_in(wanted.implode()))
        .select("person")
        .collect()
    )
    return frozenset(found["person"].to_list())
