# SPDX-License-Identifier: EUPL-1.2
"""Counting the days and months of a benefit, as a procedure: what lies between two days, where a period ends."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from ennakko.rules import questions
from ennakko.rules.parameters import ParameterBook
from ennakko.rules.procedure import Input, Trace, traced
from ennakko.rules.questions import answer_to, question
from ennakko.services.hiring_benefit.law import calendar_2021, values
from ennakko.services.hiring_benefit.law.calendar_2021 import (
    days_of,
    hundredths,
    longest_end,
    months,
    overlap,
    range_end,
    shortest_end,
)
from ennakko.services.hiring_benefit.law.values import Case, day, exact, whole
from ennakko.values.dates import days_30e
from ennakko.values.texts import text

LEAST, MOST = "hiring-benefit.least_months", "hiring-benefit.most_months"
NAMES = ("date1", "date2", "start", "end", "start_1", "end_1", "start_2", "end_2")
COUNTED = text(
    fi="Kuukaudet lasketaan niin, että jokaisessa on 30 päivää.",
    sv="Månaderna räknas så att var och en har 30 dagar.",
    en="Months are counted with thirty days in each.",
)


@traced(
    "hiring-benefit.days360",
    title=text(fi="Päivien ja kuukausien laskeminen", sv="Räkning av dagar och månader", en="Counting days and months"),
    cite="act 9 §",
    inputs=(
        *(Input(name, "date", unknown=True) for name in NAMES),
        Input("months", "int", unknown=True),
        Input("ranges", "rows", unknown=True),
    ),
    parameters=(LEAST, MOST),
    modules=(calendar_2021, questions, values),
)
def days360(case: Case, trace: Trace, book: ParameterBook) -> dict[str, Any]:
    """Days between two dates by 30/360, the overlap of two ranges, months of a range, and where a range ends (act 9 §).

    `date1`, `date2`: days. `start_1` … `end_2`: days of overlap. `date1`, `months`: the end. `start`, `end`: months.
    `ranges`: their months together. `start` (and `months`): the shortest (the longest) end that is allowed.
    """
    least = int(trace.parameter(book, LEAST))

    def of(name: str) -> Any:
        return day(case[name], name)

    answer = answer_to(
        case,
        (
            question(lambda _: {"days": overlap(of("start_1"), of("end_1"), of("start_2"), of("end_2"))},
                     "start_1", "end_1", "start_2", "end_2"),
            question(lambda _: {"days": days_30e(of("date1"), of("date2"))}, "date1", "date2"),
            question(lambda given: {"end": range_end(of("date1"), exact(given["months"], "months"))},
                     "date1", "months"),
            question(lambda given: {"sum_months": sum(_rounded(pair, n) for n, pair in enumerate(given["ranges"]))},
                     "ranges"),
            question(lambda _: _length(of("start"), of("end")), "start", "end"),
            question(lambda given: {"end": longest_end(of("start"), whole(given["months"], "months"))},
                     "start", "months"),
            question(lambda _: {"end": shortest_end(of("start"), least)}, "start"),
        ),
    )  # fmt: skip
    trace.note("days360", next(iter(answer.values())), COUNTED, "act 9 §")
    return answer


def _length(start: Any, end: Any) -> dict[str, Any]:
    found = months(start, end)
    return {
        "months": Fraction(hundredths(days_of(start, end)), 100),
        "negative": found < 0,
        "days": days_of(start, end),
    }


def _rounded(pair: Any, number: int) -> Fraction:
    start, end = (day(one, f"ranges[{number}]") for one in pair)
    return Fraction(hundredths(days_of(start, end)), 100)
