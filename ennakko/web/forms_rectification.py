# SPDX-License-Identifier: EUPL-1.2
"""What is asked of a request for rectification: of its party, and of those who prepare it."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ennakko.kernel import clock
from ennakko.kernel.cases.models import Decision
from ennakko.kernel.cases.rectification import OUTCOMES, before_decided
from ennakko.kernel.ui.filters import say
from ennakko.kernel.ui.forms import DateInput
from ennakko.web.pages_case import said

MOST_CHARACTERS = 4096
WRITE = gettext_lazy("Write this first.")


def _words(label: Any, *, help_text: Any = "", rows: int = 8) -> forms.CharField:
    return forms.CharField(
        label=label, help_text=help_text, max_length=MOST_CHARACTERS, widget=forms.Textarea(attrs={"rows": rows}),
        error_messages={
            "required": WRITE, "max_length": gettext_lazy("The text is too long: at most 4,096 characters."),
        },
    )  # fmt: skip


def _day(label: Any) -> forms.DateField:
    wrong = gettext_lazy("Write the day.")
    return forms.DateField(label=label, widget=DateInput(), error_messages={"required": wrong, "invalid": wrong})


def _outcome(label: Any) -> forms.ChoiceField:
    wrong = gettext_lazy("Choose one of these.")
    return forms.ChoiceField(
        label=label, widget=forms.RadioSelect, choices=[(key, said(words)) for key, words in OUTCOMES.items()],
        error_messages={"required": wrong, "invalid_choice": wrong},
    )  # fmt: skip


class FilingForm(forms.Form):
    """What the party wants changed, and why."""

    words = _words(
        gettext_lazy("What do you want changed, and why?"),
        help_text=gettext_lazy("A few sentences are enough. You can add to it later."),
    )

    def __init__(self, *arguments: Any, contested: Decision, on_paper: bool = False, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.contested = contested
        if on_paper:
            self.fields["words"].label = _("What the request says")
            self.fields["words"].help_text = ""
            self.fields["filed_on"] = _day(_("The day it arrived"))

    def clean_filed_on(self) -> date:
        arrived: date = self.cleaned_data["filed_on"]
        if arrived > clock.today():
            raise forms.ValidationError(_("The day cannot be in the future."))
        if arrived < self.contested.on:
            raise forms.ValidationError(say(before_decided(self.contested)))
        return arrived


class DraftForm(forms.Form):
    outcome = _outcome(gettext_lazy("What the body is proposed to decide"))
    words = _words(gettext_lazy("Draft of the reasons"))


class RecordForm(forms.Form):
    outcome = _outcome(gettext_lazy("What the body decided"))
    body = forms.CharField(
        label=gettext_lazy("The body"), max_length=200, error_messages={"required": gettext_lazy("Write its name.")}
    )
    section = forms.CharField(
        label=gettext_lazy("Section of the minutes"), max_length=60, help_text=gettext_lazy("For example § 212"),
        error_messages={"required": gettext_lazy("Write the section of the minutes.")},
    )  # fmt: skip
    decided_on = _day(gettext_lazy("The day of the decision"))
    words = _words(gettext_lazy("Reasons, as in the minutes"))

    def clean_decided_on(self) -> date:
        decided: date = self.cleaned_data["decided_on"]
        if decided > clock.today():
            raise forms.ValidationError(_("The day cannot be in the future."))
        return decided


class LetterForm(forms.Form):
    words = _words(gettext_lazy("Message"), rows=4)


class NoteForm(forms.Form):
    words = _words(gettext_lazy("Note"), rows=4)
    external = forms.BooleanField(label=gettext_lazy("This was told to the customer: they see it too"), required=False)
    important = forms.BooleanField(label=gettext_lazy("Important"), required=False)
