# SPDX-License-Identifier: EUPL-1.2
"""The staff's forms for employers' claims: question, proposal, note, letter, other figures, lists."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ennakko.services.summer_voucher.forms import AskMoreForm, ProposalForm, paragraph
from ennakko.services.summer_voucher.forms_employer import AsTyped, RowForm
from ennakko.services.summer_voucher.law import exports

ONE_OF_TWO = {"required": _("Choose one of the two."), "invalid_choice": _("Choose one of the two.")}


class ClaimQuestionForm(AskMoreForm):
    """A question to the employer."""

    question = paragraph(_("What do you ask?"), help_text=_("The employer sees this as you write it."), rows=4)

    def clean_due(self) -> date:
        due: date = self.cleaned_data["due"]
        if due <= self.on:
            raise forms.ValidationError(_("Choose a day after today: the employer needs time to answer."))
        return due


class ClaimProposalForm(ProposalForm):
    """What a handler proposes or an official decides about a claim."""

    outcome = forms.ChoiceField(
        label=_("Decision"), widget=forms.RadioSelect, error_messages=ONE_OF_TWO,
        choices=[("accepted", _("The sum is paid")), ("rejected", _("The claim is rejected"))],
    )  # fmt: skip
    justification = paragraph(
        _("Reasons in words"), required=False, rows=5,
        help_text=_("The employer reads these in the decision. A rejection needs them."),
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        given = dict(forms.Form.clean(self) or {})
        if given.get("outcome") == "rejected" and not given.get("justification", "").strip():
            self.add_error("justification", _("Write why the claim is rejected: the employer has a right to know."))
        return given


class ClaimNoteForm(forms.Form):
    """A note: for the city's own people, or of what the employer was told by phone."""

    text = paragraph(_("Note"), rows=3)
    kind = forms.ChoiceField(
        label=_("What kind of note?"), widget=forms.RadioSelect, initial="internal", error_messages=ONE_OF_TWO,
        choices=[
            ("internal", _("For the city's own people")),
            ("external", _("Told to the employer, who sees it too")),
        ],
    )  # fmt: skip
    important = forms.BooleanField(label=_("This matters: show it on top"), required=False)


class ToEmployerForm(forms.Form):
    """A message to the employer."""

    words = paragraph(_("Your message"), help_text=_("The employer reads it behind the sign-in."), rows=4)


class OtherFiguresForm(AsTyped):
    """Other days, hours or pay to count with."""

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        for name in ("work_start", "work_end", "hours", "pay"):
            self.fields[name] = RowForm.base_fields[name]


class ListForm(forms.Form):
    """Which list of claims, in which columns, for what."""

    kind = forms.ChoiceField(
        label=_("Which claims?"), widget=forms.RadioSelect,
        choices=[
            (exports.UNHANDLED, _("Those that wait for a decision")),
            (exports.ANNUAL, _("All of this year's vouchers")),
            (exports.ANNUAL_PREVIOUS, _("All of last year's vouchers")),
        ],
        error_messages={"required": _("Choose which claims."), "invalid_choice": _("Choose which claims.")},
    )  # fmt: skip
    columns = forms.ChoiceField(
        label=_("Which columns?"), widget=forms.RadioSelect,
        choices=[("reporting", _("For reports")), ("talpa", _("As in the payment file"))],
        error_messages={"required": _("Choose the columns."), "invalid_choice": _("Choose the columns.")},
    )  # fmt: skip
    purpose = paragraph(
        _("What do you need the list for?"), rows=2,
        help_text=_("Your words go to the log with the names of those who stand in the list."),
    )  # fmt: skip
