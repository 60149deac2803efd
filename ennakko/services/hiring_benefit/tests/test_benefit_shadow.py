# SPDX-License-Identifier: EUPL-1.2
"""The shadow run: past cases of another system decided again, differences with their reasons, exports read."""

import csv
import json
import tomllib
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from ennakko.municipalities.profile import FOLDER
from ennakko.services.hiring_benefit import shadow
from ennakko.services.hiring_benefit.shadow_columns import BadExport, Columns, read_export
from ennakko.services.hiring_benefit.tests.book import BOOK
from ennakko.values.texts import LANGUAGES

TABLE = FOLDER / "helsinki" / "columns" / "hiring-benefit.toml"
COLUMNS = Columns.of(tomllib.loads(TABLE.read_text("utf-8")))
INPUT = {"granted_start": "2026-01-15", "granted_end": "2027-01-14", "monthly_pay": "3600", "other_expenses": "756"}
FACTS = {"applied_on": "2026-01-20", "employer_kind": "company", "weekly_hours": "37.5", "lives_here": True}


def case(total="18000.00", status="accepted", facts=FACTS, **changes):
    given = {**INPUT, **changes}
    return {"id": "125001", "input": given, "facts": facts,
            "decided": {"status": status, "total": total, "decided_on": "2026-02-10"}}  # fmt: skip


def differences(*cases):
    return shadow.report(cases, BOOK).differences


def codes(*cases):
    return [one.code for one in differences(*cases)]


# --- differences and their reasons


def test_a_case_that_agrees_is_counted_and_not_listed():
    found = shadow.report([case(), case(status="received"), case(status="cancelled")], BOOK)
    assert (found.cases, found.skipped, found.same, found.differences) == (1, 2, 1, [])
    assert (found.theirs, found.ours) == (1_800_000, 1_800_000)


OLD = {"granted_start": "2024-03-01", "granted_end": "2024-08-31", "state_aid_max_percentage": "50",
       "monthly_pay": "2100", "other_expenses": "700"}  # fmt: skip
LATER = {"applied_on": "2024-03-05", "employer_kind": "company"}
ROW = {"percent": 50, "start": "2024-03-01", "end": "2024-08-31"}


@pytest.mark.parametrize(
    ("code", "past"),
    [
        ("lower_cap", case("9600.00")),
        ("other_share", case("13932.00", state_aid_max_percentage="40", monthly_pay="1902", other_expenses="420")),
        ("applied_days", case("12000.00", applied_start="2026-01-15", applied_end="2026-09-14")),
        ("without_subsidy", case("4800", **OLD, pay_subsidies=[ROW], facts=LATER)),
        ("other_rule_set", case("4800", **{**OLD, "monthly_pay": "1600", "other_expenses": "1000"},
                                pay_subsidies=[{**ROW, "percent": 100}], facts=LATER)),
        ("without_manual", case("18000", override_monthly_benefit_amount="700")),
        ("rounding", case("18001")),
        ("unexplained", case("12345")),
        ("training_not_told", case("12345", apprenticeship_program=True)),
        ("lacking", case("12345", monthly_pay=None)),
        ("unreadable", case("12345", monthly_pay="much")),
        ("outside", case("12345", pay_subsidies=[{"percent": 50, "start": "2020-01-01", "end": "2020-02-01"}])),
    ],
)  # fmt: skip
def test_a_difference_of_the_amount_has_its_reason(code, past):
    if code == "other_rule_set":
        # In March 2024 a full subsidy without its working time was taken as full time; from April of 65 %.
        now = shadow.work_out(past["input"], BOOK).amount.total
        past["decided"]["total"] = str(shadow.work_out({**past["input"], "rule_set": "2024-04"}, BOOK).amount.total)
        assert past["decided"]["total"] != str(now)
    if code == "other_share":
        past["decided"]["total"] = str(
            shadow.work_out({**past["input"], "state_aid_max_percentage": 50}, BOOK).amount.total
        )
    found = [one for one in differences(past) if one.about == "amount"]
    assert [one.code for one in found] == [code]
    assert len({found[0].reason.in_(language) for language in LANGUAGES}) >= 2


def test_two_things_together_can_be_the_reason():
    past = case(**{**OLD, "pay_subsidies": [{"percent": 100, "start": "2024-03-01", "end": "2024-05-31"}]}, facts=LATER)
    both = {**past["input"], "rule_set": "2024-04", "state_aid_max_percentage": 100}
    past["decided"]["total"] = str(shadow.work_out(both, BOOK).amount.total)
    (found,) = differences(past)
    assert found.code == "other_rule_set+other_share"
    assert "2024-04" in found.reason.sv
    assert "100 %" in found.reason.sv


