# SPDX-License-Identifier: EUPL-1.2
"""Decisions, requests for rectification and automatic decisions as pages: sound in each language, open to their own."""

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from ennakko.kernel import cases
from ennakko.kernel.access import SYSTEM, Actor, grant_role
from ennakko.kernel.access.models import StaffMember
from ennakko.kernel.cases import automation, kinds
from ennakko.kernel.cases.models import Case, Note, Sample
from ennakko.kernel.cases.rectification import file_rectification, propose
from ennakko.kernel.cases.tests import matters as m
from ennakko.kernel.records.pdf import PdfUnavailable
from ennakko.kernel.ui.checker import flaws
from ennakko.municipalities import profile
from ennakko.web import gates, pages_case, shared_cases
from ennakko.web.signin.session import ACTING, KEY

pytestmark = pytest.mark.django_db
LANGUAGES = ("fi", "sv", "en")


@pytest.fixture(autouse=True)
def _kinds(monkeypatch: pytest.MonkeyPatch) -> None:
    m.registered(monkeypatch, draft=lambda case, at, on: kinds.Drafted("accepted", amount_cents=35000))


def signed_in(client: Client, actor: Actor) -> Client:
    """The client as somebody: a resident, somebody for an organisation, or staff with their roles granted."""
    session = client.session
    session[KEY] = {
        "kind": "staff" if actor.kind == "staff" else "resident", "reference": actor.reference, "person": actor.person,
        "staff": actor.staff, "name": actor.name, "strong": True,
    }  # fmt: skip
    if actor.organisation:
        session[ACTING] = {"organisation": actor.organisation, "name": "Café", "mandates": ["grants"], "use": 0}
    session.save()
    if actor.kind == "staff":
        for role in actor.roles:
            member = StaffMember.objects.get(pk=actor.staff)
            grant_role(member, role=role, by=SYSTEM("test"), at=m.AT, start=date(2020, 1, 1))
    return client


def page(client: Client, address: str, language: str = "fi", *, status: int = 200) -> str:
    answer = client.get(address, headers={"accept-language": language})
    assert answer.status_code == status, (address, answer.status_code)
    html = answer.content.decode()
    assert flaws(html, language=language) == [], address
    return html


def decision(name: str, number: str) -> str:
    return reverse(name, args=[number])


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("who", ["resident", "organisation", "staff"])
def test_a_decision_is_read_by_its_party_and_by_staff(client: Client, language: str, who: str) -> None:
    case = m.decided(m.organisations_case() if who == "organisation" else None).case
    actor = {"resident": m.resident(1), "organisation": m.employee(), "staff": m.staff()}[who]
    signed_in(client, actor)
    html = page(client, decision("case-decision", case.number), language)
    assert case.number in html
    assert ("Request rectification" in html) == (language == "en" and who != "staff")
    cases.serve(case.decisions.get(), "post", sent_on=m.ON, actor=m.staff(), at=m.AT)
    assert "2026" in page(client, decision("case-decision", case.number) + "?language=en", language)


def test_others_get_nothing_and_the_anonymous_are_led_to_sign_in(client: Client) -> None:
    case, theirs = m.decided().case, m.decided(m.organisations_case()).case
    address = decision("case-decision", case.number)
    answer = client.get(address)
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith("/sign-in/")
    signed_in(client, m.resident(2))
    assert client.get(address).status_code == 404
    assert client.get(decision("case-decision", "KS-2099-000001")).status_code == 404
    to_choice = client.get(decision("case-decision", theirs.number))
    assert to_choice.headers["Location"].startswith(reverse("organisation-choice"))
    signed_in(client, m.employee(organisation=m.OTHER))
    assert client.get(decision("case-decision", theirs.number)).status_code == 404
    signed_in(client, m.staff("Vera Visitor", "adviser"))
    page(client, address, status=403)


def test_a_case_without_a_decision_has_no_letter(client: Client) -> None:
    case = m.in_hand()
    signed_in(client, m.resident(1))
    assert client.get(decision("case-decision", case.number)).status_code == 404
    assert client.get(decision("rectification-file", case.number)).status_code == 404


