# SPDX-License-Identifier: EUPL-1.2
"""The words of the decision: begun from a text, written on, read as the employer will read them, and proposed."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages as flash
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from ennakko.kernel import clock
from ennakko.kernel.access import Actor, require
from ennakko.kernel.cases import NotNow
from ennakko.kernel.cases.letter import Letter, preview
from ennakko.kernel.cases.models import Case
from ennakko.kernel.ui.doors import actor_of, signed_in_staff
from ennakko.kernel.ui.filters import say
from ennakko.services.hiring_benefit import decision_texts, review
from ennakko.services.hiring_benefit import handling_reasons as reasons
from ennakko.services.hiring_benefit.actions import deciding, writing
from ennakko.services.hiring_benefit.actions.calculating import in_force
from ennakko.services.hiring_benefit.forms_handler import TemplateForm, WordsForm
from ennakko.services.hiring_benefit.models import Application, DecisionText
from ennakko.services.hiring_benefit.pages_desk import case_or_404, here
from ennakko.services.hiring_benefit.pages_queue import work_trail
from ennakko.services.hiring_benefit.states import HANDLE, BenefitState

FIELD_OF = {
    reasons.WRONG_INDUSTRY: "industry", reasons.TELL_INDUSTRY: "industry", reasons.IS_AID: "de_minimis",
}  # fmt: skip
"""Beside which field a refusal is told; the others stand above the form."""


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in_staff(HANDLE)
def words(request: HttpRequest, number: str) -> HttpResponse:
    """The words: begin from a text, save, read as the employer, propose."""
    case, actor = case_or_404(number), actor_of(request)
    require(actor, HANDLE, case)
    row = case.hiring_benefit_application
    if request.method != "POST":
        return _page(request, case)
    do = request.POST.get("do", "save")
    if do == "begin":
        return _begin(request, case, actor)
    form = WordsForm(request.POST)
    if not form.is_valid():
        return _page(request, case, form=form, status=422)
    told = form.cleaned_data
    if do == "preview":
        return _page(request, case, form=form, preview=letter_of(row, case, told))
    refused = _kept(request, case, form, lambda: _save(case, told, actor))
    if refused is not None:
        return refused
    form = _as_saved(request, case)
    if do == "propose":
        refused = _kept(
            request, case, form,
            lambda: deciding.propose(case, told["outcome"], actor=actor, at=clock.now(), on=clock.today()),
        )  # fmt: skip
        if refused is not None:
            return refused
        flash.success(request, _("The proposal is with the official."))
        return HttpResponseRedirect(here(case))
    flash.success(request, _("The words are saved."))
    return HttpResponseRedirect(reverse("hiring-benefit:words", args=[case.number]))


def _begin(request: HttpRequest, case: Case, actor: Actor) -> HttpResponse:
    form = TemplateForm(request.POST, auto_id="begin_%s")
    if not form.is_valid():
        return _page(request, case, beginning=form, status=422)
    chosen = decision_texts.template(form.cleaned_data["template"])
    assert chosen is not None
    refused = _kept(
        request, case, None,
        lambda: writing.begin(
            case, chosen.outcome, actor=actor, at=clock.now(), on=clock.today(), template=chosen.id,
            language=form.cleaned_data["language"],
        ),
    )  # fmt: skip
    return refused or HttpResponseRedirect(reverse("hiring-benefit:words", args=[case.number]))


def _as_saved(request: HttpRequest, case: Case) -> WordsForm:
    """The form as it was sent, of the words that were just saved: one's own saving is nobody else's."""
    saved = DecisionText.objects.get(application=case.hiring_benefit_application)
    form = WordsForm({**request.POST.dict(), "revision": saved.revision})
    form.full_clean()
    return form


def _save(case: Case, told: dict[str, Any], actor: Actor) -> DecisionText:
    return writing.save(
        case, outcome=told["outcome"], decision=told["decision"], justification=told["justification"],
        de_minimis=told["de_minimis"] if told["outcome"] == "accepted" else None, industry=told["industry"],
        language=told["language"], template=told["template"], revision=told["revision"], actor=actor, at=clock.now(),
    )  # fmt: skip


def _kept(
    request: HttpRequest, case: Case, form: WordsForm | None, work: Callable[[], object]
) -> HttpResponse | None:  # fmt: skip
    """Do it; the page with what was refused and every word kept, or None when it was done."""
    try:
        work()
    except NotNow as closed:
        if form is None:
            return _page(request, case, status=422, refused=say(closed.reason))
        form.add_error(FIELD_OF.get(closed.reason), say(closed.reason))
        return _page(request, case, form=form, status=422)
    return None


def letter_of(row: Application, case: Case, told: dict[str, Any]) -> Letter:
    """The decision as the employer would read it."""
    calculation = in_force(row)
    cents = calculation.total_cents if calculation and told["outcome"] == "accepted" else None
    said = f"{told['decision']}\n\n{told['justification']}".strip()
    return preview(
        case, told["outcome"], on=clock.today(), justification=said, amount_cents=cents, language=told["language"]
    )


def _page(
    request: HttpRequest, case: Case, *, form: WordsForm | None = None, status: int = 200, **given: Any
) -> HttpResponse:  # fmt: skip
    row, on = case.hiring_benefit_application, clock.today()
    stored = DecisionText.objects.filter(application=row).first()
    outcome = stored.outcome if stored else "accepted"
    suggested = writing.suggestion(row, outcome or "accepted", on=on)
    initial = {"template": stored.template if stored and stored.template else suggested.id, "language": row.language}
    context = {
        "case": case, "row": row, "calculation": in_force(row), "stored": stored,
        "form": form or WordsForm(initial=WordsForm.initial_of(stored, row.language)),
        "beginning": TemplateForm(initial=initial, auto_id="begin_%s"),
        "left": review.open_marks(row), "working": case.state == BenefitState.HANDLING,
        "breadcrumb": work_trail((case.number, here(case)), (_("Decision"), "")), **given,
    }  # fmt: skip
    return render(request, "hiring_benefit/words.html", context, status=status)
