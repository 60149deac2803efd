# SPDX-License-Identifier: EUPL-1.2
"""The figures that a benefit is calculated with: those of the day from which it is paid, or of a rule set named."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any, Final

from ennakko.rules.errors import EvaluationError
from ennakko.rules.parameters import NotDecided, ParameterBook, Row, StepTable

SERVICE: Final = "hiring-benefit"
RULE_SET: Final = f"{SERVICE}.rule_set"
NAMES: Final = (
    "rule_set", "highest_month", "highest_month_alone", "cost_share", "default_work_time", "employment_month",
    "highest_manual_month", "pay_subsidy_caps", "full_subsidy_work_time", "full_subsidy_side_costs",
)  # fmt: skip
PARAMETERS: Final = tuple(f"{SERVICE}.{name}" for name in NAMES)
MAY_BE_ABSENT: Final = frozenset({"cost_share", "employment_month"})
"""What some rule sets do not have: a share that is the same for all, the fixed monthly sum."""


@dataclass(frozen=True, slots=True)
class Terms:
    """Money in cents a month, `share` and `default_work_time` in hundredths of a per cent, the other rates per cent.

    `highest`, `highest_alone`: the most a month with and without pay subsidy, None for no limit. `share` is None where
    the handler chooses it, `employment` None where that form of benefit is not granted. `caps`: pay subsidy by its
    percentage. `rows` are the parameters' rows that all this was taken from.
    """

    rule_set: str
    day: date
    highest: int | None
    highest_alone: int | None
    share: int | None
    default_work_time: int
    employment: int | None
    highest_manual: int
    caps: Mapping[int, int]
    full_work_time: int
    side_costs: int
    rows: Mapping[str, Row]


def day_of(rule_set: str, book: ParameterBook) -> date:
    """The first day of a rule set by its name or year: "2023" and "2023-07" are 1 July 2023.

    Raises EvaluationError naming the rule sets there are.
    """
    rows = book.get(RULE_SET).rows
    for row in rows:
        if str(row.value) == rule_set or str(row.value).partition("-")[0] == rule_set:
            return row.start
    known = ", ".join(str(row.value) for row in rows)
    raise EvaluationError(f"There is no rule set {rule_set}. Known: {known}.")


def latest_day(book: ParameterBook) -> date:
    """The first day of the newest rule set."""
    return book.get(RULE_SET).rows[-1].start


@lru_cache(maxsize=8192)
def terms_on(day: date, book: ParameterBook) -> Terms:
    """The figures of a day; raises EvaluationError for a day before the first rule set and for what is not decided."""
    rows: dict[str, Row] = {}
    found: dict[str, Any] = {}
    for name in NAMES:
        full = f"{SERVICE}.{name}"
        row = next((one for one in book.get(full).rows if one.covers(day)), None)
        if row is None and name in MAY_BE_ABSENT:
            found[name] = None
            continue
        row = row or book.row(full, day)
        if isinstance(row.value, NotDecided):
            raise EvaluationError(f"{full} is not decided for {day}. Ask: {row.value.ask.en}.")
        rows[full] = row
        found[name] = row.value
    table: StepTable = found["pay_subsidy_caps"]
    return Terms(
        rule_set=found["rule_set"],
        day=day,
        highest=found["highest_month"],
        highest_alone=found["highest_month_alone"],
        share=None if found["cost_share"] is None else found["cost_share"] * 100,
        default_work_time=found["default_work_time"] * 100,
        employment=found["employment_month"],
        highest_manual=found["highest_manual_month"],
        caps={int(key): cents for key, cents in table.steps if isinstance(key, int)},
        full_work_time=found["full_subsidy_work_time"],
        side_costs=found["full_subsidy_side_costs"],
        rows=rows,
    )


def terms_for(start: date, rule_set: str, book: ParameterBook) -> Terms:
    """The figures of a benefit that begins on a day; a rule set named wins over the day (act 2 §)."""
    return terms_on(day_of(rule_set, book) if rule_set else start, book)
