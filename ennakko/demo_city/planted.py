# SPDX-License-Identifier: EUPL-1.2
"""The personas' and their families' rows in every register file."""

from datetime import date

import numpy as np
import polars as pl

from ennakko.demo_city.dataset import HOME_MUNICIPALITY, SCHEMAS
from ennakko.demo_city.home import home as municipality_lived_in
from ennakko.demo_city.identity import Codes
from ennakko.demo_city.organisations import PERSONA_COMPANY, persona_companies
from ennakko.demo_city.personas import HOMES, MOVES_IN, MOVES_OUT, MOVING_IN, MOVING_OUT, RESIDENTS, Resident
from ennakko.demo_city.schooling import LAST_GRADE, SCHOOL_AGE
from ennakko.values.dates import age_on, school_year_start

HOME = municipality_lived_in()
OFFICES = {HOME_MUNICIPALITY: HOME.post_office, "092": "VANTAA", "837": "TAMPERE"}
_SCHOOLS = {"fi": "school-016", "sv": "school-034"}


def _residents_row(one: Resident, on: date) -> dict[str, object]:
    home = HOMES[one.home]
    moved_in = MOVES_IN if one.person in MOVING_IN and on >= MOVES_IN else None
    moved_out = MOVES_OUT if one.person in MOVING_OUT and on >= MOVES_OUT else None
    municipality = HOME_MUNICIPALITY if moved_in else "092" if moved_out else one.municipality
    here = municipality == HOME_MUNICIPALITY and not one.non_disclosure
    return {
        "person": one.person, "birth_date": one.birth_date, "sex": one.sex, "municipality": municipality,
        "alive": True, "death_date": None, "moved_in": moved_in, "moved_out": moved_out,
        "non_disclosure": one.non_disclosure, "mother_tongue": one.language,
        "service_language": one.service_language,
        "household": home.household if municipality == HOME_MUNICIPALITY else None,
        "district": HOME.districts.get(home.district, home.district) if here else None,
        "sub_district": home.sub_district if here else None,
        "postal_code": home.postal_code if here else None, "latitude": home.latitude if here else None,
        "longitude": home.longitude if here else None, "under_guardianship": False,
    }  # fmt: skip


def _contacts_row(one: Resident, on: date, municipality: str) -> dict[str, object]:
    home = HOMES[one.home]
    at_home = municipality == HOME_MUNICIPALITY and not one.non_disclosure
    name = f"{one.given_names.split()[0]}.{one.surname}".lower().replace("ä", "a").replace("ö", "o")
    reached = age_on(one.birth_date, on) >= 13 and one.activity != "pensioner"
    return {
        "person": one.person, "given_names": one.given_names, "surname": one.surname,
        "street_address": home.street_address if at_home else None,
        "postal_code": home.postal_code if at_home else None,
        "post_office": OFFICES[municipality] if not one.non_disclosure else None,
        "email": f"{name}@posti.example" if reached else None,
        "phone": f"+35850999{one.person}" if age_on(one.birth_date, on) >= 10 else None,
        "suomifi_messages": one.suomifi_messages,
    }  # fmt: skip


def _grade(one: Resident, on: date) -> int:
    return school_year_start(on).year - one.birth_date.year - SCHOOL_AGE


def planted(on: date) -> tuple[dict[str, pl.DataFrame], Codes]:
    """The rows of each file, moves up to the day done, and the identity codes in the order of the residents' rows."""
    born = [one for one in RESIDENTS if one.birth_date <= on]
    residents = [_residents_row(one, on) for one in born]
    rows: dict[str, list[dict[str, object]]] = {
        "residents": residents,
        "contacts": [
            _contacts_row(one, on, str(row["municipality"])) for one, row in zip(born, residents, strict=True)
        ],
        "school": [
            {"person": one.person, "school_grade": _grade(one, on), "school": _SCHOOLS.get(one.language, "school-016")}
            for one in born
            if 0 <= _grade(one, on) <= LAST_GRADE and one.municipality == HOME_MUNICIPALITY
        ],
        "activity": [
            {
                "person": one.person,
                "activity": one.activity,
                "education": one.education,
                "unemployed_since": one.unemployed_since,
            }
            for one in born
        ],
        "incomes": [
            {"person": one.person, "income_month": one.income_year // 12, "income_year": one.income_year}
            for one in born
        ],
        "households": [
            {"household": row["household"], "person": row["person"]}
            for row in residents
            if row["household"] is not None
        ],
        "guardianships": [
            {"child": one.person, "guardian": guardian, "custody": True} for one in born for guardian in one.guardians
        ],
        "spells": [
            {"person": one.person, "employer": PERSONA_COMPANY, "start": date(2019, 1, 7), "end": None}
            for one in born
            if one.employer == PERSONA_COMPANY
        ],
    }
    frames = {name: pl.DataFrame(part, schema=SCHEMAS[name]) for name, part in rows.items()}
    frames["companies"] = persona_companies().select(
        pl.col(column).cast(type_) for column, type_ in SCHEMAS["companies"].items()
    )
    return frames, np.array([one.identity_code for one in born], dtype="S11")
