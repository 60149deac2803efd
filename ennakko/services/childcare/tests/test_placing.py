# SPDX-License-Identifier: EUPL-1.2
"""Rounds as numbers: siblings, re-runs, reasons and records against brute force on many small instances."""

import itertools
from dataclasses import replace

import numpy as np
import pytest

from ennakko.services.childcare.actions.reruns import KEPT, Wishes, Worse, keep_whole, with_wishes
from ennakko.services.childcare.building import PoolRow
from ennakko.services.childcare.placing.instance import UNPLACED, answer_digest, digest, packed, prepare, unpacked
from ennakko.services.childcare.placing.placing import place, proven
from ennakko.services.childcare.placing.policy import BadPolicy, Policy, of
from ennakko.services.childcare.placing.reasoning import merged, reasons


def small(draw, *, together=False, children=6, pools=4, units=3):
    count, size = int(draw.integers(1, children + 1)), int(draw.integers(1, pools + 1))
    unit_of = np.sort(draw.integers(0, units, size))
    edges = [(c, p) for c in range(count) for p in range(size) if draw.random() < 0.85]
    child, pool = (np.array([one[at] for one in edges], dtype=np.int64) for at in (0, 1))
    metres = draw.integers(0, 3000, len(edges))
    groups = ((0, 1),) if together and count > 1 else ()
    return prepare(
        tuple(f"p{one}" for one in range(size)), unit_of, draw.integers(0, 3, size), np.arange(100, 100 + count),
        child, pool, metres + 100, metres, np.zeros(len(edges), dtype=np.uint8), groups, 5000,
    )  # fmt: skip


def options(prepared):
    for child in range(prepared.children.size):
        own = prepared.of_child(child)
        yield [*zip(prepared.pools[own].tolist(), prepared.costs[own].tolist(), strict=True), (-1, prepared.unplaced)]


def every_round(prepared, capacity=None):
    room = (prepared.capacity if capacity is None else capacity).tolist()
    for chosen in itertools.product(*options(prepared)):
        pools = [pool for pool, _ in chosen if pool >= 0]
        if all(pools.count(pool) <= room[pool] for pool in set(pools)):
            yield [pool for pool, _ in chosen], sum(cost for _, cost in chosen)


def best(prepared, allowed=lambda pools: True):
    return min((total for pools, total in every_round(prepared) if allowed(pools)), default=None)


def test_a_round_without_siblings_is_the_best_there_is():
    draw = np.random.default_rng(1)
    for _ in range(400):
        prepared = small(draw)
        placed = place(prepared, seed=3)
        assert placed.total == placed.lower_bound == best(prepared)
        assert placed.gap == 0


def test_siblings_are_in_one_unit_unless_that_costs_somebody_a_whole_place_and_the_gap_is_told():
    draw = np.random.default_rng(2)
    pinned = 0
    for _ in range(600):
        prepared = small(draw, together=True)
        placed = place(prepared, seed=3)
        used = np.bincount(placed.assigned[placed.assigned >= 0], minlength=prepared.capacity.size)
        assert (used <= prepared.capacity).all()
        assert placed.lower_bound == best(prepared)
        assert placed.gap == placed.total - placed.lower_bound >= 0
        if not prepared.together:
            continue

        def one_unit(pools, prepared=prepared):
            first, second = pools[0], pools[1]
            return first >= 0 and second >= 0 and prepared.unit_of[first] == prepared.unit_of[second]

        held = one_unit(placed.assigned.tolist())
        together = best(prepared, one_unit)
        if together is None:
            assert not held
        elif together - placed.lower_bound < prepared.unplaced:
            assert held
            pinned += len(placed.pinned)
    assert pinned > 100


def test_siblings_are_not_kept_together_where_the_policy_says_so():
    draw = np.random.default_rng(3)
    for _ in range(200):
        prepared = small(draw, together=True)
        assert place(prepared, seed=3, together=False).total == best(prepared)


def test_what_a_nearer_place_would_have_cost_the_others_is_true():
    draw = np.random.default_rng(4)
    told = 0
    for _ in range(500):
        prepared = small(draw, children=5)
        placed = place(prepared, seed=1)
        for child, why in enumerate(reasons(prepared, placed)):
            for nearer in why.reasons["nearer"]:
                if "others_longer_by" not in nearer:
                    continue
                told += 1
                pool = prepared.pool_ids.index(nearer["pool"])
                own = prepared.of_child(child)
                cost = dict(zip(prepared.pools[own].tolist(), prepared.costs[own].tolist(), strict=True))
                now = prepared.unplaced if placed.assigned[child] < 0 else cost[int(placed.assigned[child])]
                forced = best(prepared, lambda pools, child=child, pool=pool: pools[child] == pool)
                others_now, others_then = placed.total - now, forced - cost[pool]
                assert others_then - others_now >= nearer["others_longer_by"] >= nearer["counted_shorter_by"]
    assert told > 100


