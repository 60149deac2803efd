# SPDX-License-Identifier: EUPL-1.2
"""One way only to write a record down as bytes, so that its digest is the same wherever it is computed."""

import hmac
import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime
from hashlib import sha256
from typing import Any

from ennakko.kernel import keys


def canonical(value: object) -> str:
    """Canonical JSON: keys sorted, no blanks, dates in ISO form, times in UTC."""
    return _CANONICAL.encode(value)


def _plain(value: object) -> object:
    if isinstance(value, datetime):
        return instant(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, frozenset | set):
        return sorted(value, key=str)
    if isinstance(value, Mapping):
        return dict(value)
    raise TypeError(
        f"The log cannot write down a {type(value).__name__}: give text, numbers, dates, lists or mappings."
    )


_CANONICAL = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False, default=_plain)


def instant(at: datetime) -> str:
    """A moment in UTC to the microsecond; raises ValueError for a naive one."""
    if at.tzinfo is None:
        raise ValueError("The audit log needs a time with its time zone.")
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def salted_digest(salt: str, content: str) -> str:
    """Digest of an erasable content: nobody can guess the content from it once the salt is gone too."""
    return sha256(f"{salt}\n{content}".encode()).hexdigest()


def link(*fields: object, key_id: int) -> str:
    """The keyed hash that ties an entry to the one before it."""
    return hmac.digest(keys.audit_key(key_id), canonical(list(fields)).encode(), "sha256").hex()


def rows_digest(rows: Iterable[Sequence[Any]]) -> str:
    """Digest of many rows in their order, for the one entry of a bulk run: 12,000 offers, one link in the chain."""
    digest = sha256()
    for row in rows:
        digest.update(canonical(list(row)).encode())
        digest.update(b"\n")
    return digest.hexdigest()
