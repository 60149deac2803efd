# SPDX-License-Identifier: EUPL-1.2
"""What another figure in a rule would cost, on everybody in the registers; for those who may see the service's figures.

Nothing that could tell of a single person is shown: where a change touches 1–4 residents, none of its figures are.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

import polars as pl
from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _

from ennakko.kernel.access import Actor, verdict
from ennakko.kernel.access.tables import actions
from ennakko.kernel.figures.disclosure import HIDE_BELOW
from ennakko.kernel.figures.whatif import what_if
from ennakko.kernel.manifest import Service
from ennakko.kernel.purposes import objectors
from ennakko.kernel.ui.filters import say
from ennakko.rules.errors import EvaluationError
from ennakko.rules.parameters import NotDecided, default_book
from ennakko.rules.population import FIGURES
from ennakko.rules.rule import Rule

ASKED = "count"
PREFIX = "to"
AROUND = 3
"""How many numbers below and above those of a set are offered as choices."""


@dataclass(frozen=True, slots=True)
class Shown:
    """The present rule beside the changed one: cents a year, persons; `few` says that nothing may be shown."""

    few: bool
    pays: bool
    now_cents: int = 0
    then_cents: int = 0
    more_cents: int = 0
    less_cents: int = 0
    gained: int = 0
    lost: int = 0
    milliseconds: int = 0


def may_count(actor: Actor, service: Service | None, rule: type[Rule]) -> bool:
    """Whether this reader may count what a change would cost: a service's figures are its director's and official's."""
    if service is None or not service.purposes or rule.definition.id not in service.rules:
        return False
    name = f"{service.id}.figures"
    return name in {one.name for one in actions()} and bool(verdict(actor, name))


class ReformForm(forms.Form):
    """One field for each figure of the rule that is a number, a sum or a set of numbers; starts from today's."""

    def __init__(self, given: QueryDict | None, *, rule: type[Rule], on: date) -> None:
        super().__init__(given, prefix=PREFIX)
        self.rule, self.on = rule, on
        self.now = dict(_numbers(rule, on))
        for name, value in self.now.items():
            self.fields[name] = _field(name, value)

    def changes(self) -> dict[str, object]:
        """What differs from today: parameter → value from today on, money in cents."""
        found: dict[str, object] = {}
        for name, now in self.now.items():
            given = self.cleaned_data[name]
            if isinstance(now, tuple):
                then: object = tuple(sorted(int(one) for one in given))
                changed = then != tuple(sorted(now))
            else:
                then = given * 100 if default_book().get(name).money else given
                changed = then != now
            if changed:
                found[name] = {self.on: list(then) if isinstance(then, tuple) else then}
        return found


def _numbers(rule: type[Rule], on: date) -> Iterator[tuple[str, int | tuple[int, ...]]]:
    for parameter in rule.definition.parameters:
        try:
            value = default_book().value(parameter.name, on)
        except EvaluationError:
            continue
        if isinstance(value, NotDecided | bool):
            continue
        if isinstance(value, int):
            yield parameter.name, value
        elif isinstance(value, tuple | frozenset) and value and all(type(one) is int for one in value):
            yield parameter.name, tuple(sorted(value))


def _field(name: str, now: int | tuple[int, ...]) -> forms.Field:
    parameter = default_book().get(name)
    label = say(parameter.label) if parameter.label else name
    label = label[:1].upper() + label[1:]
    if isinstance(now, tuple):
        offered = range(max(min(now) - AROUND, 0), max(now) + AROUND + 1)
        return forms.MultipleChoiceField(
            label=label, initial=[str(one) for one in now], widget=forms.CheckboxSelectMultiple,
            choices=[(str(one), str(one)) for one in offered],
            error_messages={"required": _("Choose at least one."), "invalid_choice": _("Choose from the list.")},
        )  # fmt: skip
    shown = now // 100 if parameter.money else now
    most = max(2 * shown, 10)
    needed = _("Write a whole number from 0 to %(most)s.") % {"most": most}
    return forms.IntegerField(
        label=f"{label}, €" if parameter.money else label, initial=shown, min_value=0, max_value=most,
        widget=forms.NumberInput(attrs={"data-slider": ""}),
        error_messages=dict.fromkeys(("required", "invalid", "min_value", "max_value"), needed),
    )  # fmt: skip


def counted(
    rule: type[Rule], changes: Mapping[str, object], *, service: Service, actor: Actor, on: date, at: datetime
) -> Shown:
    """The rule in force and the changed one on everybody but the objecting and those under non-disclosure.

    They are left out here as they are of every other figure, so that no two figures together tell how few they are.
    Raises PermitMissing, and NoSnapshot without registers.
    """
    about = service.purposes[0].id
    found = what_if(
        rule, rule.with_parameters(changes), purpose=about, on=on, actor=actor, at=at,
        reason=f"what another {rule.definition.id} would cost", by=("non_disclosure",), without=objectors(about),
    )  # fmt: skip
    pays = rule.definition.amount is not None
    counts = found.by.filter(~pl.col("non_disclosure")).select(pl.col(*FIGURES).sum()).row(0, named=True)
    if any(0 < counts[one] < HIDE_BELOW for one in ("gained", "lost", "winners", "losers")):
        return Shown(few=True, pays=pays)
    return Shown(
        few=False, pays=pays, now_cents=counts["baseline"], then_cents=counts["reform"],
        more_cents=max(counts["cost"], 0), less_cents=max(-counts["cost"], 0), gained=counts["gained"],
        lost=counts["lost"], milliseconds=max(round(found.seconds * 1000), 1),
    )  # fmt: skip
