# SPDX-License-Identifier: EUPL-1.2
"""One day's births and moves to the city: new rows at the end of the files.

Who moves in is drawn after households that already live in the city: same sizes, sexes and languages, other birthdays,
names and keys. The register does not know most newcomers' income, nor children's grade, yet.
"""

from dataclasses import dataclass
from datetime import date

import numpy as np
import polars as pl

from ennakko.demo_city.addresses import draw_addresses
from ennakko.demo_city.ages import Zones
from ennakko.demo_city.calendar import PEOPLE_PER_MOVE, YEARLY, events
from ennakko.demo_city.data import OpenData
from ennakko.demo_city.dataset import SCHEMAS, Registers
from ennakko.demo_city.departures import ages, living_rows
from ennakko.demo_city.early_education import born_today
from ennakko.demo_city.home import home
from ennakko.demo_city.identity import codes, order_of_birth
from ennakko.demo_city.names import drawn_names, given_kind, named, pools
from ennakko.demo_city.personas import FIRST_CITY_KEY
from ennakko.demo_city.reach import email_addresses, phone_numbers
from ennakko.demo_city.sampling import Bools, Ints, generator, picked
from ennakko.demo_city.schooling import draw_school, nearest_schools
from ennakko.demo_city.units import people_by_zone

FIRST_NEWCOMER_KEY = 2 * FIRST_CITY_KEY
"""Keys of those who came after the city was built run on from here: the files, sorted by key, grow at their end."""

_UNKNOWN_INCOME = 0.6


@dataclass(frozen=True, slots=True)
class Newcomers:
    """New people: `like` is the row of the resident each is drawn after, `home` numbers their households from 0."""

    like: Ints
    home: Ints
    birth: np.ndarray
    woman: Bools


def _next_key(residents: pl.DataFrame) -> int:
    return max(int(residents["person"][-1]) + 1, FIRST_NEWCOMER_KEY)


def _codes_of(registers: Registers, birth: np.ndarray, woman: Bools) -> np.ndarray:
    """Identity codes that nobody has: the running numbers go on from those of the same day and sex."""
    residents = registers.frames["residents"].filter(pl.col("person") >= FIRST_CITY_KEY)
    first = np.datetime64("1900-01-01").astype(np.int64)
    taken = (residents["birth_date"].to_physical().to_numpy() - first) * 2 + (residents["sex"] == "f").to_numpy()
    wanted = (birth.astype("datetime64[D]").astype(np.int64) - first) * 2 + woman
    counts = np.bincount(taken, minlength=int(wanted.max()) + 1)
    return codes(birth, woman, counts[wanted] + order_of_birth(birth, woman))


def _appended(registers: Registers, rows: dict[str, pl.DataFrame], new_codes: np.ndarray) -> Registers:
    """The registers with new rows at the end of their files."""
    frames = {}
    for name, part in rows.items():
        if part.height and name in registers.frames:
            chosen = part.select(pl.col(one).cast(type_) for one, type_ in SCHEMAS[name].items())
            # Made anew: texts taken from other rows would hold on to those rows' memory, twice as much every day.
            own = pl.DataFrame(chosen.to_dict(as_series=False), schema=SCHEMAS[name])
            frames[name] = pl.concat((registers.frames[name], own), rechunk=True)
    return registers.with_frames(**frames).with_codes(np.concatenate((registers.codes, new_codes)))


def _names(like: pl.DataFrame, woman: Bools, birth: np.ndarray, rng: np.random.Generator) -> tuple[Ints, Ints, Ints]:
    languages = pools().languages
    tongue = (
        like["mother_tongue"].replace_strict(languages, range(len(languages)), default=0).to_numpy().astype(np.int64)
    )
    return (
        drawn_names(tongue, given_kind(woman, birth), rng),
        drawn_names(tongue, np.where(woman, 0, 1), rng),
        drawn_names(tongue, np.full_like(tongue, 2), rng),
    )


