# SPDX-License-Identifier: EUPL-1.2
"""Figures that services publish: each with its source and day, and each only through the disclosure gate."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date

import polars as pl

from ennakko.kernel.figures.gate import Gated, gate
from ennakko.rules.errors import near_names
from ennakko.values.texts import Text


@dataclass(frozen=True, slots=True)
class Counted:
    """Persons counted: one row per combination of the figure's dimensions; `as_of` is the day the data speaks of."""

    table: pl.DataFrame
    as_of: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One published table: its id (`summer-voucher.answers`), title, source, dimensions and where the counts come from.

    `count(on)` leaves out whoever is under non-disclosure. `parents`: groups of a dimension's values; `measures`: sums
    of cents beside the count, hidden in the same cells. A figure that is not `open_to_all` is for staff pages only.
    """

    id: str
    title: Text
    source: Text
    by: Mapping[str, Text]
    count: Callable[[date], Counted]
    parents: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    measures: tuple[str, ...] = ()
    column: str = "persons"
    open_to_all: bool = True


@dataclass(frozen=True, slots=True)
class Shown:
    """A figure as it may be shown, with the day it speaks of and where it comes from."""

    figure: Figure
    as_of: date
    gated: Gated


class UnknownFigure(LookupError):
    """No figure has this id; the message lists near ones."""


_figures: dict[str, Figure] = {}


def register_figures(*figures: Figure) -> None:
    """Services' figures, each id once."""
    for figure in figures:
        if _figures.setdefault(figure.id, figure) != figure:
            raise ValueError(f"The figure {figure.id!r} is registered twice, differently.")


def figures() -> tuple[Figure, ...]:
    """Every registered figure, by id."""
    return tuple(_figures[id] for id in sorted(_figures))


def figure(id: str) -> Figure:
    """A figure of an id; raises UnknownFigure."""
    if id not in _figures:
        raise UnknownFigure(f"No figure is called {id}.{near_names(id, _figures)}")
    return _figures[id]


def show(id: str, *, on: date) -> Shown:
    """A figure counted for a day and passed through the gate: there is no other way to its numbers."""
    found = figure(id)
    counted = found.count(on)
    gated = gate(counted.table, found.column, by=tuple(found.by), parents=found.parents, measures=found.measures)
    return Shown(found, counted.as_of, gated)
