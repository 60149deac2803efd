# SPDX-License-Identifier: EUPL-1.2
"""A resident's own data: messages, who looked at what, and the switches "do not look ahead for me here"."""

from django.contrib import messages as flash
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from ennakko.kernel import audit, clock, messages, organisations, purposes
from ennakko.kernel.purposes.registry import UnknownPurpose
from ennakko.kernel.purposes.registry import purpose as declared_purpose
from ennakko.kernel.ui.doors import signed_in_resident
from ennakko.kernel.ui.filters import say
from ennakko.web.log_words import fact_label, purpose_title

ROWS = 20


@require_safe
@signed_in_resident
def messages_to_me(request: HttpRequest) -> HttpResponse:
    """Every message sent to the reader, the latest first."""
    person = request.actor.person  # type: ignore[attr-defined]
    found = messages.messages_of(person) if person is not None else ()
    pages = Paginator(found, ROWS).get_page(request.GET.get("page"))
    return render(request, "web/messages.html", {"pages": pages, "breadcrumb": _trail(_("Messages"))})


@require_safe
@signed_in_resident
def looked_up(request: HttpRequest) -> HttpResponse:
    """What the city has read of the reader, when, why and who."""
    person = request.actor.person  # type: ignore[attr-defined]
    reads = audit.reads_of(person) if person is not None else ()
    pages = Paginator(reads, ROWS).get_page(request.GET.get("page"))
    looks = [
        {
            "at": one.at,
            "why": purpose_title(one.purpose),
            "reason": one.reason,
            "facts": [fact_label(name) for name in one.facts],
            "alone": one.screened == 1,
            "screened": one.screened,
            "machine": one.actor_kind == "system",
            "own": one.actor_kind == "resident",
            "organisation": one.actor_kind == "organisation",
        }
        for one in pages
    ]
    context = {
        "pages": pages,
        "looks": looks,
        "acted": organisations.uses_by(request.actor.reference, most=ROWS),  # type: ignore[attr-defined]
        "breadcrumb": _trail(_("What was looked up about you")),
    }
    return render(request, "web/looked_up.html", context)


@require_safe
@signed_in_resident
def switches(request: HttpRequest) -> HttpResponse:
    """One switch for each purpose for which the city looks ahead."""
    person = request.actor.person  # type: ignore[attr-defined]
    mine = purposes.of_person(person) if person is not None else ()
    context = {
        "anticipating": [one for one in mine if one.purpose.anticipates],
        "others": [one for one in mine if not one.purpose.anticipates],
        "breadcrumb": _trail(_("Your switches")),
    }
    return render(request, "web/switches.html", context)


@require_POST
@signed_in_resident
def switch(request: HttpRequest) -> HttpResponse:
    """Turn looking ahead off or on for one purpose."""
    actor = request.actor  # type: ignore[attr-defined]
    name, wanted = request.POST.get("purpose", ""), request.POST.get("look_ahead", "")
    try:
        declared = declared_purpose(name)
        title = say(declared.title)
    except UnknownPurpose:
        flash.error(request, _("There is no such switch any more. Here are those there are."))
        return HttpResponseRedirect(reverse("switches"))
    if declared.switch_page:
        return HttpResponseRedirect(reverse(declared.switch_page))
    if actor.person is None or wanted not in ("yes", "no"):
        flash.error(request, _("Choose yes or no."))
    elif wanted == "no":
        purposes.object_to(actor.person, name, actor, clock.now())
        flash.success(request, _("We no longer look ahead for you here: %(title)s.") % {"title": title})
    else:
        purposes.withdraw_objection(actor.person, name, actor, clock.now())
        flash.success(request, _("We look ahead for you again: %(title)s.") % {"title": title})
    return HttpResponseRedirect(reverse("switches"))


def _trail(last: str) -> list[tuple[str, str]]:
    return [(_("My page"), reverse("home")), (last, "")]
