# SPDX-License-Identifier: EUPL-1.2
"""A whole round of places: ways on foot on the city's streets, freed seats given out again, cohort to outbox.

`python -m bench.place_rounds` prints one JSON line. Ways are compared with SciPy's Dijkstra on the same packed network
and must agree with it to the metre. The re-run is of the harsh instance of `bench.places` after 17 % said no. The whole
round is made and released in a demo city of its own, on SQLite, in a fresh process.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from typing import Any

import django
import numpy as np

from bench import city
from bench.places import ROOT, UNPLACED, edges
from bench.places import city as harsh

WAYS_WITHIN, RERUN_WITHIN, ROUND_WITHIN = 5.0, 0.3, 15.0
DECLINED = 0.17
WAITING = 421
"""Families that wait for another unit, as in the study of 6,500 children."""

WHOLE = """
import json, time
import django
django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0, skip_checks=True)
from ennakko.kernel import clock
from ennakko.kernel.messages.models import Message
from ennakko.web import demo
snapshot = demo.prepare_city(tell=lambda step, part: None)
from ennakko.services.childcare import demo_rounds
from ennakko.services.childcare.actions import rounds, units
from ennakko.services.childcare.models import Round
at, on = clock.now(), clock.today()
machine = demo_rounds.SYSTEM("bench")
units.take_units(snapshot, actor=machine, at=at, on=on)
units.take_streets(snapshot, actor=machine, at=at)
official = demo.persona_actor("eeva")
started = time.perf_counter(), time.process_time()
made = rounds.make_round("preschool", starts=demo_rounds.next_preschool_year(on), actor=official, at=at, on=on,
                         policy=demo_rounds.TRIED, seed=1)
drafted = time.perf_counter(), time.process_time()
done = rounds.release(made.round, actor=official, at=at, on=on)
ended = time.perf_counter(), time.process_time()
print(json.dumps({"draft": drafted[0] - started[0], "whole": ended[0] - started[0], "cpu": ended[1] - started[1],
                  "children": made.round.counts["cohort"], "offers": done.offers, "messages": Message.objects.count(),
                  "proven": made.round.objective - made.round.gap == made.round.lower_bound}))
"""


def ways() -> list[dict[str, Any]]:
    """350 units on the demo city's whole network, beside SciPy."""
    from scipy.sparse import csr_matrix
    from scipy.sparse.csgraph import dijkstra

    from ennakko.demo_city.ages import Zones
    from ennakko.demo_city.data import open_data
    from ennakko.demo_city.street_map import draw_streets
    from ennakko.services.childcare.distances.network import pack
    from ennakko.services.childcare.distances.walking import walk

    zones = Zones.of(open_data())
    files = draw_streets(zones, city.RESIDENTS, 1)
    nodes, streets = files["street_nodes"], files["street_edges"]
    network = pack(nodes["latitude"], nodes["longitude"], streets["first"], streets["second"], streets["metres"],
                   streets["crossing"])  # fmt: skip
    draw = np.random.default_rng(1)
    cells = np.flatnonzero(zones.is_cell)
    units, homes = (
        (zones.latitude[at] + draw.normal(0, 0.001, count), zones.longitude[at] + draw.normal(0, 0.002, count))
        for count in (350, 6500)
        for at in (draw.choice(cells, count),)
    )
    walk(network, (units[0][:2], units[1][:2]), homes)
    started, cpu = time.perf_counter(), time.process_time()
    found = walk(network, units, homes)
    own, own_cpu = time.perf_counter() - started, time.process_time() - cpu
    graph = csr_matrix((network.metres.astype(float), network.to, network.start), shape=(network.nodes, network.nodes))
    (unit_node, unit_off), (home_node, home_off) = network.nearest(*units), network.nearest(*homes)
    started = time.perf_counter()
    theirs_found = dijkstra(graph, indices=unit_node)[:, home_node]
    theirs = time.perf_counter() - started
    off = np.rint(unit_off[:, None] + home_off[None])
    same = found.estimated | (np.abs(theirs_found + off - found.metres) < 1)
    if not same.all():
        raise RuntimeError(f"VOID: {int((~same).sum())} ways differ from SciPy's.")
    note = f"{network.nodes:,} nodes, {network.edges:,} streets; {own_cpu:.1f} s of processor; same to the metre"
    return [
        {"name": "places.ways.350 units", "value": own, "unit": "s", "target": WAYS_WITHIN, "of": "value",
         "note": note},
        {"name": "places.ways.rival", "value": own, "unit": "s", "against": "SciPy dijkstra, the same network",
         "other": theirs, "faster": False},
    ]  # fmt: skip


