# SPDX-License-Identifier: EUPL-1.2
"""An attachment that was taken while the scanner was silent and later found to hold malware: its employer is told."""

from datetime import datetime

from ennakko.kernel import documents
from ennakko.kernel.documents.models import Document
from ennakko.services.summer_voucher import claim_telling
from ennakko.services.summer_voucher.models import ClaimRow


def tell_of_infected(document: Document, at: datetime) -> None:
    """In the transaction that removes the document; a case of another kind is not ours to tell of."""
    number = document.about.partition(":")[2]
    rows = ClaimRow.objects.select_related("claim", "case")
    row = rows.filter(case=int(number)).first() if number.isdigit() else None
    if row is not None and row.case is not None:
        claim_telling.infected(row.claim, row.case, str(document.pk), document.name, at=at)


def watch() -> None:
    """Called once at start-up."""
    documents.on_infected("case", tell_of_infected)
