# SPDX-License-Identifier: EUPL-1.2
"""The employer's forms: they keep what was typed as it was typed; what it may hold is told by the actions."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.forms.utils import ErrorDict
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from ennakko.kernel.ui.filters import say
from ennakko.kernel.ui.forms import DateInput
from ennakko.services.summer_voucher.claim_values import FIELDS, HIRED_WITHOUT, JOB_TYPES, ROW_FIELDS, ToCorrect
from ennakko.services.summer_voucher.forms import LANGUAGES, paragraph
from ennakko.services.summer_voucher.models import ClaimRow
from ennakko.values.money import in_euros
from ennakko.values.texts import Text, text

said = lazy(say, str)
MOST = 4096
WOULD_HAVE: dict[str, Text] = {
    "yes": text(fi="Kyllä", sv="Ja", en="Yes"),
    "no": text(fi="En", sv="Nej", en="No"),
    "maybe": text(fi="En osaa sanoa", sv="Vet inte", en="I cannot say"),
}
JOBS: dict[str, Text] = {
    "sports_and_leisure": text(fi="Liikunta ja vapaa-aika", sv="Motion och fritid", en="Sports and leisure"),
    "maintenance_and_construction": text(
        fi="Kunnossapito ja rakentaminen", sv="Underhåll och byggande", en="Maintenance and construction"
    ),
    "restaurant_and_cafe": text(fi="Ravintola ja kahvila", sv="Restaurang och kafé", en="Restaurant and café"),
    "retail": text(fi="Kauppa", sv="Handel", en="Retail"),
    "office_and_media": text(fi="Toimisto ja viestintä", sv="Kontor och media", en="Office and media"),
    "gardening_and_agriculture": text(
        fi="Puutarha ja maatalous", sv="Trädgård och lantbruk", en="Gardening and agriculture"
    ),
    "service": text(fi="Muu palvelutyö", sv="Annat servicearbete", en="Other service work"),
    "other": text(fi="Muu työ", sv="Annat arbete", en="Other work"),
}


class AsTyped(forms.Form):
    """A form that judges nothing: everything typed is kept, and refusals come from the actions."""

    def full_clean(self) -> None:
        self._errors = ErrorDict()
        self.cleaned_data = {}
        if self.is_bound:
            self.cleaned_data = {
                name: field.widget.value_from_datadict(self.data, self.files, self.add_prefix(name))
                for name, field in self.fields.items()
            }

    def raw(self) -> dict[str, Any]:
        """The values as they were typed, blanks around them taken away."""
        return {name: _stripped(self.data_of(name)) for name in self.fields}

    def data_of(self, name: str) -> Any:
        """One value as it came."""
        return self.fields[name].widget.value_from_datadict(self.data, self.files, self.add_prefix(name))

    def refuse(self, refusals: Iterable[ToCorrect]) -> None:
        """Show what must be corrected by its field; what has no field here stands above the form."""
        for refusal in refusals:
            self.add_error(refusal.field if refusal.field in self.fields else None, say(refusal.text))


def _stripped(value: Any) -> Any:
    return value.strip() if isinstance(value, str) else value if value is not None else ""


def _line(label: Any, help_text: Any = "", *, required: bool = True, **attributes: str) -> forms.CharField:
    return forms.CharField(
        label=label, help_text=help_text, required=required, max_length=MOST, widget=forms.TextInput(attrs=attributes)
    )


class LookUpForm(AsTyped):
    """Which youth: the number of the voucher and the surname."""

    number = _line(
        _("Number of the voucher"), _("For example 31n-022. Capitals and dashes do not matter."), autocomplete="off",
        spellcheck="false", autocapitalize="none",
    )  # fmt: skip
    surname = _line(_("The youth's surname"), autocomplete="off", spellcheck="false")


class RowForm(AsTyped):
    """One youth's work; the fields in the order in which they are asked."""

    work_start = forms.CharField(label=_("First day of work"), widget=DateInput())
    work_end = forms.CharField(label=_("Last day of work"), widget=DateInput())
    hours = _line(_("Hours of work in all"), _("For example 60 or 62.5."), inputmode="decimal", autocomplete="off")
    pay = _line(
        _("Gross pay in all, euros"), _("For example 612.00. With supplements and holiday pay."), inputmode="decimal",
        autocomplete="off",
    )  # fmt: skip
    work_postal_code = _line(
        _("Postcode of the place of work"), _("Five digits, for example 00100."), inputmode="numeric"
    )
    hired_without = forms.ChoiceField(
        label=_("Would you have hired the youth without the voucher?"), widget=forms.RadioSelect,
        help_text=_("The answer does not affect the sum. With it the city sees whether the voucher makes jobs."),
        choices=[(key, said(WOULD_HAVE[key])) for key in HIRED_WITHOUT],
    )  # fmt: skip
    job_type = forms.ChoiceField(
        label=_("Kind of work"), required=False,
        choices=[("", _("Choose")), *((key, said(JOBS[key])) for key in JOB_TYPES)],
    )  # fmt: skip
    description = paragraph(_("What did the youth do?"), required=False, rows=2)
    confirmed = forms.BooleanField(
        label=_("These are right: send as they are"), required=False,
        help_text=_("A person then decides, and you get the reasons."),
    )  # fmt: skip

    def __init__(self, *arguments: Any, only: Iterable[str] | None = None, **named: Any) -> None:
        super().__init__(*arguments, **named)
        if only is not None:
            for name in [name for name in self.fields if name not in set(only)]:
                del self.fields[name]


