# SPDX-License-Identifier: EUPL-1.2
import json
from datetime import UTC, date, datetime, timedelta

import pytest

from ennakko.kernel.registers import snapshots
from ennakko.kernel.registers.models import RegisterState
from ennakko.kernel.registers.tests.small_city import Resident, write_snapshot

AT = datetime(2026, 4, 15, 9, tzinfo=UTC)
pytestmark = pytest.mark.django_db


def test_a_whole_snapshot_is_taken_into_use(tmp_path):
    taken = snapshots.take_into_use(write_snapshot(tmp_path / "a", [Resident(1)]), AT)
    assert snapshots.current() == taken
    assert (taken.on, taken.residents, taken.city) == (date(2026, 4, 15), 1, "testby#1")


def test_before_the_first_snapshot_the_registers_say_what_is_missing():
    with pytest.raises(snapshots.NoSnapshot, match="build or fetch"):
        snapshots.current()


def test_a_changed_register_file_stops_everything_and_is_named(tmp_path):
    folder = write_snapshot(tmp_path / "a", [Resident(1)])
    (folder / "residents.parquet").write_bytes(b"PAR1 something else PAR1")
    with pytest.raises(snapshots.BrokenSnapshot, match=r"residents\.parquet .*SHA-256 differs"):
        snapshots.take_into_use(folder, AT)
    assert not RegisterState.objects.exists()


def test_a_manifest_changed_after_it_was_taken_into_use_stops_everything(tmp_path):
    folder = write_snapshot(tmp_path / "a", [Resident(1)])
    snapshots.take_into_use(folder, AT)
    manifest = json.loads((folder / "manifest.json").read_text())
    (folder / "manifest.json").write_text(json.dumps(manifest | {"city": "elsewhere"}))
    with pytest.raises(snapshots.BrokenSnapshot, match="has changed since it was taken into use"):
        snapshots.current()


def test_a_missing_register_file_is_named(tmp_path):
    folder = write_snapshot(tmp_path / "a", [Resident(1)])
    (folder / "contacts.parquet").unlink()
    with pytest.raises(snapshots.BrokenSnapshot, match=r"contacts\.parquet is missing"):
        snapshots.load(folder)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"format": 2}, "format 2"),
        ({"on": "15.4.2026"}, "cannot be read"),
        ({"city": ""}, "cannot be read"),
        ({"files": {}}, "does not list residents.parquet"),
    ],
)
def test_a_manifest_that_says_too_little_is_refused(tmp_path, change, said):
    folder = write_snapshot(tmp_path / "a", [Resident(1)])
    manifest = json.loads((folder / "manifest.json").read_text())
    (folder / "manifest.json").write_text(json.dumps(manifest | change))
    with pytest.raises(snapshots.BrokenSnapshot, match=said):
        snapshots.load(folder)


def test_a_manifest_cannot_point_outside_its_folder(tmp_path):
    folder = write_snapshot(tmp_path / "a", [Resident(1)])
    manifest = json.loads((folder / "manifest.json").read_text())
    manifest["files"]["../secret"] = "0" * 64
    (folder / "manifest.json").write_text(json.dumps(manifest))
    with pytest.raises(snapshots.BrokenSnapshot, match="missing"):
        snapshots.load(folder)


def test_a_snapshot_of_another_city_is_refused_and_the_old_stays_in_use(tmp_path):
    ours = snapshots.take_into_use(write_snapshot(tmp_path / "a", [Resident(1)]), AT)
    other = write_snapshot(tmp_path / "b", [Resident(1)], city="toisaalla")
    with pytest.raises(snapshots.WrongCity, match="made on testby#1"):
        snapshots.take_into_use(other, AT)
    with pytest.raises(snapshots.WrongCity):
        snapshots.check_city(other)
    assert snapshots.current() == ours


def test_the_same_city_from_another_seed_is_another_city(tmp_path):
    snapshots.take_into_use(write_snapshot(tmp_path / "a", [Resident(1)]), AT)
    with pytest.raises(snapshots.WrongCity):
        snapshots.take_into_use(write_snapshot(tmp_path / "b", [Resident(1)], seed=2), AT)


def test_a_snapshot_that_changed_under_its_id_is_refused(tmp_path):
    folder = write_snapshot(tmp_path / "x" / "a", [Resident(1)])
    snapshots.take_into_use(folder, AT)
    again = write_snapshot(tmp_path / "y" / "a", [Resident(1), Resident(2)])
    with pytest.raises(snapshots.BrokenSnapshot, match="needs a new id"):
        snapshots.take_into_use(again, AT)


def test_old_folders_go_unless_something_refers_to_them(tmp_path, monkeypatch):
    monkeypatch.setattr(snapshots, "_references", [])
    taken = [
        snapshots.take_into_use(write_snapshot(tmp_path / f"d{day}", [Resident(1)], on=date(2026, 4, day)), AT)
        for day in range(1, 7)
    ]
    snapshots.keep_while_referenced(lambda: [taken[1].id])
    later = AT + timedelta(minutes=1)
    assert sorted(snapshots.remove_old(later)) == [taken[0].id, taken[2].id]
    assert [one.path.exists() for one in taken] == [False, True, False, True, True, True]
    assert snapshots.remove_old(later) == []


def test_a_folder_replaced_a_moment_ago_stays_however_many_days_have_been_lived_since(tmp_path, monkeypatch):
    monkeypatch.setattr(snapshots, "_references", [])
    moments = [AT + timedelta(seconds=5 * number) for number in range(10)]
    taken = [
        snapshots.take_into_use(write_snapshot(tmp_path / f"d{n}", [Resident(1)], on=date(2026, 4, 1 + n)), moment)
        for n, moment in enumerate(moments)
    ]
    assert snapshots.remove_old(moments[-1]) == [one.id for one in reversed(taken[:3])]
    assert snapshots.remove_old(moments[-1] + timedelta(minutes=1)) == [one.id for one in reversed(taken[3:7])]
    assert all(one.path.exists() for one in taken[7:])
