# SPDX-License-Identifier: EUPL-1.2
"""The fee's figures of a day from the book of parameters; what nobody has decided stays open, with whom to ask."""

from __future__ import annotations

from datetime import date
from typing import Final

from ennakko.rules.parameters import NotDecided, ParameterBook
from ennakko.rules.procedure import Trace
from ennakko.services.childcare.law.fees_2018 import LARGEST_LISTED, Figures
from ennakko.services.childcare.law.values import Case, day
from ennakko.values.texts import Text

LIMITS: Final = {size: f"childcare.income_limit_{size}" for size in range(2, LARGEST_LISTED + 1)}
EACH_MORE: Final = "childcare.income_limit_each_more"
PARAMETERS: Final = (
    "childcare.highest_fee", "childcare.lowest_fee", "childcare.fee_percent", "childcare.second_child_percent",
    "childcare.next_child_percent", *LIMITS.values(), EACH_MORE,
)  # fmt: skip


def law_day(case: Case, trace: Trace) -> date:
    """The day whose figures apply: `thresholds` of the case, or the day asked for (act 2 §)."""
    told = case.get("thresholds")
    return trace.on if told is None else day(told, "thresholds")


def figures_on(on: date, trace: Trace, book: ParameterBook) -> tuple[Figures, Text | None]:
    """The figures of a day, and whom to ask for the limits where they are not decided.

    Raises EvaluationError for a day before the first figures.
    """
    limits = {size: trace.parameter(book, name, on) for size, name in LIMITS.items()}
    more = trace.parameter(book, EACH_MORE, on)
    open_ones = [value.ask for value in (*limits.values(), more) if isinstance(value, NotDecided)]
    highest, lowest, percent, second, following = (trace.parameter(book, name, on) for name in PARAMETERS[:5])
    return (
        Figures(
            highest, lowest, None if open_ones else limits, None if open_ones else more, percent, second, following
        ),
        open_ones[0] if open_ones else None,
    )
