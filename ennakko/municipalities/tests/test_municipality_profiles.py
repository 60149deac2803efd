# SPDX-License-Identifier: EUPL-1.2
import re
import shutil
import tomllib
from datetime import date
from pathlib import Path

import pytest

from ennakko.municipalities import profile
from ennakko.municipalities.profile import FOLDER, ProfileError, load
from ennakko.rules.parameters import NotDecided, ParameterBook
from ennakko.values.money import euros


@pytest.fixture
def copied(tmp_path):
    shutil.copytree(FOLDER / "helsinki", tmp_path / "helsinki", ignore=shutil.ignore_patterns("__pycache__"))
    return tmp_path


def changed(folder: Path, file: str, old: str, new: str) -> None:
    path = folder / "helsinki" / file
    before = path.read_text("utf-8")
    assert old in before
    path.write_text(before.replace(old, new, 1), "utf-8")


def test_helsinki_is_known_with_its_names_and_bodies():
    helsinki = load("helsinki")
    assert profile.known() == ("helsinki", "kaislaranta")
    assert helsinki.code == "091"
    assert helsinki.names.inside.sv == "i Helsingfors"
    assert helsinki.body("city-board").name.fi == "kaupunginhallitus"
    assert helsinki.body("administrative-court").court


@pytest.mark.parametrize("name", profile.known())
def test_every_enabled_service_has_its_parameters_and_permits(name):
    municipality = load(name)
    assert municipality.services
    for file in (*municipality.parameter_files, municipality.permits_file):
        assert file.is_file()


@pytest.mark.parametrize("name", profile.known())
def test_every_municipality_sets_the_same_figures_of_a_service(name):
    def figures(municipality, service):
        files = [file for file in load(municipality).parameter_files if file.stem == service]
        return {(each.name, each.kind) for each in ParameterBook.load(*files)}

    for service in load(name).services:
        assert figures(name, service) == figures("helsinki", service)


@pytest.mark.parametrize("name", profile.known())
def test_every_municipality_says_how_each_decision_is_appealed(name):
    def decisions(municipality):
        return {each for row in load(municipality).appeals for each in row.decisions}

    of_services = tuple(f"{service}." for service in (*load(name).services, "records"))
    assert {each for each in decisions("helsinki") if each.startswith(of_services)} <= decisions(name)


def test_the_deployment_is_that_of_the_environment_else_the_default(monkeypatch):
    monkeypatch.delenv("ENNAKKO_MUNICIPALITY", raising=False)
    assert profile.chosen() == "helsinki"
    monkeypatch.setenv("ENNAKKO_MUNICIPALITY", "kaislaranta")
    assert profile.chosen() == "kaislaranta"


def test_the_demonstration_has_as_many_residents_as_the_municipality():
    assert load("helsinki").demo.residents > 600_000
    assert load("kaislaranta").demo.residents == 20_000


@pytest.mark.parametrize(
    ("year", "value", "pay", "ages"), [(2023, 325, 400, (16, 17)), (2025, 350, 500, (16,)), (2026, 350, 500, (16, 17))]
)
def test_the_years_conditions_are_what_the_city_decided(year, value, pay, ages):
    book = ParameterBook.load(*load("helsinki").parameter_files)
    on = date(year, 5, 1)
    assert book.value("summer-voucher.voucher_value", on) == euros(value)
    assert book.value("summer-voucher.min_pay", on) == euros(pay)
    assert book.value("summer-voucher.ages", on) == ages
    assert book.value("summer-voucher.work_start", on) == date(year, 6, 1)


def test_what_nobody_has_decided_says_whom_to_ask():
    book = ParameterBook.load(*load("helsinki").parameter_files)
    for name in ("voucher_value", "min_pay", "min_hours", "ages", "work_start", "work_end", "claim_deadline"):
        value = book.value(f"summer-voucher.{name}", date(2027, 2, 1))
        assert isinstance(value, NotDecided)
        assert "2027" not in value.ask.fi
        assert value.ask.sv
    assert isinstance(book.value("summer-voucher.claim_deadline", date(2022, 5, 1)), NotDecided)
    assert isinstance(book.value("summer-voucher.ages", date(2021, 5, 1)), NotDecided)


def test_a_rejected_voucher_can_be_rectified_at_the_board_in_14_days():
    appeal = load("helsinki").appeal("summer-voucher.rejected", date(2026, 4, 15))
    assert (appeal.remedy, appeal.days, appeal.published) == ("rectification", 14, False)
    assert appeal.body is not None
    assert appeal.body.id == "city-board"
    assert "410/2015" in appeal.act.en
    assert [rule.days for rule in appeal.service_rules] == [7, 3]


