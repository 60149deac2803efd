# SPDX-License-Identifier: EUPL-1.2
"""Two ways of giving places side by side, and the commands that make and compare rounds."""

import json
from io import StringIO

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from ennakko.kernel import clock
from ennakko.kernel.access import Refused
from ennakko.services.childcare.comparing import NewUnit, Trial, compare, gated
from ennakko.services.childcare.models import Placement, Round, StreetNetwork
from ennakko.services.childcare.placing.policy import Policy
from ennakko.services.childcare.tests import nursery as n
from ennakko.services.childcare.tests.nursery import Child, House, nursery

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _streets_of_its_own(settings, tmp_path):
    settings.VAR = tmp_path


def side_by_side(first, second, actor=None):
    return compare(
        "preschool", starts=n.STARTS, first=first, second=second, actor=actor or n.official(), at=n.AT, on=n.ON
    )


CHILDREN = [Child(one, 100 * one) for one in range(1, 13)]
HOUSES = [House("a", 100, 7), House("b", 1200, 7)]


def test_the_same_way_twice_changes_nobody_and_nothing_is_stored(tmp_path):
    nursery(tmp_path / "s", CHILDREN, HOUSES)
    found = side_by_side(Trial(Policy()), Trial(Policy()))
    assert (found.changed, found.shorter, found.longer) == (0, 0, 0)
    assert found.first == found.second or found.first.mean_metres == found.second.mean_metres
    assert found.first.placed == 12
    assert Round.objects.count() == Placement.objects.count() == 0


def test_closing_a_unit_leaves_some_without_and_says_how_many(tmp_path):
    nursery(tmp_path / "s", CHILDREN, HOUSES)
    found = side_by_side(Trial(Policy()), Trial(Policy(), closed=frozenset({"b"})))
    assert found.second.unplaced == 5
    assert found.second.mean_metres != found.first.mean_metres


def test_a_new_building_shortens_ways_and_the_districts_figures_hide_the_few(tmp_path):
    nursery(tmp_path / "s", [Child(one, 50 * one) for one in range(1, 25)], [House("a", 50, 12), House("b", 2500, 20)])
    latitude, longitude = n.at(900)
    found = side_by_side(Trial(Policy()), Trial(Policy(), added=(NewUnit("new", latitude, longitude, 12),)))
    assert found.second.mean_metres < found.first.mean_metres
    assert found.shorter >= 5
    assert found.second.objective < found.first.objective
    assert all(count >= 5 for count in found.by_district.values())


def test_no_count_that_is_told_lets_fewer_than_five_children_be_worked_out(tmp_path):
    nursery(tmp_path / "s", CHILDREN, HOUSES)
    few = side_by_side(Trial(Policy()), Trial(Policy(), added=(NewUnit("new", *n.at(600), 1),)))
    # One seat more: one to four children move, and each other figure would tell of them beside the rest.
    assert few.changed is None
    assert few.by_district == {}
    assert (few.lost_a_place, few.gained_a_place) == (0, 0)
    closed = side_by_side(Trial(Policy()), Trial(Policy(), closed=frozenset({"b"}), added=(NewUnit("c", *n.at(9), 3),)))
    # Two of twelve are left without: neither they nor the ten beside the twelve are told.
    assert closed.second.unplaced is None
    assert None in (closed.second.placed, closed.first.placed, closed.first.children)


def test_the_gate_hides_what_the_sums_between_figures_would_give_away():
    own = {"placed": 100, "unplaced": 20, "near": 80, "between": 17, "far": 3, "at_nearest": 98, "with_sibling": 40,
           "stay": 0}  # fmt: skip
    counts = {"children": 120, "changed": 30, "shorter": 10, "longer": 12, "as_long": 8, "gained": 0, "lost": 0,
              "never": 20}  # fmt: skip
    told = gated(counts, (own, own), {"101": 20, "102": 8, "103": 2})
    assert told["0 far"] is None
    assert told["0 between"] is None
    assert told["0 at_nearest"] is None  # two of the hundred are elsewhere
    assert (told["0 placed"], told["0 near"], told["1 with_sibling"], told["0 stay"]) == (100, 80, 40, 0)
    assert (told["district 101"], told["district 102"], told["district 103"]) == (20, None, None)
    assert told["changed"] == 30


