# SPDX-License-Identifier: EUPL-1.2
"""The figures that the design promises, each computed from what the workers measured."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from bench.worker import Run

OPENFISCA = "OpenFisca-core 46.0.1"


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of the table: our value beside another's, their ratio, and what was promised of it.

    `ratio` is theirs / ours where `faster` (how many times better we are), else ours / theirs (how far we are behind).
    """

    name: str
    value: float
    unit: str
    against: str | None = None
    other: float | None = None
    faster: bool = True
    target: float | None = None
    of: str = "ratio"
    noisy: bool = False
    note: str = ""

    @property
    def ratio(self) -> float | None:
        """The two values compared."""
        if self.other is None:
            return None
        return self.other / self.value if self.faster else self.value / self.other

    @property
    def verdict(self) -> str:
        """PASS or MISS where something was promised."""
        if self.target is None:
            return ""
        if self.of == "value":
            return "PASS" if self.value <= self.target else "MISS"
        if self.of == "least":
            return "PASS" if self.value >= self.target else "MISS"
        assert self.ratio is not None
        reached = self.ratio >= self.target if self.faster else self.ratio <= self.target
        return "PASS" if reached else "MISS"

    @property
    def promised(self) -> str:
        """The target in words."""
        if self.target is None:
            return ""
        if self.of == "value":
            return f"<= {self.target:g} {self.unit}"
        if self.of == "least":
            return f">= {self.target:g} {self.unit}"
        return f">= {self.target:g} x" if self.faster else f"<= {self.target:g} x"

    def row(self) -> dict[str, object]:
        """The line of results.json."""
        said = None
        if self.against is not None:
            said = f"{self.against} ({'theirs / ours' if self.faster else 'ours / theirs'})"
        ratio = None if self.ratio is None else round(self.ratio, 3)
        return {"name": self.name, "value": round(self.value, 3), "unit": self.unit, "against": said, "ratio": ratio}


Runs = Mapping[tuple[str, str], Run]
Pair = Callable[..., None]

# (size, task) -> times OpenFisca: full runs; the design asks for the large ones, the protocol for the small ones too.
TIMES_OPENFISCA = {("660k", "screen"): 7, ("5.6M", "screen"): 10, ("660k", "reform"): 10, ("5.6M", "reform"): 25}
SCREENED_WITHIN = {"660k": 100, "5.6M": 800}
TIMES_BY_HAND = 1.2
TIMES_BOUND = 4
SHARE_OF_MEMORY = 0.6


def of_population(size: str, runs: Runs) -> list[Figure]:
    """The figures of one size; a run that is absent or not equal gives none."""
    figures: list[Figure] = []
    judged = size in SCREENED_WITHIN
    usable = {key: run for key, run in runs.items() if run.equal}

    def against(name: str, ours: str, theirs: str, task: str, said: str, **more: object) -> None:
        if (ours, task) in usable and (theirs, task) in usable:
            a, b = usable[ours, task], usable[theirs, task]
            figures.append(
                Figure(f"{name}.{size}", a.median, "ms", said, b.median, noisy=a.noisy or b.noisy, **more)  # type: ignore[arg-type]
            )

    for task, label in (("screen", "screen-four-services"), ("all", "all-columns"), ("reform", "reform-one-service")):
        target = TIMES_OPENFISCA.get((size, task))
        against(label, "own-polars", "openfisca", task, OPENFISCA, target=target)
        calculate = usable[("openfisca", task)].parts.get("calculate") if ("openfisca", task) in usable else None
        if calculate and ("own-polars", task) in usable:
            own = usable["own-polars", task]
            said = f"{OPENFISCA}, calculation only, without building"
            figures.append(Figure(f"{label}.calculation.{size}", own.median, "ms", said, calculate, noisy=own.noisy))
        against(
            f"{label}.by-hand",
            "own-polars",
            "polars",
            task,
            "hand-written Polars",
            faster=False,
            target=TIMES_BY_HAND if judged else None,
        )
        for rival, said in (("openfisca", OPENFISCA), ("polars", "hand-written Polars")):
            if ("own-polars", task) in usable and (rival, task) in usable:
                a, b = usable["own-polars", task], usable[rival, task]
                name = f"{label}.processor.{'by-hand.' if rival == 'polars' else ''}{size}"
                figures.append(Figure(name, a.processor, "ms", said, b.processor, faster=rival == "openfisca"))
        bound = TIMES_BOUND if task == "all" and judged else None
        against(f"{label}.bound", "own-polars", "fused", task, "fused numba bound", faster=False, target=bound)
        against(f"{label}.duckdb-by-hand", "own-polars", "duckdb", task, "hand-written DuckDB SQL", faster=False)
        against(f"{label}.own-duckdb", "own-duckdb", "duckdb", task, "hand-written DuckDB SQL", faster=False)
        against(f"{label}.own-postgres", "own-postgres", "own-polars", task, "our Polars engine", faster=False)
    if ("own-polars", "simple") in usable:
        own = usable["own-polars", "simple"]
        said = "one pass over the columns it reads"
        scan = own.parts["scan"]
        figures.append(
            Figure(
                f"screen-simple-service.{size}",
                own.median,
                "ms",
                said,
                scan,
                faster=False,
                target=2 if judged else None,
                noisy=own.noisy,
            )
        )
    against("all-26-steps-kept", "own-polars-steps", "openfisca", "all", OPENFISCA)
    if ("own-polars", "screen") in usable:
        own = usable["own-polars", "screen"]
        limit = SCREENED_WITHIN.get(size)
        figures.append(
            Figure(f"screen-four-services.wall.{size}", own.median, "ms", target=limit, of="value", noisy=own.noisy)
        )
    for task in ("screen", "all", "reform"):
        if ("own-polars", task) in usable and ("openfisca", task) in usable:
            a, b = usable["own-polars", task], usable["openfisca", task]
            figures.append(
                Figure(
                    f"peak-memory.{task}.{size}",
                    a.peak,
                    "MB",
                    OPENFISCA,
                    b.peak,
                    faster=False,
                    target=SHARE_OF_MEMORY if judged else None,
                )
            )
    return figures


def of_one_case(measured: Mapping[str, Mapping[str, float]]) -> list[Figure]:
    """The figures of one case, in microseconds."""
    figures: list[Figure] = []
    theirs = measured.get("openfisca-trace")
    if "own-values" in measured:
        own = measured["own-values"]
        noisy = bool(own["noisy"] or (theirs and theirs["noisy"]))
        figures.append(Figure("one-case.every-step.p50", own["p50"], "us", target=10, of="value", noisy=noisy))
        figures.append(Figure("one-case.every-step.p99", own["p99"], "us", target=50, of="value", noisy=noisy))
        if theirs:
            said = f"{OPENFISCA}, from JSON with trace"
            figures.append(
                Figure("one-case.every-step", own["p50"], "us", said, theirs["p50"], target=500, noisy=noisy)
            )
        if "python" in measured:
            figures.append(
                Figure(
                    "one-case.plain-python",
                    own["p50"],
                    "us",
                    "plain Python, no steps kept",
                    measured["python"]["p50"],
                    faster=False,
                )
            )
        figures.append(Figure("one-case.cold", own["cold"] / 1000, "ms"))
    if "own-explained" in measured:
        explained = measured["own-explained"]
        figures.append(Figure("one-case.reasons-in-finnish.p50", explained["p50"], "us", target=100, of="value"))
        figures.append(Figure("one-case.reasons-in-finnish.p99", explained["p99"], "us"))
    return figures
