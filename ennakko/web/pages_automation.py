# SPDX-License-Identifier: EUPL-1.2
"""Where a machine decides: what everybody is told of it, and the decisions that a person looks at afterwards.

Information Management Act 906/2019, 28 a–e §: the public is told of automatic decisions; their quality is watched.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.contrib import messages as flash
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from ennakko.kernel import audit, clock
from ennakko.kernel.access import Actor, require, verdict
from ennakko.kernel.cases import NotNow, letter
from ennakko.kernel.cases.automation import AutomaticDecisions, automatically_decided, closed_gates, gates
from ennakko.kernel.cases.kinds import CaseType, case_type
from ennakko.kernel.cases.models import Sample
from ennakko.kernel.cases.queries import samples_to_review
from ennakko.kernel.cases.sampling import Quality, quality, review
from ennakko.kernel.manifest import service as manifest_of
from ennakko.kernel.ui.doors import actor_of, signed_in_staff
from ennakko.kernel.ui.filters import say
from ennakko.kernel.ui.tables import Column, Row, Table
from ennakko.rules import registry
from ennakko.rules.errors import UnknownRule
from ennakko.values.texts import Text, text
from ennakko.web.pages_case import letter_language, trail

ROWS = 50
MOST_CHARACTERS = 4096


@dataclass(frozen=True, slots=True)
class Deciding:
    """One kind of case that a machine decides: of which service, by what record and rules, how it went this year."""

    service: Text
    title: Text
    record: AutomaticDecisions
    rules: tuple[tuple[str, Text | str], ...]
    open: bool
    figures: Quality


@require_safe
def automation(request: HttpRequest) -> HttpResponse:
    """What the machine decides, by what rules, who answers for it, and how to get a person."""
    on, actor = clock.today(), actor_of(request)
    found = [_deciding(service, kind, record, on) for service, kind, record in gates()]
    context = {
        "deciding": [one for one in found if one.open],
        "closed": [one for one in found if not one.open],
        "year": on.year,
        "lacking": closed_gates() if actor.kind == "staff" else (),
        "samples": bool(reviewed_by(actor)),
        "breadcrumb": [(_("Automatic decisions"), "")],
    }
    return render(request, "web/automation.html", context)


def _deciding(service: str, kind: str, record: AutomaticDecisions, on: date) -> Deciding:
    return Deciding(
        service=manifest_of(service).names,
        title=case_type(service, kind).title,
        record=record,
        rules=tuple((rule, _title(rule)) for rule in record.rules),
        open=record.open_on(on),
        figures=quality(service, kind, on.year),
    )


def _title(rule: str) -> Text | str:
    try:
        return registry.get(rule).title
    except UnknownRule:
        return rule


def reviewed_by(actor: Actor) -> list[CaseType]:
    """The kinds of case whose automatic decisions a member of staff looks at: those that they may decide."""
    return [one for one in automatically_decided() if actor.kind == "staff" and verdict(actor, one.decide_action)]


@require_safe
@signed_in_staff()
def samples(request: HttpRequest) -> HttpResponse:
    """The decisions that were picked and wait for a person."""
    actor = actor_of(request)
    pages = Paginator(samples_to_review(actor), ROWS).get_page(request.GET.get("page"))
    table = Table(
        caption=text(fi="Tarkistettavat", sv="Att granska", en="To look at"),
        columns=(
            Column(key="number", label=text(fi="Asia", sv="Ärende", en="Matter")),
            Column(key="kind", label=text(fi="Laji", sv="Typ", en="Kind")),
            Column(key="on", label=text(fi="Päätetty", sv="Beslutat", en="Decided")),
            Column(key="picked", label=text(fi="Arvottu", sv="Lottad", en="Picked")),
        ),
        rows=[_row(one) for one in pages.object_list],
        empty=text(
            fi="Yksikään automaattinen päätös ei odota tarkistusta.",
            sv="Inga automatiska beslut väntar på granskning.",
            en="No automatic decision waits to be looked at.",
        ),
        caption_hidden=True,
    )  # fmt: skip
    context = {"table": table, "pages": pages, "breadcrumb": trail(actor, (_("Automatic decisions to look at"), ""))}
    return render(request, "web/automation_samples.html", context)


def _row(one: Sample) -> Row:
    case = one.decision.case
    return Row(
        cells=(case.number, case_type(case.service, case.kind).title, one.decision.on, one.picked_on),
        url=reverse("automation-sample", args=[one.pk]),
    )


class ReviewForm(forms.Form):
    agrees = forms.ChoiceField(
        label=gettext_lazy("Would you have decided the same?"), widget=forms.RadioSelect,
        choices=[("yes", gettext_lazy("Yes, the decision is right")), ("no", gettext_lazy("No, something is wrong"))],
        error_messages={
            "required": gettext_lazy("Choose one of the two."),
            "invalid_choice": gettext_lazy("Choose one of the two."),
        },
    )  # fmt: skip
    words = forms.CharField(
        label=gettext_lazy("What you saw"), required=False, max_length=MOST_CHARACTERS,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("Needed when something is wrong: a person puts it right and the rules are looked into."),
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("agrees") == "no" and not str(given.get("words") or "").strip():
            self.add_error("words", _("Write what is wrong."))
        return given


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in_staff()
def sample(request: HttpRequest, number: int) -> HttpResponse:
    """One picked decision: its letter, and what the person who looks at it finds."""
    actor, at = actor_of(request), clock.now()
    row = Sample.objects.select_related("decision__case__subject").filter(pk=number).first()
    if row is None:
        raise Http404
    case = row.decision.case
    require(actor, case_type(case.service, case.kind).decide_action, case)
    form = ReviewForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            review(
                row, agrees=form.cleaned_data["agrees"] == "yes", words=form.cleaned_data["words"], actor=actor, at=at
            )
        except NotNow as error:
            flash.error(request, say(error.reason))
        else:
            flash.success(request, _("Thank you. Your finding is in the figures of quality."))
        return HttpResponseRedirect(reverse("automation-samples"))
    if case.subject_id is not None:
        reason = f"automatic decision {case.number} looked at"
        audit.read(actor, case.service, case.subject_id, ["decision"], row.decision.snapshot, at, reason)
    context = {
        "sample": row, "case": case, "form": form,
        "letter": letter.letter_of(row.decision, language=letter_language(request, row.decision)),
        "breadcrumb": trail(
            actor, (_("Automatic decisions to look at"), reverse("automation-samples")), (case.number, "")
        ),
    }  # fmt: skip
    return render(request, "web/automation_sample.html", context, status=422 if form.is_bound else 200)
