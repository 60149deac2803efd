# SPDX-License-Identifier: EUPL-1.2
"""Finance, the register of aid and the archive call us: with their own keys, strictly, and again without harm."""

import json
from typing import Any

import pytest
from django.test import Client

from ennakko.kernel import clock, documents
from ennakko.kernel.cases import NotNow
from ennakko.kernel.documents.tests.make import pdf
from ennakko.kernel.organisations.models import Aid
from ennakko.kernel.payments.models import Received
from ennakko.services.hiring_benefit.actions import aid
from ennakko.services.hiring_benefit.models import AidReport, ArchivedMatter, ArchiveEvent, Instalment
from ennakko.services.hiring_benefit.queries import aid_export
from ennakko.services.hiring_benefit.states import BenefitState
from ennakko.services.hiring_benefit.tests import purse as p
from ennakko.services.hiring_benefit.tests import town as t

pytestmark = pytest.mark.django_db
ROOT = "/api/hiring-benefit"
KEYS = {name: f"{name}-" + "k" * 40 for name in ("finance", "aid-register", "decision-archive")}


@pytest.fixture(autouse=True)
def _callers(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.CALLERS = dict(KEYS)
    monkeypatch.setattr(clock, "now", lambda: t.AT)
    monkeypatch.setattr(clock, "today", lambda: t.ON)


def post(path: str, body: Any, caller: str = "finance", **more: str) -> Any:
    headers = {"Authorization": f"Bearer {KEYS.get(caller, caller)}"} | more
    return Client().post(ROOT + path, json.dumps(body), content_type="application/json", headers=headers)


PATHS = [
    ("/payments/callback", "finance", {"status": "Success"}),
    ("/aid-register/callback", "aid-register", {"status": "Success"}),
    ("/archive/decision-callback", "decision-archive", {"updatetype": "Added", "caseId": "HEL 1"}),
    ("/archive/callback/open_case/HL-1", "decision-archive", {"message": "Success"}),
]


@pytest.mark.parametrize(("path", "caller", "body"), PATHS)
def test_nobody_gets_in_without_their_own_key(path: str, caller: str, body: Any, settings: Any) -> None:
    others = [name for name in KEYS if name != caller]
    assert [post(path, body, one).status_code for one in (*others, "x" * 50, "")] == [401] * 4
    assert Client().post(ROOT + path, body, content_type="application/json").status_code == 401
    settings.CALLERS = {caller: "short"}
    assert post(path, body, "short").status_code == 401


@pytest.mark.parametrize(("path", "caller", "body"), PATHS)
def test_what_is_not_in_the_schema_is_refused(path: str, caller: str, body: Any) -> None:
    for wrong in ({**body, "surprise": 1}, {}, {**body, next(iter(body)): "Perhaps"}, []):
        assert post(path, wrong, caller).status_code == 422, wrong


def test_finance_tells_what_was_paid_and_what_failed_and_may_say_it_again() -> None:
    first, second = p.granted(), p.granted(key="k2")
    p.batch()
    body = {
        "status": "Failure", "successful_applications": [first.case.number],
        "failed_applications": [second.case.number, "HL-2026-999999"], "reason": "Tili suljettu",
    }  # fmt: skip
    heard = post("/payments/callback", body).json()
    assert heard == {"taken": [first.case.number], "failed": [second.case.number], "unknown": ["HL-2026-999999"]}
    assert (p.states(first), p.states(second)) == (["paid", "waiting"], ["payment_failed", "waiting"])
    assert p.instalment(second, 1).why == "Tili suljettu"
    again = post("/payments/callback", body).json()
    assert again["unknown"] == [first.case.number, second.case.number, "HL-2026-999999"]
    assert Received.objects.count() == 2


def test_finance_cannot_confirm_what_has_not_left() -> None:
    application = p.granted()
    heard = post("/payments/callback", {"status": "Success", "successful_applications": [application.case.number]})
    assert heard.json()["unknown"] == [application.case.number]
    assert p.states(application)[0] == "accepted"


def test_aid_stands_in_the_ledger_and_in_the_list_until_the_register_takes_it() -> None:
    application = p.granted(de_minimis=True)
    row = Aid.objects.get()
    assert (row.organisation_id, row.amount_cents, row.granted_on, row.source) == (t.CAFE, p.TOTAL, p.ON, "own")
    listed = Client().get(f"{ROOT}/aid-register", headers={"Authorization": f"Bearer {KEYS['aid-register']}"}).json()
    assert listed == [
        {
            "number": application.case.number, "name": "Kahvila Aamukaste Oy", "business_id": t.CAFE,
            "industry": "56302", "granted_on": "2026-03-02", "instalments": ["9000.00", "9000.00"],
        }
    ]  # fmt: skip
    number = application.case.number
    for told, state in (("failed", "failed"), ("successful", "taken"), ("failed", "taken")):
        body = {"status": "Success", f"{told}_applications": [number], "reason": "TOL puuttuu"}
        assert post("/aid-register/callback", body, "aid-register").json()["unknown"] == []
        assert AidReport.objects.get().state == state
    assert aid_export.untold() == []


def test_the_file_has_seven_columns_and_harmless_cells() -> None:
    application = p.granted(500_000, de_minimis=True, employer_name="=Kahvila Oy")
    head, row, _ = aid_export.as_csv(aid_export.untold()).decode("utf-8-sig").split("\r\n")
    assert head.count(";") == 6
    assert row == f'"{application.case.number}";"\'=Kahvila Oy";"{t.CAFE}";"56302";"2.3.2026";"5000,00";""'


def test_aid_without_an_industry_is_not_granted() -> None:
    with pytest.raises(NotNow, match="industry"):
        p.granted(de_minimis=True, industry=" ")
    assert not Aid.objects.exists()


def test_what_is_no_aid_stands_in_no_ledger() -> None:
    application = p.granted()
    aid.record(application.case, Instalment.objects.all()[0].decision, t.AT, p.ON)
    assert not Aid.objects.exists()
    assert not AidReport.objects.exists()


def test_the_archive_answers_and_fetches_only_what_it_was_told_of() -> None:
    sent = t.an_application(state=BenefitState.HANDLING)
    body = {
        "message": "Success", "requestId": "r1", "caseId": "HEL 2026-1", "caseGuid": "{g}",
        "records": [{"hashValue": "A" * 64, "versionSeriesId": "{V1}"}],
    }  # fmt: skip
    told = post(f"/archive/callback/open_case/{sent.case.number}", body, "decision-archive")
    assert told.json() == {"state": "case_opened"}
    assert ArchivedMatter.objects.get().series == {"a" * 64: "{V1}"}
    assert post("/archive/callback/open_case/HL-0", body, "decision-archive").status_code == 404
    assert post(f"/archive/callback/other/{sent.case.number}", body, "decision-archive").status_code == 404
    notice = {"updatetype": "Added", "caseId": "HEL 2026-1"}
    assert post("/archive/decision-callback", notice, "decision-archive").json() == {"state": "signed"}
    kept = documents.store(pdf(), about=f"case:{sent.case.pk}", kind="x", name="x.pdf", actor=t.employer(), at=t.AT)
    headers = {"Authorization": f"Bearer {KEYS['decision-archive']}"}
    address = f"{ROOT}/archive/documents/{kept.pk}"
    assert Client().get(address, headers=headers).status_code == 404
    ArchiveEvent.objects.create(application=sent.application, state="case_opened", files=[kept.sha256], at=t.WALL)
    assert Client().get(address, headers=headers).content == pdf()
    assert Client().get(address).status_code == 401
