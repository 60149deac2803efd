# SPDX-License-Identifier: EUPL-1.2
"""Employers: as many by postal code and industry as the published jobs tell; names, IDs and sizes are made up."""

import tomllib
from datetime import date

import numpy as np
import polars as pl

from ennakko.demo_city.addresses import draw_addresses
from ennakko.demo_city.ages import Zones
from ennakko.demo_city.data import FOLDER, OpenData
from ennakko.demo_city.home import home
from ennakko.demo_city.sampling import Floats, Ints, generator, picked, whole
from ennakko.values.business_id import compose

SECTIONS = "ABCDEFGHIJKLMNPQRS"
"""Industries with employers in the register; public administration and foreign bodies are left out."""

_JOBS_PER_EMPLOYER = np.array([3, 12, 12, 30, 14, 7, 7, 9, 8, 11, 22, 4, 6, 10, 12, 11, 5, 4], dtype=float)
_ASSOCIATIONS = np.array([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0.02, 0, 0, 0.25, 0.25, 0.55, 0.45])
_PUBLISHED_RESIDENTS = 663_237
_FIRST_NUMBER = 9_000_100
"""Seven-digit numbers from here on are far above those in use; the ones below are the personas'."""

PERSONA_COMPANY = compose(9_000_001)
CAFE = PERSONA_COMPANY
YOUTH_ASSOCIATION = compose(9_000_003)
GARDEN = compose(9_000_004)
HOUSING_COMPANY = compose(9_000_005)
PARISH = compose(9_000_006)
EVENTS_ABROAD = compose(9_000_008)

_FORMS = ("oy", "tmi", "ky", "ry", "sr", "srk")
_ENDINGS = pl.Series(["Oy", "Tmi", "Ky", "ry", "säätiö sr", "seurakunta"], dtype=pl.String)
_SWEDISH_ENDINGS = pl.Series(["Ab", "Fma", "Kb", "rf", "stiftelse sr", "församling"], dtype=pl.String)
_WEIGHTS = np.array([7, 9, 10, 5, 8, 4, 2])


