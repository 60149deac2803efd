# SPDX-License-Identifier: EUPL-1.2
"""A decision as its party and the staff read it: the letter, the same as a file, and how notice of it was given."""

from typing import Any

from django import forms
from django.contrib import messages as flash
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import lazy
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from ennakko.kernel import audit, cases, clock, documents
from ennakko.kernel.access import Actor, require, verdict
from ennakko.kernel.cases import NotNow, letter
from ennakko.kernel.cases.kinds import case_type
from ennakko.kernel.cases.letter_archive import letter_as_pdf
from ennakko.kernel.cases.models import Case, Decision
from ennakko.kernel.cases.numbering import as_registered
from ennakko.kernel.cases.queries import latest_decision
from ennakko.kernel.cases.rectification import can_be_contested, in_time
from ennakko.kernel.records.pdf import PdfUnavailable
from ennakko.kernel.ui.doors import actor_of, to_choice, to_sign_in
from ennakko.kernel.ui.filters import say
from ennakko.kernel.ui.forms import DateInput
from ennakko.kernel.ui.uploads import file_response
from ennakko.values.texts import LANGUAGES, text

HOW = {
    "post": text(fi="Postissa", sv="Per post", en="By post"),
    "handed": text(fi="Käteen", sv="Överlämnat", en="Handed over"),
    "electronic": text(fi="Sähköisesti", sv="Elektroniskt", en="Electronically"),
}
NAMES = (("fi", "Suomeksi"), ("sv", "På svenska"), ("en", "In English"))
said = lazy(say, str)


class NotYours(Exception):
    """Nobody may see this yet; `answer` leads to where they can."""

    def __init__(self, answer: HttpResponse) -> None:
        super().__init__()
        self.answer = answer


class ServeForm(forms.Form):
    """How and when a decision was given notice of, where no message of the service carried it."""

    how = forms.ChoiceField(
        label=gettext_lazy("How was it sent?"), widget=forms.RadioSelect,
        choices=[(key, said(words)) for key, words in HOW.items()],
        error_messages={
            "required": gettext_lazy("Choose how it was sent."),
            "invalid_choice": gettext_lazy("Choose how it was sent."),
        },
    )  # fmt: skip
    sent_on = forms.DateField(
        label=gettext_lazy("On which day?"), widget=DateInput(),
        error_messages={
            "required": gettext_lazy("Write the day it left."), "invalid": gettext_lazy("Write the day it left."),
        },
    )  # fmt: skip

    def clean_sent_on(self) -> Any:
        day = self.cleaned_data["sent_on"]
        if day > clock.today():
            raise forms.ValidationError(_("The day cannot be in the future."))
        return day


def own_case(request: HttpRequest, number: str) -> Case:
    """The case of a number, if the asker is its party, signed in strongly, or staff who handle such cases.

    Raises Http404 for others' and unknown ones, Refused for staff of other services, NotYours for who has to sign in or
    choose an organisation first.
    """
    actor = actor_of(request)
    if actor.kind == "anonymous":
        raise NotYours(to_sign_in(request))
    case = Case.objects.select_related("subject", "handler").filter(number=as_registered(number)).first()
    if case is None or case.emptied_at is not None:
        raise Http404
    of = case_type(case.service, case.kind)
    if actor.kind == "staff":
        if not verdict(actor, of.decide_action, case):
            require(actor, of.handle_action, case)
        return case
    if actor.kind == "resident" and case.organisation:
        raise NotYours(to_choice(request))
    if not actor.strong or not verdict(actor, of.own_action, case):
        raise Http404
    return case


def _decided(request: HttpRequest, number: str) -> Decision:
    decision = latest_decision(own_case(request, number))
    if decision is None:
        raise Http404
    return decision


