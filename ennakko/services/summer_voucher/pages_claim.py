# SPDX-License-Identifier: EUPL-1.2
"""A sent claim as the employer follows it: where each voucher is, what is asked, decision, money, messages, files."""

from collections.abc import Callable
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
from ennakko.kernel.cases.models import Case
from ennakko.kernel.cases.queries import requests_against
from ennakko.kernel.cases.rectification import STATES as REQUEST_STATES
from ennakko.kernel.ui.doors import actor_of, signed_in_organisation
from ennakko.kernel.ui.filters import say
from ennakko.kernel.ui.trying import tried
from ennakko.kernel.ui.uploads import NotTakenFile, handed_out
from ennakko.services.summer_voucher.actions import claims as claiming
from ennakko.services.summer_voucher.claim_files import remove_file, store_files, titled, uploads_of
from ennakko.services.summer_voucher.claim_page import worded
from ennakko.services.summer_voucher.claim_states import ClaimState
from ennakko.services.summer_voucher.claim_steps import RowShown, shown
from ennakko.services.summer_voucher.conditions import SERVICE
from ennakko.services.summer_voucher.forms_employer import AccountForm, LetterForm, RowForm, as_told
from ennakko.services.summer_voucher.models import ClaimRow
from ennakko.services.summer_voucher.pages_employer import CLAIM, trail
from ennakko.services.summer_voucher.queries import claims

THREAD = ("letter", "request", "note", "document")
"""What is said and given; the steps above tell the rest."""


@require_safe
@signed_in_organisation(CLAIM)
def claim(request: HttpRequest, reference: str) -> HttpResponse:
    """One sending with its vouchers."""
    found = claims.own_claim(actor_of(request), reference)
    if found is None:
        raise Http404
    states = {one.case.state for one in found.rows}
    context = {
        "found": found, "rows": shown(found.rows), "all_accepted": states == {ClaimState.ACCEPTED},
        "all_closed": all(one.case.closed_at is not None for one in found.rows),
        "breadcrumb": trail((reference, "")),
    }  # fmt: skip
    return render(request, "summer_voucher/employer_sent.html", context)


def _own(actor: Actor, number: str) -> tuple[Case, ClaimRow]:
    case = claims.own_case(actor, number)
    if case is None:
        raise Http404
    row: ClaimRow = case.summer_voucher_claim_row
    return case, row


def _shown(actor: Actor, row: ClaimRow) -> RowShown:
    found = claims.own_claim(actor, row.claim.reference)
    own = [one for one in found.rows if one.case.pk == row.case_id] if found is not None else []
    if not own:
        raise Http404
    return shown(own)[0]


def _of_claim(row: ClaimRow) -> str:
    return reverse("summer-voucher:claim", args=[row.claim.reference])


def _here(case: Case) -> str:
    return reverse("summer-voucher:claim-case", args=[case.number])


def _way(case: Case, row: ClaimRow, last: str) -> list[tuple[str, str]]:
    return trail((row.claim.reference, _of_claim(row)), (case.number, _here(case)), (last, ""))


@require_safe
@signed_in_organisation(CLAIM)
def one_case(request: HttpRequest, number: str) -> HttpResponse:
    """One voucher of a claim: its way, what the machine found, documents, messages with the handler."""
    return _case_page(request, number, LetterForm())


def _case_page(request: HttpRequest, number: str, form: LetterForm, *, status: int = 200) -> HttpResponse:
    actor = actor_of(request)
    case, row = _own(actor, number)
    context: dict[str, Any] = {
        "one": _shown(actor, row), "case": case, "claim": row.claim, "form": form,
        "hours": worded(RowForm(), "hours", as_told(row)["hours"]),
        "requests": [(one, REQUEST_STATES[one.state]) for one in requests_against(case)],
        "documents": titled(documents.of(f"case:{case.pk}")),
        "timeline": cases.timeline(case, THREAD, for_party=True),
        "breadcrumb": trail((row.claim.reference, _of_claim(row)), (case.number, "")),
    }  # fmt: skip
    return render(request, "summer_voucher/employer_case.html", context, status=status)


@require_POST
@signed_in_organisation(CLAIM)
def write(request: HttpRequest, number: str) -> HttpResponse:
    """Write to the handler."""
    actor, form = actor_of(request), LetterForm(request.POST)
    case, _row = _own(actor, number)
    if not form.is_valid():
        return _case_page(request, number, form, status=422)

    def sent() -> None:
        cases.write_letter(case, form.cleaned_data["words"], actor=actor, at=clock.now())
        cases.mark_read(case, by_party=True, at=clock.now())

    return tried(request, _here(case), sent, done=_("Your message is with the handler."))


