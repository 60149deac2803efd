# SPDX-License-Identifier: EUPL-1.2
"""The hiring benefit's amount: one case with its trace, and 100,000 past cases for a simulation.

`python -m bench.benefit_law`. Beside it stands the published formula written plainly in `decimal`, figure by figure as
a handler would work it out; it has no trace, reads no parameters by day and refuses nothing. The figures are void
unless both give the same euros on every case.
"""

from __future__ import annotations

import gc
import json
import random
import sys
import time
from collections import deque
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from itertools import pairwise
from pathlib import Path
from typing import Any

from ennakko.municipalities.profile import load
from ennakko.rules.answers import trace_json
from ennakko.rules.parameters import ParameterBook
from ennakko.services.hiring_benefit.law import amounts, rules
from ennakko.services.hiring_benefit.law.amount_answers import amount

CASES = 100_000
ONE_CASE_MICROSECONDS, MANY_SECONDS = 150.0, 10.0
ON = date(2026, 11, 20)
LAW = Path(rules.__file__).parent
BOOK = ParameterBook.load(LAW / "parameters.toml", *load("helsinki").parameter_files)
Case = dict[str, Any]


def past_cases(count: int, seed: int = 2026) -> list[Case]:
    """Cases of six years as an earlier system would export them: half with pay subsidy, some with an apprenticeship."""
    draw = random.Random(seed)
    found = []
    for _ in range(count):
        start = date(2021, 1, 1) + timedelta(days=draw.randrange(2130))
        months = draw.choice([6, 6, 8, 10, 12, 12, 12])
        end = start + timedelta(days=30 * months + draw.randrange(-10, 5))
        old, new = start < date(2023, 7, 1), start >= date(2026, 1, 1)
        case: Case = {
            "start_date": str(start), "end_date": str(end), "monthly_pay": _sum(draw, 900, 4200),
            "vacation_money": _sum(draw, 0, 1500) if old else _sum(draw, 0, 250),
            "other_expenses": _sum(draw, 150, 900), "pay_subsidies": [], "training_compensations": [],
            "state_aid_max_percentage": "50" if new else draw.choice(["50", "100", "100"]),
        }  # fmt: skip
        if not new and draw.random() < 0.7:
            middle = start + timedelta(days=draw.randrange(60, 170))
            known = [30, 40, 50, 100] if old else [50, 70, 100]
            case["pay_subsidies"].append(
                {"percent": draw.choice(known), "work_time_percent": draw.choice(["65", "93.3", "100"]),
                 "start": str(start), "end": str(middle)}
            )  # fmt: skip
        if draw.random() < 0.1:
            case["training_compensations"].append(
                {"monthly_amount": _sum(draw, 50, 300), "start": str(start + timedelta(days=20)), "end": str(end)}
            )
        found.append(case)
    return found


def _sum(draw: random.Random, low: int, high: int) -> str:
    cents = draw.randrange(low * 100, high * 100)
    return f"{cents // 100}.{cents % 100:02}"


# --- the same, plainly

CAPS = {"2021": {30: 1400, 40: 1400, 50: 1400, 100: 1800}, "later": {50: 1260, 70: 1770, 100: 2020}}


def plainly(case: Case) -> int:
    """The published formula in decimals; whole euros."""
    start, end = date.fromisoformat(case["start_date"]), date.fromisoformat(case["end_date"])
    old, new = start < date(2023, 7, 1), start >= date(2026, 1, 1)
    pay, vacation, other = (Decimal(case[key]) for key in ("monthly_pay", "vacation_money", "other_expenses"))
    monthly_vacation = vacation * 30 / _days(start, end) if old else vacation
    costs = pay + monthly_vacation + other
    if not old:
        costs = _round(costs, 2)
    ceiling = _round(costs * Decimal(case["state_aid_max_percentage"]) / 100, 2)
    highest = Decimal(1500) if new and not case["pay_subsidies"] else Decimal(800)
    rows = [(key, row, date.fromisoformat(row["start"]), date.fromisoformat(row["end"]))
            for key in ("pay_subsidies", "training_compensations") for row in case[key]]  # fmt: skip
    cuts = {start, end + timedelta(days=1)}
    for _, _, first, last in rows:
        cuts |= {max(first, start), min(last, end) + timedelta(days=1)}
    total = Decimal(0)
    for first, after in pairwise(sorted(cuts)):
        left = ceiling
        for key, row, begins, ends in rows:
            if begins <= first <= ends:
                left -= (
                    Decimal(row["monthly_amount"])
                    if key != "pay_subsidies"
                    else _subsidy(row, old, pay, other, monthly_vacation)
                )
        monthly = _round(max(Decimal(0), min(highest, left)), 0)
        days = _days(first, after - timedelta(days=1))
        # Multiplied before it is divided: thirtieths have no end in decimals.
        total += _round(days * monthly / 30 if old else _round(days / 30, 2) * monthly, 0)
    return int(total)


