# SPDX-License-Identifier: EUPL-1.2
"""The steps of an application, one page each: the employee, the work, the papers, the employer. Every step is kept."""

from collections.abc import Callable, Mapping
from datetime import date
from functools import wraps
from typing import Any

from django.contrib import messages as flash
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from ennakko.kernel import clock
from ennakko.kernel.access import Actor
from ennakko.kernel.cases.drafts import Begun
from ennakko.kernel.organisations.models import Organisation
from ennakko.kernel.ui.doors import View, actor_of, signed_in_organisation
from ennakko.kernel.ui.filters import say
from ennakko.services.hiring_benefit import drafting_steps as way
from ennakko.services.hiring_benefit import step_keeping, submit_checks
from ennakko.services.hiring_benefit.access import APPLY
from ennakko.services.hiring_benefit.actions import drafting
from ennakko.services.hiring_benefit.actions.sending import known_organisation, sent_with
from ennakko.services.hiring_benefit.form_reading import read_employee
from ennakko.services.hiring_benefit.form_values import ONLINE, documents_about, raw_employees
from ennakko.services.hiring_benefit.forms_apply import (
    ASKED_OF_ASSOCIATIONS,
    MAIN_OF_EMPLOYER,
    MAIN_OF_WORK,
    REST_OF_EMPLOYER,
    REST_OF_WORK,
    EmployeeForm,
    EmployerForm,
    PapersForm,
    StepForm,
    WorkForm,
    aid_forms,
    raw_aid,
)
from ennakko.services.hiring_benefit.page_papers import remove_paper, store_papers, uploads_of
from ennakko.services.hiring_benefit.pages_begin import HOME, trail
from ennakko.services.hiring_benefit.prefilling import Known, own_aid, prefill
from ennakko.services.hiring_benefit.step_keeping import Conflict, Values, seen_of
from ennakko.services.hiring_benefit.wording import DRAFT_CHANGED
from ennakko.values.dates import format_date
from ennakko.values.texts import LANGUAGES, text

SAVE = "save"


def kept(actor: Actor, key: str) -> Begun:
    """An unfinished application of the organisation; raises Http404."""
    found = drafting.draft_of(key, actor=actor)
    if found is None:
        raise Http404
    return found


def unless_sent(view: View) -> View:
    """A step of an application that has been sent meanwhile, in another window or before going back: to where it is."""

    @wraps(view)
    def door(request: HttpRequest, key: str, *arguments: Any, **named: Any) -> HttpResponse:
        try:
            return view(request, key, *arguments, **named)
        except Http404:
            if not sent_with(actor_of(request).organisation, key):
                raise
        flash.info(request, _("This application has been sent already."))
        return HttpResponseRedirect(reverse("hiring-benefit:apply-sent", args=[key]))

    return door


def row_of(raw: Mapping[str, Any], row: int) -> dict[str, Any]:
    """What is told of an employee (from 1); a new one only right after the last. Raises Http404."""
    rows = raw_employees(raw)
    if not 1 <= row <= len(rows) + 1:
        raise Http404
    return dict(rows[row - 1]) if row <= len(rows) else {}


def go_on(request: HttpRequest, key: str, step: str, row: int) -> HttpResponse:
    """Where a kept step leads: home, back to checking, or to the next step."""
    if request.POST.get("do") == SAVE:
        flash.success(request, _("Saved. You can go on later from this page."))
        return HttpResponseRedirect(reverse(HOME))
    following = way.CHECK if request.POST.get("back") == way.CHECK else way.after(step)
    return HttpResponseRedirect(way.url_of(key, following, row))


def kept_step(
    request: HttpRequest, key: str, own: Callable[[Values], Values], merged: Callable[[Values], dict[str, Any]]
) -> Conflict | None:
    """Keep what was typed in a step; what a colleague saved there meanwhile is not overwritten unseen."""
    actor = actor_of(request)
    return step_keeping.keep(
        lambda: kept(actor, key), own, merged, seen=request.POST.get("seen", ""), key=key, actor=actor, at=clock.now()
    )


def conflict_page(
    request: HttpRequest, key: str, step: str, row: int, form: StepForm, conflict: Conflict, **more: Any
) -> HttpResponse:
    """What was typed, unsaved, beside what the colleague saved; sending it again replaces that knowingly."""
    raw = form.raw()
    differing = [
        (str(form.fields[name].label or name), conflict.stands.get(name))
        for name in form.fields
        if seen_of({"": conflict.stands.get(name)}) != seen_of({"": raw.get(name)})
    ]
    words = DRAFT_CHANGED.format(name=text(**dict.fromkeys(LANGUAGES, conflict.by_name or "–")))
    form.errors.clear()
    return step_page(
        request, key, step, row, form, seen=conflict.seen, conflict=say(words), differing=differing, status=409, **more
    )  # fmt: skip


