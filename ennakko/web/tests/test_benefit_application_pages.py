# SPDX-License-Identifier: EUPL-1.2
"""The application's pages without JavaScript: from beginning to sent, the employee's say, answering."""

import re
from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from ennakko.kernel import cases, clock
from ennakko.kernel.audit.models import Read
from ennakko.kernel.documents.tests.make import pdf
from ennakko.kernel.registers.tests.small_city import Resident
from ennakko.services.hiring_benefit import codes
from ennakko.services.hiring_benefit.actions import drafting, handling, letters
from ennakko.services.hiring_benefit.carried import token_of
from ennakko.services.hiring_benefit.estimating import Asked
from ennakko.services.hiring_benefit.models import Application, Employee
from ennakko.services.hiring_benefit.tests import town as t
from ennakko.web.tests.employers import LANGUAGES, comes, led, reads

pytestmark = pytest.mark.django_db
HOME = "/organisation/hiring-benefit/"
WHO = {"first_name": "Noora", "last_name": "Salo", "identity_code": t.EMPLOYEE, "lives_here": "yes"}
WORK = {
    "job_title": "Kokki", "start": "2026-03-01", "weekly_hours": "37,5", "monthly_pay": "2600",
    "other_expenses": "520", "apprenticeship": "no", "pay_subsidy": "not_granted",
}  # fmt: skip
EMPLOYER = {
    "iban": t.IBAN, "contact_first_name": "Petri", "contact_last_name": "Laakso", "contact_phone": "040 123 4567",
    "contact_email": "petri@aamukaste.example", "language": "fi", "de_minimis_aid": "no", "negotiations": "no",
}  # fmt: skip
ASSURED = ["terms", "account", "taxes", "notice"]


