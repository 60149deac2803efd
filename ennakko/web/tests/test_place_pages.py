# SPDX-License-Identifier: EUPL-1.2
"""The pages of offered places: what a guardian, a worker, an official and the director see and do."""

import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from ennakko.kernel import clock, offers
from ennakko.kernel.cases.models import Case
from ennakko.kernel.offers.models import Offer
from ennakko.kernel.ui.checker import flaws
from ennakko.services.childcare import figures_offers
from ennakko.services.childcare.models import Call, Placement, WaitWish
from ennakko.services.childcare.tests import families as t
from ennakko.web.tests.test_case_pages import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _day(monkeypatch: Any) -> None:
    monkeypatch.setattr(clock, "today", lambda: t.ON)
    monkeypatch.setattr(clock, "now", lambda: t.AT)


@pytest.fixture
def one(tmp_path) -> Offer:
    t.town(tmp_path / "a", *t.family())
    t.units()
    return t.offered(t.placed([t.CHILD]))[0]


@pytest.fixture
def early(tmp_path) -> Offer:
    t.town(tmp_path / "a", *t.family(born=t.THREE))
    t.units(band="three-to-five")
    return t.offered(t.placed([t.CHILD], form="early-education"))[0]


def read(client: Client, address: str, *, status: int = 200, language: str = "fi", data: Any = None) -> str:
    headers = {"accept-language": language}
    answer = client.get(address, headers=headers) if data is None else client.post(address, data, headers=headers)
    assert answer.status_code == status, answer.headers.get("Location")
    html = answer.content.decode()
    assert flaws(html, language=language) == []
    return html


def does(client: Client, address: str, **data: Any) -> str:
    answer = client.post(address, data)
    assert answer.status_code == 302, answer.content.decode()[:3000]
    return str(answer.headers["Location"])


def place(offer: Offer) -> str:
    return f"/childcare/offer/{offer.pk}/"


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_a_guardian_reads_the_offer_and_takes_the_place(client, one, language):
    signed_in(client, t.guardian())
    html = read(client, place(one), language=language)
    assert "Onni" in html
    assert {"fi": "Päiväkoti Lokki", "sv": "Daghemmet Måsen", "en": "Day-care Lokki"}[language] in html
    assert does(client, f"{place(one)}answer", answer="accepted") == place(one)
    assert Case.objects.get(offer=one).number in read(client, place(one), language=language)
    read(client, "/my/", language=language)
    read(client, "/childcare/data/", language=language)
    assert client.get("/childcare/data.json").json()["children"]


@pytest.mark.parametrize(("language", "direction"), [("ru", "ltr"), ("ar", "rtl"), ("so", "ltr"), ("uk", "ltr")])
def test_the_core_of_the_page_is_read_in_further_languages(client, one, language, direction):
    signed_in(client, t.guardian())
    html = read(client, f"{place(one)}?language={language}")
    assert f'lang="{language}" dir="{direction}"' in html
    assert html.count("<h1") == 1


def test_another_unit_no_need_and_a_call_are_each_answered_with_a_question(client, one):
    signed_in(client, t.guardian())
    assert "Valitse" in read(client, f"{place(one)}answer", status=422, data={"answer": "another"})
    read(client, f"{place(one)}answer", status=422, data={"answer": "declined"})
    read(client, f"{place(one)}answer", status=422, data={"answer": "another", "pool": "nowhere"})
    does(client, f"{place(one)}answer", answer="call_me", words="Illalla")
    does(client, f"{place(one)}answer", answer="another", pool="tiira-preschool")
    assert "Päiväkoti Tiira" in read(client, place(one))


def test_a_no_is_undone_on_the_page(client, one):
    signed_in(client, t.guardian())
    does(client, f"{place(one)}answer", answer="declined", reason="private")
    read(client, place(one))
    does(client, f"{place(one)}undo")
    one.refresh_from_db()
    assert one.state == "opened"