def business_ids(count: int) -> pl.Series:
    """Business IDs 9xxxxxx-c with right check digits, each once."""
    # 7919 has no factor in common with 990,000: the numbers jump about and none comes twice.
    numbers = _FIRST_NUMBER + np.arange(count * 6 // 5 + 50) * 7919 % 990_000
    digits = numbers[:, None] // 10 ** np.arange(6, -1, -1) % 10
    remainder = (digits * _WEIGHTS).sum(axis=1) % 11
    given = np.flatnonzero(remainder != 1)[:count]
    check = (11 - remainder[given]) % 11
    frame = pl.DataFrame({"number": numbers[given], "check": check})
    return frame.select(pl.concat_str("number", pl.lit("-"), "check")).to_series()


def _sizes(section: Ints, postal: Ints, jobs: Floats, rng: np.random.Generator) -> Ints:
    """Employees of each employer; in each postal code and industry they sum to about the published jobs."""
    draw = np.exp(rng.normal(0, 1.3, section.size))
    cell = postal * len(SECTIONS) + section
    total = np.bincount(cell, weights=draw, minlength=jobs.size)
    return np.maximum(np.rint(draw * (jobs / np.maximum(total, 1e-9))[cell]), 0).astype(np.int64)


def draw_companies(data: OpenData, zones: Zones, residents: int, on: date, seed: int) -> pl.DataFrame:
    """The companies of the snapshot, in order of business ID; at least one hundred in the smallest city."""
    rng = generator(seed, "companies")
    jobs = data.postal_codes.select([f"jobs_{one}" for one in SECTIONS]).fill_null(0).to_numpy().astype(float)
    jobs *= residents / _PUBLISHED_RESIDENTS
    expected = jobs / _JOBS_PER_EMPLOYER
    expected *= max(1.0, 100 / expected.sum())
    counts = whole(expected.reshape(-1), float(rng.random()) * 0.99)
    postal, section = np.divmod(np.repeat(np.arange(counts.size), counts), len(SECTIONS))
    size = postal.size
    employees = _sizes(section, postal, jobs.reshape(-1), rng)

    zone_of_postal = np.searchsorted(zones.postal, postal)
    zones_in_postal = np.bincount(zones.postal, minlength=data.postal_codes.height)[postal]
    zone = zone_of_postal + np.floor(rng.random(size) * zones_in_postal).astype(np.int64)
    addresses = draw_addresses(data, zones, zone, rng, flats=False)
    association = rng.random(size) < _ASSOCIATIONS[section]
    draw = rng.random(size)
    parish = (section == SECTIONS.index("S")) & (draw > 0.985)
    form = np.where(association, np.where(draw < 0.93, 3, 4), np.where((employees <= 1) & (draw < 0.55), 1, 0))
    form = np.where(parish, 5, np.where((form == 0) & (draw > 0.96), 2, form))
    swedish = rng.random(size) < 0.07
    founded = np.datetime64(on) - (60 + rng.exponential(4_500, size).astype(np.int64) % 16_000).astype("timedelta64[D]")
    frame = pl.DataFrame(
        {
            "business_id": business_ids(size),
            "name": _names(section, form, swedish, rng),
            "form": pl.Series(_FORMS, dtype=pl.String).gather(form),
            "industry": _industries(data, section, rng),
            "street_address": addresses.street_address,
            "postal_code": data.postal_codes["postal_code"].gather(postal),
            "post_office": pl.repeat(home().post_office, size, eager=True),
            "language": pl.Series(["fi", "sv"], dtype=pl.String).gather(swedish.astype(np.int64)),
            "founded": founded,
            "employees": employees,
        }
    )
    return frame.sort("business_id")


def _names(section: Ints, form: Ints, swedish: np.ndarray, rng: np.random.Generator) -> pl.Series:
    words = tomllib.loads((FOLDER / "company_words.toml").read_text(encoding="utf-8"))

    def draw(key: str) -> pl.Series:
        return pl.Series(words[key], dtype=pl.String).gather(rng.integers(0, len(words[key]), section.size))

    trades = [words["trade"][one] for one in SECTIONS]
    flat = pl.Series([trade for part in trades for trade in part], dtype=pl.String)
    starts = np.cumsum([0, *(len(part) for part in trades)])
    trade = flat.gather(
        starts[section] + np.floor(rng.random(section.size) * np.diff(starts)[section]).astype(np.int64)
    )
    frame = pl.DataFrame(
        {
            "fi": draw("first") + draw("second") + " " + trade.str.to_lowercase() + " " + _ENDINGS.gather(form),
            "sv": draw("swedish_first") + draw("swedish_second") + " " + _SWEDISH_ENDINGS.gather(form),
            "swedish": swedish,
        }
    )
    return frame.select(pl.when("swedish").then("sv").otherwise("fi")).to_series()


def _industries(data: OpenData, section: Ints, rng: np.random.Generator) -> pl.Series:
    listed = data.industries.filter(pl.col("section").is_in(list(SECTIONS))).sort("section", "code")
    starts = np.searchsorted(listed["section"].to_numpy(), np.array(list(SECTIONS)), side="left")
    ends = np.searchsorted(listed["section"].to_numpy(), np.array(list(SECTIONS)), side="right")
    row = starts[section] + np.floor(rng.random(section.size) * (ends - starts)[section]).astype(np.int64)
    return listed["code"].gather(row)


_PLANTED = (
    (CAFE, "Kahvila Aamukaste Oy", "oy", "56302", "Vaasankatu 12", "00500", "fi", date(2014, 3, 3), 9),
    (YOUTH_ASSOCIATION, "Ungdomsföreningen Måsarna rf", "ry", "93120", "Drumsövägen 21", "00200", "sv",
     date(1988, 5, 16), 3),
    (GARDEN, "Ekholms Trädgård Ab", "oy", "81300", "Storsvängen 4", "00200", "sv", date(2006, 4, 10), 12),
    (HOUSING_COMPANY, "Asunto Oy Kurvinkulma", "oy", "68202", "Helsinginkatu 2", "00500", "fi", date(1962, 9, 1), 1),
    (PARISH, "Aamunkoiton seurakunta", "srk", "94910", "Kirkkotie 1", "00700", "fi", date(1975, 1, 1), 48),
    (EVENTS_ABROAD, "Merituul Events Oy", "oy", "82300", "Tallinnanaukio 3", "00930", "fi", date(2019, 2, 4), 6),
)  # fmt: skip


def persona_companies() -> pl.DataFrame:
    """The organisations for which personas hold mandates; the same in every city."""
    columns = (
        "business_id", "name", "form", "industry", "street_address", "postal_code", "language", "founded", "employees",
    )  # fmt: skip
    return pl.DataFrame(_PLANTED, schema=columns, orient="row").with_columns(post_office=pl.lit(home().post_office))


def persona_company_names() -> dict[str, str]:
    """The names of those organisations by business ID."""
    return {row[0]: row[1] for row in _PLANTED}


def draw_employers(companies: pl.DataFrame, size: int, rng: np.random.Generator) -> pl.Series:
    """Business IDs of employers for `size` people, by the number of their employees."""
    weights = companies["employees"].to_numpy().astype(float) + 0.05
    return companies["business_id"].gather(picked(rng, weights, size))
