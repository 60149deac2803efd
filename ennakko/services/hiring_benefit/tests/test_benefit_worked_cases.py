# SPDX-License-Identifier: EUPL-1.2
"""The worked cases beside the law, each run as `ennakko evaluate` runs it; what completes or departs is listed."""

import json
import re
import tomllib
from datetime import date, timedelta
from pathlib import Path

import pytest

from ennakko.rules.answers import procedure_answer
from ennakko.rules.errors import EvaluationError
from ennakko.rules.registry import get
from ennakko.services.hiring_benefit.law import rules
from ennakko.services.hiring_benefit.tests.book import BOOK

LAW = Path(rules.__file__).parent
ON = date(2026, 11, 20)
CASES = {case["id"]: case for case in json.loads((LAW / "cases.json").read_text("utf-8"))["cases"]}
LISTED = tomllib.loads((LAW / "departures.toml").read_text("utf-8"))
KINDS = {
    "amount": (
        "benefit_amount_salary", "benefit_amount_salary_apprenticeship", "benefit_amount_employment",
        "benefit_amount_manual_override", "pay_subsidy_cap", "can_calculate",
    ),
    "days360": (
        "days360", "days360_error", "date_range_overlap", "date_range_end", "duration_months_2dp", "min_end_date",
        "max_end_date",
    ),
    "instalments": (
        "instalment_count", "instalment_split", "instalment_summary", "instalment_transition_allowed",
        "instalment_due_date_change",
    ),
    "recovery": ("recovery_automatic", "recovery_amount_rounding", "recovery_default_period", "recoveries_counted"),
    "previous-benefits": ("former_benefits",),
    "de-minimis": ("submit_de_minimis",),
    "application": (
        "date_range_valid_draft", "date_range_valid_submit", "submit_apprenticeship", "pay_subsidy_fields_valid",
        "application_transition_applicant", "application_transition_handler", "status_visible_to_applicant",
        "auto_assign_handler", "batch_kept_when_back_to_handling", "attachment_delete_applicant",
        "attachment_upload_applicant", "attachment_upload_handler", "association_business_activities_off",
        "message_allowed_applicant",
    ),
    "alteration": (
        "alteration_patch_handler", "alteration_patch_applicant", "alteration_delete_applicant",
        "alteration_delete_handler", "alteration_valid",
    ),
    "decision": (
        "batch_transition", "batch_decision", "batch_add_application", "batch_applications_modifiable",
        "batch_after_decision_details", "batch_status_patch", "ahjo_callback_success", "ahjo_decision_callback",
        "ahjo_decision_proposal_selection", "ahjo_details_selection", "ahjo_delete_selection", "ahjo_delete_api",
        "de_minimis_footer", "ahjo_details_effects", "decision_draft_validation", "truncate", "case_title_truncate",
        "xml_sanitize", "ahjo_language", "ahjo_request", "search_pattern_empty_result", "search_pattern_result",
        "search_pattern_archival",
    ),
}  # fmt: skip
RULE_OF = {kind: f"hiring-benefit.{rule}" for rule, kinds in KINDS.items() for kind in kinds}
OF_THE_BENEFIT = {"start": date(2024, 1, 1), "end": date(2024, 12, 31)}


def covered(row):
    return [*row.get("cases", ()), *(id for id, case in CASES.items() if case["kind"] in row.get("kinds", ()))]


def listed(name, value):
    found = {}
    for row in LISTED[name]:
        for id in covered(row):
            assert id not in found, f"{id} stands in two rows of {name}"
            found[id] = row.get(value)
    return found


COMPLETED, DEPARTURES = listed("completed", "with"), listed("departure", "keys")


def whole(case):
    """The case as a client sends it, with what its source leaves unsaid."""
    given = {key: dated(value) for key, value in case["input"].items()} | COMPLETED.get(case["id"], {})
    return {"input": given, **({"rule_set": case["rule_set"]} if "rule_set" in case else {})}


