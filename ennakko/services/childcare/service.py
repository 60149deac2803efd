# SPDX-License-Identifier: EUPL-1.2
"""Childcare's whole surface: rules, rounds, offers of places, matters of places and fees, the allocation as a "
"command."""

from pathlib import Path

from ennakko.kernel.api.interface import api as interface
from ennakko.kernel.manifest import Messages, Retention, Service, register
from ennakko.kernel.purposes import Purpose
from ennakko.kernel.records import RecordsPlan
from ennakko.kernel.registers import register_own_facts
from ennakko.services.childcare import figures_offers
from ennakko.services.childcare.access_offers import OFFER_ACTIONS
from ennakko.services.childcare.access_places import PLACE_ACTIONS
from ennakko.services.childcare.actions import comparisons, orders
from ennakko.services.childcare.api import router
from ennakko.services.childcare.case_kinds import case_types
from ennakko.services.childcare.offer import KEPT_DAYS, offer_kind
from ennakko.services.childcare.queries import has_place
from ennakko.services.childcare.rectification import PLAN as RECTIFICATION_PLAN
from ennakko.services.childcare.rectification import rectification
from ennakko.services.childcare.roles import ROLES
from ennakko.services.childcare.telling import FIELDS
from ennakko.values.texts import text

SERVICE = "childcare"
RECTIFICATION = rectification()
KEPT = 10 * 365
"""Days that matters of places and fees are kept."""
_SECRECY = text(
    # Our reading: client data of early education and pupil data of pre-school are secret (540/2018 and 628/1998 40 §).
    fi="Varhaiskasvatuslaki 540/2018, 40 §; julkisuuslaki 621/1999, 24 § 1 momentti 25 ja 30 kohta",
    sv="Lagen om småbarnspedagogik 540/2018, 40 §; offentlighetslagen 621/1999, 24 § 1 mom. 25 och 30 punkten",
    en="Act on Early Childhood Education and Care 540/2018, section 40; Openness Act 621/1999, section 24, "
    "subsection 1, points 25 and 30",
)

SERVICE_MANIFEST = Service(
    id=SERVICE,
    names=text(fi="Varhaiskasvatuspaikka", sv="Plats i småbarnspedagogiken", en="Place in early education"),
    owner=text(fi="Varhaiskasvatus", sv="Småbarnspedagogiken", en="Early education"),
    in_whose_name=text(fi="Kunta", sv="Kommunen", en="The municipality"),
    purposes=(
        Purpose(
            id=SERVICE,
            title=text(
                fi="Varhaiskasvatuksen ja esiopetuksen paikat ja maksut",
                sv="Platser och avgifter i småbarnspedagogiken och förskoleundervisningen",
                en="Places and fees of early education and pre-school",
            ),
            legal_basis=text(
                fi="Varhaiskasvatuslaki 540/2018, 5 §; perusopetuslaki 628/1998, 4 §; tietosuoja-asetus 6 artikla 1 "
                "kohta e alakohta",
                sv="Lagen om småbarnspedagogik 540/2018, 5 §; lagen om grundläggande utbildning 628/1998, 4 §; "
                "dataskyddsförordningen artikel 6.1 e",
                en="Act on Early Childhood Education and Care 540/2018, section 5; Basic Education Act 628/1998, "
                "section 4; General Data Protection Regulation, Article 6(1)(e)",
            ),
            anticipates=True,
            service=SERVICE,
            switch_page="childcare:ahead",
            switch_label=text(
                fi="Valitse kunkin lapsen kohdalta", sv="Välj för varje barn", en="Choose for each child"
            ),
        ),
    ),
    reads={
        SERVICE: (
            "birth_date", "municipality", "alive", "moved_in", "non_disclosure", "mother_tongue", "service_language",
            "district", "guardian", "custody", "place_unit", "place_until", "private_care", "support_need",
            "shift_care", "foster_care", "parental_leave_until", "preschool_place_held", "early_education_place_held",
            "moves_on", "future_district",
        ),
    },
    roles=ROLES,
    actions=(*PLACE_ACTIONS, *OFFER_ACTIONS, *RECTIFICATION.actions),
    rules=(
        "childcare.fee", "childcare.occupancy-percent", "childcare.due-date", "childcare.relative-proximity",
        "childcare.preschool-turn", "childcare.early-education-turn", "childcare.early-education-turn-after-leave",
    ),
    offer_kinds=(offer_kind(),),
    case_types=(*case_types(), RECTIFICATION.case_type),
    records=(
        RecordsPlan(
            "place", "12", text(fi="Varhaiskasvatuspaikka", sv="Plats i småbarnspedagogiken",
                                en="Place in early education"),
            "secret", _SECRECY, KEPT, secrecy_years=100,
        ),
        RecordsPlan(
            "preschool-place", "12", text(fi="Esiopetuspaikka", sv="Förskoleplats", en="Pre-school place"),
            "secret", _SECRECY, KEPT, secrecy_years=100,
        ),
        RecordsPlan(
            "fee", "12", text(fi="Varhaiskasvatuksen maksu", sv="Avgift för småbarnspedagogik",
                              en="Early education fee"),
            "secret", _SECRECY, KEPT, secrecy_years=100,
        ),
        RECTIFICATION_PLAN,
    ),
    messages=Messages(Path(__file__).parent / "messages", FIELDS),
    routes="ennakko.services.childcare.urls",
    figures=(figures_offers.FIGURE,),
    jobs=(*orders.JOBS, *comparisons.JOBS),
    retention=(
        Retention(
            "offers", KEPT_DAYS,
            text(fi="vastausajan päättymisestä", sv="när svarstiden gått ut", en="the end of the time to answer"),
            text(fi="Tietosuoja-asetus 5 artikla 1 kohta e alakohta", sv="Dataskyddsförordningen artikel 5.1 e",
                 en="General Data Protection Regulation, Article 5(1)(e)"),
        ),
        Retention(
            "cases", KEPT,
            text(fi="asian päättymisestä", sv="när ärendet avslutats", en="the end of the matter"),
            text(fi="Varhaiskasvatuslaki 540/2018, 39 §: säilytysaika määrätään arkistonmuodostussuunnitelmassa",
                 sv="Lagen om småbarnspedagogik 540/2018, 39 §: förvaringstiden anges i arkivbildningsplanen",
                 en="Act on Early Childhood Education and Care 540/2018, section 39: the time is set in the records "
                 "plan"),
        ),
    ),
    number_prefix="VK",
)  # fmt: skip


def put_to_use() -> Service:
    """Register the manifest, and what the service knows of everybody: who has a place already."""
    for fact, frame, one in (
        ("preschool_place_held", has_place.preschool, has_place.preschool_of),
        ("early_education_place_held", has_place.early_education, has_place.early_education_of),
    ):
        register_own_facts(source="own-services", fact=fact, frame=frame, one=one, otherwise=False)
    return register(SERVICE_MANIFEST)


put_to_use()
interface.add_router(f"/{SERVICE}", router)
