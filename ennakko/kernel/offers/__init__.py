# SPDX-License-Identifier: EUPL-1.2
"""Offers: the city makes the first move, ready-made and explained, and asks only for a yes."""

from typing import TYPE_CHECKING

from ennakko.kernel.exported import exported_from

if TYPE_CHECKING:
    from ennakko.kernel.offers import queries as queries
    from ennakko.kernel.offers.answering import UnknownAnswer as UnknownAnswer
    from ennakko.kernel.offers.answering import answer as answer
    from ennakko.kernel.offers.answering import correct as correct
    from ennakko.kernel.offers.answering import open_offer as open_offer
    from ennakko.kernel.offers.answering import undo_decline as undo_decline
    from ennakko.kernel.offers.ending import destroy_unanswered as destroy_unanswered
    from ennakko.kernel.offers.ending import expire as expire
    from ennakko.kernel.offers.events import OfferClosed as OfferClosed
    from ennakko.kernel.offers.events import state_name as state_name
    from ennakko.kernel.offers.kinds import ACCEPT as ACCEPT
    from ennakko.kernel.offers.kinds import CALL_ME as CALL_ME
    from ennakko.kernel.offers.kinds import DECLINE as DECLINE
    from ennakko.kernel.offers.kinds import Answered as Answered
    from ennakko.kernel.offers.kinds import Choice as Choice
    from ennakko.kernel.offers.kinds import Line as Line
    from ennakko.kernel.offers.kinds import OfferKind as OfferKind
    from ennakko.kernel.offers.kinds import Silence as Silence
    from ennakko.kernel.offers.kinds import Told as Told
    from ennakko.kernel.offers.kinds import kind_of as kind_of
    from ennakko.kernel.offers.kinds import register_offer_kind as register_offer_kind
    from ennakko.kernel.offers.links import harmless_view as harmless_view
    from ennakko.kernel.offers.links import link_of as link_of
    from ennakko.kernel.offers.links import recipient_of as recipient_of
    from ennakko.kernel.offers.links import token_of as token_of
    from ennakko.kernel.offers.making import Made as Made
    from ennakko.kernel.offers.making import complete_interrupted as complete_interrupted
    from ennakko.kernel.offers.making import make_offers as make_offers
    from ennakko.kernel.offers.queries import replay as replay
    from ennakko.kernel.offers.rechecking import withdraw_changed as withdraw_changed
    from ennakko.kernel.offers.releasing import note_sent as note_sent
    from ennakko.kernel.offers.releasing import release as release
    from ennakko.kernel.offers.releasing import remind as remind
    from ennakko.kernel.offers.to_organisations import Chosen as Chosen
    from ennakko.kernel.offers.to_organisations import choose as choose
    from ennakko.kernel.offers.to_organisations import make_offers_to_organisations as make_offers_to_organisations
else:
    __getattr__ = exported_from(
        __name__,
        queries=("queries", "replay"),
        answering=("UnknownAnswer", "answer", "correct", "open_offer", "undo_decline"),
        ending=("destroy_unanswered", "expire"),
        events=("OfferClosed", "state_name"),
        kinds=(
            "ACCEPT", "CALL_ME", "DECLINE", "Answered", "Choice", "Line", "OfferKind", "Silence", "Told", "kind_of",
            "register_offer_kind",
        ),
        links=("harmless_view", "link_of", "recipient_of", "token_of"),
        making=("Made", "complete_interrupted", "make_offers"),
        rechecking=("withdraw_changed",),
        releasing=("note_sent", "release", "remind"),
        to_organisations=("Chosen", "choose", "make_offers_to_organisations"),
    )  # fmt: skip
