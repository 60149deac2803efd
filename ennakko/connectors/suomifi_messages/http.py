# SPDX-License-Identifier: EUPL-1.2
"""Suomi.fi messages over the state's REST interface, version 2.

Wire format (kehittajille.suomi.fi; compared with the City's django-helsinki-suomifi-messages): POST /v1/token gives an
access token; POST /v2/messages/electronic takes title, body, receiver's identity code, service and an externalId.
A repeated externalId is answered with 409 and the first message's id, so sending again after an uncertain end is safe.
"""

import threading
import time
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import requests

from ennakko.connectors.posting import post_json
from ennakko.kernel.messages.ports import Permanent, Receipt, Temporary, Uncertain

REFERENCES = uuid.UUID("8b0a1f7e-7c1b-4b57-9a0f-3f1f4d9e5a03")
TOKEN_MARGIN = 60.0
TAKEN_BEFORE = 409


@dataclass(slots=True)
class _Token:
    """An access token and until when (monotonic seconds) it is used."""

    value: str = ""
    until: float = 0.0


@dataclass(frozen=True, slots=True)
class SuomiFiMessages:
    """Sends electronic messages to active Suomi.fi mailboxes. `timeout` is (to connect, to answer) in seconds."""

    url: str
    username: str
    password: str = field(repr=False)
    service_id: str
    timeout: tuple[float, float] = (5.0, 30.0)
    id: str = "suomifi"
    secure: bool = True
    knows_references: bool = True
    _session: requests.Session = field(default_factory=requests.Session, repr=False, compare=False)
    _token: _Token = field(default_factory=_Token, repr=False, compare=False)
    _lock: threading.Lock = field(default_factory=threading.Lock, repr=False, compare=False)

    def send(self, address: str, *, subject: str, body: str, reference: str) -> Receipt:
        """Hand one message over; raises Temporary, Permanent (no active mailbox, for one) or Uncertain."""
        message = {
            "electronic": {
                "attachments": [],
                "body": body,
                "bodyFormat": "Text",
                "messageServiceType": "Normal",
                "notifications": {
                    "senderDetailsInNotifications": "Organisation and service name",
                    "unreadMessageNotification": {"reminder": "Default reminder"},
                },
                "replyAllowedBy": "No one",
                "title": subject,
                "visibility": "Normal",
            },
            "externalId": str(uuid.uuid5(REFERENCES, reference)),
            "recipient": {"id": address},
            "sender": {"serviceId": self.service_id},
        }
        response = self._post(message, self._access())
        if response.status_code == 401:  # the token was withdrawn before its time
            response = self._post(message, self._access(fresh=True))
        if response.status_code == 401:
            raise Temporary("HTTP 401: the service does not accept our credentials")
        try:
            number = response.json()["messageId"]
        except (ValueError, KeyError, TypeError) as error:
            raise Uncertain("the answer names no message") from error
        return Receipt(str(number))

    def _post(self, message: Mapping[str, Any], token: str) -> requests.Response:
        return post_json(
            self._session,
            f"{self.url}/v2/messages/electronic",
            message,
            headers={"Authorization": f"Bearer {token}"},
            timeout=self.timeout,
            expected=frozenset({200, 201, 202, 401, TAKEN_BEFORE}),
        )

    def _access(self, *, fresh: bool = False) -> str:
        """An access token that is still good; without one nothing has been handed over, so failing is Temporary."""
        with self._lock:
            if not fresh and time.monotonic() < self._token.until:
                return self._token.value
            try:
                response = post_json(
                    self._session,
                    f"{self.url}/v1/token",
                    {"username": self.username, "password": self.password},
                    headers={},
                    timeout=self.timeout,
                )
                said = response.json()
                token, lives = str(said["access_token"]), float(said["expires_in"])
            except (Permanent, Uncertain) as error:
                raise Temporary(f"no access token: {error}") from error
            except (ValueError, KeyError, TypeError) as error:
                raise Temporary("the answer holds no access token") from error
            self._token.value, self._token.until = token, time.monotonic() + max(lives - TOKEN_MARGIN, 0.0)
            return token
