# SPDX-License-Identifier: EUPL-1.2
"""The voucher over the network: conditions for anybody, the open application, and one's own offer when signed in."""

import datetime
from typing import Any, Literal

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from ninja import Router, Schema, Status
from ninja.security import APIKeyCookie
from pydantic import Field

from ennakko.kernel import clock, offers
from ennakko.kernel.access import Actor
from ennakko.kernel.api.problems import Problem, Unusable, language, problem
from ennakko.kernel.api.types import Money, Strict, Texts, money, texts
from ennakko.kernel.offers.models import Offer
from ennakko.services.summer_voucher.actions import applications
from ennakko.services.summer_voucher.actions.vouchers import VoucherClosed
from ennakko.services.summer_voucher.queries import catalogue, own
from ennakko.services.summer_voucher.queries.catalogue import Conditions

router = Router(tags=["summer-voucher"])
MOST_YEARS_AHEAD = 2


class SignedIn(APIKeyCookie):
    """The session of a resident who has signed in; a change needs the CSRF token too."""

    param_name = settings.SESSION_COOKIE_NAME

    def authenticate(self, request: HttpRequest, key: str | None) -> Actor | None:
        actor: Actor = request.actor  # type: ignore[attr-defined]
        return actor if actor.kind == "resident" and actor.strong else None


class YearsConditions(Schema):
    """What the city has decided of a year's voucher; null is not decided, and `ask` tells whom to ask."""

    year: int
    value: Money | None
    min_hours: int | None
    min_pay: Money | None
    work_start: datetime.date | None
    work_end: datetime.date | None
    claim_deadline: datetime.date | None
    ages: list[int]
    ask: Texts | None


class Group(Schema):
    """An age group of the application form."""

    id: str
    name: Texts
    age: int = Field(description="Age that its members reach during the year")
    open: bool


class ApplicationIn(Strict):
    """An application of somebody whom the registers do not know; names as in the City's earlier interface."""

    first_name: str = Field(max_length=1000)
    last_name: str = Field(max_length=1000)
    social_security_number: str = Field(max_length=100)
    school: str = Field(max_length=1000)
    is_unlisted_school: bool = False
    email: str = Field(max_length=1000)
    phone_number: str = Field(max_length=200)
    postcode: str = Field(max_length=100)
    language: str = Field(max_length=10)
    target_group: str = Field(max_length=100)
    additional_info_user_reasons: list[str] = Field(max_length=20)
    additional_info_description: str = Field(max_length=10_000)


class Taken(Schema):
    """The application was taken in; what follows is told by e-mail, the same for everybody."""

    reference: str


class OwnVoucher(Schema):
    """One's own voucher; the number is there while it is valid."""

    year: int
    state: str
    number: str
    value: Money


class OwnOffer(Schema):
    """The year's offer to the one who has signed in."""

    id: str
    year: int
    state: str
    value: Money
    answer_by: datetime.date
    can_be_answered: bool
    can_be_undone: bool
    reasons: list[Texts]
    voucher: OwnVoucher | None


class Answer(Strict):
    """An answer to the offer; `undo` takes a no back."""

    answer: Literal["accepted", "declined", "call_me", "undo"]


@router.get("/conditions", response=list[YearsConditions], operation_id="list_voucher_conditions", summary="Every year")
def list_conditions(request: HttpRequest) -> list[dict[str, Any]]:
    """The conditions of every year known, the newest first."""
    return [_conditions(one) for one in catalogue.years(clock.today())]


@router.get(
    "/conditions/{year}",
    response={200: YearsConditions, 404: Problem},
    operation_id="get_voucher_conditions",
    summary="One year",
)
def get_conditions(request: HttpRequest, year: int) -> dict[str, Any]:
    """The conditions of a year, decided or not."""
    if not catalogue.first_year() <= year <= clock.today().year + MOST_YEARS_AHEAD:
        raise Http404(f"Years from {catalogue.first_year()} on are known.")
    return _conditions(catalogue.of_year(year))


