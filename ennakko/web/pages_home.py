# SPDX-License-Identifier: EUPL-1.2
"""The first page after signing in: my page, the organisation's page, or the day's work of the city's own people."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ennakko.kernel import clock, messages, purposes
from ennakko.kernel.ui import contributions
from ennakko.kernel.ui.context import role_of
from ennakko.kernel.ui.doors import to_sign_in
from ennakko.kernel.ui.profile import menu_for


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """One's own page."""
    actor = request.actor  # type: ignore[attr-defined]
    if actor.kind == "resident":
        return _my_page(request)
    if actor.kind == "organisation":
        return HttpResponseRedirect(reverse("organisation"))
    return _work(request) if actor.kind == "staff" else to_sign_in(request)


def _my_page(request: HttpRequest) -> HttpResponse:
    actor, on = request.actor, clock.today()  # type: ignore[attr-defined]
    known = actor.person is not None
    context: dict[str, Any] = {
        "known": known,
        "waiting": contributions.cards_of(actor, "waiting", on=on),
        "ongoing": contributions.cards_of(actor, "ongoing", on=on),
        "done": contributions.cards_of(actor, "done", on=on),
        "next_look": contributions.next_look(actor, on=on),
        "messages_to_me": messages.messages_of(actor.person, most=5) if known else (),
        "switches": [one for one in purposes.of_person(actor.person) if one.purpose.anticipates] if known else (),
    }
    return render(request, "web/my_page.html", context)


def _work(request: HttpRequest) -> HttpResponse:
    actor = request.actor  # type: ignore[attr-defined]
    works = contributions.works_of(actor, on=clock.today())
    told = {reverse("home"), *(one.url.partition("?")[0] for one in works)}
    context = {
        "works": works,
        "links": [item for item in menu_for(role_of(actor), actor.roles) if reverse(item.route) not in told],
        "breadcrumb": [(_("Your work"), "")],
    }
    return render(request, "web/work.html", context)
