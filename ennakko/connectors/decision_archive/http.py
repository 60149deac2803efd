# SPDX-License-Identifier: EUPL-1.2
"""Ahjo's interface over HTTPS (`/ahjorest/v1`), as the City's own open code (yjdh, benefit) speaks it.

OAuth 2: the first refresh token is got by hand and given in the settings; each refresh brings an access token (about 8
hours) and a new refresh token (15 days), which is kept sealed. Media type HAL. `X-CallbackURL` says where the outcome
of a request is told. POST /cases · POST and PUT /cases/{id}/records · DELETE /cases/{id} · POST /decisions/subscribe ·
GET /decisions/{id} · GET /agents/decisionmakers · GET /organization/persons.
"""

import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar
from urllib.parse import quote

from ennakko.connectors.asking import Line, NoAnswer, Reply, Request
from ennakko.connectors.decision_archive import wire
from ennakko.kernel.records.decision_archive import (
    Answer,
    Choice,
    Details,
    Matter,
    Notice,
    Record,
    Rejected,
    TokenKeeper,
    Unavailable,
)

T = TypeVar("T")
HAL = "application/hal+json"
READABLE = frozenset({HAL, "application/json"})
MEDIA = frozenset({HAL, "application/json", "text/plain", "text/html", ""})
TAKEN = frozenset({200, 201, 202, 204})
REFUSED = frozenset({400, 404, 409, 413, 415, 422})
SECONDS = 60.0
EARLY = 60.0
"""Seconds before its end at which an access token is not used any more."""
TOKEN_SECONDS = 3600.0
"""How long an access token is used when its answer does not say."""


