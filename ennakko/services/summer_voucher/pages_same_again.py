# SPDX-License-Identifier: EUPL-1.2
"""The city's proposal to last year's employers, "Same again this summer?", and everything the service knows of one."""

import json

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from ennakko.kernel import clock, offers
from ennakko.kernel.ui.doors import actor_of, signed_in_organisation
from ennakko.kernel.ui.trying import tried
from ennakko.kernel.ui.uploads import file_response
from ennakko.services.summer_voucher.pages_employer import CLAIM, trail
from ennakko.services.summer_voucher.queries.organisation_data import organisation_data
from ennakko.services.summer_voucher.queries.proposals import ANSWER, Proposal, proposal_of
from ennakko.services.summer_voucher.same_again import CONTACT_US, HIRE_AGAIN, NOT_NOW

HERE = "summer-voucher:same-again"


def _proposal(request: HttpRequest) -> Proposal:
    found = proposal_of(actor_of(request), on=clock.today())
    if found is None:
        raise Http404
    return found


@require_safe
@signed_in_organisation(ANSWER)
def same_again(request: HttpRequest) -> HttpResponse:
    """The proposal: what was last summer, what this summer is, why, and three answers."""
    context = {
        "proposal": _proposal(request), "hire": HIRE_AGAIN, "contact": CONTACT_US, "no": NOT_NOW,
        "breadcrumb": trail((_("Same again?"), "")),
    }  # fmt: skip
    return render(request, "summer_voucher/same_again.html", context)


@require_POST
@signed_in_organisation(ANSWER)
def answer(request: HttpRequest) -> HttpResponse:
    """One press: hire again, contact us, not this year."""
    proposal, actor, given = _proposal(request), actor_of(request), request.POST.get("answer", "")
    done = {
        HIRE_AGAIN.id: _("Thank you! We know now that you hire the young again."),
        CONTACT_US.id: _("Thank you. We contact you."),
        NOT_NOW.id: _("Thank you for telling. We ask again next year."),
    }
    return tried(
        request, reverse(HERE),
        lambda: offers.answer(proposal.offer, given, actor=actor, at=clock.now(), on=clock.today()),
        done=done.get(given, ""),
    )  # fmt: skip


@require_POST
@signed_in_organisation(ANSWER)
def undo(request: HttpRequest) -> HttpResponse:
    """Take the no back."""
    proposal, actor = _proposal(request), actor_of(request)
    return tried(
        request, reverse(HERE),
        lambda: offers.undo_decline(proposal.offer, actor=actor, at=clock.now(), on=clock.today()),
        done=_("The proposal waits for you again."),
    )  # fmt: skip


@require_safe
@signed_in_organisation(CLAIM)
def data(request: HttpRequest) -> HttpResponse:
    """Everything the service knows of the organisation, as a page."""
    found = organisation_data(actor_of(request))
    context = {"data": found, "breadcrumb": trail((_("Your data in this service"), ""))}
    return render(request, "summer_voucher/organisation_data.html", context)


@require_safe
@signed_in_organisation(CLAIM)
def data_file(request: HttpRequest) -> HttpResponse:
    """The same as a file to keep."""
    found = organisation_data(actor_of(request))
    body = json.dumps(found, ensure_ascii=False, indent=2).encode()
    return file_response(body, name="summer-voucher.json", type="application/json")
