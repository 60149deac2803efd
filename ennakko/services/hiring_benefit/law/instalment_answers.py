# SPDX-License-Identifier: EUPL-1.2
"""Instalments as a procedure: how a benefit is split, when each part falls due, and what of the second is paid."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from ennakko.rules import questions
from ennakko.rules.parameters import ParameterBook
from ennakko.rules.procedure import Input, Trace, traced
from ennakko.rules.questions import answer_to, question
from ennakko.services.hiring_benefit.law import (
    calendar_2021,
    instalments_2026,
    states_2026,
    terms_2021,
    texts_2021,
    texts_2026,
    values,
)
from ennakko.services.hiring_benefit.law import texts_2021 as said
from ennakko.services.hiring_benefit.law import texts_2026 as words
from ennakko.services.hiring_benefit.law.calendar_2021 import DAYS_OF_MONTH, days_of, hundredths
from ennakko.services.hiring_benefit.law.instalments_2026 import (
    Instalment,
    Split,
    instalments,
    may_be_moved,
    second_after,
    sums,
)
from ennakko.services.hiring_benefit.law.names import ENDS, STARTS
from ennakko.services.hiring_benefit.law.terms_2021 import day_of, latest_day, terms_on
from ennakko.services.hiring_benefit.law.values import Case, cents, day, first_of, known_day, truth
from ennakko.services.hiring_benefit.law.values import words as written
from ennakko.values.dates import format_date
from ennakko.values.money import in_euros, round_half_up
from ennakko.values.texts import text

ACT: Final = "act 14 §"
ABOVE, FIRST, MONTHS, MOST = (
    f"hiring-benefit.{name}" for name in ("split_above", "first_instalment", "second_after_months", "most_months")
)  # fmt: skip
TOTALS: Final = ("total", "benefit_total")


@traced(
    "hiring-benefit.instalments",
    title=text(fi="Lisän maksuerät", sv="Tilläggets betalningsrater", en="Instalments of the benefit"),
    cite=ACT,
    inputs=(
        Input("rule_set", "code", unknown=True),
        *(Input(name, "date", unknown=True) for name in (*STARTS, *ENDS, "today", "to_date", "due_date")),
        *(Input(name, "money", unknown=True) for name in (
            *TOTALS, "threshold", "first_limit", "second_amount", "second_after_recoveries", "recoveries"
        )),
        Input("has_subsidies", "bool", unknown=True),
        Input("from_status", "code", unknown=True),
        Input("to_status", "code", unknown=True),
    ),
    parameters=(ABOVE, FIRST, MONTHS, MOST),
    modules=(
        calendar_2021, instalments_2026, questions, states_2026, terms_2021, texts_2021, texts_2026, values,
    ),
)  # fmt: skip
def split_benefit(case: Case, trace: Trace, book: ParameterBook) -> dict[str, Any]:
    """The instalments of a benefit (act 14 §): `amounts` in euros, `count`, each with its day and the days it covers.

    `threshold` and `first_limit` may stand in the case instead of the law's figures. With `has_subsidies`: how many
    instalments a benefit of the case's days, or else the longest, has at the highest monthly amount.
    """
    return answer_to(
        case,
        (
            question(lambda given: _moved(given, trace), "from_status", "to_status"),
            question(lambda given: _new_day(given, trace), "to_date"),
            question(lambda given: _summary(given, trace), "benefit_total", "second_amount"),
            question(lambda given: _split(given, trace, book), "total"),
            question(lambda given: _at_most(given, trace, book), "has_subsidies"),
        ),
    )


def _figures(case: Case, on: date, trace: Trace, book: ParameterBook) -> Split | None:
    """When a benefit of that day is split; None where the rules of the day know no split."""
    in_force = all(any(row.covers(on) for row in book.get(name).rows) for name in (ABOVE, FIRST, MONTHS))
    above, first = (
        (None if case.get(key) is None else cents(case[key], key)) for key in ("threshold", "first_limit")
    )  # fmt: skip
    if not in_force and (above is None or first is None):
        return None
    day_in_force = on if in_force else latest_day(book)
    return Split(
        above if above is not None else int(trace.parameter(book, ABOVE, day_in_force)),
        first if first is not None else int(trace.parameter(book, FIRST, day_in_force)),
        int(trace.parameter(book, MONTHS, day_in_force)),
    )


def _law_day(case: Case, start: date | None, trace: Trace, book: ParameterBook) -> date:
    named = written(case, "rule_set")
    return day_of(named, book) if named else start or max(trace.on, latest_day(book))


def _split(case: Case, trace: Trace, book: ParameterBook) -> dict[str, Any]:
    start, end = (_given_day(case, names) for names in (STARTS, ENDS))
    split = _figures(case, _law_day(case, start, trace, book), trace, book)
    total = cents(case["total"], "total")
    if split is not None and split.first >= total:
        # A first sum that the case gives and that covers everything leaves no second.
        split = None
    found = instalments(total, split, today=known_day(case, "today") or trace.on, start=start, end=end)
    for one in found:
        _tell(one, len(found), trace)
    answer: dict[str, Any] = {
        "amounts": [in_euros(one.amount) for one in found],
        "count": len(found),
        "instalments": [
            {"number": one.number, "amount": in_euros(one.amount), "due": one.due, "start": one.start, "end": one.end}
            for one in found
        ],
    }
    if case.get("recoveries") is not None and len(found) > 1:
        left = second_after(found[1].amount, [cents(case["recoveries"], "recoveries")])
        trace.note("second_after", left, said.later(words.SECOND_AFTER, value=(said.money, (left,))), ACT, unit="cents")
        answer["second_after_recoveries"] = in_euros(left)
    return answer


def _tell(one: Instalment, count: int, trace: Trace) -> None:
    value = (said.money, (one.amount,))
    if count == 1:
        sentence = said.later(words.ONE_INSTALMENT, value=value)
    elif one.start is not None and one.end is not None:
        number, days = (said.plain, (one.number,)), (said.span, (one.start, one.end))
        sentence = said.later(words.INSTALMENT, number=number, value=value, days=days)
    else:
        sentence = said.later(words.INSTALMENT_SUM, number=(said.plain, (one.number,)), value=value)
    trace.note(f"instalment_{one.number}", one.amount, sentence, ACT, unit="cents", start=one.start, end=one.end)


def _given_day(case: Case, names: tuple[str, ...]) -> date | None:
    name, value = first_of(case, names)
    return None if value is None else day(value, name)


def _at_most(case: Case, trace: Trace, book: ParameterBook) -> dict[str, Any]:
    """A benefit at the highest amount: how many instalments, with pay subsidy or without.

    Of the days that the case gives; without them of the longest period there is.
    """
    start, end = (_given_day(case, names) for names in (STARTS, ENDS))
    on = _law_day(case, start, trace, book)
    terms = terms_on(on, book)
    trace.rows.update(terms.rows)
    highest = terms.highest if truth(case, "has_subsidies") else terms.highest_alone
    most = int(trace.parameter(book, MOST, on))
    days = most * DAYS_OF_MONTH if start is None or end is None else days_of(start, end)
    euros = round_half_up(hundredths(days) * (highest or 0), 10_000)
    amounts = sums(euros * 100, _figures(case, on, trace, book))
    for number, amount in enumerate(amounts, 1):
        _tell(Instalment(number, amount, None, None, None), len(amounts), trace)
    return {"count": len(amounts), "amounts": [in_euros(amount) for amount in amounts]}


def _summary(case: Case, trace: Trace) -> dict[str, Any]:
    """What the two instalments come to when a recovery has been taken off the second."""
    total = cents(case["benefit_total"], "benefit_total")
    second = cents(case["second_amount"] or 0, "second_amount")
    after = case.get("second_after_recoveries")
    paid = second if after is None else max(cents(after, "second_after_recoveries"), 0)
    first = max(total - second, 0)
    trace.note("instalment_2", paid, said.later(words.SECOND_AFTER, value=(said.money, (paid,))), ACT, unit="cents")
    return {"first": in_euros(first), "second": in_euros(paid), "total": in_euros(first + paid)}


def _new_day(case: Case, trace: Trace) -> dict[str, Any]:
    """Whether the second instalment's day may be moved, and the day after it, as the earlier service writes it."""
    due, to = day(case.get("due_date"), "due_date"), day(case["to_date"], "to_date")
    moved = may_be_moved(due=due, to=to, today=known_day(case, "today") or trace.on)
    trace.note("moved", moved, None, ACT)
    return {"http": 200 if moved else 400, "due_date": _dotted(to if moved else due)}


def _dotted(due: date) -> str:
    return ".".join(part.zfill(2) for part in format_date(due, "fi").split("."))


def _moved(case: Case, trace: Trace) -> dict[str, Any]:
    allowed = states_2026.instalment_may(written(case, "from_status"), written(case, "to_status"))
    trace.note("moved", allowed, None, ACT)
    return {"allowed": allowed, "http": 200 if allowed else 400}