@dataclass(slots=True)
class _Access:
    """The access token of this process and until when it is used."""

    token: str = field(default="", repr=False)
    until: float = 0.0
    lock: threading.Lock = field(default_factory=threading.Lock, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class AhjoArchive:
    """Ahjo. `url` ends in the version, without a slash; `token_url` is where tokens are refreshed."""

    url: str
    token_url: str
    client_id: str
    client_secret: str = field(repr=False)
    tokens: TokenKeeper = field(repr=False)
    line: Line = field(default_factory=lambda: Line(name="decision archive", timeout=SECONDS))
    now: Callable[[], float] = time.monotonic
    _access: _Access = field(default_factory=_Access, repr=False, compare=False)

    def open_case(self, matter: Matter, *, callback: str) -> str:
        """POST /cases."""
        return self._told("POST", "/cases", wire.matter(matter), callback)

    def add_records(self, case: str, records: Sequence[Record], *, callback: str) -> str:
        """POST /cases/{id}/records."""
        return self._told("POST", f"/cases/{_part(case)}/records", wire.records(records), callback)

    def update_records(self, case: str, records: Sequence[Record], *, callback: str) -> str:
        """PUT /cases/{id}/records."""
        return self._told("PUT", f"/cases/{_part(case)}/records", wire.records(records), callback)

    def delete_case(self, case: str, *, draftsman: str, reason: str, language: str, callback: str) -> str:
        """DELETE /cases/{id}."""
        query = {"draftsmanid": draftsman, "reason": reason, "apireqlang": language}
        return self._told("DELETE", f"/cases/{_part(case)}", None, callback, query)

    def subscribe(self, *, callback: str) -> str:
        """POST /decisions/subscribe."""
        return self._told("POST", "/decisions/subscribe", {"callbackUrl": callback}, callback)

    def decision(self, case: str) -> Details:
        """GET /decisions/{id}."""
        return self._read(f"/decisions/{_part(case)}", {}, wire.details)

    def decision_makers(self, start: str) -> Sequence[Choice]:
        """GET /agents/decisionmakers."""
        return self._read("/agents/decisionmakers", {"start": start}, wire.decision_makers)

    def signers(self, organisation: str) -> Sequence[Choice]:
        """GET /organization/persons."""
        return self._read("/organization/persons", {"role": "decisionMaker", "orgid": organisation}, wire.signers)

    def answers(self) -> Sequence[tuple[str, Answer | Notice]]:
        """Nothing waits: Ahjo calls back."""
        return ()

    def refresh(self) -> None:
        """Refresh the tokens now, so that the refresh token does not grow old in a quiet week. Raises Unavailable."""
        with self._access.lock:
            self._refresh()

    def _told(self, method: str, path: str, body: Any, callback: str, query: Mapping[str, str] | None = None) -> str:
        reply = self._asked(
            lambda token: Request(
                method=method, address=f"{self.url}{path}", query=query, json=body, expected=TAKEN, media=MEDIA,
                headers={"Authorization": f"Bearer {token}", "Accept": HAL, "X-CallbackURL": callback},
            )
        )  # fmt: skip
        try:
            return wire.request_id(reply)
        except wire.Unreadable:
            # It was taken: its outcome is told to the callback whatever the body of this answer was.
            return ""

    def _read(self, path: str, query: Mapping[str, str], read: Callable[[Any], T]) -> T:
        reply = self._asked(
            lambda token: Request(
                method="GET", address=f"{self.url}{path}", query=query, safe=True, media=READABLE,
                headers={"Authorization": f"Bearer {token}", "Accept": HAL},
            )
        )  # fmt: skip
        try:
            return read(reply.json())
        except (ValueError, wire.Unreadable) as error:
            part = error if isinstance(error, wire.Unreadable) else "the answer"
            raise Unavailable(f"{self.line.name}: {part} could not be read") from None

    def _asked(self, request: Callable[[str], Request]) -> Reply:
        """Ask with the token in hand; one that the other side does not know any more is refreshed, once."""
        token = self._token()
        try:
            return self.line.ask(request(token))
        except NoAnswer as failure:
            if failure.status != 401:
                raise _sorted(failure) from None
        try:
            return self.line.ask(request(self._token(instead_of=token)))
        except NoAnswer as failure:
            raise _sorted(failure) from None

    def _token(self, instead_of: str = "") -> str:
        with self._access.lock:
            if self._access.token in ("", instead_of) or self.now() >= self._access.until:
                self._refresh()
            return self._access.token

    def _refresh(self) -> None:
        """A new access token for the refresh token, which is replaced when the answer brings another."""
        form = "&".join(
            f"{name}={quote(value, safe='')}"
            for name, value in (("grant_type", "refresh_token"), ("refresh_token", self._kept()),
                                ("client_id", self.client_id))
        )  # fmt: skip
        request = Request(
            method="POST", address=self.token_url, body=form.encode(), login=(self.client_id, self.client_secret),
            headers={"Content-Type": "application/x-www-form-urlencoded"},
        )  # fmt: skip
        try:
            found = self.line.ask(request).json()
        except NoAnswer as failure:
            raise Unavailable(f"{failure.what} (token)", failure.wait) from None
        except ValueError:
            found = None
        access = found.get("access_token") if isinstance(found, dict) else None
        if not isinstance(access, str) or not access:
            raise Unavailable(f"{self.line.name}: the token could not be read")
        seconds, fresh = found.get("expires_in"), found.get("refresh_token")
        lasts = float(seconds) if type(seconds) in (int, float) and seconds > 0 else TOKEN_SECONDS
        self._access.token, self._access.until = access, self.now() + max(lasts - EARLY, 0.0)
        if isinstance(fresh, str) and fresh:
            self.tokens.keep(fresh)

    def _kept(self) -> str:
        token = self.tokens.token()
        if not token:
            raise Unavailable(f"{self.line.name}: nobody has given the first token")
        return token


def _part(case: str) -> str:
    return quote(case, safe="")


def _sorted(failure: NoAnswer) -> Unavailable | Rejected:
    if failure.status in REFUSED:
        return Rejected(failure.what)
    return Unavailable(failure.what, failure.wait)
