# SPDX-License-Identifier: EUPL-1.2
"""Forms of instalments, notices of changes and recovery: they keep what was typed; the actions judge it."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from ennakko.kernel.ui import reading
from ennakko.kernel.ui.filters import say
from ennakko.kernel.ui.forms import AsTyped, DateInput
from ennakko.services.hiring_benefit.actions.changes import LONGEST, Told
from ennakko.services.hiring_benefit.law.alterations_2026 import SUSPENSION
from ennakko.services.hiring_benefit.law.refusals import Refusal
from ennakko.services.hiring_benefit.models import Alteration
from ennakko.services.hiring_benefit.wording_money import KIND_WORDS
from ennakko.values.texts import Text, text

said = lazy(say, str)
CHOOSE_KIND = text(
    fi="Valitse, päättyikö vai keskeytyikö työ.", sv="Välj om arbetet upphörde eller avbröts.",
    en="Choose whether the work ended or was broken off.",
)  # fmt: skip
LAST_DAY_MISSING = text(
    fi="Kirjoita viimeinen työpäivä.", sv="Skriv den sista arbetsdagen.", en="Write the last day of work."
)
FIELDS = {
    "end_date": "last_day", "resume_date": "back", "contact_person_name": "contact",
    "einvoice_address": "invoice_address",
}  # fmt: skip
"""The law's names of fields → the form's."""


class ChangeForm(AsTyped):
    """What an employer tells of a change; the invoice's address only matters if something is recovered."""

    kind = forms.ChoiceField(
        label=_("What has happened?"), widget=forms.RadioSelect,
        choices=[(key, said(words)) for key, words in KIND_WORDS.items()],
    )  # fmt: skip
    last_day = forms.CharField(
        label=_("Last day of work"),
        widget=DateInput(),
        help_text=_("The last day on which the employee worked, or was on paid leave."),
    )
    back = forms.CharField(
        label=_("The day on which the work goes on"), widget=DateInput(), required=False,
        help_text=_("Only if the work was broken off."),
    )  # fmt: skip
    reason = forms.CharField(
        label=_("In your own words"), required=False, max_length=LONGEST["reason"],
        widget=forms.Textarea(attrs={"rows": 3}), help_text=_("Do not write anything about the employee's health."),
    )  # fmt: skip
    contact = forms.CharField(
        label=_("Contact person for the invoice"), max_length=LONGEST["contact"],
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )  # fmt: skip
    electronic = forms.BooleanField(label=_("A possible invoice is sent as an e-invoice"), required=False)
    operator = forms.CharField(label=_("E-invoice operator"), required=False, max_length=LONGEST["operator"])
    operator_id = forms.CharField(
        label=_("Operator's identifier"), required=False, max_length=LONGEST["operator_id"],
        help_text=_("For example BAWCFI22."),
    )  # fmt: skip
    invoice_address = forms.CharField(
        label=_("E-invoice address"), required=False, max_length=LONGEST["invoice_address"],
        help_text=_("For example 003712345678."),
    )  # fmt: skip

    def told(self) -> Told | None:
        """What was told; None where a field cannot be read: the form then says which."""
        given = self.raw()
        if given["kind"] not in KIND_WORDS:
            self.add_error("kind", say(CHOOSE_KIND))
        last_day = self._day("last_day", missing=LAST_DAY_MISSING)
        back = self._day("back") if given["kind"] == SUSPENSION else None
        if self.errors or last_day is None:
            return None
        words = {name: str(given[name]) for name in ("reason", "contact", "operator", "operator_id", "invoice_address")}
        return Told(kind=given["kind"], last_day=last_day, back=back, electronic=bool(given["electronic"]), **words)

    def _day(self, name: str, *, missing: Text | None = None) -> date | None:
        return day_in(self, name, missing=missing)

    def refuse(self, refusals: Iterable[Refusal]) -> None:
        """Show by its field what must be mended."""
        for one in refusals:
            name = FIELDS.get(one.field, one.field)
            self.add_error(name if name in self.fields else None, say(one.text))


def day_in(form: AsTyped, name: str, *, missing: Text | None = None) -> date | None:
    """A day of a form; None where it is not given, or cannot be read: the form then says so."""
    written = str(form.raw()[name])
    if not written:
        if missing is not None:
            form.add_error(name, say(missing))
        return None
    try:
        return reading.day(written)
    except reading.Unreadable as wrong:
        form.add_error(name, say(wrong.text))
        return None


def as_told(row: Alteration) -> dict[str, Any]:
    """A notice as its form shows it."""
    return {
        "kind": row.kind, "last_day": row.last_day, "back": row.back, "reason": row.reason, "contact": row.contact,
        "electronic": bool(row.operator), "operator": row.operator, "operator_id": row.operator_id,
        "invoice_address": row.invoice_address,
    }  # fmt: skip


class PayslipForm(AsTyped):
    """The employer's assurance beside the payslip."""

    assured = forms.BooleanField(
        label=_("I confirm that the employment goes on and that the pay has been paid as agreed"), required=False
    )


class EarlierForm(AsTyped):
    """An earlier day for an instalment."""

    to = forms.CharField(label=_("New day of payment"), widget=DateInput(), help_text=_("Earlier than planned."))


class RecoveryForm(AsTyped):
    """What a handler proposes of a change: days, sum, or why nothing is recovered."""

    start = forms.CharField(label=_("First day to recover"), widget=DateInput(), required=False)
    end = forms.CharField(label=_("Last day to recover"), widget=DateInput(), required=False)
    recoverable = forms.ChoiceField(
        label=_("Proposal"), widget=forms.RadioSelect,
        choices=[("yes", _("The benefit is recovered")), ("no", _("Nothing is recovered"))],
    )  # fmt: skip
    euros = forms.CharField(
        label=_("Sum by hand, whole euros"), required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        help_text=_("Leave empty to use the rule's sum."),
    )  # fmt: skip
    justification = forms.CharField(
        label=_("Reasons in words"), required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("The employer reads these in the decision. Needed when nothing is recovered."),
    )  # fmt: skip


class AidForm(AsTyped):
    """What the register of aid answered, entered by hand: numbers, one a line."""

    numbers = forms.CharField(
        label=_("Numbers of the applications"), widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("One on each line, for example HL-2026-000012."),
    )  # fmt: skip
    outcome = forms.ChoiceField(
        label=_("What did the register answer?"), widget=forms.RadioSelect,
        choices=[("taken", _("It took them")), ("failed", _("It could not take them"))],
    )  # fmt: skip
    reason = forms.CharField(label=_("Reason"), required=False, max_length=500)
