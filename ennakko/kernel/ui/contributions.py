# SPDX-License-Identifier: EUPL-1.2
"""What services put on the pages that belong to nobody alone: my page, the organisation's, the front, the worker's."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date

from ennakko.kernel.access import Actor
from ennakko.kernel.ui.charts import Chart
from ennakko.values.texts import Text

SECTIONS = ("waiting", "ongoing", "done")


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """One thing on my page: what it is, a sentence, until when, where it leads, what the button says."""

    title: Text | str
    words: Text | str = ""
    url: str
    action: Text | str
    until: date | None = None
    status: Text | str = ""
    status_kind: str = "neutral"
    on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One figure of the front page: a number, what it counts, and where and when it comes from."""

    value: int
    label: Text
    note: Text | str = ""
    url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """One queue of a worker's first page: its name, how many wait, how many are late."""

    title: Text
    words: Text
    url: str
    waiting: int | None = None
    late: int = 0


Cards = Callable[[Actor, date], Sequence[Card]]
Figures = Callable[[date], Sequence[Figure]]
Map = Callable[[date], Chart | None]
Works = Callable[[Actor, date], Sequence[Work]]


@dataclass(slots=True)
class _Given:
    cards: dict[tuple[str, str], Cards] = field(default_factory=dict)
    organisation_cards: dict[tuple[str, str], Cards] = field(default_factory=dict)
    next_look: dict[str, Callable[[Actor, date], date | None]] = field(default_factory=dict)
    figures: dict[str, Figures] = field(default_factory=dict)
    maps: dict[str, Map] = field(default_factory=dict)
    works: dict[str, Works] = field(default_factory=dict)


_given = _Given()


def contribute(
    service: str,
    *,
    waiting: Cards | None = None,
    ongoing: Cards | None = None,
    done: Cards | None = None,
    next_look: Callable[[Actor, date], date | None] | None = None,
    figures: Figures | None = None,
    front_map: Map | None = None,
    works: Works | None = None,
    organisation_waiting: Cards | None = None,
    organisation_ongoing: Cards | None = None,
    organisation_done: Cards | None = None,
) -> None:
    """A service's parts of the shared pages; called when its app is ready, and again replaces what it gave before.

    `waiting`, `ongoing`, `done` are the sections of my page; `next_look` tells when the city looks again for somebody
    for whom nothing waits; `figures` and `front_map` are of the front page; `works` of the worker's first page.
    The `organisation_…` parts are asked with an actor of the kind organisation, for the page of its organisation.
    """
    for section, cards in zip(SECTIONS, (waiting, ongoing, done), strict=True):
        if cards:
            _given.cards[service, section] = cards
    of_organisation = (organisation_waiting, organisation_ongoing, organisation_done)
    for section, cards in zip(SECTIONS, of_organisation, strict=True):
        if cards:
            _given.organisation_cards[service, section] = cards
    if next_look:
        _given.next_look[service] = next_look
    if figures:
        _given.figures[service] = figures
    if front_map:
        _given.maps[service] = front_map
    if works:
        _given.works[service] = works


def cards_of(actor: Actor, section: str, *, on: date) -> list[Card]:
    """The cards of one section of my page, or of the organisation's when the actor acts for one.

    What waits and ends first stands first; otherwise what happened last.
    """
    given = _given.organisation_cards if actor.kind == "organisation" else _given.cards
    found = [card for (_, name), cards in given.items() if name == section for card in cards(actor, on)]
    if section == "waiting":
        return sorted(found, key=lambda card: card.until or date.max)
    return sorted(found, key=lambda card: card.on or date.min, reverse=True)


def next_look(actor: Actor, *, on: date) -> date | None:
    """The first day on which some service looks again for this person."""
    days = [day for ask in _given.next_look.values() if (day := ask(actor, on)) is not None]
    return min(days, default=None)


def front_figures(*, on: date) -> list[Figure]:
    """The figures of the front page, in the order of the services."""
    return [figure for figures in _given.figures.values() for figure in figures(on)]


def front_map(*, on: date) -> Chart | None:
    """The first map that a service gives for the front page."""
    return next((drawn for draw in _given.maps.values() if (drawn := draw(on)) is not None), None)


def works_of(actor: Actor, *, on: date) -> list[Work]:
    """The queues of a worker's first page."""
    return [work for works in _given.works.values() for work in works(actor, on)]
