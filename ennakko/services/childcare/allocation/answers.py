# SPDX-License-Identifier: EUPL-1.2
"""A solved round as the command and the interface tell it."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from ennakko.services.childcare.allocation.instance import BadInstance, Instance
from ennakko.services.childcare.allocation.reasons import nearer_places
from ennakko.services.childcare.allocation.solving import NO_PLACE, Round, solve


def allocate(instance: Instance, *, reasons: bool = False) -> dict[str, Any]:
    """`assignment` (pool or null by child), `total`, `lower_bound`, `seconds`; with reasons `prices`, `reasons` too."""
    found = solve(instance)
    answered: dict[str, Any] = {
        "assignment": [None if pool == NO_PLACE else pool for pool in found.assigned.tolist()],
        "total": _told(found.total, instance),
        "lower_bound": _told(found.lower_bound, instance),
        "seconds": round(found.seconds, 6),
        "mode": instance.mode,
        "seed": instance.seed,
    }
    if reasons:
        answered["prices"] = [_told(price, instance) for price in found.prices]
        answered["reasons"] = _reasons(instance, found)
    return answered


def _reasons(instance: Instance, found: Round) -> list[dict[str, Any]]:
    places = nearer_places(instance, found)
    columns = zip(places.pools, places.shorter_by, places.others_longer_by, strict=True)
    nearer = [
        {"pool": pool, "shorter_by": _told(by, instance), "others_longer_by": _told(longer, instance)}
        for pool, by, longer in columns
    ]
    return [
        {"pool": None if pool == NO_PLACE else pool, "cost": _told(cost, instance), "nearer": nearer[first:last]}
        for pool, cost, (first, last) in zip(found.assigned.tolist(), places.paid, pairwise(places.ends), strict=True)
    ]


def _told(parts: int, instance: Instance) -> int | float:
    """A sum of costs as the instance wrote them: whole, or with its decimals."""
    return parts if instance.parts == 1 else parts / instance.parts


__all__ = ["BadInstance", "Round", "allocate"]
