# SPDX-License-Identifier: EUPL-1.2
"""A service that so far has rules only: its rules are read and tried, and no page or menu promises more."""

import json

import pytest
from django.test import Client

from ennakko.kernel.manifest import service
from ennakko.kernel.ui.checker import flaws
from ennakko.values.texts import LANGUAGES

pytestmark = pytest.mark.django_db
RULES = service("hiring-benefit").rules
CASE = {"start_date": "2026-01-15", "end_date": "2027-01-14", "monthly_pay": "3600", "other_expenses": "756"}


def read(address: str, language: str = "fi") -> str:
    answer = Client().get(address, headers={"accept-language": language})
    assert answer.status_code == 200
    html = answer.content.decode()
    assert flaws(html, language=language) == []
    return html


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("rule", RULES)
def test_the_page_of_each_rule_is_sound(rule: str, language: str) -> None:
    assert rule in read(f"/rules/{rule}/", language)


def test_the_list_of_rules_names_the_service() -> None:
    html = read("/rules/")
    for rule in RULES:
        assert f'href="/rules/{rule}/"' in html


def test_what_is_enough_alone_is_not_told_among_what_must_all_hold() -> None:
    html = read("/rules/hiring-benefit.eligible/")
    must = html.partition('id="sentences"')[2].partition("</ol>")[0]
    assert "Työntekijä kuuluu niihin, joiden palkkaamiseen lisä on tarkoitettu" in must
    assert "Kaupunki on arvioinut työntekijän palvelutarpeen" not in must
    assert "Kaupunki on arvioinut työntekijän palvelutarpeen" in html
    assert "työnantaja kertoo itse" in html


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("address", ["/", "/privacy/", "/sign-in/"])
def test_the_other_pages_are_sound_with_it(address: str, language: str) -> None:
    html = read(address, language)
    assert "hiring-benefit:" not in html


def test_the_privacy_notice_tells_that_its_registers_are_not_read() -> None:
    html = read("/privacy/", "en")
    part = html[html.index("Support to an employer who hires an unemployed resident") :]
    assert "Population Information System" in part


def evaluated(case: dict[str, object], rule: str = "hiring-benefit.amount") -> dict[str, object]:
    body = json.dumps({"case": case, "on": "2026-11-20", "language": "en"})
    answer = Client().post(f"/api/rules/{rule}/evaluate", body, content_type="application/json")
    found: dict[str, object] = answer.json()
    return {"status": answer.status_code, **(found if answer.status_code != 200 else {"total": found["total"]})}


def test_anybody_may_calculate_an_amount_through_the_interface() -> None:
    assert evaluated(dict(CASE)) == {"status": 200, "total": 18_000}
    assert evaluated({**CASE, "rule_set": "2023", "state_aid_max_percentage": "50"})["total"] == 9_600


def test_the_interface_tells_what_to_put_right() -> None:
    row = {"percent": 50, "start": "2025-01-01", "end": "2025-02-01"}
    refused = evaluated({**CASE, "pay_subsidies": [row]})
    assert refused["status"] == 422
    assert "lies outside the period" in json.dumps(refused)
    assert evaluated({**CASE, "colour": "blue"})["status"] == 422
