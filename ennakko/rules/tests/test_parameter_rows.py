# SPDX-License-Identifier: Apache-2.0
"""Dated parameters: read with their sources, refused when something is missing, changed by a reform."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from ennakko.rules import EvaluationError, ParameterBook, RuleError
from ennakko.rules.parameter_files import parse
from ennakko.rules.parameters import NotDecided, StepTable
from ennakko.rules.tests.sample_rules import BOOK, PARAMETERS, same
from ennakko.values.money import euros


def test_the_row_in_force_is_found_and_ends_before_the_next():
    ages = BOOK.get("sample.ages")
    assert [(row.start, row.end) for row in ages.rows] == [
        (date(2024, 1, 1), date(2025, 12, 31)),
        (date(2026, 1, 1), None),
    ]
    assert BOOK.value("sample.ages", date(2025, 12, 31)) == (16,)
    assert BOOK.value("sample.ages", date(2026, 1, 1)) == (16, 17)
    assert BOOK.row("sample.ages", date(2026, 1, 1)).source.sv == "Kaupunginhallitus 2025 § 800"


def test_money_is_whole_cents_and_knows_that_it_is_money():
    assert BOOK.value("sample.value", date(2026, 1, 1)) == euros("350.50") == 35_050
    assert BOOK.get("sample.value").money
    assert BOOK.get("sample.limit").money
    assert not BOOK.get("sample.ages").money


def test_a_step_table_takes_the_greatest_key_that_is_reached():
    table = BOOK.value("sample.limit", date(2026, 1, 1))
    assert isinstance(table, StepTable)
    assert [table.at(key) for key in (1, 2, 3, 4, 9)] == [None, 387_400, 499_800, 567_500, 567_500]


def test_what_nobody_has_decided_says_whom_to_ask():
    value = BOOK.value("sample.value", date(2027, 1, 1))
    assert isinstance(value, NotDecided)
    assert value.ask.en == "the city board"


def test_a_day_before_the_rows_names_parameter_day_and_file():
    with pytest.raises(EvaluationError, match=r"sample\.value has no value on 2021-12-31.*sample/law/parameters\.toml"):
        BOOK.value("sample.value", date(2021, 12, 31))


def test_a_day_after_an_ended_row_has_no_value():
    book = ParameterBook(
        parse('[[a]]\nfrom = 2024-01-01\nuntil = 2024-12-31\nvalue = 1\nsource = "§"', service="x", origin="x.toml")
    )
    with pytest.raises(EvaluationError):
        book.value("x.a", date(2025, 1, 1))


@pytest.mark.parametrize(
    ("toml", "problem"),
    [
        ("[[a]]\nfrom = 2024-01-01\nvalue = 1", "a source is missing"),
        ('[[a]]\nvalue = 1\nsource = "§"', "needs from = 2024-01-01"),
        ('[[a]]\nfrom = "2024-01-01"\nvalue = 1\nsource = "§"', "a date without quotation marks"),
        ('[[a]]\nfrom = 2024-01-01\nsource = "§"', "write exactly one of value"),
        ('[[a]]\nfrom = 2024-01-01\nvalue = 1\neuros = 2\nsource = "§"', "write exactly one of value"),
        ('[[a]]\nfrom = 2024-01-01\nvalue = 0.107\nsource = "§"', "0.107 cannot be a value"),
        ('[[a]]\nfrom = 2024-01-01\neuros = 3.5\nsource = "§"', 'Write euros = 350 or euros = "350.50"'),
        ('[[a]]\nfrom = 2024-01-01\neuros = "1.234"\nsource = "§"', "at most two decimals"),
        ('[[a]]\nfrom = 2024-01-01\nvalue = 1\nsourse = "§"', "unknown key sourse"),
        ('[[a]]\nfrom = 2024-01-01\nuntil = 2023-01-01\nvalue = 1\nsource = "§"', "not before from"),
        ('[[a]]\nfrom = 2024-01-01\nnot_decided = true\nsource = "§"', "whom to ask"),
        ('[[a]]\nfrom = 2024-01-01\nvalue = 1\nask = "x"\nsource = "§"', "ask belongs only to"),
        ('[[a]]\nfrom = 2024-01-01\nvalue = 1\nsource = { fi = "§" }', "write one text for all languages"),
        ('[[a]]\nfrom = 2024-01-01\nvalue = [1, "a"]\nsource = "§"', "cannot be a value"),
        ('[[a]]\nfrom = 2024-01-01\nsteps = { x = 1 }\nsource = "§"', "neither a whole number nor a date"),
        (
            '[[a]]\nfrom = 2024-01-01\nvalue = 1\nsource = "§"\n[[a]]\nfrom = 2024-01-01\nvalue = 2\nsource = "§"',
            "overlap",
        ),
        (
            '[[a]]\nfrom = 2024-01-01\nuntil = 2025-06-01\nvalue = 1\nsource = "§"\n'
            '[[a]]\nfrom = 2025-01-01\nvalue = 2\nsource = "§"',
            "until = 2024-12-31",
        ),
        (
            '[[a]]\nfrom = 2024-01-01\nvalue = 1\nsource = "§"\n[[a]]\nfrom = 2025-01-01\nvalue = true\nsource = "§"',
            "all rows must be of one kind",
        ),
        ("[a]\nvalue = 1", "rows = […]"),
        ("a = 1", "needs rows = "),
        ("[[a]", "not readable as TOML"),
    ],
)
def test_a_row_written_wrong_names_file_parameter_and_what_to_write(toml: str, problem: str):
    with pytest.raises(RuleError) as refused:
        parse(toml, service="x", origin="law/parameters.toml")
    assert problem in str(refused.value)
    assert "law/parameters.toml" in str(refused.value)


def test_rows_may_stand_under_their_name_with_a_label():
    book = ParameterBook(
        parse(
            '[a]\nlabel = { fi = "ikä", sv = "ålder", en = "age" }\nrows = [\n'
            '  { from = 2024-01-01, value = 1, source = "§" },\n  { from = 2025-01-01, value = 2, source = "§" },\n]',
            service="x",
            origin="x.toml",
        )
    )
    assert book.value("x.a", date(2024, 12, 31)) == 1
    assert book.get("x.a").label is not None


def test_the_law_and_the_city_are_merged_and_may_not_both_set_the_same(tmp_path: Path):
    law = tmp_path / "services" / "sample_service" / "law"
    city = tmp_path / "municipalities" / "helsinki" / "parameters"
    law.mkdir(parents=True)
    city.mkdir(parents=True)
    (law / "parameters.toml").write_text('[[age]]\nfrom = 2024-01-01\nvalue = 15\nsource = "§"', encoding="utf-8")
    (city / "sample-service.toml").write_text('[[sum]]\nfrom = 2024-01-01\neuros = 5\nsource = "§"', encoding="utf-8")
    book = ParameterBook.load(law / "parameters.toml", city / "sample-service.toml")
    assert sorted(parameter.name for parameter in book) == ["sample-service.age", "sample-service.sum"]
    (city / "sample-service.toml").write_text('[[age]]\nfrom = 2024-01-01\nvalue = 16\nsource = "§"', encoding="utf-8")
    with pytest.raises(RuleError, match=r"sample-service\.age is in .*law.* and in .*helsinki"):
        ParameterBook.load(law / "parameters.toml", city / "sample-service.toml")


def test_a_changed_book_leaves_the_days_before_the_change_alone():
    changed = BOOK.changed({"sample.value": {date(2026, 6, 1): euros(400)}}, source=same("reform"))
    assert changed.value("sample.value", date(2026, 5, 31)) == 35_050
    assert changed.value("sample.value", date(2026, 6, 1)) == euros(400)
    assert changed.value("sample.value", date(2030, 1, 1)) == euros(400)
    assert BOOK.value("sample.value", date(2026, 6, 1)) == 35_050


def test_a_change_of_another_kind_or_name_is_refused():
    with pytest.raises(RuleError, match="is of kind money"):
        BOOK.changed({"sample.value": (1, 2)}, source=same("reform"))
    with pytest.raises(RuleError, match=r"Did you mean sample\.value"):
        BOOK.changed({"sample.valu": 1}, source=same("reform"))


def test_reading_is_the_same_whatever_the_order_of_rows():
    blocks = PARAMETERS.split("\n\n")
    rows = blocks[0].split("[[ages]]")
    turned = "[[ages]]".join([rows[0], rows[2] + "\n", rows[1]])
    again = ParameterBook(parse(turned, service="sample", origin="sample/law/parameters.toml"))
    assert again.get("sample.ages").rows == BOOK.get("sample.ages").rows
