# SPDX-License-Identifier: EUPL-1.2
"""The allocation against brute force, its proofs, its draws and its refusals."""

import itertools
import json
from pathlib import Path

import numpy as np
import pytest

from ennakko.services.childcare.allocation import answers
from ennakko.services.childcare.allocation import instance as instances
from ennakko.services.childcare.allocation.reasons import reasons_of
from ennakko.services.childcare.allocation.solving import NO_PLACE, solve


def small(draw: np.random.Generator, *, mode: str = "flow", whole: int = 60) -> tuple[dict, instances.Instance]:
    children, pools = int(draw.integers(0, 6)), int(draw.integers(1, 5))
    raw = {
        "capacity": draw.integers(0, 3, pools).tolist(),
        "metres": [
            [None if draw.random() < 0.2 else int(draw.integers(0, whole)) for _ in range(pools)]
            for _ in range(children)
        ],
        "unplaced_cost": int(draw.integers(20, 120)),
        "mode": mode,
        "seed": int(draw.integers(0, 1000)),
    }
    return raw, instances.of(raw, folder=Path("."))


def brute_force(raw: dict) -> int:
    pools = range(len(raw["capacity"]))
    best = None
    for chosen in itertools.product([*pools, None], repeat=len(raw["metres"])):
        if any(chosen.count(pool) > raw["capacity"][pool] for pool in pools):
            continue
        if any(pool is not None and row[pool] is None for pool, row in zip(chosen, raw["metres"], strict=True)):
            continue
        total = sum(
            raw["unplaced_cost"] if pool is None else row[pool] for pool, row in zip(chosen, raw["metres"], strict=True)
        )
        best = total if best is None else min(best, total)
    return best if best is not None else 0


def test_a_thousand_small_rounds_agree_with_brute_force_and_prove_it():
    draw = np.random.default_rng(7)
    for _ in range(1000):
        raw, instance = small(draw)
        found = solve(instance)
        assert found.total == found.lower_bound == brute_force(raw), raw
        counted = np.bincount(found.assigned[found.assigned != NO_PLACE], minlength=len(raw["capacity"]))
        assert (counted <= instance.capacity).all()
        for pool, seats in enumerate(raw["capacity"]):
            assert found.prices[pool] >= 0
            if counted[pool] < seats:
                assert found.prices[pool] == 0


def test_no_child_of_a_stable_round_could_point_at_a_seat_kept_from_her_unfairly():
    draw = np.random.default_rng(11)
    for _ in range(1000):
        raw, instance = small(draw, mode="stable", whole=1000)
        found = solve(instance).assigned.tolist()
        for child, row in enumerate(raw["metres"]):
            own = raw["unplaced_cost"] if found[child] == NO_PLACE else row[found[child]]
            for pool, cost in enumerate(row):
                if cost is None or cost >= own or cost > raw["unplaced_cost"]:
                    continue
                holders = [other for other, at in enumerate(found) if at == pool]
                assert len(holders) == raw["capacity"][pool]
                assert all(raw["metres"][other][pool] <= cost for other in holders)


def test_published_priorities_decide_a_stable_round():
    raw = {"capacity": [1, 1], "metres": [[100, 200], [150, 300]], "unplaced_cost": 1000, "mode": "stable"}
    assert solve(instances.of(raw, folder=Path("."))).assigned.tolist() == [0, 1]
    by_number = {**raw, "priorities": [[2, 1], [1, 2]]}
    assert solve(instances.of(by_number, folder=Path("."))).assigned.tolist() == [1, 0]
    by_line = {**raw, "capacity": [1, 1, 0], "metres": [[100, 200, None], [150, 300, None]]}
    by_line["priorities"] = [[1, 0], [0, 1], []]
    assert solve(instances.of(by_line, folder=Path("."))).assigned.tolist() == [1, 0]


def test_equal_rounds_are_chosen_by_the_draw_which_the_seed_repeats():
    raw = {"capacity": [1, 1], "metres": [[100, 100], [100, 100]], "unplaced_cost": 1000}
    seen = set()
    for seed in range(30):
        instance = instances.of({**raw, "seed": seed}, folder=Path("."))
        first, again = solve(instance).assigned.tolist(), solve(instance).assigned.tolist()
        assert first == again
        seen.add(tuple(first))
    assert seen == {(0, 1), (1, 0)}


def test_a_nearer_place_would_have_cost_the_others_at_least_what_it_saves():
    draw = np.random.default_rng(3)
    for _ in range(200):
        raw, instance = small(draw, whole=2000)
        instance = instances.of({**raw, "unplaced_cost": 5000}, folder=Path("."))
        found = solve(instance)
        for reason in reasons_of(instance, found):
            assert reason.cost == (5000 if reason.pool is None else raw["metres"][reason.child][reason.pool])
            for nearer in reason.nearer:
                if raw["capacity"][nearer.pool]:
                    assert nearer.others_longer_by >= nearer.shorter_by - 1