def test_the_other_guardian_may_say_that_they_do_not_agree(client, one):
    offers.answer(one, "accepted", actor=t.guardian(), at=t.AT, on=t.ON)
    signed_in(client, t.guardian(t.FATHER))
    assert f"{place(one)}object" in read(client, place(one))
    read(client, f"{place(one)}object", status=422, data={"words": ""})
    does(client, f"{place(one)}object", words="Liian kaukana")
    assert Call.objects.get().why == "disagreement"
    read(client, place(one))


def test_a_family_waits_for_a_nearer_unit(client, tmp_path):
    t.town(tmp_path / "a", *t.family(11), *t.family(21))
    t.units()
    first = t.offered(t.placed([11]))[0]
    offers.answer(first, "accepted", actor=t.guardian(12), at=t.AT, on=t.ON)
    second = t.offered(t.placed([21], at_unit="tiira", key="preschool-2026-08/2"))[0]
    offers.answer(second, "accepted", actor=t.guardian(22), at=t.AT, on=t.ON)
    signed_in(client, t.guardian(22))
    assert f"{place(second)}wish" in read(client, place(second))
    read(client, f"{place(second)}wish", status=422, data={"units": "nowhere"})
    does(client, f"{place(second)}wish", units="lokki")
    assert WaitWish.objects.get().unit_id == "lokki"


def test_what_was_supposed_is_put_right(client, one):
    signed_in(client, t.guardian())
    read(client, f"{place(one)}correct/language", status=422, data={})
    does(client, f"{place(one)}correct/language", **{"language-value": "sv"})
    assert Call.objects.get().why == "corrected"
    assert client.post(f"{place(one)}correct/support", {"support-value": "x"}).status_code == 404


def test_the_fee_is_estimated_without_being_kept_and_told_for_the_decision(client, early):
    signed_in(client, t.guardian())
    told = {"family_size": "4", "own": "4000", "other": "4000", "hours": "full", "ordinal": "1"}
    html = read(client, f"{place(early)}estimate", data=told)
    assert "219" in html
    assert not Case.objects.exists()
    read(client, f"{place(early)}estimate", status=422, data={**told, "own": "paljon"})
    does(client, f"{place(early)}income", **told)
    assert not Case.objects.filter(kind="fee").exists()
    does(client, f"{place(early)}answer", answer="accepted")
    does(client, f"{place(early)}income", **told, highest="on")
    assert Case.objects.get(kind="fee").draft["amount_cents"] == 33_500
    read(client, place(early))


def test_strangers_find_no_page_and_those_not_signed_in_are_led_to_sign_in(client, one):
    assert client.get(place(one)).status_code == 302
    signed_in(client, t.guardian(99))
    assert client.get(place(one)).status_code == 404
    assert client.post(f"{place(one)}answer", {"answer": "accepted"}).status_code == 404
    assert client.get("/childcare/offer/99999999999999999999/").status_code == 404


def test_nothing_changes_by_opening_an_address(client, one):
    signed_in(client, t.guardian())
    for verb in ("answer", "undo", "object", "estimate", "income", "correct/language"):
        assert client.get(place(one) + verb).status_code == 405


def test_whoever_has_no_offer_reads_when_one_comes(client, one):
    signed_in(client, t.guardian(99))
    read(client, "/childcare/")


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_the_call_list_tells_whom_why_and_takes_what_came_of_it(client, one, language):
    offers.answer(one, "call_me", actor=t.guardian(), at=t.AT, on=t.ON, details={"words": "Illalla"})
    signed_in(client, t.worker())
    assert "Illalla" in read(client, "/childcare/calls/", language=language)
    call = Call.objects.get()
    does(client, f"/childcare/calls/{call.pk}/called", outcome="takes_place")
    assert Case.objects.filter(offer=one, source="phone").exists()
    read(client, "/childcare/calls/", language=language)
    assert client.post(f"/childcare/calls/{call.pk}/called", {"outcome": "x"}).status_code == 404


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_an_official_releases_decisions_and_reads_a_desk(client, one, language):
    offers.answer(one, "accepted", actor=t.guardian(), at=t.AT, on=t.ON)
    case = Case.objects.get(offer=one)
    signed_in(client, t.official())
    read(client, "/childcare/decisions/?state=ready_for_decision", language=language)
    read(client, f"/childcare/decision/{case.number}/", language=language)
    read(client, f"/childcare/decision/{case.number}/reject", status=422, data={"justification": ""})
    does(client, "/childcare/decisions/bulk?state=ready_for_decision", case=str(case.pk))
    case.refresh_from_db()
    assert case.state == "accepted"
    read(client, f"/childcare/decision/{case.number}/", language=language)


