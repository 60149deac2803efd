# SPDX-License-Identifier: Apache-2.0
"""Where a population engine finds persons and their relations: frames for Polars, table names for SQL."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Generic, TypeVar

Source = TypeVar("Source")
"""A `polars.LazyFrame`, or a table's name in a database."""


@dataclass(frozen=True, slots=True)
class Group:
    """Persons who share the value of a column of the persons, themselves included: a household.

    Without a value the relation is not known, and everything said about it is unknown.
    """

    column: str


@dataclass(frozen=True)  # no slots: Python 3.11 cannot make Tables[str](…) of them
class Rows(Generic[Source]):
    """Rows that belong to one person each, by the column `owner`: employment spells."""

    source: Source
    owner: str


@dataclass(frozen=True)  # no slots: Python 3.11 cannot make Tables[str](…) of them
class Links(Generic[Source]):
    """Pairs of persons, from `owner` to `member`, whose facts are the member's own: a child's guardians.

    `facts` names those facts of the relation that stand with the pair itself (`custody`).
    """

    source: Source
    owner: str
    member: str
    facts: tuple[str, ...] = ()


@dataclass(frozen=True)  # no slots: Python 3.11 cannot make Tables[str](…) of them
class Tables(Generic[Source]):
    """The persons, one row each with the unique `key`, and the relations by the names that rules use."""

    persons: Source
    relations: Mapping[str, Group | Rows[Source] | Links[Source]] = field(default_factory=dict)
    key: str = "person"
