# SPDX-License-Identifier: EUPL-1.2
"""E-Authorizations: the Web API as DVV describes it, against a stub that checks the checksum; and the demo's twin."""

import base64
import hashlib
import hmac
import logging
import re
import traceback
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest

from ennakko.connectors.asking import Line
from ennakko.connectors.mandates import reasons
from ennakko.connectors.mandates.embedded import EmbeddedMandates
from ennakko.connectors.mandates.http import SuomiFiMandates, checksum
from ennakko.connectors.mandates.roles import mandates
from ennakko.connectors.tests.stubs import Answer, HttpStub, Request, http_stub
from ennakko.kernel.organisations.ports import MandatedOrganisation, MandateNotGiven, Unavailable

CODE = "131052-308T"
OLD = "131052+308T"
CALLBACK = "https://city.example/organisation/callback?x=ä"
REGISTER = f"/service/ypa/user/register/client/{CODE}"
ROLES = "/service/ypa/api/organizationRoles/session-1"
END = "/service/ypa/user/unregister/session-1"
CAFE = {"name": "Kahvila Oy", "identifier": "1234567-1", "complete": True, "roles": ["NIMKO"]}


def service(url: str, seconds: float = 30.0, **more: Any) -> SuomiFiMandates:
    line = Line(name="e-authorisations", timeout=seconds)
    return SuomiFiMandates(url, "client", "api-key", "oauth-secret", line=line, **more)


@pytest.fixture
def stub():
    with http_stub() as running:
        running.answers[REGISTER] = [Answer(body={"sessionId": "session-1", "userId": "user-1"})]
        running.answers["/oauth/token"] = [Answer(body={"access_token": "token-1", "token_type": "bearer"})]
        running.answers[ROLES] = [Answer(body=[CAFE])]
        running.answers[END] = [Answer(body=b"true", headers={"Content-Type": "text/plain;charset=UTF-8"})]
        yield running


def signed_rightly(request: Request) -> bool:
    """What the other side checks (interface description, “Tarkistesumman laskeminen”)."""
    client, timestamp, sum_ = request.headers["X-AsiointivaltuudetAuthorization"].split(" ")
    moment = datetime.fromisoformat(timestamp)
    message = f"{request.target} {timestamp}".encode()
    right = base64.b64encode(hmac.new(b"api-key", message, hashlib.sha256).digest()).decode()
    near = abs(moment - datetime.now(moment.tzinfo)) < timedelta(minutes=1)
    return client == "client" and near and sum_ == right


def begun(stub: HttpStub, **more: Any):
    return service(stub.url, **more).start(CODE, callback=CALLBACK, language="sv")


def came_back(state: Any, **query: str) -> dict[str, str]:
    return {"state": state["state"], "code": "code-1", **query}


def test_the_person_is_registered_and_sent_to_choose(stub):
    start = begun(stub)
    (request,) = stub.requests
    assert (request.method, request.path) == ("GET", REGISTER)
    assert re.fullmatch(r"[0-9a-f-]{36}", request.query["requestId"])
    assert signed_rightly(request)
    address = urlsplit(start.url)
    query = dict(parse_qsl(address.query))
    assert f"{address.scheme}://{address.netloc}{address.path}" == f"{stub.url}/oauth/authorize"
    assert {name: query[name] for name in ("client_id", "response_type", "user", "lang", "redirect_uri", "scope")} == {
        "client_id": "client", "response_type": "code", "user": "user-1", "lang": "sv", "redirect_uri": CALLBACK,
        "scope": "read",
    }  # fmt: skip
    assert query["state"] == start.state["state"]
    assert len(query["state"]) >= 32


def test_the_identity_code_stays_out_of_the_session_and_the_address(stub):
    start = begun(stub)
    assert CODE not in start.url + str(start.state)
    assert all(isinstance(value, str) for value in start.state.values())


def test_each_start_has_a_state_of_its_own(stub):
    assert begun(stub).state["state"] != begun(stub).state["state"]


def test_a_code_of_the_nineteenth_century_is_signed_as_it_is_sent(stub):
    stub.answers["/service/ypa/user/register/client/131052%2B308T"] = stub.answers[REGISTER]
    service(stub.url).start(OLD, callback=CALLBACK, language="fi")
    assert signed_rightly(stub.requests[-1])


