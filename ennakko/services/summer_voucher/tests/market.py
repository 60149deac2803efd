# SPDX-License-Identifier: EUPL-1.2
"""Employers who claim vouchers, for the tests: an organisation with account and contact person, and claims as sent."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

from ennakko.kernel import documents, payments
from ennakko.kernel.access import SYSTEM, Actor
from ennakko.kernel.access.mandates import EMPLOYMENT, GRANTS, SIGNATORY
from ennakko.kernel.cases.automation import AutomaticDecisions, OnFile, on_record, open_gate
from ennakko.kernel.documents.tests.make import pdf
from ennakko.kernel.organisations import ports
from ennakko.kernel.organisations.models import Organisation
from ennakko.kernel.organisations.ports import TaxStanding, Unavailable, WagePayment
from ennakko.kernel.payments import ports as payment_ports
from ennakko.kernel.people.names import folded
from ennakko.services.summer_voucher.actions import claims
from ennakko.services.summer_voucher.claim_gathering import KINDS
from ennakko.services.summer_voucher.claim_values import documents_about
from ennakko.services.summer_voucher.law.number_2026 import encode
from ennakko.services.summer_voucher.models import Voucher
from ennakko.services.summer_voucher.tests import town as t
from ennakko.values.business_id import compose
from ennakko.values.periods import Period
from ennakko.values.texts import text

CAFE, GARDEN = compose(9_000_001), compose(9_000_003)
CLAIM_DAY = date(2026, 8, 20)
CLAIM_AT = datetime(2026, 8, 20, 9, tzinfo=UTC)
IBAN, OTHER_IBAN = "FI2112345600000785", "FI1410093000123458"
FOREIGN_IBAN = "EE382200221020145685"
MACHINE = SYSTEM("test")


class Registers:
    """Tax debts and wages as a test wants them told; `silent` names those that do not answer."""

    def __init__(self, *, debt: bool = False, plan: bool = False, wages: tuple[WagePayment, ...] = ()) -> None:
        self.debt, self.plan, self.told = debt, plan, wages
        self.silent: set[str] = set()
        self.asked: list[str] = []

    def standing(self, business_id: str) -> TaxStanding:
        self.asked.append("taxes")
        if "taxes" in self.silent:
            raise Unavailable("tax debts: no answer")
        return TaxStanding(self.debt, self.plan, CLAIM_DAY)

    def paid(self, identity_code: str, business_id: str, period: Period) -> tuple[WagePayment, ...]:
        self.asked.append("wages")
        if "wages" in self.silent:
            raise Unavailable("incomes register: no answer")
        return self.told


def registers(**told: Any) -> Registers:
    """The outside registers of a test, put to use."""
    made = Registers(**told)
    ports.use(tax_debts=made, wages=made)
    return made


def wage(cents: int = 62000, hours: str | None = "64", start: date = date(2026, 6, 8)) -> WagePayment:
    """One payment of wages for three weeks of June."""
    worked = Period(start, start + timedelta(days=20))
    return WagePayment(date(2026, 7, 15), cents, None if hours is None else Decimal(hours), worked)


def organisation(business_id: str = CAFE, name: str = "Kahvila Aamukaste Oy", **told: Any) -> Organisation:
    """An organisation as the business register told it."""
    known = {
        "name": name, "search": folded(business_id, name), "form": "16", "kind": "company", "industry": "56302",
        "street_address": "Vaasankatu 12", "postal_code": "00500", "post_office": "HELSINKI", "language": "fi",
        "source": "business-register", "fetched_at": CLAIM_AT, "asked_at": CLAIM_AT, "created_at": CLAIM_AT,
    }  # fmt: skip
    row, _ = Organisation.objects.get_or_create(business_id=business_id, defaults={**known, **told})
    return row


def employer(
    business_id: str = CAFE, name: str = "Petri Laakso", *, person: int | None = None, mandates: tuple[str, ...] = ()
) -> Actor:
    """Somebody who acts for an organisation."""
    return Actor(
        "organisation", f"e-{name}", person=person, name=name, strong=True, organisation=business_id,
        mandates=frozenset(mandates or (SIGNATORY, GRANTS, EMPLOYMENT)),
    )  # fmt: skip


def voucher(person: int = 1) -> Voucher:
    """The voucher of a youth of the town."""
    return Voucher.objects.select_related("person").get(person=person, state__in=("issued", "used", "declined"))


def row(held: Voucher, **told: Any) -> dict[str, Any]:
    """What an employer writes of one voucher."""
    return {
        "number": encode(held.number), "surname": held.person.surname if held.person else "", "work_start": "8.6.2026",
        "work_end": "28.6.2026", "hours": "64", "pay": "620,00", "hired_without": "no",
    } | told  # fmt: skip


def claim(*rows: dict[str, Any], **told: Any) -> dict[str, Any]:
    """What an employer writes of a claim."""
    return {
        "contact_name": "Petri Laakso", "contact_email": "petri@aamukaste.example", "contact_phone": "040 123 4567",
        "language": "fi", "iban": IBAN, "rows": list(rows),
    } | told  # fmt: skip


def send(
    *rows: dict[str, Any], actor: Actor | None = None, key: str = "k1", on: date = CLAIM_DAY, **told: Any
) -> claims.Sent:
    """A claim sent."""
    at = CLAIM_AT.replace(year=on.year, month=on.month, day=on.day)
    return claims.send(claim(*rows, **told), actor=actor or employer(), at=at, on=on, wall=t.WALL, key=key)


def documents_for(key: str = "k1", position: int = 1, business_id: str = CAFE) -> None:
    """Contract and payslip attached to a draft's row."""
    for kind in KINDS:
        documents.store(
            pdf(), about=documents_about(business_id, key, position), kind=kind, name=f"{kind}.pdf", actor=employer(),
            at=CLAIM_AT,
        )  # fmt: skip