def births(registers: Registers, on: date) -> Registers:
    """Children are born to women of the city, into their households and with their surnames."""
    rng = generator(registers.seed, "births", on.toordinal())
    residents, contacts = registers.frames["residents"], registers.frames["contacts"]
    living = living_rows(residents)
    age = ages(residents, living, on)
    fertile = (age > 19) & (age < 43) & (residents["sex"] == "f").to_numpy()[living]
    fertile &= residents["household"].is_not_null().to_numpy()[living]
    weight = np.where(fertile, np.exp(-(((age - 32) / 5) ** 2) / 2), 0.0)
    count = events(rng, YEARLY.births, living.size)
    if count == 0 or not weight.any():
        return registers
    mother = living[np.unique(picked(rng, weight, count))]
    size = mother.size
    person = _next_key(residents) + np.arange(size)
    woman = rng.random(size) < 0.488
    born = np.full(size, np.datetime64(on))
    of_mother = residents[mother]
    first, second, _ = _names(of_mother, woman, born, rng)
    child = of_mother.with_columns(
        pl.Series("person", person),
        pl.lit(on).alias("birth_date"),
        pl.Series("sex", np.where(woman, "f", "m")),
        pl.lit(None, dtype=pl.Date).alias("moved_in"),
        pl.lit(False).alias("under_guardianship"),
    )
    contact = contacts[mother].with_columns(
        pl.Series("person", person),
        (named(first) + " " + named(second)).alias("given_names"),
        pl.lit(None, dtype=pl.String).alias("email"),
        pl.lit(None, dtype=pl.String).alias("phone"),
        pl.lit(False).alias("suomifi_messages"),
    )
    guardians = pl.DataFrame({"child": person, "guardian": of_mother["person"], "custody": True})
    partners = _partners(residents, living, mother, age)
    fathers = guardians.with_columns(partners.alias("guardian")).drop_nulls("guardian")
    rows = {
        "residents": child,
        "contacts": contact,
        "activity": pl.DataFrame(
            {"person": person, "activity": "child", "education": "none", "unemployed_since": None}
        ),
        "incomes": pl.DataFrame({"person": person, "income_month": 0, "income_year": 0}),
        "households": child.select("household", "person"),
        "guardianships": pl.concat((guardians, fathers)).sort("child", "guardian"),
        "early_education": born_today(person, on),
    }
    grown = _appended(registers, rows, _codes_of(registers, born, woman))
    return grown.with_frames(households=grown.frames["households"].sort("household", "person"))


def _partners(residents: pl.DataFrame, living: Ints, mother: Ints, age: np.ndarray) -> pl.Series:
    """For each mother the grown man nearest in age in her household, if he is of about her age."""
    people = residents[living].select("person", "household", "sex").with_columns(pl.Series("age", age))
    mothers = residents[mother].select("person", "household").join(people.select("person", "age"), on="person")
    men = people.filter((pl.col("sex") == "m") & (pl.col("age") > 18)).select(
        "household", pl.col("person").alias("man"), pl.col("age").alias("his_age")
    )
    both = mothers.join(men, on="household").with_columns((pl.col("his_age") - pl.col("age")).abs().alias("gap"))
    nearest = both.filter(pl.col("gap") < 15).sort("gap", "man").unique("person", keep="first")
    return mothers.join(nearest.select("person", "man"), on="person", how="left", maintain_order="left")["man"]


def moves_in(registers: Registers, data: OpenData, zones: Zones, on: date) -> Registers:
    """Households move to the city."""
    rng = generator(registers.seed, "moves in", on.toordinal())
    residents = registers.frames["residents"]
    living = living_rows(residents)
    age = ages(residents, living, on)
    household = residents["household"].fill_null(-1).to_numpy()
    weight = np.select([age < 18, age < 36, age < 60], [0.0, 5.0, 1.0], 0.15) * (household[living] >= 0)
    count = events(rng, YEARLY.people_in / PEOPLE_PER_MOVE, living.size)
    chosen = np.unique(household[living[picked(rng, weight, count)]]) if count else np.empty(0, dtype=np.int64)
    like = living[np.isin(household[living], chosen)]
    if like.size == 0:
        return registers
    home = np.searchsorted(chosen, household[like])
    earlier = rng.integers(0, 300, chosen.size)[home] + rng.integers(0, 20, like.size)
    birth = residents["birth_date"].to_numpy()[like] - earlier.astype("timedelta64[D]")
    woman = (residents["sex"] == "f").to_numpy()[like]
    return _settled(registers, data, zones, Newcomers(like, home, birth, woman), on, rng)


