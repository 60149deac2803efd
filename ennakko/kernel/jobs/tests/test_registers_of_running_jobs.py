# SPDX-License-Identifier: EUPL-1.2
"""The demo may jump over months while a job is reading: the registers it began with stay until it has ended."""

from datetime import UTC, date, datetime, timedelta

import pytest

from ennakko.kernel.jobs import Job, JobReport, registry, tick
from ennakko.kernel.jobs.queries import snapshots_in_use
from ennakko.kernel.registers import snapshots
from ennakko.kernel.registers.tests.small_city import Resident, write_snapshot
from ennakko.values.texts import text

pytestmark = pytest.mark.django_db(transaction=True)
DAY = date(2026, 4, 15)
WALL = datetime(2026, 11, 22, 7, 0, tzinfo=UTC)


def test_a_job_reads_the_registers_it_began_with_though_the_demo_jumps_over_months_meanwhile(tmp_path, monkeypatch):
    monkeypatch.setattr(registry, "_jobs", {})
    monkeypatch.setattr(snapshots, "_references", [])
    snapshots.keep_while_referenced(snapshots_in_use)

    def lived(days: int) -> None:
        day = DAY + timedelta(days=days)
        folder = write_snapshot(tmp_path / f"d{days}", [Resident(1)], on=day)
        moment = WALL + timedelta(minutes=days)
        snapshots.take_into_use(folder, moment)
        snapshots.remove_old(moment)

    def reads_slowly(*, at: datetime, on: date, progress: registry.Progress) -> JobReport:
        mine = snapshots.current()
        for days in range(1, 90, 10):
            lived(days)
        return JobReport({"residents": mine.residents, "there": mine.path.exists()})

    lived(-1)
    lived(0)
    registry.register_jobs(Job("slow", text(fi="Hidas", sv="Långsam", en="Slow"), reads_slowly, "minute"))
    (ran,) = tick(WALL, DAY, wall=WALL + timedelta(seconds=20))
    assert (ran.succeeded, ran.report.figures) == (True, {"residents": 1, "there": True})
    assert not (tmp_path / "d-1").exists()
    snapshots.remove_old(WALL + timedelta(minutes=100))
    assert [(tmp_path / f"d{days}").exists() for days in (0, 61, 71, 81)] == [False, True, True, True]
