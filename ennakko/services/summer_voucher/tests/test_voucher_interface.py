# SPDX-License-Identifier: EUPL-1.2
import json

import pytest
from django.test import Client

from ennakko.kernel import clock
from ennakko.services.summer_voucher.models import Application
from ennakko.services.summer_voucher.tests import town as t

pytestmark = pytest.mark.django_db
ROOT = "/api/summer-voucher"


@pytest.fixture(autouse=True)
def _the_demos_day(settings, monkeypatch):
    settings.DEMO = True
    monkeypatch.setattr("ennakko.kernel.clock.queries.offset_days", lambda: (t.ON - clock.wall().date()).days)


def sent(client: Client, path: str, body: object):
    return client.post(ROOT + path, json.dumps(body), content_type="application/json")


def signed_in(person: int) -> Client:
    client = Client()
    session = client.session
    session["actor"] = {
        "kind": "resident", "reference": f"r{person}", "person": person, "staff": None, "name": "Aino", "strong": True,
    }  # fmt: skip
    session.save()
    return client


def test_conditions_of_each_year_are_open_to_all_and_an_open_question_says_whom_to_ask(client):
    years = {one["year"]: one for one in client.get(f"{ROOT}/conditions").json()}
    assert (years[2026]["value"], years[2026]["ages"], years[2021]["value"]) == ("350.00", [16, 17], "325.00")
    later = client.get(f"{ROOT}/conditions/2027").json()
    assert later["value"] is None
    assert later["ask"]["en"]
    assert client.get(f"{ROOT}/conditions/1999").status_code == 404


def test_groups_tell_which_are_open(client):
    groups = client.get(f"{ROOT}/target-groups").json()
    assert [one["open"] for one in groups] == [False, True, True, False]
    assert client.get(f"{ROOT}/schools").status_code == 200


def test_an_application_is_taken_in_and_answers_only_a_reference(client):
    answer = sent(client, "/applications", t.form())
    assert (answer.status_code, list(answer.json())) == (202, ["reference"])
    assert Application.objects.count() == 1


def test_wrong_unknown_and_missing_fields_are_problems(client):
    wrong = sent(client, "/applications", t.form(email="ei"))
    assert (wrong.status_code, wrong["Content-Type"]) == (422, "application/problem+json")
    assert wrong.json()["errors"][0]["where"] == "body.email"
    assert sent(client, "/applications", t.form(extra=1)).status_code == 422
    assert sent(client, "/applications", {}).status_code == 422
    assert client.post(f"{ROOT}/applications", "{", content_type="application/json").status_code in (400, 422)
    assert not Application.objects.exists()


def test_too_many_from_one_address_are_told_to_wait(client):
    answers = [sent(client, "/applications", t.form()).status_code for _ in range(31)]
    assert (set(answers[:30]), answers[30]) == ({202}, 429)


def test_the_own_offer_needs_a_sign_in(client):
    assert client.get(f"{ROOT}/offer").status_code == 401
    assert sent(client, "/offer/answer", {"answer": "accepted"}).status_code == 401


def test_the_own_offer_is_read_answered_and_taken_back(tmp_path):
    t.town(tmp_path / "a", t.youth(1), t.youth(2))
    t.released()
    client = signed_in(1)
    offer = client.get(f"{ROOT}/offer").json()
    assert (offer["value"], offer["can_be_answered"], bool(offer["voucher"]["number"])) == ("350.00", True, True)
    declined = sent(client, "/offer/answer", {"answer": "declined"}).json()
    assert (declined["state"], declined["can_be_undone"], declined["voucher"]["number"]) == ("declined", True, "")
    assert sent(client, "/offer/answer", {"answer": "accepted"}).status_code == 409
    assert sent(client, "/offer/answer", {"answer": "undo"}).json()["state"] == "opened"
    assert sent(client, "/offer/answer", {"answer": "maybe"}).status_code == 422
    assert signed_in(3).get(f"{ROOT}/offer").status_code == 404


def test_a_change_without_the_csrf_token_is_refused(tmp_path):
    t.town(tmp_path / "a", t.youth(1))
    t.released()
    client = signed_in(1)
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = client.cookies
    assert sent(strict, "/offer/answer", {"answer": "declined"}).status_code == 403
