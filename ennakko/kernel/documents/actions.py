# SPDX-License-Identifier: EUPL-1.2
"""Documents are taken, read, moved, removed and destroyed. Who may do it stands in the services' access tables.

The bytes are on the disk before the row is there, and go after the row is gone: whatever dies in between leaves a file
without a row, which a job sweeps away.
"""

import contextlib
import uuid
from collections.abc import Iterable
from datetime import datetime
from typing import IO

from django.db import connection, transaction

from ennakko.kernel import audit
from ennakko.kernel.access.actors import Actor
from ennakko.kernel.bulk import among_words, change
from ennakko.kernel.documents import content as judging
from ennakko.kernel.documents import files, reasons
from ennakko.kernel.documents.content import Limits, NotTaken
from ennakko.kernel.documents.models import Document
from ennakko.kernel.documents.scanning import RETENTION, verdict
from ennakko.kernel.statements import rows_of
from ennakko.values.texts import Text

__all__ = ["NotReady", "NotTaken", "add_made", "destroy", "destroy_these", "move", "read", "remove", "store"]
PORTION = 500


class NotReady(Exception):
    """The document is not handed out; `reason` says why."""

    def __init__(self, reason: Text) -> None:
        super().__init__(reason.en)
        self.reason = reason


def store(
    content: bytes | IO[bytes],
    *,
    about: str,
    kind: str,
    name: str,
    actor: Actor,
    at: datetime,
    limits: Limits | None = None,
) -> Document:
    """Take a file that was sent in; raises NotTaken with what to do instead.

    It is clean, or waits where the scanner is silent: look at its state before telling that all is well. Call it
    outside a transaction: the scanner takes its time, and a writer of SQLite would hold up all others.
    """
    within = limits or Limits()
    given = _bytes(content, within)
    type_ = judging.judge(given, name=name, limits=within)
    _refuse_too_many(about, kind, within)
    state = verdict(given)
    if state == Document.State.INFECTED:
        with transaction.atomic():
            audit.write(actor, "documents.refused-infected", about, at, {"kind": kind}, RETENTION)
        raise NotTaken(reasons.INFECTED)
    return _add(
        given, about=about, kind=kind, name=judging.cleaned_name(name), content_type=judging.CONTENT_TYPES[type_],
        state=state, actor=actor, at=at, limits=within,
    )  # fmt: skip


def add_made(
    content: bytes, *, about: str, kind: str, name: str, content_type: str, actor: Actor, at: datetime
) -> Document:
    """Keep a document that the system made itself (a letter): nothing to judge, nothing to scan, no limits."""
    return _add(
        content, about=about, kind=kind, name=judging.cleaned_name(name), content_type=content_type,
        state=Document.State.CLEAN, actor=actor, at=at, limits=None,
    )  # fmt: skip


def read(document: Document, *, actor: Actor, purpose: str, at: datetime, persons: Iterable[int] = ()) -> bytes:
    """The content of a document, each reading logged; raises NotReady for one that waits, was removed or is lost.

    `persons`: the person keys of those whom it is about, where they are known.
    """
    row = Document.objects.filter(pk=document.pk).first()
    if row is None or (row.removed_at is not None and row.state != Document.State.INFECTED):
        raise NotReady(reasons.REMOVED)
    if row.state != Document.State.CLEAN:
        infected = row.state == Document.State.INFECTED
        raise NotReady(reasons.WAS_INFECTED if infected else reasons.STILL_WAITING)
    try:
        found = files.read(row.pk)
    except files.FileLost as error:
        raise NotReady(reasons.BYTES_GONE) from error
    keys = list(persons)
    whom = keys[0] if len(keys) == 1 else keys
    audit.read(actor, purpose, whom, ["document"], "", at, f"document {row.pk} about {row.about}")
    return found


def move(from_about: str, to_about: str) -> int:
    """What was about one thing is about another from now on, in the caller's transaction; how many documents."""
    return change(Document, {"about": from_about}, {"about": to_about})


