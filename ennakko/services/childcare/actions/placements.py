# SPDX-License-Identifier: EUPL-1.2
"""A child's place moves on: taken, given up, taken back, changed for another, left to a person. On locked rows.

Who may do it is asked at the door (the answer's, the call's or the matter's action): here the actor is only written
down, for a guardian may answer by a link, and silence is the machine's.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q

from ennakko.kernel import audit
from ennakko.kernel.access import Actor
from ennakko.kernel.bulk import among
from ennakko.kernel.closed import Closed
from ennakko.kernel.offers.making import key_of
from ennakko.services.childcare.models import NeedCorrection, Placement, Pool, Unit, WaitWish
from ennakko.services.childcare.queries.seats import free
from ennakko.services.childcare.states import HOLDING, PlacementState, WishState, after
from ennakko.values.texts import text

RETENTION = "childcare"
NOT_NOW = text(
    fi="Paikka on jo muuttunut. Lataa sivu uudelleen.", sv="Platsen har redan ändrats. Ladda om sidan.",
    en="The place has changed already. Load the page again.",
)  # fmt: skip
FULL = text(
    fi="Tässä yksikössä ei ole enää vapaata paikkaa. Valitse toinen.",
    sv="I den här enheten finns inte längre någon ledig plats. Välj en annan.",
    en="There is no free place in this unit any more. Choose another.",
)
UNSUITED = text(
    fi="Tämä yksikkö ei sovi lapselle. Valitse toinen.", sv="Den här enheten passar inte barnet. Välj en annan.",
    en="This unit does not suit the child. Choose another.",
)  # fmt: skip


class PlaceClosed(Closed):
    """The place cannot do this now; `reason` says why and what can be done."""


class SeatGone(PlaceClosed):
    """There is no free seat."""


def _locked(placement: Placement) -> Placement:
    rows = Placement.objects.select_for_update(of=("self",)).select_related("round")
    return rows.get(pk=placement.pk)


def _move(row: Placement, verb: str, at: datetime) -> Placement:
    to = after(row.state, verb)
    if to is None:
        raise PlaceClosed(NOT_NOW)
    row.state, row.state_at = to, at
    row.save(update_fields=["state", "state_at"])
    return row


def _done(placement: Placement, verb: str, *, actor: Actor, at: datetime) -> Placement:
    with transaction.atomic():
        row = _move(_locked(placement), verb, at)
        _note(row, verb, actor, at)
    return row


def _note(row: Placement, verb: str, actor: Actor, at: datetime, **more: object) -> None:
    said: dict[str, Any] = {"person": row.child, **more}
    audit.write(actor, f"childcare.place-{verb.replace('_', '-')}", f"placement:{row.pk}", at, said, RETENTION)


def accept(placement: Placement, *, actor: Actor, at: datetime) -> Placement:
    """The family takes the place; an earlier one kept meanwhile is free for others. Raises PlaceClosed."""
    with transaction.atomic():
        row = _move(_locked(placement), "accept", at)
        _leave_earlier(row, at)
        _note(row, "accept", actor, at)
    return row


def _earlier(row: Placement) -> Placement | None:
    """The place that a row was given instead of, locked; another round's or the same child's, never another's."""
    if row.replaces_id is None:
        return None
    return Placement.objects.select_for_update(of=("self",)).filter(pk=row.replaces_id, child=row.child).first()


def _leave_earlier(row: Placement, at: datetime) -> None:
    earlier = _earlier(row)
    if earlier is not None and earlier.state in (*HOLDING, PlacementState.KEPT):
        _move(earlier, "change_place", at)


def get_back(placement: Placement, *, answered: bool, actor: Actor, at: datetime) -> Placement | None:
    """The earlier place is the child's again, taken if it had been; None where it was not kept.

    The better place must have been given up or withdrawn first: a child holds one place.
    """
    with transaction.atomic():
        earlier = _earlier(_locked(placement))
        if earlier is None or earlier.state != PlacementState.KEPT:
            return None
        _move(earlier, "get_back" if answered else "get_back_unanswered", at)
        _note(earlier, "get_back", actor, at)
    return earlier


def give_up(placement: Placement, *, actor: Actor, at: datetime) -> Placement:
    """The family does not need it, or nobody answered: the seat is free for others. Raises PlaceClosed."""
    return _done(placement, "give_up", actor=actor, at=at)


def withdraw(placement: Placement, *, actor: Actor, at: datetime) -> Placement:
    """The facts that the place stood on have changed. Raises PlaceClosed."""
    return _done(placement, "withdraw", actor=actor, at=at)


