# SPDX-License-Identifier: EUPL-1.2
"""The amount of a benefit that began before 1 July 2023 (act 11 §), and the sums that are the same every month."""

from __future__ import annotations

from typing import Final

from ennakko.services.hiring_benefit.law.calendar_2021 import DAYS_OF_MONTH, days_of
from ennakko.services.hiring_benefit.law.names import EMPLOYMENT, SALARY
from ennakko.services.hiring_benefit.law.periods_2021 import Amount, Part, cut
from ennakko.services.hiring_benefit.law.request_2021 import Request, Subsidy
from ennakko.services.hiring_benefit.law.terms_2021 import Terms
from ennakko.values.money import round_half_up

FULL: Final = 100
BY_HAND: Final = "manual"


def salary(request: Request, terms: Terms, share: int) -> Amount:
    """A share of the hiring costs less the pay subsidy and the training compensation, at most the highest a month.

    `share` in hundredths of a per cent. The vacation money is that of the whole period unless the case says otherwise,
    and belongs to the pay subsidy too; months are counted unrounded.
    """
    spread = request.vacation_whole is not False and days_of(request.start, request.end)
    # A month of vacation money is vacation / length: the length stands below the line in every figure made of it.
    vacation, length = (request.vacation * DAYS_OF_MONTH, spread) if spread and spread > 0 else (request.vacation, 1)
    base = request.pay + request.other
    costs = base * length + vacation
    ceiling = round_half_up(costs * share, length * 10_000)
    highest = terms.highest if request.subsidised or request.subsidies else terms.highest_alone
    parts = []
    total = 0
    for start, end, subsidy, training in cut(request.start, request.end, request.subsidies, request.trainings):
        over, under, capped = 0, 1, False
        if subsidy is not None:
            rate, of = rate_of(subsidy, terms)
            cap = terms.caps[subsidy.percent] * of
            over, under, capped = min(cap, base * rate) * length + vacation * rate, of * length, base * rate >= cap
        left = (ceiling - (0 if training is None else training.monthly)) * under - over
        if highest is not None:
            left = min(left, highest * under)
        monthly = round_half_up(max(left, 0), 100 * under)
        days = days_of(start, end)
        subtotal = round_half_up(days * monthly, DAYS_OF_MONTH)
        total += subtotal
        parts.append(Part(start, end, days, subsidy, training, (over, under), capped, monthly, None, subtotal))
    return Amount(SALARY, total, tuple(parts), round_half_up(costs, length), share, ceiling, highest)


def rate_of(subsidy: Subsidy, terms: Terms) -> tuple[int, int]:
    """The part of pay, other costs and vacation money that a pay subsidy covers, as a quotient of two whole numbers.

    Of 100 % for more than the limited working time: of the limited time only.
    """
    work_time = subsidy.work_time or terms.default_work_time
    limit = terms.full_work_time * 100
    return (limit, work_time) if subsidy.percent == FULL and work_time > limit else (subsidy.percent, 100)


def employment(request: Request, monthly: int) -> Amount:
    """The same sum every month, `monthly` in cents, whatever the pay (act 12 §); months unrounded, euros half up."""
    return _same_every_month(EMPLOYMENT, request, monthly)


def by_hand(request: Request, monthly: int) -> Amount:
    """A monthly sum that the handler gives instead of the calculation (act 13 §)."""
    return _same_every_month(BY_HAND, request, monthly)


def _same_every_month(form: str, request: Request, monthly: int) -> Amount:
    total = round_half_up(monthly * days_of(request.start, request.end), 100 * DAYS_OF_MONTH)
    return Amount(form, total, monthly=monthly)
