# SPDX-License-Identifier: EUPL-1.2
"""What the payment tests build: lines of a sample service, people of finance, and the other side."""

from collections.abc import Iterable, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime
from typing import Any

from django.db import transaction

from ennakko.kernel.access import SYSTEM, Actor
from ennakko.kernel.payments import Payee, PaymentFormat, confirm, make_batch, plan_line, policy, ports, release, send
from ennakko.kernel.payments.formats import register_payment_formats
from ennakko.kernel.payments.models import Batch, Line
from ennakko.kernel.payments.writing import csv
from ennakko.values.texts import text

AT = datetime(2026, 7, 1, 9, 0, tzinfo=UTC)
ON = date(2026, 7, 1)
SERVICE = "sample"
IBAN = "FI2112345600000785"
OTHER_IBAN = "FI4250001510000023"
MACHINE = SYSTEM("payments")
told: list[tuple[str, tuple[str, ...]]] = []
"""What the sample service's hooks were told: paid or returned, and the keys."""
failing: set[str] = set()
"""Keys of lines whose confirmation the sample service cannot take."""


def written(batch: Batch, lines: Sequence[Line]) -> bytes:
    rows = [
        [str(line.number), line.key, line.payee.name, line.iban, line.amount_cents, str(line.data.get("young", ""))]
        for line in lines
    ]
    return csv(["number", "key", "payee", "iban", "cents", "young"], rows)


def _hear(what: str, lines: tuple[Line, ...]) -> None:
    if failing & {line.key for line in lines}:
        raise LookupError("The sample service has lost its case.")
    told.append((what, tuple(line.key for line in lines)))


FORMAT = PaymentFormat(
    id="sample.csv",
    service=SERVICE,
    title=text(fi="Näyte", sv="Prov", en="Sample"),
    write=written,
    file_name=lambda batch: f"{batch.reference}.csv",
    content_type="text/csv",
    on_paid=lambda lines, at: _hear("paid", lines),
    on_returned=lambda lines, at: _hear("returned", lines),
)
register_payment_formats(FORMAT)


def payee(**other: Any) -> Payee:
    return Payee(**{"name": "Kahvila Käpy Oy", "business_id": "0112038-9", "iban": IBAN} | other)


def line(number: int = 1, **other: Any) -> Line:
    given = {
        "key": f"sample:{number}", "service": SERVICE, "about": f"case:{number}", "payee": payee(),
        "amount_cents": 35_000, "due": ON, "text": "Kesäseteli", "data": {"young": "Nelli Nuori"}, "at": AT,
    }  # fmt: skip
    with transaction.atomic():
        return plan_line(**given | other)


def lines(count: int, **other: Any) -> list[Line]:
    return [line(number, **other) for number in range(1, count + 1)]


def finance(name: str = "aino", *roles: str) -> Actor:
    return Actor(
        kind="staff", reference=name, staff=1, roles=frozenset(roles or ("finance",)), name=name.title(), strong=True
    )


@contextmanager
def let_go(release: Any = "official", above: int | None = None):
    before = policy.policy()
    policy.use_policy(policy.Policy(release, above))
    try:
        yield
    finally:
        policy.use_policy(before)


class OtherSide:
    """A finance system in memory: takes a reference once, and confirms what it is told to."""

    def __init__(self) -> None:
        self.taken: dict[str, bytes] = {}
        self.sendings: list[str] = []
        self.waiting: list[ports.Confirmation] = []
        self.acknowledged: list[ports.Confirmation] = []
        self.before_taking: Exception | None = None
        self.after_taking: Exception | None = None

    def send(self, name: str, content: bytes, reference: str, *, lines: int, amount_cents: int) -> None:
        self.sendings.append(reference)
        if self.before_taking:
            raise self.before_taking
        assert self.taken.setdefault(reference, content) == content
        if self.after_taking:
            raise self.after_taking

    def confirmations(self) -> Iterable[ports.Confirmation]:
        yield from list(self.waiting)

    def acknowledge(self, confirmations: Sequence[ports.Confirmation]) -> None:
        self.acknowledged += confirmations
        self.waiting = [one for one in self.waiting if one not in confirmations]


@contextmanager
def other_side():
    there, before = OtherSide(), ports.transfer()
    ports.use(there)
    try:
        yield there
    finally:
        ports.use(before)


def sent_batch(count: int = 3) -> Batch:
    """A batch of new lines that the other side has taken."""
    lines(count)
    batch = make_batch(SERVICE, on=ON, at=AT, actor=MACHINE)
    assert batch is not None
    if batch.state == "ready":
        release(batch, actor=finance(), at=AT)
    if ports.transfer() is None:
        with other_side():
            return send(batch, actor=MACHINE, at=AT, wall=AT)
    return send(batch, actor=MACHINE, at=AT, wall=AT)


def says(batch: Batch | str, number: int, state: Any = "paid", **other: Any) -> ports.Confirmation:
    reference = batch if isinstance(batch, str) else batch.reference
    given = {"id": f"{reference}/{number}/{state}", "paid_on": ON if state == "paid" else None}
    return ports.Confirmation(**given | {"reference": reference, "line": number, "state": state} | other)


def hear(*confirmations: ports.Confirmation):
    return confirm(confirmations, actor=MACHINE, at=AT)


def states() -> list[str]:
    return list(Line.objects.order_by("pk").values_list("state", flat=True))
