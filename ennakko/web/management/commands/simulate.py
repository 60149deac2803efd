# SPDX-License-Identifier: EUPL-1.2
"""`ennakko simulate REFORM.toml`: what a changed rule would cost on the whole city, who gains, who loses.

A reform of what is decided case by case (a benefit's amount, a claim's conditions) is counted on the services' own
past cases, or on `--cases CASES.jsonl`.
"""

import json
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import polars as pl
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from ennakko.kernel import audit, clock
from ennakko.kernel.access import SYSTEM
from ennakko.kernel.figures.gate import gate
from ennakko.kernel.figures.past_cases import past_cases_of
from ennakko.kernel.figures.whatif import WhatIf, what_if
from ennakko.kernel.purposes import objectors
from ennakko.kernel.registers import BrokenSnapshot, NoSnapshot, PermitMissing, WrongCity
from ennakko.rules.cases_compared import Compared, Counts, compare_cases, compare_facts
from ennakko.rules.errors import EvaluationError, RuleError
from ennakko.rules.reform_files import ReformOfProcedure, ReformOfRule, load_reform
from ennakko.values.money import format_money
from ennakko.web import demo
from ennakko.web.case_files import BadCases, read_cases
from ennakko.web.management.commands.evaluate import a_day

PEOPLE = ("winners", "losers", "gained", "lost")


class Command(BaseCommand):
    help = "Simulate a reform on everybody: cost, winners, losers, by district unless told otherwise."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("reform", metavar="REFORM.toml", help="changed parameters by their first day, or classes")
        parser.add_argument("--on", type=a_day, metavar="DATE", help="the day whose law and figures apply (today)")
        parser.add_argument(
            "--by", metavar="FACT[,FACT]", help="grouped by these facts (district), or keys of the cases"
        )
        parser.add_argument("--cases", metavar="CASES.jsonl", help="count on these cases, one JSON object a line")
        parser.add_argument("--json", action="store_true", help="print the figures as JSON")

    def handle(self, *, reform: str, on: date | None, by: str | None, cases: str | None, json: bool, **_: Any) -> None:
        try:
            pairs = load_reform(reform)
            if cases is not None:
                said = self._on_cases(pairs, cases, _groups(by or ""), on)
            else:
                if settings.DEMO:
                    demo.prepare_database()
                own, rest = _on_own_cases(pairs, _groups(by or ""), on)
                said = own + (self._on_residents(rest, on, _groups("district" if by is None else by)) if rest else [])
        except (
            RuleError, EvaluationError, BrokenSnapshot, NoSnapshot, WrongCity, PermitMissing, LookupError, BadCases,
        ) as error:  # fmt: skip
            raise CommandError(str(error)) from error
        self.stdout.write(_as_json(said[0] if len(said) == 1 else {"rules": said}) if json else _as_words(said))

    def _on_residents(
        self, pairs: Sequence[ReformOfRule | ReformOfProcedure], on: date | None, groups: tuple[str, ...]
    ) -> list[dict[str, Any]]:
        rules = [pair for pair in pairs if isinstance(pair, ReformOfRule)]
        if not rules:
            changed = ", ".join(pair.baseline.id for pair in pairs if isinstance(pair, ReformOfProcedure))
            raise RuleError(
                f"{changed} is counted on cases: give them with --cases CASES.jsonl, one JSON object a line."
            )
        if settings.DEMO:
            demo.prepare_city(tell=lambda step, part: self.stderr.write(f"{part:4.0%} {step}"))
        return [_as_dict(self._one(pair, on or clock.today(), groups), groups) for pair in rules]

    def _on_cases(
        self, pairs: Sequence[ReformOfRule | ReformOfProcedure], cases: str, groups: tuple[str, ...], on: date | None
    ) -> list[dict[str, Any]]:
        counted: list[ReformOfRule | ReformOfProcedure] = [one for one in pairs if isinstance(one, ReformOfProcedure)]
        counted = counted or [one for one in pairs if past_cases_of(_id_of(one)) is not None]
        if not counted:
            raise RuleError("The reform changes no amount that is counted on cases. Leave --cases out.")
        read = read_cases(cases)
        return [_of_cases(_compared(pair, read, groups, on), groups) for pair in counted]

    def _one(self, pair: ReformOfRule, on: date, by: tuple[str, ...]) -> WhatIf:
        service = pair.baseline.definition.id.partition(".")[0]
        return what_if(
            pair.baseline, pair.reform, purpose=service, on=on, actor=SYSTEM("simulate"), at=clock.now(),
            reason="simulation of a reform", by=by, without=objectors(service),
        )  # fmt: skip


