# SPDX-License-Identifier: EUPL-1.2
"""A batch's file is given to a person, and that it was read is logged for each whose data it holds."""

from datetime import datetime

from django.db import transaction

from ennakko.kernel import audit
from ennakko.kernel.access import Actor
from ennakko.kernel.access.tables import require
from ennakko.kernel.payments.access import READ_FILE, SEE
from ennakko.kernel.payments.batching import content_of, lines_in_order
from ennakko.kernel.payments.models import Batch, BatchFile
from ennakko.kernel.payments.planning import RETENTION


def read_file(batch: Batch, *, actor: Actor, at: datetime) -> tuple[BatchFile, bytes]:
    """The stored file with its clear bytes. Raises Refused, NotPayable where it is not to be had."""
    require(actor, READ_FILE)
    content = content_of(batch)
    file = BatchFile.objects.get(batch=batch)
    persons = sorted({person for line in lines_in_order(batch) for person in line.concerns})
    statement = {"batch": batch.reference, "sha256": file.sha256}
    with transaction.atomic():
        if persons:
            audit.read(actor, batch.service, persons, ["payment"], "", at, f"payment file {batch.reference}")
        audit.write(actor, READ_FILE, f"batch:{batch.reference}", at, {}, RETENTION, statement=statement)
    return file, content


def exported(actor: Actor, *, what: str, rows: int, at: datetime) -> None:
    """Log that a person took a list of payments with them."""
    require(actor, SEE)
    with transaction.atomic():
        statement = {"list": what, "rows": rows}
        audit.write(actor, "payments.export", "payments", at, {}, RETENTION, statement=statement)