def test_a_nearer_place_that_was_given_to_others_is_told_as_full_and_one_that_weighs_more_is_not_blamed_on_them():
    prepared = prepare(
        ("a", "b"), np.array([0, 1]), np.array([1, 1]), np.array([7, 8]), np.array([0, 0, 1, 1]),
        np.array([0, 1, 0, 1]), np.array([320, 500, 300, 760]), np.array([320, 500, 300, 760]),
        np.zeros(4, dtype=np.uint8), (),
    )  # fmt: skip
    placed = place(prepared)
    first = reasons(prepared, placed)[0]
    assert (first.metres, first.reasons["seats"]) == (500, 1)
    (nearer,) = first.reasons["nearer"]
    assert nearer["full"] is True
    assert nearer["shorter_by"] == nearer["counted_shorter_by"] == 180
    assert 180 <= nearer["others_longer_by"] <= 460
    assert nearer["ahead"] == {"few": "yes"}
    with_bonus = replace(prepared, costs=np.array([500, 600, 300, 760], dtype=np.int32), capacity=np.array([2, 2]))
    quiet = reasons(with_bonus, place(with_bonus), quiet=frozenset({0}))
    assert "nearer" not in quiet[0].reasons


@pytest.mark.parametrize(
    ("counts", "told"),
    [
        ({"sibling": 12, "nearer": 8}, {"sibling": 12, "nearer": 8}),
        ({"sibling": 12, "nearer": 4}, {"others": 16}),
        ({"sibling": 12, "nearer": 7, "farther": 2}, {"sibling": 12, "others": 9}),
        ({"sibling": 3, "nearer": 4}, {"others": 7}),
        ({"sibling": 1, "nearer": 2}, {"few": "yes"}),
        ({}, {}),
    ],
)
def test_counts_below_five_are_told_together_and_cannot_be_worked_out(counts, told):
    assert merged(counts) == told


def test_no_told_count_is_below_five_whatever_the_counts_are():
    draw = np.random.default_rng(5)
    for _ in range(2000):
        counts = {name: int(draw.integers(0, 15)) for name in ("sibling", "continuity", "nearer", "farther")}
        told = merged({name: count for name, count in counts.items() if count})
        shown = [count for count in told.values() if isinstance(count, int)]
        assert all(count >= 5 for count in shown)
        hidden = sum(counts.values()) - sum(shown)
        assert hidden == 0 or (not shown and "few" in told)


def test_the_cut_instance_gives_the_same_round_and_the_same_proof():
    draw = np.random.default_rng(6)
    homes, units = draw.random((600, 2)) * 9000, draw.random((130, 2)) * 9000
    metres = np.rint(np.hypot(*(homes[:, None] - units[None]).T)).T.astype(np.int64)
    child, pool = np.repeat(np.arange(600), 130), np.tile(np.arange(130), 600)
    whole = prepare(
        tuple(map(str, range(130))), np.arange(130), np.full(130, 5), np.arange(600), child, pool, metres.ravel(),
        metres.ravel(), np.zeros(metres.size, dtype=np.uint8), ((0, 1), (2, 3)),
    )  # fmt: skip
    full = place(whole, seed=9)
    cut, placed = proven(whole, seed=9)
    assert cut.pools.size < whole.pools.size
    assert placed.lower_bound == full.lower_bound
    assert placed.total == full.total
    back, told = unpacked(packed(cut, seed=9))
    assert told == {"seed": 9}
    assert digest(back, seed=9) == digest(cut, seed=9)
    assert answer_digest(back, place(back, seed=9).assigned) == answer_digest(cut, placed.assigned)
    assert digest(back.with_capacity(back.capacity + 1), seed=9) != digest(cut, seed=9)


def pool_rows(prepared):
    return [
        PoolRow(name, f"u{prepared.unit_of[at]}", "preschool", "fi", False, False, "municipal", 60.0, 25.0)
        for at, name in enumerate(prepared.pool_ids)
    ]


