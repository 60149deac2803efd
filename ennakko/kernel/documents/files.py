# SPDX-License-Identifier: EUPL-1.2
"""The sealed files on the disk: written whole or not at all, read only as the row that they belong to.

A file is 2 bytes of key id, 12 of nonce, the cipher (AES-256-GCM) and its tag: the form of `kernel.keys.seal`, made
piece by piece so that a big file is not held twice.
"""

import contextlib
import os
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from django.conf import settings

from ennakko.kernel import keys

_HEADER, _NONCE, _TAG = 2, 12, 16
PIECE = 1 << 20
SUFFIX, UNFINISHED = ".sealed", ".unfinished"


class FileLost(RuntimeError):
    """A document's bytes are not there, or do not open: they were changed, or their key is not in the ring."""


def folder() -> Path:
    """Where the sealed files are."""
    return Path(settings.DOCUMENTS)


def path_of(document: UUID) -> Path:
    """The file of a document, in one of 256 folders."""
    return folder() / document.hex[:2] / f"{document.hex}{SUFFIX}"


def write(document: UUID, content: bytes) -> None:
    """Seal the content into its file; when this returns it is on the disk."""
    path = path_of(document)
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_suffix(UNFINISHED)
    number, nonce = keys.current_id(), os.urandom(_NONCE)
    sealing = Cipher(algorithms.AES(keys.data_key(number)), modes.GCM(nonce)).encryptor()
    sealing.authenticate_additional_data(_context(document))
    view = memoryview(content)
    with unfinished.open("wb") as file:
        file.write(number.to_bytes(_HEADER, "big") + nonce)
        for start in range(0, len(view), PIECE):
            file.write(sealing.update(view[start : start + PIECE]))
        file.write(sealing.finalize() + sealing.tag)
        file.flush()
        os.fsync(file.fileno())
    unfinished.replace(path)
    _sync_folder(path.parent)


def read(document: UUID) -> bytes:
    """The content again; raises FileLost."""
    path = path_of(document)
    try:
        with path.open("rb") as file:
            size = os.fstat(file.fileno()).st_size
            header = file.read(_HEADER + _NONCE)
            left = size - len(header) - _TAG
            if left < 0:
                raise FileLost(f"The file of document {document} is cut short.")
            opening = Cipher(
                algorithms.AES(keys.data_key(keys.sealed_with(header))), modes.GCM(header[_HEADER:])
            ).decryptor()
            opening.authenticate_additional_data(_context(document))
            clear = bytearray()
            while left > 0:
                piece = file.read(min(PIECE, left))
                if not piece:
                    raise FileLost(f"The file of document {document} is cut short.")
                clear += opening.update(piece)
                left -= len(piece)
            clear += opening.finalize_with_tag(file.read(_TAG))
    except FileNotFoundError:
        raise FileLost(f"The file of document {document} is gone.") from None
    except (InvalidTag, keys.KeyRingError) as error:
        raise FileLost(f"The file of document {document} does not open: {error or 'it was changed'}.") from None
    return bytes(clear)


def sealed_with(document: UUID) -> int | None:
    """Id of the key that a document's file is sealed with; None where there is no file."""
    try:
        with path_of(document).open("rb") as file:
            return keys.sealed_with(file.read(_HEADER))
    except FileNotFoundError:
        return None


def destroy(document: UUID) -> None:
    """Take a document's bytes away; nothing happens when they are gone already."""
    path_of(document).unlink(missing_ok=True)


def stored() -> Iterator[tuple[Path, UUID | None]]:
    """Every file there is, with the document it belongs to (None: unfinished, or no document's at all)."""
    for path in sorted(folder().glob("*/*")):
        document = None
        if path.suffix == SUFFIX:
            with contextlib.suppress(ValueError):
                document = UUID(path.stem)
        yield path, document


def digest(content: bytes) -> str:
    """SHA-256 of a content, in hex."""
    return sha256(content).hexdigest()


def _context(document: UUID) -> bytes:
    return f"document {document.hex}".encode()


def _sync_folder(path: Path) -> None:
    number = os.open(path, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)
