# SPDX-License-Identifier: EUPL-1.2
"""What the other side says of each line: stored, then acknowledged, applied once; what is odd goes to a person."""

import logging
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from hashlib import sha256
from itertools import groupby

from django.db import transaction
from django.utils import timezone

from ennakko.kernel import audit
from ennakko.kernel.access import SYSTEM, Actor
from ennakko.kernel.access.tables import require
from ennakko.kernel.audit.canonical import canonical
from ennakko.kernel.bulk import among, insert_rows, update_rows
from ennakko.kernel.payments import ports
from ennakko.kernel.payments.access import CONFIRM
from ennakko.kernel.payments.formats import payment_format
from ennakko.kernel.payments.models import Batch, Line, Received
from ennakko.kernel.payments.planning import RETENTION
from ennakko.kernel.payments.sending import evidently_sent, settle_if_done
from ennakko.kernel.payments.states import IN_TRANSIT, BatchState, LineState

log = logging.getLogger(__name__)
PORTION = 2000
Progress = Callable[[int], object]
RECEIVED, APPLIED, REPEATED, ODD = (str(outcome.value) for outcome in Received.Outcome)


@dataclass(slots=True)
class Confirmed:
    """What a run of confirming came to: newly stored, lines paid and returned, repeated and odd confirmations."""

    stored: int = 0
    paid: int = 0
    returned: int = 0
    repeated: int = 0
    odd: int = 0


def confirm(confirmations: Iterable[ports.Confirmation], *, actor: Actor, at: datetime) -> Confirmed:
    """Store and apply confirmations, however often and in whatever order they come. Raises Refused."""
    require(actor, CONFIRM)
    done = Confirmed()
    given = list(confirmations)
    for start in range(0, len(given), PORTION):
        done.stored += store(given[start : start + PORTION], actor=actor, at=at)
    return apply(done, at=at)


def fetch(*, at: datetime, progress: Progress) -> Confirmed:
    """Fetch what has been confirmed, store it, acknowledge it, apply it; all of it safe to repeat.

    Raises Unavailable when the other side stops answering: what was stored by then is applied first.
    """
    done = Confirmed()
    transfer = ports.transfer()
    failure: ports.Unavailable | None = None
    if transfer is not None:
        try:
            for portion in _portions(transfer.confirmations()):
                done.stored += store(portion, actor=SYSTEM("payments.confirm"), at=at)
                transfer.acknowledge(portion)
                _acknowledged(portion, at)
                progress(done.stored)
        except ports.Unavailable as error:
            failure = error
    apply(done, at=at)
    if failure is not None:
        raise failure
    return done


def _portions(confirmations: Iterable[ports.Confirmation]) -> Iterable[list[ports.Confirmation]]:
    portion: list[ports.Confirmation] = []
    for one in confirmations:
        portion.append(one)
        if len(portion) == PORTION:
            yield portion
            portion = []
    if portion:
        yield portion


_COLUMNS = (
    "key", "source_id", "reference", "number", "state", "paid_on", "reason", "amount_cents", "received_at", "given_by",
    "outcome", "oddity", "settled_by", "settled_by_name", "choice", "why",
)  # fmt: skip
LARGEST = 2**31 - 1


def key_of(one: ports.Confirmation) -> str:
    """Digest of all that a confirmation says: the same said again is the same row."""
    paid_on = one.paid_on.isoformat() if one.paid_on else ""
    said = [one.id, one.reference, one.line, one.state, paid_on, one.reason, one.amount_cents]
    return sha256(canonical(said).encode("utf-8", "surrogatepass")).hexdigest()


