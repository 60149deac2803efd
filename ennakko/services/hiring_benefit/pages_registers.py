# SPDX-License-Identifier: EUPL-1.2
"""What goes out in files: the register of de minimis aid, and the invoice lists of recoveries."""

from datetime import date

from django.contrib import messages as flash
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from ennakko.kernel import clock, documents
from ennakko.kernel.access import verdict
from ennakko.kernel.cases import NotNow
from ennakko.kernel.ui.doors import actor_of, signed_in_staff
from ennakko.kernel.ui.filters import money, say
from ennakko.kernel.ui.tables import Column, Row, Table
from ennakko.kernel.ui.uploads import documents_response, file_response
from ennakko.services.hiring_benefit import finance_columns
from ennakko.services.hiring_benefit.access_money import AID_REGISTER, INVOICES, SEE_PAYMENTS
from ennakko.services.hiring_benefit.actions import aid as recording
from ennakko.services.hiring_benefit.actions import invoicing
from ennakko.services.hiring_benefit.conditions import SERVICE
from ennakko.services.hiring_benefit.forms_money import AidForm
from ennakko.services.hiring_benefit.queries import aid_export
from ennakko.services.hiring_benefit.queries import money as queries

LISTS = "hiring-benefit:payments"


def _trail(request: HttpRequest, last: str) -> list[tuple[str, str]]:
    """The way back; finance has no lists of payments here."""
    lists = [(_("Hiring benefit: payments"), reverse(LISTS))] if verdict(actor_of(request), SEE_PAYMENTS) else []
    return [(_("Your work"), reverse("home")), *lists, (last, "")]


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in_staff(AID_REGISTER)
def aid(request: HttpRequest) -> HttpResponse:
    """What the register has not taken; what it answered is entered here where it does not call back itself."""
    form = AidForm(request.POST) if request.method == "POST" else AidForm(initial={"outcome": "taken"})
    if request.method == "POST" and _readable(form):
        given = form.raw()
        numbers = str(given["numbers"]).split()
        taken, failed = (numbers, []) if given["outcome"] == "taken" else ([], numbers)
        heard = recording.hear(
            taken, failed, reason=str(given["reason"]), actor=actor_of(request), at=clock.now()
        )  # fmt: skip
        known = len(heard.taken) + len(heard.failed)
        if known:
            words = ngettext("The answer on {n} grant was kept.", "The answer on {n} grants was kept.", known)
            flash.success(request, words.format(n=known))
        if heard.unknown:
            flash.error(request, _("Not known: {numbers}.").format(numbers=", ".join(heard.unknown)))
        return HttpResponseRedirect(reverse("hiring-benefit:aid-register"))
    table = Table(
        caption=_("Grants that the register has not taken"), caption_hidden=True,
        columns=(
            Column(key="number", label=_("Application")), Column(key="name", label=_("Employer")),
            Column(key="id", label=_("Business ID")), Column(key="industry", label=_("Industry (TOL)")),
            Column(key="day", label=_("Decided")), Column(key="sum", label=_("Aid"), numeric=True),
        ),
        rows=[
            Row(cells=(one.number, one.name, one.business_id, one.industry, date.fromisoformat(one.granted_on),
                       money(sum(one.instalments))))
            for one in aid_export.untold()
        ],
        empty=_("The register has taken everything."),
    )  # fmt: skip
    heading = _("Register of de minimis aid")
    context = {
        "table": table, "form": form, "standing": queries.aid_standing(), "breadcrumb": _trail(request, heading)
    }  # fmt: skip
    return render(request, "hiring_benefit/aid_register.html", context, status=422 if form.errors else 200)


def _readable(form: AidForm) -> bool:
    given = form.raw()
    if not str(given["numbers"]).split():
        form.add_error("numbers", _("Write at least one number."))
    if given["outcome"] not in ("taken", "failed"):
        form.add_error("outcome", _("Choose one of the two."))
    return not form.errors


@require_safe
@signed_in_staff(AID_REGISTER)
def aid_file(request: HttpRequest) -> HttpResponse:
    """The seven columns as a file; downloading it changes nothing."""
    content = aid_export.as_csv(aid_export.untold())
    return file_response(content, name=f"de_minimis_{clock.today():%Y%m%d}.csv", type="text/csv; charset=utf-8")


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in_staff(INVOICES)
def invoices(request: HttpRequest) -> HttpResponse:
    """The invoice lists of recoveries, and a button that makes the next one."""
    if request.method == "POST":
        try:
            made = invoicing.make_list(actor=actor_of(request), at=clock.now(), on=clock.today())
        except NotNow as nothing:
            flash.info(request, say(nothing.reason))
        else:
            flash.success(request, _("The list {name} was made.").format(name=made.name))
        return HttpResponseRedirect(reverse("hiring-benefit:invoices"))
    table = Table(
        caption=_("Invoice lists"), caption_hidden=True,
        columns=(
            Column(key="name", label=_("List")), Column(key="at", label=_("Made")), Column(key="by", label=_("By")),
        ),
        rows=[
            Row(cells=(one.name, one.added_at, one.added_by_name or "–"),
                url=reverse("hiring-benefit:invoice-file", args=[one.pk]))
            for one in invoicing.lists()
        ],
        empty=_("No list has been made yet."),
    )  # fmt: skip
    heading = _("Invoices of recoveries")
    lacking = finance_columns.lacking(finance_columns.INVOICE_LIST, clock.today())
    context = {
        "table": table, "waiting": invoicing.waiting(), "lacking": lacking, "breadcrumb": _trail(request, heading)
    }  # fmt: skip
    return render(request, "hiring_benefit/invoices.html", context)


@require_safe
@signed_in_staff(INVOICES)
def invoice_file(request: HttpRequest, key: str) -> HttpResponse:
    """A list as it was written; the reading is logged."""
    found = documents.document(key, about=invoicing.ABOUT)
    if found is None:
        raise Http404
    return documents_response(found, actor=actor_of(request), purpose=SERVICE, at=clock.now())
