# SPDX-License-Identifier: EUPL-1.2
"""Who has a place already, for the rules: by the client register and by what the service has given since."""

from datetime import date

import polars as pl
from django.db.models import Q

from ennakko.kernel.registers import Snapshot
from ennakko.kernel.registers.snapshots import NoSnapshot, current
from ennakko.services.childcare.models import Placement
from ennakko.services.childcare.states import HOLDING

FILE = "early_education"
PRESCHOOL, EARLY_EDUCATION = "preschool", "early-education"


def register(snapshot: Snapshot) -> pl.LazyFrame | None:
    """The client register's rows; None where the snapshot has no such file."""
    path = snapshot.file(FILE)
    return pl.scan_parquet(path) if path.exists() else None


def preschool(on: date) -> pl.DataFrame:
    """Own fact `preschool_place_held`: person, preschool_place_held."""
    return _frame(_given(PRESCHOOL, on), "preschool_place_held")


def preschool_of(person: int, on: date) -> bool:
    """The same of one child."""
    return bool(_given(PRESCHOOL, on, person))


def early_education(on: date) -> pl.DataFrame:
    """Own fact `early_education_place_held`: person, early_education_place_held."""
    return _frame(_given(EARLY_EDUCATION, on) | _going_on(on), "early_education_place_held")


def early_education_of(person: int, on: date) -> bool:
    """The same of one child."""
    return bool(_given(EARLY_EDUCATION, on, person) or _going_on(on, person))


def _frame(persons: set[int], fact: str) -> pl.DataFrame:
    keys = sorted(persons)
    return pl.DataFrame(
        {
            "person": pl.Series(keys, dtype=pl.Int64),
            fact: pl.Series([True] * len(keys), dtype=pl.Boolean),
        }
    )


def _given(form: str, on: date, person: int | None = None) -> set[int]:
    """Children with a place of ours held or taken for a year of care that covers the day."""
    held = Q(form=form, state__in=sorted(HOLDING), starts__lte=on, starts__gt=date(on.year - 1, on.month, 1))
    if person is not None:
        held &= Q(child=person)
    return set(Placement.objects.filter(held).values_list("child", flat=True))


def _going_on(on: date, person: int | None = None) -> set[int]:
    """Children whose place in the client register goes on over the day."""
    try:
        rows = register(current())
    except NoSnapshot:
        return set()
    if rows is None:
        return set()
    held = pl.col("place_until").is_not_null() & (pl.col("place_until") >= on)
    if person is not None:
        held &= pl.col("person") == person
    return set(rows.filter(held).select("person").collect()["person"].to_list())
