# SPDX-License-Identifier: EUPL-1.2
"""Every page in every language: answers, and passes the checker; doors are closed to those they are closed to."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.test import Client
from django.urls import clear_url_caches, reverse

from ennakko.kernel.access import SYSTEM, Actor, add_staff, grant_role
from ennakko.kernel.audit.queries import latest_entries
from ennakko.kernel.ui.checker import flaws
from ennakko.values.identity_code import compose
from ennakko.web import front_figures, urls
from ennakko.web.models import PageFeedback
from ennakko.web.signin.session import KEY

OPEN = ("front", "sign-in", "accessibility", "privacy", "sources")
RESIDENT = ("home", "messages", "looked-up", "switches")
LANGUAGES = ("fi", "sv", "en")
AT = datetime(2026, 4, 15, 9, tzinfo=UTC)

pytestmark = pytest.mark.django_db


def _sign_in(client: Client, actor: Actor) -> None:
    session = client.session
    session[KEY] = {
        "kind": actor.kind, "reference": actor.reference, "person": actor.person, "staff": actor.staff,
        "name": actor.name, "strong": True,
    }  # fmt: skip
    session.save()


def _resident(client: Client, *, person: int | None = 17) -> None:
    _sign_in(client, Actor(kind="resident", reference="r17", person=person, name="Aino Testi", strong=True))


def _worker(client: Client, *roles: str) -> None:
    by = SYSTEM("test")
    member = add_staff(subject="worker", name="Kaisa Käsittelijä", by=by, at=AT)
    for role in roles:
        grant_role(member, role=role, by=by, at=AT, start=date(2020, 1, 1))
    _sign_in(client, Actor(kind="staff", reference="worker", staff=member.pk, name=member.name))


def _checked(client: Client, address: str, language: str, *, status: int = 200) -> str:
    answer = client.get(address, headers={"accept-language": language})
    assert answer.status_code == status
    html = answer.content.decode()
    assert flaws(html, language=language) == []
    return html


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", OPEN)
def test_an_open_page_is_sound(client: Client, name: str, language: str) -> None:
    _checked(client, reverse(name), language)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", RESIDENT)
@pytest.mark.parametrize("person", [17, None])
def test_a_residents_page_is_sound(client: Client, name: str, language: str, person: int | None) -> None:
    _resident(client, person=person)
    _checked(client, reverse(name), language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_administrators_pages_are_sound(client: Client, language: str) -> None:
    _worker(client, "administrator")
    _checked(client, reverse("staff"), language)
    member = add_staff(subject="another", name="Anna Apulainen", by=SYSTEM("test"), at=AT)
    grant_role(member, role="adviser", by=SYSTEM("test"), at=AT, start=date(2020, 1, 1))
    _checked(client, reverse("staff-member", args=[member.pk]), language)
    refused = client.post(reverse("staff"), {"name": ""}, headers={"accept-language": language})
    assert refused.status_code == 422
    assert flaws(refused.content.decode(), language=language) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_data_protection_officers_pages_are_sound(client: Client, language: str) -> None:
    _worker(client, "data-protection-officer")
    _checked(client, reverse("home"), language)
    _checked(client, reverse("audit"), language)
    checked = client.post(reverse("audit-verify"), headers={"accept-language": language})
    assert flaws(checked.content.decode(), language=language) == []


@pytest.mark.django_db(transaction=True)
def test_a_look_by_the_data_protection_officer_is_itself_logged(client: Client, monkeypatch: Any) -> None:
    _worker(client, "data-protection-officer")
    monkeypatch.setattr("ennakko.web.pages_audit.registers.find_person", lambda code: 17)
    told = {"code": compose(date(2010, 1, 1), 27), "reason": "A complaint"}
    html = client.post(reverse("audit"), told).content.decode()
    assert flaws(html, language="fi") == []
    assert latest_entries()[0].action == "audit.inspect"


@pytest.mark.parametrize("language", LANGUAGES)
def test_error_pages_are_sound_and_carry_a_reference(client: Client, language: str) -> None:
    html = _checked(client, "/nothing-here/", language, status=404)
    reference = client.get("/nothing-here/").headers["X-Reference"]
    assert len(reference) == 8
    assert "Et ole" not in html
    _resident(client)
    _checked(client, reverse("audit"), language, status=403)


def test_a_refusal_says_why(client: Client) -> None:
    _worker(client, "adviser")
    answer = client.get(reverse("staff"))
    assert answer.status_code == 403
    assert "Pääkäyttäjä" in answer.content.decode() or "pääkäyttäj" in answer.content.decode()


def test_a_fault_of_ours_tells_the_reference_and_that_nothing_was_lost(client: Client, monkeypatch: Any) -> None:
    def broken(*arguments: Any, **named: Any) -> None:
        raise RuntimeError("the clock fell down")

    monkeypatch.setattr("ennakko.web.pages_front.front_figures.of_this_month", broken)
    client.raise_request_exception = False
    answer = client.get("/")
    html = answer.content.decode()
    assert answer.status_code == 500
    assert answer.headers["X-Reference"] in html
    assert "tallessa" in html
    assert "the clock fell down" not in html


@pytest.mark.parametrize("name", [*RESIDENT, "staff", "audit"])
def test_a_closed_page_leads_to_sign_in_and_back(client: Client, name: str) -> None:
    answer = client.get(reverse(name) + "?page=2")
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith("/sign-in/?next=")
    assert reverse(name).replace("/", "%2F") in answer.headers["Location"]


@pytest.mark.parametrize("name", ["staff", "audit"])
def test_a_resident_does_not_enter_the_citys_own_pages(client: Client, name: str) -> None:
    _resident(client)
    assert client.get(reverse(name)).status_code == 403


@pytest.mark.parametrize("name", ["language", "feedback", "sign-out", "switch", "audit-verify"])
def test_what_changes_something_takes_a_post_only(client: Client, name: str) -> None:
    assert client.get(reverse(name)).status_code == 405


@pytest.mark.parametrize("name", ["language", "feedback", "sign-out", "switch"])
def test_a_form_of_another_site_is_refused(name: str) -> None:
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(reverse(name), {"language": "sv"}).status_code == 403


def test_the_language_switch_stays_on_the_page_and_is_remembered(client: Client) -> None:
    answer = client.post("/language/", {"language": "sv", "next": "/sources/?a=1"})
    assert answer.headers["Location"] == "/sources/?a=1"
    assert 'lang="sv"' in client.get("/sources/").content.decode()


@pytest.mark.parametrize("outside", ["https://elsewhere.example/", "//elsewhere.example", "javascript:alert(1)", ""])
def test_the_language_switch_never_leads_out_of_the_site(client: Client, outside: str) -> None:
    assert client.post("/language/", {"language": "sv", "next": outside}).headers["Location"] == "/"


def test_an_unknown_language_is_ignored(client: Client) -> None:
    assert "language" not in client.post("/language/", {"language": "xx"}).cookies


def test_one_tap_of_feedback_is_counted_without_telling_who(client: Client) -> None:
    _resident(client)
    client.post("/feedback/", {"route": "sources", "worked": "no", "next": "/sources/"})
    assert list(PageFeedback.objects.values_list("route", "worked")) == [("sources", False)]


def test_feedback_on_a_page_that_does_not_exist_is_not_kept(client: Client) -> None:
    client.post("/feedback/", {"route": "made-up", "worked": "yes"})
    assert not PageFeedback.objects.exists()


def test_pages_carry_the_protecting_headers(client: Client) -> None:
    headers = client.get("/").headers
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert "camera=()" in headers["Permissions-Policy"]
    assert headers["Cache-Control"] == "no-store"


def test_the_process_says_it_is_alive_and_that_without_registers_it_is_not_ready(client: Client) -> None:
    assert client.get("/health").json() == {"status": "alive"}
    answer = client.get("/ready")
    assert answer.status_code == 503
    assert answer.json()["database"] == "ok"
    assert answer.json()["registers"] == "failed"


@pytest.fixture
def _demo_pages(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    settings.DEMO = True
    monkeypatch.setattr(urls, "urlpatterns", urls.addresses(demo=True))
    clear_url_caches()
    yield
    clear_url_caches()


@pytest.fixture
def _no_demo_pages(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    settings.DEMO = False
    monkeypatch.setattr(urls, "urlpatterns", urls.addresses(demo=False))
    clear_url_caches()
    yield
    clear_url_caches()


@pytest.mark.usefixtures("_demo_pages")
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_demos_pages_are_sound(client: Client, language: str) -> None:
    _checked(client, "/demo/clock/", language)
    _checked(client, "/demo/mailbox/", language)


@pytest.mark.usefixtures("_demo_pages")
@pytest.mark.parametrize(
    ("days", "words"), [("", "esimerkiksi 7"), ("x", "numeroin"), ("0", "vähintään 1"), ("999", "enintään 366")]
)
def test_a_wrong_number_of_days_is_answered_with_what_is_needed(client: Client, days: str, words: str) -> None:
    answer = client.post("/demo/clock/", {"days": days})
    html = answer.content.decode()
    assert answer.status_code == 422
    assert words in html
    assert flaws(html, language="fi") == []


@pytest.mark.usefixtures("_no_demo_pages")
def test_outside_the_demo_its_pages_do_not_exist(client: Client) -> None:
    for address in ("/demo/clock/", "/demo/mailbox/", "/demo/identity/residents/jwks"):
        assert client.get(address).status_code == 404


def test_the_front_pages_map_knows_every_district() -> None:
    codes = [feature["properties"]["code"] for feature in front_figures.areas()["features"]]
    assert len(codes) == len(set(codes)) == 34
