# SPDX-License-Identifier: EUPL-1.2
"""The form of a comparison: the same weights with a unit closed, with a building thought of, or given otherwise."""

import re
from collections.abc import Callable, Sequence
from typing import Any

from django import forms
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from ennakko.kernel.ui.filters import say
from ennakko.services.childcare.comparing import NewUnit, Trial
from ennakko.services.childcare.forms_rounds import CHOOSE, MODES, RoundForm
from ennakko.services.childcare.needs_words import LANGUAGE_NAMES
from ennakko.services.childcare.placing.policy import Policy
from ennakko.services.childcare.queries.addresses import Found

said = lazy(say, str)
CLOSED = ("closed_1", "closed_2", "closed_3")
NEW = "new-building"
MOST_SEATS = 500
SOUTH, NORTH, WEST, EAST = 59.0, 71.0, 19.0, 32.0
"""The country's bounds in degrees: farther off is a slip of the finger."""
_POINT = re.compile(r"^\s*(\d{2}[.,]\d+)\s*[;,\s]\s*(\d{2}[.,]\d+)\s*$")


class CompareForm(RoundForm):
    """What is compared with the round as it would be by these weights: `units` are (key, name).

    `where` finds the point of an address.
    """

    other_mode = forms.ChoiceField(
        label=_("How places are given in the other"), choices=MODES, error_messages=CHOOSE, initial="flow"
    )  # fmt: skip
    point = forms.CharField(
        label=_("A new building: where it would stand"), required=False, max_length=120,
        help_text=_(
            "The street address or name of a place of the city, for example a school, or latitude and longitude as a "
            "map tells them: 60.1699, 24.9384. Leave empty for none."
        ),
    )  # fmt: skip
    seats = forms.IntegerField(
        label=_("Its seats"), required=False, min_value=1, max_value=MOST_SEATS,
        error_messages=dict.fromkeys(
            ("invalid", "min_value", "max_value"), _("Write a whole number of 1–%(most)d.") % {"most": MOST_SEATS}
        ),
    )  # fmt: skip
    language = forms.ChoiceField(
        label=_("Its language"), required=False, choices=[(key, said(name)) for key, name in LANGUAGE_NAMES.items()],
        error_messages=CHOOSE,
    )  # fmt: skip

    def __init__(
        self, data: Any = None, *, policy: Policy, units: Sequence[tuple[str, str]], where: Callable[[str], Found]
    ) -> None:
        super().__init__(data, policy=policy)
        self._where = where
        labels = (_("A unit that would be closed"), _("Another unit that would be closed"), _("A third one"))
        for name, label in zip(CLOSED, labels, strict=True):
            self.fields[name] = forms.ChoiceField(
                label=label, required=False, choices=[("", _("no unit")), *units], error_messages=CHOOSE
            )
        first = ("form", "starts", "mode", "other_mode", *CLOSED, "point", "seats", "language")
        self.order_fields([*first, *(name for name in self.fields if name not in first)])

    def clean_point(self) -> tuple[float, float] | None:
        """Latitude and longitude in degrees."""
        words = self.cleaned_data["point"]
        if not words.strip():
            return None
        told = _POINT.match(words)
        if told is None:
            return self._by_address(words)
        latitude, longitude = (float(one.replace(",", ".")) for one in told.groups())
        if not (SOUTH <= latitude <= NORTH and WEST <= longitude <= EAST):
            raise forms.ValidationError(_("Write the point as latitude and longitude, for example 60.1699, 24.9384."))
        return latitude, longitude

    def _by_address(self, words: str) -> tuple[float, float]:
        found = self._where(words)
        if found.point is not None:
            return found.point
        if found.near:
            known = _("The city has no place at that address. On the same street it has: %(near)s.")
            raise forms.ValidationError(known % {"near": ", ".join(found.near)})
        raise forms.ValidationError(
            _("The city has no place at that address. Write another, or latitude and longitude: 60.1699, 24.9384.")
        )

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or self.cleaned_data
        if given.get("point") and not given.get("seats") and "seats" not in self.errors:
            self.add_error("seats", _("Tell how many seats the building would have."))
        return given

    def trials(self) -> tuple[Trial, Trial]:
        """The round as it would be, and the other; ask `is_valid` first."""
        given, policy = self.cleaned_data, self.policy()
        closed = frozenset(given[name] for name in CLOSED if given[name])
        added: tuple[NewUnit, ...] = ()
        if given["point"]:
            band = "preschool" if given["form"] == "preschool" else "three-to-five"
            latitude, longitude = given["point"]
            added = (NewUnit(NEW, latitude, longitude, given["seats"], given["language"] or "fi", band),)
        return Trial(policy, given["mode"]), Trial(policy, given["other_mode"], closed, added)
