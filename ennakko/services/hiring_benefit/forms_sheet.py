# SPDX-License-Identifier: EUPL-1.2
"""The calculation sheet as a form: period, pay, support row by row, or an amount by hand; the law says the rest."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from ennakko.kernel.ui.filters import say
from ennakko.kernel.ui.forms import DateInput
from ennakko.kernel.ui.reading import Unreadable, hundredths
from ennakko.services.hiring_benefit import conditions
from ennakko.services.hiring_benefit.forms_estimate import MoneyField
from ennakko.services.hiring_benefit.law.refusals import Refusal
from ennakko.services.hiring_benefit.sheets import Sheet, SubsidyRow, TrainingRow
from ennakko.values.money import in_euros

said = lazy(say, str)
MOST_ROWS = 12
DAY = {"required": _("Choose a day."), "invalid": _("Choose a day of the calendar.")}
FIELD_OF = {
    "pay_subsidies": "", "training_compensations": "", "granted_end": "end", "end_date": "end", "monthly_pay": "pay",
    "vacation_money": "vacation", "other_expenses": "other", "override_monthly_benefit_amount": "manual",
    "override_monthly_benefit_amount_comment": "comment",
}  # fmt: skip
"""The law's name of a field → the form's."""


def _money(label: Any, **named: Any) -> MoneyField:
    return MoneyField(label=label, required=False, **named)


class RowForm(forms.Form):
    """One row; one that is wholly empty is not there."""

    def blank(self) -> bool:
        """Whether nothing was written in the row."""
        return not any(str(self.data.get(self.add_prefix(name), "")).strip() for name in self.fields)


class SubsidyForm(RowForm):
    """A pay subsidy."""

    start = forms.DateField(label=_("From"), widget=DateInput(), error_messages=DAY)
    end = forms.DateField(label=_("Until"), widget=DateInput(), error_messages=DAY)
    percent = forms.IntegerField(
        label=_("Subsidy, %"), widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        error_messages={
            "required": _("Write the percentage."), "invalid": _("Write a whole percentage, for example 50."),
        },
    )  # fmt: skip
    work_time = forms.CharField(
        label=_("Work time, %"), required=False, max_length=6, widget=forms.TextInput(attrs={"inputmode": "decimal"})
    )

    def clean_work_time(self) -> str:
        written = self.cleaned_data["work_time"].strip()
        if not written:
            return ""
        try:
            hundredths(written, least=1, most=100)
        except Unreadable as error:
            raise forms.ValidationError(say(error.text)) from None
        return str(written.replace(",", "."))

    def row(self) -> SubsidyRow:
        """The row as a value."""
        told = self.cleaned_data
        return SubsidyRow(told["start"], told["end"], told["percent"], told["work_time"])


class TrainingForm(RowForm):
    """A training compensation of an apprenticeship."""

    start = forms.DateField(label=_("From"), widget=DateInput(), error_messages=DAY)
    end = forms.DateField(label=_("Until"), widget=DateInput(), error_messages=DAY)
    monthly = MoneyField(label=_("Compensation a month, €"))

    def row(self) -> TrainingRow:
        """The row as a value."""
        told = self.cleaned_data
        return TrainingRow(told["start"], told["end"], told["monthly"])


class SheetForm(forms.Form):
    """The sheet; its rows are forms beside it."""

    start = forms.DateField(label=_("First day"), widget=DateInput(), error_messages=DAY)
    end = forms.DateField(label=_("Last day"), widget=DateInput(), error_messages=DAY)
    pay = _money(_("Pay a month, €"))
    vacation = _money(_("Vacation money a month, €"))
    other = _money(_("Side costs a month, €"))
    share = forms.TypedChoiceField(label=_("Aids may cover of the costs"), coerce=int, required=False, empty_value=None)
    manual = _money(_("Amount a month by hand, €"), help_text=_("Replaces the calculation. Needs a reason."))
    comment = forms.CharField(
        label=_("Reason for the amount by hand"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, data: Mapping[str, Any] | None = None, *, before: Sheet, **named: Any) -> None:
        super().__init__(data, **({"initial": _initial(before)} | named))
        self.before = before
        shares = tuple(conditions.decided("cost_shares", before.rules_of or before.start) or ())
        self.fields["share"].choices = [(one, f"{one} %") for one in shares]  # type: ignore[attr-defined]
        if len(shares) < 2:
            del self.fields["share"]
        self.subsidies = _rows(SubsidyForm, "s", data, [_of_subsidy(one) for one in before.subsidies])
        self.trainings = _rows(TrainingForm, "t", data, [_of_training(one) for one in before.trainings])

    def is_valid(self) -> bool:
        """Whether the sheet and every row that is not empty can be read."""
        own = super().is_valid()
        rows = [one.is_valid() for one in (*self.subsidies, *self.trainings) if not one.blank()]
        return own and all(rows)

    def sheet(self) -> Sheet:
        """The sheet as a value; call it when the form is valid."""
        told = self.cleaned_data
        return Sheet(
            start=told["start"], end=told["end"], pay=told["pay"], vacation=told["vacation"] or 0,
            other=told["other"] or 0, share=told.get("share", self.before.share), pay_subsidy=self.before.pay_subsidy,
            subsidies=tuple(one.row() for one in self.subsidies if not one.blank()),
            trainings=tuple(one.row() for one in self.trainings if not one.blank()),
            apprenticeship=self.before.apprenticeship, benefit_type=self.before.benefit_type, manual=told["manual"],
            comment=told["comment"].strip(), rules_of=self.before.rules_of,
        )  # fmt: skip

    def refuse(self, refusals: tuple[Refusal, ...]) -> None:
        """What the law does not take, beside the field that it is about."""
        for one in refusals:
            name = FIELD_OF.get(one.field, one.field)
            self.add_error(name if name in self.fields else None, say(one.text))


def _initial(sheet: Sheet) -> dict[str, Any]:
    return {
        "start": sheet.start, "end": sheet.end, "pay": typed_euros(sheet.pay), "vacation": typed_euros(sheet.vacation),
        "other": typed_euros(sheet.other), "share": sheet.share, "manual": typed_euros(sheet.manual),
        "comment": sheet.comment,
    }  # fmt: skip


def typed_euros(cents: int | None) -> str:
    """A sum as it is typed."""
    if cents is None:
        return ""
    written = str(in_euros(cents)).removesuffix(".00")
    return written.replace(".", ",")


def _of_subsidy(row: SubsidyRow) -> dict[str, Any]:
    return {"start": row.start, "end": row.end, "percent": row.percent, "work_time": row.work_time}


def _of_training(row: TrainingRow) -> dict[str, Any]:
    return {"start": row.start, "end": row.end, "monthly": typed_euros(row.monthly_cents)}


def _rows(kind: type[Any], prefix: str, data: Mapping[str, Any] | None, known: list[dict[str, Any]]) -> list[Any]:
    """The rows that were sent, else those that are known; with one more where it was asked for."""
    if data is None:
        return [kind(prefix=f"{prefix}{number}", initial=one) for number, one in enumerate(known)]
    count = min(_number(data.get(f"{prefix}-rows")) + (data.get("do") == f"add-{prefix}"), MOST_ROWS)
    return [kind(data, prefix=f"{prefix}{number}") for number in range(count)]


def _number(written: Any) -> int:
    return int(written) if isinstance(written, str) and written.isdecimal() and len(written) < 4 else 0


def first_day(form: SheetForm) -> date:
    """The day whose conditions the sheet is shown with."""
    return form.before.start
