# SPDX-License-Identifier: Apache-2.0
"""Parameters taken from a year that a fact tells, not from the day of deciding."""

from datetime import date

import pytest

from ennakko.rules import Outcome, Rule, RuleError, choose, fact, on_day, param, year
from ennakko.rules.change import next_change
from ennakko.rules.page import page_of
from ennakko.rules.parameter_files import parse
from ennakko.rules.parameters import ParameterBook
from ennakko.rules.store import from_json, to_json
from ennakko.values.texts import text

NAME = text(fi="koe", sv="prov", en="trial")
ON = date(2026, 5, 1)
BOOK = ParameterBook(
    parse(
        """
        [limit]
        label = { fi = "raja", sv = "gräns", en = "limit" }
        rows = [
          { from = 2020-01-01, euros = 300, source = "A" },
          { from = 2022-06-01, until = 2023-12-31, euros = 325, source = "B" },
          { from = 2025-01-01, euros = 350, source = "C" },
          { from = 2027-01-01, not_decided = true, ask = { fi = "kysy", sv = "fråga", en = "ask us" }, source = "D" },
        ]
        [kinds]
        rows = [
          { from = 2020-01-01, value = ["a"], source = "A" },
          { from = 2025-01-01, value = ["a", "b"], source = "B" },
        ]
        [steps]
        rows = [
          { from = 2020-01-01, steps = { 0 = 1, 10 = 2 }, source = "A" },
          { from = 2025-01-01, steps = { 0 = 3, 20 = 5 }, source = "B" },
        ]
        """,
        service="yearly",
        origin="test",
    )
)
spent = fact("yearly_spent", "money", unknown=True, label=NAME, source="own-services", listed=False)
of_year = fact("yearly_year", "int", unknown=True, label=NAME, source="own-services", listed=False)
kind = fact("yearly_kind", "code", unknown=True, label=NAME, source="own-services", listed=False)
points = fact("yearly_points", "int", unknown=True, label=NAME, source="own-services", listed=False)


class Enough(Rule, registered=False):
    id = "yearly.enough"
    title = NAME
    limit = param("yearly.limit", "money").in_year(of_year)
    fits = (spent >= limit).says(fi="vähintään {limit}", sv="minst {limit}", en="at least {limit}").by("§ 1")
    right_kind = kind.is_in(param("yearly.kinds", "set").in_year(of_year))
    enough = fits & right_kind
    score = choose((enough, param("yearly.steps").in_year(of_year)[points]), otherwise=0)
    outcome = "enough"
    amount = "score"


def decide(on=ON, **facts):
    return Enough.decide(on, {f"yearly_{name}": value for name, value in facts.items()}, BOOK)


@pytest.mark.parametrize("on", [date(2020, 1, 1), date(2026, 5, 1), date(2040, 1, 1)])
@pytest.mark.parametrize(
    ("of", "limit"), [(2020, 30000), (2021, 30000), (2022, 32500), (2023, 32500), (2025, 35000), (2026, 35000)]
)
def test_the_figure_is_that_of_the_told_year_whatever_the_day(on, of, limit):
    assert decide(on, year=of, spent=limit, kind="a", points=1).outcome is Outcome.YES
    assert decide(on, year=of, spent=limit - 1, kind="a", points=1).outcome is Outcome.NO


@pytest.mark.parametrize(("of", "points", "score"), [(2023, 9, 1), (2023, 10, 2), (2025, 19, 3), (2025, 20, 5)])
def test_a_step_table_is_the_tables_of_the_told_year(of, points, score):
    assert decide(year=of, spent=40000, kind="a", points=points).amount == score


def test_a_set_is_the_set_of_the_told_year():
    assert decide(year=2023, spent=40000, kind="b").outcome is Outcome.NO
    assert decide(year=2025, spent=40000, kind="b").outcome is Outcome.YES


def test_a_year_that_nobody_has_decided_is_unknown_and_says_whom_to_ask():
    found = decide(year=2030, spent=40000, kind="a")
    assert found.outcome is Outcome.UNKNOWN
    assert [(ask.fact, ask.whom.en) for ask in found.ask] == [("yearly.limit", "ask us")]


