# SPDX-License-Identifier: EUPL-1.2
"""Moves announced ahead stand in the register until their day, and then the family lives at the new address."""

from datetime import timedelta

import polars as pl

from ennakko.demo_city.announcements import FILE, announced_days_come
from ennakko.demo_city.build import FIRST_DAY, draw_city
from ennakko.demo_city.personas import FIRST_CITY_KEY


def test_whole_families_announce_moves_and_on_the_day_they_live_there():
    city = draw_city(residents=20_000, seed=1, on=FIRST_DAY)
    waiting, residents = city.frames[FILE], city.frames["residents"]
    assert waiting.height
    assert waiting["moves_on"].min() > FIRST_DAY
    assert waiting["person"].min() >= FIRST_CITY_KEY
    days = waiting.join(residents.select("person", "household"), on="person").group_by("household")
    assert days.agg(pl.col("moves_on").n_unique())["moves_on"].max() == 1

    day = waiting["moves_on"].min()
    assert announced_days_come(city, day - timedelta(days=1)) is city
    there = announced_days_come(city, day)
    moved = waiting.filter(pl.col("moves_on") == day)
    homes = there.frames["residents"].join(moved, on="person", suffix="_announced")
    assert homes.height == moved.height
    for name in ("latitude", "longitude", "sub_district", "postal_code"):
        assert (homes[name] == homes[f"{name}_announced"]).all()
    assert (homes["district"] == homes["future_district"]).all()
    letters = there.frames["contacts"].join(moved, on="person", suffix="_announced")
    assert (letters["street_address"] == letters["street_address_announced"]).all()
    assert there.frames[FILE].height == waiting.height - moved.height
    assert there.frames["residents"].height == residents.height
