# SPDX-License-Identifier: EUPL-1.2
import json

import pytest
from django.conf import settings
from django.test import Client

from ennakko.kernel import clock
from ennakko.services.summer_voucher.models import Claim
from ennakko.services.summer_voucher.tests import market as m
from ennakko.services.summer_voucher.tests import town as t
from ennakko.web.signin.session import begin_acting

pytestmark = pytest.mark.django_db
ROOT = "/api/summer-voucher/claims"


@pytest.fixture(autouse=True)
def _a_day_in_august(settings, monkeypatch, tmp_path):
    settings.DEMO, settings.VAR = True, tmp_path
    days = (m.CLAIM_DAY - clock.wall().date()).days
    monkeypatch.setattr("ennakko.kernel.clock.queries.offset_days", lambda: days)
    t.town(tmp_path / "a", t.youth(1), t.youth(2))
    t.released()
    m.registers()
    m.organisation()
    with m.gate(is_open=False):
        yield


def signed_in(business_id: str = m.CAFE) -> Client:
    client = Client()
    session = client.session
    session["actor"] = {
        "kind": "resident", "reference": "r9", "person": 9, "staff": None, "name": "Petri", "strong": True,
    }  # fmt: skip
    begin_acting(session, business_id, name="Aamukaste", mandates=["signatory"], use=1)
    session.save()
    client.cookies[settings.SESSION_COOKIE_NAME] = session.session_key  # acting begins in a session of a new id
    return client


def post(client: Client, path: str, body: object):
    return client.post(ROOT + path, json.dumps(body), content_type="application/json")


def test_an_estimate_tells_each_condition_and_stores_nothing():
    answer = post(signed_in(), "/estimate", m.claim(m.row(m.voucher())))
    assert answer.status_code == 200, answer.json()
    (row,) = answer.json()["rows"]
    assert (row["outcome"], row["value"], len(row["checks"])) == ("ask", "350.00", 15)
    assert not Claim.objects.exists()
    assert "Aino" not in answer.content.decode()


def test_a_claim_is_sent_once_seen_and_only_by_its_own():
    client, body = signed_in(), {**m.claim(m.row(m.voucher())), "key": "abc-1"}
    first, again = post(client, "", body), post(client, "", body)
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json() == again.json()
    reference = first.json()["reference"]
    (row,) = client.get(f"{ROOT}/{reference}").json()["rows"]
    assert (row["state"], row["state_name"]["en"]) == (
        "additional_information_requested", "Waiting for more information",
    )  # fmt: skip
    assert len(client.get(ROOT).json()) == 1
    other = signed_in(m.organisation(m.GARDEN, "Toinen Oy").pk)
    assert other.get(f"{ROOT}/{reference}").status_code == 404
    assert other.get(ROOT).json() == []
    changed = {**m.claim(m.row(m.voucher(), hours="90")), "key": "abc-1"}
    assert post(client, "", changed).status_code == 409


def test_the_answer_to_a_clean_claim_is_what_is_read_back_of_it():
    m.documents_for("clean-1")
    client = signed_in()
    sent = post(client, "", {**m.claim(m.row(m.voucher())), "key": "clean-1"})
    assert sent.status_code == 201, sent.json()
    assert sent.json()["rows"][0]["state"] == "ready_for_decision"
    assert client.get(f"{ROOT}/{sent.json()['reference']}").json() == sent.json()


def test_what_must_be_corrected_is_told_by_its_place():
    body = {**m.claim(m.row(m.voucher(), hours="10")), "key": "k"}
    answer = post(signed_in(), "", body)
    assert answer.status_code == 422
    assert [one["where"] for one in answer.json()["errors"]] == ["body.rows.0.hours"]


def test_nobody_else_gets_in():
    assert Client().get(ROOT).status_code == 401
    resident = Client()
    session = resident.session
    session["actor"] = {
        "kind": "resident", "reference": "r1", "person": 1, "staff": None, "name": "Aino", "strong": True,
    }  # fmt: skip
    session.save()
    assert resident.get(ROOT).status_code == 401
    assert post(resident, "/estimate", m.claim()).status_code == 401
