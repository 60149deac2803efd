# SPDX-License-Identifier: EUPL-1.2
"""One application's desk: facts, the rule's trace, marks, money and thread, with the usual step as the one button."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.contrib import messages as flash
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from ennakko.kernel import cases, clock, documents
from ennakko.kernel.access import Actor, require, verdict
from ennakko.kernel.cases import segregation
from ennakko.kernel.cases.models import Case, Note
from ennakko.kernel.ui.doors import actor_of, signed_in_staff
from ennakko.kernel.ui.filters import say
from ennakko.kernel.ui.trying import tried
from ennakko.kernel.ui.uploads import documents_response
from ennakko.services.hiring_benefit import conditions, papers
from ennakko.services.hiring_benefit.actions import deciding, handling, reviewing
from ennakko.services.hiring_benefit.actions.in_hand import WORKED_ON
from ennakko.services.hiring_benefit.conditions import SERVICE
from ennakko.services.hiring_benefit.desk_words import GROUPS
from ennakko.services.hiring_benefit.forms_handler import HandOverForm, LetterForm, NoteForm, QuestionForm, WhyForm
from ennakko.services.hiring_benefit.models import ReviewKind
from ennakko.services.hiring_benefit.pages_queue import work_trail
from ennakko.services.hiring_benefit.queries import desk as queries
from ennakko.services.hiring_benefit.queries.queue import case_of
from ennakko.services.hiring_benefit.states import BENEFIT, DECIDE, HANDLE, PROPOSED, BenefitVerb

KINDS = ("status", "note", "letter", "request", "document", "payment")


def case_or_404(number: str) -> Case:
    """The application's case of a number in an address."""
    case = case_of(number)
    if case is None:
        raise Http404
    return case


def here(case: Case) -> str:
    """The desk's address."""
    return reverse("hiring-benefit:desk", args=[case.number])


@require_safe
@signed_in_staff(HANDLE)
def desk(request: HttpRequest, number: str) -> HttpResponse:
    """The desk of an application."""
    return desk_page(request, case_or_404(number))


def desk_page(request: HttpRequest, case: Case, *, status: int = 200, **given: Any) -> HttpResponse:
    """The page, with whatever a form refused."""
    actor, at, on = actor_of(request), clock.now(), clock.today()
    found = queries.desk(actor, case, at=at, on=on)
    kind = request.GET.get("kind", "")
    context: dict[str, Any] = {
        "desk": found, "case": case, "row": found.row,
        "groups": [(GROUPS[name], facts) for name, facts in found.facts],
        "opened": case.closed_at is None,
        "mine": case.handler_id is not None and case.handler_id == actor.staff,
        "others": case.handler_id is not None and case.handler_id != actor.staff,
        "working": case.state in WORKED_ON,
        "left": [one for one in found.marks if one.holds is not True],
        "proposed": case.state in PROPOSED,
        **_steps(actor, case),
        "ask": QuestionForm(on=on, initial={"due": on + timedelta(days=int(conditions.value("answer_days", on)))}),
        "letter_form": LetterForm(auto_id="letter_%s"), "note": NoteForm(auto_id="note_%s"),
        "cancelling": WhyForm(auto_id="cancel_%s"), "back_form": WhyForm(auto_id="back_%s"),
        "send_back": WhyForm(auto_id="return_%s"), "hand_over": _hand_over(case, None),
        "documents": papers.titled(found.documents),
        "unread": case.letters.filter(inward=True, read_at=None).count(),
        "timeline": cases.timeline(case, [kind] if kind in KINDS else ()), "kind": kind,
        "kinds": [
            ("", _("All")), ("status", _("Events")), ("note", _("Notes")), ("letter", _("Messages")),
            ("request", _("Questions")), ("document", _("Documents")), ("payment", _("Payments")),
        ],
        "own": actor.subject, "breadcrumb": work_trail((case.number, "")), **given,
    }  # fmt: skip
    return render(request, "hiring_benefit/desk.html", context, status=status)


