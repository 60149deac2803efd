# SPDX-License-Identifier: EUPL-1.2
"""Rows of the registers from the drawn arrays: moves, non-disclosure, contacts, and what a register does not know."""

from dataclasses import dataclass
from datetime import date

import numpy as np
import polars as pl

from ennakko.demo_city.addresses import Addresses, draw_addresses
from ennakko.demo_city.ages import Zones
from ennakko.demo_city.data import OpenData
from ennakko.demo_city.dataset import HOME_MUNICIPALITY
from ennakko.demo_city.families import Families
from ennakko.demo_city.home import home
from ennakko.demo_city.identity import Dates
from ennakko.demo_city.livelihood import ACTIVITIES, EDUCATIONS, Livelihood
from ennakko.demo_city.names import SERVICE_LANGUAGES, draw_languages, draw_names, named, pools
from ennakko.demo_city.people import SWEDISH
from ennakko.demo_city.personas import FIRST_CITY_KEY
from ennakko.demo_city.reach import email_addresses, phone_numbers
from ennakko.demo_city.sampling import Bools, Floats, Ints, generator
from ennakko.demo_city.schooling import draw_school, nearest_schools

LIVING, DEAD, AWAY = 0, 1, 2
FIRST_HOUSEHOLD = 10_000
"""Household numbers below belong to the personas."""

ELSEWHERE = pl.DataFrame(
    {
        "municipality": ["049", "092", "257", "235", "543", "753", "837", "853"],
        "postal_code": ["02600", "01300", "02400", "02700", "01900", "04130", "33100", "20100"],
        "post_office": ["ESPOO", "VANTAA", "KIRKKONUMMI", "KAUNIAINEN", "NURMIJÄRVI", "SIPOO", "TAMPERE", "TURKU"],
    }
)
"""Where people move to and from, with one postal code each."""

WEIGHT_ELSEWHERE = np.array([0.34, 0.34, 0.08, 0.02, 0.06, 0.04, 0.07, 0.05])
_NON_DISCLOSURE, _UNKNOWN_INCOME = 0.0013, 0.015
_JUST_MOVED_DAYS = 60


@dataclass(frozen=True, slots=True)
class Drawn:
    """Everyone in the register as arrays of equal length; `household` is -1 for none, `home` numbers addresses."""

    person: Ints
    zone: Ints
    age: Ints
    woman: Bools
    group: Ints
    birth: Dates
    home: Ints
    household: Ints
    head: Ints
    """Row of the household's head; the person's own outside households."""
    families: Families
    state: Ints


def person_keys(number: Ints) -> Ints:
    """Stable keys that tell nothing: running numbers mixed one to one over 2⁴⁰ values (below 2⁵³ for JSON)."""
    mixed = (number.astype(np.uint64) * np.uint64(0x9E3779B97F4A7C15 | 1)) & np.uint64(FIRST_CITY_KEY - 1)
    return mixed.astype(np.int64) + FIRST_CITY_KEY


