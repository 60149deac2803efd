# SPDX-License-Identifier: EUPL-1.2
"""Recovery as a procedure: what falls to the days when no work was done, and what of it is recovered."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any, Final

from ennakko.rules import questions
from ennakko.rules.errors import EvaluationError
from ennakko.rules.parameters import ParameterBook
from ennakko.rules.procedure import Input, Read, Trace, traced
from ennakko.rules.questions import answer_to, listed, question
from ennakko.services.hiring_benefit.law import calendar_2021, recovery_2021, texts_2021, texts_2026, values
from ennakko.services.hiring_benefit.law import texts_2021 as said
from ennakko.services.hiring_benefit.law import texts_2026 as words
from ennakko.services.hiring_benefit.law.names import ENDS, STARTS
from ennakko.services.hiring_benefit.law.recovery_2021 import (
    PaidRow,
    default_period,
    is_recovered,
    recovered,
    shares,
    whole_euros_down,
)
from ennakko.services.hiring_benefit.law.values import Case, cents, day, first_of, known_day, rows
from ennakko.values.money import in_euros, round_half_up
from ennakko.values.texts import text

ABOVE: Final = "hiring-benefit.recovered_above"
ACT: Final = "act 16 §"
HANDLED: Final = "handled"
BENEFIT_ENDS: Final = ("benefit_end", *ENDS)
"""The last day of the benefit of an alteration."""


@traced(
    "hiring-benefit.recovery",
    title=text(fi="Lisän periminen takaisin", sv="Återkrav av tillägget", en="Recovery of the benefit"),
    cite=("act 15 §", ACT),
    inputs=(
        Input("rows", "rows", unknown=True),
        Input("ranges", "rows", unknown=True),
        *(Input(name, kind, unknown=True, relation="rows") for name, kind in (
            ("start", "date"), ("end", "date"), ("subtotal", "money")
        )),
        Input("start", "date", unknown=True),
        Input("end", "date", unknown=True),
        Input("paid", "money", unknown=True),
        Input("last_work_day", "date", unknown=True),
        Input("return_to_work_day", "date", unknown=True),
        *(Input(name, "date", unknown=True) for name in BENEFIT_ENDS if name != "end"),
        Input("recovery_amount", "money", unknown=True),
        Input("alterations", "rows", unknown=True),
    ),
    parameters=(ABOVE,),
    modules=(calendar_2021, questions, recovery_2021, texts_2021, texts_2026, values),
)  # fmt: skip
def recovery(case: Case, trace: Trace, book: ParameterBook) -> dict[str, Any]:
    """What is recovered for the days `start`–`end` of the rows of a calculation, in euros (act 16 §).

    `amount` is what the days come to, `recovery_amount` the whole euros that are decided on, `recovered` whether the
    sum is above the limit. Never more than what was `paid`. Without days: those of an alteration, the whole euros of
    a sum given by hand, or the handled recoveries together.
    """
    return answer_to(
        case,
        (
            question(lambda given: _of_rows(given, "rows", trace, book), "rows", "start", "end"),
            question(lambda given: _of_rows(given, "ranges", trace, book), "ranges", "start", "end"),
            question(lambda given: _period(given, trace), "last_work_day"),
            question(lambda given: _decided(cents(given["recovery_amount"], "recovery_amount"), trace, book),
                     "recovery_amount"),
            question(lambda given: _counted(given, trace), "alterations"),
        ),
    )  # fmt: skip


def _of_rows(case: Case, key: str, trace: Trace, book: ParameterBook) -> dict[str, Any]:
    start, end = day(case["start"], "start"), day(case["end"], "end")
    known = [_row(row, f"{key}[{number}]") for number, row in enumerate(rows(case, key))]
    found = shares(known, start, end)
    if not found:
        trace.note("recovery", 0, words.NOTHING_TO_RECOVER, ACT)
    for part in found:
        value = round_half_up(part.cents.numerator, part.cents.denominator)
        trace.note(
            "recovery_part", value,
            said.later(
                words.RECOVERED_ROW, days=(said.span, (part.start, part.end)), value=(said.money, (value,)),
                months=(said.number, (Fraction(part.months, 100),)),
                whole=(said.number, (Fraction(part.row_months, 100),)),
            ),
            ACT, unit="cents", start=part.start, end=part.end,
            reads=(
                Read("benefit_part", part.row.subtotal, "cents", "benefit_part"),
                Read("months", Fraction(part.months, 100), "months", "days360"),
                Read("months of the row", Fraction(part.row_months, 100), "months", "days360"),
            ),
        )  # fmt: skip
    paid = None if case.get("paid") is None else cents(case["paid"], "paid")
    total = recovered(found, None)
    due = recovered(found, paid)
    if due < total:
        trace.note("paid", int(due), said.later(words.AT_MOST_PAID, value=(said.money, (int(due),))), ACT, unit="cents")
    exact = round_half_up(due.numerator, due.denominator)
    return {"amount": in_euros(exact), **_decided_of(due, trace, book)}


def _row(row: Case, where: str) -> PaidRow:
    (start_key, start), (end_key, end) = first_of(row, STARTS), first_of(row, ENDS)
    first, last = day(start, f"{where}.{start_key}"), day(end, f"{where}.{end_key}")
    return PaidRow(first, last, cents(row.get("subtotal") or 0, f"{where}.subtotal"))


def _decided(given: int, trace: Trace, book: ParameterBook) -> dict[str, Any]:
    return _decided_of(Fraction(max(given, 0)), trace, book)


def _decided_of(exact: Fraction, trace: Trace, book: ParameterBook) -> dict[str, Any]:
    above = int(trace.parameter(book, ABOVE))
    decided = whole_euros_down(exact)
    taken = is_recovered(decided, above)
    reads = (Read(ABOVE, above, "cents", "law"),)
    if taken:
        sentence = said.later(words.RECOVERED, value=(said.money, (decided,)))
    else:
        sentence = said.later(words.NOT_RECOVERED, above=(said.money, (above,)))
    trace.note("recovery_amount", decided, sentence, ACT, unit="cents", reads=reads)
    return {"recovery_amount": in_euros(decided), "recovered": taken}


def _alteration(row: Any) -> tuple[str, int]:
    if isinstance(row, Mapping):
        state, amount = row.get("state"), row.get("recovery_amount")
    elif isinstance(row, list | tuple) and len(row) == 2:
        state, amount = row
    else:
        known = '[state, sum] or {"state": …, "recovery_amount": …}'
        raise EvaluationError(f"alterations must hold {known}, not {row!r}.")
    return str(state), cents(amount or 0, "alterations")


def _period(case: Case, trace: Trace) -> dict[str, Any]:
    last_day = day(case["last_work_day"], "last_work_day")
    back = known_day(case, "return_to_work_day")
    end_key, end = first_of(case, BENEFIT_ENDS)
    found = default_period(last_day, back, None if end is None else day(end, end_key))
    if found is None:
        trace.note("recovery", 0, words.NOTHING_TO_RECOVER, "act 15 §")
        return {"start": None, "end": None}
    trace.note("recovery_period", None, said.span(*found), "act 15 §", start=found[0], end=found[1])
    return {"start": found[0], "end": found[1]}


def _counted(case: Case, trace: Trace) -> dict[str, Any]:
    """The recoveries that count: of handled alterations only; each a pair of its state and its sum, or an object."""
    total = sum(amount for state, amount in map(_alteration, listed(case, "alterations")) if state == HANDLED)
    trace.note("recoveries", total, None, ACT, unit="cents")
    return {"sum": in_euros(total)}
