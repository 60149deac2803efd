# SPDX-License-Identifier: EUPL-1.2
"""Signing in through the demo's own provider: the whole protocol, and each thing that must not match."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any
from urllib.parse import parse_qs, quote_plus, urlsplit

import pytest
from django.test import Client
from django.urls import clear_url_caches, set_urlconf

from ennakko.kernel.access import SYSTEM, add_staff, grant_role
from ennakko.kernel.audit.queries import latest_entries
from ennakko.values.identity_code import compose
from ennakko.values.texts import text
from ennakko.web import urls
from ennakko.web.personas_idp import roster
from ennakko.web.signin import oidc
from ennakko.web.signin.people import IDENTITY_CLAIM
from ennakko.web.signin.session import identity_code_of

CODE = compose(date(2010, 1, 1), 900)
STORY = text(fi="Tarina", sv="Berättelse", en="Story")
LOA = "http://ftn.ficora.fi/2017/loa2"
AINO = roster.Identity(
    slug="aino", group="residents", given_names="Aino", surname="Testi", story=STORY,
    claims={IDENTITY_CLAIM: CODE, "acr": LOA},
)  # fmt: skip
WEAK = roster.Identity(
    slug="weak", group="residents", given_names="Heikko", surname="Testi", story=STORY,
    claims={IDENTITY_CLAIM: CODE, "acr": "low"},
)  # fmt: skip
CODELESS = roster.Identity(
    slug="codeless", group="residents", given_names="Nimi", surname="Testi", story=STORY, claims={"acr": LOA}
)
HANDLER = roster.Identity(slug="handler", group="staff", given_names="Kaisa", surname="Käsittelijä", story=STORY)


@pytest.fixture
def _demo(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A deployment in the demo: its provider mounted, four personas."""
    settings.DEMO = True
    monkeypatch.setattr(urls, "urlpatterns", urls.addresses(demo=True))
    monkeypatch.setattr(roster, "_sources", [lambda: [AINO, WEAK, CODELESS, HANDLER]])
    clear_url_caches()
    set_urlconf(None)
    oidc._provider.cache_clear()
    yield
    clear_url_caches()
    oidc._provider.cache_clear()


pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_demo")]


def _authorise(client: Client, slug: str, *, group: str = "residents", next_page: str = "") -> str:
    """Through the personas' pages; the address that leads back with the code."""
    there = client.post(f"/sign-in/{group}/", {"next": next_page}).headers["Location"]
    page = client.get(there)
    asked = page.context["asked"]
    shown = client.post(there, {"asked": asked, "persona": slug})
    assert slug in shown.content.decode()
    return client.post(there, {"asked": asked, "persona": slug, "confirmed": "yes"}).headers["Location"]


def test_a_resident_signs_in_and_lands_where_they_were_going(client: Client) -> None:
    answer = client.get(_authorise(client, "aino", next_page="/privacy/"))
    assert answer.headers["Location"] == "/privacy/"
    assert "Aino Testi" in client.get("/").content.decode()


def test_a_resident_whom_the_registers_do_not_know_is_signed_in_without_a_person(client: Client) -> None:
    client.get(_authorise(client, "aino"))
    assert client.session["actor"]["person"] is None
    assert client.session["actor"]["kind"] == "resident"


def test_the_identity_code_is_kept_only_sealed(client: Client) -> None:
    client.get(_authorise(client, "aino"))
    assert CODE not in str(dict(client.session))
    assert identity_code_of(client.session) == CODE


def test_signing_in_starts_a_fresh_session(client: Client) -> None:
    client.get("/sign-in/")
    back = _authorise(client, "aino")
    before = client.session.session_key
    client.get(back)
    assert client.session.session_key != before


def test_the_way_back_never_leads_out_of_the_site(client: Client) -> None:
    for outside in ("https://elsewhere.example/", "//elsewhere.example/", "javascript:alert(1)"):
        answer = client.get(_authorise(client, "aino", next_page=outside))
        assert "elsewhere" not in answer.headers["Location"]
        assert answer.headers["Location"].startswith("/")


def test_another_state_is_refused(client: Client) -> None:
    back = _authorise(client, "aino")
    state = parse_qs(urlsplit(back).query)["state"][0]
    assert client.get(back.replace(state, "x" * 30)).status_code == 400
    assert "actor" not in client.session