def test_after_2026_the_body_is_open_and_says_whom_to_ask():
    appeal = load("helsinki").appeal("summer-voucher.rejected", date(2027, 1, 1))
    assert appeal.body is None
    assert appeal.ask is not None


def test_the_decision_on_rectification_goes_to_court_in_30_days():
    appeal = load("helsinki").appeal("summer-voucher.rectification-rejected", date(2026, 6, 1))
    assert appeal.body is not None
    assert (appeal.body.court, appeal.days) == (True, 30)


def test_a_decision_type_without_a_row_is_told():
    with pytest.raises(KeyError, match=r"appeals\.toml has no row for parking-fine"):
        load("helsinki").appeal("parking-fine", date(2026, 1, 1))


def test_an_unknown_municipality_lists_the_near_one():
    with pytest.raises(ProfileError, match="Did you mean helsinki"):
        load("helsink")


@pytest.mark.parametrize(
    ("file", "old", "new", "told"),
    [
        ("profile.toml", 'code = "091"', 'code = "91"', "code must be three digits"),
        ("profile.toml", "0201256-6", "0201256-7", "is not a business ID"),
        ("profile.toml", 'languages = ["fi", "sv", "en"]', 'languages = ["fi", "en"]', "languages lacks sv"),
        ("profile.toml", 'sv = "Helsingfors stad", ', "", "city lacks sv"),
        ("profile.toml", 'brand = "#0000bf"', 'brand = "blue"', "brand must be a colour"),
        ("profile.toml", "[theme]", "[thema]", "thema is not known. Did you mean theme"),
        (
            "profile.toml", 'enabled = ["summer-voucher", "hiring-benefit", "childcare"]', "enabled = []",
            "enabled must be a list",
        ),
        ("profile.toml", 'enabled = ["summer-voucher", ', 'enabled = ["sauna", ', "sauna.toml is missing"),
        ("profile.toml", "[contact]", "[contact", "not readable as TOML"),
        ("appeals.toml", 'body = "city-board"', 'body = "city-bored"', "city-bored, which the profile lacks. Did"),
        ("appeals.toml", "days = 14", 'days = "14"', "days must be a whole number"),
        ("appeals.toml", "until = 2026-12-31", "", "End the earlier one with until"),
        ("appeals.toml", "until = 2026-12-31", "until = 2019-12-31", r"is before from"),
        ("appeals.toml", 'remedy = "rectification"', 'remedy = "complaint"', "remedy complaint is not known"),
        ("appeals.toml", 'body = "city-board"', "", "write body"),
        ("appeals.toml", "from = 2020-01-01", 'from = "2020"', "from must be a day"),
    ],
)  # fmt: skip
def test_a_mistake_is_told_with_its_file_and_key(copied, file, old, new, told):
    changed(copied, file, old, new)
    with pytest.raises(ProfileError, match=re.escape(told)) as refused:
        load("helsinki", copied)
    assert ".toml" in str(refused.value)


def test_a_missing_file_is_told(copied):
    (copied / "helsinki" / "appeals.toml").unlink()
    with pytest.raises(ProfileError, match=r"appeals\.toml is missing"):
        load("helsinki", copied)


def test_a_permit_that_only_the_city_can_obtain_says_whom_to_ask():
    permits = tomllib.loads((FOLDER / "helsinki" / "permits.toml").read_text("utf-8"))["permit"]
    absent = [permit for permit in permits if permit.get("absent")]
    assert {permit["source"] for permit in absent} == {
        "employment", "family-benefits", "incomes-register", "move-notifications", "population-register",
        "school-register",
    }  # fmt: skip
    for permit in absent:
        assert permit["ask"]["sv"]
        assert "granted" not in permit


def test_payment_batches_wait_for_an_official_unless_the_profile_says_otherwise(copied):
    assert load("helsinki", copied).payments.release == "official"
    with (copied / "helsinki" / "profile.toml").open("a", encoding="utf-8") as file:
        file.write('\n[payments]\nrelease = "automatic"\nsecond_approval_above = 50_000\n')
    payments = load("helsinki", copied).payments
    assert (payments.release, payments.second_approval_above_cents) == ("automatic", 5_000_000)
    changed(copied, "profile.toml", '"automatic"', '"sometimes"')
    with pytest.raises(ProfileError, match='release is "official" or "automatic"'):
        load("helsinki", copied)


def test_a_profile_names_its_own_services_and_no_others(copied):
    assert load("helsinki").service_names["hiring-benefit"].fi == "Helsinki-lisä"
    assert load("kaislaranta").service_names == {}
    changed(copied, "profile.toml", "hiring-benefit = {", "hiring-benefits = {")
    with pytest.raises(ProfileError, match=r"hiring-benefits is not known.*hiring-benefit"):
        load("helsinki", copied)
