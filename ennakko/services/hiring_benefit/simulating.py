# SPDX-License-Identifier: EUPL-1.2
"""What a changed rule would have cost on every benefit granted so far: beside the rule in force, never in its place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final

import polars as pl

from ennakko.kernel import audit
from ennakko.kernel.access import Actor, require
from ennakko.kernel.figures import gate
from ennakko.kernel.figures.disclosure import HIDE_BELOW
from ennakko.rules.cases_compared import Counts, compare_cases
from ennakko.rules.reform_files import ReformOfProcedure, load_reform, parse_reform
from ennakko.services.hiring_benefit.conditions import SERVICE
from ennakko.services.hiring_benefit.past_cases import past_cases
from ennakko.values.money import in_euros
from ennakko.values.texts import Text, text

FIGURES: Final = "hiring-benefit.figures"
FOLDER: Final = Path(__file__).parent / "law" / "reforms_asked"
BY: Final = ("industry", "area")
PEOPLE: Final = ("winners", "losers")
ASKED: Final[dict[str, Text]] = {
    "sixty_per_cent": text(fi="60 % ja 1 600 € kuukaudessa", sv="60 % och 1 600 € i månaden",
                           en="60 % and €1,600 a month"),
    "nine_months": text(fi="Enintään yhdeksän kuukautta", sv="Högst nio månader", en="Nine months at most"),
    "no_cap_under_30": text(fi="Ei kuukausirajaa alle 30-vuotiaille", sv="Ingen månadsgräns för under 30 år",
                            en="No monthly cap for those under 30"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Group:
    """One group of a table: cents and cases; None where they are too few to be told."""

    key: str
    cost: int | None
    winners: int | None
    losers: int | None


@dataclass(frozen=True, slots=True)
class Simulated:
    """A reform beside the rule in force. Cents and cases; `few`: so few are touched that nothing may be shown."""

    cases: int
    unknown: int
    few: bool
    baseline: int
    reform: int
    winners: int
    losers: int
    by: dict[str, tuple[Group, ...]]
    reasons: tuple[str, ...]
    seconds: float

    @property
    def cost(self) -> int:
        """What the reform would have cost more; less than zero where it saves."""
        return self.reform - self.baseline


def asked_reform(name: str) -> ReformOfProcedure:
    """One of the reforms that somebody has asked about; raises KeyError for another name."""
    if name not in ASKED:
        raise KeyError(name)
    return _of_amount(load_reform(FOLDER / f"{name}.toml"))


def own_reform(*, share: int, month_cents: int, from_day: date) -> ReformOfProcedure:
    """Another share of the costs in per cent and another highest amount a month, from a day on."""
    return _of_amount(
        parse_reform(
            f'[parameters."{SERVICE}.cost_share"]\n{from_day} = {share}\n'
            f'[parameters."{SERVICE}.highest_month_alone"]\n{from_day} = {{ euros = "{in_euros(month_cents)}" }}\n',
            origin="the page",
        )
    )


def _of_amount(pairs: Any) -> ReformOfProcedure:
    return next(
        pair for pair in pairs if isinstance(pair, ReformOfProcedure) and pair.baseline.id == f"{SERVICE}.amount"
    )


def simulate(pair: ReformOfProcedure, *, actor: Actor, at: datetime) -> Simulated:
    """The reform on every granted benefit, by industry and by area. Raises Refused."""
    require(actor, FIGURES)
    cases = past_cases()
    found = compare_cases(pair, cases, BY)
    whole = found.total
    audit.read(actor, SERVICE, [], ("birth_date",), "", at, "what another rule would have cost on past cases")
    few = any(0 < count < HIDE_BELOW for count in (whole.winners, whole.losers, whole.cases))
    return Simulated(
        cases=whole.cases, unknown=whole.unknown, few=few,
        baseline=whole.baseline, reform=whole.reform, winners=whole.winners, losers=whole.losers,
        by={} if few else {by: _groups(found.by_one(place), by) for place, by in enumerate(BY)},
        reasons=tuple(found.reasons), seconds=found.seconds,
    )  # fmt: skip


def _groups(found: Mapping[str | None, Counts], by: str) -> tuple[Group, ...]:
    """The groups through the gate: with a count that is hidden the group's money is hidden too."""
    counts = {key or "?": one for key, one in found.items()}
    shown: dict[str, dict[str, int | None]] = {}
    for name in (*PEOPLE, "cases"):
        table = pl.DataFrame(
            [(key, getattr(one, name)) for key, one in counts.items()],
            schema={by: pl.String, "persons": pl.Int64}, orient="row",
        )  # fmt: skip
        shown[name] = dict(gate(table, "persons", by=(by,)).frame.drop_nulls(by).select(by, "persons").rows())
    return tuple(
        Group(
            key,
            None if None in (shown["winners"][key], shown["losers"][key], shown["cases"][key]) else one.cost,
            shown["winners"][key], shown["losers"][key],
        )
        for key, one in sorted(counts.items())
    )  # fmt: skip
