# SPDX-License-Identifier: EUPL-1.2
"""The employee's own page of an application about her: what is known, who asked, her own say and taking it back."""

import json
from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.contrib import messages as flash
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from ennakko.kernel import clock
from ennakko.kernel.access import Actor
from ennakko.kernel.cases import NotNow
from ennakko.kernel.ui.doors import actor_of, signed_in_resident
from ennakko.kernel.ui.filters import say
from ennakko.kernel.ui.uploads import file_response
from ennakko.services.hiring_benefit.actions import consenting
from ennakko.services.hiring_benefit.models import Employee
from ennakko.services.hiring_benefit.queries import own_applications as own
from ennakko.services.hiring_benefit.queries.own_applications import Employment
from ennakko.services.hiring_benefit.queries.own_data import own_data

Say = Callable[..., Employee]


def _found(actor: Actor, number: str) -> Employment:
    found = own.employment(actor, number)
    if found is None:
        raise Http404
    return found


@require_safe
@signed_in_resident
def employment(request: HttpRequest, number: str) -> HttpResponse:
    """One application about her: who made it, what it says, what she can say."""
    found = _found(actor_of(request), number)
    context: dict[str, Any] = {
        "one": found, "row": found.application,
        "breadcrumb": [(_("My page"), reverse("home")), (_("Hiring benefit"), "")],
    }  # fmt: skip
    return render(request, "hiring_benefit/employment.html", context)


@require_safe
@signed_in_resident
def data(request: HttpRequest) -> HttpResponse:
    """Everything that the service knows of her, as a file."""
    content = json.dumps(own_data(actor_of(request)), ensure_ascii=False, indent=2).encode()
    return file_response(content, name="hiring-benefit.json", type="application/json")


@require_POST
@signed_in_resident
def confirm(request: HttpRequest, number: str) -> HttpResponse:
    """The details are right and may be used."""
    return _say(request, number, consenting.confirm, _("Thank you. You have confirmed the application."))


@require_POST
@signed_in_resident
def refuse(request: HttpRequest, number: str) -> HttpResponse:
    """She does not confirm."""
    return _say(request, number, consenting.refuse, _("You did not confirm. The employer is told that."))


@require_POST
@signed_in_resident
def withdraw(request: HttpRequest, number: str) -> HttpResponse:
    """She takes back what she confirmed."""
    return _say(request, number, consenting.withdraw, _("You took your confirmation back. The employer is told that."))


def _say(request: HttpRequest, number: str, work: Say, done: str) -> HttpResponse:
    actor, at = actor_of(request), _now()
    found = _found(actor, number)
    try:
        work(found.employee, actor=actor, at=at)
    except NotNow as late:
        flash.error(request, say(late.reason))
    else:
        flash.success(request, done)
    return HttpResponseRedirect(reverse("hiring-benefit:employment", args=[number]))


def _now() -> datetime:
    return clock.now()
