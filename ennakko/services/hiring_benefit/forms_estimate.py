# SPDX-License-Identifier: EUPL-1.2
"""The questions of the estimate: few, with the usual answers ready; nothing of it is kept."""

from datetime import date
from typing import Any

from django import forms
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from ennakko.kernel.ui.filters import say
from ennakko.kernel.ui.forms import DateInput
from ennakko.services.hiring_benefit.employer_words import ASKED_KINDS
from ennakko.services.hiring_benefit.estimating import Asked
from ennakko.values.dates import add_months
from ennakko.values.money import euros

said = lazy(say, str)
MOST_CENTS = 9_999_999
MOST_MONTHS = 24
"""What a page lets one try; how long the benefit is paid is the rule's to say."""
YEARS = 2
"""How far from today one may try: farther the rules are not known."""
CHOOSE = {"required": _("Choose one."), "invalid_choice": _("Choose one.")}
YES_NO = (("no", _("No")), ("yes", _("Yes")))


class MoneyField(forms.CharField):
    """Euros as people write them, "2 500,50 €"; cleaned to cents, None when nothing was written."""

    default_error_messages = {
        "required": _("Write the sum in euros, for example 2500."),
        "sum": _("Write a sum from 0 to 99,999.99 euros, for example 2500 or 2500.50."),
    }

    def __init__(self, **named: Any) -> None:
        widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})
        super().__init__(widget=widget, max_length=40, **named)

    def clean(self, value: Any) -> Any:
        written = "".join(str(super().clean(value)).replace("€", "").split())
        if not written:
            return None
        try:
            cents = euros(written)
        except ValueError:
            raise forms.ValidationError(self.error_messages["sum"], code="sum") from None
        if not 0 <= cents <= MOST_CENTS:
            raise forms.ValidationError(self.error_messages["sum"], code="sum")
        return cents


def _yes_no(label: Any, **named: Any) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label, choices=YES_NO, widget=forms.RadioSelect, initial="no", error_messages=CHOOSE, **named
    )  # fmt: skip


class EstimateForm(forms.Form):
    """What the estimate asks. Sent by GET: an answer can be linked to, and holds nobody's personal data."""

    monthly_pay = MoneyField(label=_("Pay a month, €"))
    other_expenses = MoneyField(
        label=_("Employer's side costs a month, €"), required=False,
        help_text=_("Social insurance and pension contributions that you pay on the wage."),
    )  # fmt: skip
    start = forms.DateField(
        label=_("The work begins"), widget=DateInput(),
        error_messages={"required": _("Choose the day."), "invalid": _("Choose a day of the calendar.")},
    )  # fmt: skip
    months = forms.IntegerField(
        label=_("For how many months?"), min_value=1, max_value=MOST_MONTHS, initial=12,
        error_messages=dict.fromkeys(
            ("required", "invalid", "min_value", "max_value"), _("Write whole months, from 1 to 24.")
        ),
    )  # fmt: skip
    employer_kind = forms.ChoiceField(
        label=_("Who hires?"), initial="company", error_messages=CHOOSE,
        choices=[(kind, said(words)) for kind, words in ASKED_KINDS.items()],
    )  # fmt: skip
    pay_subsidy = _yes_no(
        _("Do you get pay subsidy for the same work?"),
        help_text=_("Also the employment support of those over 55 counts here."),
    )
    apprenticeship = _yes_no(_("Is it an apprenticeship?"))
    weekly_hours = forms.IntegerField(
        label=_("Hours a week"), required=False, min_value=1, max_value=168,
        error_messages=dict.fromkeys(
            ("invalid", "min_value", "max_value"), _("Write whole hours a week, from 1 to 168.")
        ),
    )  # fmt: skip
    vacation_money = MoneyField(
        label=_("Vacation money a month, €"), required=False, help_text=_("The whole sum divided by the months.")
    )
    training_compensation = MoneyField(
        label=_("Training compensation a month, €"), required=False,
        help_text=_("Only in an apprenticeship: what the education provider pays you."),
    )  # fmt: skip

    def __init__(self, *arguments: Any, on: date, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self.on = on
        self.fields["start"].initial = add_months(on.replace(day=1), 1)

    def clean_start(self) -> date:
        start: date = self.cleaned_data["start"]
        if not add_months(self.on, -12 * YEARS) <= start <= add_months(self.on, 12 * YEARS):
            raise forms.ValidationError(_("Choose a day at most two years from today."))
        return start

    def clean_monthly_pay(self) -> int:
        cents: int = self.cleaned_data["monthly_pay"]
        if not cents:
            raise forms.ValidationError(_("Write the sum in euros, for example 2500."))
        return cents

    def asked(self) -> Asked:
        """What was asked, of a form that is valid."""
        given = self.cleaned_data
        apprenticeship = given["apprenticeship"] == "yes"
        return Asked(
            monthly_pay=given["monthly_pay"], start=given["start"], months=given["months"],
            other_expenses=given["other_expenses"] or 0, vacation_money=given["vacation_money"] or 0,
            employer_kind=given["employer_kind"], weekly_hours=given["weekly_hours"],
            pay_subsidy=given["pay_subsidy"] == "yes", apprenticeship=apprenticeship,
            training_compensation=(given["training_compensation"] or 0) if apprenticeship else 0,
        )  # fmt: skip
