# SPDX-License-Identifier: EUPL-1.2
"""The states of a voucher, of an application before it is a case, and of its case."""

from enum import StrEnum

from ennakko.kernel.cases import Move, StateTable
from ennakko.values.texts import Text, text


class VoucherState(StrEnum):
    """Where a voucher stands; it is used from the sending of an employer's claim, unless that is rejected."""

    ISSUED = "issued"
    DECLINED = "declined"
    USED = "used"
    VOIDED = "voided"
    REISSUED = "reissued"


NAMES: dict[VoucherState, Text] = {
    VoucherState.ISSUED: text(fi="Voimassa", sv="I kraft", en="Valid"),
    VoucherState.DECLINED: text(fi="Et halunnut seteliä", sv="Du ville inte ha sedeln", en="You did not want it"),
    VoucherState.USED: text(fi="Käytetty", sv="Använd", en="Used"),
    VoucherState.VOIDED: text(fi="Mitätöity", sv="Makulerad", en="Void"),
    VoucherState.REISSUED: text(fi="Korvattu uudella", sv="Ersatt med en ny", en="Replaced by a new one"),
}
LIVE = frozenset({VoucherState.ISSUED, VoucherState.DECLINED, VoucherState.USED})
"""A youth has at most one voucher a year in these states: a declined one can still be taken back."""
OPEN = frozenset({VoucherState.ISSUED, VoucherState.DECLINED})
"""Live and not used by any employer: these can still be made void."""

# (from, verb, to): what may happen to a voucher. Declining and undoing follow the answer to its offer.
MOVES: tuple[tuple[VoucherState, str, VoucherState], ...] = (
    (VoucherState.ISSUED, "decline", VoucherState.DECLINED),
    (VoucherState.DECLINED, "undo_decline", VoucherState.ISSUED),
    (VoucherState.ISSUED, "void", VoucherState.VOIDED),
    (VoucherState.DECLINED, "void", VoucherState.VOIDED),
    (VoucherState.ISSUED, "reissue", VoucherState.REISSUED),
    (VoucherState.ISSUED, "use", VoucherState.USED),
    (VoucherState.USED, "free", VoucherState.ISSUED),
)


def after(state: str, verb: str) -> VoucherState | None:
    """The state that a verb leads to, or None where it may not be done."""
    return next((to for start, does, to in MOVES if start == state and does == verb), None)


class ApplicationState(StrEnum):
    """Where an application stands before it is a case: sent, then confirmed (a case is opened) or expired."""

    SUBMITTED = "submitted"
    CONFIRMED = "confirmed"
    EXPIRED = "expired"


APPLICATION_NAMES: dict[ApplicationState, Text] = {
    ApplicationState.SUBMITTED: text(
        fi="Odottaa vahvistusta", sv="Väntar på bekräftelse", en="Waiting to be confirmed"
    ),
    ApplicationState.CONFIRMED: text(fi="Vahvistettu", sv="Bekräftad", en="Confirmed"),
    ApplicationState.EXPIRED: text(
        fi="Vahvistamatta, rauennut", sv="Obekräftad, förfallen", en="Not confirmed, lapsed"
    ),
}


class CaseState(StrEnum):
    """Where the case of an application stands."""

    AWAITING_CHECK = "awaiting_check"
    AWAITING_HANDLING = "awaiting_handling"
    INFORMATION_REQUESTED = "additional_information_requested"
    INFORMATION_PROVIDED = "additional_information_provided"
    AWAITING_DECISION = "awaiting_decision"
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"
    JOINED = "joined"


class Verb(StrEnum):
    """What moves the case."""

    CLEAR = "clear"
    REFER = "refer"
    REQUEST = "request_information"
    PROVIDE = "provide_information"
    LAPSE = "lapse"
    PROPOSE = "propose"
    RETURN = "return"
    ACCEPT = "accept"
    REJECT = "reject"
    WITHDRAW = "withdraw"
    JOIN = "join"


