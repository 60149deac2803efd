# SPDX-License-Identifier: EUPL-1.2
"""A family that has announced a move gets a place near the new home where a permit lets it be known, and only there."""

from datetime import date
from pathlib import Path

import pytest

from ennakko.kernel.audit.models import Read
from ennakko.kernel.registers.permits import PermitTable, permits, set_permits
from ennakko.municipalities import profile
from ennakko.services.childcare.actions import placements
from ennakko.services.childcare.needs_words import assumptions
from ennakko.services.childcare.tests import nursery as t

pytestmark = pytest.mark.django_db
CHILD, STAYS, LATER, HIDDEN = 10, 11, 12, 13
HOUSES = (t.House("here", 100, 5), t.House("there", 4000, 5))


@pytest.fixture
def permitted():
    """The permit that the demonstration supposes."""
    found = profile.load("helsinki", demo=True).supposed_permits_file
    set_permits(permits().supposing(PermitTable.load(Path(str(found)))))


def town(folder):
    children = [t.Child(CHILD, 200), t.Child(STAYS, 300), t.Child(LATER, 200), t.Child(HIDDEN, 200, protected=True)]
    moves = {one: (date(2026, 6, 1), 3900) for one in (CHILD, HIDDEN)} | {LATER: (date(2026, 8, 2), 3900)}
    t.nursery(folder / "town", children, HOUSES, moves=moves)


def placed(child):
    return t.made().round.placements.get(child=child)


@pytest.mark.usefixtures("permitted")
def test_the_place_is_near_the_home_to_which_the_family_moves_before_it_begins(tmp_path):
    town(tmp_path)
    found = t.whose(t.made().round)
    assert (found[CHILD], found[STAYS], found[LATER]) == ("there", "here", "here")


def test_without_a_permit_the_new_home_is_unknown_and_the_present_one_counts(tmp_path):
    town(tmp_path)
    row = placed(CHILD)
    assert row.pool.unit_id == "here"
    assert "moves_on" not in row.needs
    assert not Read.objects.filter(content__contains="moves_on").exists()


@pytest.mark.usefixtures("permitted")
def test_the_reading_is_logged_with_what_was_read(tmp_path):
    town(tmp_path)
    t.made()
    assert Read.objects.filter(content__contains="moves_on").exists()


@pytest.mark.usefixtures("permitted")
def test_the_family_sees_that_its_new_address_was_supposed_and_may_put_it_right(tmp_path):
    town(tmp_path)
    row = placed(CHILD)
    told = {one.name: one.value for one in assumptions(row)}
    assert "1.6.2026" in told["address"].fi
    assert "1 June 2026" in told["address"].en
    assert row.district == "102"
    here = {"latitude": t.at(200)[0], "longitude": t.at(200)[1]}
    placements.correct(row, "address", here, actor=t.MACHINE, at=t.AT)
    assert placed(CHILD).pool.unit_id == "here"


@pytest.mark.usefixtures("permitted")
def test_where_a_family_under_non_disclosure_moves_stands_in_no_round(tmp_path):
    town(tmp_path)
    row = placed(HIDDEN)
    assert (row.pool, row.district) == (None, "")
    assert "moves_on" not in row.needs


@pytest.mark.usefixtures("permitted")
def test_a_city_whose_registers_hold_no_announcements_counts_from_the_present_home(tmp_path):
    t.nursery(tmp_path / "town", [t.Child(CHILD, 200)], HOUSES)
    assert placed(CHILD).pool.unit_id == "here"
