# SPDX-License-Identifier: EUPL-1.2
"""Everything the service knows of one organisation, as its people get it; youths as the organisation told of them."""

from typing import Any

from ennakko.kernel import messages, payments
from ennakko.kernel.access import Actor, require, visible
from ennakko.kernel.cases.models import Decision
from ennakko.kernel.documents import of_many
from ennakko.kernel.offers.models import Offer
from ennakko.services.summer_voucher.claim_states import CLAIM_OWN
from ennakko.services.summer_voucher.conditions import SERVICE
from ennakko.services.summer_voucher.models import Claim, ClaimRow
from ennakko.services.summer_voucher.queries.own_claims import drafts

SHOWN_OF_CLAIM = (
    "reference", "employer_name", "employer_kind", "industry", "street_address", "postal_code", "post_office",
    "contact_name", "contact_email", "contact_phone", "is_separate_invoicer", "invoicer_name", "invoicer_email",
    "invoicer_phone", "language", "iban", "bic", "payee_name", "payee_address", "bank_name", "bank_address", "source",
    "sent_by_name", "sent_at", "typed_fields", "keystrokes",
)  # fmt: skip
SHOWN_OF_ROW = (
    "position", "year", "surname_typed", "work_start", "work_end", "hours", "pay_cents", "work_postal_code", "job_type",
    "description", "hired_without", "value_cents", "outcome", "decided_at", "automatic",
)  # fmt: skip


def organisation_data(actor: Actor) -> dict[str, Any]:
    """JSON values: claims with their rows, decisions, documents' names, payments, drafts, offers, messages.

    For whoever acts for the organisation. Raises Refused for others.
    """
    require(actor, CLAIM_OWN)
    claims = list(visible(actor, CLAIM_OWN, Claim.objects.filter(emptied_at=None)).order_by("sent_at", "pk"))
    rows = list(ClaimRow.objects.filter(claim__in=claims).select_related("case").order_by("claim", "position"))
    abouts = [f"case:{row.case_id}" for row in rows]
    decided: dict[int, list[Decision]] = {}
    for decision in Decision.objects.filter(case__in=[row.case_id for row in rows]).order_by("decided_at"):
        decided.setdefault(decision.case_id, []).append(decision)
    given, paid = of_many(abouts), payments.lines_of_many(abouts)
    by_claim: dict[int, list[dict[str, Any]]] = {}
    for row in rows:
        about = f"case:{row.case_id}"
        case = row.case
        by_claim.setdefault(row.claim_id, []).append(
            {
                **{name: _plain(getattr(row, name)) for name in SHOWN_OF_ROW},
                "case": case.number if case is not None else "",
                "state": case.state if case is not None else "",
                "youth": (case.data if case is not None else {}).get("youth", ""),
                "documents": [{"kind": one.kind, "name": one.name, "size": one.size} for one in given[about]],
                "decisions": [_decision(one) for one in decided.get(row.case_id or 0, ())],
                "payments": [
                    {"cents": one.amount_cents, "state": one.standing, "iban": one.payee.iban} for one in paid[about]
                ],
            }
        )
    return {
        "service": SERVICE,
        "organisation": actor.organisation,
        "claims": [
            {**{name: _plain(getattr(one, name)) for name in SHOWN_OF_CLAIM}, "vouchers": by_claim.get(one.pk, [])}
            for one in claims
        ],
        "drafts": [{"key": one.key, "saved_at": _plain(one.saved_at), "data": one.data} for one in drafts(actor)],
        "proposals": [
            {"round": one.round, "state": one.state, "content": one.content, "answer": one.answer}
            for one in Offer.objects.filter(service=SERVICE, organisation=actor.organisation).order_by("pk")
        ],
        "messages": [
            {"at": _plain(one.planned_at), "subject": one.subject, "text": one.body}
            for one in messages.messages_of_organisation(actor.organisation, most=1000)
        ],
    }


def _decision(one: Decision) -> dict[str, Any]:
    return {
        "outcome": one.outcome, "at": _plain(one.decided_at), "by": one.decided_by_name, "automatic": one.automatic,
        "amount_cents": one.amount_cents, "justification": one.justification, "reasons": one.reasons,
        "appeal": one.appeal,
    }  # fmt: skip


def _plain(value: Any) -> Any:
    return value.isoformat() if hasattr(value, "isoformat") else value