def frames(
    data: OpenData, zones: Zones, drawn: Drawn, live: Livelihood, units: pl.DataFrame,
    on: date, seed: int,
) -> dict[str, pl.DataFrame]:  # fmt: skip
    """The files about people, but for employment spells."""
    rng = generator(seed, "registration")
    homes = int(drawn.home.max()) + 1
    zone_of_home = np.zeros(homes, dtype=np.int64)
    zone_of_home[drawn.home] = drawn.zone
    addresses = draw_addresses(data, zones, zone_of_home, rng)
    tongue, service = draw_languages(drawn.group, drawn.home, seed)
    moved_in = _moved_in(drawn, homes, on, rng)
    withheld = ((rng.random(homes) < _NON_DISCLOSURE)[drawn.home]) & (drawn.state == LIVING)
    here = drawn.state == LIVING
    latitude, longitude = addresses.latitude[drawn.home], addresses.longitude[drawn.home]

    residents = _residents(data, zones, drawn, moved_in, withheld, (latitude, longitude), on, rng).with_columns(
        pl.Series("mother_tongue", pools().languages, dtype=pl.String).gather(tongue).alias("mother_tongue"),
        pl.Series(SERVICE_LANGUAGES, dtype=pl.String).gather(service).alias("service_language"),
    )
    just_moved = ~np.isnat(moved_in) & (moved_in > np.datetime64(on) - np.timedelta64(_JUST_MOVED_DAYS, "D"))
    school = nearest_schools(units, latitude, longitude, drawn.group == SWEDISH)
    rows = np.flatnonzero(here)
    known = rng.random(rows.size) >= np.where(just_moved[rows], 0.5, _UNKNOWN_INCOME)
    known |= drawn.age[rows] < 15
    housed = np.flatnonzero(drawn.household >= 0)
    return {
        "residents": residents,
        "contacts": _contacts(drawn, addresses, withheld, residents, tongue, rng, seed),
        "school": draw_school(drawn.person[rows], drawn.birth[rows], school.gather(rows), just_moved[rows], on, rng),
        "activity": pl.DataFrame(
            {
                "person": drawn.person[rows],
                "activity": pl.Series(ACTIVITIES, dtype=pl.String).gather(live.activity[rows]),
                "education": pl.Series(EDUCATIONS, dtype=pl.String).gather(live.education[rows]),
                "unemployed_since": live.unemployed_since[rows],
            }
        ),
        "incomes": pl.DataFrame(
            {
                "person": drawn.person[rows],
                "income_month": live.income_month[rows],
                "income_year": live.income_year[rows],
                "known": known,
            }
        ).select("person", *(pl.when("known").then(name).alias(name) for name in ("income_month", "income_year"))),
        "households": pl.DataFrame(
            {"household": FIRST_HOUSEHOLD + drawn.household[housed], "person": drawn.person[housed]}
        ),
        "guardianships": _guardianships(drawn, rng),
    }


def _moved_in(drawn: Drawn, homes: int, on: date, rng: np.random.Generator) -> Dates:
    """The day each resident moved to the city, NaT for who was born there; a household moves together."""
    came = rng.random(homes) < 0.55
    days = 1 + (rng.exponential(2_600, homes)).astype(np.int64)
    day = (np.datetime64(on) - days.astype("timedelta64[D]"))[drawn.home]
    return np.where(came[drawn.home] & (day > drawn.birth), day, np.datetime64("NaT", "D"))


def _residents(
    data: OpenData, zones: Zones, drawn: Drawn, moved_in: Dates, withheld: Bools, point: tuple[Floats, Floats],
    on: date, rng: np.random.Generator,
) -> pl.DataFrame:  # fmt: skip
    size = drawn.person.size
    nothing = np.full(size, np.datetime64("NaT", "D"))
    ago = (rng.integers(1, 150, size)).astype("timedelta64[D]")
    dead, away = drawn.state == DEAD, drawn.state == AWAY
    died = np.where(dead, np.datetime64(on) - ago, nothing)
    left = np.where(away, np.datetime64(on) - (rng.integers(1, 60, size)).astype("timedelta64[D]"), nothing)
    target = np.where(away, rng.choice(WEIGHT_ELSEWHERE.size, size, p=WEIGHT_ELSEWHERE), 0)
    placed = ~away & ~withheld
    needs_guardian = rng.random(size) < np.where(drawn.age < 18, 0.0, np.where(drawn.age < 75, 0.007, 0.03))
    frame = pl.DataFrame(
        {
            "person": drawn.person,
            "birth_date": drawn.birth,
            "woman": drawn.woman,
            "away": away,
            "elsewhere": ELSEWHERE["municipality"].gather(target),
            "alive": ~dead,
            "death_date": died,
            "moved_in": moved_in,
            "moved_out": left,
            "non_disclosure": withheld,
            "household": drawn.household,
            "placed": placed,
            "district": home().placed(data.districts["district"].gather(zones.district[drawn.zone])),
            "sub_district": data.sub_districts["sub_district"].gather(zones.sub_district[drawn.zone]),
            "postal_code": data.postal_codes["postal_code"].gather(zones.postal[drawn.zone]),
            "elsewhere_code": ELSEWHERE["postal_code"].gather(target),
            "latitude": point[0],
            "longitude": point[1],
            "under_guardianship": needs_guardian,
        }
    )
    only_if_placed = [
        pl.when("placed").then(name).alias(name) for name in ("district", "sub_district", "latitude", "longitude")
    ]
    return frame.select(
        "person",
        "birth_date",
        pl.when("woman").then(pl.lit("f")).otherwise(pl.lit("m")).alias("sex"),
        pl.when("away").then("elsewhere").otherwise(pl.lit(HOME_MUNICIPALITY)).alias("municipality"),
        "alive", "death_date", "moved_in", "moved_out", "non_disclosure",
        pl.when(pl.col("household") >= 0).then(pl.col("household") + FIRST_HOUSEHOLD).alias("household"),
        *only_if_placed,
        pl.when("away").then("elsewhere_code").when("placed").then("postal_code").alias("postal_code"),
        "under_guardianship",
    )  # fmt: skip


