# SPDX-License-Identifier: EUPL-1.2
"""One claim's desk: what the employer told beside the registers, the checks, the documents, the money, the buttons."""

from datetime import timedelta
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from ennakko.kernel import cases, clock, documents
from ennakko.kernel.access import require, verdict
from ennakko.kernel.cases.letter import Letter, preview
from ennakko.kernel.cases.models import Case, Note
from ennakko.kernel.payments.states import LINE_NAMES
from ennakko.kernel.ui.doors import actor_of, signed_in_staff
from ennakko.kernel.ui.trying import tried
from ennakko.kernel.ui.uploads import handed_out
from ennakko.services.summer_voucher.actions import claim_handling as handling
from ennakko.services.summer_voucher.actions.checking import DAYS_TO_ANSWER
from ennakko.services.summer_voucher.claim_files import titled
from ennakko.services.summer_voucher.claim_judging import justification_of
from ennakko.services.summer_voucher.claim_states import (
    CHECKED_AGAIN,
    CLAIM_DECIDE,
    CLAIM_HANDLE,
    CLAIM_NAMES,
    CLAIMS,
    ClaimVerb,
)
from ennakko.services.summer_voucher.conditions import SERVICE
from ennakko.services.summer_voucher.forms import WordsForm
from ennakko.services.summer_voucher.forms_claims import (
    ClaimNoteForm,
    ClaimProposalForm,
    ClaimQuestionForm,
    OtherFiguresForm,
    ToEmployerForm,
)
from ennakko.services.summer_voucher.forms_employer import as_told
from ennakko.services.summer_voucher.pages_claims import claims_trail
from ennakko.services.summer_voucher.queries import claims
from ennakko.services.summer_voucher.queries.claim_what_if import what_if

KINDS = ("status", "note", "letter", "request", "document", "payment")


def _case(number: str) -> Case:
    case = claims.case_of(number)
    if case is None:
        raise Http404
    return case


@require_safe
@signed_in_staff(CLAIM_HANDLE)
def desk(request: HttpRequest, number: str) -> HttpResponse:
    """The desk of a claim."""
    return _desk(request, _case(number))


def _desk(request: HttpRequest, case: Case, *, status: int = 200, **given: Any) -> HttpResponse:
    """The page with what a form refused, a preview, or what other figures would come to."""
    actor, on = actor_of(request), clock.today()
    kind = request.GET.get("kind", "")
    found = claims.desk(actor, case, at=clock.now(), on=on)
    deciding = bool(verdict(actor, CLAIM_DECIDE, case)) and CLAIMS.move(case.state, ClaimVerb.ACCEPT) is not None
    context: dict[str, Any] = {
        "desk": found,
        "case": case,
        "opened": case.closed_at is None,
        "taken": case.handler_id is not None and case.handler_id == actor.staff,
        "may_decide": deciding,
        "may_propose": CLAIMS.move(case.state, ClaimVerb.PROPOSE) is not None,
        "may_ask": CLAIMS.move(case.state, ClaimVerb.REQUEST) is not None,
        "may_return": deciding and CLAIMS.move(case.state, ClaimVerb.RETURN) is not None,
        "may_check": case.state in CHECKED_AGAIN,
        "proposal": ClaimProposalForm(initial=_proposed(found, case)),
        "ask": ClaimQuestionForm(on=on, initial={"due": on + timedelta(days=DAYS_TO_ANSWER)}),
        "note": ClaimNoteForm(auto_id="note_%s"),
        "letter_form": ToEmployerForm(auto_id="letter_%s"),
        "send_back": WordsForm(auto_id="back_%s"),
        "other": OtherFiguresForm(as_told(found.row), auto_id="other_%s"),
        "documents": titled(found.documents),
        "payments": [(one, LINE_NAMES[one.standing]) for one in found.payments],
        "siblings": [(one, CLAIM_NAMES[one.state]) for one in found.siblings],
        "unread": case.letters.filter(inward=True, read_at=None).count(),
        "timeline": cases.timeline(case, [kind] if kind in KINDS else ()),
        "kind": kind,
        "kinds": [
            ("", _("All")), ("status", _("Events")), ("note", _("Notes")), ("letter", _("Messages")),
            ("request", _("Questions")), ("document", _("Documents")), ("payment", _("Payments")),
        ],
        "own": actor.subject,
        "breadcrumb": claims_trail((case.number, "")),
        **given,
    }  # fmt: skip
    return render(request, "summer_voucher/claim_desk.html", context, status=status)


