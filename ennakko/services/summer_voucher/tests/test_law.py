# SPDX-License-Identifier: EUPL-1.2
"""The act and its rules: each paragraph is computed or said not to be, each condition is seen in all its states."""

import re
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ennakko.municipalities.profile import load
from ennakko.rules import ParameterBook, reform
from ennakko.rules.decision import Outcome
from ennakko.services.summer_voucher.law import (
    acceptance_2026,
    claim_fields_2026,
    claim_texts_2026,
    fields,
    procedures,
    texts_2026,
)
from ennakko.services.summer_voucher.law.claim_procedure import claim_procedure
from ennakko.services.summer_voucher.law.claim_rules import ClaimConditions
from ennakko.services.summer_voucher.law.rules import SummerVoucherEntitled
from ennakko.services.summer_voucher.law.same_again import SameAgain
from ennakko.values.money import euros
from ennakko.values.texts import LANGUAGES, Text

LAW = Path(procedures.__file__).parent
BOOK = ParameterBook.load(LAW / "parameters.toml", *load("helsinki").parameter_files)
ON = date(2026, 4, 15)
YOUTH = {"birth_date": date(2010, 12, 31), "municipality": "091", "alive": True, "voucher_given": False}


def decide(on=ON, **changes):
    return SummerVoucherEntitled.decide(on, {**YOUTH, **changes}, BOOK)


# --- the act


def headings():
    return re.findall(r"^## (\d+ §)", (LAW / "act.md").read_text("utf-8"), re.MULTILINE)


def cited():
    by_steps = [
        *SummerVoucherEntitled.definition.citations,
        *ClaimConditions.definition.citations,
        *SameAgain.definition.citations,
    ]
    traced = (
        procedures.acceptance, procedures.voucher_number, procedures.surname, procedures.personal_identity_code,
        claim_procedure,
    )  # fmt: skip
    by_procedures = [cite for procedure in traced for cite in procedure.cite]
    by_functions = re.findall(r"act \d+ §", Path(acceptance_2026.__file__).read_text("utf-8"))
    own = [cite for cite in (*by_steps, *by_procedures, *by_functions) if cite.startswith("act ")]
    return {re.search(r"\d+ §", cite).group() for cite in own}


def test_every_paragraph_is_computed_or_says_why_not():
    assert len(headings()) == len(set(headings())) == 26
    for paragraph in headings():
        assert (paragraph in cited()) != (paragraph in procedures.NOT_COMPUTED), paragraph


def test_no_rule_cites_a_paragraph_that_the_act_lacks():
    assert cited() <= set(headings())


# --- who is entitled


def test_a_resident_who_turns_sixteen_gets_the_value_of_the_year():
    decision = decide()
    assert decision.outcome is Outcome.YES
    assert decision.amount == euros(350)


@pytest.mark.parametrize(
    ("changes", "step"),
    [
        ({"municipality": "049"}, "resident"),
        ({"birth_date": date(2011, 1, 1)}, "right_age"),
        ({"birth_date": date(2008, 12, 31)}, "right_age"),
        ({"alive": False}, "living"),
        ({"voucher_given": True}, "not_given"),
    ],
)
def test_one_failing_condition_is_the_reason(changes, step):
    decision = decide(**changes)
    assert decision.outcome is Outcome.NO
    assert decision.amount == 0
    assert [reason.step for reason in decision.reasons if reason.decisive and reason.holds is False] == [step]


@pytest.mark.parametrize(
    ("fact", "step"), [("municipality", "resident"), ("alive", "living"), ("voucher_given", "not_given")]
)
def test_an_unknown_fact_is_asked_for(fact, step):
    decision = decide(**{fact: None})
    assert decision.outcome is Outcome.UNKNOWN
    assert decision.values[step] is None
    assert [ask.fact for ask in decision.ask] == [fact]


def test_nothing_is_asked_when_another_condition_fails_already():
    decision = decide(municipality="049", voucher_given=None)
    assert decision.outcome is Outcome.NO
    assert decision.ask == ()


def test_an_unknown_birth_date_is_asked_for():
    decision = decide(birth_date=None)
    assert decision.outcome is Outcome.UNKNOWN
    assert [ask.fact for ask in decision.ask] == ["birth_date"]


