# SPDX-License-Identifier: EUPL-1.2
"""What moves an instalment and a notice of a change, and who moves it. From where to where stands with the law."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from ennakko.kernel.cases import Move, StateTable
from ennakko.services.hiring_benefit.law.states_2026 import AlterationState, InstalmentState, instalment_may
from ennakko.values.texts import Text, text

PAYMENTS, ASSURE, PAY = (
    f"hiring-benefit.{name}" for name in ("handle-payments", "assure-payment", "pay-instalments")
)  # fmt: skip
TELL, HANDLE_CHANGES, RECOVER, OWN_CHANGE = (
    f"hiring-benefit.{name}" for name in ("tell-change", "handle-changes", "decide-recovery", "own-change")
)  # fmt: skip


class InstalmentVerb(StrEnum):
    """What moves an instalment."""

    REQUEST = "request_payslip"
    RESPOND = "answer_payslip"
    ACCEPT = "accept_instalment"
    HOLD = "hold_instalment"
    WAIT = "put_back_instalment"
    CANCEL = "cancel_instalment"
    FAIL = "payment_returned"
    PAID = "instalment_paid"
    COMPLETE = "complete_instalment"


S, V = InstalmentState, InstalmentVerb


@dataclass(frozen=True, slots=True)
class Step:
    """Where a verb leads, whose action it is, and from where it may be done beyond the law's table."""

    to: InstalmentState
    action: str
    also: frozenset[InstalmentState] = frozenset()


STEPS: Final[Mapping[InstalmentVerb, Step]] = MappingProxyType(
    {
        V.REQUEST: Step(S.REQUESTED, PAY),
        V.RESPOND: Step(S.RESPONDED, ASSURE),
        V.ACCEPT: Step(S.ACCEPTED, PAYMENTS),
        V.HOLD: Step(S.PENDING, PAYMENTS),
        V.WAIT: Step(S.WAITING, PAYMENTS),
        V.CANCEL: Step(S.CANCELLED, PAYMENTS),
        # Only the bank returns a payment, and it may pay after all what it returned; the law's table is of people.
        V.FAIL: Step(S.PAYMENT_FAILED, PAY, frozenset({S.ACCEPTED, S.PAID})),
        V.PAID: Step(S.PAID, PAY, frozenset({S.ACCEPTED, S.PAYMENT_FAILED})),
        V.COMPLETE: Step(S.COMPLETED, PAY),
    }
)
PAYABLE: Final = frozenset({S.WAITING, S.REQUESTED, S.RESPONDED, S.PENDING, S.PAYMENT_FAILED})
"""From here an instalment is accepted for payment."""
OPEN_INSTALMENTS: Final = frozenset({S.WAITING, S.REQUESTED, S.RESPONDED, S.PENDING, S.ACCEPTED, S.PAYMENT_FAILED})
"""Not paid yet, and not cancelled."""
FOR_HANDLER: Final = (S.RESPONDED, S.PENDING, S.PAYMENT_FAILED)
"""Instalments in which a handler has something to do."""

INSTALMENT_NAMES: Final[Mapping[str, Text]] = MappingProxyType(
    {
        S.WAITING: text(fi="Odottaa vuoroaan", sv="Väntar på sin tur", en="Waiting for its turn"),
        S.REQUESTED: text(
            fi="Palkkalaskelma pyydetty", sv="Lönespecifikation begärd", en="Payslip asked for"
        ),
        S.RESPONDED: text(fi="Palkkalaskelma saatu", sv="Lönespecifikation inkommen", en="Payslip received"),
        S.PENDING: text(fi="Pidätetty", sv="Innehållen", en="On hold"),
        S.ACCEPTED: text(fi="Hyväksytty maksuun", sv="Godkänd för betalning", en="Accepted for payment"),
        S.PAYMENT_FAILED: text(fi="Maksu epäonnistui", sv="Betalningen misslyckades", en="Payment failed"),
        S.PAID: text(fi="Maksettu", sv="Betald", en="Paid"),
        S.COMPLETED: text(fi="Valmis", sv="Avslutad", en="Completed"),
        S.CANCELLED: text(fi="Peruttu", sv="Återkallad", en="Cancelled"),
    }
)  # fmt: skip


def instalment_moves(state: str, verb: InstalmentVerb) -> InstalmentState | None:
    """Where a verb leads an instalment from a state; None where it may not be done."""
    step = STEPS[verb]
    return step.to if state in step.also or instalment_may(state, step.to) else None


def instalment_verbs(state: str) -> tuple[InstalmentVerb, ...]:
    """What may be done to an instalment in a state, in the table's order."""
    return tuple(verb for verb in STEPS if instalment_moves(state, verb) is not None)


class ChangeState(StrEnum):
    """Where the case of a notice stands; `proposed` is ours: a handler has proposed, an official decides."""

    RECEIVED = AlterationState.RECEIVED
    OPENED = AlterationState.OPENED
    PROPOSED = "proposed"
    HANDLED = AlterationState.HANDLED
    CANCELLED = AlterationState.CANCELLED


class ChangeVerb(StrEnum):
    """What moves the case of a notice."""

    OPEN = "open_change"
    PROPOSE = "propose_recovery"
    RETURN = "return_recovery"
    RECOVER = "recover"
    LEAVE = "leave_unrecovered"
    CANCEL = "cancel_change"
    TAKE_BACK = "take_back_change"


ANNUL: Final = "annul_recovery"
"""The event of a decided recovery that was annulled afterwards: its case stays handled, its sums count no more."""
C, W = ChangeState, ChangeVerb
CHANGE_NAMES: dict[str, Text] = {
    C.RECEIVED: text(fi="Saapunut", sv="Inkommen", en="Received"),
    C.OPENED: text(fi="Käsittelyssä", sv="Under handläggning", en="Being handled"),
    C.PROPOSED: text(fi="Odottaa päätöstä", sv="Väntar på beslut", en="Waiting for the decision"),
    C.HANDLED: text(fi="Käsitelty", sv="Behandlad", en="Handled"),
    C.CANCELLED: text(fi="Peruttu", sv="Återtagen", en="Cancelled"),
}
OPEN_CHANGES: Final = (C.RECEIVED, C.OPENED, C.PROPOSED)
CHANGES = StateTable(
    names=CHANGE_NAMES,
    moves=(
        Move(C.RECEIVED, W.OPEN, C.OPENED, HANDLE_CHANGES),
        Move(C.OPENED, W.PROPOSE, C.PROPOSED, HANDLE_CHANGES),
        Move(C.PROPOSED, W.RETURN, C.OPENED, RECOVER),
        Move(C.PROPOSED, W.RECOVER, C.HANDLED, RECOVER),
        Move(C.PROPOSED, W.LEAVE, C.HANDLED, RECOVER),
        Move(C.RECEIVED, W.TAKE_BACK, C.CANCELLED, OWN_CHANGE),
        *(Move(state, W.CANCEL, C.CANCELLED, HANDLE_CHANGES) for state in (C.RECEIVED, C.OPENED)),
    ),
    ends=frozenset({C.HANDLED, C.CANCELLED}),
)