def _log(actor: Actor, decision: Decision) -> None:
    """Staff's look at a person's decision is logged; a party's own is theirs to make."""
    case = decision.case
    if actor.kind == "staff" and case.subject_id is not None:
        reason = f"decision {case.number} read"
        audit.read(actor, case.service, case.subject_id, ["decision"], decision.snapshot, clock.now(), reason)


def letter_language(request: HttpRequest, decision: Decision) -> str:
    """The language asked for, else the page's."""
    asked = request.GET.get("language", "")
    if asked in LANGUAGES:
        return asked
    ours = get_language() or ""
    return ours if ours in LANGUAGES else decision.case.language


@require_safe
def decision_page(request: HttpRequest, number: str) -> HttpResponse:
    """The decision letter."""
    try:
        decision = _decided(request, number)
    except NotYours as error:
        return error.answer
    return _decision_page(request, decision)


def _decision_page(
    request: HttpRequest, decision: Decision, *, form: ServeForm | None = None, status: int = 200
) -> HttpResponse:
    actor, on = actor_of(request), clock.today()
    _log(actor, decision)
    case, language = decision.case, letter_language(request, decision)
    of = case_type(case.service, case.kind)
    staff = actor.kind == "staff"
    requests = Case.objects.filter(contested=decision).order_by("-opened_at")
    may_serve = staff and decision.sent_on is None and bool(verdict(actor, of.handle_action, case))
    context: dict[str, Any] = {
        "case": case,
        "decision": decision,
        "letter": letter.letter_of(decision, language=language),
        "languages": [(code, name) for code, name in NAMES if code != language],
        "language": language,
        "staff": staff,
        "served_how": HOW.get(decision.served_how),
        "serve": (form or ServeForm(initial={"sent_on": on})) if may_serve else None,
        "contestable": not staff and can_be_contested(decision),
        "in_time": in_time(decision, on),
        "requests": list(requests),
        "breadcrumb": trail(actor, (case.number, "")),
    }
    return render(request, "web/decision.html", context, status=status)


def trail(actor: Actor, *last: tuple[str, str]) -> list[tuple[str, str]]:
    """The way back to where the reader's things are."""
    if actor.kind == "organisation":
        return [(_("The organisation's page"), reverse("organisation")), *last]
    return [(_("Your work") if actor.kind == "staff" else _("My page"), reverse("home")), *last]


@require_safe
def decision_pdf(request: HttpRequest, number: str) -> HttpResponse:
    """The decision letter as a file: the archived one, once it stands in the archive."""
    try:
        decision = _decided(request, number)
    except NotYours as error:
        return error.answer
    actor = actor_of(request)
    _log(actor, decision)
    try:
        made = letter_as_pdf(decision, language=letter_language(request, decision), actor=actor, at=clock.now())
    except PdfUnavailable:
        flash.error(request, _("We cannot make the file just now. You can print this page instead."))
        return HttpResponseRedirect(reverse("case-decision", args=[decision.case.number]))
    except documents.NotReady as error:
        flash.error(request, say(error.reason))
        return HttpResponseRedirect(reverse("case-decision", args=[decision.case.number]))
    return file_response(made, name=f"{decision.case.number}.pdf", type="application/pdf")


@require_POST
def serve(request: HttpRequest, number: str) -> HttpResponse:
    """Staff tell how a decision was given notice of: posted, handed over, sent by other means."""
    try:
        decision = _decided(request, number)
    except NotYours as error:
        return error.answer
    form = ServeForm(request.POST)
    if not form.is_valid():
        return _decision_page(request, decision, form=form, status=422)
    try:
        cases.serve(
            decision, form.cleaned_data["how"], sent_on=form.cleaned_data["sent_on"], actor=actor_of(request),
            at=clock.now(),
        )  # fmt: skip
    except NotNow as error:
        flash.error(request, say(error.reason))
    else:
        flash.success(request, _("Noted. The last day to appeal stands in the letter now."))
    return HttpResponseRedirect(reverse("case-decision", args=[decision.case.number]))