def _subsidy(row: Mapping[str, Any], old: bool, pay: Decimal, other: Decimal, vacation: Decimal) -> Decimal:
    percent, time_share = row["percent"], Decimal(row["work_time_percent"]) / 100
    cap = Decimal(CAPS["2021" if old else "later"][percent])
    if not old:
        if percent == 100:
            return min(cap, pay / time_share * Decimal("0.65") * Decimal("1.23"))
        return min(cap, Decimal(percent) / 100 * pay)
    if percent == 100 and time_share > Decimal("0.65"):
        return min(cap, (pay + other) / time_share * Decimal("0.65")) + vacation / time_share * Decimal("0.65")
    return min(cap, Decimal(percent) / 100 * (pay + other)) + Decimal(percent) / 100 * vacation


def _round(value: Decimal, places: int) -> Decimal:
    return value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)


def _days(start: date, end: date) -> Decimal:
    after = end + timedelta(days=1)
    days = 360 * (after.year - start.year) + 30 * (after.month - start.month) + min(after.day, 30) - min(start.day, 30)
    return Decimal(days)


# --- measuring


def _told(case: Case) -> list[dict[str, Any]]:
    return [trace_json(line, "fi") for line in amount.evaluate(case, ON, BOOK).trace]


def best_of(work: Callable[[], object], times: int = 5) -> float:
    """The shortest of some runs, in seconds of the processor: it runs on one, and others' work is not counted."""
    found = []
    for _ in range(times):
        started = time.process_time()
        work()
        found.append(time.process_time() - started)
    return min(found)


def main() -> None:
    """Both figures with their ratio; the last line is read by bench.run."""
    cases = past_cases(CASES)
    ours = [cents // 100 for cents, _ in amounts.many(cases, BOOK, BOOK) if cents is not None]
    theirs = [plainly(case) for case in cases]
    if ours != theirs:
        wrong = next(n for n, pair in enumerate(zip(ours, theirs, strict=False)) if pair[0] != pair[1])
        sys.exit(f"Void: case {wrong} is {ours[wrong]} here and {theirs[wrong]} in decimals: {cases[wrong]}")
    some = [case for case in cases if case["pay_subsidies"]][:1000]
    # What stands in memory for the measurement itself is not gone through by the collector again and again.
    gc.collect()
    gc.freeze()
    one = best_of(lambda: deque((amount.evaluate(case, ON, BOOK) for case in some), maxlen=1), 9) / len(some) * 1e6
    told = best_of(lambda: deque((_told(case) for case in some), maxlen=1))
    plain = best_of(lambda: deque((plainly(case) for case in some), maxlen=1), 9) / len(some) * 1e6
    many = best_of(lambda: sum(cents or 0 for cents, _ in amounts.many(cases, BOOK, BOOK)), 3)
    plain_many = best_of(lambda: sum(plainly(case) for case in cases), 3)
    figures = [
        {"name": "benefit.one-amount-with-trace", "value": one, "unit": "µs", "against": "decimal formula, no trace",
         "other": plain, "target": ONE_CASE_MICROSECONDS, "of": "value",
         "note": f"with every sentence in Finnish {told / len(some) * 1e6:.0f} µs"},
        {"name": "benefit.100,000-past-cases", "value": many, "unit": "s", "against": "decimal formula",
         "other": plain_many, "target": MANY_SECONDS, "of": "value", "note": "the same euros on every case"},
    ]  # fmt: skip
    for figure in figures:
        print(
            f"{figure['name']:32} {figure['value']:8.1f} {figure['unit']:3} {figure['against']} {figure['other']:.1f}, "
            f"ratio {figure['other'] / figure['value']:.2f}; at most {figure['target']:g}; {figure['note']}",  # type: ignore[operator]
            file=sys.stderr,
        )
    print(json.dumps({"figures": figures}))


if __name__ == "__main__":
    main()
