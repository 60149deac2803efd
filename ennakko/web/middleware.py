# SPDX-License-Identifier: EUPL-1.2
"""What every answer carries: a reference to find it in the log, and the headers that protect the reader."""

import logging
import secrets
from collections.abc import Callable
from contextvars import ContextVar
from functools import lru_cache
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from ennakko.kernel import clock
from ennakko.kernel.ui.doors import EMBEDDABLE

Answer = Callable[[HttpRequest], HttpResponse]

_reference: ContextVar[str] = ContextVar("reference", default="-")

PERMISSIONS = "camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=(), interest-cohort=()"


def reference() -> str:
    """The reference of the request being answered, "-" outside one; shown on error pages, written in the log."""
    return _reference.get()


class ReferenceFilter(logging.Filter):
    """Puts the request's reference on each line of the log."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.reference = reference()
        return True


class ReferenceMiddleware:
    """Gives each request a reference of its own, and one reading of the demo's clock."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        token = _reference.set(secrets.token_hex(4))
        try:
            with clock.read_once():
                response = self.get_response(request)
            response.headers["X-Reference"] = reference()
            return response
        finally:
            _reference.reset(token)


@lru_cache(maxsize=8)
def content_security_policy(issuers: tuple[str, ...], framed_by: str = "'none'") -> str:
    """The policy: nothing inline, nothing from elsewhere; forms may lead to where one signs in and shows mandates.

    `framed_by`: whose pages may show this one in a frame.
    """
    places = sorted({f"{parts.scheme}://{parts.netloc}" for parts in map(urlsplit, issuers) if parts.netloc})
    return "; ".join(
        (
            "default-src 'none'",
            "script-src 'self'",
            "style-src 'self'",
            "img-src 'self' data:",
            "font-src 'self'",
            "connect-src 'self'",
            " ".join(("form-action 'self'", *places)),
            "base-uri 'none'",
            f"frame-ancestors {framed_by}",
        )
    )


class SecurityHeadersMiddleware:
    """Adds the headers that Django does not, and keeps personal pages out of shared caches."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        issuers = (*(one["issuer"] for one in settings.SIGN_IN.values()), settings.MANDATES["url"])
        framed_by = settings.EMBEDDED_BY if getattr(response, EMBEDDABLE, False) else "'none'"
        response.headers.setdefault("Content-Security-Policy", content_security_policy(issuers, framed_by))
        response.headers.setdefault("Permissions-Policy", PERMISSIONS)
        if not request.path.startswith("/static/"):
            response.headers.setdefault("Cache-Control", "no-store")
        return response
