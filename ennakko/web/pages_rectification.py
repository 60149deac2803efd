# SPDX-License-Identifier: EUPL-1.2
"""Requests for rectification: the party files and follows one, staff prepare it and record what the body decided."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django import forms
from django.contrib import messages as flash
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ennakko.kernel import cases, clock
from ennakko.kernel.access import Actor, verdict
from ennakko.kernel.cases import NotNow
from ennakko.kernel.cases.automation import RECTIFICATION
from ennakko.kernel.cases.kinds import case_type, case_types
from ennakko.kernel.cases.models import Case, Note, NoteKind
from ennakko.kernel.cases.queries import latest_decision, rectifications
from ennakko.kernel.cases.rectification import (
    STATES,
    can_be_contested,
    file_rectification,
    in_time,
    propose,
    record_decision,
)
from ennakko.kernel.cases.rectification import take as take_to_prepare
from ennakko.kernel.ui.doors import actor_of, signed_in_staff
from ennakko.kernel.ui.filters import day, say
from ennakko.kernel.ui.tables import Column, Row, Table, badge
from ennakko.values.texts import text
from ennakko.web.forms_rectification import DraftForm, FilingForm, LetterForm, NoteForm, RecordForm
from ennakko.web.pages_case import NotYours, own_case, trail

ROWS = 50
PARTY_KINDS = ("status", "note", "letter", "request", "decision", "document")


@require_http_methods(["GET", "HEAD", "POST"])
def file(request: HttpRequest, number: str) -> HttpResponse:
    """Request rectification of a decision; staff write down one that came on paper."""
    try:
        case = own_case(request, number)
    except NotYours as error:
        return error.answer
    decision = latest_decision(case)
    if decision is None or not can_be_contested(decision):
        raise Http404
    actor, on = actor_of(request), clock.today()
    paper = actor.kind == "staff"
    form = FilingForm(request.POST if request.method == "POST" else None, contested=decision, on_paper=paper)
    if request.method == "POST" and form.is_valid():
        try:
            made = file_rectification(
                decision, form.cleaned_data["words"], actor=actor, at=clock.now(), on=on,
                filed_on=form.cleaned_data.get("filed_on"),
            )  # fmt: skip
        except NotNow as error:
            flash.error(request, say(error.reason))
            place = error.case or case
            back = "rectification" if place.kind == RECTIFICATION else "case-decision"
            return HttpResponseRedirect(reverse(back, args=[place.number]))
        flash.success(request, _("Your request has arrived. Its number is %(number)s.") % {"number": made.number})
        return HttpResponseRedirect(reverse("rectification", args=[made.number]))
    context = {
        "case": case, "decision": decision, "form": form, "in_time": in_time(decision, on), "paper": paper,
        "title": say(case_type(case.service, case.kind).decision.title),
        "body": _said(decision.appeal.get("body", {})),
        "breadcrumb": trail(
            actor, (case.number, reverse("case-decision", args=[case.number])), (_("Request rectification"), "")
        ),
    }  # fmt: skip
    return render(request, "web/rectification_file.html", context, status=422 if form.is_bound else 200)


def _said(stored: dict[str, str]) -> str:
    return say(text(**{"sv": stored["fi"], "en": stored["fi"], **stored})) if stored.get("fi") else ""


def _own(request: HttpRequest, number: str) -> Case:
    case = own_case(request, number)
    if case.kind != RECTIFICATION:
        raise Http404
    return case


@require_safe
def page(request: HttpRequest, number: str) -> HttpResponse:
    """One request: where it stands, for its party or on the staff's desk."""
    try:
        case = _own(request, number)
    except NotYours as error:
        return error.answer
    return _page(request, case)


