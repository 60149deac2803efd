# SPDX-License-Identifier: EUPL-1.2
"""Who may do what in the summer voucher."""

from dataclasses import dataclass

from django.db.models import Q

from ennakko.kernel.access import Action, Actor, all_of, anyone, guardian_at, owner_at, role, strong, system
from ennakko.kernel.access.grants import NO_ROWS, Holds, OfKind
from ennakko.kernel.access.reasons import OWNER
from ennakko.kernel.access.roles import ADVISER, PROTECTED_CLERK
from ennakko.services.summer_voucher.access_claims import CLAIM_ACTIONS
from ennakko.services.summer_voucher.reasons import CLERKS as CLERKS
from ennakko.services.summer_voucher.roles import DIRECTOR as DIRECTOR
from ennakko.services.summer_voucher.roles import HANDLER as HANDLER
from ennakko.services.summer_voucher.roles import OFFICIAL as OFFICIAL
from ennakko.services.summer_voucher.roles import ROLES as ROLES
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


@dataclass(frozen=True, slots=True)
class Opener:
    """Somebody signed in strongly who opened the case: also one whom the registers do not know. `path` leads to it."""

    path: str = ""
    reason: Text = OWNER

    def allows(self, actor: Actor, obj: object | None) -> bool:
        if actor.kind != "resident" or not actor.strong:
            return False
        case = getattr(obj, self.path, None) if self.path else obj
        return obj is None or getattr(case, "opened_by", None) == actor.subject

    def rows(self, actor: Actor) -> Q:
        if not self.allows(actor, None):
            return NO_ROWS
        return Q(**{f"{self.path}__opened_by" if self.path else "opened_by": actor.subject})


def not_protected(path: str) -> Holds:
    """Rows whose person, found at `path`, is not under non-disclosure: the others one named clerk handles."""
    return Holds(
        lambda obj: not getattr(getattr(obj, path, None), "non_disclosure", False),
        Q(**{f"{path}__isnull": True}) | Q(**{f"{path}__non_disclosure": False}),
        CLERKS,
    )


CLERK = role(PROTECTED_CLERK)

ACTIONS = (
    Action(
        "summer-voucher.answer",
        text(fi="Vastaa tarjoukseen", sv="Svara på erbjudandet", en="Answer the offer"),
        who=(
            owner_at("subject"),
            BY_LINK,
            all_of(role(HANDLER), not_protected("subject")),
            all_of(role(ADVISER), not_protected("subject")),
            CLERK,
        ),
    ),
    Action(
        "summer-voucher.see-own",
        text(fi="Katso oma seteli", sv="Se din egen sedel", en="See your own voucher"),
        who=(all_of(owner_at("person"), strong), Opener("case")),
    ),
    Action(
        "summer-voucher.anticipate",
        text(fi="Käy läpi asukkaat", sv="Gå igenom invånarna", en="Screen the residents"),
        who=(system, role(OFFICIAL)),
    ),
    Action(
        "summer-voucher.release",
        text(fi="Lähetä setelit matkaan", sv="Skicka ut sedlarna", en="Send the vouchers out"),
        who=(role(OFFICIAL),),
    ),
    Action(
        "summer-voucher.see-as-guardian",
        text(fi="Katso lapsesi seteli", sv="Se ditt barns sedel", en="See your child's voucher"),
        who=(all_of(guardian_at("subject"), strong),),
    ),
    Action(
        "summer-voucher.apply",
        text(fi="Hae seteliä", sv="Ansök om sedel", en="Apply for a voucher"),
        who=(anyone,),
    ),
    Action(
        "summer-voucher.own-application",
        text(fi="Täydennä hakemusta", sv="Komplettera ansökan", en="Add to your application"),
        who=(all_of(owner_at("subject"), strong), Opener(), BY_LINK, role(HANDLER), role(ADVISER)),
    ),
    Action(
        "summer-voucher.check",
        text(fi="Tarkista hakemukset", sv="Kontrollera ansökningar", en="Check applications"),
        who=(system,),
    ),
    Action(
        "summer-voucher.handle",
        text(fi="Käsittele hakemuksia", sv="Handlägg ansökningar", en="Handle applications"),
        who=(
            all_of(role(HANDLER), not_protected("subject")),
            all_of(role(OFFICIAL), not_protected("subject")),
            CLERK,
            system,
        ),
    ),
    Action(
        "summer-voucher.decide",
        text(fi="Päätä hakemuksista", sv="Besluta om ansökningar", en="Decide applications"),
        who=(all_of(role(OFFICIAL), not_protected("subject")), CLERK),
    ),
    Action(
        "summer-voucher.counter",
        text(fi="Palvele nuorta tiskillä", sv="Betjäna en ung vid disken", en="Serve a youth at the counter"),
        who=(role(HANDLER), role(ADVISER)),
    ),
    Action(
        "summer-voucher.reissue",
        text(fi="Anna uusi numero", sv="Ge ett nytt nummer", en="Give a new number"),
        who=(all_of(role(HANDLER), not_protected("person")), CLERK, all_of(owner_at("person"), strong), Opener("case")),
    ),
    Action(
        "summer-voucher.void",
        text(fi="Mitätöi seteli", sv="Makulera sedeln", en="Void the voucher"),
        who=(all_of(role(HANDLER), not_protected("person")), CLERK, system),
    ),
    Action(
        "summer-voucher.call",
        text(fi="Soita pyynnöstä", sv="Ring på begäran", en="Call as asked"),
        who=(all_of(role(HANDLER), not_protected("subject")), all_of(role(ADVISER), not_protected("subject")), CLERK),
    ),
    Action(
        "summer-voucher.figures",
        text(fi="Katso tilannekuva", sv="Se lägesbilden", en="See the situation"),
        who=(role(DIRECTOR), role(OFFICIAL), system),
    ),
    *CLAIM_ACTIONS,
)
