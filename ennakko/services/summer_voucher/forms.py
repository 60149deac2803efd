# SPDX-License-Identifier: EUPL-1.2
"""Forms: they ask and keep what was typed; what a field may hold is told by the law's fields and the actions."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django import forms
from django.conf import settings
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from ennakko.kernel import clock
from ennakko.kernel.access import Actor
from ennakko.kernel.ui.filters import say
from ennakko.kernel.ui.forms import DateInput
from ennakko.services.summer_voucher.actions import applications as applying
from ennakko.services.summer_voucher.actions.applications import Form
from ennakko.services.summer_voucher.conditions import form_groups
from ennakko.services.summer_voucher.law import fields as law
from ennakko.services.summer_voucher.law.refusals import Refusal
from ennakko.services.summer_voucher.models import Application
from ennakko.services.summer_voucher.wording import GROUPS, REASON_NAMES
from ennakko.values.texts import Text

said = lazy(say, str)
EMPTY = {"required": said(law.EMPTY)}
LANGUAGES = [("fi", "Suomi"), ("sv", "Svenska"), ("en", "English")]
MOST_CHARACTERS = 4096


def choices(words: Mapping[str, Text], only: Sequence[str] = ()) -> list[tuple[str, Any]]:
    """The choices of a field, in the page's language."""
    return [(key, said(one)) for key, one in words.items() if not only or key in only]


def line(label: Any, *, help_text: Any = "", **attributes: str) -> forms.CharField:
    """One line of text."""
    widget = forms.TextInput(attrs=attributes)
    return forms.CharField(label=label, help_text=help_text, widget=widget, max_length=300, error_messages=EMPTY)


def paragraph(label: Any, *, help_text: Any = "", required: bool = True, rows: int = 6) -> forms.CharField:
    """Free words."""
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(
        label=label, help_text=help_text, widget=widget, max_length=MOST_CHARACTERS, required=required,
        error_messages={**EMPTY, "max_length": said(law.TOO_LONG.format(longest=MOST_CHARACTERS))},
    )  # fmt: skip


def field_of(name: str) -> forms.Field:
    """The field that asks for one item of an application, by the name of the City's interface."""
    made: dict[str, Any] = {
        "first_name": lambda: line(_("First name"), autocomplete="given-name"),
        "last_name": lambda: line(_("Last name"), autocomplete="family-name"),
        "social_security_number": lambda: line(
            _("Personal identity code"),
            help_text=_("For example 010110A9013. We use it only to look at the population register."),
            autocomplete="off", spellcheck="false",
        ),
        "target_group": lambda: forms.ChoiceField(
            label=_("How old do you turn this year?"), widget=forms.RadioSelect,
            choices=choices({group: GROUPS[group] for group in form_groups(clock.today())}),
            error_messages={"required": said(law.WRONG_GROUP), "invalid_choice": said(law.WRONG_GROUP)},
        ),
        "school": lambda: line(_("Which school do you go to?"), help_text=_("Write its name in your own words.")),
        "is_unlisted_school": lambda: forms.BooleanField(
            label=_("My school is in another municipality, or I go to no school"), required=False
        ),
        "email": lambda: forms.CharField(
            label=_("E-mail"), max_length=300, error_messages=EMPTY,
            widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        ),
        "phone_number": lambda: forms.CharField(
            label=_("Phone"), help_text=_("For example 040 123 4567."), max_length=100, error_messages=EMPTY,
            widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel"}),
        ),
        "postcode": lambda: line(
            _("Postcode of your home"), help_text=_("Five digits, for example 00100."), inputmode="numeric",
            autocomplete="postal-code",
        ),
        "language": lambda: forms.ChoiceField(
            label=_("In which language do we write to you?"), choices=LANGUAGES, widget=forms.RadioSelect,
            error_messages={"required": said(law.WRONG_LANGUAGE), "invalid_choice": said(law.WRONG_LANGUAGE)},
        ),
        "additional_info_user_reasons": lambda: forms.MultipleChoiceField(
            label=_("Which of these is true of you?"), choices=choices(REASON_NAMES),
            widget=forms.CheckboxSelectMultiple,
            error_messages={"required": said(law.NO_REASON), "invalid_choice": said(law.NO_REASON)},
        ),
        "additional_info_description": lambda: paragraph(
            _("Tell us more in your own words"),
            help_text=_("For example where you study, or when you move. Do not write about your health."),
        ),
        "non_vtj_birthdate": lambda: forms.CharField(
            label=_("Date of birth"), widget=DateInput(), max_length=10, error_messages=EMPTY
        ),
        "non_vtj_home_municipality": lambda: line(_("Home municipality")),
    }  # fmt: skip
    field: forms.Field = made[name]()
    return field


