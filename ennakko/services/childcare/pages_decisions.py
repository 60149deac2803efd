# SPDX-License-Identifier: EUPL-1.2
"""Matters of places for those who decide: the queue with its bulk release, and the desk of one matter."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages as flash
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from ennakko.kernel import cases, clock
from ennakko.kernel.access import verdict
from ennakko.kernel.cases import letter
from ennakko.kernel.cases.deciding import BulkResult
from ennakko.kernel.cases.models import Case
from ennakko.kernel.ui.doors import actor_of, signed_in_staff
from ennakko.kernel.ui.filters import day, say
from ennakko.kernel.ui.reading import row_keys
from ennakko.kernel.ui.tables import Column, Row, Table, badge
from ennakko.kernel.ui.trying import tried
from ennakko.services.childcare.actions import place_cases
from ennakko.services.childcare.forms import RejectForm
from ennakko.services.childcare.models import Call, Placement
from ennakko.services.childcare.queries import decisions, occupancy
from ennakko.services.childcare.queries.call_list import WHY
from ennakko.services.childcare.queries.decisions import PLACES, Line
from ennakko.services.childcare.states_cases import DECIDE, HANDLE, OPEN_STATES, PLACE_NAMES, CaseState

QUEUE, DESK = "childcare:decisions", "childcare:desk"
ROWS = 50
MOST_AT_ONCE = 500


def _trail(*last: tuple[str, str]) -> list[tuple[str, str]]:
    return [(_("Your work"), reverse("home")), (_("Decisions on places"), reverse(QUEUE)), *last]


@require_safe
@signed_in_staff(HANDLE)
def queue(request: HttpRequest) -> HttpResponse:
    """Open matters by due day; those with nothing open are released many at once."""
    actor, on = actor_of(request), clock.today()
    state = request.GET.get("state", "")
    state = state if state in OPEN_STATES else ""
    pages = Paginator(decisions.queue(actor, PLACES, state=state), ROWS).get_page(request.GET.get("page"))
    releasing = bool(verdict(actor, DECIDE)) and state == CaseState.READY
    context = {
        "table": table_of(decisions.lines(list(pages.object_list)), choose="case" if releasing else ""),
        "pages": pages, "chips": chips(decisions.counts(actor, PLACES, on=on), state), "releasing": releasing,
        "page_cases": [one.pk for one in pages.object_list] if releasing else [],
        "breadcrumb": [*_trail()[:1], (_("Decisions on places"), "")],
    }  # fmt: skip
    return render(request, "childcare/decisions.html", context)


def chips(counts: dict[str, int], state: str) -> list[dict[str, Any]]:
    """The filters above a queue, each with its count."""
    found = [{"label": _("All"), "count": counts["all"], "url": "?", "current": not state}]
    for one in OPEN_STATES:
        url = "?" + urlencode({"state": str(one)})
        found.append({"label": say(PLACE_NAMES[one]), "count": counts.get(one, 0), "url": url, "current": state == one})
    return found


def table_of(lines: list[Line], *, choose: str = "", empty: str = "") -> Table:
    """Matters of places as a table of the staff."""
    return Table(
        caption=_("Decisions on places"), caption_hidden=True,
        columns=(
            Column(key="child", label=_("Child")), Column(key="unit", label=_("Unit")),
            Column(key="starts", label=_("Begins")), Column(key="due", label=_("By")),
            Column(key="state", label=_("State")), Column(key="view", label=_("The machine's view")),
        ),
        rows=[
            Row(
                cells=(
                    one.child, one.unit, one.starts,
                    badge("error", f"{day(one.case.due)} {_('late')}") if _late(one.case) else one.case.due,
                    one.state, one.view or (_("taken as offered") if one.as_offered else _("another unit was chosen")),
                ),
                url=reverse(DESK, args=[one.case.number]), value=str(one.case.pk),
            )
            for one in lines
        ],
        empty=empty or _("Nothing waits here."), choose=choose,
    )  # fmt: skip


def _late(case: Case) -> bool:
    return case.due is not None and case.due < clock.today()


@require_POST
@signed_in_staff(DECIDE)
def bulk(request: HttpRequest) -> HttpResponse:
    """Release many as the machine drafted them; one that cannot be decided stops no other."""
    actor = actor_of(request)
    field = "page_case" if request.POST.get("do") == "page" else "case"
    numbers = row_keys(request.POST.getlist(field), most=MOST_AT_ONCE)
    chosen = list(decisions.queue(actor, PLACES, state=CaseState.READY).filter(pk__in=numbers))
    if not chosen:
        flash.error(request, _("Choose at least one matter first."))
    else:
        tell(request, place_cases.release(chosen, actor=actor, at=clock.now(), on=clock.today()))
    return HttpResponseRedirect(reverse(QUEUE) + "?" + request.GET.urlencode())


def tell(request: HttpRequest, results: tuple[BulkResult, ...]) -> None:
    """Say how many were decided, and of the first ten that were not, why."""
    done = sum(one.decision is not None for one in results)
    if done:
        said = ngettext("%(count)d decision was made.", "%(count)d decisions were made.", done)
        flash.success(request, said % {"count": done})
    for one in [one for one in results if one.refused is not None][:10]:
        flash.error(request, f"{one.case.number}: {say(one.refused)}")


@require_safe
@signed_in_staff(HANDLE)
def protected(request: HttpRequest) -> HttpResponse:
    """Matters of children under non-disclosure: for the one named clerk."""
    found = decisions.lines(list(decisions.protected(actor_of(request))))
    context = {"table": table_of(found), "breadcrumb": _trail((_("Under non-disclosure"), ""))}
    return render(request, "childcare/protected.html", context)


def _case(request: HttpRequest, number: str) -> Case:
    case = decisions.found(actor_of(request), number, PLACES)
    if case is None:
        raise Http404
    return case


@require_safe
@signed_in_staff(HANDLE)
def desk(request: HttpRequest, number: str) -> HttpResponse:
    """One matter: the place, why, the unit with and without the child, the letter as it will read."""
    return _desk(request, _case(request, number), RejectForm())


def _desk(request: HttpRequest, case: Case, form: RejectForm, status: int = 200) -> HttpResponse:
    actor, on = actor_of(request), clock.today()
    placement = Placement.objects.select_related("pool__unit", "round").filter(pk=case.data["placement"]).first()
    decision = decisions.decision_of(case)
    opened = case.state in OPEN_STATES
    calls = Call.objects.filter(offer=case.offer_id, done_at=None) if case.offer_id else Call.objects.none()
    context = {
        "case": case, "line": decisions.lines([case])[0], "placement": placement, "decision": decision,
        "state": PLACE_NAMES[case.state], "opened": opened,
        "occupancy": occupancy.around(placement, on=on) if placement is not None else [],
        "calls": [(WHY[one.why], one) for one in calls], "reject": form,
        "preview": letter.preview(case, place_cases.ACCEPTED, on=on) if opened and case.draft else None,
        "may_decide": opened and bool(verdict(actor, DECIDE, case)),
        "may_clear": case.state == CaseState.AWAITING_HANDLING,
        "timeline": cases.timeline(case), "breadcrumb": _trail((case.number, "")),
    }  # fmt: skip
    return render(request, "childcare/desk.html", context, status=status)


@require_POST
@signed_in_staff(HANDLE)
def clear(request: HttpRequest, number: str) -> HttpResponse:
    """A person has settled what was open."""
    case, actor = _case(request, number), actor_of(request)
    return tried(
        request, reverse(DESK, args=[number]),
        lambda: place_cases.clear(case, actor=actor, at=clock.now(), on=clock.today()),
        done=_("The matter may be decided now."),
    )  # fmt: skip


@require_POST
@signed_in_staff(DECIDE)
def accept(request: HttpRequest, number: str) -> HttpResponse:
    """The place is given, as drafted."""
    case, actor = _case(request, number), actor_of(request)
    return tried(
        request, reverse(DESK, args=[number]),
        lambda: cases.decide(case, place_cases.ACCEPTED, actor=actor, at=clock.now(), on=clock.today()),
        done=_("The decision was made, and the guardians are told."),
    )  # fmt: skip


@require_POST
@signed_in_staff(DECIDE)
def reject(request: HttpRequest, number: str) -> HttpResponse:
    """The place is not given, with the reasons in words."""
    case, actor = _case(request, number), actor_of(request)
    form = RejectForm(request.POST)
    if not form.is_valid():
        return _desk(request, case, form, status=422)
    words = form.cleaned_data["justification"]
    return tried(
        request, reverse(DESK, args=[number]),
        lambda: cases.decide(
            case, place_cases.REJECTED, actor=actor, at=clock.now(), on=clock.today(), justification=words
        ),
        done=_("The decision was made, and the guardians are told."),
    )  # fmt: skip
