# SPDX-License-Identifier: EUPL-1.2
"""Who is told that messages have left: in the transaction that writes it down, however they went."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class SentMessage:
    """A message that has left: its key, what it is about (`case:3`), by which channel, and when (business time)."""

    key: str
    about: str
    channel: str
    at: datetime


Follower = Callable[[Sequence[SentMessage]], None]
_followers: dict[str, Follower] = {}


def when_sent(about: str, follower: Follower) -> None:
    """Call the follower with messages about one sort of thing ("case") as they leave.

    It runs in the transaction in which they are marked as sent: it may only write rows, and must bear a message that it
    has heard of before.
    """
    _followers[about] = follower


def tell(sent: Iterable[SentMessage]) -> None:
    """Tell the followers; call it in the transaction that marks the messages as sent."""
    by_thing: dict[str, list[SentMessage]] = {}
    for one in sent:
        thing = one.about.partition(":")[0]
        if thing in _followers:
            by_thing.setdefault(thing, []).append(one)
    for thing, rows in by_thing.items():
        _followers[thing](rows)
