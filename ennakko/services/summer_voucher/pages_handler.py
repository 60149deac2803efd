# SPDX-License-Identifier: EUPL-1.2
"""The handlers' queue: only what needs a person, the most urgent first, and what can be done to many at once."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages as flash
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ennakko.kernel import clock
from ennakko.kernel.access import verdict
from ennakko.kernel.ui.doors import actor_of, signed_in_staff
from ennakko.kernel.ui.filters import day, say
from ennakko.kernel.ui.queues import chips
from ennakko.kernel.ui.reading import row_keys
from ennakko.kernel.ui.tables import Column, Row, Table, badge, sorting
from ennakko.kernel.ui.trying import each, tell_of_each
from ennakko.services.summer_voucher.actions import handling
from ennakko.services.summer_voucher.counter import serving
from ennakko.services.summer_voucher.queries import applications
from ennakko.services.summer_voucher.queries.applications import QueueRow
from ennakko.services.summer_voucher.states import CASE_NAMES, DECIDE, HANDLE, CaseState

ROWS = 50
MOST_AT_ONCE = 500
SORTS = ("name", "due", "state", "handler")
QUEUE = "summer-voucher:queue"
SHOWN_STATES = (
    CaseState.AWAITING_HANDLING, CaseState.INFORMATION_PROVIDED, CaseState.AWAITING_DECISION,
    CaseState.INFORMATION_REQUESTED,
)  # fmt: skip


def trail(request: HttpRequest, *last: tuple[str, str]) -> list[tuple[str, str]]:
    """The way back to the day's work."""
    return [(_("Your work"), reverse("home")), (_("Summer job voucher"), reverse(QUEUE)), *last]


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in_staff(HANDLE)
def queue(request: HttpRequest) -> HttpResponse:
    """Open cases; filters and order stand in the address, a name that is searched for never does (POST)."""
    actor, on = actor_of(request), clock.today()
    state, mine = request.GET.get("state", ""), request.GET.get("mine") == "yes"
    sort = sorting(request.GET, allowed=SORTS, default="due")
    words = request.POST.get("words", "").strip()[:100] if request.method == "POST" else ""
    found = applications.queue(
        actor, on=on, states=[state] if state else [], mine=mine, words=words, sort=sort.removeprefix("-"),
        descending=sort.startswith("-"),
    )  # fmt: skip
    pages = Paginator(found, ROWS).get_page(request.GET.get("page"))
    may_decide = bool(verdict(actor, DECIDE))
    context = {
        "table": _table(applications.rows_of(pages.object_list, on=on), sort),
        "pages": pages,
        "chips": chips(applications.counts(actor, on=on), SHOWN_STATES, CASE_NAMES, state=state, mine=mine),
        "words": words,
        "may_decide": may_decide,
        "serving": serving(request),
        "breadcrumb": [*trail(request)[:1], (_("Summer job voucher"), "")],
    }
    return render(request, "summer_voucher/queue.html", context)


def _table(rows: Sequence[QueueRow], sort: str, *, choose: str = "case") -> Table:
    return Table(
        caption=_("Applications"),
        caption_hidden=True,
        columns=(
            Column(key="name", label=_("Who"), sortable=True),
            Column(key="due", label=_("By"), sortable=True),
            Column(key="asked", label=_("What to do")),
            Column(key="view", label=_("The machine's view")),
            Column(key="state", label=_("State"), sortable=True),
            Column(key="handler", label=_("Handler"), sortable=True),
        ),
        rows=[
            Row(
                cells=(
                    one.name, badge("error", f"{day(one.due)} {_('late')}") if one.late else one.due, one.asked,
                    _with_warnings(one), one.state, one.handler or "–",
                ),
                url=reverse("summer-voucher:desk", args=[one.number]),
                value=str(one.case.pk),
            )
            for one in rows
        ],
        empty=_("Nothing waits here. The machine brings only what needs a person."),
        sort=sort,
        choose=choose,
    )  # fmt: skip


def _with_warnings(row: QueueRow) -> str:
    if not row.warnings:
        return say(row.view)
    doubts = ngettext("%(count)d doubt", "%(count)d doubts", row.warnings) % {"count": row.warnings}
    return f"{say(row.view)} · {doubts}"


@require_POST
@signed_in_staff(HANDLE)
def bulk(request: HttpRequest) -> HttpResponse:
    """Take many cases in hand, or decide many as they were proposed; one that cannot be stops no other."""
    actor, at, on = actor_of(request), clock.now(), clock.today()
    numbers = row_keys(request.POST.getlist("case"), most=MOST_AT_ONCE)
    chosen = list(applications.queue(actor, on=on).filter(pk__in=numbers))
    if not chosen:
        flash.error(request, _("Choose at least one application first."))
    elif request.POST.get("do") == "decide":
        results = handling.decide_many(chosen, actor=actor, at=at, on=on)
        _tell(request, sum(one.decision is not None for one in results), {
            one.case.number: say(one.refused) for one in results if one.refused is not None
        })  # fmt: skip
    else:
        _tell(request, *each(chosen, lambda case: handling.take(case, actor=actor, at=at)))
    return HttpResponseRedirect(reverse(QUEUE) + "?" + request.GET.urlencode())


def _tell(request: HttpRequest, done: int, refused: dict[str, str]) -> None:
    said = ngettext("%(count)d application done.", "%(count)d applications done.", done) % {"count": done}
    tell_of_each(request, said if done else "", refused)


@require_safe
@signed_in_staff(HANDLE)
def protected(request: HttpRequest) -> HttpResponse:
    """Applications of people under non-disclosure: for the one named clerk."""
    found = applications.protected(actor_of(request))
    context: dict[str, Any] = {
        "table": _table(applications.rows_of(found, on=clock.today()), "", choose=""),
        "breadcrumb": [*trail(request)[:1], (_("Under non-disclosure"), "")],
    }
    return render(request, "summer_voucher/protected.html", context)