def rerun() -> list[dict[str, Any]]:
    """Freed seats of the harsh round, with the families that wait."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {"DJANGO_SETTINGS_MODULE": "ennakko.web.settings", "ENNAKKO_VAR": folder}
        django.setup()
    from ennakko.services.childcare.actions.reruns import Wishes, keep_whole, with_wishes
    from ennakko.services.childcare.building import PoolRow
    from ennakko.services.childcare.placing.instance import prepare
    from ennakko.services.childcare.placing.placing import place

    there = harsh(6500, 350)
    child, pool, cost = edges(there, 60)
    names = tuple(f"p{at:03}" for at in range(350))
    whole = prepare(
        names, np.arange(350), there.seats, np.arange(6500), child, pool, cost, there.metres[child, pool],
        np.zeros(child.size, dtype=np.uint8), (), UNPLACED,
    )  # fmt: skip
    first = place(whole, seed=1)
    draw = np.random.default_rng(2)
    said_no = draw.random(6500) < DECLINED
    held = (first.assigned >= 0) & ~said_no
    free = there.seats - np.bincount(first.assigned[held], minlength=350)
    rows = [PoolRow(name, name, "preschool", "fi", False, False, "municipal", 60.0, 25.0) for name in names]
    own = first.assigned
    nearest = there.metres.argmin(axis=1)
    wishing = draw.permutation(np.flatnonzero(held & (nearest != own)))[:WAITING]
    holders = {int(one): Wishes(int(one), names[own[one]], (names[nearest[one]],)) for one in wishing}
    newcomers = np.flatnonzero(first.assigned < 0)
    some = whole.only(np.sort(np.concatenate((newcomers, wishing)))).with_capacity(free)
    started = time.perf_counter()
    made, _ = with_wishes(some, rows, holders)
    again = place(made, seed=1)
    keep_whole(made, again, holders)
    seconds = time.perf_counter() - started
    moved = sum(
        1
        for one, at in zip(made.children.tolist(), again.assigned.tolist(), strict=True)
        if one in holders and names[at] != holders[one].pool
    )
    note = f"{int(said_no.sum()):,} said no; {moved} of {len(holders)} waiting got a nearer place, nobody a worse one"
    return [
        {"name": "places.re-run", "value": seconds, "unit": "s", "target": RERUN_WITHIN, "of": "value", "note": note}
    ]


def whole_round() -> list[dict[str, Any]]:
    """From the registers to messages in the outbox, in the demo's whole city."""
    there = city.prepared("places", postgres=False)
    done = subprocess.run(
        [sys.executable, "-c", WHOLE], cwd=ROOT, env=there.environment, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise RuntimeError(done.stderr.strip()[-800:])
    told = json.loads(done.stdout.strip().splitlines()[-1])
    if not told["proven"]:
        raise RuntimeError("VOID: the round is not proven.")
    note = (
        f"{told['children']:,} children, {told['offers']:,} offers, {told['messages']:,} messages in the outbox; the "
        f"draft {told['draft']:.1f} s; {told['cpu']:.1f} s of processor"
    )
    return [{"name": "places.whole-round", "value": told["whole"], "unit": "s", "target": ROUND_WITHIN, "of": "value",
             "note": note}]  # fmt: skip


def main() -> None:
    """All three."""
    print(json.dumps({"figures": [*ways(), *rerun(), *whole_round()]}))


if __name__ == "__main__":
    main()