def test_a_reason_tells_how_much_nearer_the_other_place_was_and_what_it_would_have_cost():
    raw = {"capacity": [1, 1], "metres": [[320, 500], [300, 760]], "unplaced_cost": 9000}
    answered = answers.allocate(instances.of(raw, folder=Path(".")), reasons=True)
    assert answered["assignment"] == [1, 0]
    nearer = answered["reasons"][0]["nearer"]
    assert [(one["pool"], one["shorter_by"]) for one in nearer] == [(0, 180)]
    # The other child would have gone 300 → 760: 460 more, which is never less than what the prices say.
    assert 180 <= nearer[0]["others_longer_by"] <= 460


def test_a_large_round_is_proven_though_few_places_are_looked_at():
    draw = np.random.default_rng(5)
    units, homes = draw.random((120, 2)) * 9000, draw.random((2000, 2)) * 9000
    metres = np.rint(np.hypot(*(homes[:, None] - units[None]).T)).T.astype(int)
    instance = instances.of(
        {"capacity": [18] * 120, "metres": metres.tolist(), "unplaced_cost": 100_000}, folder=Path(".")
    )
    found = solve(instance)
    assert found.total == found.lower_bound
    assert (found.assigned != NO_PLACE).all()
    assert found.looked_at.mean() < 120


def test_edges_are_read_from_a_file_beside_the_instance(tmp_path):
    (tmp_path / "edges.csv").write_text("child,pool,cost\n0,0,100\n1,0,50\n1,1,70\n", "utf-8")
    (tmp_path / "one.json").write_text(
        json.dumps({"capacity": [1, 1], "children": 3, "edges": "edges.csv", "unplaced_cost": 500}), "utf-8"
    )
    answered = answers.allocate(instances.read(tmp_path / "one.json"))
    assert answered["assignment"] == [0, 1, None]
    assert answered["total"] == answered["lower_bound"] == 670


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        ([], "An instance is an object"),
        ({"capacity": [1]}, 'Give either "metres"'),
        ({"capacity": [-1], "metres": []}, "below zero"),
        ({"capacity": [1], "metres": [[1, 2]]}, "must have 1 values"),
        ({"capacity": [1], "metres": [["near"]]}, "neither a number nor null"),
        ({"capacity": [1], "metres": [["5"]]}, "neither a number nor null"),
        ({"capacity": [1], "metres": [[True]]}, "neither a number nor null"),
        ({"capacity": [1], "metres": [[float("inf")]]}, "not within"),
        ({"capacity": [1], "metres": [[10**400]]}, "not within"),
        ({"capacity": [1], "metres": [[10**17]]}, "not within"),
        ({"capacity": [10**30], "metres": [[1]]}, "capacity.0. is too large"),
        ({"capacity": [1], "metres": [[1]], "unplaced_cost": -1}, "unplaced_cost is -1"),
        ({"capacity": [1], "metres": [[1]], "unplaced_cost": 10**17}, "unplaced_cost is 1000"),
        ({"capacity": [1], "children": 10**12, "edges": "none.csv"}, "children is 1000"),
        ({"capacity": [1, 1], "metres": [[1, 1]], "priorities": [[0], [0, 0]]}, "lists child 0 twice"),
        ({"capacity": [True], "metres": [[1]]}, "write a whole number"),
        ({"capacity": [1], "metres": [[1]], "mode": "best"}, 'write "flow"'),
        ({"capacity": [1], "metres": [[-4]]}, "not within"),
        ({"capacity": [1], "metres": [[1]], "seed": -1}, "seed is -1"),
        ({"capacity": [1], "children": 1, "edges": "none.csv"}, "is not there"),
        ({"capacity": [1], "metres": [[1]], "priorities": [[0], [1]]}, '"priorities" must have'),
    ],
)
def test_an_instance_that_cannot_be_says_what_to_write(raw, said, tmp_path):
    with pytest.raises(instances.BadInstance, match=said):
        instances.of(raw, folder=tmp_path)


def test_an_edge_written_twice_is_told(tmp_path):
    (tmp_path / "edges.csv").write_text("child,pool,cost\n0,0,100\n0,0,90\n", "utf-8")
    with pytest.raises(instances.BadInstance, match="has pool 0 twice"):
        instances.of({"capacity": [1], "children": 1, "edges": "edges.csv"}, folder=tmp_path)


