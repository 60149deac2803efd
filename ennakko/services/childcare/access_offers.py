# SPDX-License-Identifier: EUPL-1.2
"""Who may do what with offers of places, their answers, decisions and fees. Units and rounds stand in `access_places`.

The subject of offers and cases is the child. A guardian is let in only with an offer of which they were told: in a
family under non-disclosure that is the guardian of the child's own household, nobody else.
"""

from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from ennakko.kernel.access import Action, Actor, all_of, guardian_at, role, strong, system
from ennakko.kernel.access.grants import NO_ROWS, Holds, OfKind
from ennakko.kernel.access.reasons import GUARDIAN
from ennakko.kernel.access.roles import ADVISER
from ennakko.services.childcare.access_places import CLERK, PROTECTED
from ennakko.services.childcare.roles import DIRECTOR, FEE_OFFICIAL, OFFICIAL, SERVICE_WORKER
from ennakko.services.childcare.states_cases import (
    ANSWER,
    DECIDE,
    DECIDE_FEES,
    HANDLE,
    HANDLE_FEES,
    OWN,
    TELL_INCOME,
)
from ennakko.values.texts import Text, text

BY_LINK = OfKind(
    frozenset({"anonymous"}),
    text(
        fi="Avaa tarjous viestissä olevasta linkistä.",
        sv="Öppna erbjudandet via länken i meddelandet.",
        en="Open the offer by the link in the message.",
    ),
)
"""Somebody not signed in: the link's token is the proof, and only harmless answers can be given by it."""

open_to_staff = Holds(
    lambda row: not getattr(getattr(row, "subject", None), "non_disclosure", False),
    Q(subject__isnull=True) | Q(subject__non_disclosure=False),
    PROTECTED,
)
"""Offers and cases of children who are not under non-disclosure."""
open_call = Holds(lambda row: not getattr(row, "protected", False), Q(protected=False), PROTECTED)
"""Calls to families that are not under non-disclosure."""


@dataclass(frozen=True, slots=True)
class ToldOfOffer:
    """A guardian who was told of the child's offer; `path` leads from the row to the offer ("": the offer itself)."""

    path: str = ""
    reason: Text = GUARDIAN

    def allows(self, actor: Actor, obj: object | None) -> bool:
        if actor.kind != "resident" or actor.person is None or not actor.strong:
            return False
        if obj is None:
            return True
        offer: Any = getattr(obj, self.path) if self.path else obj
        return offer is not None and offer.recipients.filter(person=actor.person).exists()

    def rows(self, actor: Actor) -> Q:
        if not self.allows(actor, None):
            return NO_ROWS
        return Q(**{f"{self.path}__recipients__person" if self.path else "recipients__person": actor.person})


guardian_told = all_of(guardian_at("subject"), ToldOfOffer(), strong)
STAFF = (all_of(role(SERVICE_WORKER), open_to_staff), all_of(role(ADVISER), open_to_staff), CLERK)

OFFER_ACTIONS = (
    Action(
        ANSWER,
        text(fi="Vastaa tarjottuun paikkaan", sv="Svara på den erbjudna platsen", en="Answer the offered place"),
        who=(guardian_told, BY_LINK, *STAFF),
    ),
    Action(
        OWN,
        text(fi="Täydennä omaa asiaasi", sv="Komplettera ditt ärende", en="Add to your own matter"),
        who=(all_of(guardian_at("subject"), ToldOfOffer("offer"), strong), *STAFF, system),
    ),
    Action(
        "childcare.see-offer",
        text(fi="Katso lapsesi tarjousta", sv="Se ditt barns erbjudande", en="See your child's offer"),
        who=(guardian_told, *STAFF),
    ),
    Action(
        "childcare.object",
        text(fi="Kerro olevasi eri mieltä", sv="Berätta att du är av annan åsikt", en="Say that you do not agree"),
        who=(guardian_told,),
    ),
    Action(
        "childcare.call",
        text(fi="Soita perheelle", sv="Ring familjen", en="Call the family"),
        who=(all_of(role(SERVICE_WORKER), open_call), all_of(role(ADVISER), open_call), CLERK),
    ),
    Action(
        "childcare.counter",
        text(fi="Palvele perhettä", sv="Betjäna en familj", en="Serve a family"),
        who=(role(SERVICE_WORKER), role(ADVISER)),
    ),
    Action(
        HANDLE,
        text(fi="Käsittele paikka-asioita", sv="Handlägg platsärenden", en="Handle matters of places"),
        who=(all_of(role(SERVICE_WORKER), open_to_staff), all_of(role(OFFICIAL), open_to_staff), CLERK, system),
    ),
    Action(
        DECIDE,
        text(fi="Päätä paikoista", sv="Besluta om platser", en="Decide on places"),
        who=(all_of(role(OFFICIAL), open_to_staff), CLERK),
    ),
    Action(
        TELL_INCOME,
        text(fi="Ilmoita tulot maksua varten", sv="Uppge inkomster för avgiften", en="Tell the income for the fee"),
        who=(
            all_of(guardian_at("subject"), strong),
            all_of(role(SERVICE_WORKER), open_to_staff), all_of(role(FEE_OFFICIAL), open_to_staff), CLERK,
        ),
    ),
    Action(
        HANDLE_FEES,
        text(fi="Käsittele maksuja", sv="Handlägg avgifter", en="Handle fees"),
        who=(all_of(role(FEE_OFFICIAL), open_to_staff), CLERK, system),
    ),
    Action(
        DECIDE_FEES,
        text(fi="Päätä maksuista", sv="Besluta om avgifter", en="Decide on fees"),
        who=(all_of(role(FEE_OFFICIAL), open_to_staff), CLERK),
    ),
    Action(
        "childcare.figures",
        text(fi="Katso paikkojen tilannekuva", sv="Se lägesbilden för platserna", en="See the situation of places"),
        who=(role(DIRECTOR), role(OFFICIAL), system),
    ),
)  # fmt: skip