@pytest.mark.parametrize(
    ("birth", "concerns"),
    [(date(2012, 12, 31), True), (date(2013, 1, 1), False), (date(1998, 1, 1), True), (date(1997, 12, 31), False)],
)
def test_only_the_young_are_concerned(birth, concerns):
    decision = decide(birth_date=birth, municipality=None)
    assert (decision.outcome is not Outcome.NOT_APPLICABLE) == concerns
    assert concerns or decision.ask == ()


@pytest.mark.parametrize(
    ("year", "ages"), [(2022, {16, 17}), (2023, {16, 17}), (2024, {16}), (2025, {16}), (2026, {16, 17})]
)
@pytest.mark.parametrize("birthday", [(1, 1), (12, 31)])
@pytest.mark.parametrize("day", [(1, 1), (6, 1), (12, 31)])
def test_the_age_is_the_difference_of_years_on_every_day_of_the_year(year, ages, birthday, day):
    for age in range(14, 21):
        decision = decide(on=date(year, *day), birth_date=date(year - age, *birthday))
        assert (decision.outcome is Outcome.YES) == (age in ages)


def test_a_leap_day_child_turns_sixteen_like_anyone():
    assert decide(on=date(2024, 2, 28), birth_date=date(2008, 2, 29)).outcome is Outcome.YES


@pytest.mark.parametrize("year", [2020, 2021, 2027])
def test_a_year_without_ages_is_unknown_and_says_whom_to_ask(year):
    decision = decide(on=date(year, 5, 1), birth_date=date(year - 16, 5, 1))
    assert decision.outcome is Outcome.UNKNOWN
    assert "summer-voucher.ages" in [ask.fact for ask in decision.ask]


@pytest.mark.parametrize(("year", "value"), [(2022, 325), (2023, 325), (2024, 350), (2025, 350), (2026, 350)])
def test_the_value_is_that_of_the_year(year, value):
    assert decide(on=date(year, 5, 1), birth_date=date(year - 16, 5, 1)).amount == euros(value)


def test_each_condition_is_seen_true_false_and_unknown():
    seen = {}
    for changes in (
        {}, {"municipality": "049"}, {"municipality": None}, {"birth_date": date(2005, 1, 1)}, {"birth_date": None},
        {"alive": False}, {"alive": None}, {"voucher_given": True}, {"voucher_given": None},
    ):  # fmt: skip
        for step, value in decide(**changes).values.items():
            seen.setdefault(step, set()).add(value)
    undecided = decide(on=date(2027, 5, 1), birth_date=date(2011, 5, 1))
    seen["right_age"].add(undecided.values["right_age"])
    for step in ("resident", "right_age", "living", "not_given", "entitled"):
        assert seen[step] >= {True, False, None}, step


def test_no_school_fact_is_read():
    assert {fact.name for fact in SummerVoucherEntitled.inputs()} == {
        "birth_date", "municipality", "alive", "voucher_given",
    }  # fmt: skip


def test_every_reason_is_told_in_three_languages():
    for reason in decide().reasons:
        texts = {reason.text.in_(language) for language in LANGUAGES}
        assert len(texts) == 3
        assert reason.cite


def test_a_reform_widens_the_ages_and_raises_the_value():
    wider = reform(
        "Wider",
        SummerVoucherEntitled,
        parameters={"summer-voucher.ages": [15, 16, 17, 18], "summer-voucher.voucher_value": euros(400)},
    )
    facts = {**YOUTH, "birth_date": date(2008, 5, 1)}
    assert wider.decide(ON, facts, BOOK).amount == euros(400)
    assert SummerVoucherEntitled.decide(ON, facts, BOOK).amount == 0


@given(
    st.dates(date(1950, 1, 1), date(2026, 4, 15)), st.sampled_from(["091", "049", None]), st.booleans(), st.booleans()
)
def test_nobody_gets_more_than_the_value_and_only_the_entitled_get_it(birth, municipality, alive, given_before):
    decision = decide(birth_date=birth, municipality=municipality, alive=alive, voucher_given=given_before)
    assert (decision.amount or 0) in (0, euros(350))
    assert bool(decision.amount) == (decision.outcome is Outcome.YES)


# --- texts


def test_every_sentence_to_a_person_is_in_three_languages():
    sentences = [
        each
        for module in (texts_2026, fields, claim_fields_2026, claim_texts_2026)
        for each in (
            *vars(module).values(),
            *getattr(module, "FAILS", {}).values(),
            *getattr(module, "REFUSED", {}).values(),
        )
        if isinstance(each, Text)
    ]
    assert len(sentences) > 20
    for sentence in sentences:
        assert len({sentence.fi, sentence.sv, sentence.en}) == 3
