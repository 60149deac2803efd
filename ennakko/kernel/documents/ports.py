# SPDX-License-Identifier: EUPL-1.2
"""What documents ask of a scanner for malware; connectors implement it, `web` wires the chosen one."""

from typing import Protocol


class Unavailable(Exception):
    """The scanner gave no verdict; `retry_after` in seconds where it is known. `what` is for the log."""

    def __init__(self, what: str, retry_after: int | None = None) -> None:
        super().__init__(what)
        self.what, self.retry_after = what, retry_after


class Scanner(Protocol):
    """A scanner for malware."""

    def scan(self, content: bytes) -> bool:
        """Whether the content is clean. Answers within the time-out of its settings, or raises Unavailable."""


class NoScanner:
    """Where no scanner is wired: nothing is ever found clean, so nothing is handed out."""

    def scan(self, content: bytes) -> bool:
        raise Unavailable("no scanner is in use here")


_scanner: list[Scanner] = [NoScanner()]


def use(scanner: Scanner | None) -> None:
    """Use this scanner from now on; None: none."""
    _scanner[:] = [scanner or NoScanner()]


def scanner() -> Scanner:
    """The scanner in use."""
    return _scanner[0]
