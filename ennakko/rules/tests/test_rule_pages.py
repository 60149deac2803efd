# SPDX-License-Identifier: Apache-2.0
"""The lawyer's page of a rule, and reforms written as files."""

from __future__ import annotations

from datetime import date

import pytest

from ennakko.rules import Rule, RuleError, registry
from ennakko.rules.page import page_of, to_markdown
from ennakko.rules.parameters import ParameterBook
from ennakko.rules.procedure import Procedure, Trace, traced
from ennakko.rules.reform_files import parse_reform
from ennakko.rules.tests.random_rules import BOOK as RANDOM_BOOK
from ennakko.rules.tests.random_rules import RandomTrees
from ennakko.rules.tests.sample_rules import BOOK, ON, Fee, Voucher, same, youth
from ennakko.rules.wording import Wording
from ennakko.values.money import euros


class Nines(Voucher):
    right_age = Voucher.ninth.says(fi="on 9. luokalla", sv="går i årskurs 9", en="is in the 9th grade")


@pytest.fixture(autouse=True)
def _registered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(registry, "_rules", {rule.id: rule for rule in (Voucher, Fee)})


def test_the_page_tells_steps_in_words_with_citations_and_roles():
    page = page_of(Voucher, BOOK)
    steps = {step.name: step for step in page.steps}
    assert steps["resident"].formula.sv == "hemkommun = 091"
    assert steps["resident"].cite == ("§ 1",)
    assert steps["right_age"].formula.en == "the age reached in the calendar year (date of birth) is ages"
    assert steps["entitled"].role == "outcome"
    assert steps["entitled"].formula.en == (
        "“lives in Helsinki” and (“is in the 9th grade” or right_age) and “has had no voucher”"
    )
    assert steps["value"].formula.fi == "jos entitled: value; muuten 0\xa0€"
    assert page.scope is not None
    assert page.scope.en == "it is not so that (date of birth: the age of 30 has been reached)"


def test_the_page_tells_the_history_of_every_parameter_with_its_source():
    value = {parameter.name: parameter for parameter in page_of(Voucher, BOOK).parameters}["sample.value"]
    assert [(row.start, row.end, row.value.en, row.decided) for row in value.rows] == [
        (date(2022, 1, 1), date(2026, 12, 31), "€350.50", True),
        (date(2027, 1, 1), None, "the city board", False),
    ]
    assert value.rows[0].source.fi == "Kaupunginhallitus § 780"


def test_the_page_tells_what_is_read_from_which_register():
    inputs = {(each.relation, each.name): each for each in page_of(Fee, BOOK).inputs}
    income = inputs["sample_household", "sample_income"]
    assert (income.label.sv, income.unknown) == ("inkomster", True)
    assert income.relation_label is not None
    assert income.relation_label.sv == "hushåll"
    assert {each.source.en for each in page_of(Voucher, BOOK).inputs} >= {"school register"}


@pytest.mark.parametrize(("language", "heading"), [("fi", "Luvut ja rajat"), ("sv", "Siffror och gränser"),
                                                   ("en", "Amounts and limits")])  # fmt: skip
def test_the_page_is_markdown_in_every_language(language: str, heading: str):
    page = to_markdown(Fee, language, BOOK)
    assert page.startswith(f"# {Fee.title.in_(language)}\n")
    assert f"## {heading}" in page
    assert "| `fee` (" in page
    assert "- 1503/2016 § 7" in page
    assert "{" not in page
    assert all(line.count("|") == 5 for line in page.splitlines() if line.startswith("| `"))


def test_a_value_not_decided_is_told_with_whom_to_ask():
    assert "ei päätetty; kysy: kaupunginhallitus" in to_markdown(Voucher, "fi", BOOK)


def test_every_node_kind_has_words_in_every_language():
    from random import Random

    for seed in range(40):
        definition = RandomTrees(Random(seed)).definition(10, 4)
        for language in ("fi", "sv", "en"):
            words = Wording(definition, RANDOM_BOOK, language)
            assert all(words.of(step) for step in definition.steps)


def test_the_page_of_a_procedure_tells_what_its_function_says():
    @traced("sample.cut", title=same("Cut"), cite="§ 3", parameters=["sample.highest"])
    def cut(case: object, trace: Trace, book: ParameterBook) -> dict[str, object]:
        """Cuts a period at the end of the year."""
        return {}

    assert isinstance(cut, Procedure)
    page = to_markdown(cut, "en", BOOK)
    assert "Cuts a period at the end of the year." in page
    assert "€295" in page
    assert "- § 3" in page


def test_a_reform_file_changes_parameters_from_a_day_on():
    (pair,) = parse_reform('[parameters."sample.value"]\n2026-03-01 = { euros = 400 }', origin="r.toml")
    assert pair.baseline is Voucher
    assert pair.reform.decide(date(2026, 2, 28), youth(), BOOK).amount == 35_050
    assert pair.reform.decide(ON, youth(), BOOK).amount == euros(400)


def test_a_reform_file_stacks_classes_and_parameters():
    written = f'classes = ["{__name__}:Nines"]\n[parameters."sample.value"]\n2026-01-01 = {{ euros = 1 }}'
    (pair,) = parse_reform(written, origin="r.toml")
    assert pair.reform.decide(ON, youth(sample_grade=8), BOOK).outcome == "no"
    assert pair.reform.decide(ON, youth(), BOOK).amount == 100


def test_a_set_in_a_reform_file_is_a_set():
    (pair,) = parse_reform('[parameters."sample.ages"]\n2026-01-01 = [18, 15]', origin="r.toml")
    facts = youth(sample_grade=8, sample_born=date(2011, 1, 1))
    assert pair.reform.decide(ON, facts, BOOK).outcome == "yes"


@pytest.mark.parametrize(
    ("toml", "problem"),
    [
        ("", "not nothing"),
        ("rules = 1", "not rules"),
        ('[parameters."sample.valu"]\n2026-01-01 = 1', "Did you mean sample.value"),
        ('[parameters."sample.value"]\nsoon = 1', "soon is not a day"),
        ('[parameters]\n"sample.value" = 400', "write the first day and the value"),
        ('classes = ["Nines"]', '"module:Reform"'),
        ('classes = ["no.such.module:Nines"]', "cannot be imported"),
        ('classes = ["ennakko.rules:Rule"]', "is no reform"),
        ("=", "not readable as TOML"),
    ],
)
def test_a_reform_file_written_wrong_says_what_to_write(toml: str, problem: str):
    with pytest.raises(RuleError) as refused:
        parse_reform(toml, origin="r.toml")
    assert problem in str(refused.value)


def test_a_page_of_a_reform_shows_the_changed_values():
    changed: type[Rule] = Voucher.with_parameters({"sample.value": {date(2026, 7, 1): euros(500)}})
    value = {parameter.name: parameter for parameter in page_of(changed, BOOK).parameters}["sample.value"]
    assert [row.value.en for row in value.rows] == ["€350.50", "€500"]
