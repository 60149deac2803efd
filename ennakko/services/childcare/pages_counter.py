# SPDX-License-Identifier: EUPL-1.2
"""Counter mode: a guardian is beside the worker, on the phone or on paper, and the answer is given together."""

from typing import cast

from django.contrib import messages as flash
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ennakko.kernel import clock, offers
from ennakko.kernel.access import visible
from ennakko.kernel.offers.models import Offer
from ennakko.kernel.offers.queries import told_to
from ennakko.kernel.people import found_by_name
from ennakko.kernel.ui.doors import actor_of, signed_in_staff
from ennakko.kernel.ui.trying import tried
from ennakko.services.childcare import counter
from ennakko.services.childcare.actions import fee_cases
from ennakko.services.childcare.counter import COUNTER, HOWS, How, Serving, UnknownPerson, serving
from ennakko.services.childcare.forms import FindGuardianForm, IncomeForm
from ennakko.services.childcare.queries import other_places
from ennakko.services.childcare.queries.offered import view_of

START, ERRAND = "childcare:counter", "childcare:serving"
MOST_NAMES = 20
SERVICE = "childcare"


def _trail(last: str = "") -> list[tuple[str, str]]:
    found = [(_("Your work"), reverse("home")), (_("Serve a family"), reverse(START))]
    return [*found, (last, "")] if last else found


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in_staff(COUNTER)
def start(request: HttpRequest) -> HttpResponse:
    """Whom, and how; the name or identity code is sent by POST and stands in no address."""
    form = FindGuardianForm(request.POST if request.method == "POST" else None)
    people = []
    if form.is_bound and form.is_valid():
        how, code = cast(How, form.cleaned_data["how"]), form.cleaned_data["identity_code"]
        if code:
            try:
                served = counter.found_by_code(code, how=how, actor=actor_of(request), at=clock.now())
            except UnknownPerson:
                form.add_error("whom", _("The register does not know this identity code. Check it."))
            else:
                return _begin(request, served)
        else:
            people = list(found_by_name(form.cleaned_data["whom"])[:MOST_NAMES])
            if not people:
                form.add_error("whom", _("Nobody with that name has been told of a place. Ask for the identity code."))
    context = {"form": form, "people": people, "how": form.data.get("how", ""), "serving": serving(request),
               "breadcrumb": _trail()}  # fmt: skip
    return render(request, "childcare/counter.html", context, status=422 if form.errors else 200)


def _begin(request: HttpRequest, served: Serving) -> HttpResponse:
    counter.begin(request, served)
    return HttpResponseRedirect(reverse(ERRAND))


@require_POST
@signed_in_staff(COUNTER)
def choose(request: HttpRequest) -> HttpResponse:
    """One of those found by name."""
    how, person = request.POST.get("how", ""), request.POST.get("person", "")
    if how not in HOWS or not (person.isascii() and person.isdigit()):
        raise Http404
    try:
        served = counter.found_by_key(int(person), how=cast(How, how), actor=actor_of(request), at=clock.now())
    except UnknownPerson:
        raise Http404 from None
    return _begin(request, served)


@require_POST
@signed_in_staff(COUNTER)
def end(request: HttpRequest) -> HttpResponse:
    """The service is over."""
    counter.end(request)
    flash.success(request, _("The service has ended."))
    return HttpResponseRedirect(reverse(START))


@require_safe
@signed_in_staff(COUNTER)
def errand(request: HttpRequest) -> HttpResponse:
    """What has been offered to the family, and what can be done for it."""
    now = serving(request)
    if now is None:
        return HttpResponseRedirect(reverse(START))
    return _errand(request, now)


def _errand(request: HttpRequest, now: Serving, *, status: int = 200, income: IncomeForm | None = None) -> HttpResponse:
    actor, on = actor_of(request), clock.today()
    views = [view_of(actor, one, on=on) for one in _offers(request, now)]
    found = [
        (view, [one for one in other_places.of_view(view) if one.free > 0] if view.answerable else []) for view in views
    ]
    context = {"serving": now, "found": found, "breadcrumb": _trail(now.name),
               "income": income or IncomeForm(initial={"hours": "full", "ordinal": "1"})}  # fmt: skip
    return render(request, "childcare/errand.html", context, status=status)


def _offers(request: HttpRequest, now: Serving) -> list[Offer]:
    rows = told_to(now.person).filter(service=SERVICE).select_related("subject", "run")
    return list(visible(actor_of(request), "childcare.see-offer", rows))


def _offer(request: HttpRequest, number: int) -> tuple[Offer, Serving]:
    now = serving(request)
    found = next((one for one in _offers(request, now) if one.pk == number), None) if now else None
    if now is None or found is None:
        raise Http404
    return found, now


@require_POST
@signed_in_staff(COUNTER)
def answer(request: HttpRequest, number: int) -> HttpResponse:
    """The family's answer, given by the worker for them."""
    (offer, now), actor, at, on = _offer(request, number), actor_of(request), clock.now(), clock.today()
    given = request.POST.get("answer", "")
    if given == "undo":
        work, done = lambda: offers.undo_decline(offer, actor=actor, at=at, on=on), _("The no is taken back.")
    else:
        told = {"how": now.how, "pool": request.POST.get("pool", ""), "reason": request.POST.get("reason", "")}
        details = {name: value for name, value in told.items() if value}
        work, done = (
            lambda: offers.answer(offer, given, actor=actor, at=at, on=on, details=details),
            _("The answer has been saved."),
        )
    return tried(request, reverse(ERRAND), work, done=done)


@require_POST
@signed_in_staff(COUNTER)
def income(request: HttpRequest, number: int) -> HttpResponse:
    """The income that the family tells on paper or by phone."""
    offer, now = _offer(request, number)
    form = IncomeForm(request.POST)
    if not form.is_valid():
        return _errand(request, now, status=422, income=form)
    return tried(
        request, reverse(ERRAND),
        lambda: fee_cases.tell_income(
            offer, form.told(), actor=actor_of(request), at=clock.now(), on=clock.today(), source=now.how
        ),
        done=_("The income has been saved. An official decides the fee."),
    )  # fmt: skip
