# SPDX-License-Identifier: EUPL-1.2
"""Applications over the network, for whoever acts for an employer: begin, attach, send, see where they stand."""

import datetime
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest
from ninja import File, Form, Router, Schema, Status
from ninja.files import UploadedFile
from ninja.security import APIKeyCookie
from pydantic import Field

from ennakko.kernel import clock, documents
from ennakko.kernel.access import Actor, require
from ennakko.kernel.api.problems import Problem, Unusable, language, problem
from ennakko.kernel.api.types import Money, Strict, Texts, money, texts
from ennakko.services.hiring_benefit import papers, terms
from ennakko.services.hiring_benefit.access import APPLY
from ennakko.services.hiring_benefit.actions import drafting, sending
from ennakko.services.hiring_benefit.actions.sending import LONGEST_KEY
from ennakko.services.hiring_benefit.form_values import (
    MOST_AID_ROWS,
    MOST_EMPLOYEES,
    ToCorrect,
    documents_about,
    raw_employees,
)
from ennakko.services.hiring_benefit.queries import own_applications as own
from ennakko.services.hiring_benefit.sent_shapes import Lacking

router = Router(tags=["hiring-benefit"])
LONGEST = 8192
Words = Field("", max_length=LONGEST)
KEY = r"^[A-Za-z0-9_-]+$"


class ActsForAnEmployer(APIKeyCookie):
    """The session of somebody who acts for an organisation; a change needs the CSRF token too."""

    param_name = settings.SESSION_COOKIE_NAME

    def authenticate(self, request: HttpRequest, key: str | None) -> Actor | None:
        actor: Actor = request.actor  # type: ignore[attr-defined]
        return actor if actor.kind == "organisation" and actor.strong else None


class AidIn(Strict):
    """De minimis aid had from others; euros as people write them, the day in ISO form or as 1.6.2026."""

    granter: str = Words
    amount: str = Words
    granted_on: str = Words


class EmployeeIn(Strict):
    """One employee and the work; "yes" and "no" answer questions, "" is not told."""

    first_name: str = Words
    last_name: str = Words
    identity_code: str = Words
    lives_here: str = Words
    job_title: str = Words
    start: str = Words
    end: str = Words
    weekly_hours: str = Words
    monthly_pay: str = Words
    vacation_money: str = Words
    other_expenses: str = Words
    apprenticeship: str = Words
    pay_subsidy: str = Field("", max_length=LONGEST, description="not_granted, granted or granted_aged")
    pay_subsidy_percent: str = Words
    additional_pay_subsidy_percent: str = Words
    collective_agreement: str = Words
    role_description: str = Words
    other_support: str = Words
    other_subsidised: str = Words
    other_subsidised_count: str = Words
    consent_by: str = Field("online", max_length=LONGEST, description="online or paper")
    letter_code: str = Field("", max_length=LONGEST, description="Of the letter: then the details need not be given")


class ApplicationIn(Strict):
    """An application of one or more employees."""

    iban: str = Words
    contact_first_name: str = Words
    contact_last_name: str = Words
    contact_phone: str = Words
    contact_email: str = Words
    language: str = Field("fi", max_length=LONGEST)
    department: str = Words
    other_street_address: str = Words
    other_postal_code: str = Words
    other_post_office: str = Words
    business_activity: str = Words
    manager_available: str = Words
    employees_count: str = Words
    business_brief: str = Words
    purchased_service: str = Words
    de_minimis_aid: str = Words
    negotiations: str = Words
    negotiations_description: str = Words
    aid: list[AidIn] = Field(default_factory=list, max_length=MOST_AID_ROWS)
    employees: list[EmployeeIn] = Field(max_length=MOST_EMPLOYEES)


class ToSend(Strict):
    """What is assured when a draft is sent."""

    terms: str = Field(max_length=40, description="The version that was read: see GET /terms")
    assured: list[str] = Field(max_length=20)


class TermsOut(Schema):
    """The terms in force, and what must be assured."""

    version: str
    paragraphs: list[Texts]
    assurances: dict[str, Texts]


class DraftOut(Schema):
    """An unfinished application; papers may be attached to it until it is sent."""

    key: str
    saved_at: datetime.datetime
    employees: int


class PaperOut(Schema):
    """A paper of an employee's application."""

    id: str
    kind: str
    name: str
    size: int


class ApplicationOut(Schema):
    """Where one application stands, as the employer sees it."""

    case: str
    sent_at: datetime.datetime
    state: Texts
    start: datetime.date
    end: datetime.date
    calculated: Money | None = Field(description="By the machine, of what was told; no decision")
    granted: Money | None
    confirmation: Texts = Field(description="Where the employee's own confirmation stands")
    question: str
    answer_due: datetime.date | None


@router.get(
    "/terms", auth=ActsForAnEmployer(), response={200: TermsOut, 401: Problem, 403: Problem},
    operation_id="get_hiring_benefit_terms", summary="The terms in force",
)  # fmt: skip
def get_terms(request: HttpRequest) -> dict[str, Any]:
    """What is assured when an application is sent."""
    require(_actor(request), APPLY)
    found = terms.in_force(clock.today())
    return {
        "version": found.version,
        "paragraphs": [texts(one) for one in found.paragraphs],
        "assurances": {one.code: texts(one.words) for one in found.assurances},
    }


@router.put(
    "/drafts/{key}", auth=ActsForAnEmployer(),
    response={200: DraftOut, 401: Problem, 403: Problem, 422: Problem},
    operation_id="save_hiring_benefit_draft", summary="Save an unfinished application",
)  # fmt: skip
def save_draft(request: HttpRequest, key: str, body: ApplicationIn) -> dict[str, Any]:
    """Keep an unfinished application under a key of one's own; the same key again replaces it."""
    _checked(key)
    return _draft(drafting.save(body.model_dump(), key=key, actor=_actor(request), at=clock.now()))


