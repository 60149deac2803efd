# SPDX-License-Identifier: Apache-2.0
"""A bound rule as one SQL query: a chain of WITH parts, one for each level of named steps, for registers in a database.

PostgreSQL serves one household or a small scope; Spark SQL is the way out for a register that outgrows one machine. A
whole city in a snapshot is faster on the Polars engine.
"""

# Every name in the text is quoted by the dialect and every value is its literal, so no text of others gets in.
# ruff: noqa: S608

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from ennakko.rules.binding import BoundRule
from ennakko.rules.engines.dialects import Dialect, dialect_named
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
from ennakko.rules.engines.sql_expressions import Column, sql_expression
from ennakko.rules.engines.staging import Computed, Joined, Kept, Plan, member_facts, own_leaves, staged
from ennakko.rules.errors import RuleError, near_names
from ennakko.rules.node import FactRef, Node, StepRef
from ennakko.rules.parameters import ParameterBook
from ennakko.rules.tables import Group, Links, Rows, Tables
from ennakko.rules.tree import Aggregate

YES_MARK, MAYBE_MARK = 2, 1
"""Marks of a member who fulfils the condition of an "any", or may: the greatest decides."""


def to_sql(
    rule: Bindable | BoundRule,
    dialect: str | Dialect,
    on: date,
    book: ParameterBook | None = None,
    tables: Tables[str] | None = None,
    columns: Sequence[str] | None = None,
    *,
    outcomes: Sequence[int] = OUTCOMES,
) -> str:
    """The query that decides everyone on the day: key, `outcome` (1 yes, 0 no, −1 unknown, −2 not applicable), steps.

    `dialect`: "duckdb", "postgres" or "spark". `tables`: their names (default: `persons`, household by the column of
    that name). `columns` and `outcomes` as in the Polars engine. Values stand in the text as quoted literals. Raises
    RuleError for names that the database cannot hold.
    """
    bound = bound_rule(rule, on, book)
    where = Tables("persons", {"household": Group("household")}) if tables is None else tables
    writing = dialect_named(dialect)
    names = column_names(bound, columns)
    work = inside_plan(bound, names, frozenset(outcomes))
    query = _Query(work, where, writing, "p")
    parts, last = query.parts, query.last
    selects = [_selected(bound, names, where.key, writing, last)]
    if bound.scope is not None and not inside_only(bound, outcomes):
        outside = _Query(outside_plan(bound.scope, NOT_APPLICABLE not in outcomes), where, writing, "o")
        parts = [*parts, *outside.parts]
        selects.append(_outside(bound, names, where.key, writing, outside.last, UNKNOWN in outcomes))
    union = "\nUNION ALL\n".join(selects)
    if not {YES, NO, UNKNOWN} <= set(outcomes):
        listed = ", ".join(str(each) for each in outcomes)
        union = f"SELECT * FROM (\n{union}\n) decided WHERE outcome IN ({listed})"
    return "WITH " + ",\n".join(f"{name} AS (\n  {body}\n)" for name, body in parts) + f"\n{union}"


def _selected(bound: BoundRule, names: Sequence[str], key: str, dialect: Dialect, last: str) -> str:
    quoted = dialect.identifier
    holds = f"CASE {quoted(bound.outcome)} WHEN TRUE THEN {YES} WHEN FALSE THEN {NO} ELSE {UNKNOWN} END"
    listed = ", ".join([quoted(key), f"CAST({holds} AS SMALLINT) AS outcome", *map(quoted, names)])
    return f"SELECT {listed} FROM {last}"


def _outside(bound: BoundRule, names: Sequence[str], key: str, dialect: Dialect, last: str, unknown_too: bool) -> str:
    quoted = dialect.identifier
    types = {step.name: step.type for step in bound.steps}
    outcome = f"CASE WHEN {quoted(SCOPE)} IS NULL THEN {UNKNOWN} ELSE {NOT_APPLICABLE} END"
    steps = [f"{dialect.literal(None, types[name])} AS {quoted(name)}" for name in names]
    listed = ", ".join([quoted(key), f"CAST({outcome} AS SMALLINT) AS outcome", *steps])
    only = "" if unknown_too else f" WHERE {quoted(SCOPE)} IS NOT NULL"
    return f"SELECT {listed} FROM {last}{only}"


