# SPDX-License-Identifier: EUPL-1.2
"""Doors that open to some: decorators for views, and the way back after signing in."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode, urlsplit

from django.contrib import messages as flash
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.clickjacking import xframe_options_exempt

from ennakko.kernel.access import Actor, Refused, require
from ennakko.kernel.ui.filters import say
from ennakko.values.texts import text

View = Callable[..., HttpResponse]

RESIDENTS_ONLY = text(
    fi="Tämä sivu on asukkaille. Kirjaudu sisään Suomi.fi-tunnistuksella.",
    sv="Den här sidan är för invånare. Logga in med Suomi.fi-identifikation.",
    en="This page is for residents. Sign in with Suomi.fi identification.",
)
STAFF_ONLY = text(
    fi="Tämä sivu on kaupungin työntekijöille.",
    sv="Den här sidan är för stadens anställda.",
    en="This page is for the city's own people.",
)

ORGANISATIONS_ONLY = text(
    fi="Tämä sivu on yrityksille ja yhteisöille. Kirjaudu omilla tunnuksillasi ja valitse organisaatio.",
    sv="Den här sidan är för företag och sammanslutningar. Logga in med dina egna koder och välj organisation.",
    en="This page is for companies and associations. Sign in with your own identification and choose the organisation.",
)

SIGNED_OUT = text(
    fi="Istuntosi ehti päättyä, joten viimeisin ei tallentunut. Kirjaudu uudelleen ja tee se vielä kerran.",
    sv="Din session hann ta slut, så det senaste sparades inte. Logga in på nytt och gör det en gång till.",
    en="Your session had ended, so the latest was not saved. Sign in again and do it once more.",
)

EMBEDDABLE = "_embeddable"


def embeddable(view: View) -> View:
    """A page that may stand in a frame on others' pages: open to anybody, without sign-in, and changing nothing.

    Who may frame it is the deployment's to say (settings.EMBEDDED_BY); every other page may be framed by nobody.
    """

    @wraps(view)
    def door(request: HttpRequest, *arguments: Any, **named: Any) -> HttpResponse:
        response = view(request, *arguments, **named)
        setattr(response, EMBEDDABLE, True)
        return response

    return xframe_options_exempt(door)


def actor_of(request: HttpRequest) -> Actor:
    """Who is asking, as the sign-in knows them."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return actor


def identity_code_of(request: HttpRequest) -> str:
    """The identity code of the resident who has signed in strongly, "" for anybody else; never shown, never logged."""
    code: Callable[[], str | None] = request.identity_code  # type: ignore[attr-defined]
    return code() or ""


def safe_next(request: HttpRequest, *, otherwise: str = "/") -> str:
    """The address asked for in `next` if it is one of ours, else the other one: never a way out of the site."""
    asked = request.POST.get("next") or request.GET.get("next") or ""
    return safe_address(asked, request, otherwise=otherwise)


def safe_address(asked: str, request: HttpRequest, *, otherwise: str = "/") -> str:
    """An address if it leads nowhere but here, else the other one."""
    ours = url_has_allowed_host_and_scheme(asked, allowed_hosts={request.get_host()}, require_https=request.is_secure())
    return asked if ours and asked.startswith(("/", "http")) else otherwise


def _led(request: HttpRequest, address: str) -> HttpResponse:
    """On to another page; a part of a page that was asked for by script is not filled with it, the page changes."""
    if "HX-Request" in request.headers:
        return HttpResponse(headers={"HX-Redirect": address})
    return HttpResponseRedirect(address)


def to_sign_in(request: HttpRequest, *, group: str = "") -> HttpResponse:
    """To the sign-in page and back here afterwards; whoever sent a form is told that it was not taken."""
    if request.method not in ("GET", "HEAD"):
        flash.info(request, say(SIGNED_OUT))
    asked = {"next": _page_of(request), **({"as": group} if group else {})}
    return _led(request, reverse("sign-in") + "?" + urlencode(asked))


def _page_of(request: HttpRequest) -> str:
    """The page that one is on: of a sent form the page that held it, not its sending, which nobody can open."""
    if request.method in ("GET", "HEAD"):
        return request.get_full_path()
    held = safe_address(request.headers.get("Referer", ""), request, otherwise="")
    found = urlsplit(held)
    return found._replace(scheme="", netloc="", fragment="").geturl() if held else request.path


def to_choice(request: HttpRequest) -> HttpResponse:
    """To the page where one chooses for whom one acts, and back here afterwards."""
    here = _page_of(request)
    return _led(request, reverse("organisation-choice") + "?" + urlencode({"next": here}))


def signed_in_resident(view: View) -> View:
    """Only a resident who acts for themselves: others are led to sign in or to choose, staff are told why not."""

    @wraps(view)
    def door(request: HttpRequest, *arguments: Any, **named: Any) -> HttpResponse:
        actor = actor_of(request)
        if actor.kind == "anonymous":
            return to_sign_in(request, group="residents")
        if actor.kind == "organisation":
            return to_choice(request)
        if actor.kind != "resident":
            raise Refused(RESIDENTS_ONLY, "resident-page")
        return view(request, *arguments, **named)

    return door


def signed_in_organisation(action: str = "") -> Callable[[View], View]:
    """Only somebody who acts for an organisation, and where an action is named, with a mandate that lets them do it.

    Nobody yet: to sign in and choose; a resident: to the choice of organisation; both come back here afterwards.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def door(request: HttpRequest, *arguments: Any, **named: Any) -> HttpResponse:
            actor = actor_of(request)
            if actor.kind == "anonymous":
                return to_sign_in(request, group="organisations")
            if actor.kind == "resident":
                return to_choice(request)
            if actor.kind != "organisation":
                raise Refused(ORGANISATIONS_ONLY, action or "organisation-page")
            if action:
                require(actor, action)
            return view(request, *arguments, **named)

        return door

    return decorate


def signed_in_staff(action: str = "") -> Callable[[View], View]:
    """Only the city's own people, and where an action is named, those who may do it."""

    def decorate(view: View) -> View:
        @wraps(view)
        def door(request: HttpRequest, *arguments: Any, **named: Any) -> HttpResponse:
            actor = actor_of(request)
            if actor.kind == "anonymous":
                return to_sign_in(request, group="staff")
            if actor.kind != "staff":
                raise Refused(STAFF_ONLY, action or "staff-page")
            if action:
                require(actor, action)
            return view(request, *arguments, **named)

        return door

    return decorate
