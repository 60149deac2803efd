# SPDX-License-Identifier: EUPL-1.2
"""The application's forms, a step each: they keep what was typed as it was typed; what it may hold the actions tell."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from ennakko.kernel.ui.filters import say
from ennakko.kernel.ui.forms import AsTyped, DateInput
from ennakko.services.hiring_benefit.form_values import AID_FIELDS, ONLINE, PAPER, ToCorrect

said = lazy(say, str)
MOST = 8192
YES_NO = (("yes", _("Yes")), ("no", _("No")))
EMPTY_AID_ROWS = 2


def line(label: Any, help_text: Any = "", *, required: bool = True, **attributes: str) -> forms.CharField:
    """A line of text."""
    return forms.CharField(
        label=label, help_text=help_text, required=required, max_length=MOST,
        widget=forms.TextInput(attrs={"autocomplete": "off", **attributes}),
    )  # fmt: skip


def lines(label: Any, help_text: Any = "", *, required: bool = False, rows: int = 3) -> forms.CharField:
    """Several lines of text."""
    return forms.CharField(
        label=label, help_text=help_text, required=required, max_length=MOST,
        widget=forms.Textarea(attrs={"rows": str(rows)}),
    )  # fmt: skip


def yes_no(label: Any, help_text: Any = "", *, required: bool = True) -> forms.ChoiceField:
    """A question that is answered by yes or no."""
    return forms.ChoiceField(
        label=label, help_text=help_text, required=required, choices=YES_NO, widget=forms.RadioSelect
    )


class StepForm(AsTyped):
    """A step of the application."""

    def refuse(self, refusals: Iterable[ToCorrect]) -> None:
        """Show what must be corrected by its field; what has no field here stands above the form."""
        for refusal in refusals:
            self.add_error(refusal.field if refusal.field in self.fields else None, say(refusal.text))

    def only(self, names: Iterable[str]) -> "StepForm":
        """The form without the other fields."""
        kept = set(names)
        for name in [name for name in self.fields if name not in kept]:
            del self.fields[name]
        return self


class EmployeeForm(StepForm):
    """Who is hired."""

    first_name = line(_("First name"), spellcheck="false")
    last_name = line(_("Surname"), spellcheck="false")
    identity_code = line(_("Personal identity code"), _("For example 131052-308T."), spellcheck="false")
    lives_here = forms.BooleanField(
        label=_("The employee lives in the city"), widget=forms.CheckboxInput(attrs={"value": "yes"}), required=False
    )

    def raw(self) -> dict[str, Any]:
        return {**super().raw(), "lives_here": "yes" if self.value_of("lives_here") else "no"}


class WorkForm(StepForm):
    """The work and the pay."""

    job_title = line(_("Job title"))
    start = forms.CharField(
        label=_("First day of the benefit"), widget=DateInput(),
        help_text=_("Usually the first day of work."),
    )  # fmt: skip
    weekly_hours = line(_("Hours a week"), _("For example 37,5."), inputmode="decimal")
    monthly_pay = line(_("Pay a month, euros"), _("Gross pay, for example 2600."), inputmode="decimal")
    other_expenses = line(
        _("Side costs a month, euros"), _("Pension and other social insurance contributions of the employer."),
        required=False, inputmode="decimal",
    )  # fmt: skip
    apprenticeship = yes_no(_("Is it an apprenticeship?"))
    pay_subsidy = forms.ChoiceField(
        label=_("Do you get pay subsidy or the employment support of those over 55 for this work?"),
        choices=[("not_granted", _("No")), ("granted", _("Pay subsidy")), ("granted_aged", _("Support for over 55s"))],
        widget=forms.RadioSelect, help_text=_("The benefit is not granted for the same work."),
    )  # fmt: skip
    end = forms.CharField(
        label=_("Last day of the benefit"), widget=DateInput(), required=False,
        help_text=_("Left empty, the benefit is applied for as long as it can be paid. In an apprenticeship: its end."),
    )  # fmt: skip
    vacation_money = line(_("Vacation money a month, euros"), required=False, inputmode="decimal")
    collective_agreement = line(_("Collective agreement"), required=False)
    role_description = lines(_("What does the employee do?"))
    pay_subsidy_percent = line(_("Percentage of the pay subsidy"), required=False, inputmode="numeric")
    other_support = yes_no(_("Do you get other financial support for this employment?"), required=False)
    other_subsidised = yes_no(_("Have you other employees hired with a subsidy?"), required=False)
    other_subsidised_count = line(_("How many?"), required=False, inputmode="numeric")


MAIN_OF_WORK = (
    "job_title", "start", "weekly_hours", "monthly_pay", "other_expenses", "apprenticeship", "pay_subsidy",
)  # fmt: skip
REST_OF_WORK = (
    "end", "vacation_money", "collective_agreement", "role_description", "pay_subsidy_percent", "other_support",
    "other_subsidised", "other_subsidised_count",
)  # fmt: skip


class EmployerForm(StepForm):
    """The employer's own answers: what is known stands there already."""

    iban = line(_("Account number (IBAN)"), _("For example FI21 1234 5600 0007 85."), spellcheck="false")
    contact_first_name = line(_("Contact person's first name"), autocomplete="given-name")
    contact_last_name = line(_("Contact person's surname"), autocomplete="family-name")
    contact_phone = line(_("Phone"), autocomplete="tel", inputmode="tel")
    contact_email = line(_("E-mail"), autocomplete="email", inputmode="email")
    language = forms.ChoiceField(
        label=_("Language of our messages"), widget=forms.RadioSelect,
        choices=[("fi", "Suomi"), ("sv", "Svenska"), ("en", "English")],
    )  # fmt: skip
    business_activity = yes_no(
        _("Has the association economic activity?"),
        _("It has if it sells goods or services."),
    )
    manager_available = yes_no(_("Has the employee an immediate manager in the association?"))
    de_minimis_aid = yes_no(
        _("Have you had de minimis aid from others than the city?"),
        _("Aid from the state, another municipality or a development company in four years: its decision says so."),
    )  # fmt: skip
    negotiations = yes_no(_("Have there been change negotiations in the last twelve months?"))
    negotiations_description = lines(_("What was negotiated and how did it end?"))
    department = line(_("Department"), required=False)
    other_street_address = line(_("Other street address"), required=False, autocomplete="street-address")
    other_postal_code = line(_("Postcode"), required=False, autocomplete="postal-code", inputmode="numeric")
    other_post_office = line(_("Post office"), required=False, autocomplete="address-level2")
    employees_count = line(_("Number of employees"), required=False, inputmode="numeric")
    business_brief = lines(_("What does the employer do?"))
    purchased_service = yes_no(_("Is the work sold to others as a service?"), required=False)