def _steps(actor: Actor, case: Case) -> dict[str, bool]:
    """Which of the steps are this actor's to take now."""

    def can(verb: BenefitVerb) -> bool:
        found = BENEFIT.move(case.state, verb)
        return found is not None and bool(verdict(actor, found.action, case))

    prepared = case.pk in segregation.barred(actor, [case])
    decides = bool(verdict(actor, DECIDE, case))
    return {
        "may_take": case.closed_at is None,
        "may_ask": can(BenefitVerb.REQUEST),
        "may_cancel": can(BenefitVerb.CANCEL),
        "may_back": can(BenefitVerb.BACK),
        "may_return": decides and can(BenefitVerb.RETURN) and not prepared,
        "may_decide": decides and case.state in PROPOSED and not prepared,
        "prepared": decides and case.state in PROPOSED and prepared,
    }


def _hand_over(case: Case, data: Any) -> HandOverForm:
    people = sorted(handling.colleagues(clock.today()).values(), key=lambda one: one.name)
    choices = [(one.pk, one.name) for one in people if one.pk != case.handler_id]
    return HandOverForm(data, colleagues=choices, auto_id="hand_%s")


def _did(request: HttpRequest, number: str, work: Callable[[Case, Actor], object], done: str) -> HttpResponse:
    case = case_or_404(number)
    return tried(request, here(case), lambda: work(case, actor_of(request)), done=done)


@require_POST
@signed_in_staff(HANDLE)
def take(request: HttpRequest, number: str) -> HttpResponse:
    """Take the application in hand, or give it back."""
    if request.POST.get("back"):
        return _did(
            request, number, lambda case, actor: handling.give_back(case, actor=actor, at=clock.now()),
            _("Back in the queue."),
        )  # fmt: skip
    return _did(
        request, number, lambda case, actor: handling.take(case, actor=actor, at=clock.now(), on=clock.today()),
        _("You have it now."),
    )  # fmt: skip


@require_POST
@signed_in_staff(HANDLE)
def hand_over(request: HttpRequest, number: str) -> HttpResponse:
    """Hand the application to a colleague."""
    case = case_or_404(number)
    form, actor = _hand_over(case, request.POST), actor_of(request)
    if not form.is_valid():
        return desk_page(request, case, status=422, hand_over=form, handing=True)
    to = form.cleaned_data["to"]
    return tried(
        request, here(case), lambda: handling.hand_over(case, to, actor=actor, at=clock.now(), on=clock.today()),
        done=_("Handed over."),
    )  # fmt: skip


@require_POST
@signed_in_staff(HANDLE)
def look(request: HttpRequest, number: str) -> HttpResponse:
    """Have the machine look again."""
    return _did(
        request, number, lambda case, actor: reviewing.look_again(case, actor=actor, at=clock.now(), on=clock.today()),
        _("Looked at again."),
    )  # fmt: skip


@require_POST
@signed_in_staff(HANDLE)
def mark(request: HttpRequest, number: str) -> HttpResponse:
    """A person's mark on one of the ten."""
    kind, holds = request.POST.get("kind", ""), request.POST.get("holds", "")
    if kind not in ReviewKind.values or holds not in ("yes", "no"):
        raise Http404
    case, actor, words = case_or_404(number), actor_of(request), request.POST.get("words", "")[:2000]
    return tried(
        request, f"{here(case)}#marks",
        lambda: reviewing.mark(case, kind, holds == "yes", actor=actor, at=clock.now(), words=words),
        done=_("Marked."),
    )  # fmt: skip


@require_POST
@signed_in_staff(HANDLE)
def ask(request: HttpRequest, number: str) -> HttpResponse:
    """Ask the employer for more."""
    case, form, actor = case_or_404(number), QuestionForm(request.POST, on=clock.today()), actor_of(request)
    if not form.is_valid():
        return desk_page(request, case, status=422, ask=form, asking=True)
    asked = form.cleaned_data
    return tried(
        request, here(case),
        lambda: handling.ask_more(
            case, asked["question"], actor=actor, at=clock.now(), on=clock.today(), due=asked["due"]
        ),
        done=_("The question is on its way to the employer."),
    )  # fmt: skip


@require_POST
@signed_in_staff(HANDLE)
def write(request: HttpRequest, number: str) -> HttpResponse:
    """Write to the employer; what the employer has written is read with it."""
    case, form, actor = case_or_404(number), LetterForm(request.POST, auto_id="letter_%s"), actor_of(request)
    if not form.is_valid():
        return desk_page(request, case, status=422, letter_form=form, writing=True)

    def sent() -> None:
        handling.write(case, form.cleaned_data["words"], actor=actor, at=clock.now())
        cases.mark_read(case, by_party=False, at=clock.now())

    return tried(request, here(case), sent, done=_("The message is on its way to the employer."))


