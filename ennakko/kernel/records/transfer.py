# SPDX-License-Identifier: EUPL-1.2
"""Closed matters that are kept for good go to the archive as packages: metadata, documents and a list of digests.

A package's matters are fixed in one transaction when it is begun; its bytes are made from what is stored, and making
them again gives the same bytes. Whoever dies in between finishes the same package the next time.
"""

import hashlib
import io
import zipfile
from collections.abc import Iterator
from datetime import date, datetime

from django.db import transaction
from django.db.models import Sum
from django.utils import timezone

from ennakko.kernel import audit, documents
from ennakko.kernel.access.actors import Actor
from ennakko.kernel.access.tables import require
from ennakko.kernel.documents.content import name_to_save
from ennakko.kernel.documents.models import Document
from ennakko.kernel.records import reasons, sahke
from ennakko.kernel.records.access import TRANSFER
from ennakko.kernel.records.archiving import RETENTION, about_matter
from ennakko.kernel.records.matters import next_number
from ennakko.kernel.records.models import Matter, MatterDocument, Transfer
from ennakko.values.texts import Text

SERIES = "SIIRTO"
MOST = 200
MOST_BYTES = 50_000_000
PURPOSE = "archive-transfer"
MIDNIGHT = (1980, 1, 1, 0, 0, 0)


class NotTransferred(Exception):
    """The package cannot be made or confirmed; `reason` says what to do."""

    def __init__(self, reason: Text) -> None:
        super().__init__(reason.en)
        self.reason = reason


def waiting(service: str = "") -> int:
    """How many closed matters wait to be transferred."""
    found = Matter.objects.filter(archive=True, transfer=None, destroyed_at=None).exclude(closed_on=None)
    return found.filter(service=service).count() if service else found.count()


def make_transfer(
    service: str, *, sender: sahke.Sender, actor: Actor, at: datetime, on: date, most: int = MOST
) -> Transfer | None:
    """Begin a package of a service's closed matters, or finish one that was interrupted; None where nothing waits.

    Raises NotTransferred while a document of them is still waiting for its scan.
    """
    require(actor, TRANSFER)
    transfer = Transfer.objects.filter(service=service, sha256="").order_by("id").first()
    if transfer is None:
        transfer = _begin(service, actor=actor, at=at, on=on, most=most)
    if transfer is None:
        return None
    content = package(transfer, sender=sender, actor=actor, at=at)
    with transaction.atomic():
        row = Transfer.objects.select_for_update().get(pk=transfer.pk)
        if not row.sha256:
            row.sha256, row.size = hashlib.sha256(content).hexdigest(), len(content)
            row.save(update_fields=["sha256", "size"])
            said: dict[str, object] = {"transfer": row.number, "sha256": row.sha256, "matters": row.matters.count()}
            audit.write(actor, "records.transfer", f"transfer:{row.pk}", at, {}, RETENTION, statement=said)
    return row


def _begin(service: str, *, actor: Actor, at: datetime, on: date, most: int) -> Transfer | None:
    with transaction.atomic():
        closed = Matter.objects.filter(
            service=service, archive=True, transfer=None, destroyed_at=None, closed_on__isnull=False
        )
        rows = list(
            closed.select_for_update(of=("self",)).order_by("closed_on", "id").values_list("pk", flat=True)[:most]
        )
        if not rows:
            return None
        transfer = Transfer.objects.create(
            number=next_number(SERIES, on.year), service=service, made_at=at, made_by=actor.subject,
            made_by_name=actor.name,
        )  # fmt: skip
        Matter.objects.filter(pk__in=rows).update(transfer=transfer)
    return transfer


def _that_fit(matters: list[Matter]) -> list[int]:
    """As many of the first matters as a package can hold: it is made in memory. One at least."""
    chosen, size = list[int](), 0
    for matter in matters:
        own = Document.objects.filter(about__in=(matter.about, about_matter(matter)), removed_at=None)
        size += own.aggregate(size=Sum("size"))["size"] or 0
        if chosen and size > MOST_BYTES:
            break
        chosen.append(matter.pk)
    return chosen


def package(transfer: Transfer, *, sender: sahke.Sender, actor: Actor, at: datetime) -> bytes:
    """The package's bytes, the same each time; every document's reading is logged. Raises NotTransferred."""
    require(actor, TRANSFER)
    contents: dict[str, bytes] = {}
    matters: dict[Matter, list[sahke.Kept]] = {}
    for matter in transfer.matters.order_by("number"):
        matters[matter] = []
        for kept in _documents(matter):
            matters[matter].append(kept)
            contents[kept.file] = _content(kept.document, actor=actor, at=at)
    made_on = timezone.localdate(transfer.made_at)
    contents["metadata.xml"] = sahke.metadata(transfer.number, made_on, sender, matters)
    sums = "".join(f"{hashlib.sha256(content).hexdigest()}  {name}\n" for name, content in sorted(contents.items()))
    contents["sha256sums.txt"] = sums.encode()
    made = _zipped(contents)
    if transfer.sha256 and hashlib.sha256(made).hexdigest() != transfer.sha256:
        raise NotTransferred(reasons.PACKAGE_CHANGED)
    return made


def confirm(transfer: Transfer, *, receipt: str, actor: Actor, at: datetime) -> Transfer:
    """The archive has taken the package: its matters are marked, and may go here when their time is over."""
    require(actor, TRANSFER)
    if not receipt.strip():
        raise NotTransferred(reasons.NEEDS_RECEIPT)
    with transaction.atomic():
        row = Transfer.objects.select_for_update().get(pk=transfer.pk)
        if row.state == Transfer.State.CONFIRMED:
            return row
        if not row.sha256:
            raise NotTransferred(reasons.NOT_MADE_YET)
        row.state, row.receipt, row.confirmed_at, row.confirmed_by = (
            Transfer.State.CONFIRMED, receipt.strip()[:200], at, actor.subject,
        )  # fmt: skip
        row.save(update_fields=["state", "receipt", "confirmed_at", "confirmed_by"])
        row.matters.update(transferred_at=at)
        said: dict[str, object] = {"transfer": row.number, "receipt": row.receipt}
        audit.write(actor, "records.confirm-transfer", f"transfer:{row.pk}", at, {}, RETENTION, statement=said)
    return row


def _documents(matter: Matter) -> Iterator[sahke.Kept]:
    for row in MatterDocument.objects.filter(matter=matter).select_related("document").order_by("made_at", "id"):
        yield sahke.kept_from(row, _file(matter, row.document))
    sent = Document.objects.filter(about=matter.about, removed_at=None).order_by("added_at", "id")
    for document in sent:
        yield sahke.Kept(
            document, _file(matter, document), document.name, document.kind, "initiation", "fi", matter.publicity, "",
            timezone.localdate(document.added_at),
        )  # fmt: skip


def _file(matter: Matter, document: Document) -> str:
    ending = name_to_save("", document.content_type) or ".html"
    return f"{matter.number}/{document.pk}{ending}"


def _content(document: Document, *, actor: Actor, at: datetime) -> bytes:
    try:
        return documents.read(document, actor=actor, purpose=PURPOSE, at=at)
    except documents.NotReady as error:
        raise NotTransferred(error.reason) from error


def _zipped(contents: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in sorted(contents.items()):
            entry = zipfile.ZipInfo(name, MIDNIGHT)
            entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
            archive.writestr(entry, content)
    return out.getvalue()
