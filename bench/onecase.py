# SPDX-License-Identifier: EUPL-1.2
"""One case: a child in day care, a 15-year-old and an unemployed parent with two jobs behind; all four services each.

`python -m bench.onecase CONTENDER` prints one JSON line: median and 99th percentile in microseconds.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Callable
from datetime import date
from typing import Any

from bench import lawbook
from bench.worker import QUIET, Foreign, wait_for_quiet

PERSONS: list[dict[str, Any]] = [
    {
        "person": 1, "household": 1, "birth_date": date(1986, 3, 9), "municipality": "091", "district": "101",
        "school_grade": 0, "voucher_given": False, "income_month": 612_000, "care_hours": 0, "risk_group": False,
        "vaccinated": False, "unemployed_since": date(2025, 6, 2),
    },
    {
        "person": 2, "household": 1, "birth_date": date(2010, 9, 30), "municipality": "091", "district": "101",
        "school_grade": 9, "voucher_given": False, "income_month": 0, "care_hours": 0, "risk_group": False,
        "vaccinated": True, "unemployed_since": None,
    },
    {
        "person": 3, "household": 1, "birth_date": date(2022, 11, 3), "municipality": "091", "district": "101",
        "school_grade": 0, "voucher_given": False, "income_month": 0, "care_hours": 35, "risk_group": False,
        "vaccinated": False, "unemployed_since": None,
    },
]  # fmt: skip
SPELLS: list[dict[str, Any]] = [
    {"person": 1, "private_employer": False, "start": date(2023, 1, 2), "end": date(2024, 9, 30), "wage": 255_000},
    {"person": 1, "private_employer": True, "start": date(2026, 4, 1), "end": None, "wage": 248_000},
]
# Who stands for which service: every service is decided for somebody whom it concerns.
CASES = {"summer-voucher": 1, "daycare-fee": 2, "vaccination": 0, "helsinki-lisa": 0}


def plain_python() -> Callable[[], object]:
    """The reference functions, four services, no explanation."""
    from bench import reference

    def decide() -> object:
        return (
            reference.voucher(PERSONS[1]),
            reference.daycare_fee(PERSONS[2], PERSONS),
            reference.vaccination(PERSONS[0]),
            reference.helsinki_lisa(PERSONS[0], SPELLS),
        )

    return decide


def openfisca_json(*, trace: bool) -> Callable[[], object]:
    """As its web API does: a simulation built from the JSON document of the household, four services calculated."""
    from openfisca_core.simulations import SimulationBuilder

    from bench.contender import SERVICES
    from bench.rivals.openfisca_law import NONE, Services

    system = Services()
    day = lawbook.ON.isoformat()
    given = {
        "key": "person", "birth_date": "birth_date", "municipality": "municipality", "school_grade": "school_grade",
        "voucher_given": "voucher_given", "income_month": "income_month", "care_hours": "care_hours",
        "risk_group": "risk_group", "vaccinated": "vaccinated", "unemployed_since": "unemployed_since",
    }  # fmt: skip

    def plain(value: Any) -> Any:
        return value.isoformat() if isinstance(value, date) else int(value) if isinstance(value, str) else value

    people: dict[str, Any] = {}
    for person in PERSONS:
        facts = {name: {day: plain(person[fact])} for name, fact in given.items() if person[fact] is not None}
        facts["risk_group"] = {day: int(person["risk_group"])}
        facts["worked"] = {day: 184 if person["person"] == 1 else 0}
        facts["new_wage"] = {day: 248_000 if person["person"] == 1 else NONE}
        people[f"p{person['person']}"] = facts
    document = {"persons": people, "households": {"h1": {"members": list(people)}}}
    wanted = [name for pair in SERVICES.values() for name in pair]

    def decide() -> object:
        simulation = SimulationBuilder().build_from_entities(system, document)
        simulation.trace = trace
        answers = [simulation.calculate(name, day) for name in wanted]
        return (answers, simulation.tracer.get_serialized_flat_trace()) if trace else answers

    return decide


def own_values() -> Callable[[], object]:
    """Our rules: outcome and the value of every one of the 26 steps."""
    from bench.own import one_case

    return one_case.values(PERSONS, SPELLS, CASES)


def own_explained() -> Callable[[], object]:
    """Our rules: the decisions with their reasons as sentences in Finnish, and what to ask."""
    from bench.own import one_case

    return one_case.explained(PERSONS, SPELLS, CASES)


CONTENDERS: dict[str, Callable[[], Callable[[], object]]] = {
    "python": plain_python,
    "openfisca": lambda: openfisca_json(trace=False),
    "openfisca-trace": lambda: openfisca_json(trace=True),
    "own-values": own_values,
    "own-explained": own_explained,
}


def measure(name: str, *, gate: float) -> dict[str, Any]:
    """Cold time of the first call, then median and 99th percentile of warm calls, in microseconds."""
    action = CONTENDERS[name]()
    before = time.perf_counter_ns()
    answer = action()
    cold = (time.perf_counter_ns() - before) / 1000
    calls = 5_000 if cold < 2_000 or name.startswith("own") else 1_000
    for _ in range(calls // 10):
        action()
    quiet = wait_for_quiet(gate)
    foreign = Foreign()
    times = []
    for _ in range(calls):
        before = time.perf_counter_ns()
        action()
        times.append(time.perf_counter_ns() - before)
    times.sort()
    return {
        "contender": name,
        "cold": cold,
        "p50": times[calls // 2] / 1000,
        "p99": times[calls * 99 // 100] / 1000,
        "calls": calls,
        "noisy": not quiet or foreign.share() > QUIET,
        "answer": repr(answer)[:300],
    }


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("contender", choices=CONTENDERS)
    parser.add_argument("--gate", type=float, default=20, help="seconds to wait for a quiet machine")
    given = parser.parse_args()
    print(json.dumps(measure(given.contender, gate=given.gate)))
