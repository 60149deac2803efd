# SPDX-License-Identifier: EUPL-1.2
"""The whole city of 674,500 residents against the published figures it is drawn from."""

import json
from datetime import date

import numpy as np
import polars as pl
import pytest

from ennakko.demo_city.build import FIRST_DAY, HELSINKI
from ennakko.demo_city.data import open_data
from ennakko.demo_city.livelihood import ACTIVITIES
from ennakko.demo_city.personas import FIRST_CITY_KEY
from ennakko.demo_city.tests.cities import make_city, open_codes, table
from ennakko.values.dates import age_on

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def city(tmp_path_factory):
    return make_city(tmp_path_factory.mktemp("helsinki"), residents=HELSINKI)


@pytest.fixture(scope="module")
def living(city):
    """Living residents of the city who have a district."""
    residents = table(city, "residents")
    return residents.filter(pl.col("alive") & (pl.col("municipality") == "091"))


@pytest.fixture(scope="module")
def codes(city):
    return open_codes(city)


def test_the_city_has_exactly_its_residents(city, living):
    assert living.height == HELSINKI
    assert json.loads((city / "manifest.json").read_text())["residents"] == HELSINKI


def test_language_groups_of_every_district_are_the_published_ones(living):
    group = pl.col("mother_tongue").replace_strict({"fi": "fi", "sv": "sv"}, default="other")
    found = living.drop_nulls("district").group_by("district").agg(
        *((group == one).mean().alias(one) for one in ("fi", "sv", "other"))
    )  # fmt: skip
    both = found.join(open_data().districts, on="district")
    assert both.height == 34
    published = {"fi": "share_lang_fi_sami", "sv": "share_lang_sv", "other": "share_lang_other"}
    for one, column in published.items():
        difference = (both[one] - both[column]).abs()
        assert difference.max() < 0.015, (one, both.select("district", difference))


def test_activities_of_the_postal_codes_are_the_published_ones(city, living):
    columns = ["children", "employed", "unemployed", "students", "pensioners", "others"]
    published = open_data().postal_codes.filter(pl.col("residents") > 50)
    people = living.join(table(city, "activity"), on="person")
    shares = [(pl.col("activity") == one).mean().alias(f"share_{one}") for one in ACTIVITIES]
    both = published.join(people.group_by("postal_code").agg(*shares), on="postal_code")
    differences = [
        (both[f"share_{one}"] - both[column] / both["residents"]).abs().mean()
        for one, column in zip(ACTIVITIES, columns, strict=True)
    ]
    assert np.mean(differences) < 0.005


def test_households_are_as_many_and_as_small_as_the_published_ones(living):
    published = open_data().postal_codes
    scale = HELSINKI / published["residents"].sum()
    sizes = living.drop_nulls("household").group_by("household").len()["len"]
    assert abs(sizes.len() / (published["households"].sum() * scale) - 1) < 0.03
    one_person = published["one_person"].sum() / published["households"].sum()
    assert abs((sizes == 1).mean() - one_person) < 0.02


def test_families_with_children_are_as_many_as_the_published_ones(living):
    published = open_data().postal_codes
    scale = HELSINKI / published["residents"].sum()
    adult = date(FIRST_DAY.year - 18, FIRST_DAY.month, FIRST_DAY.day)
    families = living.filter(pl.col("birth_date") > adult).drop_nulls("household")["household"].n_unique()
    assert abs(families / (published["with_children"].sum() * scale) - 1) < 0.05


def test_some_grown_children_live_with_their_parents_and_some_households_have_three_adults(living):
    adult = date(FIRST_DAY.year - 18, FIRST_DAY.month, FIRST_DAY.day)
    homes = (
        living.drop_nulls("household")
        .group_by("household")
        .agg((pl.col("birth_date") <= adult).sum().alias("adults"), pl.len().alias("members"))
    )
    three = homes.filter((pl.col("adults") == 3) & (pl.col("members") == 3)).height
    assert 0.02 < three / homes.height < 0.12


def test_every_identity_code_is_a_valid_test_code_of_its_holder_and_stands_once(city, codes):
    residents = table(city, "residents")
    assert len(set(codes)) == len(codes) == residents.height
    read = pl.DataFrame({"code": codes}).select(
        pl.col("code").str.slice(0, 6).alias("day"),
        pl.col("code").str.slice(6, 1).alias("sign"),
        pl.col("code").str.slice(7, 3).cast(pl.Int64).alias("number"),
        pl.col("code").str.slice(10, 1).alias("check"),
    )
    assert read["number"].min() >= 900
    expected_check = (read["day"] + read["number"].cast(pl.String)).cast(pl.Int64) % 31
    letters = pl.Series(list("0123456789ABCDEFHJKLMNPRSTUVWXY"))
    assert (letters.gather(expected_check) == read["check"]).all()
    assert (residents["birth_date"].dt.strftime("%d%m%y") == read["day"]).all()
    assert ((residents["sex"] == "m") == (read["number"] % 2 == 1)).all()
    old = residents["birth_date"].dt.year() < 2000
    assert read["sign"].filter(old).is_in(list("-YXWVU")).all()
    assert read["sign"].filter(~old).is_in(list("ABCDEF")).all()