class EmployerForm(AsTyped):
    """Whom to contact and where to pay."""

    contact_name = _line(_("Contact person"), autocomplete="name")
    contact_email = _line(_("E-mail"), autocomplete="email", inputmode="email")
    contact_phone = _line(_("Phone"), autocomplete="tel", inputmode="tel")
    language = forms.ChoiceField(
        label=_("In which language do we write to you?"), choices=LANGUAGES, widget=forms.RadioSelect
    )
    iban = _line(
        _("Account number (IBAN)"), _("For example FI21 1234 5600 0007 85."), autocomplete="off", spellcheck="false"
    )
    bic = _line(_("BIC of the bank"), _("Only for an account outside Finland."), required=False)
    payee_name = _line(_("Payee's name"), _("Only for an account outside Finland."), required=False)
    payee_address = _line(_("Payee's address"), _("Only for an account outside Finland."), required=False)
    bank_name = _line(_("Name of the bank"), _("Only for an account outside Finland."), required=False)
    bank_address = _line(_("Address of the bank"), _("Only for an account outside Finland."), required=False)
    street_address = _line(_("Street address of the employer"), autocomplete="street-address")
    postal_code = _line(_("Postcode"), autocomplete="postal-code", inputmode="numeric")
    post_office = _line(_("Post office"), autocomplete="address-level2")
    is_separate_invoicer = forms.BooleanField(label=_("Somebody else handles our payments"), required=False)
    invoicer_name = _line(_("Name of whoever handles the payments"), required=False)
    invoicer_email = _line(_("Their e-mail"), required=False)
    invoicer_phone = _line(_("Their phone"), required=False)


FOREIGN = ("bic", "payee_name", "payee_address", "bank_name", "bank_address")
INVOICER = ("invoicer_name", "invoicer_email", "invoicer_phone")


class AccountForm(AsTyped):
    """Another account after a payment came back."""

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        for name in ("iban", *FOREIGN):
            self.fields[name] = EmployerForm.base_fields[name]


class LetterForm(forms.Form):
    """What the employer writes to the handler."""

    words = paragraph(_("Your message"), rows=4)


def as_told(row: ClaimRow) -> dict[str, Any]:
    """A row's values as its form writes them."""
    return {
        "work_start": row.work_start.isoformat() if row.work_start else "",
        "work_end": row.work_end.isoformat() if row.work_end else "",
        "hours": f"{row.hours / 100:g}".replace(".", ",") if row.hours is not None else "",
        "pay": str(in_euros(row.pay_cents)).replace(".", ",") if row.pay_cents is not None else "",
        "work_postal_code": row.work_postal_code, "job_type": row.job_type, "description": row.description,
        "hired_without": row.hired_without,
    }  # fmt: skip


def raw_claim(employer: Mapping[str, Any], rows: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """A raw claim of what the forms hold."""
    return {
        **{name: employer[name] for name in FIELDS if name in employer},
        "rows": [{name: row[name] for name in ROW_FIELDS if name in row} for row in rows],
    }
