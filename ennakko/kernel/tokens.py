# SPDX-License-Identifier: EUPL-1.2
"""Secret tokens of links: a row's number and an HMAC-SHA-256 over what the link is for; made again, never stored."""

import base64
import hmac
from dataclasses import dataclass

from django.conf import settings

from ennakko.kernel import keys

_MAC = 20
_ID = 8


def _mac(said: str, key_id: int) -> bytes:
    return hmac.digest(keys.data_key(key_id), said.encode(), "sha256")[:_MAC]


def token(number: int, *, said: str) -> str:
    """45 letters and digits, the same each time; `said` names the link's purpose, number and version."""
    raw = number.to_bytes(_ID, "big") + _mac(said, keys.current_id())
    return base64.b32encode(raw).decode().rstrip("=").lower()


@dataclass(frozen=True, slots=True)
class Presented:
    """A token as somebody presented it: the number it names, and a code that has still to be checked."""

    number: int
    code: bytes

    def fits(self, said: str) -> bool:
        """Whether the token was made for this, under any key of the ring; takes the same time either way."""
        fitting = [hmac.compare_digest(self.code, _mac(said, key_id)) for key_id in keys.key_ids()]
        return any(fitting)


def read(token: str) -> Presented | None:
    """What a token names; None for anything that cannot be one."""
    try:
        raw = base64.b32decode(token.upper() + "=" * (-len(token) % 8))
    except ValueError:
        return None
    if len(raw) != _ID + _MAC:
        return None
    number = int.from_bytes(raw[:_ID], "big")
    return None if number >= 2**63 else Presented(number, raw[_ID:])


def site() -> str:
    """The service's own address, without a slash at the end."""
    return str(getattr(settings, "SITE_URL", "http://localhost:8000")).rstrip("/")