Pairs = Sequence[ReformOfRule | ReformOfProcedure]


def _on_own_cases(pairs: Pairs, groups: tuple[str, ...], on: date | None) -> tuple[list[dict[str, Any]], Pairs]:
    """What is counted on the past cases that the services have of their own, and the pairs that have none."""
    found: list[dict[str, Any]] = []
    rest: list[ReformOfRule | ReformOfProcedure] = []
    for pair in pairs:
        past = past_cases_of(_id_of(pair))
        cases = past.read() if past is not None else ()
        if past is None or not cases:
            if past is None or isinstance(pair, ReformOfProcedure):
                rest.append(pair)
            continue
        unknown = [name for name in groups if name not in past.groups]
        if unknown:
            raise RuleError(f"The past cases do not tell {unknown[0]}. Group them by {', '.join(past.groups)}.")
        found.append(_of_cases(_compared(pair, cases, groups, on), groups))
        _log(pair, cases)
    if not found and not rest:
        names = ", ".join(_id_of(pair) for pair in pairs)
        raise RuleError(f"There are no past cases of {names} yet: give some with --cases CASES.jsonl.")
    return found, rest


def _id_of(pair: ReformOfRule | ReformOfProcedure) -> str:
    return pair.baseline.definition.id if isinstance(pair, ReformOfRule) else pair.baseline.id


def _compared(
    pair: ReformOfRule | ReformOfProcedure, cases: Sequence[Mapping[str, Any]], groups: tuple[str, ...], on: date | None
) -> Compared:
    if isinstance(pair, ReformOfRule):
        return compare_facts(pair, cases, groups, on=on or clock.today())
    return compare_cases(pair, cases, groups)


def _log(pair: ReformOfRule | ReformOfProcedure, cases: Sequence[Mapping[str, Any]]) -> None:
    """The people of whom the cases tell, where they name them: one entry, as for a screening."""
    persons = sorted({case["person"] for case in cases if case.get("person") is not None})
    if persons:
        service = _id_of(pair).partition(".")[0]
        audit.read(
            SYSTEM("simulate"), service, persons, ["district"], "", clock.now(), "a reform counted on past cases"
        )


def _groups(by: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in by.split(",") if part.strip())


def _of_cases(one: Compared, groups: tuple[str, ...]) -> dict[str, Any]:
    """The figures of a reform on cases, in the shape of those on residents; groups go through the gate."""
    total = one.total
    return {
        "rule": one.rule, "cases": total.cases,
        "baseline": {"cost_cents": total.baseline}, "reform": {"cost_cents": total.reform},
        "cost_cents": total.cost, "winners": total.winners, "losers": total.losers, "gained": total.gained,
        "lost": total.lost, "unknown": total.unknown, "reasons": one.reasons, "seconds": round(one.seconds, 3),
        "by": _gated(_frame(one, groups), groups) if groups else [],
    }  # fmt: skip


def _frame(one: Compared, groups: tuple[str, ...]) -> pl.DataFrame:
    names = ("baseline", "reform", "cost", *PEOPLE)

    def row(key: tuple[str | None, ...], counts: Counts) -> dict[str, Any]:
        told = {name: part or "?" for name, part in zip(groups, key, strict=True)}
        return told | {name: getattr(counts, name) for name in names}

    schema = dict.fromkeys(groups, pl.String) | dict.fromkeys(names, pl.Int64)
    return pl.DataFrame([row(key, counts) for key, counts in one.by.items()], schema=schema)


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
            f"{one['rule']} on {_where(one)}, {one['seconds']:.2f} s",
            f"  now {format_money(one['baseline']['cost_cents'], 'en')}, "
            f"reform {format_money(one['reform']['cost_cents'], 'en')}, "
            f"difference {format_money(one['cost_cents'], 'en')}",
            f"  {one['winners']:,} gain, {one['losers']:,} lose; "
            f"{one['gained']:,} become entitled, {one['lost']:,} no longer are; {one['unknown']:,} unknown",
        ]
    return "\n".join(lines)


def _where(one: dict[str, Any]) -> str:
    return f"{one['cases']:,} cases" if "cases" in one else str(one["on"])
