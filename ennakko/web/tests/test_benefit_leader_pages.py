# SPDX-License-Identifier: EUPL-1.2
"""The director's pages of the hiring benefit, and where an employer tells what became of the work; without scripts."""

import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from ennakko.kernel import clock
from ennakko.kernel.audit.models import Read
from ennakko.kernel.messages.models import Message
from ennakko.services.hiring_benefit.models import Application, EmploymentCheck
from ennakko.services.hiring_benefit.roles import DIRECTOR
from ennakko.services.hiring_benefit.tests import test_benefit_figures as figured
from ennakko.services.hiring_benefit.tests import town as t
from ennakko.web.tests import employers as e

pytestmark = pytest.mark.django_db
SITUATION, SIMULATION, STATISTICS = (
    f"/hiring-benefit/{name}/" for name in ("situation", "simulation", "statistics")
)  # fmt: skip
OUTCOMES = "/organisation/hiring-benefit/employment/"
HINTS = "/hiring-benefit/employers/"
LEADERS_PAGES = (SITUATION, SIMULATION, STATISTICS)


@pytest.fixture(autouse=True)
def _a_town(tmp_path: Any, settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.VAR = tmp_path
    t.town(tmp_path / "a", t.Resident(1, t.BORN), t.Resident(2, t.BORN))
    monkeypatch.setattr(clock, "now", lambda: t.AT)
    monkeypatch.setattr(clock, "today", lambda: t.ON)
    monkeypatch.setattr(clock, "wall", lambda: t.WALL)


@pytest.fixture
def tiina() -> Client:
    return e.comes(t.staff("Tiina", DIRECTOR))


def asked_about(number: int = 0, months: int = 6) -> EmploymentCheck:
    """The question to the café about somebody's work."""
    sent = figured.granted(number)
    sent.application.organisation = t.CAFE
    sent.application.save(update_fields=["organisation"])
    return EmploymentCheck.objects.create(
        application=sent.application, after_months=months, due_on=t.ON, asked_at=t.AT
    )  # fmt: skip


def cost(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as seen:
        e.reads(client, address)
    return len(seen)


@pytest.mark.parametrize("language", e.LANGUAGES)
@pytest.mark.parametrize("page", LEADERS_PAGES)
def test_a_leaders_page_is_sound_when_empty_and_with_a_years_benefits(tiina: Client, page: str, language: str) -> None:
    e.reads(tiina, page, language=language)
    figured.many(12)
    figured.protected(40)
    html = e.reads(tiina, page, language=language)
    assert "Salo" not in html, "a leader's page names no employee"


@pytest.mark.parametrize("page", LEADERS_PAGES)
def test_nobody_but_leaders_and_officials_opens_a_leaders_page(page: str) -> None:
    assert Client().get(page).status_code == 302
    for other in (t.handler(), t.employer(), t.resident(1)):
        assert e.comes(other).get(page).status_code in (302, 403), other
    e.reads(e.comes(t.official()), page)


@pytest.mark.parametrize("page", [SITUATION, f"{SIMULATION}?reform=sixty_per_cent", STATISTICS])
def test_a_leaders_page_costs_the_same_however_much_there_is(tiina: Client, page: str) -> None:
    figured.many(6)
    cost(tiina, page)
    few = cost(tiina, page)
    for number in range(10, 22):
        figured.granted(number)
    assert cost(tiina, page) == few


def test_the_situation_of_a_year_that_nobody_knows_is_not_found(tiina: Client) -> None:
    for year in ("1999", "x", ""):
        assert tiina.get(SITUATION, {"year": year}).status_code == 404


@pytest.mark.parametrize("language", e.LANGUAGES)
def test_each_reform_is_counted_beside_the_rule_in_force(tiina: Client, language: str) -> None:
    figured.many(12)
    for reform in ("sixty_per_cent", "nine_months", "no_cap_under_30", "own"):
        e.reads(tiina, f"{SIMULATION}?reform={reform}&share=60&month=1600", language=language)
    e.reads(tiina, f"{SIMULATION}?reform=own&share=x&month=", status=422, language=language)


def test_the_statistics_are_given_for_a_purpose_and_the_reading_is_logged(tiina: Client) -> None:
    figured.many(2)
    e.reads(tiina, STATISTICS, status=422, data={"purpose": ""})
    before = Read.objects.count()
    answer = tiina.post(STATISTICS, {"purpose": "Vuosikertomus"})
    assert (answer.status_code, answer.headers["Content-Type"].split(";")[0]) == (200, "text/csv")
    assert Read.objects.count() > before


@pytest.mark.parametrize("language", e.LANGUAGES)
def test_an_employer_tells_whether_the_work_goes_on_in_every_language(language: str) -> None:
    petri = e.comes(t.employer())
    e.reads(petri, OUTCOMES, language=language)
    check = asked_about()
    assert "Noora" in e.reads(petri, OUTCOMES, language=language)
    assert petri.get(f"{OUTCOMES}{check.pk}/tell").status_code == 405, "opening an address answers nothing"
    assert petri.post(f"{OUTCOMES}{check.pk}/tell", {"answer": "perhaps"}).status_code == 404
    assert e.led(petri, f"{OUTCOMES}{check.pk}/tell", {"answer": "yes"}) == OUTCOMES
    check.refresh_from_db()
    assert check.still_employed is True
    assert "Noora" not in e.reads(petri, OUTCOMES, language=language)


def test_another_employer_a_resident_and_staff_answer_nothing() -> None:
    check = asked_about()
    stranger = e.comes(t.employer(figured.business(999_000)))
    assert stranger.post(f"{OUTCOMES}{check.pk}/tell", {"answer": "no"}).status_code == 404
    assert "Noora" not in stranger.get(OUTCOMES).content.decode()
    for other in (t.resident(1), t.handler()):
        client = e.comes(other)
        assert client.get(OUTCOMES).status_code in (302, 403)
        assert client.post(f"{OUTCOMES}{check.pk}/tell", {"answer": "no"}).status_code in (302, 403)
    check.refresh_from_db()
    assert check.still_employed is None


def test_the_questions_cost_the_same_however_many() -> None:
    petri = e.comes(t.employer())
    asked_about(0)
    cost(petri, OUTCOMES)
    one = cost(petri, OUTCOMES)
    for number in range(1, 6):
        asked_about(number, 12)
    assert cost(petri, OUTCOMES) == one


@pytest.mark.parametrize("language", e.LANGUAGES)
def test_the_official_sees_whom_the_message_would_reach_and_lets_it_go(language: str) -> None:
    outi = e.comes(t.official())
    e.reads(outi, HINTS, language=language)
    figured.paid_on(t.ON, 1)
    figured.contact(t.CAFE, "petri@kahvila.example")
    html = e.reads(outi, HINTS, language=language)
    assert t.CAFE in html
    assert "/hiring-benefit/estimate/" in html
    assert "petri@kahvila.example" not in html
    assert not Message.objects.exists(), "looking sends nothing"
    assert e.led(outi, f"{HINTS}release", {}) == HINTS
    assert Message.objects.count() == 1
    assert t.CAFE not in e.reads(outi, HINTS, language=language)


def test_nobody_else_lets_the_message_go(tiina: Client) -> None:
    figured.paid_on(t.ON, 1)
    figured.contact(t.CAFE, "petri@kahvila.example")
    for other in (tiina, e.comes(t.handler()), e.comes(t.employer())):
        assert other.get(HINTS).status_code in (302, 403)
        assert other.post(f"{HINTS}release").status_code in (302, 403)
    assert not Message.objects.exists()


@pytest.mark.parametrize(
    ("language", "words"), [("fi", "Muut yhteensä: "), ("sv", "Övriga sammanlagt: "), ("en", "The others together: ")]
)
def test_groups_too_small_to_tell_are_told_together(tiina: Client, language: str, words: str) -> None:
    for number in range(11):
        sent = figured.granted(number)
        industry = "47110" if number < 5 else ("56302", "62010", "96020")[number % 3]
        Application.objects.filter(pk=sent.application.pk).update(industry=industry)
    html = e.reads(tiina, SITUATION, language=language)
    together = html.partition(words)[2].partition("</tr>")[0]
    assert re.search(r">6</td>", together), "eleven in all, five of them in the trade that is told"
    assert re.search(r"\d\s*€|€\d", together.replace("\N{NO-BREAK SPACE}", " "))
