# SPDX-License-Identifier: EUPL-1.2
"""Pages of the hiring benefit's money: the employer's payments and changes, the staff's lists and desks; no scripts."""

import re
from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from ennakko.kernel import clock
from ennakko.kernel.audit.models import Read
from ennakko.kernel.documents.models import Document
from ennakko.kernel.documents.tests.make import pdf
from ennakko.services.hiring_benefit.models import AidReport, Alteration, Application, Instalment, TaxCheck
from ennakko.services.hiring_benefit.tests import purse as p
from ennakko.services.hiring_benefit.tests import town as t
from ennakko.web.tests import employers as e

pytestmark = pytest.mark.django_db
OWN, LISTS = "/organisation/hiring-benefit/payments/", "/hiring-benefit/payments/"
TOLD = {"kind": "termination", "last_day": "2026-07-31", "contact": "Petri Laakso"}


@pytest.fixture(autouse=True)
def _a_town(tmp_path: Any, settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.VAR = tmp_path
    t.town(tmp_path / "a", t.Resident(1, t.BORN))
    monkeypatch.setattr(clock, "now", lambda: t.AT)
    monkeypatch.setattr(clock, "today", lambda: t.ON)
    monkeypatch.setattr(clock, "wall", lambda: t.WALL)


def own(application: Application) -> str:
    return f"{OWN}{application.case.number}/"


def staff(application: Application) -> str:
    return f"{LISTS}{application.case.number}/"


def petri() -> Client:
    return e.comes(t.employer())


def ritva() -> Client:
    return e.comes(t.handler())


def outi() -> Client:
    return e.comes(t.official())


def asked_now(application: Application) -> Instalment:
    """The second instalment, its payslip asked for by the clock of these tests."""
    row = p.asked(application)
    Instalment.objects.filter(pk=row.pk).update(asked_at=t.AT)
    return Instalment.objects.get(pk=row.pk)


def plain(html: str) -> str:
    return html.replace("\u00a0", " ").replace("\u202f", " ")


# --- the employer


@pytest.mark.parametrize("language", e.LANGUAGES)
def test_the_employer_sees_both_instalments_with_their_days(language: str) -> None:
    html = e.reads(petri(), own(p.granted()), language=language)
    assert "1.8.2026" in html or "1 August 2026" in html


def test_somebody_else_s_payments_are_not_there() -> None:
    application = p.granted()
    stranger = e.comes(t.employer(t.CLUB, "Vieras"))
    for address in (own(application), f"{own(application)}change/"):
        assert stranger.get(address).status_code == 404
    assert stranger.post(f"{own(application)}payslip").status_code == 404


def test_before_anything_is_granted_there_is_no_such_page() -> None:
    sent = t.an_application()
    assert petri().get(own(sent.application)).status_code == 404


@pytest.mark.parametrize("language", e.LANGUAGES)
def test_the_payslip_is_sent_with_the_assurance_and_what_lacks_is_said_by_its_field(language: str) -> None:
    application, client = p.granted(), petri()
    asked_now(application)
    send = f"{own(application)}payslip"
    e.reads(client, own(application), language=language)
    e.reads(client, send, data={"assured": "on"}, status=422, language=language)
    e.reads(client, send, data={"payslip": SimpleUploadedFile("a.exe", b"MZ")}, status=422, language=language)
    slip = SimpleUploadedFile("palkka.pdf", pdf(), "application/pdf")
    html = e.reads(client, send, data={"payslip": slip}, status=422, language=language)
    assert "palkka.pdf" in html, "what was given is kept"
    e.led(client, send, {"assured": "on"})
    assert p.states(application) == ["accepted", "responded"]


def test_a_payslip_is_removed_before_it_is_sent() -> None:
    application, client = p.granted(), petri()
    p.slip(asked_now(application), t.ON)
    slip = Document.objects.get(kind="payslip")
    e.led(client, f"{own(application)}payslip", {"remove-document": str(slip.pk)})
    assert "palkka.pdf" not in e.reads(client, own(application))


@pytest.mark.parametrize("language", e.LANGUAGES)
def test_a_change_is_told_corrected_and_taken_back(language: str) -> None:
    application, client = p.granted(), petri()
    form = f"{own(application)}change/"
    e.reads(client, form, language=language)
    e.reads(client, form, data={"kind": "x", "last_day": "eilen", "contact": ""}, status=422, language=language)
    e.reads(client, form, data={**TOLD, "last_day": "2025-01-01"}, status=422, language=language)
    assert e.led(client, form, TOLD) == own(application)
    row = Alteration.objects.get()
    fix = f"{form}{row.case.number}/"
    assert "2026-07-31" in e.reads(client, fix, language=language)
    e.led(client, fix, {**TOLD, "last_day": "2026-08-15"})
    row.refresh_from_db()
    assert row.last_day == date(2026, 8, 15)
    e.led(client, f"{fix}take-back", {})
    assert "2026-08-15" not in e.reads(client, form)
    assert Alteration.objects.get().case.state == "cancelled"


def test_the_same_notice_twice_is_refused_in_words() -> None:
    application, client = p.granted(), petri()
    e.led(client, f"{own(application)}change/", TOLD)
    html = e.reads(client, f"{own(application)}change/", data=TOLD, status=422, language="en")
    assert "has been told of already" in html


# --- the staff


@pytest.mark.parametrize("language", e.LANGUAGES)
def test_the_lists_empty_and_full_in_every_language(language: str) -> None:
    client = ritva()
    e.reads(client, LISTS, language=language)
    application = p.granted()
    p.told(application)
    html = e.reads(client, f"{LISTS}?state=waiting&sort=-sum&page=x", language=language)
    assert application.case.number in html
    for state in ("nonsense", "paid", "cancelled"):
        e.reads(client, f"{LISTS}?state={state}", language=language)


def test_the_lists_cost_the_same_however_long() -> None:
    client = ritva()

    def cost() -> int:
        with CaptureQueriesContext(connection) as seen:
            e.reads(client, f"{LISTS}?state=waiting")
        return len(seen)

    p.told(p.granted())
    cost()
    first = cost()
    for number in range(4):
        p.told(p.granted(key=f"more{number}"))
    assert cost() == first


def test_chosen_instalments_are_accepted_in_bulk_and_others_say_why_not() -> None:
    first = p.granted()
    rows = [p.answered(first)]
    second = p.granted(key="k2")
    rows.append(p.instalment(second, 1))
    e.led(ritva(), f"{LISTS}accept", {"instalment": [str(row.pk) for row in rows]})
    assert p.states(first) == ["accepted", "accepted"]
    assert p.states(second) == ["accepted", "waiting"]


@pytest.mark.parametrize("language", e.LANGUAGES)
def test_one_case_shows_what_can_be_done_and_the_look_is_logged(language: str) -> None:
    application = p.granted(of=t.person(1))
    p.answered(application)
    p.told(application)
    html = e.reads(ritva(), staff(application), language=language)
    assert "palkka.pdf" in html
    assert Read.objects.filter(purpose="hiring-benefit").exists()


@pytest.mark.parametrize(
    ("told", "states"),
    [
        ({"do": "accept"}, "accepted"), ({"do": "hold", "why": "Selvitetään"}, "pending"), 
        ({"do": "cancel", "why": "Ei jatkunut"}, "cancelled"), ({"do": "x"}, "waiting"),
        ({"do": "wait", "why": "x"}, "waiting"),
    ],
)  # fmt: skip
def test_one_instalment_is_handled_by_its_buttons(told: dict[str, str], states: str) -> None:
    application = p.granted()
    e.led(ritva(), f"{staff(application)}2/", told)
    assert p.states(application)[1] == states


def test_the_day_is_moved_earlier() -> None:
    application = p.granted()
    e.led(ritva(), f"{staff(application)}2/", {"do": "move", "to": "2026-07-01"})
    assert p.instalment(application, 2).due == date(2026, 7, 1)


@pytest.mark.parametrize("language", e.LANGUAGES)
def test_what_a_step_of_an_instalment_lacks_is_told_by_its_field(language: str) -> None:
    application, client = p.granted(), ritva()
    for told, field in (
        ({"do": "hold"}, "stop2"), ({"do": "cancel", "why": "  "}, "stop2"), ({"do": "move", "to": ""}, "move2"),
        ({"do": "move", "to": "huomenna"}, "move2"), ({"do": "move", "to": "2026-09-01"}, "move2"),
    ):  # fmt: skip
        html = e.reads(client, f"{staff(application)}2/", data=told, status=422, language=language)
        assert f'href="#{field}"' in html, told
        assert f'id="{field}_error"' in html, told
        folded = html.partition(f'id="{field}"')[0].rpartition("<details")[2]
        assert folded.startswith(' class="unfold" open'), told
    assert 'value="2026-09-01"' in html, "what was typed is kept"
    assert p.states(application)[1] == "waiting"


@pytest.mark.parametrize("language", e.LANGUAGES)
def test_a_change_is_not_cancelled_nor_sent_back_without_a_reason_told_by_its_field(language: str) -> None:
    application = p.granted()
    row = p.told(application)
    desk = f"{LISTS}changes/{row.case.number}/"
    html = e.reads(ritva(), f"{desk}do", data={"do": "cancel", "why": " "}, status=422, language=language)
    assert 'href="#cancel-why"' in html
    assert 'id="cancel-why_error"' in html
    p.proposed(row)
    html = e.reads(outi(), f"{desk}do", data={"do": "return"}, status=422, language=language)
    assert 'id="return-why_error"' in html
    assert Alteration.objects.get().case.state == "proposed"


def test_nonsense_in_the_boxes_is_left_out() -> None:
    e.led(ritva(), f"{LISTS}accept", {"instalment": ["²", "9" * 30, "x", ""]})


def test_a_payslip_is_handed_out_as_a_file_and_only_a_payslip() -> None:
    application = p.granted()
    p.answered(application)
    client = ritva()
    slip = Document.objects.get(kind="payslip")
    answer = client.get(f"{staff(application)}payslip/{slip.pk}")
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "application/pdf")
    Document.objects.filter(pk=slip.pk).update(kind="other")
    assert client.get(f"{staff(application)}payslip/{slip.pk}").status_code == 404


