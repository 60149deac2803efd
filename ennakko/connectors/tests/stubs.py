# SPDX-License-Identifier: EUPL-1.2
"""Outside systems on this machine: an HTTP server and a mail server that can be told to misbehave."""

import json
import socket
import socketserver
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass(frozen=True, slots=True)
class Answer:
    """What the HTTP stub answers: status, body, headers; or it hangs (seconds), or hangs up."""

    status: int = 200
    body: bytes | dict[str, Any] = b""
    headers: dict[str, str] = field(default_factory=dict)
    hang: float = 0.0
    hang_up: bool = False


@dataclass(frozen=True, slots=True)
class Request:
    """A request that arrived."""

    path: str
    headers: dict[str, str]
    body: dict[str, Any]


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
        def do_POST(self) -> None:
            raw = self.rfile.read(int(self.headers.get("Content-Length", "0")))
            stub.requests.append(Request(self.path, dict(self.headers), json.loads(raw)))
            answer = stub.next(self.path)
            if answer.hang:
                stub.released.wait(answer.hang)
            if answer.hang_up:
                self.connection.shutdown(socket.SHUT_RDWR)
                self.close_connection = True
                return
            body = answer.body if isinstance(answer.body, bytes) else json.dumps(answer.body).encode()
            self.send_response(answer.status)
            for name, value in answer.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

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
        def say(self, command: str, usual: str) -> bool:
            reply = stub.replies.get(command, usual)
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
                    if self.say("BODY", "250 taken"):
                        stub.mails.append((sender, receiver, body))
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


def closed_port() -> int:
    """A port on which nobody listens."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])
