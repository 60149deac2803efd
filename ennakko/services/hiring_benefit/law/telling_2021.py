# SPDX-License-Identifier: EUPL-1.2
"""A calculation line by line: one list for the handler's table, the estimate, the decision's reasons and the record.

Each line names its step, the figures it stands on with where each came from, its value and unit, its days and the
paragraph. Money is in cents. The sentences are made when somebody reads them.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from functools import lru_cache
from typing import Final

from ennakko.rules.procedure import Read, Trace
from ennakko.services.hiring_benefit.law import amount_2021
from ennakko.services.hiring_benefit.law import texts_2021 as said
from ennakko.services.hiring_benefit.law.amounts import Worked, rule_set_of
from ennakko.services.hiring_benefit.law.calendar_2021 import DAYS_OF_MONTH
from ennakko.services.hiring_benefit.law.names import COMMISSION, EMPLOYMENT, SALARY
from ennakko.services.hiring_benefit.law.periods_2021 import Amount, Part
from ennakko.services.hiring_benefit.law.request_2021 import Request, Subsidy
from ennakko.services.hiring_benefit.law.terms_2021 import SERVICE, Terms
from ennakko.services.hiring_benefit.law.values import Case
from ennakko.values.money import round_half_up
from ennakko.values.texts import Text

APPLICATION: Final = "application"
"""Where a figure came from when the case does not say."""

LAW: Final = "law"
MONTH, CENTS, PERCENT, MONTHS = "cents/month", "cents", "percent", "months"
SOURCES: Final = "sources"
RULES, PERIOD, MONTHS_ACT, COSTS_ACT, OLD, FIXED, HAND = (
    f"act {n} §" for n in ("2", "6", "9", "10", "11", "12", "13")
)  # fmt: skip


def tell(trace: Trace, case: Case, worked: Worked) -> None:
    """Write down every step of a calculation that was made."""
    request, terms, amount = worked.request, worked.terms, worked.amount
    if request is None or terms is None or amount is None:
        trace.note("known", False, said.later(said.NOT_YET, fields=(said.fields, (worked.lacking,))), PERIOD)
        return
    trace.rows.update(terms.rows)
    sources = case.get(SOURCES)
    known = sources if isinstance(sources, Mapping) else {}
    _rules(trace, case, request, terms)
    if amount.form == SALARY:
        _salary(trace, request, terms, amount, known)
    elif amount.form == COMMISSION:
        trace.note("commission", 0, said.COMMISSION, FIXED, unit=CENTS)
    else:
        _same_every_month(trace, request, amount, known)
    days = (said.span, (request.start, request.end))
    cents = amount.total * 100
    trace.note(
        "total", cents, said.later(said.TOTAL, value=(said.money, (cents,)), days=days), _act(terms, amount),
        unit=CENTS, start=request.start, end=request.end,
    )  # fmt: skip


def _rules(trace: Trace, case: Case, request: Request, terms: Terms) -> None:
    if rule_set_of(case):
        sentence = said.later(said.RULE_SET_NAMED, name=(said.plain, (terms.rule_set,)))
    else:
        sentence = said.later(said.RULE_SET, start=(said.day, (request.start,)))
    trace.note("rule_set", terms.rule_set, sentence, RULES)


def _salary(trace: Trace, request: Request, terms: Terms, amount: Amount, sources: Mapping[str, object]) -> None:
    act = _act(terms, amount)
    told = _from(sources)
    pay, vacation, other = request.pay, amount.costs - request.pay - request.other, request.other
    trace.note(
        "salary_costs", amount.costs,
        said.later(
            said.COSTS, value=(said.money, (amount.costs,)), pay=(said.money, (pay,)),
            vacation=(said.money, (vacation,)), other=(said.money, (other,)),
        ),
        act, unit=MONTH,
        reads=(
            Read("monthly_pay", pay, MONTH, told("monthly_pay")),
            Read("vacation_money", vacation, MONTH, told("vacation_money")),
            Read("other_expenses", other, MONTH, told("other_expenses")),
        ),
    )  # fmt: skip
    share = _hundredths(amount.share)
    by_law = request.share is None
    trace.note(
        "state_aid_max", amount.ceiling,
        said.later(said.SHARE, share=(said.number, (share,)), value=(said.money, (amount.ceiling,))),
        act, unit=MONTH,
        reads=(
            Read("salary_costs", amount.costs, MONTH, "salary_costs"),
            Read("state_aid_max_percentage", share, PERCENT, LAW if by_law else told("state_aid_max_percentage")),
        ),
    )  # fmt: skip
    subsidised = request.subsidised or bool(request.subsidies)
    if amount.highest is None:
        trace.note("highest_month", None, said.NO_HIGHEST, act)
    else:
        template = said.HIGHEST_SUBSIDISED if subsidised and terms.highest != terms.highest_alone else said.HIGHEST
        name = "highest_month" if subsidised else "highest_month_alone"
        trace.note(
            "highest_month", amount.highest, said.later(template, value=(said.money, (amount.highest,))), act,
            unit=MONTH, reads=(Read(f"{SERVICE}.{name}", amount.highest, MONTH, LAW),),
        )  # fmt: skip
    for part in amount.parts:
        _part(trace, part, request, terms, amount, act, told)


def _part(trace: Trace, part: Part, request: Request, terms: Terms, amount: Amount, act: str, told: _from) -> None:
    days = (said.span, (part.start, part.end))
    subsidy, training = part.subsidy, part.training
    if subsidy is not None:
        over, under = part.subsidy_cents
        cents = round_half_up(over, under)
        template = said.PAY_SUBSIDY_CAPPED if part.capped else said.PAY_SUBSIDY
        trace.note(
            "pay_subsidy", cents,
            said.later(template, days=days, percent=(said.plain, (subsidy.percent,)), value=(said.money, (cents,))),
            act, unit=MONTH, reads=_subsidy_reads(subsidy, request, terms, told), start=part.start, end=part.end,
        )  # fmt: skip
    if training is not None:
        trace.note(
            "training_compensation", training.monthly,
            said.later(said.TRAINING, days=days, value=(said.money, (training.monthly,))), act, unit=MONTH,
            reads=(Read("monthly_amount", training.monthly, MONTH, told("training_compensations")),),
            start=part.start, end=part.end,
        )  # fmt: skip
    monthly, subtotal = part.monthly * 100, part.subtotal * 100
    months = months_of(part)
    trace.note(
        "benefit_month", monthly, said.later(said.MONTHLY, days=days, value=(said.money, (monthly,))), act,
        unit=MONTH, reads=_month_reads(part, amount), start=part.start, end=part.end,
    )  # fmt: skip
    trace.note(
        "benefit_part", subtotal,
        said.later(
            said.SUBTOTAL, days=days, months=(said.number, (months,)), monthly=(said.money, (monthly,)),
            value=(said.money, (subtotal,)),
        ),
        MONTHS_ACT, act, unit=CENTS,
        reads=(
            Read("benefit_month", monthly, MONTH, "benefit_month"),
            Read("months", months, MONTHS, "days360"),
        ),
        start=part.start, end=part.end,
    )  # fmt: skip


def months_of(part: Part) -> Fraction:
    """The months of a part as they were counted: to hundredths, or exact where the rules do not round them."""
    return Fraction(part.days, DAYS_OF_MONTH) if part.months is None else _hundredths(part.months)


@lru_cache(maxsize=4096)
def _hundredths(number: int) -> Fraction:
    return Fraction(number, 100)


def _month_reads(part: Part, amount: Amount) -> tuple[Read, ...]:
    """What a month of a part is made of: the share of the costs, what is taken off, the highest amount."""
    reads = [Read("state_aid_max", amount.ceiling, MONTH, "state_aid_max")]
    if part.subsidy is not None:
        over, under = part.subsidy_cents
        reads.append(Read("pay_subsidy", round_half_up(over, under), MONTH, "pay_subsidy"))
    if part.training is not None:
        reads.append(Read("training_compensation", part.training.monthly, MONTH, "training_compensation"))
    if amount.highest is not None:
        reads.append(Read("highest_month", amount.highest, MONTH, "highest_month"))
    return tuple(reads)


def _subsidy_reads(subsidy: Subsidy, request: Request, terms: Terms, told: _from) -> tuple[Read, ...]:
    source = told("pay_subsidies")
    reads = (
        Read("percent", subsidy.percent, PERCENT, source),
        Read("monthly_pay", request.pay, MONTH, told("monthly_pay")),
        Read(f"{SERVICE}.pay_subsidy_caps", terms.caps[subsidy.percent], MONTH, LAW),
    )
    if subsidy.percent != amount_2021.FULL:
        return reads
    known = subsidy.work_time is not None
    time = _hundredths(subsidy.work_time or terms.default_work_time)
    return (*reads, Read("work_time_percent", time, PERCENT, source if known else LAW))


def _same_every_month(trace: Trace, request: Request, amount: Amount, sources: Mapping[str, object]) -> None:
    value = (said.money, (amount.monthly,))
    days = {"start": request.start, "end": request.end}
    if amount.form == EMPLOYMENT:
        reads = (Read(f"{SERVICE}.employment_month", amount.monthly, MONTH, LAW),)
        sentence = said.later(said.EMPLOYMENT, value=value)
        trace.note("employment_month", amount.monthly, sentence, FIXED, unit=MONTH, reads=reads, **days)  # type: ignore[arg-type]
        return
    comment = (said.plain, (request.comment,)) if request.comment else (_no_comment, ())
    source = str(sources.get("override_monthly_benefit_amount", "handler"))
    reads = (Read("override_monthly_benefit_amount", amount.monthly, MONTH, source),)
    sentence = said.later(said.MANUAL, value=value, comment=comment)
    trace.note("manual_month", amount.monthly, sentence, HAND, unit=MONTH, reads=reads, **days)  # type: ignore[arg-type]


def _no_comment() -> Text:
    return said.NO_COMMENT


def _act(terms: Terms, amount: Amount) -> str:
    if amount.form in (EMPLOYMENT, COMMISSION):
        return FIXED
    if amount.form == amount_2021.BY_HAND:
        return HAND
    return OLD if terms.rule_set == "2021" else COSTS_ACT


class _from:
    """Where a figure of the case came from, by its name."""

    __slots__ = ("sources",)

    def __init__(self, sources: Mapping[str, object]) -> None:
        self.sources = sources

    def __call__(self, name: str) -> str:
        return str(self.sources.get(name, APPLICATION))
