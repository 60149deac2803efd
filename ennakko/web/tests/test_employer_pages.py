# SPDX-License-Identifier: EUPL-1.2
"""The employer's pages: the claim from the number to the answer, each mistake with its own words, nothing lost."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from ennakko.kernel import clock, documents
from ennakko.kernel.cases.models import Case
from ennakko.kernel.registers.permits import Permit, PermitTable, permits, set_permits
from ennakko.services.summer_voucher.claim_values import documents_about
from ennakko.services.summer_voucher.models import Claim, ClaimRow, Voucher
from ennakko.services.summer_voucher.tests import market as m
from ennakko.services.summer_voucher.tests import town as t
from ennakko.values.texts import text
from ennakko.web.tests import employers as e

pytestmark = pytest.mark.django_db


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


def wages_may_be_read() -> None:
    words = text(fi="laki", sv="lag", en="act")
    facts = frozenset({"income_month"})
    row = Permit("incomes-register", "summer-voucher", facts, words, words, m.CLAIM_DAY - timedelta(days=99))
    set_permits(PermitTable((row, *permits().permits)))


@pytest.mark.parametrize("language", e.LANGUAGES)
def test_number_and_surname_are_enough_where_all_else_is_known(petri: Client, language: str) -> None:
    wages_may_be_read()
    m.registers(wages=(m.wage(),))
    e.claimed(2, papers=False)
    page = e.begins(petri, m.voucher(1))
    html = e.reads(petri, page, language=language)
    assert html.count('type="file"') == 2, "files are folded away: the register tells the pay"
    assert {"fi": "Tulorekisteri", "sv": "Inkomstregistret", "en": "Incomes Register"}[language] in html
    answer = petri.post(page, {"r0-hired_without": "no", "do": "send"})
    claim = Claim.objects.get(rows__voucher=m.voucher(1))
    assert answer.headers["Location"] == f"{e.HOME}claims/{claim.reference}/"
    assert (claim.typed_fields, claim.rows.get().case.state) == (2, "accepted")
    sent = e.reads(petri, answer.headers["Location"], language=language)
    assert "350" in sent
    assert "Outi" in sent, "who answers for the automatic decision"
    assert f"/cases/{claim.rows.get().case.number}/decision/" in sent


TYPED_OVER = {"fi": "Teidän kirjoittamanne", "sv": "Ni skrev detta", "en": "You wrote this"}


@pytest.mark.parametrize("language", e.LANGUAGES)
def test_what_is_typed_over_a_register_is_told_to_be_the_employers_own(petri: Client, language: str) -> None:
    wages_may_be_read()
    m.registers(wages=(m.wage(),))
    page = e.begins(petri, m.voucher(1))
    assert TYPED_OVER[language] not in e.reads(petri, page, language=language)
    html = e.reads(petri, page, data=e.row(hours="61") | {"do": "check"}, language=language)
    line = html.split(TYPED_OVER[language])
    assert len(line) >= 2
    assert line[0].rstrip().endswith('<span class="source">')
    assert {"fi": "Tulorekisteri", "sv": "Inkomstregistret", "en": "Incomes Register"}[language] in line[1][:60]


def test_papers_are_asked_for_when_the_register_does_not_tell_what_the_employer_does(petri: Client) -> None:
    wages_may_be_read()
    m.registers(wages=(m.wage(),))
    page = e.begins(petri, m.voucher(1))
    found = "Palkka löytyi tulorekisteristä"
    assert found in e.reads(petri, page)
    more = e.row(pay="9000") | e.WAYS
    elsewhere = e.row(work_start="2026-08-03", work_end="2026-08-14") | e.WAYS
    for told in (more, elsewhere):
        html = e.reads(petri, page, data=told | {"do": "send"}, status=422)
        assert found not in html
        assert "Palkkalaskelma" in html.split("data-error-summary")[1].split("</ul>")[0]
        assert not Claim.objects.exists()


def test_the_machine_answers_before_anything_is_sent_and_nothing_is_stored(petri: Client) -> None:
    page = e.begins(petri, m.voucher(1))
    html = e.reads(petri, page, data=e.row() | e.WAYS | e.papers() | {"do": "check"})
    assert "Kaikki ehdot täyttyvät" in html
    assert "350\N{NO-BREAK SPACE}€" in html
    live = petri.post(page, e.row(hours="20") | e.WAYS, headers={"HX-Request": "true"})
    assert live.status_code == 200
    assert "<h1" not in live.content.decode()
    assert "Tunteja on 20" in live.content.decode()
    assert (Claim.objects.count(), Case.objects.filter(kind="claim").count()) == (0, 0)


def test_what_is_empty_is_named_and_the_claim_is_not_sent(petri: Client) -> None:
    page = e.begins(petri, m.voucher(1))
    html = e.reads(petri, page, data={"do": "send"}, status=422)
    for field in ("Ensimmäinen työpäivä", "Bruttopalkka", "Sähköposti", "Tilinumero", "Työsopimus", "Palkkalaskelma"):
        assert f"{field}" in html.split("data-error-summary")[1].split("</ul>")[0], field
    assert not Claim.objects.exists()


MISTAKES: dict[str, tuple[dict[str, Any], str]] = {
    "end before start": ({"work_start": "2026-06-28", "work_end": "2026-06-08"}, "päättyy ennen kuin se alkaa"),
    "outside the season": ({"work_end": "2026-08-30"}, "Työ pitää tehdä"),
    "too few hours": ({"hours": "59"}, "Tunteja on 59"),
    "too little pay": ({"pay": "499"}, "pitää maksaa vähintään"),
    "hours in words": ({"hours": "paljon"}, "Kirjoita tunnit numeroina"),
    "pay in words": ({"pay": "hyvin"}, "Kirjoita palkka euroina"),
    "a day that is none": ({"work_start": "32.6.2026"}, "Kirjoita päivä muodossa"),
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_is_told_in_words_beside_its_field_and_nothing_typed_is_lost(petri: Client, mistake: str) -> None:
    told, words = MISTAKES[mistake]
    page = e.begins(petri, m.voucher(1))
    form = e.row(**told) | e.WAYS | e.papers() | {"do": "send"}
    html = e.reads(petri, page, data=form, status=422)
    assert words in html
    assert f'value="{told.get("hours") or "64"}"' in html
    assert "petri@aamukaste.example" in html
    assert not Claim.objects.exists()
    assert "employment_contract.pdf" in e.reads(petri, page), "the files wait with the draft"


@pytest.mark.parametrize("mistake", MISTAKES)
@pytest.mark.parametrize("do", ["send", "check"])
def test_a_mistake_is_told_at_once_though_papers_are_lacking_and_what_a_register_tells_is_folded_away(
    petri: Client, mistake: str, do: str
) -> None:
    wages_may_be_read()
    m.registers(wages=(m.wage(),))
    told, words = MISTAKES[mistake]
    page = e.begins(petri, m.voucher(1))
    html = e.reads(petri, page, data=e.row(**told) | e.WAYS | {"do": do}, status=422)
    assert words in html.split("data-error-summary")[1].split("</ul>")[0]
    folded = html.split("Korjaa tai kerro lisää")[0].rsplit("<details", 1)[1]
    assert "open" in folded
    assert words in html.split('class="youth__body"')[1].split("</section>")[0], "beside its field too"


def test_what_is_empty_hides_no_mistake(petri: Client) -> None:
    page = e.begins(petri, m.voucher(1))
    form = e.row(hours="59", hired_without="") | e.WAYS | e.papers() | {"do": "send"}
    told = e.reads(petri, page, data=form, status=422).split("data-error-summary")[1].split("</ul>")[0]
    assert "Tunteja on 59" in told
    assert "Olisitteko palkanneet" in told


def test_an_employer_who_says_that_it_is_right_is_decided_by_a_person(petri: Client) -> None:
    page = e.begins(petri, m.voucher(1))
    form = e.row(hours="50", confirmed="on") | e.WAYS | e.papers() | {"do": "send"}
    e.led(petri, page, form)
    case = Case.objects.get(kind="claim")
    assert (case.state, (case.draft or {}).get("outcome")) == ("awaiting_handling", "rejected")


@pytest.mark.parametrize("language", e.LANGUAGES)
def test_a_wrong_account_and_a_foreign_one_without_its_bank_are_told_of(petri: Client, language: str) -> None:
    page = e.begins(petri, m.voucher(1))
    for account in ("FI2112345600000786", m.FOREIGN_IBAN):
        form = e.row() | e.WAYS | e.papers() | {"iban": account, "do": "send"}
        html = e.reads(petri, page, data=form, status=422, language=language)
        assert html.split("data-error-summary")[1].split("</ul>")[0].count('href="#id_iban"') == 1, "told once"
        assert 'aria-invalid="true"' in html
        abroad = html.split('name="payee_name"')[0].rsplit("<details", 1)[1].split(">")[0]
        assert ("open" in abroad) == (account == m.FOREIGN_IBAN), "the fields that are needed are seen"
    assert not Claim.objects.exists()


def test_another_account_takes_nothing_of_the_old_one(petri: Client) -> None:
    foreign = {
        "iban": m.FOREIGN_IBAN, "bic": "EEUHEE2X", "payee_name": "Aamukaste OÜ", "payee_address": "Narva mnt 1",
        "bank_name": "SEB", "bank_address": "Tornimäe 2",
    }  # fmt: skip
    e.claimed(2, ways=foreign)
    page = e.begins(petri, m.voucher(1))
    assert "Aamukaste OÜ" in e.reads(petri, page)
    e.led(petri, page, e.row() | e.papers() | {"iban": m.IBAN, "do": "send"})
    claim = ClaimRow.objects.get(voucher=m.voucher(1)).claim
    assert (claim.iban, claim.bic, claim.bank_name) == (m.IBAN, "", "")


def test_a_number_that_is_nobodys_and_one_of_another_surname_get_the_same_words(petri: Client) -> None:
    asked = {"number": "31n-022", "surname": "Virtanen1"}
    nobodys = e.reads(petri, e.BEGIN, data=asked, status=422)
    held = m.voucher(1)
    others = e.reads(petri, e.BEGIN, data={"number": e.shown(held), "surname": "Korhonen"}, status=422)
    words = "Tällä numerolla ja nimellä ei löydy seteliä"
    assert words in nobodys
    assert words in others
    assert 'value="Korhonen"' in others
    assert "Kirjoita sukunimi" in e.reads(petri, e.BEGIN, data={"number": "31n-022"}, status=422)


@pytest.mark.parametrize("language", e.LANGUAGES)
def test_a_misread_number_is_told_to_be_misread_and_costs_no_try(petri: Client, language: str) -> None:
    words = {"fi": "jokin merkki väärin", "sv": "Något tecken i numret är fel", "en": "A character of the number"}
    asked = {"number": "31n-023", "surname": "Virtanen1"}
    for _ in range(25):
        html = e.reads(petri, e.BEGIN, data=asked, status=422, language=language)
    assert words[language] in html
    assert 'value="31n-023"' in html
    e.begins(petri, m.voucher(1))


def test_numbers_cannot_be_tried_through(petri: Client) -> None:
    for _ in range(20):
        petri.post(e.BEGIN, {"number": "31n-022", "surname": "Virtanen1"})
    asked = {"number": e.shown(m.voucher(1)), "surname": "Virtanen1"}
    assert "liian monta" in e.reads(petri, e.BEGIN, data=asked, status=422)


def test_a_used_voucher_is_told_by_whom_only_to_its_user(petri: Client) -> None:
    sent = e.claimed(1)
    asked = {"number": e.shown(m.voucher(1)), "surname": "Virtanen1"}
    own = e.reads(petri, e.BEGIN, data=asked, status=422)
    assert sent.claim is not None
    assert sent.claim.reference in own
    m.organisation(m.GARDEN, "Ekholms Trädgård Ab")
    other = e.reads(e.comes(m.employer(m.GARDEN, "Henrik Ekholm")), e.BEGIN, data=asked, status=422)
    assert "Seteli on jo käytetty" in other
    assert sent.claim.reference not in other
    assert "Kahvila" not in other.split("<main")[1]


def test_a_voucher_of_last_year_may_be_claimed_for_a_decision_with_reasons(petri: Client) -> None:
    Voucher.objects.filter(pk=m.voucher(1).pk).update(year=2025)
    page = e.begins(petri, m.voucher(1))
    assert "Seteli on vuodelta 2025" in e.reads(petri, page)
    e.led(petri, page, e.row() | e.WAYS | e.papers() | {"do": "send"})
    assert Case.objects.get(kind="claim").state == "awaiting_handling"


def test_a_voucher_already_in_an_unfinished_claim_leads_there(petri: Client) -> None:
    page = e.begins(petri, m.voucher(1))
    assert e.begins(petri, m.voucher(1)) == page


FILES = {
    "disguised": (b"MZ\x90\x00 a program", "kuitti.pdf", "sisältö on jotakin muuta"),
    "giant": (b"%PDF-1.7" + b"0" * 10_500_000, "iso.pdf", "liian suuri"),
    "empty": (b"", "tyhja.pdf", "tyhjä"),
}


@pytest.mark.parametrize("kind", FILES)
def test_a_file_that_is_not_taken_is_told_of_by_its_name(petri: Client, kind: str) -> None:
    content, name, words = FILES[kind]
    page = e.begins(petri, m.voucher(1))
    form = e.row() | e.WAYS | {"r0-payslip": SimpleUploadedFile(name, content, "application/pdf"), "do": "send"}
    html = e.reads(petri, page, data=form, status=422)
    assert name in html
    assert words in html
    assert html.split("data-error-summary")[1].split("</ul>")[0].count('href="#id_r0-payslip"') == 1, "told once"
    assert not Claim.objects.exists()


def test_without_documents_the_claim_stops_once_and_may_then_be_sent_to_be_asked(petri: Client) -> None:
    page = e.begins(petri, m.voucher(1))
    html = e.reads(petri, page, data=e.row() | e.WAYS | {"do": "send"}, status=422)
    assert "Lähetä ilman liitteitä" in html
    there = e.led(petri, page, e.row() | e.WAYS | {"do": "send-without"})
    assert "Hakemus odottaa teitä" in e.reads(petri, there)


def test_files_follow_their_youth_when_another_is_taken_off(petri: Client) -> None:
    page = e.begins(petri, m.voucher(1))
    key = page.rstrip("/").rsplit("/", 1)[1]
    e.led(petri, f"{page}more/", {"number": e.shown(m.voucher(2)), "surname": "Virtanen2"})
    e.reads(petri, page, data=e.row() | e.row(1) | e.WAYS | e.papers(1) | {"do": "check"})
    assert e.led(petri, page, e.row() | e.row(1) | e.WAYS | {"do": "remove-row-0"}) == page
    html = e.reads(petri, page)
    assert "Virtanen2" in html
    assert "Virtanen1" not in html
    assert {one.kind for one in documents.of(documents_about(m.CAFE, key, 1))} == set(e.KINDS)
    assert documents.of(documents_about(m.CAFE, key, 2)) == []


def test_the_same_sending_again_shows_what_became_of_the_first(petri: Client) -> None:
    page, form = e.begins(petri, m.voucher(1)), e.row() | e.WAYS
    there = e.led(petri, page, form | e.papers() | {"do": "send"})
    assert e.led(petri, page, form | {"do": "send"}) == there
    assert petri.get(page).headers["Location"] == there
    assert Claim.objects.count() == 1


def test_a_silent_register_costs_no_claim(petri: Client) -> None:
    wages_may_be_read()
    known = m.registers()
    known.silent |= {"wages", "taxes"}
    page = e.begins(petri, m.voucher(1))
    assert "Tulorekisteri ei vastaa" in e.reads(petri, page)
    there = e.led(petri, page, e.row() | e.WAYS | e.papers() | {"do": "send"})
    assert "Jokin rekisteri ei ole vielä vastannut" in e.reads(petri, there)
    assert Case.objects.get(kind="claim").state == "submitted"


def test_a_draft_is_kept_shown_and_thrown_away(petri: Client) -> None:
    page = e.begins(petri, m.voucher(1))
    assert e.led(petri, page, e.row(hours="61") | {"do": "save"}) == e.HOME
    assert "Virtanen1" in e.reads(petri, e.HOME)
    assert 'value="61"' in e.reads(petri, page)
    e.led(petri, f"{page}remove", {})
    assert "Virtanen1" not in e.reads(petri, e.HOME)
    e.reads(petri, page, status=404)


def test_late_claims_and_undecided_years_are_told_of(petri: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    late = m.CLAIM_DAY.replace(month=12, day=5)
    monkeypatch.setattr(clock, "today", lambda: late)
    assert "haku päättyi 30.11.2026" in e.reads(petri, e.HOME)
    monkeypatch.setattr(clock, "today", lambda: late.replace(year=2027, month=6))
    undecided = e.reads(petri, e.HOME)
    assert "työllisyyspalvelut" in undecided, "whom to ask"
