# SPDX-License-Identifier: EUPL-1.2
"""The demo's rounds, made through the service's own actions by those whose work it is: drafts, releases, a re-run.

Nobody has decided the weights of a round, so these weigh the way alone. `TRIED` are weights to compare them with.
"""

from collections.abc import Callable
from datetime import date, datetime
from typing import Final

from ennakko.kernel.access import SYSTEM, Actor
from ennakko.kernel.registers.snapshots import current
from ennakko.services.childcare.actions import reruns, rounds, units
from ennakko.services.childcare.models import Placement, Round, Supervision, Unit
from ennakko.services.childcare.placing.policy import Policy
from ennakko.services.childcare.queries.rounds import next_preschool_year
from ennakko.services.childcare.states import HOLDING
from ennakko.values.dates import add_months

Persona = Callable[[str], Actor]
WORKER, OFFICIAL, HEAD = "paula", "eeva", "kaisa"
TRIED: Final = Policy(
    sibling_metres=800, continuity_metres=400, school_path_metres=200, long_way_metres=1280, long_way_percent=100,
    crossing_metres=150,
)  # fmt: skip
"""Weights that the demo tries: a sibling's unit counts 800 m nearer, and so on. The board has decided none."""
SEED: Final = 20260801
"""The recorded draw of the demo's rounds, so that the demo is the same each time."""
AHEAD: Final = 2
"""Early education is offered so many months before it begins."""


def take_units(*, at: datetime, on: date) -> None:
    """The units and streets of the registers in use, taken into use by the machine."""
    machine, snapshot = SYSTEM("demo"), current()
    units.take_units(snapshot, actor=machine, at=at, on=on)
    units.take_streets(snapshot, actor=machine, at=at)


def preschool_round(*, at: datetime, on: date, persona: Persona) -> Round:
    """The coming pre-school year: drafted by a service adviser, released by the official on the same day."""
    starts = next_preschool_year(on)
    made = rounds.make_round("preschool", starts=starts, actor=persona(WORKER), at=at, on=at.date(), seed=SEED)
    return rounds.release(made.round, actor=persona(OFFICIAL), at=at, on=at.date()).round


def early_education_round(*, at: datetime, on: date, persona: Persona) -> Round:
    """Early education from a month on, for which fees are decided: drafted and released as above."""
    starts = add_months(on.replace(day=1), AHEAD)
    made = rounds.make_round("early-education", starts=starts, actor=persona(WORKER), at=at, on=at.date(), seed=SEED)
    return rounds.release(made.round, actor=persona(OFFICIAL), at=at, on=at.date()).round


def rerun(round: Round, *, at: datetime, persona: Persona) -> Round:
    """Freed seats given out by the adviser, and released by the official."""
    made = reruns.rerun(round, actor=persona(WORKER), at=at, on=at.date(), seed=SEED)
    return rounds.release(made.round, actor=persona(OFFICIAL), at=at, on=at.date()).round


def lead(member: int, unit: Unit, on: date) -> Supervision:
    """A member of staff leads a unit from a day on."""
    row, _ = Supervision.objects.get_or_create(unit=unit, member_id=member, first_day=on)
    return row


def lead_personas_unit(round: Round, *, below: int, on: date, persona: Persona) -> None:
    """The head among the personas leads the unit to which a persona's child comes, so that somebody is on the page."""
    held = Placement.objects.filter(round=round, child__lt=below, state__in=sorted(HOLDING), protected=False)
    place = held.select_related("pool__unit").order_by("child").first()
    member = persona(HEAD).staff
    if place is not None and place.pool is not None and member is not None:
        lead(member, place.pool.unit, on)