def _conditions(one: Conditions) -> dict[str, Any]:
    return {
        "year": one.year,
        "value": None if one.value_cents is None else money(one.value_cents),
        "min_hours": one.min_hours,
        "min_pay": None if one.min_pay_cents is None else money(one.min_pay_cents),
        "work_start": one.work_start,
        "work_end": one.work_end,
        "claim_deadline": one.claim_deadline,
        "ages": list(one.ages),
        "ask": None if one.ask is None else texts(one.ask),
    }


@router.get("/target-groups", response=list[Group], operation_id="list_voucher_groups", summary="Age groups")
def list_groups(request: HttpRequest) -> list[dict[str, Any]]:
    """The age groups of the form, and which are open this year."""
    return [
        {"id": group, "name": texts(name), "age": age, "open": is_open}
        for group, name, age, is_open in catalogue.groups(clock.today())
    ]


@router.get("/schools", response=list[Texts], operation_id="list_voucher_schools", summary="Schools")
def list_schools(request: HttpRequest) -> list[dict[str, str]]:
    """The schools of the form; any other may be written in."""
    return [texts(name) for name in catalogue.schools()]


@router.post(
    "/applications",
    response={202: Taken, 400: Problem, 409: Problem, 422: Problem, 429: Problem},
    operation_id="apply_for_voucher",
    summary="Apply",
)
def apply(request: HttpRequest, body: ApplicationIn) -> Any:
    """Send an application; a link comes by e-mail. The answer tells nothing of what the registers know."""
    received = applications.apply(
        body.model_dump(), actor=request.actor, at=clock.now(), on=clock.today(), wall=clock.wall(),  # type: ignore[attr-defined]
        address=str(request.META.get("REMOTE_ADDR", "")),
    )  # fmt: skip
    if received.reason is not None:
        status = 429 if received.reason == applications.TOO_MANY else 409
        return problem(request, status, received.reason.in_(language()))
    if received.refusals:
        raise Unusable(*((f"body.{one.field}", one.text.in_(language())) for one in received.refusals))
    return Status(202, {"reference": received.reference})


@router.get(
    "/offer",
    auth=SignedIn(),
    response={200: OwnOffer, 401: Problem, 403: Problem, 404: Problem},
    operation_id="get_own_voucher_offer",
    summary="Own offer",
)
def get_offer(request: HttpRequest) -> dict[str, Any]:
    """The year's offer of the one who has signed in, with its reasons and the voucher."""
    return _offer(request, _own(request))


@router.post(
    "/offer/answer",
    auth=SignedIn(),
    response={200: OwnOffer, 401: Problem, 403: Problem, 404: Problem, 409: Problem, 422: Problem},
    operation_id="answer_own_voucher_offer",
    summary="Answer",
)
def answer_offer(request: HttpRequest, body: Answer) -> HttpResponse | dict[str, Any]:
    """Keep the voucher, decline it, take the no back, or ask to be called."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    given = _own(request)
    at, on = clock.now(), clock.today()
    try:
        if body.answer == "undo":
            offers.undo_decline(given, actor=actor, at=at, on=on)
        else:
            offers.answer(given, body.answer, actor=actor, at=at, on=on)
    except (offers.OfferClosed, VoucherClosed) as closed:
        return problem(request, 409, closed.reason.in_(language()))
    return _offer(request, _own(request))


def _own(request: HttpRequest) -> Offer:
    found = own.offer_of(request.actor, on=clock.today())  # type: ignore[attr-defined]
    if found is None:
        raise Http404("There is no offer to you this year.")
    return found


def _offer(request: HttpRequest, offer: Offer) -> dict[str, Any]:
    page = own.page_of(request.actor, offer, on=clock.today())  # type: ignore[attr-defined]
    voucher = page.voucher
    return {
        "id": str(offer.pk),
        "year": page.year,
        "state": offer.state,
        "value": money(page.value_cents),
        "answer_by": page.answer_by,
        "can_be_answered": page.answerable,
        "can_be_undone": page.undoable,
        "reasons": [texts(one.text) for one in page.reasons],
        "voucher": None
        if voucher is None
        else {
            "year": voucher.year,
            "state": voucher.state,
            "number": page.number,
            "value": money(voucher.value_cents),
        },
    }
