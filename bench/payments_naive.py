# SPDX-License-Identifier: EUPL-1.2
"""The same payments row by row: an object and a statement for each line, as one writes it first."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import asdict
from datetime import date, datetime
from hashlib import sha256
from typing import Any

from django.db import transaction

from bench.payments import digest, said
from ennakko.kernel import keys
from ennakko.kernel.payments.confirming import key_of
from ennakko.kernel.payments.models import Batch, BatchFile, Line, Received, details_context


def steps(
    written: Callable[[Any, Sequence[Any]], bytes], lines: Sequence[Any], *, at: datetime, on: date
) -> tuple[list[Callable[[], object]], Callable[[], str]]:
    """Planned, made, exported, confirmed, as functions; and the digest of what stands afterwards."""

    @transaction.atomic
    def plan() -> None:
        for new in lines:
            details = json.dumps({"payee": asdict(new.payee), "data": dict(new.data), "concerns": list(new.concerns)})
            Line.objects.get_or_create(
                key=new.key,
                defaults={
                    "service": new.service, "about": new.about, "year": on.year, "amount_cents": new.amount_cents,
                    "due": new.due, "words": new.text, "payee_name": new.payee.name, "iban": new.payee.iban,
                    "payee_search": new.payee.name.casefold(), "business_id": new.payee.business_id,
                    "details": keys.seal(details, context=details_context(new.key)), "state": "planned",
                    "fingerprint": sha256(details.encode()).hexdigest(), "state_at": at, "planned_at": at,
                },
            )  # fmt: skip

    @transaction.atomic
    def make() -> None:
        due = list(Line.objects.filter(service="naive", state="planned", due__lte=on).order_by("pk"))
        batch = Batch.objects.create(
            service="naive", format="naive", reference="naive-1", state="made", on=on, made_at=at, made_by="bench",
            lines_count=len(due), amount_cents=sum(line.amount_cents for line in due),
        )  # fmt: skip
        for number, line in enumerate(due, 1):
            line.batch, line.number, line.state, line.state_at = batch, number, "batched", at
            line.save()

    @transaction.atomic
    def export() -> None:
        batch = Batch.objects.get(reference="naive-1")
        rows = list(batch.lines.order_by("number"))
        content = written(batch, rows)
        BatchFile.objects.create(
            batch=batch, name="naive", content_type="x", sha256=sha256(content).hexdigest(), size=len(content),
            sealed=keys.seal_bytes(content, context="naive"), written_at=at,
        )  # fmt: skip
        batch.state, batch.handed_over_at, batch.sent_at = "sent", at, at
        batch.save()
        for line in rows:
            line.state = "sent"
            line.save()

    @transaction.atomic
    def confirm() -> None:
        for number in range(1, len(lines) + 1):
            one = said("naive-1", number)
            line = Line.objects.select_related("batch").get(batch__reference=one.reference, number=one.line)
            received, _ = Received.objects.get_or_create(
                key=key_of(one),
                defaults={
                    "source_id": one.id, "reference": one.reference, "number": one.line, "state": one.state,
                    "paid_on": one.paid_on, "amount_cents": one.amount_cents, "received_at": at,
                },
            )  # fmt: skip
            line.state, line.state_at, line.paid_on, line.closed_on = "paid", at, one.paid_on, on
            line.save()
            received.outcome, received.line = "applied", line
            received.save()
        Batch.objects.filter(reference="naive-1").update(state="settled", settled_at=at)

    return [plan, make, export, confirm], lambda: digest("naive")
