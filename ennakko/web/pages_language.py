# SPDX-License-Identifier: EUPL-1.2
"""Two small forms that stand on every page: the language, and "did this work?"."""

from collections.abc import Iterable, Iterator
from functools import cache

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils.translation import check_for_language, get_language, gettext
from django.views.decorators.http import require_POST

from ennakko.kernel import clock
from ennakko.kernel.ui.doors import safe_next
from ennakko.web.models import PageFeedback


@require_POST
def choose(request: HttpRequest) -> HttpResponse:
    """Remember the language and come back to the same page."""
    response = HttpResponseRedirect(safe_next(request))
    asked = request.POST.get("language", "")
    if asked in dict(settings.LANGUAGES) and check_for_language(asked):
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            asked,
            max_age=settings.LANGUAGE_COOKIE_AGE,
            samesite="Lax",
            secure=settings.LANGUAGE_COOKIE_SECURE,
            httponly=settings.LANGUAGE_COOKIE_HTTPONLY,
        )
    return response


@require_POST
def feedback(request: HttpRequest) -> HttpResponse:
    """Count one tap for a page; nothing of who tapped is kept."""
    route, worked = request.POST.get("route", ""), request.POST.get("worked", "")
    if worked in ("yes", "no") and _is_page(route):
        PageFeedback.objects.create(
            route=route, worked=worked == "yes", language=get_language() or "fi", day=clock.today()
        )
        messages.success(request, gettext("Thank you. Your answer was counted."))
    return HttpResponseRedirect(safe_next(request))


def _is_page(route: str) -> bool:
    """Whether a route is one of ours: a made-up one would fill the table with noise."""
    return route in _routes()


@cache
def _routes() -> frozenset[str]:
    """The names of all our addresses, with their namespaces."""

    def names(patterns: Iterable[URLPattern | URLResolver], space: str) -> Iterator[str]:
        for one in patterns:
            if isinstance(one, URLResolver):
                yield from names(one.url_patterns, f"{space}{one.namespace}:" if one.namespace else space)
            elif one.name:
                yield space + one.name

    return frozenset(names(get_resolver().url_patterns, ""))