def _settled(
    registers: Registers, data: OpenData, zones: Zones, new: Newcomers, on: date, rng: np.random.Generator
) -> Registers:
    """The newcomers' rows in every file."""
    residents = registers.frames["residents"]
    size = new.like.size
    person = _next_key(residents) + np.arange(size)
    zone = picked(rng, people_by_zone(data)[0], int(new.home.max()) + 1)
    addresses = draw_addresses(data, zones, zone, rng)
    next_household = int(registers.frames["households"]["household"][-1]) + 1
    like = residents[new.like]
    rows = like.with_columns(
        pl.Series("person", person),
        pl.Series("birth_date", new.birth),
        pl.lit(on).alias("moved_in"),
        pl.Series("household", next_household + new.home),
        home().placed(data.districts["district"].gather(zones.district[zone[new.home]])).alias("district"),
        data.sub_districts["sub_district"].gather(zones.sub_district[zone[new.home]]).alias("sub_district"),
        data.postal_codes["postal_code"].gather(zones.postal[zone[new.home]]).alias("postal_code"),
        pl.Series("latitude", addresses.latitude[new.home]),
        pl.Series("longitude", addresses.longitude[new.home]),
    )
    first, second, surname = _names(like, new.woman, new.birth, rng)
    shared = np.unique(new.home, return_index=True)[1][new.home]
    family_name = np.where(rng.random(size) < 0.7, surname[shared], surname)
    age = np.asarray((np.datetime64(on) - new.birth).astype(np.int64) / 365.25)
    contacts = pl.DataFrame(
        {
            "person": person,
            "given_names": named(first) + " " + named(second),
            "surname": named(family_name),
            "street_address": addresses.street_address.gather(new.home),
            "postal_code": rows["postal_code"],
            "post_office": home().post_office,
            "email": email_addresses(first, family_name, person, age, rng.random(size)),
            "phone": phone_numbers(age, rng.integers(0, 10_000, size), rng.random(size)),
            "suomifi_messages": rng.random(size) < np.where(age < 18, 0.0, 0.3),
        }
    )
    unknown = (rng.random(size) < _UNKNOWN_INCOME) & (age >= 15)
    known = pl.DataFrame({"like": like["person"], "person": person, "unknown": unknown})
    incomes = known.join(
        registers.frames["incomes"], left_on="like", right_on="person", how="left", maintain_order="left"
    ).with_columns(pl.when(~pl.col("unknown")).then(one).alias(one) for one in ("income_month", "income_year"))
    activity = known.join(
        registers.frames["activity"], left_on="like", right_on="person", how="left", maintain_order="left"
    )
    swedish = (rows["mother_tongue"] == "sv").to_numpy()
    school = nearest_schools(
        registers.frames["units"], addresses.latitude[new.home], addresses.longitude[new.home], swedish
    )
    return _appended(
        registers,
        {
            "residents": rows,
            "contacts": contacts,
            "activity": activity,
            "incomes": incomes,
            "school": draw_school(person, new.birth, school, np.ones(size, dtype=bool), on, rng),
            "households": rows.select("household", "person").sort("household", "person"),
            "guardianships": _guardians(registers, known),
        },
        _codes_of(registers, new.birth, new.woman),
    )


def _guardians(registers: Registers, known: pl.DataFrame) -> pl.DataFrame:
    """Guardianships among those who came, after those among the people they are drawn after."""
    new = known.select("like", "person")
    return (
        registers.frames["guardianships"]
        .join(new.rename({"person": "new_child"}), left_on="child", right_on="like")
        .join(new.rename({"person": "new_guardian"}), left_on="guardian", right_on="like")
        .select(pl.col("new_child").alias("child"), pl.col("new_guardian").alias("guardian"), "custody")
        .sort("child", "guardian")
    )
