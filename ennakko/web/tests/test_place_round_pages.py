# SPDX-License-Identifier: EUPL-1.2
"""Pages of rounds of places and of units: sound in every language, and each door open to those it is open to."""

from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from ennakko.kernel import clock
from ennakko.kernel.access.models import StaffMember
from ennakko.services.childcare.actions import orders
from ennakko.services.childcare.demo_rounds import lead
from ennakko.services.childcare.models import Placement, Round, RoundOrder, Unit
from ennakko.services.childcare.placing.policy import Policy
from ennakko.services.childcare.states import HOLDING, RoundState
from ennakko.services.childcare.tests import nursery as n
from ennakko.services.childcare.tests.nursery import Child, House, nursery
from ennakko.web.tests.test_every_page import LANGUAGES, _checked, _worker

pytestmark = pytest.mark.django_db

FORM = {"form": "preschool", "starts": "2026-08-01", "mode": "flow", "together": "on",
        **{name: "0" for name in Policy().as_json() if name != "together"}}  # fmt: skip


@pytest.fixture(autouse=True)
def _town(settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.VAR = tmp_path
    nursery(tmp_path / "s", [Child(one, 100 * one) for one in range(1, 9)], [House("a", 100, 7), House("b", 900, 7)])
    monkeypatch.setattr(clock, "now", lambda: n.AT)
    monkeypatch.setattr(clock, "today", lambda: n.ON)


@pytest.mark.parametrize("language", LANGUAGES)
def test_rounds_and_units_are_sound(client: Client, language: str) -> None:
    _worker(client, "childcare.service-worker", "childcare.decision-maker")
    first, second = n.made().round, n.made(policy=Policy(sibling_metres=100)).round
    _checked(client, reverse("childcare:rounds"), language)
    one = reverse("childcare:round", args=[first.pk])
    _checked(client, one, language)
    assert "preschool-2026-08/2".removeprefix("preschool-") in _checked(client, f"{one}?with={second.pk}", language)
    _checked(client, f"{one}?with=nothing", language)
    _checked(client, reverse("childcare:units"), language)
    _checked(client, reverse("childcare:unit", args=["a"]), language)


def test_an_official_makes_a_draft_and_releases_it(client: Client) -> None:
    _worker(client, "childcare.decision-maker")
    answer = client.post(reverse("childcare:round-make"), FORM | {"sibling_metres": "300"})
    assert (answer.status_code, answer["location"]) == (302, reverse("childcare:rounds"))
    orders.make_ordered(at=n.AT, on=n.ON, progress=print)
    round = Round.objects.get()
    assert round.made_by == "staff:worker"
    assert round.policy["sibling_metres"] == 300
    assert Placement.objects.filter(state__in=HOLDING).count() == 0
    client.post(reverse("childcare:round-release", args=[round.pk]))
    round.refresh_from_db()
    assert round.state == RoundState.RELEASED
    assert round.released_by == "staff:worker"
    assert Placement.objects.filter(state__in=HOLDING).count() == 8
    again = client.post(reverse("childcare:round-release", args=[round.pk]), follow=True)
    assert "draft" in again.content.decode() or "luonnos" in again.content.decode()
    asked = client.post(reverse("childcare:round-rerun", args=[round.pk]))
    assert asked["location"] == reverse("childcare:rounds")
    orders.make_ordered(at=n.AT, on=n.ON, progress=print)
    assert Round.objects.filter(replaces=round).count() == 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_tells_how_an_ordered_draft_goes_and_takes_no_second_order(client: Client, language: str) -> None:
    _worker(client, "childcare.decision-maker")
    listed, part = reverse("childcare:rounds"), reverse("childcare:round-orders")
    assert 'id="orders"' in _checked(client, listed, language)
    client.post(reverse("childcare:round-make"), FORM)
    assert "every 5s" in _checked(client, listed, language)
    second = client.post(reverse("childcare:round-make"), FORM, headers={"accept-language": language})
    assert second.status_code == 422
    assert {"fi": "tehdään jo", "sv": "görs redan", "en": "made already"}[language] in second.content.decode()
    assert RoundOrder.objects.count() == 1
    orders.make_ordered(at=n.AT, on=n.ON, progress=print)
    html = client.get(part, headers={"accept-language": language}).content.decode()
    assert "every 5s" not in html
    assert reverse("childcare:round", args=[Round.objects.get().pk]) in html
    assert client.post(reverse("childcare:round-make"), FORM).status_code == 302


@pytest.mark.parametrize("wrong", [{"sibling_metres": "-5"}, {"starts": "soon"}, {"form": "school"}, {"mode": ""}])
def test_a_draft_that_cannot_be_made_says_what_to_write(client: Client, wrong: dict[str, str]) -> None:
    _worker(client, "childcare.decision-maker")
    answer = client.post(reverse("childcare:round-make"), FORM | wrong)
    assert answer.status_code == 422
    assert Round.objects.count() == 0


def test_a_draft_of_a_day_without_groups_is_refused_in_words(client: Client) -> None:
    _worker(client, "childcare.decision-maker")
    answer = client.post(reverse("childcare:round-make"), FORM | {"starts": "2020-08-01"})
    assert answer.status_code == 422
    assert Round.objects.count() == 0


def test_a_service_adviser_makes_drafts_but_releases_none(client: Client) -> None:
    _worker(client, "childcare.service-worker")
    round = n.made().round
    assert client.post(reverse("childcare:round-release", args=[round.pk])).status_code == 403
    page = client.get(reverse("childcare:round", args=[round.pk])).content.decode()
    assert reverse("childcare:round-release", args=[round.pk]) not in page
    client.post(reverse("childcare:round-discard", args=[round.pk]))
    round.refresh_from_db()
    assert round.state == RoundState.DISCARDED


def test_a_head_sees_the_own_unit_and_not_the_others(client: Client) -> None:
    _worker(client, "childcare.supervisor")
    lead(StaffMember.objects.get(subject="worker").pk, Unit.objects.get(pk="a"), n.ON)
    assert client.get(reverse("childcare:unit", args=["a"])).status_code == 200
    assert client.get(reverse("childcare:unit", args=["b"])).status_code == 404
    assert client.get(reverse("childcare:rounds")).status_code == 403


@pytest.mark.parametrize("role", ["adviser", "summer-voucher.handler", "protected-clerk"])
def test_rounds_and_units_are_closed_to_others(client: Client, role: str) -> None:
    _worker(client, role)
    for name in ("rounds", "units"):
        assert client.get(reverse(f"childcare:{name}")).status_code == 403


def test_a_get_changes_nothing(client: Client) -> None:
    _worker(client, "childcare.decision-maker")
    round = n.made().round
    for name in ("round-release", "round-discard", "round-rerun"):
        assert client.get(reverse(f"childcare:{name}", args=[round.pk])).status_code == 405
    assert client.get(reverse("childcare:round-make")).status_code == 405
    round.refresh_from_db()
    assert round.state == RoundState.MADE
