# SPDX-License-Identifier: EUPL-1.2
"""Rounds of places made in a small town: who is in them, by what, and that they can be repeated bit by bit."""

from datetime import date

import pytest

from ennakko.kernel.access import ANONYMOUS, Actor, Refused
from ennakko.kernel.audit.models import Read
from ennakko.kernel.purposes.actions import object_to
from ennakko.services.childcare.actions import rounds
from ennakko.services.childcare.models import NeedCorrection, Placement, Round
from ennakko.services.childcare.placing.instance import answer_digest, digest, unpacked
from ennakko.services.childcare.placing.placing import place
from ennakko.services.childcare.placing.policy import Policy
from ennakko.services.childcare.states import PlacementState, RoundState
from ennakko.services.childcare.tests import nursery as n
from ennakko.services.childcare.tests.nursery import Child, House, nursery

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _streets_of_its_own(settings, tmp_path):
    settings.VAR = tmp_path


def test_every_six_year_old_gets_the_nearest_unit_that_has_room(tmp_path):
    nursery(tmp_path / "s", [Child(1, 0), Child(2, 300), Child(3, 900)], [House("a", 200, 7), House("b", 1000, 7)])
    round = n.made().round
    assert n.whose(round) == {1: "a", 2: "a", 3: "b"}
    assert dict(round.placements.values_list("child", "metres")) == {1: 200, 2: 100, 3: 100}
    assert round.objective == round.lower_bound
    assert round.state == RoundState.MADE
    assert round.counts["cohort"] == round.counts["placed"] == 3


def test_who_is_of_another_year_or_lives_elsewhere_is_not_in_the_round(tmp_path):
    nursery(
        tmp_path / "s",
        [Child(1, 0), Child(2, 0, born=date(2021, 1, 1)), Child(3, 0, born=date(2019, 12, 31)),
         Child(4, 0, municipality="049")],
        [House("a", 200, 7)],
    )  # fmt: skip
    assert n.whose(n.made().round) == {1: "a"}


def test_a_child_in_private_care_is_asked_as_any_other(tmp_path):
    nursery(tmp_path / "s", [Child(1, 0, extra={"private_care": True})], [House("a", 200, 7)])
    round = n.made().round
    assert n.whose(round) == {1: "a"}
    assert round.counts["private_care"] == 1


def test_a_family_that_objects_is_in_no_round_at_all(tmp_path):
    nursery(tmp_path / "s", [Child(1, 0), Child(2, 100)], [House("a", 200, 7)])
    child = Actor("resident", "r1", person=1, strong=True)
    object_to(1, "childcare", child, n.AT)
    round = n.made().round
    assert n.whose(round) == {2: "a"}
    assert round.counts["objecting"] == 1


@pytest.mark.parametrize("planted", ["child", "guardian"])
def test_a_protected_family_waits_for_the_named_clerk_without_home_or_district(tmp_path, planted):
    hidden = Child(1, 0, protected=planted == "child")
    parents = hidden.parents if planted == "guardian" else ()
    nursery(tmp_path / "s", [hidden, Child(2, 100)], [House("a", 200, 7)], protected_parents=parents)
    round = n.made().round
    row = round.placements.get(child=1)
    assert (row.protected, row.state, row.pool, row.metres, row.district) == (
        True, PlacementState.BY_HAND, None, None, "",
    )  # fmt: skip
    assert round.counts["protected"] == 1
    assert 1 not in unpacked(round.input.packed)[0].children


def test_a_protected_child_is_seen_by_the_clerk_alone(tmp_path):
    from ennakko.kernel.access import visible

    nursery(tmp_path / "s", [Child(1, 0, protected=True), Child(2, 100)], [House("a", 200, 7)])
    n.made()
    rows = Placement.objects.all()
    for actor in (n.worker(), n.official()):
        assert list(visible(actor, "childcare.see-place", rows).values_list("child", flat=True)) == [2]
    clerk = n.staff("Sirpa", "protected-clerk")
    assert visible(clerk, "childcare.see-place", rows).count() == 2


def test_a_child_without_a_guardian_or_in_foster_care_is_left_to_a_person(tmp_path):
    nursery(
        tmp_path / "s", [Child(1, 0, guardians=()), Child(2, 100, extra={"foster_care": True}), Child(3, 100)],
        [House("a", 200, 7)],
    )  # fmt: skip
    states = dict(n.made().round.placements.values_list("child", "state"))
    assert states == {1: PlacementState.BY_HAND, 2: PlacementState.BY_HAND, 3: PlacementState.PROPOSED}


