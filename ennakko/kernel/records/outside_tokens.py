# SPDX-License-Identifier: EUPL-1.2
"""Refresh tokens of outside systems: the first from the settings, each following one sealed in the database."""

from dataclasses import dataclass, field

from ennakko.kernel import clock, keys
from ennakko.kernel.records.models import OutsideToken


@dataclass(frozen=True, slots=True)
class KeptToken:
    """A system's refresh token; `first` is what a person got by hand, used until there is a newer one."""

    system: str
    first: str = field(default="", repr=False)

    def token(self) -> str:
        """The newest token; "" where there is none."""
        row = OutsideToken.objects.filter(pk=self.system).first()
        return keys.unseal(bytes(row.sealed), context=self._context) if row is not None else self.first

    def keep(self, token: str) -> None:
        """Keep a newer token."""
        sealed = keys.seal(token, context=self._context)
        OutsideToken.objects.update_or_create(pk=self.system, defaults={"sealed": sealed, "kept_at": clock.wall()})

    @property
    def _context(self) -> str:
        return f"outside-token:{self.system}"
