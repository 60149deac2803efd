# SPDX-License-Identifier: EUPL-1.2
"""What a resident who is served at the counter has with us this year."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from ennakko.kernel import offers
from ennakko.kernel.offers.models import Offer
from ennakko.kernel.offers.queries import of_person as offers_of
from ennakko.kernel.offers.states import ANSWERABLE, OfferState
from ennakko.kernel.registers import contact_of
from ennakko.services.summer_voucher.conditions import SERVICE
from ennakko.services.summer_voucher.counter import Serving
from ennakko.services.summer_voucher.models import Application, Voucher
from ennakko.services.summer_voucher.queries.applications import of_person
from ennakko.services.summer_voucher.states import LIVE, NAMES, VoucherState
from ennakko.values.texts import Text


@dataclass(frozen=True, slots=True)
class Errand:
    """The year's offer and what can be done to it, the state of the voucher, and the applications."""

    offer: Offer | None
    offer_state: Text | None
    answerable: bool
    undoable: bool
    voucher: Text | None
    applications: tuple[Application, ...]


def errand_of(person: int, *, on: date) -> Errand:
    """Of a resident in the register; never the number of the voucher, which is the youth's own."""
    offer = offers_of(person).filter(service=SERVICE, round=str(on.year)).first()
    voucher = Voucher.objects.filter(person=person, year=on.year, state__in=LIVE).first()
    in_time = offer is not None and on <= offer.answer_by
    return Errand(
        offer=offer,
        offer_state=offers.state_name(offer) if offer is not None else None,
        answerable=offer is not None and in_time and offer.state in ANSWERABLE,
        undoable=offer is not None and in_time and offer.state == OfferState.DECLINED,
        voucher=NAMES[VoucherState(voucher.state)] if voucher is not None and _told(voucher) else None,
        applications=tuple(case.summer_voucher_application for case in of_person(person)),
    )


def _told(voucher: Voucher) -> bool:
    return voucher.offer is None or voucher.offer.state != OfferState.MADE


def known_of(serving: Serving) -> dict[str, Any]:
    """What need not be asked: the identity code, and the name where the register knows it."""
    known: dict[str, Any] = {"social_security_number": serving.identity_code}
    contact = contact_of(serving.person) if serving.person is not None else None
    if contact is not None:
        known |= {"first_name": contact.given_names, "last_name": contact.surname}
    return known
