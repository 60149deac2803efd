# SPDX-License-Identifier: EUPL-1.2
"""The ledger of de minimis aid: what counts towards an organisation's ceiling over three years.

Regulation (EU) 2023/2831, article 3(2): the ceiling holds over any period of three years, looked back from each new
grant. The ceiling itself belongs to the services' law, not here.
"""

from datetime import date, datetime

from django.db import transaction
from django.db.models import Sum

from ennakko.kernel import audit
from ennakko.kernel.access import Actor
from ennakko.kernel.organisations.access import RETENTION
from ennakko.kernel.organisations.models import Aid, Organisation
from ennakko.values.dates import add_years


class AidConflict(ValueError):
    """The reference stands in the ledger already, with other contents."""


def aid_of(organisation: Organisation | str, on: date, years: int = 3) -> int:
    """Aid in cents granted during the years that end on a day, that day included and the same day years ago not."""
    rows = Aid.objects.filter(
        organisation=organisation, withdrawn_at__isnull=True, granted_on__gt=add_years(on, -years), granted_on__lte=on
    )
    return int(rows.aggregate(cents=Sum("amount_cents"))["cents"] or 0)


def aid_rows(organisation: Organisation | str) -> list[Aid]:
    """The ledger's rows, the latest first."""
    return list(Aid.objects.filter(organisation=organisation).order_by("-granted_on", "-pk"))


def record_aid(
    organisation: Organisation,
    *,
    reference: str,
    granter: str,
    granted_on: date,
    amount_cents: int,
    actor: Actor,
    at: datetime,
    service: str = "",
    source: str = "own",
) -> Aid:
    """Write aid into the ledger, in the caller's transaction if there is one; a reference once only.

    `source` is own (granted by us) or declared (by the organisation, of others' aid). Raises AidConflict.
    """
    given = {
        "organisation_id": organisation.pk, "service": service, "granter": granter, "granted_on": granted_on,
        "amount_cents": amount_cents, "source": source,
    }  # fmt: skip
    with transaction.atomic():
        row, new = Aid.objects.get_or_create(reference=reference, defaults={**given, "recorded_at": at})
        if new:
            said = {"reference": reference, "cents": amount_cents}
            about = f"organisation:{organisation.pk}"
            audit.write(actor, "organisations.record-aid", about, at, said, RETENTION)
        elif any(getattr(row, name) != value for name, value in given.items()):
            raise AidConflict(f"The aid {reference} stands in the ledger with other contents.")
    return row


def withdraw_aid(reference: str, *, actor: Actor, at: datetime) -> bool:
    """Aid that was annulled or paid back in full counts no more; False where there was none or it was withdrawn."""
    with transaction.atomic():
        rows = Aid.objects.filter(reference=reference, withdrawn_at__isnull=True)
        about = rows.values_list("organisation", flat=True).first()
        if about is None or not rows.update(withdrawn_at=at):
            return False
        said = {"reference": reference}
        audit.write(actor, "organisations.withdraw-aid", f"organisation:{about}", at, said, RETENTION)
    return True
