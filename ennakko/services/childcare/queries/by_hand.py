# SPDX-License-Identifier: EUPL-1.2
"""Children whom a person places: who waits, why the machine gave no place, and which units have room for them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from ennakko.kernel import audit
from ennakko.kernel.access import Actor, visible
from ennakko.kernel.access.roles import PROTECTED_CLERK
from ennakko.kernel.registers import contacts
from ennakko.kernel.registers.snapshots import current
from ennakko.services.childcare.access_places import BY_HAND
from ennakko.services.childcare.distances.walking import minutes
from ennakko.services.childcare.explaining import unit_names
from ennakko.services.childcare.models import HandProposal, Placement, Pool, Unit
from ennakko.services.childcare.queries import needs, occupancy, streets
from ennakko.services.childcare.queries.needs import PURPOSE, Need
from ennakko.services.childcare.queries.occupancy import Full
from ennakko.services.childcare.queries.seats import free, on_day
from ennakko.services.childcare.states import HOLDING, PlacementState, RoundState
from ennakko.values.texts import Text, text

STATES: Final = (PlacementState.UNPLACED, PlacementState.BY_HAND, PlacementState.PROPOSED)
MOST_UNITS: Final = 12
"""So many units are shown to choose from, the nearest with room first."""
PROTECTED: Final = text(
    fi="Turvakielto: kone ei sijoita lasta, eikä kotia näytetä.",
    sv="Spärrmarkering: maskinen placerar inte barnet, och hemmet visas inte.",
    en="Non-disclosure: the machine places nobody here, and the home is not shown.",
)
FLAGS: Final[dict[str, Text]] = {
    "no_guardian": text(
        fi="Rekisterissä ei ole huoltajaa.", sv="Registret känner ingen vårdnadshavare.",
        en="The register knows no guardian.",
    ),
    "no_contact": text(
        fi="Huoltajaa ei tavoita millään tavalla.", sv="Vårdnadshavaren nås inte på något sätt.",
        en="No channel reaches a guardian.",
    ),
    "foster_care": text(
        fi="Lapsi on sijaishuollossa.", sv="Barnet är placerat i vård utom hemmet.", en="The child is in foster care."
    ),
    "custody": text(
        fi="Huoltajia on useampi kuin kaksi.", sv="Vårdnadshavarna är fler än två.",
        en="There are more than two guardians.",
    ),
    "no_home": text(
        fi="Kodin paikkaa ei tunneta.", sv="Hemmets läge är okänt.", en="Where the home stands is not known."
    ),
}  # fmt: skip
NO_GROUP: Final = text(
    fi="Missään yksikössä ei ole lapselle sopivaa ryhmää (kieli, ikä, hoitoajat).",
    sv="Ingen enhet har en grupp som passar barnet (språk, ålder, vårdtider).",
    en="No unit has a group that suits the child (language, age, hours).",
)
ALL_FULL: Final = text(
    fi="Kaikki sopivat ryhmät tulivat täyteen.", sv="Alla grupper som passar blev fulla.",
    en="Every group that suits was filled.",
)  # fmt: skip
FULL: Final = text(
    fi="{unit} ({metres} m): kaikki {seats} paikkaa tulivat täyteen.",
    sv="{unit} ({metres} m): alla {seats} platser blev fyllda.",
    en="{unit} ({metres} m): all {seats} places were filled.",
)
NO_SEATS: Final = text(
    fi="{unit} ({metres} m): ei yhtään vapaata paikkaa.", sv="{unit} ({metres} m): ingen ledig plats.",
    en="{unit} ({metres} m): no free place.",
)  # fmt: skip
SETTLE: Final = text(fi="Työntekijän selvitettävä.", sv="Ska utredas av en medarbetare.", en="For a person to settle.")


@dataclass(frozen=True, slots=True)
class Line:
    """One child who waits. `view`: why, in one phrase."""

    placement: Placement
    child: str
    view: Text


@dataclass(frozen=True, slots=True)
class Near:
    """A unit with a group that suits: way in metres and minutes (None: not counted), free seats, and how full."""

    unit: Unit
    pool: str
    name: Text
    metres: int | None
    minutes: int | None
    estimated: bool
    free: int
    full: tuple[Full, ...]


def _rows() -> "QuerySet[Placement]":
    """The latest place, or lack of one, of each child for whom a person looks; of released rounds alone."""
    same = Placement.objects.filter(
        child=OuterRef("child"), form=OuterRef("form"), starts=OuterRef("starts"), round__state=RoundState.RELEASED
    ).exclude(pk=OuterRef("pk"))
    newer = Q(round__gt=OuterRef("round"), state__in=STATES) | Q(state__in=[*sorted(HOLDING), PlacementState.PROPOSED])
    return Placement.objects.filter(state__in=STATES, round__state=RoundState.RELEASED).exclude(
        Exists(same.filter(newer))
    )


def waiting(actor: Actor, *, state: str = "") -> "QuerySet[Placement]":
    """Children who wait for a person, or whose proposed place waits for the official; the protected in no list."""
    rows = _rows().filter(protected=False)
    if state in STATES:
        rows = rows.filter(state=state)
    found: QuerySet[Placement] = visible(actor, BY_HAND, rows)
    # Pre-school is compulsory (628/1998 26 a §): among those who begin on one day it stands first.
    return found.select_related("round", "pool__unit", "replaces").order_by("starts", "-form", "state_at", "pk")


def protected(actor: Actor) -> "QuerySet[Placement]":
    """The same of families under non-disclosure: for the named clerk alone."""
    rows = _rows().filter(protected=True)
    if PROTECTED_CLERK not in actor.roles:
        return rows.none()
    return rows.select_related("round", "pool__unit", "replaces").order_by("starts", "-form", "state_at", "pk")


def counts(actor: Actor) -> dict[str, int]:
    """How many wait, by state; one query."""
    rows = waiting(actor).order_by().values_list("state").annotate(n=Count("pk", distinct=True))
    return dict.fromkeys(map(str, STATES), 0) | dict(rows)


def found(actor: Actor, number: int) -> Placement | None:
    """One child's place that the actor may see to."""
    rows = visible(actor, BY_HAND, _rows().filter(pk=number))
    row: Placement | None = rows.select_related("round", "pool__unit", "replaces").first()
    return row


