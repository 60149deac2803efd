# SPDX-License-Identifier: EUPL-1.2
"""The rule pages: readable by anybody in every language, tried without a trace, counted only by those who may."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.test import Client

from ennakko.kernel import clock
from ennakko.kernel.access import SYSTEM, Actor, add_staff, grant_role
from ennakko.kernel.audit.models import Entry
from ennakko.kernel.manifest import services
from ennakko.kernel.registers import PermitTable, set_permits
from ennakko.kernel.registers import permits as permit_module
from ennakko.kernel.ui.checker import flaws
from ennakko.services.summer_voucher.tests import town
from ennakko.web.signin.session import KEY

pytestmark = pytest.mark.django_db
LANGUAGES = ("fi", "sv", "en")
RULE = "/rules/summer-voucher.entitled/"
RULES = [id for service in services() for id in service.rules]
PERSON = {
    "on": "2026-04-15", "fact-birth_date": "2010-05-21", "fact-municipality": "091", "fact-alive": "yes",
    "fact-voucher_given": "no",
}  # fmt: skip
COUNT = (
    "count=1&to-summer-voucher.youngest_considered=14&to-summer-voucher.oldest_considered=28"
    "&to-summer-voucher.ages={age}&to-summer-voucher.ages=16&to-summer-voucher.voucher_value={euros}"
)


@pytest.fixture(autouse=True)
def _day(monkeypatch: Any) -> None:
    monkeypatch.setattr(clock, "today", lambda: town.ON)
    monkeypatch.setattr(clock, "now", lambda: town.AT)


def _director(client: Client, role: str = "director") -> None:
    by, at = SYSTEM("test"), datetime(2026, 4, 15, 9, tzinfo=UTC)
    member = add_staff(subject=role, name="Harri Johtaja", by=by, at=at)
    grant_role(member, role=role, by=by, at=at, start=date(2020, 1, 1))
    actor = Actor(kind="staff", reference=role, staff=member.pk, name=member.name)
    session = client.session
    session[KEY] = {
        "kind": actor.kind, "reference": actor.reference, "person": None, "staff": actor.staff, "name": actor.name,
        "strong": True,
    }  # fmt: skip
    session.save()


def _read(client: Client, address: str, *, language: str = "fi", status: int = 200, sent: Any = None) -> str:
    spoken = {"accept-language": language}
    answer = client.post(address, sent, headers=spoken) if sent else client.get(address, headers=spoken)
    assert answer.status_code == status
    html = answer.content.decode()
    assert flaws(html, language=language) == []
    return html


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_rule_has_a_page_that_anybody_reads_in_every_language(client: Client, language: str) -> None:
    listed = _read(client, "/rules/", language=language)
    assert RULES
    for id in RULES:
        assert f'href="/rules/{id}/"' in listed
        _read(client, f"/rules/{id}/", language=language)


def test_the_page_tells_conditions_figures_sources_permits_and_what_may_not_be_read(client: Client) -> None:
    html = _read(client, RULE)
    assert "vaaditun iän (16 tai 17)" in html
    assert "säännöt 2 § 1" in html
    assert "Kesäsetelin ehdot 2026, Helsingin kaupunki" in html
    assert "661/2009" in html
    assert "628/1998" in html  # the school register, for which there is no permit
    assert "työllisyyspalvelut" in html  # 2027 is not decided: whom to ask


def test_an_unknown_rule_has_no_page(client: Client) -> None:
    assert client.get("/rules/summer-voucher.nothing/").status_code == 404


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_made_up_person_is_decided_in_every_language(client: Client, language: str) -> None:
    html = _read(client, RULE, language=language, sent=PERSON)
    assert "hds-status-label--success" in html
    assert ("1 January 2027" if language == "en" else "1.1.2027") in html


def test_what_decided_stands_first_where_the_answer_is_no(client: Client) -> None:
    html = _read(client, RULE, sent={**PERSON, "fact-municipality": "-"})
    assert "hds-status-label--error" in html
    reasons = html[html.index('class="reasons"') :]
    assert reasons.index("Asut kaupungissa") < reasons.index("Täytät tänä vuonna")
    assert "ratkaisi tämän" in reasons[: reasons.index("Täytät tänä vuonna")]


def test_what_is_not_known_is_asked_for(client: Client) -> None:
    html = _read(client, RULE, sent={**PERSON, "fact-birth_date": ""})
    assert "hds-status-label--alert" in html
    assert "Mikä puuttuu ja kuka sen tietää" in html


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"on": ""}, "Valitse päivä."),
        ({"on": "2026-02-30"}, "Valitse päivä, joka on kalenterissa."),
        ({"on": "1999-01-01"}, "Säännöllä ei ole lukuja sille päivälle"),
        ({"fact-birth_date": "x"}, "Valitse päivä, joka on kalenterissa."),
        ({"fact-alive": "perhaps"}, "Valitse yksi."),
    ],
)
def test_what_is_written_wrong_is_told_in_words(client: Client, wrong: dict[str, str], words: str) -> None:
    assert words in _read(client, RULE, sent={**PERSON, **wrong}, status=422)


def test_trying_leaves_no_trace(client: Client) -> None:
    before = Entry.objects.count()
    answer = client.post(RULE, PERSON)
    assert answer.status_code == 200
    assert Entry.objects.count() == before
    assert not client.session.keys()
    assert "2010-05-21" not in answer.request["PATH_INFO"] + answer.request["QUERY_STRING"]


def test_only_leaders_and_officials_count_what_other_figures_would_cost(client: Client, tmp_path: Any) -> None:
    town.town(tmp_path / "a", *(town.youth(person) for person in range(1, 31)))
    asked = f"{RULE}?{COUNT.format(age=17, euros=400)}"
    assert "what-if" not in _read(client, asked)
    _director(client, "summer-voucher.handler")
    assert "what-if" not in _read(client, asked)
    _director(client)
    html = _read(client, asked).replace("\xa0", " ")
    assert "10 500 €" in html
    assert "12 000 €" in html
    assert "1 500 € enemmän" in html


def test_counting_leaves_out_the_protected_and_is_logged_as_one_look(client: Client, tmp_path: Any) -> None:
    known = [town.youth(person) for person in range(1, 31)]
    town.town(tmp_path / "a", *known, town.youth(40, non_disclosure=True))
    _director(client)
    html = _read(client, f"{RULE}?{COUNT.format(age=17, euros=400)}").replace("\xa0", " ")
    assert "10 500 €" in html


def test_a_change_that_touches_few_shows_no_figure(client: Client, tmp_path: Any) -> None:
    many = [town.youth(person) for person in range(1, 31)]
    town.town(tmp_path / "a", *many, town.youth(50, town.FIFTEEN))
    _director(client)
    html = _read(client, f"{RULE}?{COUNT.format(age=15, euros=350)}&to-summer-voucher.ages=17").replace("\xa0", " ")
    assert "luvut on salattu" in html
    assert "10 850" not in html


def test_the_present_figures_and_wrong_ones_are_told_apart(client: Client, tmp_path: Any) -> None:
    town.town(tmp_path / "a", *(town.youth(person) for person in range(1, 31)))
    _director(client)
    assert "Muuta ensin jotain lukua" in _read(client, f"{RULE}?{COUNT.format(age=17, euros=350)}")
    refused = _read(client, f"{RULE}?{COUNT.format(age=17, euros='x')}", status=422)
    assert "Kirjoita kokonaisluku väliltä 0–700." in refused
    _read(client, f"{RULE}?count=1", status=422)


def test_without_a_permit_nothing_is_counted_and_the_page_says_whom_to_ask(client: Client, tmp_path: Any) -> None:
    town.town(tmp_path / "a", *(town.youth(person) for person in range(1, 31)))
    _director(client)
    table = permit_module.permits()
    set_permits(PermitTable())
    try:
        html = _read(client, f"{RULE}?{COUNT.format(age=17, euros=400)}")
    finally:
        set_permits(table)
    assert "Kaupunki ei saa laskea tätä" in html
    assert "Pyydä lupa rekisterinpitäjältä" in html


def test_before_the_registers_are_read_the_page_says_so(client: Client) -> None:
    _director(client)
    assert "Rekisterit eivät ole vielä käytössä" in _read(client, f"{RULE}?{COUNT.format(age=17, euros=400)}")


def test_the_rules_are_in_the_menu_and_the_footer(client: Client) -> None:
    html = client.get("/", headers={"accept-language": "fi"}).content.decode()
    assert html.count('href="/rules/"') == 2
    assert html.count(">Säännöt</a>") == 2
