# SPDX-License-Identifier: EUPL-1.2
"""A youth's own pages: the voucher with its reasons, yes, no and the no taken back, its number, one's own data."""

import json
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from ennakko.kernel import clock, offers
from ennakko.kernel.access import require
from ennakko.kernel.offers.models import Offer
from ennakko.kernel.offers.queries import told_to
from ennakko.kernel.ui.doors import actor_of, signed_in_resident
from ennakko.kernel.ui.trying import tried
from ennakko.services.summer_voucher.actions import applications as applying
from ennakko.services.summer_voucher.actions import vouchers
from ennakko.services.summer_voucher.conditions import SERVICE
from ennakko.services.summer_voucher.forms import ExplainForm
from ennakko.services.summer_voucher.models import Application
from ennakko.services.summer_voucher.queries import applications, own, own_applications, own_data, standing
from ennakko.services.summer_voucher.states import CASES, Verb

OWN = "summer-voucher:own"


def trail(*last: tuple[str, str]) -> list[tuple[str, str]]:
    """The way back to my page."""
    return [(_("My page"), reverse("home")), *last]


@require_safe
@signed_in_resident
def own_voucher(request: HttpRequest) -> HttpResponse:
    """The year's voucher, or why there is none and what can be done."""
    actor, on = actor_of(request), clock.today()
    offer = own.offer_of(actor, on=on)
    if offer is not None:
        offers.open_offer(
            offer, recipient=offer.recipients.filter(person=actor.person).first(), actor=actor, at=clock.now()
        )
        page = own.page_of(actor, offer, on=on)
        return render(
            request, "summer_voucher/voucher.html", {"page": page, "breadcrumb": trail((_("Summer job voucher"), ""))}
        )
    voucher = own.voucher_of(actor, on=on)
    context = {
        "found": standing.without_offer(actor, on=on, at=clock.now()),
        "vouchers": own_applications.held(actor, [voucher] if voucher else []),
        "own_applications": own_applications.of_resident(actor),
        "breadcrumb": trail((_("Summer job voucher"), "")),
    }
    return render(request, "summer_voucher/no_offer.html", context)


def _own_offer(request: HttpRequest) -> Offer:
    offer = own.offer_of(actor_of(request), on=clock.today())
    if offer is None:
        raise Http404
    return offer


@require_POST
@signed_in_resident
def answer(request: HttpRequest) -> HttpResponse:
    """Keep, decline, or ask to be called."""
    offer, given = _own_offer(request), request.POST.get("answer", "")
    said = {
        offers.ACCEPT.id: _("The voucher is yours. We do not remind you any more."),
        offers.DECLINE.id: _("You said no. You can still change your mind."),
        offers.CALL_ME.id: _("We will call you."),
    }
    return tried(
        request, reverse(OWN),
        lambda: offers.answer(offer, given, actor=actor_of(request), at=clock.now(), on=clock.today()),
        done=said.get(given, ""),
    )  # fmt: skip


@require_POST
@signed_in_resident
def undo(request: HttpRequest) -> HttpResponse:
    """Take a no back."""
    offer = _own_offer(request)
    return tried(
        request, reverse(OWN),
        lambda: offers.undo_decline(offer, actor=actor_of(request), at=clock.now(), on=clock.today()),
        done=_("The voucher is yours again."),
    )  # fmt: skip


@require_safe
@signed_in_resident
def printed(request: HttpRequest) -> HttpResponse:
    """The voucher on one sheet of paper for the employer."""
    page = own.page_of(actor_of(request), _own_offer(request), on=clock.today())
    if not page.number:
        raise Http404
    last = (_("The voucher on paper"), "")
    context = {"page": page, "breadcrumb": trail((_("Summer job voucher"), reverse(OWN)), last), "no_feedback": True}
    return render(request, "summer_voucher/printed.html", context)


