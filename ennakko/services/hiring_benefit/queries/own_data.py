# SPDX-License-Identifier: EUPL-1.2
"""Everything the service knows of one person or one organisation, as they get it (GDPR, articles 15 and 20)."""

from typing import Any

from ennakko.kernel import audit, messages
from ennakko.kernel.access import Actor, Refused, require, visible
from ennakko.kernel.access.reasons import STRONG
from ennakko.kernel.cases.models import Case, Decision
from ennakko.kernel.documents import of_many
from ennakko.services.hiring_benefit import as_written
from ennakko.services.hiring_benefit.access import APPLY, CONFIRM
from ennakko.services.hiring_benefit.actions import drafting
from ennakko.services.hiring_benefit.case_kind import BENEFIT_CASE
from ennakko.services.hiring_benefit.conditions import SERVICE
from ennakko.services.hiring_benefit.models import Application, Employee
from ennakko.services.hiring_benefit.states import OWN


def own_data(actor: Actor) -> dict[str, Any]:
    """JSON values: the applications about a resident, what she said of them, messages, who has looked.

    For somebody signed in strongly; of an employer's own matters only what concerns her. Raises Refused for others.
    """
    if actor.kind != "resident" or not actor.strong:
        raise Refused(STRONG, CONFIRM)
    rows = visible(actor, CONFIRM, Employee.objects.filter(emptied_at=None)).select_related("application__case")
    about = {f"case:{one.application.case_id}" for one in rows}
    return {
        "service": SERVICE,
        "applications": [_of_employee(one) for one in rows.order_by("application__sent_at")],
        "messages": _messages(actor, about),
        "looked_up": _looked_up(actor),
    }


def organisation_data(actor: Actor) -> dict[str, Any]:
    """JSON values: the organisation's applications as it told of them, papers, decisions, drafts. Raises Refused."""
    require(actor, APPLY)
    cases = visible(actor, OWN, Case.objects.filter(service=SERVICE, kind=BENEFIT_CASE, emptied_at=None))
    found = Application.objects.filter(case__in=cases).select_related("case", "employee", "terms")
    rows = list(found.prefetch_related("de_minimis_rows").order_by("sent_at", "pk"))
    given = of_many([f"case:{row.case_id}" for row in rows])
    decided: dict[int, list[Decision]] = {}
    for one in Decision.objects.filter(case__in=[row.case_id for row in rows]).order_by("decided_at"):
        decided.setdefault(one.case_id, []).append(one)
    return {
        "service": SERVICE,
        "organisation": actor.organisation,
        "applications": [
            {
                "case": row.case.number, "state": row.case.state, "sent_at": row.sent_at.isoformat(),
                "sent_by": row.sent_by_name, "employer": as_written.employer_of(row),
                "employee": as_written.employee_of(row), "terms": _terms(row),
                "papers": [{"kind": one.kind, "name": one.name} for one in given[f"case:{row.case_id}"]],
                "decisions": [_decision(one) for one in decided.get(row.case_id, ())],
            }
            for row in rows
        ],
        "drafts": [
            {"key": one.key, "saved_at": one.saved_at.isoformat(), "data": one.data}
            for one in drafting.drafts_of(actor)
        ],
    }  # fmt: skip


def _of_employee(row: Employee) -> dict[str, Any]:
    application = row.application
    told = as_written.employee_of(application)
    return {
        "case": application.case.number, "state": application.case.state, "employer": application.employer_name,
        "business_id": application.organisation, "sent_at": application.sent_at.isoformat(),
        **{name: value for name, value in told.items() if name != "letter_code"},
        "confirmation": row.consent, "asked_at": _plain(row.asked_at), "answered_at": _plain(row.answered_at),
        "benefit_cents": application.benefit_cents,
    }  # fmt: skip


def _terms(row: Application) -> str:
    """The version of the terms; none where the application came on paper before its terms were entered."""
    approved = getattr(row, "terms", None)
    return approved.version if approved is not None else ""


def _decision(one: Decision) -> dict[str, Any]:
    return {
        "outcome": one.outcome, "at": one.decided_at.isoformat(), "by": one.decided_by_name,
        "amount_cents": one.amount_cents, "justification": one.justification, "appeal": one.appeal,
    }  # fmt: skip


def _messages(actor: Actor, about: set[str]) -> list[dict[str, Any]]:
    if actor.person is None:
        return []
    own = [one for one in messages.messages_of(actor.person, most=1000) if one.about in about]
    return [{"at": _plain(one.planned_at), "subject": one.subject, "text": one.body} for one in own]


def _looked_up(actor: Actor) -> list[dict[str, Any]]:
    if actor.person is None:
        return []
    return [
        {"at": _plain(one.at), "by": one.actor_kind, "facts": list(one.facts), "reason": one.reason}
        for one in audit.reads_of(actor.person)
        if one.purpose == SERVICE
    ]


def _plain(value: Any) -> Any:
    return value.isoformat() if hasattr(value, "isoformat") else value