class AskedForm(forms.Form):
    """Some fields of an application; what they may hold is asked from the actions, one refusal a field."""

    def __init__(self, *arguments: Any, form: Form, names: Sequence[str], **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.form, self.names = form, tuple(names)
        for name in self.names:
            self.fields[name] = field_of(name)
            self.fields[name].required = name not in applying.OPTIONAL[form]
            if isinstance(self.fields[name], forms.CharField):
                # The summary on top repeats the message: it must say which of the fields it is about.
                words = say(law.EMPTY)
                empty = f"{self.fields[name].label}: {words[:1].lower()}{words[1:]}"
                self.fields[name].error_messages["required"] = empty

    def clean(self) -> dict[str, Any]:
        given = dict(super().clean() or {})
        tidy(given)
        asked = tuple(name for name in self.names if name not in self.errors)
        for refusal in applying.refused_fields(given, form=self.form, only=asked) if asked else ():
            self.add_error(refusal.field, say(refusal.text))
        return given

    def refuse(self, refusals: Sequence[Refusal]) -> None:
        """Show refusals that came after the form was sent."""
        for refusal in refusals:
            self.add_error(refusal.field if refusal.field in self.fields else None, say(refusal.text))


def tidy(given: dict[str, Any]) -> None:
    """Read what people type as they mean it: capitals and no blanks in an identity code."""
    if isinstance(given.get("social_security_number"), str):
        given["social_security_number"] = given["social_security_number"].upper().replace(" ", "")


class ExplainForm(forms.Form):
    """More information to an application: which reasons, and in one's own words."""

    additional_info_user_reasons = forms.MultipleChoiceField(
        label=_("Which of these is true of you?"), choices=choices(REASON_NAMES), widget=forms.CheckboxSelectMultiple,
        error_messages={"required": said(law.NO_REASON), "invalid_choice": said(law.NO_REASON)},
    )  # fmt: skip
    additional_info_description = paragraph(_("Tell us more in your own words"))

    def accepted_by(self, row: Application, *, actor: Actor, at: datetime, on: date) -> bool:
        """Give the answer; False with errors on the form where something must be corrected."""
        refusals = applying.explain(
            row, self.cleaned_data["additional_info_user_reasons"], self.cleaned_data["additional_info_description"],
            actor=actor, at=at, on=on,
        )  # fmt: skip
        for refusal in refusals:
            self.add_error(refusal.field if refusal.field in self.fields else None, say(refusal.text))
        return not refusals


class AskMoreForm(forms.Form):
    """A question to the youth."""

    question = paragraph(_("What do you ask?"), help_text=_("The youth sees this as you write it."), rows=4)
    due = forms.DateField(
        label=_("Answer by"), widget=DateInput,
        error_messages={"required": _("Choose the last day to answer."), "invalid": _("Choose a day of the calendar.")},
    )  # fmt: skip

    def __init__(self, *arguments: Any, on: date, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.on = on

    def clean_due(self) -> date:
        due: date = self.cleaned_data["due"]
        if due <= self.on:
            raise forms.ValidationError(_("Choose a day after today: the youth needs time to answer."))
        return due


class NoteForm(forms.Form):
    """A note on a case."""

    text = paragraph(_("Note"), rows=3)
    important = forms.BooleanField(label=_("This matters: show it on top"), required=False)


class ProposalForm(forms.Form):
    """What a handler proposes or an official decides."""

    outcome = forms.ChoiceField(
        label=_("Decision"), widget=forms.RadioSelect,
        choices=[("accepted", _("The youth gets the voucher")), ("rejected", _("The application is rejected"))],
        error_messages={"required": _("Choose one of the two."), "invalid_choice": _("Choose one of the two.")},
    )  # fmt: skip
    justification = paragraph(
        _("Reasons in words"), required=False, rows=5,
        help_text=_("The youth reads these in the decision. A rejection needs them."),
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        given = dict(super().clean() or {})
        if given.get("outcome") == "rejected" and not given.get("justification", "").strip():
            self.add_error("justification", _("Write why the application is rejected: the youth has a right to know."))
        return given


class WordsForm(forms.Form):
    """One reason in words: why something is sent back or made void."""

    words = paragraph(_("Why?"), rows=3)


class VoucherNumberForm(forms.Form):
    """A voucher found by its number."""

    number = forms.CharField(
        label=_("Number of the voucher"), help_text=_("For example 31n-022. Capitals and dashes do not matter."),
        max_length=60, error_messages={"required": _("Write the number of the voucher, for example 31n-022.")},
    )  # fmt: skip


class WhatIfForm(forms.Form):
    """Another rule to count with."""

    ages = forms.MultipleChoiceField(
        label=_("Ages that get the voucher"), widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one age."), "invalid_choice": _("Choose ages from the list.")},
    )  # fmt: skip
    value = forms.IntegerField(
        label=_("Value in euros"), min_value=1, max_value=2000,
        error_messages={
            "required": _("Write the value in whole euros, for example 400."),
            "invalid": _("Write the value in whole euros, for example 400."),
            "min_value": _("Write at least 1 euro."),
            "max_value": _("Write at most 2,000 euros."),
        },
    )  # fmt: skip

    def __init__(self, *arguments: Any, ages: Sequence[int], **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.fields["ages"].choices = [(str(age), str(age)) for age in ages]  # type: ignore[attr-defined]


class FindPersonForm(forms.Form):
    """Whom a worker serves, and how; nothing of it stands in an address."""

    how = forms.ChoiceField(
        label=_("How do you serve them?"), widget=forms.RadioSelect,
        choices=[("counter", _("Beside me, identity checked")), ("phone", _("On the phone")), ("paper", _("On paper"))],
        error_messages={"required": _("Choose how you serve them."), "invalid_choice": _("Choose from the list.")},
    )  # fmt: skip
    whom = forms.CharField(
        label=_("Identity code or name"), required=False, max_length=100,
        help_text=_("A name finds those who have an offer or a case. Each look is logged."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )  # fmt: skip
    without_code = forms.BooleanField(label=_("The youth has no Finnish identity code"), required=False)

    def clean(self) -> dict[str, Any]:
        given = dict(super().clean() or {})
        given["identity_code"] = ""
        if given.get("without_code"):
            return given
        typed = {"social_security_number": str(given.get("whom", "")).strip()}
        if not typed["social_security_number"]:
            self.add_error("whom", _("Write an identity code or a name."))
        elif any(letter.isdigit() for letter in typed["social_security_number"]):
            tidy(typed)
            code = typed["social_security_number"]
            found = law.check("social_security_number", code, temporary=bool(settings.DEMO))
            if found is not None:
                self.add_error("whom", say(found.text))
            given["identity_code"] = code
        return given
