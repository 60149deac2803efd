# SPDX-License-Identifier: EUPL-1.2
"""The states of an employer's claim of one voucher: the machine clears it, or a handler proposes; an official decides.

A refusal is never the machine's: it only drafts one for the handler, who proposes it to the official.
"""

from enum import StrEnum

from ennakko.kernel.cases import Move, StateTable
from ennakko.values.texts import Text, text


class ClaimState(StrEnum):
    """Where the case of one claimed voucher stands."""

    SUBMITTED = "submitted"
    READY = "ready_for_decision"
    AWAITING_HANDLING = "awaiting_handling"
    INFORMATION_REQUESTED = "additional_information_requested"
    INFORMATION_PROVIDED = "additional_information_provided"
    AWAITING_DECISION = "awaiting_decision"
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"


class ClaimVerb(StrEnum):
    """What moves the case of a claim."""

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


CLAIM_NAMES: dict[str, Text] = {
    ClaimState.SUBMITTED: text(fi="Lähetetty, tarkistus kesken", sv="Inlämnad, kontrolleras", en="Sent, being checked"),
    ClaimState.READY: text(fi="Valmis päätettäväksi", sv="Klar för beslut", en="Ready for decision"),
    ClaimState.AWAITING_HANDLING: text(
        fi="Odottaa käsittelijää", sv="Väntar på handläggare", en="Waiting for a handler"
    ),
    ClaimState.INFORMATION_REQUESTED: text(
        fi="Odottaa lisätietoja", sv="Väntar på tilläggsuppgifter", en="Waiting for more information"
    ),
    ClaimState.INFORMATION_PROVIDED: text(
        fi="Lisätiedot saatu", sv="Tilläggsuppgifter inkomna", en="More information received"
    ),
    ClaimState.AWAITING_DECISION: text(fi="Odottaa päätöstä", sv="Väntar på beslut", en="Waiting for the decision"),
    ClaimState.ACCEPTED: text(fi="Hyväksytty", sv="Godkänd", en="Accepted"),
    ClaimState.REJECTED: text(fi="Hylätty", sv="Avslagen", en="Rejected"),
    ClaimState.WITHDRAWN: text(fi="Peruttu", sv="Återtagen", en="Withdrawn"),
}

CLAIM_CHECK, CLAIM_HANDLE, CLAIM_DECIDE, CLAIM_OWN = (
    "summer-voucher.check-claims", "summer-voucher.handle-claims", "summer-voucher.decide-claims",
    "summer-voucher.own-claim",
)  # fmt: skip
CHECKED_AGAIN = (
    ClaimState.SUBMITTED, ClaimState.INFORMATION_PROVIDED, ClaimState.AWAITING_HANDLING,
)  # fmt: skip
"""States from which the machine may still find a claim clear."""
FOR_HANDLER = (ClaimState.AWAITING_HANDLING, ClaimState.INFORMATION_PROVIDED)
OPEN_CLAIMS = (
    ClaimState.SUBMITTED, ClaimState.READY, ClaimState.AWAITING_HANDLING, ClaimState.INFORMATION_REQUESTED,
    ClaimState.INFORMATION_PROVIDED, ClaimState.AWAITING_DECISION,
)  # fmt: skip
FREEING = frozenset({ClaimState.REJECTED, ClaimState.WITHDRAWN})
"""Ends in which the voucher is no longer used by the claim."""

CLAIMS = StateTable(
    names=CLAIM_NAMES,
    moves=(
        *(Move(state, ClaimVerb.CLEAR, ClaimState.READY, CLAIM_CHECK) for state in CHECKED_AGAIN),
        *(
            Move(state, ClaimVerb.REFER, ClaimState.AWAITING_HANDLING, CLAIM_CHECK)
            for state in (ClaimState.SUBMITTED, ClaimState.INFORMATION_PROVIDED, ClaimState.READY)
        ),
        *(
            Move(state, ClaimVerb.REQUEST, ClaimState.INFORMATION_REQUESTED, CLAIM_HANDLE)
            for state in (ClaimState.SUBMITTED, *FOR_HANDLER)
        ),
        Move(ClaimState.INFORMATION_REQUESTED, ClaimVerb.PROVIDE, ClaimState.INFORMATION_PROVIDED, CLAIM_OWN),
        Move(ClaimState.INFORMATION_REQUESTED, ClaimVerb.LAPSE, ClaimState.AWAITING_HANDLING, CLAIM_CHECK),
        *(
            Move(state, ClaimVerb.PROPOSE, ClaimState.AWAITING_DECISION, CLAIM_HANDLE)
            for state in (*FOR_HANDLER, ClaimState.INFORMATION_REQUESTED)
        ),
        *(
            Move(state, ClaimVerb.RETURN, ClaimState.AWAITING_HANDLING, CLAIM_DECIDE)
            for state in (ClaimState.READY, ClaimState.AWAITING_DECISION)
        ),
        *(
            Move(state, ClaimVerb.ACCEPT, ClaimState.ACCEPTED, CLAIM_DECIDE)
            for state in (ClaimState.READY, ClaimState.AWAITING_DECISION)
        ),
        Move(ClaimState.AWAITING_DECISION, ClaimVerb.REJECT, ClaimState.REJECTED, CLAIM_DECIDE),
        *(Move(state, ClaimVerb.WITHDRAW, ClaimState.WITHDRAWN, CLAIM_OWN) for state in OPEN_CLAIMS),
    ),
    ends=frozenset({ClaimState.ACCEPTED, ClaimState.REJECTED, ClaimState.WITHDRAWN}),
    waiting=frozenset({ClaimState.INFORMATION_REQUESTED}),
)
