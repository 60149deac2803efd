# SPDX-License-Identifier: Apache-2.0
"""The day a person's answer changes by time alone: solved from the conditions, equal to trying every day."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given as drawn
from hypothesis import settings
from hypothesis import strategies as st

from ennakko.rules import Rule, aged, choose, days_between, month, months_between, on_day, param, year
from ennakko.rules.change import next_change
from ennakko.rules.engines.interpreter import Situation, value_of
from ennakko.rules.tests.sample_rules import BOOK, ON, Voucher, born, household, member, same, youth


def test_the_voucher_comes_with_the_year_in_which_the_youth_turns_sixteen():
    assert next_change(Voucher, youth(sample_born=date(2012, 12, 31), sample_grade=7), ON, book=BOOK) == date(
        2028, 1, 1
    )


def test_the_voucher_goes_with_the_year_after_seventeen_and_the_scope_at_thirty():
    facts = youth(sample_grade=8)
    # The value of 2027 is not decided, so the amount becomes unknown first.
    assert next_change(Voucher, facts, ON, book=BOOK) == date(2027, 1, 1)
    assert next_change(Voucher, facts, date(2027, 1, 1), book=BOOK) == date(2028, 1, 1)
    assert next_change(Voucher, facts, date(2028, 1, 1), book=BOOK) == date(2040, 5, 31)
    assert next_change(Voucher, facts, date(2040, 5, 31), book=BOOK) is None


def test_a_leap_day_child_comes_of_age_on_28_february():
    class Adult(Rule, registered=False):
        id = "sample.adult"
        title = same("x")
        adult = aged(born, 18)
        outcome = "adult"

    assert next_change(Adult, {"sample_born": date(2008, 2, 29)}, ON) is None
    assert next_change(Adult, {"sample_born": date(2008, 2, 29)}, date(2026, 2, 27)) == date(2026, 2, 28)


def test_a_members_birthday_changes_the_answer():
    class AllAdults(Rule, registered=False):
        id = "sample.adults"
        title = same("x")
        adults = household.all(aged(born, 18))
        outcome = "adults"

    facts = {"sample_household": [member(1, date(1980, 1, 1)), member(2, date(2010, 7, 4))]}
    assert next_change(AllAdults, facts, ON) == date(2028, 7, 4)


def test_a_step_of_whole_months_is_followed():
    class Long(Rule, registered=False):
        id = "sample.long"
        title = same("x")
        months = months_between(born, on_day)
        long = months >= 6
        outcome = "long"

    assert next_change(Long, {"sample_born": date(2026, 1, 31)}, ON) == date(2026, 7, 31)


def test_a_step_table_by_age_is_followed_and_an_unknown_that_no_day_settles_is_not():
    class ByAge(Rule, registered=False):
        id = "sample.by-age"
        title = same("x")
        age = year(on_day) - year(born)
        limit = param("sample.limit")[age]
        high = limit > 500_000
        outcome = "high"

    assert next_change(ByAge, {"sample_born": date(2026, 1, 31)}, ON, book=BOOK) == date(2028, 1, 1)
    assert next_change(ByAge, {}, ON, book=BOOK) is None


class Mixed(Rule, registered=False):
    id = "sample.mixed"
    title = same("x")
    age = year(on_day) - year(born)
    waited = days_between(born, on_day)
    summer = month(on_day).is_in([6, 7])
    young = aged(born, grade_of := 3) | (waited < 500)
    right = (young & ~summer) | (age == 5)
    value = choose((right, 100), (summer, 50), otherwise=0)
    outcome = "right"
    amount = "value"


@settings(max_examples=30, deadline=None)
@drawn(st.dates(date(2020, 1, 1), date(2026, 1, 1)), st.dates(date(2024, 2, 27), date(2028, 3, 2)))
def test_the_solved_day_is_the_first_on_which_the_answer_is_another(birth: date, on: date):
    facts = {"sample_born": birth}

    def answer(day: date) -> tuple[object, object]:
        steps: dict[str, Any] = {}
        for step in Mixed.definition.steps:
            steps[step.name] = value_of(step, Situation(facts, steps, day))
        return steps["right"], steps["value"]

    solved = next_change(Mixed, facts, on)
    assert solved is not None
    assert answer(solved) != answer(on)
    before = [on + timedelta(days) for days in range((solved - on).days)]
    assert all(answer(day) == answer(on) for day in before)


def test_nothing_changes_after_the_parameters_end():
    class Ends(Rule, registered=False):
        id = "sample.ends"
        title = same("x")
        right = aged(born, param("sample.age"))
        outcome = "right"

    from ennakko.rules import ParameterBook
    from ennakko.rules.parameter_files import parse

    book = ParameterBook(
        parse('[[age]]\nfrom = 2026-01-01\nuntil = 2026-12-31\nvalue = 18\nsource = "§"', service="sample", origin="x")
    )
    assert next_change(Ends, {"sample_born": date(2009, 5, 1)}, ON, book=book) is None
    assert next_change(Ends, {"sample_born": date(2008, 5, 1)}, ON, book=book) == date(2008 + 18, 5, 1)


@pytest.mark.parametrize("years", [1, 3])
def test_the_look_ahead_ends_where_it_is_told(years: int):
    found = next_change(Voucher, youth(sample_born=date(2012, 12, 31), sample_grade=7), ON, book=BOOK, years=years)
    assert found == (date(2028, 1, 1) if years == 3 else None)
