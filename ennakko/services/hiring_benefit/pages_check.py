# SPDX-License-Identifier: EUPL-1.2
"""Check your answers: everything on one page with the machine's answer; the terms; sending; the confirmation."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages as flash
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ennakko.kernel import clock, documents
from ennakko.kernel.ui.doors import actor_of, signed_in_organisation
from ennakko.kernel.ui.filters import say
from ennakko.rules.decision import Reason
from ennakko.services.hiring_benefit import as_written, papers, submit_checks, terms
from ennakko.services.hiring_benefit import drafting_steps as way
from ennakko.services.hiring_benefit.access import APPLY
from ennakko.services.hiring_benefit.actions import drafting, sending
from ennakko.services.hiring_benefit.form_reading import read
from ennakko.services.hiring_benefit.form_values import (
    MOST_EMPLOYEES,
    PAPER,
    BenefitValues,
    EmployeeValues,
    ToCorrect,
    documents_about,
    raw_employees,
)
from ennakko.services.hiring_benefit.judging import Judged
from ennakko.services.hiring_benefit.pages_begin import HOME, trail
from ennakko.services.hiring_benefit.pages_steps import kept
from ennakko.services.hiring_benefit.queries import own_applications as own
from ennakko.services.hiring_benefit.sent_shapes import Sent
from ennakko.values.texts import Text

OF_STEP = {field: step for step, fields in way.FIELDS.items() for field in fields}


@dataclass(frozen=True, slots=True)
class Row:
    """One employee as the page of checking shows it: values, papers, the machine's answer; `number` from 1."""

    number: int
    values: EmployeeValues
    by_letter: bool
    on_paper: bool
    papers: list[tuple[Text, Any]]
    lacking: tuple[Text, ...]
    judged: Judged | None

    @property
    def hours(self) -> str:
        """Hours a week as they are written."""
        return as_written.hundredths(self.values.weekly_hours)

    @property
    def hindrances(self) -> tuple[Reason, ...]:
        """Conditions that certainly do not hold."""
        return self.judged.reasons(holds=False) if self.judged is not None else ()


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in_organisation(APPLY)
def check(request: HttpRequest, key: str) -> HttpResponse:
    """Everything told, what it comes to, the terms; the button that sends, once however often it is pressed."""
    actor = actor_of(request)
    found = drafting.draft_of(key, actor=actor)
    if found is None:
        if sending.sent_with(actor.organisation, key):
            return HttpResponseRedirect(reverse("hiring-benefit:apply-sent", args=[key]))
        raise Http404
    agreed = terms.in_force(clock.today())
    ticked = [one for one in request.POST.getlist("assured") if one in agreed.codes]
    sent: Sent | None = None
    if request.method == "POST":
        sent = sending.send(
            found.data, actor=actor, at=clock.now(), on=clock.today(), wall=clock.wall(), key=key, assured=ticked,
            version=request.POST.get("version", ""),
        )  # fmt: skip
        if sent.taken:
            return HttpResponseRedirect(reverse("hiring-benefit:apply-sent", args=[key]))
    return _page(request, key, found.data, agreed, ticked, sent)


def _page(
    request: HttpRequest, key: str, raw: dict[str, Any], agreed: terms.Terms, ticked: list[str], sent: Sent | None
) -> HttpResponse:
    actor, on = actor_of(request), clock.today()
    organisation = sending.known_organisation(actor, clock.now())
    reading = read(raw)
    values = submit_checks.with_ends(reading.values, on)
    lacking = {one.row: one.kinds for one in sending.papers_lacking(values, organisation=actor.organisation, key=key)}
    rows = [
        _row(raw_employees(raw)[number], one, number, lacking.get(number, ()), values, key, request)
        for number, one in enumerate(values.employees)
    ]
    context = {
        "key": key, "values": values, "organisation": organisation, "rows": rows, "terms": agreed, "ticked": ticked,
        "wrong": _wrong(key, sent), "reason": sent.reason if sent is not None else None,
        "lacking": bool(sent is not None and sent.lacking), "steps": way.steps(key, way.CHECK, 1), "back": way.CHECK,
        "association": submit_checks.is_association(organisation.form, organisation.kind, on),
        "more": way.url_of(key, way.EMPLOYEE, len(rows) + 1) if len(rows) < MOST_EMPLOYEES else "",
        "employer": way.url_of(key, way.EMPLOYER), "no_feedback": True,
        "breadcrumb": trail((_("Application"), "")),
    }  # fmt: skip
    failed = sent is not None
    return render(request, "hiring_benefit/apply_check.html", context, status=422 if failed else 200)


def _row(
    raw: Any, one: EmployeeValues, number: int, lacking: tuple[str, ...], values: BenefitValues, key: str,
    request: HttpRequest,
) -> Row:  # fmt: skip
    actor, on = actor_of(request), clock.today()
    organisation = sending.known_organisation(actor, clock.now())
    alone = BenefitValues(aid=values.aid, employees=(one,))
    judged = sending.judged_of(alone, organisation, actor=actor, at=clock.now(), on=on)
    files = documents.of(documents_about(actor.organisation, key, number + 1))
    return Row(
        number=number + 1, values=one, by_letter=bool(raw.get("letter_code")), on_paper=one.consent_by == PAPER,
        papers=papers.titled(files), lacking=tuple(papers.TITLES[kind] for kind in lacking),
        judged=judged[0] if judged else None,
    )  # fmt: skip


def _wrong(key: str, sent: Sent | None) -> list[tuple[str, str]]:
    """What hinders the sending: each sentence with the address where it is put right."""
    if sent is None:
        return []
    told = [(_address(key, one), say(one.text)) for one in sent.refusals]
    for one in sent.lacking:
        for kind in one.kinds:
            words = _("Add the paper: %(kind)s.") % {"kind": say(papers.TITLES[kind])}
            told.append((f"{way.url_of(key, way.PAPERS, one.row + 1)}?back=check", words))
    return told


def _address(key: str, one: ToCorrect) -> str:
    if one.field == "assured":
        return "#id_assured"
    step = OF_STEP.get(one.field.partition("-")[0], way.EMPLOYEE if one.row is not None else way.EMPLOYER)
    return f"{way.url_of(key, step, (one.row or 0) + 1)}?back=check"


@require_POST
@signed_in_organisation(APPLY)
def remove_employee(request: HttpRequest, key: str, row: int) -> HttpResponse:
    """Take an employee off the application."""
    actor = actor_of(request)
    raw = kept(actor, key).data
    if len(raw_employees(raw)) > 1:
        drafting.remove_employee(raw, row - 1, key=key, actor=actor, at=clock.now())
        flash.success(request, _("The employee was removed from the application."))
    return HttpResponseRedirect(way.url_of(key, way.CHECK))


@require_safe
@signed_in_organisation(APPLY)
def sent_page(request: HttpRequest, key: str) -> HttpResponse:
    """The confirmation: the numbers, what happens next, what is asked of whom."""
    found = own.sent_with(actor_of(request), key)
    if not found:
        raise Http404
    context = {"found": found, "breadcrumb": trail((_("Sent"), "")), "home": reverse(HOME)}
    return render(request, "hiring_benefit/apply_sent.html", context)
