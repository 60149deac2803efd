# SPDX-License-Identifier: EUPL-1.2
"""The deployment's keys: one secret per key id, from which every key for a single use is derived.

`ENNAKKO_DATA_KEY` is a ring: `2:<base64>,1:<base64>`, each secret at least 16 random bytes. The highest id seals what
is new; the others still open what is old, until `ennakko rotate_keys` has sealed everything again. References in the
audit log cannot be made again, so an old secret stays in the ring for as long as the log is kept.
Without the setting the ring has one key, number 0, made from SECRET_KEY: good for tests and the demo, and refused by
`check --deploy`.
"""

import base64
import binascii
import hmac
import os
from functools import lru_cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

_NONCE = 12
_HEADER = 2
SHORTEST_SECRET = 16


class KeyRingError(ValueError):
    """The key ring cannot be read, or lacks the key that something was sealed with."""


def _ring_setting() -> str:
    setting = getattr(settings, "ENNAKKO_DATA_KEY", None)
    return str(os.environ.get("ENNAKKO_DATA_KEY", "") if setting is None else setting)


@lru_cache(maxsize=8)
def _ring(setting: str, secret_key: str) -> dict[int, bytes]:
    if not setting:
        return {0: secret_key.encode()}
    ring: dict[int, bytes] = {}
    for part in setting.split(","):
        number, colon, secret = part.strip().partition(":")
        if not colon or not number.isdigit() or not 0 < int(number) < 65536:
            raise KeyRingError("ENNAKKO_DATA_KEY is a list like 2:<base64>,1:<base64>, with ids from 1 to 65535.")
        try:
            raw = base64.b64decode(secret, validate=True)
        except binascii.Error:
            raise KeyRingError(f"Key {number} of ENNAKKO_DATA_KEY is not base64.") from None
        if len(raw) < SHORTEST_SECRET:
            raise KeyRingError(
                f"Key {number} of ENNAKKO_DATA_KEY has {len(raw)} bytes, not at least {SHORTEST_SECRET}."
            )
        if int(number) in ring:
            raise KeyRingError(f"Key {number} stands twice in ENNAKKO_DATA_KEY.")
        ring[int(number)] = raw
    return ring


def ring_is_set() -> bool:
    """Whether the deployment has keys of its own."""
    return bool(_ring_setting())


def key_ids() -> tuple[int, ...]:
    """Ids of the keys in the ring, the one in use first."""
    return _newest_first(_ring_setting(), settings.SECRET_KEY)


@lru_cache(maxsize=4)
def _newest_first(setting: str, secret_key: str) -> tuple[int, ...]:
    return tuple(sorted(_ring(setting, secret_key), reverse=True))


def current_id() -> int:
    """Id of the key that seals what is new."""
    return key_ids()[0]


@lru_cache(maxsize=128)
def _derived(secret: bytes, use: str) -> bytes:
    return HKDF(algorithm=hashes.SHA256(), length=32, salt=None, info=f"ennakko {use}".encode()).derive(secret)


def _key(use: str, key_id: int | None) -> bytes:
    ring = _ring(_ring_setting(), settings.SECRET_KEY)
    number = current_id() if key_id is None else key_id
    if number not in ring:
        raise KeyRingError(f"Key {number} is not in ENNAKKO_DATA_KEY (which has {', '.join(map(str, key_ids()))}).")
    return _derived(ring[number], use)


def data_key(key_id: int | None = None) -> bytes:
    """32 bytes that seal stored personal data; by default under the key in use."""
    return _key("data", key_id)


def index_key(key_id: int | None = None) -> bytes:
    """32 bytes for keyed hashes by which a person is found from an identity code."""
    return _key("index", key_id)


def audit_key(key_id: int | None = None) -> bytes:
    """32 bytes for the chain and the pseudonymous references of the audit log."""
    return _key("audit", key_id)


def seal(clear: str, *, context: str) -> bytes:
    """Sealed text (AES-256-GCM): 2 bytes of key id, 12 of nonce, the rest cipher and tag; bound to its context."""
    return seal_bytes(clear.encode(), context=context)


def unseal(sealed: bytes, *, context: str) -> str:
    """The text again; raises KeyRingError when the key is gone, the bytes were changed or the context is another."""
    return unseal_bytes(sealed, context=context).decode()


def seal_bytes(clear: bytes, *, context: str) -> bytes:
    """Sealed bytes, a whole file for instance; the same form as `seal`."""
    number, nonce = current_id(), os.urandom(_NONCE)
    return number.to_bytes(_HEADER, "big") + nonce + _cipher(data_key(number)).encrypt(nonce, clear, context.encode())


def unseal_bytes(sealed: bytes, *, context: str) -> bytes:
    """The bytes again; raises KeyRingError as `unseal` does."""
    sealed = bytes(sealed)
    if len(sealed) <= _HEADER + _NONCE:
        raise KeyRingError("The sealed value is too short to be one.")
    cipher = _cipher(data_key(sealed_with(sealed)))
    try:
        return cipher.decrypt(sealed[_HEADER : _HEADER + _NONCE], sealed[_HEADER + _NONCE :], context.encode())
    except InvalidTag:
        raise KeyRingError("The sealed value does not open: it was changed, or belongs to another row.") from None


def sealed_with(sealed: bytes) -> int:
    """Id of the key that a value was sealed with."""
    return int.from_bytes(bytes(sealed[:_HEADER]), "big")


@lru_cache(maxsize=8)
def _cipher(key: bytes) -> AESGCM:
    return AESGCM(key)


def index_of(value: str, *, key_id: int | None = None) -> str:
    """Keyed hash (HMAC-SHA-256, 32 hex digits) by which a sealed value is found."""
    return hmac.digest(index_key(key_id), value.encode(), "sha256")[:16].hex()


def indexes_of(value: str) -> tuple[str, ...]:
    """The hash under each key of the ring, for looking up while a rotation is under way."""
    return tuple(index_of(value, key_id=key_id) for key_id in key_ids())


def reference_of(subject: str, *, key_id: int | None = None) -> str:
    """Pseudonymous reference (32 hex digits) of a subject such as `person:17` in the audit log."""
    return hmac.digest(audit_key(key_id), subject.encode(), "sha256")[:16].hex()


def references_of(subject: str) -> tuple[str, ...]:
    """The reference under each key of the ring."""
    return tuple(reference_of(subject, key_id=key_id) for key_id in key_ids())
