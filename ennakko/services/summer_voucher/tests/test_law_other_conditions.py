# SPDX-License-Identifier: EUPL-1.2
"""A town with other conditions: every age from 15 to 25, sums that rise with the hours, limits on number and money."""

from datetime import date
from pathlib import Path

import pytest

from ennakko.municipalities.profile import load
from ennakko.rules import ParameterBook
from ennakko.rules.decision import Outcome as Answer
from ennakko.services.summer_voucher.law import acceptance_2026, fields, procedures
from ennakko.services.summer_voucher.law.acceptance_2026 import Applied, Registered
from ennakko.services.summer_voucher.law.claim import Outcome, judge
from ennakko.services.summer_voucher.law.rules import SummerVoucherEntitled
from ennakko.values.money import euros

LAW = Path(procedures.__file__).parent
BOOK = ParameterBook.load(LAW / "parameters.toml", *load("kaislaranta").parameter_files)
HOME = BOOK.value("summer-voucher.home_municipality", date(2026, 1, 1))
ON = date(2026, 8, 1)
CLAIM = {
    "voucher_found": True, "surname_fits": True, "voucher_year": 2026, "voucher_state": "issued", "used_by": "",
    "employer_kind": "foundation", "work_start": date(2026, 5, 15), "work_end": date(2026, 8, 31), "hours": 12_000,
    "pay_cents": euros(1_080), "birth_date": date(2001, 5, 17), "claimed_on": ON, "tax_debt": False,
    "contract_given": True, "payslip_given": True, "employer_claims_this_year": 9, "city_claims_this_year": 499,
    "budget_left_cents": euros(700), "iban_valid": True, "foreign_account_complete": True, "self_hire": False,
    "account_shared": False,
}  # fmt: skip


def judged(**changes):
    return judge({**CLAIM, **changes}, ON, BOOK)


@pytest.mark.parametrize(("age", "entitled"), [(14, False), (15, True), (19, True), (25, True), (26, False)])
def test_every_age_of_the_town_is_entitled(age, entitled):
    facts = {"birth_date": date(2026 - age, 12, 31), "municipality": HOME, "alive": True, "voucher_given": False}
    assert (SummerVoucherEntitled.decide(date(2026, 4, 15), facts, BOOK).outcome is Answer.YES) == entitled


def test_a_resident_of_another_municipality_is_not():
    facts = {"birth_date": date(2008, 1, 1), "municipality": "091", "alive": True, "voucher_given": False}
    assert SummerVoucherEntitled.decide(date(2026, 4, 15), facts, BOOK).outcome is Answer.NO


@pytest.mark.parametrize("age", range(15, 26))
def test_everyone_of_the_towns_ages_finds_a_group_in_the_form_and_is_accepted(age):
    group = next(group for group, reached in fields.AGE_OF_GROUP.items() if reached == age)
    assert fields.check("target_group", group) is None
    registered = Registered(code_valid=True, alive=True, surname_same=True, municipality="Kaislaranta")
    applied = Applied(age, group, frozenset({group}))
    assert acceptance_2026.open_questions(applied=applied, registered=registered, home="Kaislaranta") == ()


@pytest.mark.parametrize(
    ("hours", "value"), [("30", 175), ("59.99", 175), ("60", 350), ("119.99", 350), ("120", 700), ("400", 700)]
)
def test_the_sum_rises_with_the_hours(hours, value):
    hundredths = round(float(hours) * 100)
    found = judged(hours=hundredths, pay_cents=euros(4_000))
    assert (found.outcome, found.value_cents) == (Outcome.READY, euros(value))


@pytest.mark.parametrize(
    "changes",
    [{"employer_claims_this_year": 10}, {"city_claims_this_year": 500}, {"budget_left_cents": euros(700) - 1}],
)
def test_beyond_a_limit_the_claim_waits_for_a_person(changes):
    found = judged(**changes)
    assert found.outcome is Outcome.MANUAL
    assert [check.rule for check in found.failing()] == ["r12_room"]


def test_few_hours_a_week_are_as_good_as_many():
    assert judged(hours=3_000, pay_cents=euros(270)).outcome is Outcome.READY


@pytest.mark.parametrize(
    ("changes", "rule", "outcome"),
    [
        ({"hours": 2_999}, "r5_hours", Outcome.CORRECT),
        ({"pay_cents": euros(1_080) - 1}, "r7_pay", Outcome.CORRECT),
        ({"work_start": date(2026, 5, 14)}, "r4_period", Outcome.CORRECT),
        ({"claimed_on": date(2026, 11, 1)}, "r9_deadline", Outcome.REJECT),
        ({"employer_kind": "municipality"}, "r3_employer", Outcome.REJECT),
    ],
)
def test_the_towns_own_limits_are_the_ones_that_are_judged_by(changes, rule, outcome):
    assert [(check.rule, check.outcome) for check in judged(**changes).failing()] == [(rule, outcome)]


def test_what_the_town_has_not_decided_asks_the_town():
    found = judge({**CLAIM, "voucher_year": 2027}, ON, BOOK)
    assert found.outcome is Outcome.MANUAL
    whom = {ask.whom.sv for ask in found.ask if ask.source == "parameter"}
    assert whom == {"Vasstrands stads sysselsättningstjänster"}
