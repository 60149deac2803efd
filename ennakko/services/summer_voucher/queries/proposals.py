# SPDX-License-Identifier: EUPL-1.2
"""The "same again" proposal as the employer sees it: what was last summer, what is proposed, why, what was answered."""

from dataclasses import dataclass
from datetime import date

from ennakko.kernel import offers
from ennakko.kernel.access import Actor, require
from ennakko.kernel.offers import queries as offer_queries
from ennakko.kernel.offers.models import Offer
from ennakko.kernel.offers.states import ANSWERABLE, OfferState
from ennakko.services.summer_voucher.conditions import SERVICE
from ennakko.services.summer_voucher.wording import Shown
from ennakko.values.texts import Text

ANSWER = "summer-voucher.answer-same-again"


@dataclass(frozen=True, slots=True)
class Proposal:
    """A proposal of a year; `youths` were hired last summer, `answer` is "" or the choice that was given.

    `call_asked`: somebody asked to be contacted, and may still answer. Money in cents.
    """

    offer: Offer
    year: int
    youths: int
    value_cents: int
    work_start: date
    work_end: date
    answer_by: date
    state: Text
    answer: str
    answerable: bool
    undoable: bool
    call_asked: bool
    reasons: tuple[Shown, ...]


def proposal_of(actor: Actor, *, on: date) -> Proposal | None:
    """This year's proposal to the organisation acted for, once it has been released. Raises Refused."""
    require(actor, ANSWER)
    rows = offer_queries.of_organisation(actor.organisation).filter(service=SERVICE, round=str(on.year))
    offer = rows.exclude(state=OfferState.MADE).order_by("-pk").first()
    if offer is None:
        return None
    told, in_time = offer.content, on <= offer.answer_by
    return Proposal(
        offer=offer,
        year=int(told["year"]),
        youths=int(told["youths"]),
        value_cents=int(told["value_cents"]),
        work_start=date.fromisoformat(told["work_start"]),
        work_end=date.fromisoformat(told["work_end"]),
        answer_by=offer.answer_by,
        state=offers.state_name(offer),
        answer=offer.answer,
        answerable=offer.state in ANSWERABLE and in_time,
        undoable=offer.state == OfferState.DECLINED and in_time,
        call_asked=offer.events.filter(verb=offers.CALL_ME.verb).exists(),
        reasons=tuple(_reasons(offer)),
    )


def _reasons(offer: Offer) -> list[Shown]:
    if offer.run.rule_version is None:
        return []
    decision = offer_queries.replay(offer).decision
    return [
        Shown(one.step, one.text, one.holds, "; ".join(one.cite))
        for one in decision.reasons
        if one.step != decision.bound.definition.outcome
    ]
