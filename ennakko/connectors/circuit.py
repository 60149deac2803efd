# SPDX-License-Identifier: EUPL-1.2
"""A circuit: after repeated failures an outside system is left alone for a minute, so that nobody waits for it."""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

FAILURES = 5
REST = 60.0
SHORT_REST = 5.0
"""Seconds after one time-out: who has waited for it once is not made to wait again in the same request."""
LONGEST_REST = 300.0
"""Seconds; however long the other side asks to be left alone, it is tried again after this."""


@dataclass(slots=True)
class Circuit:
    """Counts failures in a row; `failures` of them, or a request to wait, open it for `rest` seconds.

    When the rest is over one call tries; the others are still turned away until it succeeds. Of this process only:
    each worker finds out for itself.
    """

    failures: int = FAILURES
    rest: float = REST
    now: Callable[[], float] = time.monotonic
    _row: int = 0
    _closed_again: float = 0.0
    _trying: bool = False
    _lock: threading.Lock = field(default_factory=threading.Lock, repr=False)

    def waits(self) -> int | None:
        """Seconds until it is worth asking again; None: ask now, and tell how it went."""
        with self._lock:
            left = self._closed_again - self.now()
            if left > 0:
                return max(1, round(left))
            if self._row >= self.failures:
                if self._trying:
                    return 1
                self._trying = True
            return None

    def went_well(self) -> None:
        """The other side answered."""
        with self._lock:
            self._row, self._closed_again, self._trying = 0, 0.0, False

    def failed(self, wait: float | None = None) -> None:
        """The other side did not answer, or asked to be left alone for `wait` seconds."""
        with self._lock:
            self._row, self._trying = self._row + 1, False
            rest = max(min(float(wait or 0), LONGEST_REST), self.rest if self._row >= self.failures else 0.0)
            if rest:
                self._closed_again = self.now() + rest
