# SPDX-License-Identifier: EUPL-1.2
"""The staff's pages of claims: queue, release, search, desk, lists; who may what, and how much it costs."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from ennakko.kernel import audit, clock
from ennakko.kernel.audit.models import Read
from ennakko.kernel.cases.models import Case, Note
from ennakko.services.summer_voucher.actions import claim_handling
from ennakko.services.summer_voucher.models import ClaimRow
from ennakko.services.summer_voucher.tests import market as m
from ennakko.services.summer_voucher.tests import town as t
from ennakko.web.tests import employers as e

pytestmark = pytest.mark.django_db
WHEN = {"at": m.CLAIM_AT, "on": m.CLAIM_DAY}


@pytest.fixture(autouse=True)
def _season(tmp_path: Any, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
    settings.VAR = tmp_path
    monkeypatch.setattr(clock, "today", lambda: m.CLAIM_DAY)
    monkeypatch.setattr(clock, "now", lambda: m.CLAIM_AT)
    monkeypatch.setattr(clock, "wall", lambda: t.WALL)
    e.a_town(tmp_path / "a", youths=8)
    with m.gate(is_open=False):
        yield


@pytest.fixture
def ritva() -> Client:
    return e.comes(t.handler())


@pytest.fixture
def outi() -> Client:
    return e.comes(t.official())


def doubtful(person: int = 1) -> Any:
    """A claim that a person must look at."""
    return e.case_of(e.claimed(person, hours="40", confirmed=True))


def desk(case: Any) -> str:
    return f"{e.QUEUE}case/{case.number}/"


def numbers(*chosen: Any) -> dict[str, Any]:
    return {"case": [str(one.pk) for one in chosen]}


@pytest.mark.parametrize("language", e.LANGUAGES)
def test_the_queue_empty_and_full_in_every_language(ritva: Client, language: str) -> None:
    e.reads(ritva, e.QUEUE, language=language)
    case, ready = doubtful(1), e.case_of(e.claimed(2))
    html = e.reads(ritva, e.QUEUE, language=language)
    assert desk(case) in html
    assert desk(ready) in html
    for state in ("ready_for_decision", "late", "returned", "nonsense"):
        e.reads(ritva, f"{e.QUEUE}?state={state}&sort=-risk&mine=yes&page=x", language=language)


@pytest.mark.parametrize("language", e.LANGUAGES)
def test_closed_claims_are_found_without_words_to_search_for(ritva: Client, language: str) -> None:
    page = f"{e.QUEUE}?state=closed&sort=-opened"
    assert 'name="case"' not in e.reads(ritva, page, language=language)
    decided, open_one = e.case_of(e.claimed(1)), doubtful(2)
    claim_handling.release([decided], actor=t.official(), at=m.CLAIM_AT, on=m.CLAIM_DAY)
    html = e.reads(ritva, page, language=language)
    assert desk(decided) in html
    assert desk(open_one) not in html


def test_before_the_season_the_empty_queue_says_when_claims_come(
    ritva: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = "Tämän vuoden työ seteleillä alkaa"
    assert told not in e.reads(ritva, e.QUEUE)
    monkeypatch.setattr(clock, "today", lambda: date(2026, 4, 15))
    html = e.reads(ritva, e.QUEUE)
    assert f"{told} 1.6.2026" in html
    assert "?state=closed&amp;sort=-opened" in html
    doubtful(1)
    assert told not in e.reads(ritva, e.QUEUE)


def test_a_clean_page_is_released_by_the_official_with_one_press(outi: Client) -> None:
    ready = [e.case_of(e.claimed(person)) for person in (1, 2, 3)]
    page = f"{e.QUEUE}?state=ready_for_decision"
    html = e.reads(outi, page)
    assert "Hyväksy koko sivu: 3" in html
    e.led(
        outi,
        f"{e.QUEUE}bulk?state=ready_for_decision",
        {"page_case": [str(one.pk) for one in ready], "do": "release-page"},
    )
    assert set(Case.objects.filter(kind="claim").values_list("state", flat=True)) == {"accepted"}
    assert "3 hakemusta tehty" in e.reads(outi, page)


def test_the_chosen_are_released_and_one_that_cannot_be_stops_no_other(outi: Client) -> None:
    ready, open_one = e.case_of(e.claimed(1)), doubtful(2)
    e.led(outi, f"{e.QUEUE}bulk", numbers(ready, open_one) | {"do": "release"})
    assert "hds-notification--error" in e.reads(outi, e.QUEUE)
    states = [Case.objects.get(pk=one.pk).state for one in (ready, open_one)]
    assert states == ["accepted", "awaiting_handling"]
    e.led(outi, f"{e.QUEUE}bulk", {"do": "release"})
    assert "Valitse" in e.reads(outi, e.QUEUE)


@pytest.mark.parametrize("address", [f"{e.QUEUE}bulk", "/summer-voucher/queue/bulk"])
def test_what_is_no_key_of_a_row_is_left_out_of_the_chosen(outi: Client, address: str) -> None:
    e.led(outi, address, {"case": ["²", "9" * 30, "x", ""], "do": "take"})
    assert "Valitse" in e.reads(outi, e.QUEUE)


def test_who_has_handled_a_claim_does_not_release_it(outi: Client) -> None:
    ready = e.case_of(e.claimed(1))
    claim_handling.take(ready, actor=t.official(), at=m.CLAIM_AT)
    html = e.reads(outi, f"{e.QUEUE}?state=ready_for_decision")
    assert "siitä päättää työtoveri" in html
    assert f'name="case" value="{ready.pk}"' not in html
    e.led(outi, f"{e.QUEUE}bulk", numbers(ready) | {"do": "release"})
    ready.refresh_from_db()
    assert ready.state == "ready_for_decision"


def test_a_handler_releases_nothing(ritva: Client) -> None:
    ready = e.case_of(e.claimed(1))
    assert "release-page" not in e.reads(ritva, f"{e.QUEUE}?state=ready_for_decision")
    e.led(ritva, f"{e.QUEUE}bulk", numbers(ready) | {"do": "release"})
    ready.refresh_from_db()
    assert ready.state == "ready_for_decision"


@pytest.mark.parametrize("words", ["kahvila", "AAMUKASTE oy", m.CAFE, "virtanen1", "VIRTANEN1 aino"])
def test_a_claim_is_found_by_names_and_business_id(ritva: Client, words: str) -> None:
    case = doubtful(1)
    assert desk(case) in e.reads(ritva, e.QUEUE, data={"words": words})


def test_a_claim_is_found_by_its_number_and_by_the_vouchers_and_what_is_not_there_is_told(ritva: Client) -> None:
    case = doubtful(1)
    for words in (case.number, case.number.lower().replace("-", " "), e.shown(m.voucher(1)).upper()):
        assert desk(case) in e.reads(ritva, e.QUEUE, data={"words": words}), words
    assert "Mitään ei löytynyt" in e.reads(ritva, e.QUEUE, data={"words": "olematon"})


@pytest.mark.parametrize("language", e.LANGUAGES)
def test_the_desk_shows_what_was_told_beside_the_registers_and_the_look_is_logged(ritva: Client, language: str) -> None:
    case = doubtful(1)
    before = Read.objects.count()
    html = e.reads(ritva, desk(case), language=language)
    assert case.number in html
    assert e.shown(m.voucher(1)) in html
    assert Read.objects.count() > before
    for kind in ("status", "note", "letter", "request", "document", "payment", "nonsense"):
        e.reads(ritva, f"{desk(case)}?kind={kind}", language=language)


def test_a_claim_goes_from_hand_to_question_to_proposal_to_decision(ritva: Client, outi: Client) -> None:
    case = doubtful(1)
    here = desk(case)
    e.led(ritva, f"{here}take", {})
    assert "hds-notification--error" in e.reads(ritva, f"{here}ask", data={"question": ""}, status=422)
    early = {"question": "Tunnit?", "due": "2026-08-20"}
    assert "työnantaja tarvitsee aikaa" in e.reads(ritva, f"{here}ask", data=early, status=422)
    e.led(ritva, f"{here}ask", {"question": "Tunnit?", "due": "2026-09-03"})
    refused = e.reads(ritva, f"{here}propose", data={"outcome": "rejected"}, status=422)
    assert "työnantajalla on oikeus tietää" in refused
    proposed = {"outcome": "rejected", "justification": "Tunteja on 40, ehto on 60 (17 §)."}
    preview = e.reads(ritva, f"{here}propose", data=proposed | {"do": "preview"})
    assert "Näin työnantaja lukee sen" in preview
    assert preview.count("Tunteja on 40, ehto on 60") >= 2
    case.refresh_from_db()
    assert case.state == "additional_information_requested", "a preview saves nothing"
    e.led(ritva, f"{here}propose", proposed)
    assert "Tunteja on 40" in e.reads(outi, here)
    assert "hds-notification--error" in e.reads(outi, f"{here}send-back", data={"words": ""}, status=422)
    e.led(outi, f"{here}send-back", {"words": "Kysy vielä."})
    e.led(ritva, f"{here}propose", proposed)
    e.led(outi, f"{here}propose", proposed)
    case.refresh_from_db()
    assert case.state == "rejected"
    assert f"/cases/{case.number}/decision/" in e.reads(outi, here)


@pytest.mark.parametrize("language", e.LANGUAGES)
def test_other_figures_are_tried_and_nothing_is_saved(ritva: Client, language: str) -> None:
    case = doubtful(1)
    told = {"work_start": "2026-06-08", "work_end": "2026-06-28", "hours": "64", "pay": "620"}
    words = {"fi": "Kaikki ehdot täyttyvät", "sv": "Alla villkor uppfylls", "en": "Every condition is met"}[language]
    assert words in e.reads(ritva, f"{desk(case)}what-if", data=told, language=language)
    worse = e.reads(ritva, f"{desk(case)}what-if", data=told | {"hours": "20"}, language=language)
    assert words not in worse
    e.reads(ritva, f"{desk(case)}what-if", data=told | {"pay": "paljon"}, status=422, language=language)
    assert ClaimRow.objects.get(case=case).hours == 4000


def test_notes_of_two_kinds_are_written_and_only_their_author_removes_one(ritva: Client, outi: Client) -> None:
    case = doubtful(1)
    assert "hds-notification--error" in e.reads(ritva, f"{desk(case)}note", data={"text": " "}, status=422)
    for kind in ("internal", "external"):
        e.led(ritva, f"{desk(case)}note", {"text": f"Sana {kind}", "kind": kind})
    assert sorted(Note.objects.values_list("kind", flat=True)) == ["external", "internal"]
    first = Note.objects.order_by("pk")[0]
    outi.post(f"{desk(case)}note/{first.pk}/remove", {})
    assert Note.objects.count() == 2
    e.led(ritva, f"{desk(case)}note/{first.pk}/remove", {})
    assert Note.objects.count() == 1


def test_two_at_once_get_a_sentence_and_no_second_decision(ritva: Client, outi: Client) -> None:
    case = doubtful(1)
    proposed = {"outcome": "accepted", "justification": "Tunnit tarkistettu."}
    e.led(ritva, f"{desk(case)}propose", proposed)
    e.led(outi, f"{desk(case)}propose", proposed)
    e.led(outi, f"{desk(case)}propose", proposed)
    assert "hds-notification--error" in e.reads(outi, desk(case))
    assert Case.objects.get(pk=case.pk).decisions.count() == 1


@pytest.mark.parametrize("language", e.LANGUAGES)
def test_a_list_is_downloaded_for_a_purpose_that_is_logged(ritva: Client, language: str) -> None:
    page = f"{e.QUEUE}lists/"
    e.reads(ritva, page, language=language)
    e.reads(ritva, page, data={"kind": "unhandled", "columns": "reporting"}, status=422, language=language)
    asked = {"kind": "unhandled", "columns": "reporting", "purpose": "Viikkoraportti"}
    e.reads(ritva, page, data=asked, language=language)
    doubtful(1)
    answer = ritva.post(page, asked)
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert any("Viikkoraportti" in one.reason for one in audit.reads_of(1))


def test_the_protected_stand_on_the_clerks_desk_alone(ritva: Client) -> None:
    case = e.case_of(e.claimed(30))
    sirpa = e.comes(t.clerk())
    assert desk(case) not in e.reads(ritva, e.QUEUE)
    assert desk(case) not in e.reads(ritva, e.QUEUE, data={"words": case.number})
    assert ritva.get(desk(case)).status_code == 403
    assert desk(case) in e.reads(sirpa, f"{e.QUEUE}protected/")
    e.reads(sirpa, desk(case))
    assert ritva.get(f"{e.QUEUE}protected/").status_code == 403


def test_only_those_whose_work_it_is_see_the_claims() -> None:
    case = doubtful(1)
    addresses = (e.QUEUE, desk(case), f"{e.QUEUE}lists/", f"{e.QUEUE}wishes/")
    wrong: dict[str, Callable[[], Any]] = {
        "director": t.director, "youth": lambda: t.resident(1), "employer": m.employer,
    }  # fmt: skip
    for address in addresses:
        assert Client().get(address).headers["Location"].startswith("/sign-in/"), address
        for who, actor in wrong.items():
            answer = e.comes(actor()).get(address)
            assert answer.status_code in (302, 403), (who, address)
            assert "Virtanen1" not in answer.content.decode(), (who, address)
    for verb in ("take", "ask", "propose", "note", "write", "what-if", "check", "send-back", "read"):
        assert e.comes(t.director()).post(f"{desk(case)}{verb}", {}).status_code == 403, verb
        assert e.comes(t.handler()).get(f"{desk(case)}{verb}").status_code == 405, verb
    assert e.comes(t.handler()).get(f"{e.QUEUE}case/KS-2026-999999/").status_code == 404


def test_the_queue_costs_as_many_queries_with_fifty_rows_as_with_five(ritva: Client, outi: Client) -> None:
    def cost(client: Client, address: str) -> int:
        client.get(address)
        with CaptureQueriesContext(connection) as seen:
            assert client.get(address).status_code == 200
        return len(seen)

    for person in range(1, 6):
        e.claimed(person)
    ready = f"{e.QUEUE}?state=ready_for_decision"
    few = cost(ritva, e.QUEUE), cost(outi, ready)
    copies(45)
    assert "50" in e.reads(ritva, e.QUEUE)
    assert (cost(ritva, e.QUEUE), cost(outi, ready)) == few


def copies(count: int) -> None:
    """More rows like the first one, without all that came before them."""
    row = ClaimRow.objects.select_related("case", "claim").order_by("pk")[0]
    case, claim = row.case, row.claim
    assert case is not None
    for number in range(count):
        claim.pk, claim.reference, claim.key = None, f"COPY-{number}", f"copy{number}"
        claim.save()
        case.pk, case.number = None, f"KS-2026-9{number:05}"
        case.save()
        row.pk, row.case, row.claim, row.voucher, row.holds = None, case, claim, None, False
        row.save()
