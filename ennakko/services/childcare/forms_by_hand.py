# SPDX-License-Identifier: EUPL-1.2
"""Forms of the desk where a person chooses a place: the unit with the reason, and why a proposal is given back."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ennakko.services.childcare.actions.by_hand import WORDS_AT_MOST

WRITE = {"required": _("Write something here.")}


class ProposeForm(forms.Form):
    """One unit of those that have room now, and why: `choices` are (pool, words)."""

    pool = forms.ChoiceField(label=_("The unit to propose"), widget=forms.RadioSelect)
    words = forms.CharField(
        label=_("Why this unit?"), max_length=WORDS_AT_MOST, error_messages=WRITE,
        help_text=_("The official who releases the place reads this; the family does not."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip

    def __init__(self, data: Any = None, *, choices: Sequence[tuple[str, str]] = ()) -> None:
        super().__init__(data)
        field = self.fields["pool"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = list(choices)
        field.error_messages |= {
            "required": _("Choose one of the units."),
            "invalid_choice": _("This unit has no room any more. Choose another."),
        }


class GiveBackForm(forms.Form):
    """Why a proposal is not released."""

    back = forms.CharField(
        label=_("Why is it given back?"), max_length=WORDS_AT_MOST, error_messages=WRITE,
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip
