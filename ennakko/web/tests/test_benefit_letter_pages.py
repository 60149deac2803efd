# SPDX-License-Identifier: EUPL-1.2
"""The benefit letter's pages: what the resident, the adviser and an employer see and do, without scripts."""

from datetime import date
from typing import Any

import pytest
from django.test import Client

from ennakko.kernel import clock
from ennakko.kernel.access.roles import ADVISER
from ennakko.kernel.registers.tests.small_city import Resident
from ennakko.kernel.ui.checker import flaws
from ennakko.services.hiring_benefit import codes
from ennakko.services.hiring_benefit.models import BenefitLetter
from ennakko.services.hiring_benefit.tests import town as t
from ennakko.web.tests.test_voucher_situation_page import signs_in

pytestmark = pytest.mark.django_db
OWN = "/hiring-benefit/letter/"
AGREED = {"consents": "on", "waives": "on", "language": "sv"}


@pytest.fixture(autouse=True)
def _day(monkeypatch: Any, settings: Any) -> None:
    settings.DEMO = True
    monkeypatch.setattr(clock, "today", lambda: t.ON)
    monkeypatch.setattr(clock, "now", lambda: t.AT)
    monkeypatch.setattr(clock, "wall", lambda: t.WALL)


def seeker(number: int = 1, since: date = date(2025, 9, 1)) -> Resident:
    return Resident(number, birth_date=date(1990, 5, 21), unemployed_since=since, names=("Noora", "Salo"))


def read(client: Client, address: str, *, status: int = 200, language: str = "fi", data: Any = None) -> str:
    headers = {"accept-language": language}
    answer = client.get(address, headers=headers) if data is None else client.post(address, data, headers=headers)
    assert answer.status_code == status, answer.headers.get("Location")
    html = answer.content.decode()
    assert flaws(html, language=language) == []
    return html


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_the_resident_orders_prints_and_withdraws(client: Client, tmp_path: Any, language: str) -> None:
    t.town(tmp_path / "a", seeker())
    signs_in(client, t.resident(1))
    read(client, OWN, language=language)
    read(client, OWN, data={"language": "en"}, status=422, language=language)
    assert client.post(OWN, AGREED).status_code == 302
    code = codes.code_of(BenefitLetter.objects.get())
    assert code in read(client, OWN, language=language)
    sheet = read(client, f"{OWN}paper/", language=language)
    assert code in sheet
    assert "Högst 1\xa0500\xa0€ i månaden" in sheet
    assert client.get(f"{OWN}letter.pdf").headers["Content-Type"] == "application/pdf"
    assert client.post(f"{OWN}withdraw").status_code == 302
    assert client.get(f"{OWN}paper/").status_code == 404
    assert client.get(f"{OWN}letter.pdf").status_code == 404


def test_one_whose_unemployment_is_short_is_told_when_to_come_again(client: Client, tmp_path: Any) -> None:
    t.town(tmp_path / "a", seeker(since=date(2026, 1, 20)))
    signs_in(client, t.resident(1))
    said = read(client, OWN, data=AGREED, status=422, language="en")
    assert "20 April 2026" in said
    assert "Nothing was kept of this" in said


def test_withdrawing_needs_a_post(client: Client, tmp_path: Any) -> None:
    t.town(tmp_path / "a", seeker())
    signs_in(client, t.resident(1))
    client.post(OWN, AGREED)
    assert client.get(f"{OWN}withdraw").status_code == 405
    assert BenefitLetter.objects.get().state == "in_force"


def test_an_adviser_orders_it_for_one_beside_her_and_does_not_see_the_code(client: Client, tmp_path: Any) -> None:
    t.town(tmp_path / "a", seeker())
    signs_in(client, t.staff("Aila", ADVISER))
    address = f"{OWN}counter/"
    read(client, address, language="en")
    given = {**AGREED, "how": "phone", "identity_code": "not a code"}
    assert "010190-123A" in read(client, address, data=given, status=422, language="en")
    done = client.post(address, {**given, "identity_code": seeker().code}, follow=True).content.decode()
    assert codes.code_of(BenefitLetter.objects.get()) not in done
    unknown = read(client, address, data={**given, "identity_code": seeker(2).code}, status=422, language="en")
    assert "The register does not know" in unknown


def test_the_counter_is_for_advisers(client: Client) -> None:
    signs_in(client, t.handler())
    assert client.get(f"{OWN}counter/").status_code == 403


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_employers_are_told_no_small_number(client: Client, language: str) -> None:
    words = {"fi": "Alle 20", "sv": "Färre än 20", "en": "Fewer than twenty"}
    assert words[language] in read(client, "/hiring-benefit/letters/", language=language)
