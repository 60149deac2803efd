# SPDX-License-Identifier: EUPL-1.2
"""The queue of applications: what needs a person, proposals to release in bulk, and search."""

from collections.abc import Collection, Sequence

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
from ennakko.kernel.cases import segregation
from ennakko.kernel.ui.doors import actor_of, signed_in_staff
from ennakko.kernel.ui.filters import day, money, say
from ennakko.kernel.ui.queues import chips
from ennakko.kernel.ui.reading import row_keys
from ennakko.kernel.ui.tables import Cell, Column, Row, Table, badge, sorting
from ennakko.kernel.ui.trying import each, tell_of_each
from ennakko.services.hiring_benefit.actions import deciding, handling
from ennakko.services.hiring_benefit.queries import queue as queries
from ennakko.services.hiring_benefit.queries.queue import BenefitLine
from ennakko.services.hiring_benefit.states import BENEFIT_NAMES, DECIDE, HANDLE, PROPOSED, BenefitState

QUEUE = "hiring-benefit:queue"
ROWS, MOST_AT_ONCE = 50, 200
SORTS = tuple(queries.SORTS)
SHOWN_STATES = (
    BenefitState.RECEIVED, BenefitState.HANDLING, BenefitState.ADDITIONAL_INFORMATION_NEEDED, BenefitState.ACCEPTED,
    BenefitState.REJECTED,
)  # fmt: skip


def work_trail(*last: tuple[str, str]) -> list[tuple[str, str]]:
    """The way back to the queue."""
    return [(_("Your work"), reverse("home")), (_("Hiring benefit: applications"), reverse(QUEUE)), *last]


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in_staff(HANDLE)
def queue(request: HttpRequest) -> HttpResponse:
    """Open applications by due day; words that are searched for never stand in the address (POST)."""
    actor, on = actor_of(request), clock.today()
    state, mine = request.GET.get("state", ""), request.GET.get("mine") == "yes"
    sort = sorting(request.GET, allowed=SORTS, default="due")
    words = request.POST.get("words", "").strip()[:100] if request.method == "POST" else ""
    counts = queries.counts(actor, on=on)
    if words:
        every = Paginator(queries.search(actor, words).values_list("pk", flat=True), ROWS)
    else:
        counted = queries.counted_as(state, mine=mine)
        found = queries.keys_of(
            actor, on=on, states=[state] if state else [], mine=mine, sort=sort.removeprefix("-"),
            descending=sort.startswith("-"), many=counts[counted] if counted else 0,
        )  # fmt: skip
        every = Paginator(found, ROWS)
        if counted:
            every.count = counts[counted]  # counted already, for the choices above the list
    pages = every.get_page(request.GET.get("page"))
    lines = queries.lines_of(queries.in_order(pages.object_list, actor), on=on)
    releasing = bool(verdict(actor, DECIDE)) and state in PROPOSED and not words
    barred = segregation.barred(actor, [one.case for one in lines]) if releasing else set[int]()
    free = [one for one in lines if one.case.pk not in barred]
    context = {
        "table": table_of(lines, sort, barred=barred, found=bool(words)), "pages": pages, "words": words,
        "chips": chips(counts, SHOWN_STATES, BENEFIT_NAMES, state=state, mine=mine),
        "releasing": releasing,
        "granting": state == BenefitState.ACCEPTED, "barred": len(barred),
        "page_cases": [one.case.pk for one in free], "sum": sum(one.value_cents or 0 for one in free),
        "filtered": request.GET.urlencode(), "breadcrumb": [*work_trail()[:1], (_("Hiring benefit: applications"), "")],
    }  # fmt: skip
    return render(request, "hiring_benefit/queue.html", context)


def table_of(
    lines: Sequence[BenefitLine], sort: str, *, choose: str = "case", barred: Collection[int] = (), found: bool = False
) -> Table:
    """Applications as a table of the staff. `found`: with the state of each, closed too; `barred` cannot be chosen."""
    return Table(
        caption=_("Applications for the hiring benefit"), caption_hidden=True,
        columns=(
            Column(key="employer", label=_("Employer"), sortable=not found),
            Column(key="job", label=_("Job")),
            Column(key="opened", label=_("Arrived"), sortable=not found),
            Column(key="start", label=_("Begins"), sortable=not found),
            Column(key="due", label=_("By"), sortable=not found),
            Column(key="state" if found else "asked", label=_("State") if found else _("What to do")),
            Column(key="view", label=_("The machine's view")),
            Column(key="value", label=_("Benefit"), numeric=True, sortable=not found),
            Column(key="handler", label=_("Handler"), sortable=not found),
        ),
        rows=[
            Row(
                cells=(
                    one.employer, one.job or "–", one.row.received_on, one.row.start, _due(one),
                    one.state if found else _asked(one), badge("alert", one.view) if one.doubtful else one.view,
                    money(one.value_cents) if one.value_cents else "–", one.handler or "–",
                ),
                url=reverse("hiring-benefit:desk", args=[one.case.number]),
                value="" if one.case.pk in barred else str(one.case.pk),
            )
            for one in lines
        ],
        empty=_("Nothing was found. Try another word, a number, a business ID or a whole identity code.") if found
        else _("Nothing waits here. New applications come here as employers send them."),
        sort=sort, choose="" if found else choose,
    )  # fmt: skip


def _due(line: BenefitLine) -> Cell:
    if line.late and line.due:
        return badge("error", f"{day(line.due)} {_('late')}")
    return line.due or "–"


def _asked(line: BenefitLine) -> Cell:
    return badge("info", _("New message")) if line.news else line.asked


@require_POST
@signed_in_staff(HANDLE)
def bulk(request: HttpRequest) -> HttpResponse:
    """Take many in hand, or decide many as they were proposed; one that cannot be stops no other."""
    actor, at, on = actor_of(request), clock.now(), clock.today()
    do = request.POST.get("do", "")
    field = "page_case" if do == "release-page" else "case"
    numbers = row_keys(request.POST.getlist(field), most=MOST_AT_ONCE)
    chosen = list(queries.queue(actor, on=on).filter(pk__in=numbers))
    if not chosen:
        flash.error(request, _("Choose at least one application first."))
    elif do in ("release", "release-page"):
        results = deciding.release(chosen, actor=actor, at=at, on=on)
        _tell(
            request, sum(one.decision is not None for one in results),
            {one.case.number: say(one.refused) for one in results if one.refused is not None},
        )  # fmt: skip
    else:
        _tell(request, *each(chosen, lambda case: handling.take(case, actor=actor, at=at, on=on)))
    return HttpResponseRedirect(reverse(QUEUE) + "?" + request.GET.urlencode())


def _tell(request: HttpRequest, done: int, refused: dict[str, str]) -> None:
    said = ngettext("%(count)d application done.", "%(count)d applications done.", done) % {"count": done}
    tell_of_each(request, said if done else "", refused)


@require_safe
@signed_in_staff(HANDLE)
def protected(request: HttpRequest) -> HttpResponse:
    """Applications about employees under non-disclosure: for the one named clerk."""
    actor = actor_of(request)
    found = queries.protected(actor).values_list("pk", flat=True)
    lines = queries.lines_of(queries.in_order(found, actor), on=clock.today())
    context = {
        "table": table_of(lines, "", choose=""), "breadcrumb": [*work_trail()[:1], (_("Under non-disclosure"), "")]
    }  # fmt: skip
    return render(request, "hiring_benefit/queue_protected.html", context)
