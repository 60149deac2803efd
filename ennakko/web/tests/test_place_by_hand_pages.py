# SPDX-License-Identifier: EUPL-1.2
"""The desk of children whom the machine did not place: read in every language, used by its roles, closed to others."""

from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from ennakko.kernel import clock
from ennakko.services.childcare.actions import by_hand, rounds
from ennakko.services.childcare.models import HandProposal, Placement, Pool
from ennakko.services.childcare.states import PlacementState
from ennakko.services.childcare.tests import nursery as n
from ennakko.services.childcare.tests.nursery import Child, House, nursery
from ennakko.web.tests.test_every_page import LANGUAGES, _checked, _worker

pytestmark = pytest.mark.django_db
WORKER, OFFICIAL, CLERK = "childcare.service-worker", "childcare.decision-maker", "protected-clerk"


@pytest.fixture(autouse=True)
def _town(settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.VAR = tmp_path
    fostered = {"foster_care": True}
    children = [Child(one, 100 * one, extra=fostered) for one in range(1, 6)] + [Child(9, 800, protected=True)]
    nursery(tmp_path / "s", children, [House("a", 100, 7), House("b", 1000, 7)])
    monkeypatch.setattr(clock, "now", lambda: n.AT)
    monkeypatch.setattr(clock, "today", lambda: n.ON)
    rounds.release(n.made().round, actor=n.official(), at=n.AT, on=n.ON)


def _row(child: int = 1) -> Placement:
    over = [PlacementState.REPLACED, PlacementState.WITHDRAWN]
    return Placement.objects.filter(child=child).exclude(state__in=over).latest("state_at", "pk")


def _here(row: Placement, part: str = "one") -> str:
    return reverse(f"childcare:by-hand-{part}", args=[row.pk])


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_desk_is_sound_at_each_step(client: Client, language: str) -> None:
    _worker(client, WORKER, OFFICIAL)
    queue = reverse("childcare:by-hand")
    assert "Salo1" in _checked(client, queue, language)
    row = _row(2)
    html = _checked(client, _here(row), language)
    assert "(100 m)" in html
    assert "57 → 71 %" in html  # five of seven seats are kept, one of them for this child
    answer = client.post(_here(row, "propose"), {"pool": "", "words": ""}, headers={"accept-language": language})
    assert answer.status_code == 422
    client.post(_here(row, "propose"), {"pool": "a-preschool-fi", "words": "Sisaruksen koulu on vieressä"})
    new = _row(2)
    assert new.state == PlacementState.PROPOSED
    assert "Sisaruksen koulu on vieressä" in _checked(client, _here(new), language)
    client.post(_here(new, "back"), {"back": "Kysy ensin sijaisperheeltä"})
    assert "Kysy ensin sijaisperheeltä" in _checked(client, _here(_row(2)), language)
    _checked(client, f"{queue}?state=proposed", language)


def test_a_worker_proposes_and_an_official_releases_many(client: Client) -> None:
    for child in (1, 2):
        by_hand.propose(_row(child), "a-preschool-fi", "Lähin", actor=n.worker(), at=n.AT, on=n.ON)
    _worker(client, OFFICIAL)
    proposed = [str(_row(child).pk) for child in (1, 2)]
    client.post(reverse("childcare:by-hand-bulk"), {"place": proposed})
    assert {_row(child).state for child in (1, 2)} == {PlacementState.HELD}
    assert client.get(f"/childcare/by-hand/{proposed[0]}/").status_code == 404


def test_the_second_worker_is_told_that_a_colleague_was_first(client: Client) -> None:
    row = _row()
    _worker(client, WORKER)
    by_hand.propose(row, "a-preschool-fi", "Lähin", actor=n.worker(), at=n.AT, on=n.ON)
    answer = client.post(_here(row, "propose"), {"pool": "b-preschool-fi", "words": "Toinen"}, follow=True,
                         headers={"accept-language": "en"})  # fmt: skip
    assert "A colleague was first" in answer.content.decode()
    assert HandProposal.objects.count() == 1


def test_a_service_adviser_proposes_but_releases_nothing(client: Client) -> None:
    _worker(client, WORKER)
    client.post(_here(_row(), "propose"), {"pool": "a-preschool-fi", "words": "Lähin"})
    new = _row()
    assert _here(new, "release") not in client.get(_here(new)).content.decode()
    assert client.post(_here(new, "release")).status_code == 403
    assert client.post(reverse("childcare:by-hand-bulk"), {"place": str(new.pk)}).status_code == 403


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_protected_stand_on_the_clerks_page_alone(client: Client, language: str) -> None:
    row = _row(9)
    _worker(client, CLERK)
    assert "Salo9" in _checked(client, reverse("childcare:by-hand-protected"), language)
    html = _checked(client, _here(row), language)
    assert "800" not in html
    assert " m)" not in html
    client.post(_here(row, "propose"), {"pool": "b-preschool-fi", "words": "Perheen kanssa sovittu"})
    client.post(_here(_row(9), "release"))
    assert _row(9).state == PlacementState.HELD


@pytest.mark.parametrize("role", [WORKER, OFFICIAL])
def test_the_protected_are_in_no_queue_of_others(client: Client, role: str) -> None:
    _worker(client, role)
    row = _row(9)
    assert "Salo9" not in client.get(reverse("childcare:by-hand")).content.decode()
    assert "Salo9" not in client.get(reverse("childcare:by-hand-protected")).content.decode()
    assert client.get(_here(row)).status_code == 404
    assert client.post(_here(row, "propose"), {"pool": "a-preschool-fi", "words": "x"}).status_code == 404


@pytest.mark.parametrize("role", ["adviser", "director", "childcare.supervisor", "summer-voucher.handler"])
def test_the_desk_is_closed_to_others(client: Client, role: str) -> None:
    _worker(client, role)
    for address in (reverse("childcare:by-hand"), reverse("childcare:by-hand-protected"), _here(_row())):
        assert client.get(address).status_code == 403


def test_a_get_changes_nothing_and_lists_ask_a_constant_number_of_times(client: Client) -> None:
    _worker(client, WORKER, OFFICIAL)
    row = _row()
    for part in ("propose", "release", "back"):
        assert client.get(_here(row, part)).status_code == 405

    def asked(address: str) -> int:
        client.get(address)
        with CaptureQueriesContext(connection) as queries:
            client.get(address)
        return len(queries)

    queue = reverse("childcare:by-hand")
    many, one = asked(queue), asked(_here(row))
    for child in (1, 2, 3):
        by_hand.propose(_row(child), "a-preschool-fi", "Lähin", actor=n.worker(), at=n.AT, on=n.ON)
    assert asked(queue) == many
    Placement.objects.filter(child__in=[4, 5]).update(state=PlacementState.WITHDRAWN)
    assert asked(queue) == many
    assert one < 45


@pytest.mark.parametrize(
    ("language", "words"), [("fi", "ei yhtään vapaata"), ("sv", "ingen ledig plats"), ("en", "no free place")]
)
def test_a_group_that_had_no_seats_was_not_filled_by_anybody(client: Client, language: str, words: str) -> None:
    nearer = [{"pool": "a-preschool-fi", "metres": 400, "seats": 0, "full": True}]
    row = _row(2)
    Placement.objects.filter(pk=row.pk).update(flags=[], state=PlacementState.UNPLACED, reasons={"nearer": nearer})
    _worker(client, WORKER)
    html = _checked(client, _here(row), language)
    assert words in html
    assert " 0 " not in html.partition('id="why"')[2].partition("</ul>")[0]


@pytest.mark.parametrize(("language", "words"), [("fi", "kierroksella"), ("sv", "omgång"), ("en", "by a round")])
def test_where_no_unit_has_room_the_page_says_what_can_be_done(client: Client, language: str, words: str) -> None:
    Pool.objects.update(last_day=n.ON)
    _worker(client, WORKER)
    assert words in _checked(client, _here(_row(2)), language)


def test_nonsense_in_the_boxes_is_left_out(client: Client) -> None:
    _worker(client, OFFICIAL)
    answer = client.post(reverse("childcare:by-hand-bulk"), {"place": ["²", "9" * 19, "x", ""]})
    assert answer.status_code == 302
