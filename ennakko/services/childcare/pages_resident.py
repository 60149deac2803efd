# SPDX-License-Identifier: EUPL-1.2
"""A guardian's pages: the offer of a place with its reasons and answers, other units, the fee, what came of it."""

import json
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from ennakko.kernel import clock, offers
from ennakko.kernel.access import require
from ennakko.kernel.offers.link_words import NAMES
from ennakko.kernel.offers.models import Offer
from ennakko.kernel.ui.doors import actor_of, signed_in_resident
from ennakko.kernel.ui.filters import number as written
from ennakko.kernel.ui.trying import tried
from ennakko.services.childcare import fees
from ennakko.services.childcare.actions import answers, corrections, fee_cases, placements
from ennakko.services.childcare.forms import (
    CallForm,
    ChooseUnitForm,
    IncomeForm,
    NoNeedForm,
    ObjectForm,
    WishForm,
    correction_of,
)
from ennakko.services.childcare.offer_core import core_of
from ennakko.services.childcare.offer_words import LANGUAGES as OFFERED
from ennakko.services.childcare.queries import fee_page, other_places, own_data
from ennakko.services.childcare.queries.offered import OfferView, told_offers, view_of
from ennakko.values.texts import LANGUAGES


def trail(*last: tuple[str, str]) -> list[tuple[str, str]]:
    """The way back to my page."""
    return [(_("My page"), reverse("home")), *last]


def own_offer(request: HttpRequest, number: int) -> Offer:
    """The offer of an address, for a guardian who was told of it; to everybody else there is none."""
    found = told_offers(actor_of(request)).filter(pk=number).first() if number < 2**63 else None
    if found is None:
        raise Http404
    return found


def here(offer: Offer, *, part: str = "") -> str:
    """The address of an offer's page."""
    return reverse("childcare:offer", args=[offer.pk]) + (f"#{part}" if part else "")


@require_safe
@signed_in_resident
def offer(request: HttpRequest, number: int) -> HttpResponse:
    """The place, why, other units, what it costs, and the answers."""
    row = own_offer(request, number)
    actor = actor_of(request)
    recipient = row.recipients.filter(person=actor.person).first()
    offers.open_offer(row, recipient=recipient, actor=actor, at=clock.now())
    view = view_of(actor, row, on=clock.today())
    return page(request, view, language=_language(request, recipient.language if recipient else "fi"))


def _language(request: HttpRequest, own: str) -> str:
    """The language of the page's core: asked for in the address, else the guardian's own, else the page's."""
    asked = request.GET.get("language", "")
    if asked in OFFERED:
        return asked
    return own if own in OFFERED and own not in LANGUAGES else get_language() or "fi"


def page(request: HttpRequest, view: OfferView, *, language: str = "", status: int = 200, **forms: Any) -> HttpResponse:
    """The offer's page; `forms` are those that came back with something to put right."""
    units = other_places.of_view(view) if view.answerable else []
    choices = [(one.pool, one.words) for one in units if one.free > 0]
    shown = language or get_language() or "fi"
    waited = other_places.waited_for(view) if view.taken else []
    nearer = other_places.nearer_and_full(view) if view.taken else []
    context: dict[str, Any] = {
        "view": view,
        "core": core_of(view, shown),
        "languages": [(code, NAMES[code], code == shown) for code in OFFERED],
        "units": units,
        "choose": ChooseUnitForm(choices=choices) if choices else None,
        "full": "; ".join(_full(one) for one in units if one.free <= 0),
        "wish": WishForm(choices=[(one.unit, one.words) for one in nearer], chosen=waited) if nearer else None,
        "no_need": NoNeedForm(),
        "call": CallForm(),
        "object": ObjectForm(),
        "corrections": [(one, correction_of(one)) for one in view.assumed] if view.answerable else [],
        "fee": fee_page.of_view(view),
        "income": IncomeForm(initial={"hours": "full", "ordinal": "1", "family_size": fee_page.family_of(view)}),
        "breadcrumb": trail((_("Place for your child"), "")),
        **forms,
    }
    return render(request, "childcare/offer.html", context, status=status)


def _full(one: other_places.OtherPlace) -> str:
    """A unit without room: units may share a name, so that the way tells them apart."""
    return one.name if one.metres is None else f"{one.name} ({written(one.metres)} m)"


@require_POST
@signed_in_resident
def answer(request: HttpRequest, number: int) -> HttpResponse:
    """Take the place, another unit, no need, or call me."""
    row, actor = own_offer(request, number), actor_of(request)
    given = request.POST.get("answer", "")
    details: dict[str, str] = {}
    view = view_of(actor, row, on=clock.today())
    if given == "another":
        choices = [(one.pool, one.words) for one in other_places.of_view(view) if one.free > 0]
        choose = ChooseUnitForm(request.POST, choices=choices)
        if not choose.is_valid():
            return page(request, view, status=422, choose=choose)
        details["pool"] = choose.cleaned_data["pool"]
    elif given == "declined":
        no_need = NoNeedForm(request.POST)
        if not no_need.is_valid():
            return page(request, view, status=422, no_need=no_need)
        details["reason"] = no_need.cleaned_data["reason"]
    elif given == "call_me":
        call = CallForm(request.POST)
        if not call.is_valid():
            return page(request, view, status=422, call=call)
        details["words"] = call.cleaned_data["words"]
    said = {
        "accepted": _("The place is your child's. A decision follows."),
        "another": _("The place in the unit that you chose is your child's. A decision follows."),
        "declined": _("You said that no place is needed. You can still change your mind."),
        "call_me": _("We will call you."),
    }
    return tried(
        request, here(row),
        lambda: offers.answer(row, given, actor=actor, at=clock.now(), on=clock.today(), details=details),
        done=said.get(given, ""),
    )  # fmt: skip


