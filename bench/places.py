# SPDX-License-Identifier: EUPL-1.2
"""Places in early education given to 6,500 and 36,000 children: ours beside OR-tools and first come, first served.

`python -m bench.places` prints one JSON line; `python -m bench.places --told` a table too. The instances are harsh:
most children live nearest to a unit that more children live nearest to than it has seats. Each child has its 60
cheapest places, as a CSV; OR-tools gets the same edges, and only its SimpleMinCostFlow's own `solve` is timed. A figure
is void unless both come to the same total, and ours equals its own proven bound. Memory is that of a fresh process that
runs the whole command on the files.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import polars as pl

ROOT = Path(__file__).parents[1]
SIZES = {"6,500 x 350": (6_500, 350), "36,000 x 600": (36_000, 600)}
WITHIN = {"6,500 x 350": 1.0, "36,000 x 600": 8.0}
PLACES = 60
TIMES_RIVAL, SHORTER, MEGABYTES = 2.0, 0.95, 300.0
UNPLACED = 60_000
HARSH = 0.60
ROUNDS = 3
Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class City:
    """Seats of each unit; metres and cost of every child to every unit."""

    seats: Ints
    metres: Ints
    cost: Ints

    @property
    def harsh(self) -> float:
        """The share of children whose nearest unit is wanted by more than it has seats for."""
        nearest = self.metres.argmin(axis=1)
        wanted = np.bincount(nearest, minlength=self.seats.size)
        return float((wanted > self.seats)[nearest].mean())


def city(children: int, units: int, seed: int = 2026) -> City:
    """Young families crowd in new quarters, units stand where the city was: seats are 7.5 % more than children.

    The way is the straight line times 1.15–1.6. A cost is the way, each metre over two kilometres counted twice, less
    600 at a sibling's unit (one child in eight, one of its five nearest units).
    """
    draw = np.random.default_rng(seed)
    quarters = draw.uniform((0, 0), (16_000, 11_000), (40, 2))
    weight = draw.dirichlet(np.full(40, 0.55))
    home = quarters[draw.choice(40, children, p=weight)] + draw.normal(0, 900, (children, 2))
    old = draw.random(units) < 0.5
    there = np.where(
        old[:, None],
        draw.uniform((0, 0), (16_000, 11_000), (units, 2)),
        quarters[draw.choice(40, units, p=weight)] + draw.normal(0, 1_300, (units, 2)),
    )
    shares = draw.dirichlet(np.full(units, 9.0))
    seats = np.maximum(np.floor(shares * children * 1.075), 3).astype(np.int64)
    straight = np.hypot(home[:, None, 0] - there[None, :, 0], home[:, None, 1] - there[None, :, 1])
    metres = (straight * draw.uniform(1.15, 1.6, straight.shape)).astype(np.int64)
    cost = metres + np.maximum(metres - 2_000, 0)
    some = np.flatnonzero(draw.random(children) < 0.125)
    near = np.argsort(metres[some], axis=1)[:, :5]
    unit = near[np.arange(some.size), draw.integers(0, 5, some.size)]
    cost[some, unit] = np.maximum(cost[some, unit] - 600, 0)
    return City(seats, metres, cost)


def edges(there: City, places: int) -> tuple[Ints, Ints, Ints]:
    """The cheapest places of each child as columns child, pool, cost."""
    pool = np.argsort(there.cost, axis=1, kind="stable")[:, :places]
    child = np.repeat(np.arange(there.cost.shape[0]), pool.shape[1])
    pool = pool.ravel()
    return child, pool, there.cost[child, pool]


def first_come(there: City, child: Ints, pool: Ints, cost: Ints) -> Ints:
    """Each child in the order of asking gets the cheapest place with room; of none in reach, the cheapest anywhere."""
    free = there.seats.copy()
    got = np.full(there.cost.shape[0], -1, dtype=np.int64)
    starts = np.searchsorted(child, np.arange(got.size + 1))
    for i in np.random.default_rng(1).permutation(got.size):
        for unit in pool[starts[i] : starts[i + 1]]:
            if free[unit]:
                free[unit] -= 1
                got[i] = unit
                break
        else:
            got[i] = int(np.where(free > 0, there.cost[i], 2**62).argmin())
            free[got[i]] -= 1
    return got


def by_rival(there: City, child: Ints, pool: Ints, cost: Ints) -> tuple[float, float, int]:
    """OR-tools: seconds of its solve, seconds of building its graph, the total."""
    from ortools.graph.python import min_cost_flow

    children, units = there.cost.shape
    started = time.perf_counter()
    flow = min_cost_flow.SimpleMinCostFlow()
    sink, ones = children + units, np.ones(children, dtype=np.int64)
    flow.add_arcs_with_capacity_and_unit_cost(child, children + pool, np.ones_like(child), cost)
    flow.add_arcs_with_capacity_and_unit_cost(
        children + np.arange(units), np.full(units, sink), there.seats, np.zeros(units, dtype=np.int64)
    )
    flow.add_arcs_with_capacity_and_unit_cost(
        np.arange(children), np.full(children, sink), ones, np.full(children, UNPLACED)
    )
    flow.set_nodes_supplies(np.arange(children), ones)
    flow.set_nodes_supplies(np.array([sink]), np.array([-children]))
    built = time.perf_counter()
    if flow.solve() != flow.OPTIMAL:
        raise RuntimeError("OR-tools found no flow.")
    return time.perf_counter() - built, built - started, int(flow.optimal_cost())


def fastest(work: Callable[[], Any]) -> tuple[float, Any]:
    """The median of a few runs, and what the last one gave."""
    times, given = [], None
    for _ in range(ROUNDS):
        started = time.perf_counter()
        given = work()
        times.append(time.perf_counter() - started)
    return sorted(times)[ROUNDS // 2], given


def peak(folder: Path, instance: dict[str, Any]) -> tuple[float, dict[str, Any]]:
    """Megabytes of a fresh process that runs the command, and its answer."""
    (folder / "instance.json").write_text(json.dumps(instance))
    code = (
        "import sys; from ennakko.web.cli import main\n"
        "try: main()\n"
        "finally: print(open('/proc/self/status').read().split('VmHWM:')[1].split()[0], file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, "childcare", "allocate", str(folder / "instance.json")],
        cwd=ROOT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    answer: dict[str, Any] = json.loads(done.stdout)
    return int(done.stderr.strip().splitlines()[-1]) / 1024, answer


def mean_walk(there: City, got: Ints) -> float:
    """Metres a child, those without a place counted at their farthest unit."""
    rows = np.arange(got.size)
    return float(np.where(got < 0, there.metres.max(axis=1), there.metres[rows, got]).mean())


def measured(name: str, places: int) -> list[dict[str, Any]]:
    """The figures of one size with so many places a child."""
    from bench.worker import Foreign, wait_for_quiet
    from ennakko.services.childcare.allocation import answers, instance, solving

    there = city(*SIZES[name])
    if there.harsh < HARSH:
        raise RuntimeError(f"{name}: only {there.harsh:.0%} of children have an over-demanded nearest unit.")
    child, pool, cost = edges(there, places)
    made = instance.make(there.seats, child, pool, cost, children=there.cost.shape[0], unplaced_cost=UNPLACED)
    solving.solve(made)
    wait_for_quiet(20)
    foreign = Foreign()
    rounds = [solving.solve(made) for _ in range(ROUNDS)]
    own = sorted(each.seconds for each in rounds)[ROUNDS // 2]
    found = rounds[0]
    whole, _ = fastest(lambda: answers.allocate(made, reasons=True))
    rival = [by_rival(there, child, pool, cost) for _ in range(ROUNDS)]
    theirs, building, total = sorted(rival)[ROUNDS // 2]
    asked, queue = fastest(lambda: first_come(there, child, pool, cost))
    with tempfile.TemporaryDirectory() as folder:
        pl.DataFrame({"child": child, "pool": pool, "cost": cost}).write_csv(Path(folder) / "edges.csv")
        told = {"capacity": there.seats.tolist(), "children": there.cost.shape[0], "edges": "edges.csv",
                "unplaced_cost": UNPLACED, "mode": "flow"}  # fmt: skip
        memory, answer = peak(Path(folder), told)
    if not found.total == found.lower_bound == total == answer["total"]:
        raise RuntimeError(f"VOID {name}: {found.total}, bound {found.lower_bound}, rival {total}, {answer['total']}.")
    noisy = foreign.share() > 0.10
    label = f"places.{name}" + ("" if places == PLACES else f".all-{places}-places")
    rival_said = "OR-tools SimpleMinCostFlow, its solve alone"
    walk, queued = mean_walk(there, found.assigned), mean_walk(there, queue)
    left = int((found.assigned < 0).sum())
    facts = f"{there.harsh:.0%} with an over-demanded nearest unit, total {total:,} proven, {left} without a place"
    judged = places == PLACES
    return [
        {"name": f"{label}.solve", "value": own, "unit": "s", "target": WITHIN[name] if judged else None,
         "of": "value", "noisy": noisy, "note": facts},
        {"name": f"{label}.solve.rival", "value": own, "unit": "s", "against": rival_said, "other": theirs,
         "faster": False, "target": TIMES_RIVAL if judged else None, "noisy": noisy},
        {"name": f"{label}.with-prices-and-reasons", "value": whole, "unit": "s", "against": rival_said,
         "other": theirs, "faster": False, "target": TIMES_RIVAL if judged else None, "noisy": noisy},
        {"name": f"{label}.rival-with-building", "value": theirs + building, "unit": "s", "noisy": noisy},
        {"name": f"{label}.first-come", "value": asked, "unit": "s", "noisy": noisy},
        {"name": f"{label}.mean-walk", "value": walk, "unit": "m", "against": "first come, first served",
         "other": queued, "faster": False, "target": SHORTER},
        {"name": f"{label}.peak-memory", "value": memory, "unit": "MB", "target": MEGABYTES if judged else None,
         "of": "value", "note": "the whole command, from CSV"},
    ]  # fmt: skip


def main() -> None:
    """Each instance in a process of its own."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--size", choices=SIZES)
    parser.add_argument("--places", type=int, default=PLACES, help="the cheapest places of each child that are given")
    parser.add_argument("--told", action="store_true", help="a table for people too")
    given = parser.parse_args()
    if given.size:
        found = measured(given.size, given.places)
    else:
        found = []
        for size, places in (*((size, PLACES) for size in SIZES), ("6,500 x 350", 350)):
            command = [sys.executable, "-m", "bench.places", "--size", size, "--places", str(places)]
            done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
            if done.returncode:
                raise RuntimeError(done.stderr.strip()[-600:])
            found += json.loads(done.stdout.strip().splitlines()[-1])["figures"]
    if given.told:
        from bench.run import table
        from bench.targets import Figure

        print(table([Figure(**line) for line in found]))
    print(json.dumps({"figures": found}))


if __name__ == "__main__":
    main()
