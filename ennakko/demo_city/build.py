# SPDX-License-Identifier: EUPL-1.2
"""Build the synthetic Helsinki: one seed gives the same bytes of every file."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import numpy as np
import polars as pl

from ennakko.demo_city import announcements, registration
from ennakko.demo_city.ages import Zones, draw_ages
from ennakko.demo_city.data import open_data
from ennakko.demo_city.dataset import HOME_MUNICIPALITY, Registers, Sealer, in_order, write_snapshot
from ennakko.demo_city.early_education import draw_early_education
from ennakko.demo_city.employment import draw_spells
from ennakko.demo_city.families import Families, Residents
from ennakko.demo_city.home import home
from ennakko.demo_city.households import Households, form_households
from ennakko.demo_city.identity import codes, order_of_birth
from ennakko.demo_city.livelihood import draw_livelihood
from ennakko.demo_city.organisations import draw_companies
from ennakko.demo_city.people import birth_dates, draw_language_group, draw_sex
from ennakko.demo_city.planted import planted
from ennakko.demo_city.registration import Drawn
from ennakko.demo_city.sampling import Floats, generator, picked
from ennakko.demo_city.street_map import draw_streets
from ennakko.demo_city.units import draw_units

FIRST_DAY = date(2026, 4, 15)
"""The day on which the demo begins."""

HELSINKI = 674_500
SMALLEST, LARGEST = 1_000, 2_000_000

Progress = Callable[[str, float], None]
"""Told what is being done and how far the whole is, 0…1."""

# Rows the register still holds of those who died within five months or moved away within two, per resident.
_DEAD, _MOVED_AWAY = 0.0033, 0.008


def quiet(step: str, part: float) -> None:
    """Progress that nobody follows."""


def build(
    *,
    residents: int = HELSINKI,
    seed: int = 1,
    on: date = FIRST_DAY,
    into: Path,
    sealer: Sealer,
    progress: Progress = quiet,
) -> Path:
    """Draw the city and write its snapshot; returns the snapshot's folder. 1,000–2,000,000 residents.

    Raises ValueError for another size, with the sizes that work.
    """
    registers = draw_city(residents=residents, seed=seed, on=on, progress=progress)
    progress("writing the snapshot", 0.75)
    folder = write_snapshot(registers, into, sealer)
    progress("done", 1.0)
    return folder


def draw_city(*, residents: int, seed: int, on: date, progress: Progress = quiet) -> Registers:
    """All registers of the city in memory, in the dataset's order; exactly so many living residents."""
    if not SMALLEST <= residents <= LARGEST:
        raise ValueError(f"A city has {SMALLEST:,}–{LARGEST:,} residents, not {residents:,}.")
    progress("reading the open data", 0.0)
    data = open_data()
    zones = Zones.of(data)
    persona_frames, persona_codes = planted(on)
    here = (persona_frames["residents"]["municipality"] == HOME_MUNICIPALITY).sum()

    progress("drawing residents", 0.03)
    zone, age = draw_ages(data, zones, residents - int(here), seed)
    woman = draw_sex(data, zones, zone, age, seed)
    group = draw_language_group(data, zones, zone, age, seed)
    people = Residents(zone, age, woman, group, zones.area[zone], zones.postal[zone])
    progress("forming households", 0.15)
    households = form_households(data, people, seed)

    progress("drawing work and income", 0.35)
    drawn = _drawn(people, households, on, seed)
    live = draw_livelihood(data, zones.postal[drawn.zone], drawn.age, on, seed)
    progress("drawing employers and services", 0.45)
    companies = draw_companies(data, zones, residents, on, seed)
    units = draw_units(data, zones, seed)
    progress("filling in the registers", 0.5)
    frames = registration.frames(data, zones, drawn, live, units, on, seed)
    frames["spells"] = draw_spells(drawn.person, drawn.age, live, companies, on, seed).join(
        frames["activity"], on="person", how="semi"
    )
    frames["companies"], frames["units"] = companies, units
    for name, part in persona_frames.items():
        frames[name] = pl.concat((part, frames[name].select(part.columns)), how="vertical_relaxed")
    children, groups = draw_early_education(frames["residents"], units, residents, on, seed)
    frames["early_education"], frames["early_education_groups"] = children, groups
    frames.update(draw_streets(zones, residents, seed))
    city = f"{home().id}-{residents}-{seed}-{on:%Y%m%d}"
    all_codes = np.concatenate(
        (persona_codes, codes(drawn.birth, drawn.woman, order_of_birth(drawn.birth, drawn.woman)))
    )
    registers = Registers(city, on, seed, frames, all_codes)
    frames[announcements.FILE] = announcements.announced(registers, data, zones)
    return in_order(registers)


def _drawn(people: Residents, households: Households, on: date, seed: int) -> Drawn:
    """Everyone the register holds: the living residents, then those who have died or moved away of late."""
    rng = generator(seed, "register")
    size = people.age.size
    housed = households.number >= 0
    zone = people.zone.copy()
    zone[housed] = people.zone[households.head[households.number[housed]]]
    dead = picked(rng, np.exp(0.095 * people.age), round(_DEAD * size))
    young = np.where((people.age >= 19) & (people.age < 36), 3.0, 1.0)
    away = picked(rng, young, round(_MOVED_AWAY * size))
    every = np.concatenate((np.arange(size), dead, away))
    home = np.where(housed, households.number, 0)
    homeless = np.concatenate((np.flatnonzero(~housed), np.arange(size, every.size)))
    number = np.concatenate((households.number, np.full(every.size - size, -1)))
    home = np.concatenate((home, np.zeros(every.size - size, dtype=np.int64)))
    home[homeless] = households.head.size + np.arange(homeless.size)
    heads = np.arange(every.size)
    heads[:size][housed] = households.head[households.number[housed]]
    part_of_year = _birthdays_of_siblings(rng.random(every.size), people, households.families, rng)
    # In order of the keys from here on: the files are, and sorting texts later costs more.
    keys = registration.person_keys(np.arange(every.size))
    order = np.argsort(keys, kind="stable")
    row = np.empty_like(order)
    row[order] = np.arange(order.size)
    state = np.repeat([registration.LIVING, registration.DEAD, registration.AWAY], [size, dead.size, away.size])
    every = every[order]
    return Drawn(
        person=keys[order],
        zone=zone[every],
        age=people.age[every],
        woman=people.woman[every],
        group=people.language[every],
        birth=birth_dates(people.age[every], part_of_year[order], on),
        home=home[order],
        household=number[order],
        head=row[heads[order]],
        families=households.families.renumbered(row),
        state=state[order],
    )


def _birthdays_of_siblings(part: Floats, people: Residents, families: Families, rng: np.random.Generator) -> Floats:
    """Siblings a year apart get birthdays at about the same time of the year, of the same age the same day (twins)."""
    family, child = families.family_of_child, families.child
    order = np.lexsort((people.age[child], family))
    near = (np.diff(family[order]) == 0) & (np.diff(people.age[child][order]) <= 1)
    close = np.zeros(families.head.size, dtype=bool)
    close[family[order][1:][near]] = True
    same = np.unique(family * 20 + people.age[child], return_inverse=True)[1]
    drawn = 0.8 * rng.random(families.head.size)[family] + 0.2 * rng.random(same.size)[same]
    adjusted = part.copy()
    rows = close[family]
    adjusted[child[rows]] = drawn[rows]
    return adjusted
