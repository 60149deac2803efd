# SPDX-License-Identifier: EUPL-1.2
"""The states of the two kinds of matters: a child's place, and the fee."""

from enum import StrEnum

from ennakko.kernel.cases import Move, StateTable
from ennakko.values.texts import Text, text

ANSWER, OWN, HANDLE, DECIDE = "childcare.answer", "childcare.own-place", "childcare.handle", "childcare.decide"
TELL_INCOME, HANDLE_FEES, DECIDE_FEES = "childcare.tell-income", "childcare.handle-fees", "childcare.decide-fees"


class CaseState(StrEnum):
    """Where a matter stands; `ready_for_decision`: nothing is open, an official may release it with others."""

    READY = "ready_for_decision"
    AWAITING_HANDLING = "awaiting_handling"
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"


class Verb(StrEnum):
    """What moves a matter."""

    REFER = "refer"
    CLEAR = "clear"
    ACCEPT = "accept"
    REJECT = "reject"
    WITHDRAW = "withdraw"


_NAMES: dict[str, Text] = {
    CaseState.READY: text(fi="Odottaa päätöstä", sv="Väntar på beslut", en="Waiting for the decision"),
    CaseState.AWAITING_HANDLING: text(
        fi="Odottaa käsittelijää", sv="Väntar på handläggare", en="Waiting for a handler"
    ),
    CaseState.WITHDRAWN: text(fi="Peruttu", sv="Återtagen", en="Withdrawn"),
}
PLACE_NAMES: dict[str, Text] = _NAMES | {
    CaseState.ACCEPTED: text(fi="Paikka annettu", sv="Plats beviljad", en="Place given"),
    CaseState.REJECTED: text(fi="Hylätty", sv="Avslagen", en="Rejected"),
}
FEE_NAMES: dict[str, Text] = _NAMES | {
    CaseState.ACCEPTED: text(fi="Maksu päätetty", sv="Avgiften fastställd", en="Fee decided"),
}
OPEN_STATES = (CaseState.READY, CaseState.AWAITING_HANDLING)


def _moves(handle: str, decide: str, own: str, *, rejects: bool) -> tuple[Move, ...]:
    moves = [
        Move(CaseState.READY, Verb.REFER, CaseState.AWAITING_HANDLING, handle),
        Move(CaseState.AWAITING_HANDLING, Verb.CLEAR, CaseState.READY, handle),
    ]
    for state in OPEN_STATES:
        moves.append(Move(state, Verb.ACCEPT, CaseState.ACCEPTED, decide))
        if rejects:
            moves.append(Move(state, Verb.REJECT, CaseState.REJECTED, decide))
        moves.append(Move(state, Verb.WITHDRAW, CaseState.WITHDRAWN, own))
    return tuple(moves)


PLACE_CASES = StateTable(
    names=PLACE_NAMES,
    moves=_moves(HANDLE, DECIDE, OWN, rejects=True),
    ends=frozenset({CaseState.ACCEPTED, CaseState.REJECTED, CaseState.WITHDRAWN}),
)
FEE_CASES = StateTable(
    names=FEE_NAMES,
    moves=_moves(HANDLE_FEES, DECIDE_FEES, TELL_INCOME, rejects=False),
    ends=frozenset({CaseState.ACCEPTED, CaseState.WITHDRAWN}),
)
