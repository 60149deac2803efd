# SPDX-License-Identifier: EUPL-1.2
"""The city as dense arrays for the fused bound, made beforehand and untimed."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl

from bench import lawbook
from bench.population import City, days

ON = days(lawbook.ON)
NONE = -1
BIG = 2**30


@dataclass(slots=True)
class Arrays:
    """The city as dense arrays: person key minus one is the position."""

    person: np.ndarray
    household: np.ndarray
    birth: np.ndarray
    resident: np.ndarray
    district: np.ndarray
    names: list[str]
    grade: np.ndarray
    given: np.ndarray
    income: np.ndarray
    hours: np.ndarray
    risk: np.ndarray
    vaccinated: np.ndarray
    since: np.ndarray
    owner: np.ndarray
    private: np.ndarray
    start: np.ndarray
    end: np.ndarray
    wage: np.ndarray
    families: int


def prepare(city: City) -> Arrays:
    """Turn the frames into dense arrays with sentinels for the unknown."""
    p, s = city.persons, city.spells
    names = p["district"].unique().sort().to_list()
    codes = p["district"].cast(pl.Enum(names)).to_physical()
    return Arrays(
        person=p["person"].to_numpy(),
        household=p["household"].cast(pl.Int32).to_numpy(),
        birth=p["birth_date"].to_physical().to_numpy(),
        resident=(p["municipality"] == lawbook.HELSINKI).to_numpy(),
        district=codes.to_numpy(),
        names=names,
        grade=p["school_grade"].fill_null(NONE).cast(pl.Int8).to_numpy(),
        given=p["voucher_given"].to_numpy(),
        income=p["income_month"].fill_null(NONE).to_numpy(),
        hours=p["care_hours"].cast(pl.Int8).to_numpy(),
        risk=p["risk_group"].cast(pl.Int8).fill_null(NONE).to_numpy(),
        vaccinated=p["vaccinated"].to_numpy(),
        since=p["unemployed_since"].to_physical().fill_null(BIG).to_numpy(),
        owner=s["person"].cast(pl.Int32).to_numpy(),
        private=s["private_employer"].to_numpy(),
        start=s["start"].to_physical().to_numpy(),
        end=s["end"].to_physical().fill_null(ON).to_numpy(),
        wage=s["wage"].to_numpy(),
        families=int(p["household"].max()) + 1,
    )
