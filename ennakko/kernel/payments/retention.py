# SPDX-License-Identifier: EUPL-1.2
"""How long payments are kept: six years from the end of the year in which they were settled, then without a payee.

Accounting Act 1336/1997 2:10 §: vouchers are kept at least six years from the end of the year in which the accounting
period ended; a municipality's period is the calendar year (Local Government Act 410/2015, 113 §).
"""

import json
from collections.abc import Callable, Iterable
from dataclasses import asdict
from datetime import date, datetime
from typing import Any, Final

from django.db import transaction
from django.db.models import Model, QuerySet

from ennakko.kernel import audit, keys
from ennakko.kernel.access import Actor
from ennakko.kernel.audit.actions import KEPT_FOR_GOOD
from ennakko.kernel.bulk import among, update_rows
from ennakko.kernel.payments.batching import file_context
from ennakko.kernel.payments.models import BatchFile, Line, Received, Recovery, details_context
from ennakko.kernel.payments.planning import RETENTION
from ennakko.kernel.payments.states import LineState
from ennakko.kernel.resealing import Sealed
from ennakko.values.texts import text

KEPT_YEARS = 6
PORTION = 1000


def last_day_to_destroy(on: date) -> date:
    """Payments settled by this day have been kept long enough."""
    return date(on.year - KEPT_YEARS - 1, 12, 31)


def destroy_old(on: date, *, at: datetime, actor: Actor) -> int:
    """Take the payees out of lines whose time is over, and destroy files all of whose lines are old; how many lines.

    Sums stay. What is unsettled, or being claimed back, is kept whatever its age. Safe to repeat and interrupt.
    """
    before = last_day_to_destroy(on)
    emptied = 0
    while True:
        with transaction.atomic():
            numbers = list(_over(before).select_for_update().values_list("pk", flat=True)[:PORTION])
            if not numbers:
                break
            _empty(numbers, at)
            digest = audit.rows_digest([number] for number in numbers)
            statement = {"lines": len(numbers), "digest": digest, "settled_by": before.isoformat()}
            audit.write(actor, "payments.destroy", "payments", at, {}, RETENTION, statement=statement)
        emptied += len(numbers)
    _destroy_files(before, at=at, actor=actor)
    return emptied


def _over(before: date) -> "QuerySet[Line]":
    old = Line.objects.filter(closed_on__lte=before, emptied_at=None, recovering_cents=0)
    # A returned line that nobody has paid again is still somebody's claim on the city.
    paid_again = Line.objects.filter(replaces__isnull=False).exclude(state=LineState.CANCELLED)
    waiting = Line.objects.filter(state=LineState.RETURNED).exclude(pk__in=paid_again.values("replaces"))
    return old.exclude(pk__in=waiting.values("pk")).order_by("pk")


_NOBODY: dict[str, Any] = {
    "payee_name": "", "payee_search": "", "business_id": "", "iban": "", "details": b"", "fingerprint": "",
    "words": "", "reason": "", "about": "", "decided_by": "", "planned_by": "", "ended_by": "",
}  # fmt: skip


def _empty(numbers: list[int], at: datetime) -> None:
    Line.objects.filter(pk__in=among(numbers)).update(emptied_at=at, **_NOBODY)
    Received.objects.filter(line__in=among(numbers)).update(reason="", why="", source_id="", settled_by_name="")
    Recovery.objects.filter(line__in=among(numbers)).update(reason="", ended_reason="", decision="–")


def _destroy_files(before: date, *, at: datetime, actor: Actor) -> None:
    unsettled = Line.objects.filter(batch__isnull=False, emptied_at=None)
    old = BatchFile.objects.filter(destroyed_at=None, batch__made_at__date__lte=before)
    for file in old.exclude(batch__in=unsettled.values("batch")).select_related("batch"):
        with transaction.atomic():
            BatchFile.objects.filter(pk=file.pk).update(sealed=b"", destroyed_at=at)
            statement = {"batch": file.batch.reference, "sha256": file.sha256}
            subject = f"batch:{file.batch.reference}"
            audit.write(actor, "payments.destroy-file", subject, at, {}, RETENTION, statement=statement)
    loose = Received.objects.filter(line=None, received_at__date__lte=before).exclude(reason="", why="")
    loose.update(reason="", why="", source_id="", settled_by_name="")


def forget(abouts: Iterable[str], *, actor: Actor, at: datetime) -> int:
    """Empty what services gave of others than the payee, in settled lines about given matters; how many lines.

    In the caller's transaction, before the matter itself is destroyed. Payee and sum stay, being accounting material;
    a line that may yet be written into a file keeps its data. Safe to repeat.
    """
    settled = Line.objects.filter(about__in=list(abouts), emptied_at=None)
    settled = settled.filter(state__in=[LineState.PAID, LineState.CANCELLED])
    with transaction.atomic():
        lines = [line for line in settled.select_for_update().order_by("pk") if line.data or line.concerns]
        update_rows(Line, ("details", "fingerprint"), {line.pk: (_payee_only(line), "") for line in lines})
        if lines:
            digest = audit.rows_digest([line.pk] for line in lines)
            statement = {"lines": len(lines), "digest": digest}
            audit.write(actor, "payments.forget", "payments", at, {}, RETENTION, statement=statement)
    return len(lines)


def _payee_only(line: Line) -> bytes:
    details = json.dumps({"payee": asdict(line.payee)}, ensure_ascii=False, sort_keys=True)
    return keys.seal(details, context=details_context(line.key))


def rotate_keys(*, by: Actor, at: datetime, progress: Callable[[int], object] | None = None) -> int:
    """Seal lines and files again under the newest key; how many were. Safe to stop and start again."""
    lines = Line.objects.exclude(details=b"").order_by("pk")
    changed = 0
    for line in lines.iterator(PORTION):
        changed += _sealed_again(Line, line.pk, "details", line.details, details_context(line.key))
        if progress is not None and changed and changed % PORTION == 0:
            progress(changed)
    for file in BatchFile.objects.filter(destroyed_at=None).select_related("batch").order_by("pk").iterator(10):
        changed += _sealed_again(BatchFile, file.pk, "sealed", file.sealed, file_context(file.batch))
    if not changed:
        return 0
    with transaction.atomic():
        statement = {"key": keys.current_id(), "rows": changed}
        audit.write(by, "payments.rotate-keys", "keys", at, {}, KEPT_FOR_GOOD, statement=statement)
    return changed


def _sealed_again(model: type[Model], key: int, column: str, sealed: bytes | memoryview, context: str) -> int:
    old = bytes(sealed)
    if keys.sealed_with(old) == keys.current_id():
        return 0
    new = keys.seal_bytes(keys.unseal_bytes(old, context=context), context=context)
    # Only if it has not been changed or destroyed meanwhile.
    return model._base_manager.filter(pk=key, **{column: old}).update(**{column: new})


SEALED: Final = Sealed(
    "payments", text(fi="Maksutiedot", sv="Betalningsuppgifter", en="Payment data"), rotate_keys
)  # fmt: skip
