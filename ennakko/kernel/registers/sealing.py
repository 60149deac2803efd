# SPDX-License-Identifier: EUPL-1.2
"""Identity codes are kept sealed on disk; a keyed index finds a person by code without opening any other.

A column of identity codes is one contiguous buffer of 11-byte rows, sealed with one AES-256-CTR keystream, so that
the whole city is sealed in milliseconds and row N alone can be opened by starting the keystream where row N begins.
Integrity is the snapshot's: its manifest holds a digest of every file, checked before the file is used.

The keystream depends on the snapshot's id: two different columns must never be sealed under one snapshot id and key.
"""

from collections.abc import Iterable
from hashlib import blake2b

import numpy as np
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

WIDTH = 11
_BLOCK = 16

_READABLE = np.zeros(256, dtype=bool)
_READABLE[list(b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ+-")] = True


class BrokenSeal(ValueError):
    """The sealed bytes, the key or the column cannot belong together."""


def _derived(key: bytes, label: str) -> bytes:
    if len(key) < 16:
        raise BrokenSeal("The data key is shorter than 16 bytes: give ENNAKKO_DATA_KEY a longer random value.")
    return HKDF(algorithm=hashes.SHA256(), length=32, salt=None, info=label.encode()).derive(key)


def _seal_key(snapshot_id: str, key: bytes) -> bytes:
    return _derived(key, f"ennakko identity code seal {snapshot_id}")


def _keystream(snapshot_id: str, key: bytes, first_block: int, length: int) -> bytes:
    """The keystream from a 16-byte block on; `length` in bytes."""
    cipher = Cipher(algorithms.AES(_seal_key(snapshot_id, key)), modes.CTR(first_block.to_bytes(_BLOCK, "big")))
    return cipher.encryptor().update(bytes(length))


def as_codes(codes: Iterable[str] | np.ndarray) -> np.ndarray:
    """Identity codes as a contiguous array of 11-byte strings; raises BrokenSeal for one of another length."""
    array = np.ascontiguousarray(codes if isinstance(codes, np.ndarray) else np.array(list(codes), dtype="S"))
    if array.dtype.kind == "U":
        array = array.astype("S")
    if array.size == 0:
        return np.empty(0, dtype=f"S{WIDTH}")
    if array.dtype.itemsize != WIDTH or not array.view(np.uint8).reshape(-1, WIDTH)[:, -1].all():
        raise BrokenSeal("An identity code has exactly 11 characters.")
    return array


def seal_column(codes: np.ndarray, snapshot_id: str, key: bytes) -> np.ndarray:
    """The column sealed: array of n rows of 11 opaque bytes (dtype V11), row order kept."""
    column = as_codes(codes)
    clear = column.view(np.uint8).reshape(-1)
    stream = np.frombuffer(_keystream(snapshot_id, key, 0, clear.size), dtype=np.uint8)
    return (clear ^ stream).view(f"V{WIDTH}")


def open_column(sealed: np.ndarray, snapshot_id: str, key: bytes) -> np.ndarray:
    """A whole sealed column (n rows of 11 bytes) as codes (S11); raises BrokenSeal when it does not open."""
    hidden = np.ascontiguousarray(sealed).view(np.uint8).reshape(-1)
    clear = hidden ^ np.frombuffer(_keystream(snapshot_id, key, 0, hidden.size), dtype=np.uint8)
    if not _READABLE[clear].all():
        raise BrokenSeal("The sealed identity codes do not open: wrong data key, snapshot or row order.")
    return clear.view(f"S{WIDTH}")


def open_one(sealed: bytes, position: int, snapshot_id: str, key: bytes) -> str:
    """The identity code of the row at a zero-based position; raises BrokenSeal when the result is no code at all."""
    if len(sealed) != WIDTH or position < 0:
        raise BrokenSeal("A sealed identity code has exactly 11 bytes and stands at a row of its snapshot.")
    block, offset = divmod(position * WIDTH, _BLOCK)
    stream = _keystream(snapshot_id, key, block, offset + WIDTH)[offset:]
    return _readable(bytes(a ^ b for a, b in zip(sealed, stream, strict=True)))


def open_rows(sealed: list[bytes], positions: list[int], snapshot_id: str, key: bytes) -> list[str]:
    """The identity codes of some rows, in the order given; one key derivation for all of them."""
    if not positions:
        return []
    if len(positions) == 1:
        return [open_one(sealed[0], positions[0], snapshot_id, key)]
    if any(len(row) != WIDTH for row in sealed) or len(sealed) != len(positions) or min(positions) < 0:
        raise BrokenSeal("A sealed identity code has exactly 11 bytes and stands at a row of its snapshot.")
    stream = np.frombuffer(_keystream(snapshot_id, key, 0, (max(positions) + 1) * WIDTH), dtype=np.uint8)
    rows = stream.reshape(-1, WIDTH)[np.asarray(positions)]
    clear = np.frombuffer(b"".join(sealed), dtype=np.uint8).reshape(-1, WIDTH) ^ rows
    return [_readable(row.tobytes()) for row in clear]


def _readable(clear: bytes) -> str:
    if not all(48 <= byte <= 57 or 65 <= byte <= 90 or byte in b"+-" for byte in clear):
        raise BrokenSeal("A sealed identity code does not open: wrong data key, snapshot or row order.")
    return clear.decode("ascii")


def index_column(codes: np.ndarray, key: bytes) -> np.ndarray:
    """A keyed 64-bit hash of each code (int64), the same in every snapshot of one deployment, for look-up by code."""
    start = blake2b(key=_derived(key, "ennakko identity code index"), digest_size=8)
    digests = bytearray()
    for code in as_codes(codes).tolist():
        one = start.copy()
        one.update(code)
        digests += one.digest()
    return np.frombuffer(bytes(digests), dtype="<i8").astype(np.int64)


def index_one(code: str, key: bytes) -> int:
    """The index value of one identity code."""
    return int(index_column(as_codes([code]), key)[0])