def refer(placement: Placement, *, actor: Actor, at: datetime) -> Placement:
    """A person finds the place. Raises PlaceClosed."""
    return _done(placement, "refer", actor=actor, at=at)


def give_up_many(offers: Iterable[int], *, actor: Actor, at: datetime) -> int:
    """Seats that silence gives to others, of many offers in a few statements; how many."""
    with transaction.atomic():
        rows = Placement.objects.select_for_update().filter(offer__in=among(offers), state=PlacementState.HELD)
        numbers: Sequence[int] = list(rows.order_by("pk").values_list("pk", flat=True))
        changed = Placement.objects.filter(pk__in=among(numbers))
        changed.update(state=PlacementState.GIVEN_UP, state_at=at)
        said: dict[str, object] = {"places": len(numbers), "digest": audit.rows_digest([one] for one in numbers)}
        audit.write(actor, "childcare.place-give-up", "service:childcare", at, {}, RETENTION, statement=said)
    return len(numbers)


def take_back(placement: Placement, *, actor: Actor, at: datetime) -> Placement:
    """A no is taken back: the place is held again where its seat is still free. Raises SeatGone and PlaceClosed."""
    with transaction.atomic():
        row = _locked(placement)
        earlier = _earlier(row)
        if earlier is not None and earlier.state in HOLDING:
            _move(earlier, "keep", at)
        _seat(row.pool_id, row)
        _move(row, "take_back", at)
        _note(row, "take_back", actor, at)
    return row


def _seat(pool: str | None, row: Placement) -> None:
    """A free seat in a pool, whose row is locked until the transaction ends: two never take the last one."""
    if pool is None:
        raise PlaceClosed(NOT_NOW)
    Pool.objects.select_for_update().get(pk=pool)
    if free(row.starts, [pool]).get(pool, 0) < 1:
        raise SeatGone(FULL)


def move(placement: Placement, pool: Pool | str, *, actor: Actor, at: datetime) -> Placement:
    """Another unit instead: the new place is taken at once and the old one is free. Raises SeatGone and PlaceClosed."""
    from ennakko.services.childcare.queries.units import suits

    wanted = pool.pk if isinstance(pool, Pool) else pool
    with transaction.atomic():
        row = _locked(placement)
        found = Pool.objects.select_related("unit").filter(pk=wanted).first()
        if found is None or not suits(row, found):
            raise PlaceClosed(UNSUITED)
        if row.pool_id == wanted and row.state in HOLDING:
            return row
        _seat(wanted, row)
        from ennakko.services.childcare.queries.units import metres_to

        _move(row, "change_place", at)
        _leave_earlier(row, at)
        new = Placement.objects.create(
            id=key_of("placement", row.pk, wanted, at.isoformat()), round=row.round, child=row.child, form=row.form,
            starts=row.starts, pool=found, state=PlacementState.ACCEPTED, state_at=at,
            metres=metres_to(row, found.unit_id), estimated=False, district=row.district, language=row.language,
            needs=row.needs, assumed=row.assumed, flags=row.flags, reasons={"chosen": True}, protected=row.protected,
            offer=row.offer, replaces=row,
        )  # fmt: skip
        _note(new, "change_place", actor, at, pool=wanted)
    return new


def correct(placement: Placement, need: str, value: object, *, actor: Actor, at: datetime) -> NeedCorrection:
    """Keep what was told of a need instead of what was assumed; the newest counts."""
    with transaction.atomic():
        row = _locked(placement)
        told = NeedCorrection.objects.create(child=row.child, need=need, value=value, told_at=at, told_by=actor.subject)
        row.needs = {**row.needs, need: value}
        row.assumed = [one for one in row.assumed if one != need]
        row.save(update_fields=["needs", "assumed"])
        _note(row, "correct", actor, at, need=need)
    return told


def wish(placement: Placement, units: Sequence[Unit | str], *, actor: Actor, at: datetime) -> int:
    """Wait for another unit while keeping what there is; the wishes in their order. How many stand now."""
    keys = [one.pk if isinstance(one, Unit) else one for one in units]
    with transaction.atomic():
        row = _locked(placement)
        waiting = WaitWish.objects.filter(Q(child=row.child, form=row.form, starts=row.starts), state=WishState.WAITING)
        waiting.exclude(unit__in=keys).update(state=WishState.ENDED, ended_at=at)
        for rank, unit in enumerate(keys, 1):
            WaitWish.objects.update_or_create(
                child=row.child, form=row.form, starts=row.starts, unit_id=unit, state=WishState.WAITING,
                defaults={"rank": rank, "made_at": at, "made_by": actor.subject},
            )  # fmt: skip
        _note(row, "wish", actor, at, units=keys)
    return len(keys)
