# SPDX-License-Identifier: EUPL-1.2
"""The states of the hiring benefit's cases. Who moves what from where stands with the law (act 15 §, 18–20 §).

A handler's acceptance or rejection is a proposal; the official's decision ends the case: granted or refused.
"""

from enum import StrEnum

from ennakko.kernel.cases import Move, StateTable
from ennakko.services.hiring_benefit.law.states_2026 import (
    ALTERATION,
    BY_APPLICANT,
    BY_HANDLER,
    INSTALMENT,
    AlterationState,
    ApplicationState,
    InstalmentState,
)
from ennakko.values.texts import Text, text

__all__ = [
    "ALTERATION",
    "BENEFIT",
    "BENEFIT_NAMES",
    "BY_APPLICANT",
    "BY_HANDLER",
    "DECIDE",
    "DECIDED",
    "HANDLE",
    "INSTALMENT",
    "OPEN",
    "OWN",
    "PROPOSED",
    "AlterationState",
    "ApplicationState",
    "BenefitState",
    "BenefitVerb",
    "EmployeeConsent",
    "InstalmentState",
]  # fmt: skip


class BenefitState(StrEnum):
    """Where the case of an application stands. `accepted`, `rejected`: proposed so by the handler."""

    RECEIVED = "received"
    HANDLING = "handling"
    ADDITIONAL_INFORMATION_NEEDED = "additional_information_needed"
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    GRANTED = "granted"
    REFUSED = "refused"
    CANCELLED = "cancelled"


class BenefitVerb(StrEnum):
    """What moves the case of an application."""

    TAKE = "take"
    REQUEST = "request_information"
    PROVIDE = "provide_information"
    LAPSE = "lapse"
    ACCEPT = "propose_acceptance"
    REJECT = "propose_rejection"
    BACK = "back_to_handling"
    RETURN = "return"
    GRANT = "grant"
    REFUSE = "refuse"
    CANCEL = "cancel"


class EmployeeConsent(StrEnum):
    """What the employee has said about the application that concerns her."""

    NOT_ASKED = "not_asked"
    ASKED = "asked"
    GIVEN = "given"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    ON_PAPER = "on_paper"


S, V = BenefitState, BenefitVerb
HANDLE, DECIDE, OWN = "hiring-benefit.handle", "hiring-benefit.decide", "hiring-benefit.own-application"
BENEFIT_NAMES: dict[str, Text] = {
    S.RECEIVED: text(fi="Saapunut", sv="Inkommen", en="Received"),
    S.HANDLING: text(fi="Käsittelyssä", sv="Under handläggning", en="Being handled"),
    S.ADDITIONAL_INFORMATION_NEEDED: text(
        fi="Odottaa lisätietoja", sv="Väntar på tilläggsuppgifter", en="Waiting for more information"
    ),
    S.ACCEPTED: text(fi="Esitetään myönnettäväksi", sv="Föreslås bli beviljad", en="Proposed to be granted"),
    S.REJECTED: text(fi="Esitetään hylättäväksi", sv="Föreslås bli avslagen", en="Proposed to be refused"),
    S.GRANTED: text(fi="Myönnetty", sv="Beviljad", en="Granted"),
    S.REFUSED: text(fi="Hylätty", sv="Avslagen", en="Refused"),
    S.CANCELLED: text(fi="Peruttu", sv="Återtagen", en="Cancelled"),
}
OPEN = (S.RECEIVED, S.HANDLING, S.ADDITIONAL_INFORMATION_NEEDED, S.ACCEPTED, S.REJECTED)
PROPOSED = (S.ACCEPTED, S.REJECTED)
DECIDED = (S.GRANTED, S.REFUSED)
CANCELLABLE = (S.RECEIVED, S.HANDLING, S.ADDITIONAL_INFORMATION_NEEDED)

BENEFIT = StateTable(
    names=BENEFIT_NAMES,
    moves=(
        Move(S.RECEIVED, V.TAKE, S.HANDLING, HANDLE),
        Move(S.HANDLING, V.REQUEST, S.ADDITIONAL_INFORMATION_NEEDED, HANDLE),
        Move(S.ADDITIONAL_INFORMATION_NEEDED, V.PROVIDE, S.HANDLING, OWN),
        Move(S.ADDITIONAL_INFORMATION_NEEDED, V.LAPSE, S.HANDLING, HANDLE),
        Move(S.HANDLING, V.ACCEPT, S.ACCEPTED, HANDLE),
        Move(S.HANDLING, V.REJECT, S.REJECTED, HANDLE),
        *(Move(state, V.BACK, S.HANDLING, HANDLE) for state in PROPOSED),
        *(Move(state, V.RETURN, S.HANDLING, DECIDE) for state in PROPOSED),
        Move(S.ACCEPTED, V.GRANT, S.GRANTED, DECIDE),
        Move(S.REJECTED, V.REFUSE, S.REFUSED, DECIDE),
        *(Move(state, V.CANCEL, S.CANCELLED, HANDLE) for state in CANCELLABLE),
    ),
    ends=frozenset({S.GRANTED, S.REFUSED, S.CANCELLED}),
    waiting=frozenset({S.ADDITIONAL_INFORMATION_NEEDED}),
)