def remove(document: Document, *, actor: Actor, at: datetime) -> None:
    """Take a document away and destroy its bytes; that there was one stays on record. Safe to repeat."""
    with transaction.atomic():
        row = Document.objects.select_for_update().filter(pk=document.pk, removed_at=None).first()
        if row is None:
            return
        row.removed_at, row.removed_by = at, actor.subject
        row.save(update_fields=["removed_at", "removed_by"])
        key = row.pk
        transaction.on_commit(lambda: files.destroy(key))
        said: dict[str, object] = {"document": str(row.pk), "kind": row.kind, "sha256": row.sha256}
        audit.write(actor, "documents.remove", row.about, at, said, RETENTION)


def destroy(*, about: Iterable[str]) -> int:
    """Destroy the documents about things that are destroyed, rows and bytes; how many.

    Call it in the transaction that destroys the things and writes it down; the bytes go when that commits.
    """
    wanted, gone = sorted(set(about)), 0
    if not _any_about(wanted):
        return 0
    for start in range(0, len(wanted), PORTION):
        rows = Document.objects.filter(about__in=wanted[start : start + PORTION])
        doomed = list(rows.values_list("pk", flat=True))
        rows.delete()
        gone += len(doomed)
        transaction.on_commit(lambda doomed=doomed: _destroy_files(doomed))  # type: ignore[misc]
    return gone


def _any_about(wanted: Iterable[str]) -> bool:
    """Whether there is any document about some things, removed ones too: mostly there is none."""
    words, value = among_words(wanted)
    return bool(rows_of(f"SELECT 1 FROM documents_document WHERE about IN ({words}) LIMIT 1", [value]))  # noqa: S608


def destroy_these(documents: Iterable[Document]) -> int:
    """Destroy some documents, rows and bytes, in the caller's transaction; how many."""
    doomed = [document.pk for document in documents]
    gone = Document.objects.filter(pk__in=doomed).delete()[0]
    transaction.on_commit(lambda: _destroy_files(doomed))
    return gone


def _destroy_files(documents: Iterable[uuid.UUID]) -> None:
    for document in documents:
        files.destroy(document)


def _add(
    content: bytes,
    *,
    about: str,
    kind: str,
    name: str,
    content_type: str,
    state: Document.State,
    actor: Actor,
    at: datetime,
    limits: Limits | None,
) -> Document:
    key, digest = uuid.uuid4(), files.digest(content)
    files.write(key, content)
    try:
        with transaction.atomic():
            if limits is not None:
                _one_at_a_time(about, kind)
                _refuse_too_many(about, kind, limits)
            row = Document.objects.create(
                id=key, about=about, kind=kind, name=name, content_type=content_type, size=len(content), sha256=digest,
                state=state, added_by=actor.subject, added_by_name=actor.name, added_at=at,
                scanned_at=None if state == Document.State.WAITING else at,
            )  # fmt: skip
            said: dict[str, object] = {"document": str(key), "kind": kind, "size": len(content), "sha256": digest}
            audit.write(actor, "documents.store", about, at, said, RETENTION)
    except BaseException:
        with contextlib.suppress(OSError):  # the sweep takes what stays
            files.destroy(key)
        raise
    return row


def _bytes(content: bytes | IO[bytes], limits: Limits) -> bytes:
    """The whole content, and not a byte more than is needed to see that it is too big."""
    if isinstance(content, bytes):
        return content
    content.seek(0)
    given = content.read(limits.most_bytes + 1)
    if len(given) > limits.most_bytes:
        raise judging.too_big(limits)
    return given


def _refuse_too_many(about: str, kind: str, limits: Limits) -> None:
    if Document.objects.filter(about=about, kind=kind, removed_at=None).count() >= limits.most_of_kind:
        raise NotTaken(reasons.TOO_MANY.format(most=limits.most_of_kind))


def _one_at_a_time(about: str, kind: str) -> None:
    """Two that send at once are counted one after the other (SQLite has one writer anyway)."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"documents {about} {kind}"])
