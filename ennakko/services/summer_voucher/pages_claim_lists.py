# SPDX-License-Identifier: EUPL-1.2
"""Lists of claims as files, each for a purpose that goes to the log; and the employers who hire the young again."""

from django.contrib import messages as flash
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from ennakko.kernel import clock
from ennakko.kernel.cases import NotNow
from ennakko.kernel.ui.doors import actor_of, signed_in_staff
from ennakko.kernel.ui.filters import say
from ennakko.kernel.ui.tables import Column, Row, Table
from ennakko.kernel.ui.uploads import file_response
from ennakko.services.summer_voucher.actions.claim_exports import EXPORT, export
from ennakko.services.summer_voucher.claim_states import CLAIM_HANDLE
from ennakko.services.summer_voucher.forms_claims import ListForm
from ennakko.services.summer_voucher.pages_claims import claims_trail
from ennakko.services.summer_voucher.same_again import CONTACT_US, HIRE_AGAIN
from ennakko.services.summer_voucher.same_again import wishes as wished

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in_staff(EXPORT)
def lists(request: HttpRequest) -> HttpResponse:
    """A list of claims as a spreadsheet; what it is for is asked, and the reading is logged."""
    form = ListForm(request.POST) if request.method == "POST" else ListForm(initial={"columns": "reporting"})
    if form.is_bound and form.is_valid():
        asked = form.cleaned_data
        try:
            made = export(
                asked["kind"], asked["columns"], purpose=asked["purpose"], actor=actor_of(request), at=clock.now(),
                on=clock.today(),
            )  # fmt: skip
        except NotNow as nothing:
            flash.info(request, say(nothing.reason))
        else:
            return file_response(made.content, name=made.name, type=XLSX)
    context = {"form": form, "breadcrumb": claims_trail((_("Lists"), ""))}
    return render(request, "summer_voucher/claim_lists.html", context, status=422 if form.errors else 200)


@require_safe
@signed_in_staff(CLAIM_HANDLE)
def wishes(request: HttpRequest) -> HttpResponse:
    """Employers who hire again this summer, or want to be contacted."""
    titles = {HIRE_AGAIN.id: _("Hires again"), CONTACT_US.id: _("Wants to be contacted")}
    found = wished(actor_of(request), on=clock.today())
    table = Table(
        caption=_("Employers who answered the city's proposal"), caption_hidden=True,
        columns=(
            Column(key="employer", label=_("Employer")), Column(key="id", label=_("Business ID")),
            Column(key="answer", label=_("Answer")), Column(key="at", label=_("Answered")),
            Column(key="youths", label=_("Youths last year"), numeric=True),
        ),
        rows=[
            Row(cells=(one.name, one.business_id, titles.get(one.answer, one.answer), one.answered_at,
                       one.youths_last_year))
            for one in found
        ],
        empty=_("Nobody has answered this year's proposal yet. It goes out in April."),
    )  # fmt: skip
    return render(
        request, "summer_voucher/claim_wishes.html", {"table": table, "breadcrumb": claims_trail((_("Same again"), ""))}
    )
