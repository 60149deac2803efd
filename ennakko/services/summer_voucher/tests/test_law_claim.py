# SPDX-License-Identifier: EUPL-1.2
"""The conditions of an employer's claim: each limit from both sides, what follows, whose figures, and the sum."""

import json
from datetime import date
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ennakko.municipalities.profile import load
from ennakko.rules import Outcome as Answer
from ennakko.rules import ParameterBook
from ennakko.rules.coverage import assert_condition_coverage
from ennakko.rules.engines.polars import screen_polars
from ennakko.rules.population import compare
from ennakko.rules.tables import Tables
from ennakko.services.summer_voucher.law import claim_2026, procedures
from ennakko.services.summer_voucher.law.claim import FIELDS, Outcome, judge
from ennakko.services.summer_voucher.law.claim_procedure import FACTS, claim_procedure
from ennakko.services.summer_voucher.law.claim_rules import ClaimConditions
from ennakko.values.money import euros
from ennakko.values.texts import LANGUAGES

LAW = Path(procedures.__file__).parent
BOOK = ParameterBook.load(LAW / "parameters.toml", *load("helsinki").parameter_files)
ON = date(2026, 7, 1)
CLAIM = {
    "voucher_found": True, "surname_fits": True, "voucher_year": 2026, "voucher_state": "issued", "used_by": "",
    "employer_kind": "company", "work_start": date(2026, 6, 1), "work_end": date(2026, 6, 14), "hours": 6000,
    "pay_cents": euros(500), "birth_date": date(2010, 5, 17), "claimed_on": ON, "tax_debt": False,
    "payment_plan": False, "contract_given": True, "payslip_given": True, "wages_confirmed": None,
    "employer_claims_this_year": 3, "city_claims_this_year": 400, "budget_left_cents": None, "iban_valid": True,
    "foreign_account_complete": True, "self_hire": False, "account_shared": False, "figures_confirmed": None,
}  # fmt: skip
WORST_FIRST = [Outcome.REJECT, Outcome.CORRECT, Outcome.ASK, Outcome.MANUAL, Outcome.READY]


def judged(book=BOOK, on=ON, **changes):
    return judge({**CLAIM, **changes}, on, book)


def stopping(found):
    return {check.rule: check.outcome for check in found.failing()}


def test_a_claim_of_which_all_holds_is_ready_with_the_value_of_the_year():
    found = judged()
    assert (found.outcome, found.value_cents, stopping(found)) == (Outcome.READY, euros(350), {})
    assert found.decision.outcome is Answer.YES


@pytest.mark.parametrize(
    ("changes", "rule", "outcome"),
    [
        ({"voucher_found": False}, "r1_voucher", "correct"),
        ({"surname_fits": False}, "r1_voucher", "correct"),
        ({"voucher_state": "voided"}, "r2_unused", "correct"),
        ({"voucher_state": "declined"}, "r2_unused", "correct"),
        ({"used_by": "KV-2026-7"}, "r2_unused", "correct"),
        ({"employer_kind": "municipality"}, "r3_employer", "reject"),
        ({"employer_kind": "state"}, "r3_employer", "reject"),
        ({"employer_kind": "private"}, "r3_employer", "reject"),
        ({"work_end": date(2026, 5, 31)}, "r4_period", "correct"),
        ({"work_start": date(2026, 5, 31)}, "r4_period", "correct"),
        ({"work_start": date(2026, 8, 3), "work_end": date(2026, 8, 16)}, "r4_period", "correct"),
        ({"hours": 5999}, "r5_hours", "correct"),
        ({"work_end": date(2026, 6, 24)}, "r6_weekly", "manual"),
        ({"pay_cents": euros(500) - 1}, "r7_pay", "correct"),
        ({"birth_date": date(2013, 1, 1)}, "r8_lawful", "manual"),
        ({"tax_debt": True}, "r10_taxes", "manual"),
        ({"tax_debt": None}, "r10_taxes", "manual"),
        ({"contract_given": False}, "r11_proof", "ask"),
        ({"payslip_given": None}, "r11_proof", "ask"),
        ({"iban_valid": False}, "r13_account", "correct"),
        ({"foreign_account_complete": False}, "r13_account", "correct"),
        ({"self_hire": True}, "r14_apart", "manual"),
        ({"account_shared": True}, "r14_apart", "manual"),
        ({"account_shared": None}, "r14_apart", "manual"),
        ({"employer_kind": None}, "r3_employer", "manual"),
        ({"used_by": None}, "r2_unused", "manual"),
        ({"birth_date": None}, "r8_lawful", "manual"),
    ],
)
def test_one_thing_that_does_not_hold_has_its_own_consequence_and_sentence(changes, rule, outcome):
    found = judged(**changes)
    assert stopping(found).get(rule) == outcome
    assert found.outcome == outcome
    check = next(check for check in found.checks if check.rule == rule)
    assert len({check.text.in_(language) for language in LANGUAGES}) == 3
    assert "{" not in check.text.fi


