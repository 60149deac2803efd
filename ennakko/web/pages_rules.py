# SPDX-License-Identifier: EUPL-1.2
"""The rules as anybody may read them: in sentences, with every figure's history and source, and to be tried."""

from collections.abc import Sequence
from datetime import date
from typing import Any, TypeVar

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from ennakko import facts
from ennakko.facts import sources
from ennakko.kernel import clock
from ennakko.kernel.manifest import Service, services
from ennakko.kernel.registers import NoSnapshot, Permit, PermitMissing, permits_for
from ennakko.kernel.ui import filters
from ennakko.kernel.ui.doors import actor_of
from ennakko.kernel.ui.tables import Column, Row, Table
from ennakko.rules.binding import Definition
from ennakko.rules.decision import Outcome
from ennakko.rules.errors import UnknownRule
from ennakko.rules.node import StepRef
from ennakko.rules.page import COLUMNS, HEADINGS, UNDECIDED, ParameterOnPage, RowOnPage, RulePage, page_of
from ennakko.rules.parameters import NotDecided, default_book
from ennakko.rules.parameters import Row as ParameterRow
from ennakko.rules.procedure import Procedure
from ennakko.rules.registry import get
from ennakko.rules.rule import Rule
from ennakko.rules.sentences import blank_names, in_words, short_name
from ennakko.rules.tree import And
from ennakko.values.texts import Text, text
from ennakko.web.rule_reform import ASKED, ReformForm, counted, may_count
from ennakko.web.rule_trial import TrialForm, can_be_tried

Dated = TypeVar("Dated", RowOnPage, ParameterRow)
TOLD = text(fi="työnantaja kertoo itse", sv="arbetsgivaren berättar själv", en="the employer tells")
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
    page, on = page_of(found), clock.today()
    own = next((service for service in services() if page.id in service.rules), None)
    context: dict[str, Any] = {
        "page": page,
        "conditions": [] if isinstance(found, Procedure) else _conditions(found, on),
        "formulas": _formulas(page),
        "parameters": [_history(one, on) for one in page.parameters],
        "inputs": _inputs(page, own),
        "not_read": _not_read(page, own),
        "headings": HEADINGS,
        "breadcrumb": [(_("Rules"), reverse("rules")), (filters.say(page.title), "")],
    }
    refused = False
    if not isinstance(found, Procedure):
        if can_be_tried(found):
            form = TrialForm(request.POST if request.method == "POST" else None, rule=found, today=on)
            context |= {"form": form, **_tried(form)}
            refused = bool(form.errors)
        if own is not None and may_count(actor_of(request), own, found):
            context |= _counted(request, found, own)
            refused = refused or bool(context["reform"].errors)
    return render(request, "web/rule.html", context, status=422 if refused else 200)


def _counted(request: HttpRequest, found: type[Rule], own: Service) -> dict[str, Any]:
    """Another figure counted on everybody: what is asked stands in the address, as it tells of no one."""
    on = clock.today()
    form = ReformForm(request.GET if ASKED in request.GET else None, rule=found, on=on)
    context: dict[str, Any] = {"reform": form, "asked": ASKED, "figures_url": _figures(own)}
    if not form.is_bound or not form.is_valid():
        return context
    changes = form.changes()
    if not changes:
        return {**context, "unchanged": True}
    try:
        shown = counted(found, changes, service=own, actor=actor_of(request), on=on, at=clock.now())
    except PermitMissing as missing:
        return {**context, "no_permit": missing.reason}
    except NoSnapshot:
        return {**context, "no_registers": True}
    return {**context, "counted": shown}


def _tried(form: TrialForm) -> dict[str, Any]:
    if not form.is_bound or not form.is_valid():
        return {}
    made = form.decide()
    if made is None:
        return {}
    decision, changes = made
    return {
        "decision": decision, "split": decision.outcome is not Outcome.YES,
        "reasons": sorted(decision.reasons, key=lambda one: not one.decisive),
        "outcome_words": OUTCOMES[decision.outcome], "outcome_kind": STATUSES[decision.outcome],
        "changes": changes,
    }  # fmt: skip


OUTCOMES = {
    Outcome.YES: text(fi="Kyllä", sv="Ja", en="Yes"),
    Outcome.NO: text(fi="Ei", sv="Nej", en="No"),
    Outcome.UNKNOWN: text(fi="Ei vielä tiedossa", sv="Ännu inte känt", en="Not known yet"),
    Outcome.NOT_APPLICABLE: text(
        fi="Sääntö ei koske tätä", sv="Regeln gäller inte detta", en="The rule does not apply"
    ),
}