class Bank:
    """The finance system of a test: takes every file."""

    def __init__(self) -> None:
        self.files: dict[str, bytes] = {}

    def send(self, name: str, content: bytes, reference: str, *, lines: int, amount_cents: int) -> None:
        self.files[reference] = content

    def confirmations(self) -> tuple[payment_ports.Confirmation, ...]:
        return ()

    def acknowledge(self, confirmations: object) -> None:
        """Nothing is kept here."""


def pay(state: str = "paid", *, reason: str = "", at: datetime = CLAIM_AT, on: date = CLAIM_DAY) -> bytes:
    """Every planned line paid, or returned, through a batch of its own; the file that was sent."""
    bank, finance = Bank(), t.staff("Tuula", "finance")
    payment_ports.use(bank)
    batch = payments.make_batch("summer-voucher", on=on, at=at, actor=finance)
    assert batch is not None
    if batch.state == "ready":  # the municipality lets batches go by an official, or by themselves
        batch = payments.release(batch, actor=finance, at=at)
    payments.send(batch, actor=finance, at=at, wall=t.WALL)
    said = [
        payment_ports.Confirmation(f"{batch.reference}:{line.number}", batch.reference, line.number, state, on, reason)
        for line in batch.lines.all()
    ]
    done = payments.confirm(said, actor=finance, at=at)
    assert done.odd == 0, done
    return bank.files[batch.reference]


@contextmanager
def gate(*, is_open: bool) -> Iterator[None]:
    """Whether the machine may decide claims by itself, whatever the profile says."""
    before = on_record("summer-voucher", "claim")
    words, file = text(fi="koe", sv="prov", en="test"), OnFile("HEL 1", t.ON, "kirjaamo")
    record = AutomaticDecisions(
        rules=("summer-voucher.claim-conditions",), processing_rules=file, testing=file, deployment=file,
        deployed_by=words, start=t.ON, responsible_official="Outi", office=words, rectification_route=words,
        notice=words,
    )  # fmt: skip
    open_gate("summer-voucher", "claim", record if is_open else None)
    try:
        yield
    finally:
        open_gate("summer-voucher", "claim", before)