@pytest.mark.parametrize(
    ("code", "facts", "changes"),
    [
        ("resident", {**FACTS, "lives_here": False}, {}), ("hours_enough", {**FACTS, "weekly_hours": "17.9"}, {}),
        ("in_time", {**FACTS, "applied_on": "2026-05-16"}, {}), ("employer", {**FACTS, "employer_kind": "state"}, {}),
        ("managed", {**FACTS, "employer_kind": "association", "manager_available": False}, {}),
        ("within_ceiling", {**FACTS, "aid": [{"granted_on": "2025-01-01", "amount": "290000"}]}, {}),
        ("no_other_support", FACTS, {"pay_subsidy_granted": "granted_aged"}),
    ],
)  # fmt: skip
def test_a_granted_case_that_breaks_a_condition_is_told(code, facts, changes):
    found = [one for one in differences(case(facts=facts, **changes)) if one.about == "outcome"]
    assert [(one.code, one.theirs, one.ours) for one in found] == [(code, "accepted", "rejected")]
    assert found[0].reason.fi.startswith("Ehto ei täyty: ")


def test_a_refused_case_agrees_when_a_condition_is_broken_and_else_tells_their_reason():
    assert codes(case(status="rejected", facts={**FACTS, "lives_here": False})) == []
    refused = case(status="rejected")
    refused["decided"]["reason"] = "Määräraha on käytetty"
    (found,) = differences(refused)
    assert (found.code, found.ours) == ("refused_by_them", "accepted")
    assert found.reason.fi.endswith("Määräraha on käytetty.")


def test_what_a_case_does_not_tell_is_not_judged():
    assert codes(case(facts={})) == []
    assert codes(case(facts={"weekly_hours": "many"})) == []


def test_instalments_are_held_against_their_own_total():
    past = case()
    past["decided"] |= {"first_instalment": "9000", "second_instalment": "9000"}
    assert codes(past) == []
    past["decided"] |= {"first_instalment": "12000", "second_instalment": "6000"}
    assert codes(past) == ["instalments"]
    early = case("4800", **OLD, facts=LATER)
    early["decided"]["first_instalment"] = "4800"
    assert codes(early) == []


# --- exports

HEADINGS = [
    "Hakemusnumero", "Hakemus saapunut", "Hakemusrivi", "Hakemuksen tila", "Haettava lisä", "Haettu alkupäivä",
    "Haettu päättymispäivä", "Työnantajan tyyppi", "Työntekijän etunimi", "Palkkatuki myönnetty?", "Oppisopimus?",
    "Työntekijän työtunnit", "Työntekijä asuu Helsinkissä?", "Kuukausipalkka laskelmassa", "Lomaraha laskelmassa",
    "Muut kulut laskelmassa", "Laskelman alkupäivä", "Laskelman päättymispäivä", "Käsittelypäivä", "Valtiotukimaksimi",
    "Laskelman lopputulos", "Manuaalinen syöttö", "Päätöspäivä", "Palkkatuki 1 / alkupäivä",
    "Palkkatuki 1 / päättymispäivä", "Palkkatuki 1 / palkkatukiprosentti", "Palkkatuki 1 / työaikaprosentti",
    "De minimis 1 / myönnetty", "De minimis 1 / määrä",
]  # fmt: skip
LINE = [
    "125001", "2024-06-20", "1", "accepted", "Palkan Helsinki-lisä", "2024-06-17", "2024-10-17", "Yritys", "Aino",
    "granted", "ei", "30.00", "kyllä", "1000.00", "0.00", "500.00", "2024-06-17", "2024-10-17", "2024-07-01", "50",
    "2058.00", "", "", "17.6.2024", "14.8.2024", "50", "65.00", "2023-01-01", "1000,00",
]  # fmt: skip


def export(*lines, headings=HEADINGS, delimiter=";"):
    out = StringIO()
    csv.writer(out, delimiter=delimiter, quoting=csv.QUOTE_NONNUMERIC).writerows([headings, *lines])
    return "\ufeff" + out.getvalue()


def changed(line=LINE, **cells):
    return [cells.get(heading, cell) for heading, cell in zip(HEADINGS, line, strict=True)]