def _proposed(found: claims.ClaimDesk, case: Case) -> dict[str, str]:
    """What stands ready in the form: the proposal that waits, or the machine's draft."""
    draft = found.draft or {}
    return {"outcome": str(draft.get("outcome") or ""), "justification": justification_of(draft, case.language)}


def _preview(case: Case, outcome: str, words: str) -> Letter:
    row = case.summer_voucher_claim_row
    cents = row.value_cents if outcome == "accepted" else None
    return preview(case, outcome, on=clock.today(), justification=words, amount_cents=cents)


def _here(case: Case) -> str:
    return reverse("summer-voucher:claims-desk", args=[case.number])


@require_POST
@signed_in_staff(CLAIM_HANDLE)
def take(request: HttpRequest, number: str) -> HttpResponse:
    """Take the claim in hand, or give it back."""
    case, actor, at = _case(number), actor_of(request), clock.now()
    if request.POST.get("back"):
        return tried(
            request, _here(case), lambda: handling.give_back(case, actor=actor, at=at), done=_("Back in the queue.")
        )
    return tried(request, _here(case), lambda: handling.take(case, actor=actor, at=at), done=_("You have it now."))


@require_POST
@signed_in_staff(CLAIM_HANDLE)
def check(request: HttpRequest, number: str) -> HttpResponse:
    """Have the machine look again at once."""
    case, actor = _case(number), actor_of(request)
    return tried(
        request, _here(case), lambda: handling.check_now(case, actor=actor, at=clock.now(), on=clock.today()),
        done=_("Checked again."),
    )  # fmt: skip


@require_POST
@signed_in_staff(CLAIM_HANDLE)
def ask(request: HttpRequest, number: str) -> HttpResponse:
    """Ask the employer for more."""
    case, form, actor = _case(number), ClaimQuestionForm(request.POST, on=clock.today()), actor_of(request)
    if not form.is_valid():
        return _desk(request, case, status=422, ask=form, asking=True)
    asked = form.cleaned_data
    return tried(
        request, _here(case),
        lambda: handling.ask_more(case, asked["question"], actor=actor, at=clock.now(), due=asked["due"]),
        done=_("The question is on its way to the employer."),
    )  # fmt: skip


@require_POST
@signed_in_staff(CLAIM_HANDLE)
def propose(request: HttpRequest, number: str) -> HttpResponse:
    """Propose (a handler) or decide (an official); or only see how the employer would read it."""
    case, form = _case(number), ClaimProposalForm(request.POST)
    if not form.is_valid():
        return _desk(request, case, status=422, proposal=form)
    outcome, words = form.cleaned_data["outcome"], form.cleaned_data["justification"].strip()
    actor, at, on = actor_of(request), clock.now(), clock.today()
    if request.POST.get("do") == "preview":
        return _desk(request, case, proposal=form, preview=_preview(case, outcome, words))

    def work() -> object:
        if CLAIMS.move(case.state, ClaimVerb.PROPOSE) is None:
            return handling.decide(case, outcome, actor=actor, at=at, on=on, justification=words)
        if outcome == "rejected":
            return handling.propose_rejection(case, words, actor=actor, at=at, on=on)
        return handling.propose_acceptance(case, actor=actor, at=at, on=on, justification=words)

    proposing = CLAIMS.move(case.state, ClaimVerb.PROPOSE) is not None
    done = _("The proposal is with the official.") if proposing else _("Decided. The employer is told.")
    return tried(request, _here(case), work, done=done)


@require_POST
@signed_in_staff(CLAIM_DECIDE)
def send_back(request: HttpRequest, number: str) -> HttpResponse:
    """The official sends a claim back to the handler."""
    case, form, actor = _case(number), WordsForm(request.POST, auto_id="back_%s"), actor_of(request)
    if not form.is_valid():
        return _desk(request, case, status=422, send_back=form)
    words = form.cleaned_data["words"]
    return tried(
        request, _here(case), lambda: handling.return_to_handling(case, words, actor=actor, at=clock.now()),
        done=_("Sent back to the handler."),
    )  # fmt: skip


