# SPDX-License-Identifier: EUPL-1.2
"""Batches: lines chosen in one transaction, the file written once, let go by an official, or dissolved again."""

from collections.abc import Sequence
from datetime import date, datetime
from hashlib import sha256

from django.db import transaction

from ennakko.kernel import audit, keys
from ennakko.kernel.access import SYSTEM, Actor, Refused
from ennakko.kernel.access.tables import require
from ennakko.kernel.bulk import update_rows
from ennakko.kernel.payments import reasons
from ennakko.kernel.payments.access import DISSOLVE, MAKE, RELEASE
from ennakko.kernel.payments.formats import format_of, payment_format
from ennakko.kernel.payments.models import Batch, BatchFile, Line, Series
from ennakko.kernel.payments.planning import RETENTION, NotPayable, said
from ennakko.kernel.payments.policy import policy
from ennakko.kernel.payments.states import BatchState, LineState

MOST_LINES = 10_000
"""Of one batch; what is left makes another."""


def make_batch(service: str, *, on: date, at: datetime, actor: Actor) -> Batch | None:
    """Make a batch of a service's planned lines that are due, and write its file; None where nothing is due.

    The lines are chosen in one transaction; the file is written in the next. Killed in between, `write_files` goes on
    from the chosen lines. Raises UnknownFormat for a service that pays nothing, Refused.
    """
    require(actor, MAKE)
    batch = choose(service, on=on, at=at, actor=actor)
    return write_file(batch, at=at) if batch is not None else None


def choose(service: str, *, on: date, at: datetime, actor: Actor) -> Batch | None:
    """Choose the lines of a new batch, in one transaction; its file is written by `write_file`."""
    form = format_of(service)
    with transaction.atomic():
        Series.objects.bulk_create([Series(service=service)], ignore_conflicts=True)
        series = Series.objects.select_for_update().get(pk=service)
        due = Line.objects.select_for_update().filter(service=service, state=LineState.PLANNED, due__lte=on)
        # In the order in which they were planned: numbers grow with time and never change.
        rows = list(due.order_by("pk").values_list("pk", "amount_cents", "key")[:MOST_LINES])
        if not rows:
            return None
        series.last += 1
        series.save(update_fields=["last"])
        batch = Batch.objects.create(
            service=service, format=form.id, reference=f"{service}-{series.last:05d}", state=BatchState.MADE, on=on,
            made_at=at, made_by=actor.subject, lines_count=len(rows), amount_cents=sum(cents for _, cents, _ in rows),
        )  # fmt: skip
        update_rows(
            Line, ("state", "state_at", "batch", "number"),
            {row[0]: (LineState.BATCHED, at, batch.pk, number) for number, row in enumerate(rows, 1)},
        )  # fmt: skip
        _log(actor, "payments.make", batch, at, lines=audit.rows_digest([key, cents] for _, cents, key in rows))
    return batch


def _log(actor: Actor, action: str, batch: Batch, at: datetime, **more: object) -> None:
    said_of = {"batch": batch.reference, "lines": batch.lines_count, "cents": batch.amount_cents}
    statement = {**said_of, **{f"{name}_digest" if name == "lines" else name: value for name, value in more.items()}}
    audit.write(actor, action, f"batch:{batch.reference}", at, {}, RETENTION, statement=statement)


def write_file(batch: Batch, *, at: datetime) -> Batch:
    """Write a batch's file from its stored lines, once; a batch that has its file is given back as it stands.

    Where the policy lets batches go by themselves, it is released too.
    """
    with transaction.atomic():
        current = Batch.objects.select_for_update().get(pk=batch.pk)
        if current.state != BatchState.MADE:
            return current
        form = payment_format(current.format)
        content = form.write(current, lines_in_order(current))
        if not isinstance(content, bytes) or not content:
            raise TypeError(f"The payment file {form.id} wrote no bytes for {current.reference}.")
        digest = sha256(content).hexdigest()
        BatchFile.objects.create(
            batch=current, name=form.file_name(current), content_type=form.content_type, sha256=digest,
            size=len(content), sealed=keys.seal_bytes(content, context=file_context(current)), written_at=at,
        )  # fmt: skip
        current.state = BatchState.READY
        if policy().by_itself(current):
            current.state, current.released_at, current.released_by = BatchState.RELEASED, at, "policy"
        current.save(update_fields=["state", "released_at", "released_by"])
        _log(SYSTEM("payments"), "payments.write-file", current, at, sha256=digest, state=str(current.state))
    return current


