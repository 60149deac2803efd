# SPDX-License-Identifier: Apache-2.0
"""Four outcomes, the reasons that decided, what to ask and of whom, three-valued logic."""

from __future__ import annotations

from datetime import date

import pytest

from ennakko.rules import EvaluationError, Outcome, Rule, all_of, any_of, choose, greatest, on_day, param
from ennakko.rules.expressions import Expression
from ennakko.rules.tests.sample_rules import (
    BOOK,
    ON,
    Fee,
    Voucher,
    born,
    given,
    grade,
    home,
    household,
    income,
    member,
    same,
    wishes,
    youth,
)
from ennakko.values.money import euros

TRUTHS = (True, False, None)


def rule_of(expression: Expression, **more: object) -> type[Rule]:
    """A rule whose one step is the expression."""

    class Made(Rule, registered=False):
        id = "sample.made"
        title = same("x")
        answer = expression
        outcome = "answer"

    return Made


def test_a_youth_of_the_right_age_is_entitled_though_the_grade_is_unknown():
    decision = Voucher.decide(ON, youth(sample_grade=None), BOOK)
    assert decision.outcome is Outcome.YES
    assert decision.amount == euros("350.50")
    assert decision.ask == ()


def test_an_unknown_grade_is_asked_for_only_where_it_matters():
    decision = Voucher.decide(ON, youth(sample_grade=None, sample_born=date(2008, 1, 2)), BOOK)
    assert decision.outcome == "unknown"
    assert [(ask.fact, ask.whom.sv) for ask in decision.ask] == [("sample_grade", "skolregistret")]
    elsewhere = Voucher.decide(ON, youth(sample_grade=None, sample_born=date(2008, 1, 2), sample_home="049"), BOOK)
    assert elsewhere.outcome == "no"
    assert elsewhere.ask == ()


def test_outside_the_scope_nothing_is_decided_nor_asked():
    decision = Voucher.decide(ON, youth(sample_born=date(1989, 1, 1), sample_grade=None), BOOK)
    assert decision.outcome is Outcome.NOT_APPLICABLE
    assert (decision.reasons, decision.ask, decision.values) == ((), (), {})


def test_an_unknown_scope_asks_for_the_scope_only():
    decision = Voucher.decide(ON, {"sample_home": "091"}, BOOK)
    assert decision.outcome is Outcome.UNKNOWN
    assert [ask.fact for ask in decision.ask] == ["sample_born"]


def test_the_reason_for_no_is_what_fails_and_not_what_holds_or_is_unknown():
    decision = Voucher.decide(ON, youth(sample_home="049", sample_grade=None), BOOK)
    assert decision.because() == [("resident", False)]
    assert [reason.step for reason in decision.reasons] == ["resident", "ninth", "right_age", "unused", "value"]


def test_the_reason_for_yes_is_the_true_part_of_an_or():
    decision = Voucher.decide(ON, youth(sample_grade=8), BOOK)
    assert decision.because() == [("resident", True), ("right_age", True), ("unused", True)]


def test_the_reason_of_a_failed_or_is_each_of_its_parts():
    decision = Voucher.decide(ON, youth(sample_grade=8, sample_born=date(2005, 1, 1)), BOOK)
    assert decision.because() == [("ninth", False), ("right_age", False)]
    assert decision.near_miss() == ("ninth", "right_age")


def test_two_failures_are_no_near_miss():
    assert Voucher.decide(ON, youth(sample_home="049", sample_given=True), BOOK).near_miss() == ()


def test_nested_conditions_are_followed_through_not_and_choice():
    class Nested(Rule, registered=False):
        id = "sample.nested"
        title = same("x")
        a = (grade == 9).says(fi="a", sv="a", en="a")
        b = (home == "091").says(fi="b", sv="b", en="b")
        c = given.says(fi="c", sv="c", en="c")
        inner = choose((a, ~(b & c)), otherwise=c)
        whole = any_of(all_of(inner, ~c), all_of(c, b))
        outcome = "whole"

    facts = {"sample_grade": 9, "sample_home": "049", "sample_given": False}
    assert Nested.decide(ON, facts).because() == [("a", True), ("b", False), ("c", False)]
    facts = {"sample_grade": 8, "sample_home": "049", "sample_given": False}
    assert Nested.decide(ON, facts).because() == [("a", False), ("b", False), ("c", False)]
    facts = {"sample_grade": None, "sample_home": "049", "sample_given": True}
    assert Nested.decide(ON, facts).because() == [("b", False), ("c", True)]


