# SPDX-License-Identifier: EUPL-1.2
"""Early education over the network, for anybody: free seats through the disclosure gate, and what a place would cost.

Nothing that is asked is kept or logged of anybody.
"""

import datetime
from typing import Annotated, Any, Literal

from django.http import HttpRequest
from ninja import Query, Router, Schema
from pydantic import Field

from ennakko.kernel import clock
from ennakko.kernel.api.problems import Problem, Unusable
from ennakko.kernel.api.types import Money, Page, Paging, Strict, Texts, money, texts
from ennakko.rules.errors import EvaluationError
from ennakko.services.childcare import fees
from ennakko.services.childcare.queries.open_seats import open_seats
from ennakko.values.money import euros

router = Router(tags=["childcare"])
Band = Literal["under-three", "three-to-five", "preschool"]
FARTHEST = datetime.timedelta(days=2 * 366)
MOST_PEOPLE, MOST_ADULTS = 20, 2
MOST_CENTS = 10_000_000
OFTEN = "Give a day at most two years from today."


class SeatsAsked(Paging):
    """Which seats are asked for."""

    band: Band
    on: datetime.date | None = Field(None, description="The day of the seats; today if not given")
    district: str | None = Field(None, max_length=10, description="Units of one district only")


class UnitSeats(Schema):
    """A unit's seats in ordinary groups of one language. `free` null: it would tell of fewer than five children."""

    unit: str
    name: Texts
    district: str
    provider: str
    language: str
    seats: int
    free: int | None


class DistrictSeats(Schema):
    """The same of all units of a district."""

    district: str
    seats: int
    free: int | None


class SeatsOut(Page[UnitSeats]):
    """Units by name, and every district of those asked for."""

    on: datetime.date
    districts: list[DistrictSeats]


class FeeIn(Strict):
    """A family and the care asked of; sums in euros a month. An income that is null is not told: the highest fee."""

    family_size: int = Field(ge=2, le=MOST_PEOPLE)
    incomes: list[Money | None] = Field(min_length=1, max_length=MOST_ADULTS, description="Each adult's income")
    hours: Literal["full", "middle", "part"] = Field("full", description="35 hours a week or more; between; at most 20")
    child: Annotated[int, Field(ge=1, le=MOST_PEOPLE, description="1 for the youngest child in care")] = 1
    on: datetime.date | None = Field(None, description="The day of the fee; today if not given")


class FeeOn(Schema):
    """The fee by the figures of a day."""

    on: datetime.date
    fee: Money


class FeeOut(Schema):
    """The estimate. `fee` null: somebody has yet to decide a figure, and `ask` tells who; `last_known` is by the last
    figures that were decided.
    """

    on: datetime.date
    fee: Money | None
    highest: Money
    ask: Texts | None
    last_known: FeeOn | None


@router.get(
    "/seats", response={200: SeatsOut, 400: Problem, 422: Problem}, operation_id="list_free_seats",
    summary="Free seats of units",
)  # fmt: skip
def list_free_seats(request: HttpRequest, asked: Query[SeatsAsked]) -> Any:
    """Seats and free seats of every unit on a day, and of the districts; special groups are left out."""
    on = _near(asked.on, "query.on")
    units, districts = open_seats(asked.band, on)
    if asked.district is not None:
        units = [one for one in units if one.district == asked.district]
        districts = [one for one in districts if one.district == asked.district]
    rows = [
        {
            "unit": one.unit, "name": {"fi": one.name_fi, "sv": one.name_sv, "en": one.name_en},
            "district": one.district, "provider": one.provider, "language": one.language, "seats": one.seats,
            "free": one.free,
        }
        for one in units
    ]  # fmt: skip
    shown = [{"district": one.district, "seats": one.seats, "free": one.free} for one in districts]
    return {**asked.of(rows), "on": on, "districts": shown}


@router.post(
    "/fee-estimate", response={200: FeeOut, 400: Problem, 422: Problem}, operation_id="estimate_childcare_fee",
    summary="What a place would cost",
)  # fmt: skip
def estimate_fee(request: HttpRequest, body: FeeIn) -> Any:
    """The fee of a place for a family a month. Nothing is kept or logged of it."""
    on = _near(body.on, "body.on")
    incomes = tuple(None if one is None else euros(one) for one in body.incomes)
    for at, one in enumerate(incomes):
        if one is not None and not 0 <= one <= MOST_CENTS:
            raise Unusable((f"body.incomes.{at}", "Give euros a month from 0.00 to 100000.00."))
    try:
        found = fees.estimate(fees.Told(body.family_size, incomes, body.hours, body.child), on)
    except EvaluationError as refused:
        raise Unusable(("body.on", str(refused))) from None
    known = found.last_known
    return {
        "on": found.on,
        "fee": None if found.fee_cents is None else money(found.fee_cents),
        "highest": money(found.highest_cents),
        "ask": None if found.ask is None else texts(found.ask),
        "last_known": None if known is None or known.fee_cents is None
        else {"on": known.on, "fee": money(known.fee_cents)},
    }  # fmt: skip


def _near(told: datetime.date | None, where: str) -> datetime.date:
    today = clock.today()
    on = told or today
    if abs(on - today) > FARTHEST:
        raise Unusable((where, OFTEN))
    return on
