# SPDX-License-Identifier: EUPL-1.2
"""`tick` runs what is due, each job by one worker at a time; what fails is recorded, shown and tried again."""

import logging
import time
import traceback
import uuid
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from django.db import transaction
from django.db.models import Q

from ennakko.kernel.jobs.models import JobRun, JobState
from ennakko.kernel.jobs.registry import Job, JobReport, jobs

log = logging.getLogger(__name__)

LEASE = timedelta(minutes=15)
"""A job that neither ends nor reports progress for so long is taken to be dead."""
RETRY_AFTER = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 240))
"""Waits between tries; the last one is repeated until the job succeeds."""


@dataclass(frozen=True, slots=True)
class Ran:
    """One job that a tick ran: its name, whether it succeeded, its report or its error."""

    name: str
    succeeded: bool
    report: JobReport
    error: str


Told = Callable[[str, int, int | None], object]


def tick(
    at: datetime, on: date, *, wall: datetime | None = None, only: Iterable[str] | None = None, told: Told | None = None
) -> tuple[Ran, ...]:
    """Run every job that is due, once, in order; a failed job does not hold up the next.

    `at` and `on` are business time, which the jobs are given; `wall` (default `at`) counts leases and retries.
    `told(job, done, of)` follows progress. `only` names the jobs to look at.
    """
    chosen = None if only is None else set(only)
    clock = _Wall(wall or at)
    ran = []
    for job in jobs():
        if chosen is not None and job.name not in chosen:
            continue
        outcome = _run_if_due(job, at, on, clock, told)
        if outcome is not None:
            ran.append(outcome)
    return tuple(ran)


class _Wall:
    """Wall time from the moment the tick was given, as the jobs take their time."""

    __slots__ = ("_started", "_tick")

    def __init__(self, started: datetime) -> None:
        self._started, self._tick = started, time.monotonic()

    def now(self) -> datetime:
        return self._started + timedelta(seconds=time.monotonic() - self._tick)


def slot_of(job: Job, *, on: date, wall: datetime) -> str:
    """The stretch of time that one run of a job answers for.

    The business day, or the wall's hour or minute (UTC) within a business day: in the demo many days pass in a minute.
    """
    if job.every == "day":
        return on.isoformat()
    return f"{on.isoformat()} {wall.astimezone(UTC):{'%Y-%m-%dT%H' if job.every == 'hour' else '%Y-%m-%dT%H:%M'}}"


def _run_if_due(job: Job, at: datetime, on: date, clock: _Wall, told: Told | None) -> Ran | None:
    slot, worker = slot_of(job, on=on, wall=clock.now()), str(uuid.uuid4())
    if not _claim(job, slot, worker, clock.now()):
        return None
    run = JobRun.objects.create(name=job.name, slot=slot, worker=worker, started_at=clock.now())

    def progress(done: int, of: int | None = None, /) -> None:
        JobState.objects.filter(name=job.name, lease_by=worker).update(lease_until=clock.now() + LEASE)
        if told is not None:
            told(job.name, done, of)

    try:
        report = job.run(at=at, on=on, progress=progress) or JobReport()
    except Exception as error:  # whatever a job raises is recorded and shown, and must not stop the others
        log.exception("The job %s failed", job.name)
        _failed(job, run, worker, _without_data(error), clock.now())
        return Ran(job.name, False, JobReport(), str(error))
    _done(job, run, worker, slot, report, clock.now())
    return Ran(job.name, True, report, "")


def _claim(job: Job, slot: str, worker: str, now: datetime) -> bool:
    name = job.name
    with transaction.atomic(durable=True):
        JobState.objects.bulk_create([JobState(name=name)], ignore_conflicts=True)
        due = JobState.objects.filter(
            Q(lease_until__isnull=True) | Q(lease_until__lt=now),
            Q(next_try_at__isnull=True) | Q(next_try_at__lte=now),
            name=name,
        ).exclude(done_slot=slot)
        if job.every == "day":
            due = due.filter(done_slot__lt=slot)  # a day that is over is not run again
        if not due.update(lease_by=worker, lease_until=now + LEASE):
            return False
        # The lease was free, so whoever is still written down as running has died.
        left = JobRun.objects.filter(name=name, outcome=JobRun.Outcome.RUNNING)
        left.update(outcome=JobRun.Outcome.ABANDONED, ended_at=now, error="The worker stopped before the job ended.")
    return True


def _done(job: Job, run: JobRun, worker: str, slot: str, report: JobReport, now: datetime) -> None:
    with transaction.atomic():
        JobState.objects.filter(name=job.name, lease_by=worker).update(
            done_slot=slot, lease_by="", lease_until=None, failures=0, next_try_at=None
        )
        JobRun.objects.filter(pk=run.pk).update(
            outcome=JobRun.Outcome.DONE, ended_at=now, report=asdict(report)["figures"]
        )


def _failed(job: Job, run: JobRun, worker: str, error: str, now: datetime) -> None:
    with transaction.atomic():
        state = JobState.objects.select_for_update().get(name=job.name)
        if state.lease_by == worker:
            wait = RETRY_AFTER[min(state.failures, len(RETRY_AFTER) - 1)]
            state.failures, state.next_try_at = state.failures + 1, now + wait
            state.lease_by, state.lease_until = "", None
            state.save()
        JobRun.objects.filter(pk=run.pk).update(outcome=JobRun.Outcome.FAILED, ended_at=now, error=error)


def _without_data(error: BaseException) -> str:
    """The kind of error, its message and where it was raised; no variables, which could hold a person's data."""
    frames = traceback.extract_tb(error.__traceback__)
    places = [f"{Path(frame.filename).name}:{frame.lineno} {frame.name}" for frame in frames]
    return "\n".join([f"{type(error).__name__}: {error}", *places[-8:]])
