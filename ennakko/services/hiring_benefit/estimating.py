# SPDX-License-Identifier: EUPL-1.2
"""What an employer would get for hiring somebody: the law's own rules on what the employer tells; nothing is kept."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from ennakko.rules.decision import Decision, Reason
from ennakko.rules.parameters import ParameterBook
from ennakko.rules.procedure import TraceLine
from ennakko.services.hiring_benefit.law.amount_answers import amount
from ennakko.services.hiring_benefit.law.calendar_2021 import ONE_DAY, days_of, longest_end
from ennakko.services.hiring_benefit.law.instalment_answers import split_benefit
from ennakko.services.hiring_benefit.law.rules import HiringBenefitEligible
from ennakko.values.dates import add_months
from ennakko.values.money import euros, in_euros, round_half_up

CONDITIONS = (
    "employer", "managed", "resident", "target_group", "no_other_support", "hours_enough", "long_enough",
    "short_enough", "in_time", "months_left", "not_twice", "within_ceiling",
)  # fmt: skip
"""The steps of the rule that are conditions by themselves; the others are parts of these."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What an employer asks about: money in cents a month; whatever is None is not told."""

    monthly_pay: int
    start: date
    months: int
    other_expenses: int = 0
    vacation_money: int = 0
    employer_kind: str | None = None
    manager_available: bool | None = None
    weekly_hours: int | None = None
    pay_subsidy: bool = False
    apprenticeship: bool = False
    training_compensation: int = 0

    @property
    def end(self) -> date:
        """The last day of the benefit."""
        return longest_end(self.start, self.months)


@dataclass(frozen=True, slots=True)
class Month:
    """A month of the benefit, counted from its first day: its days (both included) and cents."""

    number: int
    start: date
    end: date
    cents: int


@dataclass(frozen=True, slots=True)
class Part:
    """One instalment: cents, when it falls due ("" where at the decision), the days that it covers."""

    number: int
    cents: int
    due: date | None
    start: date
    end: date


@dataclass(frozen=True, slots=True)
class Estimate:
    """The answer. `possible` is False where a condition certainly fails: then `hindrances` say which.

    `remaining` are the conditions that what was told does not settle. `lines` are the calculation step by step.
    """

    asked: Asked
    possible: bool
    total: int
    month: int
    months: tuple[Month, ...]
    instalments: tuple[Part, ...]
    hindrances: tuple[Reason, ...]
    settled: tuple[Reason, ...]
    remaining: tuple[Reason, ...]
    lines: tuple[TraceLine, ...]
    rule_set: str


def estimate(asked: Asked, *, on: date, book: ParameterBook | None = None) -> Estimate:
    """The estimate by the rules of the benefit's first day; raises EvaluationError for a day before every rule."""
    case = case_of(asked)
    worked = amount.evaluate(case, on, book)
    total = int(worked.values["total"]) * 100
    ranges = worked.values["ranges"]
    decision = HiringBenefitEligible.decide(on, _facts(asked, total, on), book)
    reasons = [one for one in decision.reasons if one.step in CONDITIONS]
    hindrances = tuple(one for one in reasons if one.holds is False)
    return Estimate(
        asked=asked,
        possible=not hindrances and total > 0,
        total=total,
        month=max((euros(one["monthly"]) for one in ranges), default=0),
        months=tuple(by_month(asked.start, asked.end, ranges)),
        instalments=_instalments(asked, total, on, book),
        hindrances=hindrances,
        settled=tuple(one for one in reasons if one.holds is True),
        remaining=tuple(one for one in reasons if one.holds is None),
        lines=tuple(line for line in worked.trace if line.text is not None),
        rule_set=str(worked.values["rule_set"]),
    )


def case_of(asked: Asked) -> dict[str, Any]:
    """The case of the amount, in the rule's own words: sums in euros."""
    case: dict[str, Any] = {
        "start_date": asked.start,
        "end_date": asked.end,
        "monthly_pay": in_euros(asked.monthly_pay),
        "other_expenses": in_euros(asked.other_expenses),
        "vacation_money": in_euros(asked.vacation_money),
        "vacation_money_unit": "per_month",
        "pay_subsidy_granted": "granted" if asked.pay_subsidy else "not_granted",
        "apprenticeship_program": asked.apprenticeship,
    }
    if asked.apprenticeship and asked.training_compensation:
        case["training_compensations"] = [
            {"start": asked.start, "end": asked.end, "monthly_amount": in_euros(asked.training_compensation)}
        ]
    return case


def _facts(asked: Asked, total: int, on: date) -> dict[str, Any]:
    told = {
        "benefit_start": asked.start, "benefit_end": asked.end, "applied_on": on, "benefit_cents": total,
        "employer_kind": asked.employer_kind, "manager_available": asked.manager_available,
        "weekly_hours": asked.weekly_hours, "pay_subsidy": asked.pay_subsidy, "apprenticeship": asked.apprenticeship,
    }  # fmt: skip
    return {name: value for name, value in told.items() if value is not None}


def by_month(start: date, end: date, ranges: list[Mapping[str, Any]]) -> Iterator[Month]:
    """The benefit month by month, counted from its first day; the months together are exactly the total.

    A part's sum falls on its days evenly by 30/360, so that a whole month has the part's monthly sum.
    """
    number, first = 1, start
    while first <= end:
        last = min(add_months(start, number) - ONE_DAY, end)
        yield Month(number, first, last, sum(_until(one, last) - _until(one, first - ONE_DAY) for one in ranges))
        number, first = number + 1, last + ONE_DAY


def _until(part: Mapping[str, Any], day: date) -> int:
    """Cents of a part from its first day to a day."""
    if day < part["start"]:
        return 0
    cents = euros(part["subtotal"])
    whole = days_of(part["start"], part["end"])
    if day >= part["end"] or whole <= 0:
        return cents
    return round_half_up(cents * days_of(part["start"], day), whole)


def _instalments(asked: Asked, total: int, on: date, book: ParameterBook | None) -> tuple[Part, ...]:
    split = split_benefit.evaluate(
        {"total": in_euros(total), "start_date": asked.start, "end_date": asked.end, "today": on}, on, book
    )  # fmt: skip
    return tuple(
        Part(
            one["number"], euros(one["amount"]), None if one["number"] == 1 else one["due"],
            one["start"] or asked.start, one["end"] or asked.end,
        )
        for one in split.values["instalments"]
    )  # fmt: skip


def conditions_of(decision: Decision) -> tuple[Reason, ...]:
    """The reasons of a decision that are conditions by themselves."""
    return tuple(one for one in decision.reasons if one.step in CONDITIONS)
