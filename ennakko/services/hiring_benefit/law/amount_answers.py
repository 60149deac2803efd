# SPDX-License-Identifier: EUPL-1.2
"""The amount as a procedure: the case in, its total, parts and trace out, in the words of the City's worked cases."""

from __future__ import annotations

from fractions import Fraction
from typing import Any, Final

from ennakko.rules.errors import EvaluationError
from ennakko.rules.parameters import ParameterBook
from ennakko.rules.procedure import Input, Trace, traced
from ennakko.services.hiring_benefit.law import (
    amount_2021,
    amount_2023,
    amounts,
    calendar_2021,
    periods_2021,
    refusals,
    request_2021,
    telling_2021,
    terms_2021,
    texts_2021,
    values,
)
from ennakko.services.hiring_benefit.law.amounts import Changed, Worked, rule_set_of, work_out
from ennakko.services.hiring_benefit.law.calendar_2021 import DAYS_OF_MONTH, days_of
from ennakko.services.hiring_benefit.law.names import ENDS, SALARY, STARTS
from ennakko.services.hiring_benefit.law.periods_2021 import Amount, Part
from ennakko.services.hiring_benefit.law.request_2021 import COMMENT, MANUAL, Request
from ennakko.services.hiring_benefit.law.terms_2021 import PARAMETERS, day_of, terms_on
from ennakko.services.hiring_benefit.law.values import Case, whole
from ennakko.values.money import in_euros, round_half_up
from ennakko.values.texts import text

TITLE: Final = text(fi="Lisän määrä", sv="Tilläggets belopp", en="Amount of the benefit")
INPUTS: Final = (
    Input("rule_set", "code", unknown=True),
    *(Input(name, "date", unknown=True) for name in (*STARTS, *ENDS)),
    Input("benefit_type", "code", unknown=True),
    Input("monthly_pay", "money", unknown=True),
    Input("vacation_money", "money", unknown=True),
    Input("vacation_money_unit", "code", unknown=True),
    Input("other_expenses", "money", unknown=True),
    Input("state_aid_max_percentage", "int", unknown=True),
    Input("pay_subsidy_granted", "code", unknown=True),
    *(Input(name, kind, unknown=True, relation="pay_subsidies") for name, kind in (
        ("percent", "int"), ("work_time_percent", "int"), ("disability_or_illness", "bool"), ("start", "date"),
        ("end", "date"),
    )),
    *(Input(name, kind, unknown=True, relation="training_compensations") for name, kind in (
        ("monthly_amount", "money"), ("start", "date"), ("end", "date"),
    )),
    Input("pay_subsidies", "rows", unknown=True),
    Input("training_compensations", "rows", unknown=True),
    Input("apprenticeship_program", "bool", unknown=True),
    Input("override_monthly_benefit_amount", "money", unknown=True),
    Input("override_monthly_benefit_amount_comment", "code", unknown=True),
    Input("pay_subsidy_percent", "int", unknown=True),
    Input("pay_subsidy_start_date", "date", unknown=True),
    Input("pay_subsidy_end_date", "date", unknown=True),
    Input("sources", "code", unknown=True),
)  # fmt: skip
MODULES: Final = (
    amount_2021, amount_2023, amounts, calendar_2021, periods_2021, refusals, request_2021, telling_2021, terms_2021,
    texts_2021, values,
)  # fmt: skip


def answer(case: Case, trace: Trace, book: ParameterBook, changed: Changed | None = None) -> dict[str, Any]:
    """What `hiring-benefit.amount` answers; a reform gives what it changes."""
    if asks_for_cap(case):
        return _cap(case, trace, book)
    worked = work_out(case, book, changed)
    telling_2021.tell(trace, case, worked)
    request, terms, amount = worked.request, worked.terms, worked.amount
    if request is None or terms is None or amount is None:
        return {"total": None, "can_calculate": _period_and_share_known(worked), "ask": list(worked.lacking)}
    before_deciding = [COMMENT] if request.manual is not None and not request.comment else []
    told: dict[str, Any] = {
        "total": amount.total,
        "can_calculate": True,
        "rule_set": terms.rule_set,
        "ranges": [_range(part) for part in amount.parts] or [_whole(request, amount)],
        "before_deciding": before_deciding,
    }
    if not amount.parts:
        told["rows"] = [
            {"type": "helsinki_benefit_monthly_eur", "amount": in_euros(amount.monthly)},
            {"type": "helsinki_benefit_total_eur", "amount": amount.total},
        ]
    if amount.form == SALARY:
        told["salary_costs"] = in_euros(amount.costs)
        told["state_aid_max_monthly_eur"] = in_euros(amount.ceiling)
        told["cap"] = None if amount.highest is None else in_euros(amount.highest)
    return told


@traced(
    "hiring-benefit.amount",
    title=TITLE,
    cite=("act 2 §", "act 9 §", "act 10 §", "act 11 §", "act 12 §", "act 13 §"),
    inputs=INPUTS,
    parameters=PARAMETERS,
    modules=MODULES,
    many=amounts.many,
)
def amount(case: Case, trace: Trace, book: ParameterBook) -> dict[str, Any]:
    """The amount of a benefit by the rule set of its first day, part by part (act 10–13 §).

    Sums in euros. Without what it needs the answer tells what to ask; raises EvaluationError for what must be put
    right: rows that overlap or lie outside the period, a percentage that the rule set does not know.
    """
    return answer(case, trace, book)


def asks_for_cap(case: Case) -> bool:
    """Whether a case only asks for the highest pay subsidy of a percentage: it has no period."""
    dates = (*STARTS, *ENDS, "pay_subsidy_start_date", MANUAL)
    return case.get("pay_subsidy_percent") is not None and not any(name in case for name in dates)


def _cap(case: Case, trace: Trace, book: ParameterBook) -> dict[str, Any]:
    named = rule_set_of(case)
    day = day_of(named, book) if named else trace.on
    percent = whole(case["pay_subsidy_percent"], "pay_subsidy_percent")
    caps = terms_on(day, book).caps
    if percent not in caps:
        raise EvaluationError(f"There is no pay subsidy of {percent} %. Known: {', '.join(map(str, caps))}.")
    trace.note("pay_subsidy_cap", caps[percent], None, telling_2021.COSTS_ACT, unit=telling_2021.MONTH)
    return {"cap": in_euros(caps[percent])}


def _period_and_share_known(worked: Worked) -> bool:
    """Whether only the pay is missing: then the period, the share and the days of the rows are all there."""
    return worked.request is not None and set(worked.lacking) <= {"monthly_pay"}


# --- in the words of the worked cases


def _range(part: Part) -> dict[str, Any]:
    over, under = part.subsidy_cents
    return {
        "start": part.start,
        "end": part.end,
        "months": telling_2021.months_of(part),
        "pay_subsidy": in_euros(round_half_up(over, under)),
        "training_compensation": None if part.training is None else in_euros(part.training.monthly),
        "monthly": part.monthly,
        "subtotal": part.subtotal,
    }


def _whole(request: Request, amount: Amount) -> dict[str, Any]:
    days = days_of(request.start, request.end)
    return {
        "start": request.start,
        "end": request.end,
        "months": Fraction(days, DAYS_OF_MONTH),
        "monthly": in_euros(amount.monthly),
        "subtotal": amount.total,
    }
