# SPDX-License-Identifier: EUPL-1.2
"""The weights of a round, in metres: what the city has decided, or what an official tries out before it has."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, replace
from datetime import date
from typing import Any

import numpy as np
import numpy.typing as npt

from ennakko.rules.parameters import NotDecided, ParameterBook
from ennakko.values.texts import Text

Ints = npt.NDArray[np.int64]
MOST_METRES = 20_000
MOST_PERCENT = 1_000
SERVICE = "childcare"


class BadPolicy(ValueError):
    """The weights cannot be used; the sentence says which and what to write."""


@dataclass(frozen=True, slots=True)
class Policy:
    """How a way is weighed. A bonus makes a unit count so many metres nearer; 0 does not count at all.

    `long_way_metres`: from here on each metre counts `long_way_percent` per cent more, and from twice as far as much
    again (convex, so that nobody's way grows very long to spare many a little); 0: never. `crossing_metres` is what a
    dangerous crossing adds. `together`: siblings who begin at once are kept in one unit.
    """

    sibling_metres: int = 0
    continuity_metres: int = 0
    school_path_metres: int = 0
    long_way_metres: int = 0
    long_way_percent: int = 0
    crossing_metres: int = 0
    together: bool = True

    def __post_init__(self) -> None:
        for name in WEIGHTS:
            value, most = getattr(self, name), MOST_PERCENT if name.endswith("percent") else MOST_METRES
            if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= most:
                raise BadPolicy(f"{name} is {value!r}: write a whole number of 0–{most}.")
        if not isinstance(self.together, bool):
            raise BadPolicy(f"together is {self.together!r}: write true or false.")

    @property
    def offset(self) -> int:
        """Added to every cost so that no bonus takes one below zero."""
        return self.sibling_metres + self.continuity_metres + self.school_path_metres

    def weigh(self, metres: Ints) -> Ints:
        """What ways of so many weighed metres count, without bonuses: convex where long ways count more."""
        if not self.long_way_metres or not self.long_way_percent:
            return metres
        over = np.maximum(0, metres - self.long_way_metres) + np.maximum(0, metres - 2 * self.long_way_metres)
        return metres + over * self.long_way_percent // 100

    def as_json(self) -> dict[str, Any]:
        """The weights by name, for the run record."""
        return asdict(self)


WEIGHTS = tuple(one.name for one in fields(Policy) if one.name != "together")


def of(given: Mapping[str, Any], base: Policy | None = None) -> Policy:
    """The weights that a mapping tells, over others; raises BadPolicy for a name that there is not."""
    known = {one.name for one in fields(Policy)}
    for name in given:
        if name not in known:
            raise BadPolicy(f"There is no weight {name!r}. There are: {', '.join(sorted(known))}.")
    return replace(base or Policy(), **given)


@dataclass(frozen=True, slots=True)
class Decided:
    """The city's weights on a day, and for each that nobody has decided whom to ask; such a weight does not count."""

    policy: Policy
    open_questions: Mapping[str, Text]


def decided(on: date, book: ParameterBook) -> Decided:
    """The weights that the city has decided by a day."""
    values: dict[str, int] = {}
    asks: dict[str, Text] = {}
    for name in WEIGHTS:
        value = book.value(f"{SERVICE}.{name}", on)
        if isinstance(value, NotDecided):
            asks[name] = value.ask
        else:
            values[name] = value  # type: ignore[assignment]
    return Decided(of(values), asks)
