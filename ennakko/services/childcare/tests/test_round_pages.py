# SPDX-License-Identifier: EUPL-1.2
"""Pages of rounds and units: a draft made, looked at, compared, released; who may, and how many queries it takes."""

import pytest

from ennakko.kernel import clock
from ennakko.kernel.access import visible
from ennakko.services.childcare.actions import placements, rounds
from ennakko.services.childcare.demo_rounds import lead
from ennakko.services.childcare.forms_rounds import RoundForm
from ennakko.services.childcare.models import Placement, Round, Unit
from ennakko.services.childcare.placing.policy import Policy
from ennakko.services.childcare.queries import rounds as found
from ennakko.services.childcare.tests import nursery as n
from ennakko.services.childcare.tests.nursery import Child, House, nursery

pytestmark = pytest.mark.django_db

CHILDREN = [Child(one, 100 * one) for one in range(1, 13)]
HOUSES = [House("a", 100, 7), House("b", 1200, 7)]


@pytest.fixture(autouse=True)
def _town(settings, tmp_path, monkeypatch):
    settings.VAR = tmp_path
    nursery(tmp_path / "s", CHILDREN, HOUSES)
    monkeypatch.setattr(clock, "now", lambda: n.AT)
    monkeypatch.setattr(clock, "today", lambda: n.ON)


def test_the_form_of_a_draft_asks_for_whole_metres():
    data = {"form": "preschool", "starts": "2026-08-01", "mode": "flow", "together": "on",
            **dict.fromkeys(Policy().as_json(), "0"), "sibling_metres": "-1"}  # fmt: skip
    form = RoundForm(data, policy=Policy())
    assert not form.is_valid()
    assert set(form.errors) == {"sibling_metres"}
    form = RoundForm({**data, "sibling_metres": "700"}, policy=Policy())
    assert form.is_valid(), form.errors
    assert form.policy() == Policy(sibling_metres=700)


def test_figures_of_a_round_are_two_queries_whatever_its_size(django_assert_num_queries):
    round = n.made().round
    with django_assert_num_queries(2):
        shown = found.figures(round)
    assert shown.placed == 12
    assert shown.mean_metres == sum(row or 0 for row in round.placements.values_list("metres", flat=True)) // 12
    assert shown.districts.keys() == {"101"}


def test_two_drafts_are_compared_and_few_changes_are_not_counted_out(django_assert_num_queries):
    first = n.made(policy=Policy(), seed=1).round
    second = n.made(policy=Policy(long_way_metres=100, long_way_percent=1000), seed=1).round
    assert list(found.others(first)) == [second]
    with django_assert_num_queries(2):
        told = found.difference(first, second)
    assert told.changed == 0 or told.changed >= 5
    assert found.difference(first, first).changed == 0


def test_a_unit_tells_its_seats_and_who_comes_once_the_round_is_released():
    round = n.made().round
    unit = Unit.objects.get(pk="a")
    worker = n.worker()
    assert [(one.seats, one.taken, one.free) for one in found.pools_of(unit, n.STARTS)] == [(7, 0, 7)]
    assert found.arrivals(unit, worker, n.ON).count() == 0
    rounds.release(round, actor=n.official(), at=n.AT, on=n.ON)
    came = found.arrivals(unit, worker, n.ON)
    assert came.count() == round.placements.filter(pool__unit="a").count()
    (pool,) = found.pools_of(unit, n.STARTS)
    assert (pool.taken, pool.confirmed) == (came.count(), 0)


def test_a_group_tells_how_full_it_really_was_beside_what_is_planned_and_what_is_sure():
    rounds.release(n.made().round, actor=n.official(), at=n.AT, on=n.ON)
    unit = Unit.objects.get(pk="a")
    one = Placement.objects.filter(pool__unit="a").first()
    placements.accept(one, actor=n.worker(), at=n.AT)
    (pool,) = found.pools_of(unit, n.STARTS, on=n.ON)
    assert (pool.taken, pool.confirmed, pool.realised) == (6, 1, None)
    assert (pool.percent(pool.taken), pool.percent(pool.confirmed)) == (86, 14)
    # 6.3 children were there on average, with 1.5 educators for seven each.
    unit.pools.get().seats.update(present_children=630, present_educators=150)
    (pool,) = found.pools_of(unit, n.STARTS, on=n.ON)
    assert pool.realised == 60


def test_a_head_sees_the_own_unit_and_its_children_alone():
    rounds.release(n.made().round, actor=n.official(), at=n.AT, on=n.ON)
    head = n.staff("Leena", "childcare.supervisor")
    lead(head.staff, Unit.objects.get(pk="a"), n.ON)
    assert [one.pk for one in found.units_of(head)] == ["a"]
    assert found.arrivals(Unit.objects.get(pk="a"), head, n.ON).count() > 0
    assert found.arrivals(Unit.objects.get(pk="b"), head, n.ON).count() == 0
    other = n.staff("Liisa", "childcare.supervisor")
    assert found.units_of(other).count() == 0
    assert visible(other, "childcare.see-place", Round.objects.get().placements.all()).count() == 0
