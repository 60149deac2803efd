# SPDX-License-Identifier: EUPL-1.2
"""The city lives on: what happens each day, and that the way there does not matter."""

from datetime import date, timedelta

import polars as pl
import pytest

from ennakko.demo_city.advance import advance, next_day
from ennakko.demo_city.build import FIRST_DAY
from ennakko.demo_city.dataset import BrokenSnapshot, read_snapshot
from ennakko.demo_city.personas import MOVES_IN, MOVES_OUT
from ennakko.demo_city.sealing import KeySealer
from ennakko.demo_city.tests.cities import SEALER, make_city, open_codes, table


@pytest.fixture(scope="module")
def city(tmp_path_factory):
    return make_city(tmp_path_factory.mktemp("city"), residents=20_000)


@pytest.fixture(scope="module")
def may(city, tmp_path_factory):
    """The city on the first of June: one and a half months on."""
    return advance(city, date(2026, 6, 1), tmp_path_factory.mktemp("may"), SEALER)


def _bytes(folder):
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def test_three_days_at_once_or_one_by_one_end_in_the_same_bytes(city, tmp_path):
    at_once = advance(city, FIRST_DAY + timedelta(days=3), tmp_path / "a", SEALER)
    step = city
    for days in (1, 2, 3):
        step = advance(step, FIRST_DAY + timedelta(days=days), tmp_path / "b", SEALER)
    assert step.name == at_once.name
    assert _bytes(step) == _bytes(at_once)


def test_people_are_born_die_and_move(city, may):
    before, after = table(city, "residents"), table(may, "residents")
    assert after.filter(pl.col("birth_date") > FIRST_DAY).height > 10
    assert after.filter(pl.col("death_date") > FIRST_DAY).height > 10
    assert after.filter(pl.col("moved_in") > FIRST_DAY).height > 80
    assert after.filter(pl.col("moved_out") > FIRST_DAY).height > 80
    both = before.join(after, on="person", suffix="_after").filter(pl.col("municipality_after") == "091")
    assert (both["postal_code"] != both["postal_code_after"]).sum() > 100
    assert set(before["person"]) <= set(after["person"])


def test_files_stay_in_order_and_codes_unique_and_openable(may):
    residents = table(may, "residents")
    assert residents["person"].is_sorted()
    assert (table(may, "contacts")["person"] == residents["person"]).all()
    assert table(may, "households")["household"].is_sorted()
    assert table(may, "guardianships")["child"].is_sorted()
    assert table(may, "spells")["person"].is_sorted()
    assert table(may, "school")["person"].is_sorted()
    assert table(may, "identity_index")["code_hash"].is_sorted()
    codes = open_codes(may)
    assert len(set(codes)) == len(codes) == residents.height
    read = pl.DataFrame({"code": codes}).select(pl.col("code").str.slice(0, 6))["code"]
    assert (read == residents["birth_date"].dt.strftime("%d%m%y")).all()


def test_the_index_finds_everyone_by_code(may):
    codes, people = open_codes(may), table(may, "residents")["person"]
    index = dict(table(may, "identity_index").iter_rows())
    hashes = SEALER.index(pl.Series(codes).to_numpy().astype("S11"))
    assert len(index) == len(codes)
    assert all(index[int(one)] == person for one, person in zip(hashes, people, strict=True))


def test_after_a_key_rotation_the_city_lives_on_under_the_new_keys(tmp_path):
    city = make_city(tmp_path, residents=1_000)
    old_key = b"a data key of the tests, 32 byte"
    rotated = KeySealer(data_key=b"n" * 32, index_key=b"i" * 32, older_data_keys=(old_key,))
    later = advance(city, FIRST_DAY + timedelta(days=1), tmp_path, rotated)
    again = read_snapshot(later, KeySealer(data_key=b"n" * 32, index_key=b"i" * 32))
    index = dict(table(later, "identity_index").iter_rows())
    hashes = rotated.index(again.codes)
    people = again.frames["residents"]["person"]
    assert all(index[int(one)] == person for one, person in zip(hashes, people, strict=True))


def test_households_hold_just_those_who_live_in_them(may):
    residents = table(may, "residents").drop_nulls("household")
    members = table(may, "households")
    assert members.height == residents.height
    assert members.join(residents, on=["household", "person"], how="anti").height == 0
    assert (residents["alive"] & (residents["municipality"] == "091")).all()


