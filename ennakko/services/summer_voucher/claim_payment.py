# SPDX-License-Identifier: EUPL-1.2
"""What of an accepted claim goes to payments: the payee as the claim was sent, and all that the payment file tells."""

from collections.abc import Iterable
from typing import Any

from django.utils import timezone

from ennakko.kernel import documents, tokens
from ennakko.kernel.access import SYSTEM
from ennakko.kernel.cases.models import Case, Decision
from ennakko.kernel.documents.models import Document
from ennakko.kernel.payments import Payee
from ennakko.services.summer_voucher import claim_gathering as gathering
from ennakko.services.summer_voucher.law import number_2026 as number
from ennakko.services.summer_voucher.models import Claim, ClaimRow
from ennakko.values.texts import text

VOUCHER = text(fi="Kesäseteli", sv="Sommarsedel", en="Summer job voucher")
BANK = SYSTEM("payments")
"""Who writes in a claim's history what the bank said."""


def payee(claim: Claim) -> Payee:
    """Who is paid, frozen as the claim tells it."""
    return Payee(
        name=claim.payee_name or claim.employer_name, business_id=claim.organisation, iban=claim.iban, bic=claim.bic,
        address=claim.payee_address, bank_name=claim.bank_name, bank_address=claim.bank_address,
        street=claim.street_address, postal_code=claim.postal_code, post_office=claim.post_office,
    )  # fmt: skip


def words(case: Case) -> str:
    """The message of the payment, as it stands on the payee's statement, in the language of the claim."""
    return f"{VOUCHER.in_(case.language)} {case.number}"


def data_of(row: ClaimRow, case: Case, decision: Decision) -> dict[str, Any]:
    """What the payment file tells of the row: JSON values, complete, so that the file never changes afterwards."""
    voucher = row.voucher
    application = getattr(voucher.case, "summer_voucher_application", None) if voucher and voucher.case_id else None
    given = documents.of(f"case:{case.pk}")
    return {
        "case": case.number,
        "received": timezone.localtime(row.claim.sent_at).date().isoformat(),
        "language": row.claim.language,
        "voucher_number": number.encode(voucher.number) if voucher is not None else "",
        "voucher_year": row.year,
        "birth_year": born.year if voucher is not None and (born := gathering.birth_date_of(voucher)) else None,
        "declared_group": application.target_group if application is not None else "",
        "explained_by_age": application is not None and "underage_or_overage" in application.reasons,
        "youth": str(case.data.get("youth", "")),
        "non_disclosure": voucher is not None and gathering.protected(voucher),
        "employer": row.claim.employer_name,
        "business_id": row.claim.organisation,
        "street_address": row.claim.street_address,
        "postal_code": row.claim.postal_code,
        "post_office": row.claim.post_office,
        "attachments": {kind: links_in(given, kind) for kind in gathering.KINDS},
        "decided_by": decision.decided_by_name,
    }


def links_in(found: Iterable[Document], kind: str) -> list[str]:
    """Addresses of those of some documents that are of a kind."""
    return [f"{tokens.site()}/summer-voucher/claims/documents/{one.pk}/" for one in found if one.kind == kind]
