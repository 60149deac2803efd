# SPDX-License-Identifier: EUPL-1.2
from pathlib import Path

import pytest

from ennakko.kernel.tests.own_database import own_database, told_by

SETUP = """
from ennakko.kernel.access import SYSTEM, add_staff, grant_role
for subject in ("one", "two"):
    grant_role(add_staff(subject=subject, name=subject, by=SYSTEM("s"), at=AT), role="administrator",
               by=SYSTEM("s"), at=AT, start=AT.date())
"""
REMOVE = """
from ennakko.kernel.access import Refused, end_role, staff_actor
from ennakko.kernel.access.models import RoleGrant
actor = staff_actor(BY, on=AT.date())
grant = RoleGrant.objects.get(staff__subject=OF)
(FOLDER / f"ready-{BY}").touch()
while len(list(FOLDER.glob("ready-*"))) < 2:
    time.sleep(0.001)
try:
    end_role(grant, by=actor, at=AT, on=AT.date())
    tell(ended=True)
except Refused:
    tell(ended=False)
"""


@pytest.mark.django_db
def test_two_administrators_who_remove_each_other_at_once_leave_one(tmp_path: Path):
    with own_database(tmp_path) as database:
        database.run(SETUP)
        pair = [database.start(REMOVE, BY=by, OF=of) for by, of in (("one", "two"), ("two", "one"))]
        assert sorted(told_by(process)[0]["ended"] for process in pair) == [False, True]
