# SPDX-License-Identifier: EUPL-1.2
"""A guardian puts an assumption right: it is kept, units are looked for by it, and a person sees what none meets."""

from datetime import date, datetime
from typing import Any

from django.db import transaction

from ennakko.kernel import offers
from ennakko.kernel.access import Actor
from ennakko.kernel.offers.models import Offer
from ennakko.services.childcare.actions import calls, placements
from ennakko.services.childcare.queries.offers_place import of_offer
from ennakko.services.childcare.queries.units import other_units

AT_ONCE = ("language", "shift_care")
"""Needs by which other units are looked for at once; an address or a sibling's unit a person makes sure of first."""


def correct(offer: Offer, need: str, told: str, *, actor: Actor, at: datetime, on: date) -> bool:
    """Keep what was told of a need; whether some unit that suits has room. Raises Refused and OfferClosed.

    Where none has, the family stands on the call list: a person finds the place.
    """
    value: Any = {"yes": True, "no": False}.get(told, told) if need == "shift_care" else told.strip()
    with transaction.atomic():
        row = offers.correct(offer, {need: value}, actor=actor, at=at, on=on)
        placement = of_offer(row)
        if placement is None:
            raise LookupError(f"{row} has no place in any round.")
        if need in AT_ONCE:
            placements.correct(placement, need, value, actor=actor, at=at)
            placement.refresh_from_db()
            if any(one.free > 0 for one in other_units(placement)):
                return True
        calls.ask(row, "corrected", at=at, person=actor.person, words=f"{need}: {value}")
    return False
