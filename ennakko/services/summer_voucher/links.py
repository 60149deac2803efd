# SPDX-License-Identifier: EUPL-1.2
"""Addresses that stand in messages, and the secret tokens in them: made again from the row at any time, never stored.

A token is the application's key and an HMAC over it, its link version and the token's purpose.
"""

import base64
import hmac
from hashlib import sha256
from typing import Literal

from django.conf import settings

from ennakko.kernel import keys
from ennakko.services.summer_voucher.models import Application

Purpose = Literal["confirm", "status"]
PATHS = {
    "confirm": "summer-voucher/confirm/{token}/",
    "status": "summer-voucher/status/{token}/",
    "own": "summer-voucher/",
}
"""The paths that messages lead to; urls.py serves them."""
_ID, _MAC = 8, 20


def _mac(number: int, version: int, purpose: Purpose, key_id: int) -> bytes:
    said = f"summer voucher {purpose} {number} {version}".encode()
    return hmac.new(keys.data_key(key_id), said, sha256).digest()[:_MAC]


def token_of(application: Application, purpose: Purpose) -> str:
    """The secret of an application's link: letters and digits, another for each purpose."""
    number = application.pk
    raw = number.to_bytes(_ID, "big") + _mac(number, application.link_version, purpose, keys.current_id())
    return base64.b32encode(raw).decode().rstrip("=").lower()


def application_of(token: str, purpose: Purpose) -> Application | None:
    """The application whose token this is, None for anything else; the same work is done whatever is wrong with it."""
    try:
        raw = base64.b32decode(token.upper() + "=" * (-len(token) % 8))
    except ValueError:
        return None
    if len(raw) != _ID + _MAC:
        return None
    number = int.from_bytes(raw[:_ID], "big")
    if number >= 2**63:
        return None
    found = Application.objects.select_related("case").filter(pk=number).first()
    version = found.link_version if found else 0
    fits = [hmac.compare_digest(raw[_ID:], _mac(number, version, purpose, key_id)) for key_id in keys.key_ids()]
    return found if found is not None and any(fits) else None


def address(purpose: Literal["confirm", "status", "own"], application: Application | None = None) -> str:
    """The whole address that stands in a message."""
    site = str(getattr(settings, "SITE_URL", "http://localhost:8000")).rstrip("/")
    token = token_of(application, purpose) if application is not None and purpose != "own" else ""
    return f"{site}/{PATHS[purpose].format(token=token)}"
