# SPDX-License-Identifier: EUPL-1.2
"""Lines are planned, cancelled before they leave, and planned again in place of returned ones."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import date, datetime
from hashlib import sha256
from typing import Any

from django.db import connection, transaction

from ennakko.kernel import audit, keys
from ennakko.kernel.access import Actor
from ennakko.kernel.bulk import insert_rows
from ennakko.kernel.payments import reasons
from ennakko.kernel.payments.models import Line, Payee, details_context
from ennakko.kernel.payments.states import LineState
from ennakko.kernel.people.names import folded
from ennakko.values import iban
from ennakko.values.texts import Text

RETENTION = "payments"
KEYS_AT_ONCE = 5000
LONGEST_NAME = 256


class NotPayable(Exception):
    """This cannot be paid, cancelled or claimed back; `reason` says why and what to do."""

    def __init__(self, reason: Text) -> None:
        super().__init__(reason.en)
        self.reason = reason


class KeyTaken(Exception):
    """A line of this key stands already and says something else: the key does not name one payment."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewLine:
    """A line to be planned; `year` is that whose money it is, the due day's if not told.

    `concerns`: person keys of whom the row's data tells (not the payee): reading the file is logged for each.
    `decided_by`: `actor.subject` of whoever decided that it is paid; that person does not release its batch.
    """

    key: str
    service: str
    about: str
    payee: Payee
    amount_cents: int
    due: date
    text: str
    data: Mapping[str, Any] = field(default_factory=dict)
    instalment: int = 1
    year: int | None = None
    decided_by: str = ""
    concerns: tuple[int, ...] = ()


def plan_line(
    *,
    key: str,
    service: str,
    about: str,
    payee: Payee,
    amount_cents: int,
    due: date,
    text: str,
    at: datetime,
    data: Mapping[str, Any] | None = None,
    instalment: int = 1,
    year: int | None = None,
    decided_by: str = "",
    concerns: tuple[int, ...] = (),
    planned_by: str = "",
) -> Line:
    """Plan one payment in the caller's transaction; the same key again gives the same line.

    Raises NotPayable for a sum, payee or account that cannot be paid, KeyTaken for the key of another payment.
    """
    new = NewLine(
        key=key, service=service, about=about, payee=payee, amount_cents=amount_cents, due=due, text=text,
        data=data or {}, instalment=instalment, year=year, decided_by=decided_by, concerns=concerns,
    )  # fmt: skip
    plan_lines([new], at=at, planned_by=planned_by)
    return Line.objects.get(key=key)


_COLUMNS = (
    "key", "service", "about", "instalment", "year", "amount_cents", "due", "words", "payee_name", "payee_search",
    "business_id", "iban", "details", "fingerprint", "decided_by", "state", "state_at", "planned_at", "planned_by",
    "replaces", "reason", "ended_by", "recovering_cents", "recovered_cents",
)  # fmt: skip


def plan_lines(lines: Iterable[NewLine], *, at: datetime, planned_by: str = "") -> int:
    """Plan many payments in the caller's transaction; how many were new. Raises as `plan_line`, and plans none then."""
    if not connection.in_atomic_block:
        raise RuntimeError("Payments are planned in the transaction of the decision that they follow.")
    wanted: dict[str, tuple[Any, ...]] = {}
    for line in lines:
        row = _row(line, at, planned_by, None)
        if wanted.setdefault(line.key, row)[_FINGERPRINT] != row[_FINGERPRINT]:
            raise KeyTaken(f"The key {line.key!r} stands twice, for different payments.")
    with transaction.atomic():
        made = insert_rows(Line, _COLUMNS, wanted.values(), unique=("key",))
        if made < len(wanted):
            _same(wanted)
    return made


_FINGERPRINT = _COLUMNS.index("fingerprint")


def _row(line: NewLine, at: datetime, planned_by: str, replaces: int | None) -> tuple[Any, ...]:
    payee = replace(line.payee, name=" ".join(line.payee.name.split()), iban=iban.normalised(line.payee.iban))
    _check(payee, line.amount_cents)
    details = json.dumps(
        {"payee": asdict(payee), "data": dict(line.data), "concerns": list(line.concerns)},
        ensure_ascii=False, sort_keys=True,
    )  # fmt: skip
    year = line.due.year if line.year is None else line.year
    said = [line.service, line.about, line.instalment, year, line.amount_cents, line.due.isoformat(), line.text]
    fingerprint = sha256(json.dumps([*said, replaces, details]).encode()).hexdigest()
    return (
        line.key, line.service, line.about, line.instalment, year, line.amount_cents, line.due, line.text,
        payee.name, folded(payee.name), payee.business_id, payee.iban,
        keys.seal(details, context=details_context(line.key)), fingerprint, line.decided_by, LineState.PLANNED, at, at,
        planned_by, replaces, "", "", 0, 0,
    )  # fmt: skip


