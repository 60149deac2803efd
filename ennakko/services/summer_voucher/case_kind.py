# SPDX-License-Identifier: EUPL-1.2
"""The case of an application: its states, who does what, the decision and its appeal, and what follows a decision."""

from datetime import date, datetime

from ennakko.kernel import cases
from ennakko.kernel.cases import CaseType, DecisionType
from ennakko.kernel.cases.appeals import appeals_of
from ennakko.kernel.cases.models import Case, Decision
from ennakko.rules.parameters import ParameterBook
from ennakko.services.summer_voucher import telling
from ennakko.services.summer_voucher.actions import vouchers
from ennakko.services.summer_voucher.conditions import SERVICE
from ennakko.services.summer_voucher.models import Application
from ennakko.services.summer_voucher.queries.letters import read_of
from ennakko.services.summer_voucher.states import CASES, DECIDE, HANDLE, OWN, Verb
from ennakko.services.summer_voucher.wording import EVENTS
from ennakko.values.texts import text

APPLICATION = "application"
ACCEPTED, REJECTED = "accepted", "rejected"
DECISION = "summer-voucher.rejected"
"""The row of the municipality's appeals: an accepted application and a rejected one are appealed alike."""


def case_type(book: ParameterBook) -> CaseType:
    """The kind of case, by the figures and appeals known when the service is registered."""
    return CaseType(
        service=SERVICE,
        id=APPLICATION,
        title=text(fi="Kesäsetelihakemus", sv="Ansökan om sommarsedel", en="Application for the summer job voucher"),
        states=CASES,
        handle_action=HANDLE,
        decide_action=DECIDE,
        own_action=OWN,
        decision=DecisionType(
            id="summer-voucher.application",
            title=text(fi="Päätös kesäsetelistä", sv="Beslut om sommarsedel", en="Decision on the summer job voucher"),
            outcomes={
                ACCEPTED: text(fi="Saat kesäsetelin", sv="Du får en sommarsedel", en="You get a summer job voucher"),
                REJECTED: text(fi="Hakemus hylätään", sv="Ansökan avslås", en="The application is rejected"),
            },
            appeals=appeals_of(DECISION),
        ),
        decided={ACCEPTED: Verb.ACCEPT, REJECTED: Verb.REJECT},
        days=int(book.get(f"{SERVICE}.handling_days").rows[-1].value),  # type: ignore[arg-type]
        on_decided=follow,
        events=EVENTS,
        read_of=read_of,
    )


def follow(case: Case, decision: Decision, at: datetime, on: date) -> None:
    """An accepted application gets its voucher; whatever was decided, the applicant is told."""
    application = Application.objects.select_for_update().get(case=case)
    if decision.outcome == ACCEPTED:
        voucher = vouchers.issue_to_application(application, case, at=at)
        telling.accepted(application, case, voucher, at=at)
    else:
        telling.rejected(application, case, decision, at=at)
    cases.serve_by_message(decision, telling.notice_of(application, decision.outcome))