def own_names(form: StepForm) -> Callable[[Values], Values]:
    """The values of a form in a mapping that holds more."""
    return lambda told: {name: told.get(name) for name in form.fields}


def step_page(
    request: HttpRequest, key: str, step: str, row: int, form: StepForm, *, seen: str = "", status: int = 0, **more: Any
) -> HttpResponse:  # fmt: skip
    """A step's page with its form, whether right or to be corrected."""
    names = list(way.TITLES)
    earlier = names[names.index(step) - 1] if names.index(step) else ""
    context = {
        "key": key, "row": row, "form": form, "title": say(way.TITLES[step]), "steps": way.steps(key, step, row),
        "back": request.POST.get("back", request.GET.get("back", "")), "no_feedback": True,
        "earlier": way.url_of(key, earlier, row) if earlier else "",
        "breadcrumb": trail((_("Application"), "")), "seen": seen, **more,
    }  # fmt: skip
    # The page tells of rows' faults too: they are forms beside the step's own.
    wrong = bool(form.errors) or bool(more.get("wrong")) or any(each.errors for each in more.get("rows", ()))
    context["wrong"] = wrong
    return render(request, f"hiring_benefit/apply_{step}.html", context, status=status or (422 if wrong else 200))


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in_organisation(APPLY)
@unless_sent
def employee(request: HttpRequest, key: str, row: int) -> HttpResponse:
    """Who is hired; somebody who came with a letter's code is known already."""
    actor = actor_of(request)
    raw = kept(actor, key).data
    told = row_of(raw, row)
    form = EmployeeForm(request.POST or None, initial=_boxes(told))
    if told.get("letter_code"):
        form.only(())
    own = own_names(form)
    if request.method == "POST":
        typed = {} if told.get("letter_code") else form.raw()
        conflict = kept_step(
            request, key, lambda draft: own(row_of(draft, row)),
            lambda draft: way.with_row(draft, row, {**row_of(draft, row), **typed}),
        )  # fmt: skip
        if conflict is not None:
            return conflict_page(request, key, way.EMPLOYEE, row, form, conflict)
        told = new = {**told, **typed}
        wrong = [] if request.POST.get("do") == SAVE else way.problems_of_row(new, way.EMPLOYEE, on=clock.today())
        if not wrong:
            return go_on(request, key, way.EMPLOYEE, row)
        form.refuse(wrong)
    known = told if told.get("letter_code") else None
    return step_page(request, key, way.EMPLOYEE, row, form, seen=seen_of(own(told)), known=known)


def _boxes(told: Mapping[str, Any]) -> dict[str, Any]:
    """Initial values of a form with a box that is ticked or not."""
    return {**told, "lives_here": told.get("lives_here") == "yes"}


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in_organisation(APPLY)
@unless_sent
def work(request: HttpRequest, key: str, row: int) -> HttpResponse:
    """What work, from when, at what pay."""
    actor = actor_of(request)
    raw = kept(actor, key).data
    told = row_of(raw, row)
    form = WorkForm(request.POST or None, initial=_days(told))
    own, more = own_names(form), _parts_of_work(form, told)
    if request.method == "POST":
        typed = form.raw()
        conflict = kept_step(
            request, key, lambda draft: own(row_of(draft, row)),
            lambda draft: way.with_row(draft, row, {**row_of(draft, row), **typed}),
        )  # fmt: skip
        if conflict is not None:
            return conflict_page(request, key, way.WORK, row, form, conflict, **more)
        told = new = {**told, **typed}
        wrong = [] if request.POST.get("do") == SAVE else way.problems_of_row(new, way.WORK, on=clock.today())
        if not wrong:
            return go_on(request, key, way.WORK, row)
        form.refuse(wrong)
    more = _parts_of_work(form, told)
    return step_page(request, key, way.WORK, row, form, seen=seen_of(own(told)), **more)


def _parts_of_work(form: WorkForm, told: Mapping[str, Any]) -> dict[str, Any]:
    """The fields that most fill in, and the rest, which is open where something is told or wrong."""
    rest = [form[name] for name in REST_OF_WORK]
    opened = any((form.is_bound and one.errors) or told.get(one.name) for one in rest)
    return {"main": [form[name] for name in MAIN_OF_WORK], "rest": rest, "rest_open": opened}


