# SPDX-License-Identifier: EUPL-1.2
"""The case of an application: its states, who does what, the decision and its appeal, and what follows a decision."""

from ennakko.kernel.cases import CaseType, DecisionType
from ennakko.kernel.cases.appeals import appeals_of
from ennakko.services.hiring_benefit.after_decision import follow
from ennakko.services.hiring_benefit.conditions import SERVICE
from ennakko.services.hiring_benefit.letter_facts import read_of
from ennakko.services.hiring_benefit.states import BENEFIT, DECIDE, HANDLE, OWN, BenefitVerb
from ennakko.services.hiring_benefit.wording import EVENTS
from ennakko.services.hiring_benefit.wording_money import MONEY_EVENTS
from ennakko.values.texts import text

BENEFIT_CASE = "benefit"
ACCEPTED, REJECTED = "accepted", "rejected"
APPEAL = "hiring-benefit.decided"
"""The row of the municipality's appeals: an application granted and one refused are appealed alike."""


def benefit_type() -> CaseType:
    """The kind of case, by the appeals known when the service is registered."""
    return CaseType(
        service=SERVICE,
        id=BENEFIT_CASE,
        title=text(fi="Palkkauslisän hakemus", sv="Ansökan om anställningstillägg",
                   en="Application for the hiring benefit"),
        states=BENEFIT,
        handle_action=HANDLE,
        decide_action=DECIDE,
        own_action=OWN,
        decision=DecisionType(
            id="hiring-benefit.benefit",
            title=text(fi="Päätös palkkauslisästä", sv="Beslut om anställningstillägg",
                       en="Decision on the hiring benefit"),
            outcomes={
                ACCEPTED: text(fi="Lisä myönnetään", sv="Tillägget beviljas", en="The benefit is granted"),
                REJECTED: text(fi="Hakemus hylätään", sv="Ansökan avslås", en="The application is refused"),
            },
            appeals=appeals_of(APPEAL),
        ),
        decided={ACCEPTED: BenefitVerb.GRANT, REJECTED: BenefitVerb.REFUSE},
        segregated=True,
        on_decided=follow,
        read_of=read_of,
        events={**EVENTS, **MONEY_EVENTS},
    )  # fmt: skip
