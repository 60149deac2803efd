# SPDX-License-Identifier: EUPL-1.2
"""One contender, one task, one process: prints one JSON line with its times, memory and whether its digest holds.

`python -m bench.worker CONTENDER TASK RESIDENTS [--gate SECONDS]`
"""

from __future__ import annotations

import argparse
import gc
import importlib
import json
import os
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

CONTENDERS = {
    "python": "bench.reference",
    "polars": "bench.rivals.polars_by_hand",
    "duckdb": "bench.rivals.duckdb_by_hand",
    "fused": "bench.rivals.fused",
    "openfisca": "bench.rivals.openfisca_twin",
    "own-polars": "bench.own.polars_engine",
    "own-polars-steps": "bench.own.polars_engine:STEPS",
    "own-duckdb": "bench.own.duckdb_engine",
    "own-postgres": "bench.own.postgres_engine",
}
TASKS = ("screen", "all", "reform", "simple")
# Above this share of the processors used by others, a figure is marked as noisy.
QUIET = 0.10


THREADS = ("POLARS_MAX_THREADS", "NUMBA_NUM_THREADS", "OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS")


@dataclass(frozen=True, slots=True)
class Run:
    """What one worker measured; times in milliseconds, memory in megabytes."""

    contender: str
    task: str
    residents: int
    wall: list[float]
    cpu: list[float]
    peak: float
    equal: bool
    noisy: bool
    parts: dict[str, float]
    difference: dict[str, Any]

    @property
    def median(self) -> float:
        """The middle wall time."""
        return sorted(self.wall)[len(self.wall) // 2]

    @property
    def processor(self) -> float:
        """The middle processor time, all threads."""
        return sorted(self.cpu)[len(self.cpu) // 2]


def processor_seconds() -> tuple[float, float]:
    """(busy, all) seconds of all processors since the machine started."""
    fields = [int(part) for part in Path("/proc/stat").read_text().splitlines()[0].split()[1:9]]
    ticks = os.sysconf("SC_CLK_TCK")
    return (sum(fields) - fields[3] - fields[4]) / ticks, sum(fields) / ticks


class Foreign:
    """How much of the processors others have used since it was made."""

    def __init__(self) -> None:
        self.busy, self.everything = processor_seconds()
        self.own = time.process_time()

    def share(self) -> float:
        """From 0 to 1."""
        busy, everything = processor_seconds()
        return (busy - self.busy - (time.process_time() - self.own)) / max(everything - self.everything, 0.01)


def wait_for_quiet(seconds: float) -> bool:
    """Wait until others leave the processors alone, at most this long; whether they did.

    The one-minute load average would mostly show our own previous run, so the last second is measured instead.
    """
    until = time.monotonic() + seconds
    while True:
        busy, everything = processor_seconds()
        time.sleep(1)
        later_busy, later = processor_seconds()
        if (later_busy - busy) / max(later - everything, 0.01) < QUIET:
            return True
        if time.monotonic() > until:
            return False


def forget_peak() -> None:
    """Start the high-water mark anew: what loading and converting the files took is not the contender's."""
    Path("/proc/self/clear_refs").write_text("5")


def peak_memory() -> float:
    """Peak resident megabytes of this process since the tables stood in memory, the tables included."""
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith("VmHWM"):
            return int(line.split()[1]) / 1024
    raise RuntimeError("/proc/self/status has no VmHWM: this is measured on Linux only")


def how_many(first: float, at_most: int) -> int:
    """Seven or nine runs, fewer for what takes seconds."""
    return min(at_most, 9 if first < 0.5 else 7 if first < 2 else 5 if first < 6 else 3)


def measure(contender: str, task: str, residents: int, *, gate: float, at_most: int) -> Run:
    """Load, warm up once, run, and only then compare the digest."""
    # Engines read the number of threads when they are imported.
    os.environ.update(dict.fromkeys(THREADS, "2"))
    from bench import digest, population, reference

    module, _, attribute = CONTENDERS[contender].partition(":")
    entrant = getattr(importlib.import_module(module), attribute or "CONTENDER")
    path = population.build(residents)
    columns = entrant.columns
    if columns is not None and task == "reform":
        columns = [*columns, "district"]
    state = entrant.prepare(population.load(path, columns=columns, spell_columns=entrant.spell_columns))
    gc.collect()
    forget_peak()
    action = entrant.tasks[task]
    before = time.perf_counter()
    answer = action(state)
    first = time.perf_counter() - before
    del answer
    quiet = wait_for_quiet(gate)
    wall, cpu = [], []
    foreign = Foreign()
    parts = getattr(state, "parts", {})
    for _ in range(how_many(first, at_most)):
        gc.collect()
        wall_before, cpu_before = time.perf_counter(), time.process_time()
        answer = action(state)
        cpu.append((time.process_time() - cpu_before) * 1000)
        wall.append((time.perf_counter() - wall_before) * 1000)
    share = foreign.share()
    peak = peak_memory()
    found = digest.OF[task](entrant.answers[task](state, answer))
    entrant.close(state)
    wanted = reference.expected(population.load(path))[task]
    difference = {key: [found.get(key), value] for key, value in wanted.items() if found.get(key) != value}
    return Run(
        contender=contender,
        task=task,
        residents=residents,
        wall=wall,
        cpu=cpu,
        peak=peak,
        equal=not difference and len(found) == len(wanted),
        noisy=not quiet or share > QUIET,
        parts={name: sorted(values)[len(values) // 2] * 1000 for name, values in parts.items() if values},
        difference=dict(list(difference.items())[:5]),
    )


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("contender", choices=CONTENDERS)
    parser.add_argument("task", choices=TASKS)
    parser.add_argument("residents", type=int)
    parser.add_argument("--gate", type=float, default=20, help="seconds to wait for a quiet machine")
    parser.add_argument("--runs", type=int, default=9, help="at most so many runs")
    given = parser.parse_args()
    run = measure(given.contender, given.task, given.residents, gate=given.gate, at_most=given.runs)
    print(json.dumps(asdict(run)))
