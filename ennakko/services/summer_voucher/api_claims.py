# SPDX-License-Identifier: EUPL-1.2
"""Claims over the network, for whoever acts for an employer: look up, estimate, send, see where they stand."""

import datetime
from typing import Any, Literal

from django.conf import settings
from django.http import Http404, HttpRequest
from ninja import Router, Schema, Status
from ninja.security import APIKeyCookie
from pydantic import Field

from ennakko.kernel import clock
from ennakko.kernel.access import Actor
from ennakko.kernel.api.problems import Problem, Unusable, language, problem
from ennakko.kernel.api.types import Money, Strict, Texts, money, texts
from ennakko.services.summer_voucher.actions import claims
from ennakko.services.summer_voucher.actions.claim_sending import LONGEST_KEY
from ennakko.services.summer_voucher.claim_values import MOST_ROWS, ToCorrect
from ennakko.services.summer_voucher.law.claim import Judged
from ennakko.services.summer_voucher.queries import claims as queries

router = Router(tags=["summer-voucher"])
LONGEST = 5000
Words = Field("", max_length=LONGEST)


class ActsForAnEmployer(APIKeyCookie):
    """The session of somebody who acts for an organisation; a change needs the CSRF token too."""

    param_name = settings.SESSION_COOKIE_NAME

    def authenticate(self, request: HttpRequest, key: str | None) -> Actor | None:
        actor: Actor = request.actor  # type: ignore[attr-defined]
        return actor if actor.kind == "organisation" and actor.strong else None


class VoucherIn(Strict):
    """One voucher of a claim; days in ISO form or as 1.6.2026, hours and euros as people write them."""

    number: str = Words
    surname: str = Words
    work_start: str = Words
    work_end: str = Words
    hours: str = Words
    pay: str = Words
    work_postal_code: str = Words
    job_type: str = Words
    description: str = Words
    hired_without: str = Field("", max_length=LONGEST, description="yes, no or maybe")
    confirmed: bool = Field(False, description="Send it though something does not fit: a person decides")


class ClaimIn(Strict):
    """A claim; account and contact person may be left out where the city knows them."""

    contact_name: str = Words
    contact_email: str = Words
    contact_phone: str = Words
    language: str = Field("fi", max_length=LONGEST)
    iban: str = Words
    bic: str = Words
    payee_name: str = Words
    payee_address: str = Words
    bank_name: str = Words
    bank_address: str = Words
    is_separate_invoicer: bool = False
    invoicer_name: str = Words
    invoicer_email: str = Words
    invoicer_phone: str = Words
    rows: list[VoucherIn] = Field(max_length=MOST_ROWS)


class ClaimToSend(ClaimIn):
    """A claim to be sent; the same key again gives the same answer."""

    key: str = Field(min_length=1, max_length=LONGEST_KEY, pattern=r"^[A-Za-z0-9_-]+$")


class Check(Schema):
    """One condition: its step, whether it holds (null: not known), what follows, the sentence about it."""

    rule: str
    holds: bool | None
    outcome: Literal["ready", "correct", "ask", "manual", "reject"]
    text: Texts
    field: str


class Judgement(Schema):
    """What would become of one voucher of the claim."""

    position: int = Field(description="From 0")
    outcome: Literal["ready", "correct", "ask", "manual", "reject"]
    value: Money | None
    checks: list[Check]
    waits_for: list[Texts] = Field(description="Registers that did not answer; they are asked again")


class EstimateOut(Schema):
    """What would become of the claim now; nothing is stored."""

    rows: list[Judgement]


class VoucherOut(Schema):
    """One voucher of a claim that was sent."""

    case: str
    year: int
    state: str
    state_name: Texts
    payment: Texts | None
    value: Money
    question: str
    answer_due: datetime.date | None


class ClaimOut(Schema):
    """A claim that was sent."""

    reference: str
    sent_at: datetime.datetime
    rows: list[VoucherOut]


