# SPDX-License-Identifier: EUPL-1.2
"""What start-up tells the register: how a refusal is appealed (the rows of the municipality), and who the sender is."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from ennakko.kernel.records.sahke import Sender

REFUSED = "records.information-refused"
"""The decision type of the municipality's appeal rows: information was not given, wholly or in part."""
AppealOn = Callable[[str, date], Mapping[str, Any]]


class NotTold(RuntimeError):
    """Start-up has not told what is needed: the municipality's profile lacks it."""


@dataclass(slots=True)
class _Wired:
    appeal_on: AppealOn | None = None
    sender: Sender | None = None


_wired = _Wired()


def use(*, appeal_on: AppealOn, sender: Sender) -> None:
    """Start-up: `appeal_on(decision type, day)` gives the frozen appeal row in force, or raises LookupError."""
    _wired.appeal_on, _wired.sender = appeal_on, sender


def refusal_appeal(on: date) -> dict[str, Any]:
    """The appeal that is open against a refusal of a day; raises LookupError where the municipality has no row."""
    if _wired.appeal_on is None:
        raise NotTold("Nobody has told how a refusal is appealed.")
    return dict(_wired.appeal_on(REFUSED, on))


def sender() -> Sender:
    """The municipality and its registry."""
    if _wired.sender is None:
        raise NotTold("Nobody has told who hands over and answers.")
    return _wired.sender
