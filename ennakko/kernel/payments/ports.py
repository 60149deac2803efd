# SPDX-License-Identifier: EUPL-1.2
"""What payments ask of the city's finance system; a connector implements it, `web` wires the chosen one."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal, Protocol


class Unavailable(Exception):
    """The other side did not answer, or nobody knows whether it took what it was given: the same comes again later.

    `what` names the system and what happened, for the log: never a payee, an account or a secret. `retry_after` in
    seconds, where it said.
    """

    def __init__(self, what: str, retry_after: int | None = None) -> None:
        super().__init__(what)
        self.what, self.retry_after = what, retry_after


class Rejected(Exception):
    """The other side surely did not take the file and will not as it is: a person looks at why."""

    def __init__(self, what: str) -> None:
        super().__init__(what)
        self.what = what


@dataclass(frozen=True, slots=True)
class Confirmation:
    """What the other side says of one line of one batch.

    `id` is its own, the same whenever it says the same again; `reference` the batch's, `line` the line's number in it,
    from 1. `paid_on` is the value date. `amount_cents` is what it paid or sent back, None where it does not say.
    """

    id: str
    reference: str
    line: int
    state: Literal["paid", "returned"]
    paid_on: date | None = None
    reason: str = ""
    amount_cents: int | None = None


class Transfer(Protocol):
    """The way to the finance system and back."""

    def send(self, name: str, content: bytes, reference: str, *, lines: int, amount_cents: int) -> None:
        """Hand a batch's file over; a reference it has taken already changes nothing. Raises Unavailable, Rejected.

        `lines` and `amount_cents` are control totals of the file.
        """

    def confirmations(self) -> Iterable[Confirmation]:
        """What has been confirmed and not acknowledged yet, the earliest first. Raises Unavailable."""

    def acknowledge(self, confirmations: Sequence[Confirmation]) -> None:
        """Tell that these are stored here and need not come again. Raises Unavailable: then they come again."""


_transfer: list[Transfer] = []


def use(transfer: Transfer | None) -> None:
    """The transfer that batches go by; None: files are taken and confirmed by hand."""
    _transfer[:] = [] if transfer is None else [transfer]


def transfer() -> Transfer | None:
    """The transfer in use, or None."""
    return _transfer[0] if _transfer else None
