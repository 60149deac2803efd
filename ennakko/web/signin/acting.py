# SPDX-License-Identifier: EUPL-1.2
"""Acting for an organisation: mandates are asked of Suomi.fi e-Authorizations, an organisation is chosen and left.

The person is signed in as themselves all the while. Whatever fails here, they stay so and lose nothing.
"""

import logging
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages as flash
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.middleware.csrf import rotate_token
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST, require_safe

from ennakko.kernel import audit, clock, organisations
from ennakko.kernel.access import Actor, Refused
from ennakko.kernel.access.mandates import mandate_titles
from ennakko.kernel.organisations import ports
from ennakko.kernel.organisations.asking import NoSuchBusinessId
from ennakko.kernel.organisations.mandates import RETENTION
from ennakko.kernel.organisations.ports import MandatedOrganisation
from ennakko.kernel.ui.doors import ORGANISATIONS_ONLY, actor_of, safe_address, safe_next, to_sign_in
from ennakko.kernel.ui.filters import say
from ennakko.web.middleware import reference
from ennakko.web.signin import session as kept

log = logging.getLogger("ennakko.signin")

PENDING = "mandates-asked"


@require_safe
def choice(request: HttpRequest) -> HttpResponse:
    """For whom do you act: yourself, or one of the organisations whose mandate you have."""
    actor = actor_of(request)
    if actor.kind == "anonymous":
        return to_sign_in(request, group="organisations")
    _only_residents(actor)
    if request.GET.get("silent"):
        context: dict[str, Any] = {
            "next": safe_next(request, otherwise=""),
            "reference": reference(),
            "no_feedback": True,
        }
        return render(request, "web/mandates_silent.html", context, status=503)
    found = kept.mandated(request.session)
    context = {
        "asked": found is not None,
        "organisations": [
            {"business_id": one.business_id, "name": one.name, "mandates": mandate_titles(one.roles)}
            for one in found or ()
        ],
        "present": actor.organisation,
        "next": safe_next(request, otherwise=""),
        "no_feedback": True,
    }
    return render(request, "web/organisation_choice.html", context)


@require_POST
def ask(request: HttpRequest) -> HttpResponse:
    """Off to e-Authorizations, to be asked for an organisation there."""
    actor = actor_of(request)
    if actor.kind == "anonymous":
        return to_sign_in(request, group="organisations")
    _only_residents(actor)
    return to_mandates(request, actor, after=safe_next(request, otherwise=""))


def to_mandates(request: HttpRequest, actor: Actor, *, after: str) -> HttpResponse:
    """Start the choice of organisation; the answer comes to `callback`. Silence is told on a page of its own."""
    code = kept.identity_code_of(request.session) or ""
    back = request.build_absolute_uri(reverse("organisation-callback"))
    try:
        begun = ports.mandates().start(code, callback=back, language=get_language() or "fi")
    except ports.Unavailable as silence:
        log.warning("mandates could not be asked: %s", silence.what)
        _log(actor, "mandates.ask", outcome="unavailable")
        return HttpResponseRedirect(_choice(after, silent=True))
    request.session[PENDING] = {"state": dict(begun.state), "after": after}
    _log(actor, "mandates.ask", outcome="asked")
    return HttpResponseRedirect(begun.url)


@require_GET
def callback(request: HttpRequest) -> HttpResponse:
    """Back from e-Authorizations, once: what was chosen there is kept for the session; a single one is acted for."""
    actor = actor_of(request)
    if actor.kind == "anonymous":
        return to_sign_in(request, group="organisations")
    _only_residents(actor)
    pending = request.session.pop(PENDING, None)
    if pending is None:
        return HttpResponseRedirect(reverse("organisation-choice"))
    after = safe_address(str(pending["after"]), request, otherwise="")
    try:
        found = ports.mandates().finish(pending["state"], request.GET.dict())
    except ports.Unavailable as silence:
        log.warning("mandates did not answer: %s", silence.what)
        _log(actor, "mandates.answer", outcome="unavailable")
        return HttpResponseRedirect(_choice(after, silent=True))
    except ports.MandateNotGiven as refusal:
        _log(actor, "mandates.answer", outcome="not-given")
        flash.warning(request, say(refusal.reason))
        return HttpResponseRedirect(_choice(after))
    _log(actor, "mandates.answer", outcome="given", found=found)
    kept.remember_mandates(request.session, found)
    if len(found) != 1:
        return HttpResponseRedirect(_choice(after))
    return _act(request, actor, found[0], after=after)


@require_POST
def act(request: HttpRequest) -> HttpResponse:
    """Act for one of the organisations that this session knows of."""
    actor = actor_of(request)
    if actor.kind == "anonymous":
        return to_sign_in(request, group="organisations")
    _only_residents(actor)
    wanted, after = request.POST.get("organisation", ""), safe_next(request, otherwise="")
    chosen = next((one for one in kept.mandated(request.session) or () if one.business_id == wanted), None)
    if chosen is None:
        flash.error(request, _("Choose one of these organisations, or fetch your mandates again."))
        return HttpResponseRedirect(_choice(after))
    return _act(request, actor, chosen, after=after)


@require_POST
def leave(request: HttpRequest) -> HttpResponse:
    """Act for oneself again; the mandates found stay known until signing out."""
    stop(request)
    return HttpResponseRedirect(safe_next(request, otherwise=reverse("home")))


def stop(request: HttpRequest) -> None:
    """End acting for an organisation, if the session does; written down with its time."""
    actor = kept.actor_of(request.session, today=clock.today)  # as it is now, before the session forgets it
    use = kept.end_acting(request.session)
    if use is not None:
        organisations.acting_ended(use, actor=actor, at=clock.now(), wall=clock.wall())
        _close_other_pages(request)


def _close_other_pages(request: HttpRequest) -> None:
    """Pages that are open in other tabs can write nothing any more: their forms were filled in for somebody else."""
    rotate_token(request)


def _act(request: HttpRequest, actor: Actor, chosen: MandatedOrganisation, *, after: str) -> HttpResponse:
    try:
        row = organisations.ensure(chosen.business_id, at=clock.now(), name=chosen.name)
    except NoSuchBusinessId:
        log.warning("e-Authorizations named an organisation without a business id")
        flash.error(request, _("This organisation has no Finnish business ID, so nobody can act for it here."))
        return HttpResponseRedirect(_choice(after))
    stop(request)
    now = kept.acting_for(actor, row.business_id, chosen.roles)
    use = organisations.acting_began(row, actor=now, at=clock.now(), wall=clock.wall())
    kept.begin_acting(request.session, row.business_id, name=row.name, mandates=chosen.roles, use=use.pk)
    _close_other_pages(request)
    return HttpResponseRedirect(after or reverse("organisation"))


def _only_residents(actor: Actor) -> None:
    if actor.kind not in ("resident", "organisation"):
        raise Refused(ORGANISATIONS_ONLY, "organisation-choice")


def _choice(after: str, *, silent: bool = False) -> str:
    """The page of choosing; that mandates do not answer is told there, for a failed answer would keep no session."""
    asked = {**({"next": after} if after else {}), **({"silent": "1"} if silent else {})}
    return reverse("organisation-choice") + ("?" + urlencode(asked) if asked else "")


def _log(actor: Actor, action: str, *, outcome: str, found: tuple[MandatedOrganisation, ...] = ()) -> None:
    """Every question about mandates is written down, with what came of it (kept as sign-ins are)."""
    said = {"outcome": outcome, "organisations": {one.business_id: sorted(one.roles) for one in found}}
    with transaction.atomic():
        audit.write(actor, action, actor.subject, clock.now(), said, RETENTION)
