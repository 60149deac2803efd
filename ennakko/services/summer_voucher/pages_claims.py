# SPDX-License-Identifier: EUPL-1.2
"""The queue of employers' claims: what needs a person, ready ones to release in bulk, and search."""

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
from ennakko.kernel.cases.models import Letter
from ennakko.kernel.ui.doors import actor_of, signed_in_staff
from ennakko.kernel.ui.filters import day, money, say
from ennakko.kernel.ui.queues import chips
from ennakko.kernel.ui.reading import row_keys
from ennakko.kernel.ui.tables import Cell, Column, Row, Table, badge, sorting
from ennakko.kernel.ui.trying import each, tell_of_each
from ennakko.services.summer_voucher import conditions
from ennakko.services.summer_voucher.actions import claim_handling
from ennakko.services.summer_voucher.actions.claim_exports import EXPORT
from ennakko.services.summer_voucher.claim_states import CLAIM_DECIDE, CLAIM_HANDLE, CLAIM_NAMES, ClaimState
from ennakko.services.summer_voucher.pages_handler import MOST_AT_ONCE, ROWS
from ennakko.services.summer_voucher.queries import claims
from ennakko.services.summer_voucher.queries.claim_queue import CLOSED
from ennakko.services.summer_voucher.queries.claims import ClaimLine
from ennakko.values.texts import Text, text

QUEUE = "summer-voucher:claims"
RISKY = 8
"""From this risk on a claim stands out: the youth represents the employer, an account is shared, taxes are owed."""
SORTS = ("employer", "due", "risk", "opened", "state", "handler")
SHOWN_STATES = (
    ClaimState.READY, ClaimState.AWAITING_HANDLING, ClaimState.INFORMATION_PROVIDED, ClaimState.AWAITING_DECISION,
    ClaimState.INFORMATION_REQUESTED, ClaimState.SUBMITTED,
)  # fmt: skip
RETURNED: Text = text(fi="Maksu palautui", sv="Betalningen kom tillbaka", en="Payment came back")


def claims_trail(*last: tuple[str, str]) -> list[tuple[str, str]]:
    """The way back to the queue of claims."""
    return [(_("Your work"), reverse("home")), (_("Employers' claims"), reverse(QUEUE)), *last]


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in_staff(CLAIM_HANDLE)
def queue(request: HttpRequest) -> HttpResponse:
    """Open claims by due day and risk; words that are searched for never stand in the address (POST)."""
    actor, on = actor_of(request), clock.today()
    state, mine = request.GET.get("state", ""), request.GET.get("mine") == "yes"
    sort = sorting(request.GET, allowed=SORTS, default="due")
    words = request.POST.get("words", "").strip()[:100] if request.method == "POST" else ""
    by, descending = sort.removeprefix("-"), sort.startswith("-")
    if words:
        found = claims.search(actor, words, on=on).values_list("pk", flat=True)
    else:
        rows = claims.queue(
            actor, on=on, states=[state] if state else [], mine=mine, sort=by, descending=descending
        )  # fmt: skip
        found = claims.keys_of(rows, by, descending=descending)
    counts, every = claims.counts(actor, on=on), Paginator(found, ROWS)
    if not words and (name := claims.counted_as(state, mine=mine)) is not None:
        every.count = counts[name]  # counted already, for the choices above the list
    pages = every.get_page(request.GET.get("page"))
    lines = claims.lines_of(claims.in_order(pages.object_list), on=on)
    releasing = bool(verdict(actor, CLAIM_DECIDE)) and state == ClaimState.READY and not words
    barred = segregation.barred(actor, [one.case for one in lines]) if releasing else set[int]()
    start = conditions.decided("work_start", on)
    closed = state == CLOSED and not words
    context = {
        "table": table_of(
            lines, sort, news=_with_news(lines), barred=barred, found=bool(words) or closed,
            empty=_("No claim has been closed yet.") if closed else "",
        ),
        "closed": closed, "begins": start if start is not None and on < start and not counts["all"] else None,
        "pages": pages, "words": words,
        "chips": chips(counts, SHOWN_STATES, CLAIM_NAMES, state=state, mine=mine, more={"returned": RETURNED}),
        "releasing": releasing, "barred": len(barred), "may_export": bool(verdict(actor, EXPORT)),
        "page_cases": [one.case.pk for one in lines if one.case.pk not in barred],
        "sum": sum(line.value_cents for line in lines if line.case.pk not in barred),
        "filtered": request.GET.urlencode(), "breadcrumb": [*claims_trail()[:1], (_("Employers' claims"), "")],
    }  # fmt: skip
    return render(request, "summer_voucher/claims.html", context)


