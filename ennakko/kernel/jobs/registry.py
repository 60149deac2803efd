# SPDX-License-Identifier: EUPL-1.2
"""The jobs there are."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal, Protocol

from ennakko.values.texts import Text


@dataclass(frozen=True, slots=True)
class JobReport:
    """What a run did: figures by name, shown on the page of jobs."""

    figures: Mapping[str, int | float | str] = field(default_factory=dict)


class Progress(Protocol):
    """Told by a job how far it is; also keeps its lease alive."""

    def __call__(self, done: int, of: int | None = None, /) -> object:
        """`done` units out of `of`, if that is known."""


class Work(Protocol):
    """What a job does; each call must be safe to repeat."""

    def __call__(self, *, at: datetime, on: date, progress: Progress) -> JobReport | None:
        """`at` and `on` are business time."""


@dataclass(frozen=True, slots=True)
class Job:
    """Work that falls due every business day, every hour or every minute."""

    name: str
    title: Text
    run: Work
    every: Literal["day", "hour", "minute"] = "day"


_jobs: dict[str, Job] = {}


def register_jobs(*jobs: Job) -> None:
    """Register jobs; they run in the order of registration. A name can be given once."""
    for job in jobs:
        if _jobs.setdefault(job.name, job) != job:
            raise ValueError(f"The job {job.name!r} is registered twice.")


def jobs() -> tuple[Job, ...]:
    """Every registered job, in order."""
    return tuple(_jobs.values())
