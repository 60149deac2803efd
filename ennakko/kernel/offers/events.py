# SPDX-License-Identifier: EUPL-1.2
"""How an offer changes: by a verb that its table of states allows, with an event appended, on a locked row."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from ennakko.kernel.access import Actor
from ennakko.kernel.bulk import insert_rows
from ennakko.kernel.closed import Closed
from ennakko.kernel.offers.models import Offer, OfferEvent
from ennakko.kernel.offers.states import NAMES, TABLE, OfferState, Verb
from ennakko.values.texts import Text


class OfferClosed(Closed):
    """The offer cannot do this now; `reason` tells the resident why."""

    def __init__(self, reason: Text, offer: Offer) -> None:
        super().__init__(reason, f"{offer}: {reason.en}")
        self.offer = offer


class NoSuchMove(RuntimeError):
    """A verb was used in a state in which the table does not have it."""


def locked(offer: Offer) -> Offer:
    """The offer as it stands now, locked until the transaction ends."""
    return Offer.objects.select_for_update(of=("self",)).select_related("run").get(pk=offer.pk)


def move(offer: Offer, verb: Verb, *, by: Actor, at: datetime, details: Mapping[str, Any] | None = None) -> None:
    """Change a locked offer's state by the table and append the event; raises NoSuchMove."""
    to = TABLE.get((OfferState(offer.state), verb))
    if to is None:
        raise NoSuchMove(f"{offer} is {offer.state}: it cannot {verb}.")
    if to != offer.state:
        offer.state, offer.state_at = to, at
    offer.save()
    append(offer, verb, by=by, at=at, details=details)


def append(offer: Offer, verb: Verb, *, by: Actor, at: datetime, details: Mapping[str, Any] | None = None) -> None:
    """Add one thing that happened to the offer's history."""
    OfferEvent.objects.create(offer=offer, verb=verb, by=by.subject, at=at, details=dict(details or {}))


def append_many(
    offers: Iterable[int], verb: Verb, *, by: str, at: datetime, details: Mapping[str, Any] | None = None
) -> None:
    """Add what happened to many offers at once to the history of each; `by` as `Actor.subject`."""
    same = dict(details or {})
    insert_rows(OfferEvent, ("offer", "verb", "by", "at", "details"), ((one, verb, by, at, same) for one in offers))


def state_name(offer: Offer) -> Text:
    """The state in words."""
    return NAMES[OfferState(offer.state)]
