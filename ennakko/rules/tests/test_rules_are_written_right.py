# SPDX-License-Identifier: Apache-2.0
"""A mistake in a rule is refused while it is imported, with rule, line and what to write instead."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from ennakko.rules import Rule, RuleError, aged, choose, own, param, round_half_up, turns
from ennakko.rules.expressions import Expression
from ennakko.rules.facts_api import declared_fact
from ennakko.rules.tests.sample_rules import BOOK, ON, Voucher, born, given, grade, home, household, income, same
from ennakko.values.money import euros


@pytest.mark.parametrize(
    ("written", "advice"),
    [
        (lambda: (grade == 9) and (home == "091"), "Write a & b"),
        (lambda: (grade == 9) or (home == "091"), "Write a | b"),
        (lambda: not given, "Write ~a"),
        (lambda: 7 <= grade <= 9, "Write (15 <= age) & (age <= 17)"),
        (lambda: 1 if grade == 9 else 0, "Write choose("),
        (lambda: grade == "9", "Write a whole number without quotation marks"),
        (lambda: home == 91, 'municipality == "091"'),
        (lambda: born >= 2010, "Write a date"),
        (lambda: born - born, "days_between"),
        (lambda: home < "091", "only by ==, != and is_in"),
        (lambda: given == True, "write it as it is"),  # noqa: E712
        (lambda: grade & given, "Compare it first"),
        (lambda: income * 0.107, "is not exact"),
        (lambda: income / 100, "round_half_up"),
        (lambda: round_half_up(income, grade), "never a fact"),
        (lambda: income // 0, "must be positive"),
        (lambda: grade.is_in("789"), "takes a list of values"),
        (lambda: grade.is_in([7, "8"]), "values of one kind"),
        (lambda: choose((grade == 9, 1, 2), otherwise=0), "takes pairs"),
        (lambda: choose((grade == 9, euros(1)), otherwise="no"), "needs code"),
        (lambda: param("summer voucher"), "<service>.<name>"),
        (lambda: aged(grade, 18), "a date is needed here"),
        (lambda: list(grade), "Use a relation"),
        (lambda: household.sum(income, where=household.count() > 1), "inside another's condition"),
        (lambda: grade + None, ".is_known()"),
    ],
)
def test_a_mistake_says_what_to_write_instead(written: Callable[[], object], advice: str):
    with pytest.raises(RuleError) as refused:
        written()
    assert advice in str(refused.value)
    assert "test_rules_are_written_right.py:" in str(refused.value)


def test_a_mistake_in_a_rule_names_rule_and_line():
    with pytest.raises(RuleError, match=r"Wrong, .*test_rules_are_written_right\.py:\d+: sample_grade is a number"):

        class Wrong(Rule, registered=False):
            id = "sample.wrong"
            title = same("x")
            ninth = grade == "9"
            outcome = "ninth"


def test_an_outcome_that_names_no_step_lists_the_near_ones():
    with pytest.raises(RuleError, match="Did you mean entitled"):

        class Wrong(Rule, registered=False):
            id = "sample.wrong"
            title = same("x")
            entitled = home == "091"
            outcome = "entitlde"


def test_an_outcome_must_be_a_condition():
    with pytest.raises(RuleError, match="outcome value is int; it must be bool"):

        class Wrong(Rule, registered=False):
            id = "sample.wrong"
            title = same("x")
            value = choose((home == "091", 1), otherwise=0)
            outcome = "value"


def test_a_step_that_is_not_there_lists_the_near_ones():
    with pytest.raises(AttributeError, match="Did you mean resident"):
        _ = Voucher.resedent


def test_an_unknown_fact_lists_the_near_ones():
    with pytest.raises(RuleError, match="Did you mean sample_born"):
        declared_fact("sample_bron")


def test_a_sentence_may_name_only_what_the_step_uses():
    with pytest.raises(RuleError, match="Did you mean ages"):

        class Wrong(Rule, registered=False):
            id = "sample.wrong"
            title = same("x")
            right = turns(born, param("sample.ages")).says(fi="täyttää {age}", sv="fyller {age}", en="turns {age}")
            outcome = "right"


def test_a_step_written_twice_is_refused():
    with pytest.raises(RuleError, match="written twice"):

        class Wrong(Rule, registered=False):
            id = "sample.wrong"
            title = same("x")
            right = home == "091"
            right = home == "049"  # noqa: PIE794
            outcome = "right"


def test_a_members_fact_outside_its_relation_is_refused():
    spells = type(household)("sample_spells", label=same("spells"), persons=False, listed=False)
    start = spells.fact("sample_start", "date", label=same("start"))
    with pytest.raises(RuleError, match=r"sample_start is a fact of each sample_spells"):

        class Wrong(Rule, registered=False):
            id = "sample.wrong"
            title = same("x")
            right = start < date(2026, 1, 1)
            outcome = "right"


def test_a_step_inside_a_relation_is_refused_unless_it_is_said_to_be_ones_own():
    with pytest.raises(RuleError, match=r"_adult = …"):

        class Wrong(Rule, registered=False):
            id = "sample.wrong"
            title = same("x")
            adult = aged(born, 18)
            others = household.any(adult)
            outcome = "others"

    class Right(Rule, registered=False):
        id = "sample.right"
        title = same("x")
        mine = grade + 1
        others = household.any(grade > own(mine))
        outcome = "others"

    facts = {"sample_grade": 5, "sample_household": [{"sample_grade": 6}, {"sample_grade": 5}]}
    assert Right.decide(ON, facts).outcome == "no"
    assert Right.decide(ON, facts | {"sample_household": [{"sample_grade": 7}]}).outcome == "yes"


def test_a_parameter_that_the_book_lacks_is_told_with_the_near_ones():
    class Wrong(Rule, registered=False):
        id = "sample.wrong"
        title = same("x")
        right = turns(born, param("sample.age"))
        outcome = "right"

    with pytest.raises(RuleError, match=r"Did you mean sample\.ages"):
        Wrong.bind(ON, BOOK)


def test_a_parameter_of_another_kind_is_told_with_how_to_use_it():
    class Wrong(Rule, registered=False):
        id = "sample.wrong"
        title = same("x")
        right = grade > param("sample.ages")
        outcome = "right"

    with pytest.raises(RuleError, match=r"use it with \.is_in"):
        Wrong.bind(ON, BOOK)


def test_an_expression_that_is_too_deep_is_refused():
    def doubled(times: int) -> Expression:
        deep = grade + 1
        for _ in range(times):
            deep = deep * 2 + 1
        return deep

    assert doubled(90).type == "int"
    with pytest.raises(RuleError, match="name its parts as steps"):
        doubled(110)