def _days(told: Mapping[str, Any]) -> dict[str, Any]:
    """Initial values with days as the browser's own field takes them."""
    values, _wrong = read_employee(told)
    days = {name: value.isoformat() for name in ("start", "end") if (value := getattr(values, name)) is not None}
    return {**told, **days}


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in_organisation(APPLY)
@unless_sent
def papers(request: HttpRequest, key: str, row: int) -> HttpResponse:
    """The papers, and how the employee confirms."""
    actor = actor_of(request)
    raw = kept(actor, key).data
    told = row_of(raw, row)
    about = documents_about(actor.organisation, key, row)
    form = PapersForm(request.POST or None, initial={"consent_by": told.get("consent_by") or ONLINE})
    refused: Any = {}
    if request.method == "POST":
        typed = {"consent_by": form.raw()["consent_by"] or ONLINE}
        new = {**told, **typed}
        kept_step(
            request, key, lambda draft: {}, lambda draft: way.with_row(draft, row, {**row_of(draft, row), **typed})
        )
        refused = store_papers(request, about, actor=actor)
        if remove_paper(request, about, actor=actor):
            return HttpResponseRedirect(way.url_of(key, way.PAPERS, row))
        if not refused:
            return go_on(request, key, way.PAPERS, row)
        told = new
    values, _wrong = read_employee(told)
    needed = submit_checks.papers_needed(values)
    return step_page(
        request, key, way.PAPERS, row, form, uploads=uploads_of(about, needed, refused=refused), wrong=bool(refused)
    )


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in_organisation(APPLY)
@unless_sent
def employer(request: HttpRequest, key: str) -> HttpResponse:
    """The employer: what is known stands there with its source, and few questions are left."""
    actor, on = actor_of(request), clock.today()
    raw = kept(actor, key).data
    organisation = known_organisation(actor, clock.now())
    known = prefill(organisation, on=on)
    form = EmployerForm(
        request.POST or None, initial={**{name: one.value for name, one in known.items()}, **_filled(raw)}
    )
    association = submit_checks.is_association(organisation.form, organisation.kind, on)
    if not association:
        form.only(name for name in form.fields if name not in ASKED_OF_ASSOCIATIONS)
    rows = aid_forms(raw, data=request.POST or None)
    fields = own_names(form)

    def own(draft: Values) -> Values:
        return {**fields(draft), "aid": draft.get("aid")}

    if request.method == "POST":
        typed = {**form.raw(), "aid": raw_aid(rows)}
        conflict = kept_step(request, key, own, lambda draft: {**draft, **typed})
        if conflict is not None:
            _tell_sources(form, known)
            more = _parts_of_employer(form, rows, organisation, on=on)
            return conflict_page(request, key, way.EMPLOYER, 1, form, conflict, **more)
        raw = new = {**raw, **typed}
        wrong = [] if request.POST.get("do") == SAVE else way.problems_of_employer(new, organisation, on=on)
        if not wrong:
            return go_on(request, key, way.EMPLOYER, 1)
        _refuse(form, rows, wrong)
    _tell_sources(form, known)
    more = _parts_of_employer(form, rows, organisation, on=on)
    return step_page(request, key, way.EMPLOYER, 1, form, seen=seen_of(own(raw)), **more)


def _parts_of_employer(form: EmployerForm, rows: list[Any], organisation: Organisation, *, on: date) -> dict[str, Any]:
    """The employer's page beside its fields: what is open, the rows of aid, the aid that we know ourselves."""
    rest = [form[name] for name in REST_OF_EMPLOYER]
    had = form["de_minimis_aid"].value() == "yes"
    described = form["negotiations_description"]
    return {
        "main": [form[name] for name in MAIN_OF_EMPLOYER if name in form.fields], "rest": rest,
        "rest_open": any(one.errors for one in rest), "organisation": organisation, "rows": rows,
        "description": described,
        "description_open": bool(described.errors or described.value()) or form["negotiations"].value() == "yes",
        "aid_open": had or any(row.errors or row.initial or any(row.raw().values()) for row in rows),
        "own_aid": own_aid(organisation, on=on),
    }  # fmt: skip


def _filled(raw: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in raw.items() if value not in ("", None)}


def _refuse(form: EmployerForm, rows: list[Any], wrong: list[Any]) -> None:
    """Each row of aid shows its own faults, the first what concerns them all; the rest stands with the employer's."""
    mine = []
    for one in wrong:
        name, _dash, rest = one.field.partition("-")
        number, _dash, field = rest.partition("-")
        if name == "aid" and number.isdecimal() and int(number) < len(rows) and field in rows[int(number)].fields:
            rows[int(number)].add_error(field, say(one.text))
        elif name == "aid":
            rows[0].add_error("granter", say(one.text))
        else:
            mine.append(one)
    form.refuse(mine)


def _tell_sources(form: EmployerForm, known: Mapping[str, Known]) -> None:
    """Beside what was filled in beforehand stands where it came from."""
    language = get_language() or "fi"
    for name, one in known.items():
        field = form.fields.get(name)
        if field is None or name == "language":
            continue
        source = _("Source: %(source)s") % {"source": say(one.source)}
        if one.as_of is not None:
            source = f"{source}, {format_date(one.as_of, language)}"
        field.help_text = source