def _page(request: HttpRequest, case: Case, *, status: int = 200, **bound: forms.Form) -> HttpResponse:
    actor = actor_of(request)
    staff = actor.kind == "staff"
    contested = case.contested
    filed = {**case.data, "filed_on": date.fromisoformat(case.data["filed_on"])} if case.data else {}
    draft = case.draft or {}
    initial = {"outcome": draft.get("outcome"), "words": draft.get("content", {}).get("justification", "")}
    context: dict[str, Any] = {
        "case": case,
        "filed": filed,
        "state": STATES[case.state],
        "opened": case.closed_at is None,
        "staff": staff,
        "contested": contested,
        "contested_case": contested.case if contested else None,
        "decision": latest_decision(case),
        "timeline": cases.timeline(case, () if staff else PARTY_KINDS, for_party=not staff),
        "letter": bound.get("letter") or LetterForm(auto_id="letter_%s"),
        "own": actor.subject,
        "unread": cases.queries.unread([case.pk], for_party=not staff).get(case.pk, 0),
        "breadcrumb": _trail(actor, case),
    }
    if staff:
        context |= {
            "draft": bound.get("draft") or DraftForm(initial=initial, auto_id="draft_%s"),
            "record": bound.get("record") or RecordForm(
                initial=initial | {"decided_on": clock.today(), "body": _body_of(case)}, auto_id="record_%s"
            ),
            "note": bound.get("note") or NoteForm(auto_id="note_%s"),
            "before_body": case.state == "before_body",
            "taken": case.handler_id is not None and case.handler_id == actor.staff,
            "made_it": contested is not None and contested.decided_by == actor.subject,
        }  # fmt: skip
    return render(request, "web/rectification.html", context, status=status)


def _body_of(case: Case) -> str:
    body = case.contested.appeal.get("body", {}) if case.contested else {}
    return str(body.get("fi") or "")


def _trail(actor: Actor, case: Case) -> list[tuple[str, str]]:
    if actor.kind == "staff":
        return trail(actor, (_("Requests for rectification"), reverse("rectifications")), (case.number, ""))
    return trail(actor, (case.number, ""))


def _changed(request: HttpRequest, case: Case, work: Callable[[], object], done: str) -> HttpResponse:
    try:
        work()
    except NotNow as error:
        flash.error(request, say(error.reason))
    else:
        flash.success(request, done)
    return HttpResponseRedirect(reverse("rectification", args=[case.number]))


@require_POST
def write(request: HttpRequest, number: str) -> HttpResponse:
    """A message in the request's thread, from either side; writing shows that what was there has been read."""
    try:
        case = _own(request, number)
    except NotYours as error:
        return error.answer
    form, actor, at = LetterForm(request.POST, auto_id="letter_%s"), actor_of(request), clock.now()
    if not form.is_valid():
        return _page(request, case, status=422, letter=form)

    def work() -> None:
        cases.write_letter(case, form.cleaned_data["words"], actor=actor, at=at)
        cases.mark_read(case, by_party=actor.kind != "staff", at=at)

    return _changed(request, case, work, _("Sent."))


@require_POST
def read(request: HttpRequest, number: str) -> HttpResponse:
    """The other side's messages have been read."""
    try:
        case = _own(request, number)
    except NotYours as error:
        return error.answer
    cases.mark_read(case, by_party=actor_of(request).kind != "staff", at=clock.now())
    return HttpResponseRedirect(reverse("rectification", args=[case.number]))


@require_POST
def withdraw(request: HttpRequest, number: str) -> HttpResponse:
    """The party takes the request back."""
    try:
        case = _own(request, number)
    except NotYours as error:
        return error.answer
    actor = actor_of(request)
    return _changed(
        request, case, lambda: cases.move(case, "withdraw", actor=actor, at=clock.now()), _("The request is withdrawn.")
    )


@require_safe
@signed_in_staff()
def queue(request: HttpRequest) -> HttpResponse:
    """The open requests that the reader prepares, the most urgent first."""
    actor, on = actor_of(request), clock.today()
    pages = Paginator(rectifications(actor), ROWS).get_page(request.GET.get("page"))
    table = Table(
        caption=text(fi="Oikaisuvaatimukset", sv="Begäranden om omprövning", en="Requests for rectification"),
        columns=(
            Column(key="number", label=text(fi="Numero", sv="Nummer", en="Number")),
            Column(key="about", label=text(fi="Päätös", sv="Beslut", en="Decision")),
            Column(key="filed", label=text(fi="Saapui", sv="Kom in", en="Arrived")),
            Column(key="due", label=text(fi="Määräpäivä", sv="Förfaller", en="Due")),
            Column(key="state", label=text(fi="Tila", sv="Läge", en="State")),
            Column(key="handler", label=text(fi="Käsittelijä", sv="Handläggare", en="Handler")),
        ),
        rows=[_row(one, on) for one in pages.object_list],
        empty=text(
            fi="Yksikään oikaisuvaatimus ei odota.", sv="Inga begäranden om omprövning väntar.",
            en="No request for rectification is waiting.",
        ),
        caption_hidden=True,
    )  # fmt: skip
    context = {"table": table, "pages": pages, "breadcrumb": trail(actor, (_("Requests for rectification"), ""))}
    return render(request, "web/rectifications.html", context)


