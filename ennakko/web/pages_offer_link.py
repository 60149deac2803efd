# SPDX-License-Identifier: EUPL-1.2
"""The link in a message, opened without signing in: only what harms nobody if the link leaks.

Service, last day, and the answers that may be given: no name, amount, reasons or facts. Opening it changes nothing.
"""

from django.contrib import messages as flash
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from ennakko.kernel import clock, offers
from ennakko.kernel.access import ANONYMOUS
from ennakko.kernel.offers.answering import UnknownAnswer
from ennakko.kernel.offers.events import OfferClosed
from ennakko.kernel.offers.links import harmless_view, recipient_of
from ennakko.kernel.ui.filters import say

KINDS = ("primary", "secondary")


@require_http_methods(["GET", "HEAD", "POST"])
def offer_link(request: HttpRequest, token: str) -> HttpResponse:
    """What waits, until when, and the buttons; a POST answers."""
    recipient = recipient_of(token)
    if recipient is None:
        raise Http404
    if request.method == "POST":
        given = request.POST.get("answer", "")
        try:
            offers.answer(recipient.offer, given, actor=ANONYMOUS, at=clock.now(), on=clock.today())
        except (OfferClosed, UnknownAnswer) as closed:
            flash.error(request, say(closed.reason))
        else:
            flash.success(request, _("Your answer has been received."))
        return HttpResponseRedirect(reverse("offer-link", args=[token]))
    view = harmless_view(recipient)
    answers = [(choice, KINDS[position] if position < len(KINDS) else "supplementary")
               for position, choice in enumerate(view.answers)]  # fmt: skip
    context = {"view": view, "answers": answers, "no_feedback": True}
    return render(request, "web/offer_link.html", context)
