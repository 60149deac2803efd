# SPDX-License-Identifier: EUPL-1.2
"""Text messages with no outside world: kept in the demo's mailbox."""

from collections.abc import Sequence
from dataclasses import dataclass

from ennakko.connectors.sms.numbers import international
from ennakko.kernel import clock
from ennakko.kernel.messages.embedded import keep_copies, keep_copy
from ennakko.kernel.messages.ports import Handed, NotTaken, Receipt


@dataclass(frozen=True, slots=True)
class EmbeddedSms:
    """Takes text messages into the demo's mailbox."""

    id: str = "sms"
    secure: bool = False
    knows_references: bool = True

    def send(self, address: str, *, subject: str, body: str, reference: str) -> Receipt:
        """Keep one message; Permanent for what is no phone number."""
        message = Handed(address, subject, body, reference)
        return keep_copy(message, channel=self.id, shown=international, at=clock.now())

    def send_many(self, messages: Sequence[Handed]) -> Sequence[Receipt | NotTaken]:
        """Keep a portion of messages in one statement."""
        return keep_copies(messages, channel=self.id, shown=international, at=clock.now())
