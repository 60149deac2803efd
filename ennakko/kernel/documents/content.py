# SPDX-License-Identifier: EUPL-1.2
"""What a file is, judged by its bytes alone: its name is only a claim."""

import io
import re
import struct
import warnings
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePath
from typing import Literal

from PIL import Image

from ennakko.kernel.documents import reasons
from ennakko.values.texts import Text, text

Type = Literal["pdf", "png", "jpeg"]
CONTENT_TYPES: dict[str, str] = {"pdf": "application/pdf", "png": "image/png", "jpeg": "image/jpeg"}
ENDINGS: dict[str, tuple[str, ...]] = {"pdf": (".pdf",), "png": (".png",), "jpeg": (".jpg", ".jpeg", ".jfif")}
MOST_PIXELS = 100_000_000
"""A page of A3 at 600 dots an inch has 70 million; more is a mistake, or meant to fill the reader's memory."""

_SIGNATURES = ((b"%PDF-", "pdf"), (b"\x89PNG\r\n\x1a\n", "png"), (b"\xff\xd8\xff", "jpeg"))
_ZIP_END = b"PK\x05\x06"
_OTHER_HEADS = (b"<html", b"<!doctype", b"<script", b"<svg", b"<?php", b"%pdf-")
_HEAD = 1024
_MOST_SEGMENTS = 5000
"""A photograph has some dozens of segments; colour profiles and notes of a phone add a few hundred."""
_JPEG_MARKER = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]")


@dataclass(frozen=True, slots=True)
class Limits:
    """What is taken: at most so many bytes a file, so many files of a kind about one thing, of these types."""

    most_bytes: int = 10_485_760
    most_of_kind: int = 5
    types: tuple[Type, ...] = ("pdf", "png", "jpeg")


class NotTaken(Exception):
    """The file is not taken; `reason` says why and what to do instead."""

    def __init__(self, reason: Text) -> None:
        super().__init__(reason.en)
        self.reason = reason


def judge(content: bytes, *, name: str, limits: Limits) -> Type:
    """The type of a content, or NotTaken; `name` only makes the answer clearer for what is disguised."""
    if not content:
        raise NotTaken(reasons.EMPTY)
    if len(content) > limits.most_bytes:
        raise too_big(limits)
    found = next((kind for signature, kind in _SIGNATURES if content.startswith(signature)), None)
    for kind in limits.types:
        if kind == found:
            _CHECKS[kind](content)
            _refuse_archive(content)
            return kind
    named = PurePath(name).suffix.lower() in [ending for kind in limits.types for ending in ENDINGS[kind]]
    raise NotTaken((reasons.DISGUISED if named else reasons.OTHER_TYPE).format(types=named_types(limits)))


def too_big(limits: Limits) -> NotTaken:
    """The refusal of a file with too many bytes."""
    return NotTaken(reasons.TOO_BIG.format(most=f"{limits.most_bytes / 1_048_576:g}"))


def named_types(limits: Limits) -> Text:
    """The types that are taken, in words: “PDF, PNG or JPEG”."""
    names = [kind.upper() for kind in limits.types]

    def said(word: str) -> str:
        return f" {word} ".join(filter(None, (", ".join(names[:-1]), names[-1])))

    return text(fi=said("tai"), sv=said("eller"), en=said("or"))


def cleaned_name(name: str) -> str:
    """A file's name as it was given, without folders, control characters and directions of writing; never empty."""
    last = re.split(r"[/\\]", name)[-1]
    kept = "".join(letter for letter in last if letter.isprintable() and letter not in '"<>|*?:').strip(" .")
    if len(kept) > 150:
        ending = PurePath(kept).suffix[:10]
        kept = kept[: 150 - len(ending)] + ending
    return kept or "file"


def name_to_save(name: str, content_type: str) -> str:
    """The name with which a file is handed out: its ending tells what it is."""
    kind = next((kind for kind, own in CONTENT_TYPES.items() if own == content_type), None)
    if kind is None or name.lower().endswith(ENDINGS[kind]):
        return name
    return f"{name}{ENDINGS[kind][0]}"


