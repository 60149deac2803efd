# SPDX-License-Identifier: EUPL-1.2
"""The handlers' pages of the hiring benefit: queue, desk, sheet, words, corrections; without scripts."""

import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from ennakko.kernel import clock, documents
from ennakko.kernel.access.models import StaffMember
from ennakko.kernel.audit.models import Read
from ennakko.kernel.cases.models import Case, Decision, Note
from ennakko.services.hiring_benefit.actions import handling, previous
from ennakko.services.hiring_benefit.models import Application, DecisionText, ReviewMark
from ennakko.services.hiring_benefit.tests import desk as d
from ennakko.services.hiring_benefit.tests import town as t
from ennakko.web.tests import employers as e

pytestmark = pytest.mark.django_db
PLACE = "/hiring-benefit/desk/"


@pytest.fixture(autouse=True)
def _a_town(tmp_path: Any, settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.VAR = tmp_path
    t.town(tmp_path / "a", t.Resident(1, t.BORN), t.Resident(2, t.BORN))
    monkeypatch.setattr(clock, "now", lambda: t.AT)
    monkeypatch.setattr(clock, "today", lambda: t.ON)
    monkeypatch.setattr(clock, "wall", lambda: t.WALL)


@pytest.fixture
def ritva() -> Client:
    return e.comes(t.handler())


@pytest.fixture
def outi() -> Client:
    return e.comes(t.official())


def here(case: Case) -> str:
    return f"{PLACE}{case.number}/"


def fresh(case: Case) -> Case:
    return Case.objects.get(pk=case.pk)


def other(number: int, **told: Any) -> Any:
    """Another application, of another employee."""
    return d.arrived(key=f"o{number}", code=t.identity_code(t.BORN, 950 + number), of=None, **told)


# --- the queue


@pytest.mark.parametrize("language", e.LANGUAGES)
def test_the_queue_empty_and_full_in_every_language(ritva: Client, language: str) -> None:
    e.reads(ritva, PLACE, language=language)
    case = d.arrived().case
    html = e.reads(ritva, PLACE, language=language)
    assert here(case) in html
    assert "Salo" not in html, "the queue tells of the job, not of the employee"
    for state in ("received", "late", "accepted", "nonsense"):
        e.reads(ritva, f"{PLACE}?state={state}&sort=-value&mine=yes&page=x", language=language)


@pytest.mark.parametrize("words", ["kahvila", "AAMUKASTE oy", t.CAFE, t.EMPLOYEE, "noora salo", "Salo Noora"])
def test_an_application_is_found_by_employer_business_id_and_exactly_by_employee(ritva: Client, words: str) -> None:
    case = d.arrived().case
    assert here(case) in e.reads(ritva, PLACE, data={"words": words})


def test_an_application_is_found_by_its_number_and_not_by_a_part_of_a_name(ritva: Client) -> None:
    case = d.arrived(names=("Åsa", "Öhman")).case
    for words in (case.number, case.number.lower().replace("-", " "), "ÅSA ÖHMAN", "öhman åsa"):
        assert here(case) in e.reads(ritva, PLACE, data={"words": words}), words
    for words in ("Öhm", "Åsa", "olematon"):
        assert "Mitään ei löytynyt" in e.reads(ritva, PLACE, data={"words": words}), words


def test_the_queue_costs_the_same_however_long(ritva: Client) -> None:
    d.taken()

    def cost() -> int:
        with CaptureQueriesContext(connection) as seen:
            e.reads(ritva, PLACE)
        return len(seen)

    cost()
    one = cost()
    for number in range(1, 6):
        sent = other(number)
        if number % 2:
            handling.take(sent.case, actor=t.handler(), **d.WHEN)
    assert cost() == one


def test_many_are_taken_at_once_and_the_official_releases_many_at_once(ritva: Client, outi: Client) -> None:
    cases = [other(number).case for number in (1, 2, 3)]
    e.led(ritva, f"{PLACE}bulk", {"case": [str(one.pk) for one in cases], "do": "take"})
    assert {fresh(one).state for one in cases} == {"handling"}
    for case in cases[:2]:
        d.looked_at(fresh(case))
        d.deciding.propose(fresh(case), "accepted", actor=t.handler(), **d.WHEN)
    html = e.reads(outi, f"{PLACE}?state=accepted")
    assert "Myönnä koko sivu: 2" in html
    e.led(outi, f"{PLACE}bulk?state=accepted", {"page_case": [str(one.pk) for one in cases], "do": "release-page"})
    assert [fresh(one).state for one in cases] == ["granted", "granted", "handling"]
    e.led(outi, f"{PLACE}bulk", {"do": "release"})
    assert "Valitse" in e.reads(outi, PLACE)


def test_who_prepared_an_application_cannot_choose_it_to_be_decided() -> None:
    both = t.staff("Ritva", t.HANDLER, t.OFFICIAL)
    client = e.comes(both)
    case = d.proposed(actor=both)
    html = e.reads(client, f"{PLACE}?state=accepted")
    assert f'name="case" value="{case.pk}"' not in html
    e.led(client, f"{PLACE}bulk", {"case": [str(case.pk)], "do": "release"})
    assert fresh(case).state == "accepted"
    assert "työtoveri" in e.reads(client, here(case))


def test_the_protected_stand_on_the_clerks_desk_alone(ritva: Client) -> None:
    case = d.arrived(of=t.person(2, non_disclosure=True)).case
    assert case.number not in e.reads(ritva, PLACE)
    assert "Mitään ei löytynyt" in e.reads(ritva, PLACE, data={"words": case.number})
    assert ritva.get(here(case)).status_code == 403
    assert ritva.get(f"{PLACE}protected/").status_code == 403
    clerk = e.comes(t.staff("Sirpa", "protected-clerk"))
    assert case.number not in e.reads(clerk, PLACE)
    assert here(case) in e.reads(clerk, f"{PLACE}protected/")
    e.reads(clerk, here(case))


@pytest.mark.parametrize("who", ["director", "adviser", "auditor"])
def test_others_of_the_staff_see_nothing_of_it(who: str) -> None:
    case, client = d.arrived().case, e.comes(t.staff("Joku", who))
    for path in (PLACE, here(case), f"{here(case)}calculation/", f"{here(case)}decision/", f"{here(case)}corrections/"):
        assert client.get(path).status_code == 403, path


# --- the desk


@pytest.mark.parametrize("language", e.LANGUAGES)
def test_the_desk_shows_facts_rule_marks_and_money_and_the_look_is_logged(ritva: Client, language: str) -> None:
    sent = d.taken()
    before = Read.objects.count()
    html = e.reads(ritva, here(sent.case), language=language)
    assert "Noora Salo" in html
    assert t.EMPLOYEE not in html, "the whole identity code is shown to nobody"
    assert Read.objects.count() > before
    for kind in ("status", "note", "letter", "request", "document", "payment", "nonsense"):
        e.reads(ritva, f"{here(sent.case)}?kind={kind}", language=language)


def test_the_desk_costs_the_same_however_much_has_happened(ritva: Client) -> None:
    sent = d.taken()
    previous.add(
        t.CAFE, t.EMPLOYEE, start=t.date(2024, 1, 1), end=t.date(2024, 3, 31), source="HEL 1", actor=t.handler(),
        at=t.AT,
    )  # fmt: skip

    def cost() -> int:
        with CaptureQueriesContext(connection) as seen:
            e.reads(ritva, here(sent.case))
        return len(seen)

    cost()
    one = cost()
    for number in (1, 2, 3):
        other(number)
        handling.write(sent.case, f"Viesti {number}.", actor=t.handler(), at=t.AT)
        d.paper(sent, "other_attachment")
    assert cost() == one


def test_an_application_goes_from_hand_to_question_to_proposal_to_decision(ritva: Client, outi: Client) -> None:
    case = d.arrived().case
    e.led(ritva, f"{here(case)}take", {})
    e.reads(ritva, f"{here(case)}ask", data={"question": "", "due": "2026-03-09"}, status=422)
    e.reads(ritva, f"{here(case)}ask", data={"question": "Mikä on työaika?", "due": "2026-03-02"}, status=422)
    e.led(ritva, f"{here(case)}ask", {"question": "Mikä on työaika?", "due": "2026-03-09"})
    assert fresh(case).state == "additional_information_needed"
    handling.lapse(at=t.AT, on=t.date(2026, 3, 10))
    for kind in ("employee", "employment"):
        e.led(ritva, f"{here(case)}mark", {"kind": kind, "holds": "yes", "words": ""})
    e.led(ritva, f"{here(case)}decision/", {"do": "begin", "template": "granted", "language": "fi"})
    words = DecisionText.objects.get()
    form = {
        "outcome": "accepted", "language": "fi", "decision": words.decision, "justification": words.justification,
        "de_minimis": "on", "industry": "56302", "revision": str(words.revision), "template": "granted",
    }  # fmt: skip
    html = e.reads(ritva, f"{here(case)}decision/", data=form | {"do": "preview"})
    assert "1.2.2026–31.7.2026" in html
    e.led(ritva, f"{here(case)}decision/", form | {"do": "propose"})
    assert fresh(case).state == "accepted"
    assert f"{here(case)}decide" not in e.reads(ritva, here(case))
    assert f"{here(case)}decide" in e.reads(outi, here(case))
    e.led(outi, f"{here(case)}decide", {})
    assert Decision.objects.get().outcome == "accepted"
    e.reads(ritva, here(case))
    e.reads(outi, f"/cases/{case.number}/decision/")


def test_what_is_open_is_told_when_a_grant_is_proposed_too_soon(ritva: Client) -> None:
    case = d.taken().case
    form = {
        "outcome": "accepted", "language": "fi", "decision": "Lisä myönnetään.", "justification": "Ehdot täyttyvät.",
        "de_minimis": "on", "industry": "56302", "revision": "", "template": "granted", "do": "propose",
    }  # fmt: skip
    html = e.reads(ritva, f"{here(case)}decision/", data=form, status=422)
    assert "Tarkista ensin: Työntekijä, Työsuhde." in html
    assert "Lisä myönnetään." in html, "what was written is kept"


def test_a_text_saved_by_a_colleague_meanwhile_is_not_overwritten(ritva: Client) -> None:
    case = d.taken().case
    e.led(ritva, f"{here(case)}decision/", {"do": "begin", "template": "granted", "language": "sv"})
    form = {"outcome": "accepted", "language": "sv", "decision": "Ett.", "justification": "Två.", "do": "save"}
    e.led(ritva, f"{here(case)}decision/", form | {"revision": "1", "industry": "", "template": "granted"})
    html = e.reads(ritva, f"{here(case)}decision/", data=form | {"revision": "1", "template": "granted"}, status=422)
    assert "on tallentanut tekstin" in html


def test_the_official_sends_a_proposal_back_and_the_handler_takes_it_back(ritva: Client, outi: Client) -> None:
    case = d.proposed()
    e.reads(outi, f"{here(case)}return", data={"why": ""}, status=422)
    e.led(outi, f"{here(case)}return", {"why": "Tarkista työsopimus."})
    assert fresh(case).state == "handling"
    d.deciding.propose(fresh(case), "accepted", actor=t.handler(), **d.WHEN)
    e.led(ritva, f"{here(case)}back", {"why": "Palkka oli väärin."})
    assert fresh(case).state == "handling"


def test_notes_messages_handing_over_and_cancelling(ritva: Client) -> None:
    case = d.taken().case
    e.reads(ritva, f"{here(case)}note", data={"text": "", "kind": "internal"}, status=422)
    e.led(ritva, f"{here(case)}note", {"text": "Soitin.", "kind": "external"})
    note = Note.objects.get()
    e.led(ritva, f"{here(case)}note/{note.pk}/remove", {})
    assert not Note.objects.exists()
    e.reads(ritva, f"{here(case)}write", data={"words": " "}, status=422)
    e.led(ritva, f"{here(case)}write", {"words": "Hei!"})
    e.led(ritva, f"{here(case)}read", {})
    e.comes(t.handler("Vesa"))
    e.reads(ritva, f"{here(case)}hand-over", data={"to": "999999"}, status=422)
    e.led(ritva, f"{here(case)}hand-over", {"to": str(StaffMember.objects.get(subject="vesa").pk)})
    assert fresh(case).handler.name == "Vesa"
    assert "Vesa" in e.reads(ritva, here(case))
    e.led(ritva, f"{here(case)}take", {})
    e.reads(ritva, f"{here(case)}cancel", data={"why": ""}, status=422)
    e.led(ritva, f"{here(case)}cancel", {"why": "Työnantaja pyysi."})
    assert fresh(case).state == "cancelled"
    e.reads(ritva, here(case))


def test_a_mark_against_the_machine_needs_words(ritva: Client) -> None:
    sent = d.taken(weekly_hours=1000)
    e.led(ritva, f"{here(sent.case)}mark", {"kind": "employment", "holds": "yes", "words": ""})
    assert not ReviewMark.objects.filter(machine=False).exists()
    assert "Kerro, miksi kohta on kunnossa" in e.reads(ritva, here(sent.case))
    e.led(ritva, f"{here(sent.case)}mark", {"kind": "employment", "holds": "yes", "words": "Sopimus muuttui."})
    assert ReviewMark.objects.get(machine=False).words == "Sopimus muuttui."
    assert "sivuutettu" in e.reads(ritva, here(sent.case))
    assert ritva.post(f"{here(sent.case)}mark", {"kind": "nonsense", "holds": "yes"}).status_code == 404


def test_a_paper_is_read_by_handlers_and_others_papers_are_not_there(ritva: Client) -> None:
    first, second = d.taken(), other(1)
    (mine,) = documents.of(f"case:{first.case.pk}")
    answer = ritva.get(f"{here(first.case)}document/{mine.pk}")
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    assert ritva.get(f"{here(second.case)}document/{mine.pk}").status_code == 404


@pytest.mark.parametrize("language", e.LANGUAGES)
def test_a_refused_proposal_is_told_above_the_words_and_ones_own_saving_is_no_conflict(
    ritva: Client, language: str
) -> None:
    sent = d.taken()
    path = f"{here(sent.case)}decision/"
    e.led(ritva, path, {"do": "begin", "template": "granted", "language": "fi"})
    told = {"outcome": "accepted", "language": "fi", "decision": "Lisä myönnetään.",
            "justification": "Ehdot täyttyvät.",
            "de_minimis": "on", "industry": "56302", "revision": "1", "do": "propose"}  # fmt: skip
    html = e.reads(ritva, path, data=told | {"industry": "x"}, status=422, language=language)
    assert 'id="id_industry_error"' in html
    assert 'href="#id_industry"' in html
    html = e.reads(ritva, path, data=told, status=422, language=language)
    assert "data-error-summary" in html
    revision = re.search(r'name="revision" value="(\d+)"', html)
    assert revision is not None
    assert e.led(ritva, path, told | {"do": "save", "revision": revision[1]}) == path


@pytest.mark.parametrize(
    ("language", "kind", "sums", "hours"),
    [("fi", ": yritys", "18 000 €", "37,5"), ("sv", ": företag", "18 000 €", "37,5"),
     ("en", ": company", "€18,000", "37.5")],
)  # fmt: skip
def test_no_code_and_no_cents_stand_in_what_the_letter_says_was_read(
    ritva: Client, language: str, kind: str, sums: str, hours: str
) -> None:
    sent = d.taken()
    known = {"employer_kind": "company", "benefit_cents": 1_800_000, "pay_subsidy": False, "weekly_hours": 37}
    Application.objects.filter(case=sent.case).update(weekly_hours=3750)
    Case.objects.filter(pk=sent.case.pk).update(facts=known)
    path = f"{here(sent.case)}decision/"
    told = {"outcome": "accepted", "language": language, "decision": "Lisä myönnetään.", "de_minimis": "on",
            "justification": "Ehdot täyttyvät.", "industry": "56302", "do": "preview"}  # fmt: skip
    html = e.reads(ritva, path, data=told, language=language).replace("\N{NO-BREAK SPACE}", " ")
    letter = " ".join(re.sub(r"<[^>]+>", " ", html.partition("<article")[2]).split())
    assert kind in letter
    assert sums in letter
    assert f": {hours} " in letter
    assert "1800000" not in letter
