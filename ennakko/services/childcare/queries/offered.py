# SPDX-License-Identifier: EUPL-1.2
"""What a guardian sees of the offer of a place: the place and its reasons, what can be done, and what came of it."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet

from ennakko.kernel import offers
from ennakko.kernel.access import Actor, require
from ennakko.kernel.cases.models import Case, Decision
from ennakko.kernel.offers import queries as offer_queries
from ennakko.kernel.offers.models import Offer
from ennakko.kernel.offers.states import ANSWERABLE, OfferState, Verb
from ennakko.services.childcare.explaining import explain, unit_names
from ennakko.services.childcare.explaining_more import FURTHER, sentences
from ennakko.services.childcare.models import Call, Placement
from ennakko.services.childcare.needs_words import Need, assumptions
from ennakko.services.childcare.offer import unit_name
from ennakko.services.childcare.offer_words import FORMS
from ennakko.services.childcare.queries.offers_place import of_offer
from ennakko.services.childcare.states import HOLDING, PlacementState
from ennakko.services.childcare.states_cases import CaseState
from ennakko.values.texts import Text, text

SERVICE = "childcare"
METRES_A_MINUTE = 80
"""A walk of 80 metres a minute: 1,280 m in 16 minutes, as the City counts near."""


@dataclass(frozen=True, slots=True)
class OfferView:
    """Everything on the offer's page. Distances in metres, way on foot in minutes; None where no way is known.

    `answerable`: it can be answered now; `undoable`: a no can be taken back now. `mine`: the reader gave the answer
    (None while there is none). `may_object`: another answered, and the reader may say that they do not agree.
    `kept`: the unit whose place the child keeps until this better one is answered. `place`: the matter of the place,
    `fee`: that of the fee, each with its decision where there is one.
    """

    offer: Offer
    child: str
    form: str
    title: Text
    unit: Text
    address: str
    starts: date
    metres: int | None
    minutes: int | None
    estimated: bool
    answer_by: date
    state: Text
    answerable: bool
    undoable: bool
    given: Text | None
    mine: bool | None
    may_object: bool
    disagreement: bool
    call_waits: bool
    others: tuple[str, ...]
    assumed: tuple[Need, ...]
    reasons: tuple[Text, ...]
    placement: Placement | None
    kept: Text | None
    place: Case | None
    decision: Decision | None
    fee: Case | None
    fee_decision: Decision | None

    @property
    def taken(self) -> bool:
        """Whether the family has the place now."""
        return self.placement is not None and self.placement.state == "accepted"

    @property
    def costs(self) -> bool:
        """Whether the place costs anything: pre-school itself is free."""
        return self.form != "preschool"

    def reasons_in(self, language: str) -> tuple[str, ...]:
        """The reasons in any language of the offer."""
        if language in FURTHER:
            found = self.placement.reasons if self.placement is not None else {}
            names = unit_names([one["pool"] for one in found.get("nearer") or ()])
            units = {pool: name.in_(language) for pool, name in names.items()}
            return sentences(found, language, metres=self.metres, minutes=self.minutes, units=units)
        return tuple(one.in_(language) for one in self.reasons)


def minutes_of(metres: int | None) -> int | None:
    """Whole minutes on foot, rounded up; None where no way is known."""
    return None if metres is None else -(-metres // METRES_A_MINUTE)


def told_offers(actor: Actor) -> "QuerySet[Offer]":
    """Offers of places that a guardian was told of, the newest first; nobody else's."""
    if actor.kind != "resident" or actor.person is None or not actor.strong:
        return Offer.objects.none()
    return offer_queries.told_to(actor.person).filter(service=SERVICE).exclude(state=OfferState.WITHDRAWN)


