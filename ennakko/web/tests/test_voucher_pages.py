# SPDX-License-Identifier: EUPL-1.2
"""The voucher's pages: what a youth, a worker and an official see and do, and what no page gives away."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from ennakko.kernel import clock
from ennakko.kernel.audit.models import Read
from ennakko.kernel.offers.links import token_of
from ennakko.kernel.offers.models import Offer, Run
from ennakko.kernel.registers import contact_of
from ennakko.kernel.ui.checker import flaws
from ennakko.services.summer_voucher import offer, steps
from ennakko.services.summer_voucher.models import Application, Voucher
from ennakko.services.summer_voucher.queries.vouchers import shown
from ennakko.services.summer_voucher.tests import town as t
from ennakko.values.identity_code import compose
from ennakko.web.tests.test_voucher_situation_page import signs_in

pytestmark = pytest.mark.django_db
OWN, QUEUE, RUNS = "/summer-voucher/", "/summer-voucher/queue/", "/summer-voucher/runs/"


@pytest.fixture(autouse=True)
def _day(monkeypatch: Any) -> None:
    monkeypatch.setattr(clock, "today", lambda: t.ON)
    monkeypatch.setattr(clock, "now", lambda: t.AT)
    monkeypatch.setattr(clock, "wall", lambda: t.WALL)


def read(client: Client, address: str, *, status: int = 200, language: str = "fi", data: Any = None) -> str:
    headers = {"accept-language": language}
    answer = client.get(address, headers=headers) if data is None else client.post(address, data, headers=headers)
    assert answer.status_code == status, answer.headers.get("Location")
    html = answer.content.decode()
    assert flaws(html, language=language) == []
    return html


def does(client: Client, address: str, **data: Any) -> str:
    answer = client.post(address, data)
    assert answer.status_code == 302
    return str(answer.headers["Location"])


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_a_youth_sees_the_voucher_and_may_say_no_and_take_it_back(client, tmp_path, language):
    t.town(tmp_path / "a", t.youth(1))
    t.released()
    signs_in(client, t.resident(1))
    assert shown(Voucher.objects.get()) in read(client, OWN, language=language)
    assert does(client, f"{OWN}answer", answer="declined") == OWN
    assert "voucher__number" not in read(client, OWN, language=language)
    does(client, f"{OWN}undo")
    assert shown(Voucher.objects.get()) in read(client, OWN, language=language)
    read(client, f"{OWN}printed/", language=language)
    read(client, f"{OWN}data/", language=language)
    assert client.get(f"{OWN}data.json").json()["vouchers"][0]["number"] == shown(Voucher.objects.get())


def test_nothing_changes_by_opening_an_address(client, tmp_path):
    t.town(tmp_path / "a", t.youth(1))
    t.released()
    signs_in(client, t.resident(1))
    for address in ("answer", "undo", "new-number"):
        assert client.get(OWN + address).status_code == 405


def test_an_unknown_answer_is_told_of_and_changes_nothing(client, tmp_path):
    t.town(tmp_path / "a", t.youth(1))
    t.released()
    signs_in(client, t.resident(1))
    does(client, f"{OWN}answer", answer="perhaps")
    assert "hds-notification--error" in read(client, OWN)
    assert Offer.objects.get().answer == ""


def test_a_voucher_not_released_yet_is_shown_to_nobody(client, tmp_path):
    t.town(tmp_path / "a", t.youth(1))
    offer.anticipate(on=t.ON, at=t.AT, actor=t.MACHINE)
    signs_in(client, t.resident(1))
    html = read(client, OWN)
    assert "Saat setelin" in html
    assert shown(Voucher.objects.get()) not in html


def test_a_new_number_puts_the_old_one_out_of_use(client, tmp_path):
    t.town(tmp_path / "a", t.youth(1))
    t.released()
    signs_in(client, t.resident(1))
    old = shown(Voucher.objects.get())
    does(client, f"{OWN}new-number")
    assert old not in read(client, OWN)


def test_another_youths_application_is_not_found(client, tmp_path):
    t.town(tmp_path / "a", t.youth(1))
    row = t.checked()
    signs_in(client, t.resident(1))
    assert client.get(f"/summer-voucher/application/{row.reference}/").status_code == 404


def _answers(client: Client, **changed: str) -> None:
    told = {
        "name": {"first_name": "Leevi", "last_name": "Harju"},
        "code": {"social_security_number": t.STRANGER.lower()},
        "age": {"target_group": "primary_target_group"},
        "school": {"school": "Ressun lukio"},
        "home": {"postcode": "02150"},
        "why": {"additional_info_user_reasons": ["other"], "additional_info_description": "Käyn koulua täällä."},
        "contact": {"email": "leevi@posti.example", "phone_number": "040 123 4567", "language": "fi"},
    }
    for step, values in told.items():
        does(client, f"/summer-voucher/apply/{step}/", **values, **changed)


def test_the_answers_are_kept_step_by_step_sealed_and_sent_once(client, tmp_path):
    t.town(tmp_path / "a")
    _answers(client)
    assert t.STRANGER not in str(dict(client.session))
    assert "Leevi" not in str(dict(client.session))
    assert t.STRANGER in read(client, "/summer-voucher/apply/check/")
    assert does(client, "/summer-voucher/apply/check/") == "/summer-voucher/apply/sent/"
    assert Application.objects.get().reference in read(client, "/summer-voucher/apply/sent/")
    assert steps.KEY not in client.session
    assert does(client, "/summer-voucher/apply/check/") == "/summer-voucher/apply/name/"
    assert Application.objects.count() == 1


def test_a_form_of_an_earlier_version_keeps_what_is_still_asked(client, tmp_path):
    t.town(tmp_path / "a")
    _answers(client)
    session = client.session
    steps.keep(session, steps.Answers("open", {"first_name": "Leevi", "shoe_size": 43}))
    session.save()
    assert does(client, "/summer-voucher/apply/check/") == "/summer-voucher/apply/name/"
    assert 'value="Leevi"' in read(client, "/summer-voucher/apply/name/")


def test_what_was_typed_stays_beside_what_is_needed(client, tmp_path):
    t.town(tmp_path / "a")
    html = read(client, "/summer-voucher/apply/home/", status=422, data={"postcode": "2150"})
    assert 'value="2150"' in html
    assert "Kirjoita postinumero viitenä numerona" in html
    html = read(client, "/summer-voucher/apply/name/", status=422, data={"first_name": "Leevi", "last_name": ""})
    assert "Sukunimi: täytä tämä kohta." in html
    assert client.get("/summer-voucher/apply/shoes/").status_code == 404


def test_the_year_without_conditions_takes_in_nothing(client, tmp_path, monkeypatch):
    t.town(tmp_path / "a")
    _answers(client)
    monkeypatch.setattr(clock, "today", lambda: t.ON.replace(year=2027))
    assert "Vuoden ehtoja ei ole päätetty" in read(client, "/summer-voucher/apply/")
    assert "hds-notification--error" in read(client, "/summer-voucher/apply/check/", status=422, data={})
    assert not Application.objects.exists()


def test_the_queue_takes_as_many_questions_to_the_database_for_one_row_as_for_many(client, tmp_path):
    t.town(tmp_path / "a")
    signs_in(client, t.handler())
    t.checked(email="one@posti.example")
    read(client, QUEUE)
    with CaptureQueriesContext(connection) as one:
        read(client, QUEUE)
    for number in range(8):
        code = compose(t.SIXTEEN, 940 + number)
        t.checked(email=f"more{number}@posti.example", social_security_number=code)
    with CaptureQueriesContext(connection) as many:
        read(client, QUEUE)
    assert len(many) == len(one)


def test_a_name_that_is_searched_for_stands_in_no_address(client, tmp_path):
    t.town(tmp_path / "a")
    row = t.checked()
    signs_in(client, t.handler())
    html = read(client, QUEUE, data={"words": "harju"})
    assert "Leevi Harju" in html
    assert "words=" not in html.replace('name="words"', "")
    assert row.case is not None
    assert row.case.number in html


def test_a_handler_proposes_and_only_the_official_decides(client, tmp_path):
    t.town(tmp_path / "a")
    row = t.checked()
    assert row.case is not None
    desk = f"/summer-voucher/case/{row.case.number}/"
    signs_in(client, t.handler())
    assert "******" in read(client, desk)
    assert t.STRANGER not in read(client, desk)
    missing = read(client, f"{desk}propose", status=422, data={"outcome": "rejected", "justification": " "})
    assert "Kirjoita, miksi hakemus hylätään" in missing
    preview = read(
        client, f"{desk}propose", data={"outcome": "rejected", "justification": "Asut muualla.", "do": "preview"}
    )
    assert "Asut muualla." in preview
    row.case.refresh_from_db()
    assert row.case.draft is None
    does(client, f"{desk}propose", outcome="accepted", justification="Opiskelee täällä.")
    assert client.post(f"{desk}propose", {"outcome": "accepted"}).status_code == 403
    signs_in(client, t.official())
    does(client, f"{desk}propose", outcome="accepted", justification="")
    assert "Hyväksytty" in read(client, desk)
    assert Voucher.objects.filter(case=row.case).count() == 1


def test_a_question_needs_words_and_a_day_to_come(client, tmp_path):
    t.town(tmp_path / "a")
    row = t.checked()
    assert row.case is not None
    desk = f"/summer-voucher/case/{row.case.number}/"
    signs_in(client, t.handler())
    html = read(client, f"{desk}ask", status=422, data={"question": "Milloin muutat?", "due": t.ON.isoformat()})
    assert "Valitse päivä tämän päivän jälkeen" in html
    assert "Milloin muutat?" in html
    does(client, f"{desk}note", text="Soitettu.", important="on")
    assert "Soitettu." in read(client, f"{desk}?kind=note")


def test_the_official_sees_why_before_releasing_and_releases_once(client, tmp_path):
    t.town(tmp_path / "a", *(t.youth(person) for person in range(1, 9)))
    offer.anticipate(on=t.ON, at=t.AT, actor=t.MACHINE)
    signs_in(client, t.handler())
    assert client.get(RUNS).status_code == 403
    signs_in(client, t.official())
    html = read(client, RUNS)
    assert "Vapauta 8 seteliä" in html
    assert "Virtanen" not in html
    assert html.count("Asut kaupungissa") == 3
    run = Run.objects.get()
    does(client, f"{RUNS}{run.pk}/release")
    run.refresh_from_db()
    assert run.released_by.startswith("staff:")
    assert "Mikään ei odota vapautusta" in read(client, RUNS)


def test_whoever_is_served_is_marked_in_the_log_and_the_protected_are_refused(client, tmp_path):
    t.town(tmp_path / "a", t.youth(1), t.youth(2, non_disclosure=True))
    t.released()
    signs_in(client, t.handler())
    open_one, protected = contact_of(1), contact_of(2)
    assert open_one is not None
    assert protected is not None
    before = Read.objects.count()
    does(client, "/summer-voucher/counter/", how="counter", whom=open_one.identity_code)
    assert Read.objects.count() == before + 1
    assert "Palvelet nyt" in read(client, "/summer-voucher/counter/errand/")
    does(client, "/summer-voucher/counter/errand/answer", answer="declined")
    assert Offer.objects.get(subject=1).answer == "declined"
    does(client, "/summer-voucher/counter/end")
    refused = client.post("/summer-voucher/counter/", {"how": "counter", "whom": protected.identity_code})
    assert refused.status_code == 403


def test_an_application_without_identity_code_is_filled_in_at_the_counter(client, tmp_path):
    t.town(tmp_path / "a")
    signs_in(client, t.handler())
    does(client, "/summer-voucher/counter/", how="paper", without_code="on")
    form = "/summer-voucher/counter/application/"
    assert "täytä tämä kohta" in read(client, form, status=422, data={})
    does(client, form, first_name="Ana", last_name="Silva", non_vtj_birthdate="2010-03-01",
         non_vtj_home_municipality="", email="ana@posti.example", school="Ressun lukio", phone_number="040 123 4567",
         postcode="00100", language="en", target_group="primary_target_group",
         additional_info_description="Muutti juuri.")  # fmt: skip
    assert Application.objects.get().source == "paper"


@pytest.mark.parametrize("key", ["424242", "9" * 30, "²"])
def test_a_key_that_nobody_has_is_not_found_at_the_counter(client, tmp_path, key):
    t.town(tmp_path / "a", t.youth(1))
    signs_in(client, t.handler())
    answer = client.post("/summer-voucher/counter/choose", {"how": "phone", "person": key})
    assert answer.status_code == 404


def test_a_voucher_is_found_voided_with_a_reason_and_told_of(client, tmp_path):
    t.town(tmp_path / "a", t.youth(1))
    t.released()
    signs_in(client, t.handler())
    voucher = Voucher.objects.get()
    find = "/summer-voucher/find/"
    assert "Sellaista seteliä ei ole" in read(client, find, status=422, data={"number": "zzz"})
    assert "Virtanen1" in read(client, find, data={"number": shown(voucher).upper()})
    read(client, f"{find}{voucher.pk}/void", status=422, data={"words": ""})
    does(client, f"{find}{voucher.pk}/void", words="Annettu väärälle.")
    voucher.refresh_from_db()
    assert voucher.state == "voided"


def test_the_link_without_signing_in_answers_by_post_only_and_names_nobody(client, tmp_path):
    t.town(tmp_path / "a", t.youth(1))
    t.released()
    recipient = Offer.objects.get().recipients.get()
    link = f"/o/{token_of(recipient.pk)}/"
    html = read(client, link)
    main = html[html.index("<main") : html.index("</main>")]
    assert "Virtanen" not in main
    assert "350" not in main
    assert Offer.objects.get().answer == ""
    does(client, link, answer="declined")
    assert Offer.objects.get().answer == "declined"
    assert client.get("/o/nothing/").status_code == 404
