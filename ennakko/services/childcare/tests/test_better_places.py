# SPDX-License-Identifier: EUPL-1.2
"""A better place said no to leaves nobody worse off: the earlier one comes back, or the better one waits for a call."""

import pytest

from ennakko.kernel import offers
from ennakko.kernel.access import Actor
from ennakko.kernel.cases.models import Case
from ennakko.services.childcare.actions import answers, calls, placements, reruns, rounds
from ennakko.services.childcare.models import Call, Placement, Round, WaitWish
from ennakko.services.childcare.queries import seats
from ennakko.services.childcare.queries.offered import view_of
from ennakko.services.childcare.states import HOLDING, PlacementState, WishState
from ennakko.services.childcare.tests import nursery as n
from ennakko.services.childcare.tests.nursery import Child, House, nursery

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _streets_of_its_own(settings, tmp_path):
    settings.VAR = tmp_path


def held():
    return dict(Placement.objects.filter(state__in=HOLDING).values_list("child", "pool__unit"))


def guardian(child):
    return Actor("resident", f"r{n.PARENTS + child}", person=n.PARENTS + child, strong=True)


def say(child, answer, **details):
    offer = Placement.objects.get(child=child, state=PlacementState.HELD).offer
    return offers.answer(offer, answer, actor=guardian(child), at=n.AT, on=n.ON, details=details)


def wish(child, *units):
    placement = Placement.objects.get(child=child, state__in=HOLDING)
    placements.wish(placement, units, actor=guardian(child), at=n.AT)


def rerun():
    again = reruns.rerun(Round.objects.earliest("pk"), actor=n.worker(), at=n.AT, on=n.ON, seed=1).round
    rounds.release(again, actor=n.official(), at=n.AT, on=n.ON)
    return again


@pytest.fixture
def far(tmp_path):
    """The child who got the farther unit b and waits for a, where a seat has come free; the better place is offered."""
    nursery(tmp_path / "s", [*(Child(one, 0) for one in range(1, 8)), Child(8, 100)],
            [House("a", 100, 7), House("b", 900, 7)])  # fmt: skip
    rounds.release(n.made().round, actor=n.official(), at=n.AT, on=n.ON)
    child = next(child for child, unit in held().items() if unit == "b")
    near = next(child for child, unit in held().items() if unit == "a")
    say(child, "accepted")
    wish(child, "a")
    say(near, "declined", reason="private")
    rerun()
    assert held()[child] == "a"
    return child


def earlier(child):
    return Placement.objects.get(child=child, pool__unit="b")


def test_the_earlier_seat_waits_for_the_answer(far):
    assert earlier(far).state == PlacementState.KEPT
    assert seats.free(n.STARTS)["b-preschool-fi"] == 6
    offer = Placement.objects.get(child=far, state=PlacementState.HELD).offer
    assert view_of(guardian(far), offer, on=n.ON).kept.fi == "Päiväkoti b"


def test_a_yes_to_the_better_place_frees_the_earlier_one(far):
    say(far, "accepted")
    assert earlier(far).state == PlacementState.REPLACED
    assert held()[far] == "a"
    assert seats.free(n.STARTS)["b-preschool-fi"] == 7


def test_a_no_to_the_better_place_gives_the_earlier_one_back_as_it_was(far):
    say(far, "declined", reason="home")
    assert held()[far] == "b"
    assert earlier(far).state == PlacementState.ACCEPTED
    assert seats.free(n.STARTS) == {"a-preschool-fi": 1, "b-preschool-fi": 6}
    assert Case.objects.filter(subject=far).exclude(state="withdrawn").count() == 1
    assert not Call.objects.filter(offer__subject=far).exists()


def test_a_no_taken_back_keeps_the_earlier_one_again(far):
    offer = say(far, "declined", reason="home")
    offers.undo_decline(offer, actor=guardian(far), at=n.AT, on=n.ON)
    assert held()[far] == "a"
    assert earlier(far).state == PlacementState.KEPT
    say(far, "accepted")
    assert earlier(far).state == PlacementState.REPLACED


def test_the_kept_seat_is_given_to_nobody_in_the_next_round(far):
    assert n.whose(rerun()) == {}
    say(far, "declined", reason="home")
    assert held()[far] == "b"


def test_a_family_that_had_not_answered_gets_its_place_back_and_a_call(tmp_path):
    nursery(tmp_path / "s", [*(Child(one, 0) for one in range(1, 8)), Child(8, 100)],
            [House("a", 100, 7), House("b", 900, 7)])  # fmt: skip
    rounds.release(n.made().round, actor=n.official(), at=n.AT, on=n.ON)
    child = next(child for child, unit in held().items() if unit == "b")
    near = next(child for child, unit in held().items() if unit == "a")
    wish(child, "a")
    say(near, "declined", reason="private")
    rerun()
    say(child, "declined", reason="home")
    assert held()[child] == "b"
    call = Call.objects.get(why="kept_old")
    calls.called(call, "takes_place", actor=n.worker(), at=n.AT, on=n.ON)
    assert earlier(child).state == PlacementState.ACCEPTED


def test_whose_seat_went_on_in_a_chain_keeps_the_wished_place_until_somebody_calls(tmp_path):
    nursery(tmp_path / "s", [*(Child(one, 0) for one in range(1, 8)), *(Child(one, 900) for one in range(11, 18))],
            [House("a", 0, 7), House("b", 900, 7)])  # fmt: skip
    rounds.release(n.made().round, actor=n.official(), at=n.AT, on=n.ON)
    for child, unit in ((1, "b"), (11, "a")):
        say(child, "accepted")
        wish(child, unit)
    rerun()
    assert (held()[1], held()[11]) == ("b", "a")
    say(1, "declined", reason="home")
    assert held()[1] == "b"
    call = Call.objects.get(why="passed_on")
    say_no = calls.called(call, "no_place", actor=n.worker(), at=n.AT, on=n.ON)
    assert say_no.outcome == "no_place"
    assert 1 not in held()


def test_an_offer_taken_back_gives_the_earlier_place_back(far):
    from ennakko.kernel.offers.rechecking import withdraw

    offer = Placement.objects.get(child=far, state=PlacementState.HELD).offer
    withdraw(offer, reason="changed", actor=n.MACHINE, at=n.AT)
    assert held()[far] == "b"


def test_a_no_on_the_phone_after_the_time_gives_it_back_too(far):
    offer = Placement.objects.get(child=far, state=PlacementState.HELD).offer
    type(offer).objects.filter(pk=offer.pk).update(state="expired")
    answers.by_phone(offer, takes=False, actor=n.worker(), at=n.AT, on=n.ON)
    assert held()[far] == "b"
    assert WaitWish.objects.get(child=far).state == WishState.MET
