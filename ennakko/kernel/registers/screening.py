# SPDX-License-Identifier: EUPL-1.2
"""Looking at everyone at once for one purpose: within the permits, without those who object, logged as one read."""

import time
from dataclasses import dataclass
from datetime import date, datetime

import polars as pl
from django.db import transaction

from ennakko.kernel import audit
from ennakko.kernel.access import Actor
from ennakko.kernel.purposes.queries import objectors
from ennakko.kernel.purposes.registry import purpose as declared_purpose
from ennakko.kernel.registers import gathering, tables
from ennakko.kernel.registers.models import ScreeningRecord
from ennakko.kernel.registers.permits import require_permit
from ennakko.kernel.registers.snapshots import Snapshot, current
from ennakko.kernel.registers.versions import RuleOrId, rule_of, store_version
from ennakko.rules import population
from ennakko.rules.engines.polars import screen_polars

YES, NO, UNKNOWN, NOT_APPLICABLE = 1, 0, -1, -2


@dataclass(frozen=True, slots=True)
class Screening:
    """What one look at everyone found.

    `frame`: person, outcome (Int8: 1 yes, 0 no, −1 unknown, −2 not applicable) and the rule's steps, for everybody who
    lives here and does not object, sorted by person. `facts`: person and the facts read, for those entitled; relations
    as lists. `counts`: residents, entitled, not_entitled, unknown, not_applicable, objecting (those who would have been
    entitled or unknown but object). `seconds` is the time of the look itself.
    """

    id: int
    rule: str
    version: str
    purpose: str
    snapshot: str
    on_snapshot: Snapshot
    on: date
    frame: pl.DataFrame
    facts: pl.DataFrame
    counts: dict[str, int]
    seconds: float

    def steps_of(self, persons: list[int]) -> pl.DataFrame:
        """Person and what each named step came to, for some of those screened."""
        wanted = pl.Series(persons, dtype=pl.Int64).implode()
        return self.frame.filter(pl.col("person").is_in(wanted)).drop("outcome")

    def entitled(self) -> pl.Series:
        """Person keys of those entitled, sorted."""
        return self.facts["person"]


def screen(
    rule: RuleOrId, *, purpose: str, on: date, actor: Actor, at: datetime, reason: str, snapshot: Snapshot | None = None
) -> Screening:
    """Decide everyone by a rule for a purpose; raises PermitMissing before anything is read.

    The dead, those who moved out by the day and those who object to the purpose are taken out; the look is one entry in
    the read log, which each resident can see on their page.
    """
    found = rule_of(rule)
    definition = found.definition
    about = declared_purpose(purpose)
    require_permit(about.id, [ref.name for ref in definition.inputs], on)
    snapshot = snapshot or current()
    started = time.perf_counter()
    everybody = tables.tables_for(definition.inputs, definition.relations, snapshot, on)
    decided = screen_polars(found, everybody, on).sort("person")
    living = decided.join(tables.living(snapshot, on).collect(), on="person", how="semi", maintain_order="left")
    objecting = pl.Series("person", sorted(objectors(about.id)), dtype=pl.Int64)
    objects = pl.col("person").is_in(objecting.implode())
    frame = living.filter(~objects)
    counts = _counts(living, frame)
    whom = frame.filter(pl.col("outcome") == YES)["person"].to_list()
    facts = gathering.gather(definition.inputs, definition.relations, whom, snapshot, on)
    seconds = time.perf_counter() - started
    with transaction.atomic():
        version = store_version(found, at)
        record = ScreeningRecord.objects.create(
            rule=definition.id, version=version, purpose=about.id, snapshot=snapshot.id, on=on, at=at,
            actor=actor.subject, reason=reason, counts=counts, milliseconds=round(seconds * 1000),
        )  # fmt: skip
        audit.read(
            actor,
            about.id,
            decided["person"].to_numpy(),
            [ref.name for ref in definition.inputs],
            snapshot.id,
            at,
            reason,
        )
    return Screening(
        id=record.pk, rule=definition.id, version=version.digest, purpose=about.id, snapshot=snapshot.id,
        on_snapshot=snapshot, on=on, frame=frame, facts=facts, counts=counts, seconds=seconds,
    )  # fmt: skip


def _counts(living: pl.DataFrame, frame: pl.DataFrame) -> dict[str, int]:
    def of(rows: pl.DataFrame, outcome: int) -> int:
        return int((rows["outcome"] == outcome).sum())

    reached = of(living, YES) + of(living, UNKNOWN)
    return {
        "residents": living.height,
        "entitled": of(frame, YES),
        "not_entitled": of(frame, NO),
        "unknown": of(frame, UNKNOWN),
        "not_applicable": of(frame, NOT_APPLICABLE),
        "objecting": reached - of(frame, YES) - of(frame, UNKNOWN),
    }


def near_misses(screening: Screening) -> dict[str, dict[str, int]]:
    """How many residents one thing alone keeps from a yes: "refused" and "unknown" by condition, "facts" by fact."""
    found = rule_of(screening.rule)
    definition = found.definition
    everybody = tables.tables_for(definition.inputs, definition.relations, screening.on_snapshot, screening.on)
    return population.near_misses(found, everybody, screening.on)