def _check_pdf(content: bytes) -> None:
    from pypdf import PasswordType, PdfReader  # half a second of every start, for those who take a file

    if not re.match(rb"%PDF-[12]\.[0-9]", content):
        raise NotTaken(reasons.UNREADABLE)
    end = content.rfind(b"%%EOF")
    if end < 0 or b"startxref" not in content[max(0, end - _HEAD) : end]:
        raise NotTaken(reasons.CUT_SHORT)
    if content[end + 5 :].strip(b"\x00\t\n\r\x0c \x1a"):
        raise NotTaken(reasons.TWO_IN_ONE)
    try:
        # Three objects are looked up, and no more: a hostile file makes each look-up a search through all of it.
        reader = PdfReader(io.BytesIO(content), root_object_recovery_limit=1)
        # Many a bank's file is sealed against changes and opens without a password; one that needs it nobody can read.
        if reader.is_encrypted and reader.decrypt("") == PasswordType.NOT_DECRYPTED:
            raise NotTaken(reasons.LOCKED)
        pages = reader.root_object["/Pages"].get_object()
    except NotTaken:
        raise
    except Exception as error:  # a damaged file makes the reader raise almost anything
        raise NotTaken(reasons.UNREADABLE) from error
    if not isinstance(pages, Mapping) or not pages.get("/Kids"):
        raise NotTaken(reasons.UNREADABLE)


def _check_png(content: bytes) -> None:
    place = 8
    while True:
        if place + 12 > len(content):
            raise NotTaken(reasons.CUT_SHORT)
        length, kind = struct.unpack_from(">I4s", content, place)
        place += 12 + length
        if kind == b"IEND":
            break
    if place > len(content):
        raise NotTaken(reasons.CUT_SHORT)
    if content[place:].strip(b"\x00"):
        raise NotTaken(reasons.TWO_IN_ONE)
    _check_picture(content, "PNG")


def _check_jpeg(content: bytes) -> None:
    place = 2
    for _ in range(_MOST_SEGMENTS):
        found = _JPEG_MARKER.search(content, place)
        if found is None:
            raise NotTaken(reasons.CUT_SHORT)
        marker = content[found.start() + 1]
        if marker == 0xD9:
            place = found.end()
            break
        if found.end() + 2 > len(content):
            raise NotTaken(reasons.CUT_SHORT)
        place = found.end() + int(struct.unpack_from(">H", content, found.end())[0])
    else:
        raise NotTaken(reasons.UNREADABLE)
    # Phones write a second picture, a moment of film or notes of their own after the first; all else is no photograph.
    rest = content[place:].strip(b"\x00\r\n ")
    known = rest.startswith(b"\xff\xd8\xff") or b"ftyp" in rest[:64] or rest.endswith(b"SEFT")
    if rest and not known:
        raise NotTaken(reasons.TWO_IN_ONE)
    _check_picture(content, "JPEG")


def _check_picture(content: bytes, format: str) -> None:
    """Reads the head only: nothing is unpacked, however small the file and large the picture."""
    if any(other in content[:_HEAD].lower() for other in _OTHER_HEADS):
        raise NotTaken(reasons.TWO_IN_ONE)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(content), formats=("JPEG", "MPO") if format == "JPEG" else (format,)) as picture:
                width, height = picture.size
    except Image.DecompressionBombError as error:
        raise NotTaken(_too_large()) from error
    except Exception as error:  # a damaged picture makes the library raise almost anything
        raise NotTaken(reasons.UNREADABLE) from error
    if width < 1 or height < 1:
        raise NotTaken(reasons.UNREADABLE)
    if width * height > MOST_PIXELS:
        raise NotTaken(_too_large())


def _too_large() -> Text:
    return reasons.TOO_LARGE_PICTURE.format(pixels=MOST_PIXELS // 1_000_000)


def _refuse_archive(content: bytes) -> None:
    """An archive is read from its end: a file that ends as one is one, whatever it begins with."""
    place = content.rfind(_ZIP_END, max(0, len(content) - 65_557))
    if place < 0 or place + 22 > len(content):
        return
    comment = int(struct.unpack_from("<H", content, place + 20)[0])
    if place + 22 + comment == len(content):
        raise NotTaken(reasons.TWO_IN_ONE)


_CHECKS = {"pdf": _check_pdf, "png": _check_png, "jpeg": _check_jpeg}
