# SPDX-License-Identifier: EUPL-1.2
"""The amount of a benefit that begins on 1 July 2023 or later (act 10 §): whole euros a month, months to hundredths."""

from __future__ import annotations

from typing import Final

from ennakko.services.hiring_benefit.law.calendar_2021 import days_of, hundredths
from ennakko.services.hiring_benefit.law.names import SALARY
from ennakko.services.hiring_benefit.law.periods_2021 import Amount, Part, cut
from ennakko.services.hiring_benefit.law.request_2021 import Request, Subsidy
from ennakko.services.hiring_benefit.law.terms_2021 import Terms
from ennakko.values.money import round_half_up

FULL: Final = 100
"""The pay subsidy that covers the whole pay, of a limited working time."""


def salary(request: Request, terms: Terms, share: int) -> Amount:
    """A share of the hiring costs less the pay subsidy and the training compensation, at most the highest a month.

    `share` in hundredths of a per cent. The deductions are taken off unrounded; a month is rounded to whole euros
    halves up, its part of the period too, with the months to hundredths.
    """
    costs = request.pay + vacation_a_month(request) + request.other
    ceiling = round_half_up(costs * share, 10_000)
    subsidised = request.subsidised or bool(request.subsidies)
    highest = terms.highest if subsidised else terms.highest_alone
    parts = []
    total = 0
    for start, end, subsidy, training in cut(request.start, request.end, request.subsidies, request.trainings):
        (over, under), capped = ((0, 1), False) if subsidy is None else taken_off(subsidy, request.pay, terms)
        left = (ceiling - (0 if training is None else training.monthly)) * under - over
        if highest is not None:
            left = min(left, highest * under)
        monthly = round_half_up(max(left, 0), 100 * under)
        days = days_of(start, end)
        months = hundredths(days)
        subtotal = round_half_up(months * monthly, 100)
        total += subtotal
        parts.append(Part(start, end, days, subsidy, training, (over, under), capped, monthly, months, subtotal))
    return Amount(SALARY, total, tuple(parts), costs, share, ceiling, highest)


def vacation_a_month(request: Request) -> int:
    """The vacation money of a month in cents, a part of a cent rounded half up."""
    if not request.vacation_whole:
        return request.vacation
    return round_half_up(request.vacation * 30, max(days_of(request.start, request.end), 1))


def taken_off(subsidy: Subsidy, pay: int, terms: Terms) -> tuple[tuple[int, int], bool]:
    """A month's pay subsidy in cents as an exact quotient, and whether it is its highest.

    Of 100 %: the pay of the limited working time with its side costs; otherwise the percentage of the pay. Vacation
    money and side costs are no part of it.
    """
    cap = terms.caps[subsidy.percent]
    if subsidy.percent == FULL:
        over = pay * terms.full_work_time * terms.side_costs
        under = subsidy.work_time or terms.default_work_time
    else:
        over, under = subsidy.percent * pay, 100
    return ((over, under), False) if over < cap * under else ((cap, 1), True)
