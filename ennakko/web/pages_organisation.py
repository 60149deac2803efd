# SPDX-License-Identifier: EUPL-1.2
"""The organisation's page: everything the city has with it, across services, for all who have its mandate."""

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ennakko.kernel import clock, messages, organisations, payments
from ennakko.kernel.organisations.models import Organisation
from ennakko.kernel.payments.models import Line
from ennakko.kernel.payments.states import LINE_NAMES, LineState
from ennakko.kernel.ui import contributions
from ennakko.kernel.ui.doors import actor_of, signed_in_organisation
from ennakko.values.texts import Text

ROWS = 20
LATEST = 5
KIND_OF_STATE = {LineState.PAID: "success", LineState.RETURNED: "alert"}


@dataclass(frozen=True, slots=True)
class Payment:
    """One sum as the organisation sees it: what for, cents, the day it was paid or is due, where it stands."""

    words: str
    cents: int
    on: Any
    paid: bool
    state: Text
    kind: str


def organisation_of(request: HttpRequest) -> Organisation:
    """The record of the organisation that the reader acts for."""
    return get_object_or_404(Organisation, pk=actor_of(request).organisation)


def trail(last: str) -> list[tuple[str, str]]:
    """Where a page below the organisation's own stands."""
    return [(_("The organisation's page"), reverse("organisation")), (last, "")]


@require_safe
@signed_in_organisation()
def organisation(request: HttpRequest) -> HttpResponse:
    """What waits, what is going on, what is done; money, messages, details, and who acts for it."""
    actor, on = actor_of(request), clock.today()
    row = organisation_of(request)
    money = payments.lines_of_organisation(row.business_id, most=200)
    shown = [_payment(line) for line in money]
    context: dict[str, Any] = {
        "organisation": row,
        "waiting": contributions.cards_of(actor, "waiting", on=on),
        "ongoing": contributions.cards_of(actor, "ongoing", on=on),
        "done": contributions.cards_of(actor, "done", on=on),
        "coming": [one for one in shown if not one.paid],
        "paid": [one for one in shown if one.paid][:LATEST],
        "paid_cents": sum(one.cents for one in shown if one.paid),
        "latest_messages": messages.messages_of_organisation(row.business_id, most=LATEST),
        "account": organisations.account_of(row, on),
        "contact": organisations.contact_of(row),
        "aid_cents": organisations.aid_of(row, on),
    }
    return render(request, "web/organisation.html", context)


def _payment(line: Line) -> Payment:
    paid = line.state == LineState.PAID
    cents = line.amount_cents - line.recovered_cents
    kind = KIND_OF_STATE.get(LineState(line.state), "info")
    return Payment(line.words, cents, line.paid_on if paid else line.due, paid, LINE_NAMES[line.state], kind)


@require_safe
@signed_in_organisation()
def organisation_messages(request: HttpRequest) -> HttpResponse:
    """Every message sent to the organisation, the latest first."""
    found = messages.messages_of_organisation(actor_of(request).organisation)
    pages = Paginator(found, ROWS).get_page(request.GET.get("page"))
    context = {"pages": pages, "organisation": organisation_of(request), "breadcrumb": trail(_("Messages"))}
    return render(request, "web/organisation_messages.html", context)
