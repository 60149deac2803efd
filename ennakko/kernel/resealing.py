# SPDX-License-Identifier: EUPL-1.2
"""What is kept sealed, and how each kind is sealed again under a new key: `ennakko rotate_keys` goes through them all.

Each package of the kernel registers its own kinds when it starts, each service in its manifest.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from ennakko.kernel.access.actors import Actor
from ennakko.values.texts import Text


class Again(Protocol):
    """Seals again what an older key sealed; how many rows. It must be safe to stop and to start again."""

    def __call__(self, *, by: Actor, at: datetime, progress: Callable[[int], object] | None = None) -> int: ...


@dataclass(frozen=True, slots=True)
class Sealed:
    """One kind of sealed data: its id ("people.identity-codes"), what it is in words, and how it is sealed again."""

    id: str
    title: Text
    again: Again


_kinds: dict[str, Sealed] = {}


def register_sealed(*kinds: Sealed) -> None:
    """Put kinds on the list; raises ValueError where an id stands for two."""
    for kind in kinds:
        if _kinds.setdefault(kind.id, kind) != kind:
            raise ValueError(f"Two kinds of sealed data are called {kind.id}.")


def sealed_kinds() -> tuple[Sealed, ...]:
    """Every kind, in order of registration."""
    return tuple(_kinds.values())
