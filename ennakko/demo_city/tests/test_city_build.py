# SPDX-License-Identifier: EUPL-1.2
"""Any size, any seed: the dataset's shape, the same bytes from the same seed, the personas in their places."""

import hashlib
from datetime import date

import polars as pl
import pytest
from stdnum.fi import hetu, ytunnus

from ennakko import facts
from ennakko.demo_city.build import build
from ennakko.demo_city.dataset import INDEX_SCHEMA, SCHEMAS, SEALED_COLUMN, BrokenSnapshot, read_snapshot
from ennakko.demo_city.personas import HOMES, PERSONAS, RESIDENTS, persona
from ennakko.demo_city.tests.cities import SEALER, make_city, open_codes, table
from ennakko.kernel.access.roles import is_role
from ennakko.services.summer_voucher.access import ROLES as SUMMER_VOUCHER_ROLES
from ennakko.values.identity_code import parse

FACT_TYPES = {"bool": pl.Boolean, "int": pl.Int64, "money": pl.Int64, "date": pl.Date, "code": pl.String}
FILES_OF_SOURCES = {
    "population-register": ("residents",),
    "guardianship": ("residents", "guardianships"),
    "school-register": ("school",),
    "incomes-register": ("incomes",),
    "employment": ("activity", "spells"),
    "business-register": ("companies",),
}


@pytest.fixture(scope="module")
def city(tmp_path_factory):
    return make_city(tmp_path_factory.mktemp("city"), residents=20_000)


def _bytes(folder):
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(folder.iterdir())}


def test_the_files_have_the_columns_of_the_dataset(city):
    for name, schema in SCHEMAS.items():
        found = dict(pl.read_parquet_schema(city / f"{name}.parquet"))
        if name == "contacts":
            assert found.pop(SEALED_COLUMN) == pl.Binary
        assert found == schema, name
    assert dict(pl.read_parquet_schema(city / "identity_index.parquet")) == INDEX_SCHEMA


def test_every_fact_of_a_base_register_is_a_column_of_its_type(city):
    checked = 0
    for fact in facts.catalogue():
        for name in FILES_OF_SOURCES.get(fact.source, ()):
            schema = pl.read_parquet_schema(city / f"{name}.parquet")
            if fact.name in schema:
                assert schema[fact.name] == FACT_TYPES[fact.fact_type], fact.name
                checked += 1
                break
        else:
            assert fact.source not in FILES_OF_SOURCES, f"{fact.name} is in no file of {fact.source}"
    assert checked >= 30


def test_what_a_fact_calls_always_known_is_known_of_every_living_resident(city):
    living = table(city, "residents").filter(pl.col("alive") & (pl.col("municipality") == "091"))
    for fact in facts.catalogue():
        if fact.source == "population-register" and not fact.unknown and fact.name in living.columns:
            assert living[fact.name].null_count() == 0, fact.name


def test_the_same_seed_gives_the_same_bytes(city, tmp_path):
    assert _bytes(make_city(tmp_path, residents=20_000)) == _bytes(city)


def test_another_seed_gives_another_city(city, tmp_path):
    other = make_city(tmp_path, residents=20_000, seed=2)
    assert _bytes(other)["residents.parquet"] != _bytes(city)["residents.parquet"]


@pytest.mark.parametrize(("residents", "seed"), [(1_000, 1), (1_000, 7), (1_000, 2026), (50_000, 3)])
def test_a_city_of_any_size_is_whole(residents, seed, tmp_path):
    folder = make_city(tmp_path, residents=residents, seed=seed)
    people = table(folder, "residents")
    assert people.filter(pl.col("alive") & (pl.col("municipality") == "091")).height == residents
    assert people["person"].is_unique().all()
    codes = open_codes(folder)
    assert len(set(codes)) == len(codes)
    assert all(hetu.is_valid(code, allow_temporary=True) and code[7] == "9" for code in codes[:2_000])
    assert all(ytunnus.is_valid(one) and one[0] == "9" for one in table(folder, "companies")["business_id"])
    assert table(folder, "companies")["business_id"].is_unique().all()
    households = people.drop_nulls("household").group_by("household").len()["len"]
    assert 0.45 < (households == 1).mean() < 0.56
    members = table(folder, "households")
    assert members.height == people["household"].drop_nulls().len()


@pytest.mark.parametrize(("residents", "seed"), [(1_000, 1), (1_000, 7), (1_000, 2026)])
def test_the_personas_stand_at_every_size_and_seed(residents, seed, tmp_path):
    folder = make_city(tmp_path, residents=residents, seed=seed)
    people = {row["person"]: row for row in table(folder, "residents").filter(pl.col("person") < 10_000).to_dicts()}
    codes = dict(zip(table(folder, "residents")["person"].to_list(), open_codes(folder), strict=True))
    for one in RESIDENTS:
        assert people[one.person]["birth_date"] == one.birth_date
        assert codes[one.person] == one.identity_code
    assert people[1010]["non_disclosure"]
    assert people[1010]["postal_code"] is None
    assert people[1016]["municipality"] == "837"
    assert persona("leevi").identity_code not in codes.values()
    grades = dict(table(folder, "school").select("person", "school_grade").iter_rows())
    assert grades[1001] == 9
    assert grades[1003] == 8
    guardians = table(folder, "guardianships")
    assert set(guardians.filter(pl.col("guardian") == 1002)["child"]) == {1001, 1003}
    assert persona("petri").company in set(table(folder, "companies")["business_id"])


def test_persona_codes_are_valid_test_codes_of_their_age_and_slugs_are_unique():
    assert len({one.slug for one in PERSONAS}) == len({one.key for one in PERSONAS}) == len(PERSONAS)
    assert len({one.identity_code for one in PERSONAS}) == len(PERSONAS)
    for one in PERSONAS:
        read = parse(one.identity_code)
        assert read.birth_date == one.birth_date
        assert read.temporary
    for one in RESIDENTS:
        assert parse(one.identity_code).sex == one.sex
        assert one.home in HOMES


def test_staff_are_not_residents():
    staff = [one for one in PERSONAS if one.role == "staff"]
    assert staff
    assert all(one.person is None and one.staff_roles for one in staff)
    of_service = {role.id for role in SUMMER_VOUCHER_ROLES}
    assert [role for one in staff for role in one.staff_roles if not is_role(role) and role not in of_service] == []


def test_an_unknown_persona_is_answered_with_the_known_ones():
    with pytest.raises(KeyError, match="aino"):
        persona("aiino")


@pytest.mark.parametrize("residents", [999, 2_000_001])
def test_a_size_that_cannot_be_built_is_refused_with_those_that_can(residents, tmp_path):
    with pytest.raises(ValueError, match="1,000–2,000,000"):
        build(residents=residents, into=tmp_path, sealer=SEALER)
    assert list(tmp_path.iterdir()) == []


def test_a_snapshot_with_a_changed_file_is_refused(tmp_path):
    folder = make_city(tmp_path, residents=1_000)
    read_snapshot(folder, SEALER)
    with (folder / "school.parquet").open("ab") as file:
        file.write(b"x")
    with pytest.raises(BrokenSnapshot, match=r"school\.parquet"):
        read_snapshot(folder, SEALER)


def test_a_city_on_a_leap_day_and_on_another_year_is_drawn(tmp_path):
    for on in (date(2027, 2, 28), date(2028, 2, 29), date(2026, 12, 31)):
        folder = make_city(tmp_path, residents=1_000, on=on)
        born = table(folder, "residents")["birth_date"]
        assert born.max() <= on
