# SPDX-License-Identifier: Apache-2.0
"""The catalogue of facts is whole: each has its texts, source and names that can be found."""

import pytest

from ennakko import facts
from ennakko.facts import business, employment, guardianship, incomes, population, school, sources
from ennakko.rules.errors import RuleError
from ennakko.values.texts import LANGUAGES

REGISTERS = (business, employment, guardianship, incomes, population, school)


def test_every_fact_has_a_declared_source_and_labels_in_every_language():
    # Other tests declare facts of their own in the same process; these are those of the registers.
    declared = {name for module in REGISTERS for name in vars(module)}
    ours = [fact for fact in facts.catalogue() if fact.name in declared]
    assert len(ours) > 20
    for fact in ours:
        assert sources.get(fact.source).title.sv
        assert len({fact.label.in_(language) for language in LANGUAGES}) >= 2, fact.name


def test_a_misspelt_fact_names_the_near_one():
    with pytest.raises(RuleError, match="Did you mean birth_date"):
        facts.get("birth_dat")


def test_a_misspelt_source_names_the_near_one():
    with pytest.raises(KeyError, match="school-register"):
        sources.get("school-registry")


def test_a_fact_of_a_relation_is_found_by_its_bare_name():
    assert facts.get("guardian").relation == "guardians"
    assert facts.get("birth_date").relation is None


def test_secret_and_special_facts_say_so():
    assert facts.get("non_disclosure").sensitivity == "secret"
    assert {name for name in ("income_month", "school_grade", "under_guardianship")
            if facts.get(name).sensitivity != "special"} == set()  # fmt: skip


def test_what_only_a_register_may_lack_can_be_asked_of_the_resident():
    for name in ("income_month", "school_grade", "unemployed_since", "activity"):
        assert facts.get(name).unknown
        assert facts.get(name).ask is not None


def test_the_household_is_not_the_family_nor_the_guardians():
    assert {relation.name for relation in facts.relations()} >= {"household", "guardians", "children", "spells"}
    assert facts.relation("household").source == "population-register"
    assert facts.relation("guardians").source == "guardianship"