@pytest.mark.parametrize("language", e.LANGUAGES)
def test_a_change_goes_from_the_phone_to_a_decision(language: str) -> None:
    application, handler, official = p.granted(), ritva(), outi()
    form = f"{staff(application)}change/"
    e.reads(handler, form, language=language)
    e.reads(handler, form, data={"kind": ""}, status=422, language=language)
    desk = e.led(handler, form, TOLD)
    e.reads(handler, desk, language=language)
    e.led(handler, f"{desk}do", {"do": "open"})
    html = plain(e.reads(handler, f"{desk}?start=2026-12-01&end=2026-12-31", language=language))
    assert "1 500 €" in html or "€1,500" in html
    html = e.reads(handler, f"{desk}?start=x&end=", status=422, language=language)
    assert 'id="count_start_error"' in html
    html = e.reads(handler, f"{desk}?start=2027-12-01&end=2027-12-31", status=422, language=language)
    assert 'id="count_end_error"' in html
    wrong = {"do": "propose", "recoverable": "no", "start": "2026-08-01", "end": "2027-01-31"}
    e.reads(handler, f"{desk}do", data=wrong, status=422, language=language)
    e.reads(handler, f"{desk}do", data={"do": "propose", "start": "x"}, status=422, language=language)
    e.led(handler, f"{desk}do", {**wrong, "recoverable": "yes"})
    e.reads(handler, desk, language=language)
    e.led(official, f"{desk}do", {"do": "return", "why": "Tarkista"})
    e.led(handler, f"{desk}do", {**wrong, "recoverable": "yes"})
    e.reads(official, desk, language=language)
    e.led(official, f"{desk}do", {"do": "decide"})
    e.reads(official, desk, language=language)
    e.reads(petri(), own(application), language=language)
    row = Alteration.objects.get()
    assert (row.case.state, row.deducted_cents) == ("handled", 900_000)
    e.led(official, f"{desk}do", {"do": "annul", "why": "Oikaisu"})
    row.refresh_from_db()
    assert row.annulled_at is not None


