# SPDX-License-Identifier: EUPL-1.2
"""Payment files and confirmations: over HTTP as we describe it, and the demo's bank."""

import base64
from datetime import date, timedelta
from hashlib import sha256
from itertools import islice
from typing import Any

import pytest

from ennakko.connectors.asking import Line
from ennakko.connectors.finance.embedded import CLOSED_ACCOUNTS, DemoBank
from ennakko.connectors.finance.http import HttpTransfer
from ennakko.connectors.tests.stubs import Answer, http_stub
from ennakko.kernel.payments import ports
from ennakko.kernel.payments.models import Batch
from ennakko.kernel.payments.tests import paying
from ennakko.values import iban

FILE = "a;ä\r\n".encode()
PATH = "/pay/batches/sample-2026%2F1"


@pytest.fixture
def stub():
    with http_stub() as running:
        yield running


def transfer(stub, seconds: float = 30.0) -> HttpTransfer:
    return HttpTransfer(f"{stub.url}/pay", "city", "hush", Line(name="finance system", timeout=seconds))


def hand_over(stub, seconds: float = 30.0) -> None:
    transfer(stub, seconds).send("erä.csv", FILE, "sample-2026/1", lines=2, amount_cents=70_000)


@pytest.mark.parametrize("status", [200, 201, 204])
def test_a_file_is_put_under_its_reference_with_its_totals(stub, status):
    stub.answers[PATH] = [Answer(status)]
    hand_over(stub)
    (request,) = stub.requests
    assert (request.method, request.path, request.raw) == ("PUT", PATH, FILE)
    told = {name: request.headers[name] for name in ("X-Lines", "X-Amount-Cents", "Digest", "Content-Disposition")}
    assert told == {
        "X-Lines": "2",
        "X-Amount-Cents": "70000",
        "Digest": f"sha-256={base64.b64encode(sha256(FILE).digest()).decode()}",
        "Content-Disposition": "attachment; filename*=UTF-8''er%C3%A4.csv",
    }
    assert request.headers["Authorization"] == f"Basic {base64.b64encode(b'city:hush').decode()}"


def test_a_file_that_was_taken_before_is_well_and_another_under_its_reference_is_not(stub):
    stub.answers[PATH] = [Answer(409, body={"sha256": sha256(FILE).hexdigest()})]
    hand_over(stub)
    stub.answers[PATH] = [Answer(409, body={"sha256": sha256(b"another").hexdigest()})]
    with pytest.raises(ports.Rejected, match="another file"):
        hand_over(stub)


def test_a_broken_connection_is_tried_again_because_a_reference_is_taken_once(stub):
    stub.answers[PATH] = [Answer(hang_up=True), Answer(201)]
    hand_over(stub)
    assert len(stub.requests) == 2


@pytest.mark.parametrize("status", [400, 413, 415, 422])
def test_a_file_that_will_never_be_taken_is_rejected(stub, status):
    stub.answers[PATH] = [Answer(status)]
    with pytest.raises(ports.Rejected) as caught:
        hand_over(stub)
    assert caught.value.what == f"finance system: HTTP {status}"


@pytest.mark.parametrize(
    ("answer", "what"),
    [
        (Answer(hang=30.0), "no answer in time"),
        (Answer(429, headers={"Retry-After": "120"}), "HTTP 429"),
        (Answer(401), "HTTP 401"),
        (Answer(404), "HTTP 404"),
        (Answer(302, headers={"Location": "/"}), "HTTP 302"),
        (Answer(500), "HTTP 500"),
        (Answer(hang_up=True), "no connection, or it broke"),
        (Answer(409, body=b"", headers={"Content-Type": "application/json"}), "the answer could not be read"),
        (Answer(409, body=[]), "the answer could not be read"),
    ],
)
def test_every_other_failure_leaves_the_file_for_later(stub, answer, what, caplog):
    stub.answers[PATH] = [answer]
    with pytest.raises(ports.Unavailable) as caught:
        hand_over(stub, 0.5 if answer.hang else 30.0)
    assert caught.value.what == f"finance system: {what}"
    assert caught.value.retry_after == (120 if answer.status == 429 else None)
    assert "hush" not in caplog.text + repr(transfer(stub))


def row(number: int = 1, **more: Any) -> dict[str, Any]:
    given = {"id": f"c{number}", "reference": "sample-2026/1", "line": number, "state": "paid"}
    return {**given, "paid_on": "2026-07-02", "reason": None, "amount_cents": 35_000, **more}


def page(*rows: Any, following: Any = None) -> Answer:
    return Answer(body={"confirmations": list(rows), "next": following})


def test_confirmations_come_page_by_page_as_they_are_asked_for(stub):
    returned = row(2, state="returned", paid_on=None, reason="Tili suljettu", amount_cents=None)
    stub.answers["/pay/confirmations"] = [page(row(), following="p2"), page(returned)]
    found = transfer(stub).confirmations()
    assert next(found) == ports.Confirmation("c1", "sample-2026/1", 1, "paid", date(2026, 7, 2), "", 35_000)
    assert len(stub.requests) == 1
    assert list(found) == [ports.Confirmation("c2", "sample-2026/1", 2, "returned", None, "Tili suljettu", None)]
    assert [request.query.get("after", "") for request in stub.requests] == ["", "p2"]


