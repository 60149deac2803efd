# SPDX-License-Identifier: EUPL-1.2
"""The case of a notice that the work ended or was broken off: its states, the decision on recovery, its appeal."""

from ennakko.kernel.cases import CaseType, DecisionType
from ennakko.kernel.cases.appeals import appeals_of
from ennakko.kernel.records import RecordsPlan
from ennakko.services.hiring_benefit.actions.changes import ALTERATION_CASE
from ennakko.services.hiring_benefit.actions.recovering import LEFT, RECOVERED, follow
from ennakko.services.hiring_benefit.conditions import SERVICE
from ennakko.services.hiring_benefit.states_money import CHANGES, HANDLE_CHANGES, OWN_CHANGE, RECOVER, ChangeVerb
from ennakko.services.hiring_benefit.wording_money import CHANGE_EVENTS
from ennakko.values.texts import text

APPEAL = "hiring-benefit.recovered"
"""The row of the municipality's appeals: a decision to recover and one not to are appealed alike."""
PLAN = RecordsPlan(
    ALTERATION_CASE, "14",
    text(fi="Ilmoitus muutoksesta ja palkkauslisän takaisinperintä",
         sv="Anmälan om ändring och återkrav av anställningstillägg",
         en="Notice of a change and recovery of the hiring benefit"),
    "partly-secret",
    # Our reading, as of the applications themselves: the employee is a client of the employment services (25), the pay
    # tells of her income (23), the employer's contracts may be business secrets (20).
    text(fi="Julkisuuslaki 621/1999, 24 § 1 momentti 20, 23 ja 25 kohta",
         sv="Offentlighetslagen 621/1999, 24 § 1 mom. 20, 23 och 25 punkten",
         en="Openness Act 621/1999, section 24, subsection 1, points 20, 23 and 25"),
    3651, secrecy_years=100,
)  # fmt: skip


def alteration_type() -> CaseType:
    """The kind of case, by the appeals known when the service is registered."""
    return CaseType(
        service=SERVICE,
        id=ALTERATION_CASE,
        title=text(fi="Ilmoitus työsuhteen muutoksesta", sv="Anmälan om ändring i anställningen",
                   en="Notice of a change in the employment"),
        states=CHANGES,
        handle_action=HANDLE_CHANGES,
        decide_action=RECOVER,
        own_action=OWN_CHANGE,
        decision=DecisionType(
            id="hiring-benefit.recovery",
            title=text(fi="Päätös palkkauslisän takaisinperinnästä", sv="Beslut om återkrav av anställningstillägg",
                       en="Decision on recovering the hiring benefit"),
            outcomes={
                RECOVERED: text(fi="Lisää peritään takaisin", sv="Tillägget återkrävs", en="The benefit is recovered"),
                LEFT: text(fi="Lisää ei peritä takaisin", sv="Tillägget återkrävs inte",
                           en="The benefit is not recovered"),
            },
            appeals=appeals_of(APPEAL),
            rejections=frozenset({LEFT}),
        ),
        decided={RECOVERED: ChangeVerb.RECOVER, LEFT: ChangeVerb.LEAVE},
        segregated=True,
        on_decided=follow,
        events=CHANGE_EVENTS,
    )  # fmt: skip