@router.post(
    "/estimate",
    auth=ActsForAnEmployer(),
    response={200: EstimateOut, 401: Problem, 403: Problem, 422: Problem, 429: Problem},
    operation_id="estimate_voucher_claim",
    summary="Estimate a claim",
)
def estimate(request: HttpRequest, body: ClaimIn) -> Any:
    """What would become of a claim, condition by condition; nothing is stored, and nothing is told of the youth."""
    found = claims.estimate(body.model_dump(), wall=clock.wall(), **_who(request))
    if found.reason is not None:
        return problem(request, 429, found.reason.in_(language()))
    if found.refusals:
        raise _unusable(found.refusals)
    return {"rows": [_judged(one.position, one.judged, one.waits_for) for one in found.rows if one.judged is not None]}


@router.post(
    "",
    auth=ActsForAnEmployer(),
    response={200: ClaimOut, 201: ClaimOut, 401: Problem, 403: Problem, 409: Problem, 422: Problem, 429: Problem},
    operation_id="send_voucher_claim",
    summary="Send a claim",
)
def send(request: HttpRequest, body: ClaimToSend) -> Any:
    """Send a claim. 200 tells what became of the same sending earlier; 409 that its key was used for another one."""
    told = body.model_dump()
    sent = claims.send(told, wall=clock.wall(), key=told.pop("key"), source="api", **_who(request))
    if sent.reason is not None:
        return problem(request, 429 if sent.reason == claims.TOO_MANY_TRIES else 409, sent.reason.in_(language()))
    if sent.claim is None:
        raise _unusable(sent.refusals)
    if sent.again:
        return Status(200, _claim(request, sent.claim.reference))
    new = queries.just_sent(sent.claim, [one.row for one in sent.rows if one.row is not None])
    return Status(201, _claim(request, sent.claim.reference) if new is None else _shown(new))


@router.get(
    "",
    auth=ActsForAnEmployer(),
    response={200: list[ClaimOut], 401: Problem, 403: Problem},
    operation_id="list_voucher_claims",
    summary="Own claims",
)
def list_claims(request: HttpRequest) -> list[dict[str, Any]]:
    """The organisation's claims, the newest first."""
    return [_shown(one) for one in queries.own_claims(request.actor)]  # type: ignore[attr-defined]


@router.get(
    "/{reference}",
    auth=ActsForAnEmployer(),
    response={200: ClaimOut, 401: Problem, 403: Problem, 404: Problem},
    operation_id="get_voucher_claim",
    summary="One own claim",
)
def get_claim(request: HttpRequest, reference: str) -> dict[str, Any]:
    """Where a claim stands, voucher by voucher."""
    return _claim(request, reference)


def _who(request: HttpRequest) -> dict[str, Any]:
    at = clock.now()
    return {"actor": request.actor.itself, "at": at, "on": at.date()}  # type: ignore[attr-defined]


def _unusable(wrong: tuple[ToCorrect, ...]) -> Unusable:
    said = language()

    def where(one: ToCorrect) -> str:
        return f"body.{one.field}" if one.row is None else f"body.rows.{one.row}.{one.field}"

    return Unusable(*((where(one), one.text.in_(said)) for one in wrong))


def _judged(position: int, judged: Judged, waits_for: tuple[Any, ...]) -> dict[str, Any]:
    return {
        "position": position,
        "outcome": str(judged.outcome),
        "value": None if judged.value_cents is None else money(judged.value_cents),
        "checks": [
            {"rule": one.rule, "holds": one.holds, "outcome": str(one.outcome), "text": texts(one.text),
             "field": one.field}
            for one in judged.checks
        ],
        "waits_for": [texts(one) for one in waits_for],
    }  # fmt: skip


def _claim(request: HttpRequest, reference: str) -> dict[str, Any]:
    found = queries.own_claim(request.actor, reference)  # type: ignore[attr-defined]
    if found is None:
        raise Http404("The organisation has no claim of this reference.")
    return _shown(found)


def _shown(one: queries.OwnClaim) -> dict[str, Any]:
    return {
        "reference": one.claim.reference,
        "sent_at": one.claim.sent_at,
        "rows": [
            {
                "case": row.case.number,
                "year": row.row.year,
                "state": row.case.state,
                "state_name": texts(row.state),
                "payment": None if row.payment is None else texts(row.payment),
                "value": money(row.value_cents),
                "question": row.question,
                "answer_due": row.answer_due,
            }
            for row in one.rows
        ],
    }
