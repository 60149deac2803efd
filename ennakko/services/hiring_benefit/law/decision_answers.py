# SPDX-License-Identifier: EUPL-1.2
"""Proposing, deciding and paying as a procedure: drafts of decisions, batches, matters in the decision system."""

from __future__ import annotations

from typing import Any, Final

from ennakko.rules import questions
from ennakko.rules.parameters import ParameterBook
from ennakko.rules.procedure import Input, Trace, traced
from ennakko.rules.questions import answer_to, question
from ennakko.services.hiring_benefit.law import (
    application_texts_2026,
    decision_2026,
    refusals,
    states_2026,
    values,
)
from ennakko.services.hiring_benefit.law.decision_2026 import Draft, draft_problems, footer_of_aid, goes_into
from ennakko.services.hiring_benefit.law.states_2026 import (
    ANSWERED,
    BATCH,
    BATCH_OPEN,
    BATCH_UNDECIDED,
    KEEPS_MATTER,
    NOTIFIED,
    READY_FOR_PROPOSAL,
    REQUESTED,
    may,
)
from ennakko.services.hiring_benefit.law.values import Case, truth, whole, words
from ennakko.values.texts import text

LEAST_TEXT, FORMS = "hiring-benefit.least_text", "hiring-benefit.association_forms"
DECIDED: Final = frozenset({"accepted", "rejected"})
NAMES: Final = (
    "from_status", "to_status", "status", "batch_status", "proposal_for_decision", "application_status", "ahjo_status",
    "talpa_status", "case_id", "latest_ahjo_status", "initial_ahjo_status", "request_type", "previous_ahjo_status",
    "updatetype_from_ahjo", "log_entry_comment", "handler_role", "decision_text", "justification_text",
)  # fmt: skip


@traced(
    "hiring-benefit.decision",
    title=text(fi="Päätöksen tekeminen", sv="Beslutsfattande", en="Making the decision"),
    cite=("act 19 §", "act 20 §"),
    inputs=(
        *(Input(name, "code", unknown=True) for name in NAMES),
        Input("review_step", "int", unknown=True),
        Input("company_form_code", "int", unknown=True),
        Input("retry_failed_older_than_hours", "int", unknown=True),
        Input("granted_as_de_minimis_aid", "bool", unknown=True),
        Input("instalments_enabled", "bool", unknown=True),
    ),
    parameters=(LEAST_TEXT, FORMS),
    modules=(application_texts_2026, decision_2026, questions, refusals, states_2026, values),
)
def decision(case: Case, trace: Trace, book: ParameterBook) -> dict[str, Any]:
    """What a decision's draft, a batch and the matter in the decision system may be and become (act 19–20 §).

    In the words of the City's earlier service: `http` 200 or 400, its names of states, `count` 1 where a matter is
    picked for a request.
    """
    answer = answer_to(
        case,
        (
            question(lambda given: _draft(given, trace, book), "review_step", "status"),
            question(lambda given: _moved(given), "from_status", "to_status"),
            question(_added, "status", "proposal_for_decision", "batch_status"),
            question(_picked_for_proposal, "application_status", "ahjo_status", "talpa_status", "case_id"),
            question(_picked_for_details, "application_status", "ahjo_status", "case_id"),
            question(_picked_for_deletion, "application_status", "latest_ahjo_status"),
            question(_deleted, "initial_ahjo_status"),
            question(_answered, "request_type", "previous_ahjo_status"),
            question(_notified, "updatetype_from_ahjo"),
            question(_details, "instalments_enabled", "application_status"),
            question(lambda given: _footer(given, trace, book), "company_form_code"),
            question(_decided, "status"),
            question(_proposal, "batch_status"),
        ),
    )
    trace.note("answer", ", ".join(f"{key}: {value}" for key, value in answer.items()), None, "act 19 §")
    return answer


def _draft(case: Case, trace: Trace, book: ParameterBook) -> dict[str, Any]:
    problems = draft_problems(
        Draft(
            words(case, "status"), truth(case, "granted_as_de_minimis_aid"), words(case, "log_entry_comment"),
            words(case, "decision_text"), words(case, "justification_text"),
        ),
        step=whole(case["review_step"], "review_step"),
        least_text=int(trace.parameter(book, LEAST_TEXT)),
    )  # fmt: skip
    for one in problems:
        trace.note(one.code, False, one.text, one.cite)
    return {"http": 400 if problems else 200, "problems": [one.code for one in problems]}


def _moved(case: Case) -> dict[str, Any]:
    return {"http": 200 if may(BATCH, words(case, "from_status"), words(case, "to_status")) else 400}


def _added(case: Case) -> dict[str, Any]:
    fits = goes_into(
        words(case, "status"), proposal=words(case, "proposal_for_decision"), batch=words(case, "batch_status")
    )
    return {"http": 200 if fits else 400}


def _decided(case: Case) -> dict[str, Any]:
    """What the batch tells of its applications; an application's own state counts only once the batch is decided."""
    batch = words(case, "batch_status") or words(case, "status")
    known = words(case, "status")
    told = None if batch in BATCH_UNDECIDED else known if known in DECIDED else "accepted"
    return {"decision": told, "modifiable": batch in BATCH_OPEN}


def _proposal(case: Case) -> dict[str, Any]:
    status = words(case, "batch_status")
    return {"proposal_for_decision": status if status in DECIDED else None}


def _picked_for_proposal(case: Case) -> dict[str, Any]:
    picked = (
        words(case, "application_status") in DECIDED
        and words(case, "ahjo_status") in READY_FOR_PROPOSAL
        and words(case, "talpa_status") == "not_sent_to_talpa"
        and bool(words(case, "case_id"))
        and bool(case.get("decision_text"))
    )
    return {"count": int(picked)}


def _picked_for_details(case: Case) -> dict[str, Any]:
    decided = words(case, "application_status") in DECIDED
    return {"count": int(decided and words(case, "ahjo_status") == "signed" and bool(words(case, "case_id")))}


def _picked_for_deletion(case: Case) -> dict[str, Any]:
    state = words(case, "latest_ahjo_status")
    retried = state == REQUESTED["delete_application"] and bool(case.get("retry_failed_older_than_hours"))
    return {"count": int(state == "scheduled_for_deletion" or retried)}


def _deleted(case: Case) -> dict[str, Any]:
    state = words(case, "initial_ahjo_status")
    if state in KEEPS_MATTER:
        message = "Cannot delete because a decision proposal has been sent to Ahjo"
        return {"http": 400, "message": message, "ahjo_status": state}
    message = "Application scheduled for cancellation in Ahjo"
    return {"http": 200, "message": message, "ahjo_status": "scheduled_for_deletion"}


def _answered(case: Case) -> dict[str, Any]:
    return {"ahjo_status": ANSWERED[words(case, "request_type")]}


def _notified(case: Case) -> dict[str, Any]:
    return {"ahjo_status": NOTIFIED[words(case, "updatetype_from_ahjo")]}


def _details(case: Case) -> dict[str, Any]:
    """What follows when the decision's details have come: the first instalment of an accepted one may be paid."""
    outcome = words(case, "application_status")
    first = "accepted" if outcome == "accepted" else "waiting"
    return {"batch_status": outcome, "proposal": outcome, "instalment_1": first, "instalment_2": "waiting"}


def _footer(case: Case, trace: Trace, book: ParameterBook) -> dict[str, Any]:
    association = whole(case["company_form_code"], "company_form_code") in trace.parameter(book, FORMS)
    return {
        "footer": footer_of_aid(
            association=association, granted_as_aid=bool(truth(case, "granted_as_de_minimis_aid"))
        )
    }  # fmt: skip
