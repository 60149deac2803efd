# SPDX-License-Identifier: EUPL-1.2
"""The organisation's pages: what they show, to whom, in every language; what one may change there."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.test import Client

from ennakko.kernel import organisations
from ennakko.kernel.access import SYSTEM, Actor
from ennakko.kernel.messages.models import Message
from ennakko.kernel.organisations.models import ContactPerson, Organisation
from ennakko.kernel.ui import contributions
from ennakko.kernel.ui.checker import flaws
from ennakko.kernel.ui.contributions import Card
from ennakko.web.tests.organisation_people import CAFE, CLUB, acts, chosen, demo_with_people, identified

AT = datetime(2026, 4, 15, 9, tzinfo=UTC)
ON = date(2026, 4, 15)
LANGUAGES = ("fi", "sv", "en")
PAGES = (
    "/organisation/", "/organisation/messages/", "/organisation/details/", "/organisation/details/contact/",
    "/organisation/details/account/", "/organisation/choose/",
)  # fmt: skip
FINNISH = "FI2112345600000785"
CONTACT = {"name": "Jenni Holopainen", "email": "jenni@example.fi", "phone": "040 1234567", "language": "sv"}


@pytest.fixture(autouse=True)
def _demo(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(contributions, "_given", contributions._Given())
    with demo_with_people(settings, monkeypatch):
        yield


pytestmark = pytest.mark.django_db


def message(number: int, organisation: str = CAFE) -> None:
    Message.objects.create(
        key=f"m{number}", organisation=organisation, template="t", template_version="1", data={}, language="fi",
        planned_at=AT, next_try_at=AT, state="sent", sent_at=AT, sent_channel="email", subject=f"Viesti {number}",
        body="Hei", email="jenni@example.fi",
    )  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("full", [False, True])
def test_every_page_is_sound_empty_and_full(client: Client, language: str, full: bool) -> None:
    acts(client)
    if full:
        fill()
    for address in PAGES:
        answer = client.get(address, headers={"accept-language": language})
        assert answer.status_code == 200, address
        assert flaws(answer.content.decode(), language=language) == [], address


def fill() -> None:
    """One of everything."""
    row, by = Organisation.objects.get(), SYSTEM("test")
    organisations.use_contact(row, **CONTACT, actor=by, at=AT, on=ON)
    organisations.use_account(row, FINNISH, actor=by, at=AT, on=date(2026, 1, 2))
    organisations.use_account(row, "FI5542345670000081", actor=by, at=AT, on=ON)
    organisations.record_aid(
        row, reference="a", granter="Kaupunki", granted_on=ON, amount_cents=35_000, actor=by, at=AT
    )
    message(1)
    contributions.contribute("test", organisation_waiting=cards, organisation_ongoing=cards, organisation_done=cards)


def cards(actor: Actor, on: date) -> list[Card]:
    assert actor.organisation == CAFE
    return [Card(title="Kesäseteli 31n-022", words="Sanoja", url="/organisation/", action="Avaa", until=ON, on=ON)]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("slug", ["henrik", "ville"])
def test_the_choice_and_the_page_without_a_mandate_are_sound(client: Client, language: str, slug: str) -> None:
    page = identified(client, slug).headers["Location"]
    answer = client.get(page, headers={"accept-language": language})
    assert flaws(answer.content.decode(), language=language) == []
    chosen(client, page, CLUB, do="choose" if slug == "henrik" else "none")
    answer = client.get("/organisation/choose/?next=/organisation/details/", headers={"accept-language": language})
    assert flaws(answer.content.decode(), language=language) == []


def test_an_empty_page_says_what_will_come(client: Client) -> None:
    acts(client)
    page = client.get("/organisation/", headers={"accept-language": "en"}).content.decode()
    for words in (
        "Ready-made offers and the city's questions come here",
        "followed here until it is decided",
        "No payments yet",
        "Decisions come here, with their reasons",
    ):
        assert words in page, words


def test_the_page_takes_the_same_number_of_queries_however_much_there_is(
    client: Client, django_assert_max_num_queries: Any
) -> None:
    acts(client)
    fill()
    for number in range(2, 40):
        message(number)
    with django_assert_max_num_queries(14):
        client.get("/organisation/")
    with django_assert_max_num_queries(14):
        client.get("/organisation/details/")


def test_a_colleague_sees_the_same_and_another_organisation_nothing_of_it(client: Client) -> None:
    acts(client, "petri")
    client.post("/organisation/details/contact/", CONTACT)
    message(1)
    colleague, other = Client(), Client()
    acts(colleague, "jenni")
    assert "jenni@example.fi" in colleague.get("/organisation/").content.decode()
    assert "Viesti 1" in colleague.get("/organisation/messages/").content.decode()
    acts(other, "henrik", CLUB)
    for address in PAGES:
        assert "jenni@example.fi" not in other.get(address).content.decode()
        assert "Viesti 1" not in other.get(address).content.decode()


def test_the_contact_person_is_saved_and_a_wrong_address_is_told_at_its_field(client: Client) -> None:
    acts(client)
    wrong = client.post(
        "/organisation/details/contact/", {**CONTACT, "email": "jenni@"}, headers={"accept-language": "en"}
    )
    assert wrong.status_code == 422
    assert "name@example.fi" in wrong.content.decode()
    assert "Jenni Holopainen" in wrong.content.decode()
    assert flaws(wrong.content.decode(), language="en") == []
    assert client.post("/organisation/details/contact/", CONTACT).headers["Location"] == "/organisation/details/"
    assert ContactPerson.objects.get().language == "sv"


def test_the_account_is_saved_and_a_wrong_one_keeps_what_was_typed(client: Client) -> None:
    acts(client)
    address = "/organisation/details/account/"
    wrong = client.post(address, {"iban": "FI21 1234 5600 0007 86"}, headers={"accept-language": "en"})
    assert wrong.status_code == 422
    assert "FI21 1234 5600 0007 86" in wrong.content.decode()
    abroad = client.post(address, {"iban": "EE382200221020145685", "bic": "HABAEE2X"})
    assert abroad.status_code == 422
    assert "<details open" in abroad.content.decode() or " open>" in abroad.content.decode()
    assert client.post(address, {"iban": "FI21 1234 5600 0007 85"}).status_code == 302
    assert "FI21\xa01234\xa05600\xa00007\xa085" in client.get("/organisation/details/").content.decode()


def test_a_mandate_for_employment_matters_does_not_reach_the_account_and_the_page_says_why(client: Client) -> None:
    acts(client, "jenni")
    assert client.get("/organisation/details/account/").status_code == 403
    assert client.post("/organisation/details/account/", {"iban": FINNISH}).status_code == 403
    page = client.get("/organisation/details/", headers={"accept-language": "en"}).content.decode()
    assert "mandate to apply for grants and subsidies" in page
    assert client.get("/organisation/details/contact/").status_code == 200


@pytest.mark.parametrize(
    "told", [{}, {"service": "x", "offers": "no"}, {"service": "summer-voucher", "offers": "perhaps"}]
)
def test_a_wish_that_cannot_be_understood_changes_nothing(client: Client, told: dict[str, str]) -> None:
    acts(client)
    answer = client.post("/organisation/details/wish", told, follow=True, headers={"accept-language": "en"})
    assert "Choose yes or no." in answer.content.decode()
    assert organisations.unwilling("summer-voucher") == frozenset()


def test_the_front_page_and_the_menu_know_the_organisation(client: Client) -> None:
    acts(client)
    page = client.get("/", headers={"accept-language": "en"}).content.decode()
    assert "To the organisation's page" in page
    assert "Kahvila Aamukaste Oy" in page
    assert 'href="/organisation/details/"' in page
    assert 'href="/my/switches/"' not in page
