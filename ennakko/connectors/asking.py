# SPDX-License-Identifier: EUPL-1.2
"""Asking an outside system over HTTP: bounded in time and size, its failures told in one way, nothing secret in them.

The whole call — name look-up, connection, headers, body, a second try — ends within its time-out, because it runs in a
thread that nobody waits for any longer. What is raised names the system and what happened, never an address with its
path, because some registers want identity codes there; for the same reason it carries no earlier exception.
"""

import json
import logging
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import requests
from requests.adapters import HTTPAdapter

from ennakko.connectors.circuit import SHORT_REST, Circuit
from ennakko.connectors.posting import retry_after

logger = logging.getLogger(__name__)

SECONDS = 3.0
"""The time-out of a register unless its settings say otherwise: what a person waits for at most."""
MOST_BYTES = 2_000_000
UNDER_WAY = 16
"""Calls to one system at a time, those included that nobody waits for any longer."""
HEADERS = {"Accept": "application/json", "Accept-Encoding": "identity", "User-Agent": "Ennakko"}
"""Sent with every question. Answers come uncompressed: a small one cannot then grow large here."""


class NoAnswer(Exception):
    """No usable answer: `what` for the log, `wait` in seconds where the other side said.

    `taken` is None where nobody knows whether the other side took what it was given. `silent` is False when it
    answered, only not what was asked for: that says nothing against asking again. `slow` is True when all the time was
    used up. `status` is its HTTP status, or 0.
    """

    def __init__(
        self,
        what: str,
        *,
        wait: int | None = None,
        taken: bool | None = False,
        silent: bool = True,
        slow: bool = False,
        status: int = 0,
    ) -> None:
        super().__init__(what)
        self.what, self.wait, self.taken, self.status = what, wait, taken, status
        self.silent, self.slow = silent, slow