def test_a_worker_settles_what_guardians_disagreed_on(client, one):
    from ennakko.services.childcare.actions.answers import object_to_answer

    offers.answer(one, "accepted", actor=t.guardian(), at=t.AT, on=t.ON)
    object_to_answer(one, "Ei", actor=t.guardian(t.FATHER), at=t.AT)
    case = Case.objects.get(offer=one)
    signed_in(client, t.worker())
    assert "Ei" in read(client, f"/childcare/decision/{case.number}/")
    does(client, f"/childcare/decision/{case.number}/clear")
    case.refresh_from_db()
    assert case.state == "ready_for_decision"
    assert client.post(f"/childcare/decision/{case.number}/accept").status_code == 403


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_fees_are_altered_and_decided(client, early, language):
    from ennakko.services.childcare.actions import fee_cases
    from ennakko.services.childcare.fees import Told

    offers.answer(early, "accepted", actor=t.guardian(), at=t.AT, on=t.ON)
    case = fee_cases.tell_income(early, Told(3, (None,)), actor=t.guardian(), at=t.AT, on=t.ON)
    signed_in(client, t.fee_official())
    read(client, "/childcare/fees/", language=language)
    read(client, f"/childcare/fee/{case.number}/", language=language)
    read(client, f"/childcare/fee/{case.number}/alter", status=422, data={})
    does(client, f"/childcare/fee/{case.number}/alter", kind="RELIEF", amount="10", unit="percent", why="Syy")
    does(client, f"/childcare/fee/{case.number}/decide")
    case.refresh_from_db()
    assert (case.state, case.decisions.get().amount_cents) == ("accepted", 30_150)
    read(client, f"/childcare/fee/{case.number}/", language=language)


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_the_counter_answers_for_the_family(client, one, language):
    signed_in(client, t.worker())
    read(client, "/childcare/counter/", language=language)
    read(client, "/childcare/counter/", status=422, data={"whom": "", "how": "phone"})
    assert "Anna" in read(client, "/childcare/counter/", data={"whom": "Anna", "how": "phone"})
    does(client, "/childcare/counter/choose", person=str(t.MOTHER), how="phone")
    read(client, "/childcare/counter/errand/", language=language)
    does(client, f"/childcare/counter/errand/{one.pk}/answer", answer="accepted")
    case = Case.objects.get(offer=one)
    assert (case.source, case.events.first().on_behalf_of) == ("phone", t.CHILD)
    read(client, "/childcare/counter/errand/", language=language)
    does(client, "/childcare/counter/end")


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_the_director_sees_figures_and_no_child(client, one, language):
    offers.answer(one, "accepted", actor=t.guardian(), at=t.AT, on=t.ON)
    signed_in(client, t.director())
    html = read(client, "/childcare/situation/", language=language)
    assert "Onni" not in html
    assert "Laine" not in html