def test_the_letter_is_saved_as_a_pdf_and_where_none_can_be_made_the_page_says_what_to_do(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = m.decided().case
    signed_in(client, m.resident(1))
    address = decision("case-decision-pdf", case.number)
    answer = client.get(address + "?language=sv")
    assert answer.content.startswith(b"%PDF")
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"

    def cannot(*arguments: Any, **named: Any) -> bytes:
        raise PdfUnavailable("no pango")

    monkeypatch.setattr(pages_case, "letter_as_pdf", cannot)
    answer = client.get(address, follow=True)
    assert "tulostaa" in answer.content.decode()


@pytest.mark.django_db(transaction=True)
def test_staff_note_how_it_was_sent_and_wrong_days_are_said(client: Client) -> None:
    case = m.decided().case
    signed_in(client, m.staff())
    address = decision("case-serve", case.number)
    for wrong in ({}, {"how": "pigeon", "sent_on": "2026-04-15"}, {"how": "post", "sent_on": "2999-01-01"}):
        answer = client.post(address, wrong)
        assert answer.status_code == 422
        assert flaws(answer.content.decode(), language="fi") == []
    early = client.post(address, {"how": "post", "sent_on": "2026-04-01"}, follow=True)
    assert "15.4.2026" in early.content.decode()
    client.post(address, {"how": "post", "sent_on": "2026-04-15"})
    assert case.decisions.get().appeal_until == date(2026, 5, 6)
    again = client.post(address, {"how": "handed", "sent_on": "2026-04-15"}, follow=True)
    assert "jo" in again.content.decode()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.django_db(transaction=True)
def test_the_party_files_follows_writes_and_withdraws(client: Client, language: str) -> None:
    case = m.decided().case
    signed_in(client, m.resident(1))
    filing = decision("rectification-file", case.number)
    page(client, filing, language)
    empty = client.post(filing, {"words": " "}, headers={"accept-language": language})
    assert empty.status_code == 422
    assert flaws(empty.content.decode(), language=language) == []
    client.post(filing, {"words": "I live here", "filed_on": "2020-01-01"})
    request = Case.objects.get(kind="rectification")
    assert request.data["filed_on"] != "2020-01-01"
    address = decision("rectification", request.number)
    assert "I live here" in page(client, address, language)
    twice = client.post(filing, {"words": "Again"})
    assert twice.headers["Location"] == address
    client.post(decision("rectification-write", request.number), {"words": "And more"})
    assert "And more" in page(client, address, language)
    assert client.post(decision("rectification-write", request.number), {"words": ""}).status_code == 422
    cases.write_letter(request, "Thank you", actor=m.staff(), at=m.AT)
    page(client, address, language)
    client.post(decision("rectification-read", request.number))
    assert not request.letters.filter(inward=False, read_at=None).exists()
    client.post(decision("rectification-withdraw", request.number))
    request.refresh_from_db()
    assert request.state == "withdrawn"
    page(client, address, language)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.django_db(transaction=True)
def test_staff_prepare_a_draft_and_record_what_the_body_decided(client: Client, language: str) -> None:
    case = m.decided().case
    request = file_rectification(case.decisions.get(), "I live here", actor=m.resident(1), at=m.AT, on=m.ON)
    signed_in(client, m.staff())
    assert request.number in page(client, reverse("rectifications"), language)
    address = decision("rectification", request.number)
    client.post(decision("rectification-take", request.number))
    page(client, address, language)
    for door in ("rectification-draft", "rectification-record", "rectification-note"):
        wrong = client.post(decision(door, request.number), {}, headers={"accept-language": language})
        assert wrong.status_code == 422, door
        assert flaws(wrong.content.decode(), language=language) == [], door
    client.post(decision("rectification-note", request.number), {"words": "Told by phone", "external": "on"})
    note = Note.objects.get()
    assert note.kind == "external"
    client.post(decision("rectification-draft", request.number), {"outcome": "unchanged", "words": "Nothing new"})
    page(client, address, language)
    told = {
        "outcome": "unchanged",
        "words": "Nothing new",
        "body": "Board",
        "section": "§ 1",
        "decided_on": "2026-05-20",
    }
    assert (
        client.post(decision("rectification-record", request.number), told | {"decided_on": "2999-01-01"}).status_code
        == 422
    )
    client.post(decision("rectification-record", request.number), told)
    request.refresh_from_db()
    assert request.state == "unchanged"
    page(client, address, language)
    page(client, decision("case-decision", request.number), language)
    client.post(reverse("rectification-remove-note", args=[request.number, note.pk]))
    assert not Note.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_the_party_cannot_use_the_staffs_doors_nor_anybody_anothers(client: Client) -> None:
    request = file_rectification(m.decided(), "I live here", actor=m.resident(1), at=m.AT, on=m.ON)
    doors = ("rectification-take", "rectification-draft", "rectification-record", "rectification-note")
    signed_in(client, m.resident(1))
    for door in doors:
        assert client.post(decision(door, request.number), {"words": "x"}).status_code == 403
    assert client.get(reverse("rectifications")).status_code == 403
    signed_in(client, m.resident(2))
    for door in ("rectification-write", "rectification-withdraw", "rectification-read"):
        assert client.post(decision(door, request.number), {"words": "x"}).status_code == 404
    for door in (*doors, "rectification-write", "case-serve"):
        assert client.get(decision(door, request.number)).status_code == 405


def test_whoever_decided_is_told_to_leave_it_to_a_colleague(client: Client) -> None:
    request = file_rectification(m.decided(), "I live here", actor=m.resident(1), at=m.AT, on=m.ON)
    signed_in(client, m.official())
    html = page(client, decision("rectification", request.number), "en")
    assert "A colleague prepares" in html
    told = {"outcome": "unchanged", "words": "I was right"}
    assert client.post(decision("rectification-draft", request.number), told).status_code == 403
    assert decision("rectification-take", request.number) not in html
    assert client.post(decision("rectification-take", request.number)).status_code == 403
    request.refresh_from_db()
    assert (request.handler_id, request.state) == (None, "received")


@pytest.mark.django_db(transaction=True)
def test_a_request_that_came_on_paper_is_written_down_with_its_day(client: Client) -> None:
    case = m.decided().case
    signed_in(client, m.staff())
    filing = decision("rectification-file", case.number)
    page(client, filing)
    assert client.post(filing, {"words": "On paper"}).status_code == 422
    early = client.post(filing, {"words": "On paper", "filed_on": "2020-01-01"}, headers={"accept-language": "en"})
    assert early.status_code == 422
    assert "The request arrived then or later" in early.content.decode()
    assert flaws(early.content.decode(), language="en") == []
    client.post(filing, {"words": "On paper", "filed_on": "2026-04-20"})
    assert Case.objects.get(kind="rectification").data["filed_on"] == "2026-04-20"


def test_the_queue_asks_the_same_number_of_queries_however_long_it_is(client: Client) -> None:
    signed_in(client, m.staff())

    def file(count: int) -> None:
        for _ in range(count):
            made = m.decided()
            file_rectification(made, "I live here", actor=m.resident(1), at=m.AT, on=m.ON)

    file(2)
    client.get(reverse("rectifications"))
    with CaptureQueriesContext(connection) as few:
        client.get(reverse("rectifications"))
    file(12)
    with CaptureQueriesContext(connection) as many:
        client.get(reverse("rectifications"))
    assert len(few) == len(many)


def test_shared_pages_show_a_partys_own_requests_and_a_workers_queues() -> None:
    mine = file_rectification(m.decided(), "I live here", actor=m.resident(1), at=m.AT, on=m.ON)
    theirs = file_rectification(m.decided(m.organisations_case()), "We paid", actor=m.employee(), at=m.AT, on=m.ON)
    assert [card.url for card in shared_cases.ongoing(m.resident(1), m.ON)] == [f"/rectifications/{mine.number}/"]
    assert [card.url for card in shared_cases.ongoing(m.employee(), m.ON)] == [f"/rectifications/{theirs.number}/"]
    assert shared_cases.ongoing(m.resident(2), m.ON) == []
    assert shared_cases.done(m.resident(1), m.ON) == []
    (work,) = shared_cases.works(m.staff(), m.ON)
    assert (work.waiting, work.late, work.url) == (2, 0, "/rectifications/")
    propose(mine, "unchanged", "Draft", actor=m.staff(), at=m.AT, on=m.ON)
    assert shared_cases.works(m.staff("Vera", "adviser"), m.ON) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_everybody_is_told_that_people_decide_while_the_gate_is_closed(client: Client, language: str) -> None:
    automation.open_gates({})
    html = page(client, reverse("automation"), language)
    assert {"fi": "nimetty viranhaltija", "sv": "namngiven", "en": "named official"}[language] in html


CLAIM = ("summer-voucher", "claim")


@pytest.fixture
def claims(monkeypatch: pytest.MonkeyPatch) -> None:
    """The real kind of case, beside those of the tests: the public page tells of its service."""
    monkeypatch.undo()
    automation.open_gates({CLAIM: m.on_record(rules=("summer-voucher.claim-conditions",), trial=True)})


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.usefixtures("claims")
def test_everybody_is_told_where_the_machine_decides_by_what_rules_and_who_answers(
    client: Client, language: str
) -> None:
    html = page(client, reverse("automation"), language)
    for told in ("Riitta Responsible", "T 2026-1", "/rules/summer-voucher.claim-conditions/", "docs/rules.md"):
        assert told in html, told
    assert {"fi": "esittelyssä", "sv": "demonstrationen", "en": "demonstration"}[language] in html


@pytest.mark.usefixtures("claims")
def test_a_closed_gate_is_told_of_as_closed(client: Client) -> None:
    record = m.on_record(rules=("summer-voucher.claim-conditions",), closed_from=date(2026, 5, 1))
    automation.open_gates({CLAIM: record}, (automation.Closed("x", "y", "testing is missing"),))
    html = page(client, reverse("automation"), "en")
    assert "Not in use today" in html
    assert "testing is missing" not in html  # for staff only
    signed_in(client, m.staff())
    assert "testing is missing" in page(client, reverse("automation"), "en")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.django_db(transaction=True)
def test_an_official_looks_at_what_was_picked(client: Client, language: str) -> None:
    automation.open_gates({(m.SERVICE, "application"): m.on_record(sample_percent=100)})
    case = cases.draft(m.in_hand(), at=m.AT, on=m.ON)
    made = cases.decide_automatically(case, actor=SYSTEM("claims"), at=m.AT, on=m.ON)
    sample = Sample.objects.create(decision=made, picked_on=m.ON)
    signed_in(client, m.official())
    assert case.number in page(client, reverse("automation-samples"), language)
    address = reverse("automation-sample", args=[sample.pk])
    page(client, address, language)
    for wrong in ({}, {"agrees": "no"}):
        answer = client.post(address, wrong, headers={"accept-language": language})
        assert answer.status_code == 422
        assert flaws(answer.content.decode(), language=language) == []
    client.post(address, {"agrees": "no", "words": "The wrong month"})
    sample.refresh_from_db()
    assert (sample.agrees, sample.words) == (False, "The wrong month")
    page(client, address, language)
    assert client.get(reverse("automation-sample", args=[99])).status_code == 404


def test_those_who_do_not_decide_do_not_look(client: Client) -> None:
    automation.open_gates({(m.SERVICE, "application"): m.on_record()})
    case = cases.draft(m.in_hand(), at=m.AT, on=m.ON)
    made = cases.decide_automatically(case, actor=SYSTEM("claims"), at=m.AT, on=m.ON)
    sample = Sample.objects.create(decision=made, picked_on=m.ON)
    signed_in(client, m.staff())
    assert client.get(reverse("automation-sample", args=[sample.pk])).status_code == 403
    signed_in(client, m.resident(1))
    assert client.get(reverse("automation-samples")).status_code == 403


@pytest.mark.usefixtures("claims")
def test_start_up_opens_what_is_on_record_and_says_why_the_rest_stays_closed(caplog: pytest.LogCaptureFixture) -> None:
    gates.wire(profile.load("helsinki", demo=True))
    assert automation.on_record(*CLAIM).trial  # type: ignore[union-attr]
    gates.wire(profile.load("helsinki"))
    assert automation.on_record(*CLAIM) is None
    with caplog.at_level("INFO", logger="ennakko.automation"):
        gates.tell()
    assert "helsinki/automation.toml is absent: a person makes every decision." in caplog.text
    assert gates.incomplete() == []  # an absent file is nobody's mistake


@pytest.mark.usefixtures("claims")
def test_a_row_of_a_kind_of_case_that_no_service_has_opens_nothing(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.delitem(kinds._types, CLAIM)
    gates.wire(profile.load("helsinki", demo=True))
    assert automation.gates() == ()
    gates.tell()
    assert "There are no cases summer-voucher claim" in caplog.text
    assert [one.id for one in gates.incomplete()] == ["ennakko.W001"]
