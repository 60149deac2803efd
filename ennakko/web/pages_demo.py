# SPDX-License-Identifier: EUPL-1.2
"""The demo's two pages: its clock, and the mailbox that stands for the outside world. Mounted only in the demo."""

from django import forms
from django.contrib import messages as flash
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from ennakko.kernel import clock
from ennakko.kernel.clock import demo
from ennakko.kernel.messages.queries import mailbox as all_mail
from ennakko.kernel.messages.queries import mailbox_of
from ennakko.kernel.ui.filters import day, say

LONGEST_STEP = 366
ROWS = 20
STEPS = ((1, gettext_lazy("One day")), (7, gettext_lazy("One week")), (30, gettext_lazy("30 days")))
CHANNELS = (
    ("", gettext_lazy("All channels")),
    ("suomifi", gettext_lazy("Suomi.fi messages")),
    ("email", gettext_lazy("E-mail")),
    ("sms", gettext_lazy("Text messages")),
)


class DaysForm(forms.Form):
    days = forms.IntegerField(
        label=gettext_lazy("How many days forward?"),
        help_text=gettext_lazy("From 1 to 366. Time only moves forward."),
        min_value=1,
        max_value=LONGEST_STEP,
        error_messages={
            "required": gettext_lazy("Write the number of days, for example 7."),
            "invalid": gettext_lazy("Write the number of days in digits, for example 7."),
            "min_value": gettext_lazy("Write a number of at least 1: time only moves forward."),
            "max_value": gettext_lazy("Write a number of at most 366."),
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
def demo_clock(request: HttpRequest) -> HttpResponse:
    """What day it is in the demo, and moving it forward: registers, deadlines and messages follow."""
    form = DaysForm(request.POST) if request.method == "POST" else DaysForm()
    status = 200
    if form.is_bound:
        if form.is_valid():
            try:
                today = demo.advance(form.cleaned_data["days"], by="demo")
            except demo.ClockRefused as refusal:
                flash.error(request, say(refusal.reason))
            else:
                flash.success(request, _("The city's clock moved. Today is %(day)s.") % {"day": day(today)})
            return HttpResponseRedirect(reverse("demo-clock"))
        status = 422
    context = {"form": form, "steps": STEPS, "today": clock.today(), "breadcrumb": [(_("The city's clock"), "")]}
    return render(request, "web/demo_clock.html", context, status=status)


@require_safe
def demo_mailbox(request: HttpRequest) -> HttpResponse:
    """Everything that was sent, by all channels; for a signed-in resident their own."""
    actor = request.actor  # type: ignore[attr-defined]
    channel = request.GET.get("channel", "")
    words = request.GET.get("words", "").strip()
    own = actor.kind == "resident" and actor.person is not None and request.GET.get("whose") != "all"
    found = mailbox_of(actor.person) if own else all_mail(channel=channel, words=words, most=1000)
    context = {
        "pages": Paginator(found, ROWS).get_page(request.GET.get("page")),
        "own": own,
        "channels": CHANNELS,
        "channel": channel,
        "words": words,
        "breadcrumb": [(_("Mailbox of the demonstration"), "")],
    }
    return render(request, "web/demo_mailbox.html", context)
