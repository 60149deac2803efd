# SPDX-License-Identifier: EUPL-1.2
"""ClamAV's daemon over TCP.

Wire format (docs.clamav.net, clamd(8), “INSTREAM”): “zINSTREAM” and a zero byte, then chunks, each with its length in
four bytes, the highest first, and a chunk of length zero; the answer ends in a zero byte: “stream: OK”, “stream: <name>
FOUND”, or “… ERROR”, among them “INSTREAM size limit exceeded” when StreamMaxLength is below what was sent.
"""

import logging
import socket
from dataclasses import dataclass, field

from ennakko.connectors.asking import SECONDS, Deadline
from ennakko.connectors.circuit import SHORT_REST, Circuit
from ennakko.kernel.documents.ports import Unavailable

logger = logging.getLogger(__name__)

CHUNK = 65_536
LONGEST_ANSWER = 4_096


@dataclass(frozen=True, slots=True)
class ClamdScanner:
    """Asks clamd. `timeout` in seconds is for one whole scan: connecting, sending and the verdict."""

    host: str
    port: int = 3310
    timeout: float = SECONDS
    name: str = "malware scanner"
    circuit: Circuit = field(default_factory=Circuit, compare=False)

    def scan(self, content: bytes) -> bool:
        """Whether the content is clean. Raises Unavailable."""
        wait = self.circuit.waits()
        if wait is not None:
            raise Unavailable(f"{self.name}: left alone after failures", wait)
        try:
            answer = self._answer(content, Deadline(self.timeout))
        except TimeoutError:
            failure, rest = "no answer in time", SHORT_REST
        except OSError as error:
            failure, rest = f"no connection, or it broke ({type(error).__name__})", None
        else:
            self.circuit.went_well()
            return self._verdict(answer)
        self.circuit.failed(rest)
        logger.warning("%s: %s", self.name, failure)
        raise Unavailable(f"{self.name}: {failure}")

    def _answer(self, content: bytes, deadline: Deadline) -> bytes:
        with socket.create_connection((self.host, self.port), timeout=_left(deadline)) as line:
            try:
                line.sendall(b"zINSTREAM\0")
                for start in range(0, len(content), CHUNK):
                    chunk = memoryview(content)[start : start + CHUNK]
                    line.settimeout(_left(deadline))
                    line.sendall(len(chunk).to_bytes(4, "big"))
                    line.sendall(chunk)
                line.sendall(bytes(4))
            except (BrokenPipeError, ConnectionResetError):
                # It closes its side as soon as the stream is too long; what it said before can still be read.
                logger.info("%s: stopped reading", self.name)
            answer = b""
            while not answer.endswith(b"\0") and len(answer) < LONGEST_ANSWER:
                line.settimeout(_left(deadline))
                part = line.recv(CHUNK)
                if not part:
                    break
                answer += part
        return answer

    def _verdict(self, answer: bytes) -> bool:
        said = answer.rstrip(b"\0\r\n").decode("ascii", "replace")
        if not answer.endswith(b"\0"):
            raise Unavailable(f"{self.name}: half an answer")
        if said.endswith(" FOUND"):
            logger.warning("%s: found %s", self.name, said.removeprefix("stream: ").removesuffix(" FOUND")[:100])
            return False
        if said == "stream: OK":
            return True
        raise Unavailable(f"{self.name}: {said[:100] or 'nothing said'}")


def _left(deadline: Deadline) -> float:
    if not deadline.left:
        raise TimeoutError
    return deadline.left