def lines(rows: Sequence[Placement], *, actor: Actor, at: datetime) -> list[Line]:
    """Rows with the children's names, read from the register at once and logged."""
    names = named([one.child for one in rows], actor=actor, at=at)
    return [Line(one, names.get(one.child, "–"), why(one.replaces or one, short=True)[0]) for one in rows]


def named(children: Sequence[int], *, actor: Actor, at: datetime) -> dict[int, str]:
    """The names of some children; the read is logged."""
    if not children:
        return {}
    snapshot = current()
    audit.read(actor, PURPOSE, sorted(set(children)), ["names"], snapshot.id, at, "children placed by a person")
    rows = contacts(children, snapshot).select("person", "given_names", "surname")
    return {person: f"{given} {surname}" for person, given, surname in rows.iter_rows()}


def why(placement: Placement, *, short: bool = False) -> list[Text]:
    """Why the machine gave no place; never empty. `short` asks nothing of the database."""
    if placement.protected:
        return [PROTECTED]
    said = [FLAGS[one] for one in placement.flags if one in FLAGS]
    nearer: Sequence[dict[str, Any]] = placement.reasons.get("nearer") or ()
    if placement.state == PlacementState.UNPLACED or (placement.pool_id is None and not said):
        if "nearer" in placement.reasons:
            said.append(ALL_FULL if nearer else NO_GROUP)
        if not short:
            names = unit_names([one["pool"] for one in nearer])
            said += [
                (FULL if one["seats"] else NO_SEATS).format(
                    unit=names[one["pool"]], metres=one["metres"], seats=one["seats"]
                )
                for one in nearer if one.get("full") and one["pool"] in names
            ]  # fmt: skip
    return said or [SETTLE]


