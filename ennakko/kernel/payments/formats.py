# SPDX-License-Identifier: EUPL-1.2
"""What a service says of its payments: how its file is written, what it is called, what follows a confirmation."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from difflib import get_close_matches
from typing import TYPE_CHECKING

from ennakko.values.texts import Text

if TYPE_CHECKING:
    from ennakko.kernel.payments.models import Batch, Line

Follows = Callable[[tuple["Line", ...], datetime], None]


def _nothing_follows(lines: "tuple[Line, ...]", at: datetime) -> None:
    """For services where the payment itself is all there is."""


def _nothing_lacks(on: date) -> "Sequence[tuple[Text, Text]]":
    """For files of which everything is decided."""
    return ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentFormat:
    """A service's payment file.

    `id` begins with the service's (`summer-voucher.talpa`). `write(batch, lines)` gives the file's bytes from the
    stored rows alone, lines in the order of their numbers: no clock, no settings, the same bytes however often.
    `file_name` names the file of a batch. `on_paid` and `on_returned` run in the transaction of the confirmation, for
    all the lines that it concerns at once; one that raises leaves its line to a person, and what the other side said
    stands stored. `lacks(day)` names the columns that are empty because nobody has decided, each with who decides.
    """

    id: str
    service: str
    title: Text
    write: "Callable[[Batch, Sequence[Line]], bytes]"
    file_name: "Callable[[Batch], str]"
    content_type: str
    on_paid: Follows = _nothing_follows
    on_returned: Follows = _nothing_follows
    lacks: "Callable[[date], Sequence[tuple[Text, Text]]]" = _nothing_lacks


class UnknownFormat(LookupError):
    """No payment file has this id, or the service pays nothing; the message lists near names."""


_formats: dict[str, PaymentFormat] = {}


def register_payment_formats(*formats: PaymentFormat) -> None:
    """Start-up tells how a service's payment file is written; the latest of a service is used for new batches.

    Earlier formats stay registered as long as batches of theirs are unsettled.
    """
    for one in formats:
        if _formats.setdefault(one.id, one) != one:
            raise ValueError(f"The payment file {one.id!r} is declared twice, differently.")


def payment_format(id: str) -> PaymentFormat:
    """The payment file of an id; raises UnknownFormat."""
    if id not in _formats:
        near = get_close_matches(id, _formats, n=3)
        raise UnknownFormat(f"There is no payment file {id!r}." + (f" Near: {', '.join(near)}." if near else ""))
    return _formats[id]


def format_of(service: str) -> PaymentFormat:
    """The payment file that a service's new batches are written as; raises UnknownFormat."""
    found = [one for one in _formats.values() if one.service == service]
    if not found:
        known = ", ".join(sorted({one.service for one in _formats.values()})) or "none"
        raise UnknownFormat(f"The service {service!r} has no payment file. Those that have: {known}.")
    return found[-1]


def paying_services() -> tuple[str, ...]:
    """The services that have a payment file."""
    return tuple(dict.fromkeys(one.service for one in _formats.values()))
