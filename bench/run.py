# SPDX-License-Identifier: EUPL-1.2
"""Runs the whole benchmark and prints one table: every figure beside what was promised of it.

`python -m bench.run` measures 660,000 people in a few minutes; `--full` adds 5.6 million; `--size 20k` is a quick try.
Writes bench/results.json (the figures) and bench/data/runs.json (every run).
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bench import targets
from bench.lawbook import SIZES
from bench.targets import Figure
from bench.worker import Run

HERE = Path(__file__).parent
RESULTS = HERE / "results.json"
FULL_ORDER = ("openfisca", "polars", "duckdb", "fused", "own-polars", "own-polars-steps", "own-duckdb", "own-postgres")
# PostgreSQL and keeping every step are measured on the city of 660,000 only: they say nothing new above it.
SMALL_ONLY = {"own-postgres"}
TASKS = {
    "own-polars": ("screen", "all", "reform", "simple"),
    "own-polars-steps": ("all",),
    "own-duckdb": ("screen", "all"),
    "own-postgres": ("screen", "all"),
}


def worker(*arguments: str, module: str = "bench.worker") -> dict[str, Any] | None:
    """One measurement in its own process; None (and the reason on the screen) if it failed."""
    done = subprocess.run(
        [sys.executable, "-m", module, *arguments], cwd=HERE.parent, capture_output=True, text=True, check=False
    )
    if done.returncode:
        last = done.stderr.strip().splitlines()[-1:] or ["no message"]
        print(f"  {' '.join(arguments)}: not measured ({last[0]})", flush=True)
        return None
    measured: dict[str, Any] = json.loads(done.stdout.strip().splitlines()[-1])
    return measured


def population(size: str, *, gate: float, only: set[str]) -> dict[tuple[str, str], Run]:
    """Every contender's three tasks on one size."""
    print(f"\n{size}: {SIZES[size]:,} people", flush=True)
    print(
        f"  {'contender':18} {'task':8} {'median':>10} {'min':>10} {'max':>10} {'cpu s':>8} {'peak MB':>8}  runs",
        flush=True,
    )
    worker(size, module="bench.reference")
    runs: dict[tuple[str, str], Run] = {}
    for contender in FULL_ORDER:
        if (only and contender not in only) or (size == "5.6M" and contender in SMALL_ONLY):
            continue
        for task in TASKS.get(contender, ("screen", "all", "reform")):
            found = worker(contender, task, str(SIZES[size]), "--gate", str(gate))
            if found is None:
                continue
            run = Run(**found)
            runs[contender, task] = run
            flag = "~" if run.noisy else ""
            void = "" if run.equal else f"  VOID: digest differs, e.g. {run.difference}"
            median = flag + format(run.median, ".1f")
            cpu = run.processor / 1000
            spread = f"{median:>10} {min(run.wall):10.1f} {max(run.wall):10.1f}"
            print(f"  {contender:18} {task:8} {spread} {cpu:8.3f} {run.peak:8.0f}  {len(run.wall)}{void}", flush=True)
    return runs


def one_case(gate: float) -> dict[str, dict[str, Any]]:
    """One case by every contender."""
    print("\nOne case, four services, microseconds\n  contender               p50        p99       cold", flush=True)
    measured = {}
    for name in ("python", "openfisca", "openfisca-trace", "own-values", "own-explained"):
        found = worker(name, "--gate", str(gate), module="bench.onecase")
        if found is not None:
            measured[name] = found
            median = ("~" if found["noisy"] else "") + format(found["p50"], ".1f")
            print(f"  {name:18} {median:>10} {found['p99']:10.1f} {found['cold']:10.0f}", flush=True)
    return measured


def product(module: str, *arguments: str) -> list[Figure]:
    """The figures of the running product (offers, payments, pages), or none and the reason."""
    found = worker(*arguments, module=module)
    return [] if found is None else [Figure(**line) for line in found["figures"]]


def table(figures: list[Figure]) -> str:
    """The figures as one table; ~ marks what was measured while others used the machine."""
    lines = [f"{'figure':44} {'value':>12}  {'ratio':>9}  {'target':>14}       against"]
    for each in figures:
        value = f"{'~' if each.noisy else ''}{each.value:,.1f} {each.unit}"
        ratio = "" if each.ratio is None else f"{each.ratio:,.2f} x"
        lines.append(
            f"{each.name:44} {value:>12}  {ratio:>9}  {each.promised:>14}  {each.verdict:4} {each.against or each.note}"
        )
    return "\n".join(lines)


def machine() -> dict[str, Any]:
    """What the figures were measured on."""
    return {
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "processors": os.cpu_count(),
        "machine": platform.platform(),
        "python": platform.python_version(),
        "load": [round(each, 2) for each in os.getloadavg()],
    }


def main() -> None:
    """Measure, print, write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--full", action="store_true", help="also 5.6 million people (about fifteen minutes)")
    parser.add_argument("--size", choices=SIZES, default="660k")
    parser.add_argument("--gate", type=float, default=20, help="seconds to wait for a quiet machine before each run")
    parser.add_argument("--only", nargs="*", default=[], choices=FULL_ORDER, help="only these contenders")
    parser.add_argument("--no-product", action="store_true", help="leave out offers, payments, claims, pages, benefits")
    given = parser.parse_args()
    figures: list[Figure] = []
    void: list[str] = []
    cases = one_case(given.gate) if not given.only else {}
    figures += targets.of_one_case(cases)
    everything: dict[str, Any] = {"machine": machine(), "one case": cases}
    for size in [given.size, *(["5.6M"] if given.full else [])]:
        runs = population(size, gate=given.gate, only=set(given.only))
        everything[size] = [asdict(run) for run in runs.values()]
        figures += targets.of_population(size, runs)
        void += [f"{run.contender} {run.task} {size}" for run in runs.values() if not run.equal]
    if not given.no_product and not given.only:
        for module in (
            "bench.offers",
            "bench.payments",
            "bench.claims",
            "bench.pages",
            "bench.benefit_law",
            "bench.benefits",
            "bench.places",
            "bench.place_rounds",
        ):
            figures += product(module)
    print(f"\n{table(figures)}\n")
    missed = [each.name for each in figures if each.verdict == "MISS"]
    promised = sum(1 for each in figures if each.target is not None)
    print(f"{len(missed)} of {promised} targets missed: {', '.join(missed) or '-'}")
    if not given.only:
        RESULTS.write_text(json.dumps([each.row() for each in figures], indent=1) + "\n")
        (HERE / "data" / "runs.json").write_text(json.dumps(everything, indent=1))
    if void:
        sys.exit(f"Void, because the answers differ from the reference: {', '.join(void)}")


if __name__ == "__main__":
    main()