def view_of(actor: Actor, offer: Offer, *, on: date) -> OfferView:
    """The page of an offer for a guardian who was told of it, or for staff who serve the family; raises Refused."""
    require(actor, "childcare.see-offer", offer)
    content: dict[str, Any] = offer.content
    placement = of_offer(offer)
    pool = placement.pool if placement is not None and placement.state in HOLDING else None
    unit, address, metres = unit_name(content), content["unit_address"], content.get("metres")
    if pool is not None and placement is not None and pool.unit_id != content["unit"]:
        unit = text(fi=pool.unit.name_fi, sv=pool.unit.name_sv, en=pool.unit.name_en)
        address, metres = _address(pool.unit), placement.metres
    answerable = offer.state in ANSWERABLE and on <= offer.answer_by
    mine = _mine(actor, offer)
    calls = set(Call.objects.filter(offer=offer, done_at=None).values_list("why", flat=True))
    cases = {case.kind: case for case in Case.objects.filter(offer=offer, service=SERVICE).order_by("opened_at", "pk")}
    place, fee = cases.get("place") or cases.get("preschool-place"), cases.get("fee")
    decided = {
        one.case_id: one
        for one in Decision.objects.filter(case__in=[each for each in (place, fee) if each]).order_by("decided_at")
    }
    choice = offers.kind_of(SERVICE).choice(offer.answer)
    return OfferView(
        offer=offer,
        child=offer.subject.given_names.split()[0] if offer.subject and offer.subject.given_names else "",
        form=content["form"],
        title=FORMS[content["form"]],
        unit=unit,
        address=address,
        starts=date.fromisoformat(content["starts"]),
        metres=metres,
        minutes=minutes_of(metres),
        estimated=bool(placement is not None and placement.estimated),
        answer_by=offer.answer_by,
        state=offers.state_name(offer),
        answerable=answerable,
        undoable=offer.state == OfferState.DECLINED and on <= offer.answer_by,
        given=choice.label if choice else None,
        mine=mine,
        may_object=actor.kind == "resident" and mine is False and "disagreement" not in calls,
        disagreement="disagreement" in calls,
        call_waits="asked" in calls,
        others=tuple(_others(actor, offer)),
        assumed=tuple(assumptions(placement)) if placement is not None else (),
        reasons=explain(placement).sentences if placement is not None else (),
        placement=placement,
        kept=_kept(placement),
        place=place if place is not None and place.state != CaseState.WITHDRAWN else None,
        decision=decided.get(place.pk) if place is not None else None,
        fee=fee if fee is not None and fee.state != CaseState.WITHDRAWN else None,
        fee_decision=decided.get(fee.pk) if fee is not None else None,
    )


def _kept(placement: Placement | None) -> Text | None:
    earlier = placement.replaces if placement is not None else None
    if earlier is None or earlier.state != PlacementState.KEPT or earlier.pool is None:
        return None
    unit = earlier.pool.unit
    return text(fi=unit.name_fi, sv=unit.name_sv, en=unit.name_en)


def _address(unit: Any) -> str:
    return ", ".join(part for part in (unit.street_address, unit.postal_code) if part)


ANSWERS = (Verb.ACCEPT, Verb.CHANGE, Verb.DECLINE)


def _mine(actor: Actor, offer: Offer) -> bool | None:
    """Whether the answer that stands is the reader's own: signed in, or by the link that was theirs."""
    if not offer.answer:
        return None
    last = offer.events.filter(verb__in=ANSWERS).order_by("-at", "-id").first()
    if last is None:
        return None
    if last.by == actor.subject:
        return True
    recipient = (last.details.get("told") or {}).get("recipient")
    return recipient is not None and offer.recipients.filter(pk=recipient, person=actor.person).exists()


def _others(actor: Actor, offer: Offer) -> list[str]:
    """The other guardians who were told, by name: they hold the custody together with the reader."""
    rows = offer.recipients.filter(role="guardian").exclude(person=actor.person).select_related("person")
    return [f"{one.person.given_names.split()[0]} {one.person.surname}" for one in rows if one.person is not None]