def lines_in_order(batch: Batch) -> Sequence[Line]:
    """The lines of a batch in the order of the file."""
    return list(Line.objects.filter(batch=batch).order_by("number"))


def file_context(batch: Batch) -> str:
    """What a batch's sealed file is bound to."""
    return f"payment-file:{batch.reference}"


def content_of(batch: Batch) -> bytes:
    """The clear bytes of a batch's file, compared with their digest; raises NotPayable where they are not to be had."""
    file = BatchFile.objects.filter(batch=batch).first()
    if file is None:
        raise NotPayable(reasons.NO_FILE)
    if file.destroyed_at is not None:
        raise NotPayable(reasons.FILE_DESTROYED)
    try:
        content = keys.unseal_bytes(bytes(file.sealed), context=file_context(batch))
    except keys.KeyRingError as error:
        raise NotPayable(reasons.FILE_CHANGED) from error
    if sha256(content).hexdigest() != file.sha256:
        raise NotPayable(reasons.FILE_CHANGED)
    return content


def release(batch: Batch, *, actor: Actor, at: datetime) -> Batch:
    """Let a batch go; where its sum needs two officials, the first one's release is an approval.

    Raises Refused for whoever decided one of its payments, or has approved it already.
    """
    require(actor, RELEASE)
    if actor.kind != "staff":
        raise Refused(reasons.NEEDS_OFFICIAL, RELEASE)
    with transaction.atomic():
        current = Batch.objects.select_for_update().get(pk=batch.pk)
        if current.state == BatchState.RELEASED and current.released_by == actor.subject:
            return current
        if current.state != BatchState.READY:
            raise NotPayable(reasons.NOT_WAITING)
        if Line.objects.filter(batch=current, decided_by=actor.subject).exists():
            raise Refused(reasons.NOT_YOUR_OWN, RELEASE)
        if current.approved_by == actor.subject:
            raise Refused(reasons.SECOND_PAIR, RELEASE)
        if policy().needs_two(current) and not current.approved_by:
            current.approved_by, current.approved_by_name, current.approved_at = actor.subject, actor.name, at
            action = "payments.approve"
        else:
            current.state, current.released_at = BatchState.RELEASED, at
            current.released_by, current.released_by_name = actor.subject, actor.name
            action = "payments.release"
        current.save()
        _log(actor, action, current, at, state=str(current.state))
    return current


def dissolve(batch: Batch, *, reason: str, actor: Actor, at: datetime) -> Batch:
    """Take a batch apart before it has left: its lines are planned again, its file is destroyed.

    Raises NotPayable once the other side may have it; a file that it surely did not take can be dissolved.
    """
    require(actor, DISSOLVE)
    why = said(reason)
    with transaction.atomic():
        current = Batch.objects.select_for_update().get(pk=batch.pk)
        if current.state == BatchState.DISSOLVED:
            return current
        may_have_it = current.handed_over_at is not None and not current.rejected
        if current.state in (BatchState.SENT, BatchState.SETTLED) or may_have_it:
            raise NotPayable(reasons.HANDED_OVER)
        Line.objects.filter(batch=current).update(state=LineState.PLANNED, state_at=at, batch=None, number=None)
        BatchFile.objects.filter(batch=current).update(sealed=b"", destroyed_at=at)
        current.state, current.dissolved_at, current.dissolved_by = BatchState.DISSOLVED, at, actor.subject
        current.reason = why
        current.save()
        _log(actor, "payments.dissolve", current, at)
    return current