def test_the_handler_cannot_decide_and_the_page_offers_no_such_button() -> None:
    application = p.granted()
    row = p.proposed(p.told(application))
    desk = f"{LISTS}changes/{row.case.number}/"
    assert 'value="decide"' not in e.reads(ritva(), desk)
    assert 'value="decide"' in e.reads(outi(), desk)
    assert ritva().post(f"{desk}do", {"do": "decide"}).status_code == 403
    assert Alteration.objects.get().case.state == "proposed"


@pytest.mark.parametrize("language", e.LANGUAGES)
def test_the_register_of_aid_is_downloaded_and_its_answer_entered(language: str) -> None:
    client = ritva()
    application = p.granted(de_minimis=True)
    address = f"{LISTS}aid-register/"
    html = e.reads(client, address, language=language)
    assert application.case.number in html
    assert re.search(r">\d{4}-\d\d-\d\d<", html) is None, "days as people read them"
    assert application.case.number in client.get(f"{address}file").content.decode()
    assert AidReport.objects.get().state == "waiting", "a download changes nothing"
    e.reads(client, address, data={"numbers": " ", "outcome": ""}, status=422, language=language)
    e.led(client, address, {"numbers": f"{application.case.number}\nHL-1", "outcome": "failed", "reason": "TOL"})
    e.reads(client, address, language=language)
    e.led(client, address, {"numbers": application.case.number, "outcome": "taken"})
    assert AidReport.objects.get().state == "taken"


