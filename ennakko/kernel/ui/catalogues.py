# SPDX-License-Identifier: EUPL-1.2
"""The words of the pages: collected from templates and code, compiled with Babel; no gettext program is needed.

Message ids are English; Finnish and Swedish stand in `locale/<language>/LC_MESSAGES/django.po` of each room.
"""

import os
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

from babel.messages import Catalog
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation import templatize

TRANSLATED: tuple[str, ...] = ("fi", "sv")
KEYWORDS = {
    "_": None, "gettext": None, "gettext_lazy": None, "gettext_noop": None, "ngettext": (1, 2),
    "ngettext_lazy": (1, 2), "pgettext": ((1, "c"), 2), "pgettext_lazy": ((1, "c"), 2), "npgettext": ((1, "c"), 2, 3),
}  # fmt: skip
# The catalogue's own dates say nothing that the version history does not, and would change it at each collection.
STILL = datetime(2026, 1, 1, tzinfo=UTC)
SKIPPED_FOLDERS = frozenset({"migrations", "tests", "locale", "static", "__pycache__"})

LICENCE_TAG = "SPDX-License" + "-Identifier:"  # in two parts, or the licence checker reads on to the quotation mark


@dataclass(frozen=True, slots=True)
class Room:
    """One folder with words of its own and the folder of their translations."""

    sources: tuple[Path, ...]
    locale: Path


def rooms(package: Path) -> list[Room]:
    """The rooms of the package: each folder that holds a `locale`; what no such folder holds belongs to `web`."""
    own = sorted(path.parent for path in package.rglob("locale") if path.is_dir() and path.parent.name != "web")
    others = tuple(path for path in _sources(package) if not any(path.is_relative_to(room) for room in own))
    return [Room(tuple(_sources(room)), room / "locale") for room in own] + [Room(others, package / "web" / "locale")]


def collected(room: Room, package: Path) -> Catalog:
    """Every message of a room with the places it stands in (without line numbers: they change too often)."""
    catalogue = Catalog(charset="utf-8")
    for path in room.sources:
        place = [(str(path.relative_to(package.parent)), 0)]
        for _, message, comments, context in extract("python", BytesIO(_as_python(path)), keywords=KEYWORDS):
            catalogue.add(message, locations=place, auto_comments=comments, context=context)
    return catalogue


def missing(package: Path) -> list[str]:
    """The messages that a language lacks or that are only guessed (fuzzy), as "file: message"."""
    found = []
    for room in rooms(package):
        template = collected(room, package)
        for language in TRANSLATED:
            path = _po(room, language)
            catalogue = _read(path, language)
            for message in template:
                if not message.id:
                    continue
                there = catalogue.get(message.id, message.context)
                words = there.string if there else ""
                complete = all(words) if isinstance(words, tuple) else bool(words)
                if there is None or there.fuzzy or not complete:
                    found.append(f"{path}: {message.id!r}")
    return found


def collect(package: Path) -> dict[str, int]:
    """Bring every catalogue up to date, keeping translations; returns how many messages each file has."""
    counts = {}
    for room in rooms(package):
        template = collected(room, package)
        for language in TRANSLATED:
            path = _po(room, language)
            catalogue = _read(path, language)
            catalogue.update(template, no_fuzzy_matching=True)
            catalogue.obsolete.clear()
            path.parent.mkdir(parents=True, exist_ok=True)
            catalogue.project, catalogue.version, catalogue.msgid_bugs_address = "Ennakko", "1", ""
            catalogue.last_translator, catalogue.language_team = "Ennakko", language
            catalogue.creation_date = catalogue.revision_date = STILL
            with path.open("wb") as file:
                write_po(file, catalogue, width=110, sort_output=True, omit_header=False, include_lineno=False)
            counts[str(path)] = len(catalogue)
    return counts


def compile_all(package: Path, *, only_stale: bool = False) -> list[Path]:
    """Compile the catalogues beside their sources; returns what was written.

    Each file appears whole or not at all: several processes may start at once.
    """
    written = []
    for source in sorted(package.rglob("locale/*/LC_MESSAGES/django.po")):
        target = source.with_suffix(".mo")
        if only_stale and target.exists() and target.stat().st_mtime >= source.stat().st_mtime:
            continue
        with source.open("rb") as file:
            catalogue = read_po(file, locale=source.parent.parent.name)
        handle, temporary = tempfile.mkstemp(dir=target.parent, suffix=".mo.part")
        with os.fdopen(handle, "wb") as compiled:
            write_mo(compiled, catalogue)
        Path(temporary).replace(target)
        written.append(target)
    return written


def _sources(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.rglob("*")):
        inside = path.relative_to(folder).parts[:-1]
        template = path.suffix == ".html" and "templates" in path.relative_to(folder.parent).parts
        if (path.suffix == ".py" or template) and not SKIPPED_FOLDERS.intersection(inside):
            yield path


def _as_python(path: Path) -> bytes:
    source = path.read_text(encoding="utf-8")
    if path.suffix != ".py":
        source = templatize(source, origin=str(path))
    return source.encode()


def _po(room: Room, language: str) -> Path:
    return room.locale / language / "LC_MESSAGES" / "django.po"


def _read(path: Path, language: str) -> Catalog:
    if not path.exists():
        return Catalog(locale=language, charset="utf-8", fuzzy=False, header_comment=f"# {LICENCE_TAG} EUPL-1.2")
    with path.open("rb") as file:
        return read_po(file, locale=language)
