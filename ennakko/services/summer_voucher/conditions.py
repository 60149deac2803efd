# SPDX-License-Identifier: EUPL-1.2
"""The year's conditions as the parameter book has them on a day: what is offered, to which ages, whom to ask."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from ennakko.rules.parameters import NotDecided, default_book
from ennakko.services.summer_voucher.law.fields import TARGET_GROUPS
from ennakko.values.texts import Text

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


def ages(on: date) -> tuple[int, ...]:
    """The ages that the year's residents reach, () where nobody has decided."""
    return tuple(decided("ages", on) or ())


def open_groups(on: date) -> frozenset[str]:
    """The age groups of the form that are open this year."""
    this_year = ages(on)
    return frozenset(group for group, age in TARGET_GROUPS.items() if age in this_year)


def last_of_year(year: int) -> date:
    """The day whose figures hold for everything of a year that is over."""
    return date(year, 12, 31)
