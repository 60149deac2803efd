# SPDX-License-Identifier: EUPL-1.2
"""What time it is: only doors (views, commands, the job runner) ask; everybody else is told."""

from datetime import UTC, date, datetime, timedelta

from django.conf import settings
from django.utils import timezone

from ennakko.kernel.clock.models import DemoClock


def wall() -> datetime:
    """Wall time (UTC), for sessions, tokens, retries and the audit log."""
    return datetime.now(UTC)


def now() -> datetime:
    """Business time with the city's time zone; the wall's own, except in the demo."""
    return business_time(wall(), offset_days())


def today() -> date:
    """The business day in the city's time zone."""
    return now().date()


def offset_days() -> int:
    """Days by which business time differs from wall time: 0 outside the demo and before the demo's start."""
    if not settings.DEMO:
        return 0
    return DemoClock.objects.filter(pk=1).values_list("offset_days", flat=True).first() or 0


def business_time(at_wall: datetime, offset: int) -> datetime:
    """Wall time moved by whole days: the same time of day on the city's calendar, whatever daylight saving does."""
    return at_wall.astimezone(timezone.get_default_timezone()) + timedelta(days=offset)
