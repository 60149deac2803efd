# SPDX-License-Identifier: EUPL-1.2
"""Matters of fees for those who decide: the queue with its bulk release, and the desk with alterations."""

from django.contrib import messages as flash
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from ennakko.kernel import cases, clock
from ennakko.kernel.access import verdict
from ennakko.kernel.cases import letter
from ennakko.kernel.cases.models import Case
from ennakko.kernel.ui.doors import actor_of, signed_in_staff
from ennakko.kernel.ui.filters import money
from ennakko.kernel.ui.reading import row_keys
from ennakko.kernel.ui.tables import Column, Row, Table
from ennakko.kernel.ui.trying import tried
from ennakko.services.childcare import fees
from ennakko.services.childcare.actions import fee_cases
from ennakko.services.childcare.forms import AlterationForm
from ennakko.services.childcare.pages_decisions import chips, tell
from ennakko.services.childcare.queries import decisions
from ennakko.services.childcare.queries.decisions import FEES, Line
from ennakko.services.childcare.states_cases import DECIDE_FEES, FEE_NAMES, HANDLE_FEES, OPEN_STATES, CaseState

QUEUE, DESK = "childcare:fees", "childcare:fee"
ROWS, MOST_AT_ONCE = 50, 500


def _trail(*last: tuple[str, str]) -> list[tuple[str, str]]:
    return [(_("Your work"), reverse("home")), (_("Fees"), reverse(QUEUE)), *last]


@require_safe
@signed_in_staff(HANDLE_FEES)
def queue(request: HttpRequest) -> HttpResponse:
    """Open matters; calculated ones are released many at once."""
    actor, on = actor_of(request), clock.today()
    state = request.GET.get("state", "")
    state = state if state in OPEN_STATES else ""
    pages = Paginator(decisions.queue(actor, FEES, state=state), ROWS).get_page(request.GET.get("page"))
    releasing = bool(verdict(actor, DECIDE_FEES)) and state == CaseState.READY
    context = {
        "table": _table(decisions.lines(list(pages.object_list)), choose="case" if releasing else ""), "pages": pages,
        "chips": chips(decisions.counts(actor, FEES, on=on), state), "releasing": releasing,
        "page_cases": [one.pk for one in pages.object_list] if releasing else [],
        "breadcrumb": [*_trail()[:1], (_("Fees"), "")],
    }  # fmt: skip
    return render(request, "childcare/fees.html", context)


def _table(lines: list[Line], *, choose: str) -> Table:
    return Table(
        caption=_("Fees"), caption_hidden=True,
        columns=(
            Column(key="child", label=_("Child")), Column(key="unit", label=_("Unit")),
            Column(key="starts", label=_("Begins")), Column(key="told", label=_("The family told")),
            Column(key="state", label=_("State")), Column(key="sum", label=_("Fee a month"), numeric=True),
        ),
        rows=[
            Row(
                cells=(one.child, one.unit, one.starts, one.view, one.state,
                       money(one.cents) if one.cents is not None else _("not decided")),
                url=reverse(DESK, args=[one.case.number]), value=str(one.case.pk),
            )
            for one in lines
        ],
        empty=_("Nothing waits here."), choose=choose,
    )  # fmt: skip


@require_POST
@signed_in_staff(DECIDE_FEES)
def bulk(request: HttpRequest) -> HttpResponse:
    """Decide many as they were calculated."""
    actor = actor_of(request)
    field = "page_case" if request.POST.get("do") == "page" else "case"
    numbers = row_keys(request.POST.getlist(field), most=MOST_AT_ONCE)
    chosen = list(decisions.queue(actor, FEES, state=CaseState.READY).filter(pk__in=numbers))
    if not chosen:
        flash.error(request, _("Choose at least one matter first."))
    else:
        tell(request, fee_cases.release(chosen, actor=actor, at=clock.now(), on=clock.today()))
    return HttpResponseRedirect(reverse(QUEUE) + "?" + request.GET.urlencode())


def _case(request: HttpRequest, number: str) -> Case:
    case = decisions.found(actor_of(request), number, FEES)
    if case is None:
        raise Http404
    return case


@require_safe
@signed_in_staff(HANDLE_FEES)
def desk(request: HttpRequest, number: str) -> HttpResponse:
    """One matter: what the family told, the fee step by step, alterations, the letter."""
    return _desk(request, _case(request, number), AlterationForm())


def _desk(request: HttpRequest, case: Case, form: AlterationForm, status: int = 200) -> HttpResponse:
    actor, on = actor_of(request), clock.today()
    opened = case.state in OPEN_STATES
    line = decisions.lines([case])[0]
    context = {
        "case": case, "line": line, "state": FEE_NAMES[case.state], "opened": opened,
        "decision": decisions.decision_of(case), "draft": case.draft, "form": form,
        "estimate": None if case.draft else fees.estimate(fee_cases.told_of(case), line.starts),
        "preview": letter.preview(case, fee_cases.ACCEPTED, on=on) if opened and case.draft else None,
        "may_decide": opened and case.draft is not None and bool(verdict(actor, DECIDE_FEES, case)),
        "timeline": cases.timeline(case), "breadcrumb": _trail((case.number, "")),
    }  # fmt: skip
    return render(request, "childcare/fee.html", context, status=status)


@require_POST
@signed_in_staff(HANDLE_FEES)
def alter(request: HttpRequest, number: str) -> HttpResponse:
    """A relief, discount or increase with its reason."""
    case, actor = _case(request, number), actor_of(request)
    form = AlterationForm(request.POST)
    if not form.is_valid():
        return _desk(request, case, form, status=422)
    given = form.cleaned_data
    return tried(
        request, reverse(DESK, args=[number]),
        lambda: fee_cases.alter(
            case, kind=given["kind"], amount=str(given["amount"]), absolute=given["unit"] == "euros",
            why=given["why"], actor=actor, at=clock.now(), on=clock.today(),
        ),
        done=_("The fee was calculated again."),
    )  # fmt: skip


@require_POST
@signed_in_staff(DECIDE_FEES)
def decide(request: HttpRequest, number: str) -> HttpResponse:
    """The fee is decided as calculated."""
    case, actor = _case(request, number), actor_of(request)
    return tried(
        request, reverse(DESK, args=[number]),
        lambda: cases.decide(case, fee_cases.ACCEPTED, actor=actor, at=clock.now(), on=clock.today()),
        done=_("The decision was made, and the guardians are told."),
    )  # fmt: skip
