# SPDX-License-Identifier: EUPL-1.2
"""Rounds as the pages show them: figures from the stored places, two rounds side by side, who comes to a unit."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Avg, Count, Q, QuerySet

from ennakko.kernel.access import Actor, visible
from ennakko.services.childcare.comparing import FAR, NEAR, SMALLEST
from ennakko.services.childcare.models import Placement, Pool, Round, RoundOrder, Unit
from ennakko.services.childcare.placing.reasoning import merged
from ennakko.services.childcare.queries import seats
from ennakko.services.childcare.states import HOLDING, PlacementState, RoundState
from ennakko.services.childcare.states_orders import OrderState
from ennakko.values.texts import Text, text

MOST_ORDERS = 3
SHOWN = frozenset({PlacementState.PROPOSED, PlacementState.BY_HAND, *HOLDING})


@dataclass(frozen=True, slots=True)
class Shown:
    """What a round came to: ways in metres, shares of those placed in per cent, the mean way by district.

    Nobody under non-disclosure is in a figure; a district with fewer than 5 children is left out.
    """

    placed: int
    unplaced: int
    mean_metres: int | None
    near_percent: int | None
    far: int
    estimated: int
    districts: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Difference:
    """How one round differs from another, in children; `few`: some change, fewer than 5."""

    changed: int
    shorter: int
    longer: int
    few: bool
    by_district: Mapping[str, int]


def next_preschool_year(on: date) -> date:
    """The first day of the pre-school year that comes next."""
    first = date(on.year, 8, 1)
    return first if on < first else date(on.year + 1, 8, 1)


def rounds() -> QuerySet[Round]:
    """Every round, the newest first."""
    return Round.objects.order_by("-starts", "-pk")


@dataclass(frozen=True, slots=True)
class Ordered:
    """A draft that was ordered, as the page tells of it."""

    form: str
    starts: date
    state: OrderState
    by: str
    at: datetime
    round: int | None
    reason: Text | None


def ordered() -> list[Ordered]:
    """Drafts that are being made, and the latest that were; one query."""
    rows = RoundOrder.objects.select_related("ordered_by").order_by("-ordered_at", "-pk")[:MOST_ORDERS]
    return [
        Ordered(
            one.form, one.starts, OrderState(one.state), one.ordered_by.name, one.ordered_at, one.round_id,
            text(**one.reason) if one.reason else None,
        )
        for one in rows
    ]  # fmt: skip


def figures(round: Round) -> Shown:
    """The figures of a round, as it was proposed or stands now; two queries."""
    rows = round.placements.filter(protected=False)
    placed = rows.filter(pool__isnull=False).exclude(state=PlacementState.WITHDRAWN)
    counted = placed.aggregate(
        n=Count("pk"), mean=Avg("metres"), near=Count("pk", filter=Q(metres__lte=NEAR)),
        far=Count("pk", filter=Q(metres__gt=FAR)), estimated=Count("pk", filter=Q(estimated=True)),
    )  # fmt: skip
    by_district = placed.exclude(district="").values("district").annotate(n=Count("pk"), mean=Avg("metres"))
    count = counted["n"]
    return Shown(
        placed=count,
        unplaced=round.counts.get("unplaced", 0),
        mean_metres=None if counted["mean"] is None else int(counted["mean"] + 0.5),
        near_percent=int(100 * counted["near"] / count + 0.5) if count else None,
        far=counted["far"],
        estimated=counted["estimated"],
        districts={
            row["district"]: int(row["mean"] + 0.5)
            for row in by_district.order_by("district")
            if row["n"] >= SMALLEST and row["mean"] is not None
        },
    )


def others(round: Round) -> QuerySet[Round]:
    """The rounds of the same form and day that it can be compared with."""
    same = Round.objects.filter(form=round.form, starts=round.starts, replaces=None).exclude(pk=round.pk)
    return same.exclude(state=RoundState.DISCARDED).order_by("-pk")


def difference(round: Round, other: Round) -> Difference:
    """Who would have another place in `other`: counts, those below 5 never told; two queries."""

    def places(one: Round) -> dict[int, tuple[str | None, int | None, str]]:
        rows = one.placements.filter(protected=False, replaces=None)
        return {child: rest for child, *rest in rows.values_list("child", "pool", "metres", "district")}  # type: ignore[misc]

    first, second = places(round), places(other)
    changed = [child for child in first.keys() & second.keys() if first[child][0] != second[child][0]]
    ways = [(first[child][1], second[child][1]) for child in changed]
    shorter = sum(1 for a, b in ways if a is not None and b is not None and b < a)
    longer = sum(1 for a, b in ways if a is not None and b is not None and b > a)
    by_district: dict[str, int] = {}
    for child in changed:
        by_district[first[child][2]] = by_district.get(first[child][2], 0) + 1
    told = merged(by_district)
    hidden = 0 < len(changed) < SMALLEST
    return Difference(
        changed=0 if hidden else len(changed),
        shorter=0 if shorter < SMALLEST else shorter,
        longer=0 if longer < SMALLEST else longer,
        few=hidden,
        by_district={name: count for name, count in told.items() if isinstance(count, int) and name},
    )


@dataclass(frozen=True, slots=True)
class PoolNow:
    """A group of a unit on a day: seats, how many of them are taken or kept (planned), how many surely (confirmed).

    `realised`: how full it was by its latest count, in per cents; None where nobody has counted.
    """

    pool: Pool
    seats: int
    taken: int
    confirmed: int
    free: int
    realised: int | None

    def percent(self, count: int) -> int | None:
        """A count in whole per cents of the seats."""
        return round(100 * count / self.seats) if self.seats else None


def pools_of(unit: Unit, day: date, *, on: date | None = None) -> list[PoolNow]:
    """The groups of a unit that are open on a day; counted ones by their latest count on a day (the same, if none)."""
    own = list(unit.pools.filter(seats.on_day(day)).order_by("band", "language", "pk"))
    keys = [one.pk for one in own]
    there, free = seats.seats(day, keys), seats.free(day, keys)
    sure, counted = seats.left(day, keys, counting=seats.CONFIRMED), seats.realised(own, on or day)
    return [
        PoolNow(
            one, count, count - free.get(one.pk, 0), count - sure.get(one.pk, 0), free.get(one.pk, 0),
            counted.get(one.pk),
        )
        for one in own
        for count in (there.get(one.pk, 0),)
    ]  # fmt: skip


def arrivals(unit: Unit, actor: Actor, on: date) -> QuerySet[Placement]:
    """Who comes to a unit, offered or taken, from a day on: what the actor may see, nobody under non-disclosure."""
    rows = Placement.objects.filter(pool__unit=unit, state__in=sorted(HOLDING), starts__gte=on, protected=False)
    return (
        visible(actor, "childcare.see-place", rows)
        .select_related("pool", "offer__subject")
        .order_by("starts", "pool", "child")
    )


def units_of(actor: Actor) -> QuerySet[Unit]:
    """The units that an actor may look at."""
    return visible(actor, "childcare.see-unit", Unit.objects.all()).order_by("name_fi", "pk")