def need_of(placement: Placement, *, actor: Actor, at: datetime, on: date) -> Need | None:
    """What the child needs as it is known now; the read is logged. Raises PermitMissing."""
    whom = [placement.child]
    found = needs.gather(
        whom, form=placement.form, starts=placement.starts, snapshot=current(), actor=actor, at=at, on=on,
        reason="a place chosen by a person",
    )  # fmt: skip
    return found[0] if found else None


def fits(need: Need, pool: Pool) -> bool:
    """Whether a group is of the child's language, age, kind and hours; a voucher unit is the family's own choice."""
    return (
        pool.language == need.language
        and pool.band == need.band
        and pool.special == need.support
        and (pool.shift_care or not need.shift_care)
        and (pool.unit.provider != "voucher" or pool.unit_id == need.present_unit)
    )


def is_open(pool: Pool, day: date) -> bool:
    """Whether a group and its unit are open on a day."""
    unit = pool.unit
    return (
        pool.first_day <= day
        and (pool.last_day is None or pool.last_day >= day)
        and (unit.opens is None or unit.opens <= day)
        and (unit.closes is None or unit.closes >= day)
    )


def near(placement: Placement, need: Need, *, on: date) -> list[Near]:
    """Units with room whose group suits, the nearest first; without a home they stand by name. Constant queries."""
    rows = Pool.objects.filter(on_day(placement.starts), band=need.band, language=need.language).select_related("unit")
    pools = [one for one in rows.order_by("unit__name_fi", "pk") if fits(need, one) and is_open(one, placement.starts)]
    kept = placement.pool_id if placement.state == PlacementState.BY_HAND else None
    left = free(placement.starts, [one.pk for one in pools])
    pools = [one for one in pools if left.get(one.pk, 0) > 0 or one.pk == kept]
    ways = way_to(need, [one.unit for one in pools])
    pools.sort(key=lambda one: ways.get(one.unit_id, (2**31, False))[0])
    pools = pools[:MOST_UNITS]
    full = occupancy.of_pools([one.pk for one in pools], starts=placement.starts, on=on, own=kept)
    told = []
    for one in pools:
        metres, estimated = ways.get(one.unit_id, (None, False))
        name = text(fi=one.unit.name_fi, sv=one.unit.name_sv, en=one.unit.name_en)
        on_foot = None if metres is None else minutes(metres)
        seats = left.get(one.pk, 0) + (one.pk == kept)
        told.append(Near(one.unit, one.pk, name, metres, on_foot, estimated, seats, tuple(full[one.pk])))
    return told


def way_to(need: Need, units: Sequence[Unit]) -> dict[str, tuple[int, bool]]:
    """Metres on foot to some units, and whether they are estimated; nothing where no home is known or shown."""
    if need.latitude is None or need.longitude is None or not units:
        return {}
    there = list({one.pk: one for one in units}.values())
    ways = streets.ways_from(need.latitude, need.longitude, there)
    both = zip(there, ways.metres[:, 0].tolist(), ways.estimated[:, 0].tolist(), strict=True)
    return {unit.pk: (int(metres), bool(estimated)) for unit, metres, estimated in both}


def given_back(placement: Placement) -> list[HandProposal]:
    """Earlier proposals for the child that an official gave back, the latest first."""
    rows = HandProposal.objects.filter(
        placement__child=placement.child, placement__form=placement.form, placement__starts=placement.starts,
        placement__state=PlacementState.WITHDRAWN, decided_at__isnull=False,
    )  # fmt: skip
    return list(rows.select_related("placement__pool__unit").order_by("-decided_at"))
