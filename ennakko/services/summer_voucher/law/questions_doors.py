# SPDX-License-Identifier: EUPL-1.2
"""The questions that cases ask of who may use the handlers' side, and of what a stranger is told."""

from __future__ import annotations

from typing import Any, Final

from ennakko.rules.errors import EvaluationError
from ennakko.rules.questions import Answer, Case, Question, question
from ennakko.services.summer_voucher.law import acceptance_2026 as acceptance
from ennakko.services.summer_voucher.law.acceptance_2026 import Status
from ennakko.services.summer_voucher.law.refusals import Refusal

HANDLERS: Final = ("staff", "superuser", "handler")
OTHERS: Final = ("non-staff", "non-handler")
ANONYMOUS: Final = "anonymous"
UNKNOWN: Final = "unknown"

PAGES: Final = ("accepted", "activated", "additional_info", "already_activated", "expired")
"""The pages that a confirmation ends on."""


def _role(case: Case) -> str:
    role = case["role"]
    known = (ANONYMOUS, *OTHERS, *HANDLERS)
    if role not in known:
        raise EvaluationError(f"role must be one of {', '.join(known)}, not {role!r}")
    return str(role)


def _to_a_page(case: Case) -> Answer:
    """A handlers' page: whoever is not signed in is sent to do so, others are told that it is not theirs."""
    role = _role(case)
    if role in HANDLERS:
        return {"outcome": "allowed", "http": 200}
    to = "AD login" if role == ANONYMOUS else "403 page"
    return {"outcome": f"redirect to {to}", "http": 302, "to": to}


def _to_a_program(case: Case) -> Answer:
    """A handlers' address asked by a program: refused by number, not sent to a page."""
    role = _role(case)
    return {"http": 200 if role in HANDLERS else 401 if role == ANONYMOUS else 403}


def _public_status(case: Case) -> Answer:
    """Anybody who has the address of an application is told its status and nothing else."""
    if case.get("id") == UNKNOWN:
        return {"http": 404}
    return {"http": 200, "body": {"status": case.get("status")}}


def _page(case: Case) -> Answer:
    return {"url": f"{str(case['base']).rstrip('/')}/{case['language']}/{case['page']}"}


def _taken_in(case: Case) -> Answer:
    return {"http": 201, "body_keys": ["id"], "vtj_data_in_body": False} if case["valid_application"] else {"http": 400}


def _decided(case: Case) -> Answer:
    """A decision while the register is not connected: whatever was sent in its name is not kept."""
    accept = case["area"] == "youth.accept.vtj_disabled"
    after = acceptance.decide(status=Status.ADDITIONAL_INFORMATION_PROVIDED, accept=accept)
    if isinstance(after, Refusal):
        raise EvaluationError(after.text.in_("en"))
    answer: dict[str, Any] = {"http": 200, "status": str(after), "vtj_json_stored": None}
    return {**answer, "voucher_created": 1 if after is Status.ACCEPTED else 0}


BY_AREA: Final[tuple[Question, ...]] = (
    question(
        _decided, "vtj", "vtj_json_sent", area=("youth.accept.vtj_disabled", "youth.reject.vtj_disabled"), told=True
    ),
    question(_public_status, "role", "status", area="youth.status_public", told=True),
    question(_page, "base", "page", "language"),
)
"""What must be told from questions of fewer of the same facts."""

DOORS: Final[tuple[Question, ...]] = (
    question(_taken_in, "valid_application"),
    question(_to_a_page, "endpoint", "role"),
    question(_public_status, "role", "id"),
    question(_to_a_page, "role", area="handler.create_without_ssn"),
    question(_to_a_program, "role", area=("youth.list", "youth.employer_links")),
)
