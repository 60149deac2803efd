# SPDX-License-Identifier: EUPL-1.2
"""Other systems that call the interface: each shows its own key, and acts as that system and nothing more."""

from secrets import compare_digest

from django.conf import settings
from django.http import HttpRequest
from ninja.security import HttpBearer

from ennakko.kernel.access import SYSTEM, Actor

LEAST_KEY = 32
"""Characters of a key; a shorter one lets nobody in."""


class Caller(HttpBearer):
    """A system by its key (`settings.CALLERS`), shown as `Authorization: Bearer`; without a key set nobody gets in."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.name = name

    def authenticate(self, request: HttpRequest, token: str) -> Actor | None:
        """The system, or None (401)."""
        key = settings.CALLERS.get(self.name, "")
        fits = len(key) >= LEAST_KEY and compare_digest(token.encode(), key.encode())
        return SYSTEM(self.name) if fits else None
