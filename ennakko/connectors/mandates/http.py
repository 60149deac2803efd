# SPDX-License-Identifier: EUPL-1.2
"""Suomi.fi e-Authorizations over the Web API for organisations (“ypa”).

Wire format (DVV's interface description, palveluhallinta.suomi.fi: “Web API”, and DVV's own open client library and
example, MIT licence; compared with the City's yjdh): 1. GET /service/ypa/user/register/<client>/<identity
code>?requestId=… → {"sessionId", "userId"}; 2. the browser goes to /oauth/authorize?client_id&response_type=code&
redirect_uri&user=<userId>&requestId&state&scope=read&lang and comes back with code and state, or error; 3. POST
/oauth/token?code&grant_type=authorization_code&redirect_uri with Basic client:OAuth secret → {"access_token"};
4. GET /service/ypa/api/organizationRoles/<sessionId>?requestId=… with Bearer → [{"identifier", "name", "complete",
"roles"}]; 5. GET /service/ypa/user/unregister/<sessionId>?requestId=… ends the session there.

Requests 1, 4 and 5 carry X-AsiointivaltuudetAuthorization: “client timestamp checksum”, the checksum being
base64(HMAC-SHA256(API key, path with query + " " + timestamp)), the timestamp ISO 8601 with an offset.

The identity code stands in the address of request 1 because the format wants it there. It goes nowhere else: the log of
urllib3, which writes addresses, is off in our settings, and failures name no address.
"""

import base64
import hashlib
import hmac
import logging
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote, urlencode
from uuid import uuid4

from ennakko.connectors.asking import Deadline, Line, NoAnswer, Reply, Request
from ennakko.connectors.mandates import reasons
from ennakko.connectors.mandates.roles import mandates
from ennakko.kernel.organisations.ports import MandatedOrganisation, MandateNotGiven, MandateStart, Unavailable

logger = logging.getLogger(__name__)

HEADER = "X-AsiointivaltuudetAuthorization"
LANGUAGES = frozenset({"fi", "sv", "en"})
ANY_TEXT = frozenset({"application/json", "text/plain"})
NEEDED = frozenset({"state", "session", "callback"})


def checksum(api_key: str, path: str, timestamp: str) -> str:
    """The checksum of a path with its query at a moment."""
    message = f"{path} {timestamp}".encode()
    return base64.b64encode(hmac.new(api_key.encode(), message, hashlib.sha256).digest()).decode()


@dataclass(frozen=True, slots=True)
class SuomiFiMandates:
    """Asks e-Authorizations. `given` maps codes of mandates given to the kernel's words; `url` ends without a slash."""

    url: str
    client_id: str
    api_key: str = field(repr=False)
    oauth_secret: str = field(repr=False)
    given: Mapping[str, str] = field(default_factory=dict)
    line: Line = field(default_factory=lambda: Line(name="e-authorisations"))

    def start(self, identity_code: str, *, callback: str, language: str) -> MandateStart:
        """Register the person there; where their browser goes next. Raises Unavailable."""
        path = f"/service/ypa/user/register/{quote(self.client_id, safe='')}/{quote(identity_code, safe='')}"
        told = self._json(self._signed(path), self.line.deadline())
        if not isinstance(told, dict) or not told.get("sessionId") or not told.get("userId"):
            raise Unavailable(f"{self.line.name}: the answer names no session")
        state = secrets.token_urlsafe(24)
        query = {
            "client_id": self.client_id,
            "response_type": "code",
            "requestId": str(uuid4()),
            "user": str(told["userId"]),
            "scope": "read",
            "state": state,
            "redirect_uri": callback,
            "lang": language if language in LANGUAGES else "en",
        }
        return MandateStart(
            f"{self.url}/oauth/authorize?{urlencode(query)}",
            {"state": state, "session": str(told["sessionId"]), "callback": callback},
        )

    def finish(self, state: Mapping[str, str], callback_params: Mapping[str, str]) -> tuple[MandatedOrganisation, ...]:
        """The organisations chosen, with the kernel's mandates; those without any are left out.

        Raises Unavailable and MandateNotGiven. The session there is ended whatever came of it.
        """
        if not set(state) >= NEEDED or not hmac.compare_digest(
            callback_params.get("state", "").encode(), state["state"].encode()
        ):
            raise MandateNotGiven(reasons.NOT_THIS_SESSION)
        deadline = self.line.deadline()
        session = quote(state["session"], safe="")
        try:
            code = callback_params.get("code", "")
            if callback_params.get("error") or not code:
                raise MandateNotGiven(reasons.TURNED_BACK)
            token = self._token(code, state["callback"], deadline)
            told = self._json(self._signed(f"/service/ypa/api/organizationRoles/{session}", token), deadline)
        finally:
            self._end(session, deadline)
        try:
            found = [
                MandatedOrganisation(str(one["identifier"]), str(one["name"]), mandates(one["roles"], self.given))
                for one in told
            ]
        except (KeyError, TypeError):
            raise Unavailable(f"{self.line.name}: the answer could not be read") from None
        return tuple(one for one in found if one.roles)

    def _token(self, code: str, callback: str, deadline: Deadline) -> str:
        query = {"code": code, "grant_type": "authorization_code", "redirect_uri": callback}
        request = Request(
            method="POST",
            address=f"{self.url}/oauth/token",
            query=query,
            login=(self.client_id, self.oauth_secret),
        )
        try:
            token = self._read(self._asked(request, deadline)).get("access_token")
        except _Refused:
            # RFC 6749 5.2, invalid_grant: a code is good once and for minutes only.
            raise MandateNotGiven(reasons.TOO_LATE) from None
        except AttributeError:
            token = None
        if not isinstance(token, str) or not token:
            raise Unavailable(f"{self.line.name}: the answer holds no access token")
        return token

    def _signed(self, path: str, token: str = "") -> Request:
        whole = f"{path}?requestId={uuid4()}"
        timestamp = datetime.now(UTC).isoformat(timespec="milliseconds")
        headers = {HEADER: f"{self.client_id} {timestamp} {checksum(self.api_key, whole, timestamp)}"}
        if token:
            headers["Authorization"] = f"Bearer {token}"
        return Request(method="GET", address=f"{self.url}{whole}", headers=headers)

    def _json(self, request: Request, deadline: Deadline) -> Any:
        try:
            return self._read(self._asked(request, deadline))
        except _Refused as refused:
            raise Unavailable(refused.what) from None

    def _asked(self, request: Request, deadline: Deadline) -> Reply:
        try:
            return self.line.ask(request, deadline)
        except NoAnswer as failure:
            if failure.status == 400 and request.method == "POST":
                raise _Refused(failure.what) from None
            raise Unavailable(failure.what, failure.wait) from None

    def _read(self, reply: Reply) -> Any:
        try:
            return reply.json()
        except ValueError:
            raise Unavailable(f"{self.line.name}: the answer could not be read") from None

    def _end(self, session: str, deadline: Deadline) -> None:
        """End the session there. It ends by itself too, so failing here takes nothing from the person."""
        if not deadline.left:
            logger.info("%s: no time was left to end the session", self.line.name)
            return
        request = replace(self._signed(f"/service/ypa/user/unregister/{session}"), media=ANY_TEXT)
        try:
            self.line.ask(request, deadline)
        except NoAnswer as failure:
            logger.info("%s: the session was not ended (%s)", self.line.name, failure.what)


class _Refused(Exception):
    """The token was refused."""

    def __init__(self, what: str) -> None:
        super().__init__(what)
        self.what = what
