# SPDX-License-Identifier: EUPL-1.2
"""A town with two day-care units and a few families, a round of places written down by hand, and its offers sent."""

from collections.abc import Iterable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl

from ennakko.kernel.access import SYSTEM, Actor
from ennakko.kernel.access.models import StaffMember
from ennakko.kernel.offers.models import Offer
from ennakko.kernel.registers import screen, snapshots
from ennakko.kernel.registers.tests.small_city import Resident, write_snapshot
from ennakko.services.childcare import offer
from ennakko.services.childcare.law.turns import EarlyEducationTurn, PreschoolTurn
from ennakko.services.childcare.models import Placement, Pool, PoolSeats, Round, RoundInput, Unit
from ennakko.services.childcare.placing.instance import packed, prepare
from ennakko.services.childcare.roles import FEE_OFFICIAL, OFFICIAL, SERVICE_WORKER, SUPERVISOR
from ennakko.services.childcare.states import PlacementState

ON = date(2026, 4, 15)
AT = datetime(2026, 4, 15, 9, tzinfo=UTC)
STARTS = date(2026, 8, 1)
SIX, THREE = date(2020, 3, 3), date(2023, 8, 5)
"""Born so that pre-school, or early education at three, begins with the places."""
MOTHER_BORN, FATHER_BORN = date(1988, 1, 1), date(1986, 2, 2)
MACHINE = SYSTEM("test")
CHILD, MOTHER, FATHER = 11, 12, 13


def family(
    child: int = CHILD, *, born: date = SIX, tongue: str = "fi", apart: bool = False, **of_child: Any
) -> list[Resident]:
    """A child and two guardians: the keys after the child's. `apart`: the father lives elsewhere."""
    home = child * 10
    return [
        Resident(child, born, household=home, guardians=(child + 1, child + 2), names=("Onni Eemil", f"Laine{child}"),
                 **of_child),
        Resident(child + 1, MOTHER_BORN, household=home, language=tongue, names=("Anna", f"Laine{child}"),
                 email=f"anna{child}@posti.example"),
        Resident(child + 2, FATHER_BORN, household=home + 1 if apart else home, names=("Pekka", f"Laine{child}"),
                 email=f"pekka{child}@posti.example"),
    ]  # fmt: skip


def town(folder: Path, *residents: Resident) -> snapshots.Snapshot:
    return snapshots.take_into_use(write_snapshot(folder, residents, on=ON), AT)


def units(*, near: int = 1, far: int = 1, band: str = "preschool") -> None:
    """Two units with so many seats each: Lokki is near, Tiira far."""
    for id, fi, sv, en, seats, north in (
        ("lokki", "Päiväkoti Lokki", "Daghemmet Måsen", "Day-care Lokki", near, 60.17),
        ("tiira", "Päiväkoti Tiira", "Daghemmet Tärnan", "Day-care Tiira", far, 60.18),
    ):
        unit = Unit.objects.create(
            id=id, name_fi=fi, name_sv=sv, name_en=en, provider="municipal", street_address=f"{fi[9:]}tie 1",
            postal_code="00100", district="101", latitude=north, longitude=24.95,
        )  # fmt: skip
        pool = Pool.objects.create(id=f"{id}-{band}", unit=unit, band=band, language="fi", first_day=date(2020, 8, 1))
        PoolSeats.objects.create(pool=pool, first_day=date(2020, 8, 1), educators=100 * seats, seats=seats)


def placed(children: Iterable[int], *, form: str = "preschool", at_unit: str = "lokki", key: str = "") -> Round:
    """A round in which each child is proposed a place of a unit: Lokki is 400 metres away, Tiira 900."""
    band = "preschool" if form == "preschool" else "three-to-five"
    way = 400 if at_unit == "lokki" else 900
    row = Round.objects.create(
        key=key or f"{form}-2026-08", form=form, starts=STARTS, state="released", mode="flow", seed=1, policy={},
        rule="childcare.preschool-turn", rule_version="", snapshot=snapshots.current().id, input_hash="",
        answer_hash="", objective=0, lower_bound=0, milliseconds=1, made_by="system:test", made_at=AT,
    )  # fmt: skip
    wanted = sorted(children)
    for child in wanted:
        Placement.objects.create(
            id=row.pk * 1000 + child, round=row, child=child, form=form, starts=STARTS,
            pool_id=f"{at_unit}-{band}", state=PlacementState.PROPOSED, state_at=AT, metres=way, cost=way,
            district="101", language="fi", needs={"band": band}, assumed=["language", "shift_care"],
            reasons={"mode": "flow", "seats": 1, "nearer": []},
        )  # fmt: skip
    n = len(wanted)
    prepared = prepare(
        (f"lokki-{band}", f"tiira-{band}"), np.array([0, 1]), np.array([1, 1]), np.array(wanted, dtype=np.int64),
        np.repeat(np.arange(n), 2), np.tile([0, 1], n), np.tile([400, 900], n), np.tile([400, 900], n),
        np.zeros(2 * n, dtype=np.uint8), (),
    )  # fmt: skip
    RoundInput.objects.create(round=row, packed=packed(prepared))
    return row


def offered(row: Round, *, on: date = ON) -> list[Offer]:
    """The round's offers made and sent out by the official; by the child's key."""
    rule = PreschoolTurn if row.form == "preschool" else EarlyEducationTurn
    found = screen(rule, purpose="childcare", on=STARTS, actor=MACHINE, at=AT, reason="test")
    Placement.objects.filter(round=row, state=PlacementState.PROPOSED).update(state=PlacementState.HELD)
    held = list(Placement.objects.filter(round=row, state=PlacementState.HELD).select_related("pool__unit"))
    places = pl.DataFrame(
        [
            {
                "person": one.child, "form": row.form, "placement": one.pk, "unit": one.pool.unit_id,
                "unit_name_fi": one.pool.unit.name_fi, "unit_name_sv": one.pool.unit.name_sv,
                "unit_name_en": one.pool.unit.name_en, "unit_address": one.pool.unit.street_address,
                "starts": one.starts.isoformat(), "metres": one.metres, "minutes": 5, "language": "fi",
            }
            for one in held
        ]
    )  # fmt: skip
    made = offer.offer_places(found, places, round=row.key, actor=MACHINE, at=AT, on=on)
    offer.release(made.run, actor=official(), at=AT, on=on)
    for one in Offer.objects.filter(run=made.run):
        Placement.objects.filter(round=row, child=one.subject_id).update(offer=one)
    return list(Offer.objects.filter(run=made.run).order_by("subject"))


def guardian(person: int = MOTHER, *, strong: bool = True) -> Actor:
    return Actor("resident", f"r{person}", person=person, name="Anna Laine", strong=strong)


def staff(name: str, *roles: str) -> Actor:
    member, _ = StaffMember.objects.get_or_create(subject=name.lower(), defaults={"name": name, "email": ""})
    return Actor("staff", member.subject, staff=member.pk, roles=frozenset(roles), name=name, strong=True)


def worker() -> Actor:
    return staff("Paula", SERVICE_WORKER)


def official() -> Actor:
    return staff("Oili", OFFICIAL)


def fee_official() -> Actor:
    return staff("Maarit", FEE_OFFICIAL)


def supervisor() -> Actor:
    return staff("Jaana", SUPERVISOR)


def director() -> Actor:
    return staff("Harri", "director")


def clerk() -> Actor:
    return staff("Sirpa", "protected-clerk")


def adviser() -> Actor:
    return staff("Joonas", "adviser")
