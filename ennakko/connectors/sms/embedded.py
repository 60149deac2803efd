# SPDX-License-Identifier: EUPL-1.2
"""Text messages with no outside world: kept in the demo's mailbox."""

from dataclasses import dataclass

from ennakko.connectors.sms.numbers import international
from ennakko.kernel import clock
from ennakko.kernel.messages.embedded import keep_copy
from ennakko.kernel.messages.ports import Receipt


@dataclass(frozen=True, slots=True)
class EmbeddedSms:
    """Takes text messages into the demo's mailbox."""

    id: str = "sms"
    secure: bool = False
    knows_references: bool = True

    def send(self, address: str, *, subject: str, body: str, reference: str) -> Receipt:
        """Keep one message; Permanent for what is no phone number."""
        number = international(address)
        return keep_copy(
            channel=self.id, address=number, subject=subject, body=body, reference=reference, at=clock.now()
        )
