# SPDX-License-Identifier: EUPL-1.2
"""Who may do what with units, rounds and places. Offers, decisions and fees stand in `access_offers`."""

from dataclasses import dataclass

from django.db.models import Q

from ennakko.kernel.access import Action, Actor, all_of, guardian_at, role, strong, system
from ennakko.kernel.access.grants import NO_ROWS, Holds
from ennakko.kernel.access.roles import ADVISER, PROTECTED_CLERK
from ennakko.services.childcare.roles import DIRECTOR, OFFICIAL, SERVICE_WORKER, SUPERVISOR
from ennakko.values.texts import Text, text

PROTECTED = text(
    fi="Turvakiellon alaista lasta palvelee nimetty työntekijä.",
    sv="Ett barn med spärrmarkering betjänas av en namngiven medarbetare.",
    en="A child under non-disclosure is served by one named member of staff.",
)
LEADS = text(
    fi="Yksikön oma johtaja voi tehdä tämän.",
    sv="Enhetens egen föreståndare kan göra det här.",
    en="The unit's own head can do this.",
)

not_protected = Holds(lambda row: not getattr(row, "protected", False), Q(protected=False), PROTECTED)
"""Placements of others than those whom one named clerk alone serves."""
CLERK = role(PROTECTED_CLERK)
BY_HAND, RELEASE_PLACE = "childcare.place-by-hand", "childcare.release-place"


@dataclass(frozen=True, slots=True)
class Leads:
    """The head of the unit that stands at a path ("" for the unit itself)."""

    path: str = ""
    reason: Text = LEADS

    def allows(self, actor: Actor, obj: object | None) -> bool:
        if actor.kind != "staff" or SUPERVISOR not in actor.roles or actor.staff is None:
            return False
        if obj is None:
            return True
        unit = obj
        for name in self.path.split("__") if self.path else ():
            unit = getattr(unit, name, None)
        if unit is None:
            return False
        return any(
            one.member_id == actor.staff and one.last_day is None
            for one in unit.supervisions.all()  # type: ignore[attr-defined]
        )

    def rows(self, actor: Actor) -> Q:
        if not self.allows(actor, None):
            return NO_ROWS
        before = f"{self.path}__" if self.path else ""
        return Q(**{f"{before}supervisions__member": actor.staff, f"{before}supervisions__last_day": None})


PLACE_ACTIONS = (
    Action(
        "childcare.keep-units",
        text(fi="Päivitä yksiköt ja katuverkko", sv="Uppdatera enheter och gatunät", en="Update units and streets"),
        who=(system, role(OFFICIAL)),
    ),
    Action(
        "childcare.make-round",
        text(fi="Tee paikkakierros", sv="Gör en platsomgång", en="Make a round of places"),
        who=(system, role(OFFICIAL), role(SERVICE_WORKER)),
    ),
    Action(
        "childcare.release-round",
        text(fi="Julkaise kierros", sv="Frisläpp omgången", en="Release the round"),
        who=(role(OFFICIAL),),
    ),
    Action(
        "childcare.discard-round",
        text(fi="Hylkää luonnos", sv="Förkasta utkastet", en="Put the draft aside"),
        who=(role(OFFICIAL), role(SERVICE_WORKER)),
    ),
    Action(
        "childcare.rerun",
        text(fi="Jaa vapautuneet paikat", sv="Dela ut platser som blivit lediga", en="Give out freed places"),
        who=(system, role(OFFICIAL), role(SERVICE_WORKER)),
    ),
    Action(
        "childcare.compare",
        text(fi="Vertaa kahta tapaa jakaa", sv="Jämför två sätt att dela ut", en="Compare two ways to give places"),
        who=(role(OFFICIAL), role(SERVICE_WORKER), role(DIRECTOR), system),
    ),
    Action(
        "childcare.see-rounds",
        text(fi="Katso kierroksia", sv="Se omgångar", en="See rounds"),
        who=(role(OFFICIAL), role(SERVICE_WORKER), role(DIRECTOR), system),
    ),
    Action(
        "childcare.see-unit",
        text(fi="Katso yksikön paikkoja ja tulijoita", sv="Se enhetens platser och barn", en="See a unit's places"),
        who=(Leads(), role(SERVICE_WORKER), role(OFFICIAL)),
    ),
    Action(
        "childcare.see-place",
        text(fi="Katso lapsen paikkaa", sv="Se barnets plats", en="See the child's place"),
        who=(
            all_of(guardian_at("child"), strong),
            all_of(role(SERVICE_WORKER), not_protected),
            all_of(role(OFFICIAL), not_protected),
            all_of(Leads("pool__unit"), not_protected),
            CLERK,
        ),
    ),
    Action(
        BY_HAND,
        text(fi="Valitse paikka itse", sv="Välj plats själv", en="Choose a place by hand"),
        who=(all_of(role(SERVICE_WORKER), not_protected), all_of(role(OFFICIAL), not_protected), CLERK),
    ),
    Action(
        RELEASE_PLACE,
        text(fi="Julkaise tarjottavia paikkoja", sv="Frisläpp platser att erbjuda", en="Release places to be offered"),
        who=(all_of(role(OFFICIAL), not_protected), CLERK),
    ),
    Action(
        "childcare.correct-need",
        text(fi="Korjaa oletus", sv="Rätta ett antagande", en="Correct what was assumed"),
        who=(
            all_of(guardian_at("child"), strong),
            all_of(role(SERVICE_WORKER), not_protected),
            all_of(role(ADVISER), not_protected),
            CLERK,
        ),
    ),
    Action(
        "childcare.wish",
        text(fi="Toivo toista yksikköä", sv="Önska en annan enhet", en="Wish for another unit"),
        who=(
            all_of(guardian_at("child"), strong),
            all_of(role(SERVICE_WORKER), not_protected),
            all_of(role(ADVISER), not_protected),
            CLERK,
        ),
    ),
)
