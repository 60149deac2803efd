# SPDX-License-Identifier: EUPL-1.2
"""The monthly fee of early education (Act 1503/2016, 5 and 8 §): sums in cents, shares as exact fractions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

EURO: Final = 100
LARGEST_LISTED: Final = 6


@dataclass(frozen=True, slots=True)
class Figures:
    """The figures in force; `limits` by family size, None where nobody has decided them. `percent`: hundredths of %."""

    highest: int
    lowest: int
    limits: Mapping[int, int] | None
    each_more: int | None
    percent: int
    second: int
    following: int


def half_up(value: Fraction, unit: int) -> int:
    """A sum of cents rounded half up (away from zero) to whole units of cents."""
    parts = value / unit
    rounded = int(abs(parts) + Fraction(1, 2))
    return (rounded if parts >= 0 else -rounded) * unit


def limit(figures: Figures, family: int) -> int | None:
    """The income limit of a family of some size, cents a month; None while it is not decided (act 4 §)."""
    if figures.limits is None or figures.each_more is None:
        return None
    more = max(family - LARGEST_LISTED, 0)
    return figures.limits[max(min(family, LARGEST_LISTED), 2)] + more * figures.each_more


def base_fee(figures: Figures, family: int, incomes: Sequence[int | None]) -> int | None:
    """The youngest child's fee before the need of service: the share of income above the limit, at most the highest.

    An income that is not told (None) makes it the highest (act 8 §). None where the limits are not decided.
    """
    if any(income is None for income in incomes):
        return figures.highest
    least = limit(figures, family)
    if least is None:
        return None
    above = max(sum(income for income in incomes if income is not None) - least, 0)
    return min(half_up(Fraction(above * figures.percent, 10_000), EURO), figures.highest)


def share_of_child(figures: Figures, ordinal: int) -> Fraction:
    """The share of the youngest child's fee that the first, second … child pays (7 §)."""
    if ordinal <= 1:
        return Fraction(1)
    return Fraction(figures.second if ordinal == 2 else figures.following, 100)


def child_fee(figures: Figures, base: int, coefficient: Fraction, ordinal: int) -> int:
    """A child's fee: the child's share, then the need of service, whole euros; below the lowest nothing (act 7 §)."""
    own = half_up(base * share_of_child(figures, ordinal), EURO)
    fee = half_up(own * coefficient, EURO)
    return fee if fee >= figures.lowest else 0


def option_fee(figures: Figures, base: int, coefficient: Fraction, ordinal: int, sibling: int | None) -> int:
    """A fee that an option of service has of its own; its fixed sibling fee stands in the base's place."""
    own = base if sibling is None else sibling
    if sibling is None and ordinal > 1:
        own = half_up(base * share_of_child(figures, ordinal), EURO)
    fee = half_up(own * coefficient, EURO)
    return fee if fee >= figures.lowest else 0


@dataclass(frozen=True, slots=True)
class Alteration:
    """A discount, relief or increase: a percentage of the running fee, or whole euros where `absolute`."""

    kind: str
    amount: Fraction
    absolute: bool


def altered(fee: int, alterations: Sequence[Alteration]) -> tuple[list[int], int]:
    """The effect of each alteration in order on the running fee, in cents, and the final fee; never below nothing."""
    effects, running = [], fee
    for one in alterations:
        size = int(one.amount * EURO) if one.absolute else half_up(Fraction(running) * one.amount / 100, 1)
        effect = size if one.kind == "INCREASE" else -size
        effect = max(effect, -running)
        effects.append(effect)
        running += effect
    return effects, running
