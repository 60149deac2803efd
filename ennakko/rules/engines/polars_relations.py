# SPDX-License-Identifier: Apache-2.0
"""Aggregates over a relation's rows in Polars: prepared as columns, grouped by owner, settled after the join."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache, reduce
from operator import or_

import polars as pl

from ennakko.rules.analysis import walk
from ennakko.rules.engines.polars_expressions import expression, literal
from ennakko.rules.engines.staging import Joined, own_leaves, staged
from ennakko.rules.node import Const, FactRef, Node, StepRef
from ennakko.rules.tree import Aggregate, And, Choose

YES, MAYBE = 2, 1
"""Marks of a member who fulfils the condition of an "any", or may: the greatest decides."""


def own_column(name: str) -> str:
    """Where a person's fact stands while a plan runs: no step can be called so."""
    return f"@{name}"


def member_column(fact: FactRef) -> str:
    """Where a member's fact stands."""
    return f"@{fact.relation}.{fact.name}"


def column_of(node: FactRef | StepRef) -> pl.Expr:
    """The column of a fact or a step while a plan runs."""
    if isinstance(node, StepRef):
        return pl.col(node.name)
    return pl.col(own_column(node.name) if node.relation is None else member_column(node))


@lru_cache(maxsize=2048)
def printed(columns: tuple[tuple[str, Node], ...]) -> Mapping[str, pl.Expr]:
    """Columns as Polars expressions; kept, because writing them takes as long as running them on a small city."""
    return {name: expression(node, column_of) for name, node in columns}


def possible(condition: pl.Expr) -> pl.Expr:
    """Whether the condition holds or is unknown."""
    return condition.fill_null(value=True)


def paired(members: pl.LazyFrame, own: pl.DataFrame, level: Joined, *, link: str, key: str) -> pl.LazyFrame:
    """Each member beside each person who reads it, with what the conditions read of the person; owner is the key."""
    read, certain = _pairing(level)
    beside = own.lazy().select(pl.col(link).alias("#on"), pl.col(key).alias("#key"), *read)
    return members.filter(*certain).join(beside, on="#on", how="inner").drop("#on").rename({"#key": "#on"})


@lru_cache(maxsize=512)
def _pairing(level: Joined) -> tuple[tuple[str, ...], tuple[pl.Expr, ...]]:
    """What the conditions read of the person, and those on the members alone."""
    read = {column_of(each).meta.output_name() for each in own_leaves(level)}
    alone = [possible(expression(each, column_of)) for each in _members_own_conditions(level)]
    return tuple(sorted(read)), tuple(alone)


def _members_own_conditions(level: Joined) -> list[Node]:
    """Conditions on the members alone, without which no row of a single aggregate counts."""
    if len(level.columns) != 1:
        return []
    found: list[Node] = []
    stack = [level.columns[0][1].where]
    while stack:
        node = stack.pop()
        match node:
            case And(xs):
                stack.extend(xs)
            case Choose(((condition, _),), Const(value=False)):
                stack.append(condition)
            case _ if all(each.relation for each in walk(node) if isinstance(each, FactRef)) and not any(
                isinstance(each, StepRef) for each in walk(node)
            ):
                found.append(node)
    return found


def aggregated(members: pl.LazyFrame, level: Joined, on: str) -> pl.LazyFrame:
    """One row per owner: for each aggregate its value over the known rows, and whether something in it is unknown."""
    work = _totals(level)
    for columns in work.stages:
        members = members.with_columns(**columns)
    if work.counts is not None:
        members = members.filter(work.counts)
    return members.with_columns(**work.prepared).group_by(on).agg(*work.results)


@dataclass(frozen=True, slots=True)
class _Totals:
    """The work of one join: columns by stage, which rows can count, the columns that are then totalled, and how."""

    stages: tuple[Mapping[str, pl.Expr], ...]
    counts: pl.Expr | None
    prepared: Mapping[str, pl.Expr]
    results: tuple[pl.Expr, ...]


@lru_cache(maxsize=512)
def _totals(level: Joined) -> _Totals:
    parts: dict[str, Node] = {}
    for name, node in level.columns:
        parts[f"{name}#where"] = node.where
        if node.value is not None:
            parts[f"{name}#value"] = node.value
    constant = {name for name, node in parts.items() if node == Const(True, "bool")}
    stages = staged({name: node for name, node in parts.items() if name not in constant})
    inside = {name: None if f"{name}#where" in constant else pl.col(f"{name}#where") for name, _ in level.columns}
    conditions = [each for each in inside.values() if each is not None]
    counts = possible(reduce(or_, conditions)) if len(conditions) == len(inside) else None
    prepared: dict[str, pl.Expr] = {}
    results: list[pl.Expr] = []
    for name, node in level.columns:
        _prepare(name, node, inside[name], prepared, results)
    return _Totals(tuple(printed(columns) for columns in stages), counts, prepared, tuple(results))


def _prepare(
    name: str, node: Aggregate, inside: pl.Expr | None, prepared: dict[str, pl.Expr], results: list[pl.Expr]
) -> None:
    # Plain sums and maxima of prepared columns take the fast path of group_by; conditions inside it do not.
    if node.how == "any":
        found = literal(YES, "int") if inside is None else pl.when(inside).then(YES).when(inside.is_null()).then(MAYBE)
        prepared[name] = found.cast(pl.Int8)
        results.append(pl.col(name).max())
        return
    unknown = None if inside is None else inside.is_null()
    if node.value is None:
        results.append((pl.len() if inside is None else inside.sum()).cast(pl.Int64).alias(name))
    else:
        value = pl.col(f"{name}#value")
        prepared[name] = value if inside is None else pl.when(inside).then(value)
        results.append(getattr(pl.col(name), node.how)())
        lost = value.is_null() if inside is None else inside & value.is_null()
        unknown = lost if unknown is None else unknown | lost
    if unknown is not None:
        prepared[f"{name}#unknown"] = unknown
        results.append(pl.col(f"{name}#unknown").max())


def settled(name: str, node: Aggregate, missing: pl.Expr | None) -> pl.Expr:
    """The joined aggregate: what it is of no rows, unknown where a row or the whole relation (`missing`) is unknown."""
    found = pl.col(name)
    if node.how == "any":
        result: pl.Expr = pl.when(found == YES).then(statement=True).when(found.is_null()).then(statement=False)
    else:
        kept = found.fill_null(0) if node.how in ("count", "sum") else found
        doubtful = node.value is not None or node.where != Const(True, "bool")
        result = pl.when(~pl.col(f"{name}#unknown").fill_null(value=False)).then(kept) if doubtful else kept
    return result if missing is None else pl.when(~missing).then(result)
