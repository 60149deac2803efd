# SPDX-License-Identifier: Apache-2.0
"""Dates at their edges, exact rounding, binding that changes nothing, and the compiled engine against the reference."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from random import Random
from typing import Any

import pytest
from hypothesis import given as drawn
from hypothesis import settings
from hypothesis import strategies as st

from ennakko.rules import EvaluationError, Rule, add_months, aged, days_30e, months_between, on_day, round_half_up
from ennakko.rules.analysis import transform
from ennakko.rules.binding import bind
from ennakko.rules.engines.interpreter import COMPARISONS, Situation, value_of
from ennakko.rules.explanation import deciding_steps
from ennakko.rules.folding import TRUE, fold
from ennakko.rules.node import Const, FactRef, Named, Node, On, Value
from ennakko.rules.tests.random_rules import BOOK as RANDOM_BOOK
from ennakko.rules.tests.random_rules import ON as RANDOM_DAY
from ennakko.rules.tests.random_rules import PERSON_FACTS, RELATIONS, RandomTrees, random_city
from ennakko.rules.tests.random_rules import _value as drawn_value
from ennakko.rules.tests.sample_rules import BOOK, ON, Fee, Voucher, born, income, member, same, youth
from ennakko.rules.tree import AddDays, AddMonths, AddYears, Compare, IsKnown, OrElse
from ennakko.values.dates import add_years


class Dates(Rule, registered=False):
    id = "sample.dates"
    title = same("x")
    adult = aged(born, 18)
    months = months_between(born, on_day)
    days = days_30e(born, on_day)
    later = add_months(born, 1)
    outcome = "adult"


@pytest.mark.parametrize(
    ("birth", "on", "adult"),
    [
        (date(2008, 2, 29), date(2026, 2, 27), False),
        (date(2008, 2, 29), date(2026, 2, 28), True),
        (date(2008, 3, 1), date(2026, 2, 28), False),
        (date(2008, 3, 1), date(2026, 3, 1), True),
        (date(2006, 2, 28), date(2024, 2, 28), True),
        (date(2006, 3, 1), date(2024, 2, 29), False),
    ],
)
def test_age_is_reached_on_the_birthday_and_on_28_february_for_a_leap_day(birth: date, on: date, adult: bool):
    assert Dates.decide(on, {"sample_born": birth}).values["adult"] is adult


@pytest.mark.parametrize(
    ("start", "end", "days", "months"),
    [
        (date(2026, 1, 31), date(2026, 2, 28), 28, 1),
        (date(2026, 1, 31), date(2026, 3, 31), 60, 2),
        (date(2024, 2, 29), date(2025, 2, 28), 359, 12),
        (date(2026, 1, 15), date(2026, 2, 14), 29, 0),
        (date(2026, 3, 1), date(2026, 1, 1), -60, -2),
    ],
)
def test_european_30_360_and_whole_months(start: date, end: date, days: int, months: int):
    values = Dates.decide(end, {"sample_born": start}).values
    assert (values["days"], values["months"]) == (days, months)


def test_a_month_after_the_last_of_january_is_the_last_of_february():
    assert Dates.decide(ON, {"sample_born": date(2026, 1, 31)}).values["later"] == date(2026, 2, 28)


@pytest.mark.parametrize(("cents", "rounded"), [(250, 3), (249, 2), (-250, -3), (-249, -2), (0, 0), (50, 1), (-50, -1)])
def test_halves_are_rounded_away_from_zero(cents: int, rounded: int):
    class Rounds(Rule, registered=False):
        id = "sample.rounds"
        title = same("x")
        whole = round_half_up(income, 100)
        down = income // 100
        known = income.is_known()
        outcome = "known"

    values = Rounds.decide(ON, {"sample_income": cents}).values
    assert (values["whole"], values["down"]) == (rounded, cents // 100)


def test_a_date_out_of_the_calendar_is_an_evaluation_error():
    with pytest.raises(EvaluationError, match=r"sample\.dates on 2026-04-15 cannot be evaluated"):
        Dates.decide(ON, {"sample_born": date(9999, 12, 31)})


KINDS = st.sampled_from([AddYears, AddMonths, AddDays])
MONTH_ENDS = st.sampled_from(
    [date(2024, 2, 29), date(2026, 2, 28), date(2026, 1, 31), date(2026, 3, 30), date(2027, 3, 1)]
)


@settings(max_examples=200, deadline=None)
@drawn(KINDS, st.integers(-300, 300), st.sampled_from(sorted(COMPARISONS)), MONTH_ENDS, st.booleans())
def test_a_folded_age_is_the_same_comparison_for_every_birth_date(
    kind: type[AddYears], n: int, op: str, on: date, turned: bool
):
    shifted = kind(FactRef("born", "date"), Const(n, "int"))
    tree = Compare(op, On(), shifted) if turned else Compare(op, shifted, On())
    folded = fold(tree, on, {}, {})
    near = (kind is AddDays and on - timedelta(n)) or add_years(on, -n if kind is AddYears else -(n // 12))
    for offset in range(-40, 40):
        facts = {"born": near + timedelta(offset)}
        assert value_of(folded, Situation(facts)) == value_of(tree, Situation(facts, on=on))


@settings(max_examples=60, deadline=None)
@drawn(st.integers(0, 2**32))
def test_the_compiled_rule_equals_the_reference_on_random_rules(seed: int):
    random = Random(seed)
    city = random_city(random, 12)
    definition = RandomTrees(random).definition(8, random.choice((2, 3, 4)))
    bound = bind(definition, RANDOM_DAY, RANDOM_BOOK)
    for person in city.persons:
        facts = city.case(person)
        steps: dict[str, object] = {}
        at = Situation(facts, steps, RANDOM_DAY, bound.values)  # type: ignore[arg-type]
        scope = True if definition.scope is None else value_of(definition.scope, at)
        if scope is True:
            for step in definition.steps:
                steps[step.name] = value_of(step.x, at)
        assert bound.run(facts) == (scope, steps)


def _strict(step: Named) -> Named:
    """The step without what looks at the missing itself: that is settled by any fact that turns up."""

    def change(node: Node) -> Node:
        return TRUE if isinstance(node, IsKnown) else node.x if isinstance(node, OrElse) else node

    made = transform(step, change)
    assert isinstance(made, Named)
    return made


@settings(max_examples=60, deadline=None)
@drawn(st.integers(0, 2**32))
def test_no_missing_fact_that_was_not_asked_for_can_settle_an_unknown_outcome(seed: int):
    random = Random(seed)
    city = random_city(random, 12)
    definition = RandomTrees(random).definition(6, 3)
    bound = bind(replace(definition, scope=None, steps=tuple(map(_strict, definition.steps))), RANDOM_DAY, RANDOM_BOOK)
    for person in city.persons:
        facts = city.case(person)
        decision = bound.decide(facts)
        if decision.outcome != "unknown":
            assert decision.ask == ()
            continue
        asked = {(ask.relation, ask.fact) for ask in decision.ask}

        def filled(row: dict[str, Any], relation: str | None, of: dict[str, str], asked: Any = asked) -> dict[str, Any]:
            missing = [name for name in of if row.get(name) is None and (relation, name) not in asked]
            return row | {name: drawn_value(random, name, of[name]) for name in missing}

        more = filled(facts, None, PERSON_FACTS)
        for relation, of in RELATIONS.items():
            if relation in facts:
                more[relation] = [filled(row, relation, of) for row in facts[relation]]
        assert bound.decide(more).outcome == "unknown"


@settings(max_examples=60, deadline=None)
@drawn(st.integers(0, 2**32))
def test_steps_that_did_not_decide_a_known_answer_could_have_had_any_value(seed: int):
    random = Random(seed)
    city = random_city(random, 12)
    definition = RandomTrees(random).definition(8, 3)
    bound = bind(replace(definition, scope=None, steps=tuple(map(_strict, definition.steps))), RANDOM_DAY, RANDOM_BOOK)
    for person in city.persons:
        facts = city.case(person)
        decision = bound.decide(facts)
        if decision.outcome == "unknown":
            continue
        decisive = deciding_steps(bound, decision)
        values: dict[str, Value] = {}
        at = Situation(facts, values, RANDOM_DAY, bound.values)
        for step in bound.definition.steps:
            anything = drawn_value(random, "grade", step.type) if random.random() < 0.8 else None
            values[step.name] = value_of(step.x, at) if step.name in decisive else anything
        assert values[bound.outcome] == decision.values[bound.outcome]


def test_a_fact_that_its_register_promises_may_still_be_missing_in_an_application():
    decision = Voucher.decide(ON, youth(sample_given=None), BOOK)
    assert decision.outcome == "unknown"
    assert [ask.fact for ask in decision.ask] == ["sample_given"]


def test_binding_is_done_once_a_day():
    assert Voucher.bind(ON, BOOK) is Voucher.bind(ON, BOOK)
    assert Voucher.bind(ON, BOOK) is not Voucher.bind(ON + timedelta(1), BOOK)


def calls(work: Callable[[], object]) -> int:
    """How many functions are called: what a case costs, alike on every machine. bench/ measures the time."""
    work()
    counted = 0

    def count(frame: object, event: str, argument: object) -> None:
        nonlocal counted
        counted += event in ("call", "c_call")

    sys.setprofile(count)
    try:
        work()
    finally:
        sys.setprofile(None)
    return counted


def test_one_case_takes_few_calls():
    people = [member(1, date(1980, 1, 1), sample_income=612_000), member(2, date(1982, 1, 1), sample_income=0),
              member(3, date(2022, 1, 1))]  # fmt: skip
    facts = {**people[2], "sample_household": people}
    bound = Fee.bind(ON, BOOK)
    assert calls(lambda: bound.decide(facts)) < 30
    asked = youth(sample_grade=None, sample_born=date(2008, 1, 2))
    bound = Voucher.bind(ON, BOOK)
    assert calls(lambda: bound.decide(asked).explain("fi")) < 1000
