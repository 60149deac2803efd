# SPDX-License-Identifier: EUPL-1.2
"""All addresses. A service brings its own in `services/<name>/urls.py`; the demo's exist only in the demo."""

from importlib.util import find_spec

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path

from ennakko.web import pages_about, pages_errors, pages_front, pages_health, pages_language

urlpatterns: list[URLPattern | URLResolver] = [
    path("", pages_front.front, name="front"),
    path("", include("ennakko.web.signin.urls")),
    path("language/", pages_language.choose, name="language"),
    path("feedback/", pages_language.feedback, name="feedback"),
    path("accessibility/", pages_about.accessibility, name="accessibility"),
    path("privacy/", pages_about.privacy, name="privacy"),
    path("sources/", pages_about.sources, name="sources"),
    path("health", pages_health.health, name="health"),
    path("ready", pages_health.ready, name="ready"),
]
for _service in settings.SERVICES:
    if find_spec(f"ennakko.services.{_service}.urls"):
        urlpatterns.append(path("", include(f"ennakko.services.{_service}.urls")))
if settings.DEMO:
    urlpatterns += [
        path("demo/identity/", include("ennakko.web.personas_idp.urls")),
    ]

handler400 = pages_errors.bad_request
handler403 = pages_errors.refused
handler404 = pages_errors.not_found
handler500 = pages_errors.broken
