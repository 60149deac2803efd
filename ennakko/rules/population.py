# SPDX-License-Identifier: Apache-2.0
"""What a city asks of a rule about everyone: who is near, what comes, what a reform costs and to whom.

All run on the Polars engine. Results are about persons: log them, minimise them, and hide small counts before showing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

import polars as pl

from ennakko.rules.analysis import steps_of, transform
from ennakko.rules.binding import BoundRule
from ennakko.rules.change import next_change as next_change
from ennakko.rules.engines.polars import Frames, run, screening
from ennakko.rules.engines.screening import NO, SCOPE, UNKNOWN, YES, Bindable, bound_rule
from ennakko.rules.engines.staging import Plan, plan
from ennakko.rules.errors import RuleError, near_names
from ennakko.rules.node import Const, FactRef, Node, StepRef
from ennakko.rules.parameters import ParameterBook
from ennakko.rules.tree import And, IsKnown, Not, Or

WIDTHS: tuple[tuple[int, type[pl.DataType]], ...] = ((8, pl.UInt8), (16, pl.UInt16), (32, pl.UInt32), (64, pl.UInt64))
"""Bits a mask may have, and its column type."""


# --- reason masks


@dataclass(frozen=True, slots=True)
class Masks:
    """For everyone whom the rule concerns, or may: which conditions hold and which are unknown.

    `frame`: key, outcome (Int8), holds and unknown (unsigned, as narrow as they fit); bit n is `conditions[n]`.
    """

    conditions: tuple[str, ...]
    frame: pl.DataFrame

    def bit(self, condition: str) -> int:
        """The number that a condition adds to a mask."""
        return 1 << self.conditions.index(condition)


def conditions_of(bound: BoundRule) -> tuple[str, ...]:
    """The yes-or-no steps that the outcome is made of, in order, without the outcome itself."""
    steps = bound.closure([bound.outcome])
    return tuple(step.name for step in steps if step.type == "bool" and step.name != bound.outcome)


def masks(rule: Bindable | BoundRule, tables: Frames, on: date, book: ParameterBook | None = None) -> Masks:
    """Two bit masks a person; raises RuleError for more than 64 conditions."""
    bound = bound_rule(rule, on, book)
    conditions = conditions_of(bound)
    width = next((dtype for bits, dtype in WIDTHS if len(conditions) <= bits), None)
    if width is None:
        raise RuleError(f"{bound.id} has {len(conditions)} conditions; a mask holds 64.")
    rows = screening(bound, tables, conditions, outcomes=(YES, NO, UNKNOWN))

    def mask(marks: Mapping[str, pl.Expr]) -> pl.Expr:
        bits = [marks[name].cast(width) * pl.lit(1 << n, dtype=width) for n, name in enumerate(conditions)]
        return pl.sum_horizontal(pl.lit(0, dtype=width), *bits).cast(width)

    holds = mask({name: pl.col(name).fill_null(value=False) for name in conditions})
    unknown = mask({name: pl.col(name).is_null() for name in conditions})
    frame = rows.select(tables.key, "outcome", holds.alias("holds"), unknown.alias("unknown")).collect()
    return Masks(conditions, frame)


def near_misses(
    rule: Bindable | BoundRule, tables: Frames, on: date, book: ParameterBook | None = None
) -> dict[str, dict[str, int]]:
    """How many persons one thing alone keeps from a yes.

    "refused": by condition, those who get a no and would get a yes if it held. "unknown": by condition, those whose
    answer waits for it alone. "facts": by own fact, those whose answer is unknown and of whose own facts only this one
    is missing.
    """
    bound = bound_rule(rule, on, book)
    conditions = conditions_of(bound)
    definitions: dict[str, Node] = {step.name: step.x for step in bound.steps}
    ifs = {f"#if {name}": _were_it_true(StepRef(bound.outcome, "bool"), name, definitions) for name in conditions}
    outcome = StepRef(bound.outcome, "bool")
    facts = [fact for fact in bound.inputs if fact.relation is None]
    missing = {f"#no {fact.name}": Not(IsKnown(_nullable(fact))) for fact in facts}
    work = plan(
        {**definitions, **ifs, **missing},
        outputs=tuple(dict.fromkeys((bound.outcome, *conditions, *ifs, *missing))),
        certain=bound.scope,
        possible=Not(And((IsKnown(outcome), outcome))),
    )
    open_rows = run(work, tables)
    answer = pl.col(bound.outcome)
    only = (
        pl.sum_horizontal(*[pl.col(name).cast(pl.Int64) for name in missing]) == 1 if missing else pl.lit(value=False)
    )
    counts = open_rows.select(
        *[(~answer & ~pl.col(name) & pl.col(f"#if {name}")).sum().alias(f"refused {name}") for name in conditions],
        *[
            (answer.is_null() & pl.col(name).is_null() & pl.col(f"#if {name}")).sum().alias(f"unknown {name}")
            for name in conditions
        ],
        *[(answer.is_null() & only & pl.col(f"#no {fact.name}")).sum().alias(f"facts {fact.name}") for fact in facts],
    ).collect()
    found = dict(zip(counts.columns, counts.row(0), strict=True)) if counts.columns else {}
    names = {"refused": conditions, "unknown": conditions, "facts": [fact.name for fact in facts]}
    return {kind: {name: int(found[f"{kind} {name}"]) for name in listed} for kind, listed in names.items()}


def _nullable(fact: FactRef) -> FactRef:
    """The fact as one that may be missing, whatever its register promises."""
    return FactRef(fact.name, fact.type, True)


def _were_it_true(node: Node, condition: str, definitions: Mapping[str, Node]) -> Node:
    """The node in which one condition holds; steps that do not depend on it stay references."""

    def changed(each: Node) -> Node:
        if not isinstance(each, StepRef):
            return each
        if each.name == condition:
            return Const(True, "bool")
        return _were_it_true(definitions[each.name], condition, definitions) if depends(each.name) else each

    def depends(name: str) -> bool:
        return any(step == condition or depends(step) for step in steps_of(definitions[name]))

    return transform(node, changed)


# --- what comes


def forecast(
    rule: Bindable,
    tables: Frames,
    dates: Sequence[date],
    by: Sequence[str] = (),
    book: ParameterBook | None = None,
) -> pl.DataFrame:
    """The rule on future days with today's people: on, the `by` columns of the persons, entitled, unknown, amount.

    One row a day and group that has anyone entitled or unknown; `amount` (cents, Int64) is the sum of the known amounts
    of those entitled. Raises EvaluationError for a day without parameters.
    """
    _check_columns(tables, by)
    groups = []
    for on in dates:
        bound = rule.bind(on, book)
        amounts = (bound.amount,) if bound.amount else ()
        rows = screening(bound, tables, amounts, outcomes=(YES, UNKNOWN), carry=by)
        entitled = pl.col("outcome") == YES
        paid = pl.when(entitled).then(pl.col(bound.amount)).sum() if bound.amount else pl.lit(0, dtype=pl.Int64)
        counts = [
            entitled.sum().cast(pl.Int64).alias("entitled"),
            (~entitled).sum().cast(pl.Int64).alias("unknown"),
            paid.alias("amount"),
        ]
        grouped = rows.group_by(*by).agg(*counts) if by else rows.select(*counts)
        groups.append(grouped.select(pl.lit(on).alias("on"), *by, "entitled", "unknown", "amount"))
    if not groups:
        raise RuleError("A forecast needs at least one day.")
    # Collected together, so that the days share one pass over the persons.
    return pl.concat(pl.collect_all(groups)).sort("on", *by)


# --- a reform


@dataclass(frozen=True, slots=True)
class Comparison:
    """A reform against the law as it is, on one day. Money in cents; a person without a yes gets, or pays, 0.

    `cost`: how much more the reform costs the city (of a fee: how much less it brings), over those whose amounts are
    known both ways. Winners get more or pay less, losers the contrary; where the rule has no amount, they are those who
    gain or lose the entitlement. `unknown`: of whom it cannot be said. `by`: the same columns for each group.
    """

    on: date
    baseline: int
    reform: int
    cost: int
    winners: int
    losers: int
    gained: int
    lost: int
    unknown: int
    by: pl.DataFrame


FIGURES = ("baseline", "reform", "cost", "winners", "losers", "gained", "lost", "unknown")


def compare(
    baseline: Bindable,
    reform: Bindable,
    tables: Frames,
    on: date,
    by: Sequence[str] = (),
    book: ParameterBook | None = None,
) -> Comparison:
    """Cost, winners and losers of a reform, grouped by columns of the persons; both are worked out in one pass.

    Steps that the reform leaves as they are, and relations that both read, are computed once. Raises RuleError when one
    has an amount and the other has not, or their directions differ.
    """
    before, after = baseline.bind(on, book), reform.bind(on, book)
    if (before.amount is None) != (after.amount is None) or before.direction != after.direction:
        raise RuleError(f"{before.id} and its reform cannot be compared: amount or direction is not of the same kind.")
    _check_columns(tables, by)
    work, names = _comparing(before, after)
    rows = run(work, tables, carry=by).select(*by, *_amounts(before, after, names))
    groups = rows.group_by(*by).agg(*_figures(before.direction)) if by else rows.select(*_figures(before.direction))
    figures = groups.collect()
    figures = figures.sort(*by) if by else figures
    totals = figures.select(pl.col(*FIGURES).sum()).row(0, named=True)
    return Comparison(on=on, by=figures, **{name: int(totals[name]) for name in FIGURES})


SIDES = ("before", "after")


@lru_cache(maxsize=64)
def _comparing(before: BoundRule, after: BoundRule) -> tuple[Plan, Mapping[str, str]]:
    """The work that decides everyone by both rules, and where outcome, amount and scope of each stand; kept."""
    definitions, names = _side_by_side(before, after)
    scopes = [definitions[f"{side} {SCOPE}"] for side in SIDES]
    scope = scopes[0] if scopes[0] == scopes[1] else Or(tuple(scopes))
    return plan(definitions, outputs=tuple(dict.fromkeys(names.values())), possible=scope), names


def _side_by_side(before: BoundRule, after: BoundRule) -> tuple[dict[str, Node], dict[str, str]]:
    """Both rules as one set of steps, those alike shared; and where outcome, amount and scope of each stand."""
    definitions: dict[str, Node] = {}
    names: dict[str, str] = {}
    shared: dict[str, str] = {}
    for side, bound in zip(SIDES, (before, after), strict=True):
        renamed: dict[str, str] = {}

        def placed(each: Node, renamed: dict[str, str] = renamed) -> Node:
            return StepRef(renamed[each.name], each.type, each.nullable) if isinstance(each, StepRef) else each

        for step in bound.steps:
            node = transform(step.x, placed)
            known = shared.get(step.name)
            renamed[step.name] = known if known and definitions[known] == node else f"{side} {step.name}"
            definitions[renamed[step.name]] = node
        scope = Const(True, "bool") if bound.scope is None else transform(bound.scope, placed)
        definitions[f"{side} {SCOPE}"] = scope
        names[f"{side} scope"] = f"{side} {SCOPE}"
        names[f"{side} outcome"] = renamed[bound.outcome]
        if bound.amount:
            names[f"{side} amount"] = renamed[bound.amount]
        shared = renamed
    return definitions, names


def _amounts(before: BoundRule, after: BoundRule, names: Mapping[str, str]) -> list[pl.Expr]:
    """For each side: whether the person is entitled, and what they get or pay (1 or 0 where the rule has no amount)."""
    columns = []
    for side, bound in zip(SIDES, (before, after), strict=True):
        entitled = pl.col(names[f"{side} scope"]) & pl.col(names[f"{side} outcome"])
        amount = pl.col(names[f"{side} amount"]) if bound.amount else pl.lit(1, dtype=pl.Int64)
        value = pl.when(entitled).then(amount).when(~entitled).then(pl.lit(0, dtype=pl.Int64))
        columns += [entitled.alias(f"{side} entitled"), value.alias(f"{side} value")]
    return columns


def _figures(direction: str) -> list[pl.Expr]:
    to_person = -1 if direction == "fee" else 1
    change = (pl.col("after value") - pl.col("before value")) * to_person
    was, becomes = pl.col("before entitled"), pl.col("after entitled")
    sums = {
        "baseline": pl.col("before value").sum(),
        "reform": pl.col("after value").sum(),
        "cost": change.sum(),
        "winners": (change > 0).sum(),
        "losers": (change < 0).sum(),
        "gained": (~was & becomes).sum(),
        "lost": (was & ~becomes).sum(),
        "unknown": change.is_null().sum(),
    }
    return [value.cast(pl.Int64).alias(name) for name, value in sums.items()]


def _check_columns(tables: Frames, by: Sequence[str]) -> None:
    known = tables.persons.collect_schema().names()
    for name in by:
        if name not in known:
            raise RuleError(f"The persons have no column {name} to group by.{near_names(name, known)}")
