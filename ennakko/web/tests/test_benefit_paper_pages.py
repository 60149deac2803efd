# SPDX-License-Identifier: EUPL-1.2
"""A paper application of the hiring benefit at the counter: taken once, each slip told, the wider dates of staff."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from ennakko.kernel import clock, documents
from ennakko.kernel.documents.tests.make import pdf
from ennakko.services.hiring_benefit.models import Application, Calculation
from ennakko.services.hiring_benefit.tests import town as t
from ennakko.web.tests import employers as e

pytestmark = pytest.mark.django_db
PAGE = "/hiring-benefit/desk/paper/"


@pytest.fixture(autouse=True)
def _a_town(tmp_path: Any, settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.VAR = tmp_path
    t.town(tmp_path / "a", t.Resident(1, t.BORN))
    t.organisation()
    monkeypatch.setattr(clock, "now", lambda: t.AT)
    monkeypatch.setattr(clock, "today", lambda: t.ON)
    monkeypatch.setattr(clock, "wall", lambda: t.WALL)


@pytest.fixture
def ritva() -> Client:
    return e.comes(t.handler())


def file(name: str = "paperi.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, pdf(), "application/pdf")


def form(**told: Any) -> dict[str, Any]:
    """The paper as it is written down."""
    return {
        "key": "k" * 32, "business_id": t.CAFE, "received_on": "2026-02-26", "language": "fi", "iban": t.IBAN,
        "contact_first_name": "Petri", "contact_last_name": "Laakso", "contact_phone": "040 123 4567",
        "contact_email": "petri@aamukaste.example", "de_minimis_aid": "no", "negotiations": "no",
        "first_name": "Noora", "last_name": "Salo", "identity_code": t.EMPLOYEE, "lives_here": "yes",
        "job_title": "Kokki", "start": "2026-02-01", "end": "2026-07-31", "weekly_hours": "37,5",
        "monthly_pay": "2600", "vacation_money": "0", "other_expenses": "520", "apprenticeship": "no",
        "pay_subsidy": "not_granted", "collective_agreement": "Marava", "role_description": "Ruoanlaitto.",
        "signed": "on", "full_application": file(), "employment_contract": file("sopimus.pdf"),
    } | told  # fmt: skip


@pytest.mark.parametrize("language", e.LANGUAGES)
def test_the_page_is_sound(ritva: Client, language: str) -> None:
    e.reads(ritva, PAGE, language=language)


def test_a_paper_application_is_written_down_once_with_its_papers(ritva: Client) -> None:
    where = e.led(ritva, PAGE, form())
    row = Application.objects.get()
    assert where == f"/hiring-benefit/desk/{row.case.number}/"
    assert (row.origin, row.case.source, str(row.received_on)) == ("paper", "paper", "2026-02-26")
    assert (row.employee.consent, row.sent_by_name) == ("on_paper", "Ritva")
    assert {one.kind for one in documents.of(f"case:{row.case_id}")} == {"full_application", "employment_contract"}
    assert Calculation.objects.get().total_cents == 900_000
    e.led(ritva, PAGE, form(full_application=file(), employment_contract=file()))
    assert Application.objects.count() == 1
    assert "paperilla" in e.reads(ritva, where)


def test_staff_may_write_down_what_began_longer_ago_than_four_months(ritva: Client) -> None:
    e.led(ritva, PAGE, form(start="2025-09-01", end="2026-03-31"))
    assert Application.objects.get().start == t.date(2025, 9, 1)


def test_an_unsigned_paper_asks_for_the_employees_word_later(ritva: Client) -> None:
    told = form()
    del told["signed"]
    e.led(ritva, PAGE, told)
    assert Application.objects.get().employee.consent == "not_asked"


@pytest.mark.parametrize(
    ("told", "says"),
    [
        ({"business_id": "123"}, "Tarkista Y-tunnus"),
        ({"received_on": "2026-03-03"}, "viimeistään tänään"),
        ({"received_on": ""}, "viimeistään tänään"),
        ({"identity_code": "210590-0000"}, "Tarkista henkilötunnus"),
        ({"iban": ""}, "tilinumero"),
        ({"end": "2026-01-01"}, ""),
        ({"full_application": ""}, "Lisää liite: Paperihakemus."),
        ({"employment_contract": ""}, "Lisää liite: Työsopimus."),
        ({"full_application": SimpleUploadedFile("a.exe", b"MZ", "application/pdf")}, "a.exe"),
        ({"monthly_pay": "paljon"}, "hds-text-input--invalid"),
        ({"negotiations": ""}, "neuvottelu"),
    ],
)
def test_each_slip_has_its_own_answer_and_nothing_is_stored(ritva: Client, told: dict[str, Any], says: str) -> None:
    html = e.reads(ritva, PAGE, data=form(**told), status=422)
    assert says in html
    assert 'value="Noora"' in html, "what was typed is kept"
    assert not Application.objects.exists()


def test_an_adviser_writes_it_down_and_others_do_not() -> None:
    adviser = e.comes(t.staff("Joonas", "adviser"))
    assert e.led(adviser, PAGE, form()) == PAGE
    for who in (t.official(), t.staff("Harri", "director")):
        assert e.comes(who).get(PAGE).status_code == 403