def test_nothing_stands_in_clear_on_disk(city, codes):
    written = b"".join(path.read_bytes() for path in sorted(city.iterdir()))
    for code in codes[:: len(codes) // 8] + codes[:4]:
        assert code.encode() not in written
    contacts = table(city, "contacts").drop("identity_code_sealed", "person")
    for column in contacts.select(pl.col(pl.String)).iter_columns():
        assert not column.str.contains_any(codes[:: len(codes) // 200]).any(), column.name


def test_about_twelve_thousand_turn_sixteen_or_seventeen(living):
    years = living["birth_date"].dt.year()
    assert 11_500 < years.is_in([2009, 2010]).sum() < 13_000


def test_children_have_a_guardian_who_is_old_enough(city, living):
    guardians = table(city, "guardianships")
    adult = date(FIRST_DAY.year - 18, FIRST_DAY.month, FIRST_DAY.day)
    children = living.filter(pl.col("birth_date") > adult)
    assert children.join(guardians, left_on="person", right_on="child", how="anti").height == 0
    born = table(city, "residents").select("person", "birth_date")
    pairs = guardians.join(born, left_on="child", right_on="person").join(
        born.rename({"birth_date": "guardian_born"}), left_on="guardian", right_on="person"
    )
    gap = pairs["birth_date"].dt.year() - pairs["guardian_born"].dt.year()
    assert gap.min() >= 14
    elsewhere = pairs.join(living.select("person", "household"), left_on="guardian", right_on="person").join(
        living.select("person", pl.col("household").alias("home")), left_on="child", right_on="person"
    )
    assert 0.01 < (elsewhere["household"] != elsewhere["home"]).mean() < 0.15


def test_siblings_are_twins_or_born_nine_months_apart(city, living):
    guardians = table(city, "guardianships").join(
        living.filter(pl.col("sex") == "f").select("person"), left_on="guardian", right_on="person", how="semi"
    )
    born = guardians.join(living.select("person", "birth_date"), left_on="child", right_on="person").sort(
        "guardian", "birth_date"
    )
    gaps = born.select(pl.col("birth_date").diff().over("guardian").dt.total_days().alias("days")).drop_nulls()["days"]
    assert ((gaps == 0) | (gaps > 270)).mean() > 0.995


def test_some_of_everything_that_happens_to_people_is_there(city):
    residents = table(city, "residents")
    share = residents.select(
        (~pl.col("alive")).mean().alias("dead"),
        pl.col("moved_out").is_not_null().mean().alias("away"),
        pl.col("non_disclosure").mean().alias("withheld"),
        pl.col("under_guardianship").mean().alias("guardianship"),
    ).row(0, named=True)
    assert 0.002 < share["dead"] < 0.006
    assert 0.004 < share["away"] < 0.012
    assert 0.001 < share["withheld"] < 0.002
    assert 0.005 < share["guardianship"] < 0.02
    assert 0.01 < table(city, "incomes")["income_month"].is_null().mean() < 0.05
    assert 0.002 < table(city, "school")["school_grade"].is_null().mean() < 0.05
    contacts = table(city, "contacts")
    assert 0.1 < contacts["email"].is_null().mean() < 0.4


def test_the_whereabouts_of_the_non_disclosed_are_in_no_file(city):
    withheld = table(city, "residents").filter(pl.col("non_disclosure"))
    assert withheld.height > 500
    for column in ("district", "sub_district", "postal_code", "latitude", "longitude"):
        assert withheld[column].null_count() == withheld.height, column
    contacts = table(city, "contacts").join(withheld.select("person"), on="person", how="semi")
    assert contacts["street_address"].null_count() == contacts["postal_code"].null_count() == contacts.height


def test_nobody_can_be_reached_by_mistake(city):
    contacts = table(city, "contacts")
    assert contacts["email"].drop_nulls().str.ends_with(".example").all()
    assert contacts["phone"].drop_nulls().str.starts_with("+35850999").all()


def test_day_care_units_are_as_many_in_each_district_as_published(city):
    units = table(city, "units")
    data = open_data().districts
    published = (data["daycare_points_per_1000"] * data["population"] / 1000).round().sum()
    day_care = units.filter(pl.col("kind") == "day_care")
    assert day_care.height == published
    assert day_care["synthetic"].all()
    assert units["kind"].value_counts().filter(pl.col("kind").is_in(["school", "upper_secondary_school",
        "vocational_school"]))["count"].sum() == 113  # fmt: skip


def test_school_grades_follow_the_year_of_birth(city, living):
    pupils = table(city, "school").join(living.select("person", "birth_date"), on="person")
    ninth = pupils.filter(pl.col("school_grade") == 9)
    assert (ninth["birth_date"].dt.year() == 2010).mean() > 0.95
    assert 5_500 < ninth.height < 7_000


def test_keys_of_residents_tell_nothing_and_fit_into_json(city):
    keys = table(city, "residents")["person"]
    assert keys.is_sorted()
    assert keys.is_unique().all()
    drawn = keys.filter(keys >= FIRST_CITY_KEY)
    assert drawn.max() < 2**53


def test_median_ages_and_incomes_are_a_citys(city, living):
    median_born = living["birth_date"].sort()[living.height // 2]
    assert 36 <= age_on(median_born, FIRST_DAY) <= 42
    income = living.join(table(city, "incomes"), on="person").filter(pl.col("birth_date").dt.year() < 2008)
    by_post = income.group_by("postal_code").agg(pl.col("income_year").median() / 100, pl.len())
    both = by_post.join(open_data().postal_codes, on="postal_code").filter(pl.col("len") > 200)
    assert np.corrcoef(both["income_year"], both["income_median"])[0, 1] > 0.9
