# SPDX-License-Identifier: EUPL-1.2
"""Several processes do the same work at once: each line is in one batch, and paid once."""

from pathlib import Path

import pytest

from ennakko.kernel.tests.own_database import own_database, told_by

pytestmark = [pytest.mark.slow, pytest.mark.django_db]
WORK = """
from ennakko.kernel.payments import jobs, policy, ports
from ennakko.kernel.payments.tests import dying, paying as p
policy.use_policy(policy.Policy("automatic"))
ports.use(dying.Folder(FOLDER / "there", lambda: None))
nothing = lambda done, of=None, /: None
for turn in range(TURNS):
    for number in range(LINES):
        p.line(key=f"{turn}-{number}")
    for job in (jobs.make, jobs.send, jobs.confirm):
        job(at=p.AT, on=p.ON, progress=nothing)
tell(done=True)
"""
COUNT = """
from collections import Counter
from ennakko.kernel.payments.models import Batch, Line, Received
from ennakko.kernel.payments.tests import dying
from ennakko.kernel import audit
keys = Counter(key for place in (FOLDER / "there").glob("sample-?????") for key in dying.keys_in(place))
tell(
    lines=Line.objects.count(), settled=Line.objects.filter(state__in=["paid", "returned"]).count(),
    most=max(keys.values()), files=len(keys), odd=Received.objects.filter(outcome="odd").count(),
    open=Batch.objects.exclude(state="settled").count(), log=audit.verify().ok,
)
"""
PROCESSES, TURNS, LINES = 3, 6, 8


def test_processes_that_do_the_same_day_at_once_pay_each_line_once(tmp_path: Path):
    (tmp_path / "there").mkdir()
    with own_database(tmp_path, and_apps=("ennakko.kernel.payments",)) as database:
        started = [database.start(WORK, TURNS=TURNS, LINES=LINES) for _ in range(PROCESSES)]
        for process in started:
            assert told_by(process) == [{"done": True}]
        # One more turn by one of them: what the others had taken and not finished when it looked.
        database.run(WORK, TURNS=1, LINES=0)
        (found,) = database.run(COUNT)
    assert found == {
        "lines": TURNS * LINES, "settled": TURNS * LINES, "most": 1, "files": TURNS * LINES, "odd": 0, "open": 0,
        "log": True,
    }  # fmt: skip