def _with_news(lines: Sequence[ClaimLine]) -> set[int]:
    """The cases with an unread message of the employer; one query."""
    found = Letter.objects.filter(case__in=[one.case.pk for one in lines], inward=True, read_at=None)
    return set(found.values_list("case", flat=True))


def table_of(
    lines: Sequence[ClaimLine], sort: str, *, choose: str = "case", news: Collection[int] = (),
    barred: Collection[int] = (), found: bool = False, empty: str = "",
) -> Table:  # fmt: skip
    """Claims as a table of the staff. `found`: with the state of each, closed ones too; `barred` cannot be chosen.

    `empty`: what is said instead of the usual where there are none.
    """
    return Table(
        caption=_("Employers' claims"), caption_hidden=True,
        columns=(
            Column(key="employer", label=_("Employer"), sortable=not found),
            Column(key="youth", label=_("Youth")),
            Column(key="opened", label=_("Arrived"), sortable=not found),
            Column(key="due", label=_("By"), sortable=not found),
            Column(key="state" if found else "asked", label=_("State") if found else _("What to do")),
            Column(key="risk", label=_("The machine's view"), sortable=not found),
            Column(key="value", label=_("Sum"), numeric=True),
            Column(key="handler", label=_("Handler"), sortable=not found),
        ),
        rows=[
            Row(
                cells=(
                    one.employer, one.youth, one.sent_on,
                    badge("error", f"{day(one.due)} {_('late')}") if one.late and one.due else one.due or "–",
                    one.state if found else _asked(one, news), _view(one),
                    money(one.value_cents) if one.value_cents else "–", one.handler or "–",
                ),
                url=reverse("summer-voucher:claims-desk", args=[one.case.number]),
                value="" if one.case.pk in barred else str(one.case.pk),
            )
            for one in lines
        ],
        empty=empty or _("Nothing was found. Try another word, a number or a business ID.") if found
        else _("Nothing waits here. Clean claims are released in bulk, or decided at once where that is allowed."),
        sort=sort, choose="" if found else choose,
    )  # fmt: skip


def _asked(line: ClaimLine, news: Collection[int]) -> Cell:
    return badge("info", _("New message")) if line.case.pk in news else line.asked


def _view(line: ClaimLine) -> Cell:
    """The machine's reason; what may be misuse or money owed stands out."""
    return badge("alert", line.view) if line.risk >= RISKY else line.view


@require_POST
@signed_in_staff(CLAIM_HANDLE)
def bulk(request: HttpRequest) -> HttpResponse:
    """Take many in hand, or release many as the machine drafted them; one that cannot be stops no other."""
    actor, at, on = actor_of(request), clock.now(), clock.today()
    do = request.POST.get("do", "")
    field = "page_case" if do == "release-page" else "case"
    numbers = row_keys(request.POST.getlist(field), most=MOST_AT_ONCE)
    chosen = list(claims.queue(actor, on=on).filter(pk__in=numbers))
    if not chosen:
        flash.error(request, _("Choose at least one claim first."))
    elif do in ("release", "release-page"):
        results = claim_handling.release(chosen, actor=actor, at=at, on=on)
        _tell(
            request, sum(one.decision is not None for one in results),
            {one.case.number: say(one.refused) for one in results if one.refused is not None},
        )  # fmt: skip
    else:
        _tell(request, *each(chosen, lambda case: claim_handling.take(case, actor=actor, at=at)))
    return HttpResponseRedirect(reverse(QUEUE) + "?" + request.GET.urlencode())


def _tell(request: HttpRequest, done: int, refused: dict[str, str]) -> None:
    said = ngettext("%(count)d claim done.", "%(count)d claims done.", done) % {"count": done}
    tell_of_each(request, said if done else "", refused)


@require_safe
@signed_in_staff(CLAIM_HANDLE)
def protected(request: HttpRequest) -> HttpResponse:
    """Claims of vouchers whose holder is under non-disclosure: for the one named clerk."""
    found = claims.protected(actor_of(request))
    context = {
        "table": table_of(claims.lines_of(found, on=clock.today()), "", choose=""),
        "breadcrumb": [*claims_trail()[:1], (_("Under non-disclosure"), "")],
    }
    return render(request, "summer_voucher/protected.html", context)
