# SPDX-License-Identifier: EUPL-1.2
"""How long data are kept: what is destroyed at which age (act 14 §)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from ennakko.values.dates import add_years

UNCONFIRMED, REJECTED, APPLICATION, CLAIM, PAPER = (
    "unconfirmed_application", "rejected_application", "application", "claim", "attachment",
)  # fmt: skip

UNCONFIRMED_DAYS: Final = 7
YEARS: Final = {REJECTED: 1, APPLICATION: 5, CLAIM: 5, PAPER: 1}
"""What is kept for how many years from its arrival; an unconfirmed application for seven days."""

ORDER: Final = (PAPER, CLAIM, "voucher", APPLICATION)
"""The order of destroying: nothing stays behind that points at what is gone."""


def kept_until(thing: str, arrived: date) -> date:
    """The last day on which a thing is kept; the next day it goes."""
    end = arrived + timedelta(days=UNCONFIRMED_DAYS) if thing == UNCONFIRMED else add_years(arrived, YEARS[thing])
    return end - timedelta(days=1)


def goes(thing: str, arrived: date, on: date) -> bool:
    """Whether a thing that arrived on a day is destroyed by another."""
    return on > kept_until(thing, arrived)
