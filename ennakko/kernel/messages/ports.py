# SPDX-License-Identifier: EUPL-1.2
"""What the outbox asks of a channel; connectors implement it, `web` registers the chosen ones."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol, runtime_checkable


@dataclass(frozen=True, slots=True)
class Receipt:
    """The channel took the message; `number` is its own id of it, empty where it gives none."""

    number: str = ""


class Temporary(Exception):
    """The channel surely did not take the message now, and may later; `retry_after` in seconds, if it said."""

    def __init__(self, what: str, *, retry_after: int | None = None) -> None:
        super().__init__(what)
        self.retry_after = retry_after


class Permanent(Exception):
    """The channel will never take this message to this address."""


class Uncertain(Exception):
    """The message was handed over and no answer came: nobody knows whether the channel took it."""


NotTaken = Temporary | Permanent | Uncertain


@dataclass(frozen=True, slots=True)
class Handed:
    """One message as it is given to a channel."""

    address: str
    subject: str
    body: str
    reference: str


class Channel(Protocol):
    """A way to reach people."""

    @property
    def id(self) -> str:
        """One of “suomifi”, “email” and “sms”."""

    @property
    def secure(self) -> bool:
        """Whether only the strongly identified receiver can read what it carries."""

    @property
    def knows_references(self) -> bool:
        """Whether it takes a reference once only, so that sending again after an uncertain end is safe."""

    def send(self, address: str, *, subject: str, body: str, reference: str) -> Receipt:
        """Hand one message over; raises Temporary, Permanent or Uncertain."""


@runtime_checkable
class TakesMany(Channel, Protocol):
    """A channel that takes a portion at once, each reference once only: a portion given again changes nothing."""

    def send_many(self, messages: Sequence[Handed]) -> Sequence[Receipt | NotTaken]:
        """What came of each message, in their order; nothing is raised for one of them."""


_channels: dict[str, Channel] = {}


def register_channels(*channels: Channel) -> None:
    """Use these channels, in this order of preference; those registered before are forgotten."""
    _channels.clear()
    _channels.update({channel.id: channel for channel in channels})


def channels() -> tuple[Channel, ...]:
    """The channels in use, in order of preference."""
    return tuple(_channels.values())


def channel(name: str) -> Channel | None:
    """The channel of an id; None where it is not in use."""
    return _channels.get(name)