def store(confirmations: Sequence[ports.Confirmation], *, actor: Actor, at: datetime) -> int:
    """Store confirmations as they came and commit; how many were not here before."""
    by = actor.subject if actor.kind == "staff" else ""
    rows = {
        (key := key_of(one)): (
            key, _clean(one.id, 200), _clean(one.reference, 200), _fitting(one.line), _clean(str(one.state), 20),
            one.paid_on, _clean(one.reason, 500), _sum(one.amount_cents), at, by, RECEIVED, "", "", "", "", "",
        )
        for one in confirmations
    }  # fmt: skip
    with transaction.atomic():
        return insert_rows(Received, _COLUMNS, rows.values(), unique=("key",))


def _clean(words: str, most: int) -> str:
    """Words that every database takes, on one line."""
    return " ".join(words.encode("utf-8", "replace").decode().replace("\x00", " ").split())[:most]


def _sum(cents: int | None) -> int | None:
    """A sum that the column holds; -1 is nobody's, so that nonsense differs from what was sent."""
    return cents if cents is None or 0 <= cents < 2**62 else -1


def _fitting(number: int) -> int:
    """A number that the column holds; 0 is no line's, so that nonsense is found odd and not lost."""
    return number if 0 < number <= LARGEST else 0


def _acknowledged(portion: Sequence[ports.Confirmation], at: datetime) -> None:
    found = Received.objects.filter(key__in=[key_of(one) for one in portion], acknowledged_at=None)
    found.update(acknowledged_at=at)


def apply(done: Confirmed | None = None, *, at: datetime) -> Confirmed:
    """Apply what is stored and not looked at yet, in the order it came, in whole portions."""
    done = done or Confirmed()
    while True:
        try:
            with transaction.atomic():
                count = _apply(_waiting(PORTION), done, at)
        except _ServiceFailed as error:
            # The whole portion is undone; each is tried alone, so that only those that fail wait for a person.
            log.error("A service could not take confirmations: %r", error.__cause__)
            count = _one_by_one(done, at)
        if not count:
            return done


class _ServiceFailed(Exception):
    """A service's hook raised; nothing of the portion stands."""


def _waiting(most: int) -> list[Received]:
    waiting = Received.objects.select_for_update().filter(outcome=RECEIVED)
    return list(waiting.order_by("pk")[:most])


def _one_by_one(done: Confirmed, at: datetime) -> int:
    numbers = list(Received.objects.filter(outcome=RECEIVED).order_by("pk").values_list("pk", flat=True))
    for number in numbers[:PORTION]:
        try:
            with transaction.atomic():
                waiting = Received.objects.select_for_update().filter(outcome=RECEIVED, pk=number)
                _apply(list(waiting), done, at)
        except _ServiceFailed as error:
            log.error("A service could not take the confirmation %s: %r", number, error.__cause__)
            Received.objects.filter(pk=number, outcome=RECEIVED).update(outcome=ODD, oddity="service-failed")
            done.odd += 1
    return len(numbers[:PORTION])


@dataclass(slots=True)
class _Changes:
    """What one portion comes to, before it is written."""

    paid: dict[int, Line] = field(default_factory=dict)
    returned: dict[int, Line] = field(default_factory=dict)
    judged: dict[int, tuple[str, str, int | None]] = field(default_factory=dict)


def _apply(rows: Sequence[Received], done: Confirmed, at: datetime) -> int:
    if not rows:
        return 0
    batches = {one.reference: one for one in _locked_batches({row.reference for row in rows})}
    lines = _locked_lines(batches.values(), {row.number for row in rows})
    changes = _Changes()
    for row in rows:
        _judge(row, batches.get(row.reference), lines, changes, at)
    _write(changes, at)
    for batch in batches.values():
        evidently_sent(batch, at=at)
        settle_if_done(batch, at=at)
    # Last, because services write into the audit log, which is locked from then on.
    _follow(changes, batches.values(), at)
    outcomes = [outcome for outcome, _, _ in changes.judged.values()]
    counts = {
        "paid": len(changes.paid), "returned": len(changes.returned),
        "repeated": outcomes.count(REPEATED), "odd": outcomes.count(ODD),
    }  # fmt: skip
    digest = audit.rows_digest([row.key] for row in rows)
    statement = {"confirmations": len(rows), **counts, "digest": digest}
    audit.write(SYSTEM("payments"), "payments.confirm", "payments", at, {}, RETENTION, statement=statement)
    for name, count in counts.items():
        setattr(done, name, getattr(done, name) + count)
    return len(rows)


