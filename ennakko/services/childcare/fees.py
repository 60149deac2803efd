# SPDX-License-Identifier: EUPL-1.2
"""What a place costs a family: the rule `childcare.fee` asked for a day, and in words where nobody has decided.

Sums in cents a month. An income that is not told makes the fee the highest (1503/2016 8 §). Pre-school itself is free
(628/1998 28 §); only care beside it costs.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Any, Final

from ennakko.rules.errors import EvaluationError
from ennakko.rules.parameters import NotDecided, default_book
from ennakko.rules.registry import get
from ennakko.services.childcare.law.figures import LIMITS
from ennakko.values.money import format_money
from ennakko.values.texts import LANGUAGES, Text, text

RULE: Final = "childcare.fee"
HOURS: Final[Mapping[str, str | None]] = {"full": "1", "middle": None, "part": "0.6"}
"""Coefficient by hours a week: from 35, between, at most 20 (act 7 §). Between them the city decides, and has not."""
MIDDLE_ASK: Final = text(
    fi="kaupungin varhaiskasvatus: kerroin, kun hoitoa on viikossa yli 20 ja alle 35 tuntia",
    sv="stadens småbarnspedagogik: koefficienten när vården är över 20 och under 35 timmar i veckan",
    en="the city's early education: the coefficient for care of more than 20 and less than 35 hours a week",
)


@dataclass(frozen=True, slots=True)
class Told:
    """What a family tells: its size, each adult's monthly income in cents (None: not told), hours, the child's order.

    `ordinal`: 1 for the youngest child in care, 2 for the next (act 6 §).
    """

    family_size: int
    incomes: tuple[int | None, ...]
    hours: str = "full"
    ordinal: int = 1


@dataclass(frozen=True, slots=True)
class Estimate:
    """What the fee would be on a day. `fee_cents` None: a figure is not decided, and `ask` says whom to ask.

    `highest_cents`: never more than this, whatever the family earns. `last_known`: the same family by the figures of
    the last day for which all are decided, where that is another day.
    """

    on: date
    fee_cents: int | None
    highest_cents: int
    ask: Text | None = None
    last_known: "Estimate | None" = None


def estimate(told: Told, on: date) -> Estimate:
    """The fee of a family on a day; by the last decided figures too where those of the day are open."""
    found = _on(told, on)
    if found.fee_cents is not None:
        return found
    known = last_decided(on)
    earlier = None if known is None or told.hours == "middle" else _on(told, known)
    return Estimate(on, None, found.highest_cents, found.ask, earlier)


def _on(told: Told, on: date) -> Estimate:
    answer = calculate(told, on)
    ask: Text | None = answer.get("ask")
    coefficient = HOURS[told.hours]
    if coefficient is None:
        return Estimate(on, None, answer["highest_fee"], ask or MIDDLE_ASK)
    return Estimate(on, answer["fee"], answer["highest_fee"], ask)


def calculate(told: Told, on: date, alterations: Sequence[Mapping[str, Any]] = ()) -> Mapping[str, Any]:
    """The rule's whole answer for a family on a day; raises EvaluationError for what it cannot read."""
    case: dict[str, Any] = {
        "thresholds": on.isoformat(), "family_size": told.family_size, "incomes": list(told.incomes),
        "coefficient": HOURS[told.hours] or "1", "sibling_ordinal": told.ordinal,
    }  # fmt: skip
    if alterations:
        case["alterations"] = [dict(one) for one in alterations]
    values: Mapping[str, Any] = get(RULE).evaluate(case, on).values  # type: ignore[union-attr]
    return values


@cache
def _decided_rows() -> tuple[tuple[date, bool], ...]:
    rows = default_book().get(next(iter(LIMITS.values()))).rows
    return tuple((row.start, isinstance(row.value, NotDecided)) for row in rows)


def last_decided(before: date) -> date | None:
    """The last day before a day on which the income limits were decided; None where they never were."""
    open_from = None
    for start, is_open in _decided_rows():
        if start > before:
            break
        open_from = start if is_open else None
    return None if open_from is None else open_from - timedelta(days=1)


def highest(on: date) -> int:
    """The highest fee of a day, in cents: the most that anybody pays."""
    try:
        return int(calculate(Told(2, (None,)), on)["highest_fee"])
    except EvaluationError as error:
        raise LookupError(f"No fees are known for {on}: {error}") from error


SIZE: Final = text(fi="{size} hengen perhe", sv="familj på {size}", en="family of {size}")
UNTOLD: Final = text(fi="tuloja ei ilmoitettu", sv="inkomsterna uppgavs inte", en="income not told")
INCOME: Final = text(fi="tulot {sum}", sv="inkomster {sum}", en="income {sum}")
WEEK: Final[Mapping[str, Text]] = {
    "full": text(fi="35 h tai enemmän", sv="35 h eller mer", en="35 h or more"),
    "middle": text(fi="yli 20, alle 35 h", sv="över 20, under 35 h", en="over 20, under 35 h"),
    "part": text(fi="enintään 20 h", sv="högst 20 h", en="at most 20 h"),
}


def told_in_words(data: Mapping[str, Any]) -> Text:
    """What a family has told, as a line of a queue."""
    incomes = data["incomes"]
    income = UNTOLD
    if None not in incomes:
        total = sum(incomes)
        income = INCOME.format(sum=text(**{each: format_money(total, each) for each in LANGUAGES}))
    parts = (SIZE.format(size=data["family_size"]), income, WEEK[data["hours"]])
    return text(**{each: ", ".join(part.in_(each) for part in parts) for each in LANGUAGES})