def test_a_line_of_the_export_becomes_a_case():
    (read,) = read_export(export(LINE), COLUMNS)
    assert read["input"]["benefit_type"] == "salary_benefit"
    assert read["input"]["pay_subsidies"] == [
        {"percent": "50", "work_time_percent": "65.00", "start": "2024-06-17", "end": "2024-08-14"},
    ]  # fmt: skip
    assert read["decided"] == {"status": "accepted", "total": "2058.00", "decided_on": "2024-07-01"}
    assert read["facts"] == {
        "applied_on": "2024-06-20", "employer_kind": "company", "weekly_hours": "30.00", "lives_here": True,
        "aid": [{"granted_on": "2023-01-01", "amount": "1000.00"}],
    }  # fmt: skip
    assert shadow.report([read], BOOK).differences == []


def test_names_and_what_is_not_in_the_table_are_left_in_the_file():
    assert "Aino" not in json.dumps(list(read_export(export(LINE), COLUMNS)))


def test_an_application_of_two_rows_is_one_case_and_one_without_a_state_is_none():
    second, empty = changed(Hakemusrivi="2"), ["Ei löytynyt ehdot täyttäviä hakemuksia", *[""] * 28]
    assert len(list(read_export(export(LINE, second, empty), COLUMNS))) == 1
    assert list(read_export(export(LINE, delimiter=","), COLUMNS)) == list(read_export(export(LINE), COLUMNS))


def test_an_export_without_the_days_of_the_subsidy_assumes_the_whole_period_and_says_so():
    kept = [n for n, heading in enumerate(HEADINGS) if not heading.startswith("Palkkatuki 1")]
    headings = [*(HEADINGS[n] for n in kept), "Palkkatukiprosentti"]
    (read,) = read_export(export([*(LINE[n] for n in kept), "50"], headings=headings), COLUMNS)
    assert read["assumed"] == ["pay_subsidies"]
    found = shadow.report([read], BOOK)
    assert found.assumed == {"pay_subsidies": 1}
    assert [one.code for one in found.differences] == ["subsidy_days_not_told"]


@pytest.mark.parametrize(
    ("written", "problem"),
    [
        ("a;b\n1;2\n", "lacks the column Hakemusnumero, Hakemuksen tila, Laskelman lopputulos"),
        ("", "lacks the column"),
        (export(LINE[:-1]), "Line 2 has 28 cells, the headings 29"),
        (export(changed(**{"Laskelman alkupäivä": "31.2.2024"})), "Line 2: '31.2.2024' is not a day"),
    ],
)  # fmt: skip
def test_an_export_that_cannot_be_read_is_told_with_its_line(written, problem):
    with pytest.raises(BadExport, match=problem):
        list(read_export(written, COLUMNS))


# --- the command


def run(*arguments):
    out = StringIO()
    call_command("shadow", *arguments, stdout=out)
    return out.getvalue()


def test_the_command_tells_the_summary_and_every_difference(tmp_path):
    path = tmp_path / "past.jsonl"
    path.write_text("\n".join(json.dumps(one) for one in (case(), case("9600.00"))), "utf-8")
    said = run("hiring-benefit", str(path), "--language", "fi")
    assert "2 decided cases, 1 the same (50.0 %)" in said
    assert "125001: amount: theirs 9600.00, ours 18000.00. Määrä on laskettu kuin työhön saataisiin" in said
    summary, difference = map(json.loads, run("hiring-benefit", str(path), "--json").splitlines())
    assert summary["reasons"] == {"lower_cap": 1}
    assert (difference["theirs"], difference["ours"], difference["code"]) == (9600, 18000, "lower_cap")


def test_the_command_reads_the_citys_export(tmp_path):
    path = tmp_path / "raportti.csv"
    path.write_text(export(LINE, changed(**{"Laskelman lopputulos": "2000.00"})), "utf-8")
    said = run("hiring-benefit", str(path))
    assert "2 decided cases, 1 the same" in said


@pytest.mark.parametrize(
    ("service", "name", "contents", "problem"),
    [
        ("summer-voucher", "x.jsonl", "{}", "has a shadow run. Known: hiring-benefit"),
        ("hiring-benefit", "missing.jsonl", None, "cannot be read"),
        ("hiring-benefit", "missing.csv", None, "cannot be read"),
        ("hiring-benefit", "x.jsonl", "{}", "holds no decided cases"),
        ("hiring-benefit", "x.jsonl", "[", "is not JSON"),
        ("hiring-benefit", "x.csv", "a;b", "lacks the column"),
    ],
)  # fmt: skip
def test_what_the_command_cannot_use_is_told(tmp_path, service, name, contents, problem):
    path = tmp_path / name
    if contents is not None:
        path.write_text(contents, "utf-8")
    with pytest.raises(CommandError, match=problem):
        run(service, str(path))
