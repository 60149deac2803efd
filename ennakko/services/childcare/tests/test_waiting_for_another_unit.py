# SPDX-License-Identifier: EUPL-1.2
"""A neighbour says no, the freed seat goes to whoever waited for it, and nobody is worse off."""

import pytest

from ennakko.kernel import offers
from ennakko.services.childcare.actions import placements
from ennakko.services.childcare.models import Placement, WaitWish
from ennakko.services.childcare.queries.offers_place import of_offer
from ennakko.services.childcare.tests import families as t

pytestmark = pytest.mark.django_db


def test_a_wish_is_kept_changed_and_ended_while_the_place_stays(tmp_path):
    t.town(tmp_path / "a", *t.family())
    t.units()
    offer = t.offered(t.placed([t.CHILD], at_unit="tiira"))[0]
    offers.answer(offer, "accepted", actor=t.guardian(), at=t.AT, on=t.ON)
    placement = of_offer(offer)
    assert placements.wish(placement, ["lokki"], actor=t.guardian(), at=t.AT) == 1
    assert WaitWish.objects.get().state == "waiting"
    assert placements.wish(placement, ["lokki"], actor=t.guardian(), at=t.AT) == 1
    assert WaitWish.objects.count() == 1
    placements.wish(placement, [], actor=t.guardian(), at=t.AT)
    assert (WaitWish.objects.get().state, Placement.objects.get().state) == ("ended", "accepted")