def test_a_code_stolen_into_another_browser_is_refused(client: Client) -> None:
    back = _authorise(client, "aino")
    thief = Client()
    assert thief.get(back).status_code == 400
    assert "actor" not in thief.session


def _code(back: str) -> str:
    return parse_qs(urlsplit(back).query)["code"][0]


def _state_data(session: Any) -> dict[str, str]:
    return next(kept["data"] for name, kept in session.items() if name.startswith("_state_"))


def test_a_code_of_another_sign_in_is_refused(client: Client) -> None:
    earlier = _code(_authorise(client, "aino"))
    back = _authorise(client, "aino")
    mixed = back.replace(quote_plus(_code(back)), quote_plus(earlier))
    assert mixed != back
    assert client.get(mixed).status_code == 400


def test_a_code_is_exchanged_once(client: Client) -> None:
    back = _authorise(client, "aino")
    told = {
        "code": _code(back),
        "client_id": "ennakko",
        "redirect_uri": "http://testserver/sign-in/residents/callback",
        "code_verifier": _state_data(client.session)["code_verifier"],
    }
    assert client.post("/demo/identity/residents/token", told).status_code == 200
    again = client.post("/demo/identity/residents/token", told)
    assert (again.status_code, again.json()["error"]) == (400, "invalid_grant")


@pytest.mark.parametrize(("name", "value"), [("nonce", "another"), ("code_verifier", "v" * 48)])
def test_what_the_session_remembers_must_match_the_answer(client: Client, name: str, value: str) -> None:
    back = _authorise(client, "aino")
    session = client.session
    _state_data(session)[name] = value
    session.save()
    assert client.get(back).status_code == 400
    assert "actor" not in client.session


def test_a_weak_identification_is_refused_with_a_reason(client: Client) -> None:
    answer = client.get(_authorise(client, "weak"))
    assert answer.status_code == 403
    assert "Tunnistus ei ollut vahva" in answer.content.decode()


def test_an_identification_without_an_identity_code_is_refused_with_a_reason(client: Client) -> None:
    answer = client.get(_authorise(client, "codeless"))
    assert answer.status_code == 403
    assert "henkilötunnusta" in answer.content.decode()


def test_a_worker_who_is_not_on_the_list_is_told_to_ask(client: Client) -> None:
    answer = client.get(_authorise(client, "handler", group="staff"))
    assert answer.status_code == 403
    assert "pääkäyttäjältä" in answer.content.decode()


def test_a_worker_has_the_roles_of_the_day(client: Client) -> None:
    at = datetime(2026, 4, 15, 9, tzinfo=UTC)
    member = add_staff(subject="handler", name="Kaisa Käsittelijä", by=SYSTEM("test"), at=at)
    grant_role(member, role="adviser", by=SYSTEM("test"), at=at, start=date(2020, 1, 1))
    client.get(_authorise(client, "handler", group="staff"))
    page = client.get("/sources/")
    assert page.wsgi_request.actor.roles == {"adviser"}  # type: ignore[attr-defined]


@pytest.mark.django_db(transaction=True)
def test_each_sign_in_is_in_the_log(client: Client) -> None:
    client.get(_authorise(client, "aino"))
    assert [entry.action for entry in latest_entries()] == ["sign-in"]


def test_signing_out_ends_the_session_and_takes_a_post(client: Client) -> None:
    client.get(_authorise(client, "aino"))
    assert client.get("/sign-out/").status_code == 405
    client.post("/sign-out/")
    assert "actor" not in client.session


def test_a_request_to_send_the_reader_elsewhere_is_refused_by_the_provider(client: Client) -> None:
    there = client.post("/sign-in/residents/").headers["Location"]
    changed = there.replace("testserver%2Fsign-in", "elsewhere.example%2Fsign-in")
    assert client.get(changed).status_code == 400


def test_a_request_without_proof_key_is_refused_by_the_provider(client: Client) -> None:
    there = client.post("/sign-in/residents/").headers["Location"]
    assert client.get(there.replace("code_challenge_method=S256", "code_challenge_method=plain")).status_code == 400
