# SPDX-License-Identifier: EUPL-1.2
"""What a municipality has on record for automatic decisions: read row by row, closed where anything lacks."""

import shutil
from datetime import date

import pytest

from ennakko.municipalities import automation
from ennakko.municipalities.profile import FOLDER, known, load

DEMO = FOLDER / "helsinki" / "demo" / "automation.toml"


@pytest.fixture
def place(tmp_path):
    shutil.copy(DEMO, tmp_path / "automation.toml")
    return tmp_path


def changed(place, old: str, new: str):
    path = place / "automation.toml"
    before = path.read_text("utf-8")
    assert old in before
    path.write_text(before.replace(old, new, 1), "utf-8")
    return automation.read(place)


@pytest.mark.parametrize("name", known())
def test_in_real_use_every_gate_is_closed(name):
    on_record = load(name).automation
    assert on_record.rows == ()
    assert "absent" in on_record.lacking[0].why


def test_only_the_demonstration_reads_its_own_file():
    (row,) = load("helsinki", demo=True).automation.rows
    assert (row.service, row.case_type, row.trial) == ("summer-voucher", "claim", True)
    assert row.deployment.dated <= row.start <= date(2026, 4, 15)
    assert load("helsinki", demo=True).automation.lacking == ()


def test_a_file_of_the_municipalitys_own_is_no_trial(place):
    (row,) = automation.read(place).rows
    assert not row.trial
    assert (row.sample_percent, row.closed_from, row.rules) == (5, None, ("summer-voucher.claim-conditions",))


def test_the_municipalitys_own_row_stands_before_the_demonstrations(place):
    (place / "demo").mkdir()
    shutil.copy(DEMO, place / "demo" / "automation.toml")
    changed(place, "Outi Peltonen", "Somebody Real")
    (row,) = automation.read(place, demo=True).rows
    assert (row.responsible, row.trial) == ("Somebody Real", False)


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ("[automation.testing]", "[automation.tasting]", "tasting is not known. Did you mean testing"),
        ('number = "DEMO 2025-000101"', "", "number is missing"),
        ("date = 2025-08-25", 'date = "soon"', "must be a day"),
        ('name = "Outi Peltonen"', 'name = ""', "name must be text"),
        ("date = 2025-09-01", "date = 2025-10-01", "before the decision to use it"),
        ("sample_percent = 5", "sample_percent = 0", "above zero"),
        ("sample_percent = 5", "sample_percent = 500", "from 1 to 100"),
        ('sv = "tjänsteinnehavare som beslutar om sommarsedeln", ', "", "office lacks sv"),
        ('rules = ["summer-voucher.claim-conditions"]', "rules = []", "must be a list"),
        ("from = 2025-09-15", "", "from is missing"),
    ],
)
def test_a_row_that_lacks_something_opens_nothing_and_says_what(place, old, new, why):
    on_record = changed(place, old, new)
    assert on_record.rows == ()
    (lacking,) = on_record.lacking
    assert (lacking.service, lacking.case_type) == ("summer-voucher", "claim")
    assert why in lacking.why


def test_one_bad_row_leaves_the_others_open(place):
    path = place / "automation.toml"
    whole = path.read_text("utf-8")
    row = whole[whole.index("[[automation]]") :]
    path.write_text(whole + row.replace('case_type = "claim"', 'case_type = "other"').replace("sample_percent = 5", ""))
    on_record = automation.read(place)
    assert [one.case_type for one in on_record.rows] == ["claim"]
    assert [one.case_type for one in on_record.lacking] == ["other"]


def test_a_row_that_stands_twice_is_used_neither_time(place):
    path = place / "automation.toml"
    whole = path.read_text("utf-8")
    path.write_text(whole + whole[whole.index("[[automation]]") :])
    on_record = automation.read(place)
    assert on_record.rows == ()
    assert "twice" in on_record.lacking[0].why


@pytest.mark.parametrize("content", ["[[automation", "automation = 3", "other = 1", "\udcff"])
def test_a_file_that_cannot_be_read_stops_nothing_and_opens_nothing(place, content):
    (place / "automation.toml").write_bytes(content.encode("utf-8", "surrogateescape"))
    on_record = automation.read(place)
    assert on_record.rows == ()
    assert "person makes every decision" in on_record.lacking[0].why


def test_a_day_to_close_it_from_is_read(place):
    (row,) = changed(place, "sample_percent = 5", "sample_percent = 5\nclosed_from = 2026-09-01").rows
    assert row.closed_from == date(2026, 9, 1)


def test_the_documents_that_the_demonstration_names_stand_in_the_repository():
    (row,) = load("helsinki", demo=True).automation.rows
    root = FOLDER.parents[1]
    for document in (row.processing_rules, row.testing, row.deployment):
        assert (root / document.place).is_file(), document.place
