# SPDX-License-Identifier: EUPL-1.2
"""`request.actor`: who is reading, on every request, worked out when first asked."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject

from ennakko.kernel import clock
from ennakko.kernel.access import Actor, Refused
from ennakko.web.pages_errors import refused
from ennakko.web.signin.session import actor_of, acts_in_name, identity_code_of


class ActorMiddleware:
    """Puts the session's actor on the request; roles are those of the day, not of the sign-in.

    `request.identity_code()` gives the signed-in resident's identity code, unsealed only when a form asks for it;
    `request.organisation_name()` the name of the organisation that they act for, "" for none.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        def actor() -> Actor:
            return actor_of(request.session, today=clock.today)

        request.actor = SimpleLazyObject(actor)  # type: ignore[attr-defined]
        request.identity_code = lambda: identity_code_of(request.session)  # type: ignore[attr-defined]
        request.organisation_name = lambda: acts_in_name(request.session)  # type: ignore[attr-defined]
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """A refusal of the access table is an answer with its reason, not a fault."""
        return refused(request, exception) if isinstance(exception, Refused) else None