@pytest.mark.parametrize(
    ("language", "lines"),
    [
        (
            "fi",
            [
                "Kesäseteli: ei vielä tiedossa",
                "✓ asuu Helsingissä [§ 1]",
                "? on 9. luokalla ←",
                "✗ täyttää tänä vuonna 16 tai 17",
                "✓ ei ole saanut seteliä",
                "? setelin arvo: ei tiedossa",
                "Puuttuu: luokka-aste (kysy: koulurekisteri)",
            ],
        ),
        (
            "sv",
            [
                "Sommarsedeln: ännu inte känt",
                "✓ bor i Helsingfors [§ 1]",
                "? går i årskurs 9 ←",
                "✗ fyller 16 eller 17 i år",
                "✓ har inte fått någon sedel",
                "? sedelns värde: okänt",
                "Saknas: årskurs (fråga: skolregistret)",
            ],
        ),
        (
            "en",
            [
                "Summer job voucher: not known yet",
                "✓ lives in Helsinki [§ 1]",
                "? is in the 9th grade ←",
                "✗ turns 16 or 17 this year",
                "✓ has had no voucher",
                "? value of the voucher: not known",
                "Missing: grade (ask: school register)",
            ],
        ),
    ],
)
def test_the_explanation_is_told_in_every_language(language: str, lines: list[str]):
    decision = Voucher.decide(ON, youth(sample_grade=None, sample_born=date(2008, 1, 2)), BOOK)
    assert decision.explain(language) == lines


def test_amounts_in_sentences_are_written_as_money():
    household = [member(1, date(1980, 1, 1), sample_income=612_000), member(2, date(1982, 1, 1), sample_income=0),
                 member(3, date(2022, 1, 1))]  # fmt: skip
    decision = Fee.decide(ON, {**household[2], "sample_household": household}, BOOK)
    assert decision.values == {
        "family": 3, "earned": 612_000, "limit": 499_800, "first": 12_000, "place": 1, "share": 100, "fee": 12_000,
        "pays": True,
    }  # fmt: skip
    assert decision.explain("en")[1:] == [
        "✓ the family's income: €6,120 ←",
        "✓ income limit: €4,998 [1503/2016 § 7] ←",
        "✓ fee €120, share 100 % ←",
    ]


def test_one_unknown_income_makes_the_familys_unknown_and_is_asked_for():
    household = [member(1, date(1980, 1, 1)), member(2, date(1982, 1, 1), sample_income=1), member(3, date(2022, 1, 1))]
    decision = Fee.decide(ON, {**household[2], "sample_household": household}, BOOK)
    assert decision.outcome == "unknown"
    assert [(ask.fact, ask.relation) for ask in decision.ask] == [("sample_income", "sample_household")]


def test_a_relation_that_is_not_given_is_asked_for():
    decision = Fee.decide(ON, member(3, date(2022, 1, 1)), BOOK)
    assert "sample_household" in [ask.fact for ask in decision.ask]


def test_a_child_below_the_first_step_of_a_table_has_no_limit_and_nothing_is_asked():
    child = member(3, date(2022, 1, 1))
    decision = Fee.decide(ON, {**child, "sample_household": [child]}, BOOK)
    assert decision.values["limit"] is None
    assert decision.ask == ()


def test_equal_birth_dates_are_placed_by_the_tie():
    twins = [member(7, date(2022, 1, 1)), member(8, date(2022, 1, 1)), member(9, date(2020, 1, 1))]
    places = [Fee.decide(ON, {**each, "sample_household": twins}, BOOK).values["place"] for each in twins]
    assert places == [1, 2, 3]


