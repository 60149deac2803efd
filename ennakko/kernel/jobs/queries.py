# SPDX-License-Identifier: EUPL-1.2
"""How the jobs are doing, for the page of jobs and for readiness."""

from dataclasses import dataclass

from django.db.models import Min, QuerySet

from ennakko.kernel.jobs.models import JobRun, JobState
from ennakko.kernel.jobs.registry import Job, jobs
from ennakko.kernel.registers import snapshots


@dataclass(frozen=True, slots=True)
class JobView:
    """A job with its state and its last run; None: it has never run."""

    job: Job
    state: JobState | None
    last: JobRun | None


def overview() -> tuple[JobView, ...]:
    """Every registered job with how it last went."""
    states = JobState.objects.in_bulk()
    return tuple(
        JobView(job, states.get(job.name), JobRun.objects.filter(name=job.name).order_by("-started_at", "-pk").first())
        for job in jobs()
    )


def failing() -> "QuerySet[JobState]":
    """Jobs whose last run failed, the worst first."""
    return JobState.objects.filter(failures__gt=0, name__in=[job.name for job in jobs()]).order_by("-failures", "name")


def runs(name: str, *, most: int = 50) -> tuple[JobRun, ...]:
    """The last runs of a job, the latest first."""
    return tuple(JobRun.objects.filter(name=name).order_by("-started_at", "-pk")[:most])


def snapshots_in_use() -> list[str]:
    """The registers that a job which is running now may be reading: those in use since the oldest of them began."""
    running = JobRun.objects.filter(outcome=JobRun.Outcome.RUNNING, name__in=[job.name for job in jobs()])
    started = running.aggregate(first=Min("started_at"))["first"]
    return snapshots.used_since(started) if started is not None else []
