# SPDX-License-Identifier: EUPL-1.2
"""What each child needs of a place, from what the city may know already; what is supposed is marked, and corrected.

Read in bulk within the data permit, and logged: `gather` is one look at everybody named.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

import polars as pl

from ennakko.kernel import audit
from ennakko.kernel.access import Actor
from ennakko.kernel.bulk import among
from ennakko.kernel.registers import Snapshot, contacts
from ennakko.kernel.registers.permits import permitted, require_permit
from ennakko.kernel.registers.residents import protected_in_register
from ennakko.services.childcare.models import NeedCorrection
from ennakko.services.childcare.queries.has_place import register
from ennakko.values.dates import add_years

PURPOSE: Final = "childcare"
READ: Final = (
    "birth_date", "mother_tongue", "district", "non_disclosure", "guardian", "custody", "place_unit", "place_until",
    "private_care", "support_need", "shift_care", "foster_care",
)  # fmt: skip
MOVES: Final = ("moves_on", "future_district")
"""Read only where a permit lets it; without one nobody's future address is known, and none is guessed."""
MOVES_FILE: Final = "announced_moves"
NEEDS: Final = ("language", "address", "sibling", "shift_care")
"""What can be corrected: language (fi, sv, en), address ({"latitude", "longitude"}), the sibling's unit, shift care."""
TO_A_PERSON: Final = frozenset({"no_guardian", "foster_care", "no_home", "custody"})
"""Flags with which a person looks at a proposal before anybody is told of it."""


@dataclass(frozen=True, slots=True)
class Need:
    """One child's needs on the day of beginning. `support` is used, never shown; `protected` is for the named clerk.

    `family` is a number that siblings in the same home share; `assumed` names what nobody has told. `moves_on`: the
    home is the one to which the family has announced that it moves that day, before the place begins.
    """

    child: int
    birth_date: date
    band: str
    language: str
    latitude: float | None
    longitude: float | None
    district: str
    support: bool
    shift_care: bool
    present_unit: str | None
    sibling_unit: str | None
    private_care: bool
    family: int
    protected: bool
    assumed: tuple[str, ...]
    flags: tuple[str, ...]
    moves_on: date | None = None

    def as_json(self) -> dict[str, Any]:
        """What the placement keeps and the family sees; nothing of support."""
        return {
            "band": self.band,
            "language": self.language,
            "present_unit": self.present_unit,
            "sibling_unit": self.sibling_unit,
            "shift_care": self.shift_care,
            "private_care": self.private_care,
            **({} if self.moves_on is None else {"moves_on": self.moves_on.isoformat()}),
        }


def gather(
    children: Sequence[int],
    *,
    form: str,
    starts: date,
    snapshot: Snapshot,
    actor: Actor,
    at: datetime,
    on: date,
    reason: str,
) -> list[Need]:
    """The needs of some children, by their key; children whom the snapshot does not know are left out.

    Raises PermitMissing before anything is read.
    """
    require_permit(PURPOSE, READ, on)
    whom = sorted(set(children))
    ahead = bool(permitted(PURPOSE, MOVES, on)) and snapshot.file(MOVES_FILE).exists()
    audit.read(actor, PURPOSE, whom, (*READ, *MOVES) if ahead else READ, snapshot.id, at, reason)
    rows = _of_children(whom, snapshot)
    moving = _moving(whom, snapshot, starts) if ahead else {}
    guardians = _guardians(whom, snapshot)
    own_guardians: dict[int, list[tuple[int, bool]]] = {}
    for child, guardian, custody in guardians.iter_rows():
        own_guardians.setdefault(child, []).append((guardian, custody))
    adults = {one for them in own_guardians.values() for one, _ in them}
    hidden = protected_in_register(adults)
    reached = _reached({one for them in own_guardians.values() for one, custody in them if custody}, snapshot)
    siblings = _siblings(guardians, snapshot, starts)
    corrected = _corrections(whom)
    found = []
    for row in rows.iter_rows(named=True):
        child = row["person"]
        theirs = own_guardians.get(child, [])
        found.append(
            _need(
                {**row, **moving.get(child, {})}, form, starts, corrected.get(child, {}), siblings.get(child),
                protected=row["non_disclosure"] or any(one in hidden for one, _ in theirs),
                flags=_flags(row, theirs, reached),
            )
        )  # fmt: skip
    return found


def _need(
    row: dict[str, Any], form: str, starts: date, told: dict[str, Any], sibling: str | None, *, protected: bool,
    flags: tuple[str, ...],
) -> Need:  # fmt: skip
    tongue = row["mother_tongue"]
    language = told.get("language") or ("sv" if tongue == "sv" else "fi")
    assumed = [name for name in NEEDS if name not in told]
    if tongue in ("fi", "sv") and "language" in assumed:
        assumed.remove("language")  # the register's own, not supposed
    if row["shift_care"] is not None and "shift_care" in assumed:
        assumed.remove("shift_care")
    home = told.get("address") or row
    band = form if form == "preschool" else _band(row["birth_date"], starts)
    goes_on = row["place_unit"] is not None
    return Need(
        child=row["person"],
        birth_date=row["birth_date"],
        band=band,
        language=language,
        latitude=None if protected else home["latitude"],
        longitude=None if protected else home["longitude"],
        district="" if protected else row["district"] or "",
        support=bool(row["support_need"]),
        shift_care=bool(told.get("shift_care", row["shift_care"])),
        present_unit=row["place_unit"] if goes_on else None,
        sibling_unit=told.get("sibling", sibling) or None,
        private_care=bool(row["private_care"]),
        family=row["household"] if row["household"] is not None else -row["person"],
        protected=protected,
        assumed=tuple(assumed),
        moves_on=None if protected or "address" in told else row.get("moves_on"),
        flags=flags if row["latitude"] is not None or protected or "address" in told else (*flags, "no_home"),
    )