def test_language_support_and_shift_care_are_hard_limits(tmp_path):
    houses = [
        House("fi", 100, 7), House("sv", 900, 7, language="sv"), House("special", 1200, 7, special=True),
        House("shift", 1500, 7, shift_care=True), House("voucher", 0, 7, provider="voucher"),
    ]  # fmt: skip
    children = [
        Child(1, 0), Child(2, 0, language="sv"), Child(3, 0, extra={"support_need": True}),
        Child(4, 0, extra={"shift_care": True}), Child(5, 0, language="so"),
    ]  # fmt: skip
    nursery(tmp_path / "s", children, houses)
    round = n.made().round
    assert n.whose(round) == {1: "fi", 2: "sv", 3: "special", 4: "shift", 5: "fi"}
    assert "language" in round.placements.get(child=5).assumed
    assert "language" not in round.placements.get(child=2).assumed


def test_support_is_used_and_told_nowhere(tmp_path):
    nursery(
        tmp_path / "s", [Child(1, 0, extra={"support_need": True}), Child(2, 0)],
        [House("a", 100, 7), House("b", 900, 7, special=True)],
    )  # fmt: skip
    row = n.made().round.placements.get(child=1)
    assert row.pool.unit_id == "b"
    assert "nearer" not in row.reasons
    assert not any("support" in str(kept) or "special" in str(kept) for kept in (row.reasons, row.needs, row.assumed))


def test_what_a_guardian_has_corrected_counts_in_the_next_round(tmp_path):
    nursery(tmp_path / "s", [Child(1, 0)], [House("a", 100, 7), House("b", 300, 7, language="sv"), House("c", 900, 7)])
    NeedCorrection.objects.create(child=1, need="language", value="fi", told_at=n.AT, told_by="x")
    latitude, longitude = n.at(900)
    NeedCorrection.objects.create(
        child=1, need="address", value={"latitude": latitude, "longitude": longitude}, told_at=n.AT, told_by="x"
    )
    round = n.made().round
    assert n.whose(round) == {1: "c"}
    row = round.placements.get(child=1)
    assert set(row.assumed).isdisjoint({"language", "address"})


def test_a_sibling_and_the_present_unit_count_nearer_by_the_weights(tmp_path):
    there = {"place_unit": "b", "place_until": date(2028, 7, 31)}
    nursery(
        tmp_path / "s",
        [Child(1, 0, household=50), Child(2, 0, born=date(2023, 3, 3), household=50, extra=there),
         Child(3, 0, extra={"place_unit": "b", "place_until": date(2026, 7, 31)}), Child(4, 0)],
        [House("a", 100, 7), House("b", 500, 7)],
    )  # fmt: skip
    assert n.whose(n.made(policy=Policy(sibling_metres=500)).round) == {1: "b", 3: "a", 4: "a"}
    assert n.whose(n.made(policy=Policy(continuity_metres=500)).round) == {1: "a", 3: "b", 4: "a"}
    assert n.whose(n.made(policy=Policy(sibling_metres=300)).round) == {1: "a", 3: "a", 4: "a"}


def test_siblings_who_begin_at_once_are_kept_together_and_the_gap_is_told(tmp_path):
    nursery(
        tmp_path / "s", [*(Child(one, 0) for one in range(1, 7)), Child(7, 0, household=70), Child(8, 0, household=70)],
        [House("a", 100, 7), House("b", 400, 7)],
    )  # fmt: skip
    round = n.made().round
    found = n.whose(round)
    assert found[7] == found[8]
    assert round.gap == round.objective - round.lower_bound >= 0
    twin = round.placements.get(child=7)
    if round.counts["siblings_pinned"]:
        assert twin.together_with == 8
        assert twin.reasons["together"] is True
    apart = n.made(policy=Policy(together=False)).round
    assert apart.gap == 0


def test_weights_that_nobody_has_decided_do_not_count_and_are_told_with_whom_to_ask(tmp_path):
    nursery(tmp_path / "s", [Child(1, 0)], [House("a", 100, 7)])
    round = n.made(policy=None).round
    assert round.policy == Policy().as_json()
    assert {one["weight"] for one in round.open_questions} >= {"sibling_metres", "long_way_percent"}
    assert all(one["ask"]["fi"] and one["ask"]["sv"] and one["ask"]["en"] for one in round.open_questions)


