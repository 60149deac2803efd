# SPDX-License-Identifier: EUPL-1.2
"""The tables that rules are asked about, with what our own services know."""

import pytest

from ennakko.kernel.registers import tables
from ennakko.kernel.registers.snapshots import BrokenSnapshot
from ennakko.kernel.registers.tests import youth_rule as youth
from ennakko.kernel.registers.tests.small_city import Resident

pytestmark = pytest.mark.django_db


@pytest.fixture
def city(tmp_path):
    snapshot = youth.city_of(tmp_path / "a", Resident(1), Resident(2))
    youth.given.add(2)
    return snapshot


def given(snapshot, **more):
    return dict(tables.persons(["test_given"], snapshot, youth.ON, **more).collect().iter_rows())


def test_own_facts_are_what_the_service_knows_and_otherwise_what_it_says(city):
    assert given(city) == {1: False, 2: True}


def test_asked_afresh_own_facts_are_as_before_anything_was_given(city):
    assert given(city, afresh=True) == {1: False, 2: False}


def test_register_facts_are_the_same_afresh(city):
    for afresh in (False, True):
        rows = tables.persons(["municipality"], city, youth.ON, afresh=afresh).collect()
        assert rows["municipality"].to_list() == ["091", "091"]


def test_a_rules_tables_are_afresh_as_asked(city):
    refs = youth.TestYouthEntitled.definition.inputs
    for afresh, known in ((False, [False, True]), (True, [False, False])):
        found = tables.tables_for(refs, (), city, youth.ON, afresh=afresh).persons.collect()
        assert found.sort("person")["test_given"].to_list() == known


def test_a_fact_that_nobody_knows_is_refused(city):
    with pytest.raises(BrokenSnapshot, match="shoe_size"):
        tables.persons(["shoe_size"], city, youth.ON)
