# SPDX-License-Identifier: EUPL-1.2
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from ennakko.connectors.posting import retry_after
from ennakko.connectors.sms.http import QuriiriSms
from ennakko.connectors.sms.numbers import international
from ennakko.connectors.tests.stubs import Answer, HttpStub, closed_port, http_stub
from ennakko.kernel.messages.ports import Permanent, Temporary, Uncertain

NUMBER = "+358401234567"


def taken(status: str = "OK", **more: object) -> dict[str, object]:
    return {"messages": {NUMBER: {"converted": NUMBER, "status": status}}, "errors": [], "warnings": [], **more}


@pytest.fixture
def stub() -> Iterator[HttpStub]:
    with http_stub() as stub:
        stub.answers["/sms"] = [Answer(200, taken())]
        yield stub


def send(url: str, number: str = "040 123 4567", seconds: float = 30.0) -> str:
    channel = QuriiriSms(url=url, api_key="k-1", sender="Helsinki", timeout=(seconds, seconds))
    assert "k-1" not in repr(channel)
    return channel.send(number, subject="Aihe", body="Hei!\n", reference="offer:1").number


def test_a_message_goes_out_in_the_gateways_own_form(stub: HttpStub):
    batch = send(f"{stub.url}/sms")
    (request,) = stub.requests
    assert request.body == {"sender": "Helsinki", "destination": [NUMBER], "text": "Hei!", "batchid": batch}
    assert request.headers["Authorization"] == "apikey k-1"


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        (Answer(200, taken("FAILED")), Permanent),
        (Answer(200, taken(errors=[{"message": "invalid destination"}])), Permanent),
        (Answer(200, taken("QUEUED?")), Uncertain),
        (Answer(200, {"messages": {}}), Uncertain),
        (Answer(200, b"not json"), Uncertain),
        (Answer(200, b"[]"), Uncertain),
        (Answer(400), Permanent),
        (Answer(401), Temporary),
        (Answer(429, headers={"Retry-After": "60"}), Temporary),
        (Answer(503), Temporary),
        (Answer(500), Uncertain),
        (Answer(200, taken(), hang=30.0), Uncertain),
        (Answer(hang_up=True), Uncertain),
    ],
)
def test_each_failure_says_whether_the_message_may_have_been_taken(stub: HttpStub, answer: Answer, error):
    stub.answers["/sms"] = [answer]
    with pytest.raises(error):
        send(f"{stub.url}/sms", seconds=0.5 if answer.hang else 30.0)


def test_a_gateway_that_is_not_there_took_nothing():
    with pytest.raises(Temporary):
        send(f"http://127.0.0.1:{closed_port()}/sms")


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("040 123 4567", NUMBER),
        ("+358 (40) 123-4567", NUMBER),
        ("00358401234567", NUMBER),
        ("+46 70 123 45 67", "+46701234567"),
    ],
)
def test_numbers_are_read_in_any_usual_form(written, number):
    assert international(written) == number


@pytest.mark.parametrize("written", ["", "123", "+358", "abc", "040 12x 4567", "+0401234567"])
def test_what_is_no_number_is_refused_for_good(stub: HttpStub, written):
    with pytest.raises(Permanent):
        send(f"{stub.url}/sms", written)
    assert stub.requests == []


def test_retry_after_is_read_as_seconds_or_as_a_date():
    in_an_hour = format_datetime(datetime.now(UTC) + timedelta(hours=1), usegmt=True)
    assert retry_after("90") == 90
    assert 3500 < (retry_after(in_an_hour) or 0) <= 3600
    assert retry_after("soon") is None
    assert retry_after("") is None