@require_POST
@signed_in_staff(CLAIM_HANDLE)
def note(request: HttpRequest, number: str) -> HttpResponse:
    """Write a note."""
    case, form, actor = _case(number), ClaimNoteForm(request.POST, auto_id="note_%s"), actor_of(request)
    if not form.is_valid():
        return _desk(request, case, status=422, note=form)
    said = form.cleaned_data
    return tried(
        request, _here(case),
        lambda: cases.note(
            case, said["text"], actor=actor, at=clock.now(), kind=said["kind"], important=said["important"]
        ),
        done=_("Noted."),
    )  # fmt: skip


@require_POST
@signed_in_staff(CLAIM_HANDLE)
def remove_note(request: HttpRequest, number: str, note: int) -> HttpResponse:
    """Remove one's own note."""
    case, actor = _case(number), actor_of(request)
    row = get_object_or_404(Note, pk=note, case=case)
    return tried(request, _here(case), lambda: cases.remove_note(row, actor=actor, at=clock.now()), done=_("Removed."))


@require_POST
@signed_in_staff(CLAIM_HANDLE)
def write(request: HttpRequest, number: str) -> HttpResponse:
    """Write to the employer; what the employer has written is read with it."""
    case, form, actor = _case(number), ToEmployerForm(request.POST, auto_id="letter_%s"), actor_of(request)
    if not form.is_valid():
        return _desk(request, case, status=422, letter_form=form, writing=True)

    def sent() -> None:
        handling.write(case, form.cleaned_data["words"], actor=actor, at=clock.now())
        cases.mark_read(case, by_party=False, at=clock.now())

    return tried(request, _here(case), sent, done=_("The message is on its way to the employer."))


@require_POST
@signed_in_staff(CLAIM_HANDLE)
def read(request: HttpRequest, number: str) -> HttpResponse:
    """The employer's messages have been read."""
    case = _case(number)
    require(actor_of(request), CLAIM_HANDLE, case)
    cases.mark_read(case, by_party=False, at=clock.now())
    return HttpResponseRedirect(_here(case))


@require_POST
@signed_in_staff(CLAIM_HANDLE)
def other_figures(request: HttpRequest, number: str) -> HttpResponse:
    """What the machine would say of other days, hours or pay; nothing is saved."""
    case, form = _case(number), OtherFiguresForm(request.POST, auto_id="other_%s")
    judged, refusals = what_if(actor_of(request), case, form.raw(), on=clock.today())
    form.refuse(refusals)
    return _desk(request, case, status=422 if refusals else 200, other=form, judged=judged, counted=True)


@require_safe
@signed_in_staff(CLAIM_HANDLE)
def document(request: HttpRequest, number: str, key: str) -> HttpResponse:
    """A document of the claim; the read is logged."""
    return _handed_out(request, _case(number), key)


@require_safe
@signed_in_staff(CLAIM_HANDLE)
def document_of_list(request: HttpRequest, key: str) -> HttpResponse:
    """The same by the address that stands in lists and payment files."""
    found = documents.document(key)
    kind, _colon, number = (found.about if found is not None else "").partition(":")
    case = Case.objects.filter(pk=number, service=SERVICE, kind="claim").first() if kind == "case" else None
    if case is None:
        raise Http404
    return _handed_out(request, case, key)


def _handed_out(request: HttpRequest, case: Case, key: str) -> HttpResponse:
    actor = actor_of(request)
    require(actor, CLAIM_HANDLE, case)
    found = documents.document(key, about=f"case:{case.pk}")
    if found is None:
        raise Http404
    persons = {case.summer_voucher_claim_row.voucher.person_id} if case.summer_voucher_claim_row.voucher else set()
    return handed_out(
        request, found, back=_here(case), actor=actor, purpose=SERVICE, at=clock.now(),
        persons=[one for one in persons if one is not None],
    )  # fmt: skip
