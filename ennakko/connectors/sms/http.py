# SPDX-License-Identifier: EUPL-1.2
"""Text messages through the Quriiri gateway, which the City's own notification service uses.

Wire format (quriiri.fi, technical resources; read in the City's notification-service-api): POST JSON `sender`,
`destination` (list), `text`, `batchid`, with `Authorization: apikey …`; the answer gives by destination a `status`, and
lists of `errors` and `warnings`. The gateway does not say that it takes a batchid once only.
"""

import uuid
from dataclasses import dataclass, field

import requests

from ennakko.connectors.posting import post_json
from ennakko.connectors.sms.numbers import international
from ennakko.kernel.messages.ports import Permanent, Receipt, Uncertain

REFERENCES = uuid.UUID("0d0d6d5c-2e0a-4f0e-8b1d-5b7e4f7a9c02")


@dataclass(frozen=True, slots=True)
class QuriiriSms:
    """Sends text messages. `timeout` is (to connect, to answer) in seconds."""

    url: str
    api_key: str = field(repr=False)
    sender: str
    timeout: tuple[float, float] = (5.0, 20.0)
    id: str = "sms"
    secure: bool = False
    knows_references: bool = False
    _session: requests.Session = field(default_factory=requests.Session, repr=False, compare=False)

    def send(self, address: str, *, subject: str, body: str, reference: str) -> Receipt:
        """Hand one message to the gateway; raises Temporary, Permanent or Uncertain. SMS has no subject."""
        number, batch = international(address), str(uuid.uuid5(REFERENCES, reference))
        response = post_json(
            self._session,
            self.url,
            {"sender": self.sender, "destination": [number], "text": body.strip(), "batchid": batch},
            headers={"Authorization": f"apikey {self.api_key}"},
            timeout=self.timeout,
        )
        try:
            said = response.json()
            errors, fate = said.get("errors") or [], (said.get("messages") or {}).get(number, {})
            status = str(fate.get("status", ""))
            words = "; ".join(str(error.get("message", "")) for error in errors)
        except (ValueError, AttributeError) as error:
            raise Uncertain("the gateway's answer could not be read") from error
        if errors or status == "FAILED":
            raise Permanent(words or "the gateway refused the message")
        if status != "OK":
            raise Uncertain(f"the gateway's answer does not say what became of the message: {status or 'nothing'}")
        return Receipt(batch)
