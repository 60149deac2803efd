# SPDX-License-Identifier: EUPL-1.2
"""Proves that the log is whole: every link, every detail that is still kept, every block of reads."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field

from ennakko.kernel import keys
from ennakko.kernel.audit.actions import ERASE, SEAL, block_digest, entry_hash, read_digest
from ennakko.kernel.audit.canonical import instant, salted_digest
from ennakko.kernel.audit.coverage import stored_digest
from ennakko.kernel.audit.models import ChainHead, Coverage, Entry, Read


@dataclass(frozen=True, slots=True)
class Flaw:
    """Something that does not fit: the entry's number (0: no entry) and what is wrong, for the auditor."""

    number: int
    what: str


@dataclass(frozen=True, slots=True)
class Verification:
    """What `verify` found. Keep `head_number` and `head_hash` outside the system: a later look must contain them."""

    entries: int
    reads: int
    unsealed: int
    erased: int
    head_number: int
    head_hash: str
    flaws: tuple[Flaw, ...]

    @property
    def ok(self) -> bool:
        """Whether nothing was found wrong."""
        return not self.flaws


@dataclass(slots=True)
class _Findings:
    entries: int = 0
    reads: int = 0
    unsealed: int = 0
    erased: int = 0
    flaws: list[Flaw] = field(default_factory=list)

    def flaw(self, number: int, what: str) -> None:
        self.flaws.append(Flaw(number, what))


def verify(*, witnessed: tuple[int, str] | None = None) -> Verification:
    """Go through the whole log. `witnessed` is a head (number, hash) noted earlier outside the system.

    Without a witness, cutting entries off the end together with the head cannot be told from a shorter log.
    """
    found = _Findings()
    erasures = tuple(_erasures())
    number, previous = 0, ""
    for entry in Entry.objects.order_by("number").select_related("segment").iterator(chunk_size=2000):
        number += 1
        found.entries += 1
        if entry.number != number:
            found.flaw(number, f"entries {number} to {entry.number - 1} are missing")
            number = entry.number
        elif entry.previous != previous:
            found.flaw(number, "the entry does not follow the one before it")
        _check_entry(entry, erasures, found)
        if entry.action == SEAL:
            _check_block(entry, erasures, found)
        if witnessed is not None and witnessed[0] == number and witnessed[1] != entry.hash:
            found.flaw(number, "the entry is not the one that was witnessed")
        previous = entry.hash
    _check_end(number, previous, witnessed, found)
    _check_unsealed(found)
    _check_coverages(found)
    return Verification(
        entries=found.entries, reads=found.reads, unsealed=found.unsealed, erased=found.erased,
        head_number=number, head_hash=previous, flaws=tuple(found.flaws),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Erasure:
    number: int
    retention: str
    before: str


def _erasures() -> Iterator[_Erasure]:
    for number, statement in Entry.objects.filter(action=ERASE).values_list("number", "statement"):
        try:
            said = json.loads(statement)
            yield _Erasure(number, str(said["retention"]), str(said["before"]))
        except (ValueError, KeyError, TypeError):
            continue  # the broken statement breaks its entry's hash, which is reported there


def _lawfully_gone(retention: str, at: str, number: int, erasures: tuple[_Erasure, ...]) -> bool:
    return any(one.retention == retention and at < one.before and number < one.number for one in erasures)


def _check_entry(entry: Entry, erasures: tuple[_Erasure, ...], found: _Findings) -> None:
    try:
        if entry_hash(entry) != entry.hash:
            found.flaw(entry.number, "the entry was changed")
    except keys.KeyRingError as error:
        found.flaw(entry.number, str(error))
    segment = getattr(entry, "segment", None)
    if segment is None:
        if _lawfully_gone(entry.retention, instant(entry.at), entry.number, erasures):
            found.erased += 1
        else:
            found.flaw(entry.number, "the details are gone and no erasure accounts for it")
    elif salted_digest(segment.salt, segment.details) != entry.digest:
        found.flaw(entry.number, "the details were changed")


def _check_block(entry: Entry, erasures: tuple[_Erasure, ...], found: _Findings) -> None:
    rows = list(Read.objects.filter(block=entry).order_by("pk").select_related("coverage"))
    found.reads += len(rows)
    said = json.loads(entry.statement) if entry.statement else {}
    if said.get("reads") != len(rows):
        found.flaw(entry.number, f"the block sealed {said.get('reads')} reads, {len(rows)} are there")
    elif said.get("digest") != block_digest(rows):
        found.flaw(entry.number, "a read of the block was changed")
    for row in rows:
        if row.salt:
            _check_read(row, entry.number, found)
        elif _lawfully_gone(row.retention, instant(row.at), entry.number, erasures):
            found.erased += 1
        else:
            found.flaw(entry.number, f"read {row.pk} is empty and no erasure accounts for it")


def _check_read(row: Read, number: int, found: _Findings) -> None:
    if read_digest(row, row.coverage.digest if row.coverage else "") != row.digest:
        found.flaw(number, f"read {row.pk} was changed")


def _check_unsealed(found: _Findings) -> None:
    for row in Read.objects.filter(block__isnull=True).select_related("coverage").iterator(chunk_size=2000):
        found.unsealed += 1
        _check_read(row, 0, found)


def _check_coverages(found: _Findings) -> None:
    for coverage in Coverage.objects.iterator():
        try:
            whole = stored_digest(coverage) == coverage.digest
        except ValueError:
            whole = False
        if not whole:
            found.flaw(0, f"the persons of coverage {coverage.pk} were changed")


def _check_end(number: int, last: str, witnessed: tuple[int, str] | None, found: _Findings) -> None:
    head = ChainHead.objects.filter(pk=1).first()
    if (head.number, head.hash) != (number, last) if head else number > 0:
        found.flaw(number, "the chain does not end where its head says")
    if witnessed is not None and witnessed[0] > number:
        found.flaw(number, f"entry {witnessed[0]} was witnessed and is gone")
