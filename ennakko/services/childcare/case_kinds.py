# SPDX-License-Identifier: EUPL-1.2
"""The kinds of matters: a place in early education, a place in pre-school, the fee; each with its own appeal.

Early education: the municipality's multi-member body (540/2018 62 §). Pre-school: the state's supervisory agency, in 14
days (628/1998 42 and 42 b §). The fee: the body that answers for early education, in 30 days (1503/2016 20 §).
"""

from ennakko.kernel.cases import CaseType, DecisionType
from ennakko.kernel.cases.appeals import appeals_of
from ennakko.services.childcare.actions import fee_cases, place_cases
from ennakko.services.childcare.states_cases import (
    DECIDE,
    DECIDE_FEES,
    FEE_CASES,
    HANDLE,
    HANDLE_FEES,
    OWN,
    PLACE_CASES,
    TELL_INCOME,
    Verb,
)
from ennakko.values.texts import Text, text

SERVICE = "childcare"
DAYS = 30
EVENTS: dict[str, Text] = {
    "open": text(fi="Paikka otettiin vastaan", sv="Platsen togs emot", en="The place was taken"),
    Verb.REFER: text(fi="Siirtyi työntekijälle", sv="Gick till en medarbetare", en="Given to a person"),
    Verb.CLEAR: text(fi="Selvitetty", sv="Utrett", en="Settled"),
    Verb.ACCEPT: text(fi="Päätös tehtiin", sv="Beslut fattades", en="A decision was made"),
    Verb.REJECT: text(fi="Päätös tehtiin", sv="Beslut fattades", en="A decision was made"),
    Verb.WITHDRAW: text(fi="Peruttiin", sv="Återtogs", en="Withdrawn"),
}
GIVEN = text(
    fi="Lapsi saa paikan, joka on merkitty päätökseen", sv="Barnet får den plats som anges i beslutet",
    en="The child is given the place named in the decision",
)  # fmt: skip
NOT_GIVEN = text(fi="Paikkaa ei anneta", sv="Platsen beviljas inte", en="The place is not given")


def _place(id: str, title: Text, decision_title: Text, appeals: str) -> CaseType:
    return CaseType(
        service=SERVICE, id=id, title=title, states=PLACE_CASES, handle_action=HANDLE, decide_action=DECIDE,
        own_action=OWN,
        decision=DecisionType(
            id=f"childcare.{id}", title=decision_title,
            outcomes={place_cases.ACCEPTED: GIVEN, place_cases.REJECTED: NOT_GIVEN}, appeals=appeals_of(appeals),
        ),
        decided={place_cases.ACCEPTED: Verb.ACCEPT, place_cases.REJECTED: Verb.REJECT},
        days=DAYS, draft=place_cases.draft, on_decided=place_cases.follow, events=EVENTS,
    )  # fmt: skip


def case_types() -> tuple[CaseType, ...]:
    """Every kind, by the appeals known when the service is registered."""
    return (
        _place(
            "place",
            text(fi="Varhaiskasvatuspaikka", sv="Plats i småbarnspedagogiken", en="Early education place"),
            text(fi="Päätös varhaiskasvatuspaikasta", sv="Beslut om plats i småbarnspedagogiken",
                 en="Decision on a place in early education"),
            "childcare.place",
        ),
        _place(
            "preschool-place",
            text(fi="Esiopetuspaikka", sv="Förskoleplats", en="Pre-school place"),
            text(fi="Päätös esiopetuspaikasta", sv="Beslut om förskoleplats", en="Decision on a pre-school place"),
            "childcare.preschool-place",
        ),
        CaseType(
            service=SERVICE, id="fee",
            title=text(fi="Varhaiskasvatuksen maksu", sv="Avgift för småbarnspedagogik", en="Early education fee"),
            states=FEE_CASES, handle_action=HANDLE_FEES, decide_action=DECIDE_FEES, own_action=TELL_INCOME,
            decision=DecisionType(
                id="childcare.fee",
                title=text(fi="Päätös varhaiskasvatuksen maksusta", sv="Beslut om avgiften för småbarnspedagogik",
                           en="Decision on the early education fee"),
                outcomes={
                    fee_cases.ACCEPTED: text(fi="Maksu kuukaudessa", sv="Avgift per månad", en="The fee a month")
                },
                appeals=appeals_of("childcare.fee"),
            ),
            decided={fee_cases.ACCEPTED: Verb.ACCEPT},
            days=DAYS, on_decided=fee_cases.follow,
            events=EVENTS | {
                "open": text(fi="Tulot ilmoitettiin", sv="Inkomsterna uppgavs", en="The income was told")
            },
        ),
    )  # fmt: skip
