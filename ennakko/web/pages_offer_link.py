# SPDX-License-Identifier: EUPL-1.2
"""The link in a message, opened without signing in: only what harms nobody if the link leaks.

Service, last day, the answers that may be given, and the lines that the service calls harmless: no name, amount,
reasons or facts. Opening it changes nothing. It is read in any language that the offer's texts stand in.
"""

from django.contrib import messages as flash
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods

from ennakko.kernel import clock, offers
from ennakko.kernel.access import ANONYMOUS
from ennakko.kernel.offers.answering import UnknownAnswer
from ennakko.kernel.offers.events import OfferClosed
from ennakko.kernel.offers.link_words import NAMES, in_language
from ennakko.kernel.offers.links import HarmlessView, harmless_view, recipient_of
from ennakko.values.dates import format_date
from ennakko.values.texts import LANGUAGES, Text, direction

KINDS = ("primary", "secondary")


@require_http_methods(["GET", "HEAD", "POST"])
def offer_link(request: HttpRequest, token: str) -> HttpResponse:
    """What waits, until when, and the buttons; a POST answers."""
    recipient = recipient_of(token)
    if recipient is None:
        raise Http404
    view = harmless_view(recipient)
    language = chosen(request, view)
    words = in_language(language)
    if request.method == "POST":
        given, told = request.POST.get("answer", ""), {"recipient": recipient.pk}
        try:
            offers.answer(recipient.offer, given, actor=ANONYMOUS, at=clock.now(), on=clock.today(), details=told)
        except (OfferClosed, UnknownAnswer) as closed:
            flash.error(request, closed.reason.in_(language))
        else:
            flash.success(request, words["received"])
        asked = f"?language={language}" if "language" in request.GET else ""
        return HttpResponseRedirect(reverse("offer-link", args=[token]) + asked)
    answers = [
        (choice.id, choice.label.in_(language), KINDS[position] if position < len(KINDS) else "supplementary")
        for position, choice in enumerate(view.answers)
    ]
    shown = {
        "view": view,
        "answers": answers,
        "words": words | {
            "answer_by": words["answer_by"].format(day=format_date(view.answer_by, language)),
            "answered": words["answered"].format(answer=view.given.in_(language) if view.given else ""),
        },
        "title": view.service.in_(language),
        "lines": [
            (line.label.in_(language),
             line.value.in_(language) if isinstance(line.value, Text) else format_date(line.value, language))
            for line in view.lines
        ],
        "language": language,
        "direction": direction(language),
        "languages": [(code, NAMES[code], code == language) for code in view.languages] if _many(view) else [],
        "no_feedback": True,
    }  # fmt: skip
    return render(request, "web/offer_link.html", shown)


def _many(view: HarmlessView) -> bool:
    """Whether the offer stands in languages that the page's own switch does not have."""
    return bool(set(view.languages) - set(LANGUAGES))


def chosen(request: HttpRequest, view: HarmlessView) -> str:
    """The language asked for in the address; else the recipient's where the page's switch lacks it, else the page's."""
    asked = request.GET.get("language", "")
    if asked in view.languages:
        return asked
    if view.language in view.languages and view.language not in LANGUAGES:
        return view.language
    return get_language() or "fi"
