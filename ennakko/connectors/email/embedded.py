# SPDX-License-Identifier: EUPL-1.2
"""E-mail with no outside world: kept in the demo's mailbox."""

from dataclasses import dataclass

from ennakko.kernel import clock
from ennakko.kernel.messages.embedded import keep_copy
from ennakko.kernel.messages.ports import Permanent, Receipt


@dataclass(frozen=True, slots=True)
class EmbeddedEmail:
    """Takes e-mail into the demo's mailbox."""

    id: str = "email"
    secure: bool = False
    knows_references: bool = True

    def send(self, address: str, *, subject: str, body: str, reference: str) -> Receipt:
        """Keep one message; Permanent for what is no address."""
        if "@" not in address:
            raise Permanent("not an e-mail address")
        return keep_copy(
            channel=self.id, address=address, subject=subject, body=body, reference=reference, at=clock.now()
        )
