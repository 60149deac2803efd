# SPDX-License-Identifier: EUPL-1.2
"""The call list: calls that wait, and families that have not answered after both reminders."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Prefetch, QuerySet

from ennakko.kernel.access import Actor, visible
from ennakko.kernel.access.roles import PROTECTED_CLERK
from ennakko.kernel.offers.models import Offer, Recipient
from ennakko.kernel.offers.states import ANSWERABLE
from ennakko.services.childcare.models import Call
from ennakko.services.childcare.offer import REMINDERS, unit_name
from ennakko.values.texts import Text, text

SERVICE = "childcare"
MOST = 200
WHY: dict[str, Text] = {
    "asked": text(fi="Pyysi soittoa", sv="Bad om ett samtal", en="Asked for a call"),
    "silent": text(
        fi="Esiopetuspaikkaan ei vastattu ajoissa", sv="Förskoleplatsen besvarades inte i tid",
        en="The pre-school place was not answered in time",
    ),
    "disagreement": text(
        fi="Huoltajat ovat eri mieltä", sv="Vårdnadshavarna är av olika åsikt", en="The guardians do not agree"
    ),
    "elsewhere": text(
        fi="Esiopetuspaikkaa ei tarvita: missä lapsi on?", sv="Förskoleplatsen behövs inte: var är barnet?",
        en="No pre-school place is needed: where is the child?",
    ),
    "corrected": text(
        fi="Tietoja korjattiin, sopivaa vapaata paikkaa ei löytynyt",
        sv="Uppgifter rättades, ingen lämplig ledig plats hittades",
        en="Facts were put right, and no suitable place is free",
    ),
    "nobody_told": text(
        fi="Kenellekään huoltajalle ei voitu kertoa", sv="Ingen vårdnadshavare kunde nås",
        en="No guardian could be told",
    ),
    "kept_old": text(
        fi="Ei parempaan paikkaan: entinen odottaa vastausta",
        sv="Nej till en bättre plats: den tidigare väntar på svar",
        en="No to a better place: the earlier one waits for an answer",
    ),
    "passed_on": text(
        fi="Ei toivottuun paikkaan: entinen on jo annettu muille",
        sv="Nej till den önskade platsen: den tidigare har redan getts till andra",
        en="No to the wished place: the earlier one has gone to others",
    ),
    "unanswered": text(
        fi="Kaksi muistutusta, ei vastausta", sv="Två påminnelser, inget svar", en="Two reminders, no answer"
    ),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Caller:
    """A guardian as the list shows them: name, phone, the language of their messages."""

    name: str
    phone: str
    language: str


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the call list; `call` is None for a family that has only not answered."""

    call: Call | None
    offer: Offer
    why: Text
    since: datetime | date
    child: str
    unit: Text
    starts: date
    guardians: tuple[Caller, ...]
    answerable: bool


def waiting(actor: Actor) -> "QuerySet[Call]":
    """Calls that wait and that the actor may make."""
    return visible(actor, "childcare.call", Call.objects.filter(done_at=None))


def unanswered(actor: Actor) -> "QuerySet[Offer]":
    """Offers that wait for an answer though both reminders have gone."""
    rows = Offer.objects.filter(service=SERVICE, state__in=ANSWERABLE, reminders__gte=len(REMINDERS))
    if PROTECTED_CLERK not in actor.roles:
        rows = rows.exclude(subject__non_disclosure=True).exclude(recipients__person__non_disclosure=True)
    return rows


def lines(actor: Actor) -> list[Line]:
    """The list, those who asked first and then by the last day to answer; a constant number of queries."""
    told = Prefetch(
        "recipients", Recipient.objects.filter(role="guardian").select_related("person").order_by("id"), "told"
    )
    calls = waiting(actor).select_related("offer__subject").order_by("asked_at", "pk")[:MOST]
    offers = {
        one.pk: one
        for one in Offer.objects.filter(pk__in=[call.offer_id for call in calls])
        .select_related("subject")
        .prefetch_related(told)
    }
    found = [_line(call, offers[call.offer_id], WHY[call.why], call.asked_at) for call in calls]
    silent = (
        unanswered(actor).exclude(pk__in=list(offers)).select_related("subject").prefetch_related(told)
        .order_by("answer_by", "pk")[:MOST]
    )  # fmt: skip
    return found + [_line(None, one, WHY["unanswered"], one.answer_by) for one in silent]


def _line(call: Call | None, offer: Offer, why: Text, since: datetime | date) -> Line:
    guardians = tuple(
        Caller(f"{one.person.given_names} {one.person.surname}", one.person.phone, one.language)
        for one in getattr(offer, "told", ())
        if one.person is not None and (call is None or call.person in (None, one.person_id) or call.why != "asked")
    )
    return Line(
        call, offer, why, since, f"{offer.subject.given_names} {offer.subject.surname}" if offer.subject else "",
        unit_name(offer.content), date.fromisoformat(offer.content["starts"]), guardians, offer.state in ANSWERABLE,
    )  # fmt: skip
