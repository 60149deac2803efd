# SPDX-License-Identifier: EUPL-1.2
"""`ennakko simulate REFORM.toml`: what a changed rule would cost on the whole city, who gains, who loses."""

import json
from datetime import date
from typing import Any

import polars as pl
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from ennakko.kernel import clock
from ennakko.kernel.access import SYSTEM
from ennakko.kernel.figures.gate import gate
from ennakko.kernel.figures.whatif import WhatIf, what_if
from ennakko.kernel.purposes import objectors
from ennakko.kernel.registers import BrokenSnapshot, NoSnapshot, PermitMissing, WrongCity
from ennakko.rules.errors import EvaluationError, RuleError
from ennakko.rules.reform_files import ReformOfRule, load_reform
from ennakko.values.money import format_money
from ennakko.web import demo
from ennakko.web.management.commands.evaluate import a_day

PEOPLE = ("winners", "losers", "gained", "lost")


class Command(BaseCommand):
    help = "Simulate a reform on everybody: cost, winners, losers, by district unless told otherwise."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("reform", metavar="REFORM.toml", help="changed parameters by their first day, or classes")
        parser.add_argument("--on", type=a_day, metavar="DATE", help="the day whose law and figures apply (today)")
        parser.add_argument("--by", default="district", metavar="FACT[,FACT]", help="grouped by these facts (district)")
        parser.add_argument("--json", action="store_true", help="print the figures as JSON")

    def handle(self, *, reform: str, on: date | None, by: str, json: bool, **_: Any) -> None:
        groups = tuple(part.strip() for part in by.split(",") if part.strip())
        try:
            pairs = load_reform(reform)
            if settings.DEMO:
                demo.prepare_database()
                demo.prepare_city(tell=lambda step, part: self.stderr.write(f"{part:4.0%} {step}"))
            found = [self._one(pair, on or clock.today(), groups) for pair in pairs]
        except (
            RuleError, EvaluationError, BrokenSnapshot, NoSnapshot, WrongCity, PermitMissing, LookupError,
        ) as error:  # fmt: skip
            raise CommandError(str(error)) from error
        said = [_as_dict(one, groups) for one in found]
        self.stdout.write(_as_json(said[0] if len(said) == 1 else {"rules": said}) if json else _as_words(said))

    def _one(self, pair: ReformOfRule, on: date, by: tuple[str, ...]) -> WhatIf:
        service = pair.baseline.definition.id.partition(".")[0]
        return what_if(
            pair.baseline, pair.reform, purpose=service, on=on, actor=SYSTEM("simulate"), at=clock.now(),
            reason="simulation of a reform", by=by, without=objectors(service),
        )  # fmt: skip


def _as_dict(one: WhatIf, groups: tuple[str, ...]) -> dict[str, Any]:
    """The figures; groups go through the disclosure gate: a hidden count is null, and with it the group's money."""
    whole = {
        "rule": one.rule, "on": one.on.isoformat(), "snapshot": one.snapshot,
        "baseline": {"cost_cents": one.baseline}, "reform": {"cost_cents": one.reform},
        "cost_cents": one.cost, "winners": one.winners, "losers": one.losers, "gained": one.gained, "lost": one.lost,
        "unknown": one.unknown, "seconds": round(one.seconds, 3),
    }  # fmt: skip
    return {**whole, "by": _gated(one.by, groups) if groups else []}


def _gated(by: pl.DataFrame, groups: tuple[str, ...]) -> list[dict[str, Any]]:
    shown = {name: _shown(by, groups, name) for name in PEOPLE}
    rows = []
    for row in by.sort(*groups).iter_rows(named=True):
        key = tuple("?" if row[group] is None else str(row[group]) for group in groups)
        people = {name: shown[name][key] for name in PEOPLE}
        hidden = None in people.values()
        money = {name: None if hidden else row[name] for name in ("baseline", "reform", "cost")}
        rows.append({**{group: row[group] for group in groups}, **money, **people})
    return rows


def _shown(by: pl.DataFrame, groups: tuple[str, ...], name: str) -> dict[tuple[str, ...], int | None]:
    gated = gate(by.select(*groups, name), name, by=groups).frame
    return {tuple(row[:-1]): row[-1] for row in gated.select(*groups, name).iter_rows()}


def _as_json(whole: dict[str, Any]) -> str:
    return json.dumps(whole, ensure_ascii=False, default=str)


def _as_words(said: list[dict[str, Any]]) -> str:
    lines = []
    for one in said:
        lines += [
            f"{one['rule']} on {one['on']}, {one['seconds']:.2f} s",
            f"  now {format_money(one['baseline']['cost_cents'], 'en')}, "
            f"reform {format_money(one['reform']['cost_cents'], 'en')}, "
            f"difference {format_money(one['cost_cents'], 'en')}",
            f"  {one['winners']:,} gain, {one['losers']:,} lose; "
            f"{one['gained']:,} become entitled, {one['lost']:,} no longer are; {one['unknown']:,} unknown",
        ]
    return "\n".join(lines)
