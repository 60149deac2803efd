# SPDX-License-Identifier: EUPL-1.2
"""The states of an application, an instalment, an alteration, a batch and a matter in the archive, as tables.

Who may move what from where to where: pages and actions read these; nothing else says it (act 15 §, 18–20 §).
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final

Table = Mapping[str, frozenset[str]]


class ApplicationState(StrEnum):
    """Where an application stands."""

    DRAFT = "draft"
    RECEIVED = "received"
    HANDLING = "handling"
    ADDITIONAL_INFORMATION_NEEDED = "additional_information_needed"
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    CANCELLED = "cancelled"
    ARCHIVED = "archived"


class InstalmentState(StrEnum):
    """Where an instalment stands."""

    WAITING = "waiting"
    REQUESTED = "requested"
    RESPONDED = "responded"
    PENDING = "pending"
    ACCEPTED = "accepted"
    PAYMENT_FAILED = "payment_failed"
    PAID = "paid"
    COMPLETED = "completed"
    CANCELLED = "cancelled"


class AlterationState(StrEnum):
    """Where a notice that the work ended or was broken off stands."""

    RECEIVED = "received"
    OPENED = "opened"
    HANDLED = "handled"
    CANCELLED = "cancelled"


WIRE: Final = MappingProxyType({"error_in_talpa": "payment_failed", "archival": "archived"})
"""What the City's earlier service calls a state that here has its own name."""


def named(state: str) -> str:
    """A state by the name it has here."""
    return WIRE.get(state, state)


def _table(**moves: str) -> Table:
    return MappingProxyType({start: frozenset(to.split()) for start, to in moves.items()})


A, L = ApplicationState, AlterationState

BY_APPLICANT: Final = _table(draft="received", additional_information_needed="handling")
BY_HANDLER: Final = _table(
    draft="received",
    received="handling cancelled",
    handling="additional_information_needed cancelled accepted rejected",
    additional_information_needed="handling cancelled",
    accepted="handling",
    rejected="handling",
)
ASSIGNS: Final = frozenset({A.HANDLING, A.ACCEPTED, A.REJECTED, A.CANCELLED})
"""Whoever moves an application here gets it in hand."""

INSTALMENT: Final = _table(
    waiting="accepted cancelled requested pending",
    accepted="waiting paid",
    payment_failed="waiting accepted paid",
    paid="completed",
    cancelled="waiting completed",
    requested="accepted responded cancelled pending",
    responded="accepted cancelled pending",
    pending="accepted cancelled",
)
ALTERATION: Final = _table(received="opened", opened="handled", handled="cancelled")
BATCH: Final = _table(
    draft="exported_ahjo_report",
    exported_ahjo_report="awaiting_ahjo_decision",
    awaiting_ahjo_decision="accepted rejected returned",
    returned="draft",
    accepted="sent_to_talpa partially_sent_to_talpa rejected_by_talpa",
    partially_sent_to_talpa="sent_to_talpa",
    rejected_by_talpa="sent_to_talpa",
    sent_to_talpa="completed",
)
BATCH_OPEN: Final = frozenset({"draft", "returned"})
"""Only then may applications be put into a batch or taken out of it."""

BATCH_UNDECIDED: Final = frozenset({"draft", "exported_ahjo_report", "awaiting_ahjo_decision", "returned", "cancelled"})

HIDDEN_FROM_APPLICANT: Final = frozenset({A.RECEIVED, A.ACCEPTED, A.REJECTED})
"""Shown to the applicant as being handled: received always, the others until there is a decision."""

EDITABLE: Final[Mapping[str, frozenset[str]]] = MappingProxyType(
    {
        "applicant": frozenset({A.DRAFT, A.ADDITIONAL_INFORMATION_NEEDED}),
        "handler": frozenset({A.DRAFT, A.RECEIVED, A.HANDLING, A.ADDITIONAL_INFORMATION_NEEDED}),
    }
)
"""When the applicant and the handler may change an application and its attachments."""

MESSAGES: Final = frozenset({A.RECEIVED, A.HANDLING, A.ADDITIONAL_INFORMATION_NEEDED, A.ACCEPTED, A.REJECTED})
"""When the applicant may write to the handler."""

ALTERATION_EDITABLE: Final[Mapping[str, frozenset[str]]] = MappingProxyType(
    {"applicant": frozenset({L.RECEIVED}), "handler": frozenset({L.RECEIVED, L.OPENED})}
)
ALTERATION_REMOVABLE: Final[Mapping[str, frozenset[str]]] = MappingProxyType(
    {"applicant": frozenset({L.RECEIVED}), "handler": frozenset(L)}
)

# --- the matter in the city's decision-making system

ANSWERED: Final = MappingProxyType(
    {
        "open_case": "case_opened",
        "update_application": "update_request_received",
        "delete_application": "delete_request_received",
        "send_decision": "decision_proposal_accepted",
        "add_records": "new_record_received",
        "get_decision_details": "details_received",
    }
)
"""What a matter becomes when the system has answered a request that it succeeded."""

REQUESTED: Final = MappingProxyType(
    {
        "open_case": "request_to_open_case_sent",
        "update_application": "update_request_sent",
        "delete_application": "delete_request_sent",
        "send_decision": "decision_proposal_sent",
        "add_records": "new_record_request_sent",
        "get_decision_details": "decision_details_request_sent",
    }
)
NOTIFIED: Final = MappingProxyType({"Added": "signed", "Removed": "removed", "Updated": "updated"})
READY_FOR_PROPOSAL: Final = frozenset({"case_opened", "new_record_received"})
KEEPS_MATTER: Final = frozenset({"decision_proposal_sent", "decision_proposal_accepted", "signed", "details_received"})
"""A matter that has gone to be decided is not deleted."""


def may(table: Table, start: str, to: str) -> bool:
    """Whether a table has a move; states by either name."""
    return named(to) in table.get(named(start), frozenset())


def instalment_may(start: str, to: str) -> bool:
    """Whether an instalment may be moved so."""
    return may(INSTALMENT, start, to)


def shown_to_applicant(state: str, *, decided: bool) -> str:
    """What the applicant sees of an application's state."""
    known = named(state)
    if known == A.RECEIVED or (known in HIDDEN_FROM_APPLICANT and not decided):
        return A.HANDLING
    return known
