# SPDX-License-Identifier: EUPL-1.2
"""One step of a shared draft kept: what a colleague saved in it meanwhile is told, and nobody's words are lost.

A page carries the sign of what its step held when it was opened. A colleague's other steps are no conflict.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any, Final

from ennakko.kernel.access import Actor
from ennakko.kernel.audit.canonical import canonical
from ennakko.kernel.cases.drafts import Begun, DraftChanged
from ennakko.services.hiring_benefit.actions import drafting

Values = Mapping[str, Any]
TRIES: Final = 5


@dataclass(frozen=True, slots=True)
class Conflict:
    """A colleague has saved the step since it was opened: who, what stands there now, and the sign of that."""

    by_name: str
    stands: dict[str, Any]
    seen: str


def seen_of(values: Values) -> str:
    """The sign of what a step holds; empty values and missing ones are the same."""
    told = {name: value for name, value in values.items() if value not in ("", None, [], False)}
    return sha256(canonical(told).encode()).hexdigest()[:20]


def keep(
    read: Callable[[], Begun], own: Callable[[Values], Values], merged: Callable[[Values], dict[str, Any]],
    *, seen: str, key: str, actor: Actor, at: datetime,
) -> Conflict | None:  # fmt: skip
    """Keep a step in the draft as it stands now; the conflict where it would overwrite a colleague's words.

    `own(draft)` are the step's values, `merged(draft)` the draft with what was typed; `seen` the sign that the page
    carried, "" for none. Raises Refused, and what `read` raises where the draft is gone.
    """
    for _ in range(TRIES):
        begun = read()
        stands, new = own(begun.data), merged(begun.data)
        now = seen_of(stands)
        if seen and seen != now and now != seen_of(own(new)):
            return Conflict(begun.saved_by_name, dict(stands), now)
        try:
            drafting.save(new, key=key, actor=actor, at=at, revision=begun.revision)
        except DraftChanged:
            continue
        return None
    begun = read()
    return Conflict(begun.saved_by_name, dict(own(begun.data)), seen_of(own(begun.data)))
