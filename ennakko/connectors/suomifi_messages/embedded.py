# SPDX-License-Identifier: EUPL-1.2
"""Suomi.fi messages with no outside world: kept in the demo's mailbox, the identity code masked."""

from dataclasses import dataclass

from ennakko.kernel import clock
from ennakko.kernel.messages.embedded import keep_copy
from ennakko.kernel.messages.ports import Permanent, Receipt
from ennakko.values import identity_code


@dataclass(frozen=True, slots=True)
class EmbeddedSuomiFi:
    """Takes Suomi.fi messages into the demo's mailbox."""

    id: str = "suomifi"
    secure: bool = True
    knows_references: bool = True

    def send(self, address: str, *, subject: str, body: str, reference: str) -> Receipt:
        """Keep one message; Permanent for what is no identity code."""
        if not identity_code.is_valid(address):
            raise Permanent("not an identity code")
        masked = identity_code.mask(address)
        return keep_copy(
            channel=self.id, address=masked, subject=subject, body=body, reference=reference, at=clock.now()
        )
