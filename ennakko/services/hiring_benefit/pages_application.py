# SPDX-License-Identifier: EUPL-1.2
"""A sent application as the employer follows it: where it stands, what is asked, papers, messages, decision."""

from typing import Any

from django.contrib import messages as flash
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ennakko.kernel import cases, clock, documents
from ennakko.kernel.access import Actor
from ennakko.kernel.cases import NotNow
from ennakko.kernel.ui.doors import actor_of, signed_in_organisation
from ennakko.kernel.ui.filters import say
from ennakko.kernel.ui.uploads import handed_out
from ennakko.services.hiring_benefit import as_written, papers, submit_checks
from ennakko.services.hiring_benefit.access import APPLY
from ennakko.services.hiring_benefit.actions import completing
from ennakko.services.hiring_benefit.conditions import SERVICE
from ennakko.services.hiring_benefit.form_reading import read_employee
from ennakko.services.hiring_benefit.forms_apply import (
    ASKED_OF_ASSOCIATIONS,
    MAIN_OF_WORK,
    REST_OF_WORK,
    EmployeeForm,
    EmployerForm,
    LetterForm,
    PapersForm,
    WorkForm,
    aid_forms,
    raw_aid,
)
from ennakko.services.hiring_benefit.page_papers import remove_paper, store_papers, uploads_of
from ennakko.services.hiring_benefit.pages_begin import trail
from ennakko.services.hiring_benefit.queries import own_applications as own
from ennakko.services.hiring_benefit.queries.own_applications import OwnApplication

THREAD = ("letter", "request", "note", "document")
"""What is said and given; the state above tells the rest."""


def _found(actor: Actor, number: str) -> OwnApplication:
    found = own.application(actor, number)
    if found is None:
        raise Http404
    return found


def _here(one: OwnApplication) -> str:
    return reverse("hiring-benefit:application", args=[one.case.number])


@require_safe
@signed_in_organisation(APPLY)
def application(request: HttpRequest, number: str) -> HttpResponse:
    """One application."""
    found = _found(actor_of(request), number)
    own.looked_at(found, actor=actor_of(request), at=clock.now())
    return _page(request, found, LetterForm())


def _page(request: HttpRequest, one: OwnApplication, form: LetterForm, *, status: int = 200) -> HttpResponse:
    context: dict[str, Any] = {
        "one": one, "case": one.case, "row": one.application, "form": form,
        "papers": papers.titled(documents.of(f"case:{one.case.pk}")),
        "uploads": uploads_of(f"case:{one.case.pk}", (), refused={}) if one.case.closed_at is None else [],
        "timeline": cases.timeline(one.case, THREAD, for_party=True),
        "breadcrumb": trail((one.case.number, "")),
    }  # fmt: skip
    return render(request, "hiring_benefit/employer_application.html", context, status=status)


@require_POST
@signed_in_organisation(APPLY)
def write(request: HttpRequest, number: str) -> HttpResponse:
    """Write to the handler; so an application is also asked to be cancelled."""
    actor, form = actor_of(request), LetterForm(request.POST)
    found = _found(actor, number)
    if not form.is_valid():
        return _page(request, found, form, status=422)
    try:
        completing.write(found.case, form.cleaned_data["words"], actor=actor, at=clock.now())
    except NotNow as late:
        flash.error(request, say(late.reason))
    else:
        cases.mark_read(found.case, by_party=True, at=clock.now())
        flash.success(request, _("Your message is with the handler."))
    return HttpResponseRedirect(_here(found))


@require_POST
@signed_in_organisation(APPLY)
def read(request: HttpRequest, number: str) -> HttpResponse:
    """The city's messages have been read."""
    found = _found(actor_of(request), number)
    cases.mark_read(found.case, by_party=True, at=clock.now())
    return HttpResponseRedirect(_here(found))


@require_POST
@signed_in_organisation(APPLY)
def add_paper(request: HttpRequest, number: str) -> HttpResponse:
    """Add another paper after the sending."""
    actor = actor_of(request)
    found = _found(actor, number)
    for kind in papers.KINDS:
        for sent in request.FILES.getlist(kind):
            try:
                completing.add_paper(found.case, sent, kind=kind, name=sent.name or "", actor=actor, at=clock.now())
            except (NotNow, documents.NotTaken) as refused:
                flash.error(request, say(refused.reason))
            else:
                flash.success(request, _("The paper was added."))
    return HttpResponseRedirect(_here(found))