CASE_NAMES: dict[str, Text] = {
    CaseState.AWAITING_CHECK: text(
        fi="Tietoja tarkistetaan", sv="Uppgifterna kontrolleras", en="Details are being checked"
    ),
    CaseState.AWAITING_HANDLING: text(
        fi="Odottaa käsittelijää", sv="Väntar på handläggare", en="Waiting for a handler"
    ),
    CaseState.INFORMATION_REQUESTED: text(
        fi="Odottaa lisätietoja", sv="Väntar på tilläggsuppgifter", en="Waiting for more information"
    ),
    CaseState.INFORMATION_PROVIDED: text(
        fi="Lisätiedot saatu", sv="Tilläggsuppgifter inkomna", en="More information received"
    ),
    CaseState.AWAITING_DECISION: text(fi="Odottaa päätöstä", sv="Väntar på beslut", en="Waiting for the decision"),
    CaseState.ACCEPTED: text(fi="Hyväksytty", sv="Godkänd", en="Accepted"),
    CaseState.REJECTED: text(fi="Hylätty", sv="Avslagen", en="Rejected"),
    CaseState.WITHDRAWN: text(fi="Peruttu", sv="Återtagen", en="Withdrawn"),
    CaseState.JOINED: text(fi="Seteli on jo olemassa", sv="Det finns redan en sedel", en="There is a voucher already"),
}

CHECK, HANDLE, DECIDE, OWN = (
    "summer-voucher.check", "summer-voucher.handle", "summer-voucher.decide", "summer-voucher.own-application",
)  # fmt: skip
FOR_HANDLER = (CaseState.AWAITING_HANDLING, CaseState.INFORMATION_PROVIDED)
"""States in which a handler is waited for."""
RECHECKED = (CaseState.AWAITING_CHECK, *FOR_HANDLER, CaseState.INFORMATION_REQUESTED)
"""States in which the machine looks at the registers again: what was missing may stand there now."""
OPEN_STATES = (*RECHECKED, CaseState.AWAITING_DECISION)

CASES = StateTable(
    names=CASE_NAMES,
    moves=(
        *(Move(state, Verb.CLEAR, CaseState.AWAITING_DECISION, CHECK) for state in RECHECKED),
        Move(CaseState.AWAITING_CHECK, Verb.REFER, CaseState.AWAITING_HANDLING, CHECK),
        *(
            Move(state, Verb.REQUEST, CaseState.INFORMATION_REQUESTED, HANDLE)
            for state in (CaseState.AWAITING_CHECK, *FOR_HANDLER)
        ),
        Move(CaseState.INFORMATION_REQUESTED, Verb.PROVIDE, CaseState.INFORMATION_PROVIDED, OWN),
        Move(CaseState.INFORMATION_REQUESTED, Verb.LAPSE, CaseState.AWAITING_HANDLING, CHECK),
        *(
            Move(state, Verb.PROPOSE, CaseState.AWAITING_DECISION, HANDLE)
            for state in (*FOR_HANDLER, CaseState.INFORMATION_REQUESTED)
        ),
        Move(CaseState.AWAITING_DECISION, Verb.RETURN, CaseState.AWAITING_HANDLING, DECIDE),
        Move(CaseState.AWAITING_DECISION, Verb.ACCEPT, CaseState.ACCEPTED, DECIDE),
        Move(CaseState.AWAITING_DECISION, Verb.REJECT, CaseState.REJECTED, DECIDE),
        *(Move(state, Verb.WITHDRAW, CaseState.WITHDRAWN, OWN) for state in OPEN_STATES),
        *(Move(state, Verb.JOIN, CaseState.JOINED, CHECK) for state in OPEN_STATES),
    ),
    ends=frozenset({CaseState.ACCEPTED, CaseState.REJECTED, CaseState.WITHDRAWN, CaseState.JOINED}),
    waiting=frozenset({CaseState.INFORMATION_REQUESTED}),
)
