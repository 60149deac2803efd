# SPDX-License-Identifier: EUPL-1.2
"""Where a street address is, by the addresses that the city holds of its own places: the register of units.

No resident's address is looked up for this: planning a building is no purpose for reading where people live.
"""

from dataclasses import dataclass

import polars as pl

from ennakko.kernel.registers.snapshots import NoSnapshot, current

NEAR = 3
"""How many addresses of the same street are named where the one asked for is not held."""


@dataclass(frozen=True, slots=True)
class Found:
    """A point in degrees, or None and addresses of the same street that are held."""

    point: tuple[float, float] | None
    near: tuple[str, ...] = ()


def point_of(words: str) -> Found:
    """The point of a place by its street address or its name in any language, in any case of letters."""
    asked = _plain(words)
    try:
        file = current().file("units")
    except NoSnapshot:
        return Found(None)
    if not asked or not file.exists():
        return Found(None)
    columns = ("street_address", "name_fi", "name_sv", "name_en")
    rows = (
        pl.read_parquet(file, columns=["unit", *columns, "latitude", "longitude"])
        .drop_nulls(["latitude", "longitude"])
        .sort("unit")
    )
    for row in rows.iter_rows(named=True):
        if asked in {_plain(row[name]) for name in columns}:
            return Found((row["latitude"], row["longitude"]))
    street = asked.rstrip("0123456789abcdefghij-– ")
    held = {one for one in rows["street_address"].drop_nulls().to_list() if street and _plain(one).startswith(street)}
    return Found(None, tuple(sorted(held)[:NEAR]))


def _plain(words: str | None) -> str:
    return " ".join((words or "").casefold().replace(",", " ").split())
