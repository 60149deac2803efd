# SPDX-License-Identifier: EUPL-1.2
import json
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from io import StringIO

import pytest
from django.core.management import call_command

from ennakko.kernel.jobs import Job, JobReport, registry, tick
from ennakko.kernel.jobs.actions import LEASE, RETRY_AFTER, Ran
from ennakko.kernel.jobs.models import JobRun, JobState
from ennakko.kernel.jobs.queries import failing, overview, runs
from ennakko.values.texts import text

pytestmark = pytest.mark.django_db
DAY = date(2026, 4, 15)
AT = datetime(2026, 4, 15, 9, 0, tzinfo=UTC)
WALL = datetime(2026, 11, 22, 7, 0, tzinfo=UTC)
TITLE = text(fi="Työ", sv="Arbete", en="Work")


@pytest.fixture(autouse=True)
def _own_registry(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(registry, "_jobs", {})


def job(name: str = "count", every: str = "day", run: Callable[..., JobReport | None] | None = None) -> list[date]:
    ran: list[date] = []

    def count(*, at: datetime, on: date, progress: registry.Progress) -> JobReport:
        ran.append(on)
        progress(1, 2)
        return JobReport({"counted": len(ran)})

    registry.register_jobs(Job(name, TITLE, run or count, every))
    return ran


def test_a_daily_job_runs_once_a_business_day():
    ran = job()
    assert tick(AT, DAY, wall=WALL) == (Ran("count", True, JobReport({"counted": 1}), ""),)
    assert tick(AT, DAY, wall=WALL + timedelta(hours=1)) == ()
    tick(AT, DAY + timedelta(days=1), wall=WALL + timedelta(hours=2))
    assert ran == [DAY, DAY + timedelta(days=1)]


@pytest.mark.parametrize(("every", "early", "late"), [("hour", 59, 60), ("minute", 0.9, 1)])
def test_a_frequent_job_runs_once_in_its_stretch_of_wall_time(every, early, late):
    ran = job(every=every)
    for minutes in (0, early, late):
        tick(AT, DAY, wall=WALL + timedelta(minutes=minutes))
    assert len(ran) == 2


def test_a_frequent_job_runs_on_each_business_day_though_a_demo_lets_many_pass_in_a_minute():
    ran = job(every="minute")
    for days in range(3):
        tick(AT, DAY + timedelta(days=days), wall=WALL)
    assert ran == [DAY, DAY + timedelta(days=1), DAY + timedelta(days=2)]


def test_a_day_that_is_over_is_not_run_again():
    ran = job()
    tick(AT, DAY, wall=WALL)
    assert tick(AT, DAY - timedelta(days=1), wall=WALL) == ()
    assert ran == [DAY]


def test_jobs_run_in_the_order_of_registration_and_only_those_asked_for():
    order: list[str] = []
    for name in ("b", "a", "c"):
        job(name, run=lambda *, at, on, progress, name=name: order.append(name))
    tick(AT, DAY, wall=WALL, only=["c", "a"])
    assert order == ["a", "c"]
    tick(AT, DAY, wall=WALL)
    assert order == ["a", "c", "b"]


def failing_job(times: int) -> list[int]:
    tries: list[int] = []

    def fail(*, at: datetime, on: date, progress: registry.Progress) -> None:
        tries.append(1)
        if len(tries) <= times:
            raise ZeroDivisionError("no register today")

    job("fails", run=fail)
    return tries


def test_a_failure_is_kept_shown_and_tried_again_ever_more_slowly():
    tries = failing_job(times=7)
    now, waits = WALL, []
    for _ in range(7):
        (ran,) = tick(AT, DAY, wall=now)
        assert (ran.succeeded, ran.error) == (False, "no register today")
        state = JobState.objects.get()
        waits.append(round((state.next_try_at - now) / timedelta(minutes=1)))
        assert tick(AT, DAY, wall=state.next_try_at - timedelta(seconds=1)) == ()
        now = state.next_try_at
    assert waits == [wait // timedelta(minutes=1) for wait in (*RETRY_AFTER, RETRY_AFTER[-1], RETRY_AFTER[-1])]
    assert [state.failures for state in failing()] == [7]
    assert "ZeroDivisionError: no register today" in runs("fails")[0].error
    assert "test_tick.py" in runs("fails")[0].error
    assert tick(AT, DAY, wall=now)[0].succeeded
    assert (list(failing()), len(tries)) == ([], 8)


def test_a_failed_job_does_not_hold_up_the_next():
    failing_job(times=1)
    ran = job("next")
    assert [one.succeeded for one in tick(AT, DAY, wall=WALL)] == [False, True]
    assert ran == [DAY]


def test_a_job_that_another_worker_runs_is_left_alone_until_its_lease_is_over():
    ran = job()
    JobState.objects.create(name="count", lease_by="other", lease_until=WALL + LEASE)
    JobRun.objects.create(name="count", slot="2026-04-15", worker="other", started_at=WALL)
    assert tick(AT, DAY, wall=WALL) == ()
    assert tick(AT, DAY, wall=WALL + LEASE + timedelta(seconds=1))[0].succeeded
    assert ran == [DAY]
    assert sorted(JobRun.objects.values_list("outcome", flat=True)) == ["abandoned", "done"]


def test_progress_is_told_and_keeps_the_lease():
    told: list[tuple[str, int, int | None]] = []

    def slow(*, at: datetime, on: date, progress: registry.Progress) -> None:
        JobState.objects.update(lease_until=WALL)
        progress(1, 2)
        assert JobState.objects.get().lease_until >= WALL + LEASE

    job("slow", run=slow)
    assert tick(AT, DAY, wall=WALL, told=lambda *said: told.append(said))[0].succeeded
    assert told == [("slow", 1, 2)]


def test_the_page_of_jobs_shows_those_that_never_ran_too():
    job("never")
    (view,) = overview()
    assert (view.job.name, view.state, view.last) == ("never", None, None)
    tick(AT, DAY, wall=WALL)
    (view,) = overview()
    assert (view.last.outcome, view.last.report) == ("done", {"counted": 1})


def test_a_name_is_registered_once():
    job()
    with pytest.raises(ValueError, match="registered twice"):
        job()


def test_the_command_runs_what_is_due_and_says_so():
    job(every="day")
    out = StringIO()
    call_command("tick", "--json", stdout=out)
    assert json.loads(out.getvalue()) == [{"job": "count", "done": True, "counted": 1, "error": ""}]
    out = StringIO()
    call_command("tick", stdout=out)
    assert out.getvalue() == "Nothing is due.\n"


def test_the_command_fails_when_a_job_fails():
    failing_job(times=1)
    out = StringIO()
    with pytest.raises(SystemExit) as end:
        call_command("tick", stdout=out)
    assert end.value.code == 1
    assert "fails: FAILED: no register today" in out.getvalue()


def test_the_command_knows_its_jobs():
    job()
    err = StringIO()
    with pytest.raises(SystemExit) as end:
        call_command("tick", "--only", "cuont", stderr=err)
    assert end.value.code == 2
    assert "The jobs are: count." in err.getvalue()
