# SPDX-License-Identifier: EUPL-1.2
"""The demo's mailbox: where channels without an outside world put what they take."""

from datetime import datetime

from django.db import IntegrityError, transaction

from ennakko.kernel.messages.models import DeliveredCopy
from ennakko.kernel.messages.ports import Receipt


def keep_copy(*, channel: str, address: str, subject: str, body: str, reference: str, at: datetime) -> Receipt:
    """Keep what a channel took, once per reference: a repeated reference gives the first receipt again."""
    try:
        with transaction.atomic():
            copy = DeliveredCopy.objects.create(
                reference=reference, channel=channel, address=address, subject=subject, body=body, received_at=at
            )
    except IntegrityError:
        copy = DeliveredCopy.objects.get(reference=reference)
    return Receipt(f"demo-{copy.pk}")
