# SPDX-License-Identifier: EUPL-1.2
"""The director's figures: who got the voucher, what they answered, what it costs, and what another rule would cost.

Every table of persons passes the disclosure gate, and nobody under non-disclosure is counted in one.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

import polars as pl

from ennakko.kernel.access import Actor
from ennakko.kernel.figures import Figure, Gated
from ennakko.values.texts import Text


FIGURES: tuple[Figure, ...] = ()


@dataclass(frozen=True, slots=True)
class Tiles:
    """The year at a glance, in persons; `gap` is entitled less received. Each hidden number is None (1–4)."""

    year: int
    entitled: int | None
    received: int | None
    gap: int | None
    unanswered: int | None
    declined: int | None
    kept: int | None
    as_of: date
    source: Text


@dataclass(frozen=True, slots=True)
class Forecast:
    """Cost at the lowest and highest uptake known, in cents, and the cost if every voucher were used."""

    vouchers: int
    value_cents: int
    low_percent: int
    high_percent: int
    low_cents: int
    high_cents: int
    most_cents: int
    source: Text


@dataclass(frozen=True, slots=True)
class WhatIf:
    """The present rule beside a changed one, on the whole city; `by_district` passes the gate (columns district, persons).

    Cents at the highest uptake known; `seconds` is the time of the computation.
    """

    now: int
    then: int
    now_cents: int
    then_cents: int
    gaining: int | None
    losing: int | None
    by_district: Gated
    ages: tuple[int, ...]
    value_cents: int
    seconds: float


def tiles(actor: Actor, *, on: date) -> Tiles:
    """The tiles of the director's page; raises Refused."""
    raise NotImplementedError


def answers_by(actor: Actor, dimension: str, *, on: date) -> Gated:
    """Answers by "district" or "language": columns of the dimension and `answer` (kept, declined, unanswered), persons."""
    raise NotImplementedError


def forecast(actor: Actor, *, on: date) -> Forecast:
    """What the year's vouchers will cost, by the uptake of earlier years."""
    raise NotImplementedError


def near_misses(actor: Actor, *, on: date) -> Gated:
    """How many residents each single condition alone keeps from the voucher: columns condition (step name), persons."""
    raise NotImplementedError


def condition_names() -> Mapping[str, Text]:
    """The words of each condition's step, for the table of near misses."""
    raise NotImplementedError


def what_if(actor: Actor, *, ages: tuple[int, ...], value_cents: int, on: date, at: datetime) -> WhatIf:
    """Other ages and another sum, on everybody in the register; raises Refused, and ValueError for what cannot be."""
    raise NotImplementedError


def by_week(actor: Actor, *, on: date) -> pl.DataFrame:
    """The year's answers week by week: columns week (first day), kept, declined; hidden counts are null."""
    raise NotImplementedError
