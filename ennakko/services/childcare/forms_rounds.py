# SPDX-License-Identifier: EUPL-1.2
"""The form of a new draft: form, first day, mode, and weights to try where the board has decided none."""

from typing import Any

from django import forms
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from ennakko.kernel.ui.filters import say
from ennakko.kernel.ui.forms import DateInput
from ennakko.services.childcare.offer_words import FORMS
from ennakko.services.childcare.placing.policy import MOST_METRES, MOST_PERCENT, Policy

said = lazy(say, str)
CHOOSE = {"required": _("Choose one of these."), "invalid_choice": _("Choose one of these.")}
MODES = (("flow", _("Shortest ways together")), ("stable", _("The nearest child goes first")))
LABELS = {
    "sibling_metres": _("A sibling's unit counts nearer, metres"),
    "continuity_metres": _("The present unit counts nearer, metres"),
    "school_path_metres": _("A unit beside the coming school counts nearer, metres"),
    "long_way_metres": _("A way is long from, metres"),
    "long_way_percent": _("Metres beyond that count more, per cent"),
    "crossing_metres": _("A dangerous crossing lengthens the way, metres"),
}


class RoundForm(forms.Form):
    """What a draft is made by; weights begin from what the city has decided."""

    form = forms.ChoiceField(
        label=_("What the places are for"), choices=[(key, said(name)) for key, name in FORMS.items()],
        error_messages=CHOOSE,
    )  # fmt: skip
    starts = forms.DateField(
        label=_("First day of the places"), widget=DateInput,
        error_messages={"required": _("Give the first day."), "invalid": _("Give the day as day.month.year.")},
    )  # fmt: skip
    mode = forms.ChoiceField(label=_("How places are given"), choices=MODES, error_messages=CHOOSE)
    together = forms.BooleanField(
        label=_("Siblings who begin at once are kept together"), required=False, initial=True
    )  # fmt: skip

    def __init__(self, data: Any = None, *, policy: Policy) -> None:
        super().__init__(data)
        for name, label in LABELS.items():
            most = MOST_PERCENT if name.endswith("percent") else MOST_METRES
            limits = _("Write a whole number of 0–%(most)d.") % {"most": most}
            self.fields[name] = forms.IntegerField(
                label=label, min_value=0, max_value=most, initial=getattr(policy, name),
                error_messages=dict.fromkeys(("required", "invalid", "min_value", "max_value"), limits),
            )  # fmt: skip

    def policy(self) -> Policy:
        """The weights that were written; ask `is_valid` first."""
        chosen = {name: self.cleaned_data[name] for name in LABELS}
        return Policy(**chosen, together=self.cleaned_data["together"])
