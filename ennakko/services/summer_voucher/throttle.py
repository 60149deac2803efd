# SPDX-License-Identifier: EUPL-1.2
"""How often the open form may be sent: from one address, with one identity code, to one mailbox."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Literal

from ennakko.kernel import keys
from ennakko.services.summer_voucher.models import Attempt

Scope = Literal["address", "code", "email"]
MOST: Mapping[Scope, tuple[int, timedelta]] = {
    "address": (30, timedelta(hours=1)),
    "code": (5, timedelta(days=1)),
    "email": (5, timedelta(days=1)),
}
"""Sendings within a time; a school's whole network is one address."""
KEPT = timedelta(days=1)


def too_many(scope: Scope, value: str, *, wall: datetime) -> bool:
    """Count one sending, and tell whether there have been too many; the value is kept only as a keyed hash."""
    most, within = MOST[scope]
    key = keys.index_of(f"{scope}:{value}")
    Attempt.objects.create(key=key, at=wall)
    return Attempt.objects.filter(key=key, at__gt=wall - within).count() > most


def forget(wall: datetime) -> int:
    """Remove the counts that no limit needs any more; how many."""
    removed, _ = Attempt.objects.filter(at__lt=wall - KEPT).delete()
    return removed
