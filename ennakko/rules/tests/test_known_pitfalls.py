# SPDX-License-Identifier: Apache-2.0
"""Differences between engines that have given wrong money or a wrong yes before; each has its own test here."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

import polars as pl
import pytest

from ennakko.rules.binding import Definition, bind
from ennakko.rules.engines.dialects import DUCKDB, POSTGRES, SPARK
from ennakko.rules.engines.interpreter import Situation, value_of
from ennakko.rules.engines.polars import screen_polars, screening
from ennakko.rules.engines.sql import to_sql
from ennakko.rules.errors import RuleError
from ennakko.rules.node import Const, FactRef, Named, Node, Value
from ennakko.rules.parameters import ParameterBook
from ennakko.rules.tables import Group, Rows, Tables
from ennakko.rules.tests.databases import Database, DuckDB, postgres
from ennakko.rules.tree import (
    Add,
    AddYears,
    Aggregate,
    And,
    Choose,
    Compare,
    Days30E,
    DaysBetween,
    FloorDiv,
    Max,
    Min,
    MonthsBetween,
    Mul,
    Not,
    Or,
    Place,
    RoundHalfUp,
)
from ennakko.values.texts import text

ON = date(2026, 4, 15)
TITLE = text(fi="koe", sv="prov", en="trial")


@pytest.fixture(scope="module")
def databases() -> Iterator[list[Database]]:
    found: list[Database] = [DuckDB()]
    try:
        with postgres() as server:
            found.append(server)
            yield found
    except OSError:
        # The differential test says loudly that PostgreSQL was not asked.
        yield found


def rule(step: Node) -> Definition:
    """A rule with one step under test; its outcome is beside the point."""
    asked = Named("asked", step)
    return Definition("trial.rule", TITLE, None, (asked, Named("yes", Const(True, "bool"))), "yes", None, "benefit", {})


def fact(name: str, type_: str = "int", relation: str | None = None) -> FactRef:
    return FactRef(name, type_, True, relation)


def answers(
    step: Node,
    facts: Mapping[str, Any],
    databases: list[Database],
    *,
    types: Mapping[str, Any] | None = None,
    household: list[dict[str, Any]] | None = None,
) -> dict[str, Value]:
    """What each engine makes of the step for person 1; `household` are the others of the same household."""
    bound = bind(rule(step), ON, ParameterBook())
    group = None if household is None else 7
    persons = [{"person": 1, "household": group, **facts}]
    persons += [{"person": n, "household": group, **row} for n, row in enumerate(household or (), 2)]
    case = {"person": 1, **facts} | ({} if household is None else {"household": persons})
    found = {"reference": value_of(step, Situation(case))}
    found["python"] = bound.run(case)[1]["asked"]
    kinds = {each.name: each.type for each in bound.inputs} | {"person": "int", "household": "int"}
    dtypes = {"int": pl.Int64, "date": pl.Date, "bool": pl.Boolean, "code": pl.String}
    schema = {name: dtypes[type_] for name, type_ in kinds.items()} | dict(types or {})
    frame = pl.LazyFrame([{name: row.get(name) for name in schema} for row in persons], schema=schema, orient="row")
    polars = screen_polars(bound, Tables(frame, {"household": Group("household")}), ON)
    found["polars"] = polars.filter(pl.col("person") == 1)["asked"].item()
    for database in databases:
        _load(database, kinds, persons)
        rows = database.rows(to_sql(bound, database.dialect, ON))
        found[database.dialect.name] = next(row["asked"] for row in rows if row["person"] == 1)
    return found


def _load(database: Database, kinds: Mapping[str, str], persons: list[dict[str, Any]]) -> None:
    dialect = database.dialect
    typed = ", ".join(f"{dialect.identifier(name)} {dialect.type(type_)}" for name, type_ in kinds.items())
    lines = ", ".join(
        f"({', '.join(dialect.literal(row.get(name), type_) for name, type_ in kinds.items())})" for row in persons
    )
    database.execute("DROP TABLE IF EXISTS persons")
    database.execute(f"CREATE TEMPORARY TABLE persons ({typed})")
    database.execute(f"INSERT INTO persons VALUES {lines}")


def assert_all(found: Mapping[str, Value], expected: Value) -> None:
    wrong = {engine: value for engine, value in found.items() if value != expected or type(value) is not type(expected)}
    assert not wrong, f"not {expected!r}: {wrong}"


def test_small_integers_do_not_wrap(databases):
    found = answers(Add(fact("a"), fact("a")), {"a": 100}, databases, types={"a": pl.Int8})
    assert_all(found, 200)


def test_the_product_of_32_bit_amounts_does_not_wrap(databases):
    found = answers(Mul(fact("a"), Const(3_000, "int")), {"a": 2_000_000_000}, databases, types={"a": pl.Int32})
    assert_all(found, 6_000_000_000_000)


def test_the_sum_over_a_relation_does_not_wrap(databases):
    total = Aggregate("sum", "household", fact("a", relation="household"), Const(True, "bool"))
    others = [{"a": 2_000_000_000}, {"a": 2_000_000_000}]
    found = answers(total, {"a": 2_000_000_000}, databases, types={"a": pl.Int32}, household=others)
    assert_all(found, 6_000_000_000)


@pytest.mark.parametrize(("cents", "rounded"), [(5, 3), (-5, -3), (3, 2), (-3, -2), (4, 2), (-4, -2), (0, 0)])
def test_halves_are_rounded_away_from_zero(cents, rounded, databases):
    assert_all(answers(RoundHalfUp(fact("a"), Const(2, "int")), {"a": cents}, databases), rounded)


@pytest.mark.parametrize(("a", "floored"), [(-7, -4), (7, 3), (-8, -4), (-1, -1), (0, 0)])
def test_division_floors_toward_minus_infinity(a, floored, databases):
    assert_all(answers(FloorDiv(fact("a"), Const(2, "int")), {"a": a}, databases), floored)


def test_a_sum_with_one_unknown_income_is_unknown(databases):
    total = Aggregate("sum", "household", fact("a", relation="household"), Const(True, "bool"))
    assert_all(answers(total, {"a": 100}, databases, household=[{"a": None}]), None)


def test_an_unknown_income_outside_the_condition_does_no_harm(databases):
    adult = Compare("==", fact("adult", "code", "household"), Const("yes", "code"))
    total = Aggregate("sum", "household", fact("a", relation="household"), adult)
    found = answers(total, {"a": 100, "adult": "yes"}, databases, household=[{"a": None, "adult": "no"}])
    assert_all(found, 100)


def test_a_member_who_may_belong_makes_the_sum_unknown(databases):
    adult = Compare("==", fact("adult", "code", "household"), Const("yes", "code"))
    total = Aggregate("sum", "household", fact("a", relation="household"), adult)
    found = answers(total, {"a": 100, "adult": "yes"}, databases, household=[{"a": 5, "adult": None}])
    assert_all(found, None)


def test_one_certain_member_is_enough_for_any(databases):
    some = Aggregate("any", "household", None, fact("ill", "bool", "household"))
    assert_all(answers(some, {"ill": True}, databases, household=[{"ill": None}]), True)
    assert_all(answers(some, {"ill": False}, databases, household=[{"ill": None}]), None)
    assert_all(answers(some, {"ill": False}, databases, household=[{"ill": False}]), False)


def test_the_sum_of_no_one_is_nothing_and_the_greatest_of_no_one_is_unknown(databases):
    nobody = Compare("==", fact("adult", "code", "household"), Const("yes", "code"))
    for how, expected in (("sum", 0), ("max", None)):
        step = Aggregate(how, "household", fact("a", relation="household"), nobody)
        assert_all(answers(step, {"a": 3, "adult": "no"}, databases, household=[]), expected)


def test_without_a_household_what_is_said_of_it_is_unknown(databases):
    count = Aggregate("count", "household", None, Const(True, "bool"))
    assert_all(answers(count, {}, databases), None)
    assert_all(answers(count, {}, databases, household=[]), 1)


@pytest.mark.parametrize("kind", [Min, Max])
def test_the_least_and_the_greatest_with_an_unknown_are_unknown(kind, databases):
    assert_all(answers(kind((fact("a"), fact("b"))), {"a": 1, "b": None}, databases), None)
    assert_all(answers(kind((fact("a"), fact("b"))), {"a": -4, "b": -4}, databases), -4)


def test_an_unknown_condition_makes_the_choice_unknown_not_otherwise(databases):
    choice = Choose(((fact("a", "bool"), Const(1, "int")),), Const(2, "int"))
    for known, expected in ((True, 1), (False, 2), (None, None)):
        assert_all(answers(choice, {"a": known}, databases), expected)


def test_a_condition_after_the_one_that_holds_is_not_reached(databases):
    choice = Choose(((fact("a", "bool"), Const(1, "int")), (fact("b", "bool"), Const(2, "int"))), Const(3, "int"))
    assert_all(answers(choice, {"a": True, "b": None}, databases), 1)
    assert_all(answers(choice, {"a": False, "b": None}, databases), None)


def test_not_unknown_is_unknown_and_grants_nothing(databases):
    assert_all(answers(Not(fact("a", "bool")), {"a": None}, databases), None)
    both = And((Not(fact("a", "bool")), fact("b", "bool")))
    assert_all(answers(both, {"a": None, "b": False}, databases), False)
    either = Or((Not(fact("a", "bool")), fact("b", "bool")))
    assert_all(answers(either, {"a": None, "b": True}, databases), True)


def test_who_is_born_on_a_leap_day_turns_on_28_february(databases):
    turned = Compare("<=", AddYears(fact("born", "date"), Const(18, "int")), Const(date(2026, 2, 28), "date"))
    assert_all(answers(turned, {"born": date(2008, 2, 29)}, databases), True)
    assert_all(answers(turned, {"born": date(2008, 3, 1)}, databases), False)


def test_european_30_360_takes_the_31st_for_the_30th(databases):
    days = Days30E(fact("a", "date"), fact("b", "date"))
    assert_all(answers(days, {"a": date(2026, 1, 31), "b": date(2026, 3, 31)}, databases), 60)
    assert_all(answers(days, {"a": date(2024, 2, 29), "b": date(2024, 3, 1)}, databases), 2)


def test_a_month_is_full_on_the_last_day_of_a_shorter_one(databases):
    months = MonthsBetween(fact("a", "date"), fact("b", "date"))
    assert_all(answers(months, {"a": date(2026, 1, 31), "b": date(2026, 2, 28)}, databases), 1)
    assert_all(answers(months, {"a": date(2026, 1, 31), "b": date(2026, 3, 30)}, databases), 1)
    assert_all(answers(months, {"a": date(2026, 3, 30), "b": date(2026, 1, 31)}, databases), -2)


def test_dates_subtract_to_whole_days(databases):
    days = DaysBetween(fact("a", "date"), fact("b", "date"))
    assert_all(answers(days, {"a": date(2024, 2, 28), "b": date(2024, 3, 1)}, databases), 2)


def test_twins_are_placed_by_their_keys(databases):
    place = Place(
        "household", fact("born", "date", "household"), fact("person", "int", "household"), Const(True, "bool")
    )
    day = date(2020, 5, 5)
    assert_all(answers(place, {"born": day}, databases, household=[{"born": day}, {"born": date(2019, 1, 1)}]), 2)
    assert_all(answers(place, {"born": day}, databases, household=[{"born": None}]), None)


HOSTILE = (
    "'; DROP TABLE persons; --",
    "a\\' OR 1=1 --",
    'quoted "name"',
    "back`tick`",
    "åäö 🙂",
    "line\nbreak",
    "%s {0} :x $1",
)


@pytest.mark.parametrize("code", HOSTILE)
def test_a_code_cannot_leave_its_quotation(code, databases):
    assert_all(answers(Compare("==", fact("a", "code"), Const(code, "code")), {"a": code}, databases), True)
    assert_all(answers(Compare("==", fact("a", "code"), Const(code, "code")), {"a": "other"}, databases), False)


def test_names_are_quoted_in_every_dialect():
    assert DUCKDB.identifier('a"b') == POSTGRES.identifier('a"b') == '"a""b"'
    assert SPARK.identifier("a`b") == "`a``b`"
    assert POSTGRES.table("public.persons") == '"public"."persons"'


def test_a_name_that_postgresql_would_cut_is_refused():
    with pytest.raises(RuleError, match="63 bytes"):
        POSTGRES.identifier("ä" * 32)


def test_spark_strings_escape_backslashes():
    assert SPARK.string("a\\'b") == "'a\\\\\\'b'"
    with pytest.raises(RuleError, match="zero byte"):
        SPARK.string("a\0b")


def test_only_the_columns_that_the_rule_names_are_read():
    bound = bind(rule(Compare("==", fact("a"), Const(1, "int"))), ON, ParameterBook())
    tables = Tables(pl.LazyFrame({"person": [1], "a": [1], "secret": ["x"]}))
    assert 'PROJECT["person", "a"] 2/3 COLUMNS' in screening(bound, tables, None).explain()
    assert "secret" not in to_sql(bound, "postgres", ON)


def test_a_fact_that_the_register_lacks_is_named_with_the_near_ones():
    bound = bind(rule(Compare("==", fact("grade"), Const(1, "int"))), ON, ParameterBook())
    with pytest.raises(RuleError, match=r"reads grade, which the persons lack\. Did you mean school_grade\?"):
        screen_polars(bound, Tables(pl.LazyFrame({"person": [1], "school_grade": [9]})), ON)


def test_a_fact_of_the_wrong_type_is_refused():
    bound = bind(rule(Compare("==", fact("grade"), Const(1, "int"))), ON, ParameterBook())
    with pytest.raises(RuleError, match="grade of the persons is String, but the rule needs int"):
        screen_polars(bound, Tables(pl.LazyFrame({"person": [1], "grade": ["9"]})), ON)


def test_a_relation_that_the_tables_lack_is_named():
    bound = bind(rule(Aggregate("count", "household", None, Const(True, "bool"))), ON, ParameterBook())
    with pytest.raises(RuleError, match=r"no relation household\."):
        screen_polars(bound, Tables(pl.LazyFrame({"person": [1]}), {"housing": Rows(pl.LazyFrame(), "person")}), ON)
    with pytest.raises(RuleError, match="no relation household"):
        to_sql(bound, "duckdb", ON, tables=Tables("persons"))


def test_an_unknown_dialect_is_named_with_the_near_ones():
    with pytest.raises(RuleError, match="no SQL dialect postgresql"):
        to_sql(bind(rule(Const(1, "int")), ON, ParameterBook()), "postgresql", ON)


def test_categories_are_compared_as_codes():
    bound = bind(rule(Compare("==", fact("town", "code"), Const("091", "code"))), ON, ParameterBook())
    towns = pl.Series(["091", "049", None], dtype=pl.Categorical)
    frame = screen_polars(bound, Tables(pl.LazyFrame({"person": [1, 2, 3], "town": towns})), ON).sort("person")
    assert frame["asked"].to_list() == [True, False, None]