@require_POST
@signed_in_resident
def undo(request: HttpRequest, number: int) -> HttpResponse:
    """Take a no back."""
    row = own_offer(request, number)
    return tried(
        request, here(row),
        lambda: offers.undo_decline(row, actor=actor_of(request), at=clock.now(), on=clock.today()),
        done=_("The place waits for your answer again."),
    )  # fmt: skip


@require_POST
@signed_in_resident
def wish(request: HttpRequest, number: int) -> HttpResponse:
    """Wait for a nearer unit while keeping the place; chosen none, nothing is waited for any more."""
    row, actor = own_offer(request, number), actor_of(request)
    view = view_of(actor, row, on=clock.today())
    placement = view.placement
    if not view.taken or placement is None:
        raise Http404
    require(actor, "childcare.wish", placement)
    nearer = other_places.nearer_and_full(view)
    form = WishForm(request.POST, choices=[(one.unit, one.words) for one in nearer])
    if not form.is_valid():
        return page(request, view, status=422, wish=form)
    return tried(
        request, here(row),
        lambda: placements.wish(placement, form.cleaned_data["units"], actor=actor, at=clock.now()),
        done=_("Your wish is kept. You keep the place you have until a better one is offered."),
    )  # fmt: skip


@require_POST
@signed_in_resident
def object_to(request: HttpRequest, number: int) -> HttpResponse:
    """The other guardian does not agree."""
    row, actor = own_offer(request, number), actor_of(request)
    form = ObjectForm(request.POST)
    if not form.is_valid():
        return page(request, view_of(actor, row, on=clock.today()), status=422, object=form)
    return tried(
        request, here(row),
        lambda: answers.object_to_answer(row, form.cleaned_data["words"], actor=actor, at=clock.now()),
        done=_("Thank you. A service adviser calls you both before anything is decided."),
    )  # fmt: skip


@require_POST
@signed_in_resident
def correct(request: HttpRequest, number: int, need: str) -> HttpResponse:
    """Put one assumption right; other units are looked for by it at once."""
    row, actor = own_offer(request, number), actor_of(request)
    view = view_of(actor, row, on=clock.today())
    found = next((one for one in view.assumed if one.name == need), None)
    if found is None:
        raise Http404
    form = correction_of(found, request.POST)
    if not form.is_valid():
        forms = [(one, form if one.name == need else correction_of(one)) for one in view.assumed]
        return page(request, view, status=422, corrections=forms)
    return tried(
        request, here(row, part="others"),
        lambda: corrections.correct(
            row, need, form.cleaned_data["value"], actor=actor, at=clock.now(), on=clock.today()
        ),
        done=_("Thank you. The other units below have been looked for by what you told."),
    )  # fmt: skip


@require_POST
@signed_in_resident
def estimate(request: HttpRequest, number: int) -> HttpResponse:
    """What the fee would be: nothing that is typed here is kept."""
    row, actor = own_offer(request, number), actor_of(request)
    view = view_of(actor, row, on=clock.today())
    form = IncomeForm(request.POST)
    if not form.is_valid():
        return page(request, view, status=422, income=form)
    return page(request, view, income=form, estimate=fees.estimate(form.told(), view.starts))


@require_POST
@signed_in_resident
def tell_income(request: HttpRequest, number: int) -> HttpResponse:
    """The income is told, or the highest fee accepted: the matter of the fee begins."""
    row, actor = own_offer(request, number), actor_of(request)
    form = IncomeForm(request.POST)
    if not form.is_valid():
        return page(request, view_of(actor, row, on=clock.today()), status=422, income=form)
    return tried(
        request, here(row, part="fee"),
        lambda: fee_cases.tell_income(row, form.told(), actor=actor, at=clock.now(), on=clock.today()),
        done=_("Thank you. An official decides the fee, and you get the decision."),
    )  # fmt: skip


@require_safe
@signed_in_resident
def data(request: HttpRequest) -> HttpResponse:
    """Everything that the service keeps of the reader's children and of the reader."""
    context = {"data": own_data.own_data(actor_of(request)), "breadcrumb": trail((_("Place for your child"), ""))}
    return render(request, "childcare/own_data.html", context)


@require_safe
@signed_in_resident
def data_file(request: HttpRequest) -> HttpResponse:
    """The same as a file to keep."""
    body = json.dumps(own_data.own_data(actor_of(request)).as_json(), ensure_ascii=False, indent=2)
    headers = {"Content-Disposition": 'attachment; filename="childcare.json"'}
    return HttpResponse(body, content_type="application/json; charset=utf-8", headers=headers)


@require_safe
@signed_in_resident
def own(request: HttpRequest) -> HttpResponse:
    """The menu's door: the newest offer, or what comes when."""
    newest = told_offers(actor_of(request)).first()
    if newest is not None:
        return HttpResponseRedirect(here(newest))
    return render(request, "childcare/no_offer.html", {"breadcrumb": trail((_("Place for your child"), ""))})
