# SPDX-License-Identifier: EUPL-1.2
"""`ennakko childcare allocate` as it is called: what it prints, how it ends, and what it says of a bad instance."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from ennakko.services.childcare.allocation import answers
from ennakko.services.childcare.allocation import instance as instances

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[4]
SMALL = {"capacity": [1, 1], "metres": [[100, 300], [150, 900], [None, 50]], "unplaced_cost": 2000, "mode": "flow"}


def ennakko(*arguments):
    called = [sys.executable, "-c", "from ennakko.web.cli import main; main()", "childcare", *arguments]
    return subprocess.run(called, cwd=ROOT, capture_output=True, text=True, check=False, timeout=600)


def written(folder, instance):
    place = folder / "instance.json"
    place.write_text(instance if isinstance(instance, str) else json.dumps(instance), "utf-8")
    return str(place)


def test_the_assignment_is_printed_as_one_line_of_json_with_its_proof(tmp_path):
    done = ennakko("allocate", written(tmp_path, SMALL))
    assert (done.returncode, done.stderr) == (0, "")
    answer = json.loads(done.stdout)
    # One of the first two stays without: the second, who is 50 m further, or the first; either way 100 + 50 is best.
    assert answer["assignment"] == [0, None, 1]
    assert answer["total"] == answer["lower_bound"] == 2150
    assert answer["seconds"] >= 0


def test_edges_are_read_from_beside_the_instance_and_reasons_are_told_if_asked(tmp_path):
    (tmp_path / "edges.csv").write_text("child,pool,cost\n0,0,100\n0,1,300\n1,0,150\n1,1,900\n2,1,50\n")
    instance = {"capacity": [1, 2], "children": 3, "edges": "edges.csv", "unplaced_cost": 2000}
    done = ennakko("allocate", written(tmp_path, instance), "--reasons")
    answer = json.loads(done.stdout)
    assert answer["assignment"] == [1, 0, 1]
    assert answer["total"] == answer["lower_bound"] == 500
    first = answer["reasons"][0]
    (nearer,) = first.pop("nearer")
    assert first == {"pool": 1, "cost": 300}
    assert (nearer["pool"], nearer["shorter_by"]) == (0, 200)
    # The other child would go 900 instead of 150, and would leave this child's seat to nobody.
    assert 200 <= nearer["others_longer_by"] <= 750


@pytest.mark.parametrize(
    ("instance", "told"),
    [
        ("{", "this is not JSON"),
        ([], "An instance is an object"),
        ({**SMALL, "capacity": [1, -1]}, "capacity[1] is below zero"),
        ({**SMALL, "mode": "fair"}, "mode is 'fair'"),
        ({**SMALL, "metres": [[1]]}, "metres[0] must have 2 values"),
        ({**SMALL, "metres": [[1, "near"]]}, "neither a number nor null"),
        ({"capacity": [1], "children": 1, "edges": "none.csv"}, "none.csv is not there"),
        ({"capacity": [1]}, 'Give either "metres"'),
        ('{"capacity": [1], "metres": [[NaN]]}', "NaN is no number of JSON"),
    ],
)
def test_a_bad_instance_ends_with_one_clear_sentence(tmp_path, instance, told):
    done = ennakko("allocate", written(tmp_path, instance))
    assert done.returncode == 1
    assert done.stdout == ""
    assert told in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
    assert "Traceback" not in done.stderr


def test_a_file_that_is_not_there_is_told(tmp_path):
    done = ennakko("allocate", str(tmp_path / "nothing.json"))
    assert done.returncode == 1
    assert "nothing.json: cannot be read" in done.stderr


def test_the_ordinary_command_that_help_lists_answers_the_same(tmp_path, capsys):
    call_command("childcare", "allocate", written(tmp_path, SMALL))
    assert json.loads(capsys.readouterr().out)["total"] == 2150
    with pytest.raises(CommandError, match="this is not JSON"):
        call_command("childcare", "allocate", written(tmp_path, "{"))


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        ("pool,child,cost\n0,0,5\n", None),
        ('"child","pool","cost"\n0,0,5.0\n', None),
        ("child,pool,cost\r\n0,0,5\r\n\r\n", None),
        ("child,pool,cost\n0,0,5", None),
        ("\ufeffchild,pool,cost\n0,0,5\n", None),
        ("child,pool,cost\n0,0,5.0e0\n", None),
        ("child,pool,cost\n0,0,\n", "a value is missing"),
        ("child,pool,cost\n0,0,99999999999999999\n", "not within"),
        ("child,pool,cost\n0,-1,5\n", "pool -1 is not one of"),
        ("child,pool,cost\n0,0,near\n", "whole numbers"),
        ("child;pool;cost\n0;0;5\n", "child,pool,cost"),
        ("", "child,pool,cost"),
    ],
)
def test_a_file_of_edges_is_read_however_it_is_written_or_told_what_to_write(tmp_path, lines, told):
    (tmp_path / "edges.csv").write_bytes(lines.encode())
    place = written(tmp_path, {"capacity": [1], "children": 1, "edges": "edges.csv"})
    if told is None:
        assert answers.allocate(instances.read(Path(place)))["total"] == 5
        return
    with pytest.raises(instances.BadInstance, match=told):
        instances.read(Path(place))
