# SPDX-License-Identifier: EUPL-1.2
"""The process is killed at every single step of a day of payments and started again: each line is paid exactly once."""

import json
from pathlib import Path

import pytest

from ennakko.kernel.tests.own_database import OwnDatabase, own_database

pytestmark = [pytest.mark.slow, pytest.mark.django_db]
RUN = """
from ennakko.kernel.payments.tests import dying
there = FOLDER / "there"
there.mkdir()
tell(**dying.all_deaths(there, twice=TWICE))
"""


def deaths(database: OwnDatabase, *, twice: bool) -> dict[str, object]:
    process = database.start(RUN, TWICE=twice)
    out, err = process.communicate(timeout=900)
    assert process.returncode == 0, err
    found: dict[str, object] = json.loads(out.splitlines()[-1])
    return found


@pytest.mark.parametrize("twice", [False, True])
def test_killed_at_every_step_and_started_again_each_line_is_paid_exactly_once(tmp_path: Path, twice: bool):
    with own_database(tmp_path, and_apps=("ennakko.kernel.payments",)) as database:
        found = deaths(database, twice=twice)
    assert found["deaths"] >= found["days"] - 1
    assert found["steps"] > 60
    assert (found["most_paid"], found["paid_for"]) == (1, found["planned"])
    assert [found[name] for name in ("unpaid", "returned_and_not_paid_again", "unsettled", "odd", "waiting")] == [0] * 5