def test_the_organisations_chosen_come_with_the_kernel_s_mandates(stub):
    stub.answers[ROLES] = [
        Answer(
            body=[
                CAFE,
                {"name": "Puutarha Ky", "identifier": "7654321-4", "complete": False, "roles": ["HAVAL", "TIL"]},
                {"name": "Tarkastajan Oy", "identifier": "2345678-5", "complete": True, "roles": ["TIL"]},
            ]
        )
    ]
    start = begun(stub)
    found = service(stub.url, given={"HAVAL": "grants"}).finish(start.state, came_back(start.state))
    assert found == (
        MandatedOrganisation("1234567-1", "Kahvila Oy", frozenset({"signatory", "grants", "employment"})),
        MandatedOrganisation("7654321-4", "Puutarha Ky", frozenset({"grants"})),
    )
    _, token, roles, end = stub.requests
    assert (token.method, token.path) == ("POST", "/oauth/token")
    assert token.query == {"code": "code-1", "grant_type": "authorization_code", "redirect_uri": CALLBACK}
    assert token.headers["Authorization"] == f"Basic {base64.b64encode(b'client:oauth-secret').decode()}"
    assert (roles.method, roles.path, roles.headers["Authorization"]) == ("GET", ROLES, "Bearer token-1")
    assert signed_rightly(roles)
    assert (end.path, signed_rightly(end)) == (END, True)


def test_nobody_s_organisation_is_an_empty_answer(stub):
    stub.answers[ROLES] = [Answer(body=[])]
    start = begun(stub)
    assert service(stub.url).finish(start.state, came_back(start.state)) == ()


@pytest.mark.parametrize("query", [{"error": "access_denied"}, {"code": ""}])
def test_whoever_turns_back_is_told_so_and_the_session_there_ends(stub, query):
    start = begun(stub)
    with pytest.raises(MandateNotGiven) as caught:
        service(stub.url).finish(start.state, came_back(start.state, **query))
    assert caught.value.reason == reasons.TURNED_BACK
    assert [request.path for request in stub.requests] == [REGISTER, END]


@pytest.mark.parametrize("state", [{"state": "another"}, {"state": ""}, {}, {"state": "ä"}])
def test_a_choice_of_another_session_is_refused_before_anything_is_asked(stub, state):
    start = begun(stub)
    with pytest.raises(MandateNotGiven) as caught:
        service(stub.url).finish(start.state, {"code": "code-1", **state})
    assert caught.value.reason == reasons.NOT_THIS_SESSION
    with pytest.raises(MandateNotGiven):
        service(stub.url).finish({"state": "another"}, {"code": "code-1", "state": "another"})
    assert len(stub.requests) == 1


def test_a_code_that_is_too_old_is_the_person_s_to_begin_again(stub):
    stub.answers["/oauth/token"] = [Answer(400, body={"error": "invalid_grant"})]
    start = begun(stub)
    with pytest.raises(MandateNotGiven) as caught:
        service(stub.url).finish(start.state, came_back(start.state))
    assert caught.value.reason == reasons.TOO_LATE
    assert stub.requests[-1].path == END


def test_a_session_that_does_not_end_there_takes_nothing_from_the_person(stub):
    stub.answers[END] = [Answer(500)]
    start = begun(stub)
    assert service(stub.url).finish(start.state, came_back(start.state))


FAILURES = [
    (Answer(hang=30.0), "no answer in time"),
    (Answer(429, headers={"Retry-After": "5"}), "HTTP 429"),
    (Answer(401), "HTTP 401"),
    (Answer(500), "HTTP 500"),
    (Answer(302, headers={"Location": "/"}), "HTTP 302"),
    (Answer(hang_up=True), "no connection, or it broke"),
    (Answer(body=b"{", headers={"Content-Type": "application/json"}), "the answer could not be read"),
    (Answer(body=b"<html>", headers={"Content-Type": "text/html"}), "an answer of another kind"),
]


def unavailable(call) -> Unavailable:
    with pytest.raises(Unavailable) as caught:
        call()
    whole = "".join(traceback.format_exception(caught.value, chain=True))
    assert not any(secret in whole for secret in (CODE, "api-key", "oauth-secret", "token-1"))
    return caught.value


@pytest.mark.parametrize(
    ("answer", "what"),
    [
        *FAILURES,
        (Answer(body={"sessionId": "x"}), "the answer names no session"),
        (Answer(body=[]), "the answer names no session"),
    ],
)
def test_when_the_registration_fails_nobody_is_sent_anywhere(stub, answer, what, caplog):
    caplog.set_level(logging.DEBUG)
    stub.answers[REGISTER] = [answer]
    failure = unavailable(lambda: begun(stub, seconds=0.5 if answer.hang else 30.0))
    assert failure.what == f"e-authorisations: {what}"
    assert failure.retry_after == (5 if answer.status == 429 else None)
    assert CODE not in caplog.text


