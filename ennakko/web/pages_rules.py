# SPDX-License-Identifier: EUPL-1.2
"""The rules as anybody may read them: in sentences, with every figure's history and source, and to be tried."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from ennakko import facts
from ennakko.kernel import clock
from ennakko.kernel.access import Actor, verdict
from ennakko.kernel.access.tables import actions
from ennakko.kernel.manifest import services
from ennakko.kernel.registers import Permit, permits_for
from ennakko.kernel.ui import filters
from ennakko.kernel.ui.doors import actor_of
from ennakko.kernel.ui.tables import Column, Row, Table
from ennakko.rules.decision import Outcome
from ennakko.rules.errors import UnknownRule
from ennakko.rules.page import COLUMNS, HEADINGS, UNDECIDED, ParameterOnPage, RulePage, page_of
from ennakko.rules.procedure import Procedure
from ennakko.rules.registry import get
from ennakko.values.texts import text
from ennakko.web.rule_trial import TrialForm, can_be_tried

NOTHING = text(fi="Ei mitään.", sv="Inget.", en="Nothing.")
STATUSES = {Outcome.YES: "success", Outcome.NO: "error", Outcome.UNKNOWN: "alert", Outcome.NOT_APPLICABLE: "neutral"}


@require_safe
def rules(request: HttpRequest) -> HttpResponse:
    """Every rule, by service."""
    found = [(service, [page_of(get(id)) for id in service.rules]) for service in services() if service.rules]
    return render(request, "web/rules.html", {"services": found, "breadcrumb": [(_("Rules"), "")]})


@require_http_methods(["GET", "HEAD", "POST"])
def rule(request: HttpRequest, id: str) -> HttpResponse:
    """One rule: sentences, trial, figures with their history, facts with register and permit, what it rests on."""
    try:
        found = get(id)
    except UnknownRule:
        raise Http404 from None
    page, status = page_of(found), 200
    context: dict[str, Any] = {
        "page": page,
        "conditions": [step for step in page.steps if step.sentence is not None],
        "parameters": [_history(one) for one in page.parameters],
        "inputs": _inputs(page),
        "headings": HEADINGS,
        "figures_url": _figures(actor_of(request), id),
        "breadcrumb": [(_("Rules"), reverse("rules")), (filters.say(page.title), "")],
    }
    if not isinstance(found, Procedure) and can_be_tried(found):
        form = TrialForm(request.POST if request.method == "POST" else None, rule=found, today=clock.today())
        context |= {"form": form, **_tried(form)}
        status = 422 if form.is_bound and form.errors else 200
    return render(request, "web/rule.html", context, status=status)


def _tried(form: TrialForm) -> dict[str, Any]:
    if not form.is_bound or not form.is_valid():
        return {}
    made = form.decide()
    if made is None:
        return {}
    decision, changes = made
    return {
        "decision": decision, "outcome_words": OUTCOMES[decision.outcome], "outcome_kind": STATUSES[decision.outcome],
        "changes": changes,
    }  # fmt: skip


OUTCOMES = {
    Outcome.YES: text(fi="Kyllä", sv="Ja", en="Yes"),
    Outcome.NO: text(fi="Ei", sv="Nej", en="No"),
    Outcome.UNKNOWN: text(fi="Ei vielä tiedossa", sv="Ännu inte känt", en="Not known yet"),
    Outcome.NOT_APPLICABLE: text(fi="Sääntö ei koske tätä", sv="Regeln gäller inte detta", en="The rule does not apply"),
}


def _history(parameter: ParameterOnPage) -> tuple[str, Table]:
    label = filters.say(parameter.label)
    label = label[:1].upper() + label[1:]
    rows = [
        Row(
            cells=(
                filters.day(one.start), filters.day(one.end),
                filters.say(one.value) if one.decided else UNDECIDED.in_(filters.language()).format(
                    ask=filters.say(one.value)
                ),
                filters.say(one.source),
            )
        )
        for one in reversed(parameter.rows)
    ]  # fmt: skip
    columns = tuple(Column(key=key, label=COLUMNS[key]) for key in ("from", "until", "value", "source"))
    return label, Table(caption=label, caption_hidden=True, columns=columns, rows=rows, empty=NOTHING)


def _inputs(page: RulePage) -> Table:
    own = next((service for service in services() if page.id in service.rules), None)
    permits = permits_for(purpose.id for purpose in own.purposes) if own else ()
    rows = [
        Row(
            cells=(
                one.label, one.source, _permit(one.name, permits),
                _("may be missing") if one.unknown else _("always known"),
            )
        )
        for one in page.inputs
    ]  # fmt: skip
    columns = (
        Column(key="fact", label=COLUMNS["fact"]),
        Column(key="register", label=COLUMNS["register"]),
        Column(key="permit", label=_("Right to read it")),
        Column(key="unknown", label=COLUMNS["unknown"]),
    )
    return Table(caption=HEADINGS["inputs"], caption_hidden=True, columns=columns, rows=rows, empty=NOTHING)


def _permit(name: str, permits: tuple[Permit, ...]) -> str:
    """By what right a fact is read: an act, or whom the city must ask."""
    source = facts.get(name).source
    if source == "own-services":
        return _("the city's own decisions")
    row = next((one for one in permits if name in one.facts), None)
    if row is None:
        return _("no permit")
    if row.absent:
        return _("no permit yet: %(ask)s") % {"ask": filters.say(row.ask) if row.ask else ""}
    return filters.say(row.act)


def _figures(actor: Actor, id: str) -> str:
    """Where a leader counts what another rule would cost; "" for others."""
    service = id.partition(".")[0]
    name = f"{service}.figures"
    if name not in {one.name for one in actions()} or not verdict(actor, name):
        return ""
    try:
        return reverse(f"{service}:figures")
    except NoReverseMatch:
        return ""
