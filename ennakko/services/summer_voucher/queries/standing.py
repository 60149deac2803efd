# SPDX-License-Identifier: EUPL-1.2
"""Where somebody stands who has no offer to look at: why there is none, and when the city looks again."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from ennakko.kernel.access import Actor
from ennakko.kernel.purposes.queries import objects
from ennakko.rules.decision import Ask, Outcome, Reason
from ennakko.services.summer_voucher.conditions import SERVICE
from ennakko.services.summer_voucher.queries import own

SOON = timedelta(days=2 * 366)
"""A later day tells nobody anything: the conditions will have changed by then."""


class Standing(StrEnum):
    """Not known to the registers; entitled and on its way; entitled but objecting; not this year; not for this age."""

    UNKNOWN = "unknown"
    COMING = "coming"
    OBJECTING = "objecting"
    NOT_NOW = "not_now"
    NOT_FOR_ME = "not_for_me"
    UNDECIDED = "undecided"


@dataclass(frozen=True, slots=True)
class WithoutOffer:
    """Why somebody has no offer: the conditions as they came to, what is missing, and the day of the next look."""

    standing: Standing
    reasons: tuple[Reason, ...]
    ask: tuple[Ask, ...]
    next_look: date | None


def without_offer(actor: Actor, *, on: date, at: datetime) -> WithoutOffer:
    """The standing of a signed-in resident who has no offer to answer; the look at their facts is logged."""
    decision = own.why(actor, on=on, at=at)
    if decision is None or actor.person is None:
        return WithoutOffer(Standing.UNKNOWN, (), (), None)
    if decision.outcome is Outcome.YES and objects(actor.person, SERVICE):
        standing = Standing.OBJECTING
    elif decision.outcome is Outcome.YES:
        standing = Standing.COMING
    elif decision.outcome is Outcome.NOT_APPLICABLE:
        standing = Standing.NOT_FOR_ME
    else:
        standing = Standing.UNDECIDED if decision.outcome is Outcome.UNKNOWN else Standing.NOT_NOW
    reasons = decision.reasons if standing is Standing.NOT_NOW else ()
    look = own.next_look(actor, on=on, at=at) if standing in (Standing.NOT_NOW, Standing.UNDECIDED) else None
    return WithoutOffer(standing, reasons, decision.ask, look if look and look <= on + SOON else None)
