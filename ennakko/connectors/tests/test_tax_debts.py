# SPDX-License-Identifier: EUPL-1.2
"""The tax debt register: what is told, and that silence is never “no debt”."""

from datetime import date

import pytest

from ennakko.connectors.asking import Line
from ennakko.connectors.tax_debts.embedded import EmbeddedTaxDebts
from ennakko.connectors.tax_debts.http import VeroTaxDebts
from ennakko.connectors.tests.stubs import Answer, http_stub
from ennakko.kernel.organisations.ports import TaxStanding, Unavailable

ID = "1234567-1"
PATH = "/Customer/TaxDebts/v1"
DAY = date(2026, 7, 1)


@pytest.fixture
def stub():
    with http_stub() as running:
        yield running


def vero(stub, seconds: float = 30.0, software_id: str = "") -> VeroTaxDebts:
    line = Line(name="tax debt register", timeout=seconds)
    return VeroTaxDebts(f"{stub.url}{PATH}", "soft-key", software_id, today=lambda: DAY, line=line)


def answer(debt: object = False, neglect: object = False, plan: object = False, of: str = ID) -> dict[str, object]:
    return {"BusinessId": of, "TaxDebt": debt, "FilingNeglect": neglect, "PaymentArrangement": plan}


@pytest.mark.parametrize(
    ("told", "debt", "plan"),
    [
        (answer(), False, False),
        (answer(debt=True), True, False),
        (answer(neglect=True), True, False),
        (answer(plan=True), True, True),
        (answer(debt=True, plan=True), True, True),
        (answer(neglect=True, plan=True), True, False),
    ],
)
def test_a_plan_covers_debts_but_not_missing_returns(stub, told, debt, plan):
    stub.answers[PATH] = [Answer(body=told)]
    assert vero(stub, software_id="ours").standing(ID) == TaxStanding(debt, plan, DAY)
    (request,) = stub.requests
    assert (request.method, request.body) == ("POST", {"BusinessId": ID})
    assert request.headers["Vero-SoftwareKey"] == "soft-key"
    assert request.headers["Vero-SoftwareId"] == "ours"


@pytest.mark.parametrize(
    ("told", "what"),
    [
        (Answer(hang=30.0), "no answer in time"),
        (Answer(429), "HTTP 429"),
        (Answer(403), "HTTP 403"),
        (Answer(404), "HTTP 404"),
        (Answer(500), "HTTP 500"),
        (Answer(hang_up=True), "no connection, or it broke"),
        (Answer(body=b"no", headers={"Content-Type": "application/json"}), "the answer could not be read"),
        (Answer(body=[]), "the answer could not be read"),
        (Answer(body={"BusinessId": ID}), "the answer could not be read"),
        (Answer(body=answer(of="7654321-4")), "the answer could not be read"),
        (Answer(body=answer(debt="false")), "the answer could not be read"),
        (Answer(body=answer(debt=None)), "the answer could not be read"),
    ],
)
def test_silence_and_nonsense_are_never_no_debt(stub, told, what, caplog):
    stub.answers[PATH] = [told]
    with pytest.raises(Unavailable) as caught:
        vero(stub, 0.5 if told.hang else 30.0).standing(ID)
    assert caught.value.what == f"tax debt register: {what}"
    assert "soft-key" not in caplog.text + repr(vero(stub))


@pytest.mark.parametrize(
    ("business_id", "debt", "plan"),
    [("9000007-8", True, False), ("9000023-1", True, True), ("9000001-9", False, False), ("", False, False)],
)
def test_in_the_demo_the_business_id_tells(business_id, debt, plan):
    assert EmbeddedTaxDebts(lambda: DAY).standing(business_id) == TaxStanding(debt, plan, DAY)
