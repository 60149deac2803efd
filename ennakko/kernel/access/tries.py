# SPDX-License-Identifier: EUPL-1.2
"""How often somebody may try something: a number of tries within a time, counted by a keyed hash of who tries."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from ennakko.kernel import keys
from ennakko.kernel.access.models import Try
from ennakko.kernel.ready import Given, Ready

KEPT: Final = timedelta(days=1)
"""The longest time of any limit: older tries no limit needs."""
MOST: Final = 100


@dataclass(frozen=True, slots=True)
class Limit:
    """`most` tries `within` a time, at most a day; `name` sets it apart. ValueError otherwise."""

    name: str
    most: int
    within: timedelta

    def __post_init__(self) -> None:
        if not 0 < self.most <= MOST or not timedelta() < self.within <= KEPT:
            raise ValueError(f"{self.name}: 1 to {MOST} tries within a day at most.")


_tries: Ready[Try] = Ready(lambda: Try.objects.filter(key=Given("key"), at__gt=Given("since")).only("pk")[:MOST])


def count(limit: Limit, who: str, *, wall: datetime) -> None:
    """Count one try; of who tried only a keyed hash is kept."""
    Try.objects.create(key=_key(limit, who), at=wall)


def used_up(limit: Limit, who: str, *, wall: datetime) -> bool:
    """Whether there have been as many tries as there may be."""
    return len(_tries.all(key=_key(limit, who), since=wall - limit.within)) >= limit.most


def too_many(limit: Limit, who: str, *, wall: datetime) -> bool:
    """Count one try, and tell whether it is one too many: of two at the same moment the later is."""
    key = _key(limit, who)
    Try.objects.create(key=key, at=wall)
    return len(_tries.all(key=key, since=wall - limit.within)) > limit.most


def forget(wall: datetime) -> int:
    """Remove the tries that no limit needs any more; how many."""
    removed, _ = Try.objects.filter(at__lt=wall - KEPT).delete()
    return removed


def _key(limit: Limit, who: str) -> str:
    return keys.index_of(f"{limit.name}:{who}")
