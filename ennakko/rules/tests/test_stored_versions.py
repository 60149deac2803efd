# SPDX-License-Identifier: Apache-2.0
"""A stored version decides again as of then, whatever has become of the class and the parameters."""

from __future__ import annotations

import json
from datetime import date

import pytest

from ennakko.rules import RuleError
from ennakko.rules.parameter_files import parse
from ennakko.rules.parameters import ParameterBook
from ennakko.rules.store import canonical, from_json, to_json, version
from ennakko.rules.tests.sample_rules import BOOK, ON, PARAMETERS, Fee, Voucher, born, home, member, youth
from ennakko.rules.vocabulary import turns


def test_a_stored_rule_decides_and_explains_as_the_class_did():
    stored = from_json(json.loads(canonical(to_json(Voucher, BOOK))))
    facts = youth(sample_grade=None, sample_born=date(2008, 1, 2))
    then, again = Voucher.decide(ON, facts, BOOK), stored.decide(ON, facts)
    assert (again.outcome, again.values, again.reasons, again.ask) == (
        then.outcome,
        then.values,
        then.reasons,
        then.ask,
    )
    assert again.explain("sv") == then.explain("sv")
    assert again.version == then.version == stored.version == version(Voucher, BOOK)


def test_relations_tables_and_places_survive_storing():
    household = [member(1, date(1980, 1, 1), sample_income=612_000), member(2, date(1982, 1, 1), sample_income=0),
                 member(3, date(2022, 1, 1))]  # fmt: skip
    facts = {**household[2], "sample_household": household}
    stored = from_json(json.loads(canonical(to_json(Fee, BOOK))))
    assert stored.decide(ON, facts).values == Fee.decide(ON, facts, BOOK).values


def test_a_stored_rule_keeps_its_old_parameters_and_steps_when_the_rule_changes():
    stored = from_json(json.loads(canonical(to_json(Voucher, BOOK))))

    class Changed(Voucher):
        right_age = turns(born, [50]).says(fi="täyttää 50", sv="fyller 50", en="turns 50")

    cheaper = ParameterBook(parse(PARAMETERS.replace('"350.50"', "1"), service="sample", origin="x"))
    facts = youth(sample_grade=None)
    assert Changed.decide(ON, facts, cheaper).outcome == "unknown"
    assert Voucher.decide(ON, facts, cheaper).amount == 100
    assert stored.decide(ON, facts).amount == 35_050


def test_the_version_changes_with_a_value_a_sentence_or_a_step_and_with_nothing_else():
    base = version(Voucher, BOOK)
    same_text = ParameterBook(parse(PARAMETERS, service="sample", origin="another/file.toml"))
    assert version(Voucher, same_text) == base

    class OtherStep(Voucher):
        resident = home == "049"

    class OtherSentence(Voucher):
        resident = Voucher.resident.says(fi="asuu", sv="bor", en="lives")

    others = [Voucher.with_parameters({"sample.value": 1}), OtherStep, OtherSentence]
    assert len({base, *(version(rule, BOOK) for rule in others)}) == 4
    unrelated = ParameterBook(parse(PARAMETERS.replace("euros = 295", "euros = 311"), service="sample", origin="x"))
    assert version(Voucher, unrelated) == base
    assert version(Fee, unrelated) != version(Fee, BOOK)


def test_a_version_of_another_engine_is_refused_and_not_guessed():
    document = to_json(Voucher, BOOK)
    with pytest.raises(RuleError, match="Replay it with the release that stored it"):
        from_json({**document, "engine": 99})


def test_an_unknown_node_kind_is_refused():
    document = json.loads(canonical(to_json(Voucher, BOOK)).replace('"IsIn"', '"IsNear"'))
    with pytest.raises(RuleError, match="IsNear"):
        from_json(document)