def odd(draw: np.random.Generator) -> dict:
    """A round of an odd shape: no children, no pools, no seats, far too many seats, decimals, ties, enormous costs."""
    children, pools = int(draw.integers(0, 6)), int(draw.integers(0, 5))
    of = draw.choice(["equal", "decimals", "enormous", "nothing"])

    def cost() -> float | int:
        if of == "decimals":
            return round(float(draw.random() * 3000), int(draw.integers(0, 7)))
        return int(draw.integers(0, {"equal": 3, "enormous": 10**11, "nothing": 1}[of]))

    raw = {
        "capacity": draw.choice([0, 1, 1, 2, 10**12], pools).tolist(),
        "metres": [[None if draw.random() < 0.3 else cost() for _ in range(pools)] for _ in range(children)],
        "unplaced_cost": [None, 0, 12, 1000.5, 10**9][int(draw.integers(0, 5))],
        "mode": "stable" if draw.random() < 0.5 else "flow",
        "seed": int(draw.integers(0, 99)),
    }
    if draw.random() < 0.5:
        raw["priorities"] = [[int(draw.integers(0, 3)) for _ in range(pools)] for _ in range(children)]
    return raw


def written(raw: dict, folder: Path) -> Path:
    """The same round as a file with its edges in a folder below it."""
    (folder / "below").mkdir(exist_ok=True)
    lines = [
        f"{child},{pool},{cost!r}\n"
        for child, row in enumerate(raw["metres"])
        for pool, cost in enumerate(row)
        if cost is not None
    ]
    (folder / "below" / "edges.csv").write_text("child,pool,cost\n" + "".join(reversed(lines)), "utf-8")
    kept = {key: value for key, value in raw.items() if key != "metres"}
    told = {**kept, "children": len(raw["metres"]), "edges": "below/edges.csv"}
    (folder / "round.json").write_text(json.dumps(told), "utf-8")
    return folder / "round.json"


def blocking(raw: dict, assignment: list, without: float) -> list:
    """The children and pools who both would rather have each other."""
    rank = raw.get("priorities", raw["metres"])
    found = []
    for child, row in enumerate(raw["metres"]):
        own = without if assignment[child] is None else row[assignment[child]]
        for pool, cost in enumerate(row):
            if cost is None or cost >= own:
                continue
            held = [other for other, at in enumerate(assignment) if at == pool]
            if len(held) < raw["capacity"][pool] or any(rank[other][pool] > rank[child][pool] for other in held):
                found.append((child, pool))
    return found


def test_rounds_of_odd_shapes_agree_with_brute_force_in_both_forms(tmp_path):
    draw = np.random.default_rng(23)
    for _ in range(400):
        raw = odd(draw)
        instance = instances.of(raw, folder=tmp_path)
        answer = answers.allocate(instance)
        from_file = answers.allocate(instances.read(written(raw, tmp_path)))
        assert {**answer, "seconds": 0} == {**from_file, "seconds": 0}
        without = instance.unplaced_cost / instance.parts
        assert raw["unplaced_cost"] in (None, without)
        best = brute_force({**raw, "unplaced_cost": without})
        assert answer["lower_bound"] == pytest.approx(best, rel=1e-12, abs=1e-5), raw
        if raw["mode"] == "flow":
            assert answer["total"] == answer["lower_bound"]
        else:
            assert blocking(raw, answer["assignment"], without) == [], raw


def test_where_nobody_says_what_being_without_costs_as_many_as_can_get_a_place(tmp_path):
    # One seat each: child 1 can only go to pool 0, so child 0 has to give way, however long the way becomes.
    raw = {"capacity": [1, 1], "metres": [[1, 9_000_000_000], [9_000_000_000, None]]}
    assert answers.allocate(instances.of(raw, folder=tmp_path))["assignment"] == [1, 0]
    cheap = answers.allocate(instances.of({**raw, "unplaced_cost": 10_000_000}, folder=tmp_path))
    assert cheap["assignment"] == [0, None]


def test_metres_with_decimals_are_summed_exactly(tmp_path):
    raw = {"capacity": [1, 1], "metres": [[0.1, 0.25], [0.2, 0.3]], "unplaced_cost": 99.5}
    answer = answers.allocate(instances.of(raw, folder=tmp_path), reasons=True)
    assert answer["total"] == answer["lower_bound"] == 0.4
    assert answer["reasons"][0]["cost"] == 0.1


def test_ties_in_the_priorities_are_drawn_and_the_seed_repeats_the_draw(tmp_path):
    raw = {"capacity": [1], "metres": [[5], [5], [5]], "mode": "stable", "priorities": [[1], [1], [2.5]]}
    found = [
        answers.allocate(instances.of({**raw, "seed": seed}, folder=tmp_path))["assignment"].index(0)
        for seed in (*range(20), *range(20))
    ]
    assert set(found) == {0, 1}
    assert found[:20] == found[20:]
