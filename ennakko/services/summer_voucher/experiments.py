# SPDX-License-Identifier: EUPL-1.2
"""A registered experiment: the seeded draw that anybody can repeat, and the effect with its interval. Pure.

The draw orders the members by SHA-256 of seed and voucher and deals them to the arms in turn, evenly.
The effect is a difference of shares with Newcombe's interval from two Wilson intervals (95 %).
"""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import sqrt

Z = 1.959964
"""The normal distribution's 97.5 % point."""


@dataclass(frozen=True, slots=True)
class Arm:
    """One arm: its id, and how many days after the first day its members are told."""

    id: str
    after_days: int


def draw(members: Iterable[int], arms: Sequence[Arm], seed: int) -> dict[int, str]:
    """Which arm each member is in; the same for the same members, arms and seed, in whatever order they are given."""
    ordered = sorted(set(members), key=lambda one: hashlib.sha256(f"{seed}:{one}".encode()).digest())
    return {member: arms[place % len(arms)].id for place, member in enumerate(ordered)}


def digest_of(drawn: dict[int, str]) -> str:
    """What the draw came to, in one text: whoever has the members and the seed can prove it."""
    said = hashlib.sha256()
    for member in sorted(drawn):
        said.update(f"{member}:{drawn[member]}\n".encode())
    return said.hexdigest()


@dataclass(frozen=True, slots=True)
class Effect:
    """First arm's share less the second's, in percentage points, with the ends of its 95 % interval."""

    points: float
    low: float
    high: float

    @property
    def certain(self) -> bool:
        """Whether the interval leaves zero out."""
        return self.low > 0 or self.high < 0


def effect(first: tuple[int, int], second: tuple[int, int]) -> Effect | None:
    """The effect of two arms given as (outcomes, members); None where an arm has nobody."""
    (a, n), (b, m) = first, second
    if not n or not m:
        return None
    p, q = a / n, b / m
    (low_p, high_p), (low_q, high_q) = wilson(a, n), wilson(b, m)
    low = p - q - sqrt((p - low_p) ** 2 + (high_q - q) ** 2)
    high = p - q + sqrt((high_p - p) ** 2 + (q - low_q) ** 2)
    return Effect(round(100 * (p - q), 1), round(100 * low, 1), round(100 * high, 1))


def wilson(successes: int, of: int) -> tuple[float, float]:
    """Wilson's 95 % interval of a share."""
    p, z = successes / of, Z
    middle = (p + z * z / (2 * of)) / (1 + z * z / of)
    half = z / (1 + z * z / of) * sqrt(p * (1 - p) / of + z * z / (4 * of * of))
    return max(0.0, middle - half), min(1.0, middle + half)
