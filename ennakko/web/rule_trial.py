# SPDX-License-Identifier: EUPL-1.2
"""Trying a rule on made-up facts: a form made of the facts that the rule reads. Nothing of it is kept."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _

from ennakko import facts
from ennakko.kernel.ui.filters import say
from ennakko.kernel.ui.forms import DateInput
from ennakko.municipalities import profile as municipality
from ennakko.rules.analysis import walk
from ennakko.rules.change import next_change
from ennakko.rules.decision import Decision
from ennakko.rules.errors import EvaluationError
from ennakko.rules.evaluate import facts_from_json
from ennakko.rules.node import FactRef, Node, ParamRef
from ennakko.rules.parameters import NotDecided, default_book
from ennakko.rules.rule import Rule
from ennakko.rules.tree import Compare, Const

UNKNOWN = "unknown"
OTHER = "-"
OWN = "own-services"


def can_be_tried(rule: type[Rule]) -> bool:
    """Whether a form of single facts is enough: a rule over a household needs rows, which the interface takes."""
    return not rule.definition.relations


class TrialForm(forms.Form):
    """One field for each fact that the rule reads, and the day on which it is tried."""

    def __init__(self, *arguments: Any, rule: type[Rule], today: date, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.rule = rule
        self.fields["on"] = forms.DateField(
            label=_("Day"), widget=DateInput(), initial=today,
            error_messages={"required": _("Choose a day."), "invalid": _("Choose a day of the calendar.")},
        )  # fmt: skip
        for fact in rule.definition.inputs:
            self.fields[f"fact-{fact.name}"] = _field(rule, fact, today)

    def decide(self) -> tuple[Decision, date | None] | None:
        """The decision and the day it changes by time alone; None with an error on the form where it cannot be made."""
        on = self.cleaned_data["on"]
        try:
            bound = self.rule.bind(on)
            known = facts_from_json(bound, dict(self._given()))
            decision = bound.decide(known)
            return decision, next_change(self.rule, known, on, years=30)
        except EvaluationError:
            self.add_error("on", _("The rule has no figures for that day. Choose a day within the years of the table."))
            return None

    def _given(self) -> Iterator[tuple[str, Any]]:
        for fact in self.rule.definition.inputs:
            value = self.cleaned_data.get(f"fact-{fact.name}")
            if value in (None, "", UNKNOWN):
                continue
            if fact.type == "bool":
                yield fact.name, value == "yes"
            else:
                yield fact.name, value.isoformat() if isinstance(value, date) else value


def _field(rule: type[Rule], fact: FactRef, today: date) -> forms.Field:
    label = say(rule.definition.label(fact).label)
    label = label[:1].upper() + label[1:]
    if fact.type == "bool":
        choices = [("yes", _("Yes")), ("no", _("No")), (UNKNOWN, _("Not known"))]
        # What the city itself has done is first taken as not done: so the form opens with the usual case.
        first = "no" if facts.get(fact.name).source == OWN else "yes"
        return _choice(label, choices, first)
    if fact.type == "date":
        return forms.DateField(
            label=label, widget=DateInput(), required=False, help_text=_("Leave empty if it is not known."),
            error_messages={"invalid": _("Choose a day of the calendar.")},
            initial=today.replace(year=today.year - 16, day=1),
        )  # fmt: skip
    if fact.type == "code":
        known = [(value, f"{words} ({value})") for value, words in sorted(_compared_with(rule, fact, today).items())]
        choices = [*known, (OTHER, _("Another")), (UNKNOWN, _("Not known"))]
        return _choice(label, choices, known[0][0] if known else OTHER)
    return forms.IntegerField(
        label=label, required=False, min_value=-(2**53), max_value=2**53,
        help_text=_("Leave empty if it is not known."),
        error_messages=dict.fromkeys(("invalid", "min_value", "max_value"), _("Write a whole number.")),
    )  # fmt: skip


def _choice(label: str, choices: list[tuple[str, str]], first: str) -> forms.ChoiceField:
    needed = dict.fromkeys(("required", "invalid_choice"), _("Choose one."))
    return forms.ChoiceField(
        label=label, choices=choices, widget=forms.RadioSelect, initial=first, error_messages=needed
    )  # fmt: skip


def _compared_with(rule: type[Rule], fact: FactRef, today: date) -> dict[str, str]:
    """The values with which the rule compares a code, and what each is called."""
    found: dict[str, str] = {}
    for step in rule.definition.steps:
        for node in walk(step.x):
            if isinstance(node, Compare) and fact in (node.a, node.b):
                found.update(_named(node.b if node.a == fact else node.a, today))
    return found


def _named(node: Node, today: date) -> dict[str, str]:
    if isinstance(node, Const):
        return {str(node.value): str(node.value)}
    if isinstance(node, ParamRef):
        value = default_book().value(node.name, today)
        if isinstance(value, NotDecided):
            return {}
        home = municipality.load(settings.MUNICIPALITY)
        words = default_book().get(node.name).label
        shown = home.names.name if str(value) == home.code else words
        return {str(value): say(shown) if shown else node.name}
    return {}