def _locked_batches(references: set[str]) -> list[Batch]:
    return list(Batch.objects.select_for_update().filter(reference__in=references).order_by("pk"))


def _locked_lines(batches: Iterable[Batch], numbers: set[int]) -> dict[tuple[int, int], Line]:
    found = Line.objects.select_for_update().filter(
        batch__in=among(batch.pk for batch in batches), number__in=among(numbers)
    )
    return {(line.batch_id or 0, line.number or 0): line for line in found.order_by("pk")}


def _judge(
    row: Received, batch: Batch | None, lines: dict[tuple[int, int], Line], changes: _Changes, at: datetime
) -> None:
    line = lines.get((batch.pk, row.number)) if batch is not None else None
    oddity = oddity_of(row, batch, line)
    number = line.pk if line is not None else None
    if oddity is not None:
        outcome = ODD if oddity else REPEATED
        changes.judged[row.pk] = (outcome, oddity, number)
        return
    assert line is not None
    _settle(line, row, at)
    (changes.paid if line.state == LineState.PAID else changes.returned)[line.pk] = line
    changes.judged[row.pk] = (APPLIED, "", number)


def oddity_of(row: Received, batch: Batch | None, line: Line | None) -> str | None:
    """Why a confirmation is odd; "" where it says nothing new, None where it settles its line."""
    if row.state not in (LineState.PAID, LineState.RETURNED):
        return "unknown-state"
    if batch is None:
        return "unknown-batch"
    if batch.handed_over_at is None or batch.state == BatchState.DISSOLVED:
        return "not-sent"
    if line is None:
        return "unknown-line"
    if row.amount_cents is not None and row.amount_cents != line.amount_cents:
        return "another-sum"
    if row.state == LineState.PAID and row.paid_on is None:
        return "no-day"
    if line.state in IN_TRANSIT:
        return None
    if line.state == row.state:
        return "paid-twice" if row.state == LineState.PAID and row.paid_on != line.paid_on else ""
    return "paid-after-return" if row.state == LineState.PAID else "returned-after-payment"


def _settle(line: Line, row: Received, at: datetime) -> None:
    line.state, line.state_at = LineState(row.state), at
    line.paid_on = row.paid_on if row.state == LineState.PAID else None
    line.reason = "" if row.state == LineState.PAID else row.reason
    line.closed_on = business_day(at)


def business_day(at: datetime) -> date:
    """The business day of a moment, in the city's time zone."""
    return at.astimezone(timezone.get_default_timezone()).date()


def _write(changes: _Changes, at: datetime) -> None:
    settled = {**changes.paid, **changes.returned}
    update_rows(
        Line, ("state", "state_at", "paid_on", "reason", "closed_on"),
        {
            line.pk: (line.state, line.state_at, line.paid_on, line.reason, line.closed_on)
            for line in settled.values()
        },
    )  # fmt: skip
    update_rows(Received, ("outcome", "oddity", "line"), changes.judged)


def _follow(changes: _Changes, batches: Iterable[Batch], at: datetime) -> None:
    """Tell the services; theirs is the same transaction."""
    format_by = {batch.pk: batch.format for batch in batches}
    for lines, hook in ((changes.paid, "on_paid"), (changes.returned, "on_returned")):
        ordered = sorted(lines.values(), key=lambda line: (format_by[line.batch_id or 0], line.pk))
        for id, group in groupby(ordered, key=lambda line: format_by[line.batch_id or 0]):
            try:
                getattr(payment_format(id), hook)(tuple(group), at)
            except Exception as error:  # whatever a service raises must not lose what the other side said
                raise _ServiceFailed from error
