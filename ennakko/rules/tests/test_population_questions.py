# SPDX-License-Identifier: Apache-2.0
"""Masks, near misses, forecast and reforms over a small city, against what deciding each person one by one gives."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random
from typing import Any

import polars as pl
import pytest

from ennakko.rules import Outcome, Rule, aged
from ennakko.rules.engines.polars import screen_polars
from ennakko.rules.errors import EvaluationError, RuleError
from ennakko.rules.population import compare, forecast, masks, near_misses, next_change
from ennakko.rules.tables import Group, Tables
from ennakko.rules.tests.sample_rules import BOOK, ON, Fee, Voucher, born, given, grade, home, youth
from ennakko.values.money import euros
from ennakko.values.texts import text

NUMBERS = {Outcome.YES: 1, Outcome.NO: 0, Outcome.UNKNOWN: -1, Outcome.NOT_APPLICABLE: -2}
SCHEMA = {
    "sample_key": pl.Int64, "sample_household": pl.Int64, "sample_born": pl.Date, "sample_home": pl.String,
    "sample_grade": pl.Int64, "sample_given": pl.Boolean, "sample_income": pl.Int64, "district": pl.String,
}  # fmt: skip


def city(size: int = 300) -> list[dict[str, Any]]:
    random = Random(7)

    def maybe(value: Any) -> Any:
        return None if random.random() < 0.1 else value

    return [
        {
            "sample_key": key,
            "sample_household": random.randrange(size // 3),
            "sample_born": maybe(date(1990, 1, 1) + timedelta(random.randrange(13_000))),
            "sample_home": random.choice(("091", "091", "049")),
            "sample_grade": maybe(random.choice((8, 9, 9))),
            "sample_given": random.random() < 0.2,
            "sample_income": maybe(random.randrange(600_000)),
            "district": random.choice(("101", "102", "103")),
        }
        for key in range(1, size + 1)
    ]


CITY = city()
TABLES = Tables(pl.LazyFrame(CITY, schema=SCHEMA), {"sample_household": Group("sample_household")}, key="sample_key")


def case(person: dict[str, Any]) -> dict[str, Any]:
    members = [each for each in CITY if each["sample_household"] == person["sample_household"]]
    return {name: value for name, value in person.items() if name != "district"} | {"sample_household": members}


def decided(rule: type[Rule], on: date = ON) -> dict[int, Any]:
    return {person["sample_key"]: rule.decide(on, case(person), BOOK) for person in CITY}


class WiderAndEarlier(Voucher, registered=False):
    """A reform that pays more, to those of seventeen too and to nobody who is under sixteen."""

    parameters = {"sample.ages": (16, 17, 18), "sample.value": euros(400)}
    right_age = Voucher.right_age & aged(born, 16)


class Milder(Fee, registered=False):
    """A reform of the highest fee alone."""

    parameters = {"sample.highest": euros(200)}


def test_a_mask_has_a_bit_for_each_condition():
    found = masks(Voucher, TABLES, ON, BOOK)
    assert found.conditions == ("resident", "ninth", "right_age", "unused")
    decisions = decided(Voucher)
    concerned = [key for key, each in decisions.items() if each.outcome is not Outcome.NOT_APPLICABLE]
    rows = {row["sample_key"]: row for row in found.frame.to_dicts()}
    assert sorted(rows) == sorted(concerned)
    for key, row in rows.items():
        values = decisions[key].values
        for condition in found.conditions:
            held, unknown = bool(row["holds"] & found.bit(condition)), bool(row["unknown"] & found.bit(condition))
            assert (held, unknown) == (values.get(condition) is True, values.get(condition) is None), (key, condition)
    assert found.frame.schema["holds"] == pl.UInt8


def test_near_misses_are_those_whom_one_condition_keeps_out():
    found = near_misses(Voucher, TABLES, ON, BOOK)
    decisions = decided(Voucher).values()
    for condition in ("resident", "ninth", "right_age", "unused"):
        assert found["refused"][condition] == sum(condition in each.near_miss() for each in decisions)
    assert found["refused"]["unused"] > 0


def test_the_fact_that_alone_is_missing_is_counted():
    found = near_misses(Voucher, TABLES, ON, BOOK)
    waiting = [each for each in decided(Voucher).values() if each.outcome is Outcome.UNKNOWN and each.values]
    lack_grade = [each for each in waiting if [ask.fact for ask in each.ask] == ["sample_grade"]]
    assert found["facts"]["sample_grade"] == len(lack_grade) > 0
    assert found["unknown"]["ninth"] == len(lack_grade)


def test_a_forecast_counts_the_same_people_on_each_day():
    days = [ON, date(2027, 1, 1)]
    found = forecast(Voucher, TABLES, days, ["district"], BOOK)
    for on in days:
        decisions = decided(Voucher, on)
        for district in ("101", "102", "103"):
            here = [decisions[each["sample_key"]] for each in CITY if each["district"] == district]
            row = found.filter(pl.col("on") == on, pl.col("district") == district).row(0, named=True)
            yes = [each for each in here if each.outcome is Outcome.YES]
            assert row["entitled"] == len(yes)
            assert row["unknown"] == sum(each.outcome is Outcome.UNKNOWN for each in here)
            assert row["amount"] == sum(each.amount or 0 for each in yes)


def test_a_forecast_beyond_the_parameters_names_what_is_missing():
    with pytest.raises(EvaluationError, match=r"sample\.ages has no value on 2020-01-01"):
        forecast(Voucher, TABLES, [date(2020, 1, 1)], book=BOOK)


@pytest.mark.parametrize(("law", "reform"), [(Voucher, WiderAndEarlier), (Fee, Milder)])
def test_a_reform_is_compared_person_by_person(law, reform):
    found = compare(law, reform, TABLES, ON, ["district"], BOOK)
    before, after = decided(law), decided(reform)
    sign = -1 if law.direction == "fee" else 1
    changes = [(_amount(before[key]), _amount(after[key])) for key in before]
    known = [(was, becomes) for was, becomes in changes if was is not None and becomes is not None]
    assert found.cost == sum(sign * (becomes - was) for was, becomes in known) != 0
    assert found.winners == sum(sign * (becomes - was) > 0 for was, becomes in known)
    assert found.losers == sum(sign * (becomes - was) < 0 for was, becomes in known)
    assert found.gained == sum(_kinds(before[key], after[key]) == (Outcome.NO, Outcome.YES) for key in before)
    assert found.lost == sum(_kinds(before[key], after[key]) == (Outcome.YES, Outcome.NO) for key in before)
    assert found.by["cost"].sum() == found.cost
    assert found.by["district"].to_list() == ["101", "102", "103"]


def _amount(decision: Any) -> int | None:
    if decision.outcome in (Outcome.NO, Outcome.NOT_APPLICABLE):
        return 0
    return decision.amount if decision.outcome is Outcome.YES else None


def _kinds(before: Any, after: Any) -> tuple[Outcome, Outcome]:
    return before.outcome, after.outcome


def test_a_lower_fee_makes_winners_and_costs_the_city():
    found = compare(Fee, Milder, TABLES, ON, book=BOOK)
    assert found.winners > 0
    assert found.losers == 0
    assert found.cost == found.baseline - found.reform > 0


def test_without_an_amount_the_winners_are_those_who_gain_the_entitlement():
    class Right(Rule, registered=False):
        id = "sample.right"
        title = text(fi="oikeus", sv="rätt", en="right")
        entitled = (home == "091") & (grade == 9)
        outcome = "entitled"

    class Wider(Right, registered=False):
        entitled = (home == "091") & ~given

    found = compare(Right, Wider, TABLES, ON, book=BOOK)
    assert (found.winners, found.losers) == (found.gained, found.lost)
    assert found.gained > 0
    assert found.lost > 0


def test_rules_of_different_kinds_are_not_compared():
    with pytest.raises(RuleError, match="not of the same kind"):
        compare(Voucher, Fee, TABLES, ON, book=BOOK)


def test_a_column_to_group_by_that_is_missing_is_named():
    with pytest.raises(RuleError, match=r"no column distrit to group by\. Did you mean district"):
        compare(Voucher, WiderAndEarlier, TABLES, ON, ["distrit"], BOOK)


def test_the_outcomes_of_a_screening_are_those_of_single_decisions():
    for rule in (Voucher, Fee):
        frame = screen_polars(rule, TABLES, ON, BOOK, columns=[])
        expected = {key: NUMBERS[each.outcome] for key, each in decided(rule).items()}
        assert dict(frame.select("sample_key", "outcome").iter_rows()) == expected


def test_a_step_that_does_not_exist_is_named_with_the_near_ones():
    with pytest.raises(RuleError, match=r"no step entitld\. Did you mean entitled"):
        screen_polars(Voucher, TABLES, ON, BOOK, columns=["entitld"])


def test_the_day_of_the_next_change_is_found():
    eight_year_old = youth(sample_born=date(2018, 6, 1), sample_grade=2)
    assert next_change(Voucher, eight_year_old, date(2026, 4, 15), book=BOOK) == date(2034, 1, 1)
