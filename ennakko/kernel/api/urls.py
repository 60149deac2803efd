# SPDX-License-Identifier: EUPL-1.2
"""Addresses of the programming interface; include under `api/`. What does not exist answers with a problem too."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver, path, re_path
from django.views.decorators.csrf import csrf_exempt

from ennakko.kernel.api.interface import api
from ennakko.kernel.api.problems import MEDIA_TYPE, problem

View = Callable[..., Any]


def with_problems(view: View) -> View:
    """The view, whose bare errors (a method that is not allowed) become problems."""

    @csrf_exempt
    @wraps(view)
    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        answer: HttpResponse = view(request, *args, **kwargs)
        if answer.status_code >= 400 and not answer.get("Content-Type", "").startswith(MEDIA_TYPE):
            said = problem(request, answer.status_code)
            if "Allow" in answer:
                said["Allow"] = answer["Allow"]
            return said
        return answer

    return answered


@csrf_exempt
def nothing_here(request: HttpRequest) -> HttpResponse:
    """An address that the interface does not have."""
    return problem(request, 404, "See openapi.json for every operation.")


def _wrapped(pattern: URLPattern | URLResolver) -> URLPattern | URLResolver:
    if isinstance(pattern, URLPattern):
        return URLPattern(pattern.pattern, with_problems(pattern.callback), pattern.default_args, pattern.name)
    return pattern


app_name = "api"
urlpatterns = [path("", nothing_here), *(_wrapped(pattern) for pattern in api.urls[0]), re_path(r"^.+$", nothing_here)]