@pytest.mark.parametrize(
    "broken",
    [
        row(line=0), row(line="1"), row(line=True), row(state="lost"), row(paid_on="2.7.2026"), row(amount_cents="1"),
        row(id=""), row(reference=None), {"id": "c1"}, None, "c1",
    ],
)  # fmt: skip
def test_a_confirmation_that_cannot_be_read_stays_there_and_the_others_go_on(stub, broken):
    stub.answers["/pay/confirmations"] = [page(broken, row(2))]
    assert [one.id for one in transfer(stub).confirmations()] == ["c2"]


@pytest.mark.parametrize(
    ("answer", "what"),
    [
        (Answer(503), "HTTP 503"),
        (Answer(body=b"{", headers={"Content-Type": "application/json"}), "the answer could not be read"),
        (Answer(body={"confirmations": None}), "the answer could not be read"),
        (page(following=7), "the answer could not be read"),
        (Answer(body=[]), "the answer could not be read"),
        (Answer(body=b"a;b", headers={"Content-Type": "text/csv"}), "an answer of another kind"),
    ],
)
def test_when_confirmations_cannot_be_fetched_it_is_unavailable(stub, answer, what):
    stub.answers["/pay/confirmations"] = [answer]
    with pytest.raises(ports.Unavailable) as caught:
        list(transfer(stub).confirmations())
    assert caught.value.what == f"finance system: {what}"


def test_a_page_that_names_itself_as_the_next_ends(stub):
    stub.answers["/pay/confirmations"] = [page(row(), following="p2"), page(row(2), following="p2")]
    assert len(list(islice(transfer(stub).confirmations(), 10))) == 2


def test_what_is_stored_is_acknowledged(stub):
    stub.answers["/pay/acknowledgements"] = [Answer(204)]
    transfer(stub).acknowledge([ports.Confirmation("c1", "r", 1, "paid"), ports.Confirmation("c2", "r", 2, "paid")])
    (request,) = stub.requests
    assert (request.method, request.body) == ("POST", {"ids": ["c1", "c2"]})


def test_an_acknowledgement_that_fails_is_unavailable(stub):
    stub.answers["/pay/acknowledgements"] = [Answer(500)]
    with pytest.raises(ports.Unavailable):
        transfer(stub).acknowledge([])


def sent(*accounts: str) -> Batch:
    """A batch that the demo's bank has taken, a line for each account."""
    for number, account in enumerate(accounts, 1):
        paying.line(number, payee=paying.payee(iban=account))
    with paying.let_go():
        batch = paying.make_batch(paying.SERVICE, on=paying.ON, at=paying.AT, actor=paying.MACHINE)
        assert batch is not None
        paying.release(batch, actor=paying.finance(), at=paying.AT)
        ports.use(DemoBank())
        try:
            return paying.send(batch, actor=paying.MACHINE, at=paying.AT, wall=paying.AT)
        finally:
            ports.use(None)


@pytest.mark.django_db
def test_the_demo_s_bank_confirms_a_little_later_and_returns_what_goes_to_a_closed_account():
    (closed,) = CLOSED_ACCOUNTS
    assert iban.is_valid(closed)
    batch = sent(paying.IBAN, closed)
    assert batch.state == "sent"
    assert list(DemoBank(now=lambda: paying.AT).confirmations()) == []
    bank = DemoBank(now=lambda: paying.AT + timedelta(minutes=1))
    first, second = bank.confirmations()
    assert (first.reference, first.line, first.state, first.paid_on, first.amount_cents) == (
        batch.reference, 1, "paid", paying.ON, 35_000,
    )  # fmt: skip
    assert (second.line, second.state, bool(second.reason)) == (2, "returned", True)
    assert list(bank.confirmations()) == [first, second]
    paying.hear(first, second)
    bank.acknowledge([first, second])
    assert paying.states() == ["paid", "returned"]
    assert list(bank.confirmations()) == []


@pytest.mark.django_db
def test_the_demo_s_bank_rejects_what_does_not_fit_its_totals():
    batch = sent(paying.IBAN)
    DemoBank().send("a.csv", b"x", batch.reference, lines=1, amount_cents=35_000)
    for given in (
        {"reference": batch.reference, "lines": 2, "amount_cents": 35_000},
        {"reference": batch.reference, "lines": 1, "amount_cents": 1},
        {"reference": "another", "lines": 1, "amount_cents": 35_000},
    ):
        with pytest.raises(ports.Rejected):
            DemoBank().send("a.csv", b"x", **given)
    with pytest.raises(ports.Rejected):
        DemoBank().send("a.csv", b"", batch.reference, lines=1, amount_cents=35_000)