@pytest.mark.parametrize(
    "changes",
    [
        {"employer_kind": kind} for kind in ("association", "foundation", "parish", "sole_trader")
    ] + [
        {"work_start": date(2026, 6, 1), "work_end": date(2026, 6, 23)},
        {"work_start": date(2026, 8, 3), "work_end": date(2026, 8, 15)},
        {"tax_debt": True, "payment_plan": True},
        {"contract_given": False, "payslip_given": False, "wages_confirmed": True},
        {"claimed_on": date(2026, 11, 30)},
        {"employer_claims_this_year": None, "city_claims_this_year": None},
    ],
)  # fmt: skip
def test_what_is_just_inside_the_limit_is_ready(changes):
    assert judged(**changes).outcome is Outcome.READY


@pytest.mark.parametrize(
    ("hours", "pay", "fits"),
    [(6000, "500.00", True), (6001, "500.08", False), (6001, "500.09", True), (9000, "749.99", False),
     (9000, "750.00", True), (7250, "604.16", False), (7250, "604.17", True)],
)  # fmt: skip
def test_more_hours_want_more_pay_to_the_cent(hours, pay, fits):
    found = judged(hours=hours, pay_cents=euros(pay), work_end=date(2026, 6, 23))
    assert (stopping(found) == {}) == fits
    needed = claim_2026.pay_needed(hours=hours, least_hours=60, least_pay=euros(500), by_hours=True)
    assert (euros(pay) >= needed) == fits


def test_the_sentence_about_pay_tells_the_sum_that_is_needed():
    found = judged(hours=9000, work_end=date(2026, 6, 30))
    assert "750" in next(check.text.sv for check in found.checks if check.rule == "r7_pay")


def test_a_used_voucher_names_the_claim_that_used_it():
    check = judged(used_by="KV-2026-7").checks[1]
    assert "KV-2026-7" in check.text.en
    assert check.field == "voucher_number"


def test_a_work_that_ends_before_it_begins_says_so():
    check = next(one for one in judged(work_end=date(2026, 5, 2)).checks if one.rule == "r4_period")
    assert check.text.en.startswith("The work ends before it begins")


# --- working time by age (Young Workers Act 998/1993)


@pytest.mark.parametrize(
    ("birth", "hours", "end", "lawful"),
    [
        (date(2011, 6, 1), 4800, date(2026, 6, 7), True),
        (date(2011, 6, 1), 4801, date(2026, 6, 7), False),
        (date(2011, 6, 2), 3500, date(2026, 6, 7), True),
        (date(2011, 6, 2), 3501, date(2026, 6, 7), False),
        (date(2010, 1, 1), 4500, date(2026, 6, 5), True),
        (date(2010, 1, 1), 4501, date(2026, 6, 5), False),
        (date(2012, 12, 31), 3500, date(2026, 6, 7), True),
        (date(2013, 1, 1), 3500, date(2026, 6, 7), False),
        (date(2011, 6, 2), 6000, date(2026, 7, 8), True),
        (date(2011, 6, 2), 6000, date(2026, 7, 9), False),
        (date(2008, 6, 2), 4801, date(2026, 6, 7), False),
        (date(2008, 6, 1), 9000, date(2026, 6, 7), True),
    ],
)
def test_working_time_is_held_against_the_limits_of_the_age(birth, hours, end, lawful):
    found = judged(birth_date=birth, hours=hours, work_end=end)
    assert ("r8_lawful" not in stopping(found)) == lawful


