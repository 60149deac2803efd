# SPDX-License-Identifier: EUPL-1.2
"""The page of what the archive has not taken: in three languages, for the benefit's staff, one POST a retry."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ennakko.connectors.decision_archive.embedded import EmbeddedArchive
from ennakko.kernel import clock
from ennakko.kernel.documents.tests.make import pdf
from ennakko.kernel.records import decision_archive as port
from ennakko.services.hiring_benefit import archive_records
from ennakko.services.hiring_benefit.actions import archiving
from ennakko.services.hiring_benefit.models import ArchiveEvent
from ennakko.services.hiring_benefit.states import BenefitState
from ennakko.services.hiring_benefit.tests import town as t
from ennakko.web.tests import employers as e

pytestmark = pytest.mark.django_db
PAGE = "/hiring-benefit/payments/archive/"


class Refusing(EmbeddedArchive):
    """The demo's archive, which refuses at first."""

    refuses = True

    def open_case(self, matter: port.Matter, *, callback: str) -> str:
        if self.refuses:
            raise port.Rejected("decision archive: HTTP 422")
        return super().open_case(matter, callback=callback)


@pytest.fixture(autouse=True)
def archive(tmp_path: Any, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
    settings.VAR = tmp_path
    for name, value in (("now", t.AT), ("today", t.ON), ("wall", t.WALL)):
        monkeypatch.setattr(clock, name, lambda value=value: value)
    monkeypatch.setattr(archive_records, "make_pdf", lambda html, language, title: pdf())
    before, there = port.archive(), Refusing()
    port.use(there)
    yield there
    port.use(before)


def refused(key: str = "k1") -> str:
    number = t.an_application(state=BenefitState.HANDLING, key=key).case.number
    archiving.run(at=t.AT, wall=t.WALL)
    return number


@pytest.mark.parametrize(
    ("language", "words"),
    [("fi", "Arkisto ei hyväksynyt"), ("sv", "Arkivet godkände inte"), ("en", "did not accept")],
)
def test_the_page_says_why_in_words(language: str, words: str) -> None:
    number = refused()
    html = e.reads(e.comes(t.handler()), PAGE, language=language)
    assert number in html
    assert words in html
    assert "HTTP 422" in html


def test_an_empty_list_says_that_everything_has_gone() -> None:
    assert "Kaikki on mennyt perille" in e.reads(e.comes(t.official()), PAGE, language="fi")


def test_the_button_sends_again_and_tells_what_came_of_it(archive: Refusing) -> None:
    number, client = refused(), e.comes(t.handler())
    assert e.led(client, f"{PAGE}{number}/again", {}) == PAGE
    assert "HTTP 422" in e.reads(client, PAGE)
    archive.refuses = False
    e.led(client, f"{PAGE}{number}/again", {})
    assert "lähetetty arkistoon" in e.reads(client, PAGE, language="fi")
    assert ArchiveEvent.objects.order_by("-pk")[0].state == "case_opened"
    e.led(client, f"{PAGE}{number}/again", {})
    assert "mennä perille" in e.reads(client, PAGE, language="fi")


def test_a_look_sends_nothing_and_others_are_turned_away() -> None:
    number = refused()
    before = ArchiveEvent.objects.count()
    assert e.comes(t.handler()).get(f"{PAGE}{number}/again").status_code == 405
    for actor in (t.staff("Tuula", "finance"), t.staff("Maija", "summer-voucher.handler")):
        assert e.comes(actor).get(PAGE).status_code == 403
        assert e.comes(actor).post(f"{PAGE}{number}/again").status_code == 403
    assert e.comes(t.handler()).post(f"{PAGE}HL-2026-999999/again").status_code == 404
    assert ArchiveEvent.objects.count() == before


def test_a_long_list_asks_the_database_no_more_often() -> None:
    client, found = e.comes(t.handler()), []
    for number in range(4):
        refused(f"k{number}")
        if number in (0, 3):
            e.reads(client, PAGE)
            with CaptureQueriesContext(connection) as asked:
                client.get(PAGE)
            found.append(len(asked))
    assert found[0] == found[1]


def test_it_stands_on_the_workers_first_page() -> None:
    refused()
    assert "Palkkauslisän vienti arkistoon" in e.reads(e.comes(t.handler()), "/my/", language="fi")


def test_what_the_archive_said_is_not_said_twice(archive: Refusing, monkeypatch: pytest.MonkeyPatch) -> None:
    def said(*arguments: Any, **named: Any) -> str:
        raise port.Rejected("Tiedosto on viallinen")

    monkeypatch.setattr(archive, "open_case", said)
    refused()
    assert e.reads(e.comes(t.handler()), PAGE).count("Tiedosto on viallinen") == 1