def test_a_newborn_lives_with_a_guardian_and_bears_the_mothers_surname(may):
    babies = table(may, "residents").filter(pl.col("birth_date") > FIRST_DAY).filter(pl.col("moved_in").is_null())
    homes = table(may, "residents").select("person", pl.col("household").alias("home"), "sex")
    pairs = babies.join(table(may, "guardianships"), left_on="person", right_on="child").join(
        homes, left_on="guardian", right_on="person"
    )
    assert set(pairs["person"]) == set(babies["person"])
    stayed = pairs.filter(pl.col("alive") & pl.col("home").is_not_null() & pl.col("household").is_not_null())
    assert (stayed["household"] == stayed["home"]).mean() > 0.98
    names = table(may, "contacts").select("person", "surname")
    mothers = pairs.filter(pl.col("sex_right") == "f").join(names, on="person")
    mothers = mothers.join(names, left_on="guardian", right_on="person", suffix="_mother")
    assert (mothers["surname"] == mothers["surname_mother"]).all()


def test_registers_do_not_know_newcomers_well_yet(may):
    came = table(may, "residents").filter((pl.col("moved_in") > FIRST_DAY) & (pl.col("birth_date") < date(2008, 1, 1)))
    incomes = came.join(table(may, "incomes"), on="person", how="left")
    assert 0.4 < incomes["income_month"].is_null().mean() < 0.8


def test_sara_moves_in_and_aleksi_moves_away_on_their_days(city, tmp_path):
    def municipality(folder, person):
        return table(folder, "residents").filter(pl.col("person") == person)["municipality"].item()

    eve = advance(city, MOVES_IN - timedelta(days=1), tmp_path, SEALER)
    assert municipality(eve, 1016) == "837"
    moved = advance(eve, MOVES_IN, tmp_path, SEALER)
    row = table(moved, "residents").filter(pl.col("person") == 1016).row(0, named=True)
    assert (row["municipality"], row["moved_in"], row["district"]) == ("091", MOVES_IN, "704")
    assert table(moved, "contacts").filter(pl.col("person") == 1016)["street_address"].item().startswith("Aurinko")
    assert municipality(moved, 1014) == "091"
    gone = advance(moved, MOVES_OUT, tmp_path, SEALER)
    row = table(gone, "residents").filter(pl.col("person") == 1014).row(0, named=True)
    assert (row["municipality"], row["moved_out"], row["district"]) == ("092", MOVES_OUT, None)


def test_on_the_first_of_august_everyone_goes_up_a_grade(tmp_path):
    summer = make_city(tmp_path, residents=10_000, on=date(2026, 7, 31))
    before = table(summer, "school")
    after = table(advance(summer, date(2026, 8, 1), tmp_path, SEALER), "school")
    both = before.join(after, on="person", suffix="_after").drop_nulls(["school_grade", "school_grade_after"])
    assert (both["school_grade_after"] == both["school_grade"] + 1).all()
    aino = after.filter(pl.col("person") == 1001)
    assert aino.is_empty()
    started = after.filter(pl.col("school_grade") == 0)
    assert started.height > 40
    oiva = after.filter(pl.col("person") == 1021)["school_grade"].item()
    assert oiva == 0


def test_work_and_income_change_with_the_month(city, may):
    def share(folder):
        return (table(folder, "activity")["activity"] == "unemployed").mean()

    both = table(city, "activity").join(table(may, "activity"), on="person", suffix="_after")
    changed = (both["activity"] != both["activity_after"]).mean()
    assert 0.003 < changed < 0.05
    assert abs(share(city) - share(may)) < 0.01
    unemployed = table(may, "activity").filter(pl.col("activity") == "unemployed")
    assert unemployed["unemployed_since"].null_count() == 0
    spells = table(may, "spells")
    assert (spells["end"].is_null() | (spells["end"] >= spells["start"])).mean() > 0.99


def test_the_smallest_city_lives_through_a_month(tmp_path):
    city = make_city(tmp_path, residents=1_000)
    later = advance(city, FIRST_DAY + timedelta(days=30), tmp_path, SEALER)
    assert len(set(open_codes(later))) == table(later, "residents").height


def test_the_city_lives_only_forward(city, tmp_path):
    with pytest.raises(ValueError, match="only forward"):
        advance(city, FIRST_DAY, tmp_path, SEALER)


def test_a_folder_that_is_no_snapshot_is_refused(tmp_path):
    with pytest.raises(BrokenSnapshot, match="not a register snapshot"):
        advance(tmp_path, FIRST_DAY + timedelta(days=1), tmp_path, SEALER)


def test_a_day_depends_on_the_seed(city, tmp_path):
    other = make_city(tmp_path, residents=20_000, seed=2)
    ours, theirs = next_day(read_snapshot(city, SEALER)), next_day(read_snapshot(other, SEALER))
    assert ours.frames["residents"].height != theirs.frames["residents"].height or not ours.frames["residents"].equals(
        theirs.frames["residents"]
    )
