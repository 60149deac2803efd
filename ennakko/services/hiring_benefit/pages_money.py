# SPDX-License-Identifier: EUPL-1.2
"""The employer's money pages: when the benefit is paid, the payslip for the second instalment, telling of a change."""

from django.contrib import messages as flash
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ennakko.kernel import clock, documents
from ennakko.kernel.cases import NotNow
from ennakko.kernel.cases.models import Case
from ennakko.kernel.ui.doors import actor_of, signed_in_organisation
from ennakko.kernel.ui.filters import say
from ennakko.kernel.ui.uploads import NotTakenFile
from ennakko.services.hiring_benefit.actions import changes, payslips
from ennakko.services.hiring_benefit.actions.changes import NotTold
from ennakko.services.hiring_benefit.forms_money import ChangeForm, PayslipForm, as_told
from ennakko.services.hiring_benefit.models import Alteration, Application
from ennakko.services.hiring_benefit.queries import money as queries
from ennakko.services.hiring_benefit.states import OWN
from ennakko.values.texts import Text

FIELD = "payslip"


def here(case: Case) -> str:
    """The page of an application's money."""
    return reverse("hiring-benefit:money", args=[case.number])


def trail(case: Case, *last: tuple[str, str]) -> list[tuple[str, str]]:
    """The way back to the organisation's page."""
    payments = (_("Payments {number}").format(number=case.number), here(case) if last else "")
    return [(_("The organisation's page"), reverse("organisation")), payments, *last]


def _case(request: HttpRequest, number: str) -> Case:
    case = queries.own_case(actor_of(request), number)
    if case is None:
        raise Http404
    return case


def _notice(request: HttpRequest, case: Case, number: str) -> Alteration:
    row = queries.own_change(actor_of(request), number)
    if row is None or row.application.case_id != case.pk:
        raise Http404
    return row


@require_safe
@signed_in_organisation(OWN)
def money(request: HttpRequest, number: str) -> HttpResponse:
    """The instalments of a granted benefit, what is asked, and the changes that have been told."""
    return _page(request, _case(request, number), PayslipForm(), ())


def _page(
    request: HttpRequest, case: Case, form: PayslipForm, refused: tuple[NotTakenFile, ...], missing: Text | None = None
) -> HttpResponse:
    view = queries.of_case(case)
    if view is None:
        raise Http404
    wrong = bool(refused or missing or form.errors)
    context = {
        "view": view, "case": case, "form": form, "refused": refused, "missing": missing,
        "field": FIELD, "limits": payslips.LIMITS, "breadcrumb": trail(case),
        "needs_payslip": view.asked is None or not view.asked.wages,
        "wages": queries.wages_of(view.asked) if view.asked is not None else (),
        "given": payslips.payslips_of(case, view.asked.asked_at) if view.asked is not None else [],
    }  # fmt: skip
    return render(request, "hiring_benefit/money.html", context, status=422 if wrong else 200)


@require_POST
@signed_in_organisation(OWN)
def payslip(request: HttpRequest, number: str) -> HttpResponse:
    """Give the payslip and assure that the work goes on."""
    actor, case, at = actor_of(request), _case(request, number), clock.now()
    view = queries.of_case(case)
    if view is None or view.asked is None:
        flash.info(request, _("No payslip is asked for now."))
        return HttpResponseRedirect(here(case))
    if key := request.POST.get("remove-document", ""):
        payslips.remove_payslip(view.asked, key, actor=actor, at=at)
        return HttpResponseRedirect(here(case))
    refused = []
    for sent in request.FILES.getlist(FIELD):
        try:
            payslips.add_payslip(view.asked, sent, name=sent.name or "", actor=actor, at=at)
        except documents.NotTaken as error:
            refused.append(NotTakenFile(sent.name or "", error.reason))
        finally:
            sent.close()
    form = PayslipForm(request.POST)
    if refused:
        return _page(request, case, form, tuple(refused))
    try:
        payslips.answer(view.asked, assured=bool(form.raw()["assured"]), actor=actor, at=at)
    except NotNow as lacking:
        return _lacking(request, case, form, lacking)
    flash.success(request, _("Thank you. A handler looks at the payslip, and the instalment is then paid."))
    return HttpResponseRedirect(here(case))


def _lacking(request: HttpRequest, case: Case, form: PayslipForm, lacking: NotNow) -> HttpResponse:
    if not form.raw()["assured"] and "employment" in lacking.reason.en:
        form.add_error("assured", say(lacking.reason))
        return _page(request, case, form, ())
    return _page(request, case, form, (), missing=lacking.reason)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in_organisation(OWN)
def change(request: HttpRequest, number: str) -> HttpResponse:
    """Tell that the work ended or was broken off."""
    actor, case = actor_of(request), _case(request, number)
    application = Application.objects.get(case=case)
    contact = f"{application.contact_first_name} {application.contact_last_name}".strip()
    form = ChangeForm(request.POST) if request.method == "POST" else ChangeForm(initial={"contact": contact})
    if request.method == "POST" and (told := form.told()) is not None:
        try:
            changes.tell(application, told, actor=actor, at=clock.now(), on=clock.today())
        except NotTold as wrong:
            form.refuse(wrong.refusals)
        except NotNow as over:
            flash.error(request, say(over.reason))
            return HttpResponseRedirect(here(case))
        else:
            flash.success(request, _("Thank you. We have your notice, and a handler takes it from here."))
            return HttpResponseRedirect(here(case))
    return _change_page(request, case, form, _("Tell of a change"))


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in_organisation(OWN)
def correct(request: HttpRequest, number: str, notice: str) -> HttpResponse:
    """Correct a notice that nobody has opened yet."""
    actor, case = actor_of(request), _case(request, number)
    row = _notice(request, case, notice)
    form = ChangeForm(request.POST) if request.method == "POST" else ChangeForm(initial=as_told(row))
    if request.method == "POST" and (told := form.told()) is not None:
        try:
            changes.correct(row, told, actor=actor, at=clock.now())
        except NotTold as wrong:
            form.refuse(wrong.refusals)
        except NotNow as over:
            flash.error(request, say(over.reason))
            return HttpResponseRedirect(here(case))
        else:
            flash.success(request, _("The notice has been corrected."))
            return HttpResponseRedirect(here(case))
    return _change_page(request, case, form, _("Correct the notice"))


def _change_page(request: HttpRequest, case: Case, form: ChangeForm, heading: str) -> HttpResponse:
    view = queries.of_case(case)
    if view is None:
        raise Http404
    context = {"form": form, "case": case, "view": view, "heading": heading, "breadcrumb": trail(case, (heading, ""))}
    wrong = form.is_bound and bool(form.errors)
    return render(request, "hiring_benefit/change.html", context, status=422 if wrong else 200)


@require_POST
@signed_in_organisation(OWN)
def take_back(request: HttpRequest, number: str, notice: str) -> HttpResponse:
    """Take back a notice that nobody has opened yet."""
    actor, case = actor_of(request), _case(request, number)
    row = _notice(request, case, notice)
    try:
        changes.take_back(row, actor=actor, at=clock.now())
    except NotNow as over:
        flash.error(request, say(over.reason))
    else:
        flash.success(request, _("The notice has been taken back."))
    return HttpResponseRedirect(here(case))
