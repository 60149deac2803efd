# SPDX-License-Identifier: EUPL-1.2
"""The employer's first page, and how an application is begun: afresh, from an estimate, a letter or a copy."""

import json
from typing import Any

from django.contrib import messages as flash
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ennakko.kernel import clock
from ennakko.kernel.access import Actor
from ennakko.kernel.cases.drafts import Begun
from ennakko.kernel.ui.doors import actor_of, signed_in_organisation
from ennakko.kernel.ui.uploads import file_response
from ennakko.services.hiring_benefit import as_written, drafting_steps
from ennakko.services.hiring_benefit.access import APPLY
from ennakko.services.hiring_benefit.actions import drafting, letters
from ennakko.services.hiring_benefit.carried import asked_of
from ennakko.services.hiring_benefit.form_values import raw_employees
from ennakko.services.hiring_benefit.queries import own_applications as own
from ennakko.services.hiring_benefit.queries.own_data import organisation_data

HOME = "hiring-benefit:employer"


def trail(*last: tuple[str, str]) -> list[tuple[str, str]]:
    """The way back to the organisation's own page."""
    return [(_("The organisation"), reverse("organisation")), (_("Hiring benefit"), reverse(HOME)), *last]


@require_safe
@signed_in_organisation(APPLY)
def home(request: HttpRequest) -> HttpResponse:
    """Where the employer stands: unfinished applications, those that wait for it, all that were sent."""
    actor = actor_of(request)
    found = own.applications(actor)
    context = {
        "waiting": [one for one in found if one.waits],
        "running": [one for one in found if not one.waits and one.case.closed_at is None],
        "done": [one for one in found if not one.waits and one.case.closed_at is not None],
        "drafts": [(one, _of_whom(one)) for one in drafting.drafts_of(actor)],
        "breadcrumb": [*trail()[:1], (_("Hiring benefit"), "")],
    }
    return render(request, "hiring_benefit/employer.html", context)


def _of_whom(draft: Begun) -> str:
    """Whom an unfinished application is about, as they were typed."""
    names = [" ".join(filter(None, (row.get("first_name"), row.get("last_name")))) for row in raw_employees(draft.data)]
    return ", ".join(name for name in names if name)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in_organisation(APPLY)
def begin(request: HttpRequest) -> HttpResponse:
    """What is needed, then a new draft; an estimate and a letter's code are carried over."""
    actor, given = actor_of(request), request.POST if request.method == "POST" else request.GET
    code, token = given.get("code", "").strip(), given.get("estimate", "").strip()
    context: dict[str, Any] = {"code": code, "estimate": token, "breadcrumb": trail((_("New application"), ""))}
    if request.method != "POST":
        return render(request, "hiring_benefit/employer_begin.html", context)
    row = {**_estimated(token)}
    if code:
        found = letters.redeem(code, actor=actor, at=clock.now(), wall=clock.wall())
        if found is None:
            context["wrong"] = True
            return render(request, "hiring_benefit/employer_begin.html", context, status=422)
        row |= {
            "letter_code": code, "first_name": found.given_names, "last_name": found.surname, "lives_here": "yes",
            "known": {"first_name": found.given_names, "last_name": found.surname},
        }  # fmt: skip
    return _begun({"employees": [row]}, actor)


def _estimated(token: str) -> dict[str, Any]:
    """What the estimate told of the work."""
    asked = asked_of(token) if token else None
    if asked is None:
        return {}
    told = {
        "monthly_pay": as_written.euros_of(asked.monthly_pay), "start": asked.start.isoformat(),
        "end": asked.end.isoformat(), "apprenticeship": "yes" if asked.apprenticeship else "no",
        "pay_subsidy": "granted" if asked.pay_subsidy else "not_granted",
    }  # fmt: skip
    if asked.other_expenses:
        told["other_expenses"] = as_written.euros_of(asked.other_expenses)
    if asked.vacation_money:
        told["vacation_money"] = as_written.euros_of(asked.vacation_money)
    if asked.weekly_hours:
        told["weekly_hours"] = str(asked.weekly_hours)
    return {**told, "known": dict(told)}


def _begun(raw: dict[str, Any], actor: Actor) -> HttpResponse:
    key = drafting.new_key()
    drafting.save(raw, key=key, actor=actor, at=clock.now())
    return HttpResponseRedirect(drafting_steps.url_of(key, drafting_steps.EMPLOYEE))


@require_safe
@signed_in_organisation(APPLY)
def data(request: HttpRequest) -> HttpResponse:
    """Everything that the service knows of the organisation, as a file."""
    found = organisation_data(actor_of(request))
    content = json.dumps(found, ensure_ascii=False, indent=2).encode()
    return file_response(content, name="hiring-benefit.json", type="application/json")


@require_POST
@signed_in_organisation(APPLY)
def copy(request: HttpRequest, number: str) -> HttpResponse:
    """A new application begun from an earlier one: the employer's part is there, the employee is blank."""
    actor = actor_of(request)
    found = own.application(actor, number)
    if found is None:
        raise Http404
    return _begun(as_written.copy_of(found.application), actor)


@require_POST
@signed_in_organisation(APPLY)
def drop(request: HttpRequest, key: str) -> HttpResponse:
    """Remove an unfinished application with its papers."""
    drafting.drop(key, actor=actor_of(request))
    flash.success(request, _("The unfinished application was removed."))
    return HttpResponseRedirect(reverse(HOME))
