# SPDX-License-Identifier: Apache-2.0
"""Cases as JSON lines: answers in order, bad lines answered with what is wrong, procedures with their trace."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from ennakko.rules import ParameterBook, Rule, UnknownRule, registry
from ennakko.rules.evaluate import answer_line, evaluate_stream
from ennakko.rules.listing import rules_json
from ennakko.rules.procedure import Input, Procedure, Trace, traced
from ennakko.rules.tests.sample_rules import BOOK, ON, Fee, Voucher, rent, same
from ennakko.values.texts import text


class Rent(Rule, registered=False):
    id = "sample.rent"
    title = same("rent")
    high = rent > 100_000
    outcome = "high"


@pytest.fixture(autouse=True)
def registered(monkeypatch: pytest.MonkeyPatch) -> None:
    """The sample rules are registered only while a test runs."""
    monkeypatch.setattr(registry, "_rules", {rule.id: rule for rule in (Voucher, Fee, Rent)})

    @traced(
        "sample.share",
        title=text(fi="Jako", sv="Delning", en="Share"),
        cite=("§ 1", "§ 2"),
        inputs=[Input("total_eur", "int"), Input("parts", "int")],
        parameters=["sample.highest"],
    )
    def share(case: Mapping[str, Any], trace: Trace, book: ParameterBook) -> dict[str, Any]:
        highest = trace.parameter(book, "sample.highest")
        each = Decimal(case["total_eur"]) / case["parts"]
        return {
            "share_eur": trace.note("share", each, text(fi="osa", sv="del", en="part"), "§ 1"),
            "capped": each * 100 > highest,
            "day": trace.on,
        }

    assert isinstance(share, Procedure)


def line(**facts: object) -> str:
    return json.dumps(
        {"sample_born": "2010-05-31", "sample_home": "091", "sample_grade": 9, "sample_given": False} | facts
    )


def test_a_case_is_answered_in_the_envelope():
    answer = answer_line("sample.voucher", line(something="else"), ON, book=BOOK)
    assert list(answer) == ["rule", "on", "outcome", "values", "reasons", "ask", "missing", "version"]
    assert (answer["rule"], answer["on"], answer["outcome"]) == ("sample.voucher", "2026-04-15", "yes")
    assert answer["values"]["value"] == 35_050
    assert answer["reasons"][0] == {
        "step": "resident",
        "holds": True,
        "text": {"fi": "asuu Helsingissä", "sv": "bor i Helsingfors", "en": "lives in Helsinki"},
        "cite": ["§ 1"],
        "decisive": True,
    }
    assert json.loads(json.dumps(answer)) == answer


def test_an_explained_answer_is_in_one_language():
    answer = answer_line("sample.voucher", line(sample_grade=None, sample_born="2008-01-02"), ON, "sv", BOOK)
    assert answer["outcome"] == "unknown"
    assert answer["ask"] == ["sample_grade"]
    assert answer["missing"][0] == {
        "fact": "sample_grade", "relation": None, "label": "årskurs", "whom": "skolregistret",
    }  # fmt: skip
    assert answer["reasons"][1]["text"] == "går i årskurs 9"
    assert answer["explanation"][0] == "Sommarsedeln: ännu inte känt"


def test_relations_are_arrays_under_their_name_and_money_is_in_cents():
    household = [
        {"sample_key": 1, "sample_born": "1980-01-01", "sample_income": 612_000},
        {"sample_key": 2, "sample_born": "1982-01-01", "sample_income": 0},
        {"sample_key": 3, "sample_born": "2022-01-01"},
    ]
    answer = answer_line("sample.fee", json.dumps({**household[2], "sample_household": household}), ON, book=BOOK)
    assert answer["values"]["fee"] == 12_000
    del household[0]["sample_income"]
    answer = answer_line("sample.fee", json.dumps({**household[2], "sample_household": household}), ON, book=BOOK)
    assert answer["ask"] == ["sample_household.sample_income"]


@pytest.mark.parametrize(
    ("written", "outcome"), [("1000", "no"), ("1000.01", "yes"), ('"1000.01"', "yes"), ("null", "unknown")]
)
def test_a_fact_that_is_declared_in_euros_is_given_in_euros(written: str, outcome: str):
    assert answer_line("sample.rent", f'{{"sample_rent": {written}}}', ON)["outcome"] == outcome


@pytest.mark.parametrize(
    ("rule", "written", "problem"),
    [
        ("sample.voucher", "[1]", "must be an object"),
        ("sample.voucher", '{"sample_born":', "not JSON"),
        ("sample.voucher", '{"sample_grade": NaN}', "not a number of JSON"),
        ("sample.voucher", b'{"sample_home": "\xff"}', "not UTF-8"),
        ("sample.voucher", '{"sample_grade": "9"}', 'sample_grade must be a whole number, not "9"'),
        ("sample.voucher", '{"sample_grade": 9.0}', "sample_grade must be a whole number, not 9.0"),
        ("sample.voucher", '{"sample_grade": true}', "sample_grade must be a whole number, not true"),
        ("sample.voucher", '{"sample_grade": 99999999999999999999}', "too large"),
        ("sample.voucher", '{"sample_born": "31.5.2010"}', 'as "2010-05-31", not "31.5.2010"'),
        ("sample.voucher", '{"sample_born": "2010-02-30"}', "a day of the calendar"),
        ("sample.voucher", '{"sample_born": 2010}', "sample_born must be a date"),
        ("sample.voucher", '{"sample_given": 0}', "sample_given must be true or false"),
        ("sample.voucher", '{"sample_home": 91}', 'sample_home must be text, as "091"'),
        ("sample.fee", '{"sample_household": {}}', "sample_household must be an array"),
        ("sample.fee", '{"sample_household": [1]}', "sample_household must be an array"),
        (
            "sample.fee",
            '{"sample_household": [{}, {"sample_income": 1.5}]}',
            "sample_household[1].sample_income must be a whole number in cents",
        ),
        ("sample.rent", '{"sample_rent": 1.234}', "at most two decimals"),
        ("sample.share", '{"parts": 2}', "lacks total_eur. sample.share reads total_eur, parts"),
        ("sample.share", '{"total_eur": 1, "parts": 0}', "Check the kinds"),
        ("sample.share", '{"total_eur": [], "parts": 0}', "Check the kinds"),
    ],
)
def test_a_bad_line_is_answered_with_the_field_and_what_to_write(rule: str, written: str | bytes, problem: str):
    answer = answer_line(rule, written, ON, book=BOOK)
    assert list(answer) == ["error"]
    assert problem in answer["error"]


def test_bad_lines_do_not_stop_the_rest_and_empty_ones_are_skipped():
    lines = [line().encode(), b"\n", b"{", line(sample_home="049").encode()]
    answers = list(evaluate_stream("sample.voucher", lines, ON, book=BOOK))
    assert [answer.get("outcome", "error") for answer in answers] == ["yes", "error", "no"]


def test_an_unknown_rule_is_told_at_once_with_the_near_ones():
    with pytest.raises(UnknownRule, match=r"Did you mean sample\.voucher"):
        evaluate_stream("sample.vouchers", [], ON)


def test_a_day_outside_the_parameters_is_an_answer_too():
    answer = answer_line("sample.voucher", line(), date(2019, 1, 1), book=BOOK)
    assert "sample.ages has no value on 2019-01-01" in answer["error"]


def test_a_procedure_answers_its_own_keys_and_the_trace():
    answer = answer_line("sample.share", '{"total_eur": 701, "parts": 2, "extra": 1}', ON, "en", BOOK)
    assert answer == {
        "share_eur": 350.5,
        "capped": True,
        "day": "2026-04-15",
        "trace": [{"step": "share", "value": 350.5, "text": "part", "cite": ["§ 1"]}],
        "explanation": [registry.get("sample.share").title.en, "part [§ 1]"],
    }
    assert "explanation" not in answer_line("sample.share", '{"total_eur": 701, "parts": 2}', ON, book=BOOK)
    assert answer_line("sample.share", '{"id": "x", "given": {"total_eur": 700, "parts": 2}}', ON, book=BOOK)[
        "share_eur"
    ] == 350  # fmt: skip


def test_a_procedure_tells_the_parameters_it_used():
    share = registry.get("sample.share")
    assert isinstance(share, Procedure)
    used = share.evaluate({"total_eur": 1, "parts": 1}, ON, BOOK).parameters_used
    assert used["sample.highest"].source.fi == "1503/2016 § 5"


def test_the_list_of_rules_tells_inputs_parameters_and_citations():
    listed = {rule["id"]: rule for rule in rules_json(BOOK)}
    voucher = listed["sample.voucher"]
    assert list(voucher) == ["id", "kind", "title", "inputs", "parameters", "citations", "version"]
    assert voucher["kind"] == "expression"
    assert voucher["inputs"][0] == {"name": "sample_born", "type": "date", "unknown": False, "relation": None}
    assert [each["name"] for each in voucher["parameters"]] == ["sample.ages", "sample.value"]
    assert voucher["parameters"][0]["rows"][0]["value"] == [16]
    assert voucher["parameters"][1]["rows"][1]["ask"]["en"] == "the city board"
    assert voucher["citations"] == ["§ 1"]
    assert {"name": "sample_income", "type": "money", "unknown": True, "relation": "sample_household"} in listed[
        "sample.fee"
    ]["inputs"]  # fmt: skip
    assert listed["sample.share"]["kind"] == "procedure"
    assert listed["sample.share"]["inputs"][0]["name"] == "total_eur"
    assert json.dumps(list(listed.values()))
