# SPDX-License-Identifier: EUPL-1.2
"""What follows an answer to an offered place, silence, and an offer taken back: in the same transaction as the change.

A yes keeps the place and opens the matter in which it is decided; a no gives the seat to others; silence never loses a
pre-school place: a person calls. The other guardian is told, and where they do not agree a person decides.
"""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction

from ennakko.kernel import audit, offers
from ennakko.kernel.access import Actor, require
from ennakko.kernel.bulk import among
from ennakko.kernel.closed import Closed
from ennakko.kernel.offers.models import Offer
from ennakko.kernel.offers.states import OfferState, Verb
from ennakko.services.childcare import telling
from ennakko.services.childcare.actions import calls, place_cases, placements
from ennakko.services.childcare.models import Placement
from ennakko.services.childcare.queries.offers_place import of_offer
from ennakko.services.childcare.states import HOLDING, PlacementState
from ennakko.values.texts import text

RETENTION = "childcare"
REASONS = ("private", "home", "other_town", "other")
"""Why a family needs no place, as its guardian may tell."""
NO_UNIT = text(
    fi="Valitse yksikkö, jonka haluatte.", sv="Välj den enhet ni vill ha.", en="Choose the unit that you want."
)
NOT_ANSWERED = text(
    fi="Paikkaan ei ole vielä vastattu. Vastaa siihen itse.",
    sv="Platsen är inte besvarad än. Svara själv.",
    en="The place has not been answered yet. Answer it yourself.",
)


class NotPossible(Closed):
    """The answer cannot be taken as it was given; `reason` says what to do."""


def follow(answered: offers.Answered) -> None:
    """The place follows the answer to its offer."""
    offer, at, on = answered.offer, answered.at, answered.on
    verb = answered.choice.verb
    if verb is Verb.ASK_TO_CALL:
        calls.ask(offer, "asked", at=at, person=answerer(answered), words=str(answered.details.get("words", "")))
        return
    placement = of_offer(offer)
    if placement is None:
        raise LookupError(f"{offer} has no place in any round.")
    if answered.undone and placement.state in HOLDING:
        pass  # the better place was never given up: the earlier one had gone on to others
    elif answered.undone:
        placements.take_back(placement, actor=answered.actor, at=at)
    elif verb is Verb.DECLINE:
        _no_need(offer, placement, answered)
    else:
        _take(offer, placement, answered)
    telling.answered(offer, by=answerer(answered), at=at, undone=answered.undone)
    del on


def _take(offer: Offer, placement: Placement, answered: offers.Answered) -> None:
    actor, at, on = answered.actor, answered.at, answered.on
    as_offered = answered.choice.verb is Verb.ACCEPT
    if not as_offered:
        pool = str(answered.details.get("pool", ""))
        if not pool:
            raise NotPossible(NO_UNIT)
        placement = placements.move(placement, pool, actor=actor, at=at)
    if placement.state == PlacementState.HELD:
        placements.accept(placement, actor=actor, at=at)
        placement.refresh_from_db()
    place_cases.open_case(offer, placement, as_offered=as_offered, actor=actor, at=at, on=on)


def _no_need(offer: Offer, placement: Placement, answered: offers.Answered) -> None:
    if _keeps_earlier(placement, actor=answered.actor, at=answered.at):
        return
    placements.give_up(placement, actor=answered.actor, at=answered.at)
    if offer.content["form"] == "preschool" and answered.details.get("reason") not in REASONS[:3]:
        # Pre-school is compulsory (628/1998 26 a §): somebody asks where the child goes instead.
        calls.ask(offer, "elsewhere", at=answered.at, person=answerer(answered))


def _keeps_earlier(placement: Placement, *, actor: Actor, at: datetime) -> bool:
    """Whether a no to a better place left the child with a place: the earlier one, or the better where that is gone.

    Nobody is worse off for having been offered something better. The earlier place that nobody had answered yet, and
    the one that went on to others in a chain, are for a person to call about.
    """
    earlier = placement.replaces
    if earlier is None or placement.round_id == earlier.round_id:
        return False
    if earlier.state == PlacementState.KEPT:
        placements.give_up(placement, actor=actor, at=at)
        _give_back(placement, actor=actor, at=at)
        return True
    if earlier.state == PlacementState.REPLACED and placement.offer is not None:
        calls.ask(placement.offer, "passed_on", at=at)
        return True
    return False


