# SPDX-License-Identifier: EUPL-1.2
"""The demo's mailbox: where channels without an outside world put what they take."""

from collections.abc import Callable, Sequence
from datetime import datetime

from ennakko.kernel.bulk import insert_rows
from ennakko.kernel.messages.models import DeliveredCopy
from ennakko.kernel.messages.ports import Handed, NotTaken, Permanent, Receipt
from ennakko.kernel.people.names import folded

Shown = Callable[[str], str]
"""An address as the mailbox shows it; raises Permanent for what is none."""
_COLUMNS = ("reference", "channel", "address", "address_folded", "subject", "body", "received_at")


def keep_copies(messages: Sequence[Handed], *, channel: str, shown: Shown, at: datetime) -> list[Receipt | NotTaken]:
    """Keep what a channel took, once per reference: a repeated reference gives the first receipt again.

    In the order given; Permanent in place of a receipt for an address that is none.
    """
    refused: dict[str, Permanent] = {}
    rows = []
    for one in messages:
        try:
            address = shown(one.address)
        except Permanent as error:
            refused[one.reference] = error
        else:
            rows.append((one.reference, channel, address, folded(address), one.subject, one.body, at))
    insert_rows(DeliveredCopy, _COLUMNS, rows, unique=("reference",))
    kept = dict(DeliveredCopy.objects.filter(reference__in=[row[0] for row in rows]).values_list("reference", "pk"))
    return [refused.get(one.reference) or Receipt(f"demo-{kept[one.reference]}") for one in messages]


def keep_copy(message: Handed, *, channel: str, shown: Shown, at: datetime) -> Receipt:
    """Keep one message; raises Permanent for an address that is none."""
    (answer,) = keep_copies([message], channel=channel, shown=shown, at=at)
    if isinstance(answer, Receipt):
        return answer
    raise answer
