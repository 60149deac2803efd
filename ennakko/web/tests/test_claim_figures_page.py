# SPDX-License-Identifier: EUPL-1.2
"""The director's page of claims: sound empty and full, small numbers nowhere, what is missing is said."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.test import Client

from ennakko.kernel import clock
from ennakko.services.summer_voucher.actions import nudges
from ennakko.services.summer_voucher.industries import industry_name
from ennakko.services.summer_voucher.tests import market as m
from ennakko.services.summer_voucher.tests import town as t
from ennakko.web.tests import employers as e

pytestmark = [pytest.mark.slow, pytest.mark.django_db]
PAGE = "/summer-voucher/situation/claims/"


@pytest.fixture
def town(tmp_path: Any, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
    settings.VAR = tmp_path
    days(monkeypatch, m.CLAIM_DAY)
    e.a_town(tmp_path / "a", youths=16)
    with m.gate(is_open=True):
        yield


def days(monkeypatch: pytest.MonkeyPatch, on: date) -> None:
    at = datetime(on.year, on.month, on.day, 9, tzinfo=UTC)
    monkeypatch.setattr(clock, "today", lambda: on)
    monkeypatch.setattr(clock, "now", lambda: at)
    monkeypatch.setattr(clock, "wall", lambda: t.WALL)


@pytest.mark.parametrize("language", e.LANGUAGES)
def test_a_season_without_claims_says_so(town: Any, language: str) -> None:
    html = e.reads(e.comes(t.director()), PAGE, language=language)
    assert {"fi": "Kukaan ei ole vielä vastannut", "sv": "Ingen har svarat", "en": "Nobody has answered"}[
        language
    ] in html


@pytest.mark.parametrize("language", e.LANGUAGES)
def test_a_season_is_told_with_its_day_and_source_and_what_the_city_may_not_know(town: Any, language: str) -> None:
    for person in range(1, 9):
        e.claimed(person, hired_without="yes" if person < 6 else "no", job_type="restaurant_and_cafe")
    html = e.reads(e.comes(t.director()), PAGE, language=language).replace("\N{NO-BREAK SPACE}", " ")
    assert {"fi": "2 800 €", "sv": "2 800 €", "en": "€2,800"}[language] in html
    assert {"fi": "20.8.2026", "sv": "20.8.2026", "en": "20 August 2026"}[language] in html
    assert {"fi": "oppilas", "sv": "elev", "en": "pupil"}[language] in html.lower(), "schools need a permit"
    assert "Virtanen" not in html
    assert "Kahvila" not in html


def test_what_is_small_is_hidden(town: Any) -> None:
    for person in (1, 2, 3):
        e.claimed(person)
    html = e.reads(e.comes(t.director()), PAGE)
    assert "salattu" in html
    assert "1 050" not in html.replace("\N{NO-BREAK SPACE}", " "), "three times 350 would tell three"


def test_an_experiment_is_shown_with_its_arms(town: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    may = datetime(2026, 5, 15, 6, tzinfo=UTC)
    nudges.register(may.date(), actor=t.official(), at=may, on=may.date(), seed=1)
    for person in range(1, 13):
        e.claimed(person)
    html = e.reads(e.comes(t.director()), PAGE)
    assert "Kirjattu 15.5.2026" in html
    assert "Muistutus kahden viikon kuluttua" in html


@pytest.mark.parametrize("language", e.LANGUAGES)
def test_who_has_been_told_is_said_as_it_is_on_each_day(
    town: Any, monkeypatch: pytest.MonkeyPatch, language: str
) -> None:
    said = {
        "fi": ("Kirjattu 15.5.2026", "Kaikille kerrotaan viimeistään 29.5.2026", "Kaikille ei ole kerrottu",
               "Kaikille oli kerrottu 29.5.2026 mennessä"),
        "sv": ("Registrerades 15.5.2026", "Alla får veta senast 29.5.2026", "Alla har inte fått veta",
               "Alla hade fått veta senast 29.5.2026"),
        "en": ("Registered 15 May 2026", "Everybody is told by 29 May 2026", "Not everybody has been told",
               "Everybody had been told by 29 May 2026"),
    }[language]  # fmt: skip
    night = datetime(2026, 5, 14, 22, tzinfo=UTC)
    """One o'clock in the night of the fifteenth, here."""
    nudges.register(date(2026, 5, 15), actor=t.official(), at=night, on=date(2026, 5, 15), seed=1)
    director = e.comes(t.director())

    def page(day: int) -> str:
        days(monkeypatch, date(2026, 5, day))
        return e.reads(director, PAGE, language=language).replace("\N{NO-BREAK SPACE}", " ")

    nudges.nudge_due(actor=t.official(), at=night, on=date(2026, 5, 15))
    assert said[0] in page(16)
    assert said[1] in page(16)
    assert said[2] in page(30)
    nudges.nudge_due(actor=t.official(), at=datetime(2026, 5, 29, 6, tzinfo=UTC), on=date(2026, 5, 29))
    assert said[3] in page(30)


def test_a_year_that_is_not_decided_says_whom_to_ask(town: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    days(monkeypatch, date(2027, 2, 1))
    assert "työllisyyspalvelut" in e.reads(e.comes(t.director()), PAGE)


def test_another_year_is_chosen_and_one_that_is_none_is_not_found(town: Any) -> None:
    harri = e.comes(t.director())
    e.reads(harri, f"{PAGE}?year=2026")
    for year in ("1999", "x", ""):
        e.reads(harri, f"{PAGE}?year={year}", status=404)


def test_before_the_first_register_the_page_still_opens(settings: Any, tmp_path: Any) -> None:
    settings.VAR = tmp_path
    e.reads(e.comes(t.director()), PAGE)


def test_only_leaders_see_it(town: Any) -> None:
    assert Client().get(PAGE).headers["Location"].startswith("/sign-in/")
    for wrong in (t.handler(), t.resident(1), m.employer()):
        assert e.comes(wrong).get(PAGE).status_code in (302, 403)


def test_an_industry_is_named_by_its_section() -> None:
    assert industry_name("56302").fi == "56 Majoitus ja ravitsemis"
    assert industry_name("?").en == industry_name("").en == industry_name("40").en == "Not known"
