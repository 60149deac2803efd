# SPDX-License-Identifier: EUPL-1.2
"""The benefit's own past cases as a reform is counted on them: what was calculated, and by what they are grouped."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from ennakko.kernel.organisations.industries import section_of
from ennakko.services.hiring_benefit.models import Calculation
from ennakko.services.hiring_benefit.states import BenefitState

GROUPS: Final = ("industry", "area")
AREA_DIGITS: Final = 3
"""Digits of the employer's postal code that name its area: fewer and larger than single postal codes."""


def past_cases() -> list[Mapping[str, Any]]:
    """Every benefit that has been granted, as the newest calculation had it; nobody under non-disclosure.

    `birth_date` is the employee's day of birth where it is known; no other personal data is read.
    """
    rows = (
        Calculation.objects.filter(in_force=True, application__case__state=BenefitState.GRANTED)
        .exclude(application__employee__person__non_disclosure=True)
        .order_by("pk")
        .values_list(
            "inputs", "application__industry", "application__postal_code",
            "application__employee__birth_date",
        )
    )  # fmt: skip
    return [
        {
            **inputs,
            "birth_date": None if born is None else born.isoformat(),
            "industry": section_of(industry) or None,
            "area": postal_code[:AREA_DIGITS] or None,
        }
        for inputs, industry, postal_code, born in rows
    ]
