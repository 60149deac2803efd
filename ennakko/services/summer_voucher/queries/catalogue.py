# SPDX-License-Identifier: EUPL-1.2
"""What anybody may know of the voucher: the conditions of each year, the age groups, the schools of the form."""

from dataclasses import dataclass
from datetime import date

import polars as pl

from ennakko.kernel.registers import NoSnapshot, snapshots
from ennakko.rules.parameters import NotDecided, default_book
from ennakko.services.summer_voucher import conditions
from ennakko.services.summer_voucher.law.fields import AGE_OF_GROUP, REASONS
from ennakko.services.summer_voucher.wording import GROUPS, REASON_NAMES
from ennakko.values.texts import Text, text

FIRST_YEAR = 2020
"""Before this year nothing of the service is kept anywhere; a city's own first year is `first_year`."""

SCHOOL_KINDS = ("school", "upper_secondary_school", "vocational_school")


@dataclass(frozen=True, slots=True)
class Conditions:
    """One year's conditions; money in cents; None is not decided, and `ask` then tells whom to ask."""

    year: int
    value_cents: int | None
    min_hours: int | None
    min_pay_cents: int | None
    work_start: date | None
    work_end: date | None
    claim_deadline: date | None
    ages: tuple[int, ...]
    ask: Text | None


def of_year(year: int) -> Conditions:
    """The conditions of a year; raises EvaluationError for one that no row covers."""
    on = date(year, 1, 1)

    def known(name: str) -> object:
        found = conditions.value(name, on)
        return None if isinstance(found, NotDecided) else found

    told = {key: known(name) for key, name in (*conditions.OFFERED.items(), ("claim_deadline", "claim_deadline"))}
    return Conditions(year, ages=conditions.ages(on), ask=conditions.undecided(on), **told)  # type: ignore[arg-type]


def first_year() -> int:
    """The first year whose conditions are known here."""
    return default_book().get(f"{conditions.SERVICE}.voucher_value").rows[0].start.year


def years(on: date) -> list[Conditions]:
    """Every year from the first known to the one of the day, the newest first."""
    return [of_year(year) for year in range(on.year, first_year() - 1, -1)]


def groups(on: date) -> list[tuple[str, Text, int, bool]]:
    """The form's age groups: identifier, name, age reached this year, whether it is open this year."""
    open_now = conditions.open_groups(on)
    return [(group, GROUPS[group], AGE_OF_GROUP[group], group in open_now) for group in conditions.form_groups(on)]


def reasons() -> list[tuple[str, Text]]:
    """The reasons for applying that the form offers."""
    return [(reason, REASON_NAMES[reason]) for reason in REASONS]


def schools() -> list[Text]:
    """The schools of the form, in Finnish order of their Finnish names; empty while no register is in use."""
    try:
        file = snapshots.current().file("units")
    except NoSnapshot:
        return []
    if not file.exists():
        return []
    rows = pl.scan_parquet(file).filter(pl.col("kind").is_in(SCHOOL_KINDS))
    names = rows.select("name_fi", "name_sv", "name_en").unique().collect()
    found = [
        text(fi=fi, sv=sv or fi, en=en or fi) for fi, sv, en in names.iter_rows()
    ]  # fmt: skip
    return sorted(found, key=lambda name: _finnish(name.fi))


_LAST = str.maketrans({"å": "{", "ä": "|", "ö": "}"})


def _finnish(name: str) -> str:
    """å, ä and ö come after z."""
    return name.casefold().translate(_LAST)
