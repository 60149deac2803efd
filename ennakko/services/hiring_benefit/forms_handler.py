# SPDX-License-Identifier: EUPL-1.2
"""The forms of the desk: question, message, note, reasons, marks, decision texts, earlier benefits, corrections."""

from datetime import date
from typing import Any

from django import forms
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from ennakko.kernel.ui.filters import say
from ennakko.kernel.ui.forms import DateInput
from ennakko.services.hiring_benefit import decision_texts
from ennakko.services.hiring_benefit.forms_estimate import MoneyField
from ennakko.services.hiring_benefit.models import DecisionText

said = lazy(say, str)
MOST_CHARACTERS = 4096
EMPTY = {"required": _("Write something first."), "max_length": _("At most 4,096 characters.")}
ONE_OF_TWO = {"required": _("Choose one of the two."), "invalid_choice": _("Choose one of the two.")}
DAY = {"required": _("Choose a day."), "invalid": _("Choose a day of the calendar.")}
LANGUAGES = [("fi", "Suomi"), ("sv", "Svenska"), ("en", "English")]


def paragraph(label: Any, *, help_text: Any = "", required: bool = True, rows: int = 4) -> forms.CharField:
    """Free words."""
    return forms.CharField(
        label=label, help_text=help_text, required=required, max_length=MOST_CHARACTERS, error_messages=EMPTY,
        widget=forms.Textarea(attrs={"rows": rows}),
    )  # fmt: skip


class QuestionForm(forms.Form):
    """A question to the employer, with a day to answer by."""

    question = paragraph(_("What do you ask?"), help_text=_("The employer sees this as you write it."))
    due = forms.DateField(label=_("Answer by"), widget=DateInput(), error_messages=DAY)

    def __init__(self, *arguments: Any, on: date, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.on = on

    def clean_due(self) -> date:
        due: date = self.cleaned_data["due"]
        if due <= self.on:
            raise forms.ValidationError(_("Choose a day after today: the employer needs time to answer."))
        return due


class LetterForm(forms.Form):
    """A message to the employer."""

    words = paragraph(_("Your message"), help_text=_("The employer reads it behind the sign-in."))


class NoteForm(forms.Form):
    """A note: for the city's own people, or of what the employer was told by phone."""

    text = paragraph(_("Note"), rows=3)
    kind = forms.ChoiceField(
        label=_("What kind of note?"), widget=forms.RadioSelect, initial="internal", error_messages=ONE_OF_TWO,
        choices=[
            ("internal", _("For the city's own people")), ("external", _("Told to the employer, who sees it too")),
        ],
    )  # fmt: skip
    important = forms.BooleanField(label=_("This matters: show it on top"), required=False)


class WhyForm(forms.Form):
    """A reason, for what is cancelled, taken back or sent back."""

    why = paragraph(_("Why?"), rows=3)


class HandOverForm(forms.Form):
    """To whom an application is handed."""

    to = forms.TypedChoiceField(
        label=_("Hand over to"), coerce=int,
        error_messages={"required": _("Choose a colleague."), "invalid_choice": _("Choose a colleague.")},
    )  # fmt: skip

    def __init__(self, *arguments: Any, colleagues: list[tuple[int, str]], **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.fields["to"].choices = colleagues  # type: ignore[attr-defined]


class WordsForm(forms.Form):
    """The words of a decision and whether it is de minimis aid."""

    outcome = forms.ChoiceField(
        label=_("Proposal"), widget=forms.RadioSelect, error_messages=ONE_OF_TWO,
        choices=[("accepted", _("The benefit is granted")), ("rejected", _("The application is refused"))],
    )  # fmt: skip
    language = forms.ChoiceField(label=_("Language of the decision"), choices=LANGUAGES, widget=forms.RadioSelect)
    decision = paragraph(_("Decision"), required=False, rows=4)
    justification = paragraph(
        _("Reasons"), required=False, rows=7, help_text=_("The employer reads these in the decision.")
    )
    de_minimis = forms.BooleanField(label=_("The benefit is de minimis aid"), required=False)
    industry = forms.CharField(
        label=_("Industry of the employer (TOL)"), required=False, max_length=5,
        help_text=_("Needed for the register of de minimis aid."),
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )  # fmt: skip
    revision = forms.IntegerField(required=False, widget=forms.HiddenInput)
    template = forms.CharField(required=False, max_length=60, widget=forms.HiddenInput)

    @staticmethod
    def initial_of(words: DecisionText | None, language: str) -> dict[str, Any]:
        """What stands in the form: what was written, or nothing yet."""
        if words is None:
            return {"language": language, "outcome": "accepted"}
        return {
            name: getattr(words, name)
            for name in ("outcome", "language", "decision", "justification", "de_minimis", "industry", "revision",
                         "template")
        }  # fmt: skip


class TemplateForm(forms.Form):
    """From which text the words are begun."""

    template = forms.ChoiceField(
        label=_("Text to begin from"),
        error_messages={"required": _("Choose a text."), "invalid_choice": _("Choose a text.")},
    )  # fmt: skip
    language = forms.ChoiceField(label=_("Language"), choices=LANGUAGES)

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        texts = [(one.id, said(one.name)) for one in decision_texts.templates()]
        self.fields["template"].choices = texts  # type: ignore[attr-defined]


class EarlierForm(forms.Form):
    """A benefit granted before this service: for the employer and the employee of the application."""

    start = forms.DateField(label=_("First day"), widget=DateInput(), error_messages=DAY)
    end = forms.DateField(label=_("Last day"), widget=DateInput(), error_messages=DAY)
    total = MoneyField(label=_("In all, €"), required=False)
    source = forms.CharField(
        label=_("Where is it known from?"), max_length=200, help_text=_("For example the number of the old decision."),
        error_messages={"required": _("Say where it is known from.")},
    )  # fmt: skip
