# SPDX-License-Identifier: EUPL-1.2
"""Children whom the machine did not place: a worker proposes a place, an official releases it, nobody twice."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ennakko.kernel import offers
from ennakko.kernel.access import Actor, Refused
from ennakko.kernel.audit.models import Read
from ennakko.kernel.offers.models import Offer
from ennakko.kernel.purposes.actions import object_to
from ennakko.services.childcare.actions import by_hand, placements, reruns, rounds
from ennakko.services.childcare.actions.placements import PlaceClosed, SeatGone
from ennakko.services.childcare.explaining import explain
from ennakko.services.childcare.models import HandProposal, Placement, Pool, Unit
from ennakko.services.childcare.queries import by_hand as found
from ennakko.services.childcare.queries import seats
from ennakko.services.childcare.states import HOLDING, PlacementState
from ennakko.services.childcare.tests import nursery as n
from ennakko.services.childcare.tests.nursery import Child, House, nursery

pytestmark = pytest.mark.django_db
EIGHT = [Child(one, 0) for one in range(1, 9)]


@pytest.fixture(autouse=True)
def _streets_of_its_own(settings, tmp_path):
    settings.VAR = tmp_path


def released(tmp_path, children, houses):
    nursery(tmp_path / "s", children, houses)
    round = n.made().round
    rounds.release(round, actor=n.official(), at=n.AT, on=n.ON)
    return round


def fostered(tmp_path, *houses, **extra):
    """A child in foster care, at whom a person looks first; the machine kept the seat that it found."""
    released(tmp_path, [Child(1, 0, extra={"foster_care": True, **extra})], houses or [House("a", 100, 7)])
    return Placement.objects.get(child=1)


def later_pool(unit="a", home=100, language="fi", seats_=7, **more):
    """A group that came after the round."""
    row, _ = Unit.objects.get_or_create(
        id=unit, defaults={"name_fi": f"Päiväkoti {unit}", "name_sv": f"Daghemmet {unit}", "name_en": f"Centre {unit}",
                           "provider": "municipal", "latitude": n.at(home)[0], "longitude": n.at(home)[1]},
    )  # fmt: skip
    pool = Pool.objects.create(
        id=f"{unit}-new-{language}", unit=row, band="preschool", language=language, first_day=date(2026, 8, 1), **more
    )
    pool.seats.create(first_day=date(2026, 8, 1), educators=100, seats=seats_)
    return pool.pk


def propose(row, pool, *, actor=None, words="Lähin, jossa on tilaa"):
    return by_hand.propose(row, pool, words, actor=actor or n.worker(), at=n.AT, on=n.ON)


def release(row, *, actor=None):
    return by_hand.release([row], actor=actor or n.official(), at=n.AT, on=n.ON)


def guardian(person):
    return Actor("resident", f"r{person}", person=person, strong=True)


def test_a_child_left_without_a_place_waits_for_a_person_with_the_reason(tmp_path):
    released(tmp_path, EIGHT, [House("a", 100, 7)])
    (row,) = found.waiting(n.worker())
    assert row.state == PlacementState.UNPLACED
    said = [one.en for one in found.why(row)]
    assert "Every group that suits was filled." in said
    assert "Day-care centre a (100 m): all 7 places were filled." in said


def test_a_place_chosen_by_a_worker_is_offered_once_an_official_releases_it(tmp_path):
    released(tmp_path, EIGHT, [House("a", 100, 7)])
    (row,) = found.waiting(n.worker())
    new = propose(row, later_pool("b", 400))
    assert (new.state, new.metres, new.replaces_id) == (PlacementState.PROPOSED, 400, row.pk)
    assert seats.free(n.STARTS)["b-new-fi"] == 6
    assert not Offer.objects.filter(subject=row.child).exists()
    assert release(new).offered == 1
    new.refresh_from_db()
    assert new.state == PlacementState.HELD
    assert new.offer.recipients.count() == 1
    assert new.offer.content["unit"] == "b"
    assert found.waiting(n.worker()).count() == 0
    offers.answer(new.offer, "accepted", actor=guardian(n.PARENTS + row.child), at=n.AT, on=n.ON)
    new.refresh_from_db()
    assert new.state == PlacementState.ACCEPTED
    assert "A service adviser chose this unit" in " ".join(one.en for one in explain(new).sentences)


def test_a_kept_seat_is_not_counted_twice_when_the_worker_takes_it(tmp_path):
    row = fostered(tmp_path)
    assert row.state == PlacementState.BY_HAND
    assert seats.free(n.STARTS) == {"a-preschool-fi": 6}
    (near,) = found.near(row, found.need_of(row, actor=n.worker(), at=n.AT, on=n.ON), on=n.ON)
    assert (near.metres, near.minutes, near.free) == (100, 2, 7)
    assert [(one.seats, one.without, one.with_child) for one in near.full] == [(7, 0, 1)] * 3
    propose(row, "a-preschool-fi")
    assert seats.free(n.STARTS) == {"a-preschool-fi": 6}


def test_the_second_of_two_workers_gets_a_clear_answer(tmp_path):
    row = fostered(tmp_path, House("a", 100, 7), House("b", 900, 7))
    propose(row, "a-preschool-fi")
    with pytest.raises(PlaceClosed, match="A colleague was first"):
        propose(row, "b-preschool-fi", actor=n.staff("Toinen", "childcare.service-worker"))
    assert HandProposal.objects.count() == 1


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"language": "sv"}, "another language"),
        ({"last_day": date(2026, 8, 1)}, None),
        ({"special": True}, "not for the child's age"),
    ],
)
def test_a_group_that_does_not_suit_is_refused_in_words(tmp_path, wrong, said):
    row = fostered(tmp_path)
    pool = later_pool("b", **wrong)
    if said is None:
        propose(row, pool)
        return
    with pytest.raises(PlaceClosed, match=said):
        propose(row, pool)
    row.refresh_from_db()
    assert row.state == PlacementState.BY_HAND


def test_a_full_a_closed_and_an_unknown_unit_are_refused(tmp_path):
    row = fostered(tmp_path)
    with pytest.raises(SeatGone):
        propose(row, later_pool("full", seats_=0))
    closed = later_pool("closed")
    Unit.objects.filter(pk="closed").update(closes=date(2026, 7, 31))
    with pytest.raises(PlaceClosed, match="not open then"):
        propose(row, closed)
    with pytest.raises(PlaceClosed):
        propose(row, "nothing")
    with pytest.raises(PlaceClosed, match="Write why"):
        propose(row, "a-preschool-fi", words="  ")


def test_a_child_with_a_support_need_gets_a_special_group_and_no_word_of_it(tmp_path):
    row = fostered(tmp_path, House("a", 100, 7), House("s", 500, 7, special=True), support_need=True)
    with pytest.raises(PlaceClosed):
        propose(row, "a-preschool-fi")
    new = propose(row, "s-preschool-fi-s")
    assert not any("support" in str(kept) or "special" in str(kept) for kept in (new.reasons, new.needs, new.assumed))


def test_a_proposal_given_back_waits_again_and_its_seat_is_free(tmp_path):
    row = fostered(tmp_path, House("a", 100, 7), House("b", 900, 7))
    new = propose(row, "b-preschool-fi")
    by_hand.give_back(new, "Lähempänä on tilaa", actor=n.official(), at=n.AT)
    row.refresh_from_db()
    assert row.state == PlacementState.BY_HAND
    assert seats.free(n.STARTS)["b-preschool-fi"] == 7
    assert [one.decided_words for one in found.given_back(row)] == ["Lähempänä on tilaa"]
    with pytest.raises(PlaceClosed):
        by_hand.give_back(new, "Uudestaan", actor=n.official(), at=n.AT)
    assert release(new).offered == 0
    assert propose(row, "a-preschool-fi").state == PlacementState.PROPOSED


def test_a_family_that_objects_by_then_is_offered_nothing(tmp_path):
    new = propose(fostered(tmp_path), "a-preschool-fi")
    object_to(1, "childcare", guardian(1), n.AT)
    sent = release(new)
    assert (sent.offered, [reason.en[:24] for _row, reason in sent.refused]) == (0, ["It is no longer the chil"])
    assert not Offer.objects.exists()


def test_nobody_is_placed_from_a_draft(tmp_path):
    nursery(tmp_path / "s", EIGHT, [House("a", 100, 7)])
    row = n.made().round.placements.get(state=PlacementState.UNPLACED)
    assert found.waiting(n.worker()).count() == 0
    with pytest.raises(PlaceClosed, match="has not been released"):
        propose(row, "a-preschool-fi")


def test_a_re_run_leaves_whoever_a_person_has_placed(tmp_path):
    first = released(tmp_path, EIGHT, [House("a", 100, 7)])
    (row,) = found.waiting(n.worker())
    given_up = Placement.objects.filter(state__in=HOLDING).first()
    placements.give_up(given_up, actor=n.worker(), at=n.AT)
    draft = reruns.rerun(first, actor=n.worker(), at=n.AT, on=n.ON).round
    assert draft.placements.get(state=PlacementState.PROPOSED).child == row.child
    new = propose(row, later_pool("b"))
    rounds.release(draft, actor=n.official(), at=n.AT, on=n.ON)
    assert draft.placements.get(child=row.child).state == PlacementState.WITHDRAWN
    assert release(new).offered == 1


def test_a_round_whose_seats_others_have_taken_is_not_released(tmp_path):
    first = released(tmp_path, EIGHT, [House("a", 100, 7)])
    (row,) = found.waiting(n.worker())
    placements.give_up(Placement.objects.filter(state__in=HOLDING).first(), actor=n.worker(), at=n.AT)
    draft = reruns.rerun(first, actor=n.worker(), at=n.AT, on=n.ON).round
    Placement.objects.create(
        id=5, round=first, child=99, form="preschool", starts=n.STARTS, pool_id="a-preschool-fi", language="fi",
        state=PlacementState.ACCEPTED, state_at=n.AT,
    )  # fmt: skip
    with pytest.raises(rounds.NotNow, match="have gone to others"):
        rounds.release(draft, actor=n.official(), at=n.AT, on=n.ON)
    draft.refresh_from_db()
    assert draft.state == "made"
    assert draft.placements.get(child=row.child).state == PlacementState.PROPOSED


class TestProtected:
    @pytest.fixture
    def row(self, tmp_path):
        released(tmp_path, [Child(1, 700, protected=True), Child(2, 100)], [House("a", 100, 7)])
        return Placement.objects.get(child=1)

    def test_only_the_named_clerk_sees_and_places_the_child(self, row):
        clerk = n.staff("Sirpa", "protected-clerk")
        for actor in (n.worker(), n.official()):
            assert found.waiting(actor).count() == found.protected(actor).count() == 0
            assert found.found(actor, row.pk) is None
            with pytest.raises(Refused):
                propose(row, "a-preschool-fi", actor=actor)
        assert [one.pk for one in found.protected(clerk)] == [row.pk]
        new = propose(row, "a-preschool-fi", actor=clerk)
        with pytest.raises(Refused):
            release(new)
        assert release(new, actor=clerk).offered == 1

    def test_no_way_and_no_home_is_shown(self, row):
        clerk = n.staff("Sirpa", "protected-clerk")
        need = found.need_of(row, actor=clerk, at=n.AT, on=n.ON)
        assert [(one.metres, one.minutes) for one in found.near(row, need, on=n.ON)] == [(None, None)]
        new = propose(row, "a-preschool-fi", actor=clerk)
        assert (new.metres, new.district, new.protected) == (None, "", True)


@pytest.mark.parametrize("role", ["director", "childcare.supervisor", "adviser", "childcare.fee-official"])
def test_other_roles_neither_propose_nor_release(tmp_path, role):
    row, actor = fostered(tmp_path), n.staff("Joku", role)
    with pytest.raises(Refused):
        propose(row, "a-preschool-fi", actor=actor)
    new = propose(row, "a-preschool-fi")
    with pytest.raises(Refused):
        release(new, actor=actor)
    with pytest.raises(Refused):
        by_hand.give_back(new, "Ei", actor=actor, at=n.AT)


def test_a_worker_takes_back_the_own_proposal_and_no_colleagues(tmp_path):
    row = fostered(tmp_path)
    new = propose(row, "a-preschool-fi")
    with pytest.raises(Refused):
        by_hand.give_back(new, "Ei", actor=n.staff("Toinen", "childcare.service-worker"), at=n.AT)
    assert by_hand.give_back(new, "Erehdys", actor=n.worker(), at=n.AT).state == PlacementState.BY_HAND


def test_names_are_read_at_once_and_logged(tmp_path):
    released(tmp_path, [Child(one, 0, extra={"foster_care": True}) for one in range(1, 6)], [House("a", 100, 7)])
    worker = n.worker()
    rows = list(found.waiting(worker))
    found.lines(rows, actor=worker, at=n.AT)
    before = Read.objects.count()
    with CaptureQueriesContext(connection) as few:
        found.lines(rows[:1], actor=worker, at=n.AT)
    with CaptureQueriesContext(connection) as many:
        told = found.lines(rows, actor=worker, at=n.AT)
    assert len(many) <= len(few)
    assert [one.child for one in told] == [f"Lumi Salo{row.child}" for row in rows]
    assert Read.objects.count() == before + 2
    assert {one.view.en for one in told} == {"The child is in foster care."}
