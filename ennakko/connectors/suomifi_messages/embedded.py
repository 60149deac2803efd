# SPDX-License-Identifier: EUPL-1.2
"""Suomi.fi messages with no outside world: kept in the demo's mailbox, the identity code masked."""

from collections.abc import Sequence
from dataclasses import dataclass

from ennakko.kernel import clock
from ennakko.kernel.messages.embedded import keep_copies, keep_copy
from ennakko.kernel.messages.ports import Handed, NotTaken, Permanent, Receipt
from ennakko.values import identity_code


@dataclass(frozen=True, slots=True)
class EmbeddedSuomiFi:
    """Takes Suomi.fi messages into the demo's mailbox."""

    id: str = "suomifi"
    secure: bool = True
    knows_references: bool = True

    def send(self, address: str, *, subject: str, body: str, reference: str) -> Receipt:
        """Keep one message; Permanent for what is no identity code."""
        message = Handed(address, subject, body, reference)
        return keep_copy(message, channel=self.id, shown=_masked, at=clock.now())

    def send_many(self, messages: Sequence[Handed]) -> Sequence[Receipt | NotTaken]:
        """Keep a portion of messages in one statement."""
        return keep_copies(messages, channel=self.id, shown=_masked, at=clock.now())


def _masked(address: str) -> str:
    if not identity_code.is_valid(address):
        raise Permanent("not an identity code")
    return identity_code.mask(address)
