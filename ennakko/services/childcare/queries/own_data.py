# SPDX-License-Identifier: EUPL-1.2
"""What the service keeps of a guardian and of the children whose offers they were told of."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from ennakko.kernel.access import Actor, Refused, require
from ennakko.kernel.access.reasons import STRONG
from ennakko.kernel.cases.models import Case
from ennakko.kernel.offers.events import state_name
from ennakko.kernel.offers.models import Offer
from ennakko.kernel.ui.filters import day, money, say
from ennakko.services.childcare.models import Call, NeedCorrection, WaitWish
from ennakko.services.childcare.offer import unit_name
from ennakko.services.childcare.queries.offered import told_offers
from ennakko.services.childcare.states_cases import FEE_NAMES, PLACE_NAMES
from ennakko.values.texts import Text, text

KEPT = text(
    fi="Vastaamatta jäänyt tarjous poistetaan vuoden kuluttua. Päätökset tuloineen säilytetään asiakirjojen "
    "säilytysajan.",
    sv="Ett obesvarat erbjudande förstörs efter ett år. Besluten med inkomstuppgifter förvaras den tid som gäller för "
    "handlingarna.",
    en="An unanswered offer is destroyed after a year. Decisions with their incomes are kept for the time set for "
    "records.",
)
LABELS = {
    "offer": text(fi="Tarjous", sv="Erbjudande", en="Offer"),
    "answered": text(fi="Vastaus", sv="Svar", en="Answer"),
    "told": text(fi="Korjaukset", sv="Rättelser", en="Corrections"),
    "wish": text(fi="Toive toisesta yksiköstä", sv="Önskemål om en annan enhet", en="Wish for another unit"),
    "call": text(fi="Soitto", sv="Samtal", en="Call"),
    "case": text(fi="Asia", sv="Ärende", en="Matter"),
    "income": text(fi="Ilmoitetut tulot", sv="Uppgivna inkomster", en="Income told"),
}


@dataclass(frozen=True, slots=True)
class OwnData:
    """Rows of label and words by child, and how long they are kept."""

    children: tuple["ChildData", ...]
    kept: Text = KEPT

    def as_json(self) -> dict[str, Any]:
        """The same as plain values, for a file."""
        return {"children": [{"name": one.name, "rows": [list(row) for row in one.rows]} for one in self.children]}


@dataclass(frozen=True, slots=True)
class ChildData:
    """One child's rows."""

    name: str
    rows: tuple[tuple[str, str], ...]


def own_data(actor: Actor) -> OwnData:
    """Everything of the reader and their children; raises Refused for anybody but a resident signed in strongly."""
    if actor.kind != "resident" or actor.person is None or not actor.strong:
        raise Refused(STRONG, "childcare.see-offer")
    rows: dict[int, tuple[str, list[tuple[str, str]]]] = {}
    for offer in told_offers(actor).select_related("subject", "run"):
        require(actor, "childcare.see-offer", offer)
        name = offer.subject.given_names if offer.subject else ""
        rows.setdefault(offer.subject_id or 0, (name, []))[1].extend(_of(offer))
    return OwnData(tuple(ChildData(name, tuple(found)) for name, found in rows.values()))


def _of(offer: Offer) -> list[tuple[str, str]]:
    unit = f"{say(unit_name(offer.content))}, {day_of(offer.content['starts'])}"
    found = [(say(LABELS["offer"]), f"{unit}: {say(state_name(offer))}")]
    if offer.answered_at:
        found.append((say(LABELS["answered"]), day(offer.answered_at)))
    for told in NeedCorrection.objects.filter(child=offer.subject_id or 0).order_by("told_at"):
        found.append((say(LABELS["told"]), f"{told.need}: {told.value}"))
    for wish in WaitWish.objects.filter(child=offer.subject_id or 0).select_related("unit").order_by("rank"):
        found.append((say(LABELS["wish"]), wish.unit.name_fi))
    for call in Call.objects.filter(offer=offer).order_by("asked_at"):
        found.append((say(LABELS["call"]), f"{day(call.asked_at)} {call.words}".strip()))
    for case in Case.objects.filter(offer=offer, service="childcare").order_by("opened_at"):
        names = FEE_NAMES if case.kind == "fee" else PLACE_NAMES
        found.append((say(LABELS["case"]), f"{case.number}: {say(names[case.state])}"))
        if case.kind == "fee":
            told_sums = ", ".join("–" if one is None else money(one) for one in case.data.get("incomes", []))
            found.append((say(LABELS["income"]), told_sums))
    return found


def day_of(iso: str) -> str:
    """A stored day as it is read."""
    return day(date.fromisoformat(iso))