def _contacts(
    drawn: Drawn, addresses: Addresses, withheld: Bools, residents: pl.DataFrame, tongue: Ints,
    rng: np.random.Generator, seed: int,
) -> pl.DataFrame:  # fmt: skip
    first, second, surname = draw_names(tongue, drawn.woman, drawn.birth, drawn.head, drawn.families, seed)
    size, age = drawn.person.size, drawn.age
    secure = rng.random(size) < np.select([age < 15, age < 18, age < 70], [0.0, 0.25, 0.45], 0.2)
    frame = pl.DataFrame(
        {
            "first": named(first),
            "second": named(second),
            "surname": named(surname),
            "street": addresses.street_address.gather(drawn.home),
            "at_home": (drawn.state != AWAY) & ~withheld,
            "withheld": withheld,
            "email": email_addresses(first, surname, drawn.person, age, rng.random(size)),
            "phone": phone_numbers(age, rng.integers(0, 10_000, size), rng.random(size)),
            "suomifi_messages": secure,
        }
    ).with_columns(residents["person"], residents["municipality"], residents["postal_code"])
    offices = pl.col("municipality").replace_strict(
        [HOME_MUNICIPALITY, *ELSEWHERE["municipality"]], [home().post_office, *ELSEWHERE["post_office"]]
    )
    return frame.select(
        "person",
        pl.concat_str("first", pl.lit(" "), "second").alias("given_names"),
        "surname",
        pl.when("at_home").then("street").alias("street_address"),
        "postal_code",
        pl.when("withheld").then(None).otherwise(offices).alias("post_office"),
        "email",
        "phone",
        "suomifi_messages",
    )


def _guardianships(drawn: Drawn, rng: np.random.Generator) -> pl.DataFrame:
    """Each child's guardians: head of the family, most partners, and some parents who live elsewhere."""
    families = drawn.families
    step_parent = rng.random(families.head.size) < 0.06
    parts = []
    for guardian, custody in (
        (families.head, np.ones(families.head.size, dtype=bool)),
        (np.where(step_parent, -1, families.partner), np.ones(families.head.size, dtype=bool)),
        (families.elsewhere, rng.random(families.head.size) < 0.75),
    ):
        theirs = guardian[families.family_of_child]
        found = theirs >= 0
        parts.append(
            pl.DataFrame(
                {
                    "child": drawn.person[families.child[found]],
                    "guardian": drawn.person[theirs[found]],
                    "custody": custody[families.family_of_child][found],
                }
            )
        )
    return pl.concat(parts)
