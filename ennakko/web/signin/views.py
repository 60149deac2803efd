# SPDX-License-Identifier: EUPL-1.2
"""The pages of signing in and out."""

import logging
from typing import Any

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.middleware.csrf import rotate_token
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_GET, require_POST

from ennakko.kernel import audit, clock
from ennakko.kernel.ui.doors import safe_address, safe_next
from ennakko.values.texts import Text, text
from ennakko.web.middleware import reference
from ennakko.web.signin import acting, oidc, people
from ennakko.web.signin.session import KEY, remember

log = logging.getLogger("ennakko.signin")

AFTER = "after-sign-in"
ORGANISATIONS = "organisations"
DOORS = {"residents": "residents", ORGANISATIONS: "residents", "staff": "staff"}
"""The doors of the page, each with the identity provider behind it: for an organisation one comes as oneself."""
THEN_CHOOSE = "then-choose-organisation"
RETENTION = "sign-in"
FAILED = text(
    fi="Kirjautuminen ei onnistunut. Mitään ei muuttunut. Yritä uudelleen.",
    sv="Inloggningen misslyckades. Ingenting ändrades. Försök igen.",
    en="Signing in did not succeed. Nothing was changed. Please try again.",
)


@require_GET
def sign_in(request: HttpRequest) -> HttpResponse:
    """Three doors: residents, those who act for an organisation, and the city's own people."""
    asked = request.GET.get("as", "")
    lead = asked if asked in DOORS else "residents"
    context = {"next": safe_next(request, otherwise=""), "lead": {door: door == lead for door in DOORS}}
    return render(request, "web/sign_in.html", {**context, "no_feedback": True})


@require_POST
def start(request: HttpRequest, group: str) -> HttpResponse:
    """Off to the identity provider."""
    if group not in DOORS:
        raise Http404
    request.session[AFTER] = safe_next(request, otherwise="")
    request.session[THEN_CHOOSE] = group == ORGANISATIONS
    group = DOORS[group]
    callback = request.build_absolute_uri(reverse("sign-in-callback", args=[group]))
    try:
        return oidc.start(request, group, callback=callback, language=get_language() or "fi")
    except oidc.SignInFailed as error:
        log.warning("sign-in of %s could not start: %s", group, error.detail)
        return _failed(request, FAILED, status=502)


@require_GET
def callback(request: HttpRequest, group: str) -> HttpResponse:
    """Back from the identity provider: check everything, start a fresh session, go where the reader was going."""
    if group not in oidc.GROUPS:
        raise Http404
    after = safe_address(str(request.session.get(AFTER, "")), request, otherwise="")
    then_choose = group == "residents" and bool(request.session.get(THEN_CHOOSE))
    try:
        claims, id_token = oidc.finish(request, group)
        if group == "staff":
            actor, code = people.member_of_staff(claims, on=clock.today()), ""
        else:
            actor, code = people.resident(claims)
    except oidc.SignInFailed as error:
        log.warning("sign-in of %s refused: %s", group, error.detail)
        return _failed(request, FAILED, status=400)
    except people.NotAdmitted as refusal:
        log.info("sign-in of %s not admitted: %s", group, refusal.reason.en)
        return _failed(request, refusal.reason, status=403)
    acting.stop(request)
    remember(request.session, actor, identity_code=code, id_token=id_token)
    rotate_token(request)  # pages open in other tabs belong to whoever was signed in before
    with transaction.atomic():
        audit.write(actor, "sign-in", actor.subject, clock.now(), {"group": group}, RETENTION)
    if then_choose:
        return acting.to_mandates(request, actor, after=after)
    return HttpResponseRedirect(after or reverse("home"))


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session here, and at the identity provider where it has a page for that."""
    kept: dict[str, Any] = request.session.get(KEY) or {}
    id_token = str(request.session.get("id_token", ""))
    acting.stop(request)
    request.session.flush()
    back = request.build_absolute_uri(reverse("front"))
    group = {"resident": "residents", "staff": "staff"}.get(str(kept.get("kind", "")), "")
    elsewhere = oidc.leave(request, group, id_token=id_token, back=back) if group else ""
    return HttpResponseRedirect(elsewhere or reverse("front"))


def _failed(request: HttpRequest, reason: Text, *, status: int) -> HttpResponse:
    context = {"reason": reason, "reference": reference(), "no_feedback": True}
    return render(request, "web/sign_in_failed.html", context, status=status)
