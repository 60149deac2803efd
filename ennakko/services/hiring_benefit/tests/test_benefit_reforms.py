# SPDX-License-Identifier: EUPL-1.2
"""Reforms of the amount: the three that were asked about, and what simulate says of them on past cases."""

import json
from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from ennakko.rules.cases_compared import compare_cases
from ennakko.rules.errors import RuleError
from ennakko.rules.parameters import set_default_book
from ennakko.rules.reform_files import ReformOfProcedure, load_reform, parse_reform
from ennakko.services.hiring_benefit.law import rules
from ennakko.services.hiring_benefit.law.reforms import nine_months, no_cap_under_30
from ennakko.services.hiring_benefit.tests.book import BOOK

ASKED = Path(rules.__file__).parent / "reforms_asked"
ON = date(2026, 11, 20)
NEW = {"start_date": "2026-01-15", "end_date": "2027-01-14", "monthly_pay": "3600", "other_expenses": "756",
       "state_aid_max_percentage": "50", "birth_date": "2000-01-01", "industry": "62", "area": "Kallio"}  # fmt: skip
LOW = {**NEW, "monthly_pay": "1400", "other_expenses": "200", "industry": "47", "birth_date": "1980-01-01"}
OLD = {**LOW, "start_date": "2024-05-01", "end_date": "2024-08-31", "state_aid_max_percentage": "100"}


@pytest.fixture(autouse=True)
def _figures():
    set_default_book(BOOK)


def reformed(name):
    (pair,) = load_reform(ASKED / f"{name}.toml")
    assert isinstance(pair, ReformOfProcedure)
    return pair


def totals(procedure, case):
    return procedure.evaluate(case, ON, BOOK).values["total"]


def test_sixty_per_cent_and_sixteen_hundred_euros_change_only_the_rules_of_2026():
    found = compare_cases(reformed("sixty_per_cent"), [NEW, LOW, OLD])
    assert (found.total.baseline, found.total.reform) == (
        (18_000 + 9_600 + 3_200) * 100, (19_200 + 11_520 + 3_200) * 100,
    )  # fmt: skip
    assert (found.total.winners, found.total.losers, found.total.unknown) == (2, 0, 0)


def test_a_share_that_the_case_has_of_its_own_stays_in_a_reform():
    own = {**NEW, "state_aid_max_percentage": "40", "monthly_pay": "1000", "other_expenses": "0"}
    found = compare_cases(reformed("sixty_per_cent"), [own])
    assert found.total.baseline == found.total.reform == 480_000


def test_nine_months_shorten_what_is_longer_but_no_apprenticeship():
    assert totals(nine_months, NEW) == 13_500
    assert totals(nine_months, {**NEW, "end_date": "2026-10-14"}) == 13_500
    assert totals(nine_months, {**NEW, "end_date": "2026-05-14"}) == 6_000
    assert totals(nine_months, {**NEW, "apprenticeship_program": True}) == 18_000
    subsidised = {**NEW, "pay_subsidies": [{"percent": 50, "start": "2026-11-01", "end": "2027-01-14"}]}
    assert totals(nine_months, subsidised) == 7_200


def test_without_a_cap_those_under_thirty_get_half_of_the_costs():
    assert totals(no_cap_under_30, NEW) == 2178 * 12
    assert totals(no_cap_under_30, {**NEW, "birth_date": "1996-01-15"}) == 18_000
    assert totals(no_cap_under_30, {**NEW, "birth_date": "1996-01-16"}) == 2178 * 12
    assert totals(no_cap_under_30, {**NEW, "birth_date": None}) == 18_000
    told = no_cap_under_30.evaluate(NEW, ON, BOOK).trace
    assert "no highest amount" in " ".join(line.text.en for line in told)


def test_a_reform_says_who_gains_and_who_loses_by_what_the_cases_tell():
    found = compare_cases(reformed("no_cap_under_30"), [NEW, LOW, {**NEW, "start_date": "x"}], by=["industry"])
    assert found.by["62",].winners == 1
    assert found.by["47",].winners == 0
    assert found.total.unknown == 1
    assert list(found.reasons) == ["start_date must be a day of the calendar, as \"2026-01-15\", not 'x'."]


@pytest.mark.parametrize(
    ("written", "problem"),
    [
        ('[parameters."hiring-benefit.cost_shar"]\n2026-01-01 = 60', r"Did you mean hiring-benefit\.cost_share"),
        ('classes = ["ennakko.services.hiring_benefit.law.amount_answers:amount"]', "is no reform"),
        ('classes = ["ennakko.services.hiring_benefit.law.day_answers:days360"]', "is no reform"),
        ('classes = ["ennakko.services.hiring_benefit.law.reforms:nine_months", '
         '"ennakko.services.hiring_benefit.law.reforms:no_cap_under_30"]', "two reforms of hiring-benefit.amount"),
    ],
)  # fmt: skip
def test_a_reform_file_written_wrong_says_what_to_write(written, problem):
    with pytest.raises(RuleError, match=problem):
        parse_reform(written, origin="reform.toml")


# --- the command


@pytest.fixture
def past(tmp_path):
    cases = [{"id": n, "input": {**NEW, "area": "Malmi" if n else "Kallio"}, "rule_set": "2026"} for n in range(7)]
    path = tmp_path / "cases.jsonl"
    path.write_text("\n".join(json.dumps(case) for case in cases), "utf-8")
    return path


def simulate(*arguments):
    out = StringIO()
    call_command("simulate", *arguments, stdout=out)
    return out.getvalue()


def test_simulate_counts_a_reform_on_cases(past):
    said = json.loads(simulate(str(ASKED / "nine_months.toml"), "--cases", str(past), "--json"))
    assert (said["rule"], said["cases"], said["losers"]) == ("hiring-benefit.amount", 7, 7)
    assert said["cost_cents"] == -7 * 450_000
    words = simulate(str(ASKED / "nine_months.toml"), "--cases", str(past))
    assert "hiring-benefit.amount on 7 cases" in words
    assert "0 gain, 7 lose" in words


def test_groups_of_a_few_are_hidden(past):
    said = json.loads(
        simulate(str(ASKED / "nine_months.toml"), "--cases", str(past), "--by", "area", "--json")
    )  # fmt: skip
    groups = {row["area"]: row for row in said["by"]}
    assert groups["Kallio"]["losers"] is None
    assert groups["Kallio"]["cost"] is None


@pytest.mark.parametrize(
    ("contents", "problem"),
    [
        (None, "cannot be read"), ("", "holds no cases"), ("{", "line 1 is not JSON"), ("[1]", "is not an object"),
        ('{"a": 1}\n\n{"b', "line 3 is not JSON"),
    ],
)  # fmt: skip
def test_a_file_of_cases_that_cannot_be_used_is_told(tmp_path, contents, problem):
    path = tmp_path / "cases.jsonl"
    if contents is not None:
        path.write_text(contents, "utf-8")
    with pytest.raises(CommandError, match=problem):
        simulate(str(ASKED / "nine_months.toml"), "--cases", str(path))


@pytest.mark.django_db
def test_what_is_counted_on_residents_and_what_on_cases_is_told(tmp_path, past):
    with pytest.raises(CommandError, match=r"hiring-benefit\.amount is counted on cases"):
        simulate(str(ASKED / "nine_months.toml"))
    hours = tmp_path / "hours.toml"
    hours.write_text('[parameters."hiring-benefit.least_hours"]\n2026-01-01 = 10\n', "utf-8")
    with pytest.raises(CommandError, match="changes no amount that is counted on cases"):
        simulate(str(hours), "--cases", str(past))
