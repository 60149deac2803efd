# SPDX-License-Identifier: EUPL-1.2
"""The demo's clock: started once, moved forward day by day, never back, and refused outside the demo."""

from datetime import date, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from ennakko.kernel.clock.days import followers
from ennakko.kernel.clock.models import DemoClock
from ennakko.kernel.clock.queries import business_time, read_again, wall
from ennakko.values.texts import Text, text

MOST_DAYS = 3660


class ClockRefused(Exception):
    """The clock cannot be moved so; `reason` says why in every language."""

    def __init__(self, reason: Text) -> None:
        super().__init__(reason.en)
        self.reason = reason


NOT_THE_DEMO = text(
    fi="Aikaa voi siirtää vain esittelyversiossa.",
    sv="Tiden kan flyttas bara i demoversionen.",
    en="Time can be moved only in the demo.",
)
ONLY_FORWARD = text(
    fi="Aika kulkee vain eteenpäin. Anna päivien määrä, 1–3660.",
    sv="Tiden går bara framåt. Ange antalet dagar, 1–3660.",
    en="Time only moves forward. Give a number of days, 1–3660.",
)
NOT_STARTED = text(
    fi="Esittelyn kelloa ei ole vielä käynnistetty.",
    sv="Demons klocka har inte startats ännu.",
    en="The demo's clock has not been started yet.",
)


def start(on: date, *, by: str) -> date:
    """Set the first business day of a new demo; a demo that runs keeps its day. The business day."""
    _only_in_the_demo()
    row, _ = DemoClock.objects.get_or_create(
        pk=1, defaults={"offset_days": (on - _wall_day()).days, "followed": on, "moved_by": by}
    )
    read_again()
    return business_time(wall(), row.offset_days).date()


def resume(*, by: str) -> date:
    """Go on from the last day followed, however long the demo has been switched off. The business day."""
    _only_in_the_demo()
    with transaction.atomic():
        row = _locked()
        row.offset_days, row.moved_by = (row.followed - _wall_day()).days, by
        row.save()
    read_again()
    return row.followed


def advance(days: int, *, by: str) -> date:
    """Move forward day by day, everybody following each day before the next begins. The new business day.

    A follower's error stops the clock on that day: the days before it stand, and `follow` tries the day again.
    """
    _only_in_the_demo()
    if not 1 <= days <= MOST_DAYS:
        raise ClockRefused(ONLY_FORWARD)
    follow(by=by)
    for _ in range(days):
        with transaction.atomic():
            row = _locked()
            row.offset_days, row.moved_by = row.offset_days + 1, by
            row.save()
        read_again()
        follow(by=by)
    return business_time(wall(), row.offset_days).date()


def follow(*, by: str) -> int:
    """Let everybody follow the days that have begun since the last one followed; the number of days."""
    _only_in_the_demo()
    followed = 0
    while True:
        row = DemoClock.objects.filter(pk=1).first()
        if row is None:
            raise ClockRefused(NOT_STARTED)
        day = row.followed + timedelta(days=1)
        if day > business_time(wall(), row.offset_days).date():
            return followed
        for follower in followers():
            follower(day)
        DemoClock.objects.filter(pk=1, followed__lt=day).update(followed=day, moved_by=by)
        followed += 1


def follow_if_started(*, by: str) -> int:
    """As `follow`, but a demo that has not started yet has nothing to follow."""
    return follow(by=by) if DemoClock.objects.filter(pk=1).exists() else 0


def _locked() -> DemoClock:
    row = DemoClock.objects.select_for_update().filter(pk=1).first()
    if row is None:
        raise ClockRefused(NOT_STARTED)
    return row


def _wall_day() -> date:
    return wall().astimezone(timezone.get_default_timezone()).date()


def _only_in_the_demo() -> None:
    if not settings.DEMO:
        raise ClockRefused(NOT_THE_DEMO)
