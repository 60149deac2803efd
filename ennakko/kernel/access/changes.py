# SPDX-License-Identifier: EUPL-1.2
"""Where changes of access are recorded: access stands below the audit log, so the log registers itself here."""

from collections.abc import Callable, Mapping
from datetime import datetime

from ennakko.kernel.access.actors import Actor

Recorder = Callable[[Actor, str, str, datetime, Mapping[str, object]], object]
_recorders: list[Recorder] = []


def record_changes_with(recorder: Recorder) -> None:
    """Name the recorder of changes: called with actor, action, subject, time and details, in the same transaction."""
    _recorders[:] = [recorder]


def record(*, actor: Actor, action: str, subject: str, at: datetime, details: Mapping[str, object]) -> None:
    """Record one change; without a recorder nothing may be changed."""
    if not _recorders:
        raise RuntimeError("Nobody records changes of access: the app ennakko.kernel.audit must be installed.")
    _recorders[0](actor, action, subject, at, details)
