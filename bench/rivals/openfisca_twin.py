# SPDX-License-Identifier: EUPL-1.2
"""OpenFisca-core on the benchmark's people: built the documented way for large populations, then calculated.

Building (declare entities, join persons, set inputs, aggregate the spells) is part of the time, as it is in use; the
time of calculation alone is kept beside it.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from datetime import date

import numpy as np
import polars as pl
from openfisca_core.simulations import Simulation, SimulationBuilder
from openfisca_core.taxbenefitsystems import TaxBenefitSystem

from bench import lawbook
from bench.contender import SERVICES, YES, Contender, Screened
from bench.population import City
from bench.rivals.openfisca_law import NONE, LowerHighestFee, Services, as_day

PERIOD = lawbook.ON.isoformat()


@dataclass(slots=True)
class Inputs:
    """The city as the arrays that OpenFisca takes, and how long calculation alone took in each run."""

    persons: dict[str, np.ndarray]
    household: np.ndarray
    households: np.ndarray
    district: np.ndarray
    names: list[str]
    spells: dict[str, np.ndarray]
    system: TaxBenefitSystem
    reformed: TaxBenefitSystem
    parts: dict[str, list[float]] = field(default_factory=lambda: {"calculate": []})


def prepare(city: City) -> Inputs:
    """Turn the frames into numpy arrays with sentinels (not timed)."""
    p, s = city.persons, city.spells
    names = p["district"].unique().sort().to_list()
    system = Services()
    return Inputs(
        persons={
            "key": p["person"].cast(pl.Int32).to_numpy(),
            "birth_date": p["birth_date"].to_numpy(),
            "municipality": p["municipality"].cast(pl.Int32).to_numpy(),
            "school_grade": p["school_grade"].fill_null(NONE).cast(pl.Int32).to_numpy(),
            "voucher_given": p["voucher_given"].to_numpy(),
            "income_month": p["income_month"].fill_null(NONE).cast(pl.Int32).to_numpy(),
            "care_hours": p["care_hours"].cast(pl.Int32).to_numpy(),
            "risk_group": p["risk_group"].cast(pl.Int32).fill_null(NONE).to_numpy(),
            "vaccinated": p["vaccinated"].to_numpy(),
            "unemployed_since": p["unemployed_since"].fill_null(date(1970, 1, 1)).to_numpy(),
        },
        household=p["household"].to_numpy(),
        households=p["household"].unique().sort().to_numpy(),
        district=p["district"].cast(pl.Enum(names)).to_physical().to_numpy(),
        names=names,
        spells={
            "owner": s["person"].to_numpy() - 1,
            "private": s["private_employer"].to_numpy(),
            "start": s["start"].to_numpy(),
            "end": s["end"].fill_null(lawbook.ON).to_numpy(),
            "wage": s["wage"].to_numpy(),
        },
        system=system,
        reformed=LowerHighestFee(system),
    )


def _work(inputs: Inputs) -> dict[str, np.ndarray]:
    """Days worked and the wage of a new job: spells do not fit into group entities, so numpy does it outside."""
    count = len(inputs.household)
    spells = inputs.spells
    started = (as_day(lawbook.ON) - spells["start"]).astype(np.int64)
    ended = (as_day(lawbook.ON) - spells["end"]).astype(np.int64)
    overlap = np.maximum(np.minimum(started, lawbook.WINDOW_DAYS) - np.maximum(ended, 0) + 1, 0)
    worked = np.bincount(spells["owner"], weights=overlap, minlength=count).astype(np.int32)
    new = spells["private"] & (spells["start"] >= as_day(lawbook.HIRED_FROM)) & (spells["start"] <= as_day(lawbook.ON))
    wage = np.full(count, NONE, np.int32)
    np.maximum.at(wage, spells["owner"][new], spells["wage"][new].astype(np.int32))
    return {"worked": worked, "new_wage": wage}


def build(inputs: Inputs, system: TaxBenefitSystem, *, names: list[str] | None = None) -> Simulation:
    """A simulation over everybody, built the documented way; `names` limits the inputs that are set."""
    builder = SimulationBuilder()
    builder.create_entities(system)
    builder.declare_person_entity("person", inputs.persons["key"])
    group = builder.declare_entity("household", inputs.households)
    builder.join_with_persons(group, inputs.household, roles=np.zeros(len(inputs.household), dtype=np.int8))
    simulation = builder.build(system)
    for name, values in inputs.persons.items():
        if names is None or name in names:
            simulation.set_input(name, PERIOD, values)
    if names is None:
        for name, values in _work(inputs).items():
            simulation.set_input(name, PERIOD, values)
    return simulation


def all_columns(inputs: Inputs) -> dict[str, np.ndarray]:
    """Eight columns for everybody."""
    simulation = build(inputs, inputs.system)
    started = time.perf_counter()
    result = {name: simulation.calculate(name, PERIOD) for pair in SERVICES.values() for name in pair}
    inputs.parts["calculate"].append(time.perf_counter() - started)
    return result


def screen(inputs: Inputs) -> dict[str, Screened]:
    """Four services: counts and offers."""
    columns = all_columns(inputs)
    key = inputs.persons["key"]
    result = {}
    for service, (outcome, amount) in SERVICES.items():
        counts = np.bincount(columns[outcome] + 2, minlength=4)
        yes = columns[outcome] == YES
        offers = pl.DataFrame({"person": key[yes], "amount": columns[amount][yes]})
        result[service] = Screened({code - 2: int(counts[code]) for code in range(4)}, offers)
    return result


FEE_INPUTS = ["key", "birth_date", "income_month", "care_hours"]


def reform(inputs: Inputs) -> np.ndarray:
    """The fee before and after, by district and age band of the child."""
    before_world = build(inputs, inputs.system, names=FEE_INPUTS)
    after_world = build(inputs, inputs.reformed, names=FEE_INPUTS)
    started = time.perf_counter()
    before, after = before_world.calculate("fee", PERIOD), after_world.calculate("fee", PERIOD)
    cared = before_world.calculate("in_care", PERIOD)
    inputs.parts["calculate"].append(time.perf_counter() - started)
    under_three, under_five = map(as_day, lawbook.age_band_borders())
    birth = inputs.persons["birth_date"]
    cell = inputs.district.astype(np.int64) * 3 + np.select([birth >= under_three, birth >= under_five], [0, 1], 2)
    cell, before, after = cell[cared], before[cared].astype(np.int64), after[cared]
    known = before != NONE
    size = len(inputs.names) * 3

    def count(mask: np.ndarray) -> np.ndarray:
        return np.bincount(cell[mask], minlength=size)

    change = np.bincount(cell, weights=np.where(known, after - before, 0), minlength=size)
    return np.stack([change, count(known & (after < before)), count(known & (after > before)), count(~known)], axis=1)


def _columns(inputs: Inputs, columns: dict[str, np.ndarray]) -> pl.DataFrame:
    frame = pl.DataFrame({"person": inputs.persons["key"].astype(np.int64), **columns})
    amounts = [amount for _, amount in SERVICES.values()]
    return frame.with_columns(pl.when(pl.col(name) != NONE).then(pl.col(name)).alias(name) for name in amounts)


def _cells(inputs: Inputs, cells: np.ndarray) -> pl.DataFrame:
    rows = [
        (name, (0, 3, 5)[band], *(int(value) for value in cells[number * 3 + band]))
        for number, name in enumerate(inputs.names)
        for band in range(3)
    ]
    return pl.DataFrame(rows, schema=["district", "band", "change", "winners", "losers", "unknown"], orient="row")


CONTENDER = Contender(
    name="openfisca",
    title="OpenFisca-core 46.0.1: build, set inputs, calculate",
    prepare=prepare,
    tasks={"all": all_columns, "screen": screen, "reform": reform},
    answers={"all": _columns, "screen": lambda inputs, answer: answer, "reform": _cells},
)
