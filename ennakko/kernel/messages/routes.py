# SPDX-License-Identifier: EUPL-1.2
"""Which channels may carry a message to its receiver, in which order. A protected resident: secure ones only."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from ennakko.kernel.bulk import among
from ennakko.kernel.messages.models import Message
from ennakko.kernel.messages.ports import Channel, channels
from ennakko.kernel.people.models import Person
from ennakko.kernel.people.queries import identity_code_of, protected

ProtectionSource = Callable[[Iterable[int]], frozenset[int]]
_sources: list[ProtectionSource] = []


def protection_also_from(source: ProtectionSource) -> None:
    """Ask the register too who has a non-disclosure order: a row of ours may be older than the order."""
    if source not in _sources:
        _sources.append(source)


@dataclass(frozen=True, slots=True)
class Route:
    """One open way to the receiver: the channel and the address on it."""

    channel: Channel
    address: str


@dataclass(frozen=True, slots=True)
class Receiver:
    """The receiver as they stand now; `unknown`: a person key without a row with us."""

    person: Person | None
    protected: bool
    unknown: bool


def receivers(messages: Iterable[Message]) -> dict[int, Receiver]:
    """The receivers of some messages by message id, read afresh; two queries and one for each register."""
    rows = list(messages)
    wanted = {row.person for row in rows if row.person is not None}
    people = {row.key: row for row in Person.objects.filter(key__in=among(wanted))}
    guarded = set(protected(wanted))
    for source in _sources:
        guarded |= source(wanted)
    found: dict[int, Receiver] = {}
    for row in rows:
        person = people.get(row.person) if row.person is not None else None
        found[row.pk] = Receiver(person, row.person in guarded, row.person is not None and person is None)
    return found


def routes(message: Message, receiver: Receiver) -> tuple[Route, ...]:
    """The ways still open for a message, the best first.

    The channel asked for comes first, then the one the person chose, then the city's order of preference. A person who
    chose letters gets no electronic message. The secure rule cannot be widened by asking for a channel.
    """
    if receiver.unknown:
        return ()
    closed = set(message.closed_channels.split(","))
    person = receiver.person
    chosen = person.channel if person is not None else ""
    if chosen == "letter" and not receiver.protected and not message.channel:
        return ()
    open_ways = []
    for one in channels():
        if one.id in closed or (receiver.protected and not one.secure):
            continue
        address = _address(one, message, person)
        if address:
            open_ways.append(Route(one, address))
    wishes = [wish for wish in (message.channel, chosen) if wish]
    return tuple(
        sorted(open_ways, key=lambda way: wishes.index(way.channel.id) if way.channel.id in wishes else len(wishes))
    )


def _address(one: Channel, message: Message, person: Person | None) -> str:
    if person is None:
        return {"email": message.email, "sms": message.phone}.get(one.id, "")
    if one.id == "suomifi":
        return identity_code_of(person) if person.suomifi_messages else ""
    return {"email": person.email, "sms": person.phone}.get(one.id, "")
