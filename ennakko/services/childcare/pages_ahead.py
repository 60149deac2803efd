# SPDX-License-Identifier: EUPL-1.2
"""A guardian's switches: for which of the children the city looks ahead and offers a place before anybody asks."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from ennakko.kernel import clock
from ennakko.kernel.ui.doors import actor_of, signed_in_resident
from ennakko.kernel.ui.trying import tried
from ennakko.services.childcare.actions.ahead import look_ahead
from ennakko.services.childcare.pages_resident import trail
from ennakko.services.childcare.queries.ahead import switches

PAGE = "childcare:ahead"


@require_safe
@signed_in_resident
def page(request: HttpRequest) -> HttpResponse:
    """Each child with a switch."""
    found = switches(actor_of(request), at=clock.now(), on=clock.today())
    context = {"children": found, "breadcrumb": trail((_("Looking ahead for your children"), ""))}
    return render(request, "childcare/ahead.html", context)


@require_POST
@signed_in_resident
def switch(request: HttpRequest) -> HttpResponse:
    """The city stops looking ahead for one child, or does so again."""
    actor, at, on = actor_of(request), clock.now(), clock.today()
    number, wanted = request.POST.get("child", ""), request.POST.get("look_ahead", "")
    own = {str(one.child): one for one in switches(actor, at=at, on=on)}
    child = own.get(number)
    if child is None or wanted not in ("yes", "no"):
        raise Http404
    said = (
        _("The city looks ahead for %(name)s again.") if wanted == "yes"
        else _("The city no longer looks ahead for %(name)s.")
    )  # fmt: skip
    return tried(
        request, reverse(PAGE), lambda: look_ahead(child.child, wanted == "yes", actor=actor, at=at, on=on),
        done=said % {"name": child.name},
    )  # fmt: skip
