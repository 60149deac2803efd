# SPDX-License-Identifier: EUPL-1.2
"""E-mail over SMTP (RFC 5321): one connection per thread, kept while it lives, with STARTTLS unless switched off."""

import smtplib
import ssl
import threading
import uuid
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from ennakko.kernel import clock
from ennakko.kernel.messages.ports import Permanent, Receipt, Temporary, Uncertain

REFERENCES = uuid.UUID("5f0c1c5e-6b0e-4b5e-9d5b-0f6a2f0a7c11")


@dataclass(frozen=True, slots=True)
class SmtpEmail:
    """Sends e-mail through a mail server.

    A server answers for a message only once it has all of it, so a connection that breaks after that leaves it
    uncertain; SMTP has no way of asking later. `timeout` in seconds.
    """

    host: str
    port: int
    sender: str
    username: str = ""
    password: str = field(default="", repr=False)
    starttls: bool = True
    timeout: float = 20.0
    id: str = "email"
    secure: bool = False
    knows_references: bool = False
    _kept: threading.local = field(default_factory=threading.local, repr=False, compare=False)

    def send(self, address: str, *, subject: str, body: str, reference: str) -> Receipt:
        """Hand one message to the server; raises Temporary, Permanent or Uncertain."""
        message = self._message(address, subject, body, reference)
        server = self._connected()
        try:
            _accepted(*server.mail(self.sender))
            _accepted(*server.rcpt(address))
            code, words = server.docmd("DATA")
            _accepted(code, words, expected=354)
        except (Temporary, Permanent):
            self._reset(server)
            raise
        except (smtplib.SMTPException, OSError) as error:
            self._forget(server)
            raise Temporary(f"the mail server left: {type(error).__name__}") from error
        try:
            server.send(_dotted(message.as_bytes(policy=SMTP)))
            code, words = server.getreply()
        except (smtplib.SMTPException, OSError) as error:
            self._forget(server)
            raise Uncertain(f"the mail server did not answer for the message: {type(error).__name__}") from error
        if not 200 <= code < 600:
            self._forget(server)
            raise Uncertain("the mail server's answer could not be read")
        try:
            _accepted(code, words)
        except (Temporary, Permanent):
            self._reset(server)
            raise
        return Receipt(str(message["Message-ID"]))

    def _message(self, address: str, subject: str, body: str, reference: str) -> EmailMessage:
        if not address.isascii() or address.count("@") != 1 or any(sign in address for sign in "\r\n <>,;"):
            raise Permanent("not an e-mail address that this server can carry")
        message = EmailMessage(policy=SMTP)
        domain = self.sender.rpartition("@")[2]
        message["From"] = self.sender
        message["To"] = address
        message["Subject"] = " ".join(subject.split())
        message["Date"] = format_datetime(clock.wall())
        message["Message-ID"] = f"<{uuid.uuid5(REFERENCES, reference)}@{domain}>"
        message["Auto-Submitted"] = "auto-generated"
        message.set_content(body, charset="utf-8")
        return message

    def _connected(self) -> smtplib.SMTP:
        server: smtplib.SMTP | None = getattr(self._kept, "server", None)
        if server is not None:
            try:
                if server.noop()[0] == 250:
                    return server
            except (smtplib.SMTPException, OSError):
                self._forget(server)
        try:
            server = smtplib.SMTP(self.host, self.port, timeout=self.timeout)
            if self.starttls:
                server.starttls(context=ssl.create_default_context())
            server.ehlo_or_helo_if_needed()
            if self.username:
                server.login(self.username, self.password)
        except (smtplib.SMTPException, OSError) as error:
            raise Temporary(f"no connection to the mail server: {type(error).__name__}") from error
        self._kept.server = server
        return server

    def _reset(self, server: smtplib.SMTP) -> None:
        """Make the connection ready for the next message, or let go of it."""
        try:
            server.rset()
        except (smtplib.SMTPException, OSError):
            self._forget(server)

    def _forget(self, server: smtplib.SMTP) -> None:
        self._kept.server = None
        server.close()


def _accepted(code: int, words: bytes, *, expected: int = 250) -> None:
    """Raise Temporary for 4yz, Permanent for 5yz on the receiver or the message (RFC 5321, 4.2.1)."""
    if code == expected or (expected == 250 and code == 251):
        return
    said = f"{code} {words.decode('ascii', 'replace')}"[:300]
    # 530, 535 and 538 are about our own credentials: the message is not at fault.
    if 500 <= code < 600 and code not in (530, 535, 538):
        raise Permanent(said)
    raise Temporary(said)


def _dotted(message: bytes) -> bytes:
    """The message as it goes over the line: leading full stops doubled, a lone full stop at the end."""
    lines = message.replace(b"\r\n", b"\n").split(b"\n")
    stuffed = b"\r\n".join(b"." + line if line.startswith(b".") else line for line in lines)
    return stuffed + (b"" if stuffed.endswith(b"\r\n") else b"\r\n") + b".\r\n"
