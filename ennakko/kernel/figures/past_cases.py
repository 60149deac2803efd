# SPDX-License-Identifier: EUPL-1.2
"""Services' own past cases, on which a changed amount is counted: given once by each service, read when asked for."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Cases = Callable[[], Sequence[Mapping[str, Any]]]


@dataclass(frozen=True, slots=True)
class PastCases:
    """The cases of one procedure and the keys by which they may be grouped."""

    read: Cases
    groups: tuple[str, ...] = ()


_past: dict[str, PastCases] = {}


def register_past_cases(procedure: str, read: Cases, *, groups: Sequence[str] = ()) -> None:
    """A service gives the past cases of its procedure; given again, the newest counts."""
    _past[procedure] = PastCases(read, tuple(groups))


def past_cases_of(procedure: str) -> PastCases | None:
    """The past cases of a procedure, None where no service has given any."""
    return _past.get(procedure)