# --- the figures of the voucher's own year


@pytest.mark.parametrize("on", [date(2026, 7, 1), date(2027, 3, 1), date(2030, 12, 31)])
@pytest.mark.parametrize(
    ("year", "value", "pay"), [(2020, 300, 350), (2024, 350, 500), (2025, 350, 500), (2026, 350, 500)]
)
def test_the_figures_are_those_of_the_vouchers_year_whenever_it_is_judged(on, year, value, pay):
    work = {"work_start": date(year, 6, 1), "work_end": date(year, 6, 12), "birth_date": date(year - 16, 3, 3)}
    claim = {**work, "voucher_year": year, "claimed_on": date(year, 9, 1)}
    assert judged(on=on, **claim, pay_cents=euros(pay)).value_cents == euros(value)
    assert judged(on=on, **claim, pay_cents=euros(pay)).outcome is Outcome.READY
    assert stopping(judged(on=on, **claim, pay_cents=euros(pay) - 1)) == {"r7_pay": Outcome.CORRECT}


def test_last_years_voucher_is_told_apart_from_a_late_claim():
    found = judged(voucher_year=2025)
    assert found.outcome is Outcome.REJECT
    assert found.value_cents == 0
    assert "2025" in next(check.text.fi for check in found.checks if check.rule == "r2_season")
    assert "r2_season" in stopping(found)
    assert "r9_deadline" not in stopping(found), "that its claims closed long ago is the same thing, told once"
    late = judged(claimed_on=date(2026, 12, 1))
    assert stopping(late) == {"r9_deadline": Outcome.REJECT}


def test_a_year_whose_deadline_nobody_found_is_looked_at_by_a_person_and_says_whom_to_ask():
    work = {"work_start": date(2022, 6, 1), "work_end": date(2022, 6, 12), "birth_date": date(2006, 3, 3)}
    found = judged(**work, voucher_year=2022, claimed_on=date(2022, 9, 1))
    assert (found.outcome, stopping(found)) == (Outcome.MANUAL, {"r9_deadline": Outcome.MANUAL})
    assert found.value_cents == euros(325)
    assert [ask.fact for ask in found.ask] == ["summer-voucher.claim_deadline"]


def test_a_year_that_nobody_has_decided_waits_for_a_person():
    work = {"work_start": date(2027, 6, 1), "work_end": date(2027, 6, 12), "claimed_on": date(2027, 9, 1)}
    found = judged(**work, voucher_year=2027, birth_date=date(2011, 1, 1), on=date(2027, 9, 1))
    assert (found.outcome, found.value_cents) == (Outcome.MANUAL, None)
    assert "2027" in next(check.text.fi for check in found.checks if check.rule == "r5_hours")
    assert "Helsin" in next(ask.whom.fi for ask in found.ask if ask.fact == "summer-voucher.min_hours")


# --- what follows


def test_nothing_known_is_never_a_yes():
    found = judge({}, ON, BOOK)
    assert found.outcome is Outcome.ASK
    assert all(check.outcome is not Outcome.READY for check in found.checks if check.rule != "r12_room")
    assert found.value_cents is None


@pytest.mark.parametrize("fact", [fact for fact in FACTS if CLAIM.get(fact) is not None])
def test_a_fact_that_is_not_known_is_asked_for_or_goes_to_a_person(fact):
    found = judged(**{fact: None})
    if fact in ("payment_plan", "employer_claims_this_year", "city_claims_this_year"):
        assert found.outcome is Outcome.READY
    else:
        assert found.outcome in (Outcome.ASK, Outcome.MANUAL)


@pytest.mark.parametrize("changes", [{"hours": 5000}, {"pay_cents": 1}, {"used_by": "X"}, {"voucher_found": False}])
def test_who_says_that_it_is_right_as_it_is_gets_a_decision_by_a_person(changes):
    assert judged(**changes).outcome is Outcome.CORRECT
    assert judged(**changes, figures_confirmed=True).outcome is Outcome.REJECT