def test_the_stable_mode_can_be_held_against_the_least_cost(tmp_path):
    nursery(tmp_path / "s", CHILDREN, HOUSES)
    found = side_by_side(Trial(Policy()), Trial(Policy(), mode="stable"))
    assert found.first.objective <= found.second.objective
    assert found.second.lower_bound <= found.second.objective


@pytest.mark.parametrize("role", ["childcare.supervisor", "protected-clerk", "adviser"])
def test_other_roles_may_not_compare(tmp_path, role):
    nursery(tmp_path / "s", CHILDREN, HOUSES)
    with pytest.raises(Refused):
        side_by_side(Trial(Policy()), Trial(Policy()), n.staff("Joku", role))


def told(*arguments):
    out = StringIO()
    call_command("childcare", *arguments, stdout=out)
    return json.loads(out.getvalue())


@pytest.fixture
def _day(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: n.AT)
    monkeypatch.setattr(clock, "today", lambda: n.ON)


def written(folder, name, content):
    path = folder / name
    path.write_text(content if isinstance(content, str) else json.dumps(content), "utf-8")
    return str(path)


@pytest.mark.usefixtures("_day")
def test_the_command_makes_a_draft_and_prints_its_record(tmp_path):
    nursery(tmp_path / "s", CHILDREN, HOUSES)
    trial = written(tmp_path, "t.json", {"policy": {"sibling_metres": 700}})
    answer = told("round", "preschool", "--starts", "2026-08-01", "--seed", "5", "--trial", trial)
    assert answer["key"] == "preschool-2026-08"
    assert answer["seed"] == 5
    assert answer["policy"]["sibling_metres"] == 700
    assert answer["objective"] == answer["lower_bound"] + answer["gap"]
    assert Round.objects.get().input_hash == answer["input_hash"]


@pytest.mark.usefixtures("_day")
def test_the_command_compares_two_trials(tmp_path):
    nursery(tmp_path / "s", CHILDREN, HOUSES)
    one, other = written(tmp_path, "1.json", {}), written(tmp_path, "2.json", {"closed": ["b"], "mode": "stable"})
    answer = told("compare", "preschool", one, other, "--starts", "2026-08-01")
    assert answer["second"]["unplaced"] == 5
    assert Round.objects.count() == 0


@pytest.mark.usefixtures("_day")
def test_the_command_takes_streets_into_use(tmp_path):
    line = {"type": "LineString", "coordinates": [[24.93, 60.17], [24.932, 60.17]]}
    streets = {"type": "FeatureCollection", "features": [{"type": "Feature", "properties": {}, "geometry": line}]}
    answer = told("streets", written(tmp_path, "s.geojson", streets), "--name", "Extract", "--attribution", "© OSM")
    assert (answer["nodes"], answer["edges"]) == (2, 1)
    assert StreetNetwork.objects.get().attribution == "© OSM"


@pytest.mark.usefixtures("_day")
@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("{", "not JSON"),
        ([], "a trial is an object"),
        ({"weights": {}}, "'weights' is not known"),
        ({"mode": "best"}, "write flow or stable"),
        ({"seed": -1}, "whole number, 0 or more"),
        ({"policy": {"sister": 1}}, "There is no weight"),
        ({"added": [{"id": "x"}]}, "a new unit has"),
    ],
)
def test_a_trial_that_cannot_be_says_what_to_write(tmp_path, content, said):
    nursery(tmp_path / "s", CHILDREN, HOUSES)
    bad, good = written(tmp_path, "bad.json", content), written(tmp_path, "good.json", {})
    with pytest.raises(CommandError, match=said):
        told("compare", "preschool", bad, good, "--starts", "2026-08-01")


def test_a_day_that_is_none_is_refused():
    with pytest.raises(CommandError, match="is not a day"):
        told("round", "preschool", "--starts", "soon")