@pytest.mark.parametrize(
    ("language", "words"), [("fi", "Pisin matka"), ("sv", "Den längsta vägen"), ("en", "The longest mean way")]
)
def test_the_director_sees_whether_the_way_is_fair_between_areas(client, tmp_path, language, words):
    children = list(range(11, 62, 3))
    t.town(tmp_path / "a", *(one for child in children for one in t.family(child)))
    t.units(near=15)
    t.offered(t.placed(children))
    areas = [("101", 200)] * 5 + [("102", 1400)] * 6 + [("103", 9000)] * 3 + [("104", 7000)] * 3
    for row, (district, metres) in zip(Placement.objects.order_by("pk"), areas, strict=True):
        Placement.objects.filter(pk=row.pk).update(district=district, metres=metres)
    assert [
        (one.district, one.children, one.mean_metres, one.near_percent)
        for one in figures_offers.areas(t.director(), on=t.ON)
    ] == [("102", 6, 1400, 0), ("101", 5, 200, 100), ("103", None, None, None), ("104", None, None, None)]
    signed_in(client, t.director())
    html = read(client, "/childcare/situation/", language=language)
    assert words in html
    fair = html.partition(words)[2]
    assert "200 m" in fair.partition("</p>")[0]


def test_full_units_are_told_apart_and_not_said_to_be_nearer(client, tmp_path):
    t.town(tmp_path / "a", *t.family())
    t.units(far=0)
    made = t.offered(t.placed([t.CHILD]))[0]
    signed_in(client, t.guardian())
    html = read(client, place(made))
    assert "täynnä: " in html
    assert "Lähempänä mutta" not in html
    full = html.partition("ovat nyt täynnä:")[2].partition("</p>")[0]
    assert re.search(r"\(\d+(.\d{3})? m\)", full)


def test_the_protected_stand_in_no_queue_and_on_the_clerks_page(client, tmp_path):
    t.town(tmp_path / "a", *t.family(non_disclosure=True))
    t.units()
    offer = t.offered(t.placed([t.CHILD]))[0]
    offers.answer(offer, "accepted", actor=t.guardian(), at=t.AT, on=t.ON)
    number = Case.objects.get(offer=offer).number
    for actor, addresses in ((t.official(), ("decisions",)), (t.worker(), ("decisions", "calls"))):
        signed_in(client, actor)
        for address in addresses:
            html = read(client, f"/childcare/{address}/")
            assert number not in html
            assert "Laine" not in html
        assert client.get(f"/childcare/decision/{number}/").status_code == 404
    signed_in(client, t.clerk())
    assert number in read(client, "/childcare/decisions/protected/")
    read(client, f"/childcare/decision/{number}/")


@pytest.mark.parametrize(("address", "who"), [("calls", t.worker), ("decisions", t.official)])
def test_lists_ask_the_database_as_often_for_many_as_for_few(client, tmp_path, address, who):
    families = [one for child in range(11, 91, 10) for one in t.family(child)]
    t.town(tmp_path / "a", *families)
    t.units(near=9)
    made = t.offered(t.placed(list(range(11, 91, 10))))

    signed_in(client, who())

    def asked() -> int:
        read(client, f"/childcare/{address}/")
        with CaptureQueriesContext(
            connection,
        ) as queries:
            read(client, f"/childcare/{address}/")
        return len(queries)

    for offer in made[:2]:
        given = "call_me" if address == "calls" else "accepted"
        offers.answer(offer, given, actor=t.guardian(offer.subject_id + 1), at=t.AT, on=t.ON)
    few = asked()
    for offer in made[2:]:
        given = "call_me" if address == "calls" else "accepted"
        offers.answer(offer, given, actor=t.guardian(offer.subject_id + 1), at=t.AT, on=t.ON)
    assert asked() == few


@pytest.mark.parametrize(
    ("language", "words"),
    [("fi", "Paikka on yksikössä Päiväkoti Lokki"), ("sv", "Platsen är i enheten Daghemmet Måsen"),
     ("en", "The place is in Day-care Lokki")],
)  # fmt: skip
def test_the_decision_letter_names_the_unit_and_the_first_day(client, one, language, words):
    one.recipients.update(language=language)
    offers.answer(one, "accepted", actor=t.guardian(), at=t.AT, on=t.ON)
    case = Case.objects.get(offer=one)
    signed_in(client, t.official())
    does(client, f"/childcare/decision/{case.number}/accept")
    signed_in(client, t.guardian())
    html = read(client, f"/cases/{case.number}/decision/", language=language)
    assert words in html
    assert "1.8.2026" in html or "1 August 2026" in html
