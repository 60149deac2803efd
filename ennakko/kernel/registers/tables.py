# SPDX-License-Identifier: EUPL-1.2
"""The snapshot as the tables that rules are asked about: persons with their facts, and the relations between them."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

import polars as pl

from ennakko.kernel.registers.snapshots import BrokenSnapshot, Snapshot
from ennakko.rules.facts_api import declared_fact
from ennakko.rules.node import FactRef
from ennakko.rules.tables import Group, Links, Rows, Tables

PERSON_FILES = ("residents", "school", "activity", "incomes", "early_education")
TYPES: dict[str, pl.DataType | type[pl.DataType]] = {
    "bool": pl.Boolean,
    "int": pl.Int64,
    "date": pl.Date,
    "code": pl.String,
}


@dataclass(frozen=True, slots=True)
class OwnFact:
    """A fact that our own services know: `frame(on)` has columns person and the fact; `one(person, on)` is one value.

    Persons whom the frame leaves out get `otherwise`: False for a voucher that was not given, None for unknown.
    """

    source: str
    fact: str
    frame: Callable[[date], pl.DataFrame]
    one: Callable[[int, date], object]
    otherwise: object = None


_own: dict[str, OwnFact] = {}


def register_own_facts(
    *,
    source: str,
    fact: str,
    frame: Callable[[date], pl.DataFrame],
    one: Callable[[int, date], object],
    otherwise: object = None,
) -> None:
    """A service offers a fact of its own to every rule; a fact has one provider."""
    if fact in _own and _own[fact].frame is not frame:
        raise ValueError(f"The own fact {fact!r} has two providers.")
    _own[fact] = OwnFact(source, fact, frame, one, otherwise)


def own_fact(name: str) -> OwnFact | None:
    """The provider of a fact, if a service is."""
    return _own.get(name)


@lru_cache(maxsize=4)
def columns_of(snapshot: Snapshot) -> dict[str, str]:
    """Fact column → the file that holds it, one row a person in each."""
    found: dict[str, str] = {}
    for file in PERSON_FILES:
        # A register that the snapshot's controller does not deliver has no file, and then nobody knows its facts.
        if not snapshot.file(file).exists():
            continue
        for column in pl.read_parquet_schema(snapshot.file(file)):
            if column != "person":
                found.setdefault(column, file)
    return found


def persons(columns: Iterable[str], snapshot: Snapshot, on: date, *, afresh: bool = False) -> pl.LazyFrame:
    """Every resident with the columns asked, joined from the files and services that know them.

    `afresh`: own services' facts as before anything was given, for a reform's whole year.
    """
    where = columns_of(snapshot)
    by_file: dict[str, list[str]] = {}
    own: list[OwnFact] = []
    for column in dict.fromkeys(columns):
        if column in _own:
            own.append(_own[column])
        elif column in where:
            by_file.setdefault(where[column], []).append(column)
        else:
            raise BrokenSnapshot(
                f"No register file of snapshot {snapshot.id} and no service knows the fact {column!r}."
            )
    frame = pl.scan_parquet(snapshot.file("residents")).select("person", *by_file.pop("residents", ()))
    for file, wanted in by_file.items():
        other = pl.scan_parquet(snapshot.file(file)).select("person", *wanted)
        frame = frame.join(other, on="person", how="left", maintain_order="left")
    for provider in own:
        frame = _with_own(frame, provider, on, afresh)
    return frame


def _with_own(frame: pl.LazyFrame, provider: OwnFact, on: date, afresh: bool) -> pl.LazyFrame:
    dtype = TYPES[declared_fact(provider.fact).node.type]
    if afresh:
        return frame.with_columns(pl.lit(provider.otherwise, dtype=dtype).alias(provider.fact))
    known = (
        provider.frame(on)
        .lazy()
        .select(pl.col("person").cast(pl.Int64), pl.col(provider.fact).cast(dtype), pl.lit(True).alias("_known"))
    )
    joined = frame.join(known, on="person", how="left", maintain_order="left")
    value = pl.when(pl.col("_known")).then(pl.col(provider.fact)).otherwise(pl.lit(provider.otherwise, dtype=dtype))
    return joined.with_columns(value.alias(provider.fact)).drop("_known")


def living(snapshot: Snapshot, on: date) -> pl.LazyFrame:
    """Person keys of those who are alive and had not moved out by a day (moving day is the last day here)."""
    return (
        pl.scan_parquet(snapshot.file("residents"))
        .filter(pl.col("alive") & (pl.col("moved_out").is_null() | (pl.col("moved_out") >= on)))
        .select("person")
    )


RELATIONS: dict[str, Callable[[Snapshot], Group | Rows[pl.LazyFrame] | Links[pl.LazyFrame]]] = {
    "household": lambda snapshot: Group("household"),
    "guardians": lambda snapshot: Links(_custody(snapshot), owner="child", member="guardian"),
    "children": lambda snapshot: Links(_custody(snapshot), owner="guardian", member="child"),
    "spells": lambda snapshot: Rows(pl.scan_parquet(snapshot.file("spells")), owner="person"),
}


def _custody(snapshot: Snapshot) -> pl.LazyFrame:
    return pl.scan_parquet(snapshot.file("guardianships"))


def relation(name: str, snapshot: Snapshot) -> Group | Rows[pl.LazyFrame] | Links[pl.LazyFrame]:
    """A relation of the snapshot by the name that rules use."""
    if name not in RELATIONS:
        raise BrokenSnapshot(f"No register knows the relation {name!r}; known: {', '.join(sorted(RELATIONS))}.")
    return RELATIONS[name](snapshot)


def tables_for(
    refs: Collection[FactRef], relations: Collection[str], snapshot: Snapshot, on: date, *, afresh: bool = False
) -> Tables[pl.LazyFrame]:
    """What a rule that reads these facts and relations is asked about: everybody, only the columns it names."""
    found = {name: relation(name, snapshot) for name in sorted(set(relations))}
    columns = [ref.name for ref in refs if ref.relation is None]
    for ref in refs:
        own_rows = found.get(ref.relation) if ref.relation else None
        if ref.relation and not (own_rows is not None and ref.name in row_columns(own_rows)):
            columns.append(ref.name)
    columns += [one.column for one in found.values() if isinstance(one, Group)]
    return Tables(persons=persons(columns, snapshot, on, afresh=afresh), relations=found)


def row_columns(one: Group | Rows[pl.LazyFrame] | Links[pl.LazyFrame]) -> frozenset[str]:
    """The columns of a relation's own rows, which win over the member's facts of the same name."""
    return frozenset() if isinstance(one, Group) else frozenset(one.source.collect_schema().names())