@require_safe
@signed_in_organisation(APPLY)
def document(request: HttpRequest, number: str, key: str) -> HttpResponse:
    """A paper of an own application; the reading is logged."""
    actor = actor_of(request)
    found = _found(actor, number)
    file = documents.document(key, about=f"case:{found.case.pk}")
    if file is None:
        raise Http404
    person = found.application.employee.person_id
    return handed_out(
        request, file, back=_here(found), actor=actor, purpose=SERVICE, at=clock.now(),
        persons=[person] if person is not None else [],
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in_organisation(APPLY)
def complete(request: HttpRequest, number: str) -> HttpResponse:
    """Answer what is asked: the application as it was written, papers, a few words."""
    actor = actor_of(request)
    found = _found(actor, number)
    if not found.can_complete:
        flash.info(request, _("Nothing is asked about this application now."))
        return HttpResponseRedirect(_here(found))
    row, about = found.application, f"case:{found.case.pk}"
    employer, employee = as_written.employer_of(row), as_written.employee_of(row)
    forms = _forms(request, employer, employee, association=_association(found))
    rows = aid_forms(employer, data=request.POST or None)
    refused: Any = {}
    if request.method == "POST":
        refused = store_papers(request, about, actor=actor)
        if remove_paper(request, about, actor=actor):
            return HttpResponseRedirect(request.path)
        raw = {**forms["employer"].raw(), "aid": raw_aid(rows)}
        told = {**employee, **forms["employee"].raw(), **forms["work"].raw(), **forms["papers"].raw()}
        if not refused:
            words = request.POST.get("words", "")
            answer = completing.complete(
                found.case, {**employer, **raw, "employees": [told]}, actor=actor, at=clock.now(), on=clock.today(),
                words=words,
            )  # fmt: skip
            if answer.taken:
                flash.success(request, _("Thank you. Your answer is with the handler."))
                return HttpResponseRedirect(_here(found))
            for form in forms.values():
                form.refuse(one for one in answer.refusals if one.field in form.fields)
            missing = [kind for one in answer.lacking for kind in one.kinds]
            others = [one for one in answer.refusals if not any(one.field in form.fields for form in forms.values())]
            return _complete_page(request, found, forms, rows, refused, missing, [say(one.text) for one in others])
        employee = told
    return _complete_page(request, found, forms, rows, refused, (), [])


def _association(found: OwnApplication) -> bool:
    row = found.application
    return submit_checks.is_association(row.legal_form, row.employer_kind, clock.today())


def _forms(
    request: HttpRequest, employer: dict[str, Any], employee: dict[str, Any], *, association: bool
) -> dict[str, Any]:
    data = request.POST or None
    of_employer = EmployerForm(data, initial=employer)
    if not association:
        of_employer.only(name for name in of_employer.fields if name not in ASKED_OF_ASSOCIATIONS)
    boxes = {**employee, "lives_here": employee["lives_here"] == "yes"}
    return {
        "employee": EmployeeForm(data, initial=boxes), "work": WorkForm(data, initial=employee),
        "papers": PapersForm(data, initial=employee), "employer": of_employer,
    }  # fmt: skip


def _complete_page(
    request: HttpRequest, one: OwnApplication, forms: dict[str, Any], rows: Any, refused: Any, missing: Any,
    others: list[str],
) -> HttpResponse:  # fmt: skip
    values, _unread = read_employee(as_written.employee_of(one.application))
    needed = submit_checks.papers_needed(values)
    work = forms["work"]
    context = {
        "one": one, "forms": forms, "rows": rows, "others": others, "words": request.POST.get("words", ""),
        "main": [work[name] for name in MAIN_OF_WORK], "rest": [work[name] for name in REST_OF_WORK],
        "uploads": uploads_of(f"case:{one.case.pk}", needed, refused=refused, missing=missing),
        "wrong": others or missing or any(form.errors for form in forms.values()),
        "breadcrumb": trail((one.case.number, _here(one)), (_("Answer"), "")), "no_feedback": True,
    }  # fmt: skip
    failed = request.method == "POST"
    return render(request, "hiring_benefit/employer_complete.html", context, status=422 if failed else 200)
