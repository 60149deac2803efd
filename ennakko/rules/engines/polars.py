# SPDX-License-Identifier: Apache-2.0
"""The embedded population engine: staged rules over all persons as Polars work, reading only the columns they name.

Integers are 64 bits wide at every leaf (narrower ones wrap without a word), unknown is null, and every operator is as
strict as the reference engine. Relations are aggregated by `group_by` and joined, never by windows, and only for the
persons whom the rule concerns: their keys are collected first, which was three times faster than one lazy plan.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from itertools import takewhile

import polars as pl

from ennakko.rules.analysis import facts_of, walk
from ennakko.rules.binding import BoundRule
from ennakko.rules.engines.polars_expressions import DTYPES, Column, expression
from ennakko.rules.engines.polars_relations import (
    aggregated,
    column_of,
    member_column,
    own_column,
    paired,
    possible,
    printed,
    settled,
)
from ennakko.rules.engines.screening import (
    NO,
    NOT_APPLICABLE,
    OUTCOMES,
    SCOPE,
    UNKNOWN,
    YES,
    Bindable,
    bound_rule,
    column_names,
    inside_only,
    inside_plan,
    outside_plan,
)
from ennakko.rules.engines.staging import Computed, Joined, Kept, Plan, member_facts, nodes_of
from ennakko.rules.errors import RuleError, near_names
from ennakko.rules.node import Const, FactRef, Node
from ennakko.rules.parameters import ParameterBook
from ennakko.rules.tables import Group, Rows, Tables
from ennakko.rules.tree import Aggregate, Place

Frames = Tables[pl.LazyFrame]


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


def screening(
    bound: BoundRule,
    tables: Frames,
    columns: Sequence[str] | None,
    *,
    outcomes: Sequence[int] = OUTCOMES,
    carry: Sequence[str] = (),
) -> pl.LazyFrame:
    """What `screen_polars` gives, still to be collected."""
    names = column_names(bound, columns)
    work = inside_plan(bound, names, frozenset(outcomes))
    holds = pl.when(pl.col(bound.outcome)).then(YES).when(~pl.col(bound.outcome)).then(NO).otherwise(UNKNOWN)
    decided = run(work, tables, carry=carry).select(tables.key, holds.cast(pl.Int8).alias("outcome"), *carry, *names)
    if not {YES, NO, UNKNOWN} <= set(outcomes):
        decided = decided.filter(pl.col("outcome").is_in(list(outcomes)))
    if inside_only(bound, outcomes):
        return decided
    return pl.concat([decided, _outside(bound, tables, names, outcomes, carry)])


def _outside(
    bound: BoundRule, tables: Frames, names: Sequence[str], outcomes: Sequence[int], carry: Sequence[str]
) -> pl.LazyFrame:
    """The rows whose scope is false or unknown: their steps are not computed."""
    assert bound.scope is not None
    unknown_only = NOT_APPLICABLE not in outcomes
    if unknown_only and _only_gaps_matter(bound.scope):
        tables = replace(tables, persons=_with_gaps(tables, facts_of([bound.scope]), carry))
    types = {step.name: DTYPES[step.type] for step in bound.steps}
    outcome = pl.when(pl.col(SCOPE).is_null()).then(UNKNOWN).otherwise(NOT_APPLICABLE).cast(pl.Int8)
    rows = run(outside_plan(bound.scope, unknown_only), tables, carry=carry).select(
        tables.key, outcome.alias("outcome"), *carry, *[pl.lit(None, dtype=types[name]).alias(name) for name in names]
    )
    return rows if UNKNOWN in outcomes else rows.filter(pl.col("outcome") == NOT_APPLICABLE)


def _only_gaps_matter(scope: Node) -> bool:
    """Whether only a missing own fact can make the scope unknown: no relation, and nothing undecided, stands in it."""
    return not any(isinstance(each, Aggregate | Place) or (isinstance(each, Const) and each.value is None)
                   for each in walk(scope))  # fmt: skip


def _with_gaps(tables: Frames, facts: Sequence[FactRef], carry: Sequence[str]) -> pl.LazyFrame:
    """Persons of whom one of the facts is missing: only their scope can be unknown, and they are soon found."""
    schema = tables.persons.collect_schema()
    gaps = [_read(fact, schema, "the persons").is_null() for fact in facts]
    columns = dict.fromkeys((tables.key, *carry, *(fact.name for fact in facts)))
    return tables.persons.filter(pl.any_horizontal(False, *gaps)).select(*columns).collect().lazy()


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
        position = 0
        while position < len(work.levels):
            level = work.levels[position]
            wave = tuple(takewhile(lambda each: isinstance(each, Joined), work.levels[position:]))
            if isinstance(level, Computed):
                self.frame = self.frame.with_columns(**printed(level.columns))
            elif isinstance(level, Kept):
                self.frame = self.frame.filter(*_filters(level, column_of))
                self.scoped = True
            else:
                self._join([each for each in wave if isinstance(each, Joined)], position)
            position += max(len(wave), 1)
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

    def _join(self, wave: Sequence[Joined], position: int) -> None:
        """Join relations that do not wait for each other; each is read once."""
        own = self.frame.select(self._still_needed(position)).collect()
        read: dict[str, pl.DataFrame] = {}
        frame, settling = own.lazy(), dict[str, pl.Expr]()
        for level in wave:
            if level.relation not in read:
                facts = member_facts(each for each in wave if each.relation == level.relation)
                read[level.relation] = self._members(level.relation, facts, own).collect()
            members = read[level.relation].lazy()
            column = self._group_column(level.relation)
            on = _group(column) if column else self.tables.key
            if level.paired:
                members = paired(members, own, level, link=on, key=self.tables.key)
                on = self.tables.key
            frame = frame.join(aggregated(members, level, "#on"), left_on=on, right_on="#on", how="left")
            missing = pl.col(_group(column)).is_null() if column else None
            settling |= {name: settled(name, node, missing) for name, node in level.columns}
        self.frame = frame.with_columns(**settling)

    def _still_needed(self, position: int) -> list[str]:
        columns, facts = self.plan.needed_after(position)
        groups = {_group(column) for each in self.plan.levels[position:] if isinstance(each, Joined)
                  if (column := self._group_column(each.relation))}  # fmt: skip
        wanted = {self.tables.key, *self.carry, *columns, *map(own_column, facts), *groups}
        return [each for each in self.frame.collect_schema().names() if each in wanted]

    def _members(self, name: str, facts: Sequence[FactRef], own: pl.DataFrame) -> pl.LazyFrame:
        """The relation's rows that concern these persons, with their owner in `#on`."""
        relation = self.tables.relations[name]
        if isinstance(relation, Group):
            rows = self.tables.persons.filter(self._concerned(relation.column, own, _group(relation.column)))
            return rows.select(pl.col(relation.column).alias("#on"), *_members_facts(facts, self.schema, name))
        rows = relation.source.filter(self._concerned(relation.owner, own, self.tables.key))
        schema, owner = relation.source.collect_schema(), pl.col(relation.owner).alias("#on")
        if isinstance(relation, Rows):
            return rows.select(owner, *_members_facts(facts, schema, name))
        near = [fact for fact in facts if fact.name in relation.facts]
        far = [fact for fact in facts if fact not in near]
        pairs = rows.select(owner, pl.col(relation.member).alias("#member"), *_members_facts(near, schema, name))
        if not far:
            return pairs
        # The members' own facts are read only of those whom the persons are linked to.
        found = pairs.collect()
        theirs = self.tables.persons.filter(pl.col(self.tables.key).is_in(found.get_column("#member").implode()))
        read = theirs.select(pl.col(self.tables.key).alias("#member"), *_members_facts(far, self.schema, name))
        return found.lazy().join(read, on="#member", how="left")

    def _concerned(self, owner: str, own: pl.DataFrame, link: str) -> pl.Expr:
        if not self.scoped:
            return pl.col(owner).is_not_null()
        return pl.col(owner).is_in(own.get_column(link).implode())


def _group(column: str) -> str:
    return f"@@{column}"


def _filters(kept: Kept, column: Column) -> list[pl.Expr]:
    certain = [expression(each, column) for each in kept.certain]
    return [*certain, *(possible(expression(each, column)) for each in kept.possible)]


def _members_facts(facts: Sequence[FactRef], schema: pl.Schema, where: str) -> list[pl.Expr]:
    return [_read(fact, schema, where).alias(member_column(fact)) for fact in facts]


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