def _conditions(found: type[Rule], on: date) -> list[tuple[Text, tuple[str, ...]]]:
    """The sentence of each condition with the day's figures in it, and its source of law."""
    definition, book = found.definition, found.book(default_book())
    named: dict[str, Text | str] = {fact.name: definition.label(fact).label for fact in definition.inputs}
    for each in definition.parameters:
        parameter = book.get(each.name)
        now = next(
            (row.value for row in parameter.rows if row.start <= on and (row.end is None or on <= row.end)), None
        )
        unknown = now is None or isinstance(now, NotDecided)
        label = parameter.label or short_name(each.name)
        named[short_name(each.name)] = label if unknown else in_words(now, money=parameter.money)
    return [
        (step.says.format(**{blank: named.get(blank, "…") for blank in blank_names(step.says)}), step.cite)
        for step in definition.steps
        if step.says is not None and step.type == "bool" and step.name in _needed(definition)
    ]


def _needed(definition: Definition) -> frozenset[str]:
    """The steps that must all hold: those the outcome is made of. Of what is enough alone the step above it tells."""
    outcome = definition.step(definition.outcome).x
    parts = outcome.xs if isinstance(outcome, And) else ()
    named = frozenset(part.name for part in parts if isinstance(part, StepRef))
    return named if named and len(named) == len(parts) else frozenset(step.name for step in definition.steps)


def _in_force(rows: Sequence[Dated], on: date) -> Dated | None:
    return next((one for one in rows if one.start <= on and (one.end is None or on <= one.end)), None)


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _formulas(page: RulePage) -> Table:
    """Each step and what it is made of, as a lawyer reads it."""
    rows = [
        Row(
            cells=(
                step.name, filters.say(step.sentence) if step.sentence else "", _capital(filters.say(step.formula)),
                "; ".join(filters.cited(one) for one in step.cite),
            )
        )
        for step in page.steps
    ]  # fmt: skip
    columns = tuple(Column(key=key, label=COLUMNS[key]) for key in ("step", "sentence", "formula", "cite"))
    return Table(caption=HEADINGS["steps"], caption_hidden=True, columns=columns, rows=rows, empty=NOTHING)


def _history(parameter: ParameterOnPage, on: date) -> tuple[str, Table]:
    """The name of a figure with its value today, and every value it has had."""
    label = _capital(filters.say(parameter.label))
    rows = [
        Row(cells=(filters.day(one.start), filters.day(one.end), _valued(one), filters.say(one.source)))
        for one in reversed(parameter.rows)
    ]
    now = _in_force(parameter.rows, on)
    columns = tuple(Column(key=key, label=COLUMNS[key]) for key in ("from", "until", "value", "source"))
    table = Table(caption=label, caption_hidden=True, columns=columns, rows=rows, empty=NOTHING)
    return f"{label}: {_valued(now)}" if now else label, table


def _valued(row: RowOnPage) -> str:
    if row.decided:
        return filters.say(row.value)
    return filters.say(UNDECIDED).format(ask=filters.say(row.value))


def _inputs(page: RulePage, own: Service | None) -> Table:
    permits = permits_for(purpose.id for purpose in own.purposes) if own else ()
    rows = [
        Row(
            cells=(
                _capital(filters.say(one.label)), one.source, _permit(one.name, permits),
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


def _not_read(page: RulePage, own: Service | None) -> list[tuple[Text, Text, Text]]:
    """Facts that the service has no permit for: source, the law in the way, whom to ask."""
    permits = permits_for(purpose.id for purpose in own.purposes) if own else ()
    return [
        (sources.get(one.source).title, one.act, one.ask) for one in permits if one.absent and one.ask is not None
    ]  # fmt: skip


def _permit(name: str, permits: tuple[Permit, ...]) -> str:
    """By what right a fact is read: an act, or whom the city must ask."""
    source = facts.get(name).source
    if source == "own-services":
        return _("the city's own decisions")
    if source == sources.EMPLOYER.id:
        return filters.say(TOLD)
    row = next((one for one in permits if name in one.facts), None)
    if row is None:
        return _("no permit")
    if row.absent:
        return _("no permit yet: %(ask)s") % {"ask": filters.say(row.ask) if row.ask else ""}
    return filters.say(row.act)


def _figures(own: Service) -> str:
    """Where the service's whole situation is shown; "" where it has no such page."""
    try:
        return reverse(f"{own.id}:figures")
    except NoReverseMatch:
        return ""