@require_POST
@signed_in_staff(HANDLE)
def note(request: HttpRequest, number: str) -> HttpResponse:
    """Write a note."""
    case, form, actor = case_or_404(number), NoteForm(request.POST, auto_id="note_%s"), actor_of(request)
    if not form.is_valid():
        return desk_page(request, case, status=422, note=form)
    said = form.cleaned_data
    return tried(
        request, here(case),
        lambda: cases.note(
            case, said["text"], actor=actor, at=clock.now(), kind=said["kind"], important=said["important"]
        ),
        done=_("Noted."),
    )  # fmt: skip


@require_POST
@signed_in_staff(HANDLE)
def remove_note(request: HttpRequest, number: str, note: int) -> HttpResponse:
    """Remove one's own note."""
    case, actor = case_or_404(number), actor_of(request)
    row = get_object_or_404(Note, pk=note, case=case)
    return tried(request, here(case), lambda: cases.remove_note(row, actor=actor, at=clock.now()), done=_("Removed."))


@require_POST
@signed_in_staff(HANDLE)
def read(request: HttpRequest, number: str) -> HttpResponse:
    """The employer's messages have been read."""
    case = case_or_404(number)
    require(actor_of(request), HANDLE, case)
    cases.mark_read(case, by_party=False, at=clock.now())
    return HttpResponseRedirect(here(case))


def _with_reason(
    request: HttpRequest, number: str, name: str, prefix: str, work: Callable[[Case, str, Actor], object], done: str
) -> HttpResponse:
    case, form, actor = case_or_404(number), WhyForm(request.POST, auto_id=f"{prefix}_%s"), actor_of(request)
    if not form.is_valid():
        return desk_page(request, case, status=422, **{name: form})
    return tried(request, here(case), lambda: work(case, form.cleaned_data["why"], actor), done=done)


@require_POST
@signed_in_staff(HANDLE)
def cancel(request: HttpRequest, number: str) -> HttpResponse:
    """Cancel the application."""
    return _with_reason(
        request, number, "cancelling", "cancel",
        lambda case, why, actor: handling.cancel(case, why, actor=actor, at=clock.now()),
        _("Cancelled. The employer is told."),
    )  # fmt: skip


@require_POST
@signed_in_staff(HANDLE)
def back(request: HttpRequest, number: str) -> HttpResponse:
    """Take a proposal back into handling."""
    return _with_reason(
        request, number, "back_form", "back",
        lambda case, why, actor: handling.back(case, why, actor=actor, at=clock.now()), _("Back in handling."),
    )  # fmt: skip


@require_POST
@signed_in_staff(DECIDE)
def send_back(request: HttpRequest, number: str) -> HttpResponse:
    """The official sends a proposal back to the handler."""
    return _with_reason(
        request, number, "send_back", "return",
        lambda case, why, actor: handling.return_to_handling(case, why, actor=actor, at=clock.now()),
        _("Sent back to the handler."),
    )  # fmt: skip


@require_POST
@signed_in_staff(DECIDE)
def decide(request: HttpRequest, number: str) -> HttpResponse:
    """The official decides as it was proposed."""
    return _did(
        request, number, lambda case, actor: deciding.decide(case, actor=actor, at=clock.now(), on=clock.today()),
        _("Decided. The employer is told."),
    )  # fmt: skip


@require_safe
@signed_in_staff(HANDLE)
def document(request: HttpRequest, number: str, key: str) -> HttpResponse:
    """A paper of the application; the reading is logged."""
    case, actor = case_or_404(number), actor_of(request)
    require(actor, HANDLE, case)
    found = documents.document(key, about=f"case:{case.pk}")
    if found is None:
        raise Http404
    person = case.hiring_benefit_application.employee.person_id
    persons = [person] if person is not None else []
    try:
        return documents_response(found, actor=actor, purpose=SERVICE, at=clock.now(), persons=persons)
    except documents.NotReady as wait:
        flash.info(request, say(wait.reason))
        return HttpResponseRedirect(here(case))
