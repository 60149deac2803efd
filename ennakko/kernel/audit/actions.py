# SPDX-License-Identifier: EUPL-1.2
"""Writing the log: entries chain in the caller's transaction, reads are added cheaply and sealed later."""

import secrets
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from hashlib import sha256
from typing import Any

import numpy as np
from django.db import connection, transaction
from django.db.models import Q

from ennakko.kernel import keys
from ennakko.kernel.access.actors import SYSTEM, Actor
from ennakko.kernel.audit.canonical import canonical, instant, link, salted_digest
from ennakko.kernel.audit.coverage import store
from ennakko.kernel.audit.models import ChainHead, Coverage, Entry, Read, Segment
from ennakko.kernel.bulk import insert, insert_and_change
from ennakko.kernel.ready import Ready

SEAL = "audit.seal"
ERASE = "audit.erase"
KEPT_FOR_GOOD = "permanent"
"""The retention class of the log's own entries, which hold no person's data."""


class NoTransaction(RuntimeError):
    """An entry was to be written outside a transaction: it might stand though the change it tells of does not."""


def write(
    actor: Actor,
    action: str,
    subject: str,
    at: datetime,
    details: Mapping[str, object],
    retention: str,
    *,
    statement: Mapping[str, object] | None = None,
) -> Entry:
    """Write one entry in the caller's transaction, chained to the one before it.

    `subject` is `offer:12`, `person:17`…, kept as a keyed hash; `details` may hold personal data and go when their
    retention class is erased; `statement` may not, and stays. Write it last in the transaction: the chain is locked
    until the transaction ends. Raises NoTransaction.
    """
    if not connection.in_atomic_block:
        raise NoTransaction(f"audit.write({action!r}) needs the transaction of the change it tells of.")
    salt = secrets.token_hex(16)
    content = canonical({"subject": subject, **details})
    head = _locked_head()
    key_id = keys.current_id()
    entry = Entry(
        number=head.number + 1,
        at=at,
        action=action,
        actor_kind=actor.kind,
        actor_reference=keys.reference_of(actor.subject),
        organisation_reference=_acted_for(actor),
        subject_reference=keys.reference_of(subject),
        retention=retention,
        digest=salted_digest(salt, content),
        statement=canonical(statement) if statement else "",
        key_id=key_id,
        previous=head.hash,
    )
    entry.hash = entry_hash(entry)
    segment = Segment(entry_id=entry.number, salt=salt, details=content)
    insert_and_change([entry, segment], ChainHead, {"pk": 1}, {"number": entry.number, "hash": entry.hash})
    return entry


def _acted_for(actor: Actor) -> str:
    return keys.reference_of(f"organisation:{actor.organisation}") if actor.organisation else ""


_head: Ready[ChainHead] = Ready(lambda: ChainHead.objects.select_for_update().filter(pk=1))


def _locked_head() -> ChainHead:
    head = _head.first()
    if head is None:
        ChainHead.objects.bulk_create([ChainHead(pk=1)], ignore_conflicts=True)
        head = ChainHead.objects.select_for_update().get(pk=1)
    return head


def entry_hash(entry: Entry) -> str:
    """The keyed hash over every field of an entry; entries for no organisation hash as before there were any."""
    acted_for = (entry.organisation_reference,) if entry.organisation_reference else ()
    return link(
        entry.number, instant(entry.at), entry.action, entry.actor_kind, entry.actor_reference, entry.subject_reference,
        entry.retention, entry.digest, entry.statement, entry.key_id, entry.previous, *acted_for, key_id=entry.key_id,
    )  # fmt: skip


def read(
    actor: Actor,
    purpose: str,
    persons: int | Iterable[int],
    facts: Iterable[str],
    snapshot: str,
    at: datetime,
    reason: str,
    *,
    retention: str = "reads",
) -> Read:
    """Log one look at the facts of a person, or one screening of many (an array or series of person keys).

    Takes no lock: `seal` chains it later. A screening of nobody is logged too. Inside `reads_held` it is written with
    the change that it was made for.
    """
    coverage: Coverage | None = None
    person_reference = ""
    if isinstance(persons, int | np.integer):
        person_reference = keys.reference_of(f"person:{persons}")
    else:
        coverage = store(persons)
    row = Read(
        at=at,
        retention=retention,
        purpose=purpose,
        actor_kind=actor.kind,
        actor_reference=keys.reference_of(actor.subject),
        organisation_reference=_acted_for(actor),
        person_reference=person_reference,
        coverage=coverage,
        content=canonical({"facts": sorted(facts), "snapshot": snapshot, "reason": reason}),
        salt=secrets.token_hex(16),
    )
    row.digest = read_digest(row, coverage.digest if coverage else "")
    held = _held.get()
    if held is not None:
        held.add(row)
        return row
    with transaction.atomic(savepoint=False):  # SQLite lets a transaction in sooner than a lone statement
        insert(row)
    return row


