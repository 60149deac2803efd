# SPDX-License-Identifier: EUPL-1.2
"""Applications over the network: begun, papers attached, sent once, read; strict, and only one's own."""

import json
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from ennakko.kernel import clock
from ennakko.kernel.documents.tests.make import pdf
from ennakko.kernel.registers.tests.small_city import Resident
from ennakko.services.hiring_benefit.models import Application
from ennakko.services.hiring_benefit.tests import town as t
from ennakko.web.tests.employers import comes

pytestmark = pytest.mark.django_db
API = "/api/hiring-benefit/applications"


@pytest.fixture(autouse=True)
def _city(tmp_path: Any, settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.VAR = tmp_path
    monkeypatch.setattr(clock, "today", lambda: t.ON)
    monkeypatch.setattr(clock, "now", lambda: t.AT)
    monkeypatch.setattr(clock, "wall", lambda: t.WALL)
    t.town(tmp_path / "city", Resident(1, t.BORN, names=("Noora", "Salo")))
    t.organisation()


@pytest.fixture
def petri() -> Client:
    return comes(t.employer())


def told(client: Client, way: str, address: str, body: Any = None) -> tuple[int, Any]:
    send = getattr(client, way)
    answer = send(address) if body is None else send(address, json.dumps(body), content_type="application/json")
    return answer.status_code, json.loads(answer.content)


def with_paper(client: Client, key: str = "k1") -> None:
    file = SimpleUploadedFile("sopimus.pdf", pdf(), "application/pdf")
    answer = client.post(f"{API}/drafts/{key}/employees/1/papers", {"kind": "employment_contract", "file": file})
    assert answer.status_code == 201, answer.content


def test_an_application_is_saved_completed_sent_once_and_read(petri: Client) -> None:
    status, draft = told(petri, "put", f"{API}/drafts/k1", t.raw_application())
    assert (status, draft["employees"]) == (200, 1)
    assert [one["key"] for one in told(petri, "get", f"{API}/drafts")[1]] == ["k1"]
    with_paper(petri)
    agreed = told(petri, "get", f"{API}/terms")[1]
    body = {"terms": agreed["version"], "assured": sorted(agreed["assurances"])}
    status, (one,) = told(petri, "post", f"{API}/drafts/k1/send", body)
    assert status == 201
    assert one["calculated"] == "18000.00"
    assert told(petri, "post", f"{API}/drafts/k1/send", body)[0] == 200
    assert Application.objects.count() == 1
    assert told(petri, "get", f"{API}/{one['case']}")[1]["case"] == one["case"]
    assert len(told(petri, "get", API)[1]) == 1
    assert Application.objects.get().origin == "api"


def test_what_lacks_is_told_field_by_field_and_paper_by_paper(petri: Client) -> None:
    told(petri, "put", f"{API}/drafts/k1", t.raw_application(t.raw_employee(monthly_pay="")))
    status, problem = told(petri, "post", f"{API}/drafts/k1/send", {"terms": "", "assured": []})
    assert status == 422
    assert {"body.employees.0.monthly_pay", "body.assured"} <= {one["where"] for one in problem["errors"]}
    told(petri, "put", f"{API}/drafts/k1", t.raw_application())
    body = {"terms": "", "assured": sorted(t.terms.in_force(t.ON).codes)}
    status, problem = told(petri, "post", f"{API}/drafts/k1/send", body)
    assert (status, problem["errors"][0]["where"]) == (422, "papers.0.employment_contract")


@pytest.mark.parametrize(
    "body", [{"employees": [], "surprise": 1}, {"employees": [{"shoe_size": "42"}]}, {"employees": "x"}, {}]
)
def test_unknown_and_missing_keys_are_refused(petri: Client, body: Any) -> None:
    status, problem = told(petri, "put", f"{API}/drafts/k1", body)
    assert status == 422
    assert problem["errors"]


def test_a_file_that_is_none_of_the_three_and_a_kind_that_is_not_known_are_refused(petri: Client) -> None:
    told(petri, "put", f"{API}/drafts/k1", t.raw_application())
    address = f"{API}/drafts/k1/employees/1/papers"
    for kind, content in (("employment_contract", b"PK\x03\x04"), ("poem", pdf())):
        file = SimpleUploadedFile("a.pdf", content, "application/pdf")
        assert petri.post(address, {"kind": kind, "file": file}).status_code == 422
    file = SimpleUploadedFile("a.pdf", pdf(), "application/pdf")
    nobody = petri.post(f"{API}/drafts/k1/employees/2/papers", {"kind": "payslip", "file": file})
    assert nobody.status_code == 404


def test_others_see_and_send_nothing_of_it(petri: Client) -> None:
    told(petri, "put", f"{API}/drafts/k1", t.raw_application())
    sent = t.an_application(key="x")
    rival = comes(t.employer(t.CLUB))
    assert told(rival, "get", f"{API}/{sent.case.number}")[0] == 404
    assert told(rival, "get", API)[1] == []
    assert told(rival, "post", f"{API}/drafts/k1/send", {"terms": "", "assured": []})[0] == 404
    for nobody in (Client(), comes(t.resident(1)), comes(t.handler())):
        assert told(nobody, "get", API)[0] == 401
