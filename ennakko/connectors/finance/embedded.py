# SPDX-License-Identifier: EUPL-1.2
"""The demo's bank: it confirms the lines of a batch a little after it was sent; from closed accounts they come back.

It keeps no books of its own: what it has taken is what payments say was sent, so nothing is lost or doubled when the
demo is stopped. A confirmation has the same id however often it is told.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from ennakko.kernel import clock
from ennakko.kernel.payments.models import Batch, Line
from ennakko.kernel.payments.ports import Confirmation, Rejected
from ennakko.kernel.payments.states import LineState
from ennakko.values import iban as ibans

CLOSED_ACCOUNTS = frozenset({"FI4312345600009992"})
"""Accounts of the demo that have been closed: money sent to them comes back."""
CLOSED = "Tili on suljettu / Kontot är stängt / The account is closed"
A_LITTLE = timedelta(seconds=15)
"""Business time between sending and confirming: the next tick, not the same."""


@dataclass(frozen=True, slots=True)
class DemoBank:
    """Takes batches and confirms their lines."""

    closed: frozenset[str] = CLOSED_ACCOUNTS
    after: timedelta = A_LITTLE
    now: Callable[[], datetime] = field(default=clock.now)

    def send(self, name: str, content: bytes, reference: str, *, lines: int, amount_cents: int) -> None:
        """Take a file; raises Rejected for an unknown reference, an empty file or other totals than the batch has."""
        batch = Batch.objects.filter(reference=reference).first()
        if batch is None or not content or (batch.lines_count, batch.amount_cents) != (lines, amount_cents):
            raise Rejected("the demo's bank: the file does not fit its totals")

    def confirmations(self) -> Iterator[Confirmation]:
        """The lines that were sent a little ago and are still on their way."""
        now = self.now()
        rows = (
            Line.objects.filter(state=LineState.SENT, batch__sent_at__lte=now - self.after)
            .order_by("batch_id", "number")
            .values_list("batch__reference", "number", "iban", "amount_cents")
        )
        for reference, number, iban, cents in list(rows):
            back = ibans.normalised(iban) in self.closed
            yield Confirmation(
                id=f"demo-{reference}-{number}",
                reference=reference,
                line=number or 0,
                state="returned" if back else "paid",
                paid_on=now.date(),
                reason=CLOSED if back else "",
                amount_cents=cents,
            )

    def acknowledge(self, confirmations: Sequence[Confirmation]) -> None:
        """Nothing to do: a line that is settled is not on its way any more."""
