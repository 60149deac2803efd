# SPDX-License-Identifier: EUPL-1.2
"""What a handler may calculate, and what hinders a benefit from being granted (act 6 §, 7 §, 8 §, 18 §)."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, timedelta
from types import MappingProxyType
from typing import Final

from ennakko.services.hiring_benefit.law.calendar_2021 import longest_end
from ennakko.services.hiring_benefit.law.refusals import Refusal
from ennakko.values.texts import text

TOO_LONG: Final = text(
    fi="Yhdessä laskelmassa on enintään {months} kuukautta. Valitse aikaisempi viimeinen päivä.",
    sv="En beräkning omfattar högst {months} månader. Välj en tidigare sista dag.",
    en="One calculation covers at most {months} months. Choose an earlier last day.",
)
SHARE_NOT_THERE: Final = text(
    fi="Näissä ehdoissa tukien osuus on {known} %. Valitse se.",
    sv="I dessa villkor är stödens andel {known} %. Välj den.",
    en="In these conditions the aids' share is {known} %. Choose that.",
)

CONDITIONS_OF: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "company": ("employer", "managed"),
        "de_minimis": ("within_ceiling",),
        "employee": ("resident", "target_group"),
        "pay_subsidy": ("no_other_support",),
        "benefit": ("long_enough", "short_enough", "in_time", "months_left", "not_twice"),
        "employment": ("hours_enough",),
    }
)
"""What is looked at in handling → the conditions of the rule `hiring-benefit.eligible` that it settles."""

NOT_WAIVED: Final = frozenset({"de_minimis"})
"""What no official may put aside: the ceiling is the Union's, not the city's (act 8 §)."""


def sheet_problems(
    start: date, end: date, *, most_months: int, share: int | None, shares: Collection[int]
) -> list[Refusal]:
    """Why a handler's calculation is not taken: too long a period, a share that the conditions do not have."""
    found = []
    if end > longest_end(start, most_months):
        found.append(Refusal("too_long", TOO_LONG.format(months=most_months), "end", "act 6 §"))
    if share is not None and share not in shares:
        known = ", ".join(map(str, sorted(shares)))
        found.append(Refusal("share_not_there", SHARE_NOT_THERE.format(known=known), "share", "act 10 §"))
    return found


def answer_by(on: date, days: int) -> date:
    """The last day to answer a request for information: it ends with the day (act 18 §)."""
    return on + timedelta(days=days)
