# SPDX-License-Identifier: EUPL-1.2
"""The calculation sheet: what it would come to as one changes it, saved only when one says so; earlier calculations."""

from typing import Any

from django.contrib import messages as flash
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from ennakko.kernel import clock
from ennakko.kernel.access import require
from ennakko.kernel.cases import NotNow
from ennakko.kernel.cases.models import Case
from ennakko.kernel.ui.doors import actor_of, signed_in_staff
from ennakko.kernel.ui.filters import say
from ennakko.services.hiring_benefit import handling_reasons as reasons
from ennakko.services.hiring_benefit import sheets
from ennakko.services.hiring_benefit.actions import calculating
from ennakko.services.hiring_benefit.actions.in_hand import WORKED_ON
from ennakko.services.hiring_benefit.forms_sheet import MOST_ROWS, SheetForm
from ennakko.services.hiring_benefit.models import Calculation
from ennakko.services.hiring_benefit.pages_desk import case_or_404, here
from ennakko.services.hiring_benefit.pages_queue import work_trail
from ennakko.services.hiring_benefit.sheet_view import View, stored_view, view_of
from ennakko.services.hiring_benefit.states import HANDLE

ADDS = ("add-s", "add-t")


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in_staff(HANDLE)
def sheet(request: HttpRequest, number: str) -> HttpResponse:
    """The sheet: count without saving, add a row, or save."""
    case, actor, on = case_or_404(number), actor_of(request), clock.today()
    require(actor, HANDLE, case)
    row = case.hiring_benefit_application
    stored = calculating.in_force(row)
    before = sheets.of_calculation(stored) if stored else sheets.of_application(row)
    if request.method != "POST":
        shown = stored_view(stored) if stored else view_of(sheets.count(before, on=on))
        return _page(request, case, SheetForm(before=before), shown, stored)
    form = SheetForm(request.POST, before=before)
    do = request.POST.get("do", "count")
    if do in ADDS:
        return _page(request, case, form, None, stored, adding=True)
    if not form.is_valid():
        return _page(request, case, form, None, stored, status=422)
    if do == "save":
        return _save(request, case, form, stored)
    counted = calculating.what_if(case, form.sheet(), actor=actor, on=on)
    if counted.refused:
        form.refuse(counted.refused)
        return _page(request, case, form, None, stored, status=422)
    return _page(request, case, form, view_of(counted), stored, tried=True)


def _save(request: HttpRequest, case: Case, form: SheetForm, stored: Calculation | None) -> HttpResponse:
    reason = request.POST.get("reason", "")[:2000]
    actor, at, on = actor_of(request), clock.now(), clock.today()
    counted = calculating.what_if(case, form.sheet(), actor=actor, on=on)
    if counted.refused:
        form.refuse(counted.refused)
        return _page(request, case, form, None, stored, status=422)
    try:
        calculating.calculate(case, form.sheet(), actor=actor, at=at, on=on, reason=reason)
    except NotNow as closed:
        shown = view_of(counted)
        if closed.reason == reasons.MANUAL_NEEDS_COMMENT:
            form.add_error("comment", say(closed.reason))
            return _page(request, case, form, shown, stored, status=422)
        return _page(
            request, case, form, shown, stored, status=422, refused=say(closed.reason),
            unexplained=closed.reason == reasons.SAY_WHY,
        )  # fmt: skip
    flash.success(request, _("The calculation is saved."))
    return HttpResponseRedirect(here(case))


def _page(
    request: HttpRequest, case: Case, form: SheetForm, shown: View | None, stored: Calculation | None, *,
    status: int = 200, **given: Any,
) -> HttpResponse:  # fmt: skip
    context = {
        "reason": request.POST.get("reason", ""),
        "case": case, "row": case.hiring_benefit_application, "form": form, "shown": shown, "stored": stored,
        "working": case.state in WORKED_ON, "more_rows": len(form.subsidies) < MOST_ROWS,
        "earlier": Calculation.objects.filter(application=case.hiring_benefit_application).order_by("-number"),
        "breadcrumb": work_trail((case.number, here(case)), (_("Calculation"), "")), **given,
    }  # fmt: skip
    return render(request, "hiring_benefit/sheet.html", context, status=status)


def sheet_address(case: Case) -> str:
    """The sheet's address."""
    return reverse("hiring-benefit:sheet", args=[case.number])
