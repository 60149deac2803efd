# SPDX-License-Identifier: EUPL-1.2
"""Files are scanned as they come; where the scanner is silent they wait, and a job asks again."""

import logging
from collections.abc import Callable
from datetime import datetime

from django.db import transaction

from ennakko.kernel import audit
from ennakko.kernel.access import SYSTEM
from ennakko.kernel.documents import files, ports
from ennakko.kernel.documents.models import Document

log = logging.getLogger(__name__)
RETENTION = "documents"
Told = Callable[[Document, datetime], object]
_told: dict[str, list[Told]] = {}


def on_infected(prefix: str, told: Told) -> None:
    """Name what tells the uploader that a file about `prefix:…` was found to hold malware after it was taken.

    `told(document, at)` runs in the transaction that removes it; where several services keep files about cases, each
    looks whether the case is its own.
    """
    listeners = _told.setdefault(prefix, [])
    if told not in listeners:
        listeners.append(told)


def verdict(content: bytes) -> Document.State:
    """What the scanner says of a content now: clean, infected, or waiting where it is silent."""
    try:
        clean = ports.scanner().scan(content)
    except ports.Unavailable as error:
        log.warning("scanner: %s", error.what)
        return Document.State.WAITING
    return Document.State.CLEAN if clean else Document.State.INFECTED


def scan_waiting(*, at: datetime, most: int = 500) -> dict[str, int]:
    """Scan the files that wait, the oldest first; stops at the first one on which the scanner is silent.

    The counts of clean, infected, lost and left. A file whose bytes do not open is lost: it is told and stays waiting.
    """
    counts = {"clean": 0, "infected": 0, "lost": 0}
    waiting = Document.objects.filter(state=Document.State.WAITING, removed_at=None).order_by("added_at", "id")
    for document in list(waiting[:most]):
        try:
            content = files.read(document.pk)
        except files.FileLost as error:
            log.error("%s", error)
            counts["lost"] += 1
            continue
        found = verdict(content)
        if found == Document.State.WAITING:
            break
        if settle(document, found, at=at):
            counts[found.value] += 1
    return {**counts, "left": waiting.count()}


def settle(document: Document, found: Document.State, *, at: datetime) -> bool:
    """Write a verdict down, once; an infected file is removed, its bytes destroyed and its uploader told."""
    with transaction.atomic():
        row = Document.objects.select_for_update().filter(pk=document.pk, removed_at=None).first()
        if row is None or row.state != Document.State.WAITING:
            return False
        row.state, row.scanned_at = found, at
        if found == Document.State.INFECTED:
            row.removed_at, row.removed_by = at, SYSTEM("documents").subject
            transaction.on_commit(lambda: files.destroy(document.pk))
            listeners = _told.get(row.about.partition(":")[0], [])
            for tell in listeners:
                tell(row, at)
            if not listeners:
                log.warning("document %s was infected; nobody is named to tell its uploader", row.pk)
        row.save(update_fields=["state", "scanned_at", "removed_at", "removed_by"])
        if found == Document.State.INFECTED:
            said: dict[str, object] = {"document": str(row.pk), "kind": row.kind}
            audit.write(SYSTEM("documents"), "documents.infected", row.about, at, said, RETENTION)
    return True
