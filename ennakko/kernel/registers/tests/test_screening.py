# SPDX-License-Identifier: EUPL-1.2
from datetime import date

import pytest

from ennakko.kernel import audit, purposes
from ennakko.kernel.registers import PermitMissing, PermitTable, screening, set_permits
from ennakko.kernel.registers.facts_of import facts_for, person_facts
from ennakko.kernel.registers.models import RuleVersion, ScreeningRecord
from ennakko.kernel.registers.tests import youth_rule as youth
from ennakko.kernel.registers.tests.small_city import Resident
from ennakko.kernel.registers.versions import decide_as_of_then

pytestmark = pytest.mark.django_db
SIXTEEN, FIFTEEN, ADULT = date(2010, 5, 17), date(2011, 5, 17), date(1980, 1, 1)


def look(**changes):
    given = {
        "purpose": youth.PURPOSE, "on": youth.ON, "actor": youth.MACHINE, "at": youth.AT, "reason": "yearly look",
    }  # fmt: skip
    return screening.screen("test-youth.entitled", **(given | changes))


def test_everyone_is_looked_at_and_only_the_entitled_are_found(tmp_path):
    youth.city_of(
        tmp_path / "a",
        Resident(1, SIXTEEN),
        Resident(2, FIFTEEN),
        Resident(3, ADULT),
        Resident(4, SIXTEEN, municipality="049"),
    )
    found = look()
    assert found.entitled().to_list() == [1]
    assert found.counts == {
        "residents": 4, "entitled": 1, "not_entitled": 2, "unknown": 0, "not_applicable": 1, "objecting": 0,
    }  # fmt: skip
    assert found.facts.to_dicts() == [{"person": 1, "birth_date": SIXTEEN, "municipality": "091", "test_given": False}]


def test_the_dead_and_those_who_moved_out_are_left_out(tmp_path):
    youth.city_of(
        tmp_path / "a",
        Resident(1, SIXTEEN, alive=False),
        Resident(2, SIXTEEN, moved_out=date(2026, 4, 14)),
        Resident(3, SIXTEEN, moved_out=date(2026, 4, 15)),
    )
    assert look().entitled().to_list() == [3]


def test_those_who_object_are_not_looked_ahead_for_and_are_counted(tmp_path):
    youth.city_of(tmp_path / "a", Resident(1, SIXTEEN), Resident(2, SIXTEEN))
    actor = youth.MACHINE.__class__(kind="resident", reference="r", person=2, strong=True)
    purposes.object_to(2, youth.PURPOSE, actor, youth.AT)
    found = look()
    assert found.entitled().to_list() == [1]
    assert found.counts["objecting"] == 1


def test_what_our_own_services_know_is_a_fact_like_any_other(tmp_path):
    youth.city_of(tmp_path / "a", Resident(1, SIXTEEN), Resident(2, SIXTEEN))
    youth.given.add(2)
    assert look().entitled().to_list() == [1]


def test_without_a_permit_nothing_is_read(tmp_path):
    youth.city_of(tmp_path / "a", Resident(1, SIXTEEN))
    set_permits(PermitTable())
    with pytest.raises(PermitMissing) as refused:
        look()
    assert refused.value.source in ("population-register", "own-services")
    assert not ScreeningRecord.objects.exists()
    assert audit.reads_of(1) == ()


def test_a_permit_that_has_expired_is_no_permit(tmp_path):
    youth.city_of(tmp_path / "a", Resident(1, SIXTEEN))
    with pytest.raises(PermitMissing):
        look(on=date(2027, 1, 1))


def test_a_screening_is_one_read_that_each_resident_can_see(tmp_path):
    snapshot = youth.city_of(tmp_path / "a", Resident(1, SIXTEEN), Resident(3, ADULT))
    look()
    for person in (1, 3):
        (read,) = audit.reads_of(person)
        assert (read.purpose, read.snapshot, read.reason) == (youth.PURPOSE, snapshot.id, "yearly look")
        assert read.screened == 2
        assert set(read.facts) == {"birth_date", "municipality", "test_given"}


def test_the_rule_is_stored_once_and_decides_again(tmp_path):
    youth.city_of(tmp_path / "a", Resident(1, SIXTEEN))
    first, second = look(), look()
    assert first.version == second.version
    stored = RuleVersion.objects.get()
    facts = {"birth_date": "2010-05-17", "municipality": "091", "test_given": False}
    decision = decide_as_of_then(stored, facts, youth.ON)
    assert decision.outcome == "yes"
    assert decide_as_of_then(stored, facts | {"municipality": "049"}, youth.ON).outcome == "no"


def test_the_facts_of_one_resident_are_read_and_the_look_is_logged(tmp_path):
    youth.city_of(tmp_path / "a", Resident(1, SIXTEEN))
    where = {"purpose": youth.PURPOSE, "on": youth.ON, "actor": youth.MACHINE, "at": youth.AT, "reason": "call"}
    assert person_facts(1, ["birth_date", "test_given"], **where) == {"birth_date": SIXTEEN, "test_given": False}
    assert person_facts(99, ["birth_date"], **where) is None
    assert [len(audit.reads_of(person)) for person in (1, 99)] == [1, 1]
    assert youth.TestYouthEntitled.decide(youth.ON, facts_for("test-youth.entitled", 1, **where)).outcome == "yes"


def test_a_fact_without_a_permit_is_not_read_of_one_resident_either(tmp_path):
    youth.city_of(tmp_path / "a", Resident(1, SIXTEEN, grade=9))
    where = {"purpose": youth.PURPOSE, "on": youth.ON, "actor": youth.MACHINE, "at": youth.AT, "reason": "call"}
    with pytest.raises(PermitMissing) as refused:
        person_facts(1, ["school_grade"], **where)
    assert refused.value.facts == ("school_grade",)
    assert refused.value.reason.en
    assert audit.reads_of(1) == ()


def test_near_misses_tell_what_one_thing_keeps_people_from(tmp_path):
    youth.city_of(tmp_path / "a", Resident(1, SIXTEEN, municipality="049"), Resident(2, FIFTEEN), Resident(3, SIXTEEN))
    missed = screening.near_misses(look())
    assert missed["refused"] == {"of_age": 1, "lives_here": 1, "not_yet": 0}
