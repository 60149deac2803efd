# SPDX-License-Identifier: EUPL-1.2
"""The questions that cases ask of how long data are kept."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Final

from ennakko.rules.errors import EvaluationError
from ennakko.rules.questions import Answer, Case, number, question
from ennakko.services.summer_voucher.law import keeping_2026
from ennakko.services.summer_voucher.law.acceptance_2026 import Status as YouthStatus
from ennakko.values.dates import add_months, add_years

ARRIVED: Final = date(2020, 6, 15)
THINGS: Final = {
    "attachment": keeping_2026.PAPER, "employer application": keeping_2026.CLAIM,
    "claim": keeping_2026.CLAIM, "youth application": keeping_2026.APPLICATION, "voucher": keeping_2026.APPLICATION,
    "rejected youth application": keeping_2026.REJECTED, "unconfirmed youth application": keeping_2026.UNCONFIRMED,
}  # fmt: skip
"""What is kept; a voucher as long as the application that it was made for."""
STATUSES: Final = frozenset(map(str, YouthStatus))
_AGE = re.compile(
    r"(?P<over>>=|>|<)?\s*(?P<n>[0-9]{1,4}) (?P<unit>year|month|week|day)s?"
    r"(?: (?P<months>[0-9]{1,2}) months?)?(?: (?P<sign>[+-]) (?P<m>[0-9]{1,4}) days?)?"
)


def _on(told: object) -> date:
    """The day on which what arrived on `ARRIVED` has the age told: "5 years", "5 years - 1 day", "> 1 year"."""
    parts = _AGE.fullmatch(str(told).strip())
    if parts is None:
        raise EvaluationError(f'An age is told as "1 year", "5 years - 1 day" or "> 1 year", not {told!r}')
    n = int(parts["n"])
    if parts["unit"] in ("year", "month"):
        day = add_years(ARRIVED, n) if parts["unit"] == "year" else add_months(ARRIVED, n)
    else:
        day = ARRIVED + timedelta(days=n * (7 if parts["unit"] == "week" else 1))
    day = add_months(day, int(parts["months"] or 0))
    more = int(parts["m"]) if parts["m"] else 0
    day += timedelta(days=-more if parts["sign"] == "-" else more)
    return day + timedelta(days={">": 1, "<": -1}.get(parts["over"] or "", 0))


def _kept_unconfirmed(case: Case) -> Answer:
    on = ARRIVED + timedelta(days=number(case, "age_days", least=0))
    thing = keeping_2026.UNCONFIRMED if case["inactive"] else keeping_2026.APPLICATION
    return {"deleted": keeping_2026.goes(thing, ARRIVED, on)}


def _kept_application(case: Case) -> Answer:
    if case["status"] not in STATUSES:
        raise EvaluationError(f"status must be one of {', '.join(sorted(STATUSES))}, not {case['status']!r}")
    on = _on(case["age"])
    thing = keeping_2026.REJECTED if case["status"] == "rejected" else keeping_2026.APPLICATION
    gone = keeping_2026.goes(thing, ARRIVED, on)
    return {"deleted": gone, "voucher_deleted": gone}


def _kept(case: Case) -> Answer:
    thing = THINGS.get(str(case["object"]).replace("_", " ").removeprefix("summer "))
    if thing is None:
        raise EvaluationError(f"object must be one of {', '.join(THINGS)}, not {case['object']!r}")
    return {"deleted": keeping_2026.goes(thing, ARRIVED, _on(case["age"]))}


KEEPING: Final = (
    question(_kept_unconfirmed, "inactive", "age_days"),
    question(_kept_application, "status", "age"),
    question(_kept, "object", "age"),
)
