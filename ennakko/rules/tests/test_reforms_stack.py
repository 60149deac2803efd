# SPDX-License-Identifier: Apache-2.0
"""A reform is a subclass or changed parameters; what used a changed step follows, and reforms stack."""

from __future__ import annotations

from datetime import date

import pytest

from ennakko.rules import Rule, RuleError, reform, registry, turns
from ennakko.rules.reform_files import parse_reform
from ennakko.rules.registry import all_rules
from ennakko.rules.rule import is_reform
from ennakko.rules.tests.sample_rules import BOOK, ON, Voucher, born, given, grade, home, same, youth
from ennakko.values.money import euros

NINETEEN = date(2007, 5, 31)


class WiderAges(Voucher):
    right_age = turns(born, [15, 16, 17, 18, 19]).says(fi="täyttää 15–19", sv="fyller 15–19", en="turns 15–19")


class Neighbours(Voucher):
    resident = Voucher.resident | (home == "049")


class Higher(Voucher):
    parameters = {"sample.value": euros(400)}


class HigherLater(Higher):
    parameters = {"sample.value": {date(2026, 7, 1): euros(500)}}


def test_a_replaced_step_is_followed_by_what_uses_it():
    facts = youth(sample_born=NINETEEN, sample_grade=None)
    assert Voucher.decide(ON, facts, BOOK).outcome == "unknown"
    assert WiderAges.decide(ON, facts, BOOK).outcome == "yes"
    assert WiderAges.decide(ON, facts, BOOK).amount == 35_050


def test_a_step_of_a_reform_may_widen_what_it_was():
    assert Neighbours.decide(ON, youth(sample_home="049"), BOOK).outcome == "yes"
    assert Neighbours.decide(ON, youth(), BOOK).outcome == "yes"
    assert Neighbours.decide(ON, youth(sample_home="092"), BOOK).outcome == "no"


def test_a_reform_keeps_the_sentence_and_the_citation_of_the_step_it_changes():
    step = Neighbours.definition.step("resident")
    assert step.says is not None
    assert step.says.en == "lives in Helsinki"
    assert step.cite == ("§ 1",)


def test_changed_parameters_are_a_reform():
    assert Higher.decide(ON, youth(), BOOK).amount == euros(400)
    assert Voucher.with_parameters({"sample.ages": [18, 19]}).decide(
        ON, youth(sample_born=NINETEEN), BOOK
    ).amount == 35_050  # fmt: skip


def test_reforms_stack_by_inheritance_and_by_name():
    both = reform("Both", WiderAges, Neighbours, parameters={"sample.value": euros(10)})
    facts = youth(sample_born=NINETEEN, sample_home="049", sample_grade=None)
    assert both.decide(ON, facts, BOOK).outcome == "yes"
    assert both.decide(ON, facts, BOOK).amount == euros(10)
    assert WiderAges.decide(ON, facts, BOOK).outcome == "no"
    assert HigherLater.decide(ON, youth(), BOOK).amount == euros(400)
    assert HigherLater.decide(date(2026, 7, 1), youth(), BOOK).amount == euros(500)


def test_two_widenings_of_one_step_both_count():
    class More(Voucher):
        resident = Voucher.resident | (home == "092")

    stacked = reform("Stacked", More, Neighbours)
    outcomes = [stacked.decide(ON, youth(sample_home=code), BOOK).outcome for code in ("091", "049", "092", "235")]
    assert outcomes == ["yes", "yes", "yes", "no"]


def test_a_reform_has_a_version_of_its_own_and_is_not_listed():
    versions = {rule.bind(ON, BOOK).version for rule in (Voucher, WiderAges, Neighbours, Higher, HigherLater)}
    assert len(versions) == 5
    assert is_reform(WiderAges)
    assert not is_reform(Voucher)
    assert WiderAges not in all_rules()


def test_a_scope_follows_a_step_that_it_uses():
    class Scoped(Rule, registered=False):
        id = "sample.scoped"
        title = same("x")
        local = home == "091"
        scope = local
        unused = ~given
        outcome = "unused"

    class Wider(Scoped):
        local = Scoped.local | (home == "049")

    assert Scoped.decide(ON, youth(sample_home="049")).outcome == "not_applicable"
    assert Wider.decide(ON, youth(sample_home="049")).outcome == "yes"


def test_a_new_step_may_be_used_by_a_replaced_one():
    class Later(Voucher):
        tenth = grade == 10
        ninth = Voucher.ninth | tenth

    assert Later.decide(ON, youth(sample_grade=10, sample_born=date(2005, 1, 1)), BOOK).outcome == "yes"


def test_a_step_may_not_change_its_type():
    with pytest.raises(RuleError, match="is int; the step it replaces is bool"):

        class Wrong(Voucher):
            resident = grade + 1


def test_steps_that_are_made_of_one_another_are_refused():
    class Knot(Rule, registered=False):
        id = "sample.knot"
        title = same("x")
        a = home == "091"
        b = a & given
        outcome = "b"

    with pytest.raises(RuleError, match="made of one another"):

        class Tied(Knot):
            a = Knot.b | given


@pytest.mark.parametrize(
    ("written", "problem"),
    [
        ("parameters = 1", r"written \[parameters"),
        ('classes = "x"', "classes is a list"),
        ('classes = ["json.nowhere:X"]', "cannot be imported: ModuleNotFoundError"),
        ('classes = ["os:path"]', "is no reform"),
        ("[parameters.sample.ages]\n2026-01-01 = [15]", r'quotation marks: \[parameters\."sample\.ages"\]'),
        ('[parameters."sample.ages"]\n2026-01-01 = [15, "x"]', "values of one kind"),
        ('[parameters."sample.ages"]\n2026-01-01 = []', "one or more values"),
        ('[parameters."sample.ages"]\n2026-13-01 = [15]', "2026-13-01 is not a day"),
    ],
)
def test_a_reform_file_written_wrong_says_what_to_write(
    written: str, problem: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(registry, "_rules", {Voucher.id: Voucher})
    with pytest.raises(RuleError, match=problem):
        parse_reform(written, origin="reform.toml")


def test_an_amount_that_everyones_sum_would_not_hold_is_refused() -> None:
    with pytest.raises(RuleError, match="would not fit in 64 bits"):
        Voucher.with_parameters({"sample.value": 2**62}).bind(ON, BOOK)
    with pytest.raises(RuleError, match=r"1\.5 is not\. Write euros = 400"):
        Voucher.with_parameters({"sample.value": 1.5}).bind(ON, BOOK)
