# SPDX-License-Identifier: EUPL-1.2
"""Doors that open to some: decorators for views, and the way back after signing in."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from ennakko.kernel.access import Actor, Refused, require
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


def to_sign_in(request: HttpRequest, *, group: str = "") -> HttpResponseRedirect:
    """To the sign-in page and back here afterwards (a sent form comes back to its page, not to its sending)."""
    here = request.get_full_path() if request.method in ("GET", "HEAD") else request.path
    asked = {"next": here, **({"as": group} if group else {})}
    return HttpResponseRedirect(reverse("sign-in") + "?" + urlencode(asked))


def signed_in_resident(view: View) -> View:
    """Only a resident who has signed in; others are led to sign in, staff are told why not."""

    @wraps(view)
    def door(request: HttpRequest, *arguments: Any, **named: Any) -> HttpResponse:
        actor = actor_of(request)
        if actor.kind == "anonymous":
            return to_sign_in(request, group="residents")
        if actor.kind != "resident":
            raise Refused(RESIDENTS_ONLY, "resident-page")
        return view(request, *arguments, **named)

    return door


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
