# SPDX-License-Identifier: EUPL-1.2
"""What if a unit were closed or a new one built: asked on a page, answered side by side, and nothing is kept."""

import re
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from ennakko.kernel import clock
from ennakko.services.childcare.actions import comparisons
from ennakko.services.childcare.forms_compare import CompareForm
from ennakko.services.childcare.models import Placement, Round
from ennakko.services.childcare.placing.policy import Policy
from ennakko.services.childcare.queries.addresses import point_of
from ennakko.services.childcare.tests import nursery as n
from ennakko.services.childcare.tests.nursery import Child, House, nursery
from ennakko.web.tests.test_every_page import LANGUAGES, _checked, _worker

pytestmark = pytest.mark.django_db
STREET = "Pitkäkatu 1200"
UNITS = [("a", "Päiväkoti a"), ("b", "Päiväkoti b")]
FORM = {"form": "preschool", "starts": "2026-08-01", "mode": "flow", "other_mode": "flow", "together": "on",
        "closed_1": "", "closed_2": "", "closed_3": "", "point": "", "seats": "", "language": "fi",
        **{name: "0" for name in Policy().as_json() if name != "together"}}  # fmt: skip


@pytest.fixture(autouse=True)
def _town(settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.VAR = tmp_path
    nursery(tmp_path / "s", [Child(one, 100 * one) for one in range(1, 13)], [House("a", 100, 7), House("b", 1200, 7)])
    monkeypatch.setattr(clock, "now", lambda: n.AT)
    monkeypatch.setattr(clock, "today", lambda: n.ON)


def compared(client: Client, **asked: str) -> str:
    """The address of a comparison that was asked for on the page and has been made."""
    answer = client.post(reverse("childcare:compare"), FORM | asked)
    assert answer.status_code == 302
    comparisons.make_ordered(at=n.AT, on=n.ON, progress=print)
    return str(answer.url)  # type: ignore[attr-defined]


@pytest.mark.parametrize("language", LANGUAGES)
def test_closing_a_unit_and_building_another_are_compared(client: Client, language: str) -> None:
    _worker(client, "director")
    _checked(client, reverse("childcare:compare"), language)
    latitude, longitude = n.at(600)
    point = f"{latitude:.5f}, {longitude:.5f}"
    answer = client.post(reverse("childcare:compare"), FORM | {"closed_1": "b", "point": point, "seats": "3"})
    waiting = client.get(answer.url, headers={"accept-language": language})  # type: ignore[attr-defined]
    words = {"fi": "Katso uudelleen", "sv": "Titta igen", "en": "Look again"}[language]
    assert words in waiting.content.decode()
    comparisons.make_ordered(at=n.AT, on=n.ON, progress=print)
    html = _checked(client, answer.url, language)  # type: ignore[attr-defined]
    assert words not in html
    assert point in html
    titles = re.findall(r"<h3>(.*?)</h3>", html)
    assert len(titles) == 4
    assert all(titles), "each map has its own heading"
    names = re.findall(r'aria-label="([^"]+)"', html) + re.findall(r'<h2 id="\w+">(.*?)</h2>', html)
    assert len(names) == len(set(names)), "no two parts of the page have the same name"
    assert "Päiväkoti b" in html or language != "fi"
    # Twelve children: seven seats in a, three in the new one, so that two are left without and nobody is told of them.
    assert ">12</td>" in html
    assert ">10</td>" not in html
    assert ">–</td>" in html
    assert {"fi": "alle viittä", "sv": "färre än fem", "en": "fewer than five"}[language] in html
    assert Round.objects.count() == Placement.objects.count() == 0
    listed = _checked(client, reverse("childcare:compare"), language)
    assert answer.url in listed  # type: ignore[attr-defined]


def test_the_part_that_is_looked_at_again_stops_asking_once_it_is_ready(client: Client) -> None:
    _worker(client, "director")
    address = client.post(reverse("childcare:compare"), FORM).url  # type: ignore[attr-defined]
    assert "hx-get" in client.get(f"{address}part").content.decode()
    again = client.post(reverse("childcare:compare"), FORM)
    assert again.status_code == 422  # the first is still being made
    comparisons.make_ordered(at=n.AT, on=n.ON, progress=print)
    assert "hx-get" not in client.get(f"{address}part").content.decode()


def test_a_comparison_that_could_not_be_made_says_why_and_another_can_be_asked_for(client: Client) -> None:
    _worker(client, "director")
    address = compared(client, closed_1="a", closed_2="b")
    html = client.get(address, headers={"accept-language": "en"}).content.decode()
    assert "Did not succeed" in html
    assert ">12</td>" in client.get(compared(client)).content.decode()


def test_a_form_tells_the_point_and_the_seats_that_are_missing() -> None:
    for point, seats, wrong in (
        ("here", "4", {"point"}), ("24.9, 60.1", "4", {"point"}), ("60.17, 24.93", "", {"seats"}),
        ("60.17, 24.93", "0", {"seats"}), ("60,17 24,93", "4", set()), ("", "", set()),
        ("70.9, 24.9", "4", set()), ("71.9, 24.9", "4", {"point"}),
    ):  # fmt: skip
        form = CompareForm(FORM | {"point": point, "seats": seats}, policy=Policy(), units=UNITS, where=point_of)
        assert set(form.errors) == wrong, point
    form = CompareForm(
        FORM | {"closed_2": "b", "point": "60,17 24,93", "seats": "4"}, policy=Policy(), units=UNITS, where=point_of
    )
    assert form.is_valid()
    first, second = form.trials()
    assert (first.closed, first.added) == (frozenset(), ())
    assert second.closed == {"b"}
    assert [(one.latitude, one.longitude, one.seats) for one in second.added] == [(60.17, 24.93, 4)]


def test_a_new_building_is_placed_by_the_address_or_name_of_a_place_of_the_city() -> None:
    for words in ("Päiväkoti b", " päiväkoti  B", "Daghemmet b", STREET, STREET.upper()):
        form = CompareForm(FORM | {"point": words, "seats": "4"}, policy=Policy(), units=UNITS, where=point_of)
        assert form.is_valid(), form.errors
        ((one,),) = (form.trials()[1].added,)
        assert (one.latitude, one.longitude) == n.at(1200)
    near = CompareForm(FORM | {"point": f"{STREET[:-1]}7", "seats": "4"}, policy=Policy(), units=UNITS, where=point_of)
    assert STREET in near.errors["point"][0]
    assert point_of("").point is point_of("Olematon katu 1").point is None


def test_a_mistake_keeps_what_was_typed(client: Client) -> None:
    _worker(client, "childcare.decision-maker")
    answer = client.post(reverse("childcare:compare"), FORM | {"point": "60.17, 24.93", "seats": "many"})
    assert answer.status_code == 422
    assert "60.17, 24.93" in answer.content.decode()
    assert client.post(reverse("childcare:compare"), FORM | {"starts": "2020-08-01"}).status_code == 422


@pytest.mark.parametrize("role", ["childcare.supervisor", "adviser", "protected-clerk"])
def test_the_comparison_is_closed_to_others(client: Client, role: str) -> None:
    _worker(client, role)
    assert client.get(reverse("childcare:compare")).status_code == 403
    assert client.get(reverse("childcare:comparison", args=[1])).status_code == 403
    assert client.get(reverse("childcare:comparison-part", args=[1])).status_code == 403
