# SPDX-License-Identifier: EUPL-1.2
"""A guardian's no to being offered before asking: for one child, at once, in every cohort, and undone as easily."""

import pytest

from ennakko.kernel.access import Refused
from ennakko.kernel.purposes import objects
from ennakko.kernel.registers import screen
from ennakko.services.childcare.actions import rounds
from ennakko.services.childcare.actions.ahead import look_ahead
from ennakko.services.childcare.law.turns import EarlyEducationTurn, PreschoolTurn
from ennakko.services.childcare.queries import by_hand
from ennakko.services.childcare.queries.ahead import switches
from ennakko.services.childcare.tests import families as t
from ennakko.services.childcare.tests import nursery as n

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _places_of_its_own(settings, tmp_path):
    settings.VAR = tmp_path


def say(child, wanted, actor):
    return look_ahead(child, wanted, actor=actor, at=t.AT, on=t.ON)


def cohort(rule):
    found = screen(rule, purpose="childcare", on=t.STARTS, actor=t.MACHINE, at=t.AT, reason="test")
    return set(found.entitled().to_list())


@pytest.mark.parametrize(("born", "rule"), [(t.SIX, PreschoolTurn), (t.THREE, EarlyEducationTurn)])
def test_a_child_of_whom_a_guardian_said_no_is_in_no_cohort_until_it_is_undone(tmp_path, born, rule):
    t.town(tmp_path / "a", *t.family(11, born=born), *t.family(21, born=born))
    assert cohort(rule) == {11, 21}
    assert say(11, False, t.guardian(12))
    assert cohort(rule) == {21}
    assert [(one.name, one.ahead) for one in switches(t.guardian(13), at=t.AT, on=t.ON)] == [("Onni", False)]
    assert say(11, True, t.guardian(13))
    assert cohort(rule) == {11, 21}
    assert not say(11, True, t.guardian(12))


def test_the_child_is_in_no_round_no_re_run_and_no_list_of_those_placed_by_hand(tmp_path):
    n.nursery(tmp_path / "s", [n.Child(1, 0), n.Child(2, 100, extra={"foster_care": True})], [n.House("a", 100, 7)])
    for child in (1, 2):
        say(child, False, t.guardian(n.PARENTS + child))
    round = n.made().round
    assert (n.whose(round), round.counts["objecting"]) == ({}, 2)
    rounds.release(round, actor=n.official(), at=n.AT, on=n.ON)
    assert by_hand.waiting(n.worker()).count() == 0


def test_a_no_said_between_the_draft_and_its_release_counts(tmp_path):
    n.nursery(tmp_path / "s", [n.Child(1, 0), n.Child(2, 100)], [n.House("a", 100, 7)])
    round = n.made().round
    say(1, False, t.guardian(n.PARENTS + 1))
    released = rounds.release(round, actor=n.official(), at=n.AT, on=n.ON)
    assert (released.offers, released.dropped) == (1, 1)


@pytest.mark.parametrize(
    "actor", [t.guardian(22), t.guardian(11), t.guardian(12, strong=False)], ids=["another", "child", "weak"]
)
def test_nobody_else_speaks_for_the_child(tmp_path, actor):
    t.town(tmp_path / "a", *t.family(11), *t.family(21))
    with pytest.raises(Refused):
        say(11, False, actor)
    assert not objects(11, "childcare")


def test_a_guardian_elsewhere_is_not_shown_a_protected_child(tmp_path):
    t.town(tmp_path / "a", *t.family(11, apart=True, non_disclosure=True))
    assert [one.child for one in switches(t.guardian(12), at=t.AT, on=t.ON)] == [11]
    assert switches(t.guardian(13), at=t.AT, on=t.ON) == []
    with pytest.raises(Refused):
        say(11, False, t.guardian(13))
