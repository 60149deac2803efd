# SPDX-License-Identifier: EUPL-1.2
"""Counter mode: somebody is beside the worker, on the phone or on paper, and the errand is done together."""

from typing import cast

from django.contrib import messages as flash
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ennakko.kernel import clock, offers
from ennakko.kernel.offers.models import Offer
from ennakko.kernel.people import found_by_name
from ennakko.kernel.ui.doors import actor_of, signed_in_staff
from ennakko.kernel.ui.filters import say
from ennakko.kernel.ui.trying import tried
from ennakko.services.summer_voucher import counter
from ennakko.services.summer_voucher.actions import applications as applying
from ennakko.services.summer_voucher.actions.applications import FIELDS, Form
from ennakko.services.summer_voucher.counter import COUNTER, How, Serving, serving
from ennakko.services.summer_voucher.forms import AskedForm, FindPersonForm
from ennakko.services.summer_voucher.queries import served as looked_up

START, ERRAND = "summer-voucher:counter", "summer-voucher:serving"
MOST_NAMES = 20


def _trail(request: HttpRequest, last: str) -> list[tuple[str, str]]:
    return [(_("Your work"), reverse("home")), (_("Serve somebody"), reverse(START)), (last, "")]


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in_staff(COUNTER)
def start(request: HttpRequest) -> HttpResponse:
    """Whom, and how; the name or identity code is sent by POST and stands in no address."""
    form = FindPersonForm(request.POST if request.method == "POST" else None)
    people = []
    if form.is_bound and form.is_valid():
        how, code = form.cleaned_data["how"], form.cleaned_data["identity_code"]
        if form.cleaned_data["without_code"]:
            return _begin(request, Serving(None, "", how))
        if code:
            return _begin(request, counter.found_by_code(code, how=how, actor=actor_of(request), at=clock.now()))
        people = list(found_by_name(form.cleaned_data["whom"])[:MOST_NAMES])
        if not people:
            form.add_error("whom", _("Nobody with that name has an offer or a case. Ask for the identity code."))
    context = {"form": form, "people": people, "how": form.data.get("how", ""), "serving": serving(request),
               "breadcrumb": _trail(request, "")[:2]}  # fmt: skip
    return render(request, "summer_voucher/counter.html", context, status=422 if form.errors else 200)


def _begin(request: HttpRequest, served: Serving) -> HttpResponse:
    counter.begin(request, served)
    if served.person is None:
        if served.identity_code:
            flash.info(request, _("The register does not know this identity code. Fill in an application."))
        return HttpResponseRedirect(reverse("summer-voucher:counter-application"))
    return HttpResponseRedirect(reverse(ERRAND))


@require_POST
@signed_in_staff(COUNTER)
def choose(request: HttpRequest) -> HttpResponse:
    """One of those found by name."""
    how, person = request.POST.get("how", ""), request.POST.get("person", "")
    if how not in ("counter", "phone", "paper") or not (person.isascii() and person.isdigit()):
        raise Http404
    try:
        served = counter.found_by_key(int(person), how=cast(How, how), actor=actor_of(request), at=clock.now())
    except counter.UnknownPerson:
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
    """What the one who is served has with us, and what can be done for them."""
    now = serving(request)
    if now is None:
        return HttpResponseRedirect(reverse(START))
    found = looked_up.errand_of(now.person, on=clock.today()) if now.person is not None else None
    context = {"serving": now, "found": found, "breadcrumb": _trail(request, now.name or _("Application"))}
    return render(request, "summer_voucher/errand.html", context)


def _offer(request: HttpRequest) -> Offer:
    now = serving(request)
    found = looked_up.errand_of(now.person, on=clock.today()) if now and now.person is not None else None
    if found is None or found.offer is None:
        raise Http404
    return found.offer


@require_POST
@signed_in_staff(COUNTER)
def answer(request: HttpRequest) -> HttpResponse:
    """The resident's answer, given by the worker for them."""
    offer, actor, at, on = _offer(request), actor_of(request), clock.now(), clock.today()
    if request.POST.get("answer") == "undo":
        work, done = lambda: offers.undo_decline(offer, actor=actor, at=at, on=on), _("The no was taken back.")
    else:
        given = request.POST.get("answer", "")
        work, done = lambda: offers.answer(offer, given, actor=actor, at=at, on=on), _("The answer has been saved.")
    return tried(request, reverse(ERRAND), work, done=done)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in_staff(COUNTER)
def application(request: HttpRequest) -> HttpResponse:
    """The application on one page: what the register knows is not asked again."""
    now = serving(request)
    if now is None:
        return HttpResponseRedirect(reverse(START))
    kind: Form = "counter" if now.identity_code else "counter-without-code"
    known = looked_up.known_of(now) if kind == "counter" else {}
    names = tuple(name for name in FIELDS[kind] if name not in known)
    form = AskedForm(request.POST if request.method == "POST" else None, form=kind, names=names)
    if form.is_bound and form.is_valid():
        received = applying.apply_at_counter(
            {**form.cleaned_data, **known}, actor=actor_of(request), at=clock.now(), on=clock.today(),
            wall=clock.wall(), source=now.how,
        )  # fmt: skip
        if received.taken:
            said = _("The application was sent. Its reference is %(reference)s.") % {"reference": received.reference}
            flash.success(request, said)
            return HttpResponseRedirect(reverse(ERRAND if now.person is not None else START))
        form.refuse(received.refusals)
        if received.reason is not None:
            form.add_error(None, say(received.reason))
    context = {"form": form, "serving": now, "without_code": kind != "counter",
               "breadcrumb": _trail(request, _("Application"))}  # fmt: skip
    return render(request, "summer_voucher/counter_application.html", context, status=422 if form.errors else 200)
