# SPDX-License-Identifier: EUPL-1.2
"""The call list: whom to call and why, and what each call came to."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from ennakko.kernel import clock, offers
from ennakko.kernel.access import require
from ennakko.kernel.ui.doors import actor_of, signed_in_staff
from ennakko.kernel.ui.trying import tried
from ennakko.services.childcare.actions import calls as calling
from ennakko.services.childcare.models.calls import OUTCOMES
from ennakko.services.childcare.queries import call_list

LIST = "childcare:calls"


@require_safe
@signed_in_staff("childcare.call")
def calls(request: HttpRequest) -> HttpResponse:
    """Calls that wait, the oldest first, and families that have not answered."""
    context = {
        "lines": call_list.lines(actor_of(request)),
        "breadcrumb": [(_("Your work"), reverse("home")), (_("Calls to families"), "")],
    }
    return render(request, "childcare/calls.html", context)


@require_POST
@signed_in_staff("childcare.call")
def called(request: HttpRequest, number: int) -> HttpResponse:
    """What a call came to."""
    actor, outcome = actor_of(request), request.POST.get("outcome", "")
    call = call_list.waiting(actor).filter(pk=number).first()
    if call is None or outcome not in OUTCOMES:
        raise Http404
    return tried(
        request, reverse(LIST),
        lambda: calling.called(call, outcome, actor=actor, at=clock.now(), on=clock.today()),
        done=_("Written down."),
    )  # fmt: skip


@require_POST
@signed_in_staff("childcare.call")
def called_unanswered(request: HttpRequest, number: int) -> HttpResponse:
    """What a family that had not answered said on the phone."""
    actor, outcome = actor_of(request), request.POST.get("outcome", "")
    offer = call_list.unanswered(actor).filter(pk=number).first() if number < 2**63 else None
    answer = {"takes_place": offers.ACCEPT.id, "no_place": offers.DECLINE.id}.get(outcome)
    if offer is None or answer is None:
        raise Http404
    require(actor, "childcare.answer", offer)
    return tried(
        request, reverse(LIST),
        lambda: offers.answer(
            offer, answer, actor=actor, at=clock.now(), on=clock.today(), details={"how": "phone"}
        ),
        done=_("The answer has been saved."),
    )  # fmt: skip
