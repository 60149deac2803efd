# SPDX-License-Identifier: EUPL-1.2
"""Freed seats in a small town: a no lets a neighbour have the better place, and nobody gets a worse one."""

import pytest

from ennakko.kernel.access import Refused
from ennakko.services.childcare.actions import reruns, rounds
from ennakko.services.childcare.models import Placement, WaitWish
from ennakko.services.childcare.queries import seats
from ennakko.services.childcare.states import HOLDING, PlacementState, WishState
from ennakko.services.childcare.tests import nursery as n
from ennakko.services.childcare.tests.nursery import Child, House, nursery

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _streets_of_its_own(settings, tmp_path):
    settings.VAR = tmp_path


def released(tmp_path, children, houses):
    nursery(tmp_path / "s", children, houses)
    round = n.made().round
    rounds.release(round, actor=n.official(), at=n.AT, on=n.ON)
    return round


def wish(child, unit, rank=1):
    return WaitWish.objects.create(
        child=child, form="preschool", starts=n.STARTS, unit_id=unit, rank=rank, state=WishState.WAITING,
        made_at=n.AT, made_by="test",
    )  # fmt: skip


def give_up(child):
    Placement.objects.filter(child=child, state__in=HOLDING).update(state=PlacementState.GIVEN_UP)


def held():
    return dict(Placement.objects.filter(state__in=HOLDING).values_list("child", "pool__unit"))


SIX_AT_A = [*(Child(one, 0) for one in range(1, 8)), Child(8, 100)]
HOUSES = [House("a", 100, 7), House("b", 900, 7)]


def test_a_released_round_keeps_its_seats_and_its_offers_are_known(tmp_path):
    round = released(tmp_path, SIX_AT_A, HOUSES)
    round.refresh_from_db()
    assert set(round.placements.values_list("state", flat=True)) == {PlacementState.HELD}
    assert round.run is not None
    assert round.placements.filter(offer__isnull=True).count() == 0
    assert seats.free(n.STARTS) == {"a-preschool-fi": 0, "b-preschool-fi": 6}


def test_a_no_lets_the_neighbour_who_waits_have_the_better_place(tmp_path):
    released(tmp_path, SIX_AT_A, HOUSES)
    far = next(child for child, unit in held().items() if unit == "b")
    wish(far, "a")
    near = next(child for child, unit in held().items() if unit == "a")
    before = held()
    give_up(near)
    again = reruns.rerun(rounds.Round.objects.get(), actor=n.worker(), at=n.AT, on=n.ON, seed=1).round
    assert n.whose(again) == {far: "a"}
    assert again.counts["moved"] == 1
    assert held() == {child: unit for child, unit in before.items() if child != near}  # nothing yet
    rounds.release(again, actor=n.official(), at=n.AT, on=n.ON)
    assert held() == {**{child: unit for child, unit in before.items() if child != near}, far: "a"}
    assert WaitWish.objects.get().state == WishState.MET
    assert Placement.objects.get(child=far, state=PlacementState.KEPT).pool.unit_id == "b"


def test_who_said_no_and_waits_for_nothing_is_not_asked_again(tmp_path):
    released(tmp_path, SIX_AT_A, HOUSES)
    near = next(child for child, unit in held().items() if unit == "a")
    give_up(near)
    again = reruns.rerun(rounds.Round.objects.get(), actor=n.worker(), at=n.AT, on=n.ON).round
    assert n.whose(again) == {}


def test_who_was_left_without_gets_the_freed_seat(tmp_path):
    released(tmp_path, [Child(one, 0) for one in range(1, 9)], [House("a", 100, 7)])
    without = Placement.objects.get(state=PlacementState.UNPLACED).child
    give_up(next(iter(held())))
    again = reruns.rerun(rounds.Round.objects.get(), actor=n.worker(), at=n.AT, on=n.ON).round
    assert n.whose(again) == {without: "a"}
    rounds.release(again, actor=n.official(), at=n.AT, on=n.ON)
    assert held()[without] == "a"
    assert Placement.objects.filter(child=without, state=PlacementState.UNPLACED).count() == 0


def test_whoever_waits_keeps_the_place_while_no_seat_comes_free(tmp_path):
    released(tmp_path, SIX_AT_A, HOUSES)
    far = next(child for child, unit in held().items() if unit == "b")
    wish(far, "a")
    before = held()
    again = reruns.rerun(rounds.Round.objects.get(), actor=n.worker(), at=n.AT, on=n.ON).round
    assert n.whose(again) == {}
    assert again.counts["waiting"] == 1
    rounds.release(again, actor=n.official(), at=n.AT, on=n.ON)
    assert held() == before
    assert WaitWish.objects.get().state == WishState.WAITING


def test_lesser_wishes_end_when_a_dearer_one_comes_true(tmp_path):
    released(tmp_path, SIX_AT_A, [*HOUSES, House("c", 1500, 7)])
    far = next(child for child, unit in held().items() if unit == "b")
    wish(far, "a", 1)
    wish(far, "c", 2)
    give_up(next(child for child, unit in held().items() if unit == "a"))
    again = reruns.rerun(rounds.Round.objects.get(), actor=n.worker(), at=n.AT, on=n.ON).round
    rounds.release(again, actor=n.official(), at=n.AT, on=n.ON)
    assert dict(WaitWish.objects.values_list("unit", "state")) == {"a": WishState.MET, "c": WishState.ENDED}


def test_only_a_released_round_can_be_run_again(tmp_path):
    nursery(tmp_path / "s", SIX_AT_A, HOUSES)
    with pytest.raises(rounds.NotNow):
        reruns.rerun(n.made().round, actor=n.worker(), at=n.AT, on=n.ON)


@pytest.mark.parametrize("role", ["director", "childcare.supervisor", "protected-clerk", "adviser"])
def test_other_roles_may_not_give_out_freed_seats(tmp_path, role):
    round = released(tmp_path, SIX_AT_A, HOUSES)
    with pytest.raises(Refused):
        reruns.rerun(round, actor=n.staff("Joku", role), at=n.AT, on=n.ON)
