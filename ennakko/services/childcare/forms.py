# SPDX-License-Identifier: EUPL-1.2
"""Forms of guardians and workers: they ask and keep what was typed; what follows is told by the actions."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from ennakko.kernel.ui.filters import say
from ennakko.services.childcare.fees import Told
from ennakko.services.childcare.needs_words import LANGUAGE_NAMES, NO, YES, Need
from ennakko.values import identity_code
from ennakko.values.money import euros

said = lazy(say, str)
CHOOSE = {"required": _("Choose one of these."), "invalid_choice": _("Choose one of these.")}
WRITE = {"required": _("Write something here.")}
MOST_WORDS = 1000
LARGEST_INCOME = 100_000_000
"""Cents a month: more is surely a slip of the finger."""


class ChooseUnitForm(forms.Form):
    """Another unit, of those that have room now: `choices` are (pool, words)."""

    pool = forms.ChoiceField(label=_("Which unit would you rather have?"), widget=forms.RadioSelect)

    def __init__(self, data: Any = None, *, choices: Sequence[tuple[str, str]] = ()) -> None:
        super().__init__(data)
        field = self.fields["pool"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = list(choices)
        field.error_messages |= {
            "required": _("Choose one of the units."),
            "invalid_choice": _("This unit has no room any more. Choose another."),
        }


class WishForm(forms.Form):
    """Units to wait for while keeping the place that was taken: `choices` are (unit, words)."""

    units = forms.MultipleChoiceField(
        label=_("Which would you rather have, if a place becomes free?"), required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip

    def __init__(
        self, data: Any = None, *, choices: Sequence[tuple[str, str]] = (), chosen: Sequence[str] = ()
    ) -> None:
        super().__init__(data, initial={"units": list(chosen)})
        field = self.fields["units"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = list(choices)


class NoNeedForm(forms.Form):
    """Why no place is needed: it tells the city that the child is looked after."""

    reason = forms.ChoiceField(
        label=_("Where will your child be?"), widget=forms.RadioSelect, error_messages=CHOOSE,
        choices=[
            ("private", _("In private early education or pre-school")),
            ("home", _("At home")),
            ("other_town", _("In another municipality")),
            ("other", _("I would rather not say, or something else")),
        ],
    )  # fmt: skip


class CallForm(forms.Form):
    """A call back, with what it should be about."""

    words = forms.CharField(
        label=_("What should we talk about?"), required=False, max_length=MOST_WORDS,
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip


class ObjectForm(forms.Form):
    """A guardian who does not agree with the other's answer."""

    words = forms.CharField(
        label=_("What would you rather have?"), max_length=MOST_WORDS, error_messages=WRITE,
        help_text=_("Only the service adviser who calls you both reads this."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip


def correction_of(need: Need, data: Any = None) -> forms.Form:
    """The form that puts one assumption right."""
    made: dict[str, forms.Field] = {
        "language": forms.ChoiceField(
            label=said(need.label), widget=forms.RadioSelect, error_messages=CHOOSE,
            choices=[(code, said(words)) for code, words in LANGUAGE_NAMES.items()],
        ),
        "shift_care": forms.ChoiceField(
            label=said(need.label), widget=forms.RadioSelect, error_messages=CHOOSE,
            choices=[("yes", said(YES)), ("no", said(NO))],
        ),
    }  # fmt: skip
    field = made.get(need.name) or forms.CharField(
        label=said(need.label), max_length=200, error_messages=WRITE, widget=forms.TextInput(attrs={"maxlength": "200"})
    )
    form = forms.Form(data, prefix=need.name, use_required_attribute=False)
    form.fields["value"] = field
    return form


class IncomeForm(forms.Form):
    """What the fee is made of; money is typed in euros a month."""

    family_size = forms.IntegerField(
        label=_("How many are you at home?"),
        min_value=2,
        max_value=20,
        help_text=_("Adults who live together, and their children under 18."),
        error_messages={
            "required": _("Tell how many you are, for example 4."),
            "invalid": _("Write a number, for example 4."),
            "min_value": _("A family is at least two people."),
            "max_value": _("Write a number of at most 20."),
        },
    )
    own = forms.CharField(
        label=_("Your income a month, before tax"),
        required=False,
        max_length=20,
        help_text=_("In euros, for example 2650."),
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
    )
    other = forms.CharField(
        label=_("The other adult's income a month, before tax"),
        required=False,
        max_length=20,
        help_text=_("Leave it empty if you are the only adult at home."),
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
    )
    hours = forms.ChoiceField(
        label=_("How much care a week?"),
        widget=forms.RadioSelect,
        error_messages=CHOOSE,
        choices=[
            ("full", _("35 hours or more")),
            ("middle", _("More than 20, less than 35 hours")),
            ("part", _("At most 20 hours")),
        ],
    )
    ordinal = forms.ChoiceField(
        label=_("Do younger children of yours have a place too?"),
        widget=forms.RadioSelect,
        error_messages=CHOOSE,
        choices=[("1", _("No")), ("2", _("Yes, one")), ("3", _("Yes, two or more"))],
    )
    highest = forms.BooleanField(
        label=_("We accept the highest fee and do not tell our income"), required=False
    )  # fmt: skip

    def clean_own(self) -> int | None:
        """The income in cents, None where it is left empty."""
        return _cents(self.cleaned_data["own"])

    def clean_other(self) -> int | None:
        """The same for the other adult."""
        return _cents(self.cleaned_data["other"])

    def clean(self) -> dict[str, Any]:
        given = dict(super().clean() or {})
        if not given.get("highest") and "own" in given and given["own"] is None:
            self.add_error("own", _("Write your income, or accept the highest fee below."))
        return given

    def told(self) -> Told:
        """What was told, as the rule takes it; of a valid form."""
        given = self.cleaned_data
        incomes: tuple[int | None, ...] = (given["own"],)
        if given["other"] is not None:
            incomes = (given["own"], given["other"])
        if given["highest"]:
            incomes = (None,)
        return Told(given["family_size"], incomes, given["hours"], int(given["ordinal"]))


def _cents(typed: str) -> int | None:
    written = typed.strip().replace("€", "").replace("\xa0", "").replace(" ", "").replace(",", ".")
    if not written:
        return None
    try:
        found = euros(written)
    except ValueError as error:
        raise forms.ValidationError(_("Write the sum in euros, for example 2650 or 2650,50.")) from error
    if not 0 <= found <= LARGEST_INCOME:
        raise forms.ValidationError(_("Write the income of one month, from 0 to 1,000,000 euros."))
    return found


class AlterationForm(forms.Form):
    """An official's discount, relief or increase, with its reason for the family."""

    kind = forms.ChoiceField(
        label=_("What kind of change?"), widget=forms.RadioSelect, error_messages=CHOOSE,
        choices=[("RELIEF", _("Relief")), ("DISCOUNT", _("Discount")), ("INCREASE", _("Increase"))],
    )  # fmt: skip
    amount = forms.DecimalField(
        label=_("How much?"), min_value=0, max_value=1000, max_digits=7, decimal_places=2,
        error_messages={"required": _("Write how much, for example 50."), "invalid": _("Write a number.")},
    )  # fmt: skip
    unit = forms.ChoiceField(
        label=_("In what?"), widget=forms.RadioSelect, error_messages=CHOOSE,
        choices=[("percent", _("Per cent of the fee")), ("euros", _("Whole euros a month"))],
    )  # fmt: skip
    why = forms.CharField(
        label=_("Why? The family reads this in the decision."), max_length=500, error_messages=WRITE,
        widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip


class RejectForm(forms.Form):
    """Why a place is not given: the family has a right to know."""

    justification = forms.CharField(
        label=_("Reasons in words"), max_length=4000, error_messages=WRITE, widget=forms.Textarea(attrs={"rows": 4})
    )


class FindGuardianForm(forms.Form):
    """Which guardian is served, and how: by name, or by identity code."""

    whom = forms.CharField(
        label=_("Name or personal identity code of the guardian"), max_length=100, error_messages=WRITE,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )  # fmt: skip
    how = forms.ChoiceField(
        label=_("How do you serve?"), widget=forms.RadioSelect, initial="counter", error_messages=CHOOSE,
        choices=[("counter", _("At the counter")), ("phone", _("On the phone")), ("paper", _("On paper"))],
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        given = dict(super().clean() or {})
        typed = given.get("whom", "").strip()
        given["identity_code"] = ""
        if any(one.isdigit() for one in typed):
            try:
                identity_code.parse(typed.upper())
                given["identity_code"] = typed.upper()
            except ValueError:
                self.add_error("whom", _("Write the whole identity code, for example 010190-9013."))
        return given
