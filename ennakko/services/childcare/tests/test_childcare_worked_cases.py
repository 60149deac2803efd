# SPDX-License-Identifier: EUPL-1.2
"""The worked cases beside the law, each run as `ennakko evaluate` runs it; what completes them is listed."""

import json
import tomllib
from datetime import date
from pathlib import Path

import pytest

from ennakko.rules.answers import procedure_answer
from ennakko.rules.registry import get
from ennakko.services.childcare.law import rules
from ennakko.services.childcare.tests.book import BOOK

LAW = Path(rules.__file__).parent
ON = date(2026, 11, 20)
CASES = {case["id"]: case for case in json.loads((LAW / "cases.json").read_text("utf-8"))["cases"]}
COMPLETED = tomllib.loads((LAW / "departures.toml").read_text("utf-8"))["completed"]
RULES = {
    "childcare.fee": (
        "use_max_fee", "base_fee", "fee_before_alterations", "fee_alterations", "family_cases", "derived_fee_grid",
        "voucher_value",
    ),
    "childcare.occupancy-percent": ("occupancy_percent", "caretakers", "occupancy_child"),
    "childcare.due-date": ("due_date", "placement_plan_end", "voucher_under3"),
    "childcare.relative-proximity": ("relative_proximity",),
}  # fmt: skip
RULE_OF = {kind: rule for rule, kinds in RULES.items() for kind in kinds}
TOLD_BY_FAMILIES = ("total", "fees", "discounts", "final", "periods", "connected_daycare_end")


def whole(case):
    given = dict(case)
    for row in COMPLETED:
        if case["id"] in row["cases"]:
            given |= row["with"]
    return given


def answered(case):
    return procedure_answer(get(RULE_OF[case["kind"]]), whole(case), ON, "en", BOOK)


def expected_of(case):
    """The keys of `expect_*` without the prefix, a plain `expect`, and what the families' cases expect by its name."""
    found = {key.removeprefix("expect_"): value for key, value in case.items() if key.startswith("expect")}
    return found | {key: case[key] for key in TOLD_BY_FAMILIES if key in case}


def same(expected, answer):
    if isinstance(expected, dict):
        return isinstance(answer, dict) and all(same(value, answer.get(key)) for key, value in expected.items())
    if isinstance(expected, list):
        return len(expected) == len(answer) and all(map(same, expected, answer))
    return expected == answer


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_a_worked_case_agrees(case):
    expected, answer = expected_of(case), answered(case)
    assert expected
    for key, value in expected.items():
        assert same(value, answer if isinstance(value, dict) else answer[key]), (key, value, answer)


def test_every_kind_of_case_is_there_and_none_is_left_over():
    assert {case["kind"] for case in CASES.values()} == RULE_OF.keys()
    assert len(CASES) == 261


def test_every_completion_is_needed_and_says_why():
    for row in COMPLETED:
        assert len(row["reason"]) > 30
        assert set(row["cases"]) <= CASES.keys()
        for name in row["cases"]:
            assert any(value != CASES[name].get(key) for key, value in row["with"].items())


def test_unknown_keys_of_a_case_are_left_alone():
    case = CASES["base_fee/1"] | {"colour": "blue", "name": None, "shown": [1]}
    assert answered(case)["base_fee"] == 28900


def test_a_scalar_is_told_by_its_own_name_too():
    assert answered(CASES["fee_before_alterations/1"])["fee"] == 14500
    assert answered(CASES["due_date/1"])["due_date"] == "2020-08-01"
    assert answered(CASES["caretakers/1"])["caretakers"] == 1
    assert answered(CASES["use_max_fee/4"])["use_max_fee"] is True
