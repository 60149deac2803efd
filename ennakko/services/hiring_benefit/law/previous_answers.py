# SPDX-License-Identifier: EUPL-1.2
"""Earlier benefits as a procedure: the months that one employer has used for one person, and those that are left."""

from __future__ import annotations

from fractions import Fraction
from typing import Any, Final

from ennakko.rules.errors import EvaluationError
from ennakko.rules.parameters import ParameterBook
from ennakko.rules.procedure import Input, Read, Trace, traced
from ennakko.services.hiring_benefit.law import calendar_2021, previous_2021, texts_2021, texts_2026, values
from ennakko.services.hiring_benefit.law import texts_2021 as said
from ennakko.services.hiring_benefit.law import texts_2026 as words
from ennakko.services.hiring_benefit.law.calendar_2021 import DAYS_OF_MONTH, days_of, hundredths
from ennakko.services.hiring_benefit.law.names import ENDS, STARTS
from ennakko.services.hiring_benefit.law.previous_2021 import Earlier, Used, used
from ennakko.services.hiring_benefit.law.values import Case, day, first_of, truth
from ennakko.values.texts import text

MOST, WAITING = "hiring-benefit.most_months", "hiring-benefit.waiting_months"
NEW_STARTS: Final = ("new_start", "new_start_date", *STARTS)
NEW_ENDS: Final = ("new_end", "new_end_date", *ENDS)
"""The days of the benefit applied for, beside those of the earlier ones."""

OVERLAP_WARNING: Final = "There's already an accepted application with overlapping date range"
WAITING_WARNING: Final = "Benefit can not be granted before 24-month waiting period expires"
"""What the City's earlier service says; the sentences of this service stand in the trace."""


@traced(
    "hiring-benefit.previous-benefits",
    title=text(fi="Aiemmat lisät", sv="Tidigare tillägg", en="Earlier benefits"),
    cite="act 7 §",
    inputs=(
        *(Input(name, "date", unknown=True) for name in (*NEW_STARTS, *NEW_ENDS)),
        Input("previous_benefits", "rows"),
        Input("apprenticeship_program", "bool", unknown=True),
    ),
    parameters=(MOST, WAITING),
    modules=(calendar_2021, previous_2021, texts_2021, texts_2026, values),
)
def previous_benefits(case: Case, trace: Trace, book: ParameterBook) -> dict[str, Any]:
    """How many months the same employer has used for the same person, and how many are left (act 7 §).

    The new benefit's days as in the amount; each earlier one is `{start, end}` or `[what, start, end]`. Without a first
    day the benefit is taken to begin on the day of the evaluation, without an end to last as long as it may.
    """
    most, waiting = int(trace.parameter(book, MOST)), int(trace.parameter(book, WAITING))
    start_key, given_start = first_of(case, NEW_STARTS)
    end_key, given_end = first_of(case, NEW_ENDS)
    start = trace.on if given_start is None else day(given_start, start_key)
    end = calendar_2021.longest_end(start, most) if given_end is None else day(given_end, end_key)
    before = [_earlier(row, number) for number, row in enumerate(_listed(case))]
    apprenticeship = bool(truth(case, "apprenticeship_program"))
    found = used(
        before, start=start, end=end, most_months=most, waiting_months=waiting, unlimited=apprenticeship
    )  # fmt: skip
    overlapping, fits = found.overlapping(start, end), found.fits(start, end)
    _tell(found, overlapping, fits, trace)
    warnings = [OVERLAP_WARNING] * bool(overlapping) + [WAITING_WARNING] * (not fits)
    return {
        "months_used": _months(found.days),
        "months_remaining": None if found.left is None else _months(found.left),
        "days_used": found.days,
        "days_of_new": days_of(start, end),
        "last_end": found.last_end,
        "warning": warnings[0] if warnings else None,
        "warnings": warnings,
        "overlaps": bool(overlapping),
        "fits": fits,
        "relevant": [{"start": one.start, "end": one.end} for one in found.relevant],
    }


def _listed(case: Case) -> list[Any]:
    value = case["previous_benefits"] or []
    if not isinstance(value, list | tuple):
        raise EvaluationError(f"previous_benefits must be an array, not {value!r}.")
    return list(value)


def _earlier(row: Any, number: int) -> Earlier:
    where = f"previous_benefits[{number}]"
    if isinstance(row, list | tuple) and len(row) >= 2:
        return Earlier(day(row[-2], where), day(row[-1], where))
    if isinstance(row, dict):
        (start_key, start), (end_key, end) = first_of(row, STARTS), first_of(row, ENDS)
        return Earlier(day(start, f"{where}.{start_key}"), day(end, f"{where}.{end_key}"))
    raise EvaluationError(f'{where} must be {{"start": …, "end": …}} or [what, start, end], not {row!r}.')


def _months(days: int) -> Fraction:
    return Fraction(hundredths(days), 100)


def _tell(found: Used, overlapping: tuple[Earlier, ...], fits: bool, trace: Trace) -> None:
    read = tuple(
        Read(f"{one.start}–{one.end}", days_of(one.start, one.end), "days", "own-services") for one in found.relevant
    )
    sentence = said.later(words.USED, months=(said.number, (found.months,)))
    trace.note("months_used", found.months, sentence, "act 7 §", unit="months", reads=read)
    if found.left is None:
        trace.note("months_remaining", None, words.NO_LIMIT, "act 7 §")
    else:
        left = Fraction(found.left, DAYS_OF_MONTH)
        sentence = said.later(words.LEFT, months=(said.number, (left,)))
        trace.note("months_remaining", left, sentence, "act 7 §", unit="months")
    for one in overlapping:
        sentence = said.later(words.OVERLAPS, days=(said.span, (one.start, one.end)))
        trace.note("overlaps", True, sentence, "act 7 §", start=one.start, end=one.end)
    if not fits:
        trace.note("fits", False, words.TOO_LONG, "act 7 §")