@pytest.mark.parametrize("language", e.LANGUAGES)
def test_an_invoice_list_is_made_once_and_stays_as_it_was(language: str) -> None:
    application = p.granted(900_000, end=date(2026, 7, 31))
    p.bank()
    p.recovered(p.told(application, last_day=date(2026, 4, 30)))
    client, address = ritva(), f"{LISTS}invoices/"
    e.reads(client, address, language=language)
    e.led(client, address, {})
    e.led(client, address, {})
    assert "palkkauslisa_takaisinperinta_" in e.reads(client, address, language=language)
    assert Document.objects.filter(kind="invoice-list").count() == 1
    row = Alteration.objects.get()
    content = client.get(f"{address}{row.invoice_list}").content
    head, line, _ = content.decode("utf-8-sig").split("\r\n")
    assert head.count(";") == 13
    assert line.startswith(f'"{application.case.number}";"1.5.2026 - 31.7.2026";"4500,00";"Kahvila Aamukaste Oy"')
    Application.objects.update(employer_name="Toinen Oy")
    assert client.get(f"{address}{row.invoice_list}").content == content


@pytest.mark.parametrize("path", ["", "aid-register/", "aid-register/file", "invoices/"])
def test_whoever_does_not_handle_the_benefit_is_led_away(path: str) -> None:
    for client in (Client(), petri(), e.comes(t.staff("Vieras", "adviser"))):
        assert client.get(f"{LISTS}{path}").status_code in (302, 403)


def test_the_decision_letter_of_a_recovery_is_there_for_the_employer() -> None:
    row = p.recovered(p.told(p.granted(), last_day=date(2026, 10, 31)))
    html = e.reads(petri(), f"/cases/{row.case.number}/decision/")
    assert "4 500" in plain(html)


@pytest.mark.parametrize("language", e.LANGUAGES)
def test_what_waits_stands_on_everybody_s_first_page(language: str) -> None:
    application = p.granted()
    asked_now(application)
    assert own(application) in e.reads(petri(), "/organisation/", language=language)
    p.proposed(p.told(application))
    for client in (ritva(), outi()):
        assert LISTS in e.reads(client, "/my/", language=language)
    tuula = e.comes(t.staff("Tuula", "finance"))
    assert f"{LISTS}invoices/" in e.reads(tuula, "/my/", language=language)


# --- outside registers


WAGES = [{"paid_on": "2026-06-15", "cents": 260_000, "start": "2026-05-01", "end": "2026-05-31"}]


@pytest.mark.parametrize(("language", "source"), [("fi", "ulorekisteri"), ("sv", "nkomstreg"), ("en", "Incomes")])
def test_the_pay_that_the_register_told_stands_with_its_source_and_no_payslip_is_needed(
    language: str, source: str
) -> None:
    application, client = p.granted(), petri()
    Instalment.objects.filter(pk=asked_now(application).pk).update(wages=WAGES, wages_at=t.AT)
    html = plain(e.reads(client, own(application), language=language))
    assert source in html
    assert "2 600 €" in html or "2,600" in html
    e.led(client, f"{own(application)}payslip", {"assured": "on"})
    assert source in e.reads(ritva(), staff(application), language=language)


@pytest.mark.parametrize(("language", "words"), [("fi", "on velka"), ("sv", "finns en skuld"), ("en", "is a debt")])
def test_a_tax_debt_stands_by_the_instalment_and_paying_needs_words(language: str, words: str) -> None:
    application = p.granted()
    p.answered(application)
    TaxCheck.objects.create(
        application=application, moment="payment", part=2, debt=True, payment_plan=False, checked_on=t.ON,
        asked_at=t.AT,
    )  # fmt: skip
    html = e.reads(ritva(), staff(application), language=language)
    assert words in html
    assert 'id="accept2"' in html
