# SPDX-License-Identifier: EUPL-1.2
"""The interface for others' systems: free seats that tell of no child, and what a place would cost."""

import pytest
from django.test import Client

from ennakko.kernel import clock
from ennakko.kernel.audit.models import Entry
from ennakko.services.childcare.actions import rounds
from ennakko.services.childcare.queries.open_seats import open_seats
from ennakko.services.childcare.tests import nursery as n
from ennakko.services.childcare.tests.nursery import Child, House, nursery

pytestmark = pytest.mark.django_db
SEATS, FEE = "/api/childcare/seats", "/api/childcare/fee-estimate"


@pytest.fixture(autouse=True)
def _day(settings, tmp_path, monkeypatch):
    settings.VAR = tmp_path
    monkeypatch.setattr(clock, "now", lambda: n.AT)
    monkeypatch.setattr(clock, "today", lambda: n.ON)


def released(children, houses, folder):
    nursery(folder / "s", children, houses)
    rounds.release(n.made().round, actor=n.official(), at=n.AT, on=n.ON)


def seats(**asked):
    return Client().get(SEATS, {"band": "preschool", "on": n.STARTS.isoformat(), **asked})


def fee(**changed):
    body = {"family_size": 3, "incomes": ["3500.00", "2000.00"], "on": "2026-03-01"} | changed
    return Client().post(FEE, body, content_type="application/json")


def test_free_seats_are_told_by_unit_and_district_to_anybody(tmp_path):
    houses = [House("a", 100, 9), House("b", 3000, 8), House("s", 100, 4, special=True)]
    released([Child(one, 100 * one) for one in range(1, 8)], houses, tmp_path)
    answer = seats().json()
    # Seven children went to a; the special group is told of nowhere.
    assert [(one["unit"], one["seats"], one["free"]) for one in answer["items"]] == [("a", 9, 2), ("b", 8, 8)]
    assert (answer["total"], answer["on"]) == (2, n.STARTS.isoformat())
    assert [(one["seats"], one["free"]) for one in answer["districts"]] == [(17, 10)]
    assert set(answer["items"][0]["name"]) == {"fi", "sv", "en"}
    assert seats(district="nowhere").json()["items"] == []
    assert len(seats(per_page=1, page=2).json()["items"]) == 1


def test_a_seat_that_would_tell_of_a_few_children_is_not_told_in_any_sum(tmp_path):
    houses = [House("a", 100, 9), House("b", 2000, 8), House("c", 9000, 7)]
    released([*(Child(one, 100) for one in range(1, 8)), Child(9, 2000), Child(10, 2000)], houses, tmp_path)
    units, (district,) = open_seats("preschool", n.STARTS)
    told = {one.unit: one.free for one in units}
    assert told["b"] is None
    assert told["c"] == 7
    # Two in b could be worked out if both a and the district were told.
    assert None in (told["a"], district.free)


def test_seats_are_asked_for_a_band_and_a_near_day():
    assert Client().get(SEATS).status_code == 422
    assert seats(band="school").status_code == 422
    assert seats(on="2040-01-01").status_code == 422
    assert seats(on="2026-08-01", band="under-three").json()["items"] == []


def test_the_fee_is_that_of_the_rule_and_nothing_is_kept_of_the_family():
    before = Entry.objects.count()
    answer = fee()
    assert answer.status_code == 200
    # (5500 − 5245) · 10.70 % = 27.285, less than the lowest fee of 30.
    assert answer.json() == {"on": "2026-03-01", "fee": "0.00", "highest": "311.00", "ask": None, "last_known": None}
    # (6500 − 5245) · 10.70 % = 134.285 → 134; the second child 40 %: 53.6 → 54; at most 20 hours 60 %: 32.4 → 32.
    assert fee(incomes=["6500.00"]).json()["fee"] == "134.00"
    assert fee(incomes=["6500.00"], child=2).json()["fee"] == "54.00"
    assert fee(incomes=["6500.00"], child=2, hours="part").json()["fee"] == "32.00"
    assert fee(incomes=[None]).json()["fee"] == "311.00"
    assert Entry.objects.count() == before


def test_a_fee_that_nobody_has_decided_says_whom_to_ask_and_what_it_last_was():
    answer = fee(incomes=["6500.00"], on="2026-09-01").json()
    assert (answer["fee"], answer["highest"]) == (None, "335.00")
    assert "Ministry" in answer["ask"]["en"]
    assert answer["last_known"] == {"on": "2026-07-31", "fee": "134.00"}


@pytest.mark.parametrize(
    "wrong",
    [{"family_size": 1}, {"incomes": []}, {"incomes": ["-1.00"]}, {"incomes": ["many"]}, {"hours": "some"},
     {"child": 0}, {"on": "2016-01-01"}, {"name": "Lumi"}, {"incomes": ["1000000.00"]}],
)  # fmt: skip
def test_what_cannot_be_used_is_told_with_its_place(wrong):
    answer = fee(**wrong)
    assert answer.status_code == 422
    assert answer.json()["errors"]
