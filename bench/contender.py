# SPDX-License-Identifier: EUPL-1.2
"""What every contender gives: the columns it reads, its three tasks, and its answers in one common shape."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import polars as pl

from bench.population import City

# The services in the order of the tables, each with its outcome column and its amount column.
SERVICES = {
    "summer-voucher": ("voucher", "voucher_value"),
    "daycare-fee": ("pays", "fee"),
    "vaccination": ("invited", "wave"),
    "helsinki-lisa": ("supported", "support"),
}
COLUMNS = [name for pair in SERVICES.values() for name in pair]
YES, NO, UNKNOWN, NOT_APPLICABLE = 1, 0, -1, -2


@dataclass(frozen=True, slots=True)
class Screened:
    """One service screened: how many got each outcome, and the people who get something (person, amount)."""

    counts: Mapping[int, int]
    offers: pl.DataFrame


def side_by_side(frames: list[pl.DataFrame]) -> pl.DataFrame:
    """Four frames of person, outcome and amount as one of person and eight columns."""
    together: pl.DataFrame | None = None
    for frame, names in zip(frames, SERVICES.values(), strict=True):
        named = frame.select(
            "person", *(pl.col(each).alias(name) for each, name in zip(frame.columns[1:], names, strict=True))
        )
        together = named if together is None else together.join(named, on="person", how="left")
    assert together is not None
    return together


@dataclass(frozen=True, slots=True)
class Contender:
    """One way to write the law; `columns` are those of the persons that it reads, without the district (None: all).

    Only the tasks are timed; `prepare` and `answers` are not.

    `tasks["all"]` answers eight columns for everybody, `tasks["screen"]` counts and offers of four services,
    `tasks["reform"]` a highest fee of 280 € against 311 € by district and age band of the child.
    `tasks["simple"]`, of few, screens the summer voucher alone. `answers[task]` turns what the task returned into the
    common shape: a frame, `Screened` by service, a frame.
    """

    name: str
    title: str
    prepare: Callable[[City], Any]
    tasks: Mapping[str, Callable[[Any], Any]]
    answers: Mapping[str, Callable[[Any, Any], Any]]
    columns: list[str] | None = None
    spell_columns: list[str] | None = None
    close: Callable[[Any], None] = field(default=lambda state: None)
