# SPDX-License-Identifier: EUPL-1.2
"""Where other systems answer: finance of its payment list, the register of aid, the decision and archive system."""

import datetime
import hashlib
from typing import Any, Literal

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from ninja import Router, Schema
from pydantic import Field

from ennakko.kernel import clock, documents
from ennakko.kernel.access import Actor
from ennakko.kernel.api.callers import Caller
from ennakko.kernel.api.problems import Problem
from ennakko.kernel.api.types import Money, Strict, money
from ennakko.kernel.payments import confirm
from ennakko.kernel.payments.models import Line
from ennakko.kernel.payments.ports import Confirmation
from ennakko.kernel.payments.states import IN_TRANSIT
from ennakko.kernel.records.decision_archive import Answer, Filed, Notice
from ennakko.kernel.ui.uploads import documents_response
from ennakko.services.hiring_benefit.actions import aid, archiving
from ennakko.services.hiring_benefit.conditions import SERVICE
from ennakko.services.hiring_benefit.queries import aid_export

router = Router(tags=["hiring-benefit"])
MOST = 1000
Number = Field(min_length=1, max_length=40)
ERRORS = {401: Problem, 422: Problem}


class Told(Strict):
    """Whether a file went well, and of which applications."""

    status: Literal["Success", "Failure"]
    successful_applications: list[str] = Field(default_factory=list, max_length=MOST)
    failed_applications: list[str] = Field(default_factory=list, max_length=MOST)
    reason: str = Field("", max_length=500)


class Heard(Schema):
    """What was made of it: numbers taken, failed, and those not known or not waited for."""

    taken: list[str]
    failed: list[str]
    unknown: list[str]


@router.post("/payments/callback", auth=Caller("finance"), response={200: Heard, **ERRORS},
             operation_id="hiring_benefit_payments_answer", summary="Finance answers of its payment list")  # fmt: skip
def payments_answer(request: HttpRequest, body: Told) -> Any:
    """Which instalments were paid and which failed; told again it changes nothing. Failed ones wait for a handler."""
    actor: Actor = request.auth  # type: ignore[attr-defined]
    at, on = clock.now(), clock.today()
    said = hashlib.sha256(body.model_dump_json().encode()).hexdigest()[:16]
    answer = Heard(taken=[], failed=[], unknown=[])
    found: list[Confirmation] = []
    for numbers, state, heard in (
        (body.successful_applications, "paid", answer.taken), (body.failed_applications, "returned", answer.failed),
    ):  # fmt: skip
        for number in dict.fromkeys(numbers):
            line = _on_its_way(number).first()
            if line is None or line.batch is None:
                answer.unknown.append(number)
                continue
            heard.append(number)
            found.append(
                Confirmation(
                    id=f"callback:{said}:{line.pk}", reference=line.batch.reference, line=line.number or 0,
                    state=state, paid_on=on if state == "paid" else None,  # type: ignore[arg-type]
                    reason=body.reason if state == "returned" else "",
                )
            )  # fmt: skip
    if found:
        confirm(found, actor=actor, at=at)
    return answer


def _on_its_way(number: str) -> "QuerySet[Line]":
    """The payments of an application that have left and are not confirmed, the earliest first."""
    known = Line.objects.filter(service=SERVICE, state__in=IN_TRANSIT, batch__handed_over_at__isnull=False)
    cases = archiving.case_numbers([number])
    return known.filter(about__in=[f"case:{pk}" for pk in cases.values()]).select_related("batch").order_by("pk")


class GrantOut(Schema):
    """One grant of de minimis aid; instalments in euros as text."""

    number: str
    name: str
    business_id: str
    industry: str
    granted_on: datetime.date
    instalments: list[Money]


@router.get("/aid-register", auth=Caller("aid-register"), response={200: list[GrantOut], 401: Problem},
            operation_id="hiring_benefit_aid", summary="Grants the register of aid has not taken")  # fmt: skip
