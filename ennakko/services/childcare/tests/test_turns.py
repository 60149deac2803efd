# SPDX-License-Identifier: EUPL-1.2
"""Whose turn it is, on the days around which it changes; and that rules read no more than the permits let them."""

from datetime import date
from pathlib import Path

import pytest

from ennakko.municipalities import profile
from ennakko.rules.parameters import NotDecided, ParameterBook
from ennakko.services.childcare.law import rules
from ennakko.services.childcare.law.turns import EarlyEducationTurn, EarlyEducationTurnAfterLeave, PreschoolTurn
from ennakko.services.childcare.placing.policy import Policy, decided

LAW = Path(rules.__file__).parent / "parameters.toml"
PARAMETERS = Path(profile.__file__).parent
HELSINKI = ParameterBook.load(LAW, PARAMETERS / "helsinki" / "parameters" / "childcare.toml")
TOWN = ParameterBook.load(LAW, PARAMETERS / "kaislaranta" / "parameters" / "childcare.toml")
AUGUST = date(2026, 8, 1)
CHILD = {
    "municipality": "091", "alive": True, "birth_date": date(2020, 6, 1), "moved_in": None,
    "preschool_place_held": False, "early_education_place_held": False, "parental_leave_until": None,
}  # fmt: skip


def outcome(rule, on=AUGUST, book=HELSINKI, **told):
    return str(rule.decide(on, CHILD | told, book).outcome)


@pytest.mark.parametrize(
    ("born", "expected"),
    [
        (date(2020, 1, 1), "yes"), (date(2020, 12, 31), "yes"), (date(2019, 12, 31), "no"), (date(2021, 1, 1), "no"),
        (date(2015, 1, 1), "not_applicable"), (date(2024, 1, 1), "not_applicable"),
    ],
)  # fmt: skip
def test_preschool_begins_in_the_year_of_turning_six(born, expected):
    assert outcome(PreschoolTurn, birth_date=born) == expected


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ({"municipality": "049"}, "no"), ({"alive": False}, "no"), ({"preschool_place_held": True}, "no"),
        ({"early_education_place_held": True}, "yes"),
    ],
)  # fmt: skip
def test_preschool_is_for_living_residents_without_a_place_for_it(told, expected):
    assert outcome(PreschoolTurn, **told) == expected


@pytest.mark.parametrize(
    ("born", "on", "expected"),
    [
        (date(2025, 11, 30), AUGUST, "yes"), (date(2025, 11, 1), AUGUST, "yes"), (date(2025, 12, 1), AUGUST, "no"),
        (date(2025, 10, 31), AUGUST, "no"), (date(2023, 8, 15), AUGUST, "yes"), (date(2023, 7, 31), AUGUST, "no"),
        (date(2020, 8, 15), AUGUST, "not_applicable"), (date(2026, 9, 1), AUGUST, "not_applicable"),
    ],
)  # fmt: skip
def test_early_education_has_its_turn_at_nine_months_and_at_three_years(born, on, expected):
    assert outcome(EarlyEducationTurn, on, birth_date=born) == expected
    assert outcome(EarlyEducationTurnAfterLeave, on, birth_date=born) == expected


@pytest.mark.parametrize(
    ("moved", "expected"),
    [(date(2026, 7, 20), "yes"), (date(2026, 4, 1), "yes"), (date(2026, 3, 31), "no"), (date(2026, 9, 1), "no"),
     (None, "no")],
)  # fmt: skip
def test_a_family_that_has_just_moved_in_is_asked(moved, expected):
    assert outcome(EarlyEducationTurn, birth_date=date(2022, 5, 5), moved_in=moved) == expected


def test_a_newcomer_under_nine_months_waits():
    assert outcome(EarlyEducationTurn, birth_date=date(2026, 3, 5), moved_in=date(2026, 7, 1)) == "no"


def test_whoever_has_a_place_is_not_asked_again():
    told = {"birth_date": date(2025, 11, 30), "early_education_place_held": True}
    assert outcome(EarlyEducationTurn, **told) == outcome(EarlyEducationTurnAfterLeave, **told) == "no"


@pytest.mark.parametrize(
    ("leave", "on", "expected"),
    [
        (date(2026, 12, 20), AUGUST, "no"), (date(2026, 12, 20), date(2027, 1, 1), "yes"),
        (date(2026, 12, 20), date(2027, 2, 1), "no"), (date(2026, 7, 31), AUGUST, "yes"),
        (date(2026, 8, 1), AUGUST, "no"), (None, AUGUST, "yes"),
    ],
)  # fmt: skip
def test_the_end_of_parental_allowance_is_waited_for_and_brings_the_turn(leave, on, expected):
    assert outcome(EarlyEducationTurnAfterLeave, on, birth_date=date(2025, 11, 10), parental_leave_until=leave) == (
        expected
    )


def test_the_rule_without_the_allowance_does_not_read_it():
    assert "parental_leave_until" not in {ref.name for ref in EarlyEducationTurn.inputs()}
    assert "parental_leave_until" in {ref.name for ref in EarlyEducationTurnAfterLeave.inputs()}


def test_no_weight_is_decided_in_helsinki_and_all_are_in_the_made_up_town():
    helsinki = decided(AUGUST, HELSINKI)
    assert helsinki.policy == Policy()
    assert len(helsinki.open_questions) == 6
    assert isinstance(HELSINKI.value("childcare.sibling_metres", AUGUST), NotDecided)
    town = decided(AUGUST, TOWN)
    assert not town.open_questions
    assert town.policy.sibling_metres == 800
    assert outcome(PreschoolTurn, book=TOWN) == "no"
    assert outcome(PreschoolTurn, book=TOWN, municipality="998") == "yes"
