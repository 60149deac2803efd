# SPDX-License-Identifier: EUPL-1.2
"""Asking an outside system: bounded in time and size whatever it does, and told in one way."""

import logging
import time
import traceback

import pytest

from ennakko.connectors.asking import Line, NoAnswer, Reply, Request
from ennakko.connectors.circuit import Circuit
from ennakko.connectors.tests.stubs import Answer, closed_port, http_stub

SECRET = "131052-308T"


@pytest.fixture
def stub():
    with http_stub() as running:
        yield running


def line(seconds: float = 0.4, **more: object) -> Line:
    return Line(name="the register", timeout=seconds, **more)  # type: ignore[arg-type]


def ask(stub, *, line: Line, **more) -> Reply:
    return line.ask(Request(method="GET", address=f"{stub.url}/", **more))


def failing(stub, **more) -> NoAnswer:
    with pytest.raises(NoAnswer) as caught:
        ask(stub, line=more.pop("line", line(30.0)), **more)
    return caught.value


def test_an_answer_comes_with_status_headers_and_body(stub):
    stub.answers["/"] = [Answer(body={"a": 1}, headers={"X-More": "yes"})]
    reply = ask(stub, line=line(30.0), query={"b": "ä&"})
    assert (reply.status, reply.json(), reply.headers["x-more"]) == (200, {"a": 1}, "yes")
    assert (stub.requests[0].method, stub.requests[0].query) == ("GET", {"b": "ä&"})


@pytest.mark.parametrize(
    "answer",
    [
        Answer(hang=60.0),
        Answer(body={"a": "b" * 1000}, drip=0.06),
        Answer(body=b"", headers={"X-Slow": "x"}, hang=60.0),
    ],
)
def test_it_never_takes_longer_than_its_time_out(stub, answer):
    stub.answers["/"] = [answer]
    began = time.monotonic()
    failure = failing(stub, line=line(0.4), safe=True)
    assert time.monotonic() - began < 30  # each answer would take a minute
    assert "no" in failure.what
    assert "in time" in failure.what
    assert failure.taken is None


def test_a_port_where_nobody_listens_is_told_at_once_and_took_nothing():
    began = time.monotonic()
    with pytest.raises(NoAnswer) as caught:
        line(60.0).ask(Request(method="GET", address=f"http://127.0.0.1:{closed_port()}/"))
    assert time.monotonic() - began < 30
    assert caught.value.what == "the register: no connection, or it broke"


def test_an_address_that_leads_nowhere_ends_with_the_time_out():
    began = time.monotonic()
    with pytest.raises(NoAnswer):
        # TEST-NET-1 (RFC 5737) is routed nowhere.
        line(0.5).ask(Request(method="GET", address="http://192.0.2.1/"))
    assert time.monotonic() - began < 30  # the system itself would go on trying for two minutes


@pytest.mark.parametrize(
    ("answer", "what"),
    [
        (Answer(500), "HTTP 500"),
        (Answer(503), "HTTP 503"),
        (Answer(400), "HTTP 400"),
        (Answer(401), "HTTP 401"),
        (Answer(302, headers={"Location": "http://192.0.2.1/"}), "HTTP 302"),
        (Answer(body=b"<html>", headers={"Content-Type": "text/html"}), "an answer of another kind"),
        (Answer(body=b"{}"), "an answer of another kind"),
        (Answer(hang_up=True), "no connection, or it broke"),
        (Answer(body=b"x" * 3_000_000, headers={"Content-Type": "application/json"}), "the answer is too large"),
    ],
)
def test_whatever_else_it_says_is_no_answer(stub, answer, what):
    stub.answers["/"] = [answer]
    assert failing(stub).what == f"the register: {what}"


def test_a_request_to_wait_is_heeded_by_everybody(stub):
    stub.answers["/"] = [Answer(429, headers={"Retry-After": "17"}), Answer(body={})]
    one = line(30.0)
    assert failing(stub, line=one, safe=True).wait == 17
    again = failing(stub, line=one)
    assert again.what == "the register: left alone after failures"
    assert 15 <= (again.wait or 0) <= 17
    assert len(stub.requests) == 1