@pytest.mark.parametrize("of", [1999, 2024])
def test_a_year_that_no_row_covers_is_unknown_and_says_so(of):
    found = decide(year=of, spent=40000, kind="a")
    assert found.outcome is Outcome.UNKNOWN
    assert "yearly.limit" in [ask.fact for ask in found.ask]
    assert f"no value for {of}" in [ask.whom.en for ask in found.ask]


def test_a_year_that_is_not_known_is_asked_for():
    assert [ask.fact for ask in decide(spent=1, kind="a").ask] == ["yearly_year"]


def test_the_sentence_and_the_sources_are_those_of_the_year():
    found = decide(year=2022, spent=40000, kind="a", points=0)
    assert found.reasons[0].text.en == "at least €325"
    assert found.parameters_used["yearly.limit"].source.en == "B"
    assert set(found.parameters_used) == {"yearly.limit", "yearly.kinds", "yearly.steps"}


def test_the_year_may_be_the_days_own():
    class OfToday(Rule, registered=False):
        id = "yearly.today"
        title = NAME
        enough = spent >= param("yearly.limit").in_year(year(on_day))
        outcome = "enough"

    facts = {"yearly_spent": 32500}
    assert OfToday.decide(date(2022, 1, 1), facts, BOOK).outcome is Outcome.YES
    assert OfToday.decide(date(2025, 1, 1), facts, BOOK).outcome is Outcome.NO
    assert next_change(OfToday, facts, date(2022, 3, 1), book=BOOK) == date(2024, 1, 1)


def test_a_stored_version_decides_as_the_class_does():
    stored = from_json(to_json(Enough, BOOK))
    facts = {"yearly_year": 2022, "yearly_spent": 32500, "yearly_kind": "a", "yearly_points": 11}
    assert stored.decide(ON, facts).values == Enough.decide(ON, facts, BOOK).values
    assert stored.version == Enough.bind(ON, BOOK).version


def test_a_reform_changes_the_figure_of_its_years():
    later = Enough.with_parameters({"yearly.limit": {date(2025, 1, 1): 50000}})
    facts = {"yearly_spent": 40000, "yearly_kind": "a"}
    assert later.decide(ON, {**facts, "yearly_year": 2026}, BOOK).outcome is Outcome.NO
    assert later.decide(ON, {**facts, "yearly_year": 2023}, BOOK).outcome is Outcome.YES


def test_the_page_tells_the_year_in_words():
    steps = {step.name: step.formula.en for step in page_of(Enough, BOOK).steps}
    assert steps["limit"] == "limit in the year trial"
    assert steps["right_kind"] == "trial is one of kinds in the year trial"
    assert "steps in the year trial for trial" in steps["score"]


def test_one_parameter_is_not_taken_both_of_the_day_and_of_a_year():
    with pytest.raises(RuleError, match=r"yearly\.limit is used both of the day and of a year"):

        class Both(Rule, registered=False):
            id = "yearly.both"
            title = NAME
            enough = (spent >= param("yearly.limit")) & (spent >= param("yearly.limit").in_year(of_year))
            outcome = "enough"


def test_a_set_of_a_year_stands_only_after_is_in():
    from ennakko.facts.population import birth_date
    from ennakko.rules import turns

    with pytest.raises(RuleError, match="stands only after is_in"):
        turns(birth_date, param("yearly.kinds", "set").in_year(of_year))


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ('{ from = 2020-03-01, until = 2020-06-30, value = 1, source = "A" }', {2019: None, 2020: None, 2021: None}),
        ('{ from = 2020-03-01, until = 2021-12-30, value = 1, source = "A" }', {2020: 1, 2021: None}),
        ('{ from = 2020-03-01, until = 2021-12-31, value = 1, source = "A" }', {2020: 1, 2021: 1, 2022: None}),
        (
            '{ from = 2020-01-01, value = 1, source = "A" }, { from = 2020-07-01, value = 2, source = "B" }',
            {2019: None, 2020: 2, 2030: 2},
        ),
    ],
)
def test_the_value_of_a_year_is_the_one_it_ends_with(rows, expected):
    book = ParameterBook(parse(f"[x]\nrows = [{rows}]", service="yearly", origin="test"))
    years = book.get("yearly.x").by_year()
    assert {number: years.of(number) for number in expected} == expected
    for number, value in expected.items():
        covering = [row.value for row in book.get("yearly.x").rows if row.covers(date(number, 12, 31))]
        assert (covering or [None]) == [value]