class HeldReads:
    """Reads that wait for the change they were made for."""

    def __init__(self) -> None:
        self._rows: list[Read] = []

    def add(self, row: Read) -> None:
        """One more that is to be written."""
        self._rows.append(row)

    def write(self) -> None:
        """Write them in the caller's transaction; once it stands, say so with `stand`."""
        for row in self._rows:
            row.pk = None  # a transaction that was taken back may have given it one
            insert(row)

    def stand(self) -> None:
        """The transaction in which they were written stands."""
        self._rows = []

    def write_the_rest(self) -> None:
        """Write those whose change did not come about, in a transaction of their own."""
        if self._rows:
            with transaction.atomic(savepoint=False):
                self.write()
            self.stand()


_held: ContextVar[HeldReads | None] = ContextVar("held reads", default=None)


@contextmanager
def reads_held() -> Iterator[HeldReads]:
    """Reads inside the block are written by its `HeldReads.write`; at the block's end, whatever happened, the rest.

    One transaction fewer where a look and a change belong together. Nothing may be shown of what was read before the
    block has ended.
    """
    held = HeldReads()
    token = _held.set(held)
    try:
        yield held
    finally:
        _held.reset(token)
        held.write_the_rest()


def read_digest(row: Read, coverage_digest: str) -> str:
    """Salted digest of everything that one read says."""
    said = [row.purpose, row.actor_kind, row.actor_reference, row.person_reference, coverage_digest, row.content]
    if row.organisation_reference:
        said.append(row.organisation_reference)
    return salted_digest(row.salt, canonical(said))


def block_digest(rows: Iterable[Read]) -> str:
    """Digest of a block: each read's number, time, retention and own digest, in order; stands though contents go."""
    digest = sha256()
    for row in rows:
        digest.update(f"{canonical([row.pk, instant(row.at), row.retention, row.digest])}\n".encode())
    return digest.hexdigest()


def seal(at: datetime, *, most: int = 20_000) -> int:
    """Chain the reads logged since the last seal, as one block of at most `most`; how many were sealed."""
    with transaction.atomic():
        _locked_head()
        rows = list(Read.objects.filter(block__isnull=True).order_by("pk")[:most])
        if not rows:
            return 0
        said: dict[str, object] = {"reads": len(rows), "digest": block_digest(rows)}
        entry = write(SYSTEM("seal"), SEAL, "reads", at, {}, KEPT_FOR_GOOD, statement=said)
        numbers = [row.pk for row in rows]
        for start in range(0, len(numbers), 500):
            Read.objects.filter(pk__in=numbers[start : start + 500]).update(block=entry)
    return len(rows)


def erase(retention: str, before: datetime, *, actor: Actor, at: datetime, reason: str) -> int:
    """Destroy the details and reads of a retention class from before a moment; the chain still verifies.

    Unsealed reads are sealed first, so that nothing leaves the log untold. How many records were destroyed.
    """
    if retention == KEPT_FOR_GOOD:
        raise ValueError(f"The retention class {KEPT_FOR_GOOD!r} is never erased.")
    with transaction.atomic():
        while seal(at):
            pass
        segments, _ = Segment.objects.filter(entry__retention=retention, entry__at__lt=before).delete()
        reads = Read.objects.filter(~Q(salt=""), retention=retention, at__lt=before)
        emptied = reads.update(**_EMPTY)
        Coverage.objects.filter(read__isnull=True).delete()
        said = {
            "retention": retention, "before": instant(before), "details": segments, "reads": emptied, "reason": reason,
        }  # fmt: skip
        write(actor, ERASE, f"retention:{retention}", at, {}, KEPT_FOR_GOOD, statement=said)
    return segments + emptied


_EMPTY: dict[str, Any] = {
    "purpose": "", "actor_kind": "", "actor_reference": "", "organisation_reference": "", "person_reference": "",
    "coverage": None, "content": "", "salt": "",
}  # fmt: skip


def record_access_change(actor: Actor, action: str, subject: str, at: datetime, details: Mapping[str, object]) -> None:
    """The log's side of `access.changes`: who was given or lost a role."""
    write(actor, action, subject, at, details, "access")
