# SPDX-License-Identifier: EUPL-1.2
"""The director's forms: another rule to be counted on past cases, and which statistics are taken out for what."""

from datetime import date
from typing import Any

from django import forms
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from ennakko.kernel.ui.filters import say
from ennakko.kernel.ui.forms import DateInput
from ennakko.services.hiring_benefit.simulating import ASKED

said = lazy(say, str)
OWN = "own"
CHOOSE = {"required": _("Choose one."), "invalid_choice": _("Choose one.")}


def _number(label: Any, *, least: int, most: int, **named: Any) -> forms.IntegerField:
    needed = _("Write a whole number from %(least)s to %(most)s.") % {"least": least, "most": most}
    return forms.IntegerField(
        label=label, min_value=least, max_value=most, required=False, widget=forms.NumberInput({"data-slider": ""}),
        error_messages=dict.fromkeys(("required", "invalid", "min_value", "max_value"), needed), **named,
    )  # fmt: skip


class ReformForm(forms.Form):
    """Which change is counted: one that has been asked about, or other figures of the rule in force."""

    reform = forms.ChoiceField(
        label=_("What if…"), widget=forms.RadioSelect, error_messages=CHOOSE,
        choices=[*((name, said(words)) for name, words in ASKED.items()), (OWN, _("Other figures"))],
    )  # fmt: skip
    share = _number(_("Share of the hiring costs, %"), least=1, most=100)
    month = _number(_("At most a month, €"), least=1, most=5000)

    def clean(self) -> dict[str, Any]:
        given = dict(super().clean() or {})
        if given.get("reform") == OWN:
            for name in ("share", "month"):
                if name not in self.errors and given.get(name) is None:
                    self.add_error(name, _("Write the figure that you want to try."))
        return given


class StatisticsForm(forms.Form):
    """Days of decision, both included, and what the statistics are for: it goes to the log."""

    after = forms.DateField(
        label=_("Decided from"), required=False, widget=DateInput(),
        error_messages={"invalid": _("Choose a day of the calendar.")},
    )  # fmt: skip
    before = forms.DateField(
        label=_("Decided by"), required=False, widget=DateInput(),
        error_messages={"invalid": _("Choose a day of the calendar.")},
    )  # fmt: skip
    purpose = forms.CharField(
        label=_("What are the statistics for?"), max_length=300, help_text=_("This goes to the log."),
        error_messages={"required": _("Write what the statistics are for.")},
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        given = dict(super().clean() or {})
        after: date | None = given.get("after")
        before: date | None = given.get("before")
        if after is not None and before is not None and before < after:
            self.add_error("before", _("Choose a day that is not before the first one."))
        return given