def served_by(actor: Actor) -> list[str]:
    """The services whose requests for rectification a member of staff prepares."""
    kinds = [one for one in case_types() if one.id == RECTIFICATION]
    return [one.service for one in kinds if verdict(actor, one.handle_action)]


def _row(one: Case, on: date) -> Row:
    late = not one.data.get("in_time", True)
    state = badge("alert", say(text(fi="Myöhässä", sv="För sent", en="Late"))) if late else say(STATES[one.state])
    due = badge("error", day(one.due)) if one.due and one.due < on else one.due
    contested = one.contested.case.number if one.contested else "–"
    return Row(
        cells=(one.number, contested, date.fromisoformat(one.data["filed_on"]), due, state,
               one.handler.name if one.handler else "–"),
        url=reverse("rectification", args=[one.number]),
    )  # fmt: skip


@require_POST
@signed_in_staff()
def take(request: HttpRequest, number: str) -> HttpResponse:
    """Take the request to prepare, or give it back."""
    case, actor, at = _own(request, number), actor_of(request), clock.now()
    if request.POST.get("back"):
        return _changed(request, case, lambda: cases.give_back(case, actor=actor, at=at), _("Back in the queue."))

    return _changed(request, case, lambda: take_to_prepare(case, actor=actor, at=at), _("You have it now."))


@require_POST
@signed_in_staff()
def draft(request: HttpRequest, number: str) -> HttpResponse:
    """The draft for the body."""
    case, form = _own(request, number), DraftForm(request.POST, auto_id="draft_%s")
    if not form.is_valid():
        return _page(request, case, status=422, draft=form)
    given, actor = form.cleaned_data, actor_of(request)
    return _changed(
        request, case,
        lambda: propose(case, given["outcome"], given["words"], actor=actor, at=clock.now(), on=clock.today()),
        _("The draft is ready for the body."),
    )  # fmt: skip


@require_POST
@signed_in_staff()
def record(request: HttpRequest, number: str) -> HttpResponse:
    """What the body decided."""
    case, form = _own(request, number), RecordForm(request.POST, auto_id="record_%s")
    if not form.is_valid():
        return _page(request, case, status=422, record=form)
    given, actor = form.cleaned_data, actor_of(request)
    return _changed(
        request, case,
        lambda: record_decision(
            case, given["outcome"], given["words"], body=given["body"], section=given["section"],
            decided_on=given["decided_on"], actor=actor, at=clock.now(),
        ),
        _("The body's decision is recorded. The party is told."),
    )  # fmt: skip


@require_POST
@signed_in_staff()
def note(request: HttpRequest, number: str) -> HttpResponse:
    """Write a note."""
    case, form = _own(request, number), NoteForm(request.POST, auto_id="note_%s")
    if not form.is_valid():
        return _page(request, case, status=422, note=form)
    given, actor = form.cleaned_data, actor_of(request)
    kind = NoteKind.EXTERNAL if given["external"] else NoteKind.INTERNAL
    return _changed(
        request, case,
        lambda: cases.note(
            case, given["words"], actor=actor, at=clock.now(), kind=kind, important=given["important"]
        ),
        _("Noted."),
    )  # fmt: skip


@require_POST
@signed_in_staff()
def remove_note(request: HttpRequest, number: str, note: int) -> HttpResponse:
    """Remove one's own note."""
    case, actor = _own(request, number), actor_of(request)
    row = get_object_or_404(Note, pk=note, case=case)
    return _changed(request, case, lambda: cases.remove_note(row, actor=actor, at=clock.now()), _("Removed."))
