# SPDX-License-Identifier: EUPL-1.2
"""From a case to its amount: the request, the figures of its rule set, and the formula of that rule set (act 2 §)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from ennakko.rules.errors import EvaluationError
from ennakko.rules.parameters import ParameterBook
from ennakko.services.hiring_benefit.law import amount_2021, amount_2023
from ennakko.services.hiring_benefit.law import texts_2021 as said
from ennakko.services.hiring_benefit.law.names import COMMISSION, EMPLOYMENT
from ennakko.services.hiring_benefit.law.periods_2021 import Amount
from ennakko.services.hiring_benefit.law.refusals import Refusal, Refused, refuse
from ennakko.services.hiring_benefit.law.request_2021 import MANUAL, SHARE, Request, read
from ennakko.services.hiring_benefit.law.terms_2021 import Terms, terms_for
from ennakko.services.hiring_benefit.law.values import Case

FORMULAS: Final[Mapping[str, Callable[[Request, Terms, int], Amount]]] = MappingProxyType(
    {"2021": amount_2021.salary, "2023-07": amount_2023.salary, "2024-04": amount_2023.salary}
)
"""The formula of each rule set; a later one goes on with the newest."""

Changed = Callable[[Case, Request, Terms], tuple[Request, Terms]]
"""What a reform does to a case before it is calculated."""


@dataclass(frozen=True, slots=True)
class Worked:
    """A case worked out; `amount` is None and `lacking` says why where something must be known first."""

    request: Request | None
    terms: Terms | None
    amount: Amount | None
    lacking: tuple[str, ...] = ()


def work_out(
    case: Case, book: ParameterBook, changed: Changed | None = None, in_force: ParameterBook | None = None
) -> Worked:
    """The amount of a case; raises EvaluationError for what cannot be read, Refused for what must be put right.

    With the book in force, a share that the case gives as that book has it is taken from `book` instead.
    """
    request = read(case)
    if not isinstance(request, Request):
        return Worked(None, None, None, request)
    terms = terms_for(request.start, rule_set_of(case), book)
    if in_force is not None and request.share == terms_for(request.start, rule_set_of(case), in_force).share:
        request = request._replace(share=None)
    if changed is not None:
        request, terms = changed(case, request, terms)
    lacking = missing(request, terms)
    return Worked(request, terms, None if lacking else calculate(request, terms), lacking)


def rule_set_of(case: Case) -> str:
    """The rule set that a case names, empty when it names none."""
    named = case.get("rule_set")
    return "" if named is None else str(named)


def missing(request: Request, terms: Terms) -> tuple[str, ...]:
    """What must be known before the amount can be calculated."""
    if request.manual is not None or request.form in (EMPLOYMENT, COMMISSION):
        return ()
    share = () if request.share is not None or terms.share is not None else (SHARE,)
    return (*request.lacking, *share)


def calculate(request: Request, terms: Terms) -> Amount:
    """The amount of a request that lacks nothing; raises Refused."""
    if request.manual is not None:
        if request.manual > terms.highest_manual:
            highest = said.money(terms.highest_manual)
            raise refuse("manual_too_high", said.MANUAL_TOO_HIGH.format(highest=highest), MANUAL, "act 13 §")
        return amount_2021.by_hand(request, request.manual)
    if request.form == COMMISSION:
        return Amount(COMMISSION, 0)
    if request.form == EMPLOYMENT:
        if terms.employment is None:
            start = said.day(request.start)
            raise refuse("form_not_granted", said.FORM_NOT_GRANTED.format(start=start), "benefit_type", "act 12 §")
        return amount_2021.employment(request, terms.employment)
    unknown = sorted({one.percent for one in request.subsidies} - terms.caps.keys())
    if unknown:
        known = ", ".join(str(percent) for percent in terms.caps)
        raise Refused(
            [
                Refusal("unknown_percent", said.UNKNOWN_PERCENT.format(percent=one, known=known), "pay_subsidies")
                for one in unknown
            ]
        )
    share = request.share if request.share is not None else terms.share or 0
    return FORMULAS.get(terms.rule_set, amount_2023.salary)(request, terms, share)


def many(
    cases: Iterable[Case], book: ParameterBook, in_force: ParameterBook, changed: Changed | None = None
) -> Iterator[tuple[int | None, str]]:
    """The amounts of many cases without their traces, in order: (cents, "") or (None, why there is none)."""
    other = None if book is in_force else in_force
    for case in cases:
        try:
            worked = work_out(case, book, changed, other)
        except EvaluationError as refused:
            yield None, str(refused)
            continue
        if worked.amount is None:
            yield None, f"Not known: {', '.join(worked.lacking)}."
        else:
            yield worked.amount.total * 100, ""
