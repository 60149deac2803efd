# SPDX-License-Identifier: EUPL-1.2
"""What happens on which day of the demo: how many events a day on average, and the days that are fixed."""

from dataclasses import dataclass
from datetime import date

import numpy as np

from ennakko.demo_city.personas import MOVES_IN, MOVES_OUT
from ennakko.values.dates import school_year_start


@dataclass(frozen=True, slots=True)
class Yearly:
    """Events a year for each resident, Helsinki's order of size (births 6,600, deaths 5,500, moves in 46,000 …)."""

    births: float = 0.0098
    deaths: float = 0.0082
    people_in: float = 0.068
    people_out: float = 0.063
    people_within: float = 0.13


YEARLY = Yearly()
PEOPLE_PER_MOVE = 1.7
"""A household moves together."""

PERSONA_DAYS: dict[date, str] = {MOVES_IN: "sara moves to the city", MOVES_OUT: "aleksi moves away"}
"""Days on which a persona's own rows change."""


def school_year_begins(on: date) -> bool:
    """Whether every pupil goes up a grade on this day (1 August)."""
    return on == school_year_start(on)


def working_life_is_updated(on: date) -> bool:
    """Whether the employment authorities' and the incomes register's monthly data arrive on this day."""
    return on.day == 1


def events(rng: np.random.Generator, yearly: float, residents: int) -> int:
    """How many events of a kind happen on one day."""
    return int(rng.poisson(yearly * residents / 365.25))