def test_a_value_nobody_has_decided_is_unknown_and_names_whom_to_ask():
    class Paid(Voucher, registered=False):
        scope = None
        paid = (param("sample.value", "money") > euros(100)).says(fi="arvo on yli 100 €", sv="x", en="x")
        outcome = "paid"
        id = "sample.paid"

    bound_then = Paid.decide(date(2027, 2, 1), youth(), BOOK)
    assert bound_then.outcome == "unknown"
    assert [(ask.fact, ask.whom.sv) for ask in bound_then.ask] == [("sample.value", "stadsstyrelsen")]
    assert Paid.decide(ON, youth(), BOOK).outcome == "yes"


def test_registers_are_asked_before_the_resident():
    Asked = rule_of((wishes & (grade == 9)) & (home == "091"))
    decision = Asked.decide(ON, {})
    assert [ask.fact for ask in decision.ask] == ["sample_grade", "sample_home", "sample_wishes"]
    assert decision.ask[-1].question is not None
    assert decision.ask[-1].question.fi == "Haluatko setelin?"


def kleene_and(a: bool | None, b: bool | None) -> bool | None:
    return False if a is False or b is False else None if a is None or b is None else True


@pytest.mark.parametrize("a", TRUTHS)
@pytest.mark.parametrize("b", TRUTHS)
def test_and_or_and_not_follow_kleene(a: bool | None, b: bool | None):
    facts = {"sample_given": a, "sample_wishes": b}

    class Logic(Rule, registered=False):
        id = "sample.logic"
        title = same("x")
        both = given & wishes
        either = given | wishes
        neither = ~given
        known = given.is_known()
        defaulted = given.or_else(True)
        outcome = "both"

    values = Logic.decide(ON, facts).values
    assert values["both"] is kleene_and(a, b)
    opposite = kleene_and(None if a is None else not a, None if b is None else not b)
    assert values["either"] is (None if opposite is None else not opposite)
    assert values["neither"] is (None if a is None else not a)
    assert values["known"] is (a is not None)
    assert values["defaulted"] is (a is not False)


def test_choice_is_strict_about_a_condition_that_is_reached():
    Chosen = rule_of(choose((grade == 9, True), (home == "091", True), otherwise=False))
    assert Chosen.decide(ON, {"sample_home": "091"}).outcome == "unknown"
    assert Chosen.decide(ON, {"sample_grade": 9}).outcome == "yes"


def test_the_greatest_of_an_unknown_is_unknown():
    Greatest = rule_of(greatest(grade, 3) > 2)
    assert Greatest.decide(ON, {}).outcome == "unknown"


def test_any_member_who_is_known_to_fulfil_is_enough():
    Earns = rule_of(household.any(income > 0))
    assert Earns.decide(ON, {"sample_household": [{}, {"sample_income": 5}]}).outcome == "yes"
    assert Earns.decide(ON, {"sample_household": [{}, {"sample_income": 0}]}).outcome == "unknown"
    assert Earns.decide(ON, {"sample_household": []}).outcome == "no"


def test_inputs_name_every_fact_with_its_relation():
    assert {(each.relation, each.name) for each in Fee.inputs()} == {
        (None, "sample_born"), (None, "sample_key"), ("sample_household", "sample_income"),
        ("sample_household", "sample_born"), ("sample_household", "sample_key"),
    }  # fmt: skip


def test_a_fact_of_the_wrong_type_is_named():
    with pytest.raises(EvaluationError, match="sample_born must be of type date, not '2010-05-31'"):
        Voucher.decide(ON, youth(sample_born="2010-05-31"), BOOK)


def test_a_day_outside_the_parameters_is_a_clear_error():
    with pytest.raises(EvaluationError, match=r"sample\.ages has no value on 2019-06-01: its rows cover 2024-01-01"):
        Voucher.decide(date(2019, 6, 1), youth(), BOOK)


def test_the_parameters_that_were_used_are_told_with_their_sources():
    used = Voucher.decide(ON, youth(), BOOK).parameters_used
    assert used["sample.value"].source.fi == "Kaupunginhallitus § 780"
    assert used["sample.ages"].start == date(2026, 1, 1)


def test_the_day_itself_may_stand_in_a_rule():
    Future = rule_of(born > on_day)
    assert Future.decide(ON, {"sample_born": date(2026, 4, 16)}).outcome == "yes"
    assert Future.decide(ON, {"sample_born": ON}).outcome == "no"