def test_a_rerun_never_worsens_a_holder_and_is_the_best_that_can_be_done_with_the_freed_seats():
    draw = np.random.default_rng(8)
    moved = placed_new = 0
    for _ in range(500):
        prepared = replace(small(draw), unplaced=UNPLACED)
        rows = pool_rows(prepared)
        holders = {}
        for child in range(prepared.children.size):
            own = prepared.of_child(child)
            if draw.random() < 0.6 and own.stop > own.start:
                pool = int(draw.choice(prepared.pools[own]))
                wished = sorted({f"u{unit}" for unit in draw.integers(0, 3, 2).tolist()} - {rows[pool].unit})
                if wished:
                    holders[int(prepared.children[child])] = Wishes(child, prepared.pool_ids[pool], tuple(wished))
        free = replace(prepared, capacity=draw.integers(0, 2, prepared.capacity.size))
        made, raised = with_wishes(free, rows, holders)
        found = place(made, seed=1)
        keep_whole(made, found, holders)
        for position, child in enumerate(made.children.tolist()):
            pool = int(found.assigned[position])
            if child not in holders:
                placed_new += pool >= 0
                continue
            if made.pool_ids[pool] != holders[child].pool:
                moved += 1
                assert rows[pool].unit in holders[child].units
        assert found.total == best(made)
        assert found.total - raised >= 0
    assert moved > 100
    assert placed_new > 100


def test_a_freed_seat_lets_two_families_improve_in_a_chain():
    # a holds p0 and wishes u1; b holds p1 and wishes u2, where a seat has come free; c has no place.
    prepared = prepare(
        ("p0", "p1", "p2"), np.array([0, 1, 2]), np.array([0, 0, 1]), np.array([1, 2, 3]),
        np.repeat(np.arange(3), 3), np.tile(np.arange(3), 3),
        np.array([900, 500, 700, 900, 800, 300, 100, 200, 300]),
        np.array([900, 500, 700, 900, 800, 300, 100, 200, 300]), np.zeros(9, dtype=np.uint8), (),
    )  # fmt: skip
    holders = {1: Wishes(1, "p0", ("u1",)), 2: Wishes(2, "p1", ("u2",))}
    made, _ = with_wishes(prepared, pool_rows(prepared), holders)
    found = place(made)
    assert [made.pool_ids[pool] for pool in found.assigned.tolist()] == ["p1", "p2", "p0"]


def test_a_wish_for_a_farther_unit_is_an_improvement_all_the_same():
    prepared = prepare(
        ("p0", "p1"), np.array([0, 1]), np.array([0, 1]), np.array([1]), np.array([0, 0]), np.array([0, 1]),
        np.array([100, 900]), np.array([100, 900]), np.zeros(2, dtype=np.uint8), (),
    )  # fmt: skip
    made, _ = with_wishes(prepared, pool_rows(prepared), {1: Wishes(1, "p0", ("u1",))})
    assert place(made).assigned.tolist() == [1]


def test_a_rerun_that_would_take_a_place_away_is_not_made():
    prepared = small(np.random.default_rng(1))
    placed = place(prepared)
    lost = replace(placed, assigned=np.full(prepared.children.size, -1))
    with pytest.raises(Worse):
        keep_whole(prepared, lost, {int(prepared.children[0]): Wishes(5, "p0", ("u1",))})


def test_losing_a_place_counts_more_than_any_newcomer_gains():
    assert KEPT > 2 * UNPLACED


def test_long_ways_count_more_the_longer_they_are():
    policy = Policy(long_way_metres=1000, long_way_percent=100)
    assert policy.weigh(np.array([0, 1000, 1500, 2000, 3000])).tolist() == [0, 1000, 2000, 3000, 6000]
    steps = np.diff(policy.weigh(np.arange(0, 5000, 50)))
    assert (np.diff(steps) >= 0).all()
    assert Policy().weigh(np.array([4000])).tolist() == [4000]


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"sibling_metres": -1}, "sibling_metres is -1"),
        ({"sibling_metres": True}, "sibling_metres is True"),
        ({"long_way_percent": 1001}, "0–1000"),
        ({"crossing_metres": 1.5}, "whole number"),
        ({"together": 1}, "true or false"),
        ({"brother_metres": 5}, "There is no weight"),
    ],
)
def test_a_weight_that_cannot_be_says_what_to_write(given, said):
    with pytest.raises(BadPolicy, match=said):
        of(given)