def dated(value):
    """`start+7d` as a day of the benefit; lists of such as lists."""
    if isinstance(value, list):
        return [dated(one) for one in value]
    told = re.fullmatch(r"(start|end)([+-]\d+)d", value) if isinstance(value, str) else None
    return value if told is None else (OF_THE_BENEFIT[told[1]] + timedelta(days=int(told[2]))).isoformat()


def answered(case):
    try:
        return procedure_answer(get(RULE_OF[case["kind"]]), whole(case), ON, "en", BOOK)
    except EvaluationError as refused:
        return {"error": str(refused)}


def same(expected, answer, decimals=2):
    """Sums to two decimals, the rest as it is; a sheet's empty cell asserts nothing."""
    if expected is None:
        return True
    if isinstance(expected, list):
        return len(expected) == len(answer or ()) and all(map(same, expected, answer))
    if isinstance(expected, dict):
        return isinstance(answer, dict) and all(same(value, answer.get(key)) for key, value in expected.items())
    try:
        return abs(float(expected) - float(answer)) < 0.5 * 10**-decimals + 1e-9
    except (TypeError, ValueError):
        return expected == answer


def differing(case):
    answer, expected = answered(case), dict(case["expected"])
    decimals = expected.pop("dp", 2)
    return {key for key, value in expected.items() if not same(value, answer.get(key), decimals)}


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_a_worked_case_agrees_or_is_listed(case):
    if case["kind"] == "days360_error":
        assert "must be a day of the calendar" in answered(case)["error"]
    elif case["id"] not in DEPARTURES:
        assert differing(case) == set()
        assert "error" not in answered(case)
    elif DEPARTURES[case["id"]] is not None:
        assert differing(case) == set(DEPARTURES[case["id"]])


@pytest.mark.parametrize("id", [id for id in DEPARTURES if CASES[id]["expected"]])
def test_a_listed_departure_does_depart(id):
    agrees = not differing(CASES[id])
    # Of a kind that departs single cases may agree by chance: their kind still does not.
    assert not agrees or any(differing(case) for case in CASES.values() if case["kind"] == CASES[id]["kind"])


def test_every_row_of_the_list_covers_a_case_and_says_why():
    for name, kinds in (("departure", {"stale", "plumbing", "on purpose"}), ("completed", {None})):
        for row in LISTED[name]:
            assert row.get("kind") in kinds
            assert len(row["reason"]) > 40
            assert set(row.get("cases", ())) <= CASES.keys()
            assert set(row.get("kinds", ())) <= RULE_OF.keys()
            assert covered(row)


def test_departures_only_become_fewer():
    assert len(CASES) == 318
    assert len(DEPARTURES) <= 38
    assert sum(keys is None for keys in DEPARTURES.values()) <= 33


def test_the_rule_set_of_a_case_wins_over_its_days():
    early = {"input": {"start_date": "2022-01-01", "end_date": "2022-03-31", "benefit_type": "salary_benefit",
                       "monthly_pay": 3000, "state_aid_max_percentage": 50}}  # fmt: skip
    amount = get("hiring-benefit.amount")
    found = [procedure_answer(amount, early | {"rule_set": name}, ON, "en", BOOK) for name in ("2021", "2023", "2026")]
    assert [one["rule_set"] for one in found] == ["2021", "2023-07", "2026-01"]
    assert [one["total"] for one in found] == [2400, 2400, 4500]


def test_a_rule_set_that_there_is_not_is_told_with_those_there_are():
    with pytest.raises(EvaluationError, match=r"no rule set 1999\. Known: 2021, 2023-07, 2024-04, 2026-01"):
        procedure_answer(
            get("hiring-benefit.amount"),
            {"input": {"start": "2022-01-01", "end": "2022-02-01"}, "rule_set": "1999"}, ON, "en", BOOK,
        )  # fmt: skip


def test_unknown_keys_of_a_case_are_left_alone():
    case = CASES["xlsx/Palkan Helsinki-lisä/C"]
    more = whole(case)
    more["input"] = more["input"] | {"colour": "blue", "employees": [1, 2]}
    assert procedure_answer(get("hiring-benefit.amount"), {**more, "mood": 1}, ON, "en", BOOK)["total"] == 1600
