# SPDX-License-Identifier: EUPL-1.2
"""What became of a claim: the employer follows, answers, gives an account, takes back; others see nothing."""

import re
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from ennakko.kernel import cases, clock
from ennakko.kernel.offers.models import Offer, Run
from ennakko.services.summer_voucher import offer, same_again
from ennakko.services.summer_voucher.actions import claim_handling
from ennakko.services.summer_voucher.models import ClaimRow, Voucher
from ennakko.services.summer_voucher.tests import market as m
from ennakko.services.summer_voucher.tests import town as t
from ennakko.web.tests import employers as e

pytestmark = pytest.mark.django_db
ASKED = "Milloin nuori aloitti?"


@pytest.fixture(autouse=True)
def _season(tmp_path: Any, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
    settings.VAR = tmp_path
    monkeypatch.setattr(clock, "today", lambda: m.CLAIM_DAY)
    monkeypatch.setattr(clock, "now", lambda: m.CLAIM_AT)
    monkeypatch.setattr(clock, "wall", lambda: t.WALL)
    e.a_town(tmp_path / "a")
    with m.gate(is_open=True):
        yield


@pytest.fixture
def petri() -> Client:
    return e.comes(m.employer())


def asked(person: int = 1) -> Any:
    """A claim about which a handler has asked."""
    case = e.case_of(e.claimed(person, hours="40", confirmed=True))
    return claim_handling.ask_more(case, ASKED, actor=t.handler(), at=m.CLAIM_AT, due=date(2026, 9, 3))


def pages_of(case: Any) -> list[str]:
    row = ClaimRow.objects.select_related("claim").get(case=case)
    return [
        e.HOME, f"{e.HOME}claims/{row.claim.reference}/", f"{e.HOME}case/{case.number}/", f"{e.HOME}data/",
        f"/cases/{case.number}/decision/",
    ]  # fmt: skip


@pytest.mark.parametrize("language", e.LANGUAGES)
def test_a_decided_claim_is_followed_to_the_money(petri: Client, language: str) -> None:
    case = e.case_of(e.claimed(1))
    for address in pages_of(case):
        assert "350" in e.reads(petri, address, language=language), address
    m.pay()
    paid = e.reads(petri, pages_of(case)[1], language=language)
    assert {"fi": "Maksettu, 350", "sv": "Betalat, 350", "en": "Paid, €350"}[language] in paid.replace("\xa0", " ")
    assert {"fi": "20.8.2026", "sv": "20.8.2026", "en": "20 August 2026"}[language] in paid
    assert f"/cases/{case.number}/rectification/" in e.reads(petri, pages_of(case)[2], language=language)


@pytest.mark.parametrize("language", e.LANGUAGES)
def test_what_waits_for_a_person_shows_what_was_told_and_promises_no_sum(petri: Client, language: str) -> None:
    case = e.case_of(e.claimed(1, hours="50,5", pay="620", confirmed="on"))
    for address in pages_of(case)[:3]:
        html = e.reads(petri, address, language=language).split("<main")[1].replace("\xa0", " ")
        assert not re.search(r"\b0 €|€0\b", html), address
    told = e.reads(petri, pages_of(case)[2], language=language).replace("\xa0", " ")
    assert {"fi": "50,5", "sv": "50,5", "en": "50.5"}[language] in told
    assert {"fi": "620 €", "sv": "620 €", "en": "€620"}[language] in told


@pytest.mark.parametrize("language", e.LANGUAGES)
def test_a_question_is_answered_with_figures_and_files_and_the_machine_looks_again(
    petri: Client, language: str
) -> None:
    case = asked()
    page = f"{e.HOME}case/{case.number}/answer/"
    html = e.reads(petri, page, language=language)
    assert ASKED in html
    assert 'value="40"' in html
    wrong = {name.removeprefix("r0-"): value for name, value in e.row(hours="x").items()}
    assert 'value="x"' in e.reads(petri, page, data=wrong, status=422, language=language)
    right = {name.removeprefix("r0-"): value for name, value in e.row().items()}
    e.led(petri, page, right)
    case.refresh_from_db()
    assert case.state == "accepted"
    assert petri.get(page).status_code == 302, "nothing is asked any more"


def test_a_file_of_an_answer_can_be_taken_off_again(petri: Client) -> None:
    case = asked()
    page = f"{e.HOME}case/{case.number}/answer/"
    right = {name.removeprefix("r0-"): value for name, value in e.row(hours="x").items()}
    files = {name.removeprefix("r0-"): value for name, value in e.papers().items()}
    html = e.reads(petri, page, data=right | files, status=422)
    number = html.split('name="remove-document" value="')[1].split('"')[0]
    assert e.led(petri, page, {"remove-document": number}) == page


@pytest.mark.parametrize("language", e.LANGUAGES)
def test_another_account_is_given_after_a_payment_came_back(petri: Client, language: str) -> None:
    case = e.case_of(e.claimed(1))
    page = f"{e.HOME}case/{case.number}/account/"
    assert petri.get(page).status_code == 302, "no payment has come back"
    m.pay("returned", reason="Tiliä ei ole")
    assert "account/" in e.reads(petri, pages_of(case)[1], language=language)
    e.reads(petri, page, language=language)
    wrong = e.reads(petri, page, data={"iban": "FI00 1"}, status=422, language=language)
    assert "FI00 1" in wrong
    e.led(petri, page, {"iban": m.OTHER_IBAN})
    assert petri.get(page).status_code == 302
    e.reads(petri, pages_of(case)[1], language=language)


def test_a_claim_is_taken_back_while_it_is_undecided_and_not_after(petri: Client) -> None:
    open_one, decided = asked(1), e.case_of(e.claimed(2))
    e.led(petri, f"{e.HOME}case/{open_one.number}/withdraw", {})
    open_one.refresh_from_db()
    assert open_one.state == "withdrawn"
    there = e.led(petri, f"{e.HOME}case/{decided.number}/withdraw", {})
    assert "hds-notification--error" in e.reads(petri, there)
    assert petri.get(f"{e.HOME}case/{decided.number}/withdraw").status_code == 405


@pytest.mark.parametrize("language", e.LANGUAGES)
def test_a_request_for_rectification_is_followed_from_the_claim(petri: Client, language: str) -> None:
    case = e.case_of(e.claimed(1))
    page, file = pages_of(case)[2], f"/cases/{case.number}/rectification/"
    assert file in e.reads(petri, page, language=language)
    there = e.led(petri, file, {"words": "The sum is too small."})
    html = e.reads(petri, page, language=language)
    assert there in html
    assert file not in html
    assert {"fi": "Saapunut", "sv": "Inkommen", "en": "Received"}[language] in html.split(there)[1][:300]


def test_employer_and_handler_write_to_each_other(petri: Client) -> None:
    case = e.case_of(e.claimed(1, hours="40", confirmed=True))
    page, ritva = f"{e.HOME}case/{case.number}/", e.comes(t.handler())
    assert "hds-notification--error" in e.reads(petri, f"{page}write", data={"words": " "}, status=422)
    e.led(petri, f"{page}write", {"words": "Tunnit ovat oikein."})
    desk = f"{e.QUEUE}case/{case.number}/"
    assert "Tunnit ovat oikein." in e.reads(ritva, desk)
    assert "Uusi viesti" in e.reads(ritva, e.QUEUE)
    e.led(ritva, f"{desk}write", {"words": "Kiitos, katson."})
    assert "Uusi viesti" not in e.reads(ritva, e.QUEUE)
    assert "Käsittelijältä on uusi viesti" in e.reads(petri, page)
    e.led(petri, f"{page}read", {})
    html = e.reads(petri, page)
    assert "Käsittelijältä on uusi viesti" not in html
    assert "Kiitos, katson." in html
    assert "Ritva" not in html, "who handles it is told nowhere"


def test_documents_are_handed_out_to_their_own_alone(petri: Client) -> None:
    case = e.case_of(e.claimed(1))
    html = e.reads(petri, f"{e.HOME}case/{case.number}/")
    address = next(part.split('"')[0] for part in html.split('href="') if "/document/" in part.split('"')[0])
    answer = petri.get(address)
    assert answer.headers["Content-Disposition"].startswith("attachment")
    other = e.comes(m.employer(m.GARDEN, "Henrik Ekholm"))
    assert other.get(address).status_code == 404
    key = address.rstrip("/").rsplit("/", 1)[1]
    for staff_address in (f"{e.QUEUE}case/{case.number}/document/{key}/", f"{e.QUEUE}documents/{key}/"):
        assert e.comes(t.handler()).get(staff_address).headers["Content-Type"] == "application/pdf"
        assert e.comes(t.director()).get(staff_address).status_code == 403


def test_only_those_who_act_for_the_employer_see_its_claims(petri: Client) -> None:
    case = asked()
    own = [
        *pages_of(case)[:4], f"{e.HOME}case/{case.number}/answer/", e.BEGIN, f"{e.HOME}data/file",
    ]  # fmt: skip
    for address in own:
        assert petri.get(address).status_code == 200, address
        assert e.comes(m.employer(mandates=("employment",), name="Jenni")).get(address).status_code == 200, address
        assert Client().get(address).headers["Location"].startswith("/sign-in/"), address
        for wrong in (e.comes(t.resident(1)), e.comes(t.handler()), e.comes(t.director())):
            assert wrong.get(address).status_code in (302, 403), address
            assert "Virtanen1" not in wrong.get(address).content.decode(), address
    m.organisation(m.GARDEN, "Ekholms Trädgård Ab")
    henrik = e.comes(m.employer(m.GARDEN, "Henrik Ekholm"))
    for address in (*own[1:3], own[4]):
        assert henrik.get(address).status_code == 404, address
    for address in ("withdraw", "write", "read"):
        assert henrik.post(f"{e.HOME}case/{case.number}/{address}", {"words": "x"}).status_code == 404


def test_the_list_costs_as_many_queries_however_long_it_is(petri: Client) -> None:
    def cost(address: str) -> int:
        petri.get(address)
        with CaptureQueriesContext(connection) as seen:
            assert petri.get(address).status_code == 200
        return len(seen)

    e.claimed(1)
    few = cost(e.HOME), cost("/organisation/")
    for person in range(2, 7):
        e.claimed(person)
    assert (cost(e.HOME), cost("/organisation/")) == few


def test_everything_known_of_the_organisation_is_a_file(petri: Client) -> None:
    e.claimed(1)
    told = petri.get(f"{e.HOME}data/file")
    assert told.headers["Content-Disposition"].startswith("attachment")
    assert told.json()["claims"][0]["vouchers"][0]["state"] == "accepted"


def test_the_youth_sees_by_whom_and_when_and_no_more(petri: Client) -> None:
    e.claimed(1, pay="678,90")
    aino = e.comes(t.resident(1))
    for address in ("/summer-voucher/", "/my/"):
        html = e.reads(aino, address)
        assert "Kahvila Aamukaste Oy" in html
        assert "678" not in html
    assert "20.8.2026" in e.reads(aino, "/summer-voucher/")
    assert "Kahvila" not in e.reads(e.comes(t.resident(2)), "/summer-voucher/")


@pytest.fixture
def proposed(monkeypatch: pytest.MonkeyPatch) -> datetime:
    """Last year's claim, and this year's proposal to its employer."""
    at = datetime(2026, 4, 2, 6, tzinfo=UTC)
    e.claimed(1)
    ClaimRow.objects.update(year=2025)
    Voucher.objects.filter(person=1).update(year=2025)
    made = same_again.propose(on=at.date(), at=at, actor=m.MACHINE)
    offer.release(Run.objects.get(pk=made.run), actor=t.official(), at=at, on=at.date())
    monkeypatch.setattr(clock, "today", lambda: at.date())
    monkeypatch.setattr(clock, "now", lambda: at)
    return at


@pytest.mark.parametrize("language", e.LANGUAGES)
def test_the_same_again_is_answered_with_one_press_and_a_no_can_be_taken_back(
    petri: Client, proposed: datetime, language: str
) -> None:
    page = f"{e.HOME}same-again/"
    assert page in e.reads(petri, "/organisation/", language=language)
    assert page in e.reads(petri, e.HOME, language=language)
    assert "350" in e.reads(petri, page, language=language)
    for given in ("call_me", "declined"):
        e.led(petri, f"{page}answer", {"answer": given})
        e.reads(petri, page, language=language)
    e.led(petri, f"{page}undo", {})
    e.led(petri, f"{page}answer", {"answer": "accepted"})
    e.reads(petri, page, language=language)
    assert Offer.objects.get(organisation=m.CAFE).answer == "accepted"
    wishes = e.reads(e.comes(t.handler()), f"{e.QUEUE}wishes/", language=language)
    assert "Kahvila Aamukaste Oy" in wishes


def test_a_proposal_is_nobody_elses(proposed: datetime) -> None:
    m.organisation(m.GARDEN, "Ekholms Trädgård Ab")
    henrik = e.comes(m.employer(m.GARDEN, "Henrik Ekholm"))
    assert henrik.get(f"{e.HOME}same-again/").status_code == 404
    assert henrik.post(f"{e.HOME}same-again/answer", {"answer": "accepted"}).status_code == 404
    assert Offer.objects.get(organisation=m.CAFE).answer == ""


def test_notes_told_to_the_employer_are_seen_and_others_are_not(petri: Client) -> None:
    case = e.case_of(e.claimed(1, hours="40", confirmed=True))
    for kind, words in (("internal", "Epäilen tunteja."), ("external", "Soitin: tunnit tarkistetaan.")):
        cases.note(case, words, actor=t.handler(), at=m.CLAIM_AT, kind=kind)
    html = e.reads(petri, f"{e.HOME}case/{case.number}/")
    assert "Soitin: tunnit tarkistetaan." in html
    assert "Epäilen" not in html