def _give_back(placement: Placement, *, actor: Actor, at: datetime) -> None:
    """The kept place is the child's again; where it had not been answered, a person asks about it."""
    earlier = placement.replaces
    if earlier is None:
        return
    taken = place_cases.stands(earlier)
    back = placements.get_back(placement, answered=taken, actor=actor, at=at)
    if back is not None and not taken and back.offer is not None:
        calls.ask(back.offer, "kept_old", at=at)


def answerer(answered: offers.Answered) -> int | None:
    """The guardian who answered: signed in, or the holder of the link; None where staff answered for the family."""
    if answered.actor.person is not None:
        return answered.actor.person
    recipient = answered.details.get("recipient")
    if recipient is None:
        return None
    return answered.offer.recipients.filter(pk=int(str(recipient))).values_list("person", flat=True).first()


def silence(told: offers.Silence) -> None:
    """Nobody answered in time: a pre-school place stays and a person calls, an early-education seat goes to others."""
    of_form: Mapping[int, str] = {
        pk: content["form"]
        for pk, content in Offer.objects.filter(pk__in=among(told.offers)).values_list("pk", "content")
    }
    calls.ask_of_many((pk for pk, form in of_form.items() if form == "preschool"), "silent", at=told.at)
    others = [pk for pk, form in of_form.items() if form != "preschool"]
    if others:
        placements.give_up_many(others, actor=told.actor, at=told.at)
        better = Placement.objects.filter(
            offer__in=among(others), state=PlacementState.GIVEN_UP, replaces__state=PlacementState.KEPT
        )
        for placement in better.select_related("replaces__offer"):
            _give_back(placement, actor=told.actor, at=told.at)


def withdrawn(offer: Offer, at: datetime) -> None:
    """An offer taken back frees the seat it held; one that a better place replaced has been moved on already."""
    placement = of_offer(offer)
    if placement is None:
        return
    # What was given later in its place is that one's: its offer is on its way.
    ours = placement.offer_id == offer.pk or placement.pk == offer.content["placement"]
    if ours and placement.state == PlacementState.HELD:
        placements.withdraw(placement, actor=telling.MACHINE, at=at)
        _give_back(placement, actor=telling.MACHINE, at=at)


def by_phone(offer: Offer, *, takes: bool, actor: Actor, at: datetime, on: date) -> None:
    """What a family said on the phone, also after its time to answer is over; in the caller's transaction."""
    row = Offer.objects.select_for_update(of=("self",)).select_related("run").get(pk=offer.pk)
    if row.state in (OfferState.RELEASED, OfferState.SENT, OfferState.OPENED):
        offers.answer(row, "accepted" if takes else "declined", actor=actor, at=at, on=on, details={"how": "phone"})
        return
    placement = of_offer(row)
    if placement is None or placement.state not in HOLDING:
        return
    if takes and placement.state == PlacementState.HELD:
        placements.accept(placement, actor=actor, at=at)
        placement.refresh_from_db()
        place_cases.open_case(row, placement, as_offered=True, actor=actor, at=at, on=on, source="phone")
    elif not takes:
        place_cases.withdraw_open(row, actor=actor, at=at)
        placements.give_up(placement, actor=actor, at=at)
        _give_back(placement, actor=actor, at=at)


def object_to_answer(offer: Offer, words: str, *, actor: Actor, at: datetime) -> None:
    """The other guardian does not agree with the answer given: nothing is decided before a person has called both.

    Raises Refused, and NotPossible while nobody has answered.
    """
    require(actor, "childcare.object", offer)
    with transaction.atomic():
        row = Offer.objects.select_for_update(of=("self",)).get(pk=offer.pk)
        if not row.answer:
            raise NotPossible(NOT_ANSWERED)
        calls.ask(row, "disagreement", at=at, person=actor.person, words=words)
        place_cases.refer_open(row, at=at)
        said: dict[str, Any] = {"person": row.subject_id}
        audit.write(actor, "childcare.object", f"offer:{row.pk}", at, said, RETENTION)
