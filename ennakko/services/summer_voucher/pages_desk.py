# SPDX-License-Identifier: EUPL-1.2
"""One case's desk: what was told beside what the registers say, the conditions, the proposal, and the buttons."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from ennakko.kernel import clock
from ennakko.kernel.access import verdict
from ennakko.kernel.cases.models import Case, Note
from ennakko.kernel.ui.doors import actor_of, signed_in_staff
from ennakko.kernel.ui.trying import tried
from ennakko.services.summer_voucher.actions import handling
from ennakko.services.summer_voucher.actions.checking import DAYS_TO_ANSWER
from ennakko.services.summer_voucher.case_kind import REJECTED
from ennakko.services.summer_voucher.counter import serving
from ennakko.services.summer_voucher.forms import AskMoreForm, NoteForm, ProposalForm, WordsForm
from ennakko.services.summer_voucher.pages_handler import trail
from ennakko.services.summer_voucher.queries import applications, letters, vouchers
from ennakko.services.summer_voucher.states import CASES, DECIDE, HANDLE, CaseState, Verb

KINDS = ("event", "note", "letter", "message")


def _case(number: str) -> Case:
    case = applications.case_of(number)
    if case is None:
        raise Http404
    return case


def _here(number: str) -> str:
    return reverse("summer-voucher:desk", args=[number])


@require_safe
@signed_in_staff(HANDLE)
def desk(request: HttpRequest, number: str) -> HttpResponse:
    """The desk of a case."""
    return _desk(request, _case(number))


def _desk(
    request: HttpRequest, case: Case, *, status: int = 200, preview: letters.DecisionLetter | None = None,
    **bound: forms.Form,
) -> HttpResponse:  # fmt: skip
    actor, on = actor_of(request), clock.today()
    kind = request.GET.get("kind", "")
    found = applications.desk(actor, case, at=clock.now(), on=on, kinds=[kind] if kind in KINDS else ())
    draft = (case.draft or {}) if case.state == CaseState.AWAITING_DECISION else {}
    may_decide = bool(verdict(actor, DECIDE, case)) and case.state == CaseState.AWAITING_DECISION
    initial = {
        "outcome": draft.get("outcome"), "justification": draft.get("content", {}).get("justification", ""),
    }  # fmt: skip
    context: dict[str, Any] = {
        "desk": found,
        "case": case,
        "opened": case.closed_at is None,
        "taken": case.handler_id is not None and case.handler_id == actor.staff,
        "may_decide": may_decide,
        "may_propose": CASES.move(case.state, Verb.PROPOSE) is not None,
        "may_ask": CASES.move(case.state, Verb.REQUEST) is not None,
        "preview": preview,
        "proposal": bound.get("proposal") or ProposalForm(initial=initial if may_decide else None),
        "ask": bound.get("ask") or AskMoreForm(on=on, initial={"due": on + timedelta(days=DAYS_TO_ANSWER)}),
        "note": bound.get("note") or NoteForm(auto_id="note_%s"),
        "send_back": bound.get("send_back") or WordsForm(auto_id="back_%s"),
        "asking": "ask" in bound,
        "decision": letters.letter(found.decision) if found.decision else None,
        "vouchers": [(vouchers.shown(one), one) for one in found.vouchers],
        "kind": kind,
        "own": actor.subject,
        "serving": serving(request),
        "breadcrumb": trail(request, (case.number, "")),
    }
    return render(request, "summer_voucher/desk.html", context, status=status)


def _changed(request: HttpRequest, case: Case, work: Callable[[], object], done: str) -> HttpResponse:
    return tried(request, _here(case.number), work, done=done)


@require_POST
@signed_in_staff(HANDLE)
def take(request: HttpRequest, number: str) -> HttpResponse:
    """Take the case in hand, or give it back."""
    case, actor, at = _case(number), actor_of(request), clock.now()
    if request.POST.get("back"):
        return _changed(request, case, lambda: handling.give_back(case, actor=actor, at=at), _("Back in the queue."))
    return _changed(request, case, lambda: handling.take(case, actor=actor, at=at), _("You have it now."))


@require_POST
@signed_in_staff(HANDLE)
def ask(request: HttpRequest, number: str) -> HttpResponse:
    """Ask the youth for more."""
    case, form = _case(number), AskMoreForm(request.POST, on=clock.today())
    if not form.is_valid():
        return _desk(request, case, status=422, ask=form)
    asked = form.cleaned_data
    return _changed(
        request, case,
        lambda: handling.ask_more(
            case, asked["question"], actor=actor_of(request), at=clock.now(), due=asked["due"]
        ),
        _("The question is on its way to the youth."),
    )  # fmt: skip


@require_POST
@signed_in_staff(HANDLE)
def propose(request: HttpRequest, number: str) -> HttpResponse:
    """Propose (a handler) or decide (an official); with the preview's button only show what the youth would read."""
    case, form = _case(number), ProposalForm(request.POST)
    if not form.is_valid():
        return _desk(request, case, status=422, proposal=form)
    outcome, words = form.cleaned_data["outcome"], form.cleaned_data["justification"].strip()
    actor, at, on = actor_of(request), clock.now(), clock.today()
    if request.POST.get("do") == "preview":
        return _desk(request, case, proposal=form, preview=letters.preview(case, outcome, words, on=on))
    if case.state == CaseState.AWAITING_DECISION:
        return _changed(
            request, case,
            lambda: handling.decide(case, outcome, actor=actor, at=at, on=on, justification=words),
            _("Decided. The youth is told."),
        )  # fmt: skip
    if outcome == REJECTED:
        work = lambda: handling.propose_rejection(case, words, actor=actor, at=at, on=on)  # noqa: E731
    else:
        work = lambda: handling.propose_acceptance(case, actor=actor, at=at, on=on, justification=words)  # noqa: E731
    return _changed(request, case, work, _("The proposal is with the official."))


@require_POST
@signed_in_staff(DECIDE)
def send_back(request: HttpRequest, number: str) -> HttpResponse:
    """The official sends a proposal back to the handler."""
    case, form = _case(number), WordsForm(request.POST, auto_id="back_%s")
    if not form.is_valid():
        return _desk(request, case, status=422, send_back=form)
    return _changed(
        request, case,
        lambda: handling.return_to_handling(
            case, form.cleaned_data["words"], actor=actor_of(request), at=clock.now()
        ),
        _("Sent back to the handler."),
    )  # fmt: skip


@require_POST
@signed_in_staff(HANDLE)
def note(request: HttpRequest, number: str) -> HttpResponse:
    """Write a note."""
    case, form = _case(number), NoteForm(request.POST, auto_id="note_%s")
    if not form.is_valid():
        return _desk(request, case, status=422, note=form)
    said = form.cleaned_data
    return _changed(
        request, case,
        lambda: handling.note(
            case, said["text"], actor=actor_of(request), at=clock.now(), important=said["important"]
        ),
        _("Noted."),
    )  # fmt: skip


@require_POST
@signed_in_staff(HANDLE)
def remove_note(request: HttpRequest, number: str, note: int) -> HttpResponse:
    """Remove one's own note."""
    case = _case(number)
    row = get_object_or_404(Note, pk=note, case=case)
    return _changed(
        request, case, lambda: handling.remove_note(row, actor=actor_of(request), at=clock.now()), _("Removed.")
    )