@pytest.mark.parametrize(
    ("rule", "changes", "said"),
    [
        ("r7_pay", {"pay_cents": 1}, "The pay is lower than the voucher's condition"),
        ("r5_hours", {"hours": 5000}, "There are 50 hours"),
        ("r2_unused", {"used_by": "KS-2026-000001"}, "already been used in the claim KS-2026-000001."),
        ("r1_voucher", {"voucher_found": False}, "given in the claim."),
        ("r4_period", {"work_start": date(2026, 5, 1)}, "The work was not done in the voucher's time"),
    ],
)
def test_the_reason_of_a_refusal_tells_nobody_to_check_anything(rule, changes, said):
    for confirmed, tells in ((None, True), (True, False)):
        found = judged(**changes, figures_confirmed=confirmed)
        words = next(check.text for check in found.checks if check.rule == rule)
        orders = [one in words.in_(language) for language, one in
                  (("fi", "Tarkista"), ("sv", "Kontrollera"), ("en", "Check"))]  # fmt: skip
        assert orders == [tells] * 3
        assert tells or said in words.en


def test_an_account_that_cannot_be_paid_to_is_always_corrected():
    assert judged(iban_valid=False, figures_confirmed=True).outcome is Outcome.CORRECT


VALUES = {
    "voucher_year": [2021, 2024, 2026, 2027, 1999], "voucher_state": ["issued", "voided"], "used_by": ["", "A"],
    "employer_kind": ["company", "state"], "hours": [0, 5999, 6000, 12000, -100], "pay_cents": [0, 49999, 50000, 10**9],
    "work_start": [date(2026, 6, 1), date(2026, 8, 15), date(2024, 6, 3)],
    "work_end": [date(2026, 6, 14), date(2026, 5, 1), date(2024, 6, 20)],
    "birth_date": [date(2010, 5, 17), date(2012, 12, 31), date(2005, 1, 1)],
    "claimed_on": [ON, date(2026, 12, 1), date(2024, 9, 1)], "employer_claims_this_year": [0, 5],
    "city_claims_this_year": [0], "budget_left_cents": [0],
}  # fmt: skip
CLAIMS = st.fixed_dictionaries({name: st.sampled_from([None, *VALUES.get(name, [True, False])]) for name in FACTS})


@settings(max_examples=400)
@given(CLAIMS)
def test_the_whole_is_as_bad_as_its_worst_condition(claim):
    found = judge(claim, ON, BOOK)
    assert found.outcome == min((check.outcome for check in found.checks), key=WORST_FIRST.index)
    assert (found.outcome is Outcome.READY) == (found.decision.outcome is Answer.YES)
    assert tuple(check.rule for check in found.checks) == tuple(FIELDS)
    for check in found.checks:
        assert "{" not in check.text.sv


@settings(max_examples=20, deadline=None)
@given(st.lists(CLAIMS, min_size=1, max_size=30))
def test_one_claim_and_all_claims_at_once_are_judged_alike(claims):
    found = screen(claims)
    for claim, row in zip(claims, found.iter_rows(named=True), strict=True):
        values = ClaimConditions.decide(ON, claim, BOOK).values
        assert {step: row[step] for step in ("result", "worth", *FIELDS)} == {
            step: values[step] for step in ("result", "worth", *FIELDS)
        }


def frames(claims):
    kinds = {"int": pl.Int64, "date": pl.Date, "bool": pl.Boolean, "code": pl.String}
    schema = {"person": pl.Int64, **{ref.name: kinds[ref.type] for ref in ClaimConditions.inputs()}}
    rows = [{"person": number, **claim} for number, claim in enumerate(claims)]
    return Tables(pl.LazyFrame(rows, schema=schema), {})


def screen(claims):
    names = ("result", "worth", *FIELDS)
    return screen_polars(ClaimConditions.bind(ON, BOOK), frames(claims), names).sort("person")


def test_a_reform_of_the_pay_is_simulated_on_all_past_claims():
    past = [{**CLAIM, "pay_cents": euros(pay)} for pay in (500, 550, 599, 600, 700)]
    found = compare(
        ClaimConditions, ClaimConditions.with_parameters({"summer-voucher.min_pay": euros(600)}), frames(past), ON,
        book=BOOK,
    )  # fmt: skip
    assert (found.baseline, found.reform, found.lost) == (5 * euros(350), 2 * euros(350), 3)


