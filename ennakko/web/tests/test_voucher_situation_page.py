# SPDX-License-Identifier: EUPL-1.2
"""The director's page of the summer voucher: who sees it, what it shows, and what it never shows."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from ennakko.kernel import clock, offers
from ennakko.kernel.access import SYSTEM, Actor, grant_role
from ennakko.kernel.access.models import StaffMember
from ennakko.kernel.ui.checker import flaws
from ennakko.services.summer_voucher.queries import own
from ennakko.services.summer_voucher.tests import town as t
from ennakko.web.signin.session import KEY

pytestmark = [pytest.mark.slow, pytest.mark.django_db]
PAGE = "/summer-voucher/situation/"
LANGUAGES = ("fi", "sv", "en")


@pytest.fixture(autouse=True)
def _day(monkeypatch: Any) -> None:
    monkeypatch.setattr(clock, "today", lambda: t.ON)
    monkeypatch.setattr(clock, "now", lambda: t.AT)


def signs_in(client: Client, actor: Actor) -> None:
    if actor.staff:
        member = StaffMember.objects.get(pk=actor.staff)
        for role in actor.roles:
            grant_role(member, role=role, by=SYSTEM("test"), at=t.AT, start=date(2020, 1, 1))
    session = client.session
    session[KEY] = {
        "kind": actor.kind, "reference": actor.reference, "person": actor.person, "staff": actor.staff,
        "name": actor.name, "strong": True,
    }  # fmt: skip
    session.save()


def a_town(folder, *, declining: int = 0, residents: int = 30) -> None:
    t.town(folder, *(t.youth(person) for person in range(1, residents + 1)), t.youth(90, t.FIFTEEN))
    t.released()
    for person in range(1, 1 + declining):
        actor = t.resident(person)
        offers.answer(own.offer_of(actor, on=t.ON), "declined", actor=actor, at=t.AT, on=t.ON)


def read(client: Client, address: str = PAGE, *, language: str = "fi", status: int = 200) -> str:
    answer = client.get(address, headers={"accept-language": language})
    assert answer.status_code == status
    html = answer.content.decode()
    assert flaws(html, language=language) == []
    return html


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_directors_page_is_sound_in_every_language_before_and_after_the_registers(client, tmp_path, language):
    signs_in(client, t.director())
    read(client, language=language)
    a_town(tmp_path / "a", declining=6)
    read(client, f"{PAGE}?ages=15&ages=16&value=400", language=language)
    read(client, f"{PAGE}?value=x", language=language, status=422)


def test_only_those_who_may_see_the_figures_see_them(client, tmp_path):
    assert client.get(PAGE).headers["Location"].startswith("/sign-in/?next=")
    signs_in(client, t.resident(1))
    assert client.get(PAGE).status_code == 403
    signs_in(client, t.handler())
    assert client.get(PAGE).status_code == 403
    a_town(tmp_path / "a")
    signs_in(client, t.official())
    read(client)


def test_the_figures_stand_on_the_page_with_their_day_and_source(client, tmp_path):
    a_town(tmp_path / "a", declining=10)
    signs_in(client, t.director())
    html = read(client)
    assert '<span class="tile__value">30</span>' in html
    assert '<span class="tile__value">10</span>' in html
    assert "15.4.2026" in html
    assert "Väestötietojärjestelmä" in html
    assert "1 750" in html.replace("\xa0", " ")  # 20 vouchers x 350 euros x 25 per cent


def test_a_small_number_is_hidden_and_no_other_figure_tells_it(client, tmp_path):
    a_town(tmp_path / "a", declining=2)
    signs_in(client, t.director())
    html = read(client)
    assert "salattu" in html
    assert '<span class="tile__value">2</span>' not in html
    assert '<span class="tile__value">28</span>' not in html
    assert ">28<" not in html


def test_no_name_nor_number_of_a_person_stands_on_the_page(client, tmp_path):
    a_town(tmp_path / "a", declining=6)
    signs_in(client, t.director())
    html = read(client, f"{PAGE}?ages=15&ages=16&value=400")
    assert "Virtanen" not in html
    assert "posti.example" not in html


def test_what_if_stands_beside_the_present_figure(client, tmp_path):
    a_town(tmp_path / "a", residents=20)
    signs_in(client, t.director())
    html = read(client, f"{PAGE}?ages=16&value=400").replace("\xa0", " ")
    assert "2 100 €" in html  # now: 20 youths x 350 euros x 30 per cent
    assert "2 400 €" in html
    assert "300 € enemmän" in html


def test_a_change_that_touches_few_shows_nothing_of_what_it_touches(client, tmp_path):
    a_town(tmp_path / "a", residents=20)
    signs_in(client, t.director())
    html = read(client, f"{PAGE}?ages=15&ages=16&value=350")
    assert '<td class="numeric">20</td>' in html
    assert '<td class="numeric">21</td>' not in html
    assert "salattu" in html


def test_before_the_registers_are_read_the_page_says_so(client):
    signs_in(client, t.director())
    assert "Rekisterit eivät ole vielä käytössä" in read(client)


def test_what_was_written_wrong_stays_in_the_form(client, tmp_path):
    a_town(tmp_path / "a")
    signs_in(client, t.director())
    html = read(client, f"{PAGE}?ages=16&ages=99&value=0", status=422)
    assert "Kirjoita vähintään 1 euro." in html
    assert "Valitse iät luettelosta." in html
    assert 'value="0"' in html


def test_a_year_that_nobody_has_decided_says_whom_to_ask(client, tmp_path, monkeypatch):
    monkeypatch.setattr(clock, "today", lambda: date(2027, 2, 1))
    monkeypatch.setattr(clock, "now", lambda: datetime(2027, 2, 1, 9, tzinfo=UTC))
    t.town(tmp_path / "a", *(t.youth(person) for person in range(1, 31)), on=date(2027, 1, 31))
    signs_in(client, t.director())
    html = read(client)
    assert "työllisyyspalvelut" in html
    read(client, f"{PAGE}?ages=17&value=400")


def test_the_number_of_queries_does_not_grow_with_the_city(client, tmp_path):
    signs_in(client, t.director())
    a_town(tmp_path / "a", declining=5)
    read(client)
    with CaptureQueriesContext(
        connection,
    ) as few:
        read(client)
    for person in range(6, 26):
        actor = t.resident(person)
        offers.answer(own.offer_of(actor, on=t.ON), "accepted", actor=actor, at=t.AT, on=t.ON)
    with CaptureQueriesContext(connection) as many:
        read(client)
    assert len(many) == len(few)


def test_the_page_is_in_the_directors_menu(client):
    signs_in(client, t.director())
    assert f'href="{reverse("summer-voucher:figures")}"' in client.get("/my/").content.decode()
