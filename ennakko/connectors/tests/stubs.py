# SPDX-License-Identifier: EUPL-1.2
"""Outside systems on this machine: an HTTP server, a mail server and clamd, all of which can be told to misbehave."""

import json
import socket
import socketserver
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlsplit


@dataclass(frozen=True, slots=True)
class Answer:
    """What the HTTP stub answers: status, body, headers; or it hangs (seconds), hangs up, or drips bytes so slowly.

    A dict or list is sent as JSON and says so; `headers` may say otherwise.
    """

    status: int = 200
    body: bytes | dict[str, Any] | list[Any] = b""
    headers: dict[str, str] = field(default_factory=dict)
    hang: float = 0.0
    hang_up: bool = False
    drip: float = 0.0

    def content(self) -> bytes:
        return self.body if isinstance(self.body, bytes) else json.dumps(self.body).encode()


@dataclass(frozen=True, slots=True)
class Request:
    """A request that arrived; `path` has no query, `target` is as it stood on the wire."""

    path: str
    headers: dict[str, str]
    body: dict[str, Any]
    method: str = "POST"
    target: str = ""
    raw: bytes = b""

    @property
    def query(self) -> dict[str, str]:
        return dict(parse_qsl(urlsplit(self.target).query))


@dataclass
class HttpStub:
    """Answers by path from a list; the last answer of a list is repeated."""

    url: str
    answers: dict[str, list[Answer]] = field(default_factory=dict)
    requests: list[Request] = field(default_factory=list)
    released: threading.Event = field(default_factory=threading.Event)

    def next(self, path: str) -> Answer:
        waiting = self.answers.get(path, [Answer(404)])
        return waiting.pop(0) if len(waiting) > 1 else waiting[0]


@contextmanager
def http_stub() -> Iterator[HttpStub]:
    """An HTTP server on a free port."""

    class Handler(BaseHTTPRequestHandler):
        def answer(self) -> None:
            raw = self.rfile.read(int(self.headers.get("Content-Length") or "0"))
            path = urlsplit(self.path).path
            is_json = self.headers.get("Content-Type", "").startswith("application/json")
            body = json.loads(raw) if raw and is_json else {}
            stub.requests.append(Request(path, dict(self.headers), body, self.command, self.path, raw))
            self.say(stub.next(path))

        def say(self, answer: Answer) -> None:
            if answer.hang:
                stub.released.wait(answer.hang)
            if answer.hang_up:
                self.connection.shutdown(socket.SHUT_RDWR)
                self.close_connection = True
                return
            content = answer.content()
            self.send_response(answer.status)
            kind = {} if isinstance(answer.body, bytes) else {"Content-Type": "application/json"}
            for name, value in {**kind, **answer.headers}.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            with suppress(ConnectionError):  # the client may have had enough of it
                for part in [content[n : n + 1] for n in range(len(content))] if answer.drip else [content]:
                    self.wfile.write(part)
                    if answer.drip and stub.released.wait(answer.drip):
                        return

        do_GET = do_POST = do_PUT = do_DELETE = answer

        def log_message(self, format: str, *args: object) -> None:
            """Keep the test's output quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    stub = HttpStub(f"http://127.0.0.1:{server.server_address[1]}")
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield stub
    finally:
        stub.released.set()
        server.shutdown()
        server.server_close()


@dataclass
class MailStub:
    """A mail server: `replies` replaces its answer to a command (EHLO, MAIL, RCPT, DATA, BODY); "" hangs up."""

    port: int
    replies: dict[str, str] = field(default_factory=dict)
    mails: list[tuple[str, str, bytes]] = field(default_factory=list)
    connections: int = 0


@contextmanager
def mail_stub() -> Iterator[MailStub]:
    """A mail server on a free port, without TLS."""

    class Handler(socketserver.StreamRequestHandler):
        def say(self, command: str, usual: str, mail: tuple[str, str, bytes] | None = None) -> bool:
            """Answers; a mail is noted before its sender hears that it was taken."""
            reply = stub.replies.get(command, usual)
            if mail and reply[:1] in ("2", "3"):
                stub.mails.append(mail)
            if not reply:
                self.connection.shutdown(socket.SHUT_RDWR)
                return False
            self.wfile.write(f"{reply}\r\n".encode())
            return reply[0] in "23"

        def handle(self) -> None:
            stub.connections += 1
            if not self.say("HELLO", "220 stub"):
                return
            sender = receiver = ""
            for line in self.rfile:
                command, _, rest = line.decode().strip().partition(" ")
                command = command.upper()
                if command == "MAIL":
                    sender = rest
                if command == "RCPT":
                    receiver = rest
                if command == "QUIT":
                    self.say("QUIT", "221 bye")
                    return
                if command == "DATA" and self.say("DATA", "354 go on"):
                    body = b"".join(iter(self.rfile.readline, b".\r\n"))
                    self.say("BODY", "250 taken", (sender, receiver, body))
                elif command != "DATA":
                    self.say(command, "250 good")

    class Server(socketserver.ThreadingTCPServer):
        allow_reuse_address = True
        daemon_threads = True

        def handle_error(self, request: object, client_address: object) -> None:
            """A client that hangs up first is what some tests are about."""
            if not isinstance(sys.exc_info()[1], ConnectionError):
                super().handle_error(request, client_address)

    server = Server(("127.0.0.1", 0), Handler)
    stub = MailStub(server.server_address[1])
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield stub
    finally:
        server.shutdown()
        server.server_close()


@dataclass
class ClamdStub:
    """ClamAV's daemon: `reply` replaces its verdict, "" hangs up; `hang` keeps it silent (seconds)."""

    port: int
    reply: bytes | None = None
    hang: float = 0.0
    most_bytes: int = 25_000_000
    scanned: list[bytes] = field(default_factory=list)
    released: threading.Event = field(default_factory=threading.Event)


@contextmanager
def clamd_stub() -> Iterator[ClamdStub]:
    """clamd on a free port: INSTREAM only, as clamd(8) tells; what holds the word VIRUS is found."""

    class Handler(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            if stub.hang:
                stub.released.wait(stub.hang)
            if self.rfile.read(10) != b"zINSTREAM\0":
                self.wfile.write(b"UNKNOWN COMMAND\0")
                return
            content = b""
            while length := int.from_bytes(self.rfile.read(4), "big"):
                content += self.rfile.read(length)
                if len(content) > stub.most_bytes:
                    self.wfile.write(b"INSTREAM size limit exceeded. ERROR\0")
                    return
            stub.scanned.append(content)
            found = b"stream: Stub.Virus FOUND\0" if b"VIRUS" in content else b"stream: OK\0"
            self.wfile.write(found if stub.reply is None else stub.reply)

    class Server(socketserver.ThreadingTCPServer):
        allow_reuse_address = True
        daemon_threads = True

        def handle_error(self, request: object, client_address: object) -> None:
            """A client that hangs up first is what some tests are about."""
            if not isinstance(sys.exc_info()[1], ConnectionError):
                super().handle_error(request, client_address)

    server = Server(("127.0.0.1", 0), Handler)
    stub = ClamdStub(server.server_address[1])
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield stub
    finally:
        stub.released.set()
        server.shutdown()
        server.server_close()


def closed_port() -> int:
    """A port on which nobody listens, and on which nobody can begin to: it is held until the process ends."""
    held = socket.socket()
    held.bind(("127.0.0.1", 0))
    HELD.append(held)
    return int(held.getsockname()[1])


HELD: list[socket.socket] = []
