# SPDX-License-Identifier: EUPL-1.2
"""Who may do what in the summer voucher."""

from django.db.models import Q

from ennakko.kernel.access import Action, StaffRole, all_of, anyone, guardian_at, owner_at, role, strong, system
from ennakko.kernel.access.grants import Holds, OfKind
from ennakko.kernel.access.roles import ADVISER, PROTECTED_CLERK
from ennakko.values.texts import text

BY_LINK = OfKind(
    frozenset({"anonymous"}),
    text(
        fi="Avaa tarjous viestissä olevasta linkistä.",
        sv="Öppna erbjudandet via länken i meddelandet.",
        en="Open the offer by the link in the message.",
    ),
)
"""Somebody not signed in: the link's token is the proof, and only harmless answers can be given by it."""

OPEN_TO_HANDLERS = Holds(
    lambda obj: not getattr(getattr(obj, "subject", None), "non_disclosure", False),
    Q(subject__isnull=True) | Q(subject__non_disclosure=False),
    text(
        fi="Tätä asiaa hoitaa nimetty turvakieltoasioiden hoitaja.",
        sv="Det här ärendet sköts av den utsedda handläggaren för spärrmarkering.",
        en="This matter is handled by the named clerk for non-disclosure.",
    ),
)
"""Everything but the matters of those under non-disclosure, which one named clerk handles."""

HANDLER = "summer-voucher.handler"
OFFICIAL = "summer-voucher.decision-maker"
DIRECTOR = "director"

ROLES = (
    StaffRole(
        HANDLER, text(fi="Kesäsetelin käsittelijä", sv="Sommarsedelns handläggare", en="Handler of the summer voucher")
    ),
    StaffRole(
        OFFICIAL,
        text(fi="Kesäsetelistä päättävä viranhaltija", sv="Tjänsteinnehavare som beslutar om sommarsedeln",
             en="Official who decides on the summer voucher"),
    ),
)  # fmt: skip

ACTIONS = (
    Action(
        "summer-voucher.answer",
        text(fi="Vastaa tarjoukseen", sv="Svara på erbjudandet", en="Answer the offer"),
        who=(owner_at("subject"), BY_LINK, role(HANDLER), role(ADVISER)),
    ),
    Action(
        "summer-voucher.see-own",
        text(fi="Katso oma seteli", sv="Se din egen sedel", en="See your own voucher"),
        who=(all_of(owner_at("person"), strong),),
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
        who=(all_of(owner_at("subject"), strong), BY_LINK, role(HANDLER), role(ADVISER)),
    ),
    Action(
        "summer-voucher.check",
        text(fi="Tarkista hakemukset", sv="Kontrollera ansökningar", en="Check applications"),
        who=(system,),
    ),
    Action(
        "summer-voucher.handle",
        text(fi="Käsittele hakemuksia", sv="Handlägg ansökningar", en="Handle applications"),
        who=(all_of(role(HANDLER), OPEN_TO_HANDLERS), role(PROTECTED_CLERK), system),
    ),
    Action(
        "summer-voucher.decide",
        text(fi="Päätä hakemuksista", sv="Besluta om ansökningar", en="Decide applications"),
        who=(all_of(role(OFFICIAL), OPEN_TO_HANDLERS), all_of(role(OFFICIAL), role(PROTECTED_CLERK))),
    ),
    Action(
        "summer-voucher.counter",
        text(fi="Palvele nuorta tiskillä", sv="Betjäna en ung vid disken", en="Serve a youth at the counter"),
        who=(role(HANDLER), role(ADVISER)),
    ),
    Action(
        "summer-voucher.reissue",
        text(fi="Anna uusi numero", sv="Ge ett nytt nummer", en="Give a new number"),
        who=(role(HANDLER), all_of(owner_at("person"), strong)),
    ),
    Action(
        "summer-voucher.void",
        text(fi="Mitätöi seteli", sv="Makulera sedeln", en="Void the voucher"),
        who=(role(HANDLER), system),
    ),
    Action(
        "summer-voucher.call",
        text(fi="Soita pyynnöstä", sv="Ring på begäran", en="Call as asked"),
        who=(role(HANDLER), role(ADVISER)),
    ),
    Action(
        "summer-voucher.figures",
        text(fi="Katso tilannekuva", sv="Se lägesbilden", en="See the situation"),
        who=(role(DIRECTOR), role(OFFICIAL), system),
    ),
)
