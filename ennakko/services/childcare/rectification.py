# SPDX-License-Identifier: EUPL-1.2
"""Requests for rectification of places and fees: a guardian files, somebody else than who decided prepares.

A place in early education: the municipality's body (540/2018 62 §). Pre-school: the state's supervisory agency, to
which the city passes the request on with its statement (628/1998 42 §). The fee: the body of early education
(1503/2016 20 §). Those who handle places prepare the first two, the official of fees the third; of a child under
non-disclosure the named clerk alone.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from ennakko.kernel.access import Actor, all_of, guardian_at, role, strong
from ennakko.kernel.access.grants import NO_ROWS, Holds
from ennakko.kernel.access.reasons import GUARDIAN
from ennakko.kernel.cases.models import Case
from ennakko.kernel.cases.rectification import Rectification, rectification_of
from ennakko.kernel.records import RecordsPlan
from ennakko.services.childcare.access_offers import open_to_staff
from ennakko.services.childcare.access_places import CLERK
from ennakko.services.childcare.roles import FEE_OFFICIAL, OFFICIAL, SERVICE_WORKER
from ennakko.values.texts import Text, text

SERVICE = "childcare"
FEE = "fee"
KEPT = 10 * 365
OF_PLACES = text(
    fi="Paikkojen oikaisuvaatimukset valmistelee paikkojen käsittelijä.",
    sv="Omprövning av platser bereds av dem som handlägger platser.",
    en="Requests about places are prepared by those who handle places.",
)
OF_FEES = text(
    fi="Maksujen oikaisuvaatimukset valmistelee maksuista päättävä viranhaltija.",
    sv="Omprövning av avgifter bereds av den tjänsteinnehavare som beslutar om avgifter.",
    en="Requests about fees are prepared by the official who decides on fees.",
)


def _original(case: Any) -> Any:
    """The case whose decision is contested: the request's, or the case itself before there is a request."""
    contested = getattr(case, "contested", None)
    return contested.case if contested is not None else case


_IS_FEE = "contested__case__kind"
about_places = Holds(lambda case: _original(case).kind != FEE, ~Q(**{_IS_FEE: FEE}), OF_PLACES)
about_fees = Holds(lambda case: _original(case).kind == FEE, Q(**{_IS_FEE: FEE}), OF_FEES)


@dataclass(frozen=True, slots=True)
class ToldOfContested:
    """A guardian who was told of the offer from which the contested decision came."""

    reason: Text = GUARDIAN

    def allows(self, actor: Actor, obj: object | None) -> bool:
        if actor.kind != "resident" or actor.person is None or not actor.strong:
            return False
        if obj is None:
            return True
        offer = _original(obj).offer
        return offer is not None and offer.recipients.filter(person=actor.person).exists()

    def rows(self, actor: Actor) -> Q:
        if not self.allows(actor, None):
            return NO_ROWS
        return Q(contested__case__offer__recipients__person=actor.person)


def told(case: Case) -> Sequence[int]:
    """The guardians who were told of the offer; the child is written to in no matter of theirs."""
    offer = _original(case).offer
    if offer is None:
        return ()
    rows = offer.recipients.exclude(person=None).order_by("id").values_list("person", flat=True)
    return list(dict.fromkeys(rows))


PLAN = RecordsPlan(
    "rectification", "12",
    text(fi="Oikaisuvaatimus varhaiskasvatuksen päätökseen", sv="Begäran om omprövning av ett beslut i "
         "småbarnspedagogiken", en="Request for rectification of a decision of early education"),
    "secret",
    # Our reading, as of the matters themselves: client data of early education and pupil data of pre-school.
    text(fi="Varhaiskasvatuslaki 540/2018, 40 §; julkisuuslaki 621/1999, 24 § 1 momentti 23, 25 ja 30 kohta",
         sv="Lagen om småbarnspedagogik 540/2018, 40 §; offentlighetslagen 621/1999, 24 § 1 mom. 23, 25 och 30 punkten",
         en="Act on Early Childhood Education and Care 540/2018, section 40; Openness Act 621/1999, section 24, "
         "subsection 1, points 23, 25 and 30"),
    KEPT, secrecy_years=100,
)  # fmt: skip


def rectification() -> Rectification:
    """Built when the municipality's appeals are known."""
    return rectification_of(
        SERVICE,
        handlers=(
            all_of(role(SERVICE_WORKER), open_to_staff, about_places),
            all_of(role(OFFICIAL), open_to_staff, about_places),
            all_of(role(FEE_OFFICIAL), open_to_staff, about_fees),
            CLERK,
        ),
        owners=(all_of(guardian_at("subject"), ToldOfContested(), strong),),
        elsewhere={"childcare.preschool-place": "childcare.preschool-rectified"},
        told=told,
    )
