# SPDX-License-Identifier: EUPL-1.2
"""One resident is found by key and by identity code, whatever order the files are in."""

from datetime import date

import polars as pl
import pytest

from ennakko.kernel.registers import snapshots
from ennakko.kernel.registers.residents import contact_of, find_contact, find_person
from ennakko.kernel.registers.tests.small_city import Resident, write_snapshot
from ennakko.values.identity_code import compose

pytestmark = pytest.mark.django_db
PEOPLE = [
    Resident(person, birth_date=date(1990, 1, person), language=language, non_disclosure=person == 7)
    for person, language in ((3, "fi"), (5, "sv"), (7, "fi"), (9, "en"))
]


@pytest.mark.parametrize("ordered", [True, False])
def test_whoever_is_in_the_register_is_found_and_nobody_else(tmp_path, ordered):
    snapshot = snapshots.load(write_snapshot(tmp_path / "a", PEOPLE))
    if not ordered:
        for name in ("residents", "identity_index"):
            pl.read_parquet(snapshot.file(name)).reverse().write_parquet(snapshot.file(name))
    for one in PEOPLE:
        found = find_contact(one.code, snapshot)
        assert found is not None
        assert found == contact_of(one.person, snapshot)
        assert (found.person, found.identity_code, found.language) == (one.person, one.code, one.language)
        assert (found.birth_date, found.non_disclosure) == (one.birth_date, one.person == 7)
    assert find_person(compose(date(1990, 1, 4), 904), snapshot) is None
    assert contact_of(4, snapshot) is None


def test_the_next_snapshot_is_read_and_not_the_one_before(tmp_path):
    before, after = (
        snapshots.load(write_snapshot(tmp_path / name, people)) for name, people in (("a", PEOPLE[:2]), ("b", PEOPLE))
    )
    assert find_person(PEOPLE[3].code, before) is None
    assert find_person(PEOPLE[3].code, after) == 9