def aid_register(request: HttpRequest) -> Any:
    """What has not been taken, the oldest first; reading changes nothing."""
    return [
        {
            "number": one.number, "name": one.name, "business_id": one.business_id, "industry": one.industry,
            "granted_on": one.granted_on, "instalments": [money(cents) for cents in one.instalments],
        }
        for one in aid_export.untold()
    ]  # fmt: skip


@router.post("/aid-register/callback", auth=Caller("aid-register"), response={200: Heard, **ERRORS},
             operation_id="hiring_benefit_aid_answer", summary="The register of aid answers")  # fmt: skip
def aid_answer(request: HttpRequest, body: Told) -> Any:
    """Which grants it has taken; those that failed are told again."""
    actor: Actor = request.auth  # type: ignore[attr-defined]
    heard = aid.hear(
        body.successful_applications, body.failed_applications, reason=body.reason, actor=actor, at=clock.now()
    )
    return {"taken": heard.taken, "failed": heard.failed, "unknown": heard.unknown}


class FiledIn(Strict):
    """A file that the archive has taken."""

    hashValue: str = Field(max_length=128)
    versionSeriesId: str = Field(max_length=80)


class FailureIn(Schema):
    """Why a request failed; the archive's own fields vary."""

    id: str = Field("", max_length=200)
    message: str = Field("", max_length=2000)


class ArchiveAnswer(Strict):
    """The outcome of a request, as Ahjo tells it."""

    message: Literal["Success", "Failure"]
    requestId: str = Field("", max_length=80)
    caseId: str = Field("", max_length=60)
    caseGuid: str = Field("", max_length=60)
    records: list[FiledIn] = Field(default_factory=list, max_length=MOST)
    failureDetails: list[FailureIn] = Field(default_factory=list, max_length=100)


class ArchiveNotice(Strict):
    """A decision was signed, changed or removed."""

    updatetype: Literal["Added", "Removed", "Updated"]
    caseId: str = Field(min_length=1, max_length=60)


class Kept(Schema):
    """The matter's state in the archive after what was told."""

    state: str


@router.post("/archive/callback/{request_kind}/{number}", auth=Caller("decision-archive"),
             response={200: Kept, 404: Problem, **ERRORS}, operation_id="hiring_benefit_archive_answer",
             summary="The archive answers a request")  # fmt: skip
def archive_answer(request: HttpRequest, request_kind: str, number: str, body: ArchiveAnswer) -> Any:
    """The outcome of a request about an application; told again, or before our own note of it, it counts once."""
    answer = Answer(
        outcome="success" if body.message == "Success" else "failure", request=body.requestId, case_id=body.caseId,
        case_guid=body.caseGuid, filed=[Filed(one.hashValue.lower(), one.versionSeriesId) for one in body.records],
        failures=[one.message or one.id for one in body.failureDetails],
    )  # fmt: skip
    state = archiving.hear(request_kind, number, answer, wall=clock.wall())
    if state is None:
        raise Http404
    return {"state": state}


@router.post("/archive/decision-callback", auth=Caller("decision-archive"),
             response={200: Kept, 404: Problem, **ERRORS}, operation_id="hiring_benefit_archive_notice",
             summary="The archive tells of a decision")  # fmt: skip
def archive_notice(request: HttpRequest, body: ArchiveNotice) -> Any:
    """A decision was signed, changed or removed in the archive."""
    state = archiving.notice(Notice(body.caseId, body.updatetype), wall=clock.wall())
    if state is None:
        raise Http404
    return {"state": state}


@router.get("/archive/documents/{key}", auth=Caller("decision-archive"), response={401: Problem, 404: Problem},
            operation_id="hiring_benefit_archive_document", summary="A file that the archive was told of")  # fmt: skip
def archive_document(request: HttpRequest, key: str) -> HttpResponse:
    """A file of a record, fetched by the archive; only those it was told of, each reading logged."""
    actor: Actor = request.auth  # type: ignore[attr-defined]
    found = documents.document(key)
    if found is None or not archiving.was_told_of(found):
        raise Http404
    try:
        persons = archiving.persons_of(found)
        return documents_response(found, actor=actor, purpose=SERVICE, at=clock.now(), persons=persons)
    except documents.NotReady as waiting:
        raise Http404 from waiting