def test_a_round_is_repeated_bit_by_bit_from_its_record(tmp_path):
    nursery(
        tmp_path / "s", [Child(one, 100 * (one % 5), household=one // 3) for one in range(1, 30)],
        [House("a", 100, 7), House("b", 300, 9), House("c", 800, 7)],
    )  # fmt: skip
    round = n.made(seed=77).round
    prepared, told = unpacked(round.input.packed)
    assert digest(prepared, seed=told["seed"], mode=told["mode"], policy=told["policy"]) == round.input_hash
    again = place(prepared, mode=told["mode"], seed=told["seed"], together=told["policy"]["together"])
    assert answer_digest(prepared, again.assigned) == round.answer_hash
    assert again.total == round.objective
    # And from the registers themselves, while the snapshot is kept.
    other = n.made(seed=77).round
    assert (other.input_hash, other.answer_hash) == (round.input_hash, round.answer_hash)
    assert other.key == "preschool-2026-08/2"


def test_another_seed_draws_other_equals_and_never_a_dearer_round(tmp_path):
    nursery(tmp_path / "s", [Child(one, 0) for one in range(1, 15)], [House("a", 100, 7), House("b", 300, 7)])
    answers = {tuple(sorted(n.whose(n.made(seed=seed).round).items())) for seed in range(6)}
    assert len(answers) > 1
    assert len(set(Round.objects.values_list("objective", flat=True))) == 1


def test_without_streets_a_way_is_estimated_and_says_so(tmp_path):
    nursery(tmp_path / "s", [Child(1, 0)], [House("a", 1000, 7)], streets=False)
    row = n.made().round.placements.get(child=1)
    assert row.estimated
    assert row.metres == 1300


def test_more_children_than_seats_leaves_some_without_and_says_so(tmp_path):
    nursery(tmp_path / "s", [Child(one, 0) for one in range(1, 10)], [House("a", 100, 7)])
    round = n.made().round
    assert round.counts["unplaced"] == 2
    without = round.placements.filter(state=PlacementState.UNPLACED).first()
    assert without.reasons["nearer"][0]["full"] is True
    assert without.reasons["nearer"][0]["seats"] == 7


def test_the_look_at_the_children_is_in_the_read_log(tmp_path):
    nursery(tmp_path / "s", [Child(1, 0)], [House("a", 100, 7)])
    before = Read.objects.count()
    n.made()
    assert Read.objects.count() == before + 2  # the screening, and the needs of those found


def test_a_draft_can_be_put_aside_and_then_nothing_more_is_done_to_it(tmp_path):
    nursery(tmp_path / "s", [Child(1, 0)], [House("a", 100, 7)])
    round = n.made().round
    rounds.discard(round, actor=n.official(), at=n.AT)
    assert round.state == RoundState.DISCARDED
    assert set(round.placements.values_list("state", flat=True)) == {PlacementState.WITHDRAWN}
    with pytest.raises(rounds.NotNow):
        rounds.discard(round, actor=n.official(), at=n.AT)
    with pytest.raises(rounds.NotNow):
        rounds.release(round, actor=n.official(), at=n.AT, on=n.ON)


def test_without_units_no_round_can_be_made(tmp_path):
    nursery(tmp_path / "s", [Child(1, 0)], [House("a", 100, 7, band="three-to-five")])
    with pytest.raises(rounds.NotNow):
        n.made()


GUARDIAN = Actor("resident", "r9001", person=n.PARENTS + 1, strong=True)
WHO = {
    "anonymous": lambda: ANONYMOUS, "guardian": lambda: GUARDIAN, "machine": lambda: n.MACHINE, "worker": n.worker,
    "official": n.official, "head": lambda: n.staff("Leena", "childcare.supervisor"),
    "director": lambda: n.staff("Harri", "director"), "clerk": lambda: n.staff("Sirpa", "protected-clerk"),
}  # fmt: skip
MAY = {
    "make": {"machine", "worker", "official"}, "discard": {"worker", "official"}, "release": {"official"},
}  # fmt: skip


@pytest.mark.parametrize("role", WHO)
@pytest.mark.parametrize("what", MAY)
def test_who_may_make_put_aside_and_release_a_round(tmp_path, what, role):
    nursery(tmp_path / "s", [Child(1, 0)], [House("a", 100, 7)])
    actor = WHO[role]()
    round = n.made().round

    def do():
        if what == "make":
            rounds.make_round("preschool", starts=n.STARTS, actor=actor, at=n.AT, on=n.ON, seed=1)
        elif what == "discard":
            rounds.discard(round, actor=actor, at=n.AT)
        else:
            rounds.release(round, actor=actor, at=n.AT, on=n.ON)

    if role in MAY[what]:
        do()
    else:
        with pytest.raises(Refused):
            do()