@require_POST
@signed_in_organisation(CLAIM)
def read(request: HttpRequest, number: str) -> HttpResponse:
    """The city's messages have been read."""
    actor = actor_of(request)
    case, _row = _own(actor, number)
    cases.mark_read(case, by_party=True, at=clock.now())
    return HttpResponseRedirect(_here(case))


@require_POST
@signed_in_organisation(CLAIM)
def withdraw(request: HttpRequest, number: str) -> HttpResponse:
    """Take one voucher's claim back."""
    actor = actor_of(request)
    case, row = _own(actor, number)
    return tried(
        request, _of_claim(row), lambda: claiming.withdraw(case, actor=actor, at=clock.now()),
        done=_("Taken back. The voucher can be claimed again."),
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in_organisation(CLAIM)
def amend(request: HttpRequest, number: str) -> HttpResponse:
    """Answer a question: correct what was told, add documents; the machine looks again at once."""
    actor = actor_of(request)
    case, row = _own(actor, number)
    own, about = _shown(actor, row), f"case:{case.pk}"
    if not own.row.can_amend:
        flash.info(request, _("Nothing is asked about this voucher now."))
        return HttpResponseRedirect(_of_claim(row))
    form = RowForm(request.POST) if request.method == "POST" else RowForm(as_told(row))
    refused: dict[str, tuple[NotTakenFile, ...]] = {}
    reason = None
    if request.method == "POST":
        refused = store_files(request, about, actor=actor, at=clock.now())
        if remove_file(request, [about], actor):
            return HttpResponseRedirect(reverse("summer-voucher:claim-amend", args=[case.number]))
        if not refused:
            answer = claiming.amend(case, form.raw(), actor=actor, at=clock.now(), on=clock.today(), wall=clock.wall())
            if answer.taken:
                flash.success(request, _("Thank you. The claim has been checked again."))
                return HttpResponseRedirect(_of_claim(row))
            form.refuse(answer.refusals)
            reason = answer.reason
    context = {
        "own": own.row, "form": form, "reason": reason, "uploads": uploads_of(about, refused=refused),
        "insists": bool(form.errors), "breadcrumb": _way(case, row, _("Answer")), "no_feedback": True,
    }  # fmt: skip
    wrong = request.method == "POST"
    return render(request, "summer_voucher/employer_amend.html", context, status=422 if wrong else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in_organisation(CLAIM)
def account(request: HttpRequest, number: str) -> HttpResponse:
    """Another account after a payment came back."""
    actor = actor_of(request)
    case, row = _own(actor, number)
    if row.account_asked_at is None:
        flash.info(request, _("No payment has come back: the account need not be given."))
        return HttpResponseRedirect(_of_claim(row))
    form = AccountForm(request.POST) if request.method == "POST" else AccountForm()
    if request.method == "POST":
        refusals = _unless_over(
            request, lambda: claiming.give_account(case, form.raw(), actor=actor, at=clock.now(), on=clock.today())
        )
        if not refusals:
            return HttpResponseRedirect(_of_claim(row))
        form.refuse(refusals)
    context = {"form": form, "row": row, "breadcrumb": _way(case, row, _("Account")), "no_feedback": True}
    wrong = request.method == "POST"
    return render(request, "summer_voucher/employer_account.html", context, status=422 if wrong else 200)


def _unless_over(request: HttpRequest, work: Callable[[], tuple[Any, ...]]) -> tuple[Any, ...]:
    """What to correct; where a colleague was quicker, a sentence about it instead."""
    try:
        refusals = work()
    except NotNow as over:
        flash.info(request, say(over.reason))
        return ()
    if not refusals:
        flash.success(request, _("Thank you. The sum is paid to this account with the next payments."))
    return refusals


@require_safe
@signed_in_organisation(CLAIM)
def document(request: HttpRequest, number: str, key: str) -> HttpResponse:
    """A document of an own claim; the read is logged."""
    actor = actor_of(request)
    case, _row = _own(actor, number)
    found = documents.document(key, about=f"case:{case.pk}")
    if found is None:
        raise Http404
    return handed_out(request, found, back=_here(case), actor=actor, purpose=SERVICE, at=clock.now())
