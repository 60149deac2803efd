# SPDX-License-Identifier: EUPL-1.2
"""Ordering the benefit letter: consent, waiver, and what work she looks for; at the counter also whose letter it is."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from ennakko.kernel.ui.filters import say
from ennakko.services.hiring_benefit import letter_words as words
from ennakko.values.identity_code import InvalidIdentityCode, is_test, parse

said = lazy(say, str)
LANGUAGES = [("fi", "Suomi"), ("sv", "Svenska"), ("en", "English")]
CHOOSE = {"required": _("Choose one."), "invalid_choice": _("Choose one.")}


class LetterForm(forms.Form):
    """What the resident agrees to and wishes; both agreements are needed, each is its own."""

    consents = forms.BooleanField(
        label=said(words.CONSENT), required=True, error_messages={"required": said(words.BOTH_NEEDED)}
    )
    waives = forms.BooleanField(
        label=said(words.WAIVER), required=True, error_messages={"required": said(words.BOTH_NEEDED)}
    )
    field = forms.ChoiceField(
        label=_("What work do you look for?"), required=False, error_messages=CHOOSE,
        choices=[("", _("I do not say")), *((key, said(name)) for key, name in words.FIELDS_OF_WORK.items())],
        help_text=_("Employers see only how many look for each kind of work, and never under twenty."),
    )  # fmt: skip
    language = forms.ChoiceField(label=_("Language of the letter"), choices=LANGUAGES, error_messages=CHOOSE)


class CounterLetterForm(LetterForm):
    """The same at the counter: the worker writes what the resident says."""

    identity_code = forms.CharField(
        label=_("Personal identity code"), max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        error_messages={"required": _("Write the identity code in the form 010190-123A.")},
    )  # fmt: skip
    how = forms.ChoiceField(
        label=_("How do you serve them?"), widget=forms.RadioSelect, error_messages=CHOOSE,
        choices=[("counter", _("Beside me, identity checked")), ("phone", _("On the phone"))],
    )  # fmt: skip
    field_order = ("identity_code", "how", "consents", "waives", "field", "language")

    def clean_identity_code(self) -> str:
        code: str = str(self.cleaned_data["identity_code"]).strip().upper()
        try:
            parse(code)
        except InvalidIdentityCode:
            raise forms.ValidationError(_("Write the identity code in the form 010190-123A.")) from None
        if is_test(code) and not settings.DEMO:
            raise forms.ValidationError(_("This code is for tests only. Ask for the resident's own code."))
        return code

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.fields["consents"].label = _("The resident said: %(words)s") % {"words": say(words.CONSENT)}
        self.fields["waives"].label = _("The resident said: %(words)s") % {"words": say(words.WAIVER)}