def test_only_safe_questions_are_asked_twice(stub):
    stub.answers["/"] = [Answer(hang_up=True), Answer(body={"a": 2})]
    assert ask(stub, line=line(30.0), safe=True).json() == {"a": 2}
    stub.answers["/"] = [Answer(hang_up=True), Answer(body={"a": 2})]
    assert failing(stub, safe=False).taken is None
    assert len(stub.requests) == 3


def test_a_refusal_is_not_asked_again(stub):
    stub.answers["/"] = [Answer(403)]
    failing(stub, safe=True)
    assert len(stub.requests) == 1


def test_after_five_failures_nobody_waits_for_a_minute(stub):
    moment = [100.0]
    one = line(30.0, circuit=Circuit(now=lambda: moment[0]))
    stub.answers["/"] = [Answer(500)]
    for _ in range(5):
        assert failing(stub, line=one).what == "the register: HTTP 500"
    assert failing(stub, line=one).wait == 60
    assert len(stub.requests) == 5
    moment[0] += 61
    failing(stub, line=one)
    assert len(stub.requests) == 6
    assert failing(stub, line=one).what == "the register: left alone after failures"
    moment[0] += 61
    stub.answers["/"] = [Answer(body={})]
    assert ask(stub, line=one).status == 200
    assert ask(stub, line=one).status == 200


def test_who_has_waited_once_does_not_wait_again_in_the_same_request(stub):
    moment = [100.0]
    one = line(0.3, circuit=Circuit(now=lambda: moment[0]))
    stub.answers["/"] = [Answer(hang=30.0), Answer(body={})]
    assert failing(stub, line=one).slow
    for _ in range(4):
        assert failing(stub, line=one).wait == 5
    assert len(stub.requests) <= 1  # none, where the machine was so busy that not even the first got away
    moment[0] += 6
    stub.answers["/"] = [Answer(body={})]
    assert ask(stub, line=line(30.0, circuit=one.circuit)).status == 200


def test_answers_that_refuse_or_cannot_be_read_do_not_silence_the_line(stub):
    stub.answers["/"] = [Answer(404)]
    one = line(30.0)
    for _ in range(10):
        assert failing(stub, line=one).what == "the register: HTTP 404"


def test_stuck_calls_do_not_pile_up_without_end(stub):
    # It drips far faster than the time-out, so that no single wait for a byte ends a call.
    stub.answers["/"] = [Answer(body={"a": "b" * 10_000}, drip=0.02)]
    one = line(0.4, circuit=Circuit(failures=1000))
    many, said, began = "the register: too many calls under way", "", time.monotonic()
    while said != many and time.monotonic() < began + 150:
        said = failing(stub, line=one).what
        one.circuit.went_well()
    assert said == many


def test_nothing_secret_stands_in_a_failure_or_the_log(stub, caplog):
    caplog.set_level(logging.DEBUG)
    stub.answers["/"] = [Answer(hang_up=True)]
    for address in (f"{stub.url}/user/{SECRET}", f"http://127.0.0.1:{closed_port()}/user/{SECRET}", f"nix://{SECRET}"):
        request = Request(method="GET", address=address, headers={"Authorization": SECRET}, login=("u", SECRET))
        with pytest.raises(NoAnswer) as caught:
            line(1.0).ask(request)
        whole = "".join(traceback.format_exception(caught.value, chain=True))
        assert SECRET not in whole + repr(request) + caplog.text
        assert caught.value.__cause__ is None
        assert caught.value.__context__ is None


def test_the_wait_asked_for_has_an_end():
    moment = [0.0]
    circuit = Circuit(now=lambda: moment[0])
    circuit.failed(100_000)
    assert circuit.waits() == 300
    moment[0] = 301
    assert circuit.waits() is None


def test_when_the_rest_is_over_one_call_tries_and_the_others_are_turned_away():
    moment = [0.0]
    circuit = Circuit(failures=1, rest=10, now=lambda: moment[0])
    circuit.failed()
    assert circuit.waits() == 10
    moment[0] = 11
    assert [circuit.waits(), circuit.waits()] == [None, 1]
    circuit.went_well()
    assert [circuit.waits(), circuit.waits()] == [None, None]
