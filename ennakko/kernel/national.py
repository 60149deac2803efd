# SPDX-License-Identifier: EUPL-1.2
"""Figures that national law sets for what every service shares, from `parameters.toml` with their sources."""

from datetime import date
from functools import lru_cache
from pathlib import Path

from ennakko.rules.parameters import ParameterBook


@lru_cache(maxsize=1)
def _book() -> ParameterBook:
    return ParameterBook.load(Path(__file__).parent / "parameters.toml")


def figure(name: str, on: date) -> int:
    """The whole number of a name (“request_days”) in force on a day; raises EvaluationError outside its rows."""
    return int(_book().value(f"kernel.{name}", on))
