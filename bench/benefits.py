# SPDX-License-Identifier: EUPL-1.2
"""Applications of the hiring benefit sent by 32 clients at once to the server of `make run`; then the handlers' queue.

`python -m bench.benefits` prints one JSON line. Every application is checked, judged, calculated and written in the
log; each is sent twice, one after another, and stands once. Then the queue with 50,000. PostgreSQL too. Employees are
not in the register here: looking one up there takes the time of `residents.find_contact` more.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from typing import Any

import psycopg

from bench import city
from bench.claims import CLIENTS, load, processor_ms, queue_asked, request, serve, town
from bench.pages import _free_port, wait_until_ready
from bench.worker import wait_for_quiet

APPLICATIONS, WARM, AGAIN = 1_000, 100, 40
QUEUE = 50_000
A_SECOND, QUEUE_P95_MS = 150.0, 100.0
QUEUE_PAGES = (
    "/hiring-benefit/desk/", "/hiring-benefit/desk/?sort=employer", "/hiring-benefit/desk/?page=40",
    "/hiring-benefit/desk/?state=accepted", "/hiring-benefit/desk/?sort=-value&page=20",
)  # fmt: skip


TOWN = "bench.benefits_town"


def _requests(made: dict[str, Any], applications: list[dict[str, Any]]) -> list[bytes]:
    body = json.dumps({"terms": made["terms"], "assured": made["assured"]}).encode()
    return [
        request(
            "POST", f"/api/hiring-benefit/applications/drafts/{one['key']}/send",
            session=made["sessions"][one["organisation"]], csrf=made["csrf"], body=body, kind="application/json",
        )
        for one in applications
    ]  # fmt: skip


def figures(name: str, there: city.Installation, many: int, queue: int) -> list[dict[str, Any]]:
    """Applications over the network; then the queue."""
    made = town(there, "make", str(many + WARM), module=TOWN)
    port = _free_port()
    server = serve(there, port, gate="closed")
    try:
        wait_until_ready(f"http://127.0.0.1:{port}", server)
        warm, measured = made["applications"][:WARM], made["applications"][WARM:]
        load(port, _requests(made, warm))
        quiet = wait_for_quiet(20)
        before = processor_ms(server)
        sent = load(port, _requests(made, measured))
        used = (processor_ms(server) - before) / len(sent.times)
        again = load(port, _requests(made, measured[:AGAIN]))
        stands = town(there, "count", module=TOWN)
        odd = {key: value for key, value in stands.items() if value != many + WARM}
        if odd or set(again.statuses) != {200}:
            raise RuntimeError(f"{name}: {many + WARM} were sent, and there stand {stands}; {sent.statuses} {sent.odd}")
        town(there, "grow", str(queue), module=TOWN)
        pages, page_used = queue_asked(port, server, QUEUE_PAGES, made["staff"])
    finally:
        city.stop(server)
    if set(pages.statuses) != {200}:
        raise RuntimeError(f"{name}: the queue answered {pages.statuses}")
    return [
        {"name": f"benefits.{name}", "value": sent.statuses.get(201, 0) / sent.seconds, "unit": "/s",
         "target": A_SECOND, "of": "least", "noisy": not quiet,
         "note": f"{CLIENTS} clients at once, {sent.statuses.get(201, 0):,} applications, p99 {sent.at(99):.0f} ms; "
                 f"none lost, none doubled"},
        {"name": f"benefits.{name}.processor", "value": used, "unit": "ms", "noisy": not quiet,
         "note": f"of the server processes for one application, load {os.getloadavg()[0]:.1f}; a busy machine "
                 f"counts more; the clients' own {sent.own_ms / len(sent.times):.2f} ms beside it"},
        {"name": f"benefits.{name}.queue.p95", "value": pages.at(95), "unit": "ms", "target": QUEUE_P95_MS,
         "of": "value", "noisy": not quiet,
         "note": f"{queue:,} applications, median {pages.at(50):.0f} ms, processor time {page_used:.0f} ms a page"},
    ]  # fmt: skip


def main() -> None:
    """Both databases, one after the other; one where it is named."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("database", nargs="?", choices=("sqlite", "postgresql"))
    parser.add_argument("--many", type=int, default=APPLICATIONS)
    parser.add_argument("--queue", type=int, default=QUEUE)
    given = parser.parse_args()
    found: list[dict[str, Any]] = []
    for name in (given.database,) if given.database else ("sqlite", "postgresql"):
        try:
            there = city.empty(f"benefits-{name}", postgres=name == "postgresql")
        except psycopg.OperationalError as error:
            print(f"PostgreSQL left out: {error}", file=sys.stderr)
            continue
        found += figures(name, there, given.many, given.queue)
    print(json.dumps({"figures": found}))


if __name__ == "__main__":
    os.environ.setdefault("ENNAKKO_PROFILE", "demo")
    main()