def _band(born: date, starts: date) -> str:
    return "three-to-five" if add_years(born, 3) <= starts else "under-three"


def _of_children(whom: list[int], snapshot: Snapshot) -> pl.DataFrame:
    wanted = pl.Series("person", whom, dtype=pl.Int64).implode()
    rows = (
        pl.scan_parquet(snapshot.file("residents"))
        .filter(pl.col("person").is_in(wanted))
        .select("person", "birth_date", "mother_tongue", "household", "district", "latitude", "longitude",
                "non_disclosure")
        .collect()
        .sort("person")
    )  # fmt: skip
    known = register(snapshot)
    columns = ["place_unit", "place_until", "private_care", "support_need", "shift_care", "foster_care"]
    if known is None:
        return rows.with_columns(pl.lit(None).alias(name) for name in columns)
    of_these = known.filter(pl.col("person").is_in(wanted)).select("person", *columns).collect()
    return rows.join(of_these, on="person", how="left", maintain_order="left")


def _moving(whom: list[int], snapshot: Snapshot, starts: date) -> dict[int, dict[str, Any]]:
    """The home of each child whose family has announced that it moves before the place begins."""
    found = (
        pl.scan_parquet(snapshot.file(MOVES_FILE))
        .filter(pl.col("person").is_in(pl.Series(whom, dtype=pl.Int64).implode()) & (pl.col("moves_on") <= starts))
        .select("person", "moves_on", pl.col("future_district").alias("district"), "latitude", "longitude")
        .collect()
    )
    return {row["person"]: row for row in found.to_dicts()}


def _guardians(whom: Collection[int], snapshot: Snapshot) -> pl.DataFrame:
    wanted = pl.Series(sorted(whom), dtype=pl.Int64).implode()
    return (
        pl.scan_parquet(snapshot.file("guardianships"))
        .filter(pl.col("child").is_in(wanted))
        .select("child", "guardian", "custody")
        .collect()
        .sort("child", "guardian")
    )


def _siblings(guardians: pl.DataFrame, snapshot: Snapshot, starts: date) -> dict[int, str]:
    """For each child the unit of the youngest sibling who still has a place when the child begins.

    Siblings are those in the custody of the same person who live in the same home.
    """
    known = register(snapshot)
    if known is None or not guardians.height:
        return {}
    custody = guardians.filter(pl.col("custody"))
    wanted = custody["guardian"].unique().implode()
    placed = known.filter(pl.col("place_unit").is_not_null() & (pl.col("place_until") >= starts)).select(
        pl.col("person").alias("sibling"), "place_unit"
    )
    others = (
        pl.scan_parquet(snapshot.file("guardianships"))
        .filter(pl.col("custody") & pl.col("guardian").is_in(wanted))
        .select("guardian", pl.col("child").alias("sibling"))
        .join(placed, on="sibling")
        .collect()
    )
    if not others.height:
        return {}
    people = pl.concat((custody["child"], others["sibling"].alias("child"))).unique()
    homes = (
        pl.scan_parquet(snapshot.file("residents"))
        .filter(pl.col("person").is_in(people.implode()))
        .select("person", "household", "birth_date")
        .collect()
    )
    both = (
        custody.select("child", "guardian")
        .join(others, on="guardian")
        .filter(pl.col("child") != pl.col("sibling"))
        .join(homes.rename({"person": "child", "household": "home", "birth_date": "born"}), on="child")
        .join(homes.rename({"person": "sibling", "household": "their_home", "birth_date": "sibling_born"}),
              on="sibling")
        .filter(pl.col("home").is_not_null() & (pl.col("home") == pl.col("their_home")))
        .sort("child", "sibling_born", "sibling", descending=[False, True, False])
        .unique("child", keep="first", maintain_order=True)
    )  # fmt: skip
    return dict(both.select("child", "place_unit").iter_rows())


def _reached(adults: Collection[int], snapshot: Snapshot) -> frozenset[int]:
    """Those adults whom some channel reaches."""
    found = contacts(adults, snapshot).filter(
        pl.col("email").is_not_null()
        | pl.col("phone").is_not_null()
        | pl.col("suomifi_messages")
        | pl.col("street_address").is_not_null()
    )
    return frozenset(found["person"].to_list())


def _flags(row: dict[str, Any], guardians: list[tuple[int, bool]], reached: frozenset[int]) -> tuple[str, ...]:
    flags = []
    custodians = [one for one, custody in guardians if custody]
    if not custodians:
        flags.append("no_guardian")
    elif not any(one in reached for one in custodians):
        flags.append("no_contact")
    if row["foster_care"]:
        flags.append("foster_care")
    if len(custodians) > 2:
        flags.append("custody")
    return tuple(flags)


def _corrections(whom: list[int]) -> dict[int, dict[str, Any]]:
    """The newest correction of each need of each child."""
    found: dict[int, dict[str, Any]] = {}
    rows = NeedCorrection.objects.filter(child__in=among(whom)).order_by("told_at", "pk")
    for child, need, value in rows.values_list("child", "need", "value"):
        found.setdefault(child, {})[need] = value
    return found
