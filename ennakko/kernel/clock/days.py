# SPDX-License-Identifier: EUPL-1.2
"""Who follows when a new business day begins: registers, services, jobs."""

from collections.abc import Callable
from datetime import date

Follower = Callable[[date], object]
_followers: dict[str, Follower] = {}


def on_new_day(follower: Follower, *, name: str = "") -> Follower:
    """Call the follower with each business day that begins, in the order of registration; once per name.

    A day that failed is followed again from the start, so a follower must bear being called twice for one day.
    """
    _followers[name or f"{follower.__module__}.{getattr(follower, '__qualname__', repr(follower))}"] = follower
    return follower


def followers() -> tuple[Follower, ...]:
    """Everybody who follows a day, in order."""
    return tuple(_followers.values())
