# SPDX-License-Identifier: EUPL-1.2
"""What if: a reform beside the rule in force, on everybody in the registers, within the permits, logged as one read.

Own services' facts are taken as before anything was given: the question is what a year under the reform would cost, not
what is left of this year.
"""

import time
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

import polars as pl

from ennakko.kernel import audit
from ennakko.kernel.access import Actor
from ennakko.kernel.purposes.registry import purpose as declared_purpose
from ennakko.kernel.registers import tables
from ennakko.kernel.registers.permits import require_permit
from ennakko.kernel.registers.snapshots import Snapshot, current
from ennakko.rules.parameters import ParameterBook
from ennakko.rules.population import FIGURES, Comparison, compare
from ennakko.rules.rule import Rule
from ennakko.rules.tables import Tables

_LIVES_HERE = "_lives_here"


@dataclass(frozen=True, slots=True)
class WhatIf(Comparison):
    """A comparison of everybody who lives here: of which rule, on which registers, in how many seconds.

    Not yet through the disclosure gate: show no group without it.
    """

    rule: str
    snapshot: str
    seconds: float


def what_if(
    baseline: type[Rule],
    reform: type[Rule],
    *,
    purpose: str,
    on: date,
    actor: Actor,
    at: datetime,
    reason: str,
    by: Sequence[str] = ("district",),
    without: Collection[int] = (),
    snapshot: Snapshot | None = None,
    book: ParameterBook | None = None,
) -> WhatIf:
    """Both rules on everybody who lives here, `without` some persons (those who object, say).

    Whoever has no group by some column of `by` is in no group and in no total: those under non-disclosure have no
    district, and beside a total without them nobody can see that they are there.

    Raises PermitMissing before anything is read, RuleError if the rules are unlike.
    """
    about = declared_purpose(purpose)
    refs = {(ref.relation, ref.name): ref for rule in (baseline, reform) for ref in rule.definition.inputs}
    relations = {*baseline.definition.relations, *reform.definition.relations}
    names = sorted({ref.name for ref in refs.values()} | set(by))
    require_permit(about.id, names, on)
    snapshot = snapshot or current()
    started = time.perf_counter()
    everybody = _with_groups(tables.tables_for(list(refs.values()), relations, snapshot, on, afresh=True), by, snapshot)
    left_out = pl.Series(sorted(without), dtype=pl.Int64).implode()
    here = tables.living(snapshot, on).filter(~pl.col("person").is_in(left_out))
    here = here.with_columns(pl.lit(True).alias(_LIVES_HERE))
    persons = everybody.persons.join(here, on="person", how="left", maintain_order="left")
    compared = compare(
        baseline, reform, Tables(persons=persons, relations=everybody.relations), on, [*by, _LIVES_HERE], book
    )
    groups = compared.by.filter(pl.col(_LIVES_HERE)).drop(_LIVES_HERE).drop_nulls(list(by) or None)
    totals = groups.select(pl.col(*FIGURES).sum()).row(0, named=True)
    seconds = time.perf_counter() - started
    keys = pl.read_parquet(snapshot.file("residents"), columns=["person"])["person"]
    audit.read(actor, about.id, keys.to_numpy(), names, snapshot.id, at, reason)
    return WhatIf(
        rule=baseline.definition.id,
        on=on,
        snapshot=snapshot.id,
        by=groups.select(*by, *FIGURES) if by else groups,
        seconds=seconds,
        **{name: int(totals[name]) for name in FIGURES},
    )


def _with_groups(everybody: Tables[pl.LazyFrame], by: Sequence[str], snapshot: Snapshot) -> Tables[pl.LazyFrame]:
    known = everybody.persons.collect_schema().names()
    missing = [column for column in by if column not in known]
    if not missing:
        return everybody
    groups = tables.persons(missing, snapshot, snapshot.on)
    persons = everybody.persons.join(groups, on="person", how="left", maintain_order="left")
    return Tables(persons=persons, relations=everybody.relations)
