# SPDX-License-Identifier: Apache-2.0
"""The embedded population engine: staged rules over all persons as Polars work, reading only the columns they name.

Integers are 64 bits wide at every leaf (narrower ones wrap without a word), unknown is null, and every operator is as
strict as the reference engine. Relations are aggregated by `group_by` and joined, never by windows, and only for the
persons whom the rule concerns: their keys are collected first, which was three times faster than one lazy plan.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Protocol

import polars as pl

from ennakko.rules.analysis import walk
from ennakko.rules.binding import BoundRule
from ennakko.rules.engines.polars_expressions import DTYPES, Column, expression
from ennakko.rules.engines.polars_relations import (
    aggregated,
    column_of,
    member_column,
    member_facts,
    own_column,
    paired,
    possible,
    printed,
    settled,
)
from ennakko.rules.engines.staging import Computed, Joined, Kept, Plan, nodes_of, plan
from ennakko.rules.errors import RuleError, near_names
from ennakko.rules.node import FactRef, Node, StepRef
from ennakko.rules.parameters import ParameterBook
from ennakko.rules.tables import Group, Links, Tables
from ennakko.rules.tree import Not

Frames = Tables[pl.LazyFrame]


YES, NO, UNKNOWN, NOT_APPLICABLE = 1, 0, -1, -2
"""The outcomes in the Int8 column `outcome`."""
OUTCOMES = (YES, NO, UNKNOWN, NOT_APPLICABLE)
SCOPE = "#scope"


class Bindable(Protocol):
    """A rule, or one already bound."""

    def bind(self, on: date, book: ParameterBook | None = None) -> BoundRule: ...


def screen_polars(
    rule: Bindable | BoundRule,
    tables: Frames,
    on: date,
    book: ParameterBook | None = None,
    columns: Sequence[str] | None = None,
    *,
    outcomes: Sequence[int] = OUTCOMES,
    carry: Sequence[str] = (),
) -> pl.DataFrame:
    """Decide everyone: one row a person with the key, `outcome` (Int8: 1 yes, 0 no, −1 unknown, −2 not applicable),
    the carried columns of the persons and the steps (all, or those named), in no set order.

    `outcomes` keeps only such rows; without 0 and −2, who cannot be entitled is dropped before relations are read.
    Steps are null outside the scope. Raises RuleError for facts that the tables lack, EvaluationError for a day
    without parameters.
    """
    return screening(bound_rule(rule, on, book), tables, columns, outcomes=outcomes, carry=carry).collect()


def bound_rule(rule: Bindable | BoundRule, on: date, book: ParameterBook | None) -> BoundRule:
    """The rule bound to the day; one that is bound stays as it is."""
    return rule if isinstance(rule, BoundRule) else rule.bind(on, book)


def screening(
    bound: BoundRule,
    tables: Frames,
    columns: Sequence[str] | None,
    *,
    outcomes: Sequence[int] = OUTCOMES,
    carry: Sequence[str] = (),
) -> pl.LazyFrame:
    """What `screen_polars` gives, still to be collected."""
    definitions: dict[str, Node] = {step.name: step.x for step in bound.steps}
    names = tuple(definitions) if columns is None else tuple(columns)
    for name in names:
        bound.definition.step(name)
    outcome = StepRef(bound.outcome, "bool")
    work = plan(
        definitions,
        outputs=tuple(dict.fromkeys((bound.outcome, *names))),
        certain=bound.scope,
        possible=None if NO in outcomes else outcome,
    )
    decided = run(work, tables, carry=carry).select(
        tables.key,
        pl.when(pl.col(bound.outcome)).then(YES).when(~pl.col(bound.outcome)).then(NO).otherwise(UNKNOWN)
        .cast(pl.Int8).alias("outcome"),
        *carry,
        *names,
    )  # fmt: skip
    if set(outcomes) < {YES, NO, UNKNOWN}:
        decided = decided.filter(pl.col("outcome").is_in(list(outcomes)))
    if bound.scope is None or not {UNKNOWN, NOT_APPLICABLE} & set(outcomes):
        return decided
    return pl.concat([decided, _outside(bound, tables, names, outcomes, carry)])


def _outside(
    bound: BoundRule, tables: Frames, names: Sequence[str], outcomes: Sequence[int], carry: Sequence[str]
) -> pl.LazyFrame:
    """The rows whose scope is false or unknown: their steps are not computed."""
    assert bound.scope is not None
    work = plan({SCOPE: bound.scope}, outputs=(SCOPE,), possible=Not(StepRef(SCOPE, "bool")))
    types = {step.name: DTYPES[step.type] for step in bound.steps}
    outside = pl.when(pl.col(SCOPE).is_null()).then(UNKNOWN).otherwise(NOT_APPLICABLE).cast(pl.Int8)
    rows = run(work, tables, carry=carry).select(
        tables.key, outside.alias("outcome"), *carry, *[pl.lit(None, dtype=types[name]).alias(name) for name in names]
    )
    return rows if {UNKNOWN, NOT_APPLICABLE} <= set(outcomes) else rows.filter(pl.col("outcome").is_in(list(outcomes)))


def run(work: Plan, tables: Frames, *, carry: Sequence[str] = ()) -> pl.LazyFrame:
    """The plan's outputs for every kept person, with the key and the carried columns of the persons; in no set order.

    Relations are read while this runs; what is returned is still to be collected. Raises RuleError for a fact that the
    tables lack or that is of another type there.
    """
    return _Work(work, tables, carry).frame


class _Work:
    """One plan being run: `frame` grows by a level at a time."""

    def __init__(self, work: Plan, tables: Frames, carry: Sequence[str]) -> None:
        self.plan = work
        self.tables = tables
        self.carry = tuple(carry)
        self.scoped = work.first != Kept()
        self.schema = tables.persons.collect_schema()
        self.frame = self._persons()
        for position, level in enumerate(work.levels):
            if isinstance(level, Computed):
                self.frame = self.frame.with_columns(**printed(level.columns))
            elif isinstance(level, Kept):
                self.frame = self.frame.filter(*_filters(level, column_of))
                self.scoped = True
            else:
                self._join(level, position)
        self.frame = self.frame.select(tables.key, *self.carry, *work.outputs)

    def _persons(self) -> pl.LazyFrame:
        carried = self.plan.facts()
        filtered = [each for node in nodes_of(self.plan.first) for each in walk(node) if isinstance(each, FactRef)]
        raw = {fact.name: _read(fact, self.schema, "the persons") for fact in (*carried, *filtered)}
        groups = [column for relation in self.plan.relations() if (column := self._group_column(relation))]
        return self.tables.persons.filter(*_filters(self.plan.first, lambda leaf: raw[leaf.name])).select(
            self.tables.key,
            *self.carry,
            *[raw[fact.name].alias(own_column(fact.name)) for fact in carried],
            *[pl.col(column).alias(_group(column)) for column in dict.fromkeys(groups)],
        )

    def _group_column(self, relation: str) -> str | None:
        found = self.tables.relations.get(relation)
        if found is None:
            raise RuleError(f"The tables have no relation {relation}.{near_names(relation, self.tables.relations)}")
        return found.column if isinstance(found, Group) else None

    def _join(self, level: Joined, position: int) -> None:
        columns, facts = self.plan.needed_after(position)
        groups = {_group(c) for each in self.plan.levels[position:] if isinstance(each, Joined)
                  for c in [self._group_column(each.relation)] if c}  # fmt: skip
        present = self.frame.collect_schema().names()
        wanted = {self.tables.key, *self.carry, *columns, *map(own_column, facts), *groups}
        own = self.frame.select([each for each in present if each in wanted]).collect()
        members, link = self._members(level, own)
        if level.paired:
            members = paired(members, own, level, link=link, key=self.tables.key)
            on = self.tables.key
        else:
            on = link
        joined = own.lazy().join(aggregated(members, level, "#on"), left_on=on, right_on="#on", how="left")
        column = self._group_column(level.relation)
        missing = pl.col(_group(column)).is_null() if column else None
        self.frame = joined.with_columns(**{name: settled(name, node, missing) for name, node in level.columns})

    def _members(self, level: Joined, own: pl.DataFrame) -> tuple[pl.LazyFrame, str]:
        """The relation's rows with their owner in `#on`, and the own column that it equals."""
        relation = self.tables.relations[level.relation]
        facts = member_facts(level)
        if isinstance(relation, Group):
            source, owner, link = self.tables.persons, relation.column, _group(relation.column)
        else:
            source, owner, link = relation.source, relation.owner, self.tables.key
        if isinstance(relation, Links):
            # The members' facts are looked up only for those whom the persons are linked to.
            pairs = source.filter(self._concerned(owner, own, link))
            schema = pairs.collect_schema()
            far = [fact for fact in facts if fact.name not in schema]
            theirs = self.tables.persons.select(
                pl.col(self.tables.key).alias("#member"),
                *[_read(fact, self.schema, level.relation).alias(member_column(fact)) for fact in far],
            )
            near = [_read(fact, schema, level.relation).alias(member_column(fact)) for fact in facts if fact not in far]
            rows = pairs.select(pl.col(owner).alias("#on"), pl.col(relation.member).alias("#member"), *near)
            return (rows.join(theirs, on="#member", how="left") if far else rows), link
        schema = source.collect_schema()
        read = [_read(fact, schema, level.relation).alias(member_column(fact)) for fact in facts]
        return source.filter(self._concerned(owner, own, link)).select(pl.col(owner).alias("#on"), *read), link

    def _concerned(self, owner: str, own: pl.DataFrame, link: str) -> pl.Expr:
        if not self.scoped:
            return pl.col(owner).is_not_null()
        return pl.col(owner).is_in(own.get_column(link).implode())


def _group(column: str) -> str:
    return f"@@{column}"


def _filters(kept: Kept, column: Column) -> list[pl.Expr]:
    certain = [expression(each, column) for each in kept.certain]
    return [*certain, *(possible(expression(each, column)) for each in kept.possible)]


def _read(fact: FactRef, schema: pl.Schema, where: str) -> pl.Expr:
    """A fact's column at full width; refused when it is absent or of another kind."""
    if fact.name not in schema:
        raise RuleError(f"The rule reads {fact.name}, which {where} lack.{near_names(fact.name, schema.names())}")
    dtype, column = schema[fact.name], pl.col(fact.name)
    if dtype == DTYPES[fact.type] or dtype == pl.Null:
        return column if dtype == DTYPES[fact.type] else column.cast(DTYPES[fact.type])
    if (fact.type == "int" and dtype.is_integer()) or (fact.type == "code" and dtype in (pl.Categorical, pl.Enum)):
        return column.cast(DTYPES[fact.type])
    raise RuleError(f"{fact.name} of {where} is {dtype}, but the rule needs {fact.type} ({DTYPES[fact.type]}).")