@pytest.fixture(autouse=True)
def _city(tmp_path: Any, settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.VAR = tmp_path
    monkeypatch.setattr(clock, "today", lambda: t.ON)
    monkeypatch.setattr(clock, "now", lambda: t.AT)
    monkeypatch.setattr(clock, "wall", lambda: t.WALL)
    t.town(
        tmp_path / "city",
        Resident(1, t.BORN, names=("Noora", "Salo"), email="n@posti.example", unemployed_since=date(2025, 9, 1)),
    )
    t.organisation()


@pytest.fixture
def petri() -> Client:
    return comes(t.employer())


@pytest.fixture
def noora() -> Client:
    return comes(t.resident(1))


def contract() -> dict[str, Any]:
    return {"employment_contract": SimpleUploadedFile("sopimus.pdf", pdf(), "application/pdf")}


def begun(client: Client, **told: str) -> str:
    """An application begun; the address of its draft."""
    return led(client, f"{HOME}begin/", told).removesuffix("employee/1/")


def filled(client: Client) -> str:
    """An application with every step filled in; the address of its draft."""
    draft = begun(client)
    assert led(client, f"{draft}employee/1/", WHO) == f"{draft}work/1/"
    assert led(client, f"{draft}work/1/", WORK) == f"{draft}papers/1/"
    assert led(client, f"{draft}papers/1/", {"consent_by": "online", **contract()}) == f"{draft}employer/"
    assert led(client, f"{draft}employer/", EMPLOYER) == f"{draft}check/"
    return draft


def sent(client: Client) -> Application:
    """An application sent through the pages."""
    draft = filled(client)
    led(client, f"{draft}check/", {"assured": ASSURED})
    return Application.objects.select_related("case", "employee").latest("pk")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_step_is_a_sound_page_and_the_last_one_says_what_it_comes_to(petri: Client, language: str) -> None:
    reads(petri, HOME, language=language)
    reads(petri, f"{HOME}begin/", language=language)
    draft = filled(petri)
    for step in ("employee/1/", "work/1/", "papers/1/", "employer/"):
        reads(petri, draft + step, language=language)
    html = reads(petri, f"{draft}check/", language=language)
    assert ("18\N{NO-BREAK SPACE}000" in html) or ("18,000" in html)
    assert "sopimus.pdf" in html
    assert Application.objects.count() == 0
    reads(petri, HOME, language=language)


def test_sending_leads_to_the_confirmation_and_a_second_press_to_the_same(petri: Client) -> None:
    draft = filled(petri)
    where = led(petri, f"{draft}check/", {"assured": ASSURED})
    html = reads(petri, where)
    row = Application.objects.get()
    assert row.case.number in html
    assert led(petri, f"{draft}check/", {"assured": ASSURED}) == where
    assert petri.get(f"{draft}check/").headers["Location"] == where
    assert Application.objects.count() == 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_step_says_what_to_correct_and_keeps_what_was_typed(petri: Client, language: str) -> None:
    draft = begun(petri)
    html = reads(
        petri, f"{draft}employee/1/", data=WHO | {"identity_code": "010190-9999"}, status=422, language=language
    )
    assert 'value="010190-9999"' in html
    html = reads(petri, f"{draft}work/1/", data=WORK | {"weekly_hours": "10"}, status=422, language=language)
    assert "18" in html
    html = reads(petri, f"{draft}employer/", data=EMPLOYER | {"iban": "FI00"}, status=422, language=language)
    assert 'value="FI00"' in html
    assert 'value="010190-9999"' in reads(petri, f"{draft}employee/1/", language=language)


def test_an_aid_row_that_is_wrong_is_told_beside_its_field(petri: Client) -> None:
    draft = begun(petri)
    told = EMPLOYER | {"de_minimis_aid": "yes", "aid-0-granter": "Espoo", "aid-0-amount": "x", "aid-0-granted_on": ""}
    html = reads(petri, f"{draft}employer/", data=told, status=422)
    assert 'href="#id_aid-0-amount"' in html, "the list above leads to the field"
    assert "Kirjoita summa euroina" in html
    assert "Lisää ainakin yksi" not in html, "a row that cannot be read was told all the same"


@pytest.mark.parametrize(
    ("language", "words"), [("fi", "Lisää ainakin yksi"), ("sv", "Lägg till minst ett"), ("en", "Add at least one")]
)
def test_who_has_had_aid_is_led_to_an_open_row_for_it(petri: Client, language: str, words: str) -> None:
    draft = begun(petri)
    told = EMPLOYER | {"de_minimis_aid": "yes", "negotiations": "yes"}
    html = reads(petri, f"{draft}employer/", data=told, status=422, language=language)
    assert words in html
    assert 'href="#id_aid-0-granter"' in html
    assert 'id="id_aid-0-granter_error"' in html
    for name in ("aid-0-granter", "negotiations_description"):
        folded = html.partition(f'name="{name}"')[0].rpartition("<details")[2]
        assert folded.startswith(' class="unfold" open'), name


def test_a_step_of_an_application_that_was_sent_leads_to_where_it_is(petri: Client) -> None:
    draft = filled(petri)
    where = led(petri, f"{draft}check/", {"assured": ASSURED})
    for step in ("employee/1/", "work/1/", "papers/1/", "employer/"):
        assert petri.get(draft + step).headers["Location"] == where, step
        assert led(petri, draft + step, WHO) == where, step
    assert petri.get(f"{HOME}draft/nonsense/work/1/").status_code == 404


@pytest.mark.parametrize(("language", "words"), [("fi", "Puuttuu: "), ("sv", "Saknas: "), ("en", "Still needed: ")])
def test_checking_says_which_conditions_are_not_met_and_which_paper_is_needed(
    petri: Client, language: str, words: str
) -> None:
    draft = begun(petri)
    led(petri, f"{draft}employee/1/", WHO)
    led(petri, f"{draft}work/1/", WORK | {"pay_subsidy": "granted", "pay_subsidy_percent": "50"})
    html = reads(petri, f"{draft}check/", language=language)
    assert words in html
    unmet = html.partition('class="reasons"')[2].partition("</ul>")[0]
    assert "reasons__mark--no" in unmet


def test_saving_for_later_judges_nothing_and_the_draft_stands_on_the_first_page(petri: Client) -> None:
    draft = begun(petri)
    assert led(petri, f"{draft}employee/1/", {"first_name": "Noora", "do": "save"}) == HOME
    html = reads(petri, HOME)
    assert "Noora" in html
    assert led(petri, f"{draft}remove", {}) == HOME
    assert "Noora" not in reads(petri, HOME)


def test_what_lacks_is_told_when_sending_with_a_link_to_where_it_is_put_right(petri: Client) -> None:
    draft = begun(petri)
    led(petri, f"{draft}employee/1/", WHO)
    html = reads(petri, f"{draft}check/", data={"assured": ["terms"]}, status=422)
    assert f'href="{draft}work/1/?back=check"' in html
    assert f'href="{draft}employer/?back=check"' in html
    assert 'href="#id_assured"' in html
    led(petri, f"{draft}work/1/", WORK)
    led(petri, f"{draft}employer/", EMPLOYER)
    html = reads(petri, f"{draft}check/", data={"assured": ASSURED}, status=422)
    assert f'href="{draft}papers/1/?back=check"' in html
    assert led(petri, f"{draft}papers/1/", {"back": "check", "consent_by": "online", **contract()}).endswith("/check/")


def test_a_file_that_is_none_of_the_three_is_not_taken(petri: Client) -> None:
    draft = begun(petri)
    led(petri, f"{draft}employee/1/", WHO)
    wrong = {"employment_contract": SimpleUploadedFile("sopimus.pdf", b"PK\x03\x04", "application/pdf")}
    html = reads(petri, f"{draft}papers/1/", data={"consent_by": "online", **wrong}, status=422)
    assert "sopimus.pdf" in html


def test_a_second_employee_is_added_and_removed(petri: Client) -> None:
    draft = filled(petri)
    other = WHO | {"first_name": "Ali", "identity_code": t.identity_code(t.BORN, 952)}
    led(petri, f"{draft}employee/2/", other)
    assert "Ali" in reads(petri, f"{draft}check/")
    led(petri, f"{draft}employee/2/remove", {})
    assert "Ali" not in reads(petri, f"{draft}check/")
    assert petri.get(f"{draft}employee/4/").status_code == 404


def test_the_employee_sees_who_asked_confirms_and_takes_it_back(petri: Client, noora: Client) -> None:
    row = sent(petri)
    page = f"/my/hiring-benefit/{row.case.number}/"
    assert page in reads(noora, "/my/")
    for language in LANGUAGES:
        assert "Kahvila Aamukaste" in reads(noora, page, language=language)
    led(noora, f"{page}confirm", {})
    assert Employee.objects.get().consent == "given"
    assert "vahvistanut" in reads(petri, f"{HOME}{row.case.number}/")
    led(noora, f"{page}withdraw", {})
    assert Employee.objects.get().consent == "withdrawn"
    assert "Odottaa teitä" not in reads(noora, page)
    assert "perui" in reads(petri, f"{HOME}{row.case.number}/")


def test_nobody_else_sees_or_says_anything_of_it(petri: Client) -> None:
    row = sent(petri)
    page = f"/my/hiring-benefit/{row.case.number}/"
    other = comes(t.resident(2))
    assert other.get(page).status_code == 404
    assert other.post(f"{page}confirm").status_code == 404
    rival = comes(t.employer(t.CLUB))
    assert rival.get(f"{HOME}{row.case.number}/").status_code == 404


def test_what_was_asked_is_answered_on_a_page_and_the_application_goes_on(petri: Client) -> None:
    row = sent(petri)
    case = handling.take(row.case, actor=t.handler(), at=t.AT, on=t.ON)
    handling.ask_more(case, "Mikä on palkka?", actor=t.handler(), at=t.AT, on=t.ON)
    page = f"{HOME}{row.case.number}/"
    for language in LANGUAGES:
        assert "Mikä on palkka?" in reads(petri, page, language=language)
        reads(petri, f"{page}answer/", language=language)
    assert "Mikä on palkka?" not in str(reads(petri, HOME))
    told = WHO | WORK | EMPLOYER | {"end": "2027-02-28", "consent_by": "online", "words": "Palkka on 2 700 €."}
    reads(petri, f"{page}answer/", data=told | {"monthly_pay": ""}, status=422)
    assert led(petri, f"{page}answer/", told | {"monthly_pay": "2700"}) == page
    row.refresh_from_db()
    row.case.refresh_from_db()
    assert (row.case.state, row.pay_cents) == ("handling", 270_000)
    assert led(petri, f"{page}answer/", told) == page


def test_the_employer_writes_to_the_handler_and_copies_the_application(petri: Client) -> None:
    row = sent(petri)
    page = f"{HOME}{row.case.number}/"
    reads(petri, f"{page}write", data={"words": ""}, status=422)
    assert led(petri, f"{page}write", {"words": "Perukaa hakemus."}) == page
    assert "Perukaa hakemus." in reads(petri, page)
    cases.write_letter(row.case, "Selvä.", actor=t.handler(), at=t.AT)
    assert led(petri, f"{page}read", {}) == page
    draft = led(petri, f"{page}copy", {}).removesuffix("employee/1/")
    html = reads(petri, f"{draft}check/")
    assert "Noora" not in html
    assert "FI21" in html


def test_papers_are_read_and_added_and_the_employee_sees_the_look(petri: Client) -> None:
    row = sent(petri)
    page = f"{HOME}{row.case.number}/"
    extra = SimpleUploadedFile("lisa.pdf", pdf(), "application/pdf")
    assert led(petri, f"{page}paper", {"other_attachment": extra}) == page
    html = reads(petri, page)
    assert "lisa.pdf" in html
    assert Read.objects.count() > 0
    assert row.attachments.filter(removed_at=None).count() == 2


def test_the_file_of_ones_own_data_is_ones_own(petri: Client, noora: Client) -> None:
    row = sent(petri)
    theirs = petri.get(f"{HOME}data").json()
    assert [one["case"] for one in theirs["applications"]] == [row.case.number]
    hers = noora.get("/my/hiring-benefit/data").json()
    assert [one["last_name"] for one in hers["applications"]] == ["Salo"]
    assert comes(t.resident(2)).get("/my/hiring-benefit/data").json()["applications"] == []


def test_a_letters_code_fills_in_who_it_is_and_the_identity_code_is_never_shown(petri: Client, settings: Any) -> None:
    settings.DEMO = True
    code = letter_code()
    reads(petri, f"{HOME}begin/", data={"code": "AAAA-BBBB"}, status=422)
    draft = begun(petri, code=code)
    html = reads(petri, f"{draft}employee/1/")
    assert "Noora Salo" in html
    assert t.EMPLOYEE not in html
    assert led(petri, f"{draft}employee/1/", {}) == f"{draft}work/1/"
    led(petri, f"{draft}work/1/", WORK)
    led(petri, f"{draft}papers/1/", {"consent_by": "online", **contract()})
    led(petri, f"{draft}employer/", EMPLOYER)
    assert t.EMPLOYEE not in reads(petri, f"{draft}check/")
    led(petri, f"{draft}check/", {"assured": ASSURED})
    row = Application.objects.get()
    assert row.employee.person_id == 1
    assert row.letter_code.isdigit()
    # The names came from the letter: five fields of the work and the five of an employer of whom nothing was known.
    assert row.typed_fields == 10


def letter_code() -> str:
    """The code of a letter that the employee has ordered."""
    ordered = letters.order(
        1, consents=True, waives=True, language="fi", actor=t.resident(1), at=t.AT, on=t.ON, wall=t.WALL
    )
    assert ordered.letter is not None
    return codes.code_of(ordered.letter)


def test_an_estimate_is_carried_over_and_nonsense_is_not(petri: Client) -> None:
    asked = Asked(monthly_pay=280_000, start=t.ON, months=6, weekly_hours=30)
    draft = begun(petri, estimate=token_of(asked))
    html = reads(petri, f"{draft}work/1/")
    assert 'value="2800"' in html
    assert 'value="2026-03-02"' in html
    assert 'value="2800"' not in reads(petri, f"{begun(petri, estimate='nonsense')}work/1/")


# --- colleagues


def sign_of(html: str) -> str:
    """What the page says its step held."""
    return re.search(r'name="seen" value="([0-9a-f]+)"', html)[1]  # type: ignore[index]


@pytest.mark.parametrize(("language", "words"), [("fi", "sillä välin"), ("sv", "under tiden"), ("en", "meanwhile")])
def test_a_later_save_of_the_same_step_is_told_whose_words_stand_and_loses_none(language: str, words: str) -> None:
    drafting.save(t.raw_application(), key="shared", actor=t.employer(), at=t.AT)
    draft = f"{HOME}draft/shared/"
    page = f"{draft}work/1/"
    mine, hers = comes(t.employer(name="Aino Koski")), comes(t.employer(name="Petri Laakso"))
    seen = sign_of(reads(mine, page, language=language))
    told = {"job_title": "Leipuri", "start": "2026-03-01", "weekly_hours": "37,5", "monthly_pay": "2600",
            "apprenticeship": "no", "pay_subsidy": "not_granted", "do": "save"}  # fmt: skip
    assert hers.post(page, told | {"seen": seen}).status_code == 302
    html = reads(mine, page, data=told | {"job_title": "Tarjoilija", "seen": seen}, status=409, language=language)
    assert words in html
    assert "Petri Laakso" in html
    assert "Leipuri" in html, "what stands there now"
    assert 'value="Tarjoilija"' in html, "what was typed"
    assert mine.post(page, told | {"job_title": "Tarjoilija", "seen": sign_of(html)}).status_code == 302
    kept = drafting.draft_of("shared", actor=t.employer())
    assert kept is not None
    assert kept.data["employees"][0]["job_title"] == "Tarjoilija"


def test_a_colleague_in_another_step_is_no_conflict() -> None:
    drafting.save(t.raw_application(), key="shared", actor=t.employer(), at=t.AT)
    mine, hers = comes(t.employer(name="Aino Koski")), comes(t.employer(name="Petri Laakso"))
    seen = sign_of(reads(mine, f"{HOME}draft/shared/employee/1/"))
    draft = f"{HOME}draft/shared/"
    hers.post(f"{draft}work/1/", {"job_title": "Leipuri", "do": "save"})
    told = {"first_name": "Noora", "last_name": "Saloranta", "identity_code": t.EMPLOYEE, "lives_here": "on",
            "seen": seen, "do": "save"}  # fmt: skip
    assert mine.post(f"{HOME}draft/shared/employee/1/", told).status_code == 302
    kept = drafting.draft_of("shared", actor=t.employer())
    assert kept is not None
    row = kept.data["employees"][0]
    assert (row["last_name"], row["job_title"]) == ("Saloranta", "Leipuri")


# --- a session that ends


@pytest.mark.parametrize(
    ("language", "words"), [("fi", "Istuntosi ehti päättyä"), ("sv", "Din session hann"), ("en", "Your session had")]
)
def test_a_form_sent_after_the_session_ended_says_so_and_leads_back_to_its_page(
    petri: Client, language: str, words: str
) -> None:
    draft = begun(petri)
    petri.cookies.pop("session")
    page = f"{draft}work/1/?back=check"
    headers = {"accept-language": language, "referer": f"http://testserver{page}"}
    answer = petri.post(f"{draft}work/1/", WORK, headers=headers)
    assert answer.status_code == 302
    html = reads(petri, answer.headers["Location"], language=language)
    assert words in html
    assert f'name="next" value="{page}"' in html.replace("&amp;", "&")
    away = petri.post(f"{draft}remove", {}, headers={"referer": "https://elsewhere.example/x"})
    assert "elsewhere" not in away.headers["Location"]