class Deadline:
    """The moment by which a call has to end."""

    def __init__(self, seconds: float) -> None:
        self._at = time.monotonic() + seconds

    @property
    def left(self) -> float:
        """Seconds that are left; 0.0 when there are none."""
        return max(0.0, self._at - time.monotonic())


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back: status, headers (names in small letters) and the whole body."""

    status: int
    headers: Mapping[str, str]
    content: bytes

    @property
    def media_type(self) -> str:
        """The content type without its parameters, in small letters."""
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()

    def json(self) -> Any:
        """The body as JSON; raises ValueError."""
        return json.loads(self.content)


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """One question. `path` may hold an identity code, so it is never shown."""

    method: str
    address: str = field(repr=False)
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    query: Mapping[str, str] | None = field(default=None, repr=False)
    json: Any = field(default=None, repr=False)
    body: bytes | None = field(default=None, repr=False)
    login: tuple[str, str] | None = field(default=None, repr=False)
    certificate: tuple[str, str] | None = field(default=None, repr=False)
    safe: bool = False
    expected: frozenset[int] = frozenset({200})
    media: frozenset[str] = frozenset({"application/json"})


def _session() -> requests.Session:
    session = requests.Session()
    for scheme in ("http://", "https://"):
        session.mount(scheme, HTTPAdapter(max_retries=0, pool_maxsize=UNDER_WAY))
    return session


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """The line to one outside system: its name for the log, its time-out in seconds, its circuit."""

    name: str
    timeout: float = SECONDS
    most_bytes: int = MOST_BYTES
    circuit: Circuit = field(default_factory=Circuit, compare=False)
    _open: requests.Session = field(default_factory=_session, repr=False, compare=False)
    _free: threading.Semaphore = field(
        default_factory=lambda: threading.BoundedSemaphore(UNDER_WAY), repr=False, compare=False
    )

    def deadline(self) -> Deadline:
        """The end of a call that begins now; calls that belong together share one."""
        return Deadline(self.timeout)

    def ask(self, request: Request, deadline: Deadline | None = None) -> Reply:
        """The answer, its status one of those expected; raises NoAnswer before the deadline otherwise."""
        wait = self.circuit.waits()
        if wait is not None:
            raise NoAnswer(f"{self.name}: left alone after failures", wait=wait)
        try:
            reply = self._bounded(lambda end: self._tried(request, end), deadline or self.deadline())
        except NoAnswer as failure:
            # An answer that refuses or cannot be read shows that the system is there; only silence opens the circuit.
            if failure.silent:
                self.circuit.failed(failure.wait or (SHORT_REST if failure.slow else None))
            else:
                self.circuit.went_well()
            logger.warning("%s", failure.what)
            raise
        except BaseException:
            self.circuit.failed()
            raise
        self.circuit.went_well()
        return reply

    def _bounded(self, call: Callable[[Deadline], Reply], deadline: Deadline) -> Reply:
        """What `call` returns or raises; NoAnswer when the deadline has passed, whatever it is doing then."""
        if not self._free.acquire(blocking=False):
            raise NoAnswer(f"{self.name}: too many calls under way", wait=1)
        outcome: list[Reply | BaseException] = []

        def run() -> None:
            try:
                outcome.append(call(deadline))
            except BaseException as error:
                outcome.append(error)
            finally:
                self._free.release()

        thread = threading.Thread(target=run, name=f"asking {self.name}", daemon=True)
        thread.start()
        thread.join(deadline.left)
        if not outcome:
            raise NoAnswer(f"{self.name}: no answer in time", taken=None, slow=True)
        if isinstance(outcome[0], BaseException):
            raise outcome[0]
        return outcome[0]

    def _tried(self, request: Request, deadline: Deadline) -> Reply:
        try:
            return self._once(request, deadline)
        except NoAnswer as failure:
            # Whoever asked to be left alone, or has used up half of the time, is not asked a second time.
            again = request.safe and failure.silent and failure.wait is None and deadline.left > self.timeout / 2
            if not again:
                raise
        return self._once(request, deadline)

    def _once(self, request: Request, deadline: Deadline) -> Reply:
        reply = self._sent(request, deadline)
        if reply.status not in request.expected:
            raise self._refused(reply)
        if reply.status < 300 and reply.content and reply.media_type not in request.media:
            raise NoAnswer(f"{self.name}: an answer of another kind", taken=None, silent=False)
        return reply

    def _sent(self, request: Request, deadline: Deadline) -> Reply:
        failure: NoAnswer
        try:
            with self._open.request(
                request.method,
                request.address,
                headers={**HEADERS, **request.headers},
                params=request.query,
                json=request.json,
                data=request.body,
                auth=request.login,
                cert=request.certificate,
                timeout=(max(deadline.left, 0.01), max(deadline.left, 0.01)),
                allow_redirects=False,
                stream=True,
            ) as response:
                headers = {name.lower(): value for name, value in response.headers.items()}
                return Reply(response.status_code, headers, self._read(response, deadline))
        except requests.ConnectTimeout:
            failure = NoAnswer(f"{self.name}: no connection in time", slow=True)
        except requests.Timeout:
            failure = NoAnswer(f"{self.name}: no answer in time", taken=None, slow=True)
        except requests.ConnectionError:
            failure = NoAnswer(f"{self.name}: no connection, or it broke", taken=None)
        except requests.RequestException as error:
            failure = NoAnswer(f"{self.name}: the answer could not be read ({type(error).__name__})", taken=None)
        except OSError as error:
            # A certificate's file, for one; its name says nothing secret, and without it nothing can be asked.
            failure = NoAnswer(f"{self.name}: cannot be asked ({type(error).__name__})")
        raise failure

    def _read(self, response: requests.Response, deadline: Deadline) -> bytes:
        parts, size = [], 0
        for part in response.iter_content(65_536):
            size += len(part)
            if size > self.most_bytes:
                raise NoAnswer(f"{self.name}: the answer is too large", taken=None, silent=False)
            if not deadline.left:
                raise NoAnswer(f"{self.name}: no whole answer in time", taken=None, slow=True)
            parts.append(part)
        return b"".join(parts)

    def _refused(self, reply: Reply) -> NoAnswer:
        what = f"{self.name}: HTTP {reply.status}"
        wait = retry_after(reply.headers.get("retry-after", ""))
        if reply.status in (408, 425, 429):
            return NoAnswer(what, wait=wait or 1, status=reply.status)
        if reply.status >= 500:
            return NoAnswer(what, wait=wait, taken=False if reply.status == 503 else None, status=reply.status)
        return NoAnswer(what, silent=False, status=reply.status)
