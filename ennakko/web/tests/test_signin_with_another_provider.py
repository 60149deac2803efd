# SPDX-License-Identifier: EUPL-1.2
"""The same sign-in against a provider that is not ours, over the network, outside the demo."""

import json
import re
import threading
from collections.abc import Iterator
from datetime import date
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest
import requests
from django.test import Client
from oidc_provider_mock import User, run_server_in_thread

from ennakko.values.identity_code import compose
from ennakko.web.signin import oidc
from ennakko.web.signin.people import IDENTITY_CLAIM

CODE = compose(date(2008, 2, 29), 27)
TEST_CODE = compose(date(2008, 2, 29), 901)
LOA3 = "http://ftn.ficora.fi/2017/loa3"

pytestmark = pytest.mark.django_db


@pytest.fixture
def issuer(settings: Any) -> Iterator[str]:
    """A provider on this machine that both groups use; the deployment is not the demo."""
    users = (
        User(sub="aino", claims={"given_name": "Aino", "family_name": "Oikea", IDENTITY_CLAIM: CODE, "acr": LOA3}),
        User(sub="tester", claims={"given_name": "Testi", IDENTITY_CLAIM: TEST_CODE, "acr": LOA3}),
    )
    with run_server_in_thread(user_claims=users, require_nonce=True) as server:
        address = f"http://localhost:{server.server_port}"
        one = {"issuer": address, "client_id": "ennakko", "client_secret": "a secret", "scope": "openid profile"}
        settings.DEMO = False
        settings.SIGN_IN = {"residents": one, "staff": one}
        oidc._provider.cache_clear()
        yield address
    oidc._provider.cache_clear()


def _back(client: Client, subject: str) -> str:
    there = client.post("/sign-in/residents/").headers["Location"]
    return requests.post(there, data={"sub": subject}, allow_redirects=False, timeout=60).headers["Location"]


def test_a_resident_signs_in_over_the_network(client: Client, issuer: str) -> None:
    answer = client.get(_back(client, "aino"))
    assert answer.status_code == 302
    assert client.session["actor"]["name"] == "Aino Oikea"


def test_the_request_carries_state_nonce_and_proof_key(client: Client, issuer: str) -> None:
    there = client.post("/sign-in/residents/").headers["Location"]
    assert there.startswith(issuer)
    for part in ("state=", "nonce=", "code_challenge=", "code_challenge_method=S256", "response_type=code"):
        assert part in there


def test_a_test_identity_code_is_good_only_in_the_demo(client: Client, issuer: str) -> None:
    assert client.get(_back(client, "tester")).status_code == 403
    assert "actor" not in client.session


def test_another_nonce_is_refused(client: Client, issuer: str) -> None:
    back = _back(client, "aino")
    session = client.session
    next(kept["data"] for key, kept in session.items() if key.startswith("_state_"))["nonce"] = "another"
    session.save()
    assert client.get(back).status_code == 400
    assert "actor" not in client.session


def test_another_state_is_refused(client: Client, issuer: str) -> None:
    back = _back(client, "aino")
    assert client.get(re.sub("state=[^&]+", "state=another", back)).status_code == 400
    assert "actor" not in client.session


def test_what_the_reader_refused_at_the_provider_is_no_sign_in(client: Client, issuer: str) -> None:
    there = client.post("/sign-in/residents/").headers["Location"]
    denied = requests.post(there, data={"action": "deny"}, allow_redirects=False, timeout=60).headers["Location"]
    assert client.get(denied).status_code == 400
    assert "actor" not in client.session


class _Impostor(BaseHTTPRequestHandler):
    """Serves metadata that names another issuer."""

    def do_GET(self) -> None:
        told = {"issuer": "https://elsewhere.example", "authorization_endpoint": "https://elsewhere.example/a"}
        self.send_response(200)
        self.end_headers()
        self.wfile.write(json.dumps(told).encode())

    def log_message(self, *arguments: Any) -> None:
        """Tests are quiet."""


def test_metadata_of_another_issuer_is_refused(client: Client, settings: Any) -> None:
    server = HTTPServer(("localhost", 0), _Impostor)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    one = {
        "issuer": f"http://localhost:{server.server_port}",
        "client_id": "e",
        "client_secret": "x",
        "scope": "openid",
    }
    settings.DEMO = False
    settings.SIGN_IN = {"residents": one, "staff": one}
    try:
        assert client.post("/sign-in/residents/").status_code == 502
    finally:
        server.shutdown()
        server.server_close()


def test_a_provider_that_does_not_answer_is_told_with_a_reference(client: Client, settings: Any) -> None:
    gone = {"issuer": "http://localhost:9", "client_id": "ennakko", "client_secret": "x", "scope": "openid"}
    settings.DEMO = False
    settings.SIGN_IN = {"residents": gone, "staff": gone}
    answer = client.post("/sign-in/residents/")
    assert answer.status_code == 502
    assert answer.headers["X-Reference"] in answer.content.decode()


def test_signing_out_ends_the_session_here_and_leads_to_the_providers_own_end(client: Client, issuer: str) -> None:
    client.get(_back(client, "aino"))
    answer = client.post("/sign-out/")
    assert "actor" not in client.session
    assert answer.headers["Location"].startswith((issuer, "/"))