@require_POST
@signed_in_resident
def new_number(request: HttpRequest) -> HttpResponse:
    """A new number in place of one that others have seen."""
    page = own.page_of(actor_of(request), _own_offer(request), on=clock.today())
    if page.voucher is None:
        raise Http404
    voucher = page.voucher
    return tried(
        request, reverse(OWN), lambda: vouchers.reissue(voucher, actor=actor_of(request), at=clock.now()),
        done=_("You have a new number. The old one no longer works."),
    )  # fmt: skip


@require_safe
@signed_in_resident
def child(request: HttpRequest, number: int) -> HttpResponse:
    """A guardian's view of a child's offer: that there is one and why; the number is the youth's own."""
    actor = actor_of(request)
    offer = get_object_or_404(told_to(actor.person or 0).filter(service=SERVICE), pk=number)
    require(actor, "summer-voucher.see-as-guardian", offer)
    page = own.page_of(actor, offer, on=clock.today())
    context = {"page": page, "child": offer.subject, "breadcrumb": trail((_("Your child's voucher"), ""))}
    return render(request, "summer_voucher/child.html", context)


def _application(request: HttpRequest, reference: str) -> Application:
    found = next((one for one in own_applications.of_resident(actor_of(request)) if one.reference == reference), None)
    if found is None:
        raise Http404
    return found


@require_safe
@signed_in_resident
def application(request: HttpRequest, reference: str) -> HttpResponse:
    """Where one's own application stands, what is asked, and the decision."""
    return _application_page(request, _application(request, reference), ExplainForm())


def _application_page(request: HttpRequest, row: Application, form: ExplainForm, status: int = 200) -> HttpResponse:
    case = row.case
    assert case is not None
    decision = case.decisions.order_by("-decided_at", "-id").first()
    context: dict[str, Any] = {
        "application": row,
        "status": applications.status(row, on=clock.today()),
        "case": case,
        "form": form,
        "decision": applications.letter(decision) if decision else None,
        "vouchers": own_applications.held(actor_of(request), list(case.summer_vouchers.order_by("-sequence"))),
        "events": own_applications.events_for_applicant(case),
        "can_withdraw": CASES.move(case.state, Verb.WITHDRAW) is not None,
        "breadcrumb": trail((_("Summer job voucher"), reverse(OWN)), (row.reference, "")),
    }
    return render(request, "summer_voucher/application.html", context, status=status)


@require_POST
@signed_in_resident
def explain(request: HttpRequest, reference: str) -> HttpResponse:
    """More information to one's own application."""
    row = _application(request, reference)
    form = ExplainForm(request.POST)
    if not form.is_valid() or not form.accepted_by(row, actor=actor_of(request), at=clock.now(), on=clock.today()):
        return _application_page(request, row, form, status=422)
    here = reverse("summer-voucher:application", args=[reference])
    return tried(request, here, lambda: None, done=_("Thank you. We go on with your application."))


@require_POST
@signed_in_resident
def withdraw(request: HttpRequest, reference: str) -> HttpResponse:
    """Take one's own application back."""
    row = _application(request, reference)
    case = row.case
    assert case is not None
    return tried(
        request, reverse("summer-voucher:application", args=[reference]),
        lambda: applying.withdraw(case, actor=actor_of(request), at=clock.now(), on=clock.today()),
        done=_("You took your application back."),
    )  # fmt: skip


@require_safe
@signed_in_resident
def data(request: HttpRequest) -> HttpResponse:
    """Everything the service knows of the reader, as a page."""
    found = own_data.own_data(actor_of(request))
    last = (_("My data in this service"), "")
    context = {"data": found, "breadcrumb": trail((_("Summer job voucher"), reverse(OWN)), last)}
    return render(request, "summer_voucher/own_data.html", context)


@require_safe
@signed_in_resident
def data_file(request: HttpRequest) -> HttpResponse:
    """The same as a file to keep."""
    found = own_data.own_data(actor_of(request))
    body = json.dumps(found, ensure_ascii=False, indent=2)
    headers = {"Content-Disposition": 'attachment; filename="summer-voucher.json"'}
    return HttpResponse(body, content_type="application/json; charset=utf-8", headers=headers)
