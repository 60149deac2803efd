# SPDX-License-Identifier: EUPL-1.2
from collections.abc import Iterator

import pytest

from ennakko.connectors.suomifi_messages.http import SuomiFiMessages
from ennakko.connectors.tests.stubs import Answer, HttpStub, closed_port, http_stub
from ennakko.kernel.messages.ports import Permanent, Receipt, Temporary, Uncertain

TOKEN, SEND = "/v1/token", "/v2/messages/electronic"
GOOD_TOKEN = Answer(200, {"access_token": "t-1", "expires_in": 3600, "token_type": "Bearer"})


@pytest.fixture
def stub() -> Iterator[HttpStub]:
    with http_stub() as stub:
        stub.answers[TOKEN] = [GOOD_TOKEN]
        stub.answers[SEND] = [Answer(200, {"messageId": 123})]
        yield stub


def channel(url: str, seconds: float = 30.0) -> SuomiFiMessages:
    return SuomiFiMessages(
        url=url, username="ennakko", password="secret", service_id="s-1", timeout=(seconds, seconds)
    )  # fmt: skip


def send(stub: HttpStub, reference: str = "offer:1:made", seconds: float = 30.0) -> Receipt:
    return channel(stub.url, seconds).send("010110A900X", subject="Aihe", body="Hei", reference=reference)


def test_a_message_goes_out_in_the_services_own_form(stub: HttpStub):
    assert send(stub) == Receipt("123")
    token, message = stub.requests
    assert token.body == {"username": "ennakko", "password": "secret"}
    assert message.headers["Authorization"] == "Bearer t-1"
    assert message.body["recipient"] == {"id": "010110A900X"}
    assert message.body["sender"] == {"serviceId": "s-1"}
    assert (message.body["electronic"]["title"], message.body["electronic"]["body"]) == ("Aihe", "Hei")
    assert message.body["electronic"]["bodyFormat"] == "Text"


def test_the_external_id_is_the_same_for_the_same_reference_and_tells_nothing(stub: HttpStub):
    for reference in ("offer:1:made", "offer:1:made", "offer:2:made"):
        send(stub, reference)
    first, second, third = (one.body["externalId"] for one in stub.requests if one.path == SEND)
    assert first == second != third
    assert "offer" not in first


def test_a_repeated_message_gets_the_first_ones_receipt(stub: HttpStub):
    stub.answers[SEND] = [Answer(409, {"messageId": 77, "reason": "already exists"})]
    assert send(stub) == Receipt("77")


def test_a_token_is_fetched_once_and_again_when_it_is_withdrawn(stub: HttpStub):
    service = channel(stub.url)
    stub.answers[SEND] = [Answer(200, {"messageId": 1}), Answer(401), Answer(200, {"messageId": 2})]
    for reference in ("a", "b"):
        service.send("x", subject="s", body="b", reference=reference)
    assert [one.path for one in stub.requests] == [TOKEN, SEND, SEND, TOKEN, SEND]


def test_a_token_about_to_expire_is_not_used_again(stub: HttpStub):
    stub.answers[TOKEN] = [Answer(200, {"access_token": "t", "expires_in": 30})]
    service = channel(stub.url)
    for reference in ("a", "b"):
        service.send("x", subject="s", body="b", reference=reference)
    assert [one.path for one in stub.requests].count(TOKEN) == 2


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        (Answer(400, {"reason": "mailbox is not active"}), Permanent),
        (Answer(422), Permanent),
        (Answer(401), Temporary),
        (Answer(403), Temporary),
        (Answer(404), Temporary),
        (Answer(302, headers={"Location": "http://elsewhere.example/"}), Temporary),
        (Answer(429, headers={"Retry-After": "120"}), Temporary),
        (Answer(503), Temporary),
        (Answer(500), Uncertain),
        (Answer(502), Uncertain),
        (Answer(504), Uncertain),
        (Answer(200, b"<html>"), Uncertain),
        (Answer(200, {"id": 1}), Uncertain),
        (Answer(200, b'[{"messageId": 1}]'), Uncertain),
        (Answer(409, {"reason": "?"}), Uncertain),
        (Answer(200, {"messageId": 1}, hang=30.0), Uncertain),
        (Answer(hang_up=True), Uncertain),
    ],
)
def test_each_failure_says_whether_the_message_may_have_been_taken(stub: HttpStub, answer: Answer, error):
    stub.answers[SEND] = [answer]
    with pytest.raises(error) as failure:
        send(stub, seconds=2.0 if answer.hang else 30.0)
    assert "010110A900X" not in str(failure.value)
    assert "secret" not in str(failure.value)


def test_a_request_to_slow_down_is_passed_on(stub: HttpStub):
    stub.answers[SEND] = [Answer(429, headers={"Retry-After": "120"})]
    with pytest.raises(Temporary) as failure:
        send(stub)
    assert failure.value.retry_after == 120


@pytest.mark.parametrize(
    "answer", [Answer(500), Answer(400), Answer(200, b"?"), Answer(200, {}), Answer(hang=30.0), Answer(hang_up=True)]
)
def test_without_a_token_nothing_was_handed_over(stub: HttpStub, answer: Answer):
    stub.answers[TOKEN] = [answer]
    with pytest.raises(Temporary):
        send(stub, seconds=0.5 if answer.hang else 30.0)
    assert [one.path for one in stub.requests] == [TOKEN]


def test_a_service_that_is_not_there_took_nothing():
    with pytest.raises(Temporary):
        channel(f"http://127.0.0.1:{closed_port()}").send("x", subject="s", body="b", reference="r")


def test_the_password_is_not_shown():
    assert "secret" not in repr(channel("http://x.example"))
