# SPDX-License-Identifier: EUPL-1.2
"""What time it is: only doors (views, commands, the job runner) ask; everybody else is told."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, timedelta

from django.conf import settings
from django.utils import timezone

from ennakko.kernel.clock.models import DemoClock
from ennakko.kernel.ready import Ready

_clock: Ready[DemoClock] = Ready(lambda: DemoClock.objects.filter(pk=1))


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
    known = _known.get()
    if known:
        return known[0]
    row = _clock.first()
    offset = row.offset_days if row is not None else 0
    if known is not None:
        known.append(offset)
    return offset


_known: ContextVar[list[int] | None] = ContextVar("the offset as it was read", default=None)


@contextmanager
def read_once() -> Iterator[None]:
    """While one request is answered the demo's clock is read once, and stands as it was read."""
    token = _known.set([])
    try:
        yield
    finally:
        _known.reset(token)


def read_again() -> None:
    """The demo's clock was moved: whoever asks from now on reads it anew."""
    known = _known.get()
    if known:
        known.clear()


def business_time(at_wall: datetime, offset: int) -> datetime:
    """Wall time moved by whole days: the same time of day on the city's calendar, whatever daylight saving does."""
    return at_wall.astimezone(timezone.get_default_timezone()) + timedelta(days=offset)