MAIN_OF_EMPLOYER = (
    "iban", "contact_first_name", "contact_last_name", "contact_phone", "contact_email", "language",
    "business_activity", "manager_available", "de_minimis_aid", "negotiations",
)  # fmt: skip
REST_OF_EMPLOYER = (
    "department", "other_street_address", "other_postal_code", "other_post_office", "employees_count",
    "business_brief", "purchased_service",
)  # fmt: skip
ASKED_OF_ASSOCIATIONS = ("business_activity", "manager_available")


class AidForm(StepForm):
    """One row of aid from others."""

    granter = line(_("Who granted it?"), required=False)
    amount = line(_("Sum, euros"), required=False, inputmode="decimal")
    granted_on = forms.CharField(label=_("When?"), widget=DateInput(), required=False)


class PapersForm(StepForm):
    """How the employee confirms."""

    consent_by = forms.ChoiceField(
        label=_("How does the employee confirm the application?"), widget=forms.RadioSelect,
        choices=[
            (ONLINE, _("On her or his own page: we ask for you")), (PAPER, _("On paper: attach the signed consent"))
        ],
        help_text=_("The employee sees the application and who made it, and can take the confirmation back."),
    )  # fmt: skip


class LetterForm(forms.Form):
    """What the employer writes to the handler."""

    words = lines(_("Your message"), required=True, rows=4)


def aid_forms(raw: Mapping[str, Any], *, data: Any = None) -> list[AidForm]:
    """A form for each row of aid, and some that are empty."""
    rows = raw.get("aid")
    told = [row for row in rows if isinstance(row, Mapping)] if isinstance(rows, list) else []
    made = []
    for number in range(len(told) + EMPTY_AID_ROWS):
        initial = dict(told[number]) if number < len(told) else {}
        made.append(AidForm(data, prefix=f"aid-{number}", initial=initial))
    return made


def raw_aid(forms_of_rows: Iterable[AidForm]) -> list[dict[str, Any]]:
    """The rows of aid that hold something, as they were typed."""
    rows = [form.raw() for form in forms_of_rows]
    return [row for row in rows if any(row[name] for name in AID_FIELDS)]
