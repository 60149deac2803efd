# SPDX-License-Identifier: EUPL-1.2
"""What a youth sees of their own: the offer with its reasons, the voucher, and why there is none this year."""

from dataclasses import dataclass
from datetime import date, datetime

from ennakko.kernel.access import Actor
from ennakko.kernel.offers.models import Offer
from ennakko.rules.decision import Decision
from ennakko.services.summer_voucher.models import Voucher
from ennakko.services.summer_voucher.queries.applications import Shown
from ennakko.values.texts import Text


@dataclass(frozen=True, slots=True)
class FactShown:
    """A fact that was read for the offer: its label, value in words, source and the snapshot's day."""

    label: Text
    value: Text
    source: Text
    as_of: date | None


@dataclass(frozen=True, slots=True)
class OfferPage:
    """Everything on the offer's page; `voucher` and `number` are None and "" for a guardian and before the release.

    `answerable`: keep, decline and call-me can be given now; `undoable`: a decline can be taken back now.
    """

    offer: Offer
    year: int
    value_cents: int
    answer_by: date
    state: Text
    answerable: bool
    undoable: bool
    voucher: Voucher | None
    number: str
    reasons: tuple[Shown, ...]
    facts: tuple[FactShown, ...]
    min_hours: int
    min_pay_cents: int
    work_start: date
    work_end: date
    claim_deadline: date | None
    call_asked: bool


def offer_of(actor: Actor, *, on: date) -> Offer | None:
    """The signed-in youth's offer of the year that may be shown to them, answered or not."""
    raise NotImplementedError


def page_of(actor: Actor, offer: Offer, *, on: date) -> OfferPage:
    """The page of an offer for its subject, or for a guardian of a youth under 15; raises Refused."""
    raise NotImplementedError


def children_offers(actor: Actor, *, on: date) -> list[Offer]:
    """Offers of which a guardian has a copy."""
    raise NotImplementedError


def why(actor: Actor, *, on: date, at: datetime) -> Decision | None:
    """The year's rule decided for the signed-in resident (`reasons`, `ask`), logged; None for one not in the registers."""
    raise NotImplementedError


def next_look(actor: Actor, on: date) -> date | None:
    """The first day on which the city will look again for this resident; None where it never will."""
    raise NotImplementedError
