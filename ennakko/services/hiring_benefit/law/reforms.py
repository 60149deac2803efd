# SPDX-License-Identifier: EUPL-1.2
"""Reforms of the amount that somebody has asked about, to be named in a reform file of `ennakko simulate`.

    classes = ["ennakko.services.hiring_benefit.law.reforms:nine_months"]

A changed figure needs none of these: a reform file names the parameter. `reforms_asked/` holds a file of each.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any, Final

from ennakko.rules.parameters import ParameterBook
from ennakko.rules.procedure import Procedure, Trace
from ennakko.services.hiring_benefit.law import amounts
from ennakko.services.hiring_benefit.law.amount_answers import amount, answer
from ennakko.services.hiring_benefit.law.amounts import Changed
from ennakko.services.hiring_benefit.law.calendar_2021 import longest_end
from ennakko.services.hiring_benefit.law.request_2021 import Deduction, Request
from ennakko.services.hiring_benefit.law.terms_2021 import Terms
from ennakko.services.hiring_benefit.law.values import Case, known_day, truth
from ennakko.values.dates import age_on

MONTHS: Final = 9
YOUNG: Final = 30


def reform_of_amount(changed: Changed) -> Procedure:
    """The amount with each case changed before it is calculated."""

    def one(case: Case, trace: Trace, book: ParameterBook) -> dict[str, Any]:
        return answer(case, trace, book, changed)

    def many(
        cases: Iterable[Case], book: ParameterBook, in_force: ParameterBook
    ) -> Iterator[tuple[int | None, str]]:  # fmt: skip
        return amounts.many(cases, book, in_force, changed)

    return amount.reformed(one, many)


def shortened(case: Case, request: Request, terms: Terms) -> tuple[Request, Terms]:
    """The benefit ends after nine months at the latest; an apprenticeship goes on for its whole length."""
    end = longest_end(request.start, MONTHS)
    if request.end <= end or truth(case, "apprenticeship_program"):
        return request, terms

    def within(rows: tuple[Deduction, ...]) -> tuple[Deduction, ...]:
        return tuple(row._replace(end=min(row.end, end)) for row in rows if row.start <= end)

    # The answer about pay subsidy holds for the work, even when its days fall out of the shortened benefit.
    subsidised = request.subsidised or bool(request.subsidies)
    kept = request._replace(
        end=end, subsidies=within(request.subsidies), trainings=within(request.trainings), subsidised=subsidised
    )
    return kept, terms


def uncapped_for_the_young(case: Case, request: Request, terms: Terms) -> tuple[Request, Terms]:
    """No highest amount a month for an employee who is under thirty on the first day; of others nothing changes."""
    birth = known_day(case, "birth_date")
    if birth is None or age_on(birth, request.start) >= YOUNG:
        return request, terms
    return request, replace(terms, highest=None, highest_alone=None)


nine_months = reform_of_amount(shortened)
no_cap_under_30 = reform_of_amount(uncapped_for_the_young)
