# SPDX-License-Identifier: EUPL-1.2
"""Equal answers or no figure: counts and a weighted checksum over every output column."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from bench.contender import COLUMNS, Screened

# A null must weigh something that no amount weighs.
MISSING = -7
WEIGHTS = 1009


def _weighted(column: str) -> pl.Expr:
    return (pl.col(column).cast(pl.Int64).fill_null(MISSING) * (pl.col("person") % WEIGHTS + 1)).sum()


def of_columns(frame: pl.DataFrame) -> dict[str, int]:
    """The digest of all eight columns of everybody."""
    sums = frame.select(_weighted(name).alias(name) for name in COLUMNS).row(0, named=True)
    known = frame.select(pl.col(name).count().alias(f"{name} known") for name in COLUMNS).row(0, named=True)
    return {"rows": len(frame), **sums, **known}


def of_screening(services: Mapping[str, Screened]) -> dict[str, int]:
    """The digest of screened services."""
    digest: dict[str, int] = {}
    for name, screened in services.items():
        for outcome in (1, 0, -1, -2):
            digest[f"{name} {outcome}"] = int(screened.counts.get(outcome, 0))
        digest[f"{name} offers"] = screened.offers.select(_weighted("amount")).item()
    return digest


def of_reform(frame: pl.DataFrame) -> dict[str, int]:
    """The digest of a reform: change, winners, losers and unknown by district and age band, empty cells left out."""
    digest: dict[str, int] = {}
    for district, band, change, winners, losers, unknown in frame.select(
        "district", "band", "change", "winners", "losers", "unknown"
    ).iter_rows():
        if change or winners or losers or unknown:
            digest[f"{district} {band}"] = (int(change) * 31 + int(winners)) * 31 + int(losers) * 7 + int(unknown)
    return dict(sorted(digest.items()))


OF = {"all": of_columns, "screen": of_screening, "reform": of_reform, "simple": of_screening}
