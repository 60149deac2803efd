# SPDX-License-Identifier: EUPL-1.2
"""The facts of some persons, side by side, with their relations as lists: what a decision on them is made from."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

import polars as pl

from ennakko.kernel.registers import tables
from ennakko.kernel.registers.snapshots import Snapshot
from ennakko.rules.node import FactRef
from ennakko.rules.tables import Group, Links, Rows


def gather(
    refs: Collection[FactRef], relations: Collection[str], whom: Sequence[int], snapshot: Snapshot, on: date
) -> pl.DataFrame:
    """One row a person who is in the snapshot, sorted: person, a column per fact, a list of structs per relation."""
    own = [ref.name for ref in refs if ref.relation is None]
    found = {name: tables.relation(name, snapshot) for name in sorted(set(relations))}
    groups = [one.column for one in found.values() if isinstance(one, Group)]
    frame = _some(tables.persons([*own, *groups], snapshot, on), "person", whom).collect().sort("person")
    for name, one in found.items():
        wanted = sorted({ref.name for ref in refs if ref.relation == name})
        frame = _with_relation(frame, name, one, wanted, snapshot, on)
    return frame.select("person", *dict.fromkeys(own), *found)


def _some(frame: pl.LazyFrame, key: str, whom: Sequence[int]) -> pl.LazyFrame:
    """The rows of some keys; one key alone is compared directly, which lets the file's statistics skip the rest."""
    if len(whom) == 1:
        return frame.filter(pl.col(key) == whom[0])
    return frame.filter(pl.col(key).is_in(pl.Series(sorted(whom), dtype=pl.Int64).implode()))


def _with_relation(
    frame: pl.DataFrame,
    name: str,
    one: Group | Rows[pl.LazyFrame] | Links[pl.LazyFrame],
    wanted: list[str],
    snapshot: Snapshot,
    on: date,
) -> pl.DataFrame:
    if isinstance(one, Group):
        keys = frame[one.column].drop_nulls().unique().to_list()
        members = _some(tables.persons([one.column, *wanted], snapshot, on), one.column, keys).collect()
        listed = _listed(members, one.column, name, wanted)
        return frame.join(listed, on=one.column, how="left", maintain_order="left")
    rows = _some(one.source, one.owner, frame["person"].to_list()).collect()
    if isinstance(one, Links):
        of_member = [column for column in wanted if column not in rows.columns]
        if of_member and rows.height:
            facts = _some(tables.persons(of_member, snapshot, on), "person", rows[one.member].unique().to_list())
            rows = rows.join(facts.collect(), left_on=one.member, right_on="person", how="left", maintain_order="left")
        elif of_member:
            rows = rows.with_columns(pl.lit(None).alias(column) for column in of_member)
    listed = _listed(rows, one.owner, name, wanted)
    joined = frame.join(listed, left_on="person", right_on=one.owner, how="left", maintain_order="left")
    return joined.with_columns(pl.col(name).fill_null(pl.lit([], dtype=listed.schema[name])))


def _listed(rows: pl.DataFrame, owner: str, name: str, wanted: list[str]) -> pl.DataFrame:
    """Rows of a relation as one list of structs per owner."""
    shown = [pl.col(column) for column in wanted] or [pl.lit(True).alias("member")]
    return rows.group_by(owner, maintain_order=True).agg(pl.struct(shown).alias(name))


def as_json(frame: pl.DataFrame) -> dict[int, dict[str, Any]]:
    """Each person's row as JSON values: days as text, relations as lists of rows."""
    written = frame.with_columns(pl.col(pl.Date).dt.to_string("iso"))
    nested = any(isinstance(kind, pl.List | pl.Struct) for kind in written.schema.values())
    rows = {row.pop("person"): row for row in written.iter_rows(named=True)}
    return {person: _plain(row) for person, row in rows.items()} if nested else rows


def _plain(row: dict[str, Any]) -> dict[str, Any]:
    return {name: _plain_value(value) for name, value in row.items()}


def _plain_value(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list):
        return [_plain_value(one) for one in value]
    return _plain(value) if isinstance(value, dict) else value
