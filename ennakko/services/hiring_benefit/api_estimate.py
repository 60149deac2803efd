# SPDX-License-Identifier: EUPL-1.2
"""The estimate over the network, for anybody: the same rules as the page; nothing is kept."""

import datetime
from typing import Any, Literal

from django.http import HttpRequest
from ninja import Router, Schema
from pydantic import Field

from ennakko.kernel import clock
from ennakko.kernel.api.problems import Problem, Unusable
from ennakko.kernel.api.types import Money, Strict, Texts, money, texts
from ennakko.rules.decision import Reason
from ennakko.rules.errors import EvaluationError
from ennakko.services.hiring_benefit.carried import token_of
from ennakko.services.hiring_benefit.estimating import Asked, estimate
from ennakko.services.hiring_benefit.forms_estimate import MOST_CENTS, MOST_MONTHS
from ennakko.values.money import euros

router = Router(tags=["hiring-benefit"])
Kind = Literal["company", "association", "foundation", "sole_trader", "parish", "municipality", "state", "private"]
FARTHEST = 366 * 2


class EstimateIn(Strict):
    """What is asked; sums in euros a month."""

    monthly_pay: Money
    start: datetime.date
    months: int = Field(ge=1, le=MOST_MONTHS)
    other_expenses: Money = "0.00"
    vacation_money: Money = "0.00"
    employer_kind: Kind | None = None
    manager_available: bool | None = Field(None, description="Of an association: the employee has a manager there")
    weekly_hours: int | None = Field(None, ge=1, le=168)
    pay_subsidy: bool = False
    apprenticeship: bool = False
    training_compensation: Money = Field("0.00", description="Only in an apprenticeship")


class Condition(Schema):
    """A condition in words, with its paragraph."""

    id: str
    text: Texts
    cite: list[str]


class MonthOut(Schema):
    """A month of the benefit, both days included."""

    number: int
    start: datetime.date
    end: datetime.date
    benefit: Money


class InstalmentOut(Schema):
    """One payment; `due` null: when it has been decided."""

    number: int
    amount: Money
    due: datetime.date | None


class EstimateOut(Schema):
    """The estimate. Not possible: `hindrances` say which condition fails. `remaining` is checked of the application."""

    possible: bool
    total: Money
    month: Money
    rule_set: str
    months: list[MonthOut]
    instalments: list[InstalmentOut]
    reasons: list[Texts]
    hindrances: list[Condition]
    remaining: list[Condition]
    carry: str = Field(description="Give this as `estimate` to the page where the application begins")


@router.post(
    "", response={200: EstimateOut, 400: Problem, 422: Problem}, operation_id="estimate_hiring_benefit",
    summary="Estimate",
)  # fmt: skip
def estimate_benefit(request: HttpRequest, body: EstimateIn) -> Any:
    """What hiring somebody would bring, month by month with the reasons. Nothing is kept or logged of it."""
    on = clock.today()
    if abs((body.start - on).days) > FARTHEST:
        raise Unusable(("body.start", "Give a day at most two years from today."))
    told = body.model_dump()
    for name in ("monthly_pay", "other_expenses", "vacation_money", "training_compensation"):
        told[name] = euros(told[name])
        if not 0 <= told[name] <= MOST_CENTS:
            raise Unusable((f"body.{name}", "Give euros a month from 0.00 to 99999.99."))
    asked = Asked(**told)
    try:
        found = estimate(asked, on=on)
    except EvaluationError as refused:
        raise Unusable(("body.start", str(refused))) from None
    return {
        "possible": found.possible,
        "total": money(found.total),
        "month": money(found.month),
        "rule_set": found.rule_set,
        "months": [
            {"number": one.number, "start": one.start, "end": one.end, "benefit": money(one.cents)}
            for one in found.months
        ],
        "instalments": [
            {"number": one.number, "amount": money(one.cents), "due": one.due} for one in found.instalments
        ],
        "reasons": [texts(line.text) for line in found.lines if line.text is not None],
        "hindrances": [_condition(one) for one in found.hindrances],
        "remaining": [_condition(one) for one in found.remaining],
        "carry": token_of(asked),
    }


def _condition(one: Reason) -> dict[str, Any]:
    return {"id": one.step, "text": texts(one.text), "cite": list(one.cite)}
