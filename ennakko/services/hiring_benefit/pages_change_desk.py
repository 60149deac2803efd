# SPDX-License-Identifier: EUPL-1.2
"""The desk of a notice of a change: the days, what the rule recovers for them, the proposal and the decision."""

from datetime import date

from django.contrib import messages as flash
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from ennakko.kernel import cases, clock
from ennakko.kernel.access import Actor, verdict
from ennakko.kernel.cases import NotNow, segregation
from ennakko.kernel.ui.doors import actor_of, signed_in_staff
from ennakko.kernel.ui.filters import say
from ennakko.services.hiring_benefit import reasons_money
from ennakko.services.hiring_benefit.access_money import SEE_PAYMENTS
from ennakko.services.hiring_benefit.actions import changes, recovering
from ennakko.services.hiring_benefit.forms_money import RecoveryForm, day_in
from ennakko.services.hiring_benefit.models import Alteration
from ennakko.services.hiring_benefit.pages_payments import trail
from ennakko.services.hiring_benefit.queries import money as queries
from ennakko.services.hiring_benefit.roles import OFFICIAL, ROLES
from ennakko.services.hiring_benefit.states_money import (
    CHANGE_NAMES,
    CHANGES,
    HANDLE_CHANGES,
    RECOVER,
    ChangeState,
    ChangeVerb,
)
from ennakko.services.hiring_benefit.wording_money import KIND_WORDS

OFFICE = next(one.title for one in ROLES if one.id == OFFICIAL)


def _row(request: HttpRequest, number: str) -> Alteration:
    row = queries.staff_change(actor_of(request), number)
    if row is None:
        raise Http404
    return row


@require_safe
@signed_in_staff(SEE_PAYMENTS)
def desk(request: HttpRequest, number: str) -> HttpResponse:
    """One notice; the days in the address (start, end) count without saving anything."""
    return _shown(request, _row(request, number))


def _shown(request: HttpRequest, row: Alteration, **lacking: str) -> HttpResponse:
    given = {name: request.GET[name] for name in ("start", "end") if name in request.GET}
    start, end = (row.recovery_start, row.recovery_end) if row.recovery_start else recovering.default_days(row)
    initial = {"start": start, "end": end, "recoverable": "yes", "justification": row.justification}
    form = RecoveryForm(initial=initial)
    tried = RecoveryForm(given, auto_id="count_%s") if given else None
    if tried is not None:
        start, end = day_in(tried, "start"), day_in(tried, "end")
        form = RecoveryForm(initial={**initial, "start": start, "end": end})
        if not tried.errors and (start or end) and not _fits(row, start, end):
            tried.add_error("end", say(reasons_money.DAYS_WRONG))
    return _page(request, row, form, start=start, end=end, count=tried, **lacking)


def _fits(row: Alteration, start: date | None, end: date | None) -> bool:
    """Whether both days are given, in order and within the benefit's time."""
    first, last = changes.period_of(row.application)
    return start is not None and end is not None and first <= start <= end <= last


def _page(
    request: HttpRequest, row: Alteration, form: RecoveryForm, *, start: date | None, end: date | None,
    count: RecoveryForm | None = None, lacks: str = "", words: str = "",
) -> HttpResponse:  # fmt: skip
    actor, case = actor_of(request), row.case
    queries.look(actor, row.application, case, clock.now())
    fits = _fits(row, start, end)
    found = recovering.reckon(row, start, end) if fits else recovering.reckon(row, None, None)
    context = {
        "row": row, "case": case, "application": row.application, "title": KIND_WORDS[row.kind],
        "state": CHANGE_NAMES[case.state], "form": form,
        "count": count or RecoveryForm(initial={"start": start, "end": end}, auto_id="count_%s"), "reckoned": found,
        "counted": count is not None, "period": changes.period_of(row.application),
        "lines": [line for line in found.lines if line.text is not None], "lacks": lacks, "lacking": words,
        "open": {lacks: True},
        "timeline": cases.timeline(case), "breadcrumb": trail((case.number, "")), **_may(actor, row),
    }  # fmt: skip
    wrong = bool(lacks) or any(one.is_bound and bool(one.errors) for one in (form, count) if one is not None)
    return render(request, "hiring_benefit/change_desk.html", context, status=422 if wrong else 200)


def _may(actor: Actor, row: Alteration) -> dict[str, object]:
    case = row.case
    handles, decides = bool(verdict(actor, HANDLE_CHANGES, case)), bool(verdict(actor, RECOVER, case))
    state = case.state
    waits = state == ChangeState.PROPOSED and decides
    barred = bool(segregation.barred(actor, [case])) if waits else False
    return {
        "may_open": handles and CHANGES.move(state, ChangeVerb.OPEN) is not None,
        "may_propose": handles and state == ChangeState.OPENED,
        "may_cancel": handles and CHANGES.move(state, ChangeVerb.CANCEL) is not None,
        "may_decide": waits and not barred, "barred": barred,
        "may_annul": decides and state == ChangeState.HANDLED and row.annulled_at is None and row.invoice_list is None
        and row.deducted_cents + row.invoiced_cents > 0,
        "waits": state == ChangeState.PROPOSED,
    }  # fmt: skip


@require_POST
@signed_in_staff(SEE_PAYMENTS)
def do(request: HttpRequest, number: str) -> HttpResponse:
    """Open, propose, decide, send back, cancel or annul."""
    actor, row, at, on = actor_of(request), _row(request, number), clock.now(), clock.today()
    here = reverse("hiring-benefit:change-desk", args=[number])
    what, why = request.POST.get("do", ""), request.POST.get("why", "")
    form: RecoveryForm | None = None
    try:
        if what == "open":
            changes.open_change(row, actor=actor, at=at)
            flash.success(request, _("The notice is in your hands."))
        elif what == "propose":
            form = RecoveryForm(request.POST)
            if not _proposed(form, row, actor):
                return _page(request, row, form, start=day_in(form, "start"), end=day_in(form, "end"))
            flash.success(request, _("The proposal waits for the official."))
        elif what == "decide":
            recovering.decide(row, actor=actor, at=at, on=on, title=OFFICE.in_(row.application.language))
            flash.success(request, _("Decided. The employer has been told."))
        elif what == "return":
            recovering.send_back(row, why, actor=actor, at=at)
            flash.success(request, _("Sent back to the handler."))
        elif what == "cancel":
            changes.cancel(row, why, actor=actor, at=at)
            flash.success(request, _("The notice is cancelled."))
        elif what == "annul":
            recovering.annul(row, why, actor=actor, at=at, on=on)
            flash.success(request, _("The recovery is annulled."))
    except NotNow as error:
        if form is not None:
            form.add_error(None, say(error.reason))
            return _page(request, row, form, start=day_in(form, "start"), end=day_in(form, "end"))
        if error.reason == reasons_money.NEEDS_A_REASON:
            return _shown(request, row, lacks=what, words=say(error.reason))
        flash.error(request, say(error.reason))
    return HttpResponseRedirect(here)


def _proposed(form: RecoveryForm, row: Alteration, actor: Actor) -> bool:
    start, end = day_in(form, "start"), day_in(form, "end")
    given = form.raw()
    if given["recoverable"] not in ("yes", "no"):
        form.add_error("recoverable", _("Choose one of the two."))
    if form.errors:
        return False
    recovering.propose(
        row, recoverable=given["recoverable"] == "yes", start=start, end=end, euros=str(given["euros"]),
        justification=str(given["justification"]), actor=actor, at=clock.now(), on=clock.today(),
    )  # fmt: skip
    return True