class _Query:
    """One plan as WITH parts; `last` is the part that holds its outputs."""

    def __init__(self, work: Plan, tables: Tables[str], dialect: Dialect, prefix: str) -> None:
        self.plan = work
        self.tables = tables
        self.dialect = dialect
        self.prefix = prefix
        self.parts: list[tuple[str, str]] = []
        self.scoped = work.first != Kept()
        self.last = self._part(self._persons())
        for level in work.levels:
            if isinstance(level, Computed):
                self.last = self._part(self._computed(level.columns, self.last))
            elif isinstance(level, Kept):
                self.last = self._part(f"SELECT * FROM {self.last} WHERE {self._filters(level, self._column)}")
                self.scoped = True
            else:
                self.last = self._part(self._joined(level))

    def _part(self, body: str) -> str:
        name = f"{self.prefix}{len(self.parts)}"
        self.parts.append((name, body))
        return name

    def _id(self, name: str) -> str:
        return self.dialect.identifier(name)

    def _column(self, leaf: FactRef | StepRef) -> str:
        if isinstance(leaf, StepRef):
            return self._id(leaf.name)
        return self._id(f"@{leaf.name}" if leaf.relation is None else f"@{leaf.relation}.{leaf.name}")

    def _raw(self, fact: FactRef | StepRef) -> str:
        """A fact as the register holds it; numbers at full width."""
        name = self._id(fact.name)
        return f"CAST({name} AS BIGINT)" if fact.type == "int" else name

    def _expression(self, node: Node) -> str:
        return sql_expression(node, self._column, self.dialect)

    def _computed(self, columns: Sequence[tuple[str, Node]], source: str) -> str:
        listed = ", ".join(f"{self._expression(node)} AS {self._id(name)}" for name, node in columns)
        return f"SELECT {source}.*, {listed} FROM {source}{self.dialect.fence}"

    def _filters(self, kept: Kept, column: Column) -> str:
        certain = [sql_expression(each, column, self.dialect) for each in kept.certain]
        possible = [f"COALESCE({sql_expression(each, column, self.dialect)}, TRUE)" for each in kept.possible]
        return " AND ".join([*certain, *possible])

    def _persons(self) -> str:
        groups = {
            relation.column for name in self.plan.relations() if isinstance(relation := self._relation(name), Group)
        }
        listed = [
            f"{self._id(self.tables.key)}",
            *[f"{self._raw(fact)} AS {self._column(fact)}" for fact in self.plan.facts()],
            *[f"{self._id(column)} AS {self._id(_group(column))}" for column in sorted(groups)],
        ]
        conditions = self._filters(self.plan.first, self._raw)
        where = f" WHERE {conditions}" if conditions else ""
        return f"SELECT {', '.join(listed)} FROM {self.dialect.table(self.tables.persons)}{where}"

    def _relation(self, name: str) -> Group | Rows[str] | Links[str]:
        if name not in self.tables.relations:
            raise RuleError(f"The tables have no relation {name}.{near_names(name, self.tables.relations)}")
        return self.tables.relations[name]

    def _joined(self, level: Joined) -> str:
        relation = self._relation(level.relation)
        group = relation.column if isinstance(relation, Group) else None
        on = self._id(_group(group) if group else self.tables.key)
        own = self.last
        members = self._part(self._members(level, relation, own, on))
        if level.paired:
            members = self._part(self._paired(level, members, own, on))
            on = self._id(self.tables.key)
        totals = self._part(self._totals(level, self._prepared(level, members)))
        missing = f"{own}.{self._id(_group(group))} IS NULL" if group else None
        settled = ", ".join(f"{self._settled(name, node, missing)} AS {self._id(name)}" for name, node in level.columns)
        return f"SELECT {own}.*, {settled} FROM {own} LEFT JOIN {totals} ON {own}.{on} = {totals}.{self._id('#on')}"

    def _members(self, level: Joined, relation: Group | Rows[str] | Links[str], own: str, on: str) -> str:
        facts = member_facts([level])
        concerned = f" IN (SELECT {on} FROM {own})" if self.scoped else " IS NOT NULL"
        persons = self.dialect.table(self.tables.persons)
        if isinstance(relation, Links):
            return self._links(relation, facts, concerned, persons)
        source = persons if isinstance(relation, Group) else self.dialect.table(relation.source)
        owner = self._id(relation.column if isinstance(relation, Group) else relation.owner)
        listed = ", ".join([f"{owner} AS {self._id('#on')}", *[f"{self._raw(f)} AS {self._column(f)}" for f in facts]])
        return f"SELECT {listed} FROM {source} WHERE {owner}{concerned}"

    def _links(self, relation: Links[str], facts: Sequence[FactRef], concerned: str, persons: str) -> str:
        def read(fact: FactRef) -> str:
            name = f"{'l' if fact.name in relation.facts else 'm'}.{self._id(fact.name)}"
            value = f"CAST({name} AS BIGINT)" if fact.type == "int" else name
            return f"{value} AS {self._column(fact)}"

        owner = f"l.{self._id(relation.owner)}"
        listed = ", ".join([f"{owner} AS {self._id('#on')}", *map(read, facts)])
        join = f"LEFT JOIN {persons} m ON l.{self._id(relation.member)} = m.{self._id(self.tables.key)}"
        return f"SELECT {listed} FROM {self.dialect.table(relation.source)} l {join} WHERE {owner}{concerned}"

    def _paired(self, level: Joined, members: str, own: str, on: str) -> str:
        """Each member beside each person who reads it; the owner is now the person."""
        facts = [f"m.{self._column(fact)}" for fact in member_facts([level])]
        read = [f"o.{self._column(each)}" for each in own_leaves(level)]
        listed = ", ".join([f"o.{self._id(self.tables.key)} AS {self._id('#on')}", *facts, *read])
        return f"SELECT {listed} FROM {members} m JOIN {own} o ON m.{self._id('#on')} = o.{on}"

    def _prepared(self, level: Joined, members: str) -> str:
        parts: dict[str, Node] = {}
        for name, node in level.columns:
            parts[f"{name}#where"] = node.where
            if node.value is not None:
                parts[f"{name}#value"] = node.value
        for columns in staged(parts):
            members = self._part(self._computed(columns, members))
        return members

    def _totals(self, level: Joined, members: str) -> str:
        listed = [self._id("#on")]
        for name, node in level.columns:
            inside, value = self._id(f"{name}#where"), self._id(f"{name}#value")
            lost = f"{inside} IS NULL" if node.value is None else f"{inside} IS NULL OR ({inside} AND {value} IS NULL)"
            if node.how == "any":
                marks = f"CASE WHEN {inside} THEN {YES_MARK} WHEN {inside} IS NULL THEN {MAYBE_MARK} ELSE 0 END"
                listed.append(f"MAX({marks}) AS {self._id(f'{name}#total')}")
                continue
            kept = f"CASE WHEN {inside} THEN {value if node.value is not None else '1'} END"
            total = f"{node.how.upper()}({kept})"
            total = f"CAST({total} AS BIGINT)" if node.how == "sum" else total
            listed.append(f"{total} AS {self._id(f'{name}#total')}")
            listed.append(f"MAX(CASE WHEN {lost} THEN 1 ELSE 0 END) AS {self._id(f'{name}#lost')}")
        return f"SELECT {', '.join(listed)} FROM {members} GROUP BY {self._id('#on')}"

    def _settled(self, name: str, node: Aggregate, missing: str | None) -> str:
        """The joined total: what it is of no rows, unknown where a row or the whole relation is."""
        total, lost = self._id(f"{name}#total"), self._id(f"{name}#lost")
        unknown = [missing] if missing else []
        if node.how == "any":
            unknown.append(f"{total} = {MAYBE_MARK}")
            value = f"COALESCE({total}, 0) = {YES_MARK}"
        else:
            unknown.append(f"{lost} = 1")
            value = f"COALESCE({total}, 0)" if node.how in ("count", "sum") else total
        return f"CASE WHEN {' OR '.join(unknown)} THEN {self.dialect.literal(None, node.type)} ELSE {value} END"


def _group(column: str) -> str:
    return f"@@{column}"
