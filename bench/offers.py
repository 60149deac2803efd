# SPDX-License-Identifier: EUPL-1.2
"""Making offers and messages for the city's 12,000 youths, on SQLite and on PostgreSQL: how long, and is it idempotent.

`python -m bench.offers` prints one JSON line. Needs a PostgreSQL server for that half (BENCH_POSTGRES).
"""

from __future__ import annotations

import json
import sys
import time
from typing import Any

import psycopg

from bench import city

WITHIN = 5.0
SERVICE = "summer-voucher"


def _said(account: dict[str, Any]) -> dict[str, Any]:
    service: dict[str, Any] = account["services"][SERVICE]
    return service


def _killed_halfway(name: str, *, postgres: bool, seconds: float) -> int:
    """Offers after a run that was killed in the middle and a second one that finished."""
    there = city.prepared(name, postgres=postgres)
    running = there.start("anticipate", "--service", SERVICE, "--json")
    time.sleep(seconds)
    running.kill()
    running.wait()
    after = _said(there.anticipate())
    return int(after["offers_made"]) + int(after["already_had"])


def figures(name: str, *, postgres: bool) -> list[dict[str, Any]]:
    """The figures of one database."""
    there = city.prepared(name, postgres=postgres)
    started = time.perf_counter()
    first = there.anticipate()
    whole = time.perf_counter() - started
    made = _said(first)
    again = _said(there.anticipate())
    halfway = _killed_halfway(name, postgres=postgres, seconds=whole * 0.7)
    same = again["offers_made"] == 0 and halfway == made["offers_made"]
    note = f"{made['offers_made']:,} offers; twice and killed halfway: {'the same' if same else 'NOT the same'}"
    if not same:
        raise RuntimeError(f"{name}: {note} ({made['offers_made']}, {again}, {halfway})")
    return [
        {
            "name": f"offers.{name}", "value": float(made["seconds"]), "unit": "s", "target": WITHIN, "of": "value",
            "note": note,
        },
        {"name": f"offers.{name}.whole-command", "value": whole, "unit": "s", "note": "start, screening and offers"},
    ]  # fmt: skip


def main() -> None:
    """Both databases."""
    found = figures("sqlite", postgres=False)
    try:
        found += figures("postgresql", postgres=True)
    except psycopg.OperationalError as error:
        print(f"PostgreSQL left out: {error}", file=sys.stderr)
    print(json.dumps({"figures": found}))


if __name__ == "__main__":
    main()