@router.get(
    "/drafts", auth=ActsForAnEmployer(), response={200: list[DraftOut], 401: Problem, 403: Problem},
    operation_id="list_hiring_benefit_drafts", summary="Unfinished applications",
)  # fmt: skip
def list_drafts(request: HttpRequest) -> list[dict[str, Any]]:
    """The organisation's unfinished applications, the last saved first."""
    return [_draft(one) for one in drafting.drafts_of(_actor(request))]


@router.post(
    "/drafts/{key}/employees/{number}/papers", auth=ActsForAnEmployer(),
    response={201: PaperOut, 401: Problem, 403: Problem, 404: Problem, 422: Problem},
    operation_id="add_hiring_benefit_paper", summary="Attach a paper",
)  # fmt: skip
def add_paper(
    request: HttpRequest,
    key: str,
    number: int,
    kind: str = Form(max_length=40),
    file: UploadedFile = File(...),  # noqa: B008 — how ninja declares them
) -> Any:
    """Attach a PDF, PNG or JPEG of at most 10 MB to an employee (from 1) of an unfinished application."""
    actor = _actor(request)
    found = drafting.draft_of(key, actor=actor)
    if found is None or not 1 <= number <= len(raw_employees(found.data)):
        raise Http404("There is no such unfinished application, or no such employee in it.")
    about = documents_about(actor.organisation, key, number)
    try:
        stored = papers.store(file.read(), about=about, kind=kind, name=file.name or "", actor=actor, at=clock.now())
    except documents.NotTaken as refused:
        raise Unusable(("file", refused.reason.in_(language()))) from None
    return Status(201, {"id": str(stored.pk), "kind": stored.kind, "name": stored.name, "size": stored.size})


@router.post(
    "/drafts/{key}/send", auth=ActsForAnEmployer(),
    response={
        200: list[ApplicationOut], 201: list[ApplicationOut], 401: Problem, 403: Problem, 404: Problem, 409: Problem,
        422: Problem,
    },
    operation_id="send_hiring_benefit_application", summary="Send an application",
)  # fmt: skip
def send(request: HttpRequest, key: str, body: ToSend) -> Any:
    """Send an unfinished application. 200 tells what became of the same sending earlier."""
    actor = _actor(request)
    require(actor, APPLY)
    found = drafting.draft_of(key, actor=actor)
    if found is None:
        if not (earlier := own.sent_with(actor, key)):
            raise Http404("There is no unfinished application under this key.")
        return Status(200, [_shown(one) for one in earlier])
    at = clock.now()
    sent = sending.send(
        found.data, actor=actor, at=at, on=at.date(), wall=clock.wall(), key=key, assured=body.assured,
        version=body.terms, origin="api",
    )  # fmt: skip
    if sent.reason is not None:
        return problem(request, 409, sent.reason.in_(language()))
    if not sent.taken:
        raise _unusable(sent.refusals, sent.lacking)
    if sent.again:
        return Status(200, [_shown(one) for one in own.sent_with(actor, key)])
    return Status(201, [_shown(one) for one in own.just_sent(sent.applications)])


@router.get(
    "", auth=ActsForAnEmployer(), response={200: list[ApplicationOut], 401: Problem, 403: Problem},
    operation_id="list_hiring_benefit_applications", summary="Own applications",
)  # fmt: skip
def list_applications(request: HttpRequest) -> list[dict[str, Any]]:
    """The organisation's applications, the last sent first."""
    return [_shown(one) for one in own.applications(_actor(request))]


@router.get(
    "/{number}", auth=ActsForAnEmployer(),
    response={200: ApplicationOut, 401: Problem, 403: Problem, 404: Problem},
    operation_id="get_hiring_benefit_application", summary="One own application",
)  # fmt: skip
def get_application(request: HttpRequest, number: str) -> dict[str, Any]:
    """Where an application stands."""
    found = own.application(_actor(request), number)
    if found is None:
        raise Http404("The organisation has no application of this number.")
    return _shown(found)


def _actor(request: HttpRequest) -> Actor:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return actor


def _checked(key: str) -> None:
    plain = key.replace("_", "a").replace("-", "a")
    if not (1 <= len(key) <= LONGEST_KEY and plain.isascii() and plain.isalnum()):
        raise Unusable(("path.key", f"The key has 1–{LONGEST_KEY} letters, digits, - and _."))


def _unusable(wrong: tuple[ToCorrect, ...], lacking: tuple[Lacking, ...]) -> Unusable:
    said = language()

    def where(one: ToCorrect) -> str:
        return f"body.{one.field}" if one.row is None else f"body.employees.{one.row}.{one.field}"

    needed = [
        (f"papers.{one.row}.{kind}", papers.TITLES[kind].in_(said)) for one in lacking for kind in one.kinds
    ]  # fmt: skip
    return Unusable(*((where(one), one.text.in_(said)) for one in wrong), *needed)


def _draft(one: Any) -> dict[str, Any]:
    return {"key": one.key, "saved_at": one.saved_at, "employees": len(raw_employees(one.data))}


def _shown(one: own.OwnApplication) -> dict[str, Any]:
    row, decision = one.application, one.decision
    granted = decision.amount_cents if decision is not None and decision.outcome == "accepted" else None
    return {
        "case": one.case.number,
        "sent_at": row.sent_at,
        "state": texts(one.state),
        "start": row.start,
        "end": row.end,
        "calculated": None if row.benefit_cents is None else money(row.benefit_cents),
        "granted": None if granted is None else money(granted),
        "confirmation": texts(one.consent),
        "question": one.question,
        "answer_due": one.answer_due,
    }
