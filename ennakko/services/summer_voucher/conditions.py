# SPDX-License-Identifier: EUPL-1.2
"""The year's conditions as the parameter book has them on a day: what is offered, to which ages, whom to ask."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from ennakko.rules.parameters import NotDecided, StepTable, default_book
from ennakko.rules.sentences import in_words
from ennakko.services.summer_voucher.law.fields import AGE_OF_GROUP, TARGET_GROUPS
from ennakko.values.money import NO_BREAK_SPACE
from ennakko.values.texts import Text, text

SERVICE = "summer-voucher"
OFFERED = {
    "value_cents": "voucher_value",
    "min_hours": "min_hours",
    "min_pay_cents": "min_pay",
    "work_start": "work_start",
    "work_end": "work_end",
}
"""What is offered → the parameter it comes from."""


def value(name: str, on: date) -> Any:
    """A parameter of the service on a day; `NotDecided` where nobody has decided. EvaluationError outside its rows."""
    return default_book().value(f"{SERVICE}.{name}", on)


def decided(name: str, on: date) -> Any | None:
    """The same, None where nobody has decided."""
    found = value(name, on)
    return None if isinstance(found, NotDecided) else found


def undecided(on: date) -> Text | None:
    """Whom to ask when the year's conditions are not decided; None when they are."""
    for name in ("ages", *OFFERED.values()):
        found = value(name, on)
        if isinstance(found, NotDecided):
            return found.ask
    return None


def offered(on: date) -> Mapping[str, object]:
    """What a voucher of the year is: JSON values, money in cents; ask `undecided` first."""
    found = {key: value(name, on) for key, name in OFFERED.items()}
    return {"year": on.year, **{key: str(one) if isinstance(one, date) else one for key, one in found.items()}}


def most_value(on: date) -> int | None:
    """What a voucher is worth at most, in cents, where the sum rises with the hours; None where it is one sum."""
    base, additions = decided("voucher_value", on), decided("value_addition", on)
    if base is None or not isinstance(additions, StepTable):
        return None
    most = max(addition for _, addition in additions.steps)
    return base + most if most > 0 else None


def sums(least: int, most: int | None) -> Text:
    """A sum in cents, or the least and the most where it depends on something: 350 €, 175–700 €."""
    if most is None:
        return in_words(least, money=True)
    low, high = in_words(least, money=True), in_words(most, money=True)
    unit = f"{NO_BREAK_SPACE}€"
    return text(
        fi=f"{low.fi.removesuffix(unit)}–{high.fi}", sv=f"{low.sv.removesuffix(unit)}–{high.sv}",
        en=f"{low.en}–{high.en.removeprefix('€')}",
    )  # fmt: skip


def ages(on: date) -> tuple[int, ...]:
    """The ages that the year's residents reach, () where nobody has decided."""
    return tuple(decided("ages", on) or ())


def open_groups(on: date) -> frozenset[str]:
    """The age groups of the form that are open this year."""
    this_year = ages(on)
    return frozenset(group for group, age in AGE_OF_GROUP.items() if age in this_year)


def form_groups(on: date) -> tuple[str, ...]:
    """The age groups that the form offers: those of the school years, and others that are open this year."""
    open_now = open_groups(on)
    return tuple(group for group in AGE_OF_GROUP if group in TARGET_GROUPS or group in open_now)


def last_of_year(year: int) -> date:
    """The day whose figures hold for everything of a year that is over."""
    return date(year, 12, 31)
