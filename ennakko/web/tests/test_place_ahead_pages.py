# SPDX-License-Identifier: EUPL-1.2
"""The guardian's switch for each child: read in every language, turned off and on again, closed to others."""

from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from ennakko.kernel import clock
from ennakko.kernel.purposes import objects
from ennakko.services.childcare.tests import families as t
from ennakko.web.tests.test_case_pages import signed_in
from ennakko.web.tests.test_every_page import LANGUAGES, _checked

pytestmark = pytest.mark.django_db
PAGE, SWITCH = "/childcare/ahead/", "/childcare/ahead/switch"


@pytest.fixture(autouse=True)
def _town(tmp_path: Path, monkeypatch: Any) -> None:
    monkeypatch.setattr(clock, "today", lambda: t.ON)
    monkeypatch.setattr(clock, "now", lambda: t.AT)
    t.town(tmp_path / "a", *t.family(11), *t.family(21))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_guardian_says_no_for_a_child_and_undoes_it(client: Client, language: str) -> None:
    signed_in(client, t.guardian())
    assert 'value="no"' in _checked(client, PAGE, language)
    assert client.post(SWITCH, {"child": "11", "look_ahead": "no"}).status_code == 302
    assert objects(11, "childcare")
    assert 'value="yes"' in _checked(client, PAGE, language)
    client.post(SWITCH, {"child": "11", "look_ahead": "yes"})
    assert not objects(11, "childcare")


def test_only_the_own_children_can_be_switched_and_a_get_changes_nothing(client: Client) -> None:
    signed_in(client, t.guardian())
    assert client.post(SWITCH, {"child": "21", "look_ahead": "no"}).status_code == 404
    assert client.post(SWITCH, {"child": "11", "look_ahead": "maybe"}).status_code == 404
    assert client.get(SWITCH).status_code == 405
    assert not objects(21, "childcare")


def test_somebody_without_children_and_staff(client: Client) -> None:
    signed_in(client, t.guardian(t.CHILD))
    assert "Onni" not in _checked(client, PAGE, "fi")
    signed_in(client, t.worker())
    assert client.get(PAGE).status_code in (302, 403)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_general_page_of_switches_leads_to_the_switch_of_each_child(client: Client, language: str) -> None:
    signed_in(client, t.guardian())
    html = _checked(client, "/my/switches/", language)
    assert f'href="{PAGE}"' in html
    assert 'value="childcare"' not in html
    answer = client.post("/my/switches/change", {"purpose": "childcare", "look_ahead": "no"})
    assert (answer.status_code, answer["location"]) == (302, PAGE)
    assert not objects(12, "childcare")
    _checked(client, "/my/", language)