def test_each_condition_is_seen_true_false_and_unknown():
    changes = [{}, dict.fromkeys(CLAIM)]
    changes += [{name: value} for name in FACTS for value in (None, *VALUES.get(name, [True, False]))]
    changes += [
        {"contract_given": False, "wages_confirmed": False}, {"birth_date": date(2013, 1, 1)}, {"hours": 10**6},
        {"hours": 5000, "figures_confirmed": True}, {"birth_date": date(2011, 12, 1), "work_end": date(2026, 8, 1)},
    ]  # fmt: skip
    capped = ClaimConditions.with_parameters({"summer-voucher.cap_per_employer": 2})
    seen = [ClaimConditions.decide(ON, {**CLAIM, **each}, BOOK) for each in changes]
    seen += [capped.decide(ON, {**CLAIM, "employer_claims_this_year": count}, BOOK) for count in (1, 2, None)]
    assert_condition_coverage(ClaimConditions, seen, exempt=("pay_rises: false",))


# --- limits, tiers


def changed(**parameters):
    return BOOK.changed({f"summer-voucher.{name}": value for name, value in parameters.items()}, source=TRIAL)


TRIAL = BOOK.get("summer-voucher.min_pay").rows[0].source


@pytest.mark.parametrize(("others", "outcome"), [(9, "ready"), (10, "manual"), (None, "manual")])
def test_an_employer_has_at_most_the_number_that_the_city_set(others, outcome):
    found = judged(changed(cap_per_employer=10), employer_claims_this_year=others)
    assert found.outcome == outcome


@pytest.mark.parametrize(("others", "outcome"), [(499, "ready"), (500, "manual"), (None, "manual")])
def test_the_city_pays_at_most_the_number_that_it_set(others, outcome):
    assert judged(changed(cap_of_vouchers=500), city_claims_this_year=others).outcome == outcome


@pytest.mark.parametrize(("left", "outcome"), [(350, "ready"), (349, "manual"), (None, "manual")])
def test_the_years_money_must_suffice(left, outcome):
    found = judged(changed(budget=euros(100_000)), budget_left_cents=None if left is None else euros(left))
    assert found.outcome == outcome


def test_a_city_without_a_weekly_condition_has_none():
    found = judged(changed(weekly_hours=0), work_end=date(2026, 8, 15))
    assert found.outcome is Outcome.READY


def test_a_city_may_ask_for_one_lowest_pay_whatever_the_hours():
    assert judged(changed(pay_by_hours=False), hours=7000).outcome is Outcome.READY
    assert judged(hours=7000).outcome is Outcome.CORRECT


# --- the procedure


def as_json(claim):
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in claim.items()}


def test_a_whole_claim_is_judged_by_the_procedure_too():
    answer = claim_procedure.evaluate(json.loads(json.dumps(as_json({**CLAIM, "hours": 5000}))), ON, BOOK)
    assert answer.values["outcome"] == "correct"
    assert answer.values["value_cents"] == euros(350)
    assert [check["rule"] for check in answer.values["checks"] if not check["holds"]] == ["r5_hours"]
    assert [line.step for line in answer.trace] == [*FIELDS, "outcome"]
    assert answer.parameters_used["summer-voucher.min_hours"].value == 60


def test_the_sum_is_asked_of_the_vouchers_year_and_not_of_the_day_of_the_row():
    row = {"employer_voucher_created": "2025-01-15"}
    assert claim_procedure.evaluate(row, ON, BOOK).values["sum_eur"] is None
    assert claim_procedure.evaluate({**row, "voucher_year": 2024}, ON, BOOK).values["sum_eur"] == 350
    assert claim_procedure.evaluate({**row, "voucher_year": 2022}, ON, BOOK).values["sum_eur"] == 325


def test_no_day_of_work_is_before_the_law_that_judges_it():
    for name in FIGURES_OF_LAW:
        assert BOOK.get(name).rows[0].start < date(2020, 1, 1)


FIGURES_OF_LAW = [
    f"summer-voucher.{name}"
    for name in ("youngest_worker", "full_worker_age", "adult_worker_age", "young_day_hours", "young_week_hours",
                 "child_day_hours", "child_week_hours")
]  # fmt: skip