@pytest.mark.parametrize(
    ("path", "answer", "what"),
    [
        *[("/oauth/token", *one) for one in FAILURES],
        *[(ROLES, *one) for one in FAILURES],
        ("/oauth/token", Answer(body={}), "the answer holds no access token"),
        ("/oauth/token", Answer(body=[]), "the answer holds no access token"),
        (ROLES, Answer(body={"roles": []}), "the answer could not be read"),
        (ROLES, Answer(body=[{"identifier": "1"}]), "the answer could not be read"),
        (ROLES, Answer(body=[None]), "the answer could not be read"),
    ],
)
def test_when_the_choice_cannot_be_fetched_it_is_unavailable(stub, path, answer, what):
    start = begun(stub)
    stub.answers[path] = [answer]
    failure = unavailable(
        lambda: service(stub.url, 3.0 if answer.hang else 30.0).finish(start.state, came_back(start.state))
    )
    assert failure.what == f"e-authorisations: {what}"


def test_secrets_do_not_stand_in_the_representation():
    shown = repr(service("https://x.example"))
    assert "api-key" not in shown
    assert "oauth-secret" not in shown


def test_the_checksum_is_of_path_and_moment():
    # Computed with: printf '%s' '/a?b=1 2026-01-01T00:00:00Z' | openssl dgst -sha256 -hmac key -binary | base64
    assert checksum("key", "/a?b=1", "2026-01-01T00:00:00Z") == "HgqkJEYFyoywdNTC2eaUpIvOmqY1YC7ib62GB3EB8k8="


@pytest.mark.parametrize(
    ("roles", "expected"),
    [
        (["NIMKO"], {"signatory", "grants", "employment"}), (["nimko"], {"signatory", "grants", "employment"}),
        (["ELI"], {"signatory", "grants", "employment"}), (["TJ"], {"grants", "employment"}), (["TIL"], set()),
        ([], set()), (["X", None, 7], set()), (["A"], {"employment"}), (["A", "TJ"], {"grants", "employment"}),
    ],
)  # fmt: skip
def test_roles_mean_the_kernel_s_mandates(roles, expected):
    assert mandates(roles, {"A": "employment"}) == expected


HELD = (
    MandatedOrganisation("9000001-9", "Kahvila Oy", frozenset({"signatory"})),
    MandatedOrganisation("9000002-7", "Puutarha Ky", frozenset({"grants"})),
)


def demo(page: str = "") -> EmbeddedMandates:
    return EmbeddedMandates(lambda code: HELD if code == CODE else (), lambda: page)


def test_the_demo_sends_straight_back_where_it_has_no_page():
    start = demo().start(CODE, callback="http://x/back?a=1", language="fi")
    assert start.url.startswith("http://x/back?a=1&state=")
    query = dict(parse_qsl(urlsplit(start.url).query))
    assert demo().finish(start.state, query) == HELD
    assert CODE not in str(start)


def test_the_demo_s_page_is_told_what_to_offer_and_gives_back_what_was_chosen():
    start = demo("/demo/mandates/").start(CODE, callback="http://x/back", language="fi")
    query = dict(parse_qsl(urlsplit(start.url).query))
    assert (query["callback"], query["organisations"]) == ("http://x/back", "9000001-9,9000002-7")
    back = {"state": query["state"], "code": "demo", "organisation": "9000002-7"}
    assert demo().finish(start.state, back) == (HELD[1],)
    assert demo().finish(start.state, {**back, "organisation": "1234567-1"}) == ()


def test_in_the_demo_too_a_choice_is_refused_that_was_not_made_here():
    start = demo().start(CODE, callback="http://x/back", language="fi")
    with pytest.raises(MandateNotGiven) as caught:
        demo().finish(start.state, {"state": "another", "code": "demo"})
    assert caught.value.reason == reasons.NOT_THIS_SESSION
    for query in ({"error": "access_denied"}, {}, {"code": "another"}):
        with pytest.raises(MandateNotGiven) as caught:
            demo().finish(start.state, {"state": start.state["state"], **query})
        assert caught.value.reason == reasons.TURNED_BACK


def test_in_the_demo_strangers_act_for_nobody():
    start = demo().start("010101-0101", callback="http://x/back", language="fi")
    assert demo().finish(start.state, {"state": start.state["state"], "code": "demo"}) == ()