def _check(payee: Payee, amount_cents: int) -> None:
    if amount_cents <= 0:
        raise NotPayable(reasons.NO_SUM)
    if not payee.name or len(payee.name) > LONGEST_NAME:
        raise NotPayable(reasons.NO_PAYEE)
    if not iban.is_valid(payee.iban):
        raise NotPayable(reasons.BAD_ACCOUNT)
    if iban.country(payee.iban) != "FI" and not payee.bic:
        raise NotPayable(reasons.FOREIGN_INCOMPLETE)


def _same(wanted: Mapping[str, tuple[Any, ...]]) -> None:
    """Every wanted key stands now, some from before: they must say the same."""
    names = list(wanted)
    for start in range(0, len(names), KEYS_AT_ONCE):
        standing = Line.objects.filter(key__in=names[start : start + KEYS_AT_ONCE]).values_list("key", "fingerprint")
        for key, fingerprint in standing:
            # Empty: its time is over, and nothing is left to compare.
            if fingerprint not in ("", wanted[key][_FINGERPRINT]):
                raise KeyTaken(f"The payment {key!r} has been planned already, with other contents.")


def cancel_line(line: Line, *, reason: str, actor: Actor, at: datetime, on: date) -> Line:
    """Cancel a line that is in no batch yet, in the caller's transaction or its own; again changes nothing.

    Raises NotPayable once it is in a batch.
    """
    with transaction.atomic():
        current = Line.objects.select_for_update().get(pk=line.pk)
        if current.state == LineState.CANCELLED:
            return current
        if current.state != LineState.PLANNED:
            raise NotPayable(reasons.TOO_LATE_TO_CANCEL)
        _cancelled(current, reason=said(reason), actor=actor, at=at, on=on)
    return current


def _cancelled(line: Line, *, reason: str, actor: Actor, at: datetime, on: date) -> None:
    line.state, line.state_at, line.closed_on = LineState.CANCELLED, at, on
    line.reason, line.ended_by = reason, actor.subject
    line.save(update_fields=["state", "state_at", "closed_on", "reason", "ended_by"])
    audit.write(actor, "payments.cancel", f"payment:{line.pk}", at, {"reason": reason}, RETENTION)


def said(reason: str) -> str:
    """A person's reason; raises NotPayable where there is none, or it is too long to be kept."""
    words = " ".join(reason.split())
    if not words or len(words) > 500:
        raise NotPayable(reasons.NEEDS_A_REASON)
    return words


def pay_again(
    line: Line,
    *,
    key: str,
    at: datetime,
    due: date,
    payee: Payee | None = None,
    amount_cents: int | None = None,
    data: Mapping[str, Any] | None = None,
    actor: Actor,
) -> Line:
    """Plan a new line in place of a returned or cancelled one, with what was corrected; the same key gives the same.

    A line is replaced once: raises NotPayable where it is not returned or cancelled, or is replaced already.
    """
    with transaction.atomic():
        old = Line.objects.select_for_update().get(pk=line.pk)
        earlier = Line.objects.filter(key=key).first()
        if earlier is not None and earlier.replaces_id == old.pk:
            return earlier
        if old.state not in (LineState.RETURNED, LineState.CANCELLED):
            raise NotPayable(reasons.NOT_RETURNED)
        if old.replaced_by.exclude(state=LineState.CANCELLED).exists():
            raise NotPayable(reasons.REPLACED)
        new = NewLine(
            key=key, service=old.service, about=old.about, payee=payee or old.payee, due=due, text=old.words,
            amount_cents=old.amount_cents if amount_cents is None else amount_cents,
            data=old.data if data is None else data, instalment=old.instalment, year=old.year,
            decided_by=old.decided_by, concerns=old.concerns,
        )  # fmt: skip
        row = _row(new, at, actor.subject, old.pk)
        if not insert_rows(Line, _COLUMNS, [row], unique=("key",)):
            raise KeyTaken(f"The payment {key!r} has been planned already, for something else.")
        made = Line.objects.get(key=key)
        audit.write(actor, "payments.pay-again", f"payment:{made.pk}", at, {"replaces": old.pk}, RETENTION)
    return made
