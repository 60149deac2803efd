# SPDX-License-Identifier: EUPL-1.2
"""What an estimate carries over to the application: figures of the work, signed, without anybody's personal data."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date, timedelta
from typing import Any

from django.core import signing

from ennakko.services.hiring_benefit.estimating import Asked

SALT = "hiring-benefit.estimate"
KEPT = timedelta(days=60)


def token_of(asked: Asked) -> str:
    """The estimate as a signed token for an address; it names no person and no organisation."""
    told = {key: value for key, value in asdict(asked).items() if value not in (None, 0, False, "")}
    return signing.dumps({**told, "start": asked.start.isoformat()}, salt=SALT, compress=True)


def asked_of(token: str) -> Asked | None:
    """The estimate of a token; None for one that is not ours, was changed, or is older than sixty days."""
    if not token or len(token) > 1000:
        return None
    try:
        told: dict[str, Any] = signing.loads(token, salt=SALT, max_age=KEPT)
        return Asked(**{**told, "start": date.fromisoformat(told["start"])})
    except (signing.BadSignature, KeyError, TypeError, ValueError):
        return None
